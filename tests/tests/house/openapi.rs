//! The OpenAPI document, taken at its word: every operation with its examples, every answer against its schema.

use crate::{Answer, json, own_server, send, server};
use anyhow::{Context, Result, ensure};
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

/// One request that the document shows.
struct Example {
    operation: String,
    method: String,
    uri: String,
    body: Option<(String, String)>,
}

fn escaped(text: &str) -> String {
    crate::http::escaped(text)
}

fn resolve<'d>(document: &'d Value, value: &'d Value) -> &'d Value {
    let place = value.get("$ref").and_then(Value::as_str).and_then(|place| place.strip_prefix('#'));
    place.and_then(|place| document.pointer(place)).unwrap_or(value)
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The path and query of an operation, with the examples of its parameters.
fn uri(document: &Value, path: &str, operation: &Value) -> Result<String> {
    let (mut uri, mut query) = (path.to_owned(), Vec::new());
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        let parameter = resolve(document, parameter);
        let name = parameter["name"].as_str().context("a parameter has a name")?;
        let example = parameter.get("example").map(text);
        match (parameter["in"].as_str(), example) {
            (Some("path"), Some(example)) => uri = uri.replace(&format!("{{{name}}}"), &escaped(&example)),
            (Some("query"), Some(example)) => query.push(format!("{name}={}", escaped(&example))),
            (Some("path"), None) => anyhow::bail!("{path}: the parameter {name} has no example"),
            (_, None) => ensure!(parameter["required"] != true, "{path}: {name} is needed, but has no example"),
            other => anyhow::bail!("{path}: {other:?}"),
        }
    }
    ensure!(!uri.contains('{'), "{uri}: a part of the path is no parameter");
    Ok(if query.is_empty() { uri } else { format!("{uri}?{}", query.join("&")) })
}

fn form(value: &Value) -> String {
    let pairs = value.as_object().into_iter().flatten();
    pairs.map(|(name, value)| format!("{name}={}", escaped(&text(value)))).collect::<Vec<_>>().join("&")
}

fn examples(document: &Value) -> Result<Vec<Example>> {
    let mut examples = Vec::new();
    for (path, item) in document["paths"].as_object().context("paths")? {
        for (method, operation) in item.as_object().context("operations")? {
            let uri = uri(document, path, operation)?;
            let operation_name = format!("{method} {path}");
            let example = |body| Example {
                operation: operation_name.clone(),
                method: method.to_uppercase(),
                uri: uri.clone(),
                body,
            };
            let body = resolve(document, &operation["requestBody"]);
            let Some(content) = body.get("content").and_then(Value::as_object) else {
                examples.push(example(None));
                continue;
            };
            for (media_type, content) in content {
                let given = content.get("example").with_context(|| format!("{path}: {media_type} has no example"))?;
                let written = if media_type == "application/x-www-form-urlencoded" { form(given) } else { text(given) };
                examples.push(example(Some((media_type.clone(), written))));
            }
        }
    }
    Ok(examples)
}

async fn ask(server: &Router, example: &Example, accept: Option<&str>) -> Result<Answer> {
    let mut request = Request::builder().method(example.method.as_str()).uri(&example.uri);
    request = request.header("authorization", "Bearer abc");
    if let Some(accept) = accept {
        request = request.header("accept", accept);
    }
    let body = match &example.body {
        Some((media_type, body)) => {
            request = request.header("content-type", media_type);
            Body::from(body.clone())
        }
        None => Body::empty(),
    };
    send(server, request.body(body)?).await
}

fn operation<'d>(document: &'d Value, example: &Example) -> Result<&'d Value> {
    let (method, path) = example.operation.split_once(' ').context("method and path")?;
    document["paths"].get(path).and_then(|item| item.get(method)).context("an operation")
}

/// A schema of the document that stands alone.
fn schema(document: &Value, schema: &Value) -> Result<jsonschema::Validator> {
    let mut whole = schema.clone();
    if let Some(whole) = whole.as_object_mut() {
        whole.insert("components".to_owned(), document["components"].clone());
    }
    Ok(jsonschema::draft202012::new(&whole)?)
}

