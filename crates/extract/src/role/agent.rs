//! The agent of a noun or an infinitive that has none of its own.

use super::owner::told_by;
use super::possessor::{
    disagrees, judged_for, of_several, possessive_pronoun_before, possessor_named_before, several_named_before,
};
use super::preposition::prepositions;
use super::verb::dropped_subject;
use super::{Context, REACH, Roles, first_of_group, is_pair, with_coordinated};
use crate::lexicon::{ArgumentFunction, Form};
use crate::mention::{Anaphor, Phrase, PhraseKind};
use crate::scan::{Scan, TriggerHit};
use crate::syntax::{Subject, Tag, is_first_person};
use chancery_model::{EntityId, Language};
use chancery_text::Enclitic;

/// The agent of a noun or an infinitive without one of its own.
pub(super) fn infer_agent(
    scan: &Scan<'_>,
    phrases: &[Phrase],
    hit: &TriggerHit<'_>,
    context: Context<'_>,
    roles: &mut Roles,
) {
    roles.inferred = true;
    let we = scan.language == Language::Arabic && hit.trigger.is_verb && is_first_person(scan, hit.tokens.start);
    if we
        && context.speaker.is_none()
        && let Some(speaker) = before_colon(scan, phrases, hit)
    {
        roles.step("who speaks, before the colon", scan, phrases, &[speaker]);
        roles.fill(ArgumentFunction::Agent, &[speaker]);
        return;
    }
    if hit.enclitic == Some(Enclitic::We) || we && context.speaker.is_some() {
        roles.steps.push("agent: the speaker".into());
        roles.outside_agent = context.speaker.cloned();
        return;
    }
    let own: Vec<EntityId> = roles.patients.iter().flat_map(|&p| phrases[p].ids.iter().cloned()).collect();
    let own: Vec<EntityId> = own.into_iter().chain(roles.outside_patients.iter().cloned()).collect();
    if scan.language == Language::Arabic
        && let Some(group) = context.syntax.group_at(hit.tokens.start)
        && let Some(maker) = told_by(scan, phrases, context.syntax, &context.syntax.groups[group])
    {
        let group = with_coordinated(phrases, maker);
        roles.step("who makes it, in a relative clause", scan, phrases, &group);
        roles.made = true;
        roles.fill(ArgumentFunction::Agent, &group);
        // "الوساطة التي تقوم بها الكويت بين السعودية وقطر": what stands behind the maker belongs to the act.
        let from = phrases[maker].tokens.end;
        let ends = |t: usize| {
            matches!(scan.tags[t], Tag::Stop | Tag::Comma | Tag::Relative | Tag::Complementizer | Tag::Verb(_))
        };
        let to =
            (from..scan.tags.len().min(from + REACH)).find(|&t| ends(t)).unwrap_or(scan.tags.len().min(from + REACH));
        if roles.patients.is_empty() {
            prepositions(scan, phrases, hit, context.syntax, &(from..to), roles);
        }
        return;
    }
    // "عقدا لقاء على هامش القمة": in the margins of a meeting others meet too; "على هامش لقائه" is one's own.
    if hit.enclitic.is_none() && hit.tokens.start.checked_sub(1).is_some_and(|at| scan.word(at) == "هامش") {
        return;
    }
    // "أعربت عن أسفها لاستدعاء السفير": what somebody regrets others did.
    if hit.form == Form::Noun && hit.tokens.start.checked_sub(1).is_some_and(|at| scan.begins_class(at, "regret")) {
        roles.blocked = true;
        return;
    }
    // "are guarantors of the pact".
    let mere = hit.trigger.frame.event_type.name() == "sign-agreement" && hit.trigger.needs.is_empty();
    if scan.language == Language::English && mere && behind_any_preposition(scan, hit) {
        return;
    }
    // "said that an attack on its ships would be answered": who says so does not do it.
    let unshared = hit.trigger.frame.event_type.name() != "sign-agreement" || roles.patients.is_empty();
    let others = unshared && opens_content(scan, hit, context)
        || is_refused(scan, hit)
        || is_attributed(scan, hit)
        || is_anothers(scan, phrases, hit);
    if scan.language == Language::English && others || is_arranged(scan, hit, roles) {
        return;
    }
    // "اتفق الجانبان على تشكيل لجنة وموعد لاجتماعها": "its" is not of two.
    let single = matches!(hit.enclitic, Some(Enclitic::He | Enclitic::She)) && scan.language == Language::Arabic;
    let taken = |phrase: &Phrase| phrase.ids.iter().any(|id| own.contains(id)) || single && is_pair(phrase);
    // "دون الإعلان عن موعد لاجتماعها": no act acts.
    let act = |phrase: &Phrase| phrase.kind == PhraseKind::Anaphor(Anaphor::Event);
    let free = |phrase: &Phrase| !taken(phrase) && !act(phrase);
    let pronoun = hit.enclitic.is_some() || possessive_pronoun_before(scan, hit);
    let suffered = matches!(hit.trigger.frame.event_type.name(), "attack" | "coerce");
    let told = (scan.language == Language::Arabic || suffered) && under_speech(scan, phrases, hit);
    // "expelled two envoys in solidarity with Chad".
    let shared = SHARED.contains(&hit.trigger.frame.event_type.name()) || scan.word(hit.tokens.start) == "solidarity";
    if pronoun && let Some(judging) = judged_for(scan, hit) {
        let blamed = phrases.iter().rposition(|phrase| {
            (judging + 1..hit.tokens.start).contains(&phrase.tokens.start) && !phrase.ids.is_empty() && free(phrase)
        });
        let subject = context.syntax.subject(scan, phrases, judging);
        let blamed = blamed.filter(|&at| subject != Subject::Phrase(at) && phrases[at].kind != PhraseKind::Agreement);
        // "أوقفت مالطا سفينة ليبية لاتهامها بالتهريب": charged with something by whoever judges.
        let with = hit.tokens.end;
        let charged =
            hit.trigger.frame.event_type.name() == "accuse" && scan.word(with).starts_with('ب') && !scan.in_name(with);
        if charged && let Subject::Phrase(judge) = subject {
            let judges = with_coordinated(phrases, judge);
            roles.step("who judges", scan, phrases, &judges);
            roles.fill(ArgumentFunction::Agent, &judges);
            roles.fill(ArgumentFunction::Patient, blamed.as_slice());
            return;
        }
        roles.step("who is judged for it", scan, phrases, blamed.as_slice());
        roles.fill(ArgumentFunction::Agent, blamed.as_slice());
        return;
    }
    let aside = told || behind_preposition(scan, hit) && !shared;
    let subject =
        if hit.form == Form::Noun && !aside { subject_of_clause(scan, phrases, hit, context) } else { Subject::Absent };
    // "drones for Russia in its war": what a preposition leads to is of whoever was named last.
    let nearest = pronoun && scan.language == Language::English && behind_any_preposition(scan, hit);
    let subject = match subject {
        Subject::Phrase(at) if !pronoun && is_behind_comma(scan, hit, &phrases[at], shared) => Subject::Absent,
        other => other,
    };
    let found = match subject {
        Subject::Phrase(at) if disagrees(scan, phrases, hit, at) => {
            several_named_before(scan, phrases, hit).filter(|&at| free(&phrases[at]))
        }
        Subject::Phrase(at) if free(&phrases[at]) && phrases[at].is_actor() && !nearest => Some(at),
        Subject::Unknown if !pronoun => {
            if says_of_oneself(scan, hit) {
                roles.steps.push("agent: the speaker".into());
                roles.outside_agent = context.speaker.filter(|id| !own.contains(*id)).cloned();
            }
            return;
        }
        // "حذر نتانياهو قبل مغادرته تل أبيب": what the subject does to their own is no relation, and nobody else does it.
        Subject::Phrase(at) if pronoun && leaves(scan, hit) && phrases[at].is_actor() => return,
        _ if pronoun && of_several(scan, hit) && several_named_before(scan, phrases, hit).is_some() => {
            several_named_before(scan, phrases, hit)
        }
        _ if pronoun => possessor_named_before(scan, phrases, hit, &own).filter(|&at| free(&phrases[at])),
        _ => None,
    };
    match found {
        Some(agent) => {
            // "thanked Chad and Niger, which attended": the relative clause is of the last.
            let relative = scan.tags.get(phrases[agent].tokens.end + 1) == Some(&Tag::Relative);
            let first = if relative && pronoun { agent } else { first_of_group(phrases, agent) };
            let group = with_coordinated(phrases, first);
            roles.step("agent from the clause", scan, phrases, &group);
            roles.fill(ArgumentFunction::Agent, &group);
        }
        None if pronoun || hit.trigger.is_verb && scan.language == Language::Arabic => {
            roles.outside_agent = context.subject.filter(|id| !own.contains(*id)).cloned();
            roles.steps.push("agent: the last subject".into());
        }
        None => {}
    }
}

