//! The program as a user runs it: files in, results on standard output, complaints on standard error, exit codes.

#![expect(clippy::unwrap_used, reason = "a test stops at the first fault")]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

fn chancery(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_chancery")).args(arguments).current_dir(folder).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn complaints(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

const GOOD: &[u8] =
    br#"{"id":"good","lang":"en","published":"2026-01-05","text":"France recalled its ambassador to Mali on Monday."}"#;

#[test]
fn bad_input_is_named_and_the_rest_goes_in() {
    let large = vec![b'a'; (4 << 20) + 1];
    let lines = [GOOD, b"\n{\"id\":\"broken\"\n", b"{\"id\":\"none\",\"lang\":\"tlh\",\"text\":\"x\"}\n"].concat();
    let folder = folder(&[
        ("latin1.txt", b"The minister visited S\xE3o Paulo.\nHe left."),
        ("empty.txt", b""),
        ("large.txt", &large),
        ("lines.jsonl", &lines),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0"),
        ("hebrew.txt", "שר החוץ נפגש עם עמיתו בבירה ביום שני".as_bytes()),
    ]);
    let names = ["latin1.txt", "empty.txt", "large.txt", "lines.jsonl", "picture.txt", "hebrew.txt", "absent.txt"];
    let run = chancery(folder.path(), &[&["ingest", "--store", "s"], names.as_slice()].concat());
    let said = complaints(&run);
    assert!(run.status.success(), "{said}");
    assert!(out(&run).starts_with("1 added, 0 replaced, 0 unchanged, 8 skipped"), "{}{said}", out(&run));
    for reason in [
        "latin1.txt:1: not UTF-8",
        "empty.txt: empty",
        "large.txt: 4194305 bytes",
        "lines.jsonl:2: ",
        "lines.jsonl:3: ",
        "picture.txt: binary",
        "hebrew.txt: the language",
        "absent.txt: ",
    ] {
        assert!(said.contains(reason), "{reason} is not in:\n{said}");
    }
}

#[test]
fn nothing_readable_is_a_failure() {
    let folder = folder(&[("empty.txt", b"")]);
    let run = chancery(folder.path(), &["extract", "empty.txt"]);
    assert_eq!(run.status.code(), Some(1), "{}", complaints(&run));
}

#[test]
fn wrong_usage_is_told_apart() {
    let folder = folder(&[]);
    for arguments in [&["no-such-command"][..], &["export", "--store", "s", "--format", "xls"], &["ingest"]] {
        assert_eq!(chancery(folder.path(), arguments).status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn a_store_is_filled_asked_exported_and_emptied() {
    let folder = folder(&[("news.jsonl", GOOD)]);
    let run = |arguments: &[&str]| {
        let run = chancery(folder.path(), arguments);
        assert!(run.status.success(), "{arguments:?}: {}", complaints(&run));
        out(&run)
    };
    assert!(run(&["extract", "news.jsonl"]).contains("\"type\":\"recall-envoy\""));
    assert!(run(&["extract", "--format", "turtle", "news.jsonl"]).contains("dip:RecallEnvoy"));
    run(&["ingest", "--store", "s", "news.jsonl"]);
    assert!(run(&["ingest", "--store", "s", "news.jsonl"]).starts_with("0 added, 0 replaced, 1 unchanged"));
    let query = "SELECT ?type WHERE { ?c a dip:Claim ; dip:eventType ?type }";
    assert!(run(&["query", "--store", "s", "--format", "csv", query]).contains("#RecallEnvoy"));
    run(&["export", "--store", "s", "--format", "gexf", "--events", "--output", "n.gexf"]);
    assert!(std::fs::read_to_string(folder.path().join("n.gexf")).unwrap().contains("recall-envoy"));
    assert!(std::fs::read_to_string(folder.path().join("n.gexf.manifest.json")).unwrap().contains("\"edges\": "));
    assert!(run(&["export", "--store", "s", "--format", "nquads"]).contains("/claim/"));
    assert!(run(&["export", "--store", "s", "--format", "annotations"]).contains("#reifies> <<( "));
    assert!(run(&["export", "--store", "s", "--format", "documents"]).contains("/claim/"));
    run(&["export", "--store", "s", "--format", "nanopublications", "--output", "np.trig"]);
    let manifest = std::fs::read_to_string(folder.path().join("np.trig.manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    assert!(manifest["losses"]["events"].as_u64() > Some(0), "{manifest}");
    assert_eq!(run(&["retract", "--store", "s", "good"]), "good: retracted\n");
    assert!(!run(&["export", "--store", "s", "--format", "nquads"]).contains("/claim/"));
}

/// France is a member of several organisations: one relation fits on a page of one, and there is more.
#[test]
fn a_page_of_an_answer_tells_that_there_is_more() {
    let folder = folder(&[("news.jsonl", GOOD)]);
    chancery(folder.path(), &["ingest", "--store", "s", "news.jsonl"]);
    let ask = |page: &[&str]| {
        let question = ["query", "--store", "s", "--format", "csv", "--named", "relations-of", "actor=FRA"];
        let output = chancery(folder.path(), &[&question, page].concat());
        (out(&output).lines().skip(1).count(), complaints(&output))
    };
    let (rows, note) = ask(&["limit=1"]);
    assert_eq!((rows, note.as_str()), (1, "there is more: offset=1 gives the next page, limit=all everything\n"));
    let (rows, note) = ask(&["limit=all"]);
    assert!(rows > 1 && note.is_empty(), "{rows} {note}");
    let (_, complaint) = ask(&["limit=few"]);
    assert!(complaint.contains("limit is \"few\": expected a number of rows"), "{complaint}");
}

#[test]
fn the_embedded_tables_are_well_formed() {
    let folder = folder(&[]);
    let run = chancery(folder.path(), &["check"]);
    assert!(run.status.success(), "{}", out(&run));
    assert!(out(&run).ends_with("no problem found\n"));
}

#[test]
fn a_bad_table_is_named_by_file_and_line() {
    let folder = folder(&[]);
    std::fs::create_dir_all(folder.path().join("tables/en")).unwrap();
    std::fs::write(folder.path().join("tables/en/blocs.tsv"), "bloc\tform\nno-such-bloc\tthe Ten\n").unwrap();
    let run = chancery(folder.path(), &["check", "--data", "tables"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(out(&run).contains("data/en/blocs.tsv:2: unknown bloc"), "{}", out(&run));
}

#[test]
fn names_resolve_one_by_one_and_line_by_line() {
    let folder = folder(&[]);
    let run = chancery(folder.path(), &["resolve", "--lang", "en", "--date", "2015-07-01", "the US president"]);
    assert!(run.status.success() && out(&run).starts_with("person:barack-obama\t"), "{}", out(&run));
    assert!(out(&run).contains("tenure: president of USA on 2015-07-01"), "{}", out(&run));
    let run = chancery(folder.path(), &["resolve", "Ruritania"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(complaints(&run).contains("Ruritania: no form of the gazetteer"));

    let mut child = Command::new(env!("CARGO_BIN_EXE_chancery"))
        .args(["resolve", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all("قازاقستان\n\nRuritania\nFrance\n".as_bytes()).unwrap();
    let answers = child.wait_with_output().unwrap();
    let ids: Vec<serde_json::Value> = out(&answers)
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .map(|answer| serde_json::json!([answer["name"], answer["id"]]))
        .collect();
    let expected = [["قازاقستان", "KAZ"], ["Ruritania", ""], ["France", "FRA"]];
    for (found, [name, id]) in ids.iter().zip(expected) {
        let id = if id.is_empty() { serde_json::Value::Null } else { id.into() };
        assert_eq!(found, &serde_json::json!([name, id]));
    }
    assert_eq!(ids.len(), 3);
}

#[test]
fn a_document_that_breaks_a_shape_is_skipped() {
    let bad = String::from_utf8_lossy(GOOD)
        .replace("\"good\"", "\"bad\"")
        .replace("\"text\"", "\"recorded\":\"-000044-03-15T00:00:00Z\",\"text\"");
    let lines = [bad.as_bytes(), b"\n", GOOD].concat();
    let folder = folder(&[("both.jsonl", &lines), ("bad.jsonl", bad.as_bytes())]);
    let both = chancery(folder.path(), &["ingest", "--store", "s", "both.jsonl"]);
    assert!(both.status.success() && out(&both).starts_with("1 added, 0 replaced, 0 unchanged, 1 skipped"));
    let said = complaints(&both);
    assert!(said.contains("skipped bad: it would break a shape\n  <https://w3id.org/chancery/id/"), "{said}");
    assert!(said.contains("a document has one time at which it was recorded"), "{said}");
    assert!(said.contains("shapes#DocumentShape"), "{said}");
    let alone = chancery(folder.path(), &["ingest", "--store", "s", "bad.jsonl"]);
    assert_eq!(alone.status.code(), Some(1), "{}", complaints(&alone));
    let dry = chancery(folder.path(), &["extract", "--format", "turtle", "bad.jsonl"]);
    assert_eq!(dry.status.code(), Some(1), "{}", complaints(&dry));
}

#[test]
fn a_file_of_quads_is_loaded_whole_or_not_at_all() {
    let folder = folder(&[
        ("good.nq", b"<urn:a> <urn:b> \"1\" .\n<urn:a> <urn:b> _:x .\n<urn:a> <urn:b> \"2\" <urn:g> .\n"),
        ("broken.nt", b"<urn:a> <urn:b> \"3\" .\n<urn:a> <urn:b> .\n"),
    ]);
    let load = |files: &[&str]| chancery(folder.path(), &[&["load", "--store", "q"], files].concat());
    let run = load(&["good.nq", "good.nq"]);
    assert!(run.status.success() && out(&run) == "6 quads\n", "{}{}", out(&run), complaints(&run));
    let run = load(&["broken.nt"]);
    let said = complaints(&run);
    assert!(!run.status.success() && said.contains("broken.nt: nothing of it is loaded"), "{said}");
    assert!(said.contains("line 2"), "{said}");
    let run = chancery(folder.path(), &["verify", "--store", "q"]);
    // The blank node of each time is another.
    assert!(
        out(&run).contains("3 triples") && out(&run).contains("1 named graph"),
        "{}{}",
        out(&run),
        complaints(&run)
    );
    let run = chancery(folder.path(), &["ingest", "--store", "d", "good.nq"]);
    assert!(!run.status.success());
    let run = chancery(folder.path(), &["load", "--store", "d", "good.nq"]);
    assert!(complaints(&run).contains("asked for was"), "{}", complaints(&run));
}

fn example(name: &str) -> String {
    format!("{}/../../ontology/examples/{name}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn validation_has_three_outcomes() {
    let folder = folder(&[("news.jsonl", GOOD), ("own.ttl", OWN_SHAPES), ("bad.ttl", b"<urn:a>"), ("list.csv", b"a")]);
    let good = example("valid/summit.ttl");
    let bad = example("invalid/claim-without-evidence.ttl");
    assert!(chancery(folder.path(), &["ingest", "--store", "s", "news.jsonl"]).status.success());
    for (code, arguments) in [
        (0, &[good.as_str()][..]),
        (0, &["--store", "s"]),
        (1, &[&bad]),
        (1, &[&good, &bad]),
        (1, &["--shapes", "own.ttl", &good]),
        (2, &["--store", "s", &good]),
        (2, &["--store", "none"]),
        (2, &["none.ttl"]),
        (2, &["bad.ttl"]),
        (2, &["list.csv"]),
        (2, &["--shapes", "bad.ttl", &good]),
        (2, &["--format", "xls", &good]),
    ] {
        let run = chancery(folder.path(), &[&["validate"], arguments].concat());
        assert_eq!(run.status.code(), Some(code), "{arguments:?}: {}{}", out(&run), complaints(&run));
        assert_eq!(out(&run).is_empty(), code == 2, "{arguments:?}");
    }
}

const OWN_SHAPES: &[u8] =
    b"@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix dip: <https://w3id.org/chancery/ontology#> .
    <urn:Event> a sh:NodeShape ; sh:targetClass dip:Event ; sh:property [ sh:path dip:status ; sh:maxCount 0 ] .";

#[test]
fn a_validation_report_comes_as_text_json_and_turtle() {
    let folder = folder(&[]);
    let bad = example("invalid/claim-without-evidence.ttl");
    let run = |arguments: &[&str]| out(&chancery(folder.path(), &[&["validate", &bad], arguments].concat()));
    let text = run(&[]);
    assert!(
        text.starts_with("does not conform; results: 1\n<") && text.contains(": no claim without evidence ("),
        "{text}"
    );
    assert!(run(&["--lang", "ar"]).contains(": لا ادعاء بلا دليل ("));
    let json: serde_json::Value = serde_json::from_str(&run(&["--format", "json"])).unwrap();
    assert_eq!((&json["conforms"], json["results"].as_array().map(Vec::len)), (&false.into(), Some(1)));
    let turtle = run(&["--format", "turtle"]);
    assert!(
        turtle.contains("a sh:ValidationReport") && turtle.contains("\"no claim without evidence\"@en"),
        "{turtle}"
    );
}

#[test]
fn every_command_has_examples() {
    let folder = folder(&[]);
    for command in ["extract", "eval", "ingest", "serve", "query", "export", "resolve", "retract", "validate", "check"]
    {
        let help = out(&chancery(folder.path(), &[command, "--help"]));
        assert!(help.contains("Examples:") && help.contains(&format!("chancery {command}")), "{command}: {help}");
    }
}

#[test]
fn a_page_with_furniture_gives_title_date_and_body() {
    let page = "NEWS SITE\n2026-01-06\n\nFrance recalls envoy from Mali\n2026-01-05 10:30 AM\n\nFrance recalls envoy from Mali\n\n\
        France recalled its ambassador to Mali on Monday, the foreign ministry said in a statement on its website.\n\nFollow us on WhatsApp\n";
    let folder = folder(&[("page.txt", page.as_bytes())]);
    let run = chancery(folder.path(), &["extract", "--id", "p", "page.txt"]);
    let said = out(&run);
    assert!(said.contains("\"date\":\"2026-01-05\""), "{said}{}", complaints(&run));
    assert_eq!(said.matches("\"type\"").count(), 1, "{said}");
}

const GOLD: &str = concat!(
    r#"{"id":"g","lang":"en","published":"2026-01-05","text":"France recalled its ambassador to Mali on Monday. Mali expelled him.","#,
    r#""claims":[{"type":"recall-envoy","source":["FRA"],"target":["MLI"],"status":"occurred","attributed_to":[],"date":"2026-01-05","#,
    r#""topic":null,"quote":"France recalled its ambassador to Mali"},{"type":"mediate","source":["DZA"],"target":["FRA","MLI"],"#,
    r#""status":"planned","attributed_to":[],"date":null,"topic":null,"quote":"Mali"}]}"#
);

#[test]
fn what_is_read_is_scored_and_runs_are_compared() {
    let folder = folder(&[("gold.jsonl", GOLD.as_bytes()), ("none.jsonl", b"{\"id\":\"g\",\"claims\":[]}")]);
    let run = |arguments: &[&str]| {
        let run = chancery(folder.path(), arguments);
        assert!(run.status.success(), "{arguments:?}: {}", complaints(&run));
        out(&run)
    };
    let scores = run(&["eval", "gold.jsonl", "--examples", "1"]);
    assert!(scores.starts_with("1 documents (1 answered), 2 gold claims"), "{scores}");
    assert!(scores.contains("1  missed\n        g: gold mediate DZA > FRA+MLI planned"), "{scores}");
    let nothing = run(&["eval", "gold.jsonl", "--predicted", "none.jsonl", "--json"]);
    std::fs::write(folder.path().join("before.json"), nothing).unwrap();
    let changes = run(&["eval", "gold.jsonl", "--against", "before.json", "--examples", "1"]);
    assert!(
        changes.contains("1  better\n        missed → right: g: gold recall-envoy FRA > MLI occurred"),
        "{changes}"
    );
    assert_eq!(chancery(folder.path(), &["eval", "gold.jsonl", "--lang", "ar"]).status.code(), Some(1));
}

#[test]
fn claims_are_written_in_the_forms_of_other_event_data() {
    let folder = folder(&[("news.jsonl", GOOD)]);
    let lines = |format: &str| -> Vec<String> {
        let run = chancery(folder.path(), &["extract", "--format", format, "news.jsonl"]);
        assert!(run.status.success(), "{format}: {}", complaints(&run));
        out(&run).lines().map(str::to_owned).collect()
    };
    let cameo = lines("cameo");
    assert!(cameo[0].starts_with("Event ID\tEvent Date\t"), "{cameo:?}");
    assert!(cameo[1].contains("\t2026-01-05\tFrance\t") && cameo[1].contains("\t161\t-4.0\tMali\t"), "{cameo:?}");
    assert!(lines("plover")[0].contains("\"event_type\":\"SANCTION\""));
    assert_eq!(lines("gdelt")[0].split('\t').count(), 58);
}

#[test]
fn what_was_not_understood_is_explained_and_counted() {
    let text = br#"{"id":"a","lang":"en","text":"Talks between Kenya and Zubrovia failed. Kenya imposed sanctions."}"#;
    let folder = folder(&[("news.jsonl", text)]);
    let explained = complaints(&chancery(folder.path(), &["extract", "--explain", "news.jsonl"]));
    let nearest = explained.split("no claim: «Kenya imposed sanctions.»\n").nth(1).unwrap_or_default();
    assert!(nearest.trim_start().starts_with("«imposed"), "{explained}");
    assert!(nearest.contains("data/en/triggers.tsv:") && nearest.contains(" lacks "), "{explained}");
    let report = chancery(folder.path(), &["extract", "--report", "--json", "news.jsonl"]);
    let report: serde_json::Value = serde_json::from_str(&out(&report)).unwrap();
    assert_eq!(report["unknown_actors"][0][0], "Zubrovia");
    assert_eq!(report["sentences"], 2);
    let table = chancery(folder.path(), &["extract", "--report", "news.jsonl"]);
    assert!(complaints(&table).contains("      1  Zubrovia"), "{}", complaints(&table));
    assert!(out(&table).starts_with("{\"claims\":"), "{}", out(&table));
}
