//! Relation states: how they are chosen, ordered, and shown; `/v1/relations/{id}` is one of them. The lists of countries,
//! dyads and entities share them.

use crate::answer::{self, Column, Item};
use crate::error::Problem;
use crate::explain::{Explained, Term, describe};
use crate::openapi::schema;
use crate::parameters::{Code, Common, Day, Read, Sign, Words};
use crate::segments::Id;
use crate::state::{AppState, blocking};
use crate::view::View;
use crate::wire;
use axum::extract::State;
use axum::response::Response;
use chancery_model::{EntityId, EventDate, RelationState, StateId, StateKind, StateStatus};
use chancery_rdf::{Resource, Selection};
use chancery_store::Snapshot;
use jiff::civil::Date;
use serde::Deserialize;
use std::cmp::Reverse;
use std::sync::Arc;
use utoipa::IntoParams;

/// Which relations.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct StateFilter {
    /// Kinds of relation (comma: or)
    #[serde(default)]
    #[param(schema_with = schema::state_kinds)]
    kind: Words<StateKind>,
    /// Statuses (comma: or)
    #[serde(default)]
    #[param(schema_with = schema::state_statuses)]
    status: Words<StateStatus>,
    /// Other parties, or the agreement, by any code (comma: any of them)
    #[serde(default)]
    #[param(schema_with = schema::codes, required = false)]
    with: Words<Code>,
    /// 1 cooperation, -1 conflict
    #[serde(default)]
    #[param(schema_with = schema::signs)]
    sign: Words<Sign>,
    /// Whether it held on `as_of` (comma: or)
    #[serde(default)]
    #[param(schema_with = schema::holds)]
    holds: Words<Holds>,
    /// What the news tells, or what only reference tables tell
    #[param(schema_with = schema::origin)]
    origin: Option<Origin>,
    /// The status began on this day or later, as far as reports tell
    #[param(schema_with = schema::day)]
    since: Option<Day>,
    /// The status began on this day or earlier, as far as reports tell
    #[param(schema_with = schema::day)]
    until: Option<Day>,
    /// At least so many independent origins
    min_sources: Option<u32>,
    /// The day that `holds` speaks of; that of the newest document unless told
    #[param(schema_with = schema::day)]
    as_of: Option<Day>,
}

/// As of which day one relation is asked for.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct AsOf {
    /// The day that `holds` speaks of; that of the newest document unless told
    #[param(schema_with = schema::day)]
    as_of: Option<Day>,
}

/// One relation state with what supports it
#[utoipa::path(get, path = "/v1/relations/{id}", tag = "relations", params(("id" = String, Path), AsOf, Common),
    responses((status = 200, body = wire::State)))]
pub(crate) async fn get(State(state): State<Arc<AppState>>, Id(id): Id, read: Read<AsOf>) -> Result<Response, Problem> {
    blocking(move || {
        let view = View::new(state, &read)?;
        let id = StateId::from(id);
        let relation = view.snapshot.state(&id).ok_or_else(|| Problem::not_found("relation", &id.0))?;
        if read.explain {
            return Ok(describe(&Resource::Relation(id)));
        }
        let as_of = view.as_of(read.filter.as_of.map(|Day(day)| day));
        answer::one(&read, &view, &StateItem { state: relation, as_of })
    })
    .await
}

/// Where a state comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Origin {
    News,
    Reference,
}

/// Whether a state held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    Yes,
    No,
    Unknown,
}

impl Holds {
    fn of(state: &RelationState, day: Option<Date>) -> Self {
        match day.and_then(|day| state.holds(day)) {
            Some(true) => Self::Yes,
            Some(false) => Self::No,
            None => Self::Unknown,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
        }
    }
}

impl std::str::FromStr for Holds {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = [Self::Yes, Self::No, Self::Unknown].into_iter().find(|holds| holds.as_str() == text);
        known.ok_or_else(|| format!("{text:?}; expected yes, no or unknown"))
    }
}

/// The word for whether a state held on a day.
pub(crate) fn holds(state: &RelationState, day: Option<Date>) -> &'static str {
    Holds::of(state, day).as_str()
}

