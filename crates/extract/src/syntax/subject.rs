//! Who does what a verb says: the noun group before it or, in Arabic, behind it; past asides, relative clauses and other
//! verbs of the same subject.

use super::{Subject, Syntax, Tag, before};
use crate::lexicon::Form;
use crate::mention::{Anaphor, Phrase, PhraseKind};
use crate::scan::{Scan, TriggerHit};
use chancery_model::{Field, Language};

/// How many verbs a subject is looked for through.
const DEPTH: usize = 6;

pub(super) fn of_verb(syntax: &Syntax, scan: &Scan<'_>, phrases: &[Phrase], verb: usize) -> Subject {
    if scan.language == Language::Arabic {
        return super::arabic::subject(syntax, scan, phrases, verb);
    }
    let clause = Clause { syntax, scan, phrases };
    clause.denotes(clause.english(verb, DEPTH))
}

/// The subject of the clause that a noun or a participle stands in.
pub(super) fn around(syntax: &Syntax, scan: &Scan<'_>, phrases: &[Phrase], noun: usize) -> Subject {
    if scan.language == Language::Arabic {
        return super::arabic::around(syntax, scan, phrases, noun);
    }
    let clause = Clause { syntax, scan, phrases };
    clause.denotes(clause.around(noun, DEPTH))
}

/// The noun group that is the subject of an English verb, whether or not it denotes somebody.
pub(super) fn group_of_verb(syntax: &Syntax, scan: &Scan<'_>, phrases: &[Phrase], verb: usize) -> Option<usize> {
    match (Clause { syntax, scan, phrases }).english(verb, DEPTH) {
        Found::Group(group) => Some(group),
        _ => None,
    }
}

/// What stands as a subject.
#[derive(Clone, Copy)]
enum Found {
    Group(usize),
    /// The owner inside a group: "Chad's decision to leave".
    Owner(usize),
    Nothing,
}

/// The sentence that English subjects are sought in.
#[derive(Clone, Copy)]
struct Clause<'a> {
    syntax: &'a Syntax,
    scan: &'a Scan<'a>,
    phrases: &'a [Phrase],
}

