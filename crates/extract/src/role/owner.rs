//! Whose a thing is that something is done to: "a US proposal", "الغارات الإسرائيلية", "التصريحات التي أدلى بها مسؤولون".

use super::antecedent::last_inside;
use super::noun::noun_roles;
use super::preposition::{governs, is_by_of_answer, prepositions};
use super::{Places, Roles, reaches_owner, right_region, with_coordinated};
use crate::lexicon::{ArgumentFunction, Form};
use crate::mention::{Anaphor, Phrase, PhraseKind};
use crate::scan::{Scan, TriggerHit};
use crate::syntax::{Group, Syntax, Tag, takes_up};
use chancery_model::{EntityKind, Language};
use std::ops::Range;

/// "نددت بالغزو الروسي", "أفرجت عن لاعبة أميركية": the state that what stands behind the preposition is of.
pub(super) fn owners_behind_prepositions(
    scan: &Scan<'_>,
    phrases: &[Phrase],
    hit: &TriggerHit<'_>,
    syntax: &Syntax,
    right: &Range<usize>,
    roles: &mut Roles,
) {
    if !reaches_owner(hit) {
        return;
    }
    for (preposition, function) in hit.trigger.prepositions() {
        if function == ArgumentFunction::Agent {
            continue;
        }
        // "يدعو إلى التمسك بقرارات الأمم المتحدة": what stands behind another argument belongs to that.
        let nested = |group: &Group| {
            let before = syntax.groups.iter().filter(|other| right.start <= other.tokens.start);
            let mut before = before.take_while(|other| other.tokens.end <= group.tokens.start);
            preposition == "ب" && before.any(|other| governs(scan, other, "الي") || governs(scan, other, "علي"))
        };
        let behind = syntax.groups.iter().find(|group| {
            right.contains(&group.tokens.start)
                && governs(scan, group, preposition)
                && group.phrase.is_none()
                && !nested(group)
        });
        // "The veto of the plan was condemned by Mali": the plan is not Mali's.
        let answers =
            |owner: &[usize]| owner.first().is_some_and(|&at| is_by_of_answer(scan, hit, phrases[at].tokens.start));
        let owner = behind.and_then(|group| owner(scan, phrases, hit, syntax, group));
        if let Some(owner) = owner.filter(|owner| !answers(owner)) {
            roles.step("owner behind a preposition", scan, phrases, &owner);
            roles.fill(ArgumentFunction::Patient, &owner);
            return;
        }
    }
}

/// "طرد ثلاثة من موظفي السفارة الغانية": whose those are who are counted.
pub(super) fn counted(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>, syntax: &Syntax, roles: &mut Roles) {
    let held = matches!(hit.trigger.frame.event_type.name(), "expel-diplomat" | "coerce" | "release");
    let number = (hit.tokens.end..scan.tags.len()).take_while(|&at| scan.tags[at] == Tag::Number).last();
    let of = number.filter(|_| held && hit.form == Form::Noun).map(|at| at + 1).filter(|&at| scan.word(at) == "من");
    let group = of.and_then(|at| syntax.group_at(at + 1)).map(|at| &syntax.groups[at]);
    if let Some(owner) = group.and_then(|group| owner(scan, phrases, hit, syntax, group)) {
        roles.agents.retain(|at| !owner.contains(at));
        roles.step("owner of those who are counted", scan, phrases, &owner);
        roles.fill(ArgumentFunction::Patient, &owner);
    }
}

/// "قررت تشيلي منع دخول الأخشاب البيروفية": whose goods they are that a verbal noun keeps out.
pub(super) fn banned_goods(
    scan: &Scan<'_>,
    phrases: &[Phrase],
    hit: &TriggerHit<'_>,
    syntax: &Syntax,
    roles: &mut Roles,
) {
    const NEAR: usize = 6;
    let bans = hit.form == Form::Noun && hit.trigger.needs.iter().any(|class| class == "ban-object");
    if !bans || !roles.patients.is_empty() {
        return;
    }
    let near = hit.tokens.end..hit.tokens.end + NEAR;
    let ends = |at: usize| matches!(scan.tags.get(at), None | Some(Tag::Stop | Tag::Comma | Tag::Verb(_)));
    let end = near.clone().find(|&at| ends(at)).unwrap_or(near.end);
    let goods = phrases.iter().position(|phrase| {
        (hit.tokens.end..end).contains(&phrase.tokens.start)
            && matches!(phrase.kind, PhraseKind::Adjective)
            && syntax.group_at(phrase.tokens.start).is_some()
            && !phrase.ids.is_empty()
    });
    roles.step("whose goods they are", scan, phrases, goods.as_slice());
    roles.fill(ArgumentFunction::Patient, goods.as_slice());
}

