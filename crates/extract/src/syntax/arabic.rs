//! Arabic: a verb stands before its subject, or behind it where the subject opens the clause. Vowels are not written, so
//! that رفض is a verb or a noun by its place.

use super::{Group, Subject, Syntax, Tag, before};
use crate::lexicon::{ClosedClasses, Form, SPEECH, Slot};
use crate::mention::{Anaphor, Phrase, PhraseKind};
use crate::scan::{Scan, TriggerHit};
use chancery_model::{EntityId, EntityKind, Field, Language};
use chancery_text::{Enclitic, Proclitic, TokenKind};

/// States whose Arabic names are masculine; all others are feminine, as are cities.
const MASCULINE_STATES: [&str; 12] =
    ["IRQ", "LBN", "JOR", "SDN", "MAR", "YEM", "VAT", "SSD", "TCD", "SOM", "SUN", "MNE"];

/// Seats and by-names that are masculine, whatever the state is.
const MASCULINE_SEATS: [&str; 22] = [
    "الكرملين",
    "البيت",
    "البنتاغون",
    "البنتاجون",
    "الاليزيه",
    "قصر",
    "القصر",
    "الكونغرس",
    "الكونجرس",
    "الكنيست",
    "البرلمان",
    "مجلس",
    "الديوان",
    "ديوان",
    "جهاز",
    "المجمع",
    "الحرس",
    "حرس",
    "الاحتلال",
    "الكيان",
    "كيان",
    "العدو",
];

/// The tag of a token, those before it known.
pub(super) fn tag(scan: &Scan<'_>, tags: &[Tag], token: usize) -> Tag {
    match scan.sentence.tokens[token].kind {
        TokenKind::Punctuation => {
            return match scan.word(token) {
                "،" | "," => Tag::Comma,
                _ if scan.is_strong_boundary(token) || scan.dateline_end() == token + 1 => Tag::Stop,
                _ => Tag::Mark,
            };
        }
        TokenKind::Number if scan.is_temporal(token) => return Tag::Adverb,
        TokenKind::Number => return Tag::Number,
        TokenKind::Word => {}
    }
    if scan.in_name(token) {
        return Tag::Noun;
    }
    // "قبل نحو عشرين عاما": the second preposition belongs to the date.
    let inside = || scan.sentence.temporals.iter().any(|t| t.tokens.start < token && token < t.tokens.end);
    let begins = |class: ClosedClasses| scan.begins_closed(token, class);
    if scan.is_temporal(token) && (inside() || !begins(ClosedClasses::PREPOSITION)) {
        return Tag::Adverb;
    }
    if begins(ClosedClasses::RELATIVE) {
        return Tag::Relative;
    }
    if begins(ClosedClasses::COMPLEMENTIZER) {
        return Tag::Complementizer;
    }
    if begins(ClosedClasses::SUBORDINATOR) || scan.in_closed(token, ClosedClasses::SUBORDINATOR) {
        return Tag::Subordinator;
    }
    if begins(ClosedClasses::VERBAL_PARTICLE.or(ClosedClasses::NEGATION)) {
        return Tag::Auxiliary;
    }
    // "كل من تشيلي وكولومبيا": each of them, and no preposition.
    if scan.is_each_of(token) || token > 0 && scan.is_each_of(token - 1) {
        return Tag::Determiner;
    }
    if begins(ClosedClasses::PREPOSITION) && !opens_with_its_preposition(scan, tags, token) {
        // عليه, منها: the preposition has its noun, a pronoun, on itself.
        return if scan.class_enclitic(token, "preposition") { Tag::Adverb } else { Tag::Preposition };
    }
    if begins(ClosedClasses::CONJUNCTION) {
        return Tag::Conjunction;
    }
    if scan.in_closed(token, ClosedClasses::VERBAL_PARTICLE) {
        return Tag::Auxiliary;
    }
    let adverb = begins(ClosedClasses::ADVERB);
    if scan.in_closed(token, ClosedClasses::ADVERB) {
        return Tag::Adverb;
    }
    let word = scan.word(token);
    // هنا is "here", but هنّأ, "congratulated", before its subject at the head of a clause.
    let heads = word == "هنا" && matches!(tags.last(), None | Some(Tag::Stop | Tag::Comma));
    if adverb && !scan.conjoined(token) && !(heads && definite_follows(scan, token + 1)) {
        return Tag::Adverb;
    }
    if scan.is_numeral(token) {
        return Tag::Number;
    }
    if tags.last() == Some(&Tag::Adverb) && BESIDE_DAYS.contains(&word) {
        return Tag::Adverb;
    }
    // "الصداقة وحسن الجوار".
    if scan.begins_class(token, "compound-noun") {
        return Tag::Noun;
    }
    if let Some(form) = verb_form(scan, tags, token) {
        return Tag::Verb(form);
    }
    if adverb {
        return Tag::Adverb;
    }
    Tag::Noun
}

/// What belongs to an adverb of time before it: "في اليوم التالي", "قبل ذلك بيوم".
const BESIDE_DAYS: [&str; 13] = [
    "التالي",
    "التالية",
    "السابق",
    "السابقة",
    "نفسه",
    "نفسها",
    "بيوم",
    "بيومين",
    "باسبوع",
    "باسبوعين",
    "بشهر",
    "بساعات",
    "بايام",
];

/// عبر is "through" unless it opens the clause and عن follows: then it is عبّر, "expressed".
fn opens_with_its_preposition(scan: &Scan<'_>, tags: &[Tag], token: usize) -> bool {
    let opens = scan.conjoined(token)
        || matches!(
            tags.last(),
            None | Some(
                Tag::Stop | Tag::Comma | Tag::Auxiliary | Tag::Relative | Tag::Subordinator | Tag::Complementizer
            )
        );
    !scan.verb_forms(token).is_empty() && opens && (token + 1..token + 10).any(|at| scan.word(at) == "عن")
}

