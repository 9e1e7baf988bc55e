//! What `chancery check` finds wrong in the gazetteer beyond columns and ids: rows that stand twice, a form with two owners that no
//! rule separates, an office held by two at once, letters of another script, text that is not in normalisation form C.

use super::ambiguity;
use chancery_model::data::Row;
use chancery_model::world::NAME_COLUMNS;
use chancery_model::{DataError, DataFiles, EntityId, EntityKind, EventDate, Language, World};
use chancery_text::{Analyzer, is_nfc};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Offices that one person holds at a time.
const SINGLE: [&str; 12] = [
    "president",
    "monarch",
    "emir",
    "sultan",
    "pope",
    "supreme-leader",
    "crown-prince",
    "prime-minister",
    "chancellor",
    "foreign-minister",
    "secretary-of-state",
    "secretary-general",
];

/// States whose head is more than one person.
const SHARED_HEADS: [&str; 3] = ["AND", "BIH", "SMR"];

/// Other offices that two hold side by side: Nicaragua has had two foreign ministers since September 2025.
const SHARED_OFFICES: [(&str, &str); 1] = [("foreign-minister", "NIC")];

/// Everything that is wrong, with file, line and reason.
pub(crate) fn check(files: &DataFiles, world: &World, analyzer: &Analyzer) -> Vec<DataError> {
    let mut faults = text(files);
    for language in Language::ALL {
        faults.extend(owners(files, language, analyzer));
        for table in ["names", "demonyms", "titles", "blocs"] {
            faults.extend(scripts(files, language, table));
        }
    }
    faults.extend(tenures(files, world));
    faults.sort();
    faults
}

/// Text that is not normalised, spaces at the ends of cells, and rows that stand twice in a table.
fn text(files: &DataFiles) -> Vec<DataError> {
    let mut faults = Vec::new();
    let tables = files.names().filter(|name| name.starts_with("data/"));
    for (name, text) in tables.filter_map(|name| Some((name, files.text(name)?))) {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for (line, number) in text.lines().zip(1..).filter(|(line, _)| !line.is_empty() && !line.starts_with('#')) {
            let mut fault = |message| faults.push(DataError { file: name.to_owned(), line: number, message });
            if !is_nfc(line) {
                fault("not in normalisation form C".to_owned());
            }
            if line.split('\t').any(|cell| cell != cell.trim()) {
                fault("a space at the end of a cell".to_owned());
            }
            if let Some(first) = seen.insert(line, number) {
                fault(format!("stands already in line {first}"));
            }
        }
    }
    faults
}

/// A form as the matcher sees it, with the kind of thing that it names.
type Form = (String, &'static str);

/// Forms with two owners of one kind that no rule of `ambiguity.tsv` separates, and names that one owner has twice.
fn owners(files: &DataFiles, language: Language, analyzer: &Analyzer) -> Vec<DataError> {
    let mut faults = Vec::new();
    let key = |form: &str| analyzer.words(form, language).collect::<Vec<_>>().join(" ");
    let rules = files.rows(&format!("data/{language}/ambiguity.tsv"), ambiguity::COLUMNS).unwrap_or_default();
    let separated: BTreeSet<String> = rules.iter().flat_map(|row| row.cells[0].split('|')).map(key).collect();
    let mut owners: BTreeMap<Form, (String, usize)> = BTreeMap::new();
    let mut own: BTreeSet<(String, String)> = BTreeSet::new();
    for table in ["names", "demonyms"] {
        for row in files.rows(&format!("data/{language}/{table}.tsv"), NAME_COLUMNS).unwrap_or_default() {
            let [id, cell, kind] = row.cells;
            if table == "names" && !own.insert((id.to_owned(), cell.to_owned())) {
                faults.push(row.fault(format!("{id} has the form {cell:?} already")));
            }
            let kind = if table == "names" { kind_of(id) } else { demonym_kind(kind) };
            for form in cell.split('/').map(key) {
                match owners.get(&(form.clone(), kind)) {
                    Some((owner, line)) if owner != id && !separated.contains(&form) => {
                        let message = format!(
                            "{cell:?} names {id} and, in line {line}, {owner}: add rules to data/{language}/ambiguity.tsv"
                        );
                        faults.push(row.fault(message));
                    }
                    Some(_) => {}
                    None => drop(owners.insert((form, kind), (id.to_owned(), row.line))),
                }
            }
        }
    }
    faults
}

fn kind_of(id: &str) -> &'static str {
    id.parse::<EntityId>().map_or(EntityKind::State, |id| id.kind()).prefix()
}

/// A people is often called as its adjective, so that the two kinds are apart.
fn demonym_kind(kind: &str) -> &'static str {
    match kind {
        "people" | "plural" => "people",
        "abbreviation" => "abbreviation",
        _ => "adjective",
    }
}

