//! A trigger with the words that it needs, and whether they stand near enough.

use crate::lexicon::Form;
use crate::name::Named;
use crate::scan::{ClassHit, Scan, TriggerHit};
use crate::syntax::Tag;
use chancery_model::{EntityId, EntityKind, Language};
use chancery_text::Proclitic;
use smallvec::SmallVec;

/// A trigger and the words that it needs: one for each class, up to the first that has none in reach.
pub(super) struct Candidate<'s, 'a> {
    pub(super) hit: &'s TriggerHit<'a>,
    pub(super) needed: SmallVec<[std::ops::Range<usize>; 2]>,
}

impl<'s, 'a> Candidate<'s, 'a> {
    /// A trigger whose conditions hold.
    pub(super) fn met(scan: &Scan<'_>, hit: &'s TriggerHit<'a>) -> Option<Self> {
        let candidate = scan.may_have_needed(hit.trigger).then(|| Self::new(scan, hit));
        candidate.filter(|candidate| candidate.conditions_hold(scan))
    }

    fn new(scan: &Scan<'_>, hit: &'s TriggerHit<'a>) -> Self {
        let after = if hit.trigger.adjacent { 3 } else { 18 };
        // "العلاقات بينهما وتبادل السفراء": what a noun stands directly before it is not behind.
        let only = hit.trigger.adjacent && hit.trigger.needs.len() == 1;
        let directly = only && hit.form == Form::Noun && scan.language == Language::Arabic;
        let before = match hit.form {
            _ if directly => 0,
            // "الرسوم التي يعتزم الرئيس الكيني فرضها": a pronoun takes up the noun.
            Form::Noun if self_takes_up(scan, hit) => 16,
            Form::Participle | Form::PastPassive => 8,
            _ if hit.trigger.is_verb => RELATIVE,
            _ => 8,
        };
        let nearest = |class: &String| nearest_of_class(scan, hit, class, before, after);
        Self { hit, needed: hit.trigger.needs.iter().map_while(nearest).collect() }
    }

    /// The nouns that name the act: "imposed the curbs", "the raid".
    pub(super) fn nouns(&self, scan: &'s Scan<'_>) -> SmallVec<[&'s str; 2]> {
        let own = (self.hit.form == Form::Noun).then(|| self.hit.tokens.end - 1);
        self.needed.iter().map(|range| range.end - 1).chain(own).map(|noun| scan.word(noun)).collect()
    }

    /// How much its conditions say: their number, then the words that meet them.
    pub(super) fn weight(&self) -> (usize, usize) {
        (self.hit.trigger.needs.len(), self.needed.iter().map(ExactSizeIterator::len).sum())
    }

