//! Putting, replacing and taking back; time as it was known; the same input, the same bytes.

use crate::sample::*;
use chancery_model::document::iri_hash;
use chancery_model::{AttributionStep, SourceKind, StateKind, StateStatus, Status};
use chancery_store::{ChangeSet, Outcome, ReadDocument, Store, StoreError};
use std::collections::BTreeSet;
use std::sync::Arc;

#[test]
fn an_expected_accession_is_announced_and_no_flat_edge() {
    let store = store();
    put(&store, vec![accession()]);
    let snapshot = store.snapshot();
    let states: Vec<_> = snapshot.states_of(&id("KAZ")).map(|state| (state.kind, state.status)).collect();
    assert_eq!(states, [(StateKind::PartyTo, StateStatus::Announced)]);
    assert!(ask(&store, "ASK { ?s a dip:RelationState ; dip:status dip:Announced ; dip:party state:KAZ }"));
    assert!(!ask(&store, "ASK { state:KAZ dip:partyTo ?any }"));
}

#[test]
fn relations_in_force_are_flat_edges_both_ways() {
    let store = store();
    put(&store, vec![relations()]);
    assert!(ask(
        &store,
        "ASK { state:FJI dip:diplomaticRelationsWith state:FRA . state:FRA dip:diplomaticRelationsWith state:FJI }"
    ));
    assert_projected(&store);
}

/// One told by an official, one in the voice of the document.
#[test]
fn of_two_claims_of_one_id_the_first_counts() {
    let mut read = relations();
    let mut again = read.claims[0].clone();
    again.attribution =
        vec![AttributionStep { agent: Some(id("FJI")), kind: SourceKind::Speaker, surface: "an official".to_owned() }];
    read.claims.push(again);
    let store = store();
    put(&store, vec![read.clone()]);
    assert_projected(&store);
    assert!(!ask(&store, "ASK { ?claim dip:attribution ?step }"));
    assert_eq!(outcomes(&put(&store, vec![read])), [Outcome::Unchanged]);
}

#[test]
fn the_same_document_changes_nothing() {
    let store = store();
    put(&store, vec![accession()]);
    let before = nquads(&store);
    let mut later = accession();
    later.document.recorded = Some(time("2030-01-01T00:00:00Z"));
    let receipt = put(&store, vec![later]);
    assert_eq!((receipt.revision, outcomes(&receipt)), (1, vec![Outcome::Unchanged]));
    assert_eq!(nquads(&store), before);
}

#[test]
fn a_document_replaces_its_earlier_self() {
    let store = store();
    put(&store, vec![accession(), relations()]);
    let document = document("d1", "2025-11-10", "Kazakhstan joined the accords.");
    let claims = vec![claim(&document, "join-agreement", &["KAZ"], &["agreement:abraham-accords"], Status::Occurred)];
    let receipt = put(&store, vec![ReadDocument { document, claims }]);
    assert_eq!(outcomes(&receipt), [Outcome::Replaced]);
    assert!(!nquads(&store).contains("expected to join"), "nothing of the old version stays");
    assert_projected(&store);
    let history = store.history("d1").unwrap();
    let ended: Vec<_> = history.iter().map(|version| version.reason.as_deref()).collect();
    assert_eq!(ended, [Some("replaced"), None]);
    assert_eq!(history[0].recorded_until, Some(history[1].recorded_from));
}

#[test]
fn the_same_text_read_otherwise_replaces() {
    let store = store();
    put(&store, vec![accession()]);
    let mut read = accession();
    read.claims.clear();
    assert_eq!(outcomes(&put(&store, vec![read])), [Outcome::Replaced]);
    assert!(store.snapshot().claims.is_empty());
}

