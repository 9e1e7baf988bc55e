//! Plain sentences, one for each act, subject and object: whatever the name of a state looks like and however its representative is named, it is
//! read. Arabic names of states can end as adjectives do (روسيا), and subjects stand before objects without a sign between them. What opens a
//! sentence and what trails behind it changes neither the act nor its status.

mod reader;

use chancery_model::{Document, EntityId, Language};
use reader::EXTRACTOR;

/// Words, whom they mean, and which sentence of an act goes with them.
type Subject = (&'static str, &'static str, usize);
/// Type, status, and sentences with `{S}` and `{O}`.
type Act = (&'static str, &'static str, &'static [&'static str]);

/// Sentences of Arabic acts.
const MASCULINE: usize = 0;
const FEMININE: usize = 1;

const ARABIC_SUBJECTS: [Subject; 10] = [
    ("تركيا", "TUR", FEMININE),
    ("الرئيس الصيني", "CHN", MASCULINE),
    ("وزير الخارجية الإيراني عباس عراقجي", "IRN", MASCULINE),
    ("وزارة الخارجية المصرية", "EGY", FEMININE),
    ("الحكومة السودانية", "SDN", FEMININE),
    ("موسكو", "RUS", FEMININE),
    ("العاهل الأردني الملك عبد الله الثاني", "JOR", MASCULINE),
    ("الاتحاد الأوروبي", "org:eu", MASCULINE),
    ("ماكرون", "FRA", MASCULINE),
    ("غوتيريش", "org:un", MASCULINE),
];

const ARABIC_OBJECTS: [(&str, &str); 9] = [
    ("إيطاليا", "ITA"),
    ("السعودية", "SAU"),
    ("كازاخستان", "KAZ"),
    ("الهند", "IND"),
    ("سوريا", "SYR"),
    ("بوليفيا", "BOL"),
    ("الولايات المتحدة", "USA"),
    ("كوريا الشمالية", "PRK"),
    ("جنوب أفريقيا", "ZAF"),
];

const ARABIC_ACTS: [Act; 30] = [
    ("visit", "occurred", &["زار {S} {O}", "زارت {S} {O}"]),
    ("visit", "occurred", &["{S} يزور {O}", "{S} تزور {O}"]),
    ("visit", "planned", &["سيزور {S} {O} الشهر المقبل", "ستزور {S} {O} الشهر المقبل"]),
    ("visit", "planned", &["من المقرر أن يزور {S} {O}", "من المقرر أن تزور {S} {O}"]),
    ("visit", "planned", &["يعتزم {S} زيارة {O}", "تعتزم {S} زيارة {O}"]),
    ("visit", "possible", &["قد يزور {S} {O}", "قد تزور {S} {O}"]),
    ("visit", "possible", &["يدرس {S} زيارة {O}", "تدرس {S} زيارة {O}"]),
    ("visit", "cancelled", &["ألغى {S} زيارة إلى {O}", "ألغت {S} زيارة إلى {O}"]),
    ("visit", "denied", &["لم يزر {S} {O}", "لم تزر {S} {O}"]),
    ("visit", "denied", &["لن يزور {S} {O}", "لن تزور {S} {O}"]),
    ("sign-agreement", "occurred", &["وقع {S} اتفاقا مع {O}", "وقعت {S} اتفاقا مع {O}"]),
    ("sign-agreement", "planned", &["سيوقع {S} اتفاقا مع {O}", "ستوقع {S} اتفاقا مع {O}"]),
    ("sign-agreement", "denied", &["رفض {S} توقيع اتفاق مع {O}", "رفضت {S} توقيع اتفاق مع {O}"]),
    ("sign-agreement", "denied", &["نفى {S} توقيع اتفاق مع {O}", "نفت {S} توقيع اتفاق مع {O}"]),
    ("meet", "occurred", &["أجرى {S} محادثات مع {O}", "أجرت {S} محادثات مع {O}"]),
    ("meet", "denied", &["نفى {S} إجراء محادثات مع {O}", "نفت {S} إجراء محادثات مع {O}"]),
    ("accuse", "occurred", &["اتهم {S} {O} بالتجسس", "اتهمت {S} {O} بالتجسس"]),
    ("condemn", "occurred", &["انتقد {S} {O}", "انتقدت {S} {O}"]),
    ("threaten", "occurred", &["هدد {S} {O} بالحرب", "هددت {S} {O} بالحرب"]),
    ("summon-envoy", "occurred", &["استدعى {S} سفير {O}", "استدعت {S} سفير {O}"]),
    ("expel-diplomat", "occurred", &["طرد {S} سفير {O}", "طردت {S} سفير {O}"]),
    ("impose-sanctions", "occurred", &["فرض {S} عقوبات على {O}", "فرضت {S} عقوبات على {O}"]),
    ("impose-sanctions", "possible", &["يدرس {S} فرض عقوبات على {O}", "تدرس {S} فرض عقوبات على {O}"]),
    ("impose-sanctions", "denied", &["استبعد {S} فرض عقوبات على {O}", "استبعدت {S} فرض عقوبات على {O}"]),
    ("ease-sanctions", "occurred", &["رفع {S} العقوبات عن {O}", "رفعت {S} العقوبات عن {O}"]),
    ("sever-relations", "occurred", &["قطع {S} العلاقات الدبلوماسية مع {O}", "قطعت {S} العلاقات الدبلوماسية مع {O}"]),
    ("request", "occurred", &["دعا {S} {O} إلى ضبط النفس", "دعت {S} {O} إلى ضبط النفس"]),
    ("give-aid", "occurred", &["أرسل {S} مساعدات إنسانية إلى {O}", "أرسلت {S} مساعدات إنسانية إلى {O}"]),
    ("supply-arms", "occurred", &["زود {S} {O} بالأسلحة", "زودت {S} {O} بالأسلحة"]),
    ("courtesy", "occurred", &["هنأ {S} {O}", "هنأت {S} {O}"]),
];

