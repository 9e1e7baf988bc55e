//! Arguments behind prepositions.

use super::{Places, REACH, Roles, Step, hits_somebody_inside, object_function, with_coordinated};
use crate::lexicon::{ArgumentFunction, Form, SPEECH};
use crate::mention::{Anaphor, Phrase, PhraseKind};
use crate::scan::{Scan, TriggerHit};
use crate::syntax::{Group, Syntax, Tag};
use chancery_model::Language;
use chancery_text::Proclitic;
use std::ops::Range;

/// Arguments behind prepositions, in the order of the text; `between A and B` takes all.
pub(super) fn prepositions(
    scan: &Scan<'_>,
    phrases: &[Phrase],
    hit: &TriggerHit<'_>,
    syntax: &Syntax,
    right: &Range<usize>,
    roles: &mut Roles,
) {
    for (preposition, function) in hit.trigger.prepositions() {
        let filled = function == ArgumentFunction::Patient && !roles.patients.is_empty();
        if filled && object_function(hit).is_some() {
            continue;
        }
        // "طرد واشنطن دبلوماسيين روسا من الأمم المتحدة": who acts is told already.
        if function == ArgumentFunction::Agent && preposition == "من" && !roles.agents.is_empty() {
            continue;
        }
        let mut found = phrases_with_preposition(phrases, right, preposition);
        // "أجرى اتصالا مع نظيره لبحث النزاع بين إيران وإسرائيل": with whom it is tells that those two only are spoken of.
        if preposition == "بين" && scan.language == Language::Arabic {
            let with = phrases_with_preposition(phrases, right, "مع").first().map(|&at| phrases[at].tokens.start);
            found.retain(|at| with.is_none_or(|with| phrases[*at].tokens.start < with));
        }
        if let Some(unknown) = unknown_behind(scan, hit, syntax, right, preposition) {
            roles.blocked |= function == ArgumentFunction::Patient;
            found.retain(|at| phrases[*at].tokens.start < unknown.end);
        }
        if found.is_empty() && matches!(preposition, "with" | "to") && scan.language == Language::English {
            found.extend(served_by(scan, phrases, syntax, right, preposition));
        }
        if function == ArgumentFunction::Agent && preposition == "by" && scan.language == Language::English {
            found.retain(|at| !is_by_of_answer(scan, hit, phrases[*at].tokens.start));
        }
        if preposition == "with" && scan.language == Language::English {
            found.retain(|at| !is_of_absolute(scan, &phrases[*at]));
        }
        if function == ArgumentFunction::Patient && scan.language == Language::English {
            found.retain(|at| !is_of_thing(scan, hit, syntax, phrases[*at].tokens.start, preposition));
        }
        if function == ArgumentFunction::Patient && scan.language == Language::Arabic {
            found.retain(|at| {
                let start = phrases[*at].tokens.start;
                !is_of_answered(scan, hit, syntax, start, preposition)
                    && !is_of_time(scan, hit.tokens.end..start)
                    && !is_host_told_before(hit, &phrases[*at])
            });
        }
        let attack = hit.trigger.frame.event_type.name() == "attack" && preposition == "في";
        if attack && hits_somebody_inside(scan, phrases, hit, &found) {
            continue;
        }
        for index in found {
            if !roles.all().any(|known| known == index) {
                roles.steps.push(Step::Behind(preposition.into(), index));
                roles.fill(function, &[index]);
            }
        }
    }
}

/// "with the Commissioner of the Legal Division of the Chadian foreign ministry": whom somebody serves whose office no table knows.
fn served_by(
    scan: &Scan<'_>,
    phrases: &[Phrase],
    syntax: &Syntax,
    right: &Range<usize>,
    preposition: &str,
) -> Option<usize> {
    let behind = |group: &Group| right.contains(&group.tokens.start) && governs(scan, group, preposition);
    let first = syntax.groups.iter().position(behind)?;
    let head = syntax.groups[first].tokens.end - 1;
    let known = syntax.groups[first].phrase.is_some_and(|at| !phrases[at].ids.is_empty());
    if known || !scan.is_capital(head) || scan.all_caps {
        return None;
    }
    let mut end = head + 1;
    for group in &syntax.groups[first + 1..] {
        let of = group.preposition.filter(|&at| at == end && scan.word(at) == "of");
        of?;
        if let Some(at) = group.phrase {
            return (phrases[at].is_actor() && !phrases[at].ids.is_empty()).then_some(at);
        }
        end = group.tokens.end;
    }
    None
}

