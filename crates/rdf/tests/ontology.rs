//! The ontology and the program say the same: every term of `vocab.rs` is declared, every declared term is known.
#![allow(clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

use chancery_model::{
    EventType, Language, PromiseOutcome, Role, SourceKind, StateKind, StateStatus, Status, Topic, TreatyStage,
};
use chancery_rdf::ontology::{
    ALIGNMENTS, CODEBOOKS, CONTEXT, DIPLOMACY, EVENT_TYPES, FILES, SHAPES, label_of, parse_turtle, triples,
};
use chancery_rdf::vocab::{self, Concept};
use chancery_rdf::{EventSubtype, GraphFormat, codebooks, context, event_types, label, page, serialise};
use oxrdf::vocab::{rdf, rdfs};
use oxrdf::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};
use std::collections::{BTreeMap, BTreeSet};

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
    known.extend(EventSubtype::all().map(EventSubtype::concept));
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

/// `UPDATE=1` writes the file anew.
#[test]
fn context_jsonld_is_generated() {
    let expected = context::document();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/../../ontology/context.jsonld"), &expected).unwrap();
        return;
    }
    assert!(
        CONTEXT == expected,
        "ontology/context.jsonld is not what the ontology gives: UPDATE=1 cargo test --release -p chancery-rdf --test ontology"
    );
}

#[test]
fn the_context_has_every_term() {
    for term in known() {
        let local = term.as_str().strip_prefix(vocab::DIP).unwrap();
        let plain = CONTEXT.contains(&format!("\n  \"{local}\": \"dip:{local}\""));
        let coerced = CONTEXT.contains(&format!("\n  \"{local}\": {{\"@id\":\"dip:{local}\""));
        assert!(plain || coerced, "context.jsonld lacks {local}");
    }
}

/// What is written with the names of the context is read by a parser of others as the same triples.
#[test]
fn the_ontology_in_json_ld_says_the_same() {
    let whole: BTreeSet<String> = triples().iter().filter(|t| !has_blank(t)).map(ToString::to_string).collect();
    let triples: Vec<&Triple> = triples().iter().filter(|t| !has_blank(t)).collect();
    let mut json = Vec::new();
    serialise(triples, GraphFormat::JsonLd, &mut json).unwrap();
    let parser = oxrdfio::RdfParser::from_format(GraphFormat::JsonLd.rdf_format());
    let read: BTreeSet<String> = parser.for_slice(&json).map(|quad| Triple::from(quad.unwrap()).to_string()).collect();
    assert!(whole.len() > 4000, "{}", whole.len());
    assert_eq!(read.symmetric_difference(&whole).collect::<Vec<_>>(), Vec::<&String>::new());
}

fn has_blank(triple: &Triple) -> bool {
    matches!(triple.subject, NamedOrBlankNode::BlankNode(_)) || matches!(triple.object, Term::BlankNode(_))
}

/// `UPDATE=1` writes the file anew.
#[test]
fn codebooks_ttl_is_generated() {
    let expected = codebooks::turtle();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/../../ontology/codebooks.ttl"), &expected).unwrap();
        return;
    }
    assert!(
        CODEBOOKS == expected,
        "ontology/codebooks.ttl is not what the tables give: UPDATE=1 cargo test --release -p chancery-rdf --test ontology"
    );
}

/// Local names of our classes and properties for which no vocabulary that we know has a counterpart. What field codebooks lack is
/// what the program exists for: status, attribution by steps, disputes, promises, states with bounds.
const WITHOUT_COUNTERPART: &str = "
    Dyad Naming RelationState Dispute Promise Phase PromiseRecord
    asserts naming named about agreement status confidence rule attribution step voice field
    byteStart byteEnd sentenceByteStart sentenceByteEnd participant actor person level datePrecision
    statusSince statusSinceNotBefore statusSinceNotAfter lastSupported lastRecorded dyad weight independentOrigins documentCount sameOccasionAs
    symmetric effect windowDays assertedRelation kind party counterpart adversary stage disputedBy phase endedWith followedBy origin sign
    recognises alliedWith partnerOf sanctions hasMissionIn
    disputedEvent affirmedBy deniedBy firstAffirmed firstDenied
    promisedEvent promisedBy promisedOn promisor reportedBy outletName resolvedBy resolvedOn resolvedNotBefore resolvedNotAfter
    recordOf keptCount slippedCount cancelledCount openCount hitRate due outcome
    textOrigin cow gw region subregion statehood bindsBy";

