//! Names of entities, demonyms, titles and blocs.

use super::LanguageLexicon;
use chancery_model::world::NAME_COLUMNS;
use chancery_model::{DataError, DataFiles, EntityId, Language, World};
use chancery_text::morphology;

/// What a form of the gazetteer denotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NameEntry {
    /// A name of an entity.
    Entity { id: EntityId, kind: NameKind },
    /// "Kazakh", كازاخستاني: of a state.
    Adjective { id: EntityId },
    /// "Kazakhs", الروس: the people of a state.
    People { id: EntityId },
    /// "foreign minister".
    Title { office: String },
    /// "Central Asian states"; `counted` where it stands for the bloc only behind the number of its members ("five states of
    /// Central Asia").
    Bloc { name: String, counted: bool },
}

/// How a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameKind {
    /// The thing itself.
    Proper,
    /// The family name of a person.
    Surname,
    /// A seat that acts for its state, but may be only a place.
    Seat,
    /// A name with a stance; the words are kept as the surface form.
    Loaded,
}

type Cut<'a> = &'a dyn Fn(&str) -> Vec<String>;

pub(super) fn load(
    files: &DataFiles,
    language: Language,
    world: &World,
    cut: Cut<'_>,
    lexicon: &mut LanguageLexicon,
) -> Vec<DataError> {
    let mut faults = Vec::new();
    faults.extend(names(files, language, cut, lexicon).err());
    faults.extend(demonyms(files, language, cut, lexicon).err());
    faults.extend(titles(files, language, world, cut, lexicon).err());
    faults.extend(blocs(files, language, world, cut, lexicon).err());
    faults
}

fn names(files: &DataFiles, language: Language, cut: Cut<'_>, lexicon: &mut LanguageLexicon) -> Result<(), DataError> {
    for row in files.rows(&format!("data/{language}/names.tsv"), NAME_COLUMNS)? {
        let [id, form, kind] = row.cells;
        let kind = match kind {
            "label" | "formal" | "alias" | "acronym" => NameKind::Proper,
            "surname" => NameKind::Surname,
            "capital" | "metonym" => NameKind::Seat,
            "loaded" => NameKind::Loaded,
            other => return Err(row.fault(format!("unknown kind of name {other:?}"))),
        };
        let id = id.parse().map_err(|e| row.fault(e))?;
        lexicon.names.insert(&cut(form), NameEntry::Entity { id, kind });
    }
    Ok(())
}

fn demonyms(
    files: &DataFiles,
    language: Language,
    cut: Cut<'_>,
    lexicon: &mut LanguageLexicon,
) -> Result<(), DataError> {
    for row in files.rows(&format!("data/{language}/demonyms.tsv"), NAME_COLUMNS)? {
        let [id, form, kind] = row.cells;
        let id: EntityId = id.parse().map_err(|e| row.fault(e))?;
        match kind {
            "nisba" => {
                for inflected in morphology::arabic::nisba_forms(form) {
                    lexicon.names.insert(&cut(&inflected), NameEntry::Adjective { id: id.clone() });
                }
            }
            "adjective" => lexicon.names.insert(&cut(form), NameEntry::Adjective { id }),
            "plural" | "people" => lexicon.names.insert(&cut(form), NameEntry::People { id }),
            other => return Err(row.fault(format!("unknown kind of demonym {other:?}"))),
        }
    }
    Ok(())
}

fn titles(
    files: &DataFiles,
    language: Language,
    world: &World,
    cut: Cut<'_>,
    lexicon: &mut LanguageLexicon,
) -> Result<(), DataError> {
    for row in files.rows(&format!("data/{language}/titles.tsv"), ["office", "form"])? {
        let [office, form] = row.cells;
        if world.office_level(office).is_none() {
            return Err(row.fault(format!("unknown office {office:?}: add it to data/reference/offices.tsv")));
        }
        lexicon.names.insert(&cut(form), NameEntry::Title { office: office.to_owned() });
    }
    Ok(())
}

fn blocs(
    files: &DataFiles,
    language: Language,
    world: &World,
    cut: Cut<'_>,
    lexicon: &mut LanguageLexicon,
) -> Result<(), DataError> {
    for row in files.rows(&format!("data/{language}/blocs.tsv"), ["bloc", "form"])? {
        let [name, form] = row.cells;
        if world.blocs().all(|bloc| bloc != name) {
            return Err(row.fault(format!("unknown bloc {name:?}: add it to data/reference/blocs.tsv")));
        }
        let (form, counted) = form.strip_prefix("# ").map_or((form, false), |form| (form, true));
        lexicon.names.insert(&cut(form), NameEntry::Bloc { name: name.to_owned(), counted });
    }
    Ok(())
}