/// "signed a pact, with the Chadian president looking on": what somebody else does meanwhile.
fn is_of_absolute(scan: &Scan<'_>, phrase: &Phrase) -> bool {
    let with = (0..phrase.tokens.start).rev().find(|&at| scan.tags[at] != Tag::Determiner);
    let comma = with.and_then(|with| with.checked_sub(1)).is_some_and(|at| scan.tags[at] == Tag::Comma);
    let next = phrase.tokens.end;
    let gerund = scan.tags.get(next) == Some(&Tag::Verb(Form::Gerund))
        || scan.word(next).ends_with("ing") && !scan.is_capital(next) && scan.verb_forms(next).is_empty();
    comma && gerund
}

/// "The raid on Chad was condemned by Niger": whoever answers an act did not do it.
pub(super) fn is_by_of_answer(scan: &Scan<'_>, hit: &TriggerHit<'_>, by: usize) -> bool {
    let answers = |at: usize| {
        let says = |other: &TriggerHit<'_>| SPEECH.contains(&other.trigger.frame.event_type.name());
        scan.tags[at] == Tag::Verb(Form::Participle) && scan.triggers_at(at).iter().any(says)
    };
    hit.form == Form::Noun && (hit.tokens.end..by).any(answers)
}

/// "voiced concern about its role and closeness to Iran": of two prepositions of a verb the first leads to what it is about.
fn is_of_thing(scan: &Scan<'_>, hit: &TriggerHit<'_>, syntax: &Syntax, phrase: usize, preposition: &str) -> bool {
    let slot =
        |word: &str| hit.trigger.prepositions().any(|(known, f)| known == word && f == ArgumentFunction::Patient);
    let about = |group: &&Group| {
        group.preposition.is_some_and(|at| {
            (hit.tokens.end..phrase).contains(&at) && matches!(scan.word(at), "about" | "over") && slot(scan.word(at))
        })
    };
    let first = syntax.groups.iter().find(about);
    !matches!(preposition, "about" | "over")
        && first.is_some_and(|group| group.phrase.is_none() && group.tokens.end <= phrase)
}

/// "معارضتها لخطة كينيا بيع أسلحة إلى أوغندا", "إدانته للهجوم على السفارة": of two prepositions the first leads to what somebody answers; what
/// the other leads to belongs to that.
fn is_of_answered(scan: &Scan<'_>, hit: &TriggerHit<'_>, syntax: &Syntax, phrase: usize, preposition: &str) -> bool {
    let name = hit.trigger.frame.event_type.name();
    let answers = matches!(name, "condemn" | "reject" | "express-support" | "impose-sanctions");
    let slot = |group: &Group| {
        let patient =
            |(known, f): (&str, ArgumentFunction)| f == ArgumentFunction::Patient && governs(scan, group, known);
        hit.trigger.prepositions().any(patient)
    };
    let inside = |group: &&Group| (hit.tokens.end..phrase).contains(&group.tokens.start);
    let mut before = syntax.groups.iter().filter(inside);
    answers && before.any(|group| group.phrase.is_none() && slot(group) && !governs(scan, group, preposition))
}

/// "قطع العلاقات مع غانا وسحب سفارته من أراضيها": nobody withdraws their own mission from their own country.
fn is_host_told_before(hit: &TriggerHit<'_>, phrase: &Phrase) -> bool {
    let withdraws = matches!(hit.trigger.frame.event_type.name(), "close-mission" | "recall-envoy");
    withdraws && phrase.kind == PhraseKind::Anaphor(Anaphor::OwnCountry)
}

/// "أول صفقة مع غانا منذ سفر الوزير إلى نيروبي": what stands behind a noun that only tells since when belongs to that noun.
fn is_of_time(scan: &Scan<'_>, mut between: Range<usize>) -> bool {
    let since = between.find(|&at| scan.tags[at] == Tag::Preposition && scan.is_anterior(at));
    let noun = |at: usize| scan.triggers_at(at).iter().any(|other| other.form == Form::Noun);
    since.is_some_and(|at| noun(at + 1) && !between.any(|at| scan.tags[at] == Tag::Comma))
}

/// "رفع العقوبات التي تفرضها على سوريا": whom sanctions are on may stand in their relative clause.
pub(super) fn sanctioned(
    scan: &Scan<'_>,
    phrases: &[Phrase],
    hit: &TriggerHit<'_>,
    right: &Range<usize>,
    roles: &mut Roles,
) {
    const CLAUSE: usize = 8;
    let types = ["ease-sanctions", "impose-sanctions"];
    let relative =
        types.contains(&hit.trigger.frame.event_type.name()) && scan.tags.get(right.end) == Some(&Tag::Relative);
    if relative {
        let clause = right.end..right.end + CLAUSE;
        let found = ["علي", "ضد"].iter().map(|p| phrases_with_preposition(phrases, &clause, p));
        let found = found.into_iter().find(|found| !found.is_empty()).unwrap_or_default();
        roles.step("on whom, in a relative clause", scan, phrases, &found);
        roles.fill(ArgumentFunction::Patient, &found);
    }
}