/// The verb form that a token has here, if it is a verb.
fn verb_form(scan: &Scan<'_>, tags: &[Tag], token: usize) -> Option<Form> {
    let forms = scan.verb_forms(token);
    let first = *forms.first()?;
    let previous = super::previous(tags);
    if forms.contains(&Form::Past) && is_vocalised_passive(scan, token) {
        return Some(Form::Past);
    }
    if scan.has_proclitic(token, Proclitic::Will) && forms.contains(&Form::Present) {
        return Some(Form::Present);
    }
    if previous == Some(Tag::Auxiliary) {
        return Some(first);
    }
    // "خطيب زاده" is a name; "قرار سيادي غير قابل للنقاش".
    let name = previous == Some(Tag::Noun) && matches!(scan.word(token), "زاده" | "زادة");
    if name || token > 0 && scan.word(token - 1) == "غير" {
        return None;
    }
    // "اجتماعا سريا": an adjective of an accusative only looks like a dual verb.
    let accusative = |at: usize| scan.word(at).ends_with('ا') && !scan.in_name(at);
    if previous == Some(Tag::Noun) && accusative(token) && accusative(token - 1) {
        return None;
    }
    // "وحذر وزير الدفاع الإيراني حسن تبريزيان": behind a verb and its subject of a state stands a name.
    let told = || tags.iter().rev().take_while(|tag| !bounds_clause(**tag)).any(|tag| tag.is_verb());
    let behind_subject = token > 0 && previous == Some(Tag::Noun) && scan.is_demonym(token - 1);
    let before_name = scan.sentence.tokens.get(token + 1).is_some_and(|next| next.kind == TokenKind::Word);
    let before_name = before_name && !scan.is_known(token + 1) && !scan.word(token + 1).starts_with("ال");
    if behind_subject && before_name && !scan.conjoined(token) && scan.pronoun(token).is_none() && told() {
        return None;
    }
    if !scan.noun_at(token) {
        // "من وقع" and the like: a preposition has no verb behind it.
        return (previous != Some(Tag::Preposition)).then_some(first);
    }
    // "استنكار المملكة ورفضها للتصريحات": a verb would take its object without a preposition.
    if scan.pronoun(token).is_some() && scan.has_proclitic(token + 1, Proclitic::For) {
        return None;
    }
    let conjoined = scan.conjoined(token);
    // "على لفتتها الكبيرة ودعمها": joined to a noun behind a preposition that has the same pronoun.
    if conjoined && shares_pronoun(scan, tags, token) {
        return None;
    }
    let opens = conjoined
        || matches!(
            previous,
            None | Some(Tag::Stop | Tag::Comma | Tag::Subordinator | Tag::Relative | Tag::Conjunction)
        );
    let opens = opens || behind_opening_preposition(scan, tags);
    // In a headline the subject may stand before the verb: "الجيش التركي قصف".
    // Behind a verb and its subject stands its object: "أعلن ترامب رفع العقوبات".
    let verbless = !tags.iter().rev().take_while(|tag| !bounds_clause(**tag)).any(|tag| tag.is_verb());
    let after_name = token > 0 && scan.in_name(token - 1) && previous == Some(Tag::Noun) && verbless;
    if !opens && !after_name || is_announced(scan, tags, conjoined) || conjoined && is_alleged(scan, tags) {
        return None;
    }
    // "أن الجيش الفرنسي شن غارات": behind "that" and its subject stands the verb.
    let opened = tags.iter().rposition(|tag| bounds_clause(*tag)).filter(|&at| tags[at] == Tag::Complementizer);
    if after_name && opened.is_some_and(|at| at + 1 < token && !scan.has_preposition(at + 1)) {
        return Some(first);
    }
    definite_follows(scan, token + 1).then_some(first)
}

/// "طُرد", "وفُرضت": a past whose first vowel is written as u tells what is done to its subject, and is no noun.
pub(crate) fn is_vocalised_passive(scan: &Scan<'_>, token: usize) -> bool {
    const DAMMA: char = '\u{64F}';
    let mut letters = scan.sentence.tokens[token].span.of(scan.text).trim_start_matches(['و', 'ف']).chars();
    letters.next() == Some(DAMMA) || letters.next() == Some(DAMMA)
}

/// "متهمة إياهم بمساعدة روسيا ودعم موسكو": what is joined to that of which somebody is accused is a noun like it.
fn is_alleged(scan: &Scan<'_>, tags: &[Tag]) -> bool {
    const NEAR: usize = 10;
    let clause = tags.iter().rposition(|tag| bounds_clause(*tag)).map_or(0, |at| at + 1);
    let charge = |at: &usize| tags[*at] == Tag::Noun && scan.noun_at(*at) && scan.has_proclitic(*at, Proclitic::By);
    let accuses = |hit: &TriggerHit<'_>| hit.trigger.frame.event_type.name() == "accuse" && hit.form != Form::Noun;
    let charge = (clause..tags.len()).rev().find(charge);
    charge.is_some_and(|charge| {
        (clause.max(charge.saturating_sub(NEAR))..charge).any(|at| scan.triggers_at(at).iter().any(accuses))
    })
}

/// "أعلن الوزير، أمس الخميس، قطع العلاقات وسحب السفير": behind an aside, and joined to a noun of the kind, what is announced is a noun.
fn is_announced(scan: &Scan<'_>, tags: &[Tag], conjoined: bool) -> bool {
    let verb_before =
        |end: usize| (0..end).rev().take_while(|&at| tags[at] != Tag::Stop).find(|&at| tags[at].is_verb());
    let announces = |at: usize| {
        scan.reporting.iter().any(|hit| hit.tokens.start == at) || scan.cues.iter().any(|cue| cue.tokens.start == at)
    };
    let open = |from: usize, to: usize| {
        (from..to).all(|at| !matches!(tags[at], Tag::Complementizer | Tag::Relative | Tag::Subordinator))
    };
    if tags.last() == Some(&Tag::Comma) {
        let close = tags.len() - 1;
        let aside = (close.saturating_sub(ASIDE)..close).rev().find(|&at| tags[at] == Tag::Comma);
        // "أعلن الرئيس مساء السبت، قطع العلاقات": behind the day the comma parts the verb from what it announces.
        let dated = || close > 0 && tags[close - 1] == Tag::Adverb && !conjoined;
        let announced = |verb: usize| announces(verb) && open(verb, close);
        if aside.is_none() && dated() {
            return verb_before(close).is_some_and(announced);
        }
        let Some(aside) = aside.filter(|&at| at + 1 < close) else { return false };
        // "مع إعلان الرئيس، الأسبوع الماضي، رفع العقوبات".
        let noun = (aside.saturating_sub(ASIDE)..aside).rev().take_while(|&at| !bounds_clause(tags[at]));
        if noun.into_iter().any(|at| tags[at] == Tag::Noun && scan.word(at).ends_with("اعلان")) && !conjoined {
            return true;
        }
        return verb_before(close).is_some_and(|verb| verb < aside && announces(verb) && open(verb, close));
    }
    let end = tags.len();
    // "تشمل الخطة انسحاب القوات ورفع العقوبات": so is what a plan provides.
    let in_clause = (0..end).rev().take_while(|&at| tags[at] != Tag::Stop);
    let provides = in_clause.into_iter().find(|&at| tags[at].is_verb() || scan.begins_class(at, "contains"));
    if conjoined && provides.is_some_and(|at| scan.begins_class(at, "contains") && open(at, end)) {
        return true;
    }
    let noun = (0..end).rev().take_while(|&at| !bounds_clause(tags[at]) && !tags[at].is_verb()).find(|&at| {
        tags[at] == Tag::Noun && scan.noun_at(at) && !scan.verb_forms(at).is_empty() && !scan.word(at).starts_with("ال")
    });
    conjoined && noun.is_some_and(|noun| verb_before(noun).is_some_and(|verb| announces(verb) && open(verb, noun)))
}

