//! Claims in the forms of other event data, for those who have tools for them: ICEWS rows with CAMEO codes, PLOVER JSON as NGEC writes
//! it, rows like GDELT's event export.
//!
//! Takes a document and its claims, gives lines. None of these forms can say that something is only considered, denied or called
//! off; such claims are left out and counted ([`Omitted`]), never written as occurrences. What a form has a column for and
//! the claim does not say stays empty. Columns: `ontology/README.md`.

mod coding;
mod gdelt;
mod icews;
mod plover;

pub use coding::{Coding, Omitted, code};

use chancery_model::{Claim, Document, World};
use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};
use std::str::FromStr;

/// A form of event data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventFormat {
    /// Tab-separated, the 20 columns of ICEWS, with a header.
    Cameo,
    /// JSON Lines with the keys of NGEC, the coder of PLOVER.
    Plover,
    /// Tab-separated, the 58 columns of GDELT's daily event export, without a header.
    Gdelt,
}

/// A word that names no format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownEventFormat(pub String);

impl fmt::Display for UnknownEventFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown event format {:?}: expected one of cameo, plover, gdelt", self.0)
    }
}

impl std::error::Error for UnknownEventFormat {}

impl EventFormat {
    /// All formats.
    pub const ALL: [Self; 3] = [Self::Cameo, Self::Plover, Self::Gdelt];

    /// The word on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cameo => "cameo",
            Self::Plover => "plover",
            Self::Gdelt => "gdelt",
        }
    }

    /// What stands above the rows; nothing where the form has no header.
    pub fn header(self) -> Option<String> {
        (self == Self::Cameo).then(|| icews::COLUMNS.join("\t"))
    }
}

impl FromStr for EventFormat {
    type Err = UnknownEventFormat;

    fn from_str(name: &str) -> Result<Self, UnknownEventFormat> {
        Self::ALL.into_iter().find(|format| format.name() == name).ok_or_else(|| UnknownEventFormat(name.to_owned()))
    }
}

/// Claims that were left out, by reason.
pub type Omissions = BTreeMap<Omitted, usize>;

/// Writes the claims of a document, in order, and tells what was left out.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write(
    format: EventFormat,
    document: &Document,
    claims: &[Claim],
    world: &World,
    out: &mut impl Write,
) -> io::Result<Omissions> {
    let mut omissions = Omissions::new();
    for claim in claims {
        let coding = match code(claim) {
            Ok(coding) => coding,
            Err(omitted) => {
                *omissions.entry(omitted).or_default() += 1;
                continue;
            }
        };
        match format {
            EventFormat::Plover => writeln!(out, "{}", plover::event(document, claim, &coding, world))?,
            EventFormat::Cameo | EventFormat::Gdelt => {
                for pair in coding::pairs(claim) {
                    let cells = match format {
                        EventFormat::Cameo => icews::row(document, claim, &coding, &pair, world).to_vec(),
                        _ => gdelt::row(document, claim, &coding, &pair, world),
                    };
                    writeln!(out, "{}", cells.iter().map(|cell| clean(cell)).collect::<Vec<_>>().join("\t"))?;
                }
            }
        }
    }
    Ok(omissions)
}

/// A cell holds no tab and no line end.
fn clean(cell: &str) -> String {
    cell.split(|c: char| c.is_control()).collect::<Vec<_>>().join(" ")
}

/// A number as these forms write it: `2.0`, `-6.5`.
fn decimal(value: f64) -> String {
    format!("{value:.1}")
}