/// "علقت معاهدة الصداقة التي تربطها بإسبانيا", "الاتفاقية المبرمة مع ألمانيا": with whom a treaty is may stand in a clause of its own.
pub(super) fn bound_by_treaty(
    scan: &Scan<'_>,
    phrases: &[Phrase],
    hit: &TriggerHit<'_>,
    right: &Range<usize>,
    roles: &mut Roles,
) {
    const CLAUSE: usize = 6;
    if !hit.trigger.sense.ends_with("-treaty-with") {
        return;
    }
    concluded_between(scan, phrases, right, roles);
    if scan.tags.get(right.end) != Some(&Tag::Relative) || !roles.patients.is_empty() {
        return;
    }
    let clause = right.end + 1..right.end + 1 + CLAUSE;
    let verb = clause.clone().find(|&at| scan.tags.get(at).is_some_and(|tag| tag.is_verb()));
    let ties = verb.is_some_and(|at| scan.verb_stem(at).starts_with("تربط") || scan.verb_stem(at).starts_with("يربط"));
    let found = if ties { phrases_with_preposition(phrases, &clause, "ب") } else { Places::new() };
    let found = if found.is_empty() { phrases_with_preposition(phrases, &clause, "مع") } else { found };
    roles.step("with whom it is, in a relative clause", scan, phrases, &found);
    roles.fill(ArgumentFunction::Patient, &found);
}

/// "صادق البرلمان المغربي على الاتفاقية المبرمة بين المغرب والكويت": the other of the two between whom a treaty has been concluded.
fn concluded_between(scan: &Scan<'_>, phrases: &[Phrase], right: &Range<usize>, roles: &mut Roles) {
    const NEAR: usize = 6;
    let between = phrases_with_preposition(phrases, right, "بين");
    let Some(first) = between.first().map(|&at| phrases[at].tokens.start) else { return };
    let concluded =
        |at: usize| matches!(scan.word(at), "المبرم" | "المبرمة" | "الموقع" | "الموقعة" | "الموقعه" | "المبرمه");
    let party = |at: &usize| roles.agents.iter().any(|&agent| phrases[agent].ids == phrases[*at].ids);
    if !(first.saturating_sub(NEAR)..first).any(concluded) || !between.iter().any(party) {
        return;
    }
    let other: Places = between.iter().copied().filter(|at| !party(at)).collect();
    roles.step("the other party", scan, phrases, &other);
    roles.fill(ArgumentFunction::Patient, &other);
}

/// "وصلت إلى كابول طائرة مساعدات قطرية": where aid and arms have come to may stand between the verb and its subject.
pub(super) fn arrived_at(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>, roles: &mut Roles) {
    let sent = matches!(hit.trigger.frame.event_type.name(), "give-aid" | "supply-arms") && hit.form == Form::Noun;
    if !sent || !roles.patients.is_empty() {
        return;
    }
    let comes = |&at: &usize| scan.tags[at].is_verb() && !scan.begins_class(at, "carries");
    let verb = (0..hit.tokens.start).rev().take(FRONTED).find(comes);
    let Some(verb) = verb.filter(|&at| scan.begins_class(at, "arrives")) else { return };
    let mut found = phrases_with_preposition(phrases, &(verb..hit.tokens.start), "الي");
    // "في فندق بمدينة كيسومو الكينية": the state of the town.
    if found.is_empty() && (verb + 1..hit.tokens.start).next().is_some_and(|at| scan.word(at) == "الي") {
        let inside = |p: &Phrase| (verb..hit.tokens.start).contains(&p.tokens.start) && !p.body && !p.ids.is_empty();
        found.extend(phrases.iter().position(inside));
    }
    roles.step("where it has arrived", scan, phrases, &found);
    roles.fill(ArgumentFunction::Patient, &found);
}

