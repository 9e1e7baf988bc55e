//! Triggers, classes of words, cues of status, reporting verbs and topics of one language.

use super::{ArgumentFunction, Frame, LanguageLexicon};
use chancery_model::{DataError, DataFiles, Language, Status, Topic};
use chancery_text::{Analyzer, morphology};
use compact_str::CompactString;
use rustc_hash::FxBuildHasher;
use std::collections::BTreeMap;
use std::hash::BuildHasher;

/// What a word that is no name means.
///
/// Small, since there are many thousands and a text asks for them in any order.
#[derive(Clone, Debug)]
pub(crate) enum WordEntry {
    /// A form of a trigger: an index into [`LanguageLexicon::triggers`].
    Trigger { trigger: u32, form: Form },
    /// A member of a class: an index into [`LanguageLexicon::members`].
    Class { member: u32, form: Form },
    /// A cue of status: an index into [`LanguageLexicon::cues`].
    Cue { cue: u32, form: Form },
    /// A word that reports speech.
    Reporting { reporting: Reporting, form: Form },
    /// A word of a topic.
    Topic(Topic),
    /// A form of a common verb that tells no event: it shows where clauses and subjects are.
    Verb { form: Form },
}

/// A word of a class: `agreement`, `relations`, `preposition` …
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) class: CompactString,
    pub(crate) bit: ClassBits,
    /// The first of its forms.
    pub(crate) canonical: CompactString,
    /// Which of the classes that syntax asks for it is of.
    pub(crate) closed: ClosedClasses,
}

/// A set of the classes of little words, which syntax asks for at every token. Adverbs stand beside them, though they are many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ClosedClasses(u8);

impl ClosedClasses {
    pub(crate) const COMPLEMENTIZER: Self = Self(1);
    pub(crate) const RELATIVE: Self = Self(1 << 1);
    pub(crate) const SUBORDINATOR: Self = Self(1 << 2);
    pub(crate) const VERBAL_PARTICLE: Self = Self(1 << 3);
    pub(crate) const NEGATION: Self = Self(1 << 4);
    pub(crate) const CONJUNCTION: Self = Self(1 << 5);
    pub(crate) const PREPOSITION: Self = Self(1 << 6);
    pub(crate) const ADVERB: Self = Self(1 << 7);

    /// The one that has this name in the tables; none for other classes.
    fn named(class: &str) -> Self {
        match class {
            "complementizer" => Self::COMPLEMENTIZER,
            "relative" => Self::RELATIVE,
            "subordinator" => Self::SUBORDINATOR,
            "verbal-particle" => Self::VERBAL_PARTICLE,
            "negation" => Self::NEGATION,
            "conjunction" => Self::CONJUNCTION,
            "preposition" => Self::PREPOSITION,
            "adverb" => Self::ADVERB,
            _ => Self::default(),
        }
    }

    /// All of both.
    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether one of them is among the others.
    pub(crate) fn meets(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// Whether a word takes no preposition in front: وكان is no "and as that". An adverb does.
    pub(crate) fn stand_bare(self) -> bool {
        self != Self::default() && self != Self::ADVERB
    }
}

/// Classes, each by one of so few bits that some share one: two sets without a common bit have no class in common.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ClassBits(u128);

impl ClassBits {
    /// Sums of money and names of agreements are of their class without being listed as words of it: any sentence may have them.
    pub(crate) const UNLISTED: Self = Self(1);

    /// The bit of a class.
    pub(crate) fn of(class: &str) -> Self {
        match class {
            "money" | "agreement" => Self::UNLISTED,
            _ => Self(1 << (FxBuildHasher.hash_one(class) % u64::from(u128::BITS))),
        }
    }

    /// Those of all these classes.
    pub(crate) fn all(classes: &[String]) -> Self {
        classes.iter().map(|class| Self::of(class)).fold(Self::default(), Self::or)
    }

