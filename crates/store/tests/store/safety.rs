//! Requests that killed or held the stock server: refused, or stopped in time.

use crate::sample::*;
use chancery_rdf::GraphFormat;
use chancery_store::{Answer, GraphTarget, MAX_TEXT_BYTES, QueryOptions, Store, StoreError};
use std::time::{Duration, Instant};

fn within(milliseconds: u64) -> QueryOptions {
    QueryOptions { timeout: Duration::from_millis(milliseconds), ..QueryOptions::default() }
}

fn prepare(sparql: &str) -> Result<(), StoreError> {
    store().prepare(sparql).map(drop)
}

#[test]
fn nothing_reaches_out() {
    let store = store();
    for sparql in [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o OPTIONAL { SERVICE SILENT ?o { ?a ?b ?c } } }",
        "ASK { FILTER EXISTS { SERVICE <http://127.0.0.1:9/> {} } }",
        "SELECT (EXISTS { SERVICE <http://127.0.0.1:9/> {} } AS ?x) {}",
        "SELECT * { { SELECT * { { SERVICE <http://127.0.0.1:9/> {} } UNION {} } } }",
        "SELECT (SUM(IF(EXISTS { SERVICE <http://127.0.0.1:9/> {} }, 1, 0)) AS ?n) { ?s ?p ?o }",
        "SELECT * { ?s ?p ?o } ORDER BY EXISTS { SERVICE <http://127.0.0.1:9/> {} }",
        "SELECT * { ?s ?p ?o MINUS { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } }",
    ] {
        let refused = store.prepare(sparql);
        assert!(
            matches!(&refused, Err(StoreError::Refused { what }) if what.contains("SERVICE")),
            "{sparql}: {refused:?}"
        );
    }
    for update in [
        "LOAD <http://127.0.0.1:9/> INTO GRAPH <urn:g>",
        "LOAD SILENT <file:///etc/passwd> INTO GRAPH <urn:g>",
        "INSERT { GRAPH <urn:g> { ?s ?p ?o } } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    ] {
        for store in [&store, &Store::plain_in_memory().unwrap()] {
            let refused = store.update(update, &QueryOptions::default());
            assert!(matches!(refused, Err(StoreError::Refused { .. })), "{update}: {refused:?}");
        }
    }
}

#[test]
fn triple_terms_are_not_understood() {
    for sparql in ["SELECT * { ?s ?p <<( ?a ?b ?c )>> }", "SELECT * { << ?a ?b ?c >> ?p ?o }"] {
        assert!(matches!(prepare(sparql), Err(StoreError::Syntax { .. })), "{sparql}");
    }
}