/// Whether a word and a noun right before it, to which a preposition leads, have the same pronoun on them: على لفتتها ودعمها.
fn shares_pronoun(scan: &Scan<'_>, tags: &[Tag], token: usize) -> bool {
    let Some(ending) = ["ها", "هم", "ه"].into_iter().find(|ending| scan.word(token).ends_with(ending)) else {
        return false;
    };
    let near = (token.saturating_sub(3)..token).rev();
    let noun = near.into_iter().find(|&at| tags[at] == Tag::Noun && scan.word(at).ends_with(ending));
    let noun = noun.filter(|&at| scan.has_pronoun_on_noun(at) && scan.pronoun(token).is_some());
    noun.is_some_and(|at| scan.has_preposition(at) || at > 0 && tags[at - 1] == Tag::Preposition)
}

fn bounds_clause(tag: Tag) -> bool {
    matches!(tag, Tag::Stop | Tag::Comma | Tag::Complementizer | Tag::Relative | Tag::Subordinator)
}

/// "وعقب اللقاء وقع الجانبان": the clause opens with a group behind a preposition, then comes its verb.
fn behind_opening_preposition(scan: &Scan<'_>, tags: &[Tag]) -> bool {
    let nouns = tags.iter().rev().take_while(|tag| matches!(tag, Tag::Noun | Tag::Number | Tag::Adverb)).count();
    if nouns == 0 || nouns > 5 {
        return false;
    }
    let first = tags.len() - nouns;
    let preposition = if scan.has_preposition(first) {
        first
    } else {
        match first.checked_sub(1) {
            Some(at) if tags[at] == Tag::Preposition => at,
            _ => return false,
        }
    };
    preposition == 0 || matches!(tags[preposition - 1], Tag::Stop | Tag::Comma)
}

/// Whether a definite noun, "that", a name, a preposition or an adverb stands at a token: what can follow a verb, but not a noun
/// with an adjective.
fn definite_follows(scan: &Scan<'_>, token: usize) -> bool {
    let Some(next) = scan.sentence.tokens.get(token) else { return false };
    let article = next.norm.starts_with("ال") || next.splits.iter().any(|split| split.article);
    next.kind != TokenKind::Word
        || article
        || next.norm == "ذلك"
        || scan.starts_name(token)
        || scan.begins_closed(token, ClosedClasses::PREPOSITION.or(ClosedClasses::COMPLEMENTIZER))
        || scan.begins_class(token, "honorific")
        || scan.begins_class(token, "body")
        || scan.begins_class(token, "type-noun")
        || scan.begins_class(token, "unnamed")
        || scan.is_temporal(token)
        || next.splits.iter().any(|split| split.proclitics.contains(&Proclitic::By) && split.article)
}

/// Runs of nouns: a construct with its adjectives. A phrase that names somebody begins a group of its own unless an
/// indefinite noun stands right before it, whose possessor it is.
pub(super) fn groups(scan: &Scan<'_>, phrases: &[Phrase]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::with_capacity(scan.tags.len() / 2);
    let mut token = 0;
    while token < scan.tags.len() {
        let phrase = phrase_from(phrases, token);
        if scan.tags[token] != Tag::Noun && scan.tags[token] != Tag::Number && phrase.is_none() {
            token += 1;
            continue;
        }
        let start = token;
        // "مجموعة إيكواس", "حركتا فتح وحماس": what kind of thing the name is.
        let typed = phrase.is_none() && scan.begins_class(token, "type-noun");
        let phrase = if typed { phrase_from(phrases, token + 1) } else { phrase };
        let phrase = phrase.or_else(|| phrase_from(phrases, behind_honorifics(scan, token)));
        let mut head = phrase;
        let mut counted = false;
        token = phrase.map_or(token + 1, |at| phrases[at].tokens.end);
        while token < scan.tags.len() {
            let bare = bare(scan, token);
            match phrase_from(phrases, token) {
                // Counted: "خمسة عشر دبلوماسيا إماراتيا".
                Some(next) if head.is_none() && (start..token).all(|t| scan.tags[t] == Tag::Number) => {
                    head = Some(next);
                    counted = true;
                    token = phrases[next].tokens.end;
                }
                // Possessor of the noun before it: "قرار مصر". Behind a definite noun or a name another group begins.
                Some(next) if bare && head.is_none() && construct(scan, token - 1) => {
                    token = phrases[next].tokens.end;
                    if phrases[next].kind != PhraseKind::Adjective {
                        break;
                    }
                }
                Some(next) if head.is_none() && bare && phrases[next].kind == PhraseKind::Adjective => {
                    token = phrases[next].tokens.end;
                }
                Some(_) => break,
                // "«الادعاءات» الأوغندية": what is quoted may have its adjective behind the mark.
                None if head.is_none() && closes_quote(scan, phrases, token) => token += 1,
                // "محتجون كينيون العلم الأوغندي": behind an indefinite noun with its adjective a definite one is another.
                None if head.is_none()
                    && scan.word(token).starts_with("ال")
                    && scan.is_demonym(token - 1)
                    && !scan.word(token - 1).starts_with("ال") =>
                {
                    break;
                }
                None if matches!(scan.tags[token], Tag::Noun | Tag::Number) && bare && head.is_none() => token += 1,
                // Words behind a name that no table knows: names and adjectives of it. A name without a phrase is that of
                // somebody told of before: "المبعوث الأممي إلى اليمن هانس غروندبرغ".
                None if scan.tags[token] == Tag::Noun
                    && bare
                    && (follows_name(scan, token) || scan.in_name(token) || given_name(scan, phrases, head, token)) =>
                {
                    token += 1
                }
                None => break,
            }
        }
        if phrase.is_none() && !counted {
            head = None;
        }
        let own = own_preposition(scan, start);
        let preposition = own.or_else(|| start.checked_sub(1).filter(|&at| scan.tags[at] == Tag::Preposition));
        let coordinated = own.is_none() && scan.conjoined(start);
        // "بين السعودية وإيران": the preposition is of both.
        let before =
            groups.last().filter(|before: &&Group| coordinated && before.tokens.end == start && preposition.is_none());
        let preposition = before.map_or(preposition, |before| before.preposition);
        groups.push(Group { tokens: start..token, preposition, phrase: head, coordinated });
    }
    groups
}

/// Whether a quotation mark stands between a noun and the adjective of a state.
fn closes_quote(scan: &Scan<'_>, phrases: &[Phrase], token: usize) -> bool {
    let mark = scan.tags[token] == Tag::Mark && matches!(scan.word(token), "\"" | "”" | "“" | "»");
    let adjective = |at: usize| phrases[at].kind == PhraseKind::Adjective;
    mark && phrase_from(phrases, token + 1).is_some_and(adjective) && bare(scan, token + 1)
}

