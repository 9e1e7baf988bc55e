//! English: words are told apart by what stands beside them.

use super::{Group, Tag};
use crate::lexicon::Form;
use crate::mention::{Phrase, PhraseKind, is_recipient};
use crate::scan::Scan;
use chancery_model::{Field, Language};
use chancery_text::TokenKind;

/// Marks that end a clause.
const STOPS: [&str; 7] = [".", "!", "?", ";", ":", "...", "…"];

/// The tag of a token, those before it known.
pub(super) fn tag(scan: &Scan<'_>, tags: &[Tag], token: usize) -> Tag {
    let word = scan.word(token);
    match scan.sentence.tokens[token].kind {
        TokenKind::Punctuation => {
            return match word {
                "," => Tag::Comma,
                "'" if token > 0 && scan.word(token - 1).ends_with('s') && !scan.sentence.tokens[token].quoted => {
                    Tag::Possessive
                }
                "%" | "$" | "£" | "€" | "¥" => Tag::Number,
                _ if STOPS.contains(&word) => Tag::Stop,
                _ => Tag::Mark,
            };
        }
        TokenKind::Number if scan.is_temporal(token) => return Tag::Adverb,
        TokenKind::Number => return Tag::Number,
        TokenKind::Word => {}
    }
    if word == "'s" {
        return if matches!(tags.last(), Some(Tag::Pronoun)) { Tag::Auxiliary } else { Tag::Possessive };
    }
    if scan.in_name(token) {
        return Tag::Noun;
    }
    if scan.is_temporal(token) && !scan.begins_class(token, "preposition") {
        return Tag::Adverb;
    }
    if only_rounds(scan, tags, token) {
        return Tag::Adverb;
    }
    if word == "to" {
        return if infinitive_follows(scan, token) { Tag::Auxiliary } else { Tag::Preposition };
    }
    if word == "that" {
        return that(scan, tags, token);
    }
    let is = |class: &str| scan.begins_class(token, class);
    // "met her and the minister", "that May".
    if word == "her" && !plain_word(scan, token + 1) {
        return Tag::Pronoun;
    }
    if word == "may" && token > 0 && scan.is_capital(token) && !scan.all_caps && scan.sentence.field == Field::Text {
        return Tag::Adverb;
    }
    if is("relative") {
        return Tag::Relative;
    }
    if is("modal") || is("be") || is("have") || matches!(word, "do" | "does" | "did" | "n't" | "not") {
        return Tag::Auxiliary;
    }
    if is("pronoun") || is("first-person") || is("pronoun-object") && !is("determiner") {
        return Tag::Pronoun;
    }
    // "has long complained".
    if word == "long" && tags.last() == Some(&Tag::Auxiliary) {
        return Tag::Adverb;
    }
    // "16 more officials".
    if word == "more" && tags.last() == Some(&Tag::Number) && plain_word(scan, token + 1) {
        return Tag::Number;
    }
    if is("determiner") || word == "her" {
        return Tag::Determiner;
    }
    // "calls itself neutral but has never condemned": another verb of the same subject.
    let shares = word == "but"
        && token > 0
        && (scan.begins_class(token + 1, "have")
            || scan.begins_class(token + 1, "be")
            || scan.begins_class(token + 1, "modal"));
    if word == "if" || is("subordinator") && (word != "as" || is_as_of_clause(scan, token)) && !shares {
        return Tag::Subordinator;
    }
    if is("complementizer") {
        return Tag::Complementizer;
    }
    if word == "and" || word == "or" || word == "but" || word == "nor" {
        return Tag::Conjunction;
    }
    let verb = verb_form(scan, tags, token);
    // "had since scrapped".
    let parts = |word: &str| word == "since" && tags.last() == Some(&Tag::Auxiliary);
    if parts(word) && scan.verb_forms(token + 1).contains(&Form::Participle) {
        return Tag::Adverb;
    }
    if is("preposition") || word == "as" {
        return Tag::Preposition;
    }
    // "the first visit", "its then president".
    if is("adverb") && matches!(tags.last(), Some(Tag::Determiner | Tag::Possessive)) {
        return Tag::Noun;
    }
    if is("adverb") || word.ends_with("ly") && scan.verb_forms(token).is_empty() {
        return Tag::Adverb;
    }
    if scan.is_numeral(token) {
        return Tag::Number;
    }
    // "sources close to the delegation".
    if word == "close" && scan.word(token + 1) == "to" && tags.last() == Some(&Tag::Noun) {
        return Tag::Adverb;
    }
    verb.map_or(Tag::Noun, Tag::Verb)
}

