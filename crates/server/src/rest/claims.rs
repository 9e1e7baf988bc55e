//! `/v1/claims`: what one document says, and the words that say it.

use crate::error::Problem;
use crate::parameters::Parameters;
use crate::state::{AppState, blocking};
use crate::view::View;
use crate::wire;
use axum::extract::{Path, State};
use axum::response::Json;
use chancery_model::ClaimId;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::IntoParams;

/// How one thing is shown.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Shown {
    /// Language of labels: ar, en
    pub(crate) lang: Option<String>,
    /// What was believed then: a day or a timestamp
    pub(crate) as_known: Option<String>,
}

/// One claim
#[utoipa::path(get, path = "/v1/claims/{id}", tag = "claims", params(("id" = String, Path), Shown),
    responses((status = 200, body = wire::Claim), (status = 404, description = "No live document makes it")))]
pub(crate) async fn get(
    State(state): State<Arc<AppState>>,
    Path(id): Path<String>,
    Parameters(shown): Parameters<Shown>,
) -> Result<Json<wire::Claim>, Problem> {
    blocking(move || claim(state, id, &shown).map(Json)).await
}

/// The sentence behind a claim, with the place of the quote in it
#[utoipa::path(get, path = "/v1/claims/{id}/evidence", tag = "claims", params(("id" = String, Path), Shown),
    responses((status = 200, body = wire::Sentence), (status = 404, description = "No such claim, or texts are not served")))]
pub(crate) async fn evidence(
    State(state): State<Arc<AppState>>,
    Path(id): Path<String>,
    Parameters(shown): Parameters<Shown>,
) -> Result<Json<wire::Sentence>, Problem> {
    blocking(move || {
        let evidence = claim(state, id.clone(), &shown)?.evidence;
        evidence.map(Json).ok_or_else(|| Problem::not_found("text served for claim", &id))
    })
    .await
}

fn claim(state: Arc<AppState>, id: String, shown: &Shown) -> Result<wire::Claim, Problem> {
    let mut view = View::new(state, &shown.lang, &shown.as_known)?;
    let reported = view.snapshot.claims.get(&ClaimId(id.clone())).cloned();
    let reported = reported.ok_or_else(|| Problem::not_found("claim", &id))?;
    Ok(view.claim(&reported))
}