/// Past "صاحب السمو الملكي" to the name.
fn behind_honorifics(scan: &Scan<'_>, token: usize) -> usize {
    let mut at = token;
    while let Some(hit) =
        scan.classes_at(at).iter().filter(|hit| hit.class == "honorific").max_by_key(|hit| hit.tokens.end)
    {
        at = hit.tokens.end;
    }
    at
}

/// The phrase that begins at a token; a body that is of nobody ("ناقلة نفط") is a noun like others.
fn phrase_from(phrases: &[Phrase], token: usize) -> Option<usize> {
    phrases.iter().position(|p| p.tokens.start == token && !(p.kind == PhraseKind::Place && p.ids.is_empty()))
}

/// Whether a token carries no proclitic that begins a new group.
fn bare(scan: &Scan<'_>, token: usize) -> bool {
    own_preposition(scan, token).is_none() && !scan.conjoined(token)
}

/// A preposition written on the word itself.
fn own_preposition(scan: &Scan<'_>, token: usize) -> Option<usize> {
    scan.has_preposition(token).then_some(token)
}

/// An indefinite noun that can have a possessor.
fn construct(scan: &Scan<'_>, token: usize) -> bool {
    let word = scan.word(token);
    !word.starts_with("ال") && scan.tags[token] == Tag::Noun && !scan.in_name(token) && !is_accusative(scan, token)
}

/// Ends in the alef of the indefinite accusative: an object or an adverb.
pub(crate) fn is_accusative(scan: &Scan<'_>, token: usize) -> bool {
    let word = scan.word(token);
    // "وزيرا خارجية العراق والأردن" are two ministers, "سفيرا لدى" is an ambassador as object.
    let dual = scan.starts_name(token)
        && matches!(scan.tags.get(token + 1), Some(Tag::Noun))
        && !scan.has_preposition(token + 1);
    word.ends_with('ا') && !word.starts_with("ال") && !scan.in_name(token) && !dual && word.chars().count() > 3
}

/// "قنصليتين", "سفينتين": a feminine dual that its ending shows to be no subject.
fn is_oblique_dual(scan: &Scan<'_>, token: usize) -> bool {
    let word = scan.word(token);
    word.ends_with("تين") && word.chars().count() > 5 && !word.starts_with("ال") && !scan.in_name(token)
}

/// "وزير الدفاع الإيراني حسن تبريزيان": behind an office of a state a word that means something, before one that nobody knows, is a name.
fn given_name(scan: &Scan<'_>, phrases: &[Phrase], head: Option<usize>, token: usize) -> bool {
    let office = head.is_some_and(|at| phrases[at].office.is_some() && phrases[at].person.is_none());
    let indefinite = !scan.word(token).starts_with("ال") && !is_accusative(scan, token);
    let next = token + 1;
    let unknown = scan.tags.get(next) == Some(&Tag::Noun)
        && follows_name(scan, next)
        && !scan.in_name(next)
        && bare(scan, next)
        && !scan.word(next).starts_with("ال");
    office && indefinite && unknown
}

/// Behind a name: a word without article that no lexicon knows is more of the name.
fn follows_name(scan: &Scan<'_>, token: usize) -> bool {
    let known = scan.noun_at(token) || scan.is_known(token);
    !known
}

/// The subject of the verb at `verb`.
pub(super) fn subject(syntax: &Syntax, scan: &Scan<'_>, phrases: &[Phrase], verb: usize) -> Subject {
    if is_circumstance(scan, verb) {
        let feminine = scan.word(verb).ends_with('ة');
        let main = shared_verb(syntax, scan, verb, feminine, true, true);
        return main.map_or(Subject::Absent, |main| syntax.subject(scan, phrases, main));
    }
    if is_first_person(scan, verb) {
        return Subject::Absent;
    }
    let shares = pronoun_opens(scan, verb) || shares_with_denial(scan, verb) || is_of_those_before(scan, verb);
    let following = if shares { None } else { following(syntax, scan, phrases, verb) };
    // "سلحتهم ودربتهم الولايات المتحدة": two verbs joined side by side have one subject behind them.
    let twin = verb + 1 < scan.tags.len() && scan.conjoined(verb + 1) && scan.tags[verb + 1] == scan.tags[verb];
    let following = following.or_else(|| twin.then(|| self::following(syntax, scan, phrases, verb + 1)).flatten());
    let leading = leading(syntax, scan, phrases, verb);
    match (leading, following) {
        // "أول زيارة يقوم بها السيسي": the noun before is taken up by a pronoun, and no subject.
        (Some(Lead::Opens(Subject::Unknown)), Some(subject)) if takes_up(scan, verb) => subject,
        (Some(Lead::Opens(subject)), _) => subject,
        (_, Some(subject)) => subject,
        (Some(Lead::Shared(subject)), None) => subject,
        (None, None) => Subject::Absent,
    }
}

/// "إنها ستعيد": the pronoun on the complementizer is the subject.
fn pronoun_opens(scan: &Scan<'_>, verb: usize) -> bool {
    let at = (0..verb).rev().find(|&at| !matches!(scan.tags[at], Tag::Auxiliary | Tag::Adverb));
    at.is_some_and(|at| {
        let word = scan.word(at);
        scan.tags[at] == Tag::Complementizer && ["ه", "ها", "هم", "هما"].iter().any(|end| word.ends_with(end))
    })
}

/// "ندين قصف قرانا": who speaks is the subject.
pub(crate) fn is_first_person(scan: &Scan<'_>, verb: usize) -> bool {
    scan.tags[verb] == Tag::Verb(Form::Present) && scan.verb_stem(verb).starts_with('ن')
}

/// "ووقعتا اتفاقية": a past of two has its subject before it.
fn is_of_those_before(scan: &Scan<'_>, verb: usize) -> bool {
    let past = scan.tags[verb] == Tag::Verb(Form::Past) && scan.pronoun(verb).is_none();
    let word = scan.word(verb);
    past && word.chars().count() > 4 && word.ends_with("تا")
}

/// "نفت بلغراد أن تكون باعت أسلحة": right behind "that it has" the subject is that of the verb above.
fn shares_with_denial(scan: &Scan<'_>, verb: usize) -> bool {
    let Some(at) = verb.checked_sub(1) else { return false };
    let at = if scan.word(at) == "قد" { at.saturating_sub(1) } else { at };
    matches!(scan.word(at), "تكون" | "يكون") && at > 0 && scan.tags[at - 1] == Tag::Complementizer
}

enum Lead {
    /// A group opens the clause right before the verb: it is the subject.
    Opens(Subject),
    /// The subject of a verb before.
    Shared(Subject),
}

/// "متهما", "مطالبة": a participle that says what the subject of the main verb does meanwhile.
fn is_circumstance(scan: &Scan<'_>, token: usize) -> bool {
    let word = scan.word(token);
    let ends = word.ends_with('ا') || word.ends_with('ة') || word.ends_with("ين");
    scan.tags[token] == Tag::Noun && ends && !word.starts_with("ال") && !scan.in_name(token)
}