    /// Whether the words that the trigger needs stand in its clause, and none that it forbids.
    fn conditions_hold(&self, scan: &Scan<'_>) -> bool {
        let trigger = self.hit.trigger;
        // What only recalls an act may stand farther off: "the exhibition recalls the Soviet invasion".
        let before = |class: &str| match (scan.language, class) {
            (Language::English, "in-name") => 6,
            // "denied that", but "a charge that it denies".
            (Language::English, "that-word") => 0,
            // "نفت وزارة الخارجية الجزائرية الاتهامات": behind the subject of the verb.
            (Language::Arabic, "denial-of-charge" | "own-ambassador") => FAR,
            // "المحادثات بين تشاد والنيجر التي استضافتها ليبيا": talks were hosted, not Niger.
            (Language::Arabic, "talks" | "negotiation") if self.hit.enclitic.is_some() => FAR,
            (Language::English, "talks" | "negotiation") if self.hit.form == Form::Noun => 5,
            _ => 3,
        };
        // "talks on ending the war" were not broken off.
        let aim = |found: &std::ops::Range<usize>| {
            scan.language == Language::English
                && found.start > self.hit.tokens.start
                && scan.tags[found.start] == Tag::Verb(Form::Gerund)
                && scan.tags[found.start - 1] == Tag::Preposition
        };
        let forbidden = |class: &String| {
            // "تعهدت المملكة، الثلاثاء 23 أكتوبر، بمنح": what is pledged stands behind a subject and a day.
            // "أعلن المغرب، الثلاثاء، وقف الرحلات، متهما مالي": so does what somebody accuses another of.
            let far = scan.language == Language::Arabic && (trigger.sense == "express-intent" || class == "accusing");
            let after = if far { 18 } else { 10 };
            let found = nearest_of_class(scan, self.hit, class, before(class), after);
            // "The talks between Chad and Niger ended": they were held.
            let over = |found: &std::ops::Range<usize>| {
                scan.language == Language::English
                    && found.start > self.hit.tokens.end
                    && matches!(scan.word(found.start), "ended" | "end" | "ends")
            };
            // "Following a cabinet meeting, Chad is set to hold talks": what stands in front of the clause does not forbid it.
            let in_front = |found: &std::ops::Range<usize>| {
                let clause = self.hit.trigger.is_verb || scan.language == Language::English;
                clause && (found.end..self.hit.tokens.start).any(|t| scan.tags[t] == Tag::Comma)
            };
            // "summoned the Russian ambassador to tell him", "accused Chad and expelled its ambassador".
            let purpose = |found: &std::ops::Range<usize>| {
                let expels = self.hit.trigger.sense == "expel-ambassador"
                    && scan.word(self.hit.tokens.start).starts_with("expel");
                class == "own-ambassador"
                    && (scan.tags[found.end - 1] == Tag::Auxiliary || expels && found.start == self.hit.tokens.end)
            };
            // "adopted a resolution condemning Chad", but "condemned the resolution".
            let means = |found: &std::ops::Range<usize>| {
                let verb = (0..found.start).rev().find(|&at| scan.tags[at].is_verb());
                class == "agreement-name"
                    && self.hit.form == Form::Gerund
                    && verb.is_some_and(|at| scan.begins_class(at, "adopts"))
                    && found.end <= self.hit.tokens.start
                    && (found.end..self.hit.tokens.start).all(|at| scan.tags[at] == Tag::Adverb)
            };
            // "criticised a resolution by the agency".
            let made = |found: &std::ops::Range<usize>| {
                class == "agreement-name" && found.start > self.hit.tokens.start && scan.word(found.end) == "by"
            };
            // "summoned the Chadian ambassador to the ministry", "summoned the Chadian ambassador to Lima".
            let called_in = |found: &std::ops::Range<usize>| {
                let anothers = scan.word(found.start) == "ambassador" && scan.is_demonym(found.start - 1);
                class == "own-ambassador" && (anothers || scan.begins_class(found.end - 1, "to-ministry"))
            };
            // "called on the king during her trip to Chad" asks him nothing.
            let where_to = |found: &std::ops::Range<usize>| {
                class == "asked-to" && scan.word(found.start) == "to" && scan.tags[found.start] != Tag::Auxiliary
            };
            found.is_some_and(|found| {
                !in_front(&found)
                    && !where_to(&found)
                    && !means(&found)
                    && !made(&found)
                    && !called_in(&found)
                    && !purpose(&found)
                    && (class != "broken-off" || !aim(&found) && !over(&found))
            })
        };
        // "قطع غيار" breaks nothing off.
        let compound = scan.language == Language::Arabic && scan.begins_class(self.hit.tokens.start, "compound-noun");
        // "أعلنت حكومة هندوراس اعترافها": what is recognised stands behind the word for it.
        let recognised = |found: &std::ops::Range<usize>| found.end <= self.hit.tokens.start;
        let behind = trigger.needs.first().is_none_or(|class| class != "recognise-verb")
            || self.needed.first().is_some_and(recognised);
        let forbidden = || scan.may_have_forbidden(trigger) && trigger.forbids.iter().any(forbidden);
        let part_of_word = has_prefix(scan, self.hit.tokens.start) || compound;
        self.needed.len() == trigger.needs.len() && behind && !part_of_word && !forbidden()
    }
}