    pub(crate) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether both may have a class in common.
    pub(crate) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether all of the others may be among them.
    pub(crate) fn covers(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }
}

/// The place that the next row of a table will have.
fn next_index<T>(rows: &[T]) -> u32 {
    u32::try_from(rows.len()).expect("a table has fewer than four thousand million rows")
}

/// What form of a word this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Arabic perfect, English past: has taken place.
    Past,
    /// Arabic imperfect, English present.
    Present,
    /// English base form: infinitive, or after a modal.
    Base,
    /// Arabic jussive where its letters differ.
    Jussive,
    /// English past participle: perfect or passive.
    Participle,
    /// English -ing form.
    Gerund,
    /// Arabic passive of the past.
    PastPassive,
    /// Arabic passive of the present.
    PresentPassive,
    /// Verbal noun, or any noun.
    Noun,
    /// A word that is not inflected.
    Fixed,
}

impl Form {
    /// Whether it can head a clause.
    pub(crate) fn is_verb(self) -> bool {
        !matches!(self, Self::Noun | Self::Fixed)
    }
}

/// A verb or noun that names an event.
#[derive(Clone, Debug)]
pub(crate) struct Trigger {
    pub(crate) sense: String,
    /// What its claims are told by: `meet/ar/verb`.
    pub(crate) rule: String,
    pub(crate) frame: Frame,
    pub(crate) is_verb: bool,
    pub(crate) arguments: Vec<Argument>,
    /// Classes of which a word must stand in the clause after (or, for nouns, around) the trigger.
    pub(crate) needs: Vec<String>,
    /// Classes of which no word may stand beside the trigger.
    pub(crate) forbids: Vec<String>,
    /// The same in bits: most sentences have no word of any of them.
    pub(crate) needed: ClassBits,
    pub(crate) forbidden: ClassBits,
    /// Whether the agent must be a person or an office.
    pub(crate) personal: bool,
    /// Whether the first noun after the trigger must be the needed class (a short window).
    pub(crate) adjacent: bool,
    /// Whether it tells an event only in a headline without a verb.
    pub(crate) headline: bool,
    /// `data/ar/triggers.tsv:12`.
    pub(crate) entry: String,
}

impl Trigger {
    /// The prepositions behind which arguments stand, with what each argument is.
    pub(crate) fn prepositions(&self) -> impl Iterator<Item = (&str, ArgumentFunction)> {
        self.arguments.iter().filter_map(|argument| match &argument.slot {
            Slot::Preposition(preposition) => Some((preposition.as_ref(), argument.function)),
            _ => None,
        })
    }
}

/// A slot of a trigger and what fills it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Argument {
    pub(crate) slot: Slot,
    pub(crate) function: ArgumentFunction,
}

/// A grammatical slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// The bare noun phrase that is not the subject.
    Object,
    /// The possessor of a noun: genitive, possessive, `of`.
    Genitive,
    /// Adjectives of states beside a noun ("Saudi-Iranian talks").
    Adjective,
    /// After a preposition, normalised.
    Preposition(String),
}

/// A cue of status and how it reaches.
#[derive(Clone, Debug)]
pub(crate) struct Cue {
    pub(crate) status: Status,
    pub(crate) position: CuePosition,
    pub(crate) lemma: String,
}

/// Where a cue stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CuePosition {
    /// Before the trigger, anywhere in the clause ("plans to", يعتزم).
    Before,
    /// Immediately before it ("will", سوف, لم).
    Adjacent,
    /// After a noun, as its adjective ("planned" المتوقع).
    After,
}

/// A way of reporting speech.
#[derive(Clone, Debug)]
pub(crate) struct Reporting {
    pub(crate) kind: ReportingKind,
}

/// How a reporting word takes its source and its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReportingKind {
    /// "X said that …", قال X إن …
    Say,
    /// "X added": without a subject it continues the one before.
    Continue,
    /// "X quoted Y as saying", نقل X عن Y.
    Quote,
    /// "according to X", بحسب X.
    According,
    /// "a statement said", جاء في بيان.
    Statement,
}

/// How the forms of a row are made: the `pos` column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WordShape {
    /// `verb`: inflected.
    Verb,
    /// `noun`: inflected.
    Noun,
    /// `word`: as it stands.
    Fixed,
}

impl std::str::FromStr for WordShape {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "verb" => Ok(Self::Verb),
            "noun" => Ok(Self::Noun),
            "word" => Ok(Self::Fixed),
            other => Err(format!("pos is {other:?}; expected verb, noun or word")),
        }
    }
}