impl Clause<'_> {
    fn denotes(self, found: Found) -> Subject {
        match found {
            Found::Group(group) => match self.syntax.denotes(group) {
                Subject::Unknown => self.members(group).unwrap_or(Subject::Unknown),
                Subject::Phrase(at) if self.phrases[at].ids.is_empty() || self.is_from_somewhere(at) => {
                    self.members(group).unwrap_or(Subject::Phrase(at))
                }
                known => known,
            },
            Found::Owner(phrase) => Subject::Phrase(phrase),
            Found::Nothing => Subject::Absent,
        }
    }

    /// "Officials from Chad and Niger": no officials told of before.
    fn is_from_somewhere(self, phrase: usize) -> bool {
        let official = &self.phrases[phrase];
        official.kind == PhraseKind::Anaphor(Anaphor::Office) && self.scan.word(official.tokens.end) == "from"
    }

    /// From the clause's verb; in front of one, "After talks with Blair, Bush said": the first group behind the comma.
    fn around(self, token: usize, depth: usize) -> Found {
        let scan = self.scan;
        if let Some(verb) = self.clause_verb(token) {
            return self.english(verb, depth);
        }
        // "are close to signing".
        let auxiliary =
            (0..token).rev().take_while(|&at| !matches!(scan.tags[at], Tag::Stop | Tag::Comma)).find(|&at| {
                scan.tags[at] == Tag::Auxiliary && (scan.begins_class(at, "be") || scan.begins_class(at, "have"))
            });
        if let Some(at) = auxiliary {
            return self.leftward(group_start(scan, at), depth - 1);
        }
        let mut behind = (token..scan.tags.len()).take_while(|&at| scan.tags[at] != Tag::Stop);
        let comma = (token..scan.tags.len())
            .take_while(|&at| scan.tags[at] != Tag::Stop)
            .find(|&at| scan.tags[at] == Tag::Comma);
        let verb = behind.find(|&at| {
            matches!(scan.tags[at], Tag::Verb(Form::Past | Form::Present)) || scan.tags[at] == Tag::Auxiliary
        });
        match (comma, verb) {
            (Some(comma), Some(verb)) if comma < verb => self.leftward(group_start(scan, verb), depth - 1),
            _ => Found::Nothing,
        }
    }

    /// The verb before a token, participles that only describe a noun apart: "fire at ships linked to Chad out of solidarity".
    fn clause_verb(self, token: usize) -> Option<usize> {
        let scan = self.scan;
        let reduced = |at: usize| {
            scan.tags[at] == Tag::Verb(Form::Participle)
                && at > 0
                && matches!(scan.tags[at - 1], Tag::Noun)
                && scan.tags[group_start(scan, at)] != Tag::Auxiliary
        };
        let within = (0..token).rev().take_while(|&at| !matches!(scan.tags[at], Tag::Stop));
        within.filter(|&at| scan.tags[at].is_verb()).find(|&at| !reduced(at))
    }

    fn verb_before(self, token: usize) -> Option<usize> {
        let scan = self.scan;
        (0..token).rev().take_while(|&at| scan.tags[at] != Tag::Stop).find(|&at| scan.tags[at].is_verb())
    }

    fn finite_before(self, token: usize) -> Option<usize> {
        let scan = self.scan;
        (0..token).rev().take_while(|&at| scan.tags[at] != Tag::Stop).find(|&at| finite(scan, at))
    }

    fn english(self, verb: usize, depth: usize) -> Found {
        if depth == 0 {
            return Found::Nothing;
        }
        let scan = self.scan;
        let mut start = group_start(scan, verb);
        if scan.tags[start] == Tag::Auxiliary && scan.word(start) == "to" {
            // "is to travel", "has to leave": one verb group.
            match start.checked_sub(1) {
                Some(at) if scan.tags[at] == Tag::Auxiliary => start = group_start(scan, at),
                _ => return self.controller(start, depth),
            }
        }
        // "helped broker".
        if verb > 0 && scan.tags[verb] == Tag::Verb(Form::Base) && scan.begins_class(verb - 1, "aids") {
            return self.english(verb - 1, depth - 1);
        }
        let finite = scan.tags[start] == Tag::Auxiliary
            || matches!(scan.tags[verb], Tag::Verb(Form::Past | Form::Present | Form::Base));
        // "denied having sold": the subject of the verb above.
        if scan.word(start) == "having" && start > 0 && scan.tags[start - 1].is_verb() {
            return self.english(start - 1, depth - 1);
        }
        if !finite && matches!(scan.tags[verb], Tag::Verb(Form::Gerund)) {
            // "accused Iran of arming", "quoted the minister as saying"; else, as in "After meeting Blair, Bush …", the subject of
            // the clause.
            let described = || self.described_by_gerund(start).or_else(|| self.absolute(start));
            return self
                .object_of_gerund(start)
                .or_else(described)
                .map(Found::Group)
                .or_else(|| self.doer_before(start).filter(|_| depth == DEPTH))
                .or_else(|| self.is_punished_for(start).then_some(Found::Nothing))
                .unwrap_or_else(|| self.around(start, depth - 1));
        }
        self.leftward(start, depth)
    }

    /// "arming the rebels fighting against Chad": whom a verb has as object, and who fights.
    fn described_by_gerund(self, gerund: usize) -> Option<usize> {
        let (syntax, scan) = (self.syntax, self.scan);
        let fights = |hit: &TriggerHit<'_>| hit.trigger.frame.event_type.name() == "attack";
        let group = syntax.group_at(gerund.checked_sub(1)?)?;
        let of = &syntax.groups[group];
        let object = of.tokens.end == gerund && of.preposition.is_none() && of.phrase.is_some();
        let verb = of.tokens.start.checked_sub(1).filter(|&at| scan.tags[at].is_verb());
        (object && verb.is_some() && scan.triggers_at(gerund).iter().any(fights)).then_some(group)
    }

    /// "condemned militants attacking Chad", "opposes any state imposing sanctions", "is against anyone visiting Chad": those right before the
    /// gerund do it; "arrested men accused of attacking Chad".
    fn doer_before(self, gerund: usize) -> Option<Found> {
        let scan = self.scan;
        let before = gerund.checked_sub(1)?;
        let acts = |at: usize| ["armed-agent", "doer"].into_iter().any(|class| scan.begins_class(at, class));
        let accused = |at: usize| {
            scan.word(before) == "of" && matches!(scan.word(at), "accused" | "suspected" | "convicted" | "guilty")
        };
        let doer = match before.checked_sub(1).filter(|&at| accused(at)) {
            Some(accused) => accused.checked_sub(1)?,
            None => before,
        };
        let group = self.syntax.group_at(doer);
        // "wrote to the government demanding an apology": the subject does.
        let preposition = group.and_then(|at| self.syntax.groups[at].preposition);
        let addressed = preposition.is_some_and(|at| matches!(scan.word(at), "to" | "with"));
        (acts(doer) && !addressed).then(|| group.map_or(Found::Nothing, Found::Group))
    }

    /// "imposed sanctions on two firms for helping Chad": whoever is punished for it has done it, not who punishes.
    fn is_punished_for(self, gerund: usize) -> bool {
        let scan = self.scan;
        let behind_for = before(scan, gerund).is_some_and(|at| scan.word(at) == "for");
        let punishes = |hit: &TriggerHit<'_>| hit.trigger.frame.event_type.name() == "impose-sanctions";
        let clause = (0..gerund).rev().take_while(|&at| scan.tags[at] != Tag::Stop);
        behind_for && clause.into_iter().any(|at| scan.triggers_at(at).iter().any(punishes))
    }

    /// "…, with Chad expelling the envoy and Niger recalling its own": whom "with" brings in behind a comma does it.
    fn absolute(self, gerund: usize) -> Option<usize> {
        const NEAR: usize = 16;
        let (syntax, scan) = (self.syntax, self.scan);
        let group = syntax.group_at(gerund.checked_sub(1)?)?;
        let of = &syntax.groups[group];
        if of.tokens.end != gerund || of.phrase.is_none() {
            return None;
        }
        let with = |at: usize| scan.word(at) == "with" && at > 0 && scan.tags[at - 1] == Tag::Comma;
        let before = of.tokens.start.checked_sub(1)?;
        let goes_on = || {
            let inside = |at: &usize| !matches!(scan.tags[*at], Tag::Stop | Tag::Verb(Form::Past | Form::Present));
            let clause = (0..before).rev().take(NEAR).take_while(inside);
            scan.tags[before] == Tag::Conjunction && clause.into_iter().any(with)
        };
        (with(before) || goes_on()).then_some(group)
    }

    /// Whom somebody accuses of an act, thanks for one, keeps from one.
    fn object_of_gerund(self, gerund: usize) -> Option<usize> {
        let (syntax, scan) = (self.syntax, self.scan);
        let preposition =
            gerund.checked_sub(1).filter(|&at| matches!(scan.word(at), "of" | "for" | "from" | "as" | "into"))?;
        let group = syntax.group_at(
            preposition.checked_sub(1).filter(|&at| scan.tags[at] != Tag::Comma).or(preposition.checked_sub(2))?,
        )?;
        let start = syntax.groups[group].tokens.start;
        // "quoted Maria Zakharova, the Russian spokeswoman, as accusing".
        let start = match start.checked_sub(2) {
            Some(at) if scan.tags[at + 1] == Tag::Comma && scan.word(preposition) == "as" => {
                syntax.group_at(at).map_or(start, |apposed| syntax.groups[apposed].tokens.start)
            }
            _ => start,
        };
        let verb = start.checked_sub(1).filter(|&at| scan.tags[at].is_verb())?;
        let judged = scan.triggers_at(verb).iter().any(|hit| {
            matches!(
                hit.trigger.frame.event_type.name(),
                "accuse" | "condemn" | "express-support" | "courtesy" | "coerce"
            )
        });
        let quotes = || scan.word(preposition) == "as" && scan.reporting.iter().any(|hit| hit.tokens.start == verb);
        let kept = scan.word(preposition) == "from" || scan.word(preposition) == "into";
        (judged || kept || quotes()).then_some(group)
    }

    /// From the word before a finite verb leftward to its subject.
    fn leftward(self, start: usize, depth: usize) -> Found {
        let (syntax, scan) = (self.syntax, self.scan);
        let shared = |at: usize| self.finite_before(at).map_or(Found::Nothing, |verb| self.english(verb, depth - 1));
        let (mut end, mut verbs) = (start, 0);
        while let Some(at) = before(scan, end) {
            match scan.tags[at] {
                Tag::Stop | Tag::Subordinator | Tag::Complementizer => return Found::Nothing,
                // "Spain, Italy and the minister of X, who": the nearest group, through its prepositions.
                Tag::Relative => {
                    // "the Union and the United States, which have": all of the list.
                    let plural = matches!(scan.word(at + 1), "have" | "are" | "were" | "do");
                    let whole = |group: usize| if plural { self.head_of_list(group) } else { group };
                    return self.antecedent(at).map_or(Found::Nothing, |group| Found::Group(whole(group)));
                }
                Tag::Conjunction => return self.joined(at, start, depth),
                Tag::Comma => match aside(scan, at) {
                    Some(comma) => end = comma,
                    None => return shared(at),
                },
                Tag::Verb(Form::Participle | Form::Gerund) => {
                    end = at;
                    verbs += 1;
                }
                Tag::Verb(_) => return Found::Nothing,
                // "the Export Credits Guarantee Department (ECGD) is".
                Tag::Mark if scan.word(at) == ")" => end = opening(scan, at).unwrap_or(at),
                _ => match syntax.group_at(at) {
                    Some(index) => {
                        let start = syntax.groups[index].tokens.start;
                        match start.checked_sub(1).map(|at| scan.tags[at]) {
                            // "after Honiara signed": a clause of its own.
                            Some(Tag::Preposition) if opens_clause(scan, start - 1) && verbs == 0 => {
                                return Found::Group(self.head_of_list(index));
                            }
                            Some(Tag::Preposition) => end = start - 1,
                            // "negotiators from Chad and Niger signed": a list behind a preposition.
                            Some(Tag::Conjunction) if verbs == 0 && self.finite_before(start).is_none() => {
                                match self.list_behind_preposition(index) {
                                    Some(preposition) => end = preposition,
                                    None => return Found::Group(self.head_of_list(index)),
                                }
                            }
                            Some(Tag::Verb(Form::Gerund | Form::Participle)) if !opens_content(scan, start - 1) => {
                                end = start - 1;
                            }
                            // "its decision to expel three Chadians was taken".
                            Some(Tag::Verb(Form::Base)) if is_infinitive_of_noun(scan, start - 1) => end = start - 2,
                            _ => return Found::Group(self.head_of_list(index)),
                        }
                    }
                    None => end = at,
                },
            }
        }
        Found::Nothing
    }

    /// The subject of a verb that "and" joins to the clause before it. Behind words said, and behind a relative clause, the main clause
    /// goes on: "said that the Gulf did not need it, and warned Chad", "accused Niger of arming those whom it calls rebels, and demanded".
    fn joined(self, and: usize, verb: usize, depth: usize) -> Found {
        let Some(above) = self.finite_before(and) else { return Found::Nothing };
        let outer = (self.scan.tags[verb] == Tag::Verb(Form::Past)).then(|| self.above_content(and, above)).flatten();
        self.english(outer.unwrap_or(above), depth - 1)
    }

    /// The verb of the main clause, where `above`, the last finite verb before "and", stands in words said or in a relative clause.
    fn above_content(self, and: usize, above: usize) -> Option<usize> {
        let scan = self.scan;
        let comma = and > 0 && scan.tags[and - 1] == Tag::Comma;
        let inside = || (0..above).rev().take_while(|&at| scan.tags[at] != Tag::Stop);
        let relative = inside().take_while(|&at| !finite(scan, at)).find(|&at| scan.tags[at] == Tag::Relative);
        if let Some(relative) = relative {
            let parted = relative > 0 && scan.tags[relative - 1] == Tag::Comma;
            let other_tense = scan.tags[above] == Tag::Verb(Form::Present);
            return self.finite_before(relative).filter(|_| comma && (other_tense || !parted));
        }
        let says = |at: &usize| scan.reporting.iter().any(|hit| hit.tokens.start == *at) && finite(scan, *at);
        let said = inside().find(says).filter(|&at| at < above && !scan.sentence.tokens[and].quoted)?;
        // "said it had closed the border and recalled its envoy" goes on; "said it would close it and called on Chad" does not.
        let own = scan.tags[above] == Tag::Verb(Form::Past)
            || (group_start(scan, above)..above).any(|at| scan.begins_class(at, "have"));
        (comma || !own).then_some(said)
    }

    /// The preposition that leads to the first of the names that a group is joined to.
    fn list_behind_preposition(self, last: usize) -> Option<usize> {
        let groups = &self.syntax.groups;
        let first = (0..=last).rev().find(|&at| !groups[at].coordinated)?;
        let alike = groups[first..=last].iter().all(|group| group.phrase.is_some());
        groups[first].preposition.filter(|_| first != last && alike)
    }

    /// The group that a relative pronoun takes up.
    fn antecedent(self, relative: usize) -> Option<usize> {
        let scan = self.scan;
        let noun = before(scan, relative)?;
        let comma = scan.tags[noun] == Tag::Comma;
        let group = self.syntax.group_at(if comma { noun.checked_sub(1)? } else { noun })?;
        // "a summit in Chad that called on rebels": of the summit, not of where it was held.
        let place = self.syntax.groups[group].preposition.filter(|&at| scan.word(at) == "in");
        let held =
            place.filter(|_| !comma && scan.word(relative) == "that" && self.syntax.groups[group].phrase.is_some());
        let outer = held.and_then(|at| at.checked_sub(1)).and_then(|at| self.syntax.group_at(at));
        Some(outer.or_else(|| self.envoy_who(relative, group)).unwrap_or(group))
    }

    /// "the Danish envoy to Chad, who visits Niger": of a person, not of the state to which that one is sent.
    fn envoy_who(self, relative: usize, group: usize) -> Option<usize> {
        let (syntax, scan) = (self.syntax, self.scan);
        let personal = |group: usize| syntax.groups[group].phrase.is_some_and(|at| self.phrases[at].personal);
        let to = syntax.groups[group].preposition.filter(|&at| matches!(scan.word(at), "to" | "for" | "in"))?;
        let envoy = syntax.group_at(to.checked_sub(1)?)?;
        (scan.word(relative) == "who" && !personal(group) && personal(envoy)).then_some(envoy)
    }

    /// "Egypt, Jordan and Iraq signed": the first of the list stands for all; the others are coordinated to it. A list behind
    /// a preposition is no subject.
    fn head_of_list(self, last: usize) -> usize {
        let (syntax, scan) = (self.syntax, self.scan);
        let mut first = last;
        while syntax.groups[first].coordinated && first > 0 {
            let previous = &syntax.groups[first - 1];
            let by_comma = scan.tags[syntax.groups[first].tokens.start - 1] == Tag::Comma;
            // "…, Downing Street has said": a comma alone makes no list.
            let lone = by_comma && first == last && !self.is_headline_list(first);
            if lone || by_comma && (previous.preposition.is_some() || previous.phrase.is_none()) {
                break;
            }
            first -= 1;
        }
        let unknown = syntax.groups[first].phrase.is_none() && self.members(first).is_none();
        if first != last && (syntax.groups[first].preposition.is_some() || unknown) { last } else { first }
    }

    /// "Chad, Kenyan ministers meet", "Chad, Niger sign pact": in a headline a comma may stand for "and", where what follows is of several.
    fn is_headline_list(self, last: usize) -> bool {
        let (syntax, scan) = (self.syntax, self.scan);
        let group = &syntax.groups[last];
        let opens = last > 0 && syntax.groups[last - 1].tokens.start == 0 && syntax.groups[last - 1].phrase.is_some();
        let verb = group.tokens.end;
        let several = scan.word(verb - 1).ends_with('s') && !scan.in_name(verb - 1)
            || scan.tags.get(verb).is_some_and(|tag| tag.is_verb()) && scan.verb_forms(verb).contains(&Form::Base);
        scan.sentence.field == Field::Title && opens && group.phrase.is_some() && several
    }

    /// "Officials from Chad and Niger", "leaders of the five states": those whom a body of people is from.
    fn members(self, group: usize) -> Option<Subject> {
        let (syntax, scan) = (self.syntax, self.scan);
        let head = syntax.groups[group].tokens.end - 1;
        let people = scan.begins_class(head, "body") || scan.begins_class(head, "quantifier") || scan.starts_name(head);
        let behind = syntax.groups.get(group + 1)?;
        // "A delegation led by the Chadian minister".
        let led = matches!(scan.word(head + 1), "led" | "headed") && scan.word(head + 2) == "by";
        if led && matches!(scan.word(head), "delegation" | "team" | "mission" | "group") {
            return (behind.preposition == Some(head + 2)).then(|| syntax.denotes(group + 1));
        }
        // "an aide to Mr Muizzu".
        let aide = matches!(
            scan.word(head),
            "aide" | "aides" | "adviser" | "advisers" | "advisor" | "spokesman" | "spokeswoman"
        );
        let serves =
            |at: usize| matches!(scan.word(at), "of" | "from") || aide && matches!(scan.word(at), "to" | "for");
        let from = behind.preposition.filter(|&at| at == head + 1 && serves(at))?;
        let people = people || aide;
        // "Coastguardsmen from Chad boarded".
        let several = scan.word(head).ends_with('s') || scan.word(head).ends_with("men");
        let people = people || scan.begins_class(head, "multitude") || several && scan.word(from) == "from";
        (people && from < behind.tokens.start).then(|| syntax.denotes(group + 1))
    }

    /// Who is to do what an infinitive says: the object of "urge", else the subject of the verb above; behind a noun ("its
    /// decision to leave") its possessor.
    fn controller(self, to: usize, depth: usize) -> Found {
        let (syntax, scan) = (self.syntax, self.scan);
        let Some(at) = before(scan, to) else { return Found::Nothing };
        match scan.tags[at] {
            Tag::Verb(_) => self.english(at, depth - 1),
            Tag::Conjunction | Tag::Comma => {
                self.verb_before(at).map_or(Found::Nothing, |verb| self.english(verb, depth - 1))
            }
            _ => {
                let Some(index) = syntax.group_at(at) else { return self.around(to, depth - 1) };
                let verb = self.verb_before(syntax.groups[index].tokens.start);
                if verb.is_some_and(|verb| scan.begins_class(verb, "object-control")) {
                    return Found::Group(index);
                }
                // "use Afghan soil to threaten": whose it is plans nothing.
                let uses = verb.filter(|&verb| scan.begins_class(verb, "uses"));
                if let Some(verb) = uses {
                    return self.english(verb, depth - 1);
                }
                if let Some(owner) = self.planner(index) {
                    return owner;
                }
                // "said it had no plans to leave": "had" stands nearer than the verb.
                let had = before(scan, syntax.groups[index].tokens.start)
                    .filter(|&at| scan.tags[at] == Tag::Auxiliary && scan.begins_class(at, "have"));
                if let Some(had) = had.filter(|_| verb.is_some() && syntax.groups[index].preposition.is_none()) {
                    return self.leftward(group_start(scan, had), depth - 1);
                }
                match verb {
                    Some(verb) if syntax.groups[index].preposition.is_none() && judges(scan, verb) => Found::Nothing,
                    Some(verb) => self.english(verb, depth - 1),
                    None if syntax.groups[index].preposition.is_none() => self.plain_controller(index, depth),
                    // "is on course to join".
                    None => match syntax.groups[index].preposition.and_then(|at| before(scan, at)) {
                        Some(be) if scan.begins_class(be, "be") => self.leftward(group_start(scan, be), depth - 1),
                        _ => Found::Nothing,
                    },
                }
            }
        }
    }

    /// "Warsaw has no plans to leave": the subject of "has"; with no verb at all the group itself ("Chad to leave").
    fn plain_controller(self, group: usize, depth: usize) -> Found {
        let start = self.syntax.groups[group].tokens.start;
        match before(self.scan, start) {
            Some(at) if self.scan.tags[at] == Tag::Auxiliary => self.leftward(group_start(self.scan, at), depth - 1),
            _ => Found::Group(self.head_of_list(group)),
        }
    }

    /// Whose a plan is: "Chad's decision to leave", "a US bid to oust", "a move in the Security Council to impose", "a proposal by
    /// Chad to send", "a plan for the EU to buy".
    fn planner(self, group: usize) -> Option<Found> {
        let (syntax, scan) = (self.syntax, self.scan);
        let tokens = &syntax.groups[group].tokens;
        if let (Some(_), Some(preposition)) = (syntax.groups[group].phrase, syntax.groups[group].preposition) {
            let noun = group.checked_sub(1).filter(|&noun| {
                let plan = &syntax.groups[noun];
                plan.tokens.end == preposition && plan.phrase.is_none()
            });
            let of = matches!(scan.word(preposition), "by" | "of" | "from" | "for" | "in");
            let acts = |at: usize| self.phrases[at].kind == PhraseKind::Actor;
            return (noun.is_some() && of && syntax.groups[group].phrase.is_some_and(acts))
                .then_some(Found::Group(group));
        }
        let inside = |phrase: &Phrase| {
            tokens.contains(&phrase.tokens.start)
                && phrase.tokens.end < tokens.end
                && matches!(phrase.kind, PhraseKind::Actor | PhraseKind::Adjective)
                && !phrase.ids.is_empty()
        };
        (0..self.phrases.len()).find(|&at| inside(&self.phrases[at])).map(Found::Owner)
    }
}

