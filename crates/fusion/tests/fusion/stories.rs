//! Claims in, events and states out: each test is a story of a few reports.

use crate::report::*;
use chancery_fusion::{Fusion, TieSelection, origin, ties};
use chancery_model::hash::content_hash;
use chancery_model::{
    AttributionStep, EventDate, PromiseOutcome, ReportedClaim, SourceKind, StateKind, StateStatus, Status,
};
use jiff::civil::Date;
use std::sync::Arc;

const ACCORDS: &str = "KAZ > agreement:abraham-accords";

#[test]
fn a_plan_announces_and_its_fulfilment_puts_in_force() {
    let plan = report("2025-11-07", "join-agreement", ACCORDS, Status::Planned, "");
    let announced = fused(std::slice::from_ref(&plan));
    assert_eq!(states(&announced), ["party-to KAZ announced unknown..unknown"]);
    assert_eq!(promise(&announced).outcome, PromiseOutcome::Open);
    let done = report("2025-12-01", "join-agreement", ACCORDS, Status::Occurred, "2025-11-30");
    let kept = fused(&[plan, done]);
    assert_ne!(state(&kept).status, StateStatus::Announced);
}

#[test]
fn a_plan_called_off_is_abandoned() {
    let plan = report("2025-11-07", "join-agreement", ACCORDS, Status::Planned, "");
    let off = report("2025-11-20", "join-agreement", ACCORDS, Status::Cancelled, "");
    let fusion = fused(&[plan, off]);
    assert_eq!(states(&fusion), ["party-to KAZ abandoned unknown..unknown"]);
}

#[test]
fn what_may_happen_is_an_event_only() {
    let fusion = fused(&[report("2025-11-07", "join-agreement", ACCORDS, Status::Possible, "")]);
    assert_eq!((fusion.events.len(), fusion.states.len()), (1, 0));
}

#[test]
fn a_denial_disputes_and_deletes_nothing() {
    let opened = report("2025-03-02", "establish-relations", "FJI FRA", Status::Occurred, "2025-03-01");
    let mut denied = report("2025-03-03", "establish-relations", "FJI FRA", Status::Denied, "2025-03-01");
    let recorded = "2025-03-03T12:00:00Z".parse().unwrap();
    Arc::make_mut(&mut denied.document).recorded = recorded;
    let fusion = fused(&[opened, denied]);
    assert_eq!(states(&fusion), ["diplomatic-relations FJI+FRA in-force 2025-03-01..unknown"]);
    assert_eq!((fusion.disputes.len(), state(&fusion).disputed_by.len()), (1, 1));
    assert_eq!(state(&fusion).last_recorded, Some(recorded), "a denial is news of the state");
    assert_eq!(fusion.events.iter().next().unwrap().status, Status::Occurred);
}

#[test]
fn relations_end_and_begin_again() {
    let fusion = fused(&[
        report("2016-01-04", "sever-relations", "SAU > IRN", Status::Occurred, "2016-01-03"),
        report("2023-03-11", "restore-relations", "IRN SAU", Status::Occurred, "2023-03-10"),
    ]);
    let found = states(&fusion);
    assert!(
        found.iter().any(|s| s.starts_with("diplomatic-relations IRN+SAU ended") && s.ends_with("..2016-01-03")),
        "{found:?}"
    );
    assert!(found.contains(&"diplomatic-relations IRN+SAU in-force 2023-03-10..unknown".to_owned()), "{found:?}");
    let of = |status| {
        let mut relations = fusion.states.iter().filter(|state| state.kind == StateKind::DiplomaticRelations);
        relations.find(|state| state.status == status).unwrap()
    };
    let (broken, resumed) = (of(StateStatus::Ended), of(StateStatus::InForce));
    assert_eq!((broken.followed_by.as_ref(), &resumed.followed_by), (Some(&resumed.id), &None));
    assert_eq!((broken.adversaries().len(), resumed.adversaries().len()), (2, 0));
}

