//! `/v1/disputes`: what is denied, and by whom.

use super::entities::EntityFilter;
use crate::error::Problem;
use crate::parameters::{Paging, Parameters};
use crate::state::{AppState, blocking};
use crate::view::View;
use crate::wire;
use axum::extract::{OriginalUri, State};
use axum::response::Response;
use std::sync::Arc;

/// Disputes, by id
#[utoipa::path(get, path = "/v1/disputes", tag = "disputes", params(EntityFilter),
    responses((status = 200, body = wire::List<wire::DisputeRecord>)))]
pub(crate) async fn list(
    State(state): State<Arc<AppState>>,
    OriginalUri(uri): OriginalUri,
    Parameters(filter): Parameters<EntityFilter>,
) -> Result<Response, Problem> {
    blocking(move || {
        let mut view = View::new(state, &filter.lang, &filter.as_known)?;
        let snapshot = view.snapshot.clone();
        let paging = Paging { limit: filter.limit, cursor: filter.cursor, uri, revision: snapshot.revision };
        paging.page(snapshot.fusion.disputes.iter().collect(), |dispute| view.dispute(dispute))
    })
    .await
}