/// Acts that answer what somebody did or said: they reach who did it, not whom it was done to.
const ANSWERS: [&str; 3] = ["condemn", "reject", "express-support"];

/// Acts whose noun is followed by whom they are done to, not by who does them.
const SUFFERED: [&str; 3] = ["attack", "coerce", "expel-diplomat"];

/// Whom an act reaches through a thing: who did it, said it or has it.
pub(super) fn owner(
    scan: &Scan<'_>,
    phrases: &[Phrase],
    hit: &TriggerHit<'_>,
    syntax: &Syntax,
    group: &Group,
) -> Option<Places> {
    let whole = |at: usize| with_coordinated(phrases, at);
    if scan.language != Language::Arabic || !ANSWERS.contains(&hit.trigger.frame.event_type.name()) {
        return owner_of(scan, phrases, hit, group).map(whole);
    }
    let told = || told_by(scan, phrases, syntax, group).map(whole);
    if let Some(shared) = shared_with(scan, phrases, hit, group) {
        return Some(shared);
    }
    let inside = |other: &&TriggerHit<'_>| other.form == Form::Noun && group.tokens.contains(&other.tokens.start);
    let mut acts = scan.triggers.iter().filter(inside);
    if let Some(act) = acts.next() {
        let agents = agents_of(scan, phrases, act, syntax);
        if !agents.is_empty() {
            return Some(agents);
        }
        // "القصف الإسرائيلي": in another sense of the word an adjective says who does it.
        let adjective = |at: &usize| phrases[*at].kind == PhraseKind::Adjective;
        let told_by_adjective = acts.map(|act| agents_of(scan, phrases, act, syntax));
        let doer = told_by_adjective.into_iter().find(|agents| !agents.is_empty() && agents.iter().all(adjective));
        if doer.is_some() {
            return doer;
        }
        if SUFFERED.contains(&act.trigger.frame.event_type.name()) {
            return told();
        }
    }
    if scan.begins_class(group.tokens.start, "victim") {
        return told();
    }
    told().or_else(|| owner_of(scan, phrases, hit, group).map(whole))
}

/// Who does what a noun inside an object tells.
fn agents_of(scan: &Scan<'_>, phrases: &[Phrase], act: &TriggerHit<'_>, syntax: &Syntax) -> Places {
    let mut inner = Roles::default();
    let right = right_region(scan, act);
    noun_roles(scan, phrases, act, &right, &mut inner);
    prepositions(scan, phrases, act, syntax, &right, &mut inner);
    inner.agents.retain(|at| !phrases[*at].ids.is_empty());
    inner.agents
}

/// "أشاد بالعلاقات التي تربط بين بلاده والمملكة", "نوه بالتعاون القائم مع مصر": with whom one has what is praised.
fn shared_with(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>, group: &Group) -> Option<Places> {
    // "رحبت بالاتفاق الذي وقع بين كينيا وغانا".
    let signed =
        scan.begins_class(group.tokens.start, "agreement") && scan.tags.get(group.tokens.end) == Some(&Tag::Relative);
    let head = scan.begins_class(group.tokens.start, "bond") || signed;
    if hit.trigger.frame.event_type.name() != "express-support" || !head {
        return None;
    }
    let near = |p: &Phrase| (group.tokens.end..group.tokens.end + 8).contains(&p.tokens.start);
    let ties = |p: &Phrase| (group.tokens.end..p.tokens.start).any(|t| scan.begins_class(t, "tie"));
    let sides = |p: &Phrase| match p.preposition.as_deref() {
        Some("بين" | "مع") => !p.ids.is_empty(),
        // "التي تربط بلاده بالسعودية"
        Some("ب") => !p.ids.is_empty() && ties(p),
        _ => false,
    };
    let first = (0..phrases.len()).find(|&at| near(&phrases[at]) && sides(&phrases[at]))?;
    Some(with_coordinated_any(phrases, first))
}

/// A phrase and all that are joined to it, whatever their kinds: "بين بلاده والمملكة".
fn with_coordinated_any(phrases: &[Phrase], first: usize) -> Places {
    let rest = phrases[first + 1..].iter().take_while(|p| p.coordinated).count();
    (first..=first + rest).collect()
}

