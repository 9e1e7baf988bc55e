//! What the graph says of each thing, and that it says the same whatever the order of the input.
#![allow(clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

mod sample;

use chancery_model::{Event, RelationState, StateKind, StateStatus, Status, TreatyStage};
use chancery_rdf::views::{self, Losses, View};
use chancery_rdf::{GraphFormat, IriBase, read_claim_ids, read_claims, serialise, triples, triples_below};
use jiff::civil::date;
use sample::{Sample, id};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// The graph as N-Triples with prefixed names instead of IRIs, one line a triple.
fn lines(sample: &Sample) -> Vec<String> {
    let mut prefixes = chancery_rdf::format::prefixes(&IriBase::default());
    prefixes.sort_by_key(|(_, iri)| std::cmp::Reverse(iri.len()));
    let short = |line: &str| {
        line.split(' ')
            .map(|word| {
                let found = prefixes.iter().find_map(|(name, iri)| {
                    let (front, rest) = word.split_once(&format!("<{iri}"))?;
                    Some(format!("{front}{name}:{}", rest.trim_end_matches('>')))
                });
                found.unwrap_or_else(|| word.to_owned())
            })
            .collect::<Vec<_>>()
            .join(" ")
    };
    text(sample, GraphFormat::NTriples).lines().map(|line| short(line.trim_end_matches(" ."))).collect()
}

fn text(sample: &Sample, format: GraphFormat) -> String {
    let mut out = Vec::new();
    serialise(&triples(&sample.input()), format, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[track_caller]
fn check(lines: &[String], expected: &[&str]) {
    for line in expected {
        assert!(lines.iter().any(|l| l == line), "{line} is missing from\n{}", lines.join("\n"));
    }
}

#[track_caller]
fn check_absent(lines: &[String], part: &str) {
    assert_eq!(lines.iter().find(|line| line.contains(part)), None, "{part} should not be there");
}

/// Objects of a property of the one resource of a kind.
fn objects<'a>(lines: &'a [String], kind: &str, property: &str) -> Vec<&'a str> {
    let (kind, property) = (format!("{kind}:"), format!(" {property} "));
    lines.iter().filter(|l| l.starts_with(&kind)).filter_map(|l| Some(l.split_once(&property)?.1)).collect()
}

#[test]
fn a_claim_says_what_on_whose_word_in_which_words() {
    let sample = sample::announced_accession();
    let lines = lines(&sample);
    let claim = format!("claim:{}", sample.claims[0].claim.id);
    let event = format!("event:{}", sample.events[0].id);
    let evidence = claim.replace("claim", "evidence");
    check(
        &lines,
        &[
            &format!("{claim} rdf:type dip:Claim"),
            &format!("{claim} dip:eventType dip:JoinAgreement"),
            &format!("{claim} dip:status dip:Planned"),
            &format!("{claim} dip:source state:KAZ"),
            &format!("{claim} dip:target agreement:abraham-accords"),
            &format!("{claim} dip:about {event}"),
            &format!("{claim} dip:confidence \"0.86\"^^xsd:decimal"),
            &format!("{claim} dip:date \"2025-11-06\"^^xsd:date"),
            &format!("{claim} dip:recordedFrom \"2025-11-07T06:00:00Z\"^^xsd:dateTime"),
            &format!("{claim} prov:wasGeneratedBy run:5a0d1e"),
            &format!("{claim} dip:evidence {evidence}"),
            &format!("{evidence}#position oa:start \"5\"^^xsd:integer"),
            &format!("{evidence}#position oa:end \"28\"^^xsd:integer"),
            &format!("{evidence}#quote oa:exact \"كازاخستان إلى الاتفاقات\""),
            &format!("{evidence} dip:byteStart \"9\"^^xsd:integer"),
            "run:5a0d1e rdf:type prov:Activity",
        ],
    );
    assert_eq!(objects(&lines, "proposition", "dip:relation"), ["dip:partyTo"]);
    assert_eq!(objects(&lines, "proposition", "dip:subject"), ["state:KAZ"]);
    assert_eq!(objects(&lines, "attribution", "dip:voice"), ["dip:OutletVoice", "dip:SpeakerVoice"]);
    assert_eq!(objects(&lines, "attribution", "dip:agent"), ["state:KAZ"]);
    assert_eq!(objects(&lines, "participant", "dip:office"), ["office:foreign-minister"]);
}