/// Verbs that say what somebody thinks of a plan: it is not theirs.
fn judges(scan: &Scan<'_>, verb: usize) -> bool {
    let judging = ["reject", "condemn", "express-support", "accuse"];
    scan.triggers_at(verb).iter().any(|hit| judging.contains(&hit.trigger.frame.event_type.name()))
}

/// Verbs that a clause without "that" follows: "had suggested Iran was preparing".
fn opens_content(scan: &Scan<'_>, verb: usize) -> bool {
    scan.tags[group_start(scan, verb)] == Tag::Auxiliary && scan.reporting.iter().any(|hit| hit.tokens.start == verb)
}

/// "a plan to visit Chad", but not "wants to visit Chad": an infinitive that tells what a noun is about.
fn is_infinitive_of_noun(scan: &Scan<'_>, verb: usize) -> bool {
    verb > 1 && scan.word(verb - 1) == "to" && scan.tags[verb - 2] == Tag::Noun && !scan.in_name(verb - 2)
}

/// The bracket that the one at `close` closes.
fn opening(scan: &Scan<'_>, close: usize) -> Option<usize> {
    (0..close).rev().take_while(|&at| scan.tags[at] != Tag::Stop).find(|&at| scan.word(at) == "(")
}

/// Where the verb group of a verb begins: "has been expected to", "will not".
fn group_start(scan: &Scan<'_>, verb: usize) -> usize {
    let mut start = verb;
    while let Some(at) = start.checked_sub(1) {
        match scan.tags[at] {
            Tag::Auxiliary => start = at,
            Tag::Adverb if at > 0 && scan.tags[at - 1] == Tag::Auxiliary => start = at,
            // "has for years asked", "had in May recalled".
            Tag::Adverb if at > 1 && scan.tags[at - 1] == Tag::Preposition && scan.tags[at - 2] == Tag::Auxiliary => {
                start = at - 1;
            }
            _ => break,
        }
        if scan.word(start) == "to" {
            break;
        }
    }
    start
}

/// Prepositions that open a clause too.
fn opens_clause(scan: &Scan<'_>, token: usize) -> bool {
    matches!(scan.word(token), "after" | "before" | "since" | "until" | "till" | "as" | "than" | "once")
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

/// The comma that opens an aside closed by the comma at `close`: "Lavrov, the foreign minister, said", "Chad, a spokesman said, has".
fn aside(scan: &Scan<'_>, close: usize) -> Option<usize> {
    let open = (0..close).rev().take_while(|&at| scan.tags[at] != Tag::Stop).find(|&at| scan.tags[at] == Tag::Comma)?;
    let opened_by = scan.tags[open + 1];
    let said = |at: usize| scan.reporting.iter().any(|said| said.tokens.start == at);
    let inner_finite = (open + 1..close).any(|at| finite(scan, at) && !said(at));
    let relative =
        opened_by == Tag::Relative || opened_by == Tag::Subordinator || scan.tags.get(open + 2) == Some(&Tag::Relative);
    (relative || !inner_finite).then_some(open)
}