/// How many verbs are looked at for one that shares its subject.
const SHARED_VERBS: usize = 6;

/// The verb before whose subject a joined verb or a participle shares. "واستدعت سفيرها" behind a relative clause and a comma is joined to
/// the main verb, and so are a participle and words of saying behind reported speech; of the others that of the same gender is meant.
fn shared_verb(
    syntax: &Syntax,
    scan: &Scan<'_>,
    verb: usize,
    is_feminine: bool,
    circumstance: bool,
    says: bool,
) -> Option<usize> {
    let verbs = (0..verb).rev().take_while(|&at| scan.tags[at] != Tag::Stop).filter(|&at| scan.tags[at].is_verb());
    let verbs: Vec<usize> = verbs.take(SHARED_VERBS).collect();
    let says = says || circumstance || scan.reporting.iter().any(|hit| hit.tokens.start == verb);
    let left = |at: usize| (at..verb).any(|t| scan.tags[t] == Tag::Comma);
    let is_main = |at: usize| match clause_of(scan, at) {
        Tag::Relative => !left(at),
        _ if described(syntax, scan, at).is_some() => !left(at),
        Tag::Complementizer => !(says && left(at)),
        _ => true,
    };
    let same = |at: usize| is_feminine_verb(scan, at) == is_feminine;
    let reports = |at: usize| scan.reporting.iter().any(|hit| hit.tokens.start == at);
    // "قال المالكي إنه سيتم …، مبينا أنه": who says so goes on saying.
    let speaker = verbs.iter().copied().find(|&at| circumstance && reports(at) && is_main(at) && same(at));
    if speaker.is_some() && scan.reporting.iter().any(|hit| hit.tokens.start == verb) {
        return speaker;
    }
    let find = |test: &dyn Fn(usize) -> bool| verbs.iter().copied().find(|&at| test(at));
    find(&|at| is_main(at) && same(at)).or_else(|| find(&is_main)).or(verbs.first().copied())
}

/// The subject of the earlier verb that a verb is joined to: "زار السيسي باريس، والتقى الرئيس الفرنسي".
pub(super) fn joined_subject(syntax: &Syntax, scan: &Scan<'_>, phrases: &[Phrase], verb: usize) -> Subject {
    let earlier = shared_verb(syntax, scan, verb, is_feminine_verb(scan, verb), false, false);
    earlier.map_or(Subject::Absent, |earlier| syntax.subject(scan, phrases, earlier))
}

/// What opens the clause of a verb: a relative pronoun, "that", or nothing of the kind.
fn clause_of(scan: &Scan<'_>, verb: usize) -> Tag {
    let opens =
        |tag: &Tag| matches!(tag, Tag::Relative | Tag::Complementizer | Tag::Subordinator | Tag::Stop | Tag::Comma);
    let before = scan.tags[..verb].iter().rev().take_while(|tag| !tag.is_verb());
    before.copied().find(opens).unwrap_or(Tag::Stop)
}

/// The group behind the verb that can be its subject: no preposition governs it, it is no accusative, and it agrees.
fn following(syntax: &Syntax, scan: &Scan<'_>, phrases: &[Phrase], verb: usize) -> Option<Subject> {
    let mut token = verb + 1;
    // Behind an argument with a preposition a noun that names nobody is the object: "طلبت من مجلس الأمن التدخل".
    let mut crossed = false;
    while token < scan.tags.len() {
        match scan.tags[token] {
            Tag::Stop | Tag::Complementizer | Tag::Relative | Tag::Subordinator | Tag::Verb(_) | Tag::Conjunction => {
                return None;
            }
            Tag::Comma | Tag::Mark if let Some(close) = aside(scan, token) => {
                token = close + 1;
                continue;
            }
            Tag::Comma => {
                let close = (token + 1..scan.tags.len())
                    .take_while(|&t| scan.tags[t] != Tag::Stop)
                    .find(|&t| scan.tags[t] == Tag::Comma)?;
                if close > token + 8 || (token..close).any(|t| scan.tags[t].is_verb()) {
                    return None;
                }
                token = close + 1;
                continue;
            }
            _ => {}
        }
        let Some(index) = syntax.group_at(token) else {
            token += 1;
            continue;
        };
        let group = &syntax.groups[index];
        if group.preposition.is_some() {
            crossed |= !matches!(scan.word(group.tokens.start.saturating_sub(1)), "في" | "خلال" | "منذ" | "قبل" | "بعد");
            token = group.tokens.end;
            continue;
        }
        // "زار فاريلا الصين": a name that the text has introduced has no case.
        let name = group.phrase.is_some_and(|at| phrases[at].personal && phrases[at].office.is_none());
        let oblique = is_accusative(scan, group.tokens.start) || is_oblique_dual(scan, group.tokens.start);
        if scan.conjoined(group.tokens.start) || !name && oblique {
            return None;
        }
        return match group.phrase {
            // "مسؤول السياسة الخارجية الأوروبي جوزيب بوريل": the person behind a title that names nobody.
            Some(at) if phrases[at].ids.is_empty() && named_behind(phrases, at, group.tokens.end) => {
                Some(Subject::Phrase(at + 1))
            }
            Some(at) if let Some(goer) = goer(syntax, scan, phrases, verb, index).filter(|_| !phrases[at].personal) => {
                Some(Subject::Phrase(goer))
            }
            Some(at) if agrees(scan, verb, &phrases[at]) => Some(Subject::Phrase(at)),
            Some(_) => None,
            // "وعدتها باطلة": what somebody holds a thing to be.
            None if scan.pronoun(verb).is_some() && scan.begins_class(verb, "deems") => None,
            None if crossed => None,
            // "رحبت كينيا بالحوار، وفرضت عقوبات": with what its act needs right behind it a joined verb has dropped its subject.
            None if scan.conjoined(verb) && group.tokens.start == verb + 1 && is_needed(scan, verb, verb + 1) => None,
            // "شجب الصومال ورفض الاتفاق الإثيوبي": a verb of answering joined right behind a subject has the one noun behind it as its object.
            None if answers_with(syntax, scan, verb, index) => None,
            // "وأجرى مشاورات": a masculine verb has no feminine subject right behind it.
            None if group.tokens.start == verb + 1
                && !is_feminine_verb(scan, verb)
                && is_feminine_noun(scan, verb + 1) =>
            {
                None
            }
            None => Some(Subject::Unknown),
        };
    }
    None
}