#[test]
fn an_announced_accession_is_no_fact() {
    // What it went through says the same of its only phase.
    let mut lines = lines(&sample::announced_accession());
    lines.retain(|line| !line.contains("#phase-1 "));
    assert_eq!(objects(&lines, "relation", "dip:status"), ["dip:Announced"]);
    assert_eq!(objects(&lines, "relation", "dip:stage"), ["dip:AnnouncedStage"]);
    assert_eq!(objects(&lines, "relation", "dip:statusSince"), ["\"2025-11-06\"^^xsd:date"]);
    check_absent(&lines, "dip:validFrom");
    check_absent(&lines, "state:KAZ dip:partyTo");
    assert_eq!(objects(&lines, "promise", "dip:outcome"), ["dip:OpenPromise"]);
}

#[test]
fn relations_in_force_have_edges_both_ways() {
    let lines = lines(&sample::relations_in_force());
    check(
        &lines,
        &["state:KAZ dip:diplomaticRelationsWith state:ISR", "state:ISR dip:diplomaticRelationsWith state:KAZ"],
    );
    assert_eq!(objects(&lines, "relation", "dip:validFromNotAfter"), ["\"1995-11-07\"^^xsd:date"]);
    assert_eq!(objects(&lines, "relation", "dip:lastRecorded").len(), 1);
    check_absent(&lines, "dip:validFrom ");
    check_absent(&lines, "dip:validFromNotBefore");
    assert_eq!(objects(&lines, "event", "dip:datePrecision"), ["\"bounds\""]);
}

/// Sanctions have adversaries whatever their status; diplomatic relations have them while they are broken off or suspended.
#[test]
fn adversaries_are_those_in_a_relation_of_conflict() {
    let adversaries = |kind, status| {
        let state = sample::state(kind, status, &["ARM", "GEO"]);
        let lines = lines(&Sample { states: vec![state], ..Sample::default() });
        objects(&lines, "relation", "dip:adversary").len()
    };
    assert_eq!(adversaries(StateKind::Sanctions, StateStatus::Ended), 2);
    assert_eq!(adversaries(StateKind::DiplomaticRelations, StateStatus::Suspended), 2);
    assert_eq!(adversaries(StateKind::DiplomaticRelations, StateStatus::InForce), 0);
    assert_eq!(adversaries(StateKind::Alliance, StateStatus::Ended), 0);
}

#[test]
fn a_state_leads_to_the_one_that_follows_it() {
    let next = sample::state(StateKind::Alliance, StateStatus::InForce, &["ARM", "GEO"]);
    let mut first = sample::state(StateKind::Alliance, StateStatus::Ended, &["ARM", "GEO"]);
    first.followed_by = Some(next.id.clone());
    let lines = lines(&Sample { states: vec![first, next], ..Sample::default() });
    assert_eq!(objects(&lines, "relation", "dip:followedBy").len(), 1);
}

/// `dip:source` and `dip:target` of an event, where they are actors, and its place.
#[test]
fn who_takes_part_in_an_event_and_where_is_told_in_terms_of_sem() {
    let visit = lines(&sample::disputed_visit());
    assert_eq!(objects(&visit, "event", "sem:hasActor"), ["state:JOR", "state:TUR"]);
    assert_eq!(objects(&visit, "event", "sem:hasPlace"), ["place:ankara"]);
    let accession = lines(&sample::announced_accession());
    assert_eq!(objects(&accession, "event", "sem:hasActor"), ["state:KAZ"]);
    assert_eq!(objects(&accession, "claim", "sem:hasActor"), Vec::<&str>::new(), "a claim is no event of SEM");
}

#[test]
fn a_denial_asserts_the_proposition_that_it_denies() {
    let lines = lines(&sample::disputed_visit());
    let asserted = objects(&lines, "claim", "dip:asserts");
    assert_eq!(asserted.len(), 2);
    assert_eq!(asserted[0], asserted[1]);
    assert_eq!(objects(&lines, "proposition", "dip:relation"), ["dip:visit"]);
    assert_eq!(objects(&lines, "dispute", "dip:firstDenied"), ["\"2025-03-02\"^^xsd:date"]);
    assert_eq!(objects(&lines, "promise", "dip:due"), ["\"2025-04-30\"^^xsd:date"]);
    let event = objects(&lines, "event", "dip:date");
    assert_eq!(event, ["\"2025-04\"^^xsd:gYearMonth"]);
    assert_eq!(objects(&lines, "event", "dip:dateNotAfter"), ["\"2025-04-30\"^^xsd:date"]);
    assert_eq!(objects(&lines, "event", "rdf:type"), ["sem:Event", "dip:Event", "dip:Visit"]);
    assert_eq!(objects(&lines, "event", "dip:topic"), ["dip:CriticalMineralsTopic"]);
}

