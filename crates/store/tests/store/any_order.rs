//! Documents that come in any order, come in an earlier version first, go and come back, leave the same bytes as documents that
//! came at once; and the past is what a store knew that stopped then.

use crate::sample::*;
use chancery_model::hash::content_hash;
use chancery_model::{AttributionStep, Claim, Document};
use chancery_model::{EventDate, SourceKind, Status, Topic, World};
use chancery_rdf::GraphFormat;
use chancery_store::{ChangeSet, ReadDocument, Snapshot, Store};
use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::sync::Arc;

/// Type, sources, targets: few parties, so that many documents speak of the same things.
const KINDS: [(&str, &[&str], &[&str]); 15] = [
    ("meet", &["EGY", "TUR"], &[]),
    ("visit", &["EGY"], &["TUR"]),
    ("summit", &["EGY", "QAT", "TUR"], &[]),
    ("establish-relations", &["EGY", "TUR"], &[]),
    ("sever-relations", &["EGY"], &["TUR"]),
    ("suspend-relations", &["TUR"], &["EGY"]),
    ("downgrade-relations", &["TUR"], &["EGY"]),
    ("recall-envoy", &["TUR"], &["EGY"]),
    ("appoint-envoy", &["TUR"], &["EGY"]),
    ("impose-sanctions", &["EGY"], &["TUR"]),
    ("ease-sanctions", &["EGY"], &["TUR"]),
    ("sign-agreement", &["EGY", "TUR"], &[]),
    ("join-agreement", &["EGY"], &["agreement:npt"]),
    ("leave-agreement", &["EGY"], &["agreement:npt"]),
    ("join-agreement", &["TUR"], &["org:arab-league"]),
];

fn day_of_2025() -> impl Strategy<Value = Date> {
    (0..90_i64).prop_map(|days| date(2025, 1, 1).saturating_add(days.days()))
}

fn told_date() -> impl Strategy<Value = EventDate> {
    let day = || day_of_2025();
    prop_oneof![
        3 => day().prop_map(EventDate::day),
        1 => day().prop_map(EventDate::month),
        1 => day().prop_map(|day| EventDate::bounds(None, Some(day))),
        1 => day().prop_map(|day| EventDate::bounds(Some(day), Some(day.saturating_add(9.days())))),
        1 => Just(EventDate::UNKNOWN),
    ]
}

/// What one document says in one version.
fn claims_of(document: Document) -> impl Strategy<Value = ReadDocument> {
    let status = select(vec![
        Status::Occurred,
        Status::Occurred,
        Status::Planned,
        Status::Possible,
        Status::Denied,
        Status::Cancelled,
    ]);
    let topic = select(vec![None, Some(Topic::Trade), Some(Topic::Defence)]);
    let quoted = option::weighted(0.3, select(vec!["Axios", "Reuters"]));
    let said = (select(KINDS.to_vec()), status, told_date(), topic, quoted);
    vec(said, 0..4).prop_map(move |told| {
        let claims =
            told.into_iter().enumerate().map(|(at, ((event_type, source, target), status, date, topic, quoted))| {
                let attribution = quoted.into_iter().map(|outlet| AttributionStep {
                    agent: None,
                    surface: outlet.to_owned(),
                    kind: SourceKind::Outlet,
                });
                let claim = claim(&document, event_type, source, target, status);
                Claim {
                    id: content_hash([&claim.id.0, &*document.content_hash(), &at.to_string()]).into(),
                    date,
                    topic,
                    attribution: attribution.collect(),
                    ..claim
                }
            });
        ReadDocument { claims: claims.collect(), document: document.clone() }
    })
}

/// One document in so many versions, each with another text and all recorded at one time. Some share their wording with others.
fn versions(number: usize, count: usize) -> impl Strategy<Value = Vec<ReadDocument>> {
    let version = (day_of_2025(), 0..6_usize).prop_flat_map(move |(published, wire)| {
        let text =
            format!("Wire {wire} tells what the ministers of Egypt and Turkey have done and what they will do next.");
        claims_of(document(&format!("d{number}"), &published.to_string(), &text))
    });
    vec(version, count)
}

