//! Reports that come one by one in any order, come back and go, end in what follows from those that stay.

use crate::report::*;
use chancery_fusion::{Fusion, FusionChange};
use chancery_model::{EventDate, ReportedClaim, Status, Topic};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::sync::Arc;

/// Numbers that look random and are the same each time (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((x ^ (x >> 31)) % sides as u64) as usize
    }

    fn one_of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.below(at + 1));
        }
    }
}

const KINDS: [(&str, &str); 14] = [
    ("meet", "EGY TUR"),
    ("visit", "EGY > TUR"),
    ("summit", "EGY QAT TUR"),
    ("establish-relations", "EGY TUR"),
    ("sever-relations", "EGY > TUR"),
    ("suspend-relations", "TUR > EGY"),
    ("downgrade-relations", "TUR > EGY"),
    ("recall-envoy", "TUR > EGY"),
    ("appoint-envoy", "TUR > EGY"),
    ("impose-sanctions", "EGY > TUR"),
    ("ease-sanctions", "EGY > TUR"),
    ("sign-agreement", "EGY TUR"),
    ("join-agreement", "EGY > agreement:npt"),
    ("leave-agreement", "EGY > agreement:npt"),
];

fn day(dice: &mut Dice) -> Date {
    date(2025, 1, 1).saturating_add((dice.below(90) as i64).days())
}

/// What reports say, and how exactly they say when, is left to the dice; some come from one wire.
fn reports(dice: &mut Dice, count: usize) -> Vec<ReportedClaim> {
    let report = |number: usize| {
        let (event_type, parties) = dice.one_of(&KINDS);
        let status = dice.one_of(&[
            Status::Occurred,
            Status::Occurred,
            Status::Planned,
            Status::Possible,
            Status::Denied,
            Status::Cancelled,
        ]);
        let published = day(dice);
        let mut told = report(&published.to_string(), event_type, parties, status, "");
        let claim = Arc::make_mut(&mut told.claim);
        claim.id = format!("claim-{number}").into();
        let on = day(dice);
        claim.date = match dice.below(6) {
            0 | 1 => EventDate::day(on),
            2 => EventDate::month(on),
            3 => EventDate::bounds(None, Some(on)),
            4 => EventDate::bounds(Some(on), Some(on.saturating_add(9.days()))),
            _ => EventDate::UNKNOWN,
        };
        claim.topic = dice.one_of(&[None, Some(Topic::Trade), Some(Topic::Defence)]);
        let document = Arc::make_mut(&mut told.document);
        document.id = format!("document-{number}").into();
        document.text_origin = format!("wire-{}", dice.below(count / 2));
        if dice.below(12) == 0 {
            document.published = None;
        }
        told
    };
    (0..count).map(report).collect()
}

fn newest(reports: &[ReportedClaim]) -> Option<Date> {
    reports.iter().filter_map(|told| told.document.published).max()
}

/// The same reports otherwise: as an earlier version of the document told them.
fn earlier_version(told: &ReportedClaim, dice: &mut Dice) -> ReportedClaim {
    let mut earlier = told.clone();
    let claim = Arc::make_mut(&mut earlier.claim);
    claim.date = EventDate::day(day(dice));
    claim.status = dice.one_of(&[Status::Occurred, Status::Planned]);
    earlier
}

/// Checks that a change tells exactly what differs.
fn check_told(before: &Fusion, after: &Fusion, change: &FusionChange) {
    for changed in &change.events {
        let id = changed.id();
        assert_eq!((before.events.get(id), after.events.get(id)), (changed.old.as_deref(), changed.new.as_deref()));
    }
    for changed in &change.states {
        let id = changed.id();
        assert_eq!((before.states.get(id), after.states.get(id)), (changed.old.as_deref(), changed.new.as_deref()));
    }
    let told: usize =
        [change.events.len(), change.states.len(), change.disputes.len(), change.promises.len()].iter().sum();
    let differ = differing(before, after);
    assert_eq!(told, differ, "{told} told of {differ}");
}

fn differing(before: &Fusion, after: &Fusion) -> usize {
    macro_rules! count {
        ($list:ident) => {{
            let gone = before.$list.iter().filter(|old| after.$list.get(id(*old)).is_none()).count();
            gone + after.$list.iter().filter(|new| before.$list.get(id(*new)) != Some(*new)).count()
        }};
    }
    fn id<T: chancery_fusion::Identified>(thing: &T) -> &str {
        thing.id()
    }
    count!(events) + count!(states) + count!(disputes) + count!(promises)
}

#[test]
fn one_by_one_and_at_once_are_the_same() {
    let mut dice = Dice(20251126);
    for round in 0..100 {
        let all = reports(&mut dice, 60);
        let expected = fused(&all);
        let mut order: Vec<&ReportedClaim> = all.iter().collect();
        dice.shuffle(&mut order);
        let mut fusion = fused(&[]);
        let mut live: Vec<ReportedClaim> = Vec::new();
        for told in order {
            // Some come in an earlier version first, some are taken back and come again.
            let (mut removed, mut added) = (Vec::new(), vec![told.clone()]);
            match dice.below(4) {
                0 => {
                    let earlier = earlier_version(told, &mut dice);
                    fusion.change(&[], std::slice::from_ref(&earlier), newest(&live).max(earlier.document.published));
                    removed.push(earlier);
                }
                1 if !live.is_empty() => {
                    let back = live.swap_remove(dice.below(live.len()));
                    fusion.change(std::slice::from_ref(&back), &[], newest(&live));
                    added.push(back);
                }
                _ => {}
            }
            live.extend(added.iter().cloned());
            let middle = fusion.clone();
            let change = fusion.change(&removed, &added, newest(&live));
            check_told(&middle, &fusion, &change);
        }
        assert_eq!(live.len(), all.len());
        assert!(fusion == expected, "round {round}: the order shows");
        let gone = fusion.change(&live, &[], None);
        assert!(fusion == fused(&[]), "round {round}: something stays");
        assert_eq!(gone.events.len(), expected.events.len());
    }
}