pub(super) fn load(
    files: &DataFiles,
    frames: &BTreeMap<String, Frame>,
    analyzer: &Analyzer,
    lexicon: &mut LanguageLexicon,
) -> Vec<DataError> {
    let mut faults = Vec::new();
    faults.extend(triggers(files, frames, analyzer, lexicon).err());
    faults.extend(classes(files, "classes", analyzer, lexicon).err());
    faults.extend(classes(files, "grammar", analyzer, lexicon).err());
    faults.extend(verbs(files, analyzer, lexicon).err());
    faults.extend(modality(files, analyzer, lexicon).err());
    faults.extend(reporting(files, analyzer, lexicon).err());
    faults.extend(topics(files, analyzer, lexicon).err());
    faults
}

fn triggers(
    files: &DataFiles,
    frames: &BTreeMap<String, Frame>,
    analyzer: &Analyzer,
    lexicon: &mut LanguageLexicon,
) -> Result<(), DataError> {
    let language = lexicon.language;
    let columns = ["sense", "pos", "forms", "arguments", "needs"];
    for row in files.rows(&format!("data/{language}/triggers.tsv"), columns)? {
        let [sense, pos, forms, arguments, needs] = row.cells;
        let frame =
            frames.get(sense).ok_or_else(|| row.fault(format!("unknown sense {sense:?}: see data/frames.tsv")))?;
        let shape: WordShape = pos.parse().map_err(|e| row.fault(e))?;
        let trigger = next_index(&lexicon.triggers);
        let classes = |prefix: &str| -> Vec<String> {
            needs.split_whitespace().filter_map(|n| n.strip_prefix(prefix)).map(str::to_owned).collect()
        };
        let (needed, forbidden) = (classes("~"), classes("!"));
        lexicon.triggers.push(Trigger {
            sense: sense.to_owned(),
            rule: [sense, language.code(), if shape == WordShape::Noun { "noun" } else { "verb" }].join("/"),
            frame: frame.clone(),
            is_verb: shape == WordShape::Verb,
            arguments: self::arguments(arguments, language).map_err(|e| row.fault(e))?,
            needed: ClassBits::all(&needed),
            forbidden: ClassBits::all(&forbidden),
            needs: needed,
            forbids: forbidden,
            personal: needs.split_whitespace().any(|n| n == "person"),
            adjacent: needs.split_whitespace().any(|n| n == "adjacent"),
            headline: needs.split_whitespace().any(|n| n == "headline"),
            entry: format!("{}:{}", row.file, row.line),
        });
        for (word, form) in inflect(forms, shape, language).map_err(|e| row.fault(e))? {
            lexicon.add_word(analyzer, &word, WordEntry::Trigger { trigger, form });
        }
    }
    Ok(())
}

/// `obj=patient إلى=patient gen=agent`.
fn arguments(cell: &str, language: Language) -> Result<Vec<Argument>, String> {
    cell.split_whitespace()
        .map(|part| {
            let (slot, function) = part.split_once('=').ok_or_else(|| format!("argument {part:?} lacks ="))?;
            let function = match function {
                "agent" => ArgumentFunction::Agent,
                "patient" => ArgumentFunction::Patient,
                "instrument" => ArgumentFunction::Instrument,
                other => return Err(format!("argument function {other:?}; expected agent, patient or instrument")),
            };
            let slot = match slot {
                "obj" => Slot::Object,
                "gen" => Slot::Genitive,
                "adj" => Slot::Adjective,
                preposition => Slot::Preposition(chancery_text::normalize(preposition, language).replace('_', " ")),
            };
            Ok(Argument { slot, function })
        })
        .collect()
}

