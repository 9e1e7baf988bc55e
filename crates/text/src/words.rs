//! The tables of words that this room reads: `data/<lang>/numerals.tsv`, `temporal.tsv`, `clitics.tsv`, `abbreviations.tsv`.

use crate::Token;
use crate::normalize::normalize;
use chancery_model::data::Row;
use chancery_model::{DataError, DataFiles, Language};
use rustc_hash::{FxHashMap, FxHashSet};

/// The words of one language.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    /// Words of numbers and dates, and first words of those that have several: no date begins with anything else but a number.
    meanings: FxHashMap<String, Meaning>,
    /// Words that look as if they began with a clitic, and do not.
    pub(crate) whole: FxHashSet<String>,
    /// Words whose full stop ends no sentence.
    pub(crate) abbreviations: FxHashSet<String>,
}

/// What a word means to numbers and dates.
#[derive(Clone, Debug, Default)]
pub(crate) struct Meaning {
    /// Its value as a number.
    pub(crate) number: Option<u64>,
    /// Whether it begins a date without being of one: "from 7 to 9 December", شهر مايو.
    pub(crate) starts_date: bool,
    /// Its senses in a date.
    pub(crate) times: Vec<TimeWord>,
    /// The senses of several words that it is the first of: the others, and what all mean.
    pub(crate) phrases: Vec<(Vec<String>, Vec<TimeWord>)>,
}

impl Meaning {
    fn is_of_dates(&self) -> bool {
        !self.times.is_empty() || !self.phrases.is_empty()
    }
}

/// The tokens of a sentence as words of numbers and dates: each is looked up once. Its memory is used again for the next one.
#[derive(Debug)]
pub(crate) struct Known<'w> {
    /// Which split it is, and what it means.
    meanings: Vec<(usize, &'w Meaning)>,
    /// What each means in a date by itself, with its split; nothing that has a pronoun on it.
    senses: Vec<(TimeWord, usize)>,
    /// Where the meanings and the senses of each token begin and end.
    bounds: Vec<Bounds>,
}

/// Where what is known of a token stands.
#[derive(Clone, Copy, Debug, Default)]
struct Bounds {
    meanings: (usize, usize),
    senses: (usize, usize),
}

/// Few sentences have more tokens.
const TOKENS: usize = 64;

impl<'w> Known<'w> {
    /// Of no sentence yet, with room for one.
    pub(crate) fn new() -> Self {
        Self {
            meanings: Vec::with_capacity(TOKENS / 2),
            senses: Vec::with_capacity(TOKENS / 2),
            bounds: Vec::with_capacity(TOKENS),
        }
    }

    /// Looks every token of the next sentence up.
    pub(crate) fn read(&mut self, tokens: &[Token], words: &'w Words) {
        self.meanings.clear();
        self.senses.clear();
        self.bounds.clear();
        for token in tokens {
            let start = (self.meanings.len(), self.senses.len());
            for (at, split) in token.splits.iter().enumerate() {
                let Some(meaning) = words.meanings.get(split.stem.as_str()) else { continue };
                self.meanings.push((at, meaning));
                if split.enclitic.is_none() {
                    self.senses.extend(meaning.times.iter().map(|word| (*word, at)));
                }
            }
            let bounds = Bounds { meanings: (start.0, self.meanings.len()), senses: (start.1, self.senses.len()) };
            self.bounds.push(bounds);
        }
    }

    /// What each way to cut a token means, in the order of the splits; nothing beyond the end.
    pub(crate) fn at(&self, token: usize) -> &[(usize, &'w Meaning)] {
        self.bounds.get(token).map_or(&[], |bounds| &self.meanings[bounds.meanings.0..bounds.meanings.1])
    }

    /// What a token means in a date by itself, and by which split, in their order; nothing beyond the end.
    pub(crate) fn senses(&self, token: usize) -> &[(TimeWord, usize)] {
        self.bounds.get(token).map_or(&[], |bounds| &self.senses[bounds.senses.0..bounds.senses.1])
    }

    /// Whether a token, as it is written, begins dates without being of one.
    pub(crate) fn starts_date(&self, token: usize) -> bool {
        matches!(self.at(token), [(0, meaning), ..] if meaning.starts_date)
    }

    /// Whether a date in words may begin at a token.
    pub(crate) fn begins_date(&self, token: usize) -> bool {
        self.at(token).iter().any(|(_, meaning)| meaning.is_of_dates())
    }
}

/// What a word of a date means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimeWord {
    /// Gregorian month, from 1.
    Month(i8),
    /// Hijri month, from 1.
    HijriMonth(u8),
    /// The name of the Hijri era.
    HijriEra,
    /// The name of the common era.
    CommonEra,
    /// Day of the week, Monday is 1.
    Weekday(i8),
    /// Days from the day of publication.
    Day(i32),
    /// A unit; with its number where the word is a dual.
    Unit(Unit, Option<u64>),
    /// Just past.
    Last,
    /// Still to come.
    Next,
    /// Running.
    Current,
    /// The same as before.
    Same,
    /// A part of a month or year.
    Part(Part),
    /// From a time on.
    Since,
    /// Up to a time.
    Until,
    /// A word that lets something begin on a day: "as of".
    From,
    /// As long as.
    For,
    /// Within, on: it may stand before a date.
    In,
    /// Before now.
    Ago,
    /// At least so long.
    MoreThan,
    /// At most so long, or so.
    About,
    /// An ordinal day of the month.
    Ordinal(i8),
    /// One of the many to come ("in the coming days").
    Coming,
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unit {
    Day,
    Week,
    Month,
    Year,
    Decade,
}

/// A part of a month or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Early,
    Middle,
    Late,
}

