//! The subject and the object of a verb.

use super::antecedent::{last_inside, pronoun_object, resumed};
use super::owner::owner;
use super::preposition::phrases_with_preposition;
use super::{Context, Roles, object_function, reaches_owner, right_region, with_coordinated};
use crate::lexicon::{Argument, ArgumentFunction, Form, Slot};
use crate::mention::{Phrase, PhraseKind};
use crate::scan::{Scan, TriggerHit};
use crate::syntax::{Group, Subject, Syntax, Tag, is_feminine_verb, is_vocalised_passive, takes_up};
use chancery_model::{EntityId, Language};
use chancery_text::Enclitic;

pub(super) fn verb_roles(
    scan: &Scan<'_>,
    phrases: &[Phrase],
    hit: &TriggerHit<'_>,
    context: Context<'_>,
    roles: &mut Roles,
) {
    let passive = is_passive(scan, hit);
    // "لن تقبل": a negation before the verb belongs to the words.
    let verb = hit.tokens.clone().find(|&t| scan.tags[t].is_verb()).unwrap_or(hit.tokens.start);
    // "رحبت قطر بالاتفاق الموقع بين مصر والسودان": who welcomes it is no party.
    let between = || !phrases_with_preposition(phrases, &right_region(scan, hit), "بين").is_empty();
    let parted = hit.form == Form::Fixed && scan.word(verb).starts_with("ال") && between();
    let subject = if parted { Subject::Absent } else { context.syntax.subject(scan, phrases, verb) };
    if let Subject::Phrase(at) = subject {
        let group = with_coordinated(phrases, at);
        // "American troops would be pulled out": whose they are acts.
        let own = passive && OWN_THINGS.contains(&hit.trigger.frame.event_type.name());
        let function = if passive && !own { object_function(hit) } else { Some(ArgumentFunction::Agent) };
        if let Some(function) = function {
            roles.step(if passive { "passive subject" } else { "subject" }, scan, phrases, &group);
            roles.fill(function, &group);
        }
    }
    let mut object_from = hit.tokens.end;
    if scan.language == Language::Arabic && subject == Subject::Unknown && !passive {
        let doer = doer_of_attack(scan, phrases, hit, context.syntax);
        let of_subject = doer.is_none().then(|| owner_of_subject(scan, phrases, hit, context.syntax)).flatten();
        let doer = doer.or(of_subject.map(|(owner, _)| owner));
        if let Some((owner, end)) = of_subject {
            object_from = end.max(object_from);
            // "محتجون كينيون مبنى السفارة الغانية": what they do it to may not be told apart from them.
            let inside = |p: &Phrase| (phrases[owner].tokens.end..end).contains(&p.tokens.start) && !p.ids.is_empty();
            if let (Some(at), Some(function)) = (phrases.iter().position(inside), object_function(hit)) {
                roles.fill(function, &[at]);
            }
        }
        roles.step("whose attack, people or report it is", scan, phrases, doer.as_slice());
        roles.fill(ArgumentFunction::Agent, doer.as_slice());
    }
    if subject == Subject::Unknown && passive && OWN_THINGS.contains(&hit.trigger.frame.event_type.name()) {
        passive_owner(scan, phrases, hit, context.syntax, roles);
    }
    let told_to_leave = hit.trigger.needs.iter().any(|class| class == "leave-word");
    let opens = told_to_leave || !scan.conjoined(hit.tokens.start);
    if scan.language == Language::Arabic && hit.enclitic.is_none() && opens {
        summoned(scan, phrases, hit, context.syntax, subject, roles);
    }
    if scan.language == Language::Arabic {
        object_by_ending(scan, phrases, hit, context.syntax, subject, roles);
    }
    roles.closed = subject == Subject::Unknown || passive;
    if lone_object(scan, phrases, hit, context, subject) {
        roles.steps.push("what follows is the object: the subject is dropped".into());
        roles.patients = std::mem::take(&mut roles.agents);
        match dropped_subject(scan, phrases, hit.tokens.start, context.syntax) {
            Subject::Phrase(at) if !phrases[at].ids.is_empty() => {
                roles.fill(ArgumentFunction::Agent, &with_coordinated(phrases, at));
            }
            _ => roles.outside_agent = context.subject.cloned(),
        }
        return;
    }
    if !passive
        && scan.language != Language::Arabic
        && let Some(function) = object_function(hit)
        && object_pronoun(scan, hit)
    {
        let taken: Vec<&EntityId> = roles.agents.iter().flat_map(|&at| &phrases[at].ids).collect();
        let other = context.memory.event().iter().filter(|id| !taken.contains(id)).cloned().collect::<Vec<_>>();
        if function == ArgumentFunction::Patient && !other.is_empty() {
            roles.steps.push("pronoun as object: the other side".into());
            roles.outside_patients = other;
            return;
        }
    }
    if let (Some(pronoun @ (Enclitic::He | Enclitic::She | Enclitic::They | Enclitic::Dual)), Some(function)) =
        (hit.enclitic, object_function(hit))
    {
        match resumed(scan, hit, context.syntax) {
            Some(head) => {
                let reaches = reaches_owner(hit);
                let head = head.phrase.or_else(|| last_inside(phrases, head, reaches));
                let head = head.filter(|&at| reaches || phrases[at].kind != PhraseKind::Adjective);
                // "جماعة جيش العدل التي تتهمها": somebody, but nobody that we know.
                roles.unknown_patient = head.is_none() && function == ArgumentFunction::Patient;
                roles.step("noun before the relative pronoun", scan, phrases, head.as_slice());
                roles.fill(function, head.as_slice());
                if let Some(head) = head {
                    other_agent(scan, phrases, hit, head, roles);
                }
            }
            None => pronoun_object(scan, phrases, (hit, pronoun), function, context.syntax, roles),
        }
        return;
    }
    // "متهما إياها": the pronoun as a word of its own.
    let written = ["اياه", "اياها", "اياهم", "اياهما"].iter().position(|word| scan.word(hit.tokens.end) == *word);
    if let (Some(at), Some(function)) = (written, object_function(hit)) {
        let pronoun = [Enclitic::He, Enclitic::She, Enclitic::They, Enclitic::Dual][at];
        return pronoun_object(scan, phrases, (hit, pronoun), function, context.syntax, roles);
    }
    if !passive && let Some(function) = object_function(hit) {
        object(scan, phrases, (hit, object_from), context.syntax, subject, function, roles);
        if let Some(twin) = joined_answer(scan, phrases, hit, subject).filter(|_| roles.patients.is_empty()) {
            object(scan, phrases, (hit, twin + 1), context.syntax, subject, function, roles);
        }
    }
    // "طُرد خمسة دبلوماسيين غانيين من كينيا": who expels them is told by where they have to leave.
    if passive && scan.language == Language::Arabic && hit.trigger.frame.event_type.name() == "expel-diplomat" {
        let mut from = phrases_with_preposition(phrases, &right_region(scan, hit), "من");
        from.retain(|at| phrases[*at].kind == PhraseKind::Actor && !phrases[*at].body && !phrases[*at].personal);
        roles.step("from where they are expelled", scan, phrases, &from);
        roles.fill(ArgumentFunction::Agent, &from);
    }
    if passive && scan.language != Language::Arabic {
        let by = phrases_with_preposition(phrases, &right_region(scan, hit), "by");
        roles.step("by", scan, phrases, &by);
        roles.fill(ArgumentFunction::Agent, &by);
    }
}

