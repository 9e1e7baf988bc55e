//! Who holds which office: an `org:Membership` from the reference tables.

use crate::graph::Graph;
use crate::vocab;
use chancery_model::Tenure;
use chancery_model::hash::content_hash;

/// Tells a tenure. Its interval is half-open, as everywhere.
pub(crate) fn map(graph: &mut Graph<'_>, tenure: &Tenure) {
    let iri = graph.base().tenure(&hash(tenure));
    let (person, actor) = (graph.entity(&tenure.person), graph.entity(&tenure.actor));
    let office = graph.base().office(&tenure.office);
    graph.about(office.clone()).is_a(vocab::OFFICE_CLASS).text(vocab::SKOS_NOTATION, &tenure.office);
    graph
        .about(iri)
        .is_a(vocab::ORG_MEMBERSHIP)
        .link(vocab::ORG_MEMBER, person)
        .link(vocab::ORG_ORGANIZATION, actor)
        .link(vocab::ORG_ROLE, office)
        .day(vocab::VALID_FROM, tenure.from)
        .day(vocab::VALID_UNTIL, tenure.until);
}

fn hash(tenure: &Tenure) -> String {
    let from = tenure.from.map(|day| day.to_string()).unwrap_or_default();
    content_hash(["tenure", tenure.person.as_str(), &tenure.office, tenure.actor.as_str(), &from])
}