/// Two documents of one outlet that say "Amman" share a naming; nobody's words are nobody's frame.
#[test]
fn claims_share_the_words_with_which_an_outlet_names_an_actor() {
    let mut sample = sample::disputed_visit();
    for reported in &mut sample.claims {
        for part in &mut Arc::make_mut(&mut reported.claim).participants {
            part.surface = if part.id == id("JOR") { "Amman" } else { "Ankara" }.to_owned();
        }
    }
    let told = lines(&sample);
    let mut words = objects(&told, "naming", "dip:surface");
    words.sort_unstable();
    assert_eq!(words, ["\"Amman\"", "\"Ankara\""]);
    assert_eq!(objects(&told, "claim", "dip:naming").len(), 4);
    assert_eq!(objects(&told, "naming", "dip:publisherName"), ["\"Example Herald\""; 2]);
    for reported in &mut sample.claims {
        Arc::make_mut(&mut reported.document).publisher = None;
    }
    assert_eq!(objects(&lines(&sample), "claim", "dip:naming"), [""; 0]);
}

#[test]
fn every_pair_of_a_small_gathering_is_a_dyad() {
    let lines = lines(&sample::summit());
    let dyads = ["ARM-GEO", "ARM-KAZ", "ARM-org:osce", "GEO-KAZ", "GEO-org:osce", "KAZ-org:osce"];
    assert_eq!(objects(&lines, "event", "dip:dyad"), dyads.map(|dyad| format!("dyad:{dyad}")));
    assert_eq!(objects(&lines, "proposition", "dip:relation").len(), 6);
    check(
        &lines,
        &["dyad:KAZ-org:osce dip:member org:osce", "org:osce rdf:type dip:Organization", "org:osce rdf:type dip:Actor"],
    );
}

#[test]
fn a_large_gathering_is_not_many_dyads() {
    let states: Vec<String> = ('A'..='M').map(|c| format!("XX{c}")).collect();
    let parties: Vec<&str> = states.iter().map(String::as_str).collect();
    let mut sample = sample::summit();
    Arc::make_mut(&mut sample.claims[0].claim).source = sample::ids(&parties);
    sample.events[0].source = sample::ids(&parties);
    let lines = lines(&sample);
    check_absent(&lines, "dip:dyad");
    assert_eq!(objects(&lines, "proposition", "dip:subject").len(), 13);
    check_absent(&lines, "dip:object");
}

#[test]
fn joining_an_organisation_is_membership() {
    let mut sample = sample::announced_accession();
    Arc::make_mut(&mut sample.claims[0].claim).target = sample::ids(&["org:osce"]);
    assert_eq!(objects(&lines(&sample), "proposition", "dip:relation"), ["dip:memberOf"]);
}

#[test]
fn entities_have_names_codes_and_a_place_on_earth() {
    let lines = lines(&sample::reference());
    check(
        &lines,
        &[
            "state:KAZ rdf:type dip:State",
            "state:KAZ rdf:type dip:Actor",
            "state:KAZ skos:prefLabel \"كازاخستان\"@ar",
            "state:KAZ skos:altLabel \"جمهورية كازاخستان\"@ar",
            "state:KAZ schema:sameAs wd:Q232",
            "state:KAZ dip:alpha3 \"KAZ\"",
            "state:ARM dip:numeric \"051\"",
            "state:KAZ schema:latitude \"48\"^^xsd:decimal",
            "state:KAZ#point geo:asWKT \"POINT(68 48)\"^^geo:wktLiteral",
            "agreement:abraham-accords dip:bindsBy \"signature\"",
            "agreement:abraham-accords dip:topic dip:PeaceTopic",
            "media:herald dip:belongsTo state:KAZ",
            "state:KAZ dip:memberOf org:osce",
            "state:XXT dip:sovereign state:KAZ",
        ],
    );
    let set = |property| objects(&lines, "tenure", property).into_iter().collect::<BTreeSet<_>>();
    assert_eq!(set("w3org:role"), BTreeSet::from(["office:foreign-minister"]));
    assert_eq!(set("dip:validFrom"), BTreeSet::from(["\"2019-05\"^^xsd:gYearMonth", "\"2023-04-03\"^^xsd:date"]));
    assert_eq!(set("dip:validUntil"), BTreeSet::from(["\"2020\"^^xsd:gYear"]));
    assert_eq!(set("dip:validFromNotAfter"), BTreeSet::from(["\"2019-05-31\"^^xsd:date"]));
    assert_eq!(set("dip:validUntilNotBefore"), BTreeSet::from(["\"2020-01-01\"^^xsd:date"]));
    check_absent(&lines, "skos:altLabel \"Kazakhstan\"");
    check_absent(&lines, "state:ARM dip:sanctions");
    let starts: BTreeSet<_> = objects(&lines, "relation", "dip:validFrom").into_iter().collect();
    assert_eq!(starts, BTreeSet::from(["\"1992-01-30\"^^xsd:date", "\"1993\"^^xsd:gYear"]));
}

