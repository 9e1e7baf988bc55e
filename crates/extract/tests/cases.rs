//! One sentence and what it says: `type source > target status [date]`. Published on Friday 7 November 2025.

mod reader;

use chancery_model::{Claim, Document, EntityId, Language};
use reader::EXTRACTOR;

fn document(text: &str, lang: Language) -> Document {
    Document {
        id: "case".to_owned(),
        lang,
        published: Some(jiff::civil::date(2025, 11, 7)),
        publisher: None,
        title: None,
        text: text.to_owned(),
        recorded: None,
    }
}

fn list(ids: &[EntityId]) -> String {
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join("+")
}

fn read(text: &str, lang: Language) -> Vec<String> {
    let extraction = EXTRACTOR.extract(&document(text, lang));
    let claims = extraction.claims.iter().map(|claim| {
        let evidence = &claim.evidence;
        assert_eq!(evidence.span.of(text), evidence.quote, "{text}");
        assert_eq!(evidence.span.code_points(text), evidence.code_points, "{text}");
        let date = claim.date.iso().map(|date| format!(" {date}")).unwrap_or_default();
        format!("{} {} > {} {}{date}", claim.event_type, list(&claim.source), list(&claim.target), claim.status)
    });
    claims.collect()
}

fn check(lang: Language, cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        assert_eq!(read(text, lang), *expected, "{text}");
    }
}