const ENGLISH_SUBJECTS: [Subject; 11] = [
    ("Turkey", "TUR", 0),
    ("Chinese President Xi Jinping", "CHN", 0),
    ("The Iranian foreign minister", "IRN", 0),
    ("Egypt's foreign ministry", "EGY", 0),
    ("The Sudanese government", "SDN", 0),
    ("London", "GBR", 0),
    ("The White House", "USA", 0),
    ("King Abdullah II of Jordan", "JOR", 0),
    ("The European Union", "org:eu", 0),
    ("Macron", "FRA", 0),
    ("Mr Guterres", "org:un", 0),
];

const ENGLISH_OBJECTS: [(&str, &str); 8] = [
    ("Russia", "RUS"),
    ("Italy", "ITA"),
    ("Saudi Arabia", "SAU"),
    ("the Philippines", "PHL"),
    ("India", "IND"),
    ("South Korea", "KOR"),
    ("the United Arab Emirates", "ARE"),
    ("Ivory Coast", "CIV"),
];

const ENGLISH_ACTS: [Act; 30] = [
    ("visit", "occurred", &["{S} visited {O}"]),
    ("visit", "planned", &["{S} will visit {O}"]),
    ("visit", "planned", &["{S} is due to visit {O}"]),
    ("visit", "planned", &["{S} plans to visit {O}"]),
    ("visit", "possible", &["{S} may visit {O}"]),
    ("visit", "possible", &["{S} is considering a visit to {O}"]),
    ("visit", "cancelled", &["{S} cancelled a visit to {O}"]),
    ("visit", "denied", &["{S} did not visit {O}"]),
    ("visit", "denied", &["{S} will not visit {O}"]),
    ("sign-agreement", "occurred", &["{S} signed an agreement with {O}"]),
    ("sign-agreement", "denied", &["{S} refused to sign an agreement with {O}"]),
    ("sign-agreement", "denied", &["{S} denied signing an agreement with {O}"]),
    ("meet", "occurred", &["{S} held talks with {O}"]),
    ("meet", "planned", &["{S} is set to hold talks with {O}"]),
    ("meet", "denied", &["{S} has held no talks with {O}"]),
    ("accuse", "occurred", &["{S} accused {O} of spying"]),
    ("condemn", "occurred", &["{S} criticised {O}"]),
    ("threaten", "occurred", &["{S} threatened {O}"]),
    ("summon-envoy", "occurred", &["{S} summoned the ambassador of {O}"]),
    ("expel-diplomat", "occurred", &["{S} expelled the ambassador of {O}"]),
    ("impose-sanctions", "occurred", &["{S} imposed sanctions on {O}"]),
    ("impose-sanctions", "possible", &["{S} is considering sanctions on {O}"]),
    ("ease-sanctions", "occurred", &["{S} lifted sanctions on {O}"]),
    ("sever-relations", "occurred", &["{S} severed diplomatic relations with {O}"]),
    ("request", "occurred", &["{S} urged {O} to show restraint"]),
    ("give-aid", "planned", &["{S} pledged aid to {O}"]),
    ("supply-arms", "planned", &["{S} agreed to sell fighter jets to {O}"]),
    ("reject", "occurred", &["{S} rejected accusations by {O}"]),
    ("courtesy", "occurred", &["{S} congratulated {O}"]),
    ("withdraw-forces", "occurred", &["{S} withdrew its troops from {O}"]),
];

const ARABIC_OPENINGS: [&str; 27] = [
    "من جهتها، ",
    "في المقابل، ",
    "إلى ذلك، ",
    "وفي خطوة مفاجئة، ",
    "للمرة الأولى منذ عقود، ",
    "رغم الضغوط الدولية، ",
    "وسط توتر متصاعد، ",
    "بعد أيام من المفاوضات، ",
    "في ساعة متأخرة من مساء الاثنين، ",
    "بناء على توصية من البرلمان، ",
    "تنفيذا لقرار حكومي، ",
    "في أول رد فعل رسمي، ",
    "وفق وسائل إعلام محلية، ",
    "بحسب مراقبين، ",
    "وحسب مصادر مطلعة، ",
    "بحسب بيان صدر عن الحكومة، ",
    "ووفقا للبيان، ",
    "وكما كان متوقعا، ",
    "على خلفية هذه التطورات، ",
    "ومع تصاعد الأزمة، ",
    "وعقب اجتماع طارئ، ",
    "وقبل ذلك بيومين، ",
    "وأخيرا، ",
    "كما ",
    "فيما ",
    "ثم ",
    "كذلك، ",
];