/// Whether a change to a membership in force leaves it its flat edge; the newest document is of 2025-11-07.
fn has_edge(change: impl Fn(&mut RelationState)) -> bool {
    let mut sample = sample::reference();
    sample.documents = sample::relations_in_force().documents;
    sample.states.truncate(1);
    change(&mut sample.states[0]);
    lines(&sample)
        .iter()
        .any(|line| line.starts_with("state:KAZ dip:memberOf") || line.starts_with("state:KAZ dip:partyTo"))
}

#[test]
fn only_what_is_in_force_has_a_flat_edge() {
    assert!(has_edge(|_| {}));
    for status in [StateStatus::Announced, StateStatus::Suspended, StateStatus::Ended, StateStatus::Abandoned] {
        assert!(!has_edge(|state| state.status = status), "{status}");
    }
    let day = chancery_model::EventDate::day;
    assert!(!has_edge(|state| state.valid_until = day(date(2031, 1, 1))));
    assert!(!has_edge(|state| state.valid_from = day(date(2025, 11, 8))));
    assert!(has_edge(|state| state.valid_from = day(date(2025, 11, 7))));
    let party = |stage| {
        move |state: &mut RelationState| {
            state.kind = StateKind::PartyTo;
            state.agreement = Some(id("agreement:abraham-accords"));
            state.stage = Some(stage);
        }
    };
    assert!(has_edge(party(TreatyStage::InForce)));
    assert!(has_edge(party(TreatyStage::Withdrawing)));
    assert!(!has_edge(party(TreatyStage::Signed)));
    assert!(!has_edge(party(TreatyStage::Ratified)));
}

#[test]
fn claims_come_back_from_their_triples() {
    let base = IriBase::new("http://localhost:7878/id/").unwrap();
    for (name, _, sample) in sample::all() {
        let mut expected: Vec<_> = sample.claims.iter().map(|reported| (*reported.claim).clone()).collect();
        expected.sort_by(|a, b| a.id.cmp(&b.id));
        let triples = triples_below(&sample.input(), &base);
        assert_eq!(read_claims(&triples, &base).unwrap(), expected, "{name}");
        let ids: Vec<_> = read_claim_ids(&triples, &base).into_iter().collect();
        assert_eq!(ids, expected.iter().map(|claim| claim.id.clone()).collect::<Vec<_>>(), "{name}");
    }
}

#[test]
fn a_claim_without_evidence_is_not_read() {
    let sample = sample::announced_accession();
    let mut triples = triples(&sample.input());
    triples.retain(|triple| !triple.subject.to_string().contains("/evidence/"));
    let error = read_claims(&triples, &IriBase::default()).unwrap_err();
    assert!(error.to_string().ends_with("has no <https://w3id.org/chancery/ontology#field>"), "{error}");
}

/// Everything of all samples in one.
fn everything() -> Sample {
    let mut whole = sample::reference();
    for (_, _, sample) in sample::all() {
        whole.documents.extend(sample.documents);
        whole.claims.extend(sample.claims);
        whole.events.extend(sample.events);
        whole.states.extend(sample.states);
        whole.disputes.extend(sample.disputes);
        whole.promises.extend(sample.promises);
    }
    whole
}

/// Shuffles by a fixed linear congruential generator.
fn shuffle<T>(items: &mut [T], seed: u64) {
    let mut random = seed;
    for last in (1..items.len()).rev() {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        items.swap(last, (random >> 33) as usize % (last + 1));
    }
}

