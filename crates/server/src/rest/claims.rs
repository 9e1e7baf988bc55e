//! `/v1/claims`: what one document says, and the words that say it.

use crate::answer::{self, Column, Item};
use crate::error::Problem;
use crate::explain::describe;
use crate::parameters::{Common, Nothing, Read};
use crate::segments::Id;
use crate::state::{AppState, blocking};
use crate::view::View;
use crate::wire;
use axum::extract::State;
use axum::response::{IntoResponse, Json, Response};
use chancery_model::{ClaimId, ReportedClaim};
use chancery_rdf::{Resource, Selection};
use std::sync::Arc;

/// One claim
#[utoipa::path(get, path = "/v1/claims/{id}", tag = "claims", params(("id" = String, Path), Common),
    responses((status = 200, body = wire::Claim)))]
pub(crate) async fn get(
    State(state): State<Arc<AppState>>,
    Id(id): Id,
    read: Read<Nothing>,
) -> Result<Response, Problem> {
    blocking(move || {
        let view = View::new(state, &read)?;
        let claim = find(&view, id)?;
        if read.explain {
            return Ok(describe(&Resource::Claim(claim.claim.id.clone())));
        }
        answer::one(&read, &view, &ClaimItem(claim))
    })
    .await
}

/// The sentence behind a claim, with the place of the quote in it
#[utoipa::path(get, path = "/v1/claims/{id}/evidence", tag = "claims", params(("id" = String, Path), Common),
    responses((status = 200, body = wire::Sentence)))]
pub(crate) async fn evidence(
    State(state): State<Arc<AppState>>,
    Id(id): Id,
    read: Read<Nothing>,
) -> Result<Response, Problem> {
    blocking(move || {
        let view = View::new(state, &read)?;
        let claim = find(&view, id)?;
        if read.explain {
            return Ok(describe(&Resource::Evidence(claim.claim.id.clone())));
        }
        read.format(&[crate::format::Format::Json])?;
        let evidence = view.claim(claim).evidence;
        let evidence = evidence.ok_or_else(|| Problem::not_found("text served for claim", &claim.claim.id.0))?;
        Ok(Json(evidence).into_response())
    })
    .await
}

fn find(view: &View, id: String) -> Result<&ReportedClaim, Problem> {
    let id = ClaimId::from(id);
    view.snapshot.claims.get(&id).ok_or_else(|| Problem::not_found("claim", &id.0))
}

/// A claim in a list or alone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ClaimItem<'s>(pub(crate) &'s ReportedClaim);

impl Item for ClaimItem<'_> {
    type Wire = wire::Claim;

    const COLUMNS: &'static [Column] = &[
        ("id", "/id"),
        ("type", "/type"),
        ("subtype", "/subtype"),
        ("status", "/status"),
        ("source", "/source/*"),
        ("target", "/target/*"),
        ("agreement", "/agreement"),
        ("date", "/date"),
        ("date_not_before", "/date_not_before"),
        ("date_not_after", "/date_not_after"),
        ("attributed_to", "/attributed_to/*"),
        ("attribution", "/attribution_labels/*"),
        ("place", "/place"),
        ("topic", "/topic"),
        ("confidence", "/confidence"),
        ("document", "/document/id"),
        ("publisher", "/document/publisher"),
        ("published", "/document/published"),
        ("lang", "/document/lang"),
        ("quote", "/quote"),
        ("event", "/event"),
        ("iri", "/iri"),
    ];

    fn wire(&self, view: &View) -> wire::Claim {
        view.claim(self.0)
    }

    fn select<'a>(&'a self, view: &'a View, selection: &mut Selection<'a>) {
        selection.claims.push(view.with_event(self.0));
        selection.documents.push(&self.0.document);
    }
}
