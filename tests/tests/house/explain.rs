//! `explain=sparql`: the query gives what the answer gives.

use crate::http::escaped;
use crate::{get, json, server};
use anyhow::{Context, Result, ensure};
use axum::http::StatusCode;
use serde_json::Value;
use std::collections::BTreeSet;

/// A read, the list in its JSON, and the variable of the query that holds the same things.
const READS: &[(&str, &str, &str)] = &[
    ("/v1/countries?region=Asia", "items", "country"),
    ("/v1/countries?active=true", "items", "country"),
    ("/v1/agreements", "items", "entity"),
    ("/v1/organizations", "items", "entity"),
    ("/v1/actors?kind=group", "items", "entity"),
    ("/v1/countries/KAZ/relations", "states", "relation"),
    ("/v1/countries/KAZ/relations?kind=party-to,diplomatic-relations&status=announced,in-force", "states", "relation"),
    ("/v1/countries/KAZ/relations?with=ISR,agreement:abraham-accords", "states", "relation"),
    ("/v1/countries/USA/relations?sign=-1", "states", "relation"),
    ("/v1/countries/USA/relations?origin=news", "states", "relation"),
    ("/v1/countries/USA/relations?origin=reference", "states", "relation"),
    ("/v1/countries/USA/relations?min_sources=2", "states", "relation"),
    ("/v1/countries/USA/relations?since=2020-01-01&until=2025-06-01", "states", "relation"),
    ("/v1/countries/USA/relations?holds=yes", "states", "relation"),
    ("/v1/countries/USA/relations?holds=no&as_of=2001-01-01", "states", "relation"),
    ("/v1/countries/USA/relations?holds=unknown,no&as_of=2024-01-01", "states", "relation"),
    ("/v1/dyads/KAZ/USA", "states", "relation"),
    ("/v1/agreements/abraham-accords", "states", "relation"),
    ("/v1/agreements/abraham-accords/parties", "items", "relation"),
    ("/v1/organizations/nato/members?holds=yes", "items", "relation"),
    ("/v1/actors/org:nato", "states", "relation"),
    ("/v1/events", "items", "event"),
    ("/v1/events?type=visit,meet&status=occurred", "items", "event"),
    ("/v1/events?sign=-1", "items", "event"),
    ("/v1/events?with=KAZ,USA&min_sources=2", "items", "event"),
    ("/v1/events?since=2023-01-01&until=2024-06-30", "items", "event"),
    ("/v1/events?as_of=2024-06-30", "items", "event"),
    ("/v1/events?topic=trade,energy", "items", "event"),
    ("/v1/countries/KAZ/events", "items", "event"),
    ("/v1/dyads/KAZ/USA/timeline", "items", "event"),
    ("/v1/dyads/KAZ/USA/claims", "items", "claim"),
    ("/v1/dyads/KAZ/USA/claims?text_lang=ar", "items", "claim"),
    ("/v1/documents", "items", "document"),
    ("/v1/documents?text_lang=ar&since=2024-01-01", "items", "document"),
    ("/v1/disputes", "items", "dispute"),
    ("/v1/promises/records", "items", "record"),
    ("/v1/promises/records?min_closed=1", "items", "record"),
    ("/v1/promises", "items", "promise"),
    ("/v1/promises?outcome=open,kept", "items", "promise"),
];

fn with(path: &str, parameter: &str) -> String {
    let mark = if path.contains('?') { '&' } else { '?' };
    format!("{path}{mark}{parameter}")
}

/// The IRIs of a list, of all its pages.
async fn answered(path: &str, list: &str) -> Result<BTreeSet<String>> {
    let server = server()?;
    let plain = path.split('?').next().unwrap_or(path);
    let mut page = json(&server, &with(path, "limit=200")).await?;
    let mut iris = BTreeSet::new();
    loop {
        let items = page[list].as_array().with_context(|| format!("{path}: {list}"))?;
        iris.extend(items.iter().filter_map(iri));
        let Some(next) = page["next"].as_str() else { return Ok(iris) };
        page = json(&server, &format!("{plain}?limit=200&cursor={next}")).await?;
    }
}

fn iri(item: &Value) -> Option<String> {
    Some(item["iri"].as_str()?.to_owned())
}

async fn explained(path: &str, variable: &str) -> Result<BTreeSet<String>> {
    let server = server()?;
    let answer = get(&server, &with(path, "explain=sparql")).await?;
    let query = String::from_utf8(answer.body)?;
    ensure!(answer.status == StatusCode::OK, "{path}: {query}");
    let found = get(&server, &format!("/sparql?query={}", escaped(&query))).await?;
    ensure!(found.status == StatusCode::OK, "{path}: {}\n{query}", String::from_utf8_lossy(&found.body));
    let found: Value = serde_json::from_slice(&found.body)?;
    let rows = found["results"]["bindings"].as_array().context("bindings")?;
    Ok(rows.iter().filter_map(|row| Some(row[variable]["value"].as_str()?.to_owned())).collect())
}

#[tokio::test]
async fn the_query_gives_what_the_answer_gives() -> Result<()> {
    let mut empty = Vec::new();
    for (path, list, variable) in READS {
        let (answered, explained) = (answered(path, list).await?, explained(path, variable).await?);
        let lost: Vec<_> = answered.difference(&explained).collect();
        let strange: Vec<_> = explained.difference(&answered).collect();
        ensure!(lost.is_empty() && strange.is_empty(), "{path}: the query lacks {lost:#?} and has {strange:#?}");
        if answered.is_empty() {
            empty.push(path);
        }
    }
    // A question that nothing answers shows nothing; some few may come to be so when the samples change.
    ensure!(empty.len() <= 3, "nothing to compare: {empty:?}");
    Ok(())
}

#[tokio::test]
async fn one_thing_is_described() -> Result<()> {
    let server = server()?;
    let claim = json(&server, "/v1/dyads/KAZ/USA/claims?limit=1").await?["items"][0]["id"].clone();
    let claim = claim.as_str().context("a claim")?;
    for path in ["/v1/countries/KAZ".to_owned(), format!("/v1/claims/{claim}"), format!("/v1/claims/{claim}/evidence")]
    {
        let query = String::from_utf8(get(&server, &with(&path, "explain=sparql")).await?.body)?;
        ensure!(query.starts_with("DESCRIBE <https://w3id.org/chancery/id/"), "{query}");
        let found = get(&server, &format!("/sparql?format=ntriples&query={}", escaped(&query))).await?;
        ensure!(!found.body.is_empty(), "{path}: {query}");
    }
    Ok(())
}

#[tokio::test]
async fn what_no_query_answers_says_so() -> Result<()> {
    for path in ["/v1/search?q=x", "/v1/network/measures", "/v1/paths?from=KAZ&to=USA", "/v1/changes?since=2020-01-01"]
    {
        let answer = get(&server()?, &with(path, "explain=sparql")).await?;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
        ensure!(
            answer.json()?["detail"].as_str().is_some_and(|detail| detail.contains("no query of the graph")),
            "{path}"
        );
    }
    Ok(())
}
