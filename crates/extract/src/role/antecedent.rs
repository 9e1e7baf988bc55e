//! Whom a pronoun in a slot stands for, and who did "the raid" or "the request" that was told before.

use super::{Context, Roles, with_coordinated};
use crate::lexicon::{Argument, ArgumentFunction, Form, Slot};
use crate::mention::{Phrase, PhraseKind};
use crate::scan::{Scan, TriggerHit};
use crate::syntax::{Group, Subject, Syntax, Tag, agrees_with, is_resumed};
use chancery_model::{EntityId, EntityKind, EventType, Language};
use chancery_text::Enclitic;
use std::ops::Range;

/// "ونددت مصر بالاتفاق", "denounced the raid", "ورحبت به موسكو": an act that was told before stands for who did it.
pub(super) fn told_before(
    scan: &Scan<'_>,
    phrases: &[Phrase],
    hit: &TriggerHit<'_>,
    context: Context<'_>,
    right: &Range<usize>,
    roles: &mut Roles,
) {
    if !is_answer(hit) || roles.agents.is_empty() {
        return;
    }
    if takes_pronoun(scan, hit) {
        let doers = doers_before(scan, phrases, hit, context, roles);
        roles.steps.push("a pronoun for what was told last".into());
        roles.outside_patients = doers.unwrap_or_else(|| context.memory.answered_last().to_vec());
        return;
    }
    let first = context.syntax.groups.iter().find(|group| {
        right.contains(&group.tokens.start)
            && group.tokens.start > hit.tokens.end.saturating_sub(1)
            && group.phrase.is_none()
    });
    let Some(group) = first.filter(|group| group.tokens.len() <= 2) else { return };
    let arabic = scan.language == Language::Arabic;
    let head = if arabic { group.tokens.start } else { group.tokens.end - 1 };
    let definite = |token: usize| scan.sentence.tokens[token].splits.iter().any(|split| split.article);
    let definite = if arabic {
        definite(head) || definite(group.tokens.end - 1) && scan.noun_at(head)
    } else {
        matches!(scan.word(group.tokens.start), "the" | "this" | "these" | "those")
    };
    if !definite || !scan.noun_at(head) && !scan.noun_at(group.tokens.end - 1) {
        return;
    }
    let inside = |other: &&TriggerHit<'_>| other.form == Form::Noun && group.tokens.contains(&other.tokens.start);
    let types: Vec<EventType> = scan.triggers.iter().filter(inside).map(|hit| hit.trigger.frame.event_type).collect();
    roles.steps.push("what was told before".into());
    let points_back = !arabic || scan.begins_class(head, "event-noun");
    roles.outside_patients = match types.as_slice() {
        [] if points_back => context.memory.event().to_vec(),
        types => context.memory.act(types).to_vec(),
    };
}

/// "تشن القوات التركية عمليات، تندد بها بغداد", "صنف العراق الحزب، وهي خطوة رحبت بها أنقرة": who does what the clause before tells.
fn doers_before(
    scan: &Scan<'_>,
    phrases: &[Phrase],
    hit: &TriggerHit<'_>,
    context: Context<'_>,
    roles: &Roles,
) -> Option<Vec<EntityId>> {
    let verb = scan.finite_verb_before(hit.tokens.start)?;
    let says = scan.reporting.iter().any(|said| said.tokens.start == verb);
    let answers = |other: &TriggerHit<'_>| is_answer(other) && other.trigger.needs.is_empty();
    if says || scan.conjoined(hit.tokens.start) || scan.triggers_at(verb).iter().any(answers) {
        return None;
    }
    let Subject::Phrase(at) = context.syntax.subject(scan, phrases, verb) else { return None };
    let own: Vec<&EntityId> = roles.agents.iter().flat_map(|&agent| &phrases[agent].ids).collect();
    let ids = with_coordinated(phrases, at).into_iter().flat_map(|at| phrases[at].ids.clone());
    let doers: Vec<EntityId> = ids.filter(|id| id.is_actor() && !own.contains(&id)).collect();
    (!doers.is_empty()).then_some(doers)
}

/// "وتبعتها البحرين والسودان", "وكذلك فعلت كولومبيا": who does what was done last, to those to whom it was done.
pub(super) fn followers(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>, context: Context<'_>) -> Roles {
    let mut roles = Roles { closed: true, ..Roles::default() };
    let told = hit.enclitic.is_some() || !hit.trigger.needs.is_empty();
    let Subject::Phrase(at) = context.syntax.subject(scan, phrases, hit.tokens.start) else { return roles };
    let Some((_, target)) = context.memory.last_deed().filter(|_| told && hit.form == Form::Past) else { return roles };
    let group = with_coordinated(phrases, at);
    // "وتبعتها سوريا بإدانة القصف": what follows is another act.
    let next = group.last().map_or(hit.tokens.end, |&last| phrases[last].tokens.end);
    let another = scan.tags.get(next) == Some(&Tag::Noun) && !scan.conjoined(next) && hit.trigger.needs.is_empty();
    if another || matches!(scan.word(next), "الي" | "علي" | "عن") {
        return roles;
    }
    roles.step("who did the same", scan, phrases, &group);
    roles.fill(ArgumentFunction::Agent, &group);
    roles.outside_patients = target.to_vec();
    roles
}

