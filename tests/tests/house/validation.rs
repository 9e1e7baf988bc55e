//! Nothing goes in that breaks a shape; `POST /v1/validate` tells what would.

use crate::http::check_problem;
use crate::{Answer, PIPELINE, dispatches, own_server, root, send, server, store_of};
use anyhow::{Context, Result, ensure};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use chancery_model::{Claim, Document, Language};
use chancery_rdf::GraphFormat;
use chancery_shapes::{Graph, Shapes};
use chancery_store::{ChangeSet, Outcome, ReadDocument, Store};
use jiff::Timestamp;
use std::collections::BTreeSet;

fn nquads(store: &Store) -> Result<String> {
    let mut out = Vec::new();
    store.dump(GraphFormat::NQuads, &mut out)?;
    Ok(String::from_utf8(out)?)
}

/// The document recorded in a year for which `xsd:dateTime` has no spelling of this kind.
fn recorded_in_antiquity(document: &Document, id: &str) -> Result<Document> {
    let recorded = Some("-000044-03-15T12:00:00Z".parse::<Timestamp>()?);
    Ok(Document { id: id.to_owned(), recorded, ..document.clone() })
}

#[test]
fn a_document_that_breaks_a_shape_keeps_nobody_else_out() -> Result<()> {
    let good = dispatches()?;
    let mut documents = good.clone();
    documents.insert(5, recorded_in_antiquity(&good[0], "antique")?);
    documents.push(recorded_in_antiquity(&good[1], "older")?);
    let store = store_of(Vec::new())?;
    let mut done = 0;
    let report = PIPELINE.ingest(&store, documents, Timestamp::UNIX_EPOCH, |count| done = count)?;
    let rejected: Vec<&str> = report.rejected.iter().map(|document| document.id.as_str()).collect();
    assert_eq!((rejected, done), (vec!["antique", "older"], good.len() + 2));
    assert_eq!(report.count(Outcome::Added), good.len());
    assert!(nquads(&store)? == nquads(&store_of(good)?)?, "the graph is not that of the good documents");
    let reason = report.rejected[0].reason(Language::English);
    assert!(reason.contains("a document has one time at which it was recorded"), "{reason}");
    assert!(reason.contains("https://w3id.org/chancery/shapes#DocumentShape"), "{reason}");
    assert!(report.rejected[0].reason(Language::Arabic).contains("للوثيقة وقت تسجيل واحد"));
    Ok(())
}

#[test]
fn a_rejected_version_leaves_the_one_before() -> Result<()> {
    let documents = dispatches()?;
    let store = store_of(documents[..1].to_vec())?;
    let before = nquads(&store)?;
    let mut worse = recorded_in_antiquity(&documents[0], &documents[0].id)?;
    worse.text.push_str("\nMore.");
    // The recorded time of a version is never before that of the version which it replaces.
    let read = ReadDocument { claims: PIPELINE.extract(&worse).claims, document: worse };
    assert_eq!(PIPELINE.store(&store, vec![broken(read.clone(), |claim| claim.confidence = 2.0)])?.rejected.len(), 1);
    assert_eq!((nquads(&store)?, store.history(&documents[0].id)?.len()), (before, 1));
    assert_eq!(PIPELINE.store(&store, vec![read])?.documents[0].outcome, Outcome::Replaced);
    Ok(())
}

fn broken(mut read: ReadDocument, breaks: impl Fn(&mut Claim)) -> ReadDocument {
    read.claims.iter_mut().for_each(breaks);
    read
}

/// How a claim is broken.
type Damage = fn(&mut Claim);