/// "شجب الصومال ورفض الاتفاق": the verb joined right behind the subject, whose object both have.
fn joined_answer(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>, subject: Subject) -> Option<usize> {
    let answers = |name: &str| matches!(name, "reject" | "condemn");
    let Subject::Phrase(at) = subject else { return None };
    let next = phrases[at].tokens.end;
    let twin = scan.tags.get(next).is_some_and(|tag| tag.is_verb()) && scan.conjoined(next);
    let same = |other: &TriggerHit<'_>| answers(other.trigger.frame.event_type.name());
    (scan.language == Language::Arabic
        && answers(hit.trigger.frame.event_type.name())
        && twin
        && next > hit.tokens.start
        && scan.triggers_at(next).iter().any(same))
    .then_some(next)
}

/// "القصف الكيني الذي استهدف مدينة": whose attack it is does what its relative clause tells.
fn doer_of_attack(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>, syntax: &Syntax) -> Option<usize> {
    let relative = hit.tokens.start.checked_sub(1).filter(|&at| scan.tags[at] == Tag::Relative)?;
    let attack = |other: &TriggerHit<'_>| other.trigger.frame.event_type.name() == "attack" && other.form == Form::Noun;
    let group = syntax.antecedent(scan, relative).filter(|_| hit.trigger.frame.event_type.name() == "attack")?;
    let told = group.tokens.clone().any(|at| scan.triggers_at(at).iter().any(attack));
    told.then(|| last_inside(phrases, group, true)).flatten()
}

