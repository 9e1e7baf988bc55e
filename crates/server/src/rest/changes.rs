//! `/v1/changes`: what is known now and was not at a time, or no longer.

use super::events::takes_part;
use crate::answer::{self, Column, Item};
use crate::error::Problem;
use crate::explain::unexplained;
use crate::openapi::schema;
use crate::parameters::{Code, Common, List, Moment, PageAsked, Words};
use crate::state::{AppState, blocking};
use crate::view::View;
use crate::wire;
use axum::extract::State;
use axum::response::Response;
use chancery_model::{DocumentFacts, EntityId, Event, RelationState};
use chancery_rdf::Selection;
use chancery_store::Snapshot;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use utoipa::IntoParams;

/// Which changes.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ChangeFilter {
    /// What was known then is compared with what is known now (or with `as_known`): a day (its end) or an RFC 3339 time
    #[param(inline, example = "2020-01-01")]
    since: Moment,
    /// state, event, document (comma: or)
    #[serde(default)]
    #[param(schema_with = schema::change_kinds)]
    kind: Words<Kind>,
    /// added, changed, removed (comma: or)
    #[serde(default)]
    #[param(schema_with = schema::changes)]
    change: Words<How>,
    /// Who is in it, or what it is about, by any code (comma: any of them); documents have nobody in them
    #[serde(default)]
    #[param(schema_with = schema::codes, required = false)]
    with: Words<Code>,
}

macro_rules! words {
    ($name:ident { $($variant:ident = $word:literal),+ }) => {
        /// A word of a closed list.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        enum $name { $($variant),+ }

        impl $name {
            fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                let known = [$(Self::$variant),+];
                let words = || known.map($name::as_str).join(", ");
                known.into_iter().find(|word| word.as_str() == text).ok_or_else(|| format!("{text:?}; expected one of {}", words()))
            }
        }
    };
}

words!(Kind { State = "state", Event = "event", Document = "document" });
words!(How { Added = "added", Changed = "changed", Removed = "removed" });

/// What came, changed or went since a time: states, then events, then documents
#[utoipa::path(get, path = "/v1/changes", tag = "changes", params(ChangeFilter, Common, PageAsked),
    responses((status = 200, body = wire::List<wire::Change>)))]
pub(crate) async fn list(State(state): State<Arc<AppState>>, list: List<ChangeFilter>) -> Result<Response, Problem> {
    blocking(move || {
        let ChangeFilter { since, kind, change, with } = &list.read.filter;
        if list.read.explain {
            return Err(unexplained("the graph holds what is known now; what was known then is in the ledger"));
        }
        let view = View::of_list(state, &list)?;
        let with = with.entities("with", &view.snapshot.world)?;
        let before = view.state.snapshots.at(&view.state.store, Some(*since), None)?;
        let as_of = view.as_of(None);
        let mut changes = Vec::new();
        if kind.fit(&Kind::State) {
            changes.extend(states(&before, &view.snapshot, as_of));
        }
        if kind.fit(&Kind::Event) {
            changes.extend(events(&before, &view.snapshot));
        }
        if kind.fit(&Kind::Document) && with.0.is_empty() {
            changes.extend(documents(&before, &view.snapshot));
        }
        changes
            .retain(|found| change.fit(&found.how) && (with.0.is_empty() || with.0.iter().any(|id| found.names(id))));
        answer::list(&list, &view, changes)
    })
    .await
}

/// One thing that differs.
pub(crate) struct Change {
    how: How,
    thing: Thing,
}

/// As it is now; as it was, where it is gone.
enum Thing {
    State { state: Box<RelationState>, was: Option<Box<RelationState>>, as_of: Option<Date> },
    Event { event: Box<Event>, was: Option<Box<Event>> },
    Document(DocumentFacts),
}