/// "deported more than 1,000 workers", "freed at least ten", "up to 500": words that only say how exact a number is.
fn only_rounds(scan: &Scan<'_>, tags: &[Tag], token: usize) -> bool {
    let number =
        |at: usize| scan.is_numeral(at) || scan.sentence.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Number);
    let pair = |first: usize| match (scan.word(first), scan.word(first + 1)) {
        ("more" | "less" | "fewer" | "other", "than") | ("at", "least" | "most") | ("up", "to") => number(first + 2),
        _ => false,
    };
    let over = matches!(scan.word(token), "over" | "around" | "about") && matches!(tags.last(), Some(Tag::Verb(_)));
    pair(token) || token > 0 && pair(token - 1) || over && number(token + 1)
}

/// "that" behind a noun and before a verb is a relative pronoun, before a noun that ends the clause a determiner.
fn that(scan: &Scan<'_>, tags: &[Tag], token: usize) -> Tag {
    let next_verb = scan.verb_forms(token + 1).iter().any(|form| *form != Form::Gerund && *form != Form::Base)
        || scan.begins_class(token + 1, "modal")
        || scan.begins_class(token + 1, "be")
        || scan.begins_class(token + 1, "have");
    // "hoped that talks would": a noun of the same form before its own verb.
    let noun = scan.noun_at(token + 1)
        && (scan.begins_class(token + 2, "modal")
            || scan.begins_class(token + 2, "be")
            || scan.begins_class(token + 2, "have")
            || scan.begins_class(token + 2, "preposition"));
    let next_verb = next_verb && !noun;
    match tags.last() {
        Some(Tag::Noun) if next_verb => Tag::Relative,
        _ if next_verb => Tag::Pronoun,
        _ => Tag::Complementizer,
    }
}

/// "as Niger weighs", "as the US said": a name and its verb; "as president" is none.
fn is_as_of_clause(scan: &Scan<'_>, token: usize) -> bool {
    let possessed = scan.begins_class(token + 1, "determiner") || scan.begins_class(token + 1, "possessive-pronoun");
    let first = if possessed { token + 2 } else { token + 1 };
    // "as tensions with Mali grow", "as the two neighbours seek to end the row".
    if scan.begins_class(first, "situation") || first > token + 1 && matches!(scan.word(first), "two" | "three") {
        return true;
    }
    let end = (first..scan.sentence.tokens.len()).find(|&at| !scan.in_name(at)).unwrap_or(first);
    let finite = |form: &Form| matches!(form, Form::Present | Form::Past);
    let verb = scan.verb_forms(end).iter().any(finite) && !scan.begins_class(end, "body");
    end > first && (verb || ["modal", "be", "have"].iter().any(|class| scan.begins_class(end, class)))
}

fn infinitive_follows(scan: &Scan<'_>, to: usize) -> bool {
    // "to fully lift", but "to supply", "to fly".
    let adverb = scan.word(to + 1).ends_with("ly") && scan.verb_forms(to + 1).is_empty();
    let next = if scan.begins_class(to + 1, "adverb") || adverb { to + 2 } else { to + 1 };
    let base = scan.verb_forms(next).contains(&Form::Base)
        || matches!(scan.word(next), "be" | "have" | "do")
        || is_unknown_infinitive(scan, next);
    base && !scan.in_name(next) && !scan.begins_class(to + 1, "determiner")
}

