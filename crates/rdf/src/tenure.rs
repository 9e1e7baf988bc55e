//! Who holds which office: an `org:Membership` from the reference tables.

use crate::graph::Graph;
use crate::state::{VALID_FROM, VALID_UNTIL};
use crate::vocab;
use chancery_model::hash::content_hash;
use chancery_model::{EventDate, Tenure};

/// Tells a tenure. Its interval is half-open, as everywhere. Where both ends are days they are their own bounds, which are left out;
/// else both ends bring them, so that a query can compare a month with a day.
pub(crate) fn map(graph: &mut Graph<'_>, tenure: &Tenure, level: Option<&str>) {
    let iri = graph.base().tenure(&hash(tenure));
    let (person, actor) = (graph.entity(&tenure.person), graph.entity(&tenure.actor));
    let office = graph.base().office(&tenure.office);
    graph.about(office.clone()).is_a(vocab::OFFICE_CLASS).text(vocab::SKOS_NOTATION, &tenure.office);
    if let Some(level) = level {
        graph.about(office.clone()).text(vocab::LEVEL, level);
    }
    let mut about = graph.about(iri);
    about
        .is_a(vocab::ORG_MEMBERSHIP)
        .link(vocab::ORG_MEMBER, person)
        .link(vocab::ORG_ORGANIZATION, actor)
        .link(vocab::ORG_ROLE, office);
    let is_day = |date: Option<EventDate>| date.is_none_or(|date| date.as_day().is_some());
    if is_day(tenure.from) && is_day(tenure.until) {
        about
            .day(vocab::VALID_FROM, tenure.from.and_then(EventDate::as_day))
            .day(vocab::VALID_UNTIL, tenure.until.and_then(EventDate::as_day));
    } else {
        about
            .date(&VALID_FROM, tenure.from.unwrap_or(EventDate::UNKNOWN))
            .date(&VALID_UNTIL, tenure.until.unwrap_or(EventDate::UNKNOWN));
    }
}

fn hash(tenure: &Tenure) -> String {
    let from = tenure.from.map(|date| date.to_string()).unwrap_or_default();
    content_hash(["tenure", tenure.person.as_str(), &tenure.office, tenure.actor.as_str(), &from])
}
