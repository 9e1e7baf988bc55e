//! How real an event is: tense, mood, and cues with their scope. There is no default: a form that says nothing
//! about reality gives no status.

mod content;
mod denied_report;
mod thwarted;

use crate::lexicon::{CuePosition, Form};
use crate::scan::{CueHit, Scan, TriggerHit};
use crate::syntax::Tag;
use chancery_model::{Field, Language, Status};
use chancery_text::Proclitic;
use compact_str::{CompactString, format_compact};
pub(crate) use denied_report::refuses_report;
use denied_report::{Told, goes_on, is_joined};
use std::ops::Range;

/// A status and how it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reality {
    pub(crate) status: Status,
    /// Whether a cue or a tense says so; a bare noun only presupposes it.
    pub(crate) firm: bool,
    /// The cue that says so, where it is a word of its own.
    pub(crate) cue: Option<usize>,
    /// For explanations: "cue يعتزم", "past tense".
    pub(crate) because: CompactString,
}

/// How far to the left a cue reaches, in tokens.
const REACH: usize = 14;

/// The status of a trigger, or nothing where its form and its surroundings do not tell.
pub(crate) fn reality(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> Option<Reality> {
    let own = own_form(scan, hit);
    let open = || is_left_open(scan, hit) || is_taken_up(scan, hit) || thwarted::is_counterfactual(scan);
    if is_agreed_on(scan, hit) || scan.language == Language::English && open() {
        return None;
    }
    // "سعيا لإقناعها بالاتفاق الذي أبرم": what stands before a relative clause does not reach into it.
    if hit.form == Form::Fixed && scan.tags[hit.tokens.start] == Tag::Relative {
        return own;
    }
    if hit.form == Form::Noun
        && follows_anterior(scan, hit)
        && adjective_cue(scan, hit).is_none_or(|reality| reality.status == Status::Occurred)
    {
        return Some(Reality {
            status: Status::Occurred,
            firm: true,
            because: "after a word for afterwards".into(),
            cue: None,
        });
    }
    if is_known_agreement(scan, hit) || is_undone(scan, hit) {
        return own;
    }
    match denied_report::of_report(scan, hit) {
        Some(Told::Denied(reality)) => return Some(reality),
        Some(Told::Open) => return None,
        None => {}
    }
    if is_discussed(scan, hit) {
        return Some(Reality { status: Status::Occurred, firm: false, cue: None, because: "it is discussed".into() });
    }
    if is_known_war(scan, hit) {
        return Some(Reality { status: Status::Occurred, firm: false, because: "a war of theirs".into(), cue: None });
    }
    if is_not_recognised(scan, hit) {
        return Some(Reality { status: Status::Occurred, firm: false, cue: None, because: "not accepted".into() });
    }
    if is_awaited(scan, hit) {
        return Some(Reality { status: Status::Possible, firm: true, cue: None, because: "until it is done".into() });
    }
    if is_known_complaint(scan, hit) {
        return Some(Reality {
            status: Status::Occurred,
            firm: false,
            cue: None,
            because: "a complaint of theirs".into(),
        });
    }
    // "قبل زيارة السلطان لطهران" in a headline: the visit is still to come.
    let ahead = scan.sentence.field == Field::Title && hit.trigger.frame.event_type.name() == "visit";
    if ahead && hit.form == Form::Noun && hit.tokens.start.checked_sub(1).is_some_and(|at| scan.word(at) == "قبل") {
        return Some(Reality { status: Status::Planned, firm: true, cue: None, because: "before a visit".into() });
    }
    if let Some(reality) = thwarted::thwarted(scan, hit) {
        return Some(reality);
    }
    if holds_none(scan, hit) {
        return Some(Reality { status: Status::Denied, firm: true, cue: None, because: "no such thing".into() });
    }
    // "ordered the envoy to leave, accusing Chad": what is said behind a comma is said, whatever is planned.
    let says = matches!(
        hit.trigger.frame.event_type.name(),
        "accuse" | "condemn" | "demand" | "express-support" | "request" | "threaten"
    );
    let comma = hit.tokens.start.checked_sub(1).is_some_and(|at| scan.tags[at] == Tag::Comma);
    if scan.language == Language::English && hit.form == Form::Gerund && says && comma {
        return own;
    }
    if asked_to_convey(scan, hit).is_some() {
        return Some(Reality { status: Status::Occurred, firm: true, cue: None, because: "sent along".into() });
    }
    let (adjective, governing) = (adjective_cue(scan, hit), governing_cue(scan, hit));
    let denied = governing.as_ref().is_some_and(|reality| reality.status == Status::Denied);
    if let Some(reality) = own_cue(scan, hit).filter(|_| !denied) {
        return Some(reality);
    }
    // "has been trying to bring both sides together": who tries to mediate mediates.
    let tries = |cue: usize| scan.begins_class(cue, "tries");
    if scan.language == Language::English
        && hit.trigger.frame.event_type.name() == "mediate"
        && governing.as_ref().and_then(|reality| reality.cue).is_some_and(tries)
    {
        return Some(Reality { status: Status::Occurred, firm: true, because: "an attempt".into(), cue: None });
    }
    // "voted to suspend Chad": what a body resolves upon by its vote is done.
    let votes = |cue: usize| {
        let done = matches!(
            hit.trigger.frame.event_type.name(),
            "suspend-agreement" | "ratify-agreement" | "impose-sanctions" | "ease-sanctions" | "recognise"
        );
        done && scan.tags[cue] == Tag::Verb(Form::Past) && scan.word(cue) == "voted"
    };
    if scan.language == Language::English && governing.as_ref().and_then(|reality| reality.cue).is_some_and(votes) {
        return Some(Reality { status: Status::Occurred, firm: true, because: "a vote".into(), cue: None });
    }
    // "وافقت على أن تستعمل الطائرات القاعدة": who is let in is in already.
    let consent = |reality: &Reality| {
        let lets = hit.trigger.needs.iter().any(|class| class == "foreign-base");
        lets && reality.cue.is_some_and(|cue| scan.word(cue) == "علي")
    };
    if governing.as_ref().is_some_and(consent) {
        return Some(Reality { status: Status::Occurred, firm: true, cue: None, because: "consent".into() });
    }
    // "agree to stop fighting", "تتفقان على وقف إطلاق النار": a ceasefire that is agreed is there.
    let agreed = |reality: &Reality| {
        hit.trigger.frame.event_type.name() == "ceasefire"
            && reality.status == Status::Planned
            && reality.cue.is_some_and(|cue| scan.begins_class(cue, "agrees"))
    };
    // "اتفقا على إعلان مشترك": so is a declaration.
    let declared = |reality: &Reality| {
        scan.language == Language::Arabic
            && reality.status == Status::Planned
            && scan.begins_class(hit.tokens.start, "declaration")
            && reality.cue.is_some_and(|cue| scan.begins_class(cue, "agrees"))
    };
    if governing.as_ref().is_some_and(|reality| agreed(reality) || declared(reality)) {
        return Some(Reality { status: Status::Occurred, firm: true, cue: None, because: "agreed".into() });
    }
    // "عقب رفض المحكمة دعوى كينية": a charge or a demand that somebody turns down has been made.
    let turned_down = |reality: &Reality| {
        let made = matches!(hit.trigger.frame.event_type.name(), "accuse" | "demand" | "request" | "threaten");
        let refuses = reality.cue.is_some_and(|cue| scan.begins_class(cue, "refuses"));
        made && hit.form == Form::Noun && reality.status == Status::Denied && refuses
    };
    if scan.language == Language::Arabic && governing.as_ref().is_some_and(turned_down) {
        return own;
    }
    let calls_off = |reality: &Reality| matches!(reality.status, Status::Cancelled | Status::Denied);
    let governing = governing.or_else(|| content::content(scan, hit));
    predicate_cue(scan, hit).or(governing.clone().filter(calls_off)).or(adjective).or(governing).or(own)
}

/// "asked the envoy to convey his greetings": where the verb of asking stands. Greetings that are sent along with a guest are sent.
pub(crate) fn asked_to_convey(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> Option<usize> {
    const NEAR: usize = 10;
    let start = hit.tokens.start;
    let to = start.checked_sub(1).filter(|&at| scan.word(at) == "to" && scan.tags[at] == Tag::Auxiliary)?;
    let conveys = hit.trigger.frame.event_type.name() == "courtesy" && scan.begins_class(start, "conveys");
    let verb = (to.saturating_sub(NEAR)..to).rev().find(|&at| scan.tags[at].is_verb())?;
    let asks = matches!(scan.word(verb), "asked" | "asking" | "asks" | "requested" | "instructed");
    (conveys && asks && scan.language == Language::English).then_some(verb)
}

/// "ruled out talks until Chad cancels the accord": what is waited for has not been done.
fn is_awaited(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let start = hit.tokens.start;
    let subject = |at: &usize| {
        matches!(
            scan.tags[*at],
            Tag::Noun | Tag::Determiner | Tag::Pronoun | Tag::Possessive | Tag::Adverb | Tag::Auxiliary
        )
    };
    let until = (0..start).rev().find(|at| !subject(at) || scan.word(*at) == "until");
    let Some(until) = until.filter(|&at| scan.language == Language::English && scan.word(at) == "until") else {
        return false;
    };
    let refused =
        |cue: &CueHit<'_>| cue.tokens.end <= until && matches!(cue.cue.status, Status::Denied | Status::Cancelled);
    hit.form != Form::Noun && (hit.form == Form::Present || scan.cues.iter().any(refused))
}

/// "has yet to ratify", "did not say whether it would sign": that it happens nobody says.
fn is_left_open(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let start = hit.tokens.start;
    let inside = |at: &usize| !matches!(scan.tags[*at], Tag::Stop | Tag::Relative | Tag::Subordinator);
    let clause = || (0..start).rev().take(REACH).take_while(inside);
    let yet = clause()
        .take_while(|&at| !scan.finite_verb_at(at))
        .any(|at| scan.word(at) == "yet" && scan.word(at + 1) == "to");
    let asked = |whether: usize| {
        (0..whether).rev().take(3).any(|at| scan.reporting.iter().any(|said| said.tokens.contains(&at)))
    };
    yet || clause().find(|&at| scan.word(at) == "whether").is_some_and(asked)
}

/// "signed a memorandum on joint patrols", "وقعا مذكرة بشأن إجراء مناورات", "اتفاق إعفاء من التأشيرات": what an agreement is about has not
/// been held.
fn is_agreed_on(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let nominal = |at: &usize| matches!(scan.tags[*at], Tag::Noun | Tag::Determiner | Tag::Possessive);
    let about = (0..hit.tokens.start).rev().find(|at| !nominal(at));
    let about = about.filter(|&at| matches!(scan.word(at), "on" | "for" | "بشان" | "حول" | "علي"));
    let agreement = |about: usize| (about.saturating_sub(3)..about).any(|at| scan.begins_class(at, "agreement"));
    let is_its_name = hit.tokens.start.checked_sub(1).is_some_and(|at| scan.begins_class(at, "agreement"));
    hit.form == Form::Noun
        && match hit.trigger.frame.event_type.name() {
            "military-exercise" => about.is_some_and(agreement),
            "ease-sanctions" => scan.language == Language::Arabic && is_its_name,
            _ => false,
        }
}

/// "ordered the envoy to leave, a demand Paris rejected": the noun behind the comma takes up what was told, and is no act more.
fn is_taken_up(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    hit.form == Form::Noun
        && matches!(hit.trigger.frame.event_type.name(), "accuse" | "demand" | "request" | "threaten")
        && verb_taking_up(scan, &hit.tokens).is_some()
}

/// ", a demand Paris rejected": where the verb stands of which a noun with its article, right behind a comma, is the object.
fn verb_taking_up(scan: &Scan<'_>, noun: &Range<usize>) -> Option<usize> {
    const LONGEST_NAME: usize = 4;
    let article = noun.start.checked_sub(1).filter(|&at| scan.tags[at] == Tag::Determiner)?;
    article.checked_sub(1).filter(|&at| scan.tags[at] == Tag::Comma)?;
    let name = (noun.end..scan.tags.len()).take(LONGEST_NAME).take_while(|&at| scan.tags[at] == Tag::Noun).count();
    let verb = noun.end + name;
    (name > 0 && scan.finite_verb_at(verb)).then_some(verb)
}

/// "could lift sanctions imposed on Chad": what is to be undone has been done.
fn is_undone(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let start = hit.tokens.start;
    let behind_noun = scan.language == Language::English
        && hit.form == Form::Participle
        && start > 0
        && scan.tags[start - 1] == Tag::Noun;
    let verb = (0..start).rev().find(|&at| scan.tags[at].is_verb()).filter(|_| behind_noun);
    let undoes = |other: &TriggerHit<'_>| other.trigger.frame.event_type.name() == "ease-sanctions";
    verb.is_some_and(|at| scan.triggers_at(at).iter().any(undoes))
}

/// "has not ratified the protocol they signed in 2019": what is not ratified has been signed.
fn is_known_agreement(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let end = hit.tokens.end;
    let relative = end + usize::from(scan.tags.get(end) == Some(&Tag::Relative));
    let pronoun = matches!(scan.word(relative), "they" | "it" | "he" | "she");
    let verb = relative + 1 + usize::from(scan.begins_class(relative + 1, "have"));
    scan.language == Language::English
        && hit.form == Form::Noun
        && hit.trigger.frame.event_type.name() == "sign-agreement"
        && pronoun
        && matches!(scan.word(verb), "signed" | "concluded" | "initialled" | "struck" | "reached")
}

/// "have held no talks", "imposed no sanctions".
fn holds_none(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let end = hit.tokens.end;
    scan.language == Language::English
        && matches!(hit.form, Form::Past | Form::Present | Form::Participle | Form::Base)
        && scan.word(end) == "no"
        && !matches!(scan.word(end + 1), "longer" | "fewer" | "less" | "later" | "more" | "sooner")
}

/// "would never recognise the annexation": it is there.
fn is_not_recognised(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let nominal = |at: &usize| matches!(scan.tags[*at], Tag::Noun | Tag::Determiner | Tag::Possessive);
    let verb = (0..hit.tokens.start).rev().find(|at| !nominal(at));
    scan.language == Language::English
        && hit.form == Form::Noun
        && hit.trigger.frame.event_type.name() == "attack"
        && verb
            .is_some_and(|at| scan.tags[at].is_verb() && matches!(scan.word(at), "recognise" | "recognize" | "accept"))
}

/// "agreed to talks in exchange for the suspension of a Chadian complaint": what is to be dropped is there.
fn is_known_complaint(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let nominal = |at: &usize| matches!(scan.tags[*at], Tag::Noun | Tag::Determiner | Tag::Possessive);
    let of = (0..hit.tokens.start).rev().find(|at| !nominal(at)).filter(|&at| scan.word(at) == "of");
    let dropped = |noun: usize| {
        matches!(scan.word(noun), "suspension" | "withdrawal" | "dropping" | "settlement" | "rejection" | "end")
    };
    scan.language == Language::English
        && hit.form == Form::Noun
        && hit.trigger.frame.event_type.name() == "accuse"
        && of.and_then(|of| of.checked_sub(1)).is_some_and(dropped)
}

/// "سيعقدون مؤتمرا لمناقشة اقتحام السفارة": an act of force that is to be discussed is there.
fn is_discussed(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let before = hit.tokens.start.checked_sub(1).map(|at| scan.word(at).trim_start_matches(['و', 'ل', 'ب']));
    scan.language == Language::Arabic
        && hit.form == Form::Noun
        && matches!(hit.trigger.frame.event_type.name(), "attack" | "coerce" | "expel-diplomat")
        && before.is_some_and(|word| matches!(word, "مناقشة" | "بحث" | "تداعيات" | "ملابسات" | "حادثة" | "قضية"))
}

/// "plans to send drones for its war in Chad": what is planned is not the war.
fn is_known_war(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let possessive = |at: &usize| scan.begins_class(*at, "possessive-pronoun");
    let owner = (hit.tokens.start.saturating_sub(2)..hit.tokens.start).rev().find(possessive);
    scan.language == Language::English
        && hit.form == Form::Noun
        && hit.trigger.frame.event_type.name() == "attack"
        && owner.and_then(|at| at.checked_sub(1)).is_some_and(|at| scan.tags[at] == Tag::Preposition)
}

/// "pledged 500m euros in aid", "is due in Havana", "applied for membership": the word itself says how real it is.
fn own_cue(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> Option<Reality> {
    let own = |cue: &&CueHit<'_>| cue.tokens.contains(&hit.tokens.start) && cue.cue.position == CuePosition::Before;
    let kept = matches!(hit.trigger.frame.event_type.name(), "give-aid" | "visit" | "join-agreement" | "supply-arms");
    let planned = |cue: &&CueHit<'_>| cue.cue.status == Status::Planned;
    let cue = scan.cues.iter().filter(|_| scan.language == Language::English && kept).filter(own).find(planned)?;
    let because = format_compact!("cue {}", cue.cue.lemma);
    Some(Reality { status: Status::Planned, firm: true, cue: Some(hit.tokens.start), because })
}

/// "has become the first leader to visit": done.
fn is_first_to(scan: &Scan<'_>, to: usize) -> bool {
    let before = (0..to).rev().take(10);
    let mut group = before.take_while(|&at| {
        matches!(scan.tags[at], Tag::Noun | Tag::Number | Tag::Determiner | Tag::Adverb | Tag::Possessive)
    });
    let ordinal = group.any(|at| {
        let digits =
            |ending: &str| scan.word(at).strip_suffix(ending).is_some_and(|digits| digits.parse::<u16>().is_ok());
        ["th", "st", "nd", "rd"].iter().any(|ending| digits(ending))
            || matches!(
                scan.word(at),
                "fourth"
                    | "fifth"
                    | "sixth"
                    | "seventh"
                    | "eighth"
                    | "ninth"
                    | "tenth"
                    | "first"
                    | "second"
                    | "third"
                    | "latest"
                    | "last"
                    | "only"
                    | "most"
                    | "next"
                    | "th"
                    | "st"
                    | "nd"
                    | "rd"
            )
    });
    let verb = (0..to).rev().find(|&at| scan.tags[at].is_verb() || scan.tags[at] == Tag::Auxiliary);
    ordinal && verb.is_some_and(|at| scan.begins_class(at, "becomes") || scan.begins_class(at, "be"))
}

/// "القمة قد تؤجل", "الجولة المقبلة من المحادثات ستعقد": what the verb behind a noun says of when and whether it is held.
fn held(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> Option<Reality> {
    let ends = |at: usize| scan.is_strong_boundary(at) || scan.begins_clause(at);
    let end = (hit.tokens.end + REACH).min(scan.tags.len());
    let verb = (hit.tokens.end..end).take_while(|&at| !ends(at)).find(|&at| scan.tags[at].is_verb())?;
    let opens = (0..hit.tokens.start)
        .rev()
        .take_while(|&at| !scan.is_strong_boundary(at) && scan.tags[at] != Tag::Complementizer)
        .all(|at| !scan.tags[at].is_verb());
    // "إن زيارة الوزير إلى الصين ألغيت".
    let off = |cue: &&CueHit<'_>| {
        cue.tokens.start == verb
            && matches!(cue.cue.status, Status::Cancelled | Status::Planned)
            && is_past_at(scan, verb)
    };
    if let Some(cue) = scan.cues.iter().find(off).filter(|_| opens && scan.pronoun(verb).is_none()) {
        let because = format_compact!("said of it: {}", scan.word(verb));
        return Some(Reality { status: cue.cue.status, firm: true, cue: Some(verb), because });
    }
    if !opens || !scan.begins_class(verb, "held") {
        return None;
    }
    let before = verb.checked_sub(1).map(|at| scan.word(at)).unwrap_or_default();
    let present = matches!(scan.tags[verb], Tag::Verb(Form::Present | Form::PresentPassive));
    let status = match before {
        "قد" | "ربما" if present => Status::Possible,
        "لن" | "لم" => Status::Denied,
        _ if scan.has_proclitic(verb, Proclitic::Will) || before == "سوف" => Status::Planned,
        _ => return None,
    };
    Some(Reality { status, firm: true, cue: Some(verb), because: format_compact!("said of it: {}", scan.word(verb)) })
}

/// "The talks were cancelled", "the visit has been called off": said of the noun behind it.
fn predicate_cue(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> Option<Reality> {
    if hit.form != Form::Noun {
        return None;
    }
    if scan.language == Language::Arabic {
        return held(scan, hit);
    }
    if let Some(reality) = thwarted::came_to_nothing(scan, hit) {
        return Some(reality);
    }
    let end = hit.tokens.end;
    // "suspended cooperation, including an exercise planned with Chad".
    if matches!(scan.word(end), "planned" | "scheduled" | "slated") && scan.tags[end].is_verb() {
        let halts = (0..hit.tokens.start).rev().take(REACH).any(|at| scan.begins_class(at, "halted"));
        let status = if halts { Status::Cancelled } else { Status::Planned };
        return Some(Reality { status, firm: true, cue: Some(end), because: "it was planned".into() });
    }
    if let Some(reality) = told_ahead(scan, hit) {
        return Some(reality);
    }
    let said = scan.cues.iter().find(|cue| {
        let start = cue.tokens.start;
        cue.cue.status == Status::Cancelled
            && (end + 1..end + REACH).contains(&start)
            && scan.begins_class(start - 1, "be")
            && (end..start).all(|t| !scan.is_strong_boundary(t) && !scan.begins_clause(t))
    })?;
    let because = format_compact!("said of it: {}", said.cue.lemma);
    Some(Reality { status: said.cue.status, firm: true, cue: Some(said.tokens.start), because })
}

/// "Talks between Chad and Niger will resume", "a summit is planned for May", "its bid to join was rejected": the verb of the noun.
fn told_ahead(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> Option<Reality> {
    let end = hit.tokens.end;
    let plain = |at: usize| {
        matches!(
            scan.tags[at],
            Tag::Noun
                | Tag::Preposition
                | Tag::Determiner
                | Tag::Number
                | Tag::Possessive
                | Tag::Adverb
                | Tag::Conjunction
        ) || scan.tags[at] == Tag::Verb(Form::Gerund)
            || scan.tags[at] == Tag::Comma && scan.in_name(at + 1)
    };
    let first = (end..scan.tags.len().min(end + REACH)).find(|&at| !plain(at))?;
    let before = (0..hit.tokens.start).rev().find(|&at| {
        !matches!(scan.tags[at], Tag::Noun | Tag::Determiner | Tag::Number | Tag::Possessive | Tag::Adverb | Tag::Mark)
    });
    let governed = before.is_some_and(|at| scan.tags[at].is_verb() || scan.tags[at] == Tag::Preposition);
    if scan.tags[first] != Tag::Auxiliary || governed {
        return None;
    }
    let firm = |status, because: &str| Some(Reality { status, firm: true, cue: Some(first), because: because.into() });
    let verb = (first..scan.tags.len().min(first + 6)).find(|&at| scan.tags[at].is_verb())?;
    let held = scan.begins_class(verb, "takes-place");
    let planned = ["planned", "scheduled", "due", "set", "expected", "slated"].contains(&scan.word(verb));
    let joins = hit.trigger.frame.event_type.name() == "join-agreement";
    let refused = joins && scan.triggers_at(verb).iter().any(|hit| hit.trigger.frame.event_type.name() == "reject");
    match scan.word(first) {
        "will" | "'ll" if held => firm(Status::Planned, "will take place"),
        "may" | "might" | "could" if held => firm(Status::Possible, "may take place"),
        "is" | "are" if planned || held && scan.word(first + 1) == "to" => firm(Status::Planned, "is to take place"),
        _ if refused && scan.tags[verb] == Tag::Verb(Form::Participle) => firm(Status::Denied, "it was refused"),
        _ => None,
    }
}

/// What the form itself says.
fn own_form(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> Option<Reality> {
    let firm = |status, because: &str| Some(Reality { status, firm: true, cue: None, because: because.into() });
    let soft = |status, because: &str| Some(Reality { status, firm: false, cue: None, because: because.into() });
    if hit.proclitics.contains(&Proclitic::Will) {
        return firm(Status::Planned, "future prefix");
    }
    let headline = scan.sentence.field == Field::Title;
    match (scan.language, hit.form) {
        (_, Form::Past | Form::PastPassive) => firm(Status::Occurred, "past tense"),
        (Language::Arabic, Form::Present | Form::PresentPassive) if headline => {
            soft(Status::Occurred, "headline present")
        }
        (Language::Arabic, Form::Present | Form::PresentPassive) if subjunctive(scan, hit) => None,
        // "زيارة يلتقي خلالها الرئيس": with what lies behind it would stand the past tense.
        (Language::Arabic, Form::Present | Form::PresentPassive) if scan.means_meanwhile(hit.tokens.end) => {
            firm(Status::Planned, "present tense of what is to come of it")
        }
        (Language::Arabic, Form::Present | Form::PresentPassive) => soft(Status::Occurred, "present tense"),
        (_, Form::Present) => soft(Status::Occurred, "present tense"),
        (Language::Arabic, Form::Base | Form::Participle | Form::Gerund) => None,
        (_, Form::Jussive | Form::PresentPassive) => None,
        (_, Form::Base) => base(scan, hit, headline),
        (_, Form::Participle) => participle(scan, hit, headline),
        (_, Form::Gerund) => soft(Status::Occurred, "-ing form"),
        // "يزور بيروت للقاء نظيره": what somebody comes for in the present tense lies ahead.
        (Language::Arabic, Form::Noun)
            if hit.proclitics.contains(&Proclitic::For)
                && hit.trigger.frame.event_type.name() == "meet"
                && comes_in_present(scan, hit) =>
        {
            firm(Status::Planned, "purpose of what is to come")
        }
        // "لضرب داعش": what is to be done says nothing of its own.
        (Language::Arabic, Form::Noun)
            if hit.proclitics.contains(&Proclitic::For) && hit.trigger.frame.event_type.name() == "attack" =>
        {
            None
        }
        (_, Form::Noun) if is_come_for(scan, hit) => firm(Status::Planned, "purpose of a visit"),
        (_, Form::Noun) => soft(Status::Occurred, "noun"),
        (_, Form::Fixed) => firm(Status::Occurred, "fixed phrase"),
    }
}

/// Whether the verb before a trigger is a visit told in the present tense.
fn comes_in_present(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    visit_above(scan, hit.tokens.start).is_some_and(|at| scan.tags[at] == Tag::Verb(Form::Present))
}

/// The verb above a token, where it is a visit.
fn visit_above(scan: &Scan<'_>, token: usize) -> Option<usize> {
    let mut above = (0..token).rev().take_while(|&at| !scan.is_strong_boundary(at));
    let visits = |other: &TriggerHit<'_>| other.trigger.frame.event_type.name() == "visit";
    above.find(|&at| scan.finite_verb_at(at)).filter(|&at| scan.triggers_at(at).iter().any(visits))
}

/// "flew to Doha to sign an accord", "وصل إلى الدوحة لتوقيع اتفاق": what somebody has come to sign is still to be signed.
fn is_come_for(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let start = hit.tokens.start;
    if hit.trigger.frame.event_type.name() != "sign-agreement" {
        return false;
    }
    if scan.language == Language::Arabic {
        return hit.proclitics.contains(&Proclitic::For) && visit_above(scan, start).is_some();
    }
    let inside = |at: &usize| !matches!(scan.tags[*at], Tag::Stop | Tag::Comma | Tag::Relative | Tag::Subordinator);
    let verb = (0..=start).rev().take_while(inside).find(|&at| scan.tags[at].is_verb());
    let infinitive = verb.filter(|&at| at > 0 && scan.word(at - 1) == "to" && scan.tags[at - 1] == Tag::Auxiliary);
    infinitive.is_some_and(|at| visit_above(scan, at - 1).is_some())
}

/// An imperfect right after أن says nothing of its own: what governs it does. With a noun between (أنّ) it does.
fn subjunctive(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    let before = hit.tokens.start.checked_sub(1).map(|at| scan.word(at)).unwrap_or_default();
    hit.proclitics.contains(&Proclitic::For)
        || matches!(before, "ان" | "لان" | "بان" | "كي" | "لكي" | "الا" | "وان" | "حتي")
}

/// "to visit" in a headline is the future; after "to" in a sentence the governing word must say.
fn follows_decision(scan: &Scan<'_>, to: usize) -> bool {
    to > 1 && scan.word(to - 1) == "decision" && scan.tags[to - 2] == Tag::Possessive
}

fn base(scan: &Scan<'_>, hit: &TriggerHit<'_>, headline: bool) -> Option<Reality> {
    // "to actively cooperate".
    let parted = hit.tokens.start > 1
        && scan.word(hit.tokens.start - 2) == "to"
        && scan.tags[hit.tokens.start - 2] == Tag::Auxiliary
        && scan.tags[hit.tokens.start - 1] == Tag::Adverb;
    if parted && !headline {
        return None;
    }
    let before = hit.tokens.start.checked_sub(1).map(|at| scan.word(at)).unwrap_or_default();
    let occurred =
        |because: &str| Some(Reality { status: Status::Occurred, firm: true, cue: None, because: because.into() });
    if before == "to" && is_first_to(scan, hit.tokens.start - 1) {
        return occurred("the first to do it");
    }
    // "in answer to Kenya's decision to expel two envoys": a decision that is spoken of has been carried out.
    if before == "to" && follows_decision(scan, hit.tokens.start - 1) {
        return Some(Reality { status: Status::Occurred, firm: false, cue: None, because: "a known decision".into() });
    }
    // "Warsaw did summon the envoy".
    if matches!(before, "did" | "does") {
        return occurred("emphatic do");
    }
    // "helped to bring the two together", "has helped broker a truce".
    let to = usize::from(before == "to");
    let helped = hit.tokens.start.checked_sub(1 + to).filter(|&at| scan.begins_class(at, "aids"));
    let done = |at: usize| {
        let perfect = scan.tags[at] == Tag::Verb(Form::Participle) && at > 0 && scan.begins_class(at - 1, "have");
        scan.tags[at] == Tag::Verb(Form::Past) || perfect
    };
    if helped.is_some_and(done) {
        return occurred("helped to do it");
    }
    // "troops start to leave".
    let begun = hit.tokens.start.checked_sub(2).filter(|&at| before == "to" && scan.tags[at].is_verb());
    if begun.is_some_and(|at| scan.begins_class(at, "begins")) {
        return occurred("begun");
    }
    // "flew to Moscow to meet", "wrote to apologise": who has gone there meets them, who has written has said so.
    let above = (0..hit.tokens.start).rev().take(REACH).find(|&at| scan.tags[at].is_verb());
    let name = hit.trigger.frame.event_type.name();
    let done = |at: usize| {
        let told = |other: &TriggerHit<'_>| match other.trigger.frame.event_type.name() {
            "visit" => name == "meet",
            "send-message" | "call" | "meet" => {
                matches!(name, "apologise" | "courtesy" | "request" | "demand" | "condemn")
            }
            _ => false,
        };
        scan.tags[at] == Tag::Verb(Form::Past) && scan.triggers_at(at).iter().any(told)
    };
    if before == "to" && !headline && above.is_some_and(done) {
        return Some(Reality {
            status: Status::Occurred,
            firm: false,
            cue: None,
            because: "purpose of what was done".into(),
        });
    }
    if before == "to" && is_come_for(scan, hit) {
        return Some(Reality { status: Status::Planned, firm: true, cue: None, because: "purpose of a visit".into() });
    }
    if before == "to" {
        return headline.then(|| Reality {
            status: Status::Planned,
            firm: true,
            cue: None,
            because: "headline infinitive".into(),
        });
    }
    let plural_present = !scan.begins_class(hit.tokens.start.saturating_sub(1), "auxiliary");
    plural_present.then(|| Reality {
        status: Status::Occurred,
        firm: headline,
        cue: None,
        because: "plural present".into(),
    })
}

fn participle(scan: &Scan<'_>, hit: &TriggerHit<'_>, headline: bool) -> Option<Reality> {
    let auxiliary = (1..=3)
        .filter_map(|back| hit.tokens.start.checked_sub(back))
        .find(|&at| scan.begins_class(at, "have") || scan.begins_class(at, "be"));
    match auxiliary {
        Some(_) => {
            Some(Reality { status: Status::Occurred, firm: true, cue: None, because: "perfect or passive".into() })
        }
        None => Some(Reality {
            status: Status::Occurred,
            firm: false,
            cue: None,
            because: if headline { "headline participle" } else { "participle" }.into(),
        }),
    }
}

/// "after the signing", بعد توقيع: the event lies behind, whatever the main clause plans.
fn follows_anterior(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    (1..=3).filter_map(|back| hit.tokens.start.checked_sub(back)).any(|at| scan.is_anterior(at))
}

/// An adjective after the noun: "انضمامها المتوقع".
fn adjective_cue(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> Option<Reality> {
    if hit.form != Form::Noun {
        return None;
    }
    let end = hit.tokens.end;
    let after = scan.cues.iter().find(|cue| {
        cue.cue.position == CuePosition::After
            && (scan.language == Language::Arabic
                && (end..end + if cue.cue.status == Status::Occurred { 16 } else { 5 }).contains(&cue.tokens.start)
                && !scan.has_preposition(cue.tokens.start)
                // "دعوته لحضور القمة القادمة": the adjective is of what the other noun leads to.
                && !(end..cue.tokens.start).any(|t| {
                    scan.has_preposition(t) && scan.triggers_at(t).iter().any(|other| other.form == Form::Noun)
                })
                && clear(scan, end, cue.tokens.start)
                // "صفقة محتملة لبيع صواريخ": what a thing that may be is for may be too.
                || scan.language == Language::Arabic
                    && cue.tokens.end == hit.tokens.start
                    && hit.proclitics.contains(&Proclitic::For)
                || scan.language != Language::Arabic
                    && cue.tokens.end <= hit.tokens.start
                    && cue.tokens.end + 3 > hit.tokens.start)
    })?;
    let because = format_compact!("cue {}", after.cue.lemma);
    Some(Reality { status: after.cue.status, firm: true, cue: Some(after.tokens.start), because })
}

/// Whether no clause boundary lies between two tokens.
fn clear(scan: &Scan<'_>, from: usize, to: usize) -> bool {
    (from..to).all(|t| !scan.is_strong_boundary(t) && !scan.begins_clause(t) && !matches!(scan.word(t), "," | "،"))
}

/// The cues to the left that reach the trigger. A denial or a cancellation among them wins; else the nearest.
fn governing_cue(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> Option<Reality> {
    let start = hit.tokens.start;
    // "ألغت الزيارة، متهمة روما": a participle behind a comma tells what is done meanwhile.
    let meanwhile = hit.form == Form::Fixed && start.checked_sub(1).is_some_and(|at| scan.tags[at] == Tag::Comma);
    // "ألغت الاتفاقية المبرمة مع أثينا": a definite participle tells what is known of its noun.
    let known = hit.form == Form::Fixed && scan.word(start).starts_with("ال");
    if (meanwhile || known) && scan.language == Language::Arabic && scan.tags[start] == Tag::Noun {
        return None;
    }
    let floor = floor(scan, hit);
    let mut reaching: Vec<_> = scan
        .cues
        .iter()
        .filter(|cue| cue.tokens.end <= start && cue.tokens.start >= floor)
        .filter(|cue| match cue.cue.position {
            CuePosition::Before => true,
            CuePosition::Adjacent => cue.tokens.end + 2 >= start && !crosses_verb(scan, cue.tokens.end, start),
            CuePosition::After => false,
        })
        .collect();
    // "discussed it during a call", "agreed on it during the talks", "اتفقا على إنهائه بوساطة تركية": what is discussed or agreed is not the call,
    // and the call is over.
    let article =
        |at: &usize| scan.language == Language::English && matches!(scan.word(*at), "a" | "an" | "the" | "their");
    let before = (0..start).rev().find(|at| !article(at));
    let mediated = hit.trigger.frame.event_type.name() == "mediate" && hit.proclitics.contains(&Proclitic::By);
    if mediated || before.is_some_and(|at| matches!(scan.word(at), "خلال" | "اثناء" | "during" | "following"))
    {
        reaching.retain(|cue| match (cue.cue.status, scan.tags[cue.tokens.start]) {
            (Status::Possible, tag) => !tag.is_verb(),
            (Status::Planned, tag) => tag != Tag::Verb(Form::Past) || scan.begins_class(cue.tokens.start, "modal"),
            _ => true,
        });
    }
    // قد before a past verb says that it is done, before a present one that it may be.
    let done = |cue: &CueHit<'_>| {
        matches!(scan.word(cue.tokens.start), "قد" | "وقد" | "فقد") && is_past_at(scan, cue.tokens.end)
    };
    // "As expected, Chad withdrew".
    let foreseen = |cue: &CueHit<'_>| {
        let behind_as = cue.tokens.start.checked_sub(1).is_some_and(|at| scan.word(at) == "as");
        behind_as && cue.cue.status == Status::Planned
    };
    // "voted in favour of ratifying".
    let in_favour = |cue: &CueHit<'_>| {
        matches!(scan.word(cue.tokens.start), "favour" | "favor")
            && cue.tokens.start.checked_sub(1).is_some_and(|at| scan.word(at) == "in")
    };
    // "ordered the expulsion of two envoys": an order that is carried out by being given.
    let orders = |cue: &CueHit<'_>| {
        scan.language == Language::English
            && hit.form == Form::Noun
            && hit.trigger.frame.event_type.name() == "expel-diplomat"
            && scan.word(cue.tokens.start).starts_with("order")
    };
    let taken_up =
        |cue: &CueHit<'_>| scan.language == Language::English && verb_taking_up(scan, &cue.tokens) == Some(start);
    reaching.retain(|cue| !orders(cue) && !taken_up(cue));
    // "will call on the king and hold talks": who asks him nothing leaves nothing open.
    let visits = |cue: &CueHit<'_>| {
        let on =
            matches!(scan.word(cue.tokens.end - 1), "on" | "upon") && scan.word(cue.tokens.start).starts_with("call");
        let asked = |at: usize| scan.word(at) == "for" || scan.word(at) == "to" && scan.tags[at] == Tag::Auxiliary;
        on && !(cue.tokens.end..start).any(asked)
    };
    reaching.retain(|cue| !visits(cue));
    // "shut down due to restrictions": a cause, and no plan.
    let causes =
        |cue: &CueHit<'_>| scan.word(cue.tokens.start) == "due" && scan.tags[cue.tokens.end - 1] == Tag::Preposition;
    reaching.retain(|cue| !causes(cue));
    // "held talks on Sunday, mediated by Chad": when, and not about what; whoever mediates talks is none of their topics.
    let topic = |cue: &CueHit<'_>| {
        let talks = matches!(scan.word(cue.tokens.start), "talks" | "discussions" | "negotiations");
        talks && (scan.is_temporal(cue.tokens.end) || hit.trigger.frame.event_type.name() == "mediate")
    };
    reaching.retain(|cue| !(scan.language == Language::English && topic(cue)));
    // "Theresa May".
    let of_name = |cue: &CueHit<'_>| scan.language == Language::English && scan.in_name(cue.tokens.start);
    reaching.retain(|cue| !done(cue) && !foreseen(cue) && !in_favour(cue) && !of_name(cue));
    // "جاء القرار بناء على ما بحثه الزعيمان": what is told in the past was not planned; plans take the present tense.
    let past = scan.language == Language::Arabic && is_past_at(scan, start);
    reaching.retain(|cue| !(past && cue.cue.status == Status::Planned));
    // "will not ratify the protocol it signed": nor is it in English where a pronoun is its subject.
    let pronoun = start.checked_sub(1).filter(|&at| scan.tags[at] == Tag::Pronoun);
    if let Some(pronoun) = pronoun.filter(|_| scan.language == Language::English && hit.form == Form::Past) {
        reaching.retain(|cue| cue.cue.status != Status::Planned || cue.tokens.end > pronoun);
    }
    // "القرار يتفق مع موقف واشنطن": who agrees on nothing plans nothing.
    let agrees = |cue: &CueHit<'_>| scan.language == Language::Arabic && cue.cue.lemma == "اتفق";
    reaching.retain(|cue| !agrees(cue) || (cue.tokens.end..start).any(|at| scan.word(at) == "علي"));
    // "يأتي القرار الأوروبي مع إعلان": a decision that is known plans only what is said to be decided.
    let known_decision = |cue: &CueHit<'_>| {
        let next = cue.tokens.end;
        scan.language == Language::Arabic
            && cue.cue.status == Status::Planned
            && scan.word(cue.tokens.start) == "القرار"
            && !scan.has_proclitic(next, Proclitic::By)
            && !scan.is_complementizer(next)
    };
    reaching.retain(|cue| !known_decision(cue));
    // "نجحت مساعي مسقط في إبرام صفقة": efforts that have succeeded are no mere efforts.
    let succeeded = |cue: &CueHit<'_>| {
        let near = cue.tokens.start.saturating_sub(2)..cue.tokens.start;
        scan.language == Language::Arabic
            && cue.cue.status == Status::Possible
            && near.into_iter().any(|at| scan.begins_class(at, "succeeds") && is_past_at(scan, at))
    };
    reaching.retain(|cue| !succeeded(cue));
    // "القرار يفتح الباب", "دفع القرار كينيا إلى سحب سفيرها": of a decision that does something of its own nothing is planned.
    let acts = |cue: &CueHit<'_>| {
        let works = |at: usize| scan.begins_class(at, "compels") || scan.begins_class(at, "leads-to");
        scan.language == Language::Arabic
            && cue.cue.status == Status::Planned
            && scan.tags[cue.tokens.start] == Tag::Noun
            && scan.word(cue.tokens.start).starts_with("ال")
            && (scan.finite_verb_at(cue.tokens.end) || cue.tokens.start.checked_sub(1).is_some_and(works))
    };
    reaching.retain(|cue| !acts(cue));
    // "ردت كينيا على قرار أوغندا باستدعاء سفيرها": what somebody answers a decision with is not decided, but done.
    let answers = hit.proclitics.contains(&Proclitic::By) && scan.language == Language::Arabic;
    let answered = |cue: &CueHit<'_>| {
        let on = cue
            .tokens
            .start
            .checked_sub(1)
            .filter(|&at| scan.tags[cue.tokens.start] == Tag::Noun && scan.word(at) == "علي");
        on.and_then(|on| scan.finite_verb_before(on)).is_some_and(|verb| scan.begins_class(verb, "answers"))
    };
    reaching.retain(|cue| !(answers && answered(cue)));
    // "لم يقطع أي تعهد": behind a negation "any" says nothing more.
    let negation = |at: usize| matches!(scan.word(at), "لم" | "لن" | "لا" | "ليس" | "دون" | "ما" | "عدم");
    let any = |cue: &CueHit<'_>| matches!(scan.word(cue.tokens.start), "اي" | "اية");
    reaching.retain(|cue| !any(cue) || !(cue.tokens.start.saturating_sub(5)..cue.tokens.start).any(negation));
    // "demanded an explanation and called in the envoy": of two past tenses neither governs the other; "the plan to cut it was
    // rejected": what the subject is called says nothing of what is done to it.
    if scan.language == Language::English {
        let finite = hit.form == Form::Past && scan.tags[start] == Tag::Verb(Form::Past);
        let past = |cue: &CueHit<'_>| {
            finite
                && cue.cue.status != Status::Denied
                && matches!(scan.tags[cue.tokens.start], Tag::Verb(Form::Past | Form::Present))
                && (cue.tokens.end..start).any(|at| scan.tags[at] == Tag::Conjunction)
                && !(cue.tokens.end..start).any(|at| scan.is_complementizer(at))
        };
        let passive = (0..start).rev().take(4).find(|&at| !matches!(scan.tags[at], Tag::Auxiliary | Tag::Adverb));
        let be = passive.is_some_and(|at| at + 1 < start && scan.begins_class(at + 1, "be"));
        let subject = |cue: &CueHit<'_>| {
            be && passive.is_some_and(|at| cue.tokens.end <= at + 1)
                && cue.cue.status != Status::Denied
                && scan.tags[cue.tokens.start] == Tag::Noun
        };
        // "expelled him that May".
        let month =
            |cue: &CueHit<'_>| scan.tags[cue.tokens.start] == Tag::Adverb && scan.word(cue.tokens.start) == "may";
        // "is close to nil, and Chad had severed relations": "and" opens a clause with a subject and a verb of its own.
        let parted = |cue: &CueHit<'_>| {
            let and = (cue.tokens.end..start).rev().find(|&at| scan.tags[at] == Tag::Conjunction);
            let auxiliary = and.and_then(|and| (and + 1..start).find(|&at| scan.tags[at] == Tag::Auxiliary));
            let nominal =
                |at: usize| matches!(scan.tags[at], Tag::Noun | Tag::Determiner | Tag::Possessive | Tag::Number);
            let clause = and.zip(auxiliary).is_some_and(|(and, auxiliary)| {
                auxiliary > and + 1 && (and + 1..auxiliary).all(nominal) && scan.begins_class(auxiliary, "have")
            });
            clause && hit.form == Form::Participle && !scan.tags[cue.tokens.start].is_verb()
        };
        // "denied the charge, downgraded relations": a verb with an object of its own governs no other.
        let listed = |cue: &CueHit<'_>| {
            let next = cue.tokens.end;
            finite
                && scan.tags[cue.tokens.start] == Tag::Verb(Form::Past)
                && matches!(scan.tags.get(next), Some(Tag::Determiner | Tag::Noun))
                && (next..start).any(|at| scan.tags[at] == Tag::Comma)
                && !(next..start).any(|at| scan.is_complementizer(at))
        };
        // "said he wanted it to go on, and that the two would talk": the next thing said.
        let said_besides = |cue: &CueHit<'_>| {
            !(cue.cue.status == Status::Denied && scan.tags[cue.tokens.start].is_verb())
                && (cue.tokens.end..start).any(|at| scan.tags[at] == Tag::Conjunction && scan.is_complementizer(at + 1))
        };
        reaching.retain(|cue| !past(cue) && !subject(cue) && !month(cue) && !parted(cue));
        // "promised to avoid incidents and to meet": two infinitives side by side.
        let infinitive = |at: usize| at > 0 && scan.word(at - 1) == "to" && scan.tags[at] == Tag::Verb(Form::Base);
        let second = start > 1 && infinitive(start) && scan.tags[start - 2] == Tag::Conjunction;
        reaching.retain(|cue| !(second && infinitive(cue.tokens.start)));
        // "denied that its navy had fired, and accused Chad".
        let joined = |cue: &CueHit<'_>| {
            is_joined(scan, start)
                && scan.tags[cue.tokens.start].is_verb()
                && (cue.tokens.end..start).any(|at| scan.is_complementizer(at))
        };
        reaching.retain(|cue| !listed(cue) && !said_besides(cue) && !joined(cue));
    }
    // A past-tense verb is not governed by a cue that stands in another clause, but for a denial of that clause.
    if matches!(hit.form, Form::Past | Form::PastPassive) {
        let denies = |cue: &CueHit<'_>| {
            cue.cue.status == Status::Denied && (cue.tokens.end..start).any(|t| scan.is_complementizer(t))
        };
        // "تنفيذا لقرار حكومي، استدعت".
        let parted = |cue: &CueHit<'_>| {
            scan.language == Language::Arabic && (cue.tokens.end..start).any(|t| scan.tags[t] == Tag::Comma)
        };
        reaching.retain(|cue| cue.tokens.end + 4 >= start && !parted(cue) || denies(cue));
    }
    // "denied reports of talks, adding that he had visited Paris": what is said besides is not denied.
    reaching.retain(|cue| cue.cue.status != Status::Denied || !(cue.tokens.end..start).any(|at| goes_on(scan, at)));
    reaching.extend(denial_of_clause(scan, start));
    reaching.sort_by_key(|cue| std::cmp::Reverse(cue.tokens.start));
    // "hopes that the king will visit": what is hoped for is no plan, whatever its tense.
    let modal = |cue: &CueHit<'_>| scan.begins_class(cue.tokens.start, "modal");
    if reaching.first().is_some_and(|cue| modal(cue) && cue.cue.status == Status::Planned) {
        let hoped =
            reaching.iter().position(|cue| cue.cue.status == Status::Possible && scan.tags[cue.tokens.start].is_verb());
        if let Some(at) = hoped {
            reaching.swap(0, at);
        }
    }
    let strongest = [Status::Cancelled, Status::Denied]
        .into_iter()
        .find_map(|status| reaching.iter().find(|cue| cue.cue.status == status))
        .or_else(|| reaching.first())?;
    let because = format_compact!("cue {}", strongest.cue.lemma);
    let only = strongest.cue.status == Status::Denied && is_only_restricted(scan, strongest, hit);
    let status = if only { Status::Occurred } else { strongest.cue.status };
    Some(Reality { status, firm: true, cue: Some(strongest.tokens.start), because })
}

