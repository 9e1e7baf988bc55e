//! Reads in every format and language, page by page, of now and of then.

use crate::http::{check_problem, escaped};
use crate::{Answer, SAMPLES, get, json, own_server, send, server, server_over, store_of};
use anyhow::{Context, Result, ensure};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use chancery_model::Document;
use chancery_rdf::GraphFormat;
use serde_json::Value;
use std::collections::BTreeSet;

/// Every list, with words for its question where it needs some.
const LISTS: [&str; 16] = [
    "/v1/countries",
    "/v1/actors",
    "/v1/organizations",
    "/v1/agreements",
    "/v1/countries/KAZ/events",
    "/v1/agreements/abraham-accords/parties",
    "/v1/organizations/nato/members",
    "/v1/dyads/KAZ/USA/timeline",
    "/v1/dyads/KAZ/USA/claims",
    "/v1/events",
    "/v1/documents",
    "/v1/disputes",
    "/v1/promises",
    "/v1/changes?since=1960-01-01",
    "/v1/search?q=kazakhstan",
    "/v1/network/measures",
];

/// What is no list, and has other formats than JSON.
const THINGS: [&str; 6] = [
    "/v1/countries/KAZ",
    "/v1/countries/KAZ/relations",
    "/v1/dyads/KAZ/USA",
    "/v1/actors/USA",
    "/v1/agreements/abraham-accords",
    "/v1/organizations/nato",
];

fn with(path: &str, parameter: &str) -> String {
    let mark = if path.contains('?') { '&' } else { '?' };
    format!("{path}{mark}{parameter}")
}

fn with_ending(path: &str, ending: &str) -> String {
    match path.split_once('?') {
        Some((path, query)) => format!("{path}.{ending}?{query}"),
        None => format!("{path}.{ending}"),
    }
}

fn ok(path: &str, answer: &Answer) -> Result<()> {
    ensure!(answer.status == StatusCode::OK, "{path}: {} {}", answer.status, String::from_utf8_lossy(&answer.body));
    Ok(())
}

#[tokio::test]
async fn lists_are_tables_too() -> Result<()> {
    let server = server()?;
    for path in LISTS {
        let items = json(&server, &with(path, "limit=7")).await?["items"].as_array().context("items")?.len();
        ensure!(items > 0, "{path}: nothing to look at");
        let answer = get(&server, &with_ending(&with(path, "limit=7"), "csv")).await?;
        ok(path, &answer)?;
        assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8", "{path}");
        let mut rows = csv::Reader::from_reader(answer.body.as_slice());
        let columns = rows.headers()?.len();
        let rows: Vec<csv::StringRecord> = rows.records().collect::<Result<_, _>>()?;
        assert_eq!(rows.len(), items, "{path}");
        ensure!(rows.iter().all(|row| row.len() == columns && row.iter().any(|cell| !cell.is_empty())), "{path}");
    }
    Ok(())
}

/// What an answer says is what the graph says: each triple of it stands in the whole graph.
#[tokio::test]
async fn answers_as_rdf_are_parts_of_the_graph() -> Result<()> {
    let server = server()?;
    let mut whole = Vec::new();
    SAMPLES.dump(GraphFormat::NTriples, &mut whole)?;
    let whole = String::from_utf8(whole)?;
    let whole: BTreeSet<&str> = whole.lines().collect();
    let things = LISTS.iter().filter(|path| !path.contains("measures")).chain(&THINGS);
    for path in things {
        let answer = get(&server, &with_ending(path, "nt")).await?;
        ok(path, &answer)?;
        let text = String::from_utf8(answer.body)?;
        ensure!(text.lines().count() > 3, "{path}: {text}");
        let strange: Vec<&str> = text.lines().filter(|line| !whole.contains(line)).collect();
        ensure!(strange.is_empty(), "{path}: not in the graph: {strange:#?}");
    }
    Ok(())
}