/// "اقتحم محتجون كينيون السفارة", "اتهم تقرير أممي رواندا": whose the people are that protest, or the report that speaks, where they stand
/// right beside the verb; with the end of that group.
fn owner_of_subject(
    scan: &Scan<'_>,
    phrases: &[Phrase],
    hit: &TriggerHit<'_>,
    syntax: &Syntax,
) -> Option<(usize, usize)> {
    let heads: &[&str] = match hit.trigger.frame.event_type.name() {
        "protest" => &["protester", "crowd"],
        "withdraw-forces" => &["forces"],
        // "قصفت وحدات من الجيش الكيني", but not "قصف وحدات من الجيش الكيني".
        "attack" | "mobilise" | "coerce" if is_feminine_verb(scan, hit.tokens.start) => &["military-unit"],
        "accuse" | "condemn" | "demand" | "request" => &["written-report"],
        _ => return None,
    };
    let beside = |at: usize| syntax.group_at(at).map(|group| &syntax.groups[group]);
    let headed = |at: usize| heads.iter().any(|head| scan.begins_class(at, head));
    // "غادر آخر الجنود الفرنسيين".
    let led = |group: &Group| matches!(scan.word(group.tokens.start), "اخر" | "بقية" | "باقي" | "معظم" | "جميع");
    let inside = |group: &Group| led(group) && group.tokens.clone().skip(1).take(2).any(headed);
    let fits = |group: &&Group| group.preposition.is_none() && (headed(group.tokens.start) || inside(group));
    let behind = beside(hit.tokens.end).filter(fits);
    let group = behind.or_else(|| hit.tokens.start.checked_sub(1).and_then(beside).filter(fits))?;
    let end = group.tokens.end;
    let of = |phrase: &Phrase| {
        let inside = group.tokens.contains(&phrase.tokens.start);
        // "الآلاف من الكينيين", "تقرير للأمم المتحدة".
        let behind =
            (end..end + 2).contains(&phrase.tokens.start) && matches!(phrase.preposition.as_deref(), Some("ل" | "من"));
        (inside || behind) && !phrase.ids.is_empty()
    };
    Some((phrases.iter().position(of)?, end))
}

/// "لا تقبل أبوظبي قرار كينيا قطع العلاقات مع الإمارات التي تتهمها": nobody does it to themselves; who was named before them does.
fn other_agent(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>, head: usize, roles: &mut Roles) {
    let same = |at: &usize| phrases[*at].ids == phrases[head].ids;
    if scan.language != Language::Arabic || roles.agents.is_empty() || !roles.agents.iter().all(same) {
        return;
    }
    let other = |at: &usize| {
        let phrase = &phrases[*at];
        phrase.tokens.end <= hit.tokens.start && phrase.is_actor() && !phrase.ids.is_empty() && !same(at)
    };
    roles.agents = (0..head).rev().find(other).into_iter().collect();
}

/// "استدعي السفير الإيراني": unwritten vowels hide the passive; an envoy with nobody behind him is called in and calls in nobody.
fn summoned(
    scan: &Scan<'_>,
    phrases: &[Phrase],
    hit: &TriggerHit<'_>,
    syntax: &Syntax,
    subject: Subject,
    roles: &mut Roles,
) {
    let Subject::Phrase(at) = subject else { return };
    let envoy = phrases[at].office.as_deref() == Some("ambassador") && phrases[at].tokens.start > hit.tokens.start;
    // "أمهل السفير 24 ساعة لمغادرة البلاد": whoever is to leave gives nobody a day for it.
    let told_to_leave = hit.trigger.needs.iter().any(|class| class == "leave-word");
    let alone = || told_to_leave || syntax.object(scan, hit.tokens.end, subject).is_none();
    if suffers_as_envoy(hit) && envoy && roles.agents.contains(&at) && alone() {
        roles.patients = std::mem::take(&mut roles.agents);
        roles.steps.push("an envoy is called in".into());
    }
}

