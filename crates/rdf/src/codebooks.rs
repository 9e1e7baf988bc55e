//! Writes `ontology/codebooks.ttl`: the classes of PLOVER and the codes of CAMEO as SKOS concepts, and how the fifty event types
//! match them. From the tables `event-types.tsv`, `cameo.tsv` and `interchange.tsv`; a test holds the file equal to this.
//!
//! Neither codebook has IRIs, so that theirs are below ours. A type is narrower than its class of PLOVER and close to its code of
//! CAMEO; the code of the intent (03x) is related.

use crate::vocab::Concept;
use chancery_model::EventType;
use oxrdf::Literal;
use std::collections::{BTreeMap, BTreeSet};

const CAMEO: &str = include_str!("../../../ontology/cameo.tsv");
const INTERCHANGE: &str = include_str!("../../../ontology/interchange.tsv");

const HEADER: &str = "\
# Generated from ontology/event-types.tsv, cameo.tsv and interchange.tsv: change those, not this file.
# UPDATE=1 cargo test --release -p chancery-rdf --test ontology   writes it anew.

@prefix cameo: <https://w3id.org/chancery/cameo#> .
@prefix dip: <https://w3id.org/chancery/ontology#> .
@prefix plover: <https://w3id.org/chancery/plover#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

<https://w3id.org/chancery/plover> a skos:ConceptScheme ;
    rdfs:label \"أصناف PLOVER\"@ar, \"classes of PLOVER\"@en ;
    rdfs:seeAlso <https://github.com/openeventdata/PLOVER> .

<https://w3id.org/chancery/cameo> a skos:ConceptScheme ;
    rdfs:label \"رموز CAMEO\"@ar, \"codes of CAMEO\"@en ;
    rdfs:seeAlso <http://data.gdeltproject.org/documentation/CAMEO.Manual.1.1b3.pdf> .
";

/// The whole file.
pub fn turtle() -> String {
    let mut out = HEADER.to_owned();
    let classes: BTreeSet<&str> = EventType::all().map(|event_type| event_type.row().plover).collect();
    for class in classes {
        out += &format!(
            "\nplover:{class} a skos:Concept ;\n    skos:inScheme <https://w3id.org/chancery/plover> ;\n    skos:notation {class:?} .\n"
        );
    }
    for [code, goldstein, name] in rows(CAMEO) {
        out += &format!(
            "\ncameo:{code} a skos:Concept ;\n    skos:inScheme <https://w3id.org/chancery/cameo> ;\n    skos:notation {code:?} ;\n    \
             skos:prefLabel {} ;\n    skos:scopeNote \"Goldstein {goldstein}\"@en .\n",
            Literal::new_language_tagged_literal_unchecked(name, "en")
        );
    }
    let planned: BTreeMap<&str, &str> = rows(INTERCHANGE).map(|[name, planned, _]| (name, planned)).collect();
    for event_type in EventType::all() {
        let row = event_type.row();
        out += &format!("\n{} skos:broadMatch plover:{} ;\n", name(event_type), row.plover);
        if let Some(code) = planned.get(row.name).filter(|code| !code.is_empty()) {
            out += &format!("    skos:relatedMatch cameo:{code} ;\n");
        }
        out += &format!("    skos:closeMatch cameo:{} .\n", row.cameo);
    }
    out
}

fn name(event_type: EventType) -> String {
    event_type.concept().as_str().replace(crate::vocab::DIP, "dip:")
}

/// The rows of a table of three columns, without comments and header.
fn rows(table: &'static str) -> impl Iterator<Item = [&'static str; 3]> {
    let rows = table.lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.filter_map(|line| line.split('\t').collect::<Vec<_>>().try_into().ok())
}