/// "لم تبدأ مناورات مشتركة إلا في العقد الماضي": behind "not" and "but" stands when or where it was done.
fn is_only_restricted(scan: &Scan<'_>, cue: &CueHit<'_>, hit: &TriggerHit<'_>) -> bool {
    let negates = matches!(scan.word(cue.tokens.start), "لم" | "لا" | "لن" | "ما");
    let mut behind = (hit.tokens.end..scan.tags.len()).take(REACH).take_while(|&at| !scan.is_strong_boundary(at));
    let but = |at: usize| scan.word(at) == "سوي" || scan.word(at) == "الا" && scan.word(at + 1) != "ان";
    scan.language == Language::Arabic && negates && behind.any(but)
}

/// "نفى وكيل الوزارة، الأربعاء، أن تكون واشنطن قد توسطت": who denies denies the whole clause behind "that", however long a name and a date
/// keep it away.
fn denial_of_clause<'s>(scan: &'s Scan<'_>, start: usize) -> Option<&'s CueHit<'s>> {
    let clause = (0..start).rev().take_while(|&t| !scan.is_strong_boundary(t)).find(|&t| scan.is_complementizer(t))?;
    let verb = (0..clause).rev().take_while(|&t| !scan.is_strong_boundary(t)).find(|&t| scan.tags[t].is_verb())?;
    let denies = |cue: &&CueHit<'_>| cue.tokens.start == verb && cue.cue.status == Status::Denied;
    let said = scan.reporting.iter().any(|hit| hit.tokens.start == verb);
    let apart = (verb + 1..clause).any(|at| goes_on(scan, at));
    scan.cues.iter().find(denies).filter(|_| said && !apart)
}

