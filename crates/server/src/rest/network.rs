//! `/v1/network`: states and events as a network, in the formats of other tools.

use crate::error::Problem;
use crate::parameters::{self, Parameters};
use crate::sparql::negotiate::accepted;
use crate::state::{AppState, blocking};
use crate::view::View;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Json, Response};
use chancery_fusion::{TieSelection, ties};
use chancery_graph::{Manifest, Network, NetworkFormat, Node};
use chancery_model::{EntityId, EventType, Language, StateKind, StateStatus, Status};
use chancery_rdf::label;

use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;
use utoipa::IntoParams;

/// Which part of the network, and how it is written.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct NetworkFilter {
    /// gexf, graphml, dot, cytoscape, node-link, csv; else by Accept
    format: Option<String>,
    /// State kinds or event types (comma: or)
    kind: Option<String>,
    /// Statuses of states or events (comma: or)
    status: Option<String>,
    /// Also events as ties (false unless told)
    events: Option<bool>,
    /// Also what only the reference tables say (false unless told)
    reference: Option<bool>,
    /// Only what can have held on this day; plans are left out
    as_of: Option<String>,
    /// What was believed then: a day or a timestamp
    as_known: Option<String>,
    /// Steps from the country, 1 or 2 (of a country's network; 1 unless told)
    depth: Option<usize>,
    /// Language of labels: ar, en
    lang: Option<String>,
}

/// The whole network
#[utoipa::path(get, path = "/v1/network", tag = "network", params(NetworkFilter),
    responses((status = 200, description = "The network in the format asked for; node-link JSON unless told"),
        (status = 406, description = "No such format")))]
pub(crate) async fn get(
    State(state): State<Arc<AppState>>,
    headers: HeaderMap,
    Parameters(filter): Parameters<NetworkFilter>,
) -> Result<Response, Problem> {
    blocking(move || answer(state, &headers, &filter, None)).await
}

/// The network of all, or around one country.
pub(super) fn answer(
    state: Arc<AppState>,
    headers: &HeaderMap,
    filter: &NetworkFilter,
    country: Option<&str>,
) -> Result<Response, Problem> {
    let format = format(filter, headers)?;
    let view = View::new(state, &filter.lang, &filter.as_known)?;
    let (network, selection) = select(&view, filter, country)?;
    let manifest = Manifest {
        selection,
        as_of: parameters::day("as_of", &filter.as_of)?,
        as_known: parameters::time("as_known", &filter.as_known)?,
        revision: view.snapshot.revision,
        ..Manifest::default()
    };
    let manifest = manifest.of(&network, format);
    let mut out = Vec::new();
    chancery_graph::write(&network, format, &manifest, &mut out)
        .map_err(|error| Problem::internal(format!("network export: {error}")))?;
    if format == NetworkFormat::NodeLink {
        return with_labels(&view, &out).map(|json| Json(json).into_response());
    }
    let name = format!("attachment; filename=\"chancery.{}\"", format.extension());
    let content_type = (header::CONTENT_TYPE, format.media_type().to_owned());
    Ok(([content_type, (header::CONTENT_DISPOSITION, name)], out).into_response())
}

fn format(filter: &NetworkFilter, headers: &HeaderMap) -> Result<NetworkFormat, Problem> {
    if let Some(format) = parameters::one("format", &filter.format)? {
        return Ok(format);
    }
    let mut offer = vec![NetworkFormat::NodeLink];
    offer.extend(NetworkFormat::ALL.iter().filter(|format| **format != NetworkFormat::NodeLink));
    let types: Vec<&str> = offer.iter().map(|format| format.media_type()).collect();
    let media_type = accepted(headers, &types)?;
    Ok(offer.into_iter().find(|format| format.media_type() == media_type).unwrap_or(NetworkFormat::NodeLink))
}

fn select(view: &View, filter: &NetworkFilter, country: Option<&str>) -> Result<(Network, String), Problem> {
    let kinds: BTreeSet<String> = parameters::list("kind", &filter.kind)?.into_iter().collect();
    let statuses: BTreeSet<String> = parameters::list("status", &filter.status)?.into_iter().collect();
    check_words(&kinds, &statuses)?;
    let depth = filter.depth.unwrap_or(1);
    if !(1..=2).contains(&depth) {
        return Err(Problem::invalid("depth", format!("{depth} is not 1 or 2")));
    }
    let selection = TieSelection {
        states: true,
        events: filter.events.unwrap_or(false),
        kinds,
        statuses,
        as_of: parameters::day("as_of", &filter.as_of)?,
        reference: filter.reference.unwrap_or(false),
    };
    let ties = ties(&view.snapshot.fusion, &view.snapshot.claims, &selection);
    let centre = country.map(|code| view.country(code)).transpose()?;
    let network = Network::in_world(ties, &view.snapshot.world, view.language);
    let words = format!("{selection:?}");
    Ok(match centre {
        Some(id) => (around(&network, &id, depth, view), format!("{id} to depth {depth}; {words}")),
        None => (network, words),
    })
}

/// The network around a country, which stands in it even where it has no tie.
fn around(network: &Network, id: &EntityId, depth: usize, view: &View) -> Network {
    let around = network.ego(id, depth);
    let centre = Node::of(id, &view.snapshot.world, view.language);
    Network::from_ties(around.nodes().cloned().chain([centre]), around.ties().cloned())
}

/// A filter that can fit nothing is a mistake.
fn check_words(kinds: &BTreeSet<String>, statuses: &BTreeSet<String>) -> Result<(), Problem> {
    let unknown_kind = kinds.iter().find(|k| k.parse::<StateKind>().is_err() && k.parse::<EventType>().is_err());
    let unknown_status = statuses.iter().find(|s| s.parse::<StateStatus>().is_err() && s.parse::<Status>().is_err());
    match (unknown_kind, unknown_status) {
        (Some(word), _) => Err(Problem::invalid("kind", format!("{word:?} is no state kind and no event type"))),
        (_, Some(word)) => Err(Problem::invalid("status", format!("{word:?} is no status of a state or an event"))),
        _ => Ok(()),
    }
}

/// The node-link form with the words of kinds and statuses in the language asked for.
fn with_labels(view: &View, json: &[u8]) -> Result<Value, Problem> {
    let mut network: Value = serde_json::from_slice(json).map_err(|error| Problem::internal(error.to_string()))?;
    let links = network.get_mut("links").and_then(Value::as_array_mut);
    for link in links.into_iter().flatten().filter_map(Value::as_object_mut) {
        let word = |field: &str| link.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
        let kind = kind_label(&word("kind"), view.language);
        let status = status_label(&word("status"), view.language);
        link.insert("kind_label".to_owned(), kind.into());
        link.insert("status_label".to_owned(), status.into());
    }
    Ok(network)
}

fn kind_label(word: &str, language: Language) -> &'static str {
    match (word.parse::<StateKind>(), word.parse::<EventType>()) {
        (Ok(kind), _) => label(kind, language),
        (_, Ok(event_type)) => label(event_type, language),
        _ => "",
    }
}

fn status_label(word: &str, language: Language) -> &'static str {
    match (word.parse::<StateStatus>(), word.parse::<Status>()) {
        (Ok(status), _) => label(status, language),
        (_, Ok(status)) => label(status, language),
        _ => "",
    }
}
