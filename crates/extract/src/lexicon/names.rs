//! Names of entities, demonyms, titles and blocs.

use super::{LanguageLexicon, Rule};
use chancery_model::world::NAME_COLUMNS;
use chancery_model::{DataError, DataFiles, EntityId, Language, World};
use chancery_text::{Analyzer, morphology};
use compact_str::CompactString;

/// A form of the gazetteer as a table lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NameForm {
    /// What it denotes.
    pub(crate) entry: NameEntry,
    /// As it is written; an inflected demonym is written as it is here.
    pub(crate) form: CompactString,
    /// Whether it has a capital letter, so that a text must write one too.
    pub(crate) is_capital: bool,
    /// Its line in the table.
    pub(crate) line: usize,
}

/// What a form of the gazetteer denotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NameEntry {
    /// A name of an entity.
    Entity { id: EntityId, kind: NameKind },
    /// "Kazakh", كازاخستاني: of a state.
    Adjective { id: EntityId },
    /// "Kazakhs", الروس: the people of a state. One of them (россиянин) acts for nobody.
    People { id: EntityId, one: bool },
    /// 中, 美: of a state, but only beside another one or before an office or a body.
    Abbreviation { id: EntityId },
    /// "foreign minister".
    Title { office: CompactString },
    /// "Central Asian states"; `counted` where it stands for the bloc only behind the number of its members ("five states of
    /// Central Asia").
    Bloc { name: String, counted: bool },
    /// What the form means beside other words.
    Rule(Rule),
    /// Nobody, though a name stands in it.
    Guard,
}

impl NameEntry {
    /// The entity, where the form denotes one.
    pub(crate) fn id(&self) -> Option<&EntityId> {
        match self {
            Self::Entity { id, .. } | Self::Adjective { id } | Self::People { id, .. } | Self::Abbreviation { id } => {
                Some(id)
            }
            Self::Title { .. } | Self::Bloc { .. } | Self::Rule(_) | Self::Guard => None,
        }
    }
}

/// How a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NameKind {
    /// The preferred name.
    Label,
    /// The full official name.
    Formal,
    /// Another name or spelling.
    Alias,
    /// Initials.
    Acronym,
    /// The family name of a person.
    Surname,
    /// A seat or organ that acts for its state or body, but may be only a place.
    Metonym,
    /// A capital that acts for its state, but may be only a place.
    Capital,
    /// A name with a stance; the words are kept as the surface form.
    Loaded,
    /// A style that only one state's ruler has: خادم الحرمين الشريفين.
    Style,
}

impl NameKind {
    /// The word of the column `kind`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Label => "label",
            Self::Formal => "formal",
            Self::Alias => "alias",
            Self::Acronym => "acronym",
            Self::Surname => "surname",
            Self::Metonym => "metonym",
            Self::Style => "style",
            Self::Capital => "capital",
            Self::Loaded => "loaded",
        }
    }

    const ALL: [Self; 9] = [
        Self::Style,
        Self::Label,
        Self::Formal,
        Self::Alias,
        Self::Acronym,
        Self::Surname,
        Self::Metonym,
        Self::Capital,
        Self::Loaded,
    ];
}

impl std::str::FromStr for NameKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|kind| kind.name() == text).ok_or_else(|| format!("unknown kind of name {text:?}"))
    }
}

pub(super) fn load(
    files: &DataFiles,
    world: &World,
    analyzer: &Analyzer,
    lexicon: &mut LanguageLexicon,
) -> Vec<DataError> {
    let mut faults = Vec::new();
    faults.extend(names(files, world, analyzer, lexicon).err());
    faults.extend(demonyms(files, world, analyzer, lexicon).err());
    faults.extend(titles(files, world, analyzer, lexicon).err());
    faults.extend(blocs(files, world, analyzer, lexicon).err());
    faults
}

fn names(
    files: &DataFiles,
    world: &World,
    analyzer: &Analyzer,
    lexicon: &mut LanguageLexicon,
) -> Result<(), DataError> {
    // Rows are sorted by id, so that most ask for the one before.
    let mut last: Option<EntityId> = None;
    let rows = files.rows(&format!("data/{}/names.tsv", lexicon.language), NAME_COLUMNS)?;
    lexicon.names.reserve(rows.len());
    lexicon.vocabulary.reserve(if lexicon.language == Language::Russian { rows.len() * 12 } else { rows.len() });
    for row in rows {
        let [id, form, kind] = row.cells;
        let kind: NameKind = kind.parse().map_err(|e| row.fault(e))?;
        let id = match last.take().filter(|last| last.as_str() == id) {
            Some(last) => last,
            None => known(world, id).map_err(|e| row.fault(e))?,
        };
        lexicon.add_name(analyzer, form, NameEntry::Entity { id: id.clone(), kind }, row.line);
        last = Some(id);
    }
    Ok(())
}