/// Looking at what a change touches finds what looking at the whole graph finds.
#[test]
fn what_is_touched_is_all_that_a_document_can_break() -> Result<()> {
    let documents = dispatches()?;
    let (last, others) = documents.split_last().context("dispatches")?;
    let mut document = last.clone();
    document.recorded.get_or_insert(Timestamp::UNIX_EPOCH);
    let read = ReadDocument { claims: PIPELINE.extract(&document).claims, document };
    ensure!(!read.claims.is_empty(), "{} says nothing", last.id);
    let store = store_of(others.to_vec())?;
    let before = nquads(&store)?;
    let ways: [(&str, Damage); 4] = [
        ("ClaimShape", |claim| claim.confidence = 1.5),
        ("ClaimShape", |claim| claim.confidence = f64::NAN),
        ("QuoteSelectorShape", |claim| claim.evidence.quote.clear()),
        ("PositionSelectorShape", |claim| claim.evidence.code_points.start = claim.evidence.code_points.end + 1),
    ];
    for (shape, breaks) in ways {
        let read = broken(read.clone(), breaks);
        let changes = ChangeSet { put: vec![read.clone()], ..ChangeSet::default() };
        let mut whole = None;
        let looked_at = store.apply_checked(changes, |change| {
            let mut triples: BTreeSet<String> = before.lines().map(str::to_owned).collect();
            for triple in change.removed() {
                triples.remove(&format!("{triple} ."));
            }
            triples.extend(change.added().iter().map(|triple| format!("{triple} .")));
            let text: String = triples.into_iter().map(|line| line + "\n").collect();
            let graph = Graph::parse(text.as_bytes(), GraphFormat::NTriples).expect("what was written can be read");
            whole = Some(Shapes::ours().validate(&graph));
            Err("only looked at".to_owned())
        });
        assert!(looked_at.is_err(), "{shape}");
        let report = PIPELINE.store(&store, vec![read])?;
        let [rejected] = &report.rejected[..] else { anyhow::bail!("{shape}: {report:?}") };
        assert_eq!(rejected.report.results, whole.context("a graph")?.results, "{shape}");
        let shapes = rejected.report.results.iter().filter_map(|result| result.named_shape.as_ref());
        let shapes: Vec<String> = shapes.map(ToString::to_string).collect();
        assert!(shapes.iter().any(|named| named.contains(shape)), "{shape}: {shapes:?}");
    }
    Ok(())
}

/// Short reports of what a few states do to each other in the same days, each in a document of its own: they share occasions, states,
/// promises, dyads.
fn reports() -> Vec<Document> {
    let acts = [
        "The president of {a} visited {b} on Monday",
        "The president of {a} met the prime minister of {b} on Monday",
        "{a} and {b} held a summit on Monday",
        "{a} and {b} signed a trade agreement on Monday",
        "{a} recalled its ambassador to {b} on Monday",
        "{a} will send an ambassador to {b} on Friday",
        "{a} imposed sanctions on {b} on Monday",
        "The foreign minister of {a} denied that it had severed diplomatic relations with {b}",
    ];
    let pairs = [("Kenya", "Japan"), ("Japan", "Kenya"), ("Peru", "Japan")];
    let days = ["2026-01-06", "2026-01-07", "2026-01-14"];
    let tell = |act: &str, (a, b): (&str, &str), day: &str| {
        let text = format!("{}.", act.replace("{a}", a).replace("{b}", b));
        let (id, published) = (format!("{day} {text}"), day.parse().ok());
        Document { id, lang: Language::English, published, publisher: None, title: None, text, recorded: None }
    };
    acts.iter().flat_map(|act| pairs.iter().flat_map(|&pair| days.map(|day| tell(act, pair, day)))).collect()
}

/// Each change is looked at by itself, as it is on a server: what links to older facts, or was linked to those that go, breaks nothing.
#[test]
fn documents_come_change_and_go_one_by_one() -> Result<()> {
    let documents: Vec<Document> = dispatches()?.into_iter().chain(reports()).collect();
    let store = store_of(Vec::new())?;
    let empty = nquads(&store)?;
    let put = |document: Document| {
        let id = document.id.clone();
        let report = PIPELINE.ingest(&store, vec![document], Timestamp::UNIX_EPOCH, |_| {})?;
        let reasons: Vec<String> = report.rejected.iter().map(|it| it.reason(Language::English)).collect();
        ensure!(reasons.is_empty(), "{id}: {reasons:?}");
        Ok(())
    };
    for step in [1, 41] {
        ensure!(step == 1 || !documents.len().is_multiple_of(step), "a step with which each comes once");
        for index in (0..documents.len()).map(|index| index * step % documents.len()) {
            put(documents[index].clone())?;
        }
        let whole = Shapes::ours().validate(&Graph::parse(nquads(&store)?.as_bytes(), GraphFormat::NQuads)?);
        ensure!(whole.conforms, "{:?}", whole.results);
        for (document, other) in documents.iter().zip(documents.iter().cycle().skip(step)) {
            put(Document { id: document.id.clone(), ..other.clone() })?;
        }
        for document in &documents {
            PIPELINE.retract(&store, vec![document.id.clone()], Timestamp::UNIX_EPOCH)?;
        }
        ensure!(nquads(&store)? == empty, "something is left");
    }
    Ok(())
}

