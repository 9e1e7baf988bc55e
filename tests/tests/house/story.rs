//! The story of the first dispatches: an accession that is expected, relations that are old, an agreement that was signed.

use crate::{PIPELINE, SAMPLES, dispatches, json, server, store_of};
use anyhow::{Context, Result, ensure};
use chancery_rdf::GraphFormat;
use chancery_store::{ChangeSet, Outcome, QueryOptions, ResultFormat, Store};
use jiff::Timestamp;
use serde_json::Value;

fn nquads(store: &Store) -> Result<String> {
    let mut out = Vec::new();
    store.dump(GraphFormat::NQuads, &mut out)?;
    Ok(String::from_utf8(out)?)
}

fn ids(refs: &Value) -> Vec<&str> {
    refs.as_array().into_iter().flatten().filter_map(|r| r["id"].as_str()).collect()
}

fn find(list: &Value, fits: impl Fn(&Value) -> bool) -> Result<&Value> {
    list.as_array().into_iter().flatten().find(|item| fits(item)).with_context(|| format!("not found in {list:#}"))
}

/// Quote, place and speaker are there, and the quote stands in its sentence.
fn check_words(thing: &Value) -> Result<()> {
    let claims = thing["claims"].as_array().context("claims")?;
    ensure!(!claims.is_empty(), "no claim behind {thing:#}");
    for claim in claims {
        let (quote, evidence) = (claim["quote"].as_str().context("quote")?, &claim["evidence"]);
        let sentence: Vec<char> = evidence["sentence"].as_str().context("sentence")?.chars().collect();
        let place = |end: &str| evidence[end].as_u64().map(|at| at as usize).context("place");
        let inside: String = sentence[place("start")?..place("end")?].iter().collect();
        ensure!(inside == quote && claim["span"]["end"].as_u64() > claim["span"]["start"].as_u64(), "{claim:#}");
        ensure!(claim["attribution_labels"].is_array() && claim["document"]["publisher"] == "Chancery samples");
    }
    Ok(())
}

#[tokio::test]
async fn an_expected_accession_is_announced_and_old_relations_are_in_force() -> Result<()> {
    let answer = json(&server()?, "/v1/countries/KAZ/relations").await?;
    let accession = find(&answer["states"], |s| s["agreement"]["id"] == "agreement:abraham-accords")?;
    assert_eq!((&accession["status"], &accession["holds"]), (&"announced".into(), &"no".into()));
    assert_eq!(accession["valid_from"]["precision"], "unknown");
    check_words(accession)?;

    let relations =
        find(&answer["states"], |s| s["kind"] == "diplomatic-relations" && ids(&s["parties"]) == ["ISR", "KAZ"])?;
    assert_eq!((&relations["status"], &relations["holds"]), (&"in-force".into(), &"yes".into()));
    assert!(relations["valid_from"]["not_after"].as_str().context("a latest start")? <= "1995-11-30");
    check_words(relations)?;

    let minerals =
        find(&answer["states"], |s| s["topic"] == "critical-minerals" && ids(&s["parties"]) == ["KAZ", "USA"])?;
    assert_eq!(minerals["valid_from"]["date"], "2025-11-06");
    check_words(minerals)?;

    let summit = find(&answer["recent_events"], |e| e["type"] == "summit")?;
    for state in ["KAZ", "KGZ", "TJK", "TKM", "UZB"] {
        assert!(ids(&summit["source"]).contains(&state), "{summit:#}");
    }
    check_words(summit)
}

#[tokio::test]
async fn the_same_story_in_two_languages_is_one_event() -> Result<()> {
    let answer = json(&server()?, "/v1/countries/KAZ/relations?lang=ar").await?;
    let joins: Vec<&Value> =
        answer["recent_events"].as_array().into_iter().flatten().filter(|e| e["type"] == "join-agreement").collect();
    let [event] = joins[..] else { anyhow::bail!("{} events", joins.len()) };
    let languages: Vec<&str> =
        event["claims"].as_array().into_iter().flatten().filter_map(|c| c["document"]["lang"].as_str()).collect();
    assert!(languages.contains(&"ar") && languages.contains(&"en"), "{languages:?}");
    assert_eq!(answer["country"]["label"], "كازاخستان");
    Ok(())
}

#[test]
fn a_plan_has_no_flat_edge() -> Result<()> {
    let graph = nquads(&SAMPLES)?;
    let edge = |property: &str, object: &str| {
        format!(
            "<https://w3id.org/chancery/id/state/KAZ> <https://w3id.org/chancery/ontology#{property}> <https://w3id.org/chancery/id/{object}>"
        )
    };
    assert!(!graph.contains(&edge("partyTo", "agreement/abraham-accords")));
    assert!(graph.contains(&edge("diplomaticRelationsWith", "state/ISR")));
    Ok(())
}

#[test]
fn the_order_of_documents_does_not_show() -> Result<()> {
    let documents = dispatches()?;
    let forward = nquads(&store_of(documents.clone())?)?;
    let backward = nquads(&store_of(documents.into_iter().rev().collect())?)?;
    assert!(forward == backward, "the graphs differ");
    assert!(!forward.contains("_:"), "blank nodes");
    Ok(())
}

#[test]
fn a_document_replaces_its_earlier_self_and_can_be_taken_back() -> Result<()> {
    let documents = dispatches()?;
    let store = store_of(documents.clone())?;
    let before = nquads(&store)?;
    let mut changed = documents[0].clone();
    changed.text = "The weather was fine.".to_owned();
    let report = PIPELINE.ingest(&store, vec![changed], Timestamp::UNIX_EPOCH, |_| {})?;
    assert_eq!(report.documents[0].outcome, Outcome::Replaced);
    assert_ne!(nquads(&store)?, before);
    let again = PIPELINE.ingest(&store, documents[..1].to_vec(), Timestamp::UNIX_EPOCH, |_| {})?;
    assert_eq!(again.documents[0].outcome, Outcome::Replaced);
    assert_eq!(nquads(&store)?, before);
    let key = documents[0].id.clone();
    let retracted_at = documents[0].recorded;
    store.apply(ChangeSet { put: Vec::new(), retract: vec![key.clone()], retracted_at })?;
    assert!(!nquads(&store)?.contains(&format!("\"{key}\"")), "{key} is still there");
    Ok(())
}

#[test]
fn the_graph_answers_in_sparql() -> Result<()> {
    let store = &*SAMPLES;
    let query = "SELECT ?agreement ?status WHERE { ?relation a dip:RelationState ; dip:kind dip:PartyTo ;
        dip:party state:KAZ ; dip:agreement ?agreement ; dip:status ?status ; dip:supportedBy ?claim }";
    let prepared = store.prepare(query)?;
    let format = ResultFormat::for_name("csv", prepared.form()).context("csv")?;
    let csv = String::from_utf8(prepared.run(format, &QueryOptions::default())?)?;
    assert!(csv.contains("agreement/abraham-accords,https://w3id.org/chancery/ontology#Announced"), "{csv}");
    Ok(())
}