/// "to avenge the killing": a word that no table knows, before a noun group that no preposition leads in.
fn is_unknown_infinitive(scan: &Scan<'_>, token: usize) -> bool {
    let plain = scan.sentence.tokens.get(token).is_some_and(|word| word.kind == TokenKind::Word);
    plain
        && !scan.is_known(token)
        && !scan.is_capital(token)
        && !scan.is_temporal(token)
        && !scan.is_numeral(token)
        && !scan.word(token).ends_with("ing")
        && (scan.begins_class(token + 1, "determiner") || scan.begins_class(token + 1, "pronoun-object"))
}

fn plain_word(scan: &Scan<'_>, token: usize) -> bool {
    let word = scan.sentence.tokens.get(token).is_some_and(|word| word.kind == TokenKind::Word);
    word && scan.word(token) != "that"
        && !scan.begins_class(token, "preposition")
        && !scan.begins_class(token, "conjunction")
        && scan.word(token) != "to"
}

/// Whether a token can begin a noun group.
fn begins_group(scan: &Scan<'_>, token: usize) -> bool {
    let word = scan.word(token);
    scan.begins_class(token, "determiner")
        || scan.begins_class(token, "pronoun")
        || scan.begins_class(token, "pronoun-object")
        || scan.in_name(token)
        || word.starts_with(|c: char| c.is_numeric())
        || scan.is_capital(token) && !scan.all_caps
}

/// The verb form that a token has here, if it is a verb.
fn verb_form(scan: &Scan<'_>, tags: &[Tag], token: usize) -> Option<Form> {
    let forms = scan.verb_forms(token);
    let word = scan.word(token);
    if forms.is_empty() {
        let infinitive = token > 0
            && scan.word(token - 1) == "to"
            && tags.last() == Some(&Tag::Auxiliary)
            && is_unknown_infinitive(scan, token);
        return if infinitive { Some(Form::Base) } else { unknown_participle(tags, word) };
    }
    let has = |form: Form| forms.contains(&form);
    // "blocked Chad's Nato bid".
    if word == "bid" && !matches!(scan.word(token + 1), "to" | "for") {
        return None;
    }
    // "related issues", "Russian forces to use".
    let describes = scan.begins_class(token, "participial-adjective")
        && !begins_group(scan, token + 1)
        && !matches!(super::previous(tags), Some(Tag::Auxiliary | Tag::Noun | Tag::Pronoun | Tag::Relative));
    let body = token > 0 && scan.is_demonym(token - 1) && scan.noun_at(token) && !has(Form::Past);
    // "anti-dumping duties".
    let hyphen = token > 1 && scan.word(token - 1) == "-" && scan.adjacent(token - 1);
    // "a Portuguese-flagged ship".
    let compound = hyphen && (has(Form::Gerund) || scan.begins_class(token, "compound-participle"));
    if describes && plain_word(scan, token + 1) || body && scan.begins_class(token, "body") || compound {
        return None;
    }
    let previous = super::previous(tags);
    let past = [Form::Past, Form::Participle].into_iter().find(|form| has(*form));
    let any = || past.or_else(|| [Form::Present, Form::Base, Form::Gerund].into_iter().find(|form| has(*form)));
    match previous {
        Some(Tag::Auxiliary) => after_auxiliary(scan, tags, token, forms),
        // "the two met".
        Some(Tag::Number)
            if past.is_some()
                && matches!(tags, [.., Tag::Determiner, Tag::Number])
                && !scan.noun_at(token)
                && (scan.begins_class(token + 1, "preposition") || scan.begins_class(token + 1, "determiner")) =>
        {
            past
        }
        // "Thousands marched on the embassy".
        Some(Tag::Number) if past.is_some() && scan.begins_class(token - 1, "multitude") => past,
        // "its arming of rebels", but "a sitting American president".
        Some(Tag::Determiner | Tag::Possessive | Tag::Number) => {
            let modifies = scan.in_name(token + 1) || scan.starts_name(token + 1);
            (has(Form::Gerund) && begins_group(scan, token + 1) && !modifies).then_some(Form::Gerund)
        }
        Some(Tag::Preposition) => has(Form::Gerund).then_some(Form::Gerund),
        Some(Tag::Pronoun | Tag::Relative) => any(),
        Some(Tag::Noun) => behind_noun(scan, tags, token, forms),
        // "helped broker"; "denied bombing the base", but "held meetings".
        Some(Tag::Verb(_)) => {
            let object = scan.begins_class(token + 1, "determiner") || scan.in_name(token + 1);
            if has(Form::Gerund) && (!scan.noun_at(token) || object) {
                Some(Form::Gerund)
            } else {
                (has(Form::Base) && scan.begins_class(token - 1, "aids")).then_some(Form::Base)
            }
        }
        Some(Tag::Conjunction) => behind_conjunction(scan, tags, token, forms),
        _ => {
            if has(Form::Gerund) {
                return (!scan.noun_at(token) || begins_group(scan, token + 1)).then_some(Form::Gerund);
            }
            past.filter(|_| previous == Some(Tag::Comma)).or_else(|| {
                let finite = has(Form::Present) && begins_group(scan, token + 1) && previous == Some(Tag::Comma);
                finite.then_some(Form::Present)
            })
        }
    }
}