/// What overflowed stacks of 2 MiB, at that size and as large as a request may be.
#[test]
fn deep_requests_do_not_end_the_process() {
    let nested = |before: &str, open: &str, middle: &str, close: &str, after: &str, count: usize| {
        format!("{before}{}{middle}{}{after}", open.repeat(count), close.repeat(count))
    };
    let largest = |unit: &str| (MAX_TEXT_BYTES - 200) / unit.len();
    let killers: &[(&str, &str, &str, &str, &str)] = &[
        ("ASK { FILTER(", "STR(", "1", ")", ") }"),
        ("ASK { FILTER(?a<", "STR(", "?b", ")", ">1) }"),
        ("ASK { FILTER(", "(", "1", ")", ") }"),
        ("ASK { FILTER(", "!", "1", "", ") }"),
        ("ASK { FILTER(", "-", "1", "", ") }"),
        ("ASK { FILTER(1", "+1", "", "", ") }"),
        ("ASK { FILTER(1", "-?a", "", "", ") }"),
        ("ASK { FILTER(1", "||1", "", "", ") }"),
        ("ASK { FILTER(1 IN (1", ",1", "", "", ")) }"),
        ("ASK ", "{", "", "}", ""),
        ("ASK { ", "{} UNION ", "{}", "", " }"),
        ("ASK { ", "FILTER EXISTS {", "", "}", " }"),
        ("ASK { ", "OPTIONAL {", "", "}", " }"),
        ("ASK ", "{ SELECT * ", "{}", "}", ""),
        ("ASK { ?s ?p ", "[ ?p ", "1", "]", " }"),
        ("ASK { ?s ?p ", "(", "1", ")", " }"),
        ("ASK { ?s ", "(", "<urn:p>", ")", " ?o }"),
        ("ASK { ?s <urn:p>", "/<urn:p>", "", "", " ?o }"),
        ("ASK { ?s <urn:p>", "|<urn:p>", "", "", " ?o }"),
        ("ASK { ", "?s?p?o.", "", "", " }"),
        ("ASK { ", "?s ?p ?o OPTIONAL {?s ?p 1}", "", "", " }"),
        ("ASK { ?s ?p ?o", ";?p ?o", "", "", " }"),
        ("ASK { ", "BIND(1 AS ?a)", "", "", " }"),
        ("ASK { ", "'''(' \n", "", "", " }"),
        ("ASK { ?s ?p '''a' . FILTER(", "STR(", "1", ")", ") }"),
        ("ASK { # \r FILTER(", "STR(", "1", ")", ") }"),
        ("ASK { ?s ?p rdf:a\\' . FILTER(", "STR(", "1", ")", ") }"),
        ("ASK { FILTER(", "STR\\u0028", "1", ")", ") }"),
    ];
    let store = store();
    for (before, open, middle, close, after) in killers {
        for count in [2_500, largest(&format!("{open}{close}"))] {
            let text = nested(before, open, middle, close, after, count);
            let asked = Instant::now();
            if let Ok(prepared) = store.prepare(&text) {
                let format = chancery_store::ResultFormat::offer(prepared.form())[0];
                // It may be answered, refused or too slow: it must not end the process.
                let answer = prepared.run(format, &within(1_000));
                assert!(asked.elapsed() < Duration::from_secs(7), "{before}{open} {count}: {answer:?}");
            }
        }
    }
    assert!(ask(&store, "ASK {}"));
}

#[test]
fn depth_is_counted_past_strings_and_comments() {
    let brackets = "(".repeat(500);
    for harmless in [
        format!("ASK {{ ?s ?p \"{brackets}\" }}"),
        format!("ASK {{ ?s ?p '''{brackets}''' }}"),
        format!("ASK {{ }} # {brackets}"),
        format!("ASK {{ ?s ?p \"a \\\" {brackets}\" }}"),
        format!("ASK {{ <http://a#b'c> ?p \"{brackets}\" }}"),
        format!("ASK {{ {} }}", "<http://a/(b)> <urn:p> 1 . ".repeat(99)),
    ] {
        prepare(&harmless).unwrap_or_else(|error| panic!("{}: {error}", &harmless[..60]));
    }
    for hidden in [
        format!("ASK {{ FILTER(?a<STR{brackets}?b>1"),
        format!("ASK {{ ?s ?p '''a' . FILTER{brackets}"),
        format!("ASK {{ # \r FILTER{brackets}"),
        format!("ASK {{ ?s ?p rdf:a\\' . FILTER{brackets}"),
        format!("ASK {{ ?s ?p '' . FILTER{brackets}"),
    ] {
        assert!(matches!(prepare(&hidden), Err(StoreError::Refused { .. })), "{}", &hidden[..40]);
    }
}

#[test]
fn large_requests_are_refused() {
    for (text, why) in [
        ("#".repeat(MAX_TEXT_BYTES + 1), "bytes"),
        (format!("ASK {{ {} }}", "?s ?p ?o .".repeat(101)), "triple patterns"),
        (format!("ASK {{ FILTER(1{}) }}", "+1".repeat(700)), "deep"),
        (format!("ASK {{ FILTER(1 IN (1{})) }}", ",1".repeat(5_000)), "patterns and expressions"),
    ] {
        match prepare(&text) {
            Err(StoreError::Refused { what }) => assert!(what.contains(why), "{what}"),
            other => panic!("{why}: {other:?}"),
        }
    }
    prepare(&format!("ASK {{ FILTER(1{}) }}", "+1".repeat(400))).unwrap();
}

