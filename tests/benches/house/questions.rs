//! How long each of the thirty named queries takes in a store, evaluated as the server does, within its limits: 50 ms where an actor,
//! a pair, an agreement, a relation or a claim is bound, 2 s where the whole graph is looked through.
//!
//! What is asked about is what most claims name: the busiest actors, pair and agreement.

use crate::stores::open;
use chancery_model::{EntityId, EntityKind, Event, StateKind};
use chancery_store::{NamedQuery, QueryOptions, Snapshot, Store};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

/// An answer is asked for so often, but not for longer than [`LONGEST`].
const RUNS: usize = 200;
const LONGEST: Duration = Duration::from_secs(10);
const BOUND_LIMIT: Duration = Duration::from_millis(50);
const SCAN_LIMIT: Duration = Duration::from_secs(2);

pub(crate) fn run(folder: &Path) {
    let store = open(folder);
    let snapshot = store.snapshot();
    println!(
        "{} claims, {} events, {} states",
        snapshot.claims.len(),
        snapshot.fusion.events.len(),
        snapshot.fusion.states.len()
    );
    let busiest = Busiest::of(&snapshot);
    println!(
        "{busiest:?}\n\n| question | arguments | asked of | rows | median | p99 | runs | limit | within |\n|---|---|---|---|---|---|---|---|---|"
    );
    let within = NamedQuery::all().iter().filter(|query| ask(&store, &busiest, query)).count();
    println!("\n{within} of {} within their limits", NamedQuery::all().len());
}

/// Asks until it is known how long it takes, prints the line, and tells whether the slowest hundredth is within the limit.
fn ask(store: &Store, busiest: &Busiest, query: &NamedQuery) -> bool {
    let (arguments, is_bound) = busiest.arguments(query.name);
    let limit = if is_bound { BOUND_LIMIT } else { SCAN_LIMIT };
    let named: BTreeMap<String, String> =
        arguments.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let (mut times, mut rows) = (Vec::new(), Ok(0));
    let begun = Instant::now();
    while times.len() < RUNS && (times.len() < 3 || begun.elapsed() < LONGEST) {
        let asked = Instant::now();
        let answer = store.prepare_named(query, &named).unwrap().table(&QueryOptions::default());
        times.push(asked.elapsed());
        rows = answer.map(|table| table.rows.len()).map_err(|error| error.to_string());
        if rows.is_err() {
            break;
        }
    }
    times.sort_unstable();
    let at = |hundredths: usize| times[(times.len() - 1) * hundredths / 100];
    let within = rows.is_ok() && at(99) <= limit;
    let given: Vec<String> = arguments.iter().map(|(name, value)| format!("{name}={value}")).collect();
    println!(
        "| {} {} | {} | {} | {} | {:.1} ms | {:.1} ms | {} | {} ms | {} |",
        query.number,
        query.name,
        given.join(" "),
        if is_bound { "bound" } else { "scan" },
        rows.map_or_else(|error| error, |rows| rows.to_string()),
        at(50).as_secs_f64() * 1_000.0,
        at(99).as_secs_f64() * 1_000.0,
        times.len(),
        limit.as_millis(),
        if within { "yes" } else { "**no**" },
    );
    within
}

/// What is named most.
#[derive(Debug)]
struct Busiest {
    /// The state in most events, and the one that it has most events with.
    first: EntityId,
    second: EntityId,
    organizations: [EntityId; 3],
    /// The one that most claims are about.
    agreement: EntityId,
    /// The state of diplomatic relations that most claims support.
    relation: String,
    /// A claim with the longest chain of voices.
    claim: String,
    since: String,
    later: String,
}

