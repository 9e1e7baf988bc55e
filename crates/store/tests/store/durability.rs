//! Closing and opening, crashes between ledger and graph, locks, missing and damaged parts.

use crate::sample::*;
use chancery_rdf::GraphFormat;
use chancery_store::{GraphTarget, QueryOptions, Store, StoreError};
use std::fs;
use std::path::Path;
use std::sync::Arc;

fn open(folder: &Path) -> Result<Store, StoreError> {
    Store::open(folder, Arc::default(), VERSION.to_owned())
}

#[test]
fn a_store_opens_as_it_was_closed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new/store");
    let store = open(&path).unwrap();
    put(&store, vec![accession(), relations()]);
    let before = nquads(&store);
    drop(store);
    let store = open(&path).unwrap();
    assert_eq!((store.snapshot().revision, nquads(&store)), (1, before));
    assert_projected(&store);
    assert_eq!(store.document("d1").unwrap().unwrap().document, accession().document, "with its whole text");
    let receipt = put(&store, vec![accession()]);
    assert_eq!(receipt.revision, 1, "what was read back equals what was written");
}

#[test]
fn a_crash_between_ledger_and_graph_is_caught_up() {
    let folder = tempfile::tempdir().unwrap();
    let (path, saved) = (folder.path().join("store"), folder.path().join("saved"));
    let store = open(&path).unwrap();
    put(&store, vec![accession()]);
    drop(store);
    copy(&path.join("graph"), &saved);
    let store = open(&path).unwrap();
    put(&store, vec![relations()]);
    retract(&store, "d1", "2026-01-01T00:00:00Z");
    let expected = nquads(&store);
    drop(store);
    // The ledger has all of it, the graph only the first commit.
    fs::remove_dir_all(path.join("graph")).unwrap();
    copy(&saved, &path.join("graph"));
    let store = open(&path).unwrap();
    assert_eq!(nquads(&store), expected);
    assert_projected(&store);
}

#[test]
fn a_ledger_from_a_backup_takes_the_graph_back() {
    let folder = tempfile::tempdir().unwrap();
    let (ledger, saved) = (folder.path().join("s/ledger.redb"), folder.path().join("saved"));
    let path = folder.path().join("s");
    let store = open(&path).unwrap();
    put(&store, vec![accession()]);
    let expected = nquads(&store);
    drop(store);
    fs::copy(&ledger, &saved).unwrap();
    let store = open(&path).unwrap();
    put(&store, vec![relations()]);
    drop(store);
    fs::copy(&saved, &ledger).unwrap();
    let store = open(&path).unwrap();
    assert_eq!(nquads(&store), expected);
    assert_projected(&store);
}

#[test]
fn a_new_version_of_the_program_writes_the_graph_anew() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    put(&store, vec![accession()]);
    let old_run = store.run().to_owned();
    drop(store);
    let store = Store::open(folder.path(), Arc::default(), "test 2".to_owned()).unwrap();
    assert_ne!(store.run(), old_run);
    assert!(!engine_triples(&store).contains(&old_run));
    assert_projected(&store);
}

#[test]
fn users_graphs_outlive_a_rebuild() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    put(&store, vec![accession()]);
    let before = nquads(&store);
    store.update("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }", &QueryOptions::default()).unwrap();
    store.rebuild().unwrap();
    drop(store);
    let store = open(folder.path()).unwrap();
    assert_eq!(nquads(&store), before);
    let graph = store.graph(&GraphTarget::Named("urn:g".to_owned()), GraphFormat::NTriples).unwrap();
    assert!(String::from_utf8(graph).unwrap().starts_with("<urn:a> <urn:b> \"1\""));
}

#[test]
fn one_process_a_store() {
    let folder = tempfile::tempdir().unwrap();
    let first = open(folder.path()).unwrap();
    let error = open(folder.path()).unwrap_err();
    assert!(matches!(&error, StoreError::Locked { holder: Some(holder), .. } if *holder == std::process::id()));
    assert!(error.to_string().contains("another process"), "{error}");
    drop(first);
    open(folder.path()).unwrap();
}

#[test]
fn a_folder_of_something_else_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("thesis.txt"), "ten years of work").unwrap();
    assert!(matches!(open(folder.path()), Err(StoreError::NotAStore(_))));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn missing_parts_are_refused_not_made() {
    for part in ["ledger.redb", "graph"] {
        let folder = tempfile::tempdir().unwrap();
        drop(open(folder.path()).unwrap());
        let path = folder.path().join(part);
        if path.is_dir() {
            fs::remove_dir_all(&path).unwrap()
        } else {
            fs::remove_file(&path).unwrap()
        }
        let error = open(folder.path()).unwrap_err();
        assert!(matches!(&error, StoreError::Corrupt { reason, .. } if reason.contains("missing")), "{part}: {error}");
        assert!(!path.exists(), "{part} was made anew");
    }
}

#[test]
fn a_damaged_ledger_is_no_empty_one() {
    for bytes in [&b""[..], &b"not a database, not even a little bit"[..]] {
        let folder = tempfile::tempdir().unwrap();
        drop(open(folder.path()).unwrap());
        fs::write(folder.path().join("ledger.redb"), bytes).unwrap();
        let error = open(folder.path()).unwrap_err();
        assert!(matches!(&error, StoreError::Corrupt { .. }), "{error:?}");
    }
}

#[test]
fn a_plain_dataset_is_another_kind_of_store() {
    let folder = tempfile::tempdir().unwrap();
    let plain = Store::open_plain(folder.path()).unwrap();
    plain.update("INSERT DATA { <urn:a> <urn:b> <urn:c> }", &QueryOptions::default()).unwrap();
    drop(plain);
    assert!(matches!(open(folder.path()), Err(StoreError::OtherKind { .. })));
    let plain = Store::open_plain(folder.path()).unwrap();
    assert_eq!(nquads(&plain), "<urn:a> <urn:b> <urn:c> .\n");
    let refused = plain.apply(chancery_store::ChangeSet { put: vec![accession()], ..Default::default() });
    assert!(matches!(refused, Err(StoreError::Refused { .. })));
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}