const DOCUMENTS: usize = 24;

/// All documents, each with its last version at the end.
fn all_documents() -> impl Strategy<Value = Vec<Vec<ReadDocument>>> {
    (0..DOCUMENTS).map(|number| versions(number, 2)).collect::<Vec<_>>()
}

/// What else happens on the way of one document into the store.
#[derive(Clone, Debug)]
enum Detour {
    None,
    /// It came in an earlier version, which it replaces.
    EarlierVersion,
    /// Some document that is there is taken back, and comes again.
    TakenBack(Index),
    /// It comes twice.
    Twice,
    /// It comes together with what is there already, in one change set.
    WithAllOthers,
}

fn detour() -> impl Strategy<Value = Detour> {
    prop_oneof![
        3 => Just(Detour::None),
        2 => Just(Detour::EarlierVersion),
        2 => any::<Index>().prop_map(Detour::TakenBack),
        1 => Just(Detour::Twice),
        1 => Just(Detour::WithAllOthers),
    ]
}

/// Before all recorded times: what is taken back so early counts again from its own recorded time.
const LONG_AGO: &str = "2000-01-01T00:00:00Z";

fn arrive(store: &Store, there: &[ReadDocument], earlier: &ReadDocument, read: &ReadDocument, detour: &Detour) {
    match detour {
        Detour::None => {}
        Detour::EarlierVersion => drop(put(store, vec![earlier.clone()])),
        Detour::Twice => drop(put(store, vec![read.clone()])),
        Detour::TakenBack(_) if there.is_empty() => {}
        Detour::TakenBack(which) => {
            let back = which.get(there);
            retract(store, &back.document.id, LONG_AGO);
            put(store, vec![back.clone()]);
        }
        Detour::WithAllOthers => drop(put(store, [there, std::slice::from_ref(read)].concat())),
    }
    put(store, vec![read.clone()]);
}

/// The same recorded time for all versions: bytes are equal for equal documents and recorded times.
fn recorded_at(mut read: ReadDocument, time: Timestamp) -> ReadDocument {
    read.document.recorded = Some(time);
    read
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_way_of_documents_does_not_show(
        documents in all_documents(),
        order in Just((0..DOCUMENTS).collect::<Vec<_>>()).prop_shuffle(),
        detours in vec(detour(), DOCUMENTS),
    ) {
        let recorded = |number: usize| time(&format!("2025-05-{:02}T08:00:00Z", number % 28 + 1));
        let read = |number: usize, version: usize| recorded_at(documents[number][version].clone(), recorded(number));
        let at_once = store();
        put(&at_once, (0..DOCUMENTS).map(|number| read(number, 1)).collect());
        let one_by_one = store();
        let mut there = Vec::new();
        for (number, detour) in order.into_iter().zip(&detours) {
            let last = read(number, 1);
            arrive(&one_by_one, &there, &read(number, 0), &last, detour);
            there.push(last);
        }
        assert_same_lines(&nquads(&one_by_one), &nquads(&at_once));
        assert_projected(&one_by_one);
        prop_assert!(one_by_one.snapshot().fusion == at_once.snapshot().fusion);
    }

    #[test]
    fn the_past_is_what_a_store_knew_that_stopped_then(
        documents in all_documents(),
        steps in vec((any::<Index>(), 0..3_usize, 0..3_i64), 40),
        asked in vec(any::<Index>(), 3),
    ) {
        let mut now = time("2025-05-01T00:00:00Z");
        let steps: Vec<(Timestamp, ChangeSet)> = steps.into_iter().map(|(which, version, hours)| {
            // Several can come at one time.
            now += hours.hours();
            let versions = which.get(&documents);
            let changes = match versions.get(version) {
                Some(read) => ChangeSet { put: vec![recorded_at(read.clone(), now)], ..ChangeSet::default() },
                None => ChangeSet {
                    retract: vec![versions[0].document.id.clone()],
                    retracted_at: Some(now),
                    ..ChangeSet::default()
                },
            };
            (now, changes)
        }).collect();
        let whole = store();
        steps.iter().for_each(|(_, changes)| drop(whole.apply(changes.clone()).unwrap()));
        for which in asked {
            let (then, _) = which.get(&steps);
            let stopped = store();
            let until = steps.iter().take_while(|(at, _)| at <= then);
            until.for_each(|(_, changes)| drop(stopped.apply(changes.clone()).unwrap()));
            let known = whole.snapshot_at(*then).unwrap();
            assert_same_lines(&bytes(&known, &whole), &nquads(&stopped));
        }
        let first = steps[0].0;
        let nothing = whole.snapshot_at(first - 1.second()).unwrap();
        assert_same_lines(&bytes(&nothing, &whole), &nquads(&store()));
    }
}