#[test]
fn nothing_but_a_closer_ends_a_state() {
    let fusion = fused(&[
        report("2025-03-02", "establish-relations", "FJI FRA", Status::Occurred, "2025-03-01"),
        report("2025-06-02", "condemn", "FRA > FJI", Status::Occurred, "2025-06-01"),
        report("2025-07-02", "recall-envoy", "FRA > FJI", Status::Occurred, "2025-07-01"),
    ]);
    let relations: Vec<_> = fusion.states.iter().filter(|s| s.kind == StateKind::DiplomaticRelations).collect();
    assert_eq!(relations.len(), 1);
    assert_eq!(relations[0].status, StateStatus::InForce);
}

#[test]
fn two_reports_of_one_meeting_are_one_event_and_two_meetings_are_two() {
    let first = report("2025-05-02", "meet", "EGY TUR", Status::Occurred, "2025-05-01");
    let again = report("2025-05-03", "meet", "EGY TUR", Status::Occurred, "");
    let later = report("2025-09-10", "meet", "EGY TUR", Status::Occurred, "2025-09-09");
    let fusion = fused(&[first, again, later]);
    let mut told: Vec<usize> = fusion.events.iter().map(|event| event.claims.len()).collect();
    told.sort_unstable();
    assert_eq!(told, [1, 2]);
    assert!(fusion.events.iter().any(|event| event.origins == 2));
}

#[test]
fn a_summit_stays_one_event_but_is_many_ties() {
    let reports = [report("2025-11-07", "summit", "KAZ KGZ TJK TKM UZB", Status::Occurred, "2025-11-06")];
    let fusion = fused(&reports);
    assert_eq!(fusion.events.len(), 1);
    let claims = reports.iter().map(|r| (r.claim.id.clone(), r.clone())).collect();
    let selection = TieSelection { states: false, events: true, ..TieSelection::default() };
    let ties = ties(&fusion, &claims, &selection);
    assert_eq!(ties.len(), 10);
    let whole = fusion.events.iter().next().unwrap().event_type.row().weight;
    assert!((ties.iter().map(|tie| tie.weight).sum::<f64>() - whole).abs() < 1e-9);
}

#[test]
fn old_relations_told_twice_are_one_event() {
    let bounded = |published: &str| {
        let mut told = report(published, "establish-relations", "ISR KAZ", Status::Occurred, "");
        let latest: Date = "1995-11-07".parse().unwrap();
        let claim = Arc::make_mut(&mut told.claim);
        claim.date = EventDate::bounds(None, Some(latest));
        claim.id = content_hash(["bounded", published]).into();
        told
    };
    let fusion =
        fused(&[bounded("2025-11-07"), report("2025-11-08", "establish-relations", "ISR KAZ", Status::Occurred, "")]);
    assert_eq!(fusion.events.len(), 1);
    assert_eq!(states(&fusion), ["diplomatic-relations ISR+KAZ in-force ../1995-11-07..unknown"]);
}

#[test]
fn the_order_of_reports_does_not_show() {
    let mut reports = vec![
        report("2016-01-04", "sever-relations", "SAU > IRN", Status::Occurred, "2016-01-03"),
        report("2023-03-11", "restore-relations", "IRN SAU", Status::Occurred, "2023-03-10"),
        report("2023-03-12", "restore-relations", "IRN SAU", Status::Denied, "2023-03-10"),
        report("2025-11-07", "join-agreement", ACCORDS, Status::Planned, ""),
        report("2025-11-20", "join-agreement", ACCORDS, Status::Cancelled, ""),
        report("2025-05-03", "meet", "EGY TUR", Status::Occurred, ""),
        report("2025-05-02", "meet", "EGY TUR", Status::Occurred, "2025-05-01"),
    ];
    let expected = fused(&reports);
    for round in 0..reports.len() {
        reports.rotate_left(1);
        reports.swap(round % 3, 5);
        assert_eq!(fused(&reports), expected);
    }
}

#[test]
fn without_claims_there_is_nothing() {
    assert_eq!(fused(&[]), Fusion::default());
}