/// A store with enough in it for products.
fn crowded() -> Store {
    let store = Store::plain_in_memory().unwrap();
    let lines: String = (0..6_000).map(|n| format!("<urn:s{n}> <urn:p{}> <urn:o{}> .\n", n % 7, n % 100)).collect();
    store.put_graph(&GraphTarget::Default, lines.into_bytes(), GraphFormat::NTriples, true).unwrap();
    store
}

/// Each held the stock server for ever, past its time limit.
const PRODUCTS: &[&str] = &[
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "ASK { { ?a ?b ?c } { ?d ?e ?f } { ?g ?h ?i } FILTER(STR(?a) = CONCAT(STR(?d), STR(?g))) }",
    "ASK { ?a ?b ?c OPTIONAL { ?d ?e ?f . ?g ?h ?i FILTER(?a = ?d && ?d = ?g && ?g = ?c) } FILTER(?a = ?c) }",
    "SELECT (COUNT(*) AS ?n) { { SELECT ?c { ?a ?b ?c } } { SELECT ?c { ?d ?e ?c } } { SELECT ?c { ?g ?h ?c } } { SELECT ?c { ?j ?k ?c } } }",
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?x . ?c ?d ?x . ?e ?f ?x . ?g ?h ?x . ?i ?j ?x }",
    "SELECT (COUNT(*) AS ?n) { ?a (<urn:p1>|!<urn:p1>)* ?b . ?c (<urn:p1>|!<urn:p1>)* ?d }",
    // No row comes out of the joins inside, so that nobody above them could look.
    "ASK { { SELECT ?c ?d { ?a ?b ?c . ?d ?e ?c } } { SELECT ?c ?f { ?f ?g ?c . ?h ?i ?c } } { SELECT ?c ?f ?d { BIND(1 AS ?d) ?f ?j ?c } } }",
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i MINUS { ?a ?e ?i } }",
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER NOT EXISTS { ?a ?e ?i } }",
    "SELECT DISTINCT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } OFFSET 10000",
    "SELECT REDUCED ?n { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i BIND(1 AS ?n) }",
    "DESCRIBE ?n { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i BIND(<urn:n> AS ?n) }",
    "CONSTRUCT { <urn:a> <urn:b> 1 } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
];

#[test]
fn products_stop_at_the_deadline_and_give_their_slot_back() {
    let store = crowded();
    let values = format!("VALUES ?v {{ {} }}", "1 ".repeat(4_000));
    let tables: String = (0..4).map(|n| values.replace("?v", &format!("?v{n}"))).collect();
    let same = values.repeat(4);
    let pairs = |table: &str| format!("VALUES ({table}) {{ {} }}", "(1 1)".repeat(6_000));
    let own = [
        format!("SELECT (COUNT(*) AS ?n) {{ {tables} }}"),
        format!("SELECT (COUNT(*) AS ?n) {{ {same} }}"),
        format!("SELECT DISTINCT ?v0 {{ {tables} FILTER(?v0 + ?v1 + ?v2 + ?v3 > 9) }}"),
        format!("ASK {{ {} {} VALUES (?b ?c) {{ {} }} }}", pairs("?a ?b"), pairs("?b ?c"), "(1 2)".repeat(6_000)),
        format!("ASK {{ {tables} MINUS {{ VALUES ?v0 {{ 1 }} }} }}"),
    ];
    // More rounds than there are slots: a query that ran on would be found as `Busy`.
    let rounds = 2 * std::thread::available_parallelism().unwrap().get() + 1;
    for sparql in PRODUCTS.iter().copied().chain(own.iter().map(String::as_str)) {
        for _ in 0..rounds {
            let asked = Instant::now();
            let format = if sparql.starts_with(['D', 'C']) { "ntriples" } else { "csv" };
            // Three times as long a quick machine ends the quickest of them by itself.
            let answer = run(&store, sparql, format, &within(100));
            let took = asked.elapsed();
            // Some fill their memory before their time is over.
            let stopped = matches!(&answer, Err(StoreError::Timeout { .. } | StoreError::Refused { .. }));
            assert!(stopped, "{}: {answer:?}", &sparql[..sparql.len().min(70)]);
            assert!(took < Duration::from_secs(2), "{took:?} for {}", &sparql[..sparql.len().min(70)]);
        }
    }
    assert!(ask(&store, "ASK { ?s ?p ?o }"));
}