/// Letters of another script, or of two scripts in one word.
fn scripts(files: &DataFiles, language: Language, table: &str) -> Vec<DataError> {
    let name = format!("data/{language}/{table}.tsv");
    let pick = |cells: &[&str], at: usize| cells[at].to_owned();
    let forms: Vec<(Row<'_, 1>, String)> = match table {
        "names" | "demonyms" => rows(files, &name, NAME_COLUMNS, |cells| pick(cells, 1)),
        "titles" => rows(files, &name, ["office", "form"], |cells| pick(cells, 1)),
        _ => rows(files, &name, ["bloc", "form"], |cells| pick(cells, 1)),
    };
    let wrong = |(row, form): &(Row<'_, 1>, String)| Some(row.fault(wrong_script(form, language)?));
    forms.iter().filter_map(wrong).collect()
}

fn rows<'a, const N: usize>(
    files: &'a DataFiles,
    name: &str,
    columns: [&str; N],
    form: impl Fn(&[&str]) -> String,
) -> Vec<(Row<'a, 1>, String)> {
    let rows = files.rows(name, columns).unwrap_or_default();
    rows.into_iter()
        .map(|row| (Row { file: row.file, line: row.line, cells: [row.cells[0]] }, form(&row.cells)))
        .collect()
}

/// The scripts that names are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Script {
    Latin,
    Arabic,
    Cyrillic,
    Han,
    Other,
}

fn script(c: char) -> Script {
    match c {
        'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{2AF}' | '\u{1E00}'..='\u{1EFF}' => Script::Latin,
        '\u{600}'..='\u{77F}' => Script::Arabic,
        '\u{400}'..='\u{52F}' => Script::Cyrillic,
        '\u{3400}'..='\u{9FFF}' => Script::Han,
        _ => Script::Other,
    }
}

/// Latin names stand in texts of every language, but not half a word of them.
fn wrong_script(form: &str, language: Language) -> Option<String> {
    let own = match language {
        Language::Arabic => Script::Arabic,
        Language::Russian => Script::Cyrillic,
        Language::Chinese => Script::Han,
        Language::English | Language::French | Language::Spanish => Script::Latin,
    };
    for word in form.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        let scripts: BTreeSet<Script> =
            word.chars().filter(|c| !matches!(c, 'ʻ' | 'ʼ' | 'ª' | 'º')).map(script).collect();
        if let Some(other) = scripts.iter().find(|script| **script != own && **script != Script::Latin) {
            return Some(format!("{word:?} of {form:?} has letters in {other:?} script"));
        }
        if scripts.len() > 1 && own != Script::Han {
            return Some(format!("{word:?} of {form:?} mixes Latin with {own:?} letters"));
        }
    }
    None
}

/// First and last certain day of a term (of which the last is exclusive), and the row.
type Term = (Date, Option<Date>, usize);

/// Tenures that end before they begin, and offices of one holder that two hold at once. Where only months are known, two holders of the
/// month in which one follows the other are no fault.
fn tenures(files: &DataFiles, world: &World) -> Vec<DataError> {
    let columns = ["person", "office", "actor", "from", "until"];
    let rows = files.rows("data/reference/tenures.tsv", columns).unwrap_or_default();
    let mut faults = Vec::new();
    let mut terms: BTreeMap<(&str, &str), Vec<Term>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        let [_, office, actor, from, until] = row.cells;
        let [from, until] = [from, until].map(EventDate::parse);
        let earliest = from.and_then(EventDate::not_before);
        if until.and_then(EventDate::not_after).is_some_and(|last| earliest.is_some_and(|first| last <= first)) {
            faults.push(row.fault("ends before it begins"));
        }
        let is_shared = SHARED_OFFICES.contains(&(office, actor))
            || (SHARED_HEADS.contains(&actor) && world.office_level(office) == Some("head-of-state"));
        if SINGLE.contains(&office) && !is_shared {
            let certain = from.and_then(EventDate::not_after).unwrap_or(Date::MIN);
            let term = (certain, until.and_then(EventDate::not_before), at);
            terms.entry((office, actor)).or_default().push(term);
        }
    }
    for ((office, actor), mut terms) in terms {
        terms.sort();
        for pair in terms.windows(2) {
            let ((_, until, first), (from, _, second)) = (pair[0], pair[1]);
            if until.is_none_or(|until| from < until) {
                let (holder, line) = (rows[first].cells[0], rows[first].line);
                let message = format!("{office} of {actor} is held by {holder} at the same time: see line {line}");
                faults.push(rows[second].fault(message));
            }
        }
    }
    faults
}
