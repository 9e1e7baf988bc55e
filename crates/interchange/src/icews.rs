//! Rows with the 20 columns of the ICEWS event data (Boschee and others 2015).

use crate::coding::{Coding, Pair};
use crate::decimal;
use chancery_model::{Claim, Document, EntityId, EntityKind, Language, World};

/// The columns, in order.
pub(crate) const COLUMNS: [&str; 20] = [
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
];

pub(crate) fn row(document: &Document, claim: &Claim, coding: &Coding, pair: &Pair<'_>, world: &World) -> [String; 20] {
    let side = |id: Option<&EntityId>| id.map_or_else(Default::default, |id| actor(claim, id, world));
    let ([source, source_sectors, source_country], [target, target_sectors, target_country]) =
        (side(Some(pair.source)), side(pair.target));
    let [city, country, latitude, longitude] = place(claim, world);
    [
        pair.id(claim).to_string(),
        claim.date.as_day().map(|day| day.to_string()).unwrap_or_default(),
        source,
        source_sectors,
        source_country,
        coding.name.to_owned(),
        coding.cameo.to_owned(),
        decimal(coding.goldstein),
        target,
        target_sectors,
        target_country,
        document.id.clone(),
        // The number of the sentence in the story is not kept in a claim.
        String::new(),
        document.publisher.clone().unwrap_or_default(),
        city,
        String::new(),
        String::new(),
        country,
        latitude,
        longitude,
    ]
}

/// Name, sectors and country of an actor. A named person is the actor; else the state or body.
fn actor(claim: &Claim, id: &EntityId, world: &World) -> [String; 3] {
    let participant = claim.participants.iter().find(|participant| participant.id == *id);
    let named = participant.and_then(|participant| participant.person.as_ref()).unwrap_or(id);
    let level = participant.and_then(|participant| participant.level.as_deref());
    let country = if id.kind() == EntityKind::State { world.label(id, Language::English) } else { String::new() };
    [world.label(named, Language::English), sectors(level).to_owned(), country]
}

/// Only sectors that the office tells beyond doubt.
fn sectors(level: Option<&str>) -> &'static str {
    match level {
        Some("head-of-state" | "head-of-government" | "minister" | "deputy" | "deputy-minister") => "Government",
        Some("military") => "Military",
        _ => "",
    }
}

fn place(claim: &Claim, world: &World) -> [String; 4] {
    let Some(entity) = claim.place.as_ref().and_then(|id| world.entity(id)) else { return Default::default() };
    let label = |id: &EntityId| world.label(id, Language::English);
    let city = if entity.id.kind() == EntityKind::Place { label(&entity.id) } else { String::new() };
    let country = if entity.id.kind() == EntityKind::State { Some(&entity.id) } else { entity.state.as_ref() };
    let degrees = |pick: fn((f64, f64)) -> f64| entity.coordinates.map(|at| pick(at).to_string()).unwrap_or_default();
    [city, country.map(label).unwrap_or_default(), degrees(|(lat, _)| lat), degrees(|(_, lon)| lon)]
}
