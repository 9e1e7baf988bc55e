//! What is told only as the content of another act: what is asked, refused, called off.

use super::candidate::Candidate;
use crate::lexicon::{CuePosition, Form, SPEECH, Slot};
use crate::mention::Phrase;
use crate::role::is_subject_or_light;
use crate::scan::{CueHit, Scan, TriggerHit};
use crate::syntax::{Tag, is_accusative};
use chancery_model::{Claim, Language, Status};
use chancery_text::Proclitic;

/// Acts of speech whose content is no event of its own: what is asked, threatened or alleged.
const SWALLOWS_CONTENT: [&str; 8] =
    ["request", "demand", "threaten", "accuse", "express-intent", "reject", "mediate", "express-support"];

/// Whether what stands behind an act is its content and no event of its own: "urged Chad to withdraw", "ratified Finland's accession".
pub(super) fn swallows_content(hit: &TriggerHit<'_>, claim: &Claim) -> bool {
    let ratifies = matches!(hit.trigger.sense.as_str(), "ratify-accession" | "ratify-treaty-with");
    // "أسفرت جهود النرويج عن هدنة بين كينيا وغانا": what mediation has led to is there.
    let led = claim.event_type.name() == "mediate" && hit.trigger.needs.iter().any(|class| class == "deal");
    ratifies || !led && SWALLOWS_CONTENT.contains(&claim.event_type.name())
}

/// "welcomed a deal signed by Rwanda and Congo", "رحبت بالاتفاق الذي وقعته", "اتهمته بخرق الحظر الذي تفرضه": what is welcomed, or not kept, has been done,
/// by those who are named.
pub(super) fn is_signed_by_others(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let start = hit.tokens.start;
    let told = match scan.language {
        Language::English => hit.form == Form::Participle && scan.word(hit.tokens.end) == "by",
        Language::Arabic => {
            [Some(start), start.checked_sub(1)].into_iter().flatten().any(|at| scan.tags[at] == Tag::Relative)
        }
        _ => false,
    };
    // "بسبب العقوبات التي تفرضها عليها": who does is not named.
    let named = scan.tags.get(hit.tokens.end) == Some(&Tag::Noun);
    let imposed =
        scan.language == Language::Arabic && hit.trigger.frame.event_type.name() == "impose-sanctions" && named;
    told && (hit.trigger.frame.event_type.name() == "sign-agreement" || imposed)
}

/// "رفضت ألمانيا تزويد أوكرانيا", "refused to sign": who refuses an act of their own denies it; that is no rejection.
pub(super) fn refuses_own_act(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>) -> bool {
    if hit.trigger.frame.event_type.name() != "reject" || hit.form == Form::Noun {
        return false;
    }
    if scan.language != Language::Arabic {
        return scan.word(hit.tokens.end) == "to" && scan.tags.get(hit.tokens.end) == Some(&Tag::Auxiliary);
    }
    let spoken = |name: &str| name != "apologise" && SPEECH.contains(&name) || name == "negotiate" || name == "meet";
    scan.triggers.iter().any(|other| {
        other.form == Form::Noun
            && (hit.tokens.end..hit.tokens.end + REFUSED).contains(&other.tokens.start)
            && other.proclitics.is_empty()
            && !spoken(other.trigger.frame.event_type.name())
            && (hit.tokens.end..other.tokens.start).all(|t| is_subject_or_light(scan, phrases, hit, t))
            && Candidate::met(scan, other).is_some()
    })
}

/// "رفضت باكستان تعليق معاهدة مياه السند": what is refused is what the other side did; who that is the text tells elsewhere.
pub(super) fn refuses_others_act(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let transitive = matches!(hit.trigger.frame.event_type.name(), "suspend-agreement" | "leave-agreement")
        && hit.trigger.arguments.iter().any(|argument| argument.slot == Slot::Object);
    let above = (0..hit.tokens.start).rev().take(REFUSED).find(|&at| scan.tags[at].is_verb());
    scan.language == Language::Arabic
        && hit.form == Form::Noun
        && transitive
        && above.is_some_and(|at| scan.begins_class(at, "refuses"))
}

/// So far behind an Arabic verb of refusing may stand what is refused: its subject has title and name.
const REFUSED: usize = 9;

