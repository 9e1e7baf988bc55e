//! `/v1/countries`: states and territories, their relations, events and network.

use super::entities::{self, is_called};
use super::events::{self, EventFilter};
use super::network::{self, NetworkFilter};
use super::relations::StateFilter;
use crate::answer::{self, Column, Item};
use crate::error::Problem;
use crate::explain::{Explained, Term, describe};
use crate::openapi::schema;
use crate::parameters::{Common, List, Nothing, PageAsked, Read, Words};
use crate::segments::Id;
use crate::state::{AppState, blocking};
use crate::view::View;
use crate::wire;
use axum::extract::State;
use axum::response::Response;
use chancery_model::{EntityId, EntityKind};
use chancery_rdf::{Resource, Selection};
use chancery_store::Snapshot;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::IntoParams;

/// Which countries.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CountryFilter {
    /// Words of a name, in any language, or a code
    #[param(example = "kazakh")]
    q: Option<String>,
    /// Only those that the news speaks of
    active: Option<bool>,
    /// M49 regions (comma: or)
    #[serde(default)]
    #[param(schema_with = schema::texts, required = false)]
    region: Words<String>,
    /// member, observer, partial, territory, historical (comma: or)
    #[serde(default)]
    #[param(schema_with = schema::texts, required = false)]
    statehood: Words<String>,
}

/// Countries, by id
#[utoipa::path(get, path = "/v1/countries", tag = "countries", params(CountryFilter, Common, PageAsked),
    responses((status = 200, body = wire::List<wire::Country>)))]
pub(crate) async fn list(State(state): State<Arc<AppState>>, list: List<CountryFilter>) -> Result<Response, Problem> {
    blocking(move || {
        let filter = &list.read.filter;
        if list.read.explain {
            return filter.explain();
        }
        let view = View::of_list(state, &list)?;
        let world = view.snapshot.world.clone();
        let wanted = world.entities().filter(|entity| filter.wants(entity, &view.snapshot));
        let items = wanted.map(|entity| CountryItem(entity.id.clone())).collect();
        answer::list(&list, &view, items)
    })
    .await
}

impl CountryFilter {
    fn wants(&self, entity: &chancery_model::Entity, snapshot: &Snapshot) -> bool {
        let is_one_of = |words: &Words<String>, value: &Option<String>| {
            words.0.is_empty() || value.as_ref().is_some_and(|value| words.fit(value))
        };
        entity.id.kind() == EntityKind::State
            && is_one_of(&self.region, &entity.region)
            && is_one_of(&self.statehood, &entity.statehood)
            && self.q.as_deref().is_none_or(|words| is_called(entity, words))
            && (self.active != Some(true) || is_active(snapshot, &entity.id))
    }

    fn explain(&self) -> Result<Response, Problem> {
        if self.q.is_some() {
            return Err(crate::explain::unexplained("q looks into names without their case"));
        }
        let texts = |words: &Words<String>| words.0.iter().map(|word| Term::text(word)).collect::<Vec<_>>();
        let query = Explained::new("SELECT DISTINCT ?country ?code")
            .pattern("?country a dip:State ; dip:alpha3 ?code .")
            .any_of("?region", texts(&self.region))
            .pattern_if(!self.region.0.is_empty(), "?country dip:region ?region .")
            .any_of("?statehood", texts(&self.statehood))
            .pattern_if(!self.statehood.0.is_empty(), "?country dip:statehood ?statehood .")
            .pattern_if(self.active == Some(true), ACTIVE);
        Ok(query.order("ORDER BY ?code").answer())
    }
}

const ACTIVE: &str = "FILTER(EXISTS { ?event a dip:Event ; dip:source|dip:target ?country }
  || EXISTS { ?relation dip:party|dip:counterpart ?country ; dip:supportedBy ?claim }
  || EXISTS { ?relation dip:party|dip:counterpart ?country ; dip:origin \"news\" })";

fn is_active(snapshot: &Snapshot, id: &EntityId) -> bool {
    snapshot.events_of(id).next().is_some() || snapshot.states_of(id).any(Snapshot::is_news)
}

/// One country with its codes
#[utoipa::path(get, path = "/v1/countries/{id}", tag = "countries",
    params(("id" = String, Path, description = "KAZ, iso2:KZ, wikidata:Q232, cow:705", example = "KAZ"), Common),
    responses((status = 200, body = wire::Country)))]