const ARABIC_TRAILS: [&str; 8] = [
    "، وسط توتر متصاعد",
    "، وفق ما أفادت وكالة الأنباء الرسمية",
    "، حسبما أعلنت وزارة الخارجية",
    "، وذلك في إطار جهود دولية",
    "، للمرة الثانية خلال عام",
    "، من دون تقديم تفاصيل",
    "، قبل أيام من الانتخابات",
    " (أ ف ب)",
];

const ENGLISH_OPENINGS: [&str; 21] = [
    "In response, ",
    "In a surprise move, ",
    "In a statement, ",
    "Meanwhile, ",
    "On Tuesday, ",
    "Earlier this week, ",
    "For the first time in decades, ",
    "Despite international pressure, ",
    "Amid rising tensions, ",
    "According to officials, ",
    "According to state media, ",
    "Under pressure from parliament, ",
    "In a sign of growing frustration, ",
    "At a news conference, ",
    "Citing security concerns, ",
    "With tensions rising, ",
    "As the crisis deepened, ",
    "Following a cabinet meeting, ",
    "And ",
    "But ",
    "Officials said that ",
];

const ENGLISH_TRAILS: [&str; 8] = [
    ", amid rising tensions",
    ", state media reported",
    ", officials said",
    ", for the second time in a year",
    ", days before the election",
    ", but gave no reason",
    ", according to a government statement",
    " (Reuters)",
];

/// Whether what the sentence first tells between the two is this act.
fn is_read(sentence: &str, lang: Language, act: &Act, subject: &str, object: &str) -> bool {
    let document = Document {
        id: "frame".to_owned(),
        lang,
        published: Some(jiff::civil::date(2025, 5, 14)),
        publisher: None,
        title: None,
        text: format!("{sentence}."),
        recorded: None,
    };
    let (subject, object): (EntityId, EntityId) = (subject.parse().expect("an id"), object.parse().expect("an id"));
    let claims = EXTRACTOR.extract(&document).claims;
    let between = |claim: &&chancery_model::Claim| {
        let ids = || claim.source.iter().chain(&claim.target);
        claim.source.contains(&subject) && ids().any(|id| *id == object)
    };
    claims.iter().find(between).is_some_and(|claim| claim.event_type.name() == act.0 && claim.status.as_str() == act.1)
}

fn check(lang: Language, subjects: &[Subject], objects: &[(&str, &str)], acts: &[Act]) {
    let mut missed = Vec::new();
    for (words, subject, form) in subjects {
        for (name, object) in objects.iter().filter(|(_, object)| object != subject) {
            for act in acts {
                let sentence = act.2[*form].replace("{S}", words).replace("{O}", name);
                if !is_read(&sentence, lang, act, subject, object) {
                    missed.push(format!("{} {}: {sentence}", act.0, act.1));
                }
            }
        }
    }
    assert!(missed.is_empty(), "{} sentences are read otherwise:\n{}", missed.len(), missed.join("\n"));
}

/// The sentences of one subject and object with what opens them and what trails behind.
fn check_around(
    lang: Language,
    (words, subject, form): Subject,
    (name, object): (&str, &str),
    acts: &[Act],
    around: [&[&str]; 2],
) {
    let mut missed = Vec::new();
    let [openings, trails] = around;
    let opened = openings.iter().map(|opening| (*opening, ""));
    for (opening, trail) in opened.chain(trails.iter().map(|trail| ("", *trail))) {
        // A headline that begins with its subject has nothing in front.
        for act in
            acts.iter().filter(|act| opening.is_empty() || lang != Language::Arabic || !act.2[form].starts_with("{S}"))
        {
            let core = act.2[form].replace("{S}", words).replace("{O}", name);
            let sentence = format!("{opening}{core}{trail}");
            if !is_read(&sentence, lang, act, subject, object) {
                missed.push(format!("{} {}: {sentence}", act.0, act.1));
            }
        }
    }
    assert!(missed.is_empty(), "{} sentences are read otherwise:\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn arabic_openings_and_trails() {
    let around = [&ARABIC_OPENINGS[..], &ARABIC_TRAILS];
    check_around(Language::Arabic, ARABIC_SUBJECTS[0], ARABIC_OBJECTS[0], &ARABIC_ACTS, around);
}

#[test]
fn english_openings_and_trails() {
    let around = [&ENGLISH_OPENINGS[..], &ENGLISH_TRAILS];
    check_around(Language::English, ENGLISH_SUBJECTS[0], ENGLISH_OBJECTS[0], &ENGLISH_ACTS, around);
}

#[test]
fn arabic() {
    check(Language::Arabic, &ARABIC_SUBJECTS, &ARABIC_OBJECTS, &ARABIC_ACTS);
}

#[test]
fn english() {
    check(Language::English, &ENGLISH_SUBJECTS, &ENGLISH_OBJECTS, &ENGLISH_ACTS);
}
