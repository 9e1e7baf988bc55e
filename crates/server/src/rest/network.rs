//! `/v1/network`: states and events as a network, in the formats of other tools; who stands where in it; ways through it.

use crate::answer::{self, Column, Item};
use crate::error::Problem;
use crate::explain::{Explained, Term, unexplained};
use crate::format::Format;
use crate::openapi::schema;
use crate::parameters::{Code, Common, Day, List, PageAsked, Read, Words};
use crate::state::{AppState, blocking};
use crate::view::View;
use crate::wire;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Json, Response};
use chancery_fusion::{TieSelection, ties};
use chancery_graph::{Manifest, Network, NetworkFormat, Node};
use chancery_model::{EntityId, EventType, Language, StateKind, StateStatus, Status, Tie};
use chancery_rdf::label;
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;
use utoipa::IntoParams;

/// Which part of the network.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct NetworkFilter {
    /// State kinds or event types (comma: or)
    #[serde(default)]
    #[param(schema_with = schema::tie_kinds)]
    kind: Words<TieKind>,
    /// Statuses of states or events (comma: or)
    #[serde(default)]
    #[param(schema_with = schema::tie_statuses)]
    status: Words<TieStatus>,
    /// 1 cooperation, -1 conflict
    #[serde(default)]
    #[param(schema_with = schema::signs)]
    sign: Words<crate::parameters::Sign>,
    /// Also events as ties (false unless told)
    events: Option<bool>,
    /// Also what only the reference tables say (false unless told)
    reference: Option<bool>,
    /// At least so many independent origins
    min_sources: Option<u32>,
    /// Only what can have held on this day; plans are left out
    #[param(schema_with = schema::day)]
    as_of: Option<Day>,
}

/// How far around.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Depth {
    /// Steps from the country
    #[param(minimum = 1, maximum = 2, default = 1)]
    #[expect(dead_code, reason = "its form for the OpenAPI document; `EgoFilter` reads it")]
    depth: Option<usize>,
}

/// A part of the network around somebody. (`flatten` and `deny_unknown_fields` exclude each other.)
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EgoFilter {
    depth: Option<usize>,
    #[serde(default)]
    kind: Words<TieKind>,
    #[serde(default)]
    status: Words<TieStatus>,
    #[serde(default)]
    sign: Words<crate::parameters::Sign>,
    events: Option<bool>,
    reference: Option<bool>,
    min_sources: Option<u32>,
    as_of: Option<Day>,
}

impl EgoFilter {
    fn network(&self) -> NetworkFilter {
        let Self { kind, status, sign, events, reference, min_sources, as_of, .. } = self.clone();
        NetworkFilter { kind, status, sign, events, reference, min_sources, as_of }
    }
}

/// A state kind or an event type, by name: a filter that can fit nothing is a mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
struct TieKind(String);

impl std::str::FromStr for TieKind {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let is_known = word.parse::<StateKind>().is_ok() || word.parse::<EventType>().is_ok();
        is_known.then(|| Self(word.to_owned())).ok_or_else(|| format!("{word:?} is no state kind and no event type"))
    }
}

/// A status of a state or an event, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
struct TieStatus(String);

impl std::str::FromStr for TieStatus {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let is_known = word.parse::<StateStatus>().is_ok() || word.parse::<Status>().is_ok();
        is_known.then(|| Self(word.to_owned())).ok_or_else(|| format!("{word:?} is no status of a state or an event"))
    }
}

const FORMATS: [Format; 6] = [
    Format::Network(NetworkFormat::NodeLink),
    Format::Network(NetworkFormat::Gexf),
    Format::Network(NetworkFormat::GraphMl),
    Format::Network(NetworkFormat::Dot),
    Format::Network(NetworkFormat::Cytoscape),
    Format::Network(NetworkFormat::Csv),
];

/// The whole network
#[utoipa::path(get, path = "/v1/network", tag = "network", params(NetworkFilter, Common),
    responses((status = 200, content((wire::Network = "application/json"), (String = "application/gexf+xml"),
        (String = "application/graphml+xml"), (String = "text/vnd.graphviz"),
        (String = "application/vnd.cytoscape+json"), (String = "text/csv")))))]