/// `classes.tsv` has the words that frames ask for, `grammar.tsv` the closed classes of the language.
fn classes(
    files: &DataFiles,
    table: &str,
    analyzer: &Analyzer,
    lexicon: &mut LanguageLexicon,
) -> Result<(), DataError> {
    let language = lexicon.language;
    for row in files.rows(&format!("data/{language}/{table}.tsv"), ["class", "pos", "forms"])? {
        let [class, pos, forms] = row.cells;
        let shape: WordShape = pos.parse().map_err(|e| row.fault(e))?;
        let closed = ClosedClasses::named(class);
        for alternative in forms.split('|') {
            let first = alternative.split('/').next().unwrap_or_default();
            let canonical: CompactString = analyzer.words(first, language).collect::<Vec<_>>().join(" ").into();
            let member = next_index(&lexicon.members);
            for (word, form) in inflect(alternative, shape, language).map_err(|e| row.fault(e))? {
                lexicon.add_word(analyzer, &word, WordEntry::Class { member, form });
            }
            lexicon.members.push(Member { class: class.into(), bit: ClassBits::of(class), canonical, closed });
        }
    }
    Ok(())
}

fn verbs(files: &DataFiles, analyzer: &Analyzer, lexicon: &mut LanguageLexicon) -> Result<(), DataError> {
    let language = lexicon.language;
    for row in files.rows(&format!("data/{language}/verbs.tsv"), ["forms"])? {
        for (word, form) in inflect(row.cells[0], WordShape::Verb, language).map_err(|e| row.fault(e))? {
            lexicon.add_word(analyzer, &word, WordEntry::Verb { form });
        }
    }
    Ok(())
}

fn modality(files: &DataFiles, analyzer: &Analyzer, lexicon: &mut LanguageLexicon) -> Result<(), DataError> {
    let language = lexicon.language;
    for row in files.rows(&format!("data/{language}/modality.tsv"), ["status", "position", "pos", "forms"])? {
        let [status, position, pos, forms] = row.cells;
        let cue = Cue {
            status: status.parse().map_err(|e| row.fault(e))?,
            position: match position {
                "before" => CuePosition::Before,
                "adjacent" => CuePosition::Adjacent,
                "after" => CuePosition::After,
                other => return Err(row.fault(format!("position is {other:?}; expected before, adjacent or after"))),
            },
            lemma: forms.split(['|', '/']).next().unwrap_or_default().to_owned(),
        };
        let shape: WordShape = pos.parse().map_err(|e| row.fault(e))?;
        let number = next_index(&lexicon.cues);
        for (word, form) in inflect(forms, shape, language).map_err(|e| row.fault(e))? {
            lexicon.add_word(analyzer, &word, WordEntry::Cue { cue: number, form });
        }
        lexicon.cues.push(cue);
    }
    Ok(())
}

fn reporting(files: &DataFiles, analyzer: &Analyzer, lexicon: &mut LanguageLexicon) -> Result<(), DataError> {
    let language = lexicon.language;
    for row in files.rows(&format!("data/{language}/reporting.tsv"), ["kind", "pos", "forms"])? {
        let [kind, pos, forms] = row.cells;
        let reporting = Reporting {
            kind: match kind {
                "say" => ReportingKind::Say,
                "continue" => ReportingKind::Continue,
                "quote" => ReportingKind::Quote,
                "according" => ReportingKind::According,
                "statement" => ReportingKind::Statement,
                other => return Err(row.fault(format!("unknown kind of reporting {other:?}"))),
            },
        };
        let shape: WordShape = pos.parse().map_err(|e| row.fault(e))?;
        for (word, form) in inflect(forms, shape, language).map_err(|e| row.fault(e))? {
            lexicon.add_word(analyzer, &word, WordEntry::Reporting { reporting: reporting.clone(), form });
        }
    }
    Ok(())
}

fn topics(files: &DataFiles, analyzer: &Analyzer, lexicon: &mut LanguageLexicon) -> Result<(), DataError> {
    let language = lexicon.language;
    for row in files.rows(&format!("data/{language}/topics.tsv"), ["topic", "pos", "forms"])? {
        let [topic, pos, forms] = row.cells;
        let topic: Topic = topic.parse().map_err(|e| row.fault(e))?;
        let shape: WordShape = pos.parse().map_err(|e| row.fault(e))?;
        for (word, _) in inflect(forms, shape, language).map_err(|e| row.fault(e))? {
            lexicon.add_word(analyzer, &word, WordEntry::Topic(topic));
        }
    }
    Ok(())
}