#[test]
fn the_order_of_the_input_changes_no_byte() {
    let whole = everything();
    let expected = text(&whole, GraphFormat::NTriples);
    for seed in 0..20 {
        let mut other = whole.clone();
        shuffle(&mut other.documents, seed);
        shuffle(&mut other.claims, seed + 100);
        shuffle(&mut other.events, seed + 200);
        shuffle(&mut other.states, seed + 300);
        assert_eq!(text(&other, GraphFormat::NTriples), expected, "seed {seed}");
    }
}

#[test]
fn json_ld_has_plain_names_and_says_the_same() {
    let sample = everything();
    let json = text(&sample, GraphFormat::JsonLd);
    assert!(json.contains("\"status\":\"Planned\"") && json.contains("\"type\":\"Claim\""), "{json}");
    assert!(json.contains("\"prefLabel\":{\"ar\":\"كازاخستان\""), "{json}");
    let parser = oxrdfio::RdfParser::from_format(GraphFormat::JsonLd.rdf_format());
    let read: BTreeSet<String> =
        parser.for_slice(&json).map(|quad| oxrdf::Triple::from(quad.unwrap()).to_string()).collect();
    let whole: BTreeSet<String> = triples(&sample.input()).iter().map(ToString::to_string).collect();
    assert_eq!(read.symmetric_difference(&whole).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn nothing_is_blank_or_said_twice() {
    let triples = triples(&everything().input());
    let text = text(&everything(), GraphFormat::NTriples);
    assert!(!text.contains("_:"));
    assert_eq!(triples.len(), triples.iter().collect::<std::collections::HashSet<_>>().len());
}

#[test]
fn every_format_gives_the_same_triples_back() {
    let whole = everything();
    let mut expected: Vec<_> = triples(&whole.input()).iter().map(ToString::to_string).collect();
    expected.sort();
    for format in GraphFormat::ALL {
        let text = text(&whole, format);
        let parser = oxrdfio::RdfParser::from_format(format.rdf_format());
        let read = parser.for_slice(&text).map(|quad| oxrdf::Triple::from(quad.unwrap()).to_string());
        let mut read: Vec<_> = read.collect();
        read.sort();
        assert_eq!(read, expected, "{format}");
    }
}

#[test]
fn an_event_may_have_nobody() {
    let mut sample = sample::summit();
    sample.claims.clear();
    let event: &mut Event = &mut sample.events[0];
    event.source.clear();
    event.status = Status::Possible;
    let lines = lines(&sample);
    check_absent(&lines, "dip:dyad");
    assert_eq!(objects(&lines, "event", "dip:status"), ["dip:Possible"]);
}

/// The valid examples of the ontology are what the program writes. `UPDATE=1` writes them anew.
#[test]
fn the_valid_examples_are_what_we_write() {
    for (name, about, sample) in sample::all() {
        let turtle = text(&sample, GraphFormat::Turtle);
        let expected = format!(
            "# {about}\n# Written from a made-up sample of the tests of crates/rdf; UPDATE=1 there writes it anew.\n\n{turtle}"
        );
        let path = format!("{}/../../ontology/examples/valid/{name}.ttl", env!("CARGO_MANIFEST_DIR"));
        if std::env::var_os("UPDATE").is_some() {
            std::fs::create_dir_all(Path::new(&path).parent().unwrap()).unwrap();
            std::fs::write(&path, &expected).unwrap();
        }
        let found = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(found == expected, "{path} is not what we write: UPDATE=1 cargo test --release -p chancery-rdf");
    }
}

/// Everything as a view, with what it could not carry.
fn view(view: View) -> (String, Losses) {
    let mut out = Vec::new();
    let losses = views::write(view, &triples(&everything().input()), &IriBase::default(), &mut out).unwrap();
    (String::from_utf8(out).unwrap(), losses)
}

fn quads(trig: &str) -> Vec<oxrdf::Quad> {
    let parser = oxrdfio::RdfParser::from_format(GraphFormat::TriG.rdf_format());
    parser.for_slice(trig).map(|quad| quad.unwrap()).collect()
}

/// The triples of a text in Turtle.
fn turtle(text: &str) -> BTreeSet<String> {
    let parser = oxrdfio::RdfParser::from_format(GraphFormat::Turtle.rdf_format());
    parser.for_slice(text).map(|quad| oxrdf::Triple::from(quad.unwrap()).to_string()).collect()
}

/// Quoted triples and the plain rest give back the whole graph.
#[test]
fn annotations_quote_what_claims_assert() {
    let (text, losses) = view(View::Annotations);
    let (quoted, plain): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.contains("<<("));
    let plain = turtle(&plain.join("\n"));
    let whole: BTreeSet<String> = triples(&everything().input()).iter().map(ToString::to_string).collect();
    assert!(plain.is_subset(&whole) && plain.len() < whole.len());
    let reifiers = |folder: &str| quoted.iter().filter(|line| line.contains(folder)).count();
    let asserted = |triples: &BTreeSet<String>| triples.iter().filter(|t| t.contains("#asserts>")).count();
    assert_eq!(reifiers("/id/claim/"), asserted(&whole) - asserted(&plain));
    assert!(reifiers("/id/relation/") > 0);
    for line in &quoted {
        let (reifier, inner) = line.split_once("<<(").unwrap();
        let inner = turtle(&format!("{} .", inner.trim_end_matches(" .").trim_end_matches(")>>")));
        let stated = inner.iter().all(|triple| plain.contains(triple));
        // What a relation stands for is stated too; what a claim says is not, unless a relation stands for it.
        assert!(stated || reifier.contains("/id/claim/"), "{line}");
    }
    let planned = "<https://w3id.org/chancery/id/state/KAZ> <https://w3id.org/chancery/ontology#partyTo>";
    assert!(quoted.iter().any(|line| line.contains(planned)) && !plain.iter().any(|t| t.starts_with(planned)));
    assert_eq!(losses, Losses::new());
}

#[test]
fn what_has_an_unknown_side_is_not_quoted() {
    let mut sample = sample::announced_accession();
    let claim = Arc::make_mut(&mut sample.claims[0].claim);
    (claim.target, claim.agreement) = (Vec::new(), None);
    let mut out = Vec::new();
    let losses = views::write(View::Annotations, &triples(&sample.input()), &IriBase::default(), &mut out).unwrap();
    assert_eq!(losses.into_iter().collect::<Vec<_>>(), [("propositions with an unknown side, kept as nodes", 1)]);
    let text = String::from_utf8(out).unwrap();
    assert!(text.contains("dip:asserts proposition:") && !text.contains("<<("), "{text}");
}

#[test]
fn every_claim_is_a_nanopublication() {
    let (text, losses) = view(View::Nanopublications);
    let quads = quads(&text);
    let claims = everything().claims.iter().map(|told| told.claim.id.clone()).collect::<BTreeSet<_>>();
    for claim in claims {
        let claim = IriBase::default().claim(&claim).as_str().to_owned();
        let graph = |name: &str| format!("<{claim}#{name}>");
        let inside = |name: &str, part: &str| {
            quads.iter().any(|q| q.graph_name.to_string() == graph(name) && q.to_string().contains(part))
        };
        for (name, part) in [
            ("head", "nschema#Nanopublication"),
            ("head", "nschema#hasPublicationInfo"),
            ("assertion", "#status>"),
            ("assertion", "#relation>"),
            ("provenance", "#exact>"),
            ("provenance", "prov#wasDerivedFrom>"),
            ("info", "prov#generatedAtTime>"),
        ] {
            assert!(inside(name, part), "{claim} {name} {part}");
        }
        assert!(!inside("assertion", "#exact>") && !inside("provenance", "#status>"), "{claim}");
    }
    assert!(losses["events"] > 0 && losses["entities"] > 0 && losses["relations"] > 0, "{losses:?}");
}

#[test]
fn every_document_is_a_graph_and_nothing_is_left_out() {
    let (text, _) = view(View::Documents);
    let quads = quads(&text);
    let whole: BTreeSet<String> = triples(&everything().input()).iter().map(ToString::to_string).collect();
    let read: BTreeSet<String> = quads.iter().cloned().map(|quad| oxrdf::Triple::from(quad).to_string()).collect();
    assert_eq!(read.symmetric_difference(&whole).collect::<Vec<_>>(), Vec::<&String>::new());
    let claims = quads.iter().filter(|quad| quad.subject.to_string().contains("/id/claim/"));
    assert!(claims.into_iter().all(|quad| quad.graph_name.to_string().contains("/id/document/")));
    let events = quads.iter().filter(|quad| quad.subject.to_string().contains("/id/event/"));
    assert!(events.into_iter().all(|quad| quad.graph_name.is_default_graph()));
}