pub(crate) async fn get(State(state): State<Arc<AppState>>, read: Read<NetworkFilter>) -> Result<Response, Problem> {
    blocking(move || {
        if read.explain {
            return read.filter.explain();
        }
        let view = View::new(state, &read)?;
        let network = network(&view, &read.filter);
        let words = read.filter.words();
        write(&read, &view, &read.filter, &network, words)
    })
    .await
}

/// The network around one country, which stands in it even where it has no tie.
pub(super) fn ego(state: Arc<AppState>, read: &Read<EgoFilter>, code: &str) -> Result<Response, Problem> {
    let view = View::new(state, read)?;
    let id = view.country(code)?;
    if read.explain {
        return Err(unexplained("a neighbourhood is cut out of the whole network"));
    }
    let depth = read.filter.depth.unwrap_or(1);
    if !(1..=2).contains(&depth) {
        return Err(Problem::invalid("depth", format!("{depth} is not 1 or 2")));
    }
    let filter = read.filter.network();
    let around = network(&view, &filter).ego(&id, depth);
    let centre = Node::of(&id, &view.snapshot.world, view.language);
    let around = Network::from_ties(around.nodes().cloned().chain([centre]), around.ties().cloned());
    write(read, &view, &filter, &around, format!("{id} to depth {depth}; {}", filter.words()))
}

/// The ties that a filter wants, with their ends.
pub(super) fn network(view: &View, filter: &NetworkFilter) -> Network {
    let ties = ties(&view.snapshot.fusion, &view.snapshot.claims, &filter.selection());
    let wanted = ties.into_iter().filter(|tie| filter.wants(tie)).collect();
    Network::in_world(wanted, &view.snapshot.world, view.language)
}

impl NetworkFilter {
    fn selection(&self) -> TieSelection {
        TieSelection {
            states: true,
            events: self.events.unwrap_or(false),
            kinds: self.kind.0.iter().map(|TieKind(word)| word.clone()).collect(),
            statuses: self.status.0.iter().map(|TieStatus(word)| word.clone()).collect(),
            as_of: self.as_of.map(|Day(day)| day),
            reference: self.reference.unwrap_or(false),
        }
    }

    fn wants(&self, tie: &Tie) -> bool {
        self.sign.fit(&crate::parameters::Sign(tie.sign)) && tie.origins >= self.min_sources.unwrap_or(0) as usize
    }

    /// The selection in words, for the manifest.
    fn words(&self) -> String {
        let signs: Vec<i8> = self.sign.0.iter().map(|sign| sign.0).collect();
        format!("{:?}; signs {signs:?}; at least {} origins", self.selection(), self.min_sources.unwrap_or(0))
    }

    fn explain(&self) -> Result<Response, Problem> {
        if self.events == Some(true) || self.as_of.is_some() {
            return Err(unexplained("events and days are joined to ties outside the graph"));
        }
        if !self.kind.0.iter().all(|TieKind(word)| word.parse::<StateKind>().is_ok())
            || !self.status.0.iter().all(|TieStatus(word)| word.parse::<StateStatus>().is_ok())
        {
            return Err(unexplained("events are joined to ties outside the graph"));
        }
        let kinds: Words<StateKind> = words(&self.kind.0.iter().map(|TieKind(word)| word).collect::<Vec<_>>());
        let statuses: Words<StateStatus> = words(&self.status.0.iter().map(|TieStatus(word)| word).collect::<Vec<_>>());
        let query = Explained::new("SELECT DISTINCT ?relation ?kind ?status ?member")
            .pattern("?relation a dip:RelationState ; dip:kind ?kind ; dip:status ?status .")
            .pattern("?relation dip:party|dip:counterpart|dip:agreement ?member .")
            .pattern_if(self.reference != Some(true), super::relations::NEWS)
            .words("?kind", &kinds)
            .words("?status", &statuses)
            .any_of("?sign", self.sign.0.iter().map(|sign| Term::integer(i64::from(sign.0))))
            .pattern_if(!self.sign.0.is_empty(), "?relation dip:sign ?sign .")
            .bound(super::relations::LEAST, "?least", self.min_sources.map(|least| Term::integer(i64::from(least))));
        Ok(query.order("ORDER BY ?relation ?member").answer())
    }
}