#[test]
fn what_would_fill_the_memory_is_stopped() {
    let store = crowded();
    let wide = "?a ?p ?x . ?b ?q ?x . ?c ?r ?x";
    for sparql in [
        format!("SELECT * {{ {wide} }} ORDER BY ?c LIMIT 1"),
        "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?a ?l LIMIT 1".to_owned(),
        format!(
            "SELECT (COUNT(*) AS ?n) {{ {{ SELECT * {{ {wide} }} }} {{ SELECT ?y {{ ?d ?s ?y . ?e ?t ?y . ?f ?u ?y . ?g ?v ?y }} }} }}"
        ),
        format!("ASK {{ ?a ?p ?x MINUS {{ {wide} . ?d ?s ?x }} }}"),
        format!("SELECT (GROUP_CONCAT(?a) AS ?all) {{ {wide} . ?d ?s ?x }}"),
        format!(
            "SELECT (COUNT(?new) AS ?n) {{ {wide} . ?d ?s ?x BIND(CONCAT(STR(?a), STR(?b), STR(?c), STR(?d)) AS ?new) }}"
        ),
    ] {
        let answer = run(&store, &sparql, "csv", &within(120_000));
        assert!(matches!(&answer, Err(StoreError::Refused { what }) if what.contains("MiB")), "{sparql}: {answer:?}");
    }
    let update = format!("INSERT {{ GRAPH <urn:g> {{ ?a ?b ?c }} }} WHERE {{ {wide} }}");
    let answer = store.update(&update, &within(120_000));
    assert!(matches!(&answer, Err(StoreError::Refused { what }) if what.contains("MiB")), "{answer:?}");
    assert!(store.named_graphs().unwrap().is_empty());
}

/// Thirty steps of doubling made 3 GiB of one letter.
#[test]
fn texts_do_not_grow_without_end() {
    let store = store();
    let doubled: String = (0..40).map(|n| format!("BIND(CONCAT(?a{n}, ?a{n}) AS ?a{}) ", n + 1)).collect();
    let letters = "x".repeat(60_000);
    for sparql in [
        format!("SELECT * {{ BIND('x' AS ?a0) {doubled} }}"),
        format!("SELECT (REPLACE('{letters}', '', '{letters}') AS ?x) {{}}"),
        format!("SELECT (REPLACE('{letters}', 'x', '$0$0$0$0$0$0$0$0$0') AS ?x) {{}}"),
        format!("SELECT (CONCAT({}?a) AS ?x) {{ BIND('{letters}' AS ?a) }}", "?a, ".repeat(500)),
        format!(
            "SELECT (GROUP_CONCAT(?a; SEPARATOR = '{letters}') AS ?x) {{ VALUES ?a {{ {} }} VALUES ?b {{ {} }} }}",
            "'a' ".repeat(1_000),
            "1 ".repeat(1_000)
        ),
    ] {
        let answer = run(&store, &sparql, "csv", &within(20_000));
        assert!(matches!(&answer, Err(StoreError::Refused { .. })), "{}: {answer:?}", &sparql[..60]);
    }
    let nested = "SELECT (REPLACE('a', 'a', REPLACE('a', 'a', 'b')) AS ?x) {}";
    assert!(matches!(prepare(nested), Err(StoreError::Refused { .. })));
    assert_eq!(select(&store, "SELECT (REPLACE('abc', '(b)', '[$1]') AS ?x) {}"), ["a[b]c"]);
    assert_eq!(select(&store, "SELECT (ENCODE_FOR_URI('a b') AS ?x) {}"), ["a%20b"]);
    let list = "SELECT (GROUP_CONCAT(?a; SEPARATOR = ', ') AS ?x) { VALUES ?a { 'a'@en 'b'@ar 'c' } }";
    assert_eq!(select(&store, list), ["\"a, b, c\""]);
}