/// Whether the noun of a hostile act, or of an agreement whose parties it leaves out, opens words said: "hopes that a deal could be reached".
fn opens_content(scan: &Scan<'_>, hit: &TriggerHit<'_>, context: Context<'_>) -> bool {
    let hostile = matches!(hit.trigger.frame.event_type.name(), "attack" | "coerce" | "sign-agreement");
    let group = context.syntax.group_at(hit.tokens.start).map(|at| context.syntax.groups[at].tokens.start);
    let before = group.and_then(|start| start.checked_sub(1));
    // "said any attack on its ships would be answered".
    let said = |at: usize| {
        let says = scan.reporting.iter().any(|said| said.tokens.end == at + 1);
        let mut behind = (hit.tokens.end..scan.tags.len()).take_while(|&at| scan.tags[at] != Tag::Stop);
        let verb = behind.find(|&at| scan.tags[at] == Tag::Auxiliary || scan.finite_verb_at(at));
        says && scan.language == Language::English && verb.is_some_and(|at| scan.begins_class(at, "modal"))
    };
    hostile && before.is_some_and(|at| scan.tags[at] == Tag::Complementizer || said(at))
}

/// "rejected the demand", "denied the accusation": who refuses it does not make it.
fn is_refused(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let said = matches!(hit.trigger.frame.event_type.name(), "accuse" | "demand" | "request" | "threaten" | "condemn");
    // "protested the closure of its mission".
    let measure = scan.language == Language::English
        && matches!(
            hit.trigger.frame.event_type.name(),
            "close-mission" | "expel-diplomat" | "recall-envoy" | "impose-sanctions"
        );
    let nominal = |at: &usize| matches!(scan.tags[*at], Tag::Noun | Tag::Determiner | Tag::Adverb);
    let above = (0..hit.tokens.start).rev().find(|at| !nominal(at));
    let refuses = |verb: usize| {
        let rejects = |other: &TriggerHit<'_>| {
            let name = other.trigger.frame.event_type.name();
            (name == "reject" || name == "condemn" && measure) && other.trigger.needs.is_empty()
        };
        scan.tags[verb].is_verb() && (scan.begins_class(verb, "denies") || scan.triggers_at(verb).iter().any(rejects))
    };
    (said || measure) && hit.form == Form::Noun && !possessive_pronoun_before(scan, hit) && above.is_some_and(refuses)
}