/// "التصريحات التي أدلى بها المسؤولون الإيرانيون", "القرار الصادر عن الكونغرس": who said or did it, in a relative clause.
pub(super) fn told_by(scan: &Scan<'_>, phrases: &[Phrase], syntax: &Syntax, group: &Group) -> Option<usize> {
    let behind =
        |from: usize| (from..from + 4).find(|&at| !matches!(scan.tags.get(at), Some(Tag::Adverb | Tag::Auxiliary)));
    let next = behind(group.tokens.end).filter(|&at| at < scan.tags.len())?;
    let issued = |at: usize| scan.begins_class(at, "issued").then_some(at);
    let verb = match scan.tags[next] {
        Tag::Relative => behind(next + 1).filter(|&at| scan.begins_class(at, "make") && scan.tags[at].is_verb())?,
        // "دعوى رفعها السودان": behind an indefinite noun the relative clause has no pronoun of its own.
        Tag::Verb(_) if scan.begins_class(next, "make") && takes_up(scan, next) => next,
        _ => issued(next).or_else(|| issued(group.tokens.end - 1))?,
    };
    let from = |p: &Phrase| matches!(p.preposition.as_deref(), Some("عن" | "من" | "من قبل"));

    if issued(verb).is_some() {
        return (0..phrases.len()).find(|&at| {
            (verb..verb + 4).contains(&phrases[at].tokens.start) && from(&phrases[at]) && !phrases[at].ids.is_empty()
        });
    }
    let subject = syntax
        .groups
        .iter()
        .find(|group| group.tokens.start > verb && group.tokens.start <= verb + 3 && group.preposition.is_none())?;
    let named = subject.phrase.filter(|&at| phrases[at].is_actor() && !phrases[at].ids.is_empty());
    // "مستوطنون إسرائيليون": of people without a state the state answers whose adjective they have.
    let adjective = |&at: &usize| {
        let behind = phrases.get(at + 1).filter(|next| next.tokens.start == phrases[at].tokens.end);
        let people = phrases[at].ids.iter().all(|id| id.kind() == EntityKind::Group);
        people && behind.is_some_and(|next| next.kind == PhraseKind::Adjective)
    };
    let named = named.map(|at| if adjective(&at) { at + 1 } else { at });
    named.or_else(|| last_inside(phrases, subject, true))
}

/// "12 موظفا في السفارة الفرنسية", "دبلوماسيا كبيرا بالسفارة الصينية": whose embassy they work in is whose people are expelled or held.
fn is_staff(scan: &Scan<'_>, hit: &TriggerHit<'_>, embassy: &Phrase) -> bool {
    let named = embassy.tokens.start.saturating_sub(1)..embassy.tokens.end;
    matches!(hit.trigger.frame.event_type.name(), "expel-diplomat" | "summon-envoy" | "coerce" | "release")
        && named.into_iter().any(|at| scan.begins_class(at, "embassy"))
}

/// The state that an object is of: by an adjective or possessor in it, or behind "of" or "by".
fn owner_of(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>, group: &Group) -> Option<usize> {
    let tokens = group.tokens.start..(group.tokens.end + 6).min(right_region(scan, hit).end.max(group.tokens.end));
    // "الرحلات المتجهة إلى مالي", "الطائرات من وإلى مالي": whoever they fly to is shut out as well.
    let flies =
        ["aircraft", "flights", "flight-object"].iter().any(|class| scan.begins_class(group.tokens.start, class));
    (0..phrases.len()).find(|&at| {
        let phrase = &phrases[at];
        // "أوراق اعتماد كل من السفير المصري والسفير الليبي".
        let each = phrase.tokens.start == group.tokens.end + 2 && scan.is_each_of(group.tokens.end);
        let inside = each || group.tokens.contains(&phrase.tokens.start);
        // "لصالح القانون بعد الغزو الروسي لأوكرانيا": what stands behind "after" is another matter.
        let of = tokens.contains(&phrase.tokens.start)
            && !(group.tokens.end..phrase.tokens.start).any(|at| scan.is_anterior(at))
            && (matches!(phrase.preposition.as_deref(), Some("of" | "by" | "from" | "between" | "من" | "ل" | "بين"))
                || flies && matches!(phrase.preposition.as_deref(), Some("الي" | "من والي"))
                || matches!(phrase.preposition.as_deref(), Some("في" | "ب")) && is_staff(scan, hit, phrase));
        // "عقوبات على 17 مسؤولا في روسيا", "على شركة مقرها دبي": where those sit who are punished.
        let of = of
            || scan.language == Language::Arabic
                && hit.trigger.frame.event_type.name() == "impose-sanctions"
                && tokens.contains(&phrase.tokens.start)
                && (phrase.preposition.as_deref() == Some("في")
                    || matches!(scan.word(phrase.tokens.start.wrapping_sub(1)), "مقرها" | "مقره" | "مقرهما"));
        // "قرار الجامعة": a possessor may be told by a definite noun.
        let body = matches!(phrase.kind, PhraseKind::Anaphor(Anaphor::LastOf(_)));
        (inside || of)
            && (body || matches!(phrase.kind, PhraseKind::Actor | PhraseKind::Adjective))
            && !phrase.ids.is_empty()
    })
}