fn bytes(snapshot: &Snapshot, store: &Store) -> String {
    let mut bytes = Vec::new();
    chancery_rdf::serialise(&snapshot.triples(store.run()), GraphFormat::NQuads, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// Memberships and accreditations of the tables are states too, which news opens and closes again.
#[test]
fn the_order_does_not_show_where_news_meets_the_tables() {
    let world = Arc::new(World::load(&chancery_model::DataFiles::embedded()).unwrap());
    let store = || Store::in_memory(world.clone(), VERSION.to_owned()).unwrap();
    let told = |number: usize, event_type: &str, source: &str, target: &str, status| {
        let document =
            document(&format!("d{number}"), &format!("2025-02-{:02}", number + 1), &format!("Report {number}."));
        let claims = vec![claim(&document, event_type, &[source], &[target], status)];
        ReadDocument { document, claims }
    };
    let mut documents = vec![
        told(0, "leave-agreement", "FRA", "org:nato", Status::Planned),
        told(1, "leave-agreement", "FRA", "org:nato", Status::Occurred),
        told(2, "leave-agreement", "FRA", "org:nato", Status::Denied),
        told(3, "join-agreement", "FRA", "org:nato", Status::Occurred),
        told(4, "sever-relations", "FRA", "USA", Status::Occurred),
    ];
    let at_once = store();
    put(&at_once, documents.clone());
    let expected = nquads(&at_once);
    for _ in 0..documents.len() {
        documents.rotate_left(1);
        let one_by_one = store();
        for read in documents.iter().rev() {
            put(&one_by_one, vec![read.clone()]);
        }
        retract(&one_by_one, &documents[0].document.id, LONG_AGO);
        put(&one_by_one, vec![documents[0].clone()]);
        assert_same_lines(&nquads(&one_by_one), &expected);
        assert_projected(&one_by_one);
    }
}

/// A membership of the tables that begins after the newest document is no flat edge, whatever was said before there were documents.
#[test]
fn what_begins_later_than_the_news_is_not_in_force() {
    let world = Arc::new(World::load(&chancery_model::DataFiles::embedded()).unwrap());
    let store = Store::in_memory(world, VERSION.to_owned()).unwrap();
    let member = "ASK { state:BGR dip:memberOf <https://w3id.org/chancery/id/org/eurozone> }";
    let read = |key: &str, published: &str| {
        let document = document(key, published, "Nothing that concerns Bulgaria.");
        ReadDocument { claims: Vec::new(), document }
    };
    put(&store, vec![read("old", "2025-11-07")]);
    assert!(!ask(&store, member));
    put(&store, vec![read("new", "2026-01-01")]);
    assert!(ask(&store, member), "the euro came on the first of January 2026");
    retract(&store, "new", "2026-02-01T00:00:00Z");
    assert!(!ask(&store, member));
    retract(&store, "old", "2026-02-01T00:00:00Z");
    assert_projected(&store);
}