pub(crate) async fn get(
    State(state): State<Arc<AppState>>,
    Id(code): Id,
    read: Read<Nothing>,
) -> Result<Response, Problem> {
    blocking(move || {
        let view = View::new(state, &read)?;
        let country = view.country(&code)?;
        if read.explain {
            return Ok(describe(&Resource::Entity(country)));
        }
        answer::one(&read, &view, &CountryItem(country))
    })
    .await
}

/// What holds between a country and others, and its newest events
#[utoipa::path(get, path = "/v1/countries/{id}/relations", tag = "countries",
    params(("id" = String, Path, example = "KAZ"), StateFilter, Common, PageAsked),
    responses((status = 200, body = wire::Relations)))]
pub(crate) async fn relations(
    State(state): State<Arc<AppState>>,
    Id(code): Id,
    list: List<StateFilter>,
) -> Result<Response, Problem> {
    blocking(move || {
        let view = View::of_list(state, &list)?;
        let country = view.country(&code)?;
        entities::relations(&list, &view, &country, |view, part| wire::Relations {
            country: view.reference(&country),
            as_of: part.as_of,
            revision: view.snapshot.revision,
            states: part.states,
            next: part.next,
            total: part.total,
            recent_events: part.recent_events,
        })
    })
    .await
}

/// The events of one country, newest first
#[utoipa::path(get, path = "/v1/countries/{id}/events", tag = "countries",
    params(("id" = String, Path, example = "KAZ"), EventFilter, Common, PageAsked),
    responses((status = 200, body = wire::List<wire::Event>)))]
pub(crate) async fn events(
    State(state): State<Arc<AppState>>,
    Id(code): Id,
    list: List<EventFilter>,
) -> Result<Response, Problem> {
    blocking(move || {
        let view = View::of_list(state, &list)?;
        let country = view.country(&code)?;
        events::page(&list, &view, &[&country])
    })
    .await
}

/// The network around one country
#[utoipa::path(get, path = "/v1/countries/{id}/network", tag = "countries",
    params(("id" = String, Path, example = "KAZ"), network::Depth, NetworkFilter, Common),
    responses((status = 200, content((wire::Network = "application/json"), (String = "application/gexf+xml"),
        (String = "application/graphml+xml"), (String = "text/vnd.graphviz"),
        (String = "application/vnd.cytoscape+json"), (String = "text/csv")))))]
pub(crate) async fn network(
    State(state): State<Arc<AppState>>,
    Id(code): Id,
    read: Read<network::EgoFilter>,
) -> Result<Response, Problem> {
    blocking(move || network::ego(state, &read, &code)).await
}

/// A country in a list or alone.
pub(crate) struct CountryItem(pub(crate) EntityId);

impl Item for CountryItem {
    type Wire = wire::Country;

    const COLUMNS: &'static [Column] = &[
        ("id", "/id"),
        ("label", "/label"),
        ("alpha2", "/alpha2"),
        ("numeric", "/numeric"),
        ("wikidata", "/wikidata"),
        ("region", "/region"),
        ("subregion", "/subregion"),
        ("statehood", "/statehood"),
        ("sovereign", "/sovereign"),
        ("lat", "/lat"),
        ("lon", "/lon"),
        ("states", "/states"),
        ("events", "/events"),
        ("iri", "/iri"),
    ];

    const HAS_PLACE: bool = true;

    fn wire(&self, view: &View) -> wire::Country {
        view.country_record(&self.0)
    }

    fn place(&self, view: &View) -> Option<(f64, f64)> {
        view.coordinates(&self.0)
    }

    fn select<'a>(&'a self, _: &'a View, selection: &mut Selection<'a>) {
        selection.entities.push(&self.0);
    }
}