impl StateFilter {
    /// The day that `holds` speaks of.
    pub(super) fn as_of(&self, view: &View) -> Option<Date> {
        view.as_of(self.as_of.map(|Day(day)| day))
    }

    /// The states of an entity that are wanted, in their order.
    pub(super) fn states<'s>(
        &self,
        view: &View,
        snapshot: &'s Snapshot,
        of: &EntityId,
    ) -> Result<Vec<StateItem<'s>>, Problem> {
        let as_of = self.as_of(view);
        let with = self.with.entities("with", &snapshot.world)?;
        let wanted = snapshot.states_of(of).filter(|state| self.wants(state, &with, as_of));
        let mut states: Vec<StateItem<'s>> = wanted.map(|state| StateItem { state, as_of }).collect();
        newest_first(&mut states);
        Ok(states)
    }

    fn wants(&self, state: &RelationState, with: &Words<EntityId>, as_of: Option<Date>) -> bool {
        let is_in = |id: &EntityId| state.members().contains(id) || state.agreement.as_ref() == Some(id);
        let is_news = Snapshot::is_news(state);
        self.kind.fit(&state.kind)
            && self.status.fit(&state.status)
            && self.sign.fit(&Sign(state.kind.sign()))
            && self.holds.fit(&Holds::of(state, as_of))
            && (with.0.is_empty() || with.0.iter().any(is_in))
            && self.origin.is_none_or(|origin| (origin == Origin::News) == is_news)
            && within(state.status_since, self.since, self.until)
            && state.origins >= self.min_sources.unwrap_or(0) as usize
    }

    /// The query that gives the same states. `centre` are the entities of the path: all of them are in each state.
    pub(super) fn explain(&self, view: &View, centre: &[&EntityId]) -> Result<Explained, Problem> {
        let with = self.with.entities("with", &view.snapshot.world)?;
        let mut query = Explained::new("SELECT DISTINCT ?relation ?kind ?status");
        for (id, (variable, pattern)) in centre.iter().zip(CENTRES) {
            query = query.any_of(variable, [Term::entity(id)]).pattern(pattern);
        }
        let signs = self.sign.0.iter().map(|Sign(sign)| Term::integer(i64::from(*sign)));
        let holds = self.holds.0.iter().map(|holds| Term::text(holds.as_str()));
        let days = |day: Option<Day>| day.map(|Day(day)| Term::day(day));
        let query = query
            .pattern("?relation a dip:RelationState ; dip:kind ?kind ; dip:status ?status .")
            .words("?kind", &self.kind)
            .words("?status", &self.status)
            .any_of("?with", with.0.iter().map(Term::entity))
            .pattern_if(!with.0.is_empty(), "?relation dip:party|dip:counterpart|dip:agreement ?with .")
            .any_of("?sign", signs)
            .pattern_if(!self.sign.0.is_empty(), "?relation dip:sign ?sign .")
            .bound(SINCE, "?since", days(self.since))
            .bound(UNTIL, "?until", days(self.until))
            .bound(LEAST, "?least", self.min_sources.map(|least| Term::integer(i64::from(least))));
        let query = match self.origin {
            None => query,
            Some(Origin::News) => query.pattern(NEWS),
            Some(Origin::Reference) => query.pattern(REFERENCE),
        };
        if self.holds.0.is_empty() {
            return Ok(query.order("ORDER BY ?relation"));
        }
        let query = query.any_of("?day", self.as_of(view).map(Term::day)).pattern(HOLDS).any_of("?holds", holds);
        Ok(query.order("ORDER BY ?relation"))
    }
}

const CENTRES: [(&str, &str); 2] = [
    ("?one", "?relation dip:party|dip:counterpart|dip:agreement ?one ."),
    ("?other", "?relation dip:party|dip:counterpart|dip:agreement ?other ."),
];
const SINCE: &str = "?relation dip:statusSinceNotAfter ?begunBy .\nFILTER(?begunBy >= ?since)";
const UNTIL: &str = "?relation dip:statusSinceNotBefore ?begunAfter .\nFILTER(?begunAfter <= ?until)";
pub(super) const LEAST: &str = "?relation dip:independentOrigins ?origins .\nFILTER(?origins >= ?least)";
pub(super) const NEWS: &str =
    "?relation dip:origin ?origin .\nFILTER(?origin = \"news\" || EXISTS { ?relation dip:supportedBy ?claim })";
