//! States, organisations, groups, agreements, outlets, persons and places: class, labels, codes, place on earth.

use crate::graph::Graph;
use crate::provenance::part;
use crate::vocab;
use crate::vocab::Concept;
use chancery_model::{Agreement, Entity, EntityId, EntityKind, World};
use oxrdf::NamedNode;

/// Tells of every entity of the world, and the class of those that are named but stand in no table.
pub(crate) fn map_all(graph: &mut Graph<'_>, world: &World) {
    for entity in world.entities() {
        map(graph, entity);
        if let Some(agreement) = world.agreement(&entity.id) {
            map_agreement(graph, agreement);
        }
    }
    for id in graph.named().clone() {
        map_class(graph, &id);
    }
}

/// Tells the class of those that are named but stand in no table.
pub(crate) fn map_unknown(graph: &mut Graph<'_>, world: &World) {
    for id in graph.named().clone() {
        if world.entity(&id).is_none() {
            map_class(graph, &id);
        }
    }
}

/// Tells all of some entities, and class and names of those that are named beside them.
pub(crate) fn map_some(graph: &mut Graph<'_>, world: &World, whole: &[&EntityId]) {
    for entity in whole.iter().filter_map(|id| world.entity(id)) {
        map(graph, entity);
        if let Some(agreement) = world.agreement(&entity.id) {
            map_agreement(graph, agreement);
        }
    }
    for id in graph.named().clone() {
        map_class(graph, &id);
        if let Some(entity) = world.entity(&id) {
            let iri = graph.base().entity(&id);
            map_names(graph, &iri, entity);
        }
    }
}

fn map(graph: &mut Graph<'_>, entity: &Entity) {
    let iri = graph.entity(&entity.id);
    map_names(graph, &iri, entity);
    map_codes(graph, &iri, entity);
    if let Some((latitude, longitude)) = entity.coordinates {
        map_coordinates(graph, &iri, latitude, longitude);
    }
    if let Some(state) = &entity.state {
        let state = graph.entity(state);
        graph.about(iri.clone()).link(vocab::BELONGS_TO, state);
    }
    if let Some(sovereign) = &entity.sovereign {
        let sovereign = graph.entity(sovereign);
        graph.about(iri).link(vocab::SOVEREIGN, sovereign);
    }
}

/// The class, and `dip:Actor` for those who act. Written out, since walking up the classes is slow in SPARQL.
fn map_class(graph: &mut Graph<'_>, id: &EntityId) {
    let iri = graph.base().entity(id);
    let mut about = graph.about(iri);
    about.is_a(vocab::entity_class(id.kind()));
    if id.is_actor() {
        about.is_a(vocab::ACTOR);
    }
}

fn map_names(graph: &mut Graph<'_>, iri: &NamedNode, entity: &Entity) {
    let mut about = graph.about(iri.clone());
    for (language, label) in &entity.labels {
        about.tagged(vocab::SKOS_PREF_LABEL, label, *language);
    }
    for (language, name) in &entity.alternative {
        // SKOS: no string is both the preferred and an alternative label.
        if entity.labels.get(language) != Some(name) {
            about.tagged(vocab::SKOS_ALT_LABEL, name, *language);
        }
    }
}

fn map_codes(graph: &mut Graph<'_>, iri: &NamedNode, entity: &Entity) {
    let mut about = graph.about(iri.clone());
    about.text(vocab::SKOS_NOTATION, entity.id.as_str());
    if entity.id.kind() == EntityKind::State {
        about.text(vocab::ALPHA3, entity.id.as_str());
    }
    let codes = [
        (vocab::ALPHA2, &entity.alpha2),
        (vocab::NUMERIC, &entity.numeric),
        (vocab::COW, &entity.cow),
        (vocab::GW, &entity.gw),
        (vocab::REGION, &entity.region),
        (vocab::SUBREGION, &entity.subregion),
        (vocab::STATEHOOD, &entity.statehood),
    ];
    for (property, code) in codes {
        if let Some(code) = code {
            about.text(property, code);
        }
    }
    if let Some(item) = entity.wikidata.as_deref().and_then(wikidata) {
        about.link(vocab::SCHEMA_SAME_AS, item);
    }
}

/// `Q232` as an IRI; nothing for what is no item.
fn wikidata(item: &str) -> Option<NamedNode> {
    let digits = item.strip_prefix('Q')?;
    let valid = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    valid.then(|| NamedNode::new_unchecked(format!("{}{item}", vocab::WIKIDATA)))
}

/// As decimals, and as a GeoSPARQL point, which writes the longitude first.
fn map_coordinates(graph: &mut Graph<'_>, iri: &NamedNode, latitude: f64, longitude: f64) {
    let point = part(iri, "point");
    graph
        .about(iri.clone())
        .decimal(vocab::SCHEMA_LATITUDE, latitude)
        .decimal(vocab::SCHEMA_LONGITUDE, longitude)
        .link(vocab::GEO_HAS_GEOMETRY, point.clone());
    let wkt = format!("POINT({longitude} {latitude})");
    graph.about(point).is_a(vocab::GEO_GEOMETRY).typed(vocab::GEO_AS_WKT, wkt, vocab::GEO_WKT_LITERAL);
}

fn map_agreement(graph: &mut Graph<'_>, agreement: &Agreement) {
    let iri = graph.base().entity(&agreement.id);
    let mut about = graph.about(iri);
    about.text(vocab::BINDS_BY, &agreement.binds).links(vocab::TOPIC, agreement.topic.map(Concept::concept));
    if let Some(concluded) = &agreement.concluded {
        about.text(vocab::CONCLUDED, concluded);
    }
}