/// "بعدما أغلقت كندا سفارتها، طردت دبلوماسيين إيرانيين": a plural that its ending shows to be an object; the subject is that of the verb above.
fn object_by_ending(
    scan: &Scan<'_>,
    phrases: &[Phrase],
    hit: &TriggerHit<'_>,
    syntax: &Syntax,
    subject: Subject,
    roles: &mut Roles,
) {
    let Subject::Phrase(at) = subject else { return };
    let start = phrases[at].tokens.start;
    let oblique = start > hit.tokens.start && scan.word(start).ends_with("ين") && !scan.in_name(start);
    let diplomats = hit.trigger.frame.event_type.name() == "expel-diplomat" && scan.begins_class(start, "diplomat");
    if !oblique || !diplomats || !roles.agents.contains(&at) {
        return;
    }
    roles.patients = std::mem::take(&mut roles.agents);
    roles.steps.push("an object by its ending".into());
    if let Subject::Phrase(above) = syntax.joined_subject(scan, phrases, hit.tokens.start) {
        roles.fill(ArgumentFunction::Agent, &with_coordinated(phrases, above));
    }
}

/// Acts on things of one's own: troops, envoys, embassies.
pub(super) const OWN_THINGS: [&str; 5] =
    ["withdraw-forces", "mobilise", "close-mission", "open-mission", "recall-envoy"];

/// "the Taiwanese embassy in Tarawa would be closed".
pub(super) fn passive_owner(
    scan: &Scan<'_>,
    phrases: &[Phrase],
    hit: &TriggerHit<'_>,
    syntax: &Syntax,
    roles: &mut Roles,
) {
    let before = syntax.groups.iter().rev().filter(|g| g.tokens.end <= hit.tokens.start);
    let Some(group) = before.into_iter().find(|group| group.preposition.is_none()) else { return };
    let inside = |at: &usize| {
        let phrase = &phrases[*at];
        group.tokens.contains(&phrase.tokens.start)
            && matches!(phrase.kind, PhraseKind::Actor | PhraseKind::Adjective)
            && !phrase.ids.is_empty()
    };
    if let Some(owner) = (0..phrases.len()).find(inside) {
        roles.step("owner of what it is done to", scan, phrases, &[owner]);
        roles.fill(ArgumentFunction::Agent, &[owner]);
    }
}

/// Acts whose verbs always have somebody as object.
const WITH_OBJECT: [&str; 3] = ["meet", "accuse", "call"];

/// "واتهمت الصين بتهديد الاستقرار", "زار باريس، والتقى الرئيس الفرنسي": a verb that must have an object, with one noun behind it, has
/// dropped its subject.
fn lone_object(
    scan: &Scan<'_>,
    phrases: &[Phrase],
    hit: &TriggerHit<'_>,
    context: Context<'_>,
    subject: Subject,
) -> bool {
    let Subject::Phrase(at) = subject else { return false };
    let dropped = scan.conjoined(hit.tokens.start) || is_meanwhile(scan, hit.tokens.start);
    let behind = phrases[at].tokens.start >= hit.tokens.end;
    if scan.language != Language::Arabic || !dropped || !behind || hit.enclitic.is_some() {
        return false;
    }
    let is_object = |a: &Argument| a.slot == Slot::Object && a.function == ArgumentFunction::Patient;
    let filled = |a: &Argument| match &a.slot {
        Slot::Preposition(p) if a.function == ArgumentFunction::Patient => {
            // "والتقى الرئيس في القصر ببغداد": a seat behind ب is where it is done.
            let met = |at: &usize| p != "ب" || phrases[*at].personal || phrases[*at].body;
            phrases_with_preposition(phrases, &right_region(scan, hit), p).iter().any(met)
        }
        _ => false,
    };
    let arguments = &hit.trigger.arguments;
    let one = phrases[at].ids.len() == 1 && with_coordinated(phrases, at).len() == 1;
    // "وطالب نظيره التشيلي بالتهدئة": a counterpart is that of the subject above.
    let name = hit.trigger.frame.event_type.name();
    let counterpart =
        matches!(name, "demand" | "request") && scan.begins_class(phrases[at].tokens.start, "counterpart");
    let needed = (WITH_OBJECT.contains(&name) || counterpart)
        && one
        && arguments.iter().any(is_object)
        && !arguments.iter().any(filled);
    // "وتطالب فنزويلا منذ قرن بالإقليم": what is so all the time is told of a subject of its own.
    let alone = context.subject.is_some()
        && hit.form != Form::Present
        && scan.conjoined(hit.tokens.start)
        && matches!(arguments.as_slice(), [argument] if is_object(argument));
    // "استدعت سفيرها، وطردت السفير الإثيوبي": an envoy calls in and expels nobody.
    let envoy = suffers_as_envoy(hit) && phrases[at].office.as_deref() == Some("ambassador");
    let envoy = envoy && phrases[at].tokens.start == hit.tokens.end;
    (alone || needed || envoy) && context.syntax.object(scan, hit.tokens.end, subject).is_none()
}