fn known(world: &World, id: &str) -> Result<EntityId, String> {
    let parsed: EntityId = id.parse().map_err(|e: chancery_model::InvalidEntityId| e.to_string())?;
    world
        .entity(&parsed)
        .map(|entity| entity.id.clone())
        .ok_or_else(|| format!("{id} is in no table of data/reference"))
}

fn demonyms(
    files: &DataFiles,
    world: &World,
    analyzer: &Analyzer,
    lexicon: &mut LanguageLexicon,
) -> Result<(), DataError> {
    for row in files.rows(&format!("data/{}/demonyms.tsv", lexicon.language), NAME_COLUMNS)? {
        let [id, cell, kind] = row.cells;
        let id = known(world, id).map_err(|e| row.fault(e))?;
        let mut add = |form: &str, entry: NameEntry| lexicon.add_name(analyzer, form, entry, row.line);
        match kind {
            "nisba" => {
                for inflected in morphology::arabic::nisba_forms(cell) {
                    add(&inflected, NameEntry::Adjective { id: id.clone() });
                }
            }
            "adjective" => {
                for form in cell.split('/') {
                    add(form, NameEntry::Adjective { id: id.clone() });
                    for stem in morphology::russian::compound_stems(form) {
                        add(&stem, NameEntry::Adjective { id: id.clone() });
                    }
                }
            }
            "plural" | "people" => {
                // Where a cell lists several forms, the last is the plural.
                let last = cell.split('/').count() - 1;
                for (at, form) in cell.split('/').enumerate() {
                    add(form, NameEntry::People { id: id.clone(), one: at < last });
                }
            }
            "abbreviation" => add(cell, NameEntry::Abbreviation { id }),
            other => return Err(row.fault(format!("unknown kind of demonym {other:?}"))),
        }
    }
    Ok(())
}

fn titles(
    files: &DataFiles,
    world: &World,
    analyzer: &Analyzer,
    lexicon: &mut LanguageLexicon,
) -> Result<(), DataError> {
    for row in files.rows(&format!("data/{}/titles.tsv", lexicon.language), ["office", "form"])? {
        let [office, form] = row.cells;
        if world.office_level(office).is_none() {
            return Err(row.fault(format!("unknown office {office:?}: add it to data/reference/offices.tsv")));
        }
        lexicon.add_name(analyzer, form, NameEntry::Title { office: office.into() }, row.line);
        if lexicon.language == Language::Arabic {
            for dual in dual_titles(form) {
                lexicon.add_name(analyzer, &dual, NameEntry::Title { office: office.into() }, row.line);
            }
        }
        if lexicon.language == Language::English {
            lexicon.add_name(analyzer, &plural_title(form), NameEntry::Title { office: office.into() }, row.line);
        }
    }
    Ok(())
}

/// وزيرا خارجية, وزيري الخارجية: the construct of two; a single word in the dual stands for a pair told before.
fn dual_titles(form: &str) -> Vec<String> {
    match form.split_once(' ') {
        Some((head, rest)) if !head.starts_with("ال") && !head.ends_with('ة') => {
            ["ا", "ي"].iter().map(|ending| format!("{head}{ending} {rest}")).collect()
        }
        _ => Vec::new(),
    }
}

/// "foreign ministers", "heads of state".
fn plural_title(form: &str) -> String {
    match form.split_once(" of ") {
        Some((head, of)) => format!("{} of {of}", morphology::english::plural(head)),
        None => morphology::english::plural(form),
    }
}

fn blocs(
    files: &DataFiles,
    world: &World,
    analyzer: &Analyzer,
    lexicon: &mut LanguageLexicon,
) -> Result<(), DataError> {
    for row in files.rows(&format!("data/{}/blocs.tsv", lexicon.language), ["bloc", "form"])? {
        let [name, form] = row.cells;
        if world.blocs().all(|bloc| bloc != name) {
            return Err(row.fault(format!("unknown bloc {name:?}: add it to data/reference/blocs.tsv")));
        }
        let (form, counted) = form.strip_prefix("# ").map_or((form, false), |form| (form, true));
        lexicon.add_name(analyzer, form, NameEntry::Bloc { name: name.to_owned(), counted }, row.line);
    }
    Ok(())
}