#[tokio::test]
async fn formats_go_by_ending_parameter_and_accept() -> Result<()> {
    let server = server()?;
    let relations = "/v1/countries/KAZ/relations";
    for (ending, name, media_type) in [
        ("json", "json", "application/json"),
        ("ttl", "turtle", "text/turtle"),
        ("jsonld", "jsonld", "application/ld+json"),
        ("csv", "csv", "text/csv"),
    ] {
        let by_ending = get(&server, &with_ending(relations, ending)).await?;
        let by_name = get(&server, &with(relations, &format!("format={name}"))).await?;
        let request = Request::get(relations).header("accept", media_type).body(Body::empty())?;
        let by_accept = send(&server, request).await?;
        for answer in [&by_ending, &by_name, &by_accept] {
            ok(name, answer)?;
            ensure!(answer.header("content-type").starts_with(media_type), "{name}: {}", answer.header("content-type"));
            ensure!(answer.body == by_ending.body || ending == "json", "{name}: two answers to one question");
        }
    }
    let offer = get(&server, &with_ending(relations, "gexf")).await?;
    assert_eq!(offer.status, StatusCode::NOT_ACCEPTABLE);
    ensure!(offer.json()?["detail"].as_str().is_some_and(|detail| detail.contains("ttl") && detail.contains("csv")));
    let twice = Request::get("/v1/events.csv?format=json").body(Body::empty())?;
    check_problem(twice, 400, "invalid-parameter").await?;
    let network = get(&server, "/v1/countries/KAZ/network.gexf").await?;
    assert_eq!(network.header("content-type"), "application/gexf+xml");
    Ok(())
}

#[tokio::test]
async fn places_are_features() -> Result<()> {
    let server = server()?;
    let countries = json(&server, "/v1/countries.geojson?limit=200").await?;
    assert_eq!(countries["type"], "FeatureCollection");
    let kazakhstan =
        countries["features"].as_array().context("features")?.iter().find(|feature| feature["id"] == "KAZ");
    let kazakhstan = kazakhstan.context("Kazakhstan")?;
    let [lon, lat] = [0, 1].map(|at| kazakhstan["geometry"]["coordinates"][at].as_f64().unwrap_or_default());
    ensure!((40.0..90.0).contains(&lon) && (40.0..56.0).contains(&lat), "longitude first: {lon} {lat}");
    let events = json(&server, "/v1/events.geojson?limit=200").await?;
    let features = events["features"].as_array().context("features")?;
    ensure!(features.iter().any(|feature| feature["geometry"]["type"] == "Point"), "no event has a place");
    ensure!(features.iter().all(|feature| feature["properties"]["type"].is_string()));
    Ok(())
}

#[tokio::test]
async fn labels_fall_back_and_say_how_they_run() -> Result<()> {
    let server = server()?;
    for (lang, label, dir) in [("ar", "كازاخستان", "rtl"), ("ru", "Казахстан", "ltr"), ("en", "Kazakhstan", "ltr")]
    {
        let relations = json(&server, &format!("/v1/countries/KAZ/relations?lang={lang}&limit=1")).await?;
        let country = &relations["country"];
        assert_eq!((&country["label"], &country["lang"], &country["dir"]), (&label.into(), &lang.into(), &dir.into()));
    }
    // Somebody without a name in Chinese goes by the English one, which says so.
    let events = json(&server, "/v1/search?q=minister&kind=document&lang=zh&limit=1").await?;
    ensure!(events["total"].as_u64() > Some(0));
    Ok(())
}

/// Every item of a list, page by page, by the cursor alone.
async fn all(server: &axum::Router, path: &str, limit: usize) -> Result<(Vec<Value>, usize)> {
    let plain = path.split('?').next().unwrap_or(path);
    let mut page = json(server, &with(path, &format!("limit={limit}"))).await?;
    let (mut items, mut pages) = (Vec::new(), 0);
    loop {
        items.extend(page["items"].as_array().context("items")?.clone());
        pages += 1;
        let Some(next) = page["next"].as_str() else { break };
        page = json(server, &format!("{plain}?limit={limit}&cursor={next}")).await?;
    }
    ensure!(Some(items.len() as u64) == page["total"].as_u64(), "{path}: {} items of {}", items.len(), page["total"]);
    Ok((items, pages))
}

#[tokio::test]
async fn pages_hold_each_item_once() -> Result<()> {
    let server = server()?;
    for path in
        ["/v1/events?status=planned,occurred&sort=oldest", "/v1/documents?text_lang=ar", "/v1/countries?lang=ar"]
    {
        let (items, pages) = all(&server, path, 9).await?;
        ensure!(pages > 2, "{path}: {pages} pages");
        let ids: BTreeSet<String> = items.iter().map(|item| item["id"].to_string()).collect();
        assert_eq!(ids.len(), items.len(), "{path}");
    }
    Ok(())
}