/// "-ed" of a verb that no table knows.
fn unknown_participle(tags: &[Tag], word: &str) -> Option<Form> {
    let participle = word.ends_with("ed") && word.len() > 4;
    match tags.last() {
        Some(Tag::Noun | Tag::Pronoun | Tag::Relative) if participle => Some(Form::Past),
        Some(Tag::Auxiliary) if participle => Some(Form::Participle),
        _ => None,
    }
}

fn after_auxiliary(scan: &Scan<'_>, tags: &[Tag], token: usize, forms: &[Form]) -> Option<Form> {
    let has = |form: Form| forms.contains(&form);
    let auxiliary =
        (0..token).rev().find(|&at| tags[at] == Tag::Auxiliary && !matches!(scan.word(at), "not" | "n't"))?;
    let modal = scan.begins_class(auxiliary, "modal") || matches!(scan.word(auxiliary), "to" | "do" | "does" | "did");
    if modal {
        return has(Form::Base).then_some(Form::Base);
    }
    if has(Form::Participle) {
        return Some(Form::Participle);
    }
    if has(Form::Gerund) {
        return Some(Form::Gerund);
    }
    has(Form::Past).then_some(Form::Past)
}

/// Behind a noun: a past form is a verb; "visits" is one before an object; a base form only behind a plural.
fn behind_noun(scan: &Scan<'_>, tags: &[Tag], token: usize, forms: &[Form]) -> Option<Form> {
    let has = |form: Form| forms.contains(&form);
    if has(Form::Past) || has(Form::Participle) {
        // "forces based in Chad".
        let placed = matches!(scan.word(token), "based" | "stationed" | "headquartered" | "located")
            && matches!(scan.word(token + 1), "in" | "at" | "near" | "on");
        // "responded by expelling two envoys": how, not by whom.
        let how = scan.verb_forms(token + 2).contains(&Form::Gerund) && scan.word(token + 2) != "visiting";
        let passive = scan.word(token + 1) == "by" && !how || !has(Form::Past) || placed;
        return Some(if passive { Form::Participle } else { Form::Past });
    }
    let object = begins_group(scan, token + 1)
        || scan.word(token + 1) == "to" && infinitive_follows(scan, token + 1)
        || matches!(scan.word(token + 1), "that" | "its" | "his" | "their");
    let no_verb_yet = !tags
        .iter()
        .rev()
        .take_while(|tag| !matches!(tag, Tag::Stop | Tag::Relative | Tag::Subordinator))
        .any(|t| t.is_verb());
    let headline = scan.sentence.field == Field::Title && no_verb_yet;
    let plain = |at: usize| {
        scan.sentence.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word) && !scan.begins_class(at, "preposition")
    };
    if has(Form::Present) {
        // "Chad cuts ties": a headline has its verb behind the first name.
        if headline && scan.in_name(token - 1) && plain(token + 1) {
            return Some(Form::Present);
        }
        let pure = !scan.noun_at(token);
        // "the president, whom Moscow supports".
        let name = (0..token).rev().find(|&at| !scan.in_name(at)).filter(|_| scan.in_name(token - 1));
        if name.is_some_and(|at| matches!(scan.word(at), "whom" | "which")) && !plain(token + 1) {
            return Some(Form::Present);
        }
        return (object || pure && no_verb_yet && scan.word(token + 1) != "of").then_some(Form::Present);
    }
    // "insisted that Chad withdraw".
    let name = |at: &usize| scan.in_name(*at) || matches!(tags[*at], Tag::Determiner | Tag::Conjunction);
    let that = (0..token).rev().find(|at| !name(at)).filter(|_| scan.in_name(token - 1));
    let that = that.filter(|&at| matches!(tags[at], Tag::Complementizer | Tag::Relative));
    // "a proposal that Chad and Niger support".
    let ends = || !plain(token + 1) && that.is_some_and(|at| tags[at..].contains(&Tag::Conjunction));
    let subjunctive = that.is_some() && (!scan.noun_at(token) || ends());
    if has(Form::Base) && (helped(scan, tags, token) || subjunctive) {
        return Some(Form::Base);
    }
    if has(Form::Base) {
        let clause =
            (0..token).rev().take_while(|&at| !matches!(tags[at], Tag::Stop | Tag::Comma | Tag::Complementizer));
        let plural = tags.contains(&Tag::Conjunction)
            || clause.into_iter().any(|at| {
                // "UN experts say".
                let common = !scan.in_name(at) || !scan.is_capital(at);
                tags[at] == Tag::Noun && scan.word(at).ends_with('s') && common
            });
        let object = object || scan.begins_class(token + 1, "preposition") && scan.word(token + 1) != "of";
        let listed = headline && tags.contains(&Tag::Comma) && plain(token + 1);
        // "Chad and Niger trade blame".
        let bare = headline && tags.contains(&Tag::Conjunction) && !scan.noun_at(token) && plain(token + 1);
        let trade = bare || headline && scan.begins_class(token, "trades") && scan.begins_class(token + 1, "traded");
        return (object && plural && no_verb_yet || listed || trade).then_some(Form::Base);
    }
    (has(Form::Gerund) && (begins_group(scan, token + 1) || !scan.noun_at(token))).then_some(Form::Gerund)
}

