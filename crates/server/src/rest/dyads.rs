//! `/v1/dyads/{a}/{b}`: what is between two actors.

use crate::error::Problem;
use crate::parameters::{self, Parameters};
use crate::state::{AppState, blocking};
use crate::view::{View, newest_events_first, newest_states_first, occurred};
use crate::wire;
use axum::extract::{Path, State};
use axum::response::Json;
use chancery_model::Event;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::IntoParams;

/// How a dyad is shown.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct DyadFilter {
    /// The day that `holds` speaks of
    as_of: Option<String>,
    /// Language of labels: ar, en
    lang: Option<String>,
    /// What was believed then: a day or a timestamp
    as_known: Option<String>,
}

/// What is between two actors
#[utoipa::path(get, path = "/v1/dyads/{a}/{b}", tag = "dyads",
    params(("a" = String, Path), ("b" = String, Path), DyadFilter),
    responses((status = 200, body = wire::Dyad), (status = 404, description = "No such actor")))]
pub(crate) async fn get(
    State(state): State<Arc<AppState>>,
    Path((a, b)): Path<(String, String)>,
    Parameters(filter): Parameters<DyadFilter>,
) -> Result<Json<wire::Dyad>, Problem> {
    blocking(move || {
        let mut view = View::new(state, &filter.lang, &filter.as_known)?;
        let (a, b) = (view.entity("actor", &a)?, view.entity("actor", &b)?);
        let as_of = view.as_of(parameters::day("as_of", &filter.as_of)?);
        let snapshot = view.snapshot.clone();
        let mut states: Vec<_> = snapshot
            .states_of(&a)
            .filter(|state| state.members().contains(&b) || state.agreement.as_ref() == Some(&b))
            .collect();
        newest_states_first(&mut states);
        let mut events: Vec<&Event> = snapshot.events_of(&a).filter(|event| event.parties().contains(&b)).collect();
        newest_events_first(&mut events);
        let (counts, mean_weight) = measure(&events);
        Ok(Json(wire::Dyad {
            a: view.reference(&a),
            b: view.reference(&b),
            as_of,
            states: states.into_iter().map(|state| view.state(state, as_of)).collect(),
            events: events.into_iter().map(|event| view.event(event)).collect(),
            counts,
            mean_weight,
        }))
    })
    .await
}

/// Counts and mean weight of what occurred.
fn measure(events: &[&Event]) -> (wire::Counts, Option<f64>) {
    let occurred: Vec<&&Event> = events.iter().filter(|event| occurred(event)).collect();
    let cooperation = occurred.iter().filter(|event| event.event_type.is_cooperative()).count();
    let counts = wire::Counts { cooperation, conflict: occurred.len() - cooperation };
    let sum: f64 = occurred.iter().map(|event| event.event_type.row().weight).sum();
    (counts, (!occurred.is_empty()).then(|| sum / occurred.len() as f64))
}
