//! How long each of the thirty named queries takes in a store, evaluated as the server does, within its limits: 50 ms where an actor,
//! a pair, an agreement, a relation or a claim is bound, 2 s where the whole graph is looked through.
//!
//! What is bound is asked for three times: the actor, pair, agreement, relation that most claims name, those that only a twentieth of the
//! list is named more often than, and those in the middle.

use crate::stores::open;
use chancery_model::{EntityId, EntityKind, Event, StateKind};
use chancery_store::{NamedQuery, QueryOptions, Snapshot, Store};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

/// An answer is asked for so often, but not for longer than [`LONGEST`].
const RUNS: usize = 200;
const LONGEST: Duration = Duration::from_secs(10);
const BOUND_LIMIT: Duration = Duration::from_millis(50);
const SCAN_LIMIT: Duration = Duration::from_secs(2);

/// All of them, or those that are named.
pub(crate) fn run(folder: &Path, names: &[&str]) {
    let store = open(folder);
    let begun = Instant::now();
    store.merge_tables().unwrap();
    println!(
        "tables merged in {:.1} s, as an open store does half a minute after the last documents",
        begun.elapsed().as_secs_f64()
    );
    let snapshot = store.snapshot();
    println!(
        "{} claims, {} events, {} states",
        snapshot.claims.len(),
        snapshot.fusion.events.len(),
        snapshot.fusion.states.len()
    );
    let ranked = [Rank::Busiest, Rank::Twentieth, Rank::Middle].map(|rank| Subjects::of(&snapshot, rank));
    ranked.iter().for_each(|subjects| println!("{subjects:?}"));
    println!(
        "\n| question | arguments | bound | rows | median | p99 | runs | limit | within |\n|---|---|---|---|---|---|---|---|---|"
    );
    let queries: Vec<_> =
        NamedQuery::all().iter().filter(|query| names.is_empty() || names.contains(&query.name)).collect();
    let mut within = ranked.each_ref().map(|_| 0);
    for query in &queries {
        let mut is_within = false;
        for (count, subjects) in within.iter_mut().zip(&ranked) {
            // A scan is one question, whoever is asked about otherwise.
            if subjects.arguments(query.name).1 || subjects.rank == Rank::Busiest {
                is_within = ask(&store, subjects, query);
            }
            *count += usize::from(is_within);
        }
    }
    let [busiest, twentieth, middle] = within;
    println!(
        "\nof {} within their limits: {busiest} of the busiest, {twentieth} of the busiest twentieth, {middle} of the middle",
        queries.len()
    );
}

/// Asks until it is known how long it takes, prints the line, and tells whether the slowest hundredth is within the limit.
fn ask(store: &Store, subjects: &Subjects, query: &NamedQuery) -> bool {
    let (arguments, is_bound) = subjects.arguments(query.name);
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
        if is_bound { subjects.rank.word() } else { "scan" },
        rows.map_or_else(|error| error, |rows| rows.to_string()),
        at(50).as_secs_f64() * 1_000.0,
        at(99).as_secs_f64() * 1_000.0,
        times.len(),
        limit.as_millis(),
        if within { "yes" } else { "**no**" },
    );
    within
}

/// Where in the list of those of a kind, by how often they are named.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Rank {
    Busiest,
    /// The last of the busiest twentieth.
    Twentieth,
    Middle,
}

impl Rank {
    fn word(self) -> &'static str {
        match self {
            Self::Busiest => "busiest",
            Self::Twentieth => "twentieth",
            Self::Middle => "middle",
        }
    }

    /// The one of this rank among ids that come again and again.
    fn pick<T: Ord>(self, ids: impl IntoIterator<Item = T>) -> T {
        let mut counts: BTreeMap<T, usize> = BTreeMap::new();
        ids.into_iter().for_each(|id| *counts.entry(id).or_default() += 1);
        let mut ranked: Vec<(T, usize)> = counts.into_iter().collect();
        ranked.sort_by_key(|(_, count)| Reverse(*count));
        let at = match self {
            Self::Busiest => 0,
            Self::Twentieth => ranked.len() / 20,
            Self::Middle => ranked.len() / 2,
        };
        ranked.swap_remove(at).0
    }
}

/// What is asked about.
#[derive(Debug)]
struct Subjects {
    rank: Rank,
    /// A state, and the one that it has most events with.
    first: EntityId,
    second: EntityId,
    organizations: [EntityId; 3],
    agreement: EntityId,
    /// Diplomatic relations, ranked by the claims that support them.
    relation: String,
    /// A claim with the longest chain of voices.
    claim: String,
    since: String,
    later: String,
}

impl Subjects {
    fn of(snapshot: &Snapshot, rank: Rank) -> Self {
        let is_state = |id: &EntityId| id.kind() == EntityKind::State;
        let states = &snapshot.fusion.states;
        let first = rank.pick(events(snapshot).flat_map(Event::parties).filter(is_state));
        let others = snapshot.events_of(&first).flat_map(Event::parties).filter(|id| is_state(id) && *id != first);
        let second = Rank::Busiest.pick(others);
        let named = |id: &EntityId| !id.slug().starts_with("unnamed-");
        let agreement = rank.pick(events(snapshot).filter_map(|event| event.agreement.clone()).filter(named));
        let body = |but: &[&EntityId]| {
            let memberships = states.iter().filter(|state| state.kind == StateKind::MemberOf);
            rank.pick(memberships.filter_map(|state| state.counterpart.clone()).filter(|id| !but.contains(&id)))
        };
        let one = body(&[]);
        let two = body(&[&one]);
        let three = body(&[&one, &two]);
        let relations = states.iter().filter(|state| state.kind == StateKind::DiplomaticRelations);
        let relation = rank.pick(relations.flat_map(|state| state.supported_by.iter().map(|_| &state.id)));
        let claim = snapshot.claims.values().max_by_key(|told| told.claim.attribution.len()).unwrap();
        let newest = snapshot.newest().unwrap();
        Self {
            rank,
            first,
            second,
            organizations: [one, two, three],
            agreement,
            relation: format!("relation:{relation}"),
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
            "events-near" => (vec![("actor", first), ("point", "31.8,35.2".to_owned())], true),
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