#[test]
fn what_was_ingested_can_be_taken_back() -> Result<()> {
    let store = store_of(dispatches()?[..3].to_vec())?;
    for document in &dispatches()?[..3] {
        let receipt = PIPELINE.retract(&store, vec![document.id.clone()], Timestamp::UNIX_EPOCH)?;
        assert_eq!(receipt.documents, [(document.id.clone(), Outcome::Retracted)]);
    }
    assert!(nquads(&store)? == nquads(&store_of(Vec::new())?)?);
    Ok(())
}

fn example(name: &str) -> Result<String> {
    Ok(std::fs::read_to_string(root().join("ontology/examples").join(name))?)
}

fn request(query: &str, media_type: &str, accept: &str, body: impl Into<Body>) -> Result<Request<Body>> {
    let request = Request::post(format!("/v1/validate{query}")).header("content-type", media_type);
    Ok(request.header("accept", accept).body(body.into())?)
}

async fn validate(query: &str, media_type: &str, accept: &str, body: impl Into<Body>) -> Result<Answer> {
    let answer = send(&server()?, request(query, media_type, accept, body)?).await?;
    ensure!(answer.status == StatusCode::OK, "{}", String::from_utf8_lossy(&answer.body));
    Ok(answer)
}

#[tokio::test]
async fn a_graph_that_conforms_is_told_from_one_that_does_not() -> Result<()> {
    let good = validate("", "text/turtle", "*/*", example("valid/summit.ttl")?).await?.json()?;
    assert_eq!(good, serde_json::json!({ "conforms": true, "results": [] }));
    let text = example("invalid/claim-without-evidence.ttl")?;
    let bad = validate("?lang=ar", "text/turtle; charset=utf-8", "application/json", text).await?.json()?;
    let result = &bad["results"][0];
    assert_eq!(bad["conforms"], false);
    assert_eq!(result["message"], "لا ادعاء بلا دليل");
    assert_eq!(result["path"], "https://w3id.org/chancery/ontology#evidence");
    assert_eq!(result["named_shape"], "https://w3id.org/chancery/shapes#ClaimShape");
    assert_eq!(result["constraint_component"], "http://www.w3.org/ns/shacl#MinCountConstraintComponent");
    let words: Vec<&str> =
        result["messages"].as_array().into_iter().flatten().filter_map(|it| it["text"].as_str()).collect();
    assert!(words.contains(&"no claim without evidence"), "{bad:#}");
    Ok(())
}

/// A report in a format is data in that format: it goes back in, and breaks nothing.
#[tokio::test]
async fn graphs_and_reports_come_in_every_format() -> Result<()> {
    let bad = example("invalid/claim-without-evidence.ttl")?;
    let mut sizes = BTreeSet::new();
    for format in GraphFormat::ALL {
        let report = validate("", "text/turtle", format.media_type(), bad.clone()).await?;
        assert_eq!(report.header("content-type"), format.media_type());
        sizes.insert(Graph::parse(&report.body, format)?.len());
        let again = validate("", format.media_type(), "*/*", report.body).await?;
        assert_eq!(again.json()?["conforms"], true, "{format}");
    }
    assert_eq!(sizes.len(), 1, "{sizes:?}");
    Ok(())
}