/// Whether a verb that rejects or condemns something is joined right behind a verb of the kind with its subject, and the group behind it stands alone.
fn answers_with(syntax: &Syntax, scan: &Scan<'_>, verb: usize, group: usize) -> bool {
    let answers = |at: usize| {
        let answer = |hit: &TriggerHit<'_>| matches!(hit.trigger.frame.event_type.name(), "reject" | "condemn");
        scan.triggers_at(at).iter().any(|hit| answer(hit) && hit.trigger.needs.is_empty())
    };
    let before = (0..verb).rev().take_while(|&at| scan.tags[at] == Tag::Noun).count();
    let twin = verb.checked_sub(before + 1).filter(|&at| before > 0 && scan.tags[at].is_verb());
    let next = syntax.groups.get(group + 1).filter(|next| next.tokens.start == syntax.groups[group].tokens.end);
    let alone = next.is_none_or(|next| next.preposition.is_some() || next.coordinated);
    scan.conjoined(verb) && answers(verb) && twin.is_some_and(answers) && alone
}

/// "زار بغداد أمس وزير الخارجية التركي": behind where somebody goes, and when, stands who goes.
fn goer(syntax: &Syntax, scan: &Scan<'_>, phrases: &[Phrase], verb: usize, place: usize) -> Option<usize> {
    // "أرسلت كينيا وفدها": who is sent does not go.
    let sends = |hit: &TriggerHit<'_>| hit.trigger.needs.iter().any(|class| class == "delegation");
    let goes = |hit: &TriggerHit<'_>| hit.trigger.frame.event_type.name() == "visit" && !sends(hit);
    if !scan.triggers_at(verb).iter().any(goes) {
        return None;
    }
    let end = syntax.groups[place].tokens.end;
    let is_time = |at: usize| scan.sentence.temporals.iter().any(|time| time.tokens.contains(&at));
    let next = syntax.groups[place + 1..].iter().find(|group| !is_time(group.tokens.start))?;
    let aside = |at: usize| matches!(scan.tags[at], Tag::Comma | Tag::Adverb) || is_time(at);
    let near = (end..next.tokens.start).all(aside) && next.preposition.is_none() && !next.coordinated;
    next.phrase.filter(|&at| near && (phrases[at].personal || phrases[at].body) && phrases[at].preposition.is_none())
}

/// Whether the noun at a token is what the act of a verb needs: sanctions that are imposed, talks that are held.
fn is_needed(scan: &Scan<'_>, verb: usize, noun: usize) -> bool {
    let transitive = |hit: &TriggerHit<'_>| {
        let takes_object = hit.trigger.arguments.iter().any(|argument| argument.slot == Slot::Object);
        // "وتظاهر مئات الكينيين": those who protest are the subject.
        takes_object && hit.trigger.frame.event_type.name() != "protest"
    };
    let needs =
        |hit: &TriggerHit<'_>| transitive(hit) && hit.trigger.needs.iter().any(|class| scan.begins_class(noun, class));
    !scan.word(noun).starts_with("ال") && scan.triggers_at(verb).iter().any(needs)
}

/// The comma that closes an aside opened at `open` by a preposition: "أيدت مدريد، في رسالة بعث بها سانشيز، مخطط الحكم الذاتي".
pub(super) fn aside(scan: &Scan<'_>, open: usize) -> Option<usize> {
    let preposition = |at: usize| scan.tags.get(at) == Some(&Tag::Preposition) || scan.has_preposition(at);
    if scan.language != Language::Arabic {
        return None;
    }
    // "الملك سلمان -حفظه الله-": between dashes stands what the sentence does not need.
    let dash = |at: usize| scan.tags.get(at) == Some(&Tag::Mark) && matches!(scan.word(at), "-" | "–" | "—");
    if dash(open) {
        return (open + 1..(open + DASHES).min(scan.tags.len())).find(|&at| dash(at));
    }
    if scan.tags[open] != Tag::Comma || !preposition(open + 1) {
        return None;
    }
    let end = (open + ASIDE).min(scan.tags.len());
    let inside = (open + 1..end).take_while(|&at| !matches!(scan.tags[at], Tag::Stop | Tag::Complementizer));
    inside.into_iter().find(|&at| scan.tags[at] == Tag::Comma)
}

/// An aside has so many tokens at most; one between dashes is shorter.
const ASIDE: usize = 16;
const DASHES: usize = 8;

fn named_behind(phrases: &[Phrase], at: usize, end: usize) -> bool {
    phrases[at].office.is_some()
        && phrases.get(at + 1).is_some_and(|next| next.tokens.start == end && next.person.is_some())
}

/// A masculine verb has no feminine subject right behind it: in "زار روسيا" Russia is the object.
fn agrees(scan: &Scan<'_>, verb: usize, phrase: &Phrase) -> bool {
    let feminine_verb = is_feminine_verb(scan, verb);
    let feminine_subject = !phrase.personal && phrase.ids.first().is_some_and(|id| is_feminine(scan, phrase, id));
    feminine_verb || !feminine_subject
}

/// Whether a verb has the feminine form: قصفت, تقصف.
pub(crate) fn is_feminine_verb(scan: &Scan<'_>, verb: usize) -> bool {
    let word = scan.verb_stem(verb);
    match scan.tags[verb] {
        Tag::Verb(Form::Present | Form::PresentPassive | Form::Jussive) => word.starts_with('ت'),
        // شنته and فرضتها have a pronoun behind the ending; اتهم has none.
        _ if scan.pronoun(verb).is_some() => ["ته", "تها", "تهم", "تهما"].iter().any(|ending| word.ends_with(ending)),
        _ => ["ت", "تا"].iter().any(|ending| word.ends_with(ending)),
    }
}

/// A noun in ة or ات without article.
fn is_feminine_noun(scan: &Scan<'_>, token: usize) -> bool {
    let word = scan.word(token);
    !word.starts_with("ال")
        && !scan.in_name(token)
        && (word.ends_with('ة') || word.ends_with("ات") && word.chars().count() > 4)
}

fn is_feminine(scan: &Scan<'_>, phrase: &Phrase, id: &EntityId) -> bool {
    if matches!(phrase.kind, PhraseKind::Anaphor(Anaphor::Pair { .. } | Anaphor::Office | Anaphor::Pronoun)) {
        return false;
    }
    let first = scan.word(phrase.tokens.start);
    // "تظاهر الكينيون": a people is no state.
    let people = scan.is_people(phrase.tokens.start) || ["يون", "يين"].iter().any(|ending| first.ends_with(ending));
    id.kind() == EntityKind::State
        && !people
        && phrase.tokens.len() <= 2
        && !MASCULINE_STATES.contains(&id.as_str())
        && !MASCULINE_SEATS.contains(&first)
        && !phrase.body
}