#[test]
fn a_retracted_document_leaves_nothing_in_the_graph_and_can_come_back() {
    let store = store();
    put(&store, vec![relations()]);
    let alone = nquads(&store);
    put(&store, vec![accession()]);
    let receipt = retract(&store, "d1", "2025-12-01T00:00:00Z");
    assert_eq!(outcomes(&receipt), [Outcome::Retracted]);
    assert_eq!(nquads(&store), alone);
    assert_projected(&store);
    assert_eq!(outcomes(&retract(&store, "d1", "2025-12-02T00:00:00Z")), [Outcome::NotFound]);
    assert_eq!(outcomes(&put(&store, vec![accession()])), [Outcome::Added]);
    let back = store.document("d1").unwrap().unwrap();
    assert_eq!(back.recorded_from, time("2025-12-01T00:00:00Z"), "known again, but not before it was taken back");
}

#[test]
fn one_change_set_is_applied_in_its_order() {
    let store = store();
    let changes = ChangeSet {
        put: vec![accession(), accession(), relations()],
        retract: vec!["d2".to_owned(), "d9".to_owned()],
        retracted_at: Some(time("2026-01-01T00:00:00Z")),
    };
    let receipt = store.apply(changes).unwrap();
    use Outcome::{Added, NotFound, Retracted, Unchanged};
    assert_eq!(outcomes(&receipt), [Added, Unchanged, Added, Retracted, NotFound]);
    assert_eq!(store.snapshot().documents.keys().map(AsRef::as_ref).collect::<Vec<&str>>(), ["d1"]);
    assert_projected(&store);
}

#[test]
fn a_document_without_a_recorded_time_is_refused_and_nothing_is_stored() {
    let store = store();
    let mut timeless = accession();
    timeless.document.recorded = None;
    let refused = store.apply(ChangeSet { put: vec![relations(), timeless], ..ChangeSet::default() });
    assert!(matches!(refused, Err(StoreError::NoRecordedTime { key }) if key == "d1"));
    let refused = store.apply(ChangeSet { retract: vec!["d2".to_owned()], ..ChangeSet::default() });
    assert!(matches!(refused, Err(StoreError::NoRecordedTime { .. })));
    assert_eq!((store.snapshot().revision, nquads(&store).is_empty()), (0, nquads(&crate::sample::store()).is_empty()));
}

#[test]
fn a_check_sees_the_new_graph_and_what_differs() {
    let store = store();
    put(&store, vec![relations()]);
    let before = nquads(&store);
    let mut seen = None;
    let changes = ChangeSet { put: vec![accession()], ..ChangeSet::default() };
    store
        .apply_checked(changes, |change| {
            seen = Some((change.clone(), change.subjects().to_vec()));
            Ok(())
        })
        .unwrap();
    let (change, subjects) = seen.unwrap();
    let mut lines: BTreeSet<String> = before.lines().map(str::to_owned).collect();
    change.removed().iter().for_each(|triple| assert!(lines.remove(&format!("{triple} .")), "{triple} was not there"));
    change.added().iter().for_each(|triple| assert!(lines.insert(format!("{triple} .")), "{triple} was there"));
    assert_eq!(lines, nquads(&store).lines().map(str::to_owned).collect());
    let subjects: Vec<String> = subjects.iter().map(ToString::to_string).collect();
    let documents: Vec<_> = store.snapshot().documents.keys().map(|key| iri_hash(key)).collect();
    let [accession, relations] = &documents[..] else { panic!("{documents:?}") };
    assert!(subjects.iter().any(|subject| subject.contains(accession)), "{subjects:?}");
    assert!(!subjects.iter().any(|subject| subject.contains(relations)), "{subjects:?}");
    assert!(subjects.is_sorted());
}

#[test]
fn a_failed_check_leaves_ledger_and_graph_untouched() {
    let store = store();
    put(&store, vec![relations()]);
    let before = (nquads(&store), engine_triples(&store), store.history("d2").unwrap());
    let changes = ChangeSet {
        put: vec![accession()],
        retract: vec!["d2".to_owned()],
        retracted_at: Some(time("2026-01-01T00:00:00Z")),
    };
    let rejected = store.apply_checked(changes.clone(), |_| Err("no claim without evidence".to_owned()));
    assert_eq!(rejected.unwrap_err().to_string(), "rejected: no claim without evidence");
    assert_eq!((nquads(&store), engine_triples(&store), store.history("d2").unwrap()), before);
    assert_eq!((store.snapshot().revision, store.history("d1").unwrap()), (1, vec![]));
    assert_eq!(store.apply_checked(changes, |_| Ok(())).unwrap().revision, 2);
    assert_projected(&store);
}