/// Acts that are done to envoys.
fn suffers_as_envoy(hit: &TriggerHit<'_>) -> bool {
    matches!(hit.trigger.frame.event_type.name(), "summon-envoy" | "expel-diplomat")
}

/// "وصل الملك إلى باريس في زيارة يلتقي خلالها الرئيس", "متوجها إلى مدريد حيث سيلتقي الملك": who travels meets.
fn is_meanwhile(scan: &Scan<'_>, verb: usize) -> bool {
    let where_to = verb.checked_sub(1).is_some_and(|at| scan.word(at) == "حيث");
    scan.language == Language::Arabic && (where_to || scan.means_meanwhile(verb + 1))
}

/// The subject that an Arabic verb shares with a verb before it, where it has none of its own.
pub(super) fn dropped_subject(scan: &Scan<'_>, phrases: &[Phrase], verb: usize, syntax: &Syntax) -> Subject {
    if !is_meanwhile(scan, verb) {
        return syntax.joined_subject(scan, phrases, verb);
    }
    // "زيارة دامت يومين، أجرت خلالها": past a clause that only describes the visit. "تصريحات أدلى بها الرئيس التشادي والتي اتهم فيها كينيا": of two
    // relative clauses joined to each other the second has the subject of the first.
    let joined =
        verb.checked_sub(1).is_some_and(|at| scan.tags[at] == Tag::Relative && scan.word(at).starts_with("وال"));
    let above = scan
        .finite_verb_before(verb)
        .filter(|&above| joined || takes_up(scan, above) || !syntax.describes(scan, above));
    let above = above.or_else(|| scan.finite_verb_before(scan.finite_verb_before(verb)?));
    above.map_or(Subject::Absent, |above| syntax.subject(scan, phrases, above))
}