/// Whether a pronoun can stand for a phrase: "هم" for people, "ها" for a state or a movement, "ه" for a man or a masculine name.
pub(crate) fn agrees_with(scan: &Scan<'_>, phrase: &Phrase, pronoun: Enclitic) -> bool {
    let last = scan.word(phrase.tokens.start);
    // فلسطين, الصين and الأمين العام only look like plurals.
    let endings: &[&str] = if phrase.tokens.len() == 1 { &["يون", "يين"] } else { &["ون", "ين"] };
    let looks = matches!(last, "الامين" | "امين" | "رهين");
    let plural = phrase.ids.len() > 1 || !looks && endings.iter().any(|ending| last.ends_with(ending));
    let feminine = phrase.ids.first().is_some_and(|id| is_feminine(scan, phrase, id))
        || ["ة", "ه"].iter().any(|ending| last.ends_with(ending));
    match pronoun {
        Enclitic::They => plural,
        Enclitic::Dual => phrase.ids.len() == 2,
        Enclitic::She => feminine && !plural || !phrase.personal && !is_masculine(phrase),
        Enclitic::He => !feminine && !plural,
        _ => true,
    }
}

fn is_masculine(phrase: &Phrase) -> bool {
    phrase.ids.iter().all(|id| MASCULINE_STATES.contains(&id.as_str()))
}

/// The subject before the verb: of a clause that it opens, or of an earlier verb that this one is joined to.
fn leading(syntax: &Syntax, scan: &Scan<'_>, phrases: &[Phrase], verb: usize) -> Option<Lead> {
    let at = before(scan, verb);
    let previous = at.map(|at| scan.tags[at]);
    if previous == Some(Tag::Relative) && !scan.conjoined(verb) {
        let noun = before(scan, at?)?;
        let noun = if scan.tags[noun] == Tag::Comma { before(scan, noun)? } else { noun };
        let group = syntax.group_at(noun)?;
        // "كلام الرئيس دونالد ترامب الذي قال": the relative pronoun is of the person right before it, not of the words.
        let person = phrases.iter().position(|p| p.personal && p.tokens.end == noun + 1 && !p.ids.is_empty());
        if let (Some(person), "الذي") = (person, scan.word(at?))
            && !is_resumed(scan, at?, verb)
        {
            return Some(Lead::Shared(Subject::Phrase(person)));
        }
        // "العقوبات التي تفرضها على سوريا": the noun is the object; the subject is that of the verb before.
        if !is_resumed(scan, at?, verb) {
            return Some(Lead::Shared(syntax.denotes(group)));
        }
    }
    // "زيارة أجراها الوزير إلى غانا، التقى خلالها الرئيس": who made the visit.
    if scan.means_meanwhile(verb + 1)
        && let Some(above) = scan.finite_verb_before(verb).filter(|&above| takes_up(scan, above))
    {
        return Some(Lead::Shared(syntax.subject(scan, phrases, above)));
    }
    if !scan.conjoined(verb)
        && previous != Some(Tag::Relative)
        && let Some(opening) = opening_group(syntax, scan, verb)
    {
        return Some(Lead::Opens(syntax.denotes(opening)));
    }
    if let Some(head) = behind_relative_aside(syntax, scan, verb) {
        return Some(Lead::Opens(syntax.denotes(head)));
    }
    if let Some(subject) = announcer(syntax, scan, phrases, verb).or_else(|| pair_before(scan, phrases, verb)) {
        return Some(Lead::Opens(subject));
    }
    if let Some(subject) = second_in_headline(syntax, scan, phrases, verb) {
        return Some(Lead::Opens(subject));
    }
    if let Some(described) = described(syntax, scan, verb) {
        return Some(Lead::Shared(syntax.denotes(described)));
    }
    let earlier = |says: bool| shared_verb(syntax, scan, verb, is_feminine_verb(scan, verb), false, says);
    let subject = |verb: usize| syntax.subject(scan, phrases, verb);
    let speaks = |hit: &TriggerHit<'_>| SPEECH.contains(&hit.trigger.frame.event_type.name());
    let speechless = |subject: Subject| match subject {
        Subject::Phrase(at) => phrases[at].kind == PhraseKind::Anaphor(Anaphor::Event),
        other => other == Subject::Unknown,
    };
    match subject(earlier(false)?) {
        Subject::Absent => None,
        // "قال عراقجي إن الاتفاق لا يكفي، وهدد": an agreement threatens nobody; who spoke goes on speaking.
        found if speechless(found) && scan.triggers_at(verb).iter().any(speaks) => {
            earlier(true).map(subject).map(Lead::Shared)
        }
        // "وذكرت الوكالة أنه سيجري": the pronoun is of whom the outlet speaks.
        Subject::Phrase(at) if phrases[at].kind == PhraseKind::Outlet && pronoun_opens(scan, verb) => None,
        found => Some(Lead::Shared(found)),
    }
}

/// "وزير الخارجية، الذي وصل أمس إلى لواندا، التقى نظيره": past a relative clause between commas the group before it is the subject.
fn behind_relative_aside(syntax: &Syntax, scan: &Scan<'_>, verb: usize) -> Option<usize> {
    const LONGEST: usize = 20;
    let close = verb.checked_sub(1).filter(|&at| scan.tags[at] == Tag::Comma && !scan.conjoined(verb))?;
    let mut inside = (close.saturating_sub(LONGEST)..close).rev().take_while(|&at| scan.tags[at] != Tag::Stop);
    let relative = inside.find(|&at| scan.tags[at] == Tag::Relative)?;
    let open = relative.checked_sub(1).filter(|&at| scan.tags[at] == Tag::Comma)?;
    let head = syntax.group_at(open.checked_sub(1)?)?;
    // A name that a comma sets off stands beside its office; what a preposition leads to is no subject.
    syntax.groups[head].preposition.is_none().then_some(head)
}

/// "نص يدعو إلى", "تغريدة للسفارة الكندية طالبت": behind an indefinite noun a verb that nothing joins tells of that noun; what it is of
/// speaks through it.
pub(super) fn described(syntax: &Syntax, scan: &Scan<'_>, verb: usize) -> Option<usize> {
    let joined = scan.conjoined(verb)
        || !(0..verb).rev().take_while(|&at| scan.tags[at] != Tag::Stop).any(|at| scan.tags[at].is_verb());
    // "زيارة عمل التقى خلالها": there it is who travels.
    let joined = joined || scan.means_meanwhile(verb + 1) || matches!(scan.word(verb), "كان" | "كانت");
    let last = verb.checked_sub(1).filter(|&at| !joined && scan.tags[at] == Tag::Noun)?;
    let group = syntax.group_at(last)?;
    let indefinite = |group: &Group| {
        let article = |at: usize| {
            scan.word(at).starts_with("ال") || scan.sentence.tokens[at].splits.iter().any(|split| split.article)
        };
        group.phrase.is_none()
            && !group.tokens.clone().any(|at| article(at) || scan.in_name(at) || scan.has_pronoun_on_noun(at))
    };
    let owned = group.checked_sub(1).map(|before| &syntax.groups[before]);
    let of = syntax.groups[group].preposition.is_some_and(|at| scan.has_proclitic(at, Proclitic::For));
    let owner =
        owned.is_some_and(|owned| of && owned.tokens.end == syntax.groups[group].tokens.start && indefinite(owned));
    (indefinite(&syntax.groups[group]) || owner).then_some(group)
}

