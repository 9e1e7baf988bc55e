//! The ontology and the program say the same: every term of `vocab.rs` is declared, every declared term is known.
#![allow(clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

use chancery_model::{
    EventType, Language, PromiseOutcome, Role, SourceKind, StateKind, StateStatus, Status, Topic, TreatyStage,
};
use chancery_rdf::ontology::{ALIGNMENTS, CONTEXT, EVENT_TYPES, FILES, SHAPES, label_of, parse_turtle, triples};
use chancery_rdf::vocab::{self, Concept};
use chancery_rdf::{event_types, label};
use oxrdf::vocab::{rdf, rdfs};
use oxrdf::{NamedNode, NamedNodeRef, Term, Triple};
use std::collections::BTreeSet;

const OF_ONTOLOGY: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/2000/01/rdf-schema#isDefinedBy");

fn declared() -> BTreeSet<String> {
    triples().iter().filter(|t| t.predicate == OF_ONTOLOGY).map(|t| t.subject.to_string()).collect()
}

fn concepts<T: Concept>(words: impl IntoIterator<Item = T>) -> Vec<NamedNode> {
    words.into_iter().map(Concept::concept).collect()
}

/// Everything that the program can write in `dip:`.
fn known() -> Vec<NamedNode> {
    let mut known: Vec<NamedNode> = vocab::TERMS.iter().map(|term| term.into_owned()).collect();
    known.extend(concepts(Status::ALL.iter().copied()));
    known.extend(concepts(StateStatus::ALL.iter().copied()));
    known.extend(concepts(StateKind::ALL.iter().copied()));
    known.extend(concepts(TreatyStage::ALL.iter().copied()));
    known.extend(concepts(Topic::ALL.iter().copied()));
    known.extend(concepts(Role::ALL.iter().copied()));
    known.extend(concepts(SourceKind::ALL.iter().copied()));
    known.extend(concepts(PromiseOutcome::ALL.iter().copied()));
    known.extend(concepts(EventType::all()));
    known.extend(EventType::all().map(vocab::relation).filter(|relation| *relation != vocab::PARTY_TO));
    known
}

#[test]
fn the_program_and_the_ontology_know_the_same_terms() {
    let known: Vec<String> = known().iter().map(ToString::to_string).collect();
    let set: BTreeSet<String> = known.iter().cloned().collect();
    assert_eq!(set.len(), known.len(), "two things have one name");
    let declared = declared();
    assert_eq!(set.difference(&declared).collect::<Vec<_>>(), Vec::<&String>::new(), "not declared in ontology/");
    assert_eq!(declared.difference(&set).collect::<Vec<_>>(), Vec::<&String>::new(), "unknown to vocab.rs");
}

#[test]
fn every_term_is_labelled_in_six_languages_and_explained_in_arabic_and_english() {
    let explains = ["http://www.w3.org/2000/01/rdf-schema#comment", "http://www.w3.org/2004/02/skos/core#definition"];
    for term in known() {
        for language in [Language::Arabic, Language::English] {
            let explained = triples().iter().any(|t| {
                let of_term = t.subject == term.clone().into() && explains.contains(&t.predicate.as_str());
                of_term && matches!(&t.object, Term::Literal(text) if text.language() == Some(language.code()))
            });
            assert!(explained, "{term} is not explained in {language}");
        }
        for language in Language::ALL {
            assert!(has_label(&term, language), "{term} does not have one label in {language}");
        }
    }
}

fn has_label(term: &NamedNode, language: Language) -> bool {
    let labels = triples().iter().filter(|t| t.predicate == rdfs::LABEL && t.subject == term.clone().into());
    labels.filter(|t| matches!(&t.object, Term::Literal(text) if text.language() == Some(language.code()))).count() == 1
}

#[test]
fn labels_answer_in_the_language_asked_for() {
    assert_eq!(label(Status::Planned, Language::Arabic), "مخطط له");
    assert_eq!(label(StateStatus::InForce, Language::English), "in force");
    assert_eq!(label(Topic::CriticalMinerals, Language::English), "critical minerals");
    assert_eq!(label(StateKind::PartyTo, Language::Arabic), "طرف في اتفاق");
    assert_eq!(label("visit".parse::<EventType>().unwrap(), Language::Arabic), "زيارة");
    assert_eq!(label(Status::Planned, Language::French), "prévu");
    assert_eq!(label(Status::Planned, Language::Chinese), "计划中");
    assert_eq!(label_of(NamedNodeRef::new_unchecked("http://example.org/"), Language::English), None);
}

/// `UPDATE=1` writes the file anew.
#[test]
fn event_types_ttl_is_generated() {
    let expected = event_types::turtle(event_types::LABELS).unwrap();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/../../ontology/event-types.ttl"), &expected).unwrap();
        return;
    }
    assert!(
        EVENT_TYPES == expected,
        "ontology/event-types.ttl is not what the tables give: UPDATE=1 cargo test --release -p chancery-rdf --test ontology"
    );
}