/// "joined Britain in condemning": that is no accession.
pub(super) fn joins_in(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let end = (hit.tokens.end + 8).min(scan.tags.len());
    let accedes = hit.trigger.frame.event_type.name() == "join-agreement";
    let joins = accedes && scan.begins_class(hit.tokens.start, "joins");
    // "will return ambassadors to each other's capitals".
    let returns = accedes && hit.form != Form::Noun && scan.word(hit.tokens.start).starts_with("return");
    let object =
        matches!(scan.tags.get(hit.tokens.end), Some(Tag::Noun | Tag::Determiner | Tag::Pronoun | Tag::Number));
    if returns && scan.language == Language::English && object {
        return true;
    }
    joins
        && (hit.tokens.end..end)
            .any(|at| scan.word(at) == "in" && scan.tags.get(at + 1) == Some(&Tag::Verb(Form::Gerund)))
}

/// "called their ambassadors home for consultations": an envoy who is recalled for them meets nobody abroad.
pub(super) fn recalls_for(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    const NEAR: usize = 8;
    let start = hit.tokens.start;
    let led = start.checked_sub(1).is_some_and(|at| scan.word(at) == "for");
    scan.language == Language::English
        && hit.form == Form::Noun
        && hit.trigger.frame.event_type.name() == "meet"
        && led
        && (start.saturating_sub(NEAR)..start).any(|at| scan.begins_class(at, "ambassador"))
}

/// "Chad's accession to the bloc was approved by Niger": what others still have to say to it, nobody has joined yet.
pub(super) fn is_ratified(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    const NEAR: usize = 10;
    let joins = hit.trigger.frame.event_type.name() == "join-agreement" && hit.form == Form::Noun;
    let plain = |at: &usize| !scan.is_strong_boundary(*at) && scan.tags[*at] != Tag::Comma;
    let behind = (hit.tokens.end..scan.tags.len()).take(NEAR).take_while(plain);
    let verb = behind.into_iter().find(|&at| scan.tags[at].is_verb());
    let ratifies = |other: &TriggerHit<'_>| {
        matches!(other.trigger.frame.event_type.name(), "ratify-agreement" | "express-support")
    };
    let said = |at: usize| scan.triggers_at(at).iter().any(ratifies) || scan.word(at) == "confirmed";
    scan.language == Language::English
        && joins
        && verb.is_some_and(|at| scan.tags[at] == Tag::Verb(Form::Participle) && said(at))
}

/// "are to meet to discuss tariffs": what is only talked about, of nobody and on nobody.
pub(super) fn is_discussed(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let measure = matches!(hit.trigger.frame.event_type.name(), "impose-sanctions" | "ease-sanctions");
    let above = hit.tokens.start.checked_sub(1).map(|at| scan.word(at));
    scan.language == Language::English
        && hit.form == Form::Noun
        && measure
        && matches!(above, Some("discuss" | "discussed" | "discussing"))
}

/// "warned against Chad joining the pact", "the risk of Mali closing the border": what somebody else is only spoken of as doing.
pub(super) fn is_spoken_of(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let doer = hit.tokens.start.checked_sub(1).filter(|&at| scan.in_name(at));
    let Some(doer) = doer.filter(|_| hit.form == Form::Gerund && scan.language == Language::English) else {
        return false;
    };
    let to = (0..doer).rev().find(|&at| !scan.in_name(at) && scan.tags[at] != Tag::Determiner);
    let leads = |at: &usize| matches!(scan.word(*at), "to" | "of" | "against" | "about");
    to.filter(leads).and_then(|to| to.checked_sub(1)).is_some_and(|at| scan.begins_class(at, "speaks-of"))
}

/// "was put off by mutual agreement between Chad and Niger": how it was done, and nothing that was signed.
pub(super) fn is_manner(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let describes = |at: &usize| scan.tags[*at] == Tag::Noun;
    let by = (0..hit.tokens.start).rev().find(|at| !describes(at));
    scan.language == Language::English
        && hit.form == Form::Noun
        && hit.trigger.frame.event_type.name() == "sign-agreement"
        && by.is_some_and(|at| scan.word(at) == "by")
}

/// "Chad was accused of arming rebels", "أوغندا متهمة بقصف القرية": what somebody is accused of is not told as done.
pub(super) fn is_alleged(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let before = |at: usize| at.checked_sub(1);
    match scan.language {
        Language::English => {
            let of = before(hit.tokens.start).filter(|&at| scan.word(at) == "of" && hit.form == Form::Gerund);
            of.and_then(before).is_some_and(|at| matches!(scan.word(at), "accused" | "suspected"))
        }
        Language::Arabic => {
            let by = hit.form == Form::Noun && hit.proclitics.contains(&Proclitic::By);
            by && before(hit.tokens.start).is_some_and(|at| scan.word(at).trim_start_matches("ال").starts_with("متهم"))
        }
        _ => false,
    }
}

