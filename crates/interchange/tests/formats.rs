//! A small claim in each form.

use chancery_interchange::{EventFormat, Omissions, Omitted, write};
use chancery_model::claim::ClaimRecord;
use chancery_model::{Claim, DataFiles, Document, Language, World};
use std::sync::LazyLock;

static WORLD: LazyLock<World> =
    LazyLock::new(|| World::load(&DataFiles::embedded()).expect("the tables are well formed"));

const TEXT: &str = "The Egyptian foreign minister visited Kenya on Monday.";

fn document() -> Document {
    Document {
        id: "wire-7".into(),
        lang: Language::English,
        published: Some(jiff::civil::date(2025, 11, 7)),
        publisher: Some("Example\tWire".into()),
        title: None,
        text: TEXT.into(),
        recorded: None,
    }
}

/// A claim of the sentence above, with these fields changed.
fn claim(changes: serde_json::Value) -> Claim {
    let mut record = serde_json::json!({
        "id": "0c", "type": "visit", "source": ["EGY"], "target": ["KEN"], "status": "occurred", "date": "2025-11-03",
        "quote": "The Egyptian foreign minister visited Kenya", "span": {"start": 0, "end": 43}, "bytes": {"start": 0, "end": 43},
        "sentence": {"start": 0, "end": 54}, "in": "text", "rule": "visit/en/verb", "confidence": 0.92,
        "actors": [{"id": "EGY", "role": "source", "surface": "The Egyptian foreign minister", "span": {"start": 0, "end": 29},
            "person": null, "office": "foreign-minister", "level": "minister"}]
    });
    for (key, value) in changes.as_object().expect("changes are an object") {
        record[key] = value.clone();
    }
    let record: ClaimRecord = serde_json::from_value(record).expect("a claim record");
    record.try_into().expect("a claim")
}

fn written(format: EventFormat, claims: &[Claim]) -> (Vec<String>, Omissions) {
    let mut out = Vec::new();
    let omissions = write(format, &document(), claims, &WORLD, &mut out).expect("memory can be written");
    (String::from_utf8(out).expect("UTF-8").lines().map(str::to_owned).collect(), omissions)
}

fn cells(line: &str) -> Vec<&str> {
    line.split('\t').collect()
}

#[test]
fn icews() {
    let header = EventFormat::Cameo.header().expect("ICEWS has a header");
    assert_eq!(cells(&header).len(), 20);
    let (lines, omissions) = written(EventFormat::Cameo, &[claim(serde_json::json!({ "place": "place:geneva" }))]);
    let row = cells(&lines[0]);
    assert_eq!(row.len(), 20);
    assert!(row[0].parse::<u64>().is_ok_and(|id| id > 0), "{}", row[0]);
    let expected = ["2025-11-03", "Egypt", "Government", "Egypt", "Make a visit", "042", "1.9", "Kenya", "", "Kenya"];
    assert_eq!(row[1..11], expected);
    assert_eq!(row[11..18], ["wire-7", "", "Example Wire", "Geneva", "", "", "Switzerland"]);
    assert!(row[18].starts_with("46.") && row[19].starts_with("6."), "{row:?}");
    assert!(omissions.is_empty());
}

#[test]
fn plans_are_intents_and_what_did_not_happen_is_left_out() {
    let code = |event_type: &str, status: &str| {
        let claim = claim(serde_json::json!({ "type": event_type, "status": status }));
        let (lines, omissions) = written(EventFormat::Cameo, &[claim]);
        (lines.first().map(|line| cells(line)[6].to_owned()), omissions.into_keys().next())
    };
    let coded = |code: &str| (Some(code.to_owned()), None);
    assert_eq!(code("visit", "planned"), coded("036"));
    assert_eq!(code("give-aid", "planned"), coded("033"));
    assert_eq!(code("give-aid", "occurred"), coded("07"));
    assert_eq!(code("impose-sanctions", "occurred"), coded("163"));
    assert_eq!(code("impose-sanctions", "planned"), (None, Some(Omitted::PlanWithoutCode)));
    assert_eq!(code("visit", "possible"), (None, Some(Omitted::Possible)));
    assert_eq!(code("visit", "denied"), (None, Some(Omitted::Denied)));
    assert_eq!(code("visit", "cancelled"), (None, Some(Omitted::Cancelled)));
}

