//! `/v1/dyads/{a}/{b}/trend`: the course of a relation, month by month.

use super::relations::within;
use crate::answer::{self, Column, Item};
use crate::error::Problem;
use crate::explain::{Explained, Term};
use crate::format::Format;
use crate::openapi::schema;
use crate::parameters::{Common, Day, Read, Words};
use crate::segments::Pair;
use crate::state::{AppState, blocking};
use crate::view::View;
use crate::wire;
use axum::extract::State;
use axum::response::{IntoResponse, Json, Response};
use chancery_fusion::{MonthTrend, trend};
use chancery_model::{EntityId, Event, EventType};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::IntoParams;

/// Which events count.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct TrendFilter {
    /// Event types (comma: or)
    #[serde(default, alias = "kind")]
    #[param(schema_with = schema::event_types)]
    r#type: Words<EventType>,
    /// Not wholly before this day
    #[param(schema_with = schema::day)]
    since: Option<Day>,
    /// Not wholly after this day
    #[param(schema_with = schema::day)]
    until: Option<Day>,
    /// At least so many independent origins
    min_sources: Option<u32>,
}

/// What occurred between two actors, month by month; months without events are absent: no data is not neutral
///
/// What somebody else did to both, or both to somebody else, is no act between them.
#[utoipa::path(get, path = "/v1/dyads/{a}/{b}/trend", tag = "dyads",
    params(("a" = String, Path, example = "KAZ"), ("b" = String, Path, example = "USA"), TrendFilter, Common),
    responses((status = 200, body = wire::Trend)))]
pub(crate) async fn get(
    State(state): State<Arc<AppState>>,
    Pair(a, b): Pair,
    read: Read<TrendFilter>,
) -> Result<Response, Problem> {
    blocking(move || {
        let view = View::new(state, &read)?;
        let (a, b) = (view.entity("actor", &a)?, view.entity("actor", &b)?);
        if read.explain {
            return Ok(read.filter.explain(&a, &b).answer());
        }
        let format = read.format(&MonthItem::offer())?;
        let events = view.snapshot.events_of(&a).filter(|event| event.is_between(&a, &b) && read.filter.wants(event));
        let found = trend(events);
        let months: Vec<MonthItem> = found.months.into_iter().map(MonthItem).collect();
        if format != Format::Json {
            return answer::other(format, &view, &months);
        }
        Ok(Json(wire::Trend {
            a: view.reference(&a),
            b: view.reference(&b),
            months: months.iter().map(|month| month.wire(&view)).collect(),
            undated: found.undated,
        })
        .into_response())
    })
    .await
}

impl TrendFilter {
    fn wants(&self, event: &Event) -> bool {
        self.r#type.fit(&event.event_type)
            && within(event.date, self.since, self.until)
            && event.origins >= self.min_sources.unwrap_or(0) as usize
    }

    fn explain(&self, a: &EntityId, b: &EntityId) -> Explained {
        let day = |day: Option<Day>| day.map(|Day(day)| Term::day(day));
        Explained::new(HEAD)
            .any_of("?a", [Term::entity(a)])
            .any_of("?b", [Term::entity(b)])
            .pattern(OCCURRED)
            .words("?type", &self.r#type)
            .bound("FILTER(?last >= ?since)", "?since", day(self.since))
            .bound("FILTER(?first <= ?until)", "?until", day(self.until))
            .bound(LEAST, "?least", self.min_sources.map(|least| Term::integer(i64::from(least))))
            .order("} GROUP BY ?month ORDER BY ?month")
    }
}

/// An event counts once, however often the two are named in it.
const HEAD: &str =
    "SELECT ?month (COUNT(?event) AS ?events) (SUM(?weight) AS ?weight_sum) (AVG(?weight) AS ?weight_mean) WHERE {
SELECT DISTINCT ?event ?weight ?month";
const OCCURRED: &str = "{ ?event dip:source ?a ; dip:target|dip:agreement ?b }
UNION { ?event dip:source ?b ; dip:target|dip:agreement ?a }
UNION { ?event dip:source ?a, ?b . FILTER NOT EXISTS { ?event dip:target ?other } }
?event a dip:Event ; dip:eventType ?type ; dip:status dip:Occurred ; dip:weight ?weight .
?event dip:dateNotBefore ?first ; dip:dateNotAfter ?last .
BIND(SUBSTR(STR(?first), 1, 7) AS ?month)
FILTER(SUBSTR(STR(?last), 1, 7) = ?month)";
const LEAST: &str = "?event dip:independentOrigins ?origins .\nFILTER(?origins >= ?least)";

/// One month.
pub(crate) struct MonthItem(MonthTrend);

impl Item for MonthItem {
    type Wire = wire::MonthTrend;

    const COLUMNS: &'static [Column] = &[
        ("month", "/month"),
        ("events", "/events"),
        ("weight_mean", "/weight_mean"),
        ("weight_sum", "/weight_sum"),
        ("cooperation", "/cooperation"),
        ("conflict", "/conflict"),
    ];

    const IN_GRAPH: bool = false;

    fn wire(&self, _: &View) -> wire::MonthTrend {
        let Self(month) = self;
        wire::MonthTrend {
            month: month.month.strftime("%Y-%m").to_string(),
            events: month.events,
            weight_mean: month.weight_mean(),
            weight_sum: month.weight_sum,
            cooperation: month.cooperation,
            conflict: month.conflict,
            classes: month.classes.clone(),
        }
    }
}
