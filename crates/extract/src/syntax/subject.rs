//! Who does what a verb says: the noun group before it or, in Arabic, behind it; past asides, relative clauses and other
//! verbs of the same subject.

use super::{Subject, Syntax, Tag, before};
use crate::lexicon::Form;
use crate::mention::Phrase;
use crate::scan::Scan;
use chancery_model::Language;

/// How many verbs a subject is looked for through.
const DEPTH: usize = 6;

pub(super) fn of_verb(syntax: &Syntax, scan: &Scan<'_>, phrases: &[Phrase], verb: usize) -> Subject {
    if scan.language == Language::Arabic {
        super::arabic::subject(syntax, scan, phrases, verb)
    } else {
        english(syntax, scan, verb, DEPTH)
    }
}

/// The subject of the clause that a noun or a participle stands in.
pub(super) fn around(syntax: &Syntax, scan: &Scan<'_>, phrases: &[Phrase], noun: usize) -> Subject {
    if scan.language == Language::Arabic {
        return super::arabic::around(syntax, scan, phrases, noun);
    }
    clause_of(syntax, scan, noun, DEPTH)
}

fn clause_of(syntax: &Syntax, scan: &Scan<'_>, token: usize, depth: usize) -> Subject {
    let left =
        (0..token).rev().take_while(|&at| !matches!(scan.tags[at], Tag::Stop)).find(|&at| scan.tags[at].is_verb());
    match left {
        Some(verb) => english(syntax, scan, verb, depth),
        // "After talks with Blair, Bush said": the first group behind the comma.
        None => {
            let comma = (token..scan.tags.len())
                .take_while(|&at| scan.tags[at] != Tag::Stop)
                .find(|&at| scan.tags[at] == Tag::Comma);
            let verb = (token..scan.tags.len()).take_while(|&at| scan.tags[at] != Tag::Stop).find(|&at| {
                matches!(scan.tags[at], Tag::Verb(Form::Past | Form::Present)) || scan.tags[at] == Tag::Auxiliary
            });
            match (comma, verb) {
                (Some(comma), Some(verb)) if comma < verb => {
                    syntax.group_at(comma + 1).map_or(Subject::Absent, |at| syntax.denotes(at))
                }
                _ => Subject::Absent,
            }
        }
    }
}

fn english(syntax: &Syntax, scan: &Scan<'_>, verb: usize, depth: usize) -> Subject {
    if depth == 0 {
        return Subject::Absent;
    }
    let mut start = group_start(scan, verb);
    if scan.tags[start] == Tag::Auxiliary && scan.word(start) == "to" {
        // "is to travel", "has to leave": one verb group.
        match start.checked_sub(1) {
            Some(at) if scan.tags[at] == Tag::Auxiliary => start = group_start(scan, at),
            _ => return controller(syntax, scan, start, depth),
        }
    }
    let finite = scan.tags[start] == Tag::Auxiliary
        || matches!(scan.tags[verb], Tag::Verb(Form::Past | Form::Present | Form::Base));
    if !finite && matches!(scan.tags[verb], Tag::Verb(Form::Gerund)) {
        return of_gerund(syntax, scan, start, depth);
    }
    leftward(syntax, scan, start, depth)
}

/// Where the verb group of a verb begins: "has been expected to", "will not".
fn group_start(scan: &Scan<'_>, verb: usize) -> usize {
    let mut start = verb;
    while let Some(at) = start.checked_sub(1) {
        match scan.tags[at] {
            Tag::Auxiliary => start = at,
            Tag::Adverb if at > 0 && scan.tags[at - 1] == Tag::Auxiliary => start = at,
            _ => break,
        }
        if scan.word(start) == "to" {
            break;
        }
    }
    start
}

/// From the word before a finite verb leftward to its subject.
fn leftward(syntax: &Syntax, scan: &Scan<'_>, start: usize, depth: usize) -> Subject {
    let (mut end, mut verbs) = (start, 0);
    while let Some(at) = before(scan, end) {
        match scan.tags[at] {
            Tag::Stop | Tag::Subordinator | Tag::Complementizer => return Subject::Absent,
            Tag::Relative => {
                let noun = before(scan, at).map(|b| if scan.tags[b] == Tag::Comma { b.saturating_sub(1) } else { b });
                // "Spain, Italy and the minister of X, who": the nearest group, through its prepositions.
                return noun.and_then(|n| syntax.group_at(n)).map_or(Subject::Absent, |group| syntax.denotes(group));
            }
            Tag::Conjunction => {
                let verb = (0..at).rev().take_while(|&t| scan.tags[t] != Tag::Stop).find(|&t| finite(scan, t));
                return verb.map_or(Subject::Absent, |verb| english(syntax, scan, verb, depth - 1));
            }
            Tag::Comma => match aside(scan, at) {
                Some(comma) => end = comma,
                None => {
                    let verb = (0..at).rev().take_while(|&t| scan.tags[t] != Tag::Stop).find(|&t| finite(scan, t));
                    return verb.map_or(Subject::Absent, |verb| english(syntax, scan, verb, depth - 1));
                }
            },
            Tag::Verb(Form::Participle | Form::Gerund) => {
                end = at;
                verbs += 1;
            }
            Tag::Verb(_) => return Subject::Absent,
            _ => match syntax.group_at(at) {
                Some(index) => {
                    let group = &syntax.groups[index];
                    let governed = governed(scan, group.tokens.start);
                    match governed {
                        // "after Honiara signed": a clause of its own.
                        Some(Tag::Preposition) if opens_clause(scan, group.tokens.start - 1) && verbs == 0 => {
                            return head_of_list(syntax, scan, index);
                        }
                        Some(Tag::Preposition) => end = group.tokens.start - 1,
                        Some(Tag::Verb(Form::Gerund | Form::Participle)) => end = group.tokens.start - 1,
                        _ => return head_of_list(syntax, scan, index),
                    }
                }
                None => end = at,
            },
        }
    }
    Subject::Absent
}