/// "to help the United States clean up": a base form behind the object of "help" or "let".
fn helped(scan: &Scan<'_>, tags: &[Tag], token: usize) -> bool {
    let nominal = |at: &usize| matches!(tags[*at], Tag::Noun | Tag::Determiner | Tag::Pronoun | Tag::Possessive);
    let verb = (0..token).rev().find(|at| !nominal(at));
    // "made a surprise visit".
    let made = |verb: usize| {
        scan.noun_at(token) && scan.word(verb).starts_with("ma") && matches!(scan.word(verb + 1), "a" | "an")
    };
    verb.is_some_and(|at| tags[at].is_verb() && token - at <= 6 && scan.begins_class(at, "helps") && !made(at))
}

/// "visited Cairo and signed": the same form as a verb before.
fn behind_conjunction(scan: &Scan<'_>, tags: &[Tag], token: usize, forms: &[Form]) -> Option<Form> {
    let earlier: Vec<Form> =
        tags.iter().filter_map(|tag| if let Tag::Verb(form) = tag { Some(*form) } else { None }).collect();
    let shared = |form: &&Form| earlier.contains(form) || matches!(form, Form::Past) && !earlier.is_empty();
    let form = forms.iter().find(shared)?;
    // "will restore relations and return ambassadors".
    let envoys = scan.begins_class(token + 1, "ambassador") || scan.begins_class(token + 1, "diplomat");
    let object = begins_group(scan, token + 1) || envoys;
    let noun_like = scan.noun_at(token) && matches!(form, Form::Base | Form::Present) && !object;
    (!noun_like).then_some(*form)
}