/// "طائرتان إماراتيتان تحملان مساعدات": whose the ships and planes are that carry aid.
pub(super) fn carried_by(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>, roles: &mut Roles) {
    const NEAR: usize = 4;
    let sent = matches!(hit.trigger.frame.event_type.name(), "give-aid" | "supply-arms") && hit.form == Form::Noun;
    let verb = hit.tokens.start.checked_sub(1).filter(|&at| sent && scan.begins_class(at, "carries"));
    let Some(verb) = verb.filter(|_| roles.agents.is_empty()) else { return };
    let near = |p: &Phrase| p.tokens.end <= verb && p.tokens.end + NEAR > verb && !p.ids.is_empty();
    let carrier = |p: &Phrase| p.kind == PhraseKind::Adjective || p.body;
    let found = phrases.iter().rposition(|p| near(p) && carrier(p) && p.preposition.is_none());
    roles.step("whose carriers they are", scan, phrases, found.as_slice());
    roles.fill(ArgumentFunction::Agent, found.as_slice());
}

/// "أفرج عن بحارة كانوا محتجزين لدى السلطات الغانية", "في سجون إيران": by whom those have been held who are set free.
pub(super) fn held_by(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>, roles: &mut Roles) {
    if hit.trigger.frame.event_type.name() != "release" || !roles.agents.is_empty() {
        return;
    }
    let end = (hit.tokens.end + REACH).min(scan.tags.len());
    let clause = (hit.tokens.end..end).take_while(|&at| scan.tags[at] != Tag::Stop);
    let Some(held) = clause.into_iter().find(|&at| scan.begins_class(at, "kept")) else { return };
    // "محتجزين لدى السلطات", "سجون إيران".
    let keeper = |phrase: &Phrase| {
        let behind = match phrase.preposition.as_deref() {
            Some("لدي" | "من قبل" | "من طرف") => phrase.tokens.start <= held + 3,
            Some("في" | "من") | None => scan.word(held).ends_with("سجون"),
            _ => false,
        };
        phrase.tokens.start > held && phrase.tokens.start <= held + 3 && behind && !phrase.ids.is_empty()
    };
    let keeper = phrases.iter().position(keeper);
    roles.patients.retain(|at| Some(*at) != keeper);
    roles.step("who has held them", scan, phrases, keeper.as_slice());
    roles.fill(ArgumentFunction::Agent, keeper.as_slice());
}

/// So many tokens stand between a verb and a subject behind its prepositions, at most.
const FRONTED: usize = 10;

/// Whether this preposition governs a group: as a word before it, or written on its first word.
pub(super) fn governs(scan: &Scan<'_>, group: &Group, preposition: &str) -> bool {
    let Some(at) = group.preposition else { return false };
    // "في وجه الطائرات": the second word of the preposition opens the group.
    if let Some((first, second)) = preposition.split_once(' ') {
        return scan.word(at) == first && scan.word(at + 1) == second;
    }
    if at < group.tokens.start {
        return scan.word(at) == preposition || scan.word(at).strip_prefix('و') == Some(preposition);
    }
    let written = match preposition {
        "ب" => Proclitic::By,
        "ل" => Proclitic::For,
        "ك" => Proclitic::Like,
        _ => return false,
    };
    scan.has_proclitic(at, written)
}

/// "المفاوضات مع الدائنين، والمفاوضات مع إيران", "قيود على برنامجها": the first noun behind a preposition, where it is nobody that we know
/// and of nobody.
fn unknown_behind(
    scan: &Scan<'_>,
    hit: &TriggerHit<'_>,
    syntax: &Syntax,
    right: &Range<usize>,
    preposition: &str,
) -> Option<Range<usize>> {
    if scan.language != Language::Arabic || !matches!(preposition, "مع" | "بين" | "علي" | "ضد") {
        return None;
    }
    let first =
        syntax.groups.iter().find(|group| right.contains(&group.tokens.start) && governs(scan, group, preposition))?;
    let named = first.tokens.clone().any(|token| scan.starts_name(token) || scan.in_name(token));
    let nobody = first.phrase.is_none() && !named && first.tokens.start > hit.tokens.end;
    nobody.then(|| first.tokens.clone())
}

/// Phrases behind a preposition, of which the first decides.
pub(super) fn phrases_with_preposition(phrases: &[Phrase], right: &Range<usize>, preposition: &str) -> Places {
    let fits = |p: &Phrase| right.contains(&p.tokens.start) && p.preposition.as_deref() == Some(preposition);
    // "sanctions on Iranian banks": an adjective where nobody is named.
    let first = phrases
        .iter()
        .position(|p| fits(p) && p.kind != PhraseKind::Adjective && !p.ids.is_empty())
        .or_else(|| phrases.iter().position(|p| fits(p) && p.kind == PhraseKind::Adjective && preposition != "in"));
    first.map_or_else(Places::new, |first| with_coordinated(phrases, first))
}