/// Words that begin a date without being in the tables of dates.
const DATE_STARTERS: [&str; 6] = ["من", "بين", "شهر", "from", "between", "the"];

impl Words {
    /// Reads the tables of a language.
    ///
    /// # Errors
    /// Every bad row.
    pub(crate) fn load(files: &DataFiles, language: Language) -> Result<Self, Vec<DataError>> {
        let (mut words, mut faults) = (Self::default(), Vec::new());
        let name = |table: &str| format!("data/{}/{table}.tsv", language.code());
        let forms = |cell: &str| -> Vec<String> { cell.split('|').map(|form| normalize(form, language)).collect() };
        each(files, &name("numerals"), ["value", "forms"], &mut faults, |row| {
            let value: u64 = row.cells[0].parse().map_err(|_| row.fault("value is no number"))?;
            for form in forms(row.cells[1]) {
                words.meanings.entry(form).or_default().number = Some(value);
            }
            Ok(())
        });
        each(files, &name("temporal"), ["kind", "value", "forms"], &mut faults, |row| {
            let word = time_word(row.cells[0], row.cells[1]);
            let word =
                word.ok_or_else(|| row.fault(format!("no kind {:?} with the value {:?}", row.cells[0], row.cells[1])))?;
            for form in forms(row.cells[2]) {
                words.add_time(&form, word);
            }
            Ok(())
        });
        each(files, &name("clitics"), ["forms"], &mut faults, |row| {
            words.whole.extend(forms(row.cells[0]));
            Ok(())
        });
        each(files, &name("abbreviations"), ["forms"], &mut faults, |row| {
            words.abbreviations.extend(forms(row.cells[0]));
            Ok(())
        });
        for starter in DATE_STARTERS {
            words.meanings.entry(starter.to_owned()).or_default().starts_date = true;
        }
        if faults.is_empty() { Ok(words) } else { Err(faults) }
    }

    fn add_time(&mut self, form: &str, word: TimeWord) {
        let mut parts = form.split(' ').map(str::to_owned);
        let meaning = self.meanings.entry(parts.next().unwrap_or_default()).or_default();
        let rest: Vec<String> = parts.collect();
        if rest.is_empty() {
            return meaning.times.push(word);
        }
        match meaning.phrases.iter_mut().find(|(known, _)| *known == rest) {
            Some((_, words)) => words.push(word),
            None => meaning.phrases.push((rest, vec![word])),
        }
    }
}

fn each<const N: usize>(
    files: &DataFiles,
    name: &str,
    columns: [&str; N],
    faults: &mut Vec<DataError>,
    mut read: impl FnMut(&Row<'_, N>) -> Result<(), DataError>,
) {
    match files.rows(name, columns) {
        Err(fault) => faults.push(fault),
        Ok(rows) => faults.extend(rows.iter().filter_map(|row| read(row).err())),
    }
}

fn time_word(kind: &str, value: &str) -> Option<TimeWord> {
    let number = || value.parse::<i32>().ok();
    let small = || value.parse::<i8>().ok();
    Some(match kind {
        "month" => TimeWord::Month(small().filter(|m| (1..=12).contains(m))?),
        "hijri-month" => TimeWord::HijriMonth(value.parse().ok().filter(|m| (1..=12).contains(m))?),
        "era" if value == "hijri" => TimeWord::HijriEra,
        "era" if value == "common" => TimeWord::CommonEra,
        "weekday" => TimeWord::Weekday(small().filter(|d| (1..=7).contains(d))?),
        "day" => TimeWord::Day(number()?),
        "unit" => {
            let (unit, count) = value.split_once(' ').map_or((value, None), |(unit, count)| (unit, count.parse().ok()));
            TimeWord::Unit(
                match unit {
                    "day" => Unit::Day,
                    "week" => Unit::Week,
                    "month" => Unit::Month,
                    "year" => Unit::Year,
                    "decade" => Unit::Decade,
                    _ => return None,
                },
                count,
            )
        }
        "ordinal" => TimeWord::Ordinal(small().filter(|d| (1..=31).contains(d))?),
        "part" => TimeWord::Part(match value {
            "early" => Part::Early,
            "middle" => Part::Middle,
            "late" => Part::Late,
            _ => return None,
        }),
        "relation" => match value {
            "since" => TimeWord::Since,
            "until" => TimeWord::Until,
            "from" => TimeWord::From,
            "for" => TimeWord::For,
            "in" => TimeWord::In,
            "ago" => TimeWord::Ago,
            _ => return None,
        },
        "direction" => match value {
            "last" => TimeWord::Last,
            "next" => TimeWord::Next,
            "current" => TimeWord::Current,
            "same" => TimeWord::Same,
            "coming" => TimeWord::Coming,
            _ => return None,
        },
        "amount" => match value {
            "more" => TimeWord::MoreThan,
            "about" => TimeWord::About,
            _ => return None,
        },
        _ => return None,
    })
}
