//! What every operation has in common, added to the document in one place: the problems that it may answer with, the formats
//! of reads, lists of words parted by commas, and the SPARQL endpoints, whose parameters are those of their standard.

use crate::answer::Item;
use crate::error::{Code, PROBLEM_JSON};
use crate::format::Format;
use crate::rest::claims::ClaimItem;
use crate::rest::countries::CountryItem;
use crate::rest::entities::EntityItem;
use crate::rest::events::EventItem;
use crate::rest::relations::StateItem;
use crate::rest::{changes, disputes, documents, network, promises, search, trend};
use serde_json::{Map, Value, json};
use utoipa::openapi::OpenApi;

const PROTOCOL: &str = include_str!("protocol.json");
const COMPONENTS: &str = include_str!("components.json");

/// The whole document as JSON.
pub(super) fn complete(document: &OpenApi) -> Value {
    let ours = "our own document is JSON";
    let mut whole = serde_json::to_value(document).expect(ours);
    let protocol: Value = serde_json::from_str(PROTOCOL).expect(ours);
    let components: Value = serde_json::from_str(COMPONENTS).expect(ours);
    name_operations(&mut whole["paths"]);
    merge(&mut whole["paths"], protocol);
    merge(&mut whole["components"], components);
    for (path, item) in whole["paths"].as_object_mut().into_iter().flatten() {
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            add_formats(path, method, operation);
            add_problems(path, method, operation);
            part_by_commas(operation);
            show_bodies(operation);
            if operation.get("security").is_none() {
                operation["security"] = json!([{}, { "token": [] }, { "password": [] }]);
            }
        }
    }
    whole
}

/// Names each operation by its method and path, which are there once: `get_v1_countries_id_relations`.
fn name_operations(paths: &mut Value) {
    for (path, item) in paths.as_object_mut().into_iter().flatten() {
        let words = path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let place = words.collect::<Vec<_>>().join("_");
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            operation["operationId"] = json!(format!("{method}_{place}"));
        }
    }
}

/// Puts a body that can be sent to each media type that shows none.
fn show_bodies(operation: &mut Value) {
    let bodies = operation.pointer_mut("/requestBody/content").and_then(Value::as_object_mut);
    for (media_type, content) in bodies.into_iter().flatten().filter(|(_, content)| content.get("example").is_none()) {
        let document = json!({ "id": "example", "lang": "en", "published": "2026-01-05",
            "text": "France recalled its ambassador to Mali on Monday." });
        content["example"] = match media_type.as_str() {
            "application/json" => document,
            "application/x-ndjson" => json!(format!("{document}\n")),
            "text/html" => json!(
                "<html lang=\"en\"><title>France and Mali</title><p>France recalled its ambassador to Mali.</p></html>"
            ),
            "text/turtle" => json!("<urn:example> a <https://w3id.org/chancery/ontology#Claim> ."),
            _ => document["text"].clone(),
        };
    }
}

/// Adds the members of one object to another.
fn merge(into: &mut Value, from: Value) {
    if let (Value::Object(into), Value::Object(from)) = (into, from) {
        into.extend(from);
    }
}

/// Lists of words come as one parameter, parted by commas.
fn part_by_commas(operation: &mut Value) {
    let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut);
    for parameter in parameters.into_iter().flatten() {
        if parameter["schema"]["type"] == "array" {
            parameter["style"] = json!("form");
            parameter["explode"] = json!(false);
        }
    }
}

/// The formats of a read that has more than JSON.
fn offer(path: &str) -> Vec<Format> {
    match path {
        "/v1/countries" | "/v1/countries/{id}" => CountryItem::offer(),
        "/v1/actors" | "/v1/agreements" | "/v1/organizations" => EntityItem::offer(),
        "/v1/countries/{id}/relations"
        | "/v1/actors/{id}"
        | "/v1/agreements/{id}"
        | "/v1/organizations/{id}"
        | "/v1/agreements/{id}/parties"
        | "/v1/organizations/{id}/members"
        | "/v1/relations/{id}"
        | "/v1/dyads/{a}/{b}" => StateItem::offer(),
        "/v1/events" | "/v1/events/{id}" | "/v1/countries/{id}/events" | "/v1/dyads/{a}/{b}/timeline" => {
            EventItem::offer()
        }
        "/v1/dyads/{a}/{b}/claims" | "/v1/events/{id}/claims" | "/v1/relations/{id}/claims" | "/v1/claims/{id}" => {
            ClaimItem::offer()
        }
        "/v1/documents" => documents::DocumentItem::offer(),
        "/v1/documents/{id}" => Format::JSON_AND_GRAPHS.to_vec(),
        "/v1/disputes" => disputes::DisputeItem::offer(),
        "/v1/dyads/{a}/{b}/trend" => trend::MonthItem::offer(),
        "/v1/promises/records" => promises::RecordItem::offer(),
        "/v1/promises" => promises::PromiseItem::offer(),
        "/v1/changes" => changes::Change::offer(),
        "/v1/search" => search::Found::offer(),
        "/v1/network/measures" => network::Measured::offer(),
        _ => Vec::new(),
    }
}