#[tokio::test]
async fn what_cannot_be_validated_is_named() -> Result<()> {
    let broken = "<urn:a> a <https://w3id.org/chancery/ontology#Claim> .";
    let quad = "<urn:a> <urn:p> 1 <urn:g> .";
    let many = format!("<urn:a> <urn:p> {} .", (0..500_001).map(|it| it.to_string()).collect::<Vec<_>>().join(","));
    let results: String = (0..2_000).map(|it| broken.replace("urn:a", &format!("urn:a{it}"))).collect();
    let deep = format!("<urn:a> <urn:p> {}{} .", "[ <urn:p> ".repeat(2_000), "]".repeat(2_000));
    let chain: Vec<String> = (0..20_000).map(|it| format!("\"t{it}\":\"t{}:x\"", it + 1)).collect();
    let chain = format!("{{\"@context\":{{{}}},\"@id\":\"urn:x\",\"t0\":1}}", chain.join(","));
    let doctype = "<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY a \"b\">]><r/>";
    let large = " ".repeat((16 << 20) + 1);
    for (query, media_type, body, status, code) in [
        ("", "text/turtle", "<urn:a> <urn:p>", 400, "invalid-body"),
        ("", "application/n-quads", quad, 400, "invalid-body"),
        ("", "application/ld+json", "{\"@context\":\"https://example.org/\",\"@id\":\"urn:a\"}", 400, "invalid-body"),
        ("", "application/ld+json", "{", 400, "invalid-body"),
        ("", "text/turtle", &deep, 400, "invalid-body"),
        ("", "application/ld+json", &chain, 400, "invalid-body"),
        ("", "application/rdf+xml", doctype, 400, "invalid-body"),
        ("?shapes=mine", "text/turtle", broken, 400, "unknown-parameter"),
        ("?lang=tlh", "text/turtle", broken, 400, "invalid-parameter"),
        ("", "text/turtle", &large, 413, "too-large"),
        ("", "text/turtle", &many, 413, "too-large"),
        ("", "text/plain", broken, 415, "unsupported-media-type"),
        ("", "", broken, 415, "unsupported-media-type"),
        ("", "text/turtle", &results, 422, "validation-incomplete"),
    ] {
        check_problem(request(query, media_type, "*/*", body.to_owned())?, status, code).await?;
    }
    check_problem(request("", "text/turtle", "image/png", broken)?, 406, "not-acceptable").await?;
    let zipped = Request::post("/v1/validate").header("content-type", "text/turtle").header("content-encoding", "gzip");
    check_problem(zipped.body(Body::from("x"))?, 415, "unsupported-media-type").await?;
    check_problem(Request::get("/v1/validate").body(Body::empty())?, 405, "method-not-allowed").await
}

#[tokio::test]
async fn the_server_rejects_what_breaks_a_shape() -> Result<()> {
    let line = |id: &str, recorded: &str| {
        let text = "France recalled its ambassador to Mali on Monday.";
        serde_json::json!({ "id": id, "lang": "en", "published": "2026-01-05", "recorded": recorded, "text": text })
    };
    let good = line("good", "2026-01-05T12:00:00Z");
    let bad = line("bad", "-000044-03-15T12:00:00Z");
    let post = |path: &str, body: String| {
        let request = Request::post(path).header("content-type", "application/x-ndjson");
        request.header("authorization", "Bearer abc").body(Body::from(body))
    };
    let server = own_server()?;
    let both = send(&server, post("/v1/documents?lang=ar", format!("{bad}\n{good}\n"))?).await?;
    let answer = both.json()?;
    assert_eq!((both.status, &answer["documents"][0]["id"]), (StatusCode::CREATED, &"good".into()), "{answer:#}");
    assert_eq!(answer["rejected"][0]["id"], "bad");
    let messages: Vec<&str> = answer["rejected"][0]["results"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|result| result["message"].as_str())
        .collect();
    assert!(messages.contains(&"للوثيقة وقت تسجيل واحد"), "{answer:#}");
    check_problem(post("/v1/documents", bad.to_string())?, 422, "rejected").await?;
    check_problem(post("/v1/documents?as_of=2020", good.to_string())?, 400, "unknown-parameter").await?;
    check_problem(post("/v1/extract?format=turtle", bad.to_string())?, 422, "rejected").await
}