fn words<T: std::str::FromStr>(words: &[&String]) -> Words<T> {
    Words(words.iter().filter_map(|word| word.parse().ok()).collect())
}

fn write<T>(
    read: &Read<T>,
    view: &View,
    filter: &NetworkFilter,
    network: &Network,
    selection: String,
) -> Result<Response, Problem> {
    let Format::Network(format) = read.format(&FORMATS)? else {
        return Err(Problem::internal("a format that is no network"));
    };
    let manifest = Manifest {
        selection,
        as_of: filter.as_of.map(|Day(day)| day),
        as_known: read.as_known.map(|moment| moment.0),
        revision: view.snapshot.revision,
        ..Manifest::default()
    };
    let manifest = manifest.of(network, format);
    let mut out = Vec::new();
    chancery_graph::write(network, format, &manifest, &mut out)
        .map_err(|error| Problem::internal(format!("network export: {error}")))?;
    if format == NetworkFormat::NodeLink {
        return with_labels(view, &out).map(|json| Json(json).into_response());
    }
    let name = format!("attachment; filename=\"chancery.{}\"", format.extension());
    let content_type = (header::CONTENT_TYPE, Format::Network(format).content_type());
    Ok(([content_type, (header::CONTENT_DISPOSITION, name)], out).into_response())
}

/// Who stands where in the network: ties, PageRank, betweenness, closeness; the highest PageRank first
#[utoipa::path(get, path = "/v1/network/measures", tag = "network", params(NetworkFilter, Common, PageAsked),
    responses((status = 200, body = wire::List<wire::NodeMeasures>)))]
pub(crate) async fn measures(
    State(state): State<Arc<AppState>>,
    list: List<NetworkFilter>,
) -> Result<Response, Problem> {
    blocking(move || {
        if list.read.explain {
            return Err(unexplained("measures are computed from the whole network"));
        }
        let view = View::of_list(state, &list)?;
        let network = network(&view, &list.read.filter);
        let degrees = chancery_graph::degrees(&network);
        let ranks = chancery_graph::page_rank(&network);
        let betweenness = chancery_graph::betweenness(&network);
        let closeness = chancery_graph::closeness(&network);
        let mut items: Vec<Measured> = degrees
            .into_iter()
            .map(|(id, (degree, strength))| Measured {
                degree,
                strength,
                page_rank: ranks.get(&id).copied().unwrap_or_default(),
                betweenness: betweenness.get(&id).copied().unwrap_or_default(),
                closeness: closeness.get(&id).copied().unwrap_or_default(),
                id,
            })
            .collect();
        items.sort_by(|a, b| b.page_rank.total_cmp(&a.page_rank).then_with(|| a.id.cmp(&b.id)));
        answer::list(&list, &view, items)
    })
    .await
}

/// A node with its measures.
pub(crate) struct Measured {
    id: EntityId,
    degree: usize,
    strength: f64,
    page_rank: f64,
    betweenness: f64,
    closeness: f64,
}

impl Item for Measured {
    type Wire = wire::NodeMeasures;

    const COLUMNS: &'static [Column] = &[
        ("id", "/id"),
        ("label", "/label"),
        ("kind", "/kind"),
        ("degree", "/degree"),
        ("strength", "/strength"),
        ("page_rank", "/page_rank"),
        ("betweenness", "/betweenness"),
        ("closeness", "/closeness"),
    ];

    const HAS_PLACE: bool = true;
    const IN_GRAPH: bool = false;

    fn wire(&self, view: &View) -> wire::NodeMeasures {
        wire::NodeMeasures {
            entity: view.reference(&self.id),
            degree: self.degree,
            strength: self.strength,
            page_rank: self.page_rank,
            betweenness: self.betweenness,
            closeness: self.closeness,
        }
    }

    fn place(&self, view: &View) -> Option<(f64, f64)> {
        view.coordinates(&self.id)
    }
}