/// Acts that answer what somebody did or said.
fn is_answer(hit: &TriggerHit<'_>) -> bool {
    ["condemn", "reject", "express-support"].contains(&hit.trigger.frame.event_type.name())
}

/// "ورحبت به الدوحة": what is answered is an act told before, not the actor named last.
pub(super) fn answers_it(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    is_answer(hit) && takes_pronoun(scan, hit)
}

/// Whether the slot of the patient holds a pronoun for a thing: "رحبت به", "ترفضها".
fn takes_pronoun(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let Some(at) = (hit.tokens.end..hit.tokens.end + 2).find(|&at| scan.tags.get(at) == Some(&Tag::Adverb)) else {
        return false;
    };
    let patient = |argument: &Argument| argument.function == ArgumentFunction::Patient;
    let written = |argument: &Argument| match &argument.slot {
        Slot::Preposition(preposition) => ["ه", "ها"].iter().any(|p| scan.word(at) == format!("{preposition}{p}")),
        _ => false,
    };
    scan.language == Language::Arabic && hit.trigger.arguments.iter().any(|a| patient(a) && written(a))
}

/// "المقاتلين الذين دربهم الجيش": the noun that the pronoun on a verb takes up, where it stands in a relative clause.
pub(super) fn resumed<'a>(scan: &Scan<'_>, hit: &TriggerHit<'_>, syntax: &'a Syntax) -> Option<&'a Group> {
    // "النقاط التي لا تزال تحتلها": past words that only say that it goes on.
    let goes_on = |at: usize| {
        matches!(scan.tags[at], Tag::Auxiliary | Tag::Adverb)
            || matches!(scan.word(at), "تزال" | "يزال" | "زالت" | "زال" | "تزالان" | "يزالون")
    };
    let relative = (0..hit.tokens.start).rev().find(|&at| !goes_on(at)).filter(|&at| scan.tags[at] == Tag::Relative)?;
    syntax.antecedent(scan, relative).filter(|_| is_resumed(scan, relative, hit.tokens.start))
}

/// "مقاتلي المعارضة السورية": the actor that ends a group whose head names nobody.
pub(super) fn last_inside(phrases: &[Phrase], group: &Group, adjectives: bool) -> Option<usize> {
    let fits = |phrase: &Phrase| {
        phrase.kind == PhraseKind::Actor || adjectives && phrase.kind == PhraseKind::Adjective && !phrase.ids.is_empty()
    };
    (0..phrases.len()).rev().find(|&at| phrases[at].tokens.end == group.tokens.end && fits(&phrases[at]))
}

