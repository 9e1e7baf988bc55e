//! Rows with the 58 columns of GDELT's daily event export (event codebook 1.03), as far as a claim tells them.

use crate::coding::{Coding, Pair};
use crate::decimal;
use chancery_model::{Claim, Document, EntityId, EntityKind, Language, Precision, World};
use jiff::civil::Date;

/// How many columns there are.
const COLUMNS: usize = 58;
/// Columns of one actor.
const ACTOR: usize = 10;

pub(crate) fn row(document: &Document, claim: &Claim, coding: &Coding, pair: &Pair<'_>, world: &World) -> Vec<String> {
    let mut cells = vec![pair.id(claim).to_string()];
    cells.extend(date(claim));
    cells.extend(actor(claim, Some(pair.source), world));
    cells.extend(actor(claim, pair.target, world));
    cells.extend([
        // Whether it stands in the lead paragraph is not kept in a claim.
        String::new(),
        coding.cameo.to_owned(),
        coding.cameo[..coding.cameo.len().min(3)].to_owned(),
        coding.root().to_owned(),
        coding.quad_class().to_string(),
        decimal(coding.goldstein),
        // Of the mentions in a story only one is kept; sources and articles are this one.
        String::new(),
        "1".to_owned(),
        "1".to_owned(),
        String::new(),
    ]);
    // Where the actors come from is not told; GDELT's code of a country here is FIPS, which we do not have.
    cells.extend(vec![String::new(); 14]);
    cells.extend(place(claim, world));
    let added = document.recorded.map(|time| digits(jiff::tz::TimeZone::UTC.to_datetime(time).date()));
    cells.extend([added.unwrap_or_default(), document.id.clone()]);
    debug_assert_eq!(cells.len(), COLUMNS);
    cells
}

/// SQLDATE, MonthYear, Year, FractionDate: as many as the date is exact.
fn date(claim: &Claim) -> [String; 4] {
    let Some(first) = claim.date.not_before() else { return Default::default() };
    let (day, month, year) = (digits(first), digits(first)[..6].to_owned(), first.year().to_string());
    match claim.date.precision() {
        Precision::Day => [day, month, year, fraction(first)],
        Precision::Month => [String::new(), month, year, String::new()],
        Precision::Year => [String::new(), String::new(), year, String::new()],
        Precision::Bounds | Precision::Unknown => Default::default(),
    }
}

/// `20251107`.
fn digits(date: Date) -> String {
    date.to_string().replace('-', "")
}

/// The part of the year that has passed, with months of thirty days, as the codebook computes it.
fn fraction(date: Date) -> String {
    let days = (f64::from(date.month()) - 1.0) * 30.0 + f64::from(date.day());
    format!("{:.4}", f64::from(date.year()) + (days / 365.0).min(0.9999))
}

/// Code, Name, CountryCode, KnownGroupCode, EthnicCode, Religion1Code, Religion2Code, Type1Code, Type2Code, Type3Code.
fn actor(claim: &Claim, id: Option<&EntityId>, world: &World) -> [String; ACTOR] {
    let mut cells: [String; ACTOR] = Default::default();
    let Some(id) = id else { return cells };
    cells[1] = world.label(id, Language::English).to_uppercase();
    let participant = claim.participants.iter().find(|participant| participant.id == *id);
    let kind = match (id.kind(), participant.and_then(|participant| participant.level.as_deref())) {
        (EntityKind::Org, _) => "IGO",
        (EntityKind::State, Some("head-of-state" | "head-of-government" | "minister" | "deputy-minister")) => "GOV",
        (EntityKind::State, Some("military")) => "MIL",
        (EntityKind::State, Some("parliament")) => "LEG",
        _ => "",
    };
    if id.kind() == EntityKind::State {
        cells[2] = id.to_string();
    }
    cells[0] = format!("{}{kind}", cells[2]);
    cells[7] = kind.to_owned();
    cells
}

/// Type, FullName, CountryCode, ADM1Code, Lat, Long, FeatureID.
fn place(claim: &Claim, world: &World) -> [String; 7] {
    let mut cells: [String; 7] = Default::default();
    let Some(entity) = claim.place.as_ref().and_then(|id| world.entity(id)) else { return cells };
    cells[1] = world.label(&entity.id, Language::English);
    if let Some((lat, lon)) = entity.coordinates {
        cells[4] = lat.to_string();
        cells[5] = lon.to_string();
    }
    cells
}