/// Ours to theirs, by local name of ours.
fn aligned() -> BTreeMap<String, BTreeSet<String>> {
    let relates = |predicate: &str| {
        ["#subClassOf", "#subPropertyOf", "#seeAlso"].iter().any(|end| predicate.ends_with(end))
            || predicate.starts_with("http://www.w3.org/2004/02/skos/core#") && predicate.ends_with("Match")
    };
    let mut aligned: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let files = [ALIGNMENTS, CODEBOOKS, DIPLOMACY].map(|file| parse_turtle(file).unwrap());
    for triple in files.into_iter().flatten().filter(|triple| relates(triple.predicate.as_str())) {
        let (NamedOrBlankNode::NamedNode(ours), Term::NamedNode(theirs)) = (&triple.subject, &triple.object) else {
            continue;
        };
        if let (Some(local), false) = (ours.as_str().strip_prefix(vocab::DIP), theirs.as_str().starts_with(vocab::DIP))
        {
            aligned.entry(local.to_owned()).or_default().insert(theirs.as_str().to_owned());
        }
    }
    aligned
}

/// A new term is aligned, or it is said that nobody else has it.
#[test]
fn every_class_and_property_is_aligned_or_ours_alone() {
    let aligned = aligned();
    let alone: BTreeSet<&str> = WITHOUT_COUNTERPART.split_whitespace().collect();
    let terms = vocab::TERMS.iter().filter_map(|term| term.as_str().strip_prefix(vocab::DIP));
    let terms = terms.filter(|local| !local.ends_with("Scheme") && *local != "Chancery");
    let unaligned: BTreeSet<&str> = terms.filter(|local| !aligned.contains_key(*local)).collect();
    assert_eq!(unaligned.symmetric_difference(&alone).collect::<Vec<_>>(), Vec::<&&str>::new());
}

/// Every vocabulary that the field uses is there, and every event type has a class of PLOVER and a code of CAMEO.
#[test]
fn every_vocabulary_of_the_field_is_aligned() {
    let aligned = aligned();
    let theirs: BTreeSet<&str> = aligned.values().flatten().map(String::as_str).collect();
    for (namespace, least) in [
        ("http://semanticweb.cs.vu.nl/2009/11/sem/", 15),
        ("http://www.w3.org/ns/prov#", 8),
        ("http://schema.org/", 15),
        ("http://www.w3.org/ns/org#", 5),
        ("http://www.w3.org/2004/02/skos/core#", 2),
        ("http://www.wikidata.org/entity/", 10),
        ("http://www.wikidata.org/prop/direct/", 12),
        ("https://w3id.org/chancery/plover#", 10),
        ("https://w3id.org/chancery/cameo#", 30),
    ] {
        let count = theirs.iter().filter(|term| term.starts_with(namespace)).count();
        assert!(count >= least, "{namespace}: {count}");
    }
    for property in ["P530", "P463", "P1891"] {
        assert!(theirs.contains(format!("http://www.wikidata.org/prop/direct/{property}").as_str()), "{property}");
    }
    for event_type in EventType::all() {
        let row = event_type.row();
        let of_type = &aligned[&event_type.class_name()];
        assert!(of_type.contains(&format!("https://w3id.org/chancery/plover#{}", row.plover)), "{event_type}");
        assert!(of_type.contains(&format!("https://w3id.org/chancery/cameo#{}", row.cameo)), "{event_type}");
    }
    let declared: BTreeSet<String> =
        parse_turtle(CODEBOOKS).unwrap().iter().map(|triple| triple.subject.to_string()).collect();
    let codes = theirs.iter().filter(|term| term.contains("/chancery/cameo#") || term.contains("/chancery/plover#"));
    for code in codes {
        assert!(declared.contains(&format!("<{code}>")), "codebooks.ttl does not declare {code}");
    }
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

/// Every term has its anchor, once, and every link within the page leads to one.
#[test]
fn the_page_has_an_anchor_for_every_term_in_every_language() {
    for language in Language::ALL {
        let html = page::html(language);
        let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(unique.len(), ids.len(), "{language}: an anchor stands twice");
        for term in known() {
            let local = term.as_str().strip_prefix(vocab::DIP).unwrap();
            assert!(unique.contains(local), "{language}: {local} has no anchor");
            let label = label_of(term.as_ref(), language).unwrap();
            assert!(html.contains(&format!("<a href=\"#{local}\">{label}</a>")), "{language}: {local} is not {label}");
        }
        for link in html.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(unique.contains(link), "{language}: #{link} leads nowhere");
        }
    }
}

#[test]
fn the_page_is_written_in_the_direction_of_its_language() {
    let arabic = page::html(Language::Arabic);
    assert!(arabic.contains("<html lang=\"ar\" dir=\"rtl\">") && arabic.contains("lang=\"en\" dir=\"ltr\">"));
    assert!(arabic.contains("ادعاء") && arabic.contains("lang=\"zh\""));
    let english = page::html(Language::English);
    assert!(english.contains("<html lang=\"en\" dir=\"ltr\">"));
    // A definition that a language lacks is marked as the English that it is.
    assert!(page::html(Language::Russian).contains("<p class=\"definition\" lang=\"en\" dir=\"ltr\">"));
}