#[test]
fn what_changes_nothing_is_not_checked() {
    let store = store();
    put(&store, vec![accession()]);
    let changes = ChangeSet { put: vec![accession()], ..ChangeSet::default() };
    let receipt = store.apply_checked(changes, |_| Err("asked".to_owned())).unwrap();
    assert_eq!(outcomes(&receipt), [Outcome::Unchanged]);
}

#[test]
fn the_order_of_ingestion_does_not_show() {
    let forth = store();
    put(&forth, vec![accession(), relations(), denial()]);
    let back = store();
    for document in [denial(), relations(), accession()] {
        put(&back, vec![document]);
    }
    assert_eq!(nquads(&forth), nquads(&back));
    assert_eq!(engine_triples(&forth), engine_triples(&back));
    assert_projected(&back);
}

#[test]
fn memory_and_disk_give_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let disk = Store::open(folder.path(), Arc::default(), VERSION.to_owned()).unwrap();
    let memory = store();
    for store in [&disk, &memory] {
        put(store, vec![accession(), relations()]);
        put(store, vec![denial()]);
        retract(store, "d1", "2026-01-01T00:00:00Z");
    }
    assert_eq!(nquads(&disk), nquads(&memory));
    assert_eq!(engine_triples(&disk), engine_triples(&memory));
    assert_projected(&disk);
}

#[test]
fn as_it_was_known() {
    let store = store();
    put(&store, vec![accession(), relations()]);
    retract(&store, "d1", "2025-12-01T00:00:00Z");
    let known =
        |at: &str| store.snapshot_at(time(at)).unwrap().documents.keys().map(ToString::to_string).collect::<Vec<_>>();
    assert!(known("2025-11-07T11:59:59Z").is_empty(), "nothing before the first document");
    assert_eq!(known("2025-11-07T12:00:00Z"), ["d1"]);
    assert_eq!(known("2025-11-30T00:00:00Z"), ["d1", "d2"]);
    assert_eq!(known("2025-12-01T00:00:00Z"), ["d2"]);
    let before = store.snapshot_at(time("2020-01-01T00:00:00Z")).unwrap();
    assert!(before.claims.is_empty() && before.fusion.events.is_empty() && before.fusion.states.is_empty());
    let then = store.snapshot_at(time("2025-11-07T12:00:00Z")).unwrap();
    assert_eq!(then.states_of(&id("KAZ")).count(), 1);
}

#[test]
fn a_snapshot_outlives_later_changes() {
    let store = store();
    put(&store, vec![accession()]);
    let held = store.snapshot();
    retract(&store, "d1", "2026-01-01T00:00:00Z");
    assert_eq!((held.revision, held.claims.len()), (1, 1));
    assert_eq!((store.snapshot().revision, store.snapshot().claims.len()), (2, 0));
    assert_eq!(held.claims_of_document("d1").len(), 1);
    let event = held.events_of(&id("KAZ")).next().unwrap();
    assert_eq!(held.event(&event.id), Some(event));
    assert_eq!(held.event_of(&event.claims[0]), Some(event));
}

#[test]
fn many_writers_are_one_after_another() {
    let store = store();
    let writers: Vec<_> = (0..8)
        .map(|number| {
            let store = store.clone();
            std::thread::spawn(move || {
                let mut read = accession();
                read.document.id = format!("w{number}");
                read.claims[0].id = read.document.id.as_str().into();
                put(&store, vec![read]);
            })
        })
        .collect();
    writers.into_iter().for_each(|writer| writer.join().unwrap());
    assert_eq!((store.snapshot().revision, store.snapshot().documents.len()), (8, 8));
    assert_projected(&store);
}