/// "البلاد تربطها علاقات مع …", "التقاه الرئيس": the pronoun on the verb is the actor named last before it that it agrees with.
pub(super) fn pronoun_object(
    scan: &Scan<'_>,
    phrases: &[Phrase],
    (hit, pronoun): (&TriggerHit<'_>, Enclitic),
    function: ArgumentFunction,
    syntax: &Syntax,
    roles: &mut Roles,
) {
    let taken: Vec<&EntityId> = roles.agents.iter().flat_map(|&at| &phrases[at].ids).collect();
    let antecedent = (0..phrases.len()).rev().find(|&at| {
        let phrase = &phrases[at];
        phrase.tokens.end <= hit.tokens.start
            && phrase.is_actor()
            && !phrase.ids.is_empty()
            && agrees_with(scan, phrase, pronoun)
            && !phrase.ids.iter().any(|id| taken.contains(&id))
            // "رفعت دعوى ضد كينيا أمام المحكمة، متهمة إياها": no court is accused.
            && !(hit.form == Form::Fixed && phrase.ids.iter().any(|id| id.kind() == EntityKind::Org))
    });
    // "حصلت الوثيقة في المجلس على دعم، فيما عارضتها روسيا": the subject of the clause before, and not who stands behind a preposition in it.
    let mere_thing = |at: usize| {
        let verb = scan.finite_verb_before(hit.tokens.start);
        phrases[at].preposition.is_some()
            && verb.is_some_and(|verb| syntax.subject(scan, phrases, verb) == Subject::Unknown)
    };
    if let Some(antecedent) = antecedent.filter(|&at| !mere_thing(at)) {
        roles.step("pronoun on the verb", scan, phrases, &[antecedent]);
        roles.fill(function, &[antecedent]);
    }
}

/// "قال الجيش الباكستاني إن قوات هندية قصفت مواقع تابعة له": what is hit is of who says so.
pub(super) fn hits_speakers_own(scan: &Scan<'_>, hit: &TriggerHit<'_>, context: Context<'_>, roles: &mut Roles) {
    const NEAR: usize = 6;
    let attack = hit.trigger.frame.event_type.name() == "attack" && roles.patients.is_empty();
    let mut near = hit.tokens.end..(hit.tokens.end + NEAR).min(scan.tags.len());
    let own = |at: usize| {
        matches!(scan.word(at), "تابعة" | "تابعا" | "تابع" | "تابعين")
            && matches!(scan.word(at + 1), "له" | "لها" | "لهم" | "لنا")
    };
    let own = |at: usize| own(at) || scan.begins_class(at, "own-positions");
    if let Some(speaker) = context.speaker.filter(|_| attack && near.any(own)) {
        roles.steps.push("of who speaks".into());
        roles.outside_patients.push(speaker.clone());
    }
}

/// Pronouns as they are written on a preposition.
const WRITTEN: [(&str, Enclitic); 4] =
    [("هما", Enclitic::Dual), ("هم", Enclitic::They), ("ها", Enclitic::She), ("ه", Enclitic::He)];

/// "اتصال أجراه معه الرئيس", "اتهامه لها", "المحادثات بينهما": the pronoun on a preposition stands for the actor named last before it
/// that it agrees with, a dual for both sides of what was told last.
pub(super) fn pronouns_behind_prepositions(
    scan: &Scan<'_>,
    phrases: &[Phrase],
    hit: &TriggerHit<'_>,
    context: Context<'_>,
    right: &Range<usize>,
    roles: &mut Roles,
) {
    for (preposition, function) in hit.trigger.prepositions() {
        let filled = match function {
            ArgumentFunction::Agent => !roles.agents.is_empty() || preposition != "بين",
            ArgumentFunction::Patient => !roles.patients.is_empty(),
            ArgumentFunction::Instrument => true,
        };
        if filled {
            continue;
        }
        let near = right.start..right.end.min(right.start + 6);
        let Some((at, pronoun)) = near.into_iter().find_map(|at| Some((at, pronoun_on(scan, at, preposition)?))) else {
            continue;
        };
        if pronoun == Enclitic::Dual && hit.trigger.frame.event_type.is_symmetric() {
            roles.steps.push("a dual pronoun for both sides".into());
            let before = &phrases[..phrases.partition_point(|p| p.tokens.end <= at)];
            roles.outside_patients = two_named(before).unwrap_or_else(|| context.memory.pair(true, before));
            // "وصف المصالحة بينهما": nobody else takes part.
            roles.closed |= roles.outside_patients.len() > 1;
            return;
        }
        let agents: Vec<&EntityId> = roles.agents.iter().flat_map(|&agent| &phrases[agent].ids).collect();
        let fits = |phrase: &&Phrase| {
            phrase.tokens.end <= hit.tokens.start
                && phrase.is_actor()
                && !phrase.ids.is_empty()
                && agrees_with(scan, phrase, pronoun)
                && !phrase.ids.iter().any(|id| agents.contains(&id))
        };
        if let Some(phrase) = phrases.iter().rev().find(fits) {
            roles.steps.push("a pronoun behind the preposition".into());
            roles.outside_patients.extend(phrase.ids.iter().cloned());
            return;
        }
    }
}

/// "وقع الاتحاد الأوروبي وليبيا مذكرة تمهد لتطبيع العلاقات بينهما": two that are named side by side, the last ones.
fn two_named(before: &[Phrase]) -> Option<Vec<EntityId>> {
    let last = before.iter().rposition(|p| p.coordinated && p.kind == PhraseKind::Actor)?;
    let pair = &before[last.checked_sub(1)?..=last];
    let ids: Vec<EntityId> = pair.iter().filter(|p| p.kind == PhraseKind::Actor).flat_map(|p| p.ids.clone()).collect();
    (ids.len() == 2 && !pair[0].coordinated && ids[0] != ids[1]).then_some(ids)
}

/// The pronoun that is written on a preposition at a token: معه, إليها, بينهما.
fn pronoun_on(scan: &Scan<'_>, token: usize, preposition: &str) -> Option<Enclitic> {
    if scan.tags.get(token) != Some(&Tag::Adverb) {
        return None;
    }
    let word = scan.word(token);
    let bare = preposition.strip_suffix('ي').unwrap_or(preposition);
    let (_, pronoun) = WRITTEN.iter().find(|(written, _)| word.ends_with(written))?;
    let stem = WRITTEN.iter().find_map(|(written, _)| word.strip_suffix(written))?;
    let same = stem == preposition || stem.strip_suffix('ي') == Some(bare) && preposition.ends_with('ي');
    same.then_some(*pronoun)
}