/// Of two finite verbs in one clause the first is a participle: "the accord signed last week expires".
pub(super) fn settle(scan: &Scan<'_>, tags: &mut [Tag]) {
    for token in 1..tags.len() {
        let ambiguous = tags[token] == Tag::Verb(Form::Past) && scan.verb_forms(token).contains(&Form::Participle);
        let says = scan.reporting.iter().any(|hit| hit.tokens.start == token);
        let reduced = is_reduced(scan, tags, token) || is_second(scan, tags, token);
        if ambiguous && !says && tags[token - 1] == Tag::Noun && reduced {
            tags[token] = Tag::Verb(Form::Participle);
        }
    }
}

/// Whether nothing that could join two clauses stands between a verb and the next finite one, and no object behind the first.
fn is_reduced(scan: &Scan<'_>, tags: &[Tag], verb: usize) -> bool {
    if !matches!(tags.get(verb + 1), Some(Tag::Preposition | Tag::Adverb)) {
        return false;
    }
    let plain = |tag: &&Tag| {
        matches!(tag, Tag::Preposition | Tag::Adverb | Tag::Noun | Tag::Determiner | Tag::Possessive | Tag::Number)
    };
    // "called in the envoy after reports emerged": a clause of its own.
    let clause = |at: usize| matches!(scan.word(at), "after" | "before" | "since" | "once");
    let next = (verb + 1..tags.len()).find(|&at| !plain(&&tags[at]) || clause(at)).filter(|&at| !clause(at));
    let next = next.map(|at| &tags[at]);
    matches!(next, Some(Tag::Verb(Form::Past | Form::Present)))
        || matches!(next, Some(Tag::Auxiliary)) && !to_infinitive(tags, verb)
}

/// "has kicked out two diplomats accused of spying": a second verb without an object in a clause that has one already.
fn is_second(scan: &Scan<'_>, tags: &[Tag], verb: usize) -> bool {
    if !matches!(tags.get(verb + 1), Some(Tag::Preposition)) {
        return false;
    }
    let inside = |at: &usize| {
        !matches!(
            tags[*at],
            Tag::Stop
                | Tag::Comma
                | Tag::Conjunction
                | Tag::Relative
                | Tag::Complementizer
                | Tag::Subordinator
                | Tag::Mark
        )
    };
    let above = |end: usize| (0..end).rev().take_while(inside).find(|&at| tags[at].is_verb());
    // "could lift sanctions imposed on Chad", "agreed to lift sanctions imposed on Chad", but not "the plan to sell arms collapsed in May".
    let infinitive = |at: usize| at > 0 && tags[at] == Tag::Verb(Form::Base) && tags[at - 1] == Tag::Auxiliary;
    let earlier = above(verb).map(|at| if infinitive(at) && scan.word(at - 1) == "to" { above(at) } else { Some(at) });
    let earlier = earlier.flatten();
    let says = |at: usize| scan.reporting.iter().any(|hit| hit.tokens.start == at);
    // "…, referring to an agreement struck between Chad and Niger".
    let adjunct = |at: usize| tags[at] == Tag::Verb(Form::Gerund) && at > 0 && tags[at - 1] == Tag::Comma;
    let verb = |at: usize| matches!(tags[at], Tag::Verb(Form::Past | Form::Present | Form::Participle)) || adjunct(at);
    let modal = |at: usize| infinitive(at) && scan.begins_class(at - 1, "modal");
    earlier.is_some_and(|at| (verb(at) || modal(at)) && !says(at))
}