/// "did not deny", "لم تنف".
fn is_negated(scan: &Scan<'_>, verb: usize) -> bool {
    let word = |at: usize| matches!(scan.word(at), "not" | "n't" | "never" | "neither" | "nor" | "لم" | "لا" | "لن");
    verb.checked_sub(1).is_some_and(word)
}

fn is_past_at(scan: &Scan<'_>, token: usize) -> bool {
    matches!(scan.tags.get(token), Some(Tag::Verb(Form::Past | Form::PastPassive)))
}

/// The token that lies as far before a trigger as a cue reaches. In Arabic names and honorifics do not count: "يعتزم صاحب السمو الملكي الأمير …
/// زيارة روسيا".
fn lowest(scan: &Scan<'_>, start: usize) -> usize {
    let counts = |at: &usize| {
        scan.language != Language::Arabic
            || !(scan.in_name(*at) || scan.starts_name(*at) || scan.begins_class(*at, "honorific"))
    };
    (0..start).rev().filter(counts).nth(REACH - 1).unwrap_or(0)
}

/// The leftmost token from which a cue can reach the trigger.
fn floor(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> usize {
    let start = hit.tokens.start;
    let lowest = lowest(scan, start);
    (lowest..start)
        .rev()
        .find(|&t| {
            scan.is_strong_boundary(t)
                || scan.begins_clause(t) && (t + 1 < start || contrasts(scan, t) || relates(scan, hit, t))
                || matches!(scan.word(t), "بشان" | "حول") && t + 1 < start
                || scan.is_anterior(t)
                || finite_between(scan, hit, t)
        })
        .map_or(lowest, |t| t + 1)
}

/// "وتريد روسيا هدنة، بينما تدعم واشنطن إسرائيل": what is set against a clause is not within its mood.
fn contrasts(scan: &Scan<'_>, token: usize) -> bool {
    matches!(scan.word(token), "بينما" | "فيما" | "while" | "whereas")
}

/// "قرار كينيا قطع العلاقات مع أوغندا التي تتهمها": what a relative clause tells is not within the mood of what is told of.
fn relates(scan: &Scan<'_>, hit: &TriggerHit<'_>, token: usize) -> bool {
    scan.language == Language::Arabic && scan.tags[token] == Tag::Relative && scan.tags[hit.tokens.start].is_verb()
}

/// Another finite verb with a trigger of its own shields the noun behind it from cues before it, unless the
/// cue governs both ("plans to visit and sign").
fn finite_between(scan: &Scan<'_>, hit: &TriggerHit<'_>, token: usize) -> bool {
    let past = |form: Form| matches!(form, Form::Past | Form::PastPassive);
    let is_cue = scan.cues.iter().any(|cue| cue.tokens.start == token && cue.cue.position == CuePosition::Before);
    token + 1 < hit.tokens.start
        && !is_cue
        && (scan.triggers.iter().any(|t| t.tokens.start == token && past(t.form))
            || scan.reporting.iter().any(|r| r.tokens.start == token && past(r.form)))
}

fn crosses_verb(scan: &Scan<'_>, from: usize, to: usize) -> bool {
    (from..to).any(|t| scan.finite_verb_at(t))
}

/// "الاتفاق الذي أبرم بين إيران والقوى الدولية": what a relative clause tells of a thing has happened, whoever speaks of it.
pub(crate) fn is_told_behind(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    // "الذي أبرم" as one entry.
    if hit.tokens.clone().any(|at| scan.tags[at] == Tag::Relative) {
        return true;
    }
    let behind = (hit.tokens.end..scan.tags.len()).find(|&at| scan.tags[at] != Tag::Noun);
    let Some(relative) = behind.filter(|&at| hit.form == Form::Noun && scan.tags[at] == Tag::Relative) else {
        return false;
    };
    let done = |at: usize| matches!(scan.tags.get(at), Some(Tag::Verb(Form::Past | Form::PastPassive)));
    done(relative + 1) && relative < hit.tokens.end + NEAR_RELATIVE
}

/// A relative clause stands so near what it tells of, in tokens.
const NEAR_RELATIVE: usize = 4;