/// Prepositions that open a clause too.
fn opens_clause(scan: &Scan<'_>, token: usize) -> bool {
    matches!(scan.word(token), "after" | "before" | "since" | "until" | "till" | "as" | "than" | "once")
}

/// What stands right before a group.
fn governed(scan: &Scan<'_>, start: usize) -> Option<Tag> {
    start.checked_sub(1).map(|at| scan.tags[at])
}

/// "Egypt, Jordan and Iraq signed": the first of the list stands for all; the others are coordinated to it. A list behind
/// a preposition is no subject.
fn head_of_list(syntax: &Syntax, scan: &Scan<'_>, last: usize) -> Subject {
    let mut first = last;
    while syntax.groups[first].coordinated && first > 0 {
        let previous = &syntax.groups[first - 1];
        let by_comma = scan.tags[syntax.groups[first].tokens.start - 1] == Tag::Comma;
        if previous.preposition.is_some() && by_comma || previous.phrase.is_none() && by_comma {
            break;
        }
        first -= 1;
    }
    if syntax.groups[first].preposition.is_some() && first != last {
        return syntax.denotes(last);
    }
    match syntax.denotes(first) {
        Subject::Unknown if first != last => syntax.denotes(last),
        Subject::Unknown => members(syntax, scan, first).unwrap_or(Subject::Unknown),
        known => known,
    }
}

/// "Officials from Chad and Niger", "leaders of the five states": those whom a body of people is from.
fn members(syntax: &Syntax, scan: &Scan<'_>, group: usize) -> Option<Subject> {
    let head = syntax.groups[group].tokens.end - 1;
    let people = scan.begins_class(head, "body") || scan.begins_class(head, "quantifier") || scan.starts_name(head);
    let behind = syntax.groups.get(group + 1)?;
    let from = behind.preposition.filter(|&at| at == head + 1 && matches!(scan.word(at), "of" | "from"))?;
    (people && from < behind.tokens.start).then(|| syntax.denotes(group + 1))
}

fn finite(scan: &Scan<'_>, token: usize) -> bool {
    match scan.tags[token] {
        Tag::Verb(Form::Past | Form::Present) => true,
        Tag::Verb(_) => {
            token > 0
                && scan.tags[group_start(scan, token)] == Tag::Auxiliary
                && scan.word(group_start(scan, token)) != "to"
        }
        _ => false,
    }
}

/// The comma that opens an aside closed by the comma at `close`: "Lavrov, the foreign minister, said".
fn aside(scan: &Scan<'_>, close: usize) -> Option<usize> {
    let open = (0..close).rev().take_while(|&at| scan.tags[at] != Tag::Stop).find(|&at| scan.tags[at] == Tag::Comma)?;
    let opened_by = scan.tags[open + 1];
    let inner_finite = (open + 1..close).any(|at| finite(scan, at));
    let relative =
        opened_by == Tag::Relative || opened_by == Tag::Subordinator || scan.tags.get(open + 2) == Some(&Tag::Relative);
    (relative || !inner_finite).then_some(open)
}

/// Who is to do what an infinitive says: the object of "urge", else the subject of the verb above; behind a noun ("its
/// decision to leave") its possessor.
fn controller(syntax: &Syntax, scan: &Scan<'_>, to: usize, depth: usize) -> Subject {
    let Some(at) = before(scan, to) else { return Subject::Absent };
    match scan.tags[at] {
        Tag::Verb(_) => english(syntax, scan, at, depth - 1),
        Tag::Conjunction | Tag::Comma => {
            let verb = (0..at).rev().take_while(|&t| scan.tags[t] != Tag::Stop).find(|&t| scan.tags[t].is_verb());
            verb.map_or(Subject::Absent, |verb| english(syntax, scan, verb, depth - 1))
        }
        _ => {
            let Some(index) = syntax.group_at(at) else { return clause_of(syntax, scan, to, depth - 1) };
            let group = &syntax.groups[index];
            let verb = (0..group.tokens.start)
                .rev()
                .take_while(|&t| !matches!(scan.tags[t], Tag::Stop))
                .find(|&t| scan.tags[t].is_verb());
            let object = verb.is_some_and(|verb| controls_object(scan, verb));
            if object {
                return syntax.denotes(index);
            }
            match verb {
                Some(verb) => english(syntax, scan, verb, depth - 1),
                None if group.preposition.is_none() => head_of_list(syntax, scan, index),
                None => Subject::Absent,
            }
        }
    }
}

/// Verbs whose object is to act: urge, ask, allow.
fn controls_object(scan: &Scan<'_>, verb: usize) -> bool {
    scan.begins_class(verb, "object-control")
}

/// "After meeting Blair, Bush …", "accusing Iran of …": the subject of the clause.
fn of_gerund(syntax: &Syntax, scan: &Scan<'_>, gerund: usize, depth: usize) -> Subject {
    clause_of(syntax, scan, gerund, depth - 1)
}