/// "signed a pact to cooperate on fishing", "وقعت كينيا وغانا اتفاقية لتسليم المطلوبين": what an agreement is for is no act of its own.
pub(super) fn is_agreed_aim(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    /// So many tokens before its aim stands an agreement with its adjectives.
    const NEAR: usize = 3;
    let start = hit.tokens.start;
    let leads = match scan.language {
        Language::English => hit.form == Form::Base && start > 0 && scan.word(start - 1) == "to",
        Language::Arabic => hit.form == Form::Noun && hit.proclitics.contains(&Proclitic::For),
        _ => false,
    };
    let aim = if scan.language == Language::English { start.saturating_sub(1) } else { start };
    let agreement = (0..aim).rev().take(NEAR).find(|&at| scan.begins_class(at, "agreement"));
    let described = |from: usize| (from..aim).all(|at| scan.tags[at] == Tag::Noun);
    leads && hit.trigger.frame.event_type.name() == "cooperate" && agreement.is_some_and(described)
}

/// "called on his government to apologise to Chad": what is asked of one's own is no event either.
pub(super) fn is_asked_at_home(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    const NEAR: usize = 10;
    let to = hit.tokens.start.checked_sub(1).filter(|&at| scan.word(at) == "to" && scan.tags[at] == Tag::Auxiliary);
    let Some(to) = to.filter(|_| scan.language == Language::English && hit.form == Form::Base) else { return false };
    let verb = (to.saturating_sub(NEAR)..to).rev().find(|&at| scan.tags[at].is_verb() || scan.tags[at] == Tag::Comma);
    let asks = |other: &TriggerHit<'_>| {
        other.trigger.frame.event_type.name() == "request" && other.trigger.needs.is_empty() && other.tokens.len() > 1
    };
    verb.is_some_and(|at| scan.tags[at] == Tag::Verb(Form::Past) && scan.triggers_at(at).iter().any(asks))
}

/// "ألغت باكستان زيارة", "called off the summit": the visit is cancelled; that is no other event.
pub(super) fn calls_off(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let cancels =
        scan.cues.iter().any(|cue| cue.tokens.start == hit.tokens.start && cue.cue.status == Status::Cancelled);
    let kept = |name: &str| matches!(name, "visit" | "meet" | "summit" | "call");
    hit.trigger.frame.event_type.name() == "halt-cooperation"
        && cancels
        && scan.triggers.iter().any(|other| {
            other.form == Form::Noun
                && (hit.tokens.end..hit.tokens.end + 7).contains(&other.tokens.start)
                && kept(other.trigger.frame.event_type.name())
                && (hit.tokens.end..other.tokens.start).all(|t| !scan.is_strong_boundary(t) && !scan.tags[t].is_verb())
        })
}

/// "will not take part in the next G20 summit", "قاطعت الجزائر القمة": that somebody stays away from a summit does not tell that others hold it.
pub(super) fn is_shunned(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let gathers = hit.trigger.frame.event_type.name() == "summit" && hit.form == Form::Noun;
    let start = hit.tokens.start;
    let plain = |at: &usize| !scan.is_strong_boundary(*at) && !matches!(scan.tags[*at], Tag::Relative | Tag::Comma);
    let before = || (0..start).rev().take(SHUNNED).take_while(plain);
    let Some(verb) = before().find(|&at| scan.tags[at].is_verb()).filter(|_| gathers) else { return false };
    let negated = || {
        let near = (0..verb).rev().take(3).take_while(|&at| matches!(scan.tags[at], Tag::Auxiliary | Tag::Adverb));
        near.into_iter().any(|at| NEGATIONS.contains(&scan.word(at)))
    };
    scan.begins_class(verb, "shuns") || scan.begins_class(verb, "attends") && negated()
}

