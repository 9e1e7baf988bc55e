//! Closing and opening, crashes between ledger and graph, locks, missing and damaged parts.

use crate::sample::*;
use chancery_rdf::GraphFormat;
use chancery_store::{ChangeSet, GraphTarget, QueryOptions, Store, StoreError, Verification};
use oxigraph::model::{GraphNameRef, NamedNodeRef, QuadRef};
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
    put(&store, vec![denial()]);
    let mut corrected = relations();
    corrected.document.text.push_str(" A correction.");
    put(&store, vec![corrected]);
    retract(&store, "d1", "2026-01-01T00:00:00Z");
    put(&store, vec![accession()]);
    let expected = nquads(&store);
    drop(store);
    // The ledger has all of it, the graph only the first commit.
    let fall_behind = || {
        fs::remove_dir_all(path.join("graph")).unwrap();
        copy(&saved, &path.join("graph"));
    };
    fall_behind();
    let told = verified(&path).problems;
    assert!(told.len() == 1 && told[0].starts_with("graph: behind the ledger"), "{told:?}");
    let store = open(&path).unwrap();
    assert_eq!(nquads(&store), expected);
    assert_projected(&store);
    drop(store);
    // By what the commits touched, not written anew: what no commit told of is still there.
    fall_behind();
    let node = NamedNodeRef::new("urn:x:stray").unwrap();
    let stray = QuadRef::new(node, node, node, GraphNameRef::DefaultGraph);
    let graph = oxigraph::store::Store::open(path.join("graph")).unwrap();
    graph.insert(stray).unwrap();
    drop(graph);
    let store = Store::open_in_background(&path, Arc::default(), VERSION.to_owned()).unwrap();
    assert!(store.rewritten().is_none());
    store.wait_until_loaded().unwrap();
    assert!(!store.is_behind() && ask(&store, "ASK { <urn:x:stray> ?p ?o }"));
    assert_eq!(engine_triples(&store).lines().count(), expected.lines().count() + 1, "nothing else is too much");
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
    store.rebuild(|_| {}).unwrap();
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

#[test]
fn a_store_whose_making_was_cut_off_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("chancery-store"), "unfinished\n").unwrap();
    fs::write(folder.path().join("ledger.redb"), "half").unwrap();
    fs::create_dir(folder.path().join("graph")).unwrap();
    let store = open(folder.path()).unwrap();
    put(&store, vec![accession()]);
    drop(store);
    assert_eq!(open(folder.path()).unwrap().snapshot().revision, 1);
    let marker = fs::read_to_string(folder.path().join("chancery-store")).unwrap();
    assert!(marker.starts_with("documents "), "{marker}");
}

const INCREMENT: &str =
    "DELETE { GRAPH <urn:g> { <urn:c> <urn:v> ?n } } INSERT { GRAPH <urn:g> { <urn:c> <urn:v> ?m } }
    WHERE { GRAPH <urn:g> { <urn:c> <urn:v> ?n } BIND(?n + 1 AS ?m) }";

/// The stock server, which orders no writers, left 144 of these 200.
#[test]
fn no_update_is_lost_among_many() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    let options = QueryOptions::default();
    store.update("INSERT DATA { GRAPH <urn:g> { <urn:c> <urn:v> 0 } }", &options).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| (0..25).for_each(|_| store.update(INCREMENT, &options).unwrap()));
        }
    });
    drop(store);
    let store = open(folder.path()).unwrap();
    assert_eq!(select(&store, "SELECT ?n { GRAPH <urn:g> { ?c ?p ?n } }"), ["200"]);
}

/// What is synced before the answer is the file that holds the write.
#[test]
fn the_log_on_the_disk_holds_what_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    for word in ["a-first-text-of-more-than-sixteen-bytes", "a-second-text-of-more-than-sixteen-bytes"] {
        let update = format!("INSERT DATA {{ GRAPH <urn:g> {{ <urn:a> <urn:b> '{word}' }} }}");
        store.update(&update, &QueryOptions::default()).unwrap();
        let logs = fs::read_dir(folder.path().join("graph")).unwrap().map(|entry| entry.unwrap().path());
        let mut logs = logs.filter(|path| path.extension().is_some_and(|ending| ending == "log"));
        let holds = |path: std::path::PathBuf| {
            fs::read(path).unwrap().windows(word.len()).any(|window| window == word.as_bytes())
        };
        assert!(logs.any(holds), "{word} is in no log");
    }
}