fn to_infinitive(tags: &[Tag], verb: usize) -> bool {
    let at = (verb + 1..tags.len()).find(|&at| tags[at] == Tag::Auxiliary);
    at.is_some_and(|at| matches!(tags.get(at + 1), Some(Tag::Verb(Form::Base))))
}

/// Runs of nouns with what belongs to them. The head is the last word before a preposition, a verb or a mark.
pub(super) fn groups(scan: &Scan<'_>, phrases: &[Phrase]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut token = 0;
    while token < scan.tags.len() {
        let phrase = phrases.iter().position(|p| p.tokens.contains(&token));
        let pronoun = scan.tags[token] == Tag::Pronoun;
        if !scan.tags[token].is_nominal() && phrase.is_none() && !pronoun {
            token += 1;
            continue;
        }
        let mut end = token + 1;
        if !pronoun {
            end = phrase.map_or(end, |at| phrases[at].tokens.end);
            let recipient = phrase.is_some_and(|at| is_recipient(scan, &phrases[at]));
            while end < scan.tags.len() && !recipient && continues(scan, token, end) {
                end = phrases.iter().find(|p| p.tokens.contains(&end)).map_or(end + 1, |p| p.tokens.end.max(end + 1));
            }
        }
        let preposition = token.checked_sub(1).filter(|&at| scan.tags[at] == Tag::Preposition);
        let coordinated =
            coordinated(scan, groups.last(), token) && !(token > 0 && joins_clauses(scan, token - 1, end));
        let head = phrases
            .iter()
            .position(|p| token <= p.tokens.start && p.tokens.end == end && p.kind != PhraseKind::Adjective);
        groups.push(Group { tokens: token..end, preposition, phrase: head, coordinated });
        token = end;
    }
    inherit(scan, &mut groups);
    groups
}

/// Whether the group that began at `start` goes on at `token`: a determiner begins a new one, and so does a name behind
/// a name that is no possessor of it.
fn continues(scan: &Scan<'_>, start: usize, token: usize) -> bool {
    let hyphen = matches!(scan.word(token), "-" | "–")
        && token > start
        && scan.tags.get(token + 1) == Some(&Tag::Noun)
        && scan.adjacent(token - 1)
        && scan.adjacent(token);
    let clause = scan
        .tags
        .get(token + 1)
        .is_some_and(|tag| matches!(tag, Tag::Verb(Form::Past | Form::Present) | Tag::Auxiliary));
    // "Under the deal Israel is to free": the clause begins with the name.
    let opens = start > 0
        && scan.tags[start - 1] == Tag::Preposition
        && (start < 3 || matches!(scan.tags[start - 2], Tag::Comma | Tag::Conjunction))
        && scan.starts_name(token)
        && !scan.in_name(token - 1)
        && scan.tags[token - 1] == Tag::Noun
        && !scan.is_capital(token - 1)
        && clause;
    // "a request Mr Katz turned down": a name behind the noun for an act begins the clause.
    let act = scan.tags[token - 1] == Tag::Noun
        && !scan.is_capital(token - 1)
        && scan.classes_at(token - 1).iter().any(|hit| hit.class.starts_with("told-"))
        && (scan.begins_class(token, "honorific") || scan.starts_name(token) && scan.in_name(token))
        && scan.is_capital(token)
        && (token + 1..token + 5).any(|at| scan.finite_verb_at(at));
    if opens || act {
        return false;
    }
    // "the proposed European Community (EC) tax".
    let bracket = |at: usize, mark: &str| scan.word(at) == mark;
    let initials = bracket(token, "(") && bracket(token + 2, ")") && scan.tags.get(token + 3) == Some(&Tag::Noun)
        || bracket(token, ")") && bracket(token.wrapping_sub(2), "(") && scan.tags.get(token + 1) == Some(&Tag::Noun);
    hyphen
        || initials
        || scan.tags[token] == Tag::Number && scan.tags[token - 1] != Tag::Noun
        || matches!(scan.tags[token], Tag::Noun | Tag::Possessive)
        || scan.tags[token] == Tag::Determiner && matches!(scan.tags[token - 1], Tag::Possessive | Tag::Determiner)
}