/// A reprint of one wire: the same words but for a few, under the name of another outlet.
fn reprint(number: usize) -> ReportedClaim {
    let text = format!(
        "Kazakhstan's president arrived in Ankara on Monday for talks with his Turkish counterpart on trade, transport and energy, \
         officials of both countries said. The two leaders are to sign agreements on a rail link across the Caspian and on pilgrims' \
         flights before the visit ends on Wednesday. Our correspondent number {number} reports."
    );
    let mut told = report("2025-05-02", "visit", "KAZ > TUR", Status::Occurred, "2025-05-01");
    Arc::make_mut(&mut told.claim).id = content_hash(["reprint", &number.to_string()]).into();
    let document = Arc::make_mut(&mut told.document);
    document.id = format!("reprint-{number}").into();
    document.publisher = Some(format!("Gazette {number}"));
    document.text_origin = origin::wording(&text);
    document.sketch = origin::sketch(&text);
    told
}

#[test]
fn fourteen_reprints_of_one_wire_are_one_origin() {
    let mut reports: Vec<ReportedClaim> = (0..14).map(reprint).collect();
    let fusion = fused(&reports);
    let event = fusion.events.iter().next().unwrap();
    assert_eq!((fusion.events.len(), event.claims.len(), event.documents.len(), event.origins), (1, 14, 14, 1));
    reports.push(report("2025-05-03", "visit", "KAZ > TUR", Status::Occurred, "2025-05-01"));
    assert_eq!(fused(&reports).events.iter().next().unwrap().origins, 2, "a text of one's own is an origin of its own");
}

#[test]
fn whoever_quotes_the_same_outlet_is_no_origin_of_his_own() {
    let quoting = |number: usize| {
        let mut told =
            report(&format!("2025-05-{:02}", number + 1), "visit", "KAZ > TUR", Status::Occurred, "2025-05-01");
        let outlet = AttributionStep { agent: None, surface: "Axios".to_owned(), kind: SourceKind::Outlet };
        Arc::make_mut(&mut told.claim).attribution.push(outlet);
        told
    };
    let fusion = fused(&(0..14).map(quoting).collect::<Vec<_>>());
    let event = fusion.events.iter().next().unwrap();
    assert_eq!((event.documents.len(), event.origins), (14, 1));
}

/// The types that are linked with each event.
fn linked(fusion: &Fusion) -> Vec<String> {
    let mut all: Vec<String> = fusion
        .events
        .iter()
        .map(|event| {
            let mut others: Vec<&str> = fusion.occasion_of(&event.id).map(|other| other.event_type.name()).collect();
            others.sort_unstable();
            format!("{}: {}", event.event_type.name(), others.join(" "))
        })
        .collect();
    all.sort();
    all
}

#[test]
fn a_summit_with_the_visit_and_the_meeting_of_its_days_is_one_occasion_of_three_events() {
    let summit = report("2025-11-07", "summit", "KAZ KGZ TJK TKM UZB", Status::Occurred, "2025-11-06");
    let visit = report("2025-11-06", "visit", "KAZ > UZB", Status::Occurred, "2025-11-05");
    let meeting = report("2025-11-07", "meet", "KAZ UZB", Status::Occurred, "2025-11-06");
    let elsewhere = report("2025-11-07", "meet", "FRA DEU", Status::Occurred, "2025-11-06");
    let months_later = report("2026-03-07", "visit", "KAZ > UZB", Status::Occurred, "2026-03-06");
    let fusion = fused(&[summit, visit, meeting, elsewhere, months_later]);
    assert_eq!(
        linked(&fusion),
        ["meet: ", "meet: summit visit", "summit: meet visit", "visit: ", "visit: meet summit"]
    );
    assert!(fusion.occasions().all(|(one, other)| one != other));
}

#[test]
fn an_occasion_falls_apart_where_its_event_is_taken_back() {
    let visit = report("2025-11-06", "visit", "KAZ > UZB", Status::Occurred, "2025-11-05");
    let meeting = report("2025-11-07", "meet", "KAZ UZB", Status::Occurred, "2025-11-06");
    let mut fusion = fused(&[visit.clone(), meeting]);
    assert_eq!(linked(&fusion), ["meet: visit", "visit: meet"]);
    let change = fusion.change(&[visit], &[], None);
    assert_eq!(linked(&fusion), ["meet: "]);
    assert_eq!(change.occasions.len(), 2, "both events are told of");
}