impl Busiest {
    fn of(snapshot: &Snapshot) -> Self {
        let is_state = |id: &&EntityId| id.kind() == EntityKind::State;
        let first = most(events(snapshot).flat_map(Event::parties).filter(|id| is_state(&id)));
        let second =
            most(snapshot.events_of(&first).flat_map(Event::parties).filter(|id| is_state(&id) && *id != first));
        let agreement = most(events(snapshot).filter_map(|event| event.agreement.clone()));
        let organization = |but: &[&EntityId]| {
            let bodies = snapshot.fusion.states.iter().filter_map(|state| state.counterpart.clone());
            most(bodies.filter(|id| id.kind() == EntityKind::Org && !but.contains(&id)))
        };
        let one = organization(&[]);
        let two = organization(&[&one]);
        let three = organization(&[&one, &two]);
        let relations = snapshot.fusion.states.iter().filter(|state| state.kind == StateKind::DiplomaticRelations);
        let relation = relations.max_by_key(|state| state.supported_by.len()).unwrap();
        let claim = snapshot.claims.values().max_by_key(|told| told.claim.attribution.len()).unwrap();
        let newest = snapshot.newest().unwrap();
        Self {
            first,
            second,
            organizations: [one, two, three],
            agreement,
            relation: format!("relation:{}", relation.id),
            claim: format!("claim:{}", claim.claim.id),
            since: newest.with().month(1).day(1).build().unwrap().to_string(),
            later: newest.to_string(),
        }
    }

    /// The arguments, and whether they bind what the question asks about. Scans are asked about the last year of the store.
    fn arguments(&self, name: &str) -> (Vec<(&'static str, String)>, bool) {
        let id = ToString::to_string;
        let (first, second, agreement) = (id(&self.first), id(&self.second), id(&self.agreement));
        let pair = || vec![("first", first.clone()), ("second", second.clone())];
        let since = || ("since", self.since.clone());
        let midnight = |day: &str| format!("{day}T00:00:00Z");
        match name {
            "relations-of" | "unbalanced-triads" | "names-used" | "signed-not-ratified" => {
                (vec![("actor", first)], true)
            }
            "parties-to" => (vec![("agreement", agreement)], true),
            "known-of-agreement" => (vec![("agreement", agreement), ("known_by", midnight(&self.later))], true),
            "claims-between" => (vec![("subject", first), ("object", second)], true),
            "claims-behind" => (vec![("relation", self.relation.clone())], true),
            "meetings-of-leaders" | "brokers" | "mediations" | "languages-on-dyad" => (pair(), true),
            "trend" => ([pair(), vec![("since", "2015-01-01".to_owned())]].concat(), true),
            "chains" => (vec![("from", first), ("to", second)], true),
            "members-of-both" => {
                let [one, two, three] = &self.organizations;
                (vec![("first", id(one)), ("second", id(two)), ("without", id(three))], true)
            }
            "missions-in" => (vec![("host", first)], true),
            "agreements-on" => (vec![("actor", first), since()], true),
            "attribution-chain" => (vec![("claim", self.claim.clone())], true),
            "changes-since" => (vec![("actor", first), ("since", midnight(&self.since))], true),
            "events-near" => {
                (vec![("actor", first), ("point", "31.8,35.2".to_owned()), ("km", "1000".to_owned())], true)
            }
            "single-origin"
            | "contradictions"
            | "headline-and-body"
            | "meetings"
            | "expulsions-answered"
            | "representation-changes" => (vec![since()], false),
            "never-happened" | "sanctions" | "news-against-reference" => (Vec::new(), false),
            "most-connected" => (vec![("before", self.since.clone())], false),
            _ => panic!("{name} has no arguments here"),
        }
    }
}

fn events(snapshot: &Snapshot) -> impl Iterator<Item = &Event> {
    snapshot.fusion.events.iter()
}

/// The id that comes most often.
fn most(ids: impl Iterator<Item = EntityId>) -> EntityId {
    let mut counts: BTreeMap<EntityId, usize> = BTreeMap::new();
    ids.for_each(|id| *counts.entry(id).or_default() += 1);
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(id, _)| id).unwrap()
}
