//! `/v1/resolve`: whom a name, a title or an adjective may mean, with reasons.

use crate::error::Problem;
use crate::openapi::schema;
use crate::parameters::{Day, Parameters};
use crate::state::{AppState, blocking};
use crate::view::View;
use crate::wire;
use axum::extract::State;
use axum::response::Json;
use chancery_extract::{Answer, DOUBTFUL, Query};
use chancery_model::Language;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::IntoParams;

/// What is asked.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct NameAsked {
    /// The name, title or phrase
    #[param(example = "the US president")]
    name: String,
    /// Its language, and that of labels: ar, en, es, fr, ru, zh; all are tried when absent
    #[param(schema_with = schema::language)]
    lang: Option<Language>,
    /// The day on which it was said: office holders are those of that day
    #[param(schema_with = schema::day)]
    date: Option<Day>,
    /// The sentence that it stands in
    context: Option<String>,
}

/// Whom a name may mean, the likeliest first, with reasons
#[utoipa::path(get, path = "/v1/resolve", tag = "entities", params(NameAsked),
    responses((status = 200, body = wire::Resolution)))]
pub(crate) async fn get(
    State(state): State<Arc<AppState>>,
    Parameters(asked): Parameters<NameAsked>,
) -> Result<Json<wire::Resolution>, Problem> {
    blocking(move || {
        let language = asked.lang;
        let date = asked.date.map(|Day(day)| day);
        let query = Query { name: &asked.name, language, date, context: asked.context.as_deref() };
        let answers = state.pipeline.extractor().resolve(query);
        let view = View::of(state.clone(), state.snapshot()?, language.unwrap_or(Language::English));
        let id = answers.first().filter(|answer| answer.score > DOUBTFUL).map(|answer| answer.id.to_string());
        Ok(Json(wire::Resolution {
            name: asked.name,
            id,
            answers: answers.iter().map(|answer| record(&view, answer)).collect(),
        }))
    })
    .await
}

fn record(view: &View, answer: &Answer) -> wire::ResolvedName {
    let reasons = answer.reasons.iter();
    wire::ResolvedName {
        entity: view.reference(&answer.id),
        actor: answer.actor.as_ref().map(|actor| view.reference(actor)),
        office: answer.office.clone(),
        lang: answer.language.map(Language::code),
        score: answer.score,
        reasons: reasons.map(|r| wire::ResolutionReason { code: r.code, text: r.text.clone() }).collect(),
    }
}