/// All forms of a cell: alternatives are parted by `|`; an Arabic verb is `perfect/imperfect`, an English one
/// `base` or `base/past/participle`, a noun `singular` or `singular/plural`. Only the first word of a phrase
/// is inflected ("hold talks").
fn inflect(cell: &str, shape: WordShape, language: Language) -> Result<Vec<(String, Form)>, String> {
    let mut all = Vec::new();
    for alternative in cell.split('|') {
        if alternative.trim().is_empty() {
            return Err(format!("an empty form in {cell:?}"));
        }
        match (shape, language) {
            (WordShape::Fixed, _) => all.push((alternative.to_owned(), Form::Fixed)),
            (WordShape::Noun, Language::Arabic) => {
                all.extend(arabic_noun(alternative).into_iter().map(|form| (form, Form::Noun)));
            }
            (WordShape::Noun, _) => {
                all.extend(english_noun(alternative).into_iter().map(|form| (form, Form::Noun)));
            }
            (WordShape::Verb, Language::Arabic) => all.extend(arabic_verb(alternative)?),
            (WordShape::Verb, _) => all.extend(english_verb(alternative)?),
        }
    }
    Ok(all)
}

fn arabic_noun(form: &str) -> Vec<String> {
    let (head, rest) = split_head(form);
    let (singular, plural) = head.split_once('/').map_or((head, None), |(s, p)| (s, Some(p)));
    morphology::arabic::noun_forms(singular, plural).into_iter().map(|inflected| inflected + rest).collect()
}

fn english_noun(form: &str) -> Vec<String> {
    let (singular, plural) = form.split_once('/').map_or((form, None), |(s, p)| (s, Some(p)));
    let plural = plural.map_or_else(|| morphology::english::plural(singular), str::to_owned);
    vec![singular.to_owned(), plural]
}

fn arabic_verb(cell: &str) -> Result<Vec<(String, Form)>, String> {
    use morphology::arabic::Aspect;
    let (head, rest) = split_head(cell);
    let (perfect, imperfect) =
        head.split_once('/').ok_or_else(|| format!("Arabic verb {cell:?} needs perfect/imperfect"))?;
    let forms = morphology::arabic::verb_forms(perfect, imperfect).into_iter().map(|verb| {
        let form = match (verb.aspect, verb.passive) {
            (Aspect::Perfect, false) => Form::Past,
            (Aspect::Perfect, true) => Form::PastPassive,
            (Aspect::Imperfect, true) => Form::PresentPassive,
            (Aspect::Imperfect, false) => Form::Present,
            (Aspect::Jussive, _) => Form::Jussive,
        };
        (verb.form + rest, form)
    });
    Ok(forms.collect())
}

fn english_verb(cell: &str) -> Result<Vec<(String, Form)>, String> {
    let (head, rest) = split_head(cell);
    let parts: Vec<&str> = head.split('/').collect();
    let irregular = match parts[..] {
        [_] => None,
        [_, past, participle] => Some((past, participle)),
        _ => return Err(format!("English verb {cell:?}: give base, or base/past/participle")),
    };
    let verb = morphology::english::verb_forms(parts[0], irregular);
    let mut forms = vec![
        (verb.base, Form::Base),
        (verb.third_person, Form::Present),
        (verb.past, Form::Past),
        (verb.participle, Form::Participle),
        (verb.gerund, Form::Gerund),
    ];
    if irregular.is_none() && doubles_in_britain(parts[0]) {
        let british = |ending: &str| format!("{}l{ending}", parts[0]);
        forms.extend([(british("ed"), Form::Past), (british("ed"), Form::Participle), (british("ing"), Form::Gerund)]);
    }
    Ok(forms.into_iter().map(|(form, kind)| (form + rest, kind)).collect())
}

/// cancelled and travelled beside canceled and traveled.
fn doubles_in_britain(base: &str) -> bool {
    ["el", "al", "il", "ol"].iter().any(|end| base.ends_with(end))
        && !["eel", "eal", "ail", "eil", "ool", "oil", "roll"].iter().any(|end| base.ends_with(end))
}

/// The first word and the rest with its space.
fn split_head(form: &str) -> (&str, &str) {
    form.split_at(form.find(' ').unwrap_or(form.len()))
}