/// "بعد إعلان حكومة كينيا أنها تتفاوض": the pronoun on "that" is of whoever announces it.
fn announcer(syntax: &Syntax, scan: &Scan<'_>, phrases: &[Phrase], verb: usize) -> Option<Subject> {
    let that = (0..verb).rev().find(|&at| !matches!(scan.tags[at], Tag::Auxiliary | Tag::Adverb))?;
    let opens = scan.tags[that] == Tag::Complementizer && pronoun_opens(scan, verb);
    let said = that.checked_sub(1).filter(|_| opens).and_then(|at| syntax.group_at(at))?;
    let head = scan.word(syntax.groups[said].tokens.start).trim_start_matches(['و', 'ب', 'ل']);
    let whose = phrases.iter().position(|p| p.tokens.end == that && p.is_actor() && !p.ids.is_empty())?;
    (ANNOUNCEMENTS.contains(&head) && phrases[whose].tokens.start > syntax.groups[said].tokens.start)
        .then_some(Subject::Phrase(whose))
}

/// Nouns that say that somebody says something.
const ANNOUNCEMENTS: [&str; 9] = ["اعلان", "تاكيد", "قول", "كشف", "اعتبار", "نفي", "زعم", "ادعاء", "اقرار"];

/// "لم تبق سوى بيليز وغواتيمالا تعترفان بها": a dual verb right behind two that are joined has them as its subject.
fn pair_before(scan: &Scan<'_>, phrases: &[Phrase], verb: usize) -> Option<Subject> {
    let dual = scan.tags[verb] == Tag::Verb(Form::Present) && scan.word(verb).ends_with("ان") && !scan.conjoined(verb);
    let last = phrases.iter().position(|p| p.tokens.end == verb && p.coordinated && !p.ids.is_empty())?;
    let pair = last.checked_sub(1).filter(|&first| dual && !phrases[first].coordinated);
    pair.filter(|&first| phrases[first].is_actor() && phrases[last].is_actor()).map(Subject::Phrase)
}

/// "الوكالة تدين إيران وطهران تتوعد": in a headline who stands joined right before a second verb does what it says.
fn second_in_headline(syntax: &Syntax, scan: &Scan<'_>, phrases: &[Phrase], verb: usize) -> Option<Subject> {
    let group = syntax.group_at(verb.checked_sub(1)?)?;
    let start = syntax.groups[group].tokens.start;
    let second = (0..start).any(|at| scan.finite_verb_at(at));
    let joined = scan.conjoined(start) && !scan.conjoined(verb);
    let last = syntax.groups[group].phrase.filter(|_| scan.sentence.field == Field::Title && second && joined)?;
    let first = (0..=last).rev().find(|&at| !phrases[at].coordinated)?;
    Some(Subject::Phrase(first))
}

/// Whether a verb takes up the noun before it by a pronoun: "قام بها", "أعدته".
pub(crate) fn takes_up(scan: &Scan<'_>, verb: usize) -> bool {
    scan.pronoun(verb).is_some() || matches!(scan.word(verb + 1), "به" | "بها" | "بهم" | "بهما")
}

/// Whether the pronoun on a verb takes up the noun before its relative pronoun: in "العقوبات التي فرضتها واشنطن" it does, in
/// "إيران التي أمدتهم بالسلاح" it is somebody else's.
pub(crate) fn is_resumed(scan: &Scan<'_>, relative: usize, verb: usize) -> bool {
    let Some(pronoun) = scan.pronoun(verb) else { return false };
    match scan.word(relative) {
        "الذي" => pronoun == Enclitic::He,
        "التي" => pronoun == Enclitic::She,
        "الذين" | "اللواتي" | "اللاتي" => pronoun == Enclitic::They,
        "اللذان" | "اللذين" | "اللتان" | "اللتين" => pronoun == Enclitic::Dual,
        _ => true,
    }
}

/// The first group of the clause, where only groups behind prepositions, asides and adverbs stand between it and the verb.
fn opening_group(syntax: &Syntax, scan: &Scan<'_>, verb: usize) -> Option<usize> {
    let mut start = (0..verb)
        .rev()
        .find(|&t| {
            matches!(scan.tags[t], Tag::Stop | Tag::Complementizer | Tag::Subordinator | Tag::Verb(_))
                || scan.tags[t] == Tag::Conjunction
        })
        .map_or(0, |t| t + 1)
        .max(scan.dateline_end());
    if start > 0 && scan.tags[start - 1].is_verb() {
        return None;
    }
    // "تنفيذا لقرار حكومي، استدعت النرويج": why and how something is done is no subject.
    let is_setting = |group: &Group| {
        group.preposition.is_some() || group.phrase.is_none() && is_accusative(scan, group.tokens.start)
    };
    let first_from = |start: usize| syntax.groups.iter().position(|g| (start..verb).contains(&g.tokens.start));
    let mut first = first_from(start)?;
    // "من جهته، الرئيس التركي زار": what is set off by a comma stands before the clause.
    let behind = (start..verb).rev().find(|&t| scan.tags[t] == Tag::Comma).map(|comma| comma + 1);
    if let Some(behind) =
        behind.filter(|&behind| is_setting(&syntax.groups[first]) || syntax.groups[first].tokens.start >= behind)
    {
        start = behind;
        first = first_from(start)?;
    }
    let group = &syntax.groups[first];
    (!is_setting(group) && group.tokens.start <= start + 2).then_some(first)
}

/// The subject of the clause around a noun: of the nearest verb before it, else the group that opens the clause.
pub(super) fn around(syntax: &Syntax, scan: &Scan<'_>, phrases: &[Phrase], noun: usize) -> Subject {
    // "زيارة إلى غانا، تستغرق يومين، لإجراء مباحثات": how long it lasts is said aside.
    let lasts = |verb: usize| {
        scan.begins_class(verb, "lasts") && (verb..noun).any(|at| matches!(scan.tags[at], Tag::Comma | Tag::Adverb))
    };
    let mut verbs = (0..noun).rev().take_while(|&t| scan.tags[t] != Tag::Stop).filter(|&t| scan.tags[t].is_verb());
    if let Some(verb) = verbs.find(|&verb| !lasts(verb)) {
        // "قال إن هولندا بتقديمها الاعتذار": behind "that" who opens the clause is its subject.
        let opens =
            (verb..noun).any(|at| scan.tags[at] == Tag::Complementizer).then(|| opening_group(syntax, scan, noun));
        let named = |group: &usize| {
            syntax.groups[*group].phrase.is_some_and(|at| !phrases[at].ids.is_empty())
                && !syntax.groups[*group].tokens.contains(&noun)
        };
        if let Some(opening) = opens.flatten().filter(named) {
            return syntax.denotes(opening);
        }
        return syntax.subject(scan, phrases, verb);
    }
    opening_group(syntax, scan, noun).map_or(Subject::Absent, |at| syntax.denotes(at))
}