fn document(id: &str, text: &str) -> Result<Request<Body>> {
    let body = serde_json::json!({ "id": id, "lang": "en", "published": "2026-01-05", "text": text });
    let request = Request::post("/v1/documents").header("content-type", "application/json");
    Ok(request.header("authorization", "Bearer abc").body(Body::from(body.to_string()))?)
}

#[tokio::test]
async fn a_list_goes_on_in_the_snapshot_that_it_began_in() -> Result<()> {
    let server = own_server()?;
    let first = get(&server, "/v1/documents?limit=200").await?.json()?;
    let before = json(&server, "/v1/documents?limit=5").await?;
    let next = before["next"].as_str().context("a next page")?;
    send(&server, document("0-first-of-all", "France recalled its ambassador to Mali on Monday.")?).await?;
    let second = json(&server, &format!("/v1/documents?limit=5&cursor={next}")).await?;
    assert_eq!(second["total"], first["total"], "the cursor is of the snapshot before");
    assert_eq!(second["items"][0], first["items"][5]);
    let now = json(&server, "/v1/documents?limit=1").await?;
    assert_eq!(now["items"][0]["id"], "0-first-of-all");
    Ok(())
}

#[tokio::test]
async fn what_changed_since_is_told_with_what_it_was() -> Result<()> {
    let plan = |id: &str, day: &str, recorded: &str, text: &str| -> Result<Document> {
        Ok(serde_json::from_value(serde_json::json!({
            "id": id, "lang": "en", "published": day, "recorded": recorded, "text": text }))?)
    };
    let documents = vec![
        plan(
            "plan",
            "2025-11-06",
            "2025-11-06T08:00:00Z",
            "Kazakhstan will join the Abraham Accords, its president said on Thursday.",
        )?,
        plan("deed", "2025-12-01", "2025-12-01T08:00:00Z", "Kazakhstan joined the Abraham Accords on Monday.")?,
    ];
    let server = server_over(store_of(documents)?)?;
    let changes = json(&server, "/v1/changes?since=2025-11-20&with=KAZ&kind=state&limit=200").await?;
    let items = changes["items"].as_array().context("items")?;
    let accession = items.iter().find(|item| item["state"]["agreement"]["id"] == "agreement:abraham-accords");
    let accession = accession.with_context(|| format!("{changes:#}"))?;
    ensure!(accession["status"] == "in-force", "{accession:#}");
    ensure!(accession["was"] == "announced" || accession["change"] == "added", "{accession:#}");
    let documents = json(&server, "/v1/changes?since=2025-11-20&kind=document").await?;
    assert_eq!((&documents["total"], &documents["items"][0]["id"]), (&1.into(), &"deed".into()));
    let then = json(&server, "/v1/documents?as_known=2025-11-20").await?;
    assert_eq!((&then["total"], &then["items"][0]["id"]), (&1.into(), &"plan".into()));
    check_problem(Request::get("/v1/changes").body(Body::empty())?, 400, "invalid-parameter").await
}

#[tokio::test]
async fn words_are_found_in_both_scripts() -> Result<()> {
    let server = server()?;
    for (q, id) in
        [("kazakhstan", "KAZ"), ("كازاخستان", "KAZ"), ("الإمارات", "ARE"), ("kaz", "KAZ"), ("NATO", "org:nato")]
    {
        let found = json(&server, &format!("/v1/search?kind=entity&limit=50&q={}", escaped(q))).await?;
        let ids: Vec<&str> =
            found["items"].as_array().context("items")?.iter().filter_map(|item| item["id"].as_str()).collect();
        ensure!(ids.contains(&id), "{q}: {ids:?}");
    }
    for q in ["KAZ", "kz"] {
        let found = json(&server, &format!("/v1/search?q={q}")).await?;
        ensure!(found["items"][0]["id"] == "KAZ" && found["items"][0]["score"] == 1.0, "{q} is no code: {found:#}");
    }
    let news = json(&server, "/v1/search?kind=document&q=abraham&limit=20").await?;
    ensure!(news["total"].as_u64() > Some(0));
    let said = news["items"].as_array().context("items")?.iter().find_map(|item| item["claims"][0]["quote"].as_str());
    ensure!(said.is_some_and(|quote| quote.to_lowercase().contains("abraham")), "{said:?}");
    assert_eq!(json(&server, "/v1/search?q=zyxwvut").await?["total"], 0);
    check_problem(Request::get("/v1/search?q=%21").body(Body::empty())?, 400, "invalid-parameter").await
}