fn coordinated(scan: &Scan<'_>, last: Option<&Group>, start: usize) -> bool {
    let Some(last) = last else { return false };
    let between = &scan.tags[last.tokens.end..start];
    matches!(between, [Tag::Comma | Tag::Conjunction] | [Tag::Comma, Tag::Conjunction])
}

/// "recalled its envoy and Bolivia severed ties": behind "and" stands the subject of a clause of its own. "a deal between Chad and Niger signed in
/// May" is a list, and so is what a verb of saying tells.
pub(crate) fn joins_clauses(scan: &Scan<'_>, and: usize, verb: usize) -> bool {
    let reports = |at: usize| scan.reporting.iter().any(|hit| hit.tokens.start == at);
    let verb = behind_apposition(scan, verb);
    // ", and its foreign minister, Mr Wang, flew to Chad".
    let apart = and > 0 && scan.tags.get(and - 1) == Some(&Tag::Comma);
    let complete = match scan.tags.get(verb) {
        Some(Tag::Auxiliary) => scan.word(verb) != "to",
        Some(Tag::Verb(Form::Past | Form::Present)) => {
            let object = matches!(
                scan.tags.get(verb + 1),
                Some(Tag::Determiner | Tag::Noun | Tag::Number | Tag::Pronoun | Tag::Complementizer)
            );
            object || apart || reports(verb) || scan.begins_class(verb, "follows")
        }
        _ => false,
    };
    if !complete || scan.language != Language::English || scan.tags.get(and) != Some(&Tag::Conjunction) {
        return false;
    }
    let inside = |at: &usize| {
        !matches!(
            scan.tags[*at],
            Tag::Stop | Tag::Comma | Tag::Complementizer | Tag::Relative | Tag::Subordinator | Tag::Conjunction
        ) && scan.word(*at) != "between"
    };
    // "thanked Chad, and its president, Mr Deby, said".
    let from = if and > 0 && scan.tags[and - 1] == Tag::Comma { and - 1 } else { and };
    let above = (0..from).rev().take_while(inside).find(|&at| scan.tags[at].is_verb());
    above.is_some_and(|at| {
        let told = reports(at) && !scan.begins_class(at + 1, "possessive-pronoun");
        let verb = matches!(scan.tags[at], Tag::Verb(Form::Past | Form::Present | Form::Participle))
            || apart && scan.tags[at] == Tag::Verb(Form::Base);
        verb && at + 1 < and && !told
    })
}

/// The token behind a name between commas that begins at `comma`: "its president, Mr Deby, said"; `comma` itself where none stands there.
fn behind_apposition(scan: &Scan<'_>, comma: usize) -> usize {
    const LONGEST: usize = 8;
    if scan.tags.get(comma) != Some(&Tag::Comma) {
        return comma;
    }
    let end = scan.tags.len().min(comma + LONGEST);
    let close = (comma + 1..end).find(|&at| scan.tags[at] != Tag::Noun);
    close.filter(|&at| scan.tags[at] == Tag::Comma).map_or(comma, |at| at + 1)
}

/// "with Egypt and Jordan": the preposition is of both. Behind a comma it may be of a list, or the next clause.
fn inherit(scan: &Scan<'_>, groups: &mut [Group]) {
    for at in 1..groups.len() {
        let by_and = groups[at].tokens.start > 0 && scan.tags[groups[at].tokens.start - 1] == Tag::Conjunction;
        if groups[at].coordinated && by_and && groups[at].preposition.is_none() {
            groups[at].preposition = groups[at - 1].preposition;
        }
    }
}