/// "لا ترى في انضمامها نتيجة ممكنة", "وعدته مسيسا": what somebody holds an act to be; عدّ, "hold to be", is written as وعد, "promise".
pub(super) fn is_judged(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let start = hit.tokens.start;
    let weighed = || {
        let verb = start.checked_sub(2).filter(|&at| scan.word(at + 1) == "في");
        hit.form == Form::Noun && verb.is_some_and(|at| scan.finite_verb_at(at) && scan.begins_class(at, "deems"))
    };
    let held = || {
        hit.trigger.frame.event_type.name() == "express-intent"
            && scan.begins_class(start, "deems")
            && scan.pronoun(start).is_some()
            && is_accusative(scan, hit.tokens.end)
    };
    // "استعمل كلمة «احتلال»".
    let word = (1..=2).filter_map(|back| start.checked_sub(back)).any(|at| WORDS.contains(&scan.word(at)));
    // "شكرهما على ما سماها المصالحة".
    let called = start.checked_sub(2).is_some_and(|at| {
        let next = if scan.tags[at + 1] == Tag::Mark { at } else { at + 1 };
        CALLED.contains(&scan.word(next)) && next.checked_sub(1).is_some_and(|at| scan.word(at) == "ما")
    });
    let word = word || called && hit.form == Form::Noun;
    scan.language == Language::Arabic && (word || weighed() || held())
}

/// Behind "what" and these stands what somebody calls a thing.
const CALLED: [&str; 8] = ["سماه", "سماها", "اسماه", "اسماها", "سمته", "سمتها", "اسمته", "اسمتها"];

/// Behind these a word is only named.
const WORDS: [&str; 5] = ["كلمة", "مصطلح", "عبارة", "لفظ", "تعبير"];

/// So far behind its verb may stand the summit that somebody shuns.
const SHUNNED: usize = 12;

/// Words that deny the verb behind them.
const NEGATIONS: [&str; 6] = ["not", "n't", "never", "لن", "لم", "لا"];

/// What an act of speech governs: from its trigger to the end of the clause.
pub(super) fn content_of(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> std::ops::Range<usize> {
    let start = hit.tokens.end;
    let end = (start..scan.sentence.tokens.len())
        .find(|&t| {
            scan.is_strong_boundary(t)
                || scan.begins_class(t, "subordinator")
                || scan.is_anterior(t)
                || scan.finite_verb_at(t) && (scan.conjoined(t) || joined_clause(scan, start, t))
                || opens_cue(scan, t)
                || matches!(scan.word(t), "," | "،") && (t > start + 12 || goes_on(scan, t))
        })
        .unwrap_or(scan.sentence.tokens.len());
    start..end
}

/// "Mr Sarkozy, who mediated, will travel", "complained, having threatened", "…، داعيا الطرفين": behind the comma the clause above goes on.
fn goes_on(scan: &Scan<'_>, comma: usize) -> bool {
    let next = (comma + 1..scan.tags.len()).find(|&at| scan.tags[at] != Tag::Adverb);
    if scan.language == Language::Arabic {
        // A participle says what the subject does meanwhile.
        return next.is_some_and(|at| scan.triggers_at(at).iter().any(|hit| hit.form == Form::Fixed));
    }
    let verb = next.is_some_and(|at| scan.finite_verb_at(at) || scan.tags[at] == Tag::Auxiliary);
    // "accused it of arming rebels, a charge that it denies": what sums it up is told anew.
    let sums_up = matches!(scan.word(comma + 1), "a" | "an")
        && (comma + 2..comma + 4).any(|at| scan.classes_at(at).iter().any(|hit| hit.class.starts_with("told-")));
    // "expressed solidarity with Chad, calling on Niger to withdraw": another thing that is said.
    let says = next.is_some_and(|at| {
        let speech = |hit: &TriggerHit<'_>| {
            hit.trigger.needs.is_empty() && SPEECH.contains(&hit.trigger.frame.event_type.name())
        };
        scan.tags[at] == Tag::Verb(Form::Gerund) && scan.triggers_at(at).iter().any(speech)
    });
    scan.language == Language::English && (verb || sums_up || says)
}

/// "…، ومن المقرر أن": a cue behind "and" opens a clause of its own.
fn opens_cue(scan: &Scan<'_>, token: usize) -> bool {
    let plain = |cue: &CueHit<'_>| cue.tokens.start == token && cue.cue.position == CuePosition::Before;
    scan.conjoined(token) && !scan.noun_at(token) && scan.cues.iter().any(plain)
}

/// Whether "and" with nothing but a subject stands before a verb: "asked Chad for help, and Chad turned it down".
fn joined_clause(scan: &Scan<'_>, start: usize, verb: usize) -> bool {
    let subject = |tag: Tag| {
        matches!(
            tag,
            Tag::Noun | Tag::Number | Tag::Determiner | Tag::Possessive | Tag::Adverb | Tag::Auxiliary | Tag::Pronoun
        )
    };
    let before = (start..verb).rev().find(|&at| !subject(scan.tags[at]));
    before.is_some_and(|at| scan.tags[at] == Tag::Conjunction)
}