#[tokio::test]
async fn ways_lead_over_ties_that_hold() -> Result<()> {
    let server = server()?;
    let paths = json(&server, "/v1/paths?from=KAZ&to=iso2:US&max=4").await?;
    let length = paths["length"].as_u64().context("a way")?;
    for path in paths["paths"].as_array().context("paths")? {
        let (nodes, steps) = (path["nodes"].as_array().context("nodes")?, path["steps"].as_array().context("steps")?);
        assert_eq!((nodes[0]["id"].as_str(), nodes[nodes.len() - 1]["id"].as_str()), (Some("KAZ"), Some("USA")));
        assert_eq!((steps.len() as u64, nodes.len()), (length, steps.len() + 1));
        for (step, pair) in steps.iter().zip(nodes.windows(2)) {
            let ends = BTreeSet::from([pair[0]["id"].as_str(), pair[1]["id"].as_str()]);
            for tie in step.as_array().context("ties")? {
                assert_eq!(BTreeSet::from([tie["source"].as_str(), tie["target"].as_str()]), ends);
                assert_eq!(tie["status"], "in-force");
            }
        }
    }
    check_problem(Request::get("/v1/paths?from=KAZ&to=XXX").body(Body::empty())?, 400, "invalid-parameter").await?;
    check_problem(Request::get("/v1/paths?from=KAZ&to=USA&max=9").body(Body::empty())?, 400, "invalid-parameter").await
}

#[tokio::test]
async fn measures_agree_with_the_network() -> Result<()> {
    let server = server()?;
    let network = json(&server, "/v1/network").await?;
    let (measures, _) = all(&server, "/v1/network/measures", 200).await?;
    assert_eq!(measures.len(), network["nodes"].as_array().context("nodes")?.len());
    let sum: f64 = measures.iter().filter_map(|node| node["page_rank"].as_f64()).sum();
    ensure!((sum - 1.0).abs() < 1e-6, "PageRank sums to {sum}");
    let degree: u64 = measures.iter().filter_map(|node| node["degree"].as_u64()).sum();
    assert_eq!(degree as usize, 2 * network["links"].as_array().context("links")?.len());
    Ok(())
}

#[tokio::test]
async fn what_is_found_follows_the_store() -> Result<()> {
    let server = server_over(store_of(Vec::new())?)?;
    let post = |id: &str, text: &str| {
        let body = serde_json::json!({ "id": id, "lang": "en", "published": "2026-01-05", "text": text });
        let request = Request::post("/v1/documents").header("content-type", "application/json");
        request.header("authorization", "Bearer abc").body(Body::from(body.to_string()))
    };
    let delete = |id: &str| {
        Request::delete(format!("/v1/documents/{id}")).header("authorization", "Bearer abc").body(Body::empty())
    };
    let mali = "France recalled its ambassador to Mali on Monday.";
    let steps = [
        (post("one", mali)?, vec!["one"], vec![]),
        (post("two", mali)?, vec!["one", "two"], vec![]),
        (post("one", "France recalled its ambassador to Niger on Monday.")?, vec!["two"], vec!["one"]),
        (delete("two")?, vec![], vec!["one"]),
    ];
    for (request, with_mali, with_niger) in steps {
        let answer = send(&server, request).await?;
        ensure!(answer.status.is_success(), "{}", String::from_utf8_lossy(&answer.body));
        for (q, expected) in [("mali", with_mali), ("niger", with_niger)] {
            let found = json(&server, &format!("/v1/search?kind=document&q={q}")).await?;
            let ids: Vec<&str> =
                found["items"].as_array().into_iter().flatten().filter_map(|it| it["id"].as_str()).collect();
            assert_eq!(ids, expected, "{q}");
        }
    }
    Ok(())
}