/// "condemned the poet's visit to Chad": whoever it is whose act somebody answers, they are not one and the same.
fn is_anothers(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>) -> bool {
    let owner = (0..hit.tokens.start).rev().find(|&at| scan.tags[at] != Tag::Noun);
    // "called off next week's signature".
    let when = |mark: usize| {
        mark.checked_sub(1)
            .is_some_and(|at| scan.is_temporal(at) || matches!(scan.word(at), "week" | "month" | "year" | "day"))
    };
    let owned = owner.is_some_and(|at| matches!(scan.word(at), "'s" | "'") && !when(at));
    hit.form == Form::Noun && owned && under_speech(scan, phrases, hit)
}

/// "attributed the attack to rebels": who says whose act it was did not do it.
fn is_attributed(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let nominal = |at: &usize| matches!(scan.tags[*at], Tag::Noun | Tag::Determiner);
    let verb = (0..hit.tokens.start).rev().find(|at| !nominal(at));
    scan.language == Language::English
        && hit.form == Form::Noun
        && hit.trigger.frame.event_type.name() == "attack"
        && verb.is_some_and(|at| scan.tags[at].is_verb() && scan.begins_class(at, "attributes"))
}

/// "helped to arrange the talks": who arranges them between others, or for nobody that the text names, holds none.
fn is_arranged(scan: &Scan<'_>, hit: &TriggerHit<'_>, roles: &Roles) -> bool {
    let talks = matches!(hit.trigger.frame.event_type.name(), "meet" | "negotiate");
    if scan.language != Language::English || !talks || hit.form != Form::Noun || !roles.patients.is_empty() {
        return false;
    }
    let nominal = |at: &usize| matches!(scan.tags[*at], Tag::Noun | Tag::Determiner | Tag::Number);
    let above = (0..hit.tokens.start).rev().find(|at| !nominal(at));
    above.is_some_and(|verb| scan.tags[verb].is_verb() && scan.begins_class(verb, "arranges"))
}