#[test]
fn arabic() {
    check(
        Language::Arabic,
        &[
            ("رفعت أستراليا الحظر المفروض على فيجي منذ 2009.", &["ease-sanctions AUS > FJI occurred"]),
            ("أعلنت كوبا استئناف العلاقات المقطوعة مع بنما منذ 2014.", &["restore-relations CUB+PAN >  occurred"]),
            ("قررت هنغاريا إعادة فتح سفارتها في دمشق المغلقة منذ 2012.", &["open-mission HUN > SYR planned"]),
            ("قررت فنزويلا قطع علاقاتها مع باراغواي.", &["sever-relations VEN > PRY occurred"]),
            (
                "توجه وزير خارجية تشاد إلى الرباط الأربعاء لتوقيع اتفاقية نقل جوي مع المغرب.",
                &["visit TCD > MAR occurred 2025-11-05", "sign-agreement MAR+TCD >  planned 2025-11-05"],
            ),
            ("وقعت فيتنام والفلبين اتفاقا حول تنظيم مناورات بحرية مشتركة.", &["sign-agreement PHL+VNM >  occurred"]),
            ("وقعت الجزائر وإيطاليا الثلاثاء اتفاقا بشأن الغاز.", &["sign-agreement DZA+ITA >  occurred 2025-11-04"]),
            ("استقبل الرئيس المصري عبد الفتاح السيسي نظيره التركي رجب طيب أردوغان.", &["meet EGY+TUR >  occurred"]),
            ("سيزور الرئيس الفرنسي إيمانويل ماكرون القاهرة الأربعاء.", &["visit FRA > EGY planned 2025-11-12"]),
            ("سيزور الرئيس الفرنسي إيمانويل ماكرون القاهرة الخميس.", &["visit FRA > EGY planned 2025-11-06"]),
            (
                "أعلنت كولومبيا قطع علاقاتها مع إسرائيل ابتداء من الخميس.",
                &["sever-relations COL > ISR planned 2025-11-13"],
            ),
            (
                "اجتمع سلطان عمان هيثم بن طارق، الأحد، مع الرئيس اليمني رشاد العليمي للمرة الأولى منذ توليه الحكم عام 2020.",
                &["meet OMN+YEM >  occurred 2025-11-02"],
            ),
            (
                "توترت العلاقات حين انتقدت روما تونس في يناير 2023، واستدعت تونس على إثرها سفيرها لدى إيطاليا في مارس 2023.",
                &["condemn ITA > TUN occurred 2023-01", "recall-envoy TUN > ITA occurred 2023-03"],
            ),
            ("هددت فرنسا الجزائر بمراجعة اتفاق الهجرة المبرم عام 1968.", &["threaten FRA > DZA occurred"]),
            (
                "اتفق المغرب وإسبانيا على تشكيل لجنة للهجرة. وكان البلدان قد وقعا في مارس 2024 اتفاقا بشأن المعابر.",
                &["sign-agreement ESP+MAR >  occurred", "sign-agreement ESP+MAR >  occurred 2024-03"],
            ),
            ("أعلنت كولومبيا قطع علاقاتها الدبلوماسية مع إسرائيل.", &["sever-relations COL > ISR occurred"]),
            ("نفت طهران إجراء محادثات مع واشنطن.", &["meet IRN+USA >  denied"]),
            ("استدعت فرنسا سفيرها لدى أذربيجان للتشاور.", &["recall-envoy FRA > AZE occurred"]),
            ("طردت المكسيك السفير الإكوادوري.", &["expel-diplomat MEX > ECU occurred"]),
            ("من المقرر أن يزور وزير الخارجية السعودي باكستان الأسبوع المقبل.", &["visit SAU > PAK planned"]),
            ("فرضت الولايات المتحدة عقوبات على السودان.", &["impose-sanctions USA > SDN occurred"]),
            ("أرسلت الإمارات مساعدات إنسانية إلى السودان.", &["give-aid ARE > SDN occurred"]),
            ("ألغت باكستان زيارة كانت مقررة إلى الهند.", &["visit PAK > IND cancelled"]),
            ("افتتحت المغرب قنصلية في غينيا.", &["open-mission MAR > GIN occurred"]),
            ("رفضت روسيا مقترحا أوكرانيا.", &["reject RUS > UKR occurred"]),
            (
                "انضمت السويد إلى حلف شمال الأطلسي في 7 مارس 2024.",
                &["join-agreement SWE > org:nato occurred 2024-03-07"],
            ),
            ("اعترفت إيرلندا بدولة فلسطين.", &["recognise IRL > PSE occurred"]),
            ("لم توقع الهند الاتفاق مع الصين.", &["sign-agreement CHN+IND >  denied"]),
            ("هنأ ملك المغرب رئيس تونس.", &["courtesy MAR > TUN occurred"]),
            ("أجرى أمير قطر اتصالا هاتفيا مع الرئيس الفرنسي إيمانويل ماكرون.", &["call FRA+QAT >  occurred"]),
            ("ارتفعت أسعار النفط في الأسواق العالمية اليوم.", &[]),
            ("فاز المنتخب المصري على نظيره النيجيري.", &[]),
            ("ألغيت القمة بين مصر وتركيا.", &["summit EGY+TUR >  cancelled"]),
            ("نفى المتحدث باسم الكرملين أن تكون روسيا قد وقعت اتفاقا مع تركيا.", &["sign-agreement RUS+TUR >  denied"]),
            // A name and a day keep the denial away from what it denies.
            (
                "نفى وكيل وزارة الخارجية الهندية فيكرام ميسري، الأربعاء، أن تكون الولايات المتحدة قد توسطت بين الهند وباكستان.",
                &["mediate USA > IND+PAK denied"],
            ),
            // The day on which it is said is not the day of the event.
            ("أعلن الرئيس الغاني، الأربعاء، أن غانا ستفتتح سفارة في المغرب.", &["open-mission GHA > MAR planned"]),
            ("وأدانت كولومبيا والبرازيل الإكوادور.", &["condemn BRA+COL > ECU occurred"]),
            ("وأدان الاحتلال الإسرائيلي فرنسا.", &["condemn ISR > FRA occurred"]),
            (
                "التقى وزير الخارجية السعودي الأمير فيصل بن فرحان نظيره الإيراني حسين أمير عبد اللهيان.",
                &["meet IRN+SAU >  occurred"],
            ),
            ("أدان البرلمان الأوكراني روسيا.", &["condemn UKR > RUS occurred"]),
            ("وقع السودان الاتفاقات الإبراهيمية.", &["join-agreement SDN > agreement:abraham-accords occurred"]),
            ("وقعت قطر ومصر إعلان العلا.", &["sign-agreement EGY+QAT >  occurred"]),
            ("صادق البرلمان المجري على انضمام السويد إلى حلف شمال الأطلسي.", &["ratify-agreement HUN > SWE occurred"]),
        ],
    );
}