/// The direct object, or the state that it is of.
pub(super) fn object(
    scan: &Scan<'_>,
    phrases: &[Phrase],
    (hit, from): (&TriggerHit<'_>, usize),
    syntax: &Syntax,
    subject: Subject,
    function: ArgumentFunction,
    roles: &mut Roles,
) {
    let Some(mut group) = syntax.object(scan, from, subject) else { return };
    // "التقى وزير الدفاع السعودي، الأمير محمد بن سلمان، بالرئيس": the name behind a comma is the subject once more.
    while names_again(scan, phrases, subject, group) {
        let Some(next) = syntax.object(scan, group.tokens.end, subject) else { return };
        group = next;
    }
    // "طردت ألمانيا ستة من أعضاء البعثة": those who are counted.
    let number = scan.language == Language::Arabic && group.tokens.clone().all(|at| scan.tags[at] == Tag::Number);
    if number && scan.word(group.tokens.end) == "من" {
        let counted = group.tokens.end + 1;
        group = syntax.group_at(counted).map_or(group, |at| &syntax.groups[at]);
    }
    let base = hit.trigger.needs.iter().any(|class| class == "foreign-base");
    // "تقصف مواقع كردية عراقية": a people inside the state is hit.
    let inside = |at: usize| scan.begins_class(at, "militant");
    if hit.trigger.frame.event_type.name() == "attack" && group.phrase.is_none() && group.tokens.clone().any(inside) {
        return;
    }
    let owned = base || reaches_owner(hit);
    if owned
        && !group.phrase.is_some_and(|at| phrases[at].kind == PhraseKind::Actor)
        && let Some(owner) = owner(scan, phrases, hit, syntax, group)
    {
        // "نقل الوزير القطري تحيات أمير قطر إلى السلطان": what is one's own is done to somebody else.
        let own = |at: &usize| roles.agents.iter().any(|&agent| phrases[agent].ids == phrases[*at].ids);
        if scan.language == Language::Arabic && owner.iter().all(own) {
            return;
        }
        roles.step("owner of the object", scan, phrases, &owner);
        roles.fill(function, &owner);
        return;
    }
    named_object(scan, phrases, group, function, roles);
}

/// Fills a slot with whom a group denotes by name, and all that it is joined to; tells whether it denotes somebody.
pub(super) fn named_object(
    scan: &Scan<'_>,
    phrases: &[Phrase],
    group: &Group,
    function: ArgumentFunction,
    roles: &mut Roles,
) -> bool {
    let is_named =
        |phrase: &Phrase| !matches!(phrase.kind, PhraseKind::Adjective | PhraseKind::Outlet) && !phrase.ids.is_empty();
    let Some(at) = group.phrase.filter(|&at| is_named(&phrases[at])) else { return false };
    let group = with_coordinated(phrases, at);
    roles.step("object", scan, phrases, &group);
    roles.fill(function, &group);
    true
}

/// "وافقت سلطنة عمان على أن تستخدم البحرية البريطانية ميناء الدقم": whose base it is, where only who lets others use it is told.
pub(super) fn host_of_base(
    scan: &Scan<'_>,
    phrases: &[Phrase],
    hit: &TriggerHit<'_>,
    syntax: &Syntax,
    roles: &mut Roles,
) {
    let base = hit.trigger.needs.iter().any(|class| class == "foreign-base");
    let that = hit.tokens.start.checked_sub(1).filter(|&at| base && scan.tags[at] == Tag::Complementizer);
    let Some(that) = that.filter(|_| roles.patients.is_empty()) else { return };
    if let Subject::Phrase(at) = syntax.clause_subject(scan, phrases, that)
        && !roles.agents.contains(&at)
    {
        roles.step("who lets them", scan, phrases, &[at]);
        roles.fill(ArgumentFunction::Patient, &[at]);
    }
}

fn names_again(scan: &Scan<'_>, phrases: &[Phrase], subject: Subject, group: &Group) -> bool {
    let (Subject::Phrase(subject), Some(at)) = (subject, group.phrase) else { return false };
    let comma = group.tokens.start.checked_sub(1).is_some_and(|at| scan.tags[at] == Tag::Comma);
    // "استقبل سلطان عمان السلطان هيثم بن طارق وزير الخارجية".
    let beside = scan.language == Language::Arabic && group.tokens.start == phrases[subject].tokens.end;
    (comma || beside) && at != subject && !phrases[at].ids.is_empty() && phrases[at].ids == phrases[subject].ids
}

/// "accused them", "denounced it".
fn object_pronoun(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    scan.begins_class(hit.tokens.end, "pronoun-object") && scan.tags.get(hit.tokens.end) == Some(&Tag::Pronoun)
}

/// English passive: a participle after a form of "be". Arabic: where the letters tell.
pub(super) fn is_passive(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    match hit.form {
        Form::PastPassive | Form::PresentPassive => true,
        Form::Participle | Form::Past if scan.language != Language::Arabic => {
            (1..=3).filter_map(|back| hit.tokens.start.checked_sub(back)).any(|t| scan.begins_class(t, "be"))
                || scan.word(hit.tokens.end) == "by"
        }
        // "قتل 19 إسرائيليا": with nothing but a number behind it and no subject before it, the verb is passive.
        Form::Past => {
            let suffers = matches!(hit.trigger.frame.event_type.name(), "attack" | "coerce" | "release");
            let start = hit.tokens.start;
            let joined = scan.conjoined(start) && scan.tags[..start].iter().any(|tag| tag.is_verb());
            let opens = start.checked_sub(1).is_none_or(|at| scan.tags[at] != Tag::Noun);
            let counted = suffers && opens && !joined && scan.tags.get(hit.tokens.end) == Some(&Tag::Number);
            counted || scan.language == Language::Arabic && is_vocalised_passive(scan, start)
        }
        _ => false,
    }
}

pub(super) fn takes_no_agent(hit: &TriggerHit<'_>) -> bool {
    matches!(hit.form, Form::PastPassive | Form::PresentPassive)
}