/// Who does what the clause of a noun tells; where its verb has dropped its subject, that of the verb before it: "زار الوزير بغداد وأجرى محادثات".
fn subject_of_clause(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>, context: Context<'_>) -> Subject {
    let subject = context.syntax.clause_subject(scan, phrases, hit.tokens.start);
    let object = |at: &usize| scan.tags[*at] == Tag::Noun || scan.means_meanwhile(*at);
    let verb = (0..hit.tokens.start).rev().find(|at| !object(at)).filter(|&at| scan.finite_verb_at(at));
    match (subject, verb) {
        // "موافقة الوزارة تمثل أول صفقة": what opens the clause is the subject, though it is nobody.
        (Subject::Unknown, Some(verb)) if !scan.conjoined(verb) && !scan.means_meanwhile(verb + 1) => subject,
        (Subject::Unknown | Subject::Absent, Some(verb)) if scan.language == Language::Arabic => {
            match dropped_subject(scan, phrases, verb, context.syntax) {
                Subject::Absent => subject,
                shared => shared,
            }
        }
        _ => subject,
    }
}

/// "قال الوزير إنه أجرى محادثات": the pronoun on the word that opens the clause is who speaks.
fn says_of_oneself(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let verb = scan.finite_verb_before(hit.tokens.start);
    let before = verb.and_then(|verb| verb.checked_sub(1)).map(|at| scan.word(at));
    scan.language == Language::Arabic && matches!(before, Some("انه" | "انها" | "بانه" | "بانها"))
}

/// "السودان: ندين": who opens the sentence before a colon.
fn before_colon(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>) -> Option<usize> {
    let first = phrases.iter().position(|phrase| phrase.tokens.start == 0 && phrase.is_actor())?;
    let colon = phrases[first].tokens.end;
    (colon < hit.tokens.start && scan.word(colon) == ":" && !phrases[first].ids.is_empty()).then_some(first)
}

/// "مغادرته", "عودته": one leaves or comes back to one's own.
fn leaves(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let word = scan.word(hit.tokens.start).trim_start_matches(['و', 'ب', 'ل']);
    scan.language == Language::Arabic
        && hit.trigger.frame.event_type.name() == "visit"
        && ["مغادر", "عود", "وصول", "توجه"].iter().any(|stem| word.starts_with(stem))
}

/// Acts of which the subject of the clause is a party even where they stand behind a preposition: "during a visit to Qatar".
/// Not so "the war in Syria", "after the attack on Basra".
const SHARED: [&str; 11] = [
    "visit",
    "send-message",
    "meet",
    "call",
    "negotiate",
    "summit",
    "sign-agreement",
    "join-agreement",
    "military-exercise",
    "cooperate",
    "leave-agreement",
];

