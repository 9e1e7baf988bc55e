//! The gazetteer against what is known elsewhere: every name of a published list of countries resolves to its state, and every Arabic
//! form of a demonym finds the state that it is made from.

mod reader;

use chancery_extract::Query;
use chancery_model::world::NAME_COLUMNS;
use chancery_model::{DataFiles, Entity, EntityKind, Language};
use reader::EXTRACTOR;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

fn best(name: &str, language: Language) -> Option<String> {
    let query = Query { name, language: Some(language), date: None, context: None };
    EXTRACTOR.resolve(query).first().map(|answer| answer.id.to_string())
}

/// The list that the test reads where it is at hand; it is no part of the project.
const REFERENCE: &str = "../../../shared/reference/country-codes.csv";

/// Names of the list that are not found, each with its reason.
const EXCEPTIONS: [(&str, &str, &str); 4] = [
    ("IOT", "المحيط الهندي الإقليم البريطاني في", "a heading turned round for an index, which nobody writes"),
    ("CYM", "Кайман острова", "a heading turned round for an index, which nobody writes"),
    ("ATF", "الأراضي الفرنسية الجنوبية الجنوبية", "a word written twice by mistake"),
    ("UMI", "نائية التابعة للولايات المتحدة", "the first words are missing"),
];

/// Columns of names by language.
const COLUMNS: [(Language, &str, &str); 6] = [
    (Language::Arabic, "Arabic", "ar"),
    (Language::English, "English", "en"),
    (Language::Spanish, "Spanish", "es"),
    (Language::French, "French", "fr"),
    (Language::Russian, "Russian", "ru"),
    (Language::Chinese, "Chinese", "cn"),
];

#[test]
fn every_name_of_the_reference_list_resolves() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(REFERENCE);
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("not run: {} is not there", path.display());
        return;
    };
    let mut rows = records(&text).into_iter();
    let header = rows.next().expect("the list has a header");
    let column = |name: &str| header.iter().position(|cell| cell == name).unwrap_or_else(|| panic!("no column {name}"));
    let code = column("ISO3166-1-Alpha-3");
    let (mut states, mut dependencies, mut missed) = ((0, 0), (0, 0), Vec::new());
    for row in rows.filter(|row| row.len() == header.len() && !row[code].is_empty()) {
        let entity = EXTRACTOR.world().look_up(&row[code]).unwrap_or_else(|| panic!("{} is not known", row[code]));
        for (language, short, official) in COLUMNS {
            for name in
                [format!("UNTERM {short} Short"), format!("UNTERM {short} Formal"), format!("official_name_{official}")]
            {
                let name = without_marks(&row[column(&name)]);
                if name.is_empty() {
                    continue;
                }
                let count = if entity.sovereign.is_some() { &mut dependencies } else { &mut states };
                let found = best(&name, language).as_deref() == Some(entity.id.as_str());
                count.0 += usize::from(found);
                count.1 += 1;
                if !found {
                    missed.push((entity.id.to_string(), name));
                }
            }
        }
    }
    println!("states {} of {}, dependencies {} of {}", states.0, states.1, dependencies.0, dependencies.1);
    assert!(states.1 > 3000 && dependencies.1 > 250, "the list is not whole");
    assert!(
        states.0 * 1000 >= states.1 * 995,
        "of the names of states {} of {} resolve: {missed:?}",
        states.0,
        states.1
    );
    assert!(dependencies.0 * 100 >= dependencies.1 * 97, "of dependencies {dependencies:?}: {missed:?}");
    let known: BTreeSet<(String, String)> =
        EXCEPTIONS.iter().map(|(id, name, _)| ((*id).to_owned(), (*name).to_owned())).collect();
    assert_eq!(missed.into_iter().collect::<BTreeSet<_>>(), known, "the exceptions are not those listed");
}

/// Articles in brackets, "(l')", and asterisks, which the list uses to sort and to note.
fn without_marks(name: &str) -> String {
    const ARTICLES: [&str; 10] = ["l'", "l’", "la", "le", "les", "el", "los", "las", "the", "fem."];
    let mut name = name.replace('*', "");
    while let Some((start, end)) = name.rfind('(').and_then(|start| Some((start, start + name[start..].find(')')?))) {
        if !ARTICLES.contains(&name[start + 1..end].trim()) {
            break;
        }
        name.replace_range(start..=end, "");
    }
    name.trim().to_owned()
}

/// The records of a CSV text; quoted cells may hold commas, doubled quotes and line ends.
fn records(text: &str) -> Vec<Vec<String>> {
    let (mut records, mut record, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '"' if quoted && characters.peek() == Some(&'"') => cell.extend(characters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                record.push(std::mem::take(&mut cell));
                records.push(std::mem::take(&mut record));
            }
            '\r' if !quoted => {}
            c => cell.push(c),
        }
    }
    records
}

/// Proclitics before a demonym: none, and, so, by, for, like.
const PROCLITICS: [&str; 5] = ["و", "ف", "ب", "ل", "ك"];

/// Masculine, feminine, dual, plural, feminine plural.
const ENDINGS: [&str; 5] = ["ي", "ية", "يان", "يون", "يات"];

/// Forms that another state owns too, or that are another word.
const CONFUSABLE: [(&str, &str); 1] = [
    // بكيني is also بكين, Beijing, with a pronoun.
    ("KEN", "كيني"),
];

/// All fifty forms of a demonym: five proclitics, with and without article, five endings.
fn forms(nisba: &str) -> Vec<String> {
    let base = nisba.strip_suffix('ي').unwrap_or(nisba);
    let mut forms = Vec::new();
    for proclitic in PROCLITICS {
        for article in ["", "ال"] {
            // ل takes the alef of the article.
            let front = if proclitic == "ل" && !article.is_empty() {
                "لل".to_owned()
            } else {
                format!("{proclitic}{article}")
            };
            forms.extend(ENDINGS.map(|ending| format!("{front}{base}{ending}")));
        }
    }
    forms
}

#[test]
fn every_arabic_form_of_a_demonym_finds_its_state() {
    let files = DataFiles::embedded();
    let rows = files.rows("data/ar/demonyms.tsv", NAME_COLUMNS).expect("well formed");
    let mut nisbas: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.cells[2] == "nisba" && !row.cells[1].contains(' ')) {
        nisbas.entry(row.cells[0]).or_default().push(row.cells[1]);
    }
    let is_state = |entity: &&Entity| entity.id.kind() == EntityKind::State;
    let (mut tried, mut missed) = (0, BTreeSet::new());
    for state in EXTRACTOR.world().entities().filter(is_state) {
        for nisba in nisbas.get(state.id.as_str()).into_iter().flatten() {
            for form in forms(nisba) {
                tried += 1;
                if best(&form, Language::Arabic).as_deref() != Some(state.id.as_str()) {
                    missed.insert((state.id.to_string(), (*nisba).to_owned(), form));
                }
            }
        }
    }
    println!("{tried} forms of {} states", nisbas.len());
    assert!(tried > 9_000, "only {tried} forms");
    let unknown: Vec<_> =
        missed.iter().filter(|(id, nisba, _)| !CONFUSABLE.contains(&(id.as_str(), nisba.as_str()))).collect();
    assert!(unknown.is_empty(), "{} forms: {unknown:?}", unknown.len());
    for (id, nisba) in CONFUSABLE {
        assert!(missed.iter().any(|(i, n, _)| i == id && n == nisba), "{nisba} of {id} is no longer confused");
    }
}