const REFERENCE: &str =
    "?relation dip:origin ?origin .\nFILTER(?origin != \"news\" && NOT EXISTS { ?relation dip:supportedBy ?claim })";
/// [`RelationState::holds`] in SPARQL.
const HOLDS: &str = "OPTIONAL { ?relation dip:validFromNotBefore ?fromNotBefore }
OPTIONAL { ?relation dip:validFromNotAfter ?fromNotAfter }
OPTIONAL { ?relation dip:validUntilNotBefore ?untilNotBefore }
OPTIONAL { ?relation dip:validUntilNotAfter ?untilNotAfter }
BIND(IF(BOUND(?fromNotAfter) && ?day >= ?fromNotAfter, \"yes\",
  IF(BOUND(?fromNotBefore) && ?day < ?fromNotBefore, \"no\", \"unknown\")) AS ?begun)
BIND(IF(!BOUND(?untilNotBefore) && !BOUND(?untilNotAfter), IF(?status = dip:Ended, \"unknown\", \"no\"),
  IF(BOUND(?untilNotAfter) && ?day >= ?untilNotAfter, \"yes\",
  IF(BOUND(?untilNotBefore) && ?day < ?untilNotBefore, \"no\", \"unknown\"))) AS ?over)
BIND(IF(?status IN (dip:Announced, dip:Abandoned) || ?begun = \"no\" || ?over = \"yes\", \"no\",
  IF(?begun = \"yes\" && ?over = \"no\", \"yes\", \"unknown\")) AS ?holds)";

/// Whether a date may lie between two days; one that is not known lies nowhere.
pub(super) fn within(date: EventDate, since: Option<Day>, until: Option<Day>) -> bool {
    since.is_none_or(|Day(since)| date.not_after().is_some_and(|last| last >= since))
        && until.is_none_or(|Day(until)| date.not_before().is_some_and(|first| first <= until))
}

/// News before reference tables, then the newest first, then by id.
fn newest_first(states: &mut [StateItem<'_>]) {
    states.sort_by_cached_key(|StateItem { state, .. }| {
        (!Snapshot::is_news(state), Reverse(state.last_supported), state.kind, state.id.clone())
    });
}

/// A state as of a day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StateItem<'s> {
    /// The state.
    pub(crate) state: &'s RelationState,
    /// The day that `holds` speaks of.
    pub(crate) as_of: Option<Date>,
}

impl Item for StateItem<'_> {
    type Wire = wire::State;

    const COLUMNS: &'static [Column] = &[
        ("id", "/id"),
        ("kind", "/kind"),
        ("parties", "/parties/*/id"),
        ("party_labels", "/parties/*/label"),
        ("counterpart", "/counterpart/id"),
        ("counterpart_label", "/counterpart/label"),
        ("agreement", "/agreement/id"),
        ("agreement_label", "/agreement/label"),
        ("status", "/status"),
        ("stage", "/stage"),
        ("level", "/level"),
        ("holds", "/holds"),
        ("status_since_not_before", "/status_since/not_before"),
        ("status_since_not_after", "/status_since/not_after"),
        ("valid_from_not_before", "/valid_from/not_before"),
        ("valid_from_not_after", "/valid_from/not_after"),
        ("valid_until_not_before", "/valid_until/not_before"),
        ("valid_until_not_after", "/valid_until/not_after"),
        ("last_supported", "/last_supported"),
        ("topic", "/topic"),
        ("sign", "/sign"),
        ("weight", "/weight"),
        ("documents", "/documents"),
        ("origins", "/origins"),
        ("origin", "/origin"),
        ("claims", "/claim_count"),
        ("quote", "/claims/0/quote"),
        ("iri", "/iri"),
    ];

    fn wire(&self, view: &View) -> wire::State {
        view.state(self.state, self.as_of)
    }

    fn select<'a>(&'a self, view: &'a View, selection: &mut Selection<'a>) {
        selection.states.push(self.state);
        let claims = view.reported(&self.state.supported_by).chain(view.reported(&self.state.disputed_by));
        selection.claims.extend(claims.map(|reported| view.with_event(reported)));
    }
}