fn check(document: &Value, example: &Example, answer: &Answer) -> Result<()> {
    let shown = format!("{} {}", example.method, example.uri);
    let said = || String::from_utf8_lossy(&answer.body).chars().take(2000).collect::<String>();
    let responses = &operation(document, example)?["responses"];
    let status = answer.status.as_str();
    let response = responses.get(status).with_context(|| format!("{shown}: {status} is not documented: {}", said()))?;
    let response = resolve(document, response);
    ensure!(answer.status.as_u16() < 400, "{shown}: {status}: {}", said());
    let media_type = answer.header("content-type").split(';').next().unwrap_or_default();
    if answer.body.is_empty() && response.get("content").is_none() {
        return Ok(());
    }
    let content = response["content"].get(media_type);
    let content = content.with_context(|| format!("{shown}: {media_type:?} is not documented for {status}"))?;
    if media_type == "application/json" {
        let validator = schema(document, &content["schema"])?;
        let faults: Vec<String> = validator
            .iter_errors(&answer.json()?)
            .take(5)
            .map(|fault| format!("{}: {fault}", fault.instance_path()))
            .collect();
        ensure!(faults.is_empty(), "{shown}: the answer is not what its schema says: {faults:#?}");
    }
    Ok(())
}

/// Reads first, then what writes, then what deletes: each finds what it needs.
fn rank(example: &Example) -> (bool, bool) {
    (example.method != "GET", example.method == "DELETE")
}

#[tokio::test]
async fn every_example_is_answered_as_it_is_described() -> Result<()> {
    let server = own_server()?;
    let document = json(&server, "/openapi.json").await?;
    assert_eq!(document["openapi"].as_str().map(|version| &version[..4]), Some("3.1."));
    let mut examples = examples(&document)?;
    examples.sort_by_key(rank);
    ensure!(examples.len() > 60, "{} examples", examples.len());
    for example in &examples {
        // A graph must be there to be read or deleted.
        if example.uri.starts_with("/graphs/") && example.method != "PUT" {
            let put = Example {
                method: "PUT".to_owned(),
                body: Some(("text/turtle".to_owned(), String::new())),
                operation: String::new(),
                uri: example.uri.clone(),
            };
            ask(&server, &put, None).await?;
        }
        if example.operation.ends_with(" /graphs") && example.method != "GET" {
            let named = Example {
                uri: "/graphs?graph=urn%3Aexample%3Ag".to_owned(),
                operation: example.operation.clone(),
                method: example.method.clone(),
                body: example.body.clone(),
            };
            check(&document, &named, &ask(&server, &named, None).await?)?;
            continue;
        }
        check(&document, example, &ask(&server, example, None).await?)?;
    }
    Ok(())
}

#[tokio::test]
async fn every_format_that_is_described_is_given() -> Result<()> {
    let server = server()?;
    let document = json(&server, "/openapi.json").await?;
    let mut seen = 0;
    for example in
        examples(&document)?.iter().filter(|example| example.method == "GET" && example.uri.starts_with("/v1/"))
    {
        let content = operation(&document, example)?["responses"]["200"]["content"].clone();
        for media_type in content.as_object().context("content")?.keys() {
            let explained = media_type == "application/sparql-query";
            if explained {
                continue;
            }
            let answer = ask(&server, example, Some(media_type)).await?;
            check(&document, example, &answer)?;
            ensure!(answer.header("content-type").starts_with(media_type.as_str()), "{}: {media_type}", example.uri);
            seen += 1;
        }
    }
    ensure!(seen > 120, "{seen} answers");
    Ok(())
}

/// What the reader of the document relies on: nothing points to nothing, and every name is there once.
#[tokio::test]
async fn the_document_is_whole() -> Result<()> {
    let document = json(&server()?, "/openapi.json").await?;
    let text = document.to_string();
    for reference in text.split("\"$ref\":\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        ensure!(document.pointer(reference).is_some(), "{reference} points to nothing");
    }
    let mut ids = Vec::new();
    for item in document["paths"].as_object().context("paths")?.values() {
        for operation in item.as_object().context("operations")?.values() {
            ids.push(operation["operationId"].as_str().context("operationId")?);
            ensure!(operation["responses"].get("400").is_some() || operation["summary"].is_null(), "{operation:#}");
        }
    }
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "two operations have one id");
    assert_eq!(document["components"]["securitySchemes"]["token"]["scheme"], json!("bearer"));
    Ok(())
}

#[tokio::test]
async fn the_page_of_the_document_needs_no_other_host() -> Result<()> {
    let server = server()?;
    let page = String::from_utf8(crate::get(&server, "/docs/").await?.body)?;
    ensure!(page.contains("swagger-ui"), "{page}");
    let foreign: Vec<&str> =
        page.split('"').filter(|word| word.starts_with("http") || word.starts_with("//")).collect();
    ensure!(foreign.is_empty(), "{foreign:?}");
    for asset in page.split('"').filter(|word| word.ends_with(".js") || word.ends_with(".css")) {
        let answer = crate::get(&server, &format!("/docs/{}", asset.trim_start_matches("./"))).await?;
        ensure!(answer.status.is_success() && !answer.body.is_empty(), "{asset}");
    }
    Ok(())
}
