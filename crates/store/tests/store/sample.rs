//! Hand-made documents and claims.

use chancery_model::hash::content_hash;
use chancery_model::{
    Claim, CodePointSpan, Document, EntityId, EventDate, Evidence, Field, Language, Participant, Role, Span, Status,
    World,
};
use chancery_rdf::GraphFormat;
use chancery_store::{ChangeSet, Outcome, QueryOptions, ReadDocument, Receipt, ResultFormat, Store, StoreError};
use jiff::Timestamp;
use jiff::civil::Date;
use std::sync::Arc;

pub(crate) const VERSION: &str = "test 1";

pub(crate) fn store() -> Store {
    Store::in_memory(Arc::new(World::default()), VERSION.to_owned()).unwrap()
}

pub(crate) fn id(text: &str) -> EntityId {
    text.parse().unwrap()
}

pub(crate) fn ids(texts: &[&str]) -> Vec<EntityId> {
    texts.iter().map(|text| id(text)).collect()
}

pub(crate) fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A document recorded at noon of the day it was published.
pub(crate) fn document(key: &str, published: &str, text: &str) -> Document {
    Document {
        id: key.to_owned(),
        lang: Language::English,
        published: Some(day(published)),
        publisher: Some("The Courier".to_owned()),
        title: Some("News of the day".to_owned()),
        text: text.to_owned(),
        recorded: Some(time(&format!("{published}T12:00:00Z"))),
    }
}

/// A claim whose words are the whole text of its document.
pub(crate) fn claim(document: &Document, event_type: &str, source: &[&str], target: &[&str], status: Status) -> Claim {
    let key = content_hash([document.id.as_str(), event_type, &source.join(" "), &target.join(" "), status.as_str()]);
    let whole = Span::new(0, document.text.len());
    let participant = |who: &&str| Participant {
        id: id(who),
        role: Role::Source,
        surface: (*who).to_owned(),
        span: Some(CodePointSpan { start: 0, end: 3 }),
        person: None,
        office: None,
        level: None,
    };
    Claim {
        id: key.into(),
        event_type: event_type.parse().unwrap(),
        subtype: None,
        source: ids(source),
        target: ids(target),
        agreement: target.iter().find(|who| who.starts_with("agreement:")).map(|who| id(who)),
        status,
        attribution: Vec::new(),
        date: document.published.map_or(EventDate::UNKNOWN, EventDate::day),
        place: None,
        topic: None,
        evidence: Evidence {
            field: Field::Text,
            span: whole,
            code_points: whole.code_points(&document.text),
            quote: document.text.clone(),
            sentence: whole,
        },
        participants: source.iter().map(participant).collect(),
        rule: format!("{event_type}/en/test"),
        // Needs all seventeen digits.
        confidence: 0.1 + 0.2,
    }
}

/// Kazakhstan is expected to join.
pub(crate) fn accession() -> ReadDocument {
    let document = document("d1", "2025-11-07", "Kazakhstan is expected to join the accords.");
    let claims = vec![claim(&document, "join-agreement", &["KAZ"], &["agreement:abraham-accords"], Status::Planned)];
    ReadDocument { document, claims }
}

/// Two states open relations.
pub(crate) fn relations() -> ReadDocument {
    let document = document("d2", "2025-11-08", "France and Fiji opened diplomatic relations.");
    let claims = vec![claim(&document, "establish-relations", &["FJI", "FRA"], &[], Status::Occurred)];
    ReadDocument { document, claims }
}

/// The same is denied.
pub(crate) fn denial() -> ReadDocument {
    let document = document("d3", "2025-11-09", "Fiji denies that it opened relations with France.");
    let claims = vec![claim(&document, "establish-relations", &["FJI", "FRA"], &[], Status::Denied)];
    ReadDocument { document, claims }
}

pub(crate) fn put(store: &Store, documents: Vec<ReadDocument>) -> Receipt {
    store.apply(ChangeSet { put: documents, ..ChangeSet::default() }).unwrap()
}

pub(crate) fn retract(store: &Store, key: &str, at: &str) -> Receipt {
    let retract = vec![key.to_owned()];
    store.apply(ChangeSet { retract, retracted_at: Some(time(at)), ..ChangeSet::default() }).unwrap()
}

pub(crate) fn outcomes(receipt: &Receipt) -> Vec<Outcome> {
    receipt.documents.iter().map(|(_, outcome)| *outcome).collect()
}

pub(crate) fn nquads(store: &Store) -> String {
    let mut bytes = Vec::new();
    store.dump(GraphFormat::NQuads, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// The default graph as the engine has it, not as the snapshot tells it.
pub(crate) fn engine_triples(store: &Store) -> String {
    let options = QueryOptions { max_rows: 1_000_000, ..QueryOptions::default() };
    run(store, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "ntriples", &options).unwrap()
}

/// The graph of the engine is the one that the snapshot tells, triple for triple.
pub(crate) fn assert_projected(store: &Store) {
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&engine_triples(store)), sorted(&nquads(store)));
}

pub(crate) fn run(store: &Store, sparql: &str, format: &str, options: &QueryOptions) -> Result<String, StoreError> {
    let prepared = store.prepare(sparql)?;
    let format = ResultFormat::for_name(format, prepared.form()).expect("a format of this form");
    Ok(String::from_utf8(prepared.run(format, options)?).unwrap())
}

pub(crate) fn ask(store: &Store, sparql: &str) -> bool {
    run(store, sparql, "csv", &QueryOptions::default()).unwrap().trim() == "true"
}

/// The rows of a SELECT as CSV without the header.
pub(crate) fn select(store: &Store, sparql: &str) -> Vec<String> {
    let csv = run(store, sparql, "csv", &QueryOptions::default()).unwrap();
    csv.lines().skip(1).map(str::to_owned).collect()
}