#[test]
fn a_full_disk_takes_no_write_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    put(&store, vec![accession()]);
    let before = nquads(&store);
    let options = QueryOptions::default();
    let insert = "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }";
    let target = GraphTarget::Named("urn:h".to_owned());
    let turtle = || b"<urn:a> <urn:b> 1 .".to_vec();
    store.set_disk_reserve(u64::MAX);
    let changes = chancery_store::ChangeSet { put: vec![relations()], ..Default::default() };
    assert!(matches!(store.apply(changes), Err(StoreError::DiskFull { .. })));
    assert!(matches!(store.update(insert, &options), Err(StoreError::DiskFull { .. })));
    assert!(matches!(store.put_graph(&target, turtle(), GraphFormat::Turtle, true), Err(StoreError::DiskFull { .. })));
    assert_eq!(nquads(&store), before);
    assert!(ask(&store, "ASK { ?s a dip:Claim }"), "reads go on");
    store.set_disk_reserve(0);
    put(&store, vec![relations()]);
    store.update(insert, &options).unwrap();
    store.put_graph(&target, turtle(), GraphFormat::Turtle, true).unwrap();
}

fn verified(path: &Path) -> Verification {
    chancery_store::verify(path, Arc::default(), VERSION, &mut |_, _| {}).unwrap()
}

#[test]
fn a_backup_that_is_taken_while_others_write_is_a_whole_store() {
    let folder = tempfile::tempdir().unwrap();
    let (path, backup, back) = (folder.path().join("s"), folder.path().join("b"), folder.path().join("r"));
    let store = open(&path).unwrap();
    let options = QueryOptions::default();
    put(&store, vec![accession()]);
    store.update("INSERT DATA { GRAPH <urn:g> { <urn:c> <urn:v> 0 } }", &options).unwrap();
    std::thread::scope(|scope| {
        scope.spawn(|| (0..40).for_each(|_| store.update(INCREMENT, &options).unwrap()));
        scope.spawn(|| {
            for day in 1..20 {
                let mut read = relations();
                read.document.id = format!("d-{day}");
                put(&store, vec![read]);
            }
        });
        store.backup(&backup).unwrap();
        assert!(matches!(store.backup(&backup), Err(StoreError::Io { .. })), "it is there already");
    });
    let found = verified(&backup);
    assert_eq!(found.problems, Vec::<String>::new());
    assert_eq!(found.named_graphs, 1);
    chancery_store::restore(&backup, &back).unwrap();
    let restored = open(&back).unwrap();
    let known = store.snapshot();
    let documents = &restored.snapshot().documents;
    assert!(documents.contains_key("d1") && documents.len() <= known.documents.len());
    assert_projected(&restored);
    restored.update(INCREMENT, &options).unwrap();
    put(&restored, vec![denial()]);
    drop(restored);
    assert!(matches!(chancery_store::restore(&backup, &back), Err(StoreError::NotAStore(_))), "not over another");
    assert!(matches!(chancery_store::backup(&path, &folder.path().join("c")), Err(StoreError::Locked { .. })));
    drop(store);
    chancery_store::backup(&path, &folder.path().join("c")).unwrap();
    assert_eq!(verified(&folder.path().join("c")).versions, 20);
}

#[test]
fn what_is_wrong_is_found_and_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s");
    assert!(matches!(
        chancery_store::verify(&path, Arc::default(), VERSION, &mut |_, _| {}),
        Err(StoreError::NotAStore(_))
    ));
    let store = open(&path).unwrap();
    put(&store, vec![accession(), relations()]);
    store.update("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }", &QueryOptions::default()).unwrap();
    drop(store);
    assert_eq!(verified(&path).problems, Vec::<String>::new());
    // A triple of the derived graph goes, and one comes.
    let graph = oxigraph::store::Store::open(path.join("graph")).unwrap();
    let gone = graph.quads_for_pattern(None, None, None, Some(oxigraph::model::GraphNameRef::DefaultGraph)).next();
    graph.remove(&gone.unwrap().unwrap()).unwrap();
    let node = oxigraph::model::NamedNode::new_unchecked("urn:stray");
    graph
        .insert(oxigraph::model::QuadRef::new(&node, &node, &node, oxigraph::model::GraphNameRef::DefaultGraph))
        .unwrap();
    drop(graph);
    let problems = verified(&path).problems;
    assert!(problems.len() == 2 && problems[0].contains("1 triples: is missing"), "{problems:?}");
    assert!(problems[1].contains("is too much") && problems[1].contains("urn:stray"), "{problems:?}");
    let store = open(&path).unwrap();
    store.rebuild(|_| {}).unwrap();
    drop(store);
    let found = verified(&path);
    assert_eq!((found.problems.len(), found.versions, found.named_graphs), (0, 2, 1));
}

/// A byte that another hand changed in a table of the graph.
#[test]
fn a_damaged_graph_is_no_empty_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s");
    let store = open(&path).unwrap();
    put(&store, vec![accession(), relations()]);
    let backup = folder.path().join("b");
    // A backup has everything in tables.
    store.backup(&backup).unwrap();
    drop(store);
    let mut tables: Vec<_> = fs::read_dir(backup.join("graph")).unwrap().map(|entry| entry.unwrap().path()).collect();
    tables.retain(|path| path.extension().is_some_and(|ending| ending == "sst"));
    assert!(!tables.is_empty());
    for table in tables {
        let mut bytes = fs::read(&table).unwrap();
        let length = bytes.len();
        bytes[..length / 2].fill(0x5A);
        // The file is linked to that of the store.
        fs::remove_file(&table).unwrap();
        fs::write(&table, bytes).unwrap();
    }
    let outcome = chancery_store::verify(&backup, Arc::default(), VERSION, &mut |_, _| {});
    let told = match &outcome {
        Ok(found) => found.problems.join(" "),
        Err(error) => error.to_string(),
    };
    assert!(told.to_lowercase().contains("corrupt") || told.contains("damaged"), "{outcome:?}");
    assert!(open(&backup).is_err() || open(&backup).unwrap_err().is_storage(), "it is not taken for an empty one");
    assert_eq!(verified(&path).problems, Vec::<String>::new());
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

