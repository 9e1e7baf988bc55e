//! Writes `ontology/event-types.ttl` from the tables `ontology/event-types.tsv`, `ontology/event-type-labels.tsv` and
//! `ontology/event-subtypes.tsv`. The file is committed; a test holds it equal to what is written here, and
//! `UPDATE=1` before that test writes it anew.
//!
//! Each type is a class (events are its instances) and a SKOS concept (claims point to it), and has the property
//! that its propositions use.

use crate::error::InvalidLabels;
use crate::event_subtypes::EventSubtype;
use crate::vocab;
use crate::vocab::Concept;
use chancery_model::{EventType, Language};
use oxrdf::Literal;
use std::collections::BTreeMap;

/// The table of labels: `type lang label definition`.
pub const LABELS: &str = include_str!("../../../ontology/event-type-labels.tsv");

const HEADER: &str = "\
# Generated from ontology/event-types.tsv, event-type-labels.tsv and event-subtypes.tsv: change those, not this file.
# UPDATE=1 cargo test --release -p chancery-rdf --test ontology   writes it anew.

@prefix dip: <https://w3id.org/chancery/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
";

/// A type and the code of a language.
type Key<'a> = (EventType, &'a str);

/// Label and definition by type and language.
type Words<'a> = BTreeMap<Key<'a>, (&'a str, &'a str)>;

/// One line of the table of labels.
type Row<'a> = (Key<'a>, (&'a str, &'a str));

/// The whole file, in the order of the table of types.
///
/// # Errors
/// Where the table of labels has a bad row, or lacks a type in Arabic or English.
pub fn turtle(labels: &str) -> Result<String, InvalidLabels> {
    let words = read(labels)?;
    let mut out = HEADER.to_owned();
    for event_type in EventType::all() {
        write_class(&mut out, event_type, &words);
        if vocab::relation(event_type) != vocab::PARTY_TO {
            write_relation(&mut out, event_type, &words);
        }
        for subtype in EventSubtype::all().filter(|subtype| subtype.event_type == event_type) {
            write_subtype(&mut out, subtype);
        }
    }
    Ok(out)
}

fn read(labels: &str) -> Result<Words<'_>, InvalidLabels> {
    let mut lines = labels.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    if lines.next() != Some("type\tlang\tlabel\tdefinition") {
        return Err(InvalidLabels("the header is not type lang label definition".to_owned()));
    }
    let words: Words<'_> = lines.map(row).collect::<Result<_, _>>()?;
    for event_type in EventType::all() {
        for language in [Language::Arabic, Language::English] {
            if !words.contains_key(&(event_type, language.code())) {
                return Err(InvalidLabels(format!("{event_type} has no label in {language}")));
            }
        }
    }
    Ok(words)
}

fn row(line: &str) -> Result<Row<'_>, InvalidLabels> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [name, lang, label, definition] = cells[..] else {
        return Err(InvalidLabels(format!("{line:?} has {} cells; expected 4", cells.len())));
    };
    let event_type: EventType = name.parse().map_err(|error| InvalidLabels(format!("{error}")))?;
    let language: Language = lang.parse().map_err(|error| InvalidLabels(format!("{error}")))?;
    // The table of types is the one source of the English definition.
    let definition =
        if language == Language::English && definition.is_empty() { event_type.row().definition } else { definition };
    Ok(((event_type, language.code()), (label, definition)))
}

fn write_class(out: &mut String, event_type: EventType, words: &Words<'_>) {
    let row = event_type.row();
    let mut lines = vec![
        format!("{} a owl:Class, skos:Concept, dip:EventType", name(event_type.concept().as_str())),
        "rdfs:subClassOf dip:Event".to_owned(),
        "rdfs:isDefinedBy <https://w3id.org/chancery/ontology>".to_owned(),
        "skos:inScheme dip:EventTypeScheme".to_owned(),
        format!("skos:notation {}", literal(row.name)),
    ];
    for ((_, language), (label, definition)) in of_type(words, event_type) {
        write_words(&mut lines, label, definition, language);
    }
    lines.push(format!("dip:symmetric {}", row.symmetric));
    lines.push(format!("dip:plover {}", literal(row.plover)));
    lines.push(format!("dip:cameo {}", literal(row.cameo)));
    lines.push(format!("dip:weight {:.1}", row.weight));
    lines.push(format!("dip:effect {}", tagged(row.effect, "en")));
    lines.push(format!("dip:windowDays {}", row.window_days));
    lines.push(format!("dip:assertedRelation {}", name(vocab::relation(event_type).as_str())));
    close(out, &lines);
}

fn write_relation(out: &mut String, event_type: EventType, words: &Words<'_>) {
    let mut lines = vec![
        format!("{} a owl:ObjectProperty", name(vocab::relation(event_type).as_str())),
        "rdfs:isDefinedBy <https://w3id.org/chancery/ontology>".to_owned(),
    ];
    for ((_, language), (label, _)) in of_type(words, event_type) {
        lines.push(format!("rdfs:label {}", tagged(label, language)));
    }
    let comment = format!("The relation of propositions of the type {}; never a fact by itself.", event_type.name());
    lines.push(format!("rdfs:comment {}", tagged(&comment, "en")));
    let comment = format!("علاقة القضايا من النوع {}، وليست حقيقة بذاتها.", words[&(event_type, "ar")].0);
    lines.push(format!("rdfs:comment {}", tagged(&comment, "ar")));
    close(out, &lines);
}

fn write_subtype(out: &mut String, subtype: EventSubtype) {
    let mut lines = vec![
        format!("{} a skos:Concept, dip:EventSubtype", name(subtype.concept().as_str())),
        "rdfs:isDefinedBy <https://w3id.org/chancery/ontology>".to_owned(),
        "skos:inScheme dip:EventTypeScheme".to_owned(),
        format!("skos:broader {}", name(subtype.event_type.concept().as_str())),
        format!("skos:notation {}", literal(subtype.word)),
    ];
    for (language, (label, definition)) in subtype.words() {
        write_words(&mut lines, label, definition, language);
    }
    close(out, &lines);
}

fn write_words(lines: &mut Vec<String>, label: &str, definition: &str, language: &str) {
    lines.push(format!("rdfs:label {}", tagged(label, language)));
    lines.push(format!("skos:prefLabel {}", tagged(label, language)));
    if !definition.is_empty() {
        lines.push(format!("skos:definition {}", tagged(definition, language)));
    }
}

fn of_type<'w, 'a>(
    words: &'w Words<'a>,
    event_type: EventType,
) -> impl Iterator<Item = (&'w (EventType, &'a str), &'w (&'a str, &'a str))> {
    words.iter().filter(move |((of, _), _)| *of == event_type)
}

fn close(out: &mut String, lines: &[String]) {
    *out += "\n";
    *out += &lines.join(" ;\n    ");
    *out += " .\n";
}

fn name(iri: &str) -> String {
    iri.replace(vocab::DIP, "dip:")
}

fn literal(text: &str) -> String {
    Literal::new_simple_literal(text).to_string()
}

fn tagged(text: &str, language: &str) -> String {
    Literal::new_language_tagged_literal_unchecked(text, language).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_label_is_named() {
        let without = LABELS.lines().filter(|line| !line.starts_with("visit\tar")).collect::<Vec<_>>().join("\n");
        assert_eq!(turtle(&without), Err(InvalidLabels("visit has no label in ar".to_owned())));
    }

    #[test]
    fn an_unknown_type_is_named() {
        let with = format!("{LABELS}dance\ten\tdance\t\n");
        assert!(turtle(&with).unwrap_err().to_string().contains("dance"));
    }
}