/// Whether a verbal noun has a pronoun on it and stands in a relative clause: what it needs is the noun before that.
fn self_takes_up(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> bool {
    const CLAUSE: usize = 8;
    let near = (hit.tokens.start.saturating_sub(CLAUSE)..hit.tokens.start).rev();
    scan.language == Language::Arabic
        && hit.enclitic.is_some()
        && near.into_iter().any(|at| scan.tags[at] == Tag::Relative)
}

/// How far before a noun the verb or noun stands whose object it is, past its subject.
const FAR: usize = 12;

/// Whether an English word goes on behind a prefix: "re-established" is no "established".
fn has_prefix(scan: &Scan<'_>, token: usize) -> bool {
    scan.language == Language::English
        && token > 1
        && scan.word(token - 1) == "-"
        && matches!(scan.word(token - 2), "re" | "non" | "anti" | "pre" | "pro")
        && scan.adjacent(token - 1)
        && scan.adjacent(token - 2)
}

/// How far before a finite verb the noun of its relative clause may stand.
const RELATIVE: usize = 7;

fn nearest_of_class(
    scan: &Scan<'_>,
    hit: &TriggerHit<'_>,
    class: &str,
    before: usize,
    after: usize,
) -> Option<std::ops::Range<usize>> {
    if matches!(class, "own-ambassador" | "ambassador")
        && let Some(envoys) = envoys_of_ones_own(scan, hit)
    {
        return Some(envoys);
    }
    // What a word may mean besides stands in its own clause: "hit a record", not "hit the port as prices fell".
    let after = if class == "figurative" && scan.language == Language::English {
        after.min(object_length(scan, hit))
    } else {
        after
    };
    // "the sanctions that Washington imposed": before a finite verb, only with nothing but its subject between.
    // "soldiers began withdrawing": one verb group.
    let begun = |t: usize| hit.form == Form::Gerund && t + 1 == hit.tokens.start && scan.begins_class(t, "begins");
    let reachable = |c: &std::ops::Range<usize>| {
        before != RELATIVE
            || c.start >= hit.tokens.start
            || is_antecedent(scan, c, hit)
            || (c.end..hit.tokens.start).all(|t| {
                !matches!(scan.tags[t], Tag::Verb(_) | Tag::Stop | Tag::Comma | Tag::Conjunction)
                    || opens_relative(scan, t)
                    || begun(t)
            }) && (c.end..hit.tokens.start)
                .all(|t| scan.tags[t] != Tag::Preposition || matches!(scan.word(t), "of" | "في"))
    };
    // "opened the first border market", "the mission's operations": what only says of what another noun is.
    let modifies = |c: &std::ops::Range<usize>| {
        let behind = scan.tags.get(c.end);
        scan.language == Language::English
            && (behind == Some(&Tag::Possessive) || class == "airspace" && behind == Some(&Tag::Noun))
    };
    // "in exchange for", "in return for".
    let barters = |c: &std::ops::Range<usize>| {
        let word = matches!(scan.word(c.start), "exchange" | "return") && scan.word(c.end) == "for";
        scan.language == Language::English && word && c.start > 0 && scan.word(c.start - 1) == "in"
    };
    // "the World Trade Organization" is no trade.
    let object = matches!(class, "cooperation-object" | "halt-object") && scan.language == Language::English;
    let in_name = |c: &std::ops::Range<usize>| object && scan.in_name(c.start) && scan.is_capital(c.start);
    // "end its part in the U.N. mission" ends no visit.
    let governed = |c: &std::ops::Range<usize>| {
        class == "visit-word"
            && scan.language == Language::English
            && c.start >= hit.tokens.end
            && (hit.tokens.end..c.start).any(|at| scan.tags[at] == Tag::Preposition)
    };
    let fits = |c: &&std::ops::Range<usize>| {
        if is_taken_up(scan, c, hit, class) {
            return true;
        }
        c.start < hit.tokens.end + after
            && **c != hit.tokens
            && (c.start + before >= hit.tokens.start || before == RELATIVE && is_antecedent(scan, c, hit))
            && reachable(c)
            && !modifies(c)
            && !has_prefix(scan, c.start)
            && !barters(c)
            && !in_name(c)
            && !governed(c)
            && span_is_clear(scan, c, &hit.tokens)
    };
    let distance = |c: &&std::ops::Range<usize>| (c.start.abs_diff(hit.tokens.start), std::cmp::Reverse(c.len()));
    // "ينهي زيارته باتصال تاريخي": what something ends with is not what it ends.
    let ended = |c: &&ClassHit<'_>| class != "cooperation-object" || !c.proclitics.contains(&Proclitic::By);
    // "معاهدة الصداقة والتعاون": what a treaty is about belongs to its name.
    let nominal = |at: &usize| scan.tags[*at] == Tag::Noun;
    let of_treaty = |c: &std::ops::Range<usize>| {
        class == "cooperation-object"
            && (hit.tokens.end..c.start).rev().take_while(nominal).any(|at| scan.begins_class(at, "agreement"))
    };
    // "$2bn".
    let signs = if class == "money" { 0..scan.tags.len() } else { 0..0 };
    let signs = signs.filter(|&at| matches!(scan.word(at), "$" | "£" | "€" | "¥"));
    let sums: Vec<std::ops::Range<usize>> = signs.map(|at| at..at + 1).collect();
    let words = scan.classes.iter().filter(|c| c.class == class).filter(ended).map(|c| &c.tokens).chain(&sums);
    let words = words.filter(|c| !of_treaty(c));
    // "إعلان العلا": the name of an agreement is one, whatever its words are.
    let names = if class == "agreement" { &scan.names[..] } else { &[] };
    let named = names.iter().filter(|named| names_agreement(named)).map(|named| &named.tokens);
    words.chain(named).filter(fits).min_by_key(distance).cloned()
}

/// Things that a pronoun takes up as the object of another act.
const TAKEN_UP: [&str; 8] = [
    "relations",
    "diplomatic-relations",
    "sanctions",
    "agreement",
    "embassy",
    "ambassador",
    "own-ambassador",
    "imposed",
];

/// "had severed relations in 2010 and restored them in 2017": the noun that the pronoun behind a verb stands for.
fn is_taken_up(scan: &Scan<'_>, noun: &std::ops::Range<usize>, hit: &TriggerHit<'_>, class: &str) -> bool {
    const REACH: usize = 24;
    let pronoun = hit.tokens.end;
    let plural = match scan.word(pronoun) {
        "them" => true,
        "it" => false,
        _ => return false,
    };
    let near = noun.end <= hit.tokens.start && hit.tokens.start - noun.end <= REACH;
    scan.language == Language::English
        && TAKEN_UP.contains(&class)
        && hit.form != Form::Noun
        && near
        && scan.tags.get(pronoun) == Some(&Tag::Pronoun)
        && scan.word(noun.end - 1).ends_with('s') == plural
        && (noun.end..hit.tokens.start).any(|at| scan.tags[at] == Tag::Conjunction)
        && !(noun.end..hit.tokens.start).any(|at| scan.is_strong_boundary(at))
}

/// "expelled the diplomats of Chad and withdrew its own": the noun that "its own" leaves out.
fn envoys_of_ones_own(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> Option<std::ops::Range<usize>> {
    let end = hit.tokens.end;
    let own = matches!(scan.word(end), "its" | "their" | "his") && scan.word(end + 1) == "own";
    let bare = !matches!(scan.tags.get(end + 2), Some(Tag::Noun | Tag::Number));
    if scan.language != Language::English || hit.form == Form::Noun || !own || !bare {
        return None;
    }
    let envoys = |c: &&ClassHit<'_>| matches!(c.class, "ambassador" | "diplomat") && c.tokens.end <= hit.tokens.start;
    scan.classes.iter().rfind(envoys).map(|c| c.tokens.clone())
}

/// "duties of up to 30 pct which Washington will levy": the noun of a relative clause, with what belongs to it, before its verb.
fn is_antecedent(scan: &Scan<'_>, noun: &std::ops::Range<usize>, hit: &TriggerHit<'_>) -> bool {
    if scan.language != Language::English || noun.end > hit.tokens.start || hit.tokens.start - noun.end > 14 {
        return false;
    }
    let opens = |at: &usize| {
        scan.tags[*at] == Tag::Relative
            || scan.tags[*at] == Tag::Complementizer && scan.word(*at) == "that" && scan.tags[*at - 1] == Tag::Noun
    };
    let Some(relative) = (noun.end..hit.tokens.start).rev().find(opens) else { return false };
    let nominal = |at: usize| {
        matches!(
            scan.tags[at],
            Tag::Noun | Tag::Determiner | Tag::Number | Tag::Possessive | Tag::Preposition | Tag::Adverb
        ) || at + 1 == relative && scan.tags[at] == Tag::Comma
    };
    let subject =
        |at: usize| !matches!(scan.tags[at], Tag::Verb(_) | Tag::Stop | Tag::Comma | Tag::Relative | Tag::Preposition);
    (noun.end..relative).all(nominal) && (relative + 1..hit.tokens.start).all(subject)
}

/// How many tokens the object of a verb takes.
fn object_length(scan: &Scan<'_>, hit: &TriggerHit<'_>) -> usize {
    let ends = |at: &usize| {
        matches!(
            scan.tags[*at],
            Tag::Preposition | Tag::Stop | Tag::Comma | Tag::Conjunction | Tag::Verb(_) | Tag::Auxiliary
        )
    };
    let start = hit.tokens.end;
    let direct = scan.tags.get(start) == Some(&Tag::Preposition);
    let from = if direct { start + 1 } else { start };
    (from..scan.tags.len()).find(ends).unwrap_or(scan.tags.len()) - start
}

fn names_agreement(named: &Named<'_>) -> bool {
    let ids = named.entries.iter().filter_map(|form| form.entry.id());
    ids.map(EntityId::kind).any(|kind| kind == EntityKind::Agreement)
}

/// "the curbs, which Tokyo and Seoul imposed": the comma before a relative pronoun, and "and" between those who act.
fn opens_relative(scan: &Scan<'_>, token: usize) -> bool {
    let next = scan.tags.get(token + 1);
    scan.language == Language::English
        && (next == Some(&Tag::Relative) || scan.tags[token] == Tag::Conjunction && scan.in_name(token + 1))
}

fn span_is_clear(scan: &Scan<'_>, a: &std::ops::Range<usize>, b: &std::ops::Range<usize>) -> bool {
    let (from, to) = if a.start < b.start { (a.end, b.start) } else { (b.end, a.start) };
    let next_clause = |t: usize| {
        scan.language == Language::English
            && scan.tags[t] == Tag::Conjunction
            && matches!(scan.tags.get(t + 1), Some(Tag::Auxiliary))
            && scan.word(t + 1) != "to"
    };
    let crosses = |t: usize| to - from > 4 && t > from && (scan.finite_verb_at(t) || next_clause(t));
    !(from..to).any(|t| scan.is_strong_boundary(t) || crosses(t))
}