#[test]
fn a_store_that_is_read_in_the_background_ends_as_one_that_was_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let open = || Store::open_in_background(folder.path(), Arc::default(), VERSION.to_owned()).unwrap();
    let first = open();
    first.wait_until_loaded().unwrap();
    put(&first, vec![accession(), relations()]);
    let (before, triples) = (nquads(&first), engine_triples(&first));
    drop(first);
    let again = open();
    assert!(ask(&again, "ASK { ?s a dip:Claim }"), "SPARQL does not wait");
    assert_eq!((engine_triples(&again), nquads(&again)), (triples, before));
    assert_eq!((again.loaded().unwrap().revision, put(&again, vec![denial()]).revision), (1, 2));
}

#[test]
fn a_ledger_that_turns_out_to_be_unreadable_is_told_and_takes_no_documents() {
    const RECORDS: redb::TableDefinition<'_, (&str, u64), &[u8]> = redb::TableDefinition::new("records");
    let folder = tempfile::tempdir().unwrap();
    drop(put(&Store::open(folder.path(), Arc::default(), VERSION.to_owned()).unwrap(), vec![accession()]));
    let ledger = redb::Database::open(folder.path().join("ledger.redb")).unwrap();
    let transaction = ledger.begin_write().unwrap();
    transaction.open_table(RECORDS).unwrap().insert(("d1", 0), b"no record".as_slice()).unwrap();
    transaction.commit().unwrap();
    drop(ledger);
    let store = Store::open_in_background(folder.path(), Arc::default(), VERSION.to_owned()).unwrap();
    let error = store.wait_until_loaded().unwrap_err();
    assert!(matches!(&error, StoreError::Record { key, .. } if key == "d1"), "{error}");
    assert!(store.loaded().is_none() && !store.is_loaded_within(std::time::Duration::ZERO));
    let refused = store.apply(ChangeSet { put: vec![relations()], ..ChangeSet::default() });
    assert!(matches!(refused, Err(StoreError::Loading)), "{refused:?}");
    assert!(ask(&store, "ASK { ?s a dip:Claim }"), "SPARQL is answered all the same");
}

#[test]
fn a_graph_that_is_written_anew_is_never_seen_in_part() {
    let folder = tempfile::tempdir().unwrap();
    let open = |version: &str| Store::open_in_background(folder.path(), Arc::default(), version.to_owned()).unwrap();
    let store = open(VERSION);
    assert!(store.rewritten().is_none(), "a new store is not that of another version");
    put(&store, vec![accession(), relations()]);
    let before = nquads(&store);
    let is_refused = |answer: Result<(), StoreError>| matches!(answer, Err(StoreError::Rewriting { .. }));
    let mut refusals = Vec::new();
    store
        .rebuild(|triples| {
            assert_eq!(store.rewritten(), Some(triples));
            let asked = run(&store, "ASK {}", "csv", &QueryOptions::default());
            let updated = store.update("INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> 1 } }", &QueryOptions::default());
            let put = store.apply(ChangeSet { put: vec![denial()], ..ChangeSet::default() });
            let deleted = store.delete_graph(&GraphTarget::Named("urn:g".to_owned()));
            refusals.extend([
                is_refused(asked.map(drop)),
                is_refused(updated),
                is_refused(put.map(drop)),
                is_refused(deleted),
            ]);
        })
        .unwrap();
    assert!(!refusals.is_empty() && refusals.iter().all(|refused| *refused), "{refusals:?}");
    assert_eq!((store.rewritten(), nquads(&store)), (None, before.clone()));
    drop(store);
    // Another version: the same in the background, and look-ups meanwhile.
    let again = open("another");
    while again.rewritten().is_some() {
        assert_ne!(has_all(&again), Some(false), "part of a graph was seen");
    }
    again.wait_with(|_| {}).unwrap();
    assert_eq!(has_all(&again), Some(true));
}

/// Whether the claims of two documents are in the graph; none where it cannot be asked.
fn has_all(store: &Store) -> Option<bool> {
    let count = "ASK { { SELECT (COUNT(*) AS ?n) WHERE { ?claim a dip:Claim } } FILTER (?n = 2) }";
    match run(store, count, "csv", &QueryOptions::default()) {
        Ok(answer) => Some(answer.trim() == "true"),
        Err(StoreError::Rewriting { .. }) => None,
        Err(error) => panic!("{error}"),
    }
}