#[test]
fn every_type_is_a_class_and_a_concept() {
    let class = NamedNodeRef::new_unchecked("http://www.w3.org/2002/07/owl#Class");
    let concept = NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#Concept");
    for event_type in EventType::all() {
        for kind in [class, concept, vocab::EVENT_TYPE_CLASS] {
            let triple = Triple::new(event_type.concept(), rdf::TYPE, kind);
            assert!(triples().contains(&triple), "{triple}");
        }
    }
}

#[test]
fn the_files_are_turtle_and_name_no_unknown_term() {
    let known: BTreeSet<String> = known().iter().map(|term| term.as_str().to_owned()).collect();
    for (name, text) in FILES {
        let triples = parse_turtle(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(!triples.is_empty(), "{name} is empty");
        for triple in triples {
            let terms = [triple.subject.to_string(), triple.predicate.to_string(), triple.object.to_string()];
            for term in terms.iter().map(|term| term.trim_matches(['<', '>'])) {
                assert!(!term.starts_with(vocab::DIP) || known.contains(term), "{name} names {term}");
            }
        }
    }
}

/// The lists of the shapes hold every word of the closed lists, and no other.
#[test]
fn the_lists_of_the_shapes_are_whole() {
    let members: BTreeSet<String> = parse_turtle(SHAPES)
        .unwrap()
        .into_iter()
        .filter(|t| t.predicate == rdf::FIRST)
        .map(|t| t.object.to_string())
        .filter(|term| term.contains(vocab::DIP))
        .collect();
    let mut words = concepts(Status::ALL.iter().copied());
    words.extend(concepts(StateStatus::ALL.iter().copied()));
    words.extend(concepts(StateKind::ALL.iter().copied()));
    words.extend(concepts(TreatyStage::ALL.iter().copied()));
    words.extend(concepts(Role::ALL.iter().copied()));
    words.extend(concepts(SourceKind::ALL.iter().copied()));
    words.extend(concepts(PromiseOutcome::ALL.iter().copied()));
    assert_eq!(members, words.iter().map(ToString::to_string).collect());
}

#[test]
fn the_context_reads_plain_json() {
    let body = r#""id": "https://w3id.org/chancery/id/claim/1", "type": "Claim", "status": "Planned",
        "eventType": "JoinAgreement", "source": "https://w3id.org/chancery/id/state/KAZ",
        "dateNotAfter": "2025-11-06", "rule": "r", "prefLabel": {"ar": "ا"}}"#;
    let head = CONTEXT.trim_end().strip_suffix('}').unwrap();
    let json = format!("{head}, {body}");
    let parser = oxrdfio::RdfParser::from_format(chancery_rdf::GraphFormat::JsonLd.rdf_format());
    let read: BTreeSet<String> = parser.for_slice(&json).map(|quad| Triple::from(quad.unwrap()).to_string()).collect();
    let claim = "<https://w3id.org/chancery/id/claim/1>";
    let (dip, rdf) = (vocab::DIP, "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
    let expected = [
        format!("{claim} <{rdf}type> <{dip}Claim>"),
        format!("{claim} <{dip}status> <{dip}Planned>"),
        format!("{claim} <{dip}eventType> <{dip}JoinAgreement>"),
        format!("{claim} <{dip}source> <https://w3id.org/chancery/id/state/KAZ>"),
        format!("{claim} <{dip}dateNotAfter> \"2025-11-06\"^^<http://www.w3.org/2001/XMLSchema#date>"),
        format!("{claim} <{dip}rule> \"r\""),
        format!("{claim} <http://www.w3.org/2004/02/skos/core#prefLabel> \"ا\"@ar"),
    ];
    assert_eq!(read, expected.into_iter().collect());
}

#[test]
fn the_context_has_every_class_and_property() {
    for term in vocab::TERMS {
        let local = term.as_str().strip_prefix(vocab::DIP).unwrap();
        let is_scheme = local.ends_with("Scheme") || *term == vocab::CHANCERY;
        assert!(is_scheme || CONTEXT.contains(&format!("\n  \"{local}\": ")), "context.jsonld lacks {local}");
    }
}

#[test]
fn the_alignments_stand_on_terms_of_others() {
    let others = parse_turtle(ALIGNMENTS).unwrap();
    let aligned = others.iter().filter(|t| t.subject.to_string().contains(vocab::DIP)).count();
    let foreign =
        others.iter().filter(|t| matches!(&t.object, Term::NamedNode(n) if !n.as_str().starts_with(vocab::DIP)));
    assert!(aligned > 30 && foreign.count() > 30);
}

#[test]
fn the_examples_are_turtle_and_name_no_unknown_term() {
    let known: BTreeSet<String> = known().iter().map(|term| term.as_str().to_owned()).collect();
    for folder in ["valid", "invalid"] {
        let folder = format!("{}/../../ontology/examples/{folder}", env!("CARGO_MANIFEST_DIR"));
        let files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert!(files.len() >= 5, "{folder} has {} examples", files.len());
        for file in files {
            let text = std::fs::read_to_string(&file).unwrap();
            for triple in parse_turtle(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display())) {
                for term in [triple.predicate.to_string(), triple.object.to_string()] {
                    let term = term.trim_matches(['<', '>']);
                    assert!(!term.starts_with(vocab::DIP) || known.contains(term), "{} names {term}", file.display());
                }
            }
        }
    }
}