/// "ونددت مصر بالاتفاق": who speaks of an act is no party of it.
fn under_speech(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>) -> bool {
    let verb = (0..hit.tokens.start).rev().take_while(|&t| scan.tags[t] != Tag::Stop).find(|&t| scan.tags[t].is_verb());
    let speaks = |other: &TriggerHit<'_>| {
        let name = other.trigger.frame.event_type.name();
        // "رفضت الولايات المتحدة الاعتذار": what somebody refuses to do is their own act.
        let own = name == "reject"
            && (other.tokens.end..hit.tokens.start).all(|at| is_subject_or_light(scan, phrases, other, at));
        let answers = matches!(name, "condemn" | "express-support" | "reject" | "accuse");
        // "calling its raids disproportionate".
        let judges = scan.language == Language::English && other.trigger.needs.iter().any(|class| class == "bad-word");
        // "أعربت كينيا عن قلقها حيال حشد القوات".
        let worry = |other: &TriggerHit<'_>| {
            other.form == Form::Noun && other.trigger.frame.event_type.name() == "condemn" && other.enclitic.is_some()
        };
        let worried = |at: usize| scan.triggers_at(at).iter().any(worry);
        let worries =
            scan.language == Language::Arabic && name == "condemn" && (other.tokens.end..hit.tokens.start).any(worried);
        (other.trigger.needs.is_empty() || judges || worries) && answers && !own
    };
    verb.is_some_and(|verb| scan.triggers.iter().any(|other| other.tokens.start == verb && speaks(other)))
}

/// Whether a token belongs to the subject right behind a verb, or is a light noun: "رفض الرئيس الصيني إجراء".
pub(crate) fn is_subject_or_light(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>, token: usize) -> bool {
    let subject = phrases.iter().find(|phrase| phrase.tokens.start == hit.tokens.end);
    scan.in_name(token)
        || scan.begins_class(token, "performing")
        || subject.is_some_and(|phrase| phrase.tokens.contains(&token))
}

/// "Commenting on the arms sale to Chad, Niger's minister said", "The visit to Chad, Niger's minister said, was useful": who speaks behind a comma
/// does not do it. "During a visit to Chad, Niger's minister said", "talks with Chad, Niger's minister said" are their own.
fn is_behind_comma(scan: &Scan<'_>, hit: &TriggerHit<'_>, subject: &Phrase, shared: bool) -> bool {
    let mut between = hit.tokens.end..subject.tokens.start;
    let own = shared && (behind_any_preposition(scan, hit) || hit.trigger.frame.event_type.is_symmetric());
    scan.language == Language::English && !own && between.any(|at| scan.tags[at] == Tag::Comma)
}

/// Whether any preposition leads to the noun of a trigger, past determiners.
fn behind_any_preposition(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let nominal = |at: &usize| matches!(scan.tags[*at], Tag::Determiner | Tag::Noun | Tag::Possessive);
    let before = (0..hit.tokens.start).rev().find(|at| !nominal(at));
    before.is_some_and(|at| hit.tokens.start - at <= 4 && scan.tags[at] == Tag::Preposition)
}

fn behind_preposition(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let nominal = |at: &usize| matches!(scan.tags[*at], Tag::Determiner | Tag::Noun | Tag::Possessive);
    let led = |from: usize| (0..from).rev().find(|at| !nominal(at)).filter(|&at| from - at <= 4);
    // "after the approval of an arms sale to Chad".
    let outer = |at: usize| if scan.word(at) == "of" { led(at) } else { Some(at) };
    // "أعلنت السفارة الكينية في باماكو تعليق أعمالها": the preposition leads to the name alone.
    let of_name = |at: usize| at + 1 < hit.tokens.start && (at + 1..hit.tokens.start).all(|at| scan.in_name(at));
    let near = led(hit.tokens.start).filter(|&at| !of_name(at)).and_then(outer);
    near.is_some_and(|at| ASIDES.contains(&scan.word(at)))
}

/// Prepositions of circumstance; what a verb takes ("agreed on", "تعهدت ب") is not among them.
const ASIDES: [&str; 27] = [
    "in",
    "after",
    "during",
    "before",
    "since",
    "despite",
    "amid",
    "over",
    "about",
    "against",
    "following",
    "by",
    "because",
    "في",
    "خلال",
    "بعد",
    "قبل",
    "منذ",
    "رغم",
    "بسبب",
    "ضد",
    "حول",
    "بشان",
    "اثر",
    "عقب",
    "وسط",
    "احتجاجا",
];