/// Pairs what was with what is, by id, where they differ.
fn differences<'s, K: Ord, T: PartialEq>(
    before: impl Iterator<Item = (K, &'s T)>,
    after: impl Iterator<Item = (K, &'s T)>,
) -> Vec<(Option<&'s T>, Option<&'s T>)> {
    let mut pairs: BTreeMap<K, (Option<&T>, Option<&T>)> =
        before.map(|(key, thing)| (key, (Some(thing), None))).collect();
    for (key, thing) in after {
        pairs.entry(key).or_default().1 = Some(thing);
    }
    pairs.into_values().filter(|(was, is)| was != is).collect()
}

fn how<T>(was: Option<&T>, is: Option<&T>) -> How {
    match (was, is) {
        (None, _) => How::Added,
        (Some(_), Some(_)) => How::Changed,
        (Some(_), None) => How::Removed,
    }
}

fn states(before: &Snapshot, after: &Snapshot, as_of: Option<Date>) -> Vec<Change> {
    let pairs = differences(
        before.fusion.states.iter().map(|state| (&state.id, state)),
        after.fusion.states.iter().map(|state| (&state.id, state)),
    );
    let change = |(was, is): (Option<&RelationState>, Option<&RelationState>)| {
        let state = Box::new(is.or(was)?.clone());
        let was_too = was.filter(|_| is.is_some()).cloned().map(Box::new);
        Some(Change { how: how(was, is), thing: Thing::State { state, was: was_too, as_of } })
    };
    pairs.into_iter().filter_map(change).collect()
}

fn events(before: &Snapshot, after: &Snapshot) -> Vec<Change> {
    let pairs = differences(
        before.fusion.events.iter().map(|event| (&event.id, event)),
        after.fusion.events.iter().map(|event| (&event.id, event)),
    );
    let change = |(was, is): (Option<&Event>, Option<&Event>)| {
        let event = Box::new(is.or(was)?.clone());
        let was_too = was.filter(|_| is.is_some()).cloned().map(Box::new);
        Some(Change { how: how(was, is), thing: Thing::Event { event, was: was_too } })
    };
    pairs.into_iter().filter_map(change).collect()
}

fn documents(before: &Snapshot, after: &Snapshot) -> Vec<Change> {
    let pairs = differences(
        before.documents.values().map(|facts| (&facts.id, &**facts)),
        after.documents.values().map(|facts| (&facts.id, &**facts)),
    );
    let change = |(was, is): (Option<&DocumentFacts>, Option<&DocumentFacts>)| {
        Some(Change { how: how(was, is), thing: Thing::Document(is.or(was)?.clone()) })
    };
    pairs.into_iter().filter_map(change).collect()
}

impl Change {
    fn names(&self, id: &EntityId) -> bool {
        match &self.thing {
            Thing::State { state, .. } => state.members().contains(id) || state.agreement.as_ref() == Some(id),
            Thing::Event { event, .. } => takes_part(event, id),
            Thing::Document(_) => false,
        }
    }
}

impl Item for Change {
    type Wire = wire::Change;

    const COLUMNS: &'static [Column] = &[
        ("change", "/change"),
        ("kind", "/kind"),
        ("id", "/id"),
        ("status", "/status"),
        ("was", "/was"),
        ("state_kind", "/state/kind"),
        ("parties", "/state/parties/*/id"),
        ("counterpart", "/state/counterpart/id"),
        ("agreement", "/state/agreement/id"),
        ("event_type", "/event/type"),
        ("source", "/event/source/*/id"),
        ("target", "/event/target/*/id"),
        ("title", "/document/title"),
    ];

    fn wire(&self, view: &View) -> wire::Change {
        let change = self.how.as_str();
        match &self.thing {
            Thing::State { state, was, as_of } => wire::Change {
                change,
                kind: Kind::State.as_str(),
                id: state.id.to_string(),
                status: Some(state.status.as_str()),
                was: was.as_ref().map(|was| was.status.as_str()),
                state: Some(view.state(state, *as_of)),
                event: None,
                document: None,
            },
            Thing::Event { event, was } => wire::Change {
                change,
                kind: Kind::Event.as_str(),
                id: event.id.to_string(),
                status: Some(event.status.as_str()),
                was: was.as_ref().map(|was| was.status.as_str()),
                state: None,
                event: Some(view.event(event)),
                document: None,
            },
            Thing::Document(facts) => wire::Change {
                change,
                kind: Kind::Document.as_str(),
                id: facts.id.to_string(),
                status: None,
                was: None,
                state: None,
                event: None,
                document: Some(view.document(facts)),
            },
        }
    }

    /// What is gone is not in the graph.
    fn select<'a>(&'a self, view: &'a View, selection: &mut Selection<'a>) {
        match &self.thing {
            _ if self.how == How::Removed => {}
            Thing::State { state, .. } => {
                let claims = view.reported(&state.supported_by);
                selection.claims.extend(claims.map(|reported| view.with_event(reported)));
                selection.states.push(state);
            }
            Thing::Event { event, .. } => selection.events.push(event),
            Thing::Document(facts) => selection.documents.push(facts),
        }
    }
}
