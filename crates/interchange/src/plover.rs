//! Events with the keys of NGEC, which codes PLOVER (Halterman and others 2023): one JSON object a claim, all parties in it.
//!
//! The parties of a symmetric type are all actors and nobody is the recipient. `chancery` holds what NGEC has no key for.

use crate::coding::Coding;
use chancery_model::claim::Topic;
use chancery_model::{Claim, Document, EntityId, EntityKind, Field, Language, World};
use serde_json::{Value, json};

pub(crate) fn event(document: &Document, claim: &Claim, coding: &Coding, world: &World) -> Value {
    let published = document.published.map(|day| day.to_string());
    let parties = |ids: &[EntityId]| ids.iter().map(|id| party(claim, id, world)).collect::<Vec<_>>();
    let attributed_to: Vec<&EntityId> = claim.attribution.iter().filter_map(|step| step.agent.as_ref()).collect();
    json!({
        "id": format!("{}_{}", claim.id, coding.plover),
        "story_id": document.id,
        "version": format!("chancery-{}", env!("CARGO_PKG_VERSION")),
        "pub_date": published,
        "publisher": document.publisher,
        "headline": document.title,
        "event_text": claim.evidence.quote,
        "event_type": coding.plover,
        "event_mode": coding.mode.into_iter().collect::<Vec<_>>(),
        "contexts": claim.topic.and_then(context).into_iter().collect::<Vec<_>>(),
        // NGEC takes the day of publication where the text tells none; here it is null then.
        "date_resolved": claim.date.iso(),
        "attributes": {
            "ACTOR": parties(&claim.source),
            "RECIP": parties(&claim.target),
            "LOC": claim.place.iter().map(|id| json!({ "text": world.label(id, Language::English) })).collect::<Vec<_>>(),
        },
        "event_geolocation": geolocation(claim, world),
        "chancery": {
            "type": claim.event_type,
            "subtype": claim.subtype,
            "status": claim.status,
            "attributed_to": attributed_to,
            "cameo": coding.cameo,
            "goldstein": coding.goldstein,
            "confidence": claim.confidence,
        },
    })
}

fn party(claim: &Claim, id: &EntityId, world: &World) -> Value {
    let participant = claim.participants.iter().find(|participant| participant.id == *id);
    let country = match id.kind() {
        EntityKind::State => id.as_str(),
        // The word of NGEC for all intergovernmental organisations.
        EntityKind::Org => "IGO",
        _ => "",
    };
    let mut party = json!({
        "text": participant.map(|participant| participant.surface.as_str()).unwrap_or_default(),
        "country": country,
        "country_name": match id.kind() {
            EntityKind::State => world.label(id, Language::English),
            EntityKind::Org => "Intergovernmental Organization".to_owned(),
            _ => String::new(),
        },
        "code_1": participant.and_then(|participant| agent_code(participant.level.as_deref()?)).unwrap_or_default(),
        "code_2": "",
        "id": id,
    });
    // NGEC counts in the text of the story; a headline is not in it.
    let span = participant.and_then(|participant| participant.span).filter(|_| claim.evidence.field == Field::Text);
    if let Some(span) = span {
        party["qa_start_char"] = span.start.into();
        party["qa_end_char"] = span.end.into();
    }
    party
}

/// Only codes that the office tells beyond doubt.
fn agent_code(level: &str) -> Option<&'static str> {
    match level {
        "head-of-state" | "head-of-government" | "minister" | "deputy-minister" => Some("GOV"),
        "military" => Some("MIL"),
        "parliament" => Some("LEG"),
        _ => None,
    }
}

/// Contexts that a topic is without doubt.
fn context(topic: Topic) -> Option<&'static str> {
    match topic {
        Topic::Trade | Topic::Finance => Some("economic"),
        Topic::Defence => Some("military"),
        Topic::Humanitarian => Some("humanitarian"),
        _ => None,
    }
}

fn geolocation(claim: &Claim, world: &World) -> Value {
    let entity = claim.place.as_ref().and_then(|id| world.entity(id));
    let Some(entity) = entity else { return json!({ "reason": "the text tells no place", "geo": null }) };
    let (lat, lon) = entity.coordinates.unzip();
    let country = if entity.id.kind() == EntityKind::State { Some(&entity.id) } else { entity.state.as_ref() };
    json!({
        "reason": "a place of the gazetteer",
        "geo": {
            "resolved_placename": world.label(&entity.id, Language::English),
            "country_code3": country,
            "lat": lat,
            "lon": lon,
        },
    })
}