#[test]
fn many_parties_are_as_many_pairs() {
    let pairs = |claim| -> Vec<(String, String)> {
        let (lines, _) = written(EventFormat::Cameo, &[claim]);
        lines.iter().map(|line| (cells(line)[2].to_owned(), cells(line)[8].to_owned())).collect()
    };
    let own = |list: &[(&str, &str)]| list.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<Vec<_>>();
    let summit = claim(serde_json::json!({ "type": "summit", "source": ["EGY", "KEN", "MAR"], "target": [] }));
    assert_eq!(pairs(summit), own(&[("Egypt", "Kenya"), ("Egypt", "Morocco"), ("Kenya", "Morocco")]));
    let joined = claim(serde_json::json!({ "type": "join-agreement", "target": ["agreement:abraham-accords"] }));
    assert_eq!(pairs(joined), own(&[("Egypt", "Abraham Accords")]));
    let both = claim(serde_json::json!({ "source": ["EGY", "MAR"] }));
    assert_eq!(pairs(both), own(&[("Egypt", "Kenya"), ("Morocco", "Kenya")]));
}

#[test]
fn plover() {
    let event = |changes| -> serde_json::Value {
        let (lines, _) = written(EventFormat::Plover, &[claim(changes)]);
        serde_json::from_str(&lines[0]).expect("a line is JSON")
    };
    let visit = event(serde_json::json!({}));
    assert_eq!(visit["event_type"], "CONSULT");
    assert_eq!(visit["event_mode"], serde_json::json!(["visit"]));
    assert_eq!((&visit["pub_date"], &visit["date_resolved"]), (&"2025-11-07".into(), &"2025-11-03".into()));
    let actor = &visit["attributes"]["ACTOR"][0];
    assert_eq!((&actor["country"], &actor["code_1"]), (&"EGY".into(), &"GOV".into()));
    assert_eq!(actor["text"], TEXT[..29]);
    assert_eq!(actor["qa_end_char"], 29);
    let recipient = &visit["attributes"]["RECIP"][0];
    assert_eq!((&recipient["country"], &recipient["text"]), (&"KEN".into(), &"".into()));
    let planned = event(serde_json::json!({ "status": "planned", "date": null }));
    assert_eq!(planned["event_type"], "AGREE");
    assert_eq!((&planned["date_resolved"], &planned["event_mode"]), (&serde_json::Value::Null, &serde_json::json!([])));
    let meeting = event(serde_json::json!({ "type": "meet", "source": ["EGY", "KEN"], "target": [] }));
    assert_eq!(meeting["attributes"]["RECIP"], serde_json::json!([]));
}

#[test]
fn gdelt() {
    let row = |changes| -> Vec<String> {
        let (lines, _) = written(EventFormat::Gdelt, &[claim(changes)]);
        lines[0].split('\t').map(str::to_owned).collect()
    };
    let visit = row(serde_json::json!({}));
    assert_eq!(visit.len(), 58);
    assert_eq!(visit[1..5], ["20251103", "202511", "2025", "2025.8301"]);
    assert_eq!([&visit[5], &visit[6], &visit[7], &visit[12]], ["EGYGOV", "EGYPT", "EGY", "GOV"]);
    assert_eq!([&visit[15], &visit[16], &visit[17], &visit[22]], ["KEN", "KENYA", "KEN", ""]);
    assert_eq!(visit[25..31], ["", "042", "042", "04", "1", "1.9"]);
    assert_eq!(visit[56..], ["", "wire-7"]);
    let month = row(serde_json::json!({ "date": "2025-10" }));
    assert_eq!(month[1..5], ["", "202510", "2025", ""]);
    let unknown = row(serde_json::json!({ "date": null, "type": "ceasefire", "source": ["EGY", "KEN"], "target": [] }));
    assert_eq!(unknown[1..5], ["", "", "", ""]);
    assert_eq!(unknown[26..31], ["0871", "087", "08", "2", "9.0"]);
}

/// The same claim has the same number in every run; two pairs of it have two.
#[test]
fn numbers_are_stable_and_distinct() {
    let ids = || -> Vec<String> {
        let claim = claim(serde_json::json!({ "source": ["EGY", "MAR"] }));
        written(EventFormat::Gdelt, &[claim]).0.iter().map(|line| cells(line)[0].to_owned()).collect()
    };
    assert_eq!(ids(), ids());
    assert_ne!(ids()[0], ids()[1]);
}