#[test]
fn arabic_dates() {
    check(
        Language::Arabic,
        &[
            // The day of a denial or of a decision is not that of the act.
            (
                "نفى وزير الخارجية الكيني، الأربعاء، أن تكون كينيا قد وقعت اتفاقا مع أوغندا.",
                &["sign-agreement KEN+UGA >  denied"],
            ),
            (
                "صادق البرلمان المجري، الاثنين، على انضمام السويد إلى حلف شمال الأطلسي.",
                &["ratify-agreement HUN > SWE occurred 2025-11-03"],
            ),
            ("أعلن وزير الخارجية الفنلندي، الأربعاء، عن تأجيل زيارته إلى الهند.", &["visit FIN > IND planned"]),
            // Since when they have had relations is not the day of what is spoken of before.
            (
                "قالت غانا إن انضمامها المتوقع إلى اتفاقية باريس خطوة مهمة، مذكرة بأن غانا تقيم علاقات دبلوماسية مع النرويج منذ عام 1964.",
                &[
                    "join-agreement GHA > agreement:paris-agreement planned",
                    "establish-relations GHA+NOR >  occurred 1964",
                ],
            ),
            // Where somebody speaks on a visit of theirs, it is on the day of their words; not on that of another's.
            (
                "قال وزير الخارجية البولندي أمس إن الوضع صعب. وأضاف الوزير خلال زيارته لليتوانيا أن الحوار ضروري.",
                &["visit POL > LTU occurred 2025-11-06"],
            ),
            (
                "قال وزير الخارجية البولندي أمس إن الوضع صعب. وقال الرئيس الليتواني خلال زيارته لفنلندا إن الحوار ضروري.",
                &["visit LTU > FIN occurred"],
            ),
            (
                "وافق المجلس على اتفاقية بين كينيا وكندا وقعت في نيروبي في 3 مارس 2024.",
                &["sign-agreement CAN+KEN >  occurred 2024-03-03"],
            ),
            // Each of two verbs has a day of its own; of two joined side by side both have it.
            (
                "طردت المكسيك السفير الإكوادوري يوم 3 نوفمبر، ثم قطعت نيكاراغوا علاقاتها مع الإكوادور الأربعاء.",
                &["expel-diplomat MEX > ECU occurred 2025-11-03", "sever-relations NIC > ECU occurred 2025-11-05"],
            ),
            (
                "استدعت كولومبيا سفيرها لدى إسرائيل وأغلقت سفارتها في تل أبيب الثلاثاء الماضي.",
                &["recall-envoy COL > ISR occurred 2025-11-04", "close-mission COL > ISR occurred 2025-11-04"],
            ),
            // What was there before an event has another day.
            (
                "وقعت الجزائر وإيطاليا الثلاثاء اتفاقا بعد مفاوضات بين الجزائر وإيطاليا.",
                &["sign-agreement DZA+ITA >  occurred 2025-11-04", "negotiate DZA+ITA >  occurred"],
            ),
            // The day of a meeting is that of what was done at it.
            (
                "التقى رئيس الوزراء الأردني أمس الرئيس الفنلندي. وعقب اللقاء وقع الجانبان مذكرة للطيران.",
                &["meet FIN+JOR >  occurred 2025-11-06", "sign-agreement FIN+JOR >  occurred 2025-11-06"],
            ),
            (
                "انضمت زامبيا إلى منظمة أوبك بقرار اتخذه الوزراء في اجتماع عقد أمس.",
                &["join-agreement ZMB > org:opec occurred 2025-11-06"],
            ),
            ("ربع قرن على غزو العراق للكويت.", &["attack IRQ > KWT occurred 2000"]),
            ("يبدأ ملك بلجيكا الأحد زيارة إلى رواندا.", &["visit BEL > RWA planned 2025-11-09"]),
            (
                "سيزور ملك بلجيكا رواندا في الثامن عشر من نوفمبر (تشرين الثاني) الجاري.",
                &["visit BEL > RWA planned 2025-11-18"],
            ),
            (
                "سيزور ملك بلجيكا رواندا في الحادي والعشرين من كانون الأول المقبل.",
                &["visit BEL > RWA planned 2025-12-21"],
            ),
            ("سحبت بلجيكا سفيرها من رواندا بعد علاجه في مستشفى مايو كلينيك.", &["recall-envoy BEL > RWA occurred"]),
        ],
    );
}