/// Between whom, and which ties count.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PathFilter {
    /// Where it starts, by any code
    #[param(example = "KAZ")]
    from: String,
    /// Where it ends, by any code
    #[param(example = "USA")]
    to: String,
    /// Steps at most
    #[param(minimum = 1, maximum = 6, default = 4)]
    max: Option<usize>,
    /// Ways at most
    #[param(minimum = 1, maximum = 200, default = 20)]
    limit: Option<usize>,
    /// State kinds (comma: or)
    #[serde(default)]
    #[param(schema_with = schema::tie_kinds)]
    kind: Words<TieKind>,
    /// Statuses; in-force unless told (comma: or)
    #[serde(default)]
    #[param(schema_with = schema::tie_statuses)]
    status: Words<TieStatus>,
    /// 1 cooperation, -1 conflict
    #[serde(default)]
    #[param(schema_with = schema::signs)]
    sign: Words<crate::parameters::Sign>,
    /// Also events as ties (false unless told)
    events: Option<bool>,
    /// Also what only the reference tables say (true unless told)
    reference: Option<bool>,
    /// Over none of these, by any code (comma: or)
    #[serde(default)]
    #[param(schema_with = schema::codes, required = false)]
    without: Words<Code>,
    /// Only what can have held on this day
    #[param(schema_with = schema::day)]
    as_of: Option<Day>,
}

/// The shortest ways between two actors, and the ties that they lead over
#[utoipa::path(get, path = "/v1/paths", tag = "network", params(PathFilter, Common),
    responses((status = 200, body = wire::Paths)))]
pub(crate) async fn paths(State(state): State<Arc<AppState>>, read: Read<PathFilter>) -> Result<Response, Problem> {
    blocking(move || {
        let filter = &read.filter;
        if read.explain {
            return Err(unexplained("ways of any length are searched in the network"));
        }
        read.format(&[Format::Json])?;
        let max = within("max", filter.max.unwrap_or(4), 6)?;
        let limit = within("limit", filter.limit.unwrap_or(20), 200)?;
        let view = View::new(state, &read)?;
        let end = |name, code: &str| {
            view.entity("actor", code).map_err(|_| Problem::invalid(name, format!("no entity {code:?}")))
        };
        let (from, to) = (end("from", &filter.from)?, end("to", &filter.to)?);
        let without = filter.without.entities("without", &view.snapshot.world)?;
        let network = network(&view, &filter.network());
        let passes = |id: &EntityId| *id == from || *id == to || !without.0.contains(id);
        let kept = network.ties().filter(|tie| passes(&tie.source) && passes(&tie.target)).cloned();
        let ends = [&from, &to].map(|id| Node::of(id, &view.snapshot.world, view.language));
        let network = Network::from_ties(network.nodes().cloned().chain(ends), kept);
        let found = chancery_graph::shortest_paths(&network, &from, &to, max, limit);
        let paths = found.iter().map(|path| wire::Path {
            nodes: path.nodes.iter().map(|id| view.reference(id)).collect(),
            steps: path.steps.iter().map(|ties| ties.iter().map(|tie| step(&view, tie)).collect()).collect(),
        });
        let answer = wire::Paths {
            from: view.reference(&from),
            to: view.reference(&to),
            length: found.first().map(|path| path.steps.len()),
            paths: paths.collect(),
        };
        Ok(Json(answer).into_response())
    })
    .await
}

impl PathFilter {
    fn network(&self) -> NetworkFilter {
        let in_force = || Words(vec![TieStatus("in-force".to_owned())]);
        NetworkFilter {
            kind: self.kind.clone(),
            status: if self.status.0.is_empty() { in_force() } else { self.status.clone() },
            sign: self.sign.clone(),
            events: self.events,
            reference: Some(self.reference.unwrap_or(true)),
            min_sources: None,
            as_of: self.as_of,
        }
    }
}

fn within(name: &str, number: usize, most: usize) -> Result<usize, Problem> {
    let fits = (1..=most).contains(&number);
    fits.then_some(number).ok_or_else(|| Problem::invalid(name, format!("{number} is not from 1 to {most}")))
}

fn step(view: &View, tie: &Tie) -> wire::PathStep {
    wire::PathStep {
        id: tie.id.clone(),
        source: tie.source.to_string(),
        target: tie.target.to_string(),
        directed: tie.directed,
        kind: tie.kind.clone(),
        kind_label: kind_label(&tie.kind, view.language),
        status: tie.status.clone(),
        status_label: status_label(&tie.status, view.language),
        sign: tie.sign,
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
