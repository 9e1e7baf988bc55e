//! Who holds the three great offices: of every member of the United Nations on the day of the tables, and of the states that news tells
//! most of since 2010. A time in which an office was nobody's stands with its reason in `tests/cases/offices/vacancies.tsv`; a row that is
//! no vacancy any more fails until it goes.

use chancery_model::{DataFiles, EntityKind, EventDate, Tenure, World};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::collections::BTreeSet;
use std::path::Path;

/// The day of the tables: see `data/SOURCES.md`.
const TODAY: Date = date(2026, 1, 31);

/// Changes of office take days; more than these are a vacancy.
const HANDOVER_DAYS: i64 = 7;

/// The G20, the Middle East, North Africa, Central Asia, the Caucasus, Afghanistan.
const STATES: [&str; 49] = [
    "ARG", "AUS", "BRA", "CAN", "CHN", "DEU", "FRA", "GBR", "IDN", "IND", "ITA", "JPN", "KOR", "MEX", "RUS", "SAU",
    "TUR", "USA", "ZAF", "ARE", "BHR", "CYP", "EGY", "IRN", "IRQ", "ISR", "JOR", "KWT", "LBN", "OMN", "PSE", "QAT",
    "SYR", "YEM", "DZA", "LBY", "MAR", "MRT", "SDN", "TUN", "KAZ", "KGZ", "TJK", "TKM", "UZB", "ARM", "AZE", "GEO",
    "AFG",
];

#[derive(Clone, Copy)]
enum Office {
    HeadOfState,
    HeadOfGovernment,
    ForeignMinister,
}

impl Office {
    const ALL: [Self; 3] = [Self::HeadOfState, Self::HeadOfGovernment, Self::ForeignMinister];

    fn name(self) -> &'static str {
        match self {
            Self::HeadOfState => "head-of-state",
            Self::HeadOfGovernment => "head-of-government",
            Self::ForeignMinister => "foreign-minister",
        }
    }

    fn is(self, world: &World, tenure: &Tenure) -> bool {
        let level = world.office_level(&tenure.office);
        match self {
            Self::HeadOfState => matches!(level, Some("head-of-state" | "monarch")),
            Self::HeadOfGovernment => level == Some("head-of-government"),
            Self::ForeignMinister => matches!(tenure.office.as_str(), "foreign-minister" | "secretary-of-state"),
        }
    }
}

fn world() -> World {
    World::load(&DataFiles::embedded()).expect("the committed tables are well formed")
}

fn tenures<'a>(world: &'a World, state: &'a str, office: Office) -> impl Iterator<Item = &'a Tenure> {
    world.tenures().iter().filter(move |t| t.actor.as_str() == state && office.is(world, t))
}

#[test]
fn every_member_of_the_united_nations_has_its_offices_held() {
    let world = world();
    let is_member = |statehood: &Option<String>| statehood.as_deref() == Some("member");
    let states = world.entities().filter(|e| e.id.kind() == EntityKind::State && is_member(&e.statehood));
    let missing: Vec<String> = states
        .flat_map(|state| [Office::HeadOfState, Office::ForeignMinister].map(|office| (state.id.as_str(), office)))
        .filter(|(state, office)| !tenures(&world, state, *office).any(|tenure| tenure.covers(TODAY)))
        .map(|(state, office)| format!("{} of {state}", office.name()))
        .collect();
    assert_eq!(missing, Vec::<String>::new());
}

/// The times since 2010 that no tenure can cover, longer than a change of office.
fn vacancies(world: &World, state: &str, office: Office) -> Vec<(Date, Date)> {
    let bound =
        |date: Option<EventDate>, open: Date, end: fn(EventDate) -> Option<Date>| date.and_then(end).unwrap_or(open);
    let mut terms: Vec<(Date, Date)> = tenures(world, state, office)
        .map(|t| (bound(t.from, Date::MIN, EventDate::not_before), bound(t.until, Date::MAX, EventDate::not_after)))
        .collect();
    terms.sort();
    terms.push((TODAY, Date::MAX));
    let mut held_until = date(2010, 1, 1);
    let mut vacancies = Vec::new();
    for (from, until) in terms {
        if held_until.saturating_add(HANDOVER_DAYS.days()) < from {
            vacancies.push((held_until, from));
        }
        held_until = held_until.max(until);
    }
    vacancies
}

#[test]
fn offices_since_2010_are_held_or_known_to_be_vacant() {
    let world = world();
    let mut found = BTreeSet::new();
    for state in STATES {
        for office in Office::ALL {
            for (from, until) in vacancies(&world, state, office) {
                found.insert(format!("{state}\t{}\t{from}\t{until}", office.name()));
            }
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases/offices/vacancies.tsv");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let known: BTreeSet<String> = text
        .lines()
        .skip(1)
        .map(|line| {
            let (vacancy, reason) = line.rsplit_once('\t').expect("a reason is the last column");
            assert!(!reason.is_empty(), "{line}: a reason");
            vacancy.to_owned()
        })
        .collect();
    let new: Vec<&String> = found.difference(&known).collect();
    let gone: Vec<&String> = known.difference(&found).collect();
    assert!(new.is_empty() && gone.is_empty(), "not listed: {new:#?}\nlisted, and no vacancy: {gone:#?}");
}