fn add_formats(path: &str, method: &str, operation: &mut Value) {
    if method != "get" || !path.starts_with("/v1/") {
        return;
    }
    let explained = json!({ "schema": { "type": "string" } });
    let answer = &mut operation["responses"]["200"];
    for format in offer(path).into_iter().filter(|format| *format != Format::Json) {
        let schema = match format {
            Format::GeoJson => json!({ "type": "object" }),
            // JSON-LD is an object or a list.
            Format::Graph(chancery_rdf::GraphFormat::JsonLd) => json!({}),
            _ => json!({ "type": "string" }),
        };
        answer["content"][format.media_type()] = json!({ "schema": schema });
    }
    if takes(operation, "explain") {
        operation["responses"]["200"]["content"]["application/sparql-query"] = explained;
    }
    if takes(operation, "cursor") {
        let link = json!({ "description": "The next page (RFC 8288)", "schema": { "type": "string" } });
        operation["responses"]["200"]["headers"]["Link"] = link;
    }
    let etag = json!({ "description": "Validator of the answer", "schema": { "type": "string" } });
    operation["responses"]["200"]["headers"]["ETag"] = etag;
    operation["responses"]["304"] = json!({ "description": "As the reader has it (If-None-Match)" });
}

fn takes(operation: &Value, parameter: &str) -> bool {
    let parameters = operation.get("parameters").and_then(Value::as_array);
    parameters.into_iter().flatten().any(|known| known["name"] == parameter)
}

/// The problems that an operation may answer with beside those that it names itself.
fn add_problems(path: &str, method: &str, operation: &mut Value) {
    let is_read = method == "get";
    let is_watch = matches!(path, "/healthz" | "/readyz");
    let is_sparql = path == "/sparql" || path == "/update" || path.starts_with("/graphs");
    let has_body = operation.get("requestBody").is_some();
    let needs_token = operation.get("security").and_then(Value::as_array).is_some_and(|all| !all.contains(&json!({})));
    let mut codes = vec![Code::InvalidParameter, Code::WrongHost, Code::RateLimited, Code::Internal, Code::Busy];
    if !is_watch {
        codes.push(Code::Unauthorized);
    }
    if path.contains('{') || is_sparql {
        codes.push(Code::NotFound);
    }
    if is_read || path == "/v1/validate" || is_sparql {
        codes.push(Code::NotAcceptable);
    }
    if takes(operation, "cursor") {
        codes.push(Code::CursorExpired);
    }
    if has_body || !is_read {
        codes.extend([Code::RequestTimeout, Code::CrossOrigin, Code::TooLarge, Code::UnsupportedMediaType]);
    }
    if needs_token || is_sparql {
        codes.extend([Code::WritesDisabled, Code::StorageFull]);
    }
    if is_sparql {
        codes.extend([Code::QueryRefused, Code::TooManyRows]);
    }
    let responses = &mut operation["responses"];
    for code in codes {
        let (status, _, title) = code.facts();
        if responses.get(status.as_str()).is_none() {
            responses[status.as_str()] = json!({ "description": title });
        }
    }
    let problem = json!({ "schema": { "$ref": "#/components/schemas/Problem" } });
    for (status, response) in responses.as_object_mut().into_iter().flatten() {
        let is_problem = status.starts_with('4') || status.starts_with('5');
        if is_problem && response.get("content").is_none() {
            response["content"] = Value::Object(Map::from_iter([(PROBLEM_JSON.to_owned(), problem.clone())]));
        }
    }
}

/// Puts ids that this store knows into the examples, so that each of them can be tried.
pub(super) fn with_ids(document: &mut Value, ids: &[(&str, String)]) {
    for (prefix, id) in ids {
        let paths = document["paths"].as_object_mut().into_iter().flatten();
        for (_, item) in paths.filter(|(path, _)| path.starts_with(&format!("{prefix}/{{id}}"))) {
            for (_, operation) in item.as_object_mut().into_iter().flatten() {
                let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut);
                for parameter in parameters.into_iter().flatten().filter(|parameter| parameter["name"] == "id") {
                    parameter["example"] = json!(id);
                }
            }
        }
    }
}