#[test]
fn arabic_headlines() {
    let read = |title: &str| {
        let document = Document { title: Some(title.to_owned()), ..document("نص.", Language::Arabic) };
        let claims = EXTRACTOR.extract(&document).claims;
        let told = |claim: &Claim| {
            let said: Vec<String> =
                claim.attribution.iter().filter_map(|s| s.agent.as_ref()).map(ToString::to_string).collect();
            format!(
                "{} {} > {} {} {}",
                claim.event_type,
                list(&claim.source),
                list(&claim.target),
                claim.status,
                said.join("+")
            )
        };
        claims.iter().map(|claim| told(claim).trim_end().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(read("وزير الخارجية الكيني في مقديشو لبحث ترسيم الحدود"), ["visit KEN > SOM occurred"]);
    assert_eq!(read("السفير الأمريكي في القاهرة يشيد بالحوار"), Vec::<String>::new());
    assert_eq!(read("رئيس الوزراء العراقي في أنقرة غدا"), ["visit IRQ > TUR planned"]);
    assert_eq!(read("الجزائر: نرفض التهديدات الفرنسية"), ["reject DZA > FRA occurred"]);
    assert_eq!(read("وزير الخارجية التونسي: مصر قصفت ليبيا"), ["attack EGY > LBY occurred TUN"]);
}

#[test]
fn english() {
    check(
        Language::English,
        &[
            (
                "Australia could lift sanctions imposed on Fiji in 2009.",
                &["ease-sanctions AUS > FJI possible", "impose-sanctions AUS > FJI occurred 2009"],
            ),
            (
                "Togo met Benin and Ghana in Accra on Monday. Ghana eased sanctions on Benin imposed in 2019.",
                &[
                    "meet BEN+GHA+TGO >  occurred 2025-11-03",
                    "ease-sanctions GHA > BEN occurred",
                    "impose-sanctions GHA > BEN occurred 2019",
                ],
            ),
            (
                "Chad's foreign minister flew to Rabat on Wednesday to sign an air transport agreement with Morocco.",
                &["visit TCD > MAR occurred 2025-11-05", "sign-agreement MAR+TCD >  planned 2025-11-05"],
            ),
            (
                "Nepal has not ratified the transit treaty it signed with India in 2012.",
                &["sign-agreement IND+NPL >  occurred 2012"],
            ),
            (
                "Australia eased the embargo on Fiji imposed in 2009.",
                &["ease-sanctions AUS > FJI occurred", "impose-sanctions AUS > FJI occurred 2009"],
            ),
            (
                "Japan and the Philippines signed a defence agreement on Thursday.",
                &["sign-agreement JPN+PHL >  occurred 2025-11-06"],
            ),
            (
                "Saudi Arabia named an ambassador to Syria for the first time since 2012.",
                &["appoint-envoy SAU > SYR occurred"],
            ),
            ("Turkey said Erdogan would visit Iraq on Wednesday.", &["visit TUR > IRQ planned 2025-11-12"]),
            (
                "Canada will impose tariffs on Chinese cars starting Thursday.",
                &["impose-sanctions CAN > CHN planned 2025-11-13"],
            ),
            (
                "Egyptian President Abdel Fattah al-Sisi met his Turkish counterpart Recep Tayyip Erdogan in Cairo.",
                &["meet EGY+TUR >  occurred"],
            ),
            ("Colombia severed diplomatic relations with Israel.", &["sever-relations COL > ISR occurred"]),
            ("Iran denied holding talks with the United States.", &["meet IRN+USA >  denied"]),
            ("France recalled its ambassador to Azerbaijan.", &["recall-envoy FRA > AZE occurred"]),
            ("Mexico expelled the Ecuadorian ambassador.", &["expel-diplomat MEX > ECU occurred"]),
            ("The Saudi foreign minister will visit Pakistan next week.", &["visit SAU > PAK planned"]),
            ("The United States imposed sanctions on Sudan.", &["impose-sanctions USA > SDN occurred"]),
            ("Sweden joined NATO on 7 March 2024.", &["join-agreement SWE > org:nato occurred 2024-03-07"]),
            ("Ireland recognised Palestine.", &["recognise IRL > PSE occurred"]),
            ("India did not sign the agreement with China.", &["sign-agreement CHN+IND >  denied"]),
            (
                "Brazil may withdraw from the Paris Agreement.",
                &["leave-agreement BRA > agreement:paris-agreement possible"],
            ),
            ("The talks between Ethiopia and Egypt were cancelled.", &["meet EGY+ETH >  cancelled"]),
            ("Kenya reopened its embassy in Somalia.", &["open-mission KEN > SOM occurred"]),
            ("Qatar mediated between the United States and Iran.", &["mediate QAT > IRN+USA occurred"]),
            ("Norway will send aid to Jordan.", &["give-aid NOR > JOR planned"]),
            ("Sanctions were imposed on Belarus by Canada.", &["impose-sanctions CAN > BLR occurred"]),
            ("Oil prices rose on Thursday.", &[]),
            ("The French team beat Germany.", &[]),
            ("Germany's chancellor congratulated the president of Chile.", &["courtesy DEU > CHL occurred"]),
            ("North Korea threatened South Korea.", &["threaten PRK > KOR occurred"]),
            (
                "The Kremlin denied that Russia had signed an agreement with Turkey.",
                &["sign-agreement RUS+TUR >  denied"],
            ),
            (
                "Ghana will open an embassy in Morocco, its president said on Wednesday.",
                &["open-mission GHA > MAR planned"],
            ),
            (
                "Kazakhstan has had diplomatic relations with Israel for more than 30 years.",
                &["establish-relations ISR+KAZ >  occurred"],
            ),
            ("Hungary ratified Sweden's accession to NATO.", &["ratify-agreement HUN > SWE occurred"]),
        ],
    );
}

/// A named agreement stands in the claim, whatever its words are.
#[test]
fn what_is_signed_has_its_name() {
    for (text, lang) in [
        ("The United Arab Emirates and Bahrain signed the Abraham Accords with Israel.", Language::English),
        ("وقعت الإمارات والبحرين الاتفاقات الإبراهيمية مع إسرائيل.", Language::Arabic),
    ] {
        let extraction = EXTRACTOR.extract(&document(text, lang));
        let named: Vec<String> =
            extraction.claims.iter().filter_map(|claim| Some(claim.agreement.as_ref()?.to_string())).collect();
        assert_eq!(named, ["agreement:abraham-accords"], "{text}");
    }
}

/// Who says it, from the reader to the origin.
#[test]
fn voices() {
    for (text, lang, expected) in [
        ("ونقل موقع \"أكسيوس\" عن مسؤولين أميركيين أن فرنسا وقعت اتفاقا مع غانا.", Language::Arabic, "media:axios USA"),
        ("قال الرئيس التونسي إن ليبيا استدعت سفيرها لدى غانا.", Language::Arabic, "TUN"),
        (
            "نقلت رويترز عن مسؤولين أميركيين قولهم إن تركيا فرضت عقوبات على إيران.",
            Language::Arabic,
            "media:reuters USA",
        ),
        (
            "نقلت وكالة الأنباء السعودية عن مصدر مسؤول أن المملكة ستعيد سفيرها إلى بيروت.",
            Language::Arabic,
            "media:spa SAU",
        ),
        ("جدد وزير الخارجية القطري نفي بلاده تقديم أموال لتنظيم القاعدة.", Language::Arabic, "QAT"),
        ("قال الرئيس التونسي إن العقوبات التي فرضتها غانا على مالي تضر الجميع.", Language::Arabic, ""),
        ("Libya recalled its ambassador to Mali, the Tunisian president said.", Language::English, "TUN"),
        ("Libya recalled its ambassador to Mali, a senior U.S. official said.", Language::English, "USA"),
        ("Libya recalled its ambassador to Mali, two Turkish security sources said.", Language::English, "TUR"),
        ("Libya recalled its ambassador to Mali.", Language::English, ""),
        ("Ghana will join NATO, Axios reported, citing US officials.", Language::English, "media:axios USA"),
        (
            "Libya recalled its ambassador to Mali, according to Reuters, citing a Libyan official.",
            Language::English,
            "media:reuters LBY",
        ),
        ("Mr Trump will visit China in April, US President Donald Trump said.", Language::English, "USA"),
        // Somebody without a name speaks for the body that they belong to; a mere spokesman for nobody that the text names.
        ("An official at the Kremlin said Turkey would reopen its embassy in Damascus.", Language::English, "RUS"),
        ("Sources close to the Saudi delegation said Iran would open an embassy in Riyadh.", Language::English, "SAU"),
        ("An official from the African Union said Mali would rejoin the bloc.", Language::English, "org:au"),
        ("Diplomats in Vienna said Iran had suspended its cooperation with the IAEA.", Language::English, ""),
        ("A spokesman said Beijing would impose sanctions on Lithuania.", Language::English, ""),
        ("Togo will expel a Ghanaian diplomat, its foreign ministry said.", Language::English, "TGO"),
        ("Togo will close its embassy in Lima, two diplomats said.", Language::English, ""),
        ("Togo will close its embassy in Lima, two Togolese diplomats said.", Language::English, "TGO"),
        ("Togo will close its embassy in Lima, its top diplomat said.", Language::English, "TGO"),
        ("قال مسؤول في قصر الإليزيه إن الجزائر طردت 12 دبلوماسيا فرنسيا.", Language::Arabic, "FRA"),
        ("ذكر مصدر في الحكومة العراقية أن تركيا ستسحب قواتها من العراق.", Language::Arabic, "IRQ"),
        ("نفى مصدر في الخارجية الجزائرية أن تكون الجزائر قد استدعت سفيرها لدى باريس.", Language::Arabic, "DZA"),
        ("قال دبلوماسي في فيينا إن إيران علقت تعاونها مع الوكالة الدولية للطاقة الذرية.", Language::Arabic, ""),
        ("وقال متحدث إن بكين ستفرض عقوبات على ليتوانيا.", Language::Arabic, ""),
        ("نفى الناطق باسم الحكومة الكينية توقيع اتفاق مع أوغندا.", Language::Arabic, "KEN"),
        ("قالت كمبالا إن الأمر خطير. ويذكر أن كينيا أغلقت سفارتها في أوغندا.", Language::Arabic, ""),
        ("قال الرئيس الهندي إن ذلك يعد دعما لكوسوفو، مضيفا أن فنلندا أغلقت سفارتها في صربيا.", Language::Arabic, "IND"),
        ("President Donald Trump will visit China in April 2026, he said.", Language::English, "USA"),
    ] {
        let extraction = EXTRACTOR.extract(&document(text, lang));
        let claim = extraction.claims.first().unwrap_or_else(|| panic!("no claim in {text}"));
        let chain: Vec<String> =
            claim.attribution.iter().filter_map(|step| Some(step.agent.as_ref()?.to_string())).collect();
        assert_eq!(chain.join(" "), expected, "{text}");
    }
}

/// "His country" is that of the subject, not of the president he meets.
#[test]
fn his_country_is_that_of_the_subject() {
    let text = "يعتزم الرئيس الغاني، خلال لقائه الرئيس الفرنسي، الإعلان عن انضمام بلاده إلى حلف شمال الأطلسي.";
    let claims = read(text, Language::Arabic);
    assert!(claims.contains(&"join-agreement GHA > org:nato planned".to_owned()), "{claims:?}");
}

/// "Five states of Central Asia" are all of them, "three" are not.
#[test]
fn a_counted_bloc_is_whole_or_nothing() {
    let five = read("عقد الرئيس الصيني قمة مع قادة خمس دول من آسيا الوسطى.", Language::Arabic);
    assert_eq!(five, ["summit CHN+KAZ+KGZ+TJK+TKM+UZB >  occurred"]);
    assert!(read("عقد الرئيس الصيني قمة مع قادة ثلاث دول من آسيا الوسطى.", Language::Arabic).is_empty());
}

/// Every document that gives nothing says why.
#[test]
fn silence_is_explained() {
    let extraction = EXTRACTOR.extract(&document("ارتفعت أسعار النفط في الأسواق العالمية.", Language::Arabic));
    assert!(extraction.claims.is_empty());
    assert!(extraction.diagnostics.iter().any(|remark| !remark.message.is_empty()), "{:?}", extraction.diagnostics);
}