/// The order of literals of several types that the engine has is none: 10 < "2x" < 9 < 10. Sorting may then fail.
#[test]
fn terms_of_all_kinds_are_sorted() {
    let store = store();
    let values: String = (0..300)
        .map(|n| match n % 5 {
            0 => format!("{} ", n * 7 % 300),
            1 => format!("'{}x' ", n * 11 % 300),
            2 => format!("'{}-01-01'^^xsd:date ", 1000 + n * 13 % 300),
            3 => format!("{}.5 ", n * 17 % 300),
            _ => format!("<urn:{n}> "),
        })
        .collect();
    let rows = select(&store, &format!("SELECT ?v {{ VALUES ?v {{ {values} }} }} ORDER BY DESC(?v)"));
    assert_eq!(rows.len(), 300);
    let kind = |row: &String| match row.as_str() {
        text if text.starts_with("urn:") => 0,
        text if text.parse::<f64>().is_ok() => 1,
        text if text.ends_with("-01-01") => 2,
        _ => 3,
    };
    assert!(rows.iter().rev().map(kind).is_sorted(), "{rows:?}");
    let numbers: Vec<f64> = rows.iter().filter_map(|row| row.parse().ok()).collect();
    assert!(numbers.iter().rev().is_sorted() && numbers.len() == 120);
}

#[test]
fn a_query_that_nobody_waits_for_ends() {
    let store = crowded();
    let options = within(60_000);
    let cancellation = options.cancellation.clone();
    let asked = Instant::now();
    let canceller = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(100));
        cancellation.cancel();
    });
    let answer = run(&store, PRODUCTS[0], "csv", &options);
    canceller.join().unwrap();
    assert!(matches!(answer, Err(StoreError::Cancelled)), "{answer:?}");
    assert!(asked.elapsed() < Duration::from_secs(5));
    assert!(ask(&store, "ASK { ?s ?p ?o }"), "its slot is free");
}

/// What waits for a slot is bounded, so that a crowd of slow queries is told at once.
#[test]
fn the_queue_has_an_end() {
    let store = crowded();
    let asking = 100;
    let busy: usize = std::thread::scope(|scope| {
        let ask = || {
            let asked = Instant::now();
            let prepared = store.prepare(PRODUCTS[0]);
            (matches!(prepared.and_then(|it| it.run(csv(), &within(1_500))), Err(StoreError::Busy)), asked.elapsed())
        };
        let threads: Vec<_> = (0..asking).map(|_| scope.spawn(ask)).collect();
        let told: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
        told.iter().filter(|(is_busy, took)| *is_busy && *took < Duration::from_secs(1)).count()
    });
    assert!(busy > 20, "only {busy} of {asking} were told at once that every slot is taken");
}

fn csv() -> chancery_store::ResultFormat {
    chancery_store::ResultFormat::for_name("csv", chancery_store::QueryForm::Select).unwrap()
}

#[test]
fn a_large_answer_comes_in_parts_and_an_error_among_them_is_told() {
    let store = crowded();
    // 24 bytes a row and more: beyond what is kept back.
    let wide = "SELECT ?a ?p ?x ?b { ?a ?p ?x . ?b ?q ?x }";
    let answer = |max_rows: usize| {
        let options = QueryOptions { max_rows, ..within(60_000) };
        store.prepare(wide).unwrap().stream(csv(), &options).unwrap()
    };
    let Answer::Parts(parts) = answer(1_000_000) else { panic!("it is not large") };
    let whole = parts.collect::<Result<Vec<_>, _>>().unwrap().concat();
    assert_eq!(whole.iter().filter(|byte| **byte == b'\n').count(), 360_001);
    let Answer::Parts(parts) = answer(350_000) else { panic!("it is not large") };
    let parts: Vec<_> = parts.collect();
    assert!(matches!(parts.last(), Some(Err(StoreError::TooManyRows { limit: 350_000 }))));
    assert!(parts[..parts.len() - 1].iter().all(Result::is_ok));
    // One that is not read is not made.
    drop(answer(1_000_000));
    assert!(ask(&store, "ASK { ?s ?p ?o }"));
}

#[test]
fn an_update_stops_at_the_deadline_and_lets_others_write() {
    let store = crowded();
    let update = "INSERT { GRAPH <urn:g> { ?a <urn:p> ?l } } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a = ?l) }";
    assert!(matches!(store.update(update, &within(300)), Err(StoreError::Timeout { .. })));
    store.update("INSERT DATA { GRAPH <urn:h> { <urn:a> <urn:b> 1 } }", &within(5_000)).unwrap();
    assert_eq!(store.named_graphs().unwrap(), ["urn:h"]);
}

#[test]
fn watched_products_still_give_their_answers() {
    let store = store();
    let rows = |sparql: &str| select(&store, sparql).join(" ");
    assert_eq!(rows("SELECT * { VALUES ?a { 1 2 } VALUES ?b { 3 4 } } ORDER BY ?a ?b"), "1,3 1,4 2,3 2,4");
    assert_eq!(rows("SELECT (COUNT(DISTINCT *) AS ?n) { VALUES ?a { 1 1 2 } VALUES ?b { 3 } }"), "2");
    assert_eq!(rows("SELECT * { VALUES ?a { 1 2 } OPTIONAL { VALUES ?b { 3 } } } ORDER BY ?a"), "1,3 2,3");
    assert_eq!(rows("SELECT * { VALUES ?a { 1 2 } MINUS { VALUES ?a { 1 } VALUES ?b { 3 } } }"), "2");
    assert_eq!(rows("SELECT * { VALUES ?a { 1 2 } VALUES ?b { 2 3 } FILTER(?a = ?b && !(?a > 2)) }"), "2,2");
    assert_eq!(rows("SELECT * { VALUES ?a { 1 2 } VALUES ?b { 2 3 } FILTER(?a = ?nothing) }"), "");
    let optional = "SELECT * { VALUES ?a { 1 2 } OPTIONAL { VALUES ?b { 2 3 } FILTER(?a = ?b) } } ORDER BY ?a";
    assert_eq!(rows(optional), "1, 2,2");
    let having = "SELECT ?a (SUM(?b) AS ?n) { VALUES ?a { 1 2 } VALUES ?b { 2 3 } FILTER(?a < ?b) } GROUP BY ?a HAVING(SUM(?b) > 3)";
    assert_eq!(rows(having), "1,5");
    assert_eq!(rows("SELECT ?a { VALUES ?a { 1 2 } FILTER EXISTS { VALUES ?a { 2 } VALUES ?b { 3 } } }"), "2");
}

#[test]
fn the_row_limit_is_an_error_not_an_end() {
    let store = crowded();
    let options = |max_rows| QueryOptions { max_rows, ..QueryOptions::default() };
    for sparql in ["SELECT ?s { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"] {
        let format = if sparql.starts_with('S') { "csv" } else { "ntriples" };
        let refused = run(&store, sparql, format, &options(5_999));
        assert!(matches!(refused, Err(StoreError::TooManyRows { limit: 5_999 })), "{sparql}");
        assert!(run(&store, sparql, format, &options(6_000)).is_ok(), "{sparql}");
    }
    let small = QueryOptions { max_bytes: 1_000, ..QueryOptions::default() };
    for format in ["csv", "tsv", "json", "xml"] {
        let refused = run(&store, "SELECT * { ?s ?p ?o }", format, &small);
        assert!(matches!(refused, Err(StoreError::TooLarge { limit: 1_000 })), "{format}: {refused:?}");
    }
}
