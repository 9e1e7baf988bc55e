//! From triples back to claims: the inverse of [`crate::claim`].
//!
//! It needs the triples of each claim with its evidence, attribution and participants, in any order; other
//! triples do not disturb it.

use crate::error::ReadError;
use crate::iri::{IriBase, Resource};
use crate::provenance::part;
use crate::vocab;
use crate::vocab::{Concept, word_of};
use chancery_model::{
    AttributionStep, Claim, ClaimId, CodePointSpan, EntityId, EventDate, EventType, Evidence, Field, Participant, Role,
    SourceKind, Span, Status, Topic,
};
use jiff::civil::Date;
use oxrdf::vocab::rdf;
use oxrdf::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};
use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

/// The ids of all claims that the triples tell of.
pub fn read_claim_ids<'a>(triples: impl IntoIterator<Item = &'a Triple>, base: &IriBase) -> BTreeSet<ClaimId> {
    triples.into_iter().filter_map(|triple| claim_id(triple, base)).collect()
}

fn claim_id(triple: &Triple, base: &IriBase) -> Option<ClaimId> {
    let NamedOrBlankNode::NamedNode(subject) = &triple.subject else { return None };
    let says_so = triple.predicate == rdf::TYPE && triple.object == Term::from(vocab::CLAIM);
    match base.parse(subject.as_ref()) {
        Some(Resource::Claim(id)) if says_so => Some(id),
        _ => None,
    }
}

/// All claims that the triples tell of, by id.
///
/// # Errors
/// The first claim that is not whole.
pub fn read_claims(triples: &[Triple], base: &IriBase) -> Result<Vec<Claim>, ReadError> {
    let graph = Index::new(triples, base);
    read_claim_ids(triples, base).into_iter().map(|id| claim(&graph, id)).collect()
}

/// Triples by subject.
struct Index<'a> {
    base: &'a IriBase,
    by_subject: BTreeMap<&'a str, Vec<&'a Triple>>,
}

impl<'a> Index<'a> {
    fn new(triples: &'a [Triple], base: &'a IriBase) -> Self {
        let mut by_subject: BTreeMap<&str, Vec<&Triple>> = BTreeMap::new();
        for triple in triples {
            if let NamedOrBlankNode::NamedNode(subject) = &triple.subject {
                by_subject.entry(subject.as_str()).or_default().push(triple);
            }
        }
        Self { base, by_subject }
    }

    fn node(&self, iri: NamedNode) -> Node<'_> {
        Node { graph: self, iri }
    }
}

/// One resource and what is said about it.
struct Node<'g> {
    graph: &'g Index<'g>,
    iri: NamedNode,
}

impl<'g> Node<'g> {
    fn values(&self, property: NamedNodeRef<'_>) -> impl Iterator<Item = &'g Term> {
        let triples = self.graph.by_subject.get(self.iri.as_str());
        triples.into_iter().flatten().filter(move |triple| triple.predicate == property).map(|triple| &triple.object)
    }

    /// The values, each read by `read`.
    fn all<T>(
        &self,
        property: NamedNodeRef<'_>,
        expected: &'static str,
        read: impl Fn(&'g Term) -> Option<T>,
    ) -> Result<Vec<T>, ReadError> {
        let unexpected = |value: &Term| ReadError::Unexpected {
            subject: self.iri.to_string(),
            property: property.to_string(),
            value: value.to_string(),
            expected,
        };
        self.values(property).map(|value| read(value).ok_or_else(|| unexpected(value))).collect()
    }

    fn optional<T>(
        &self,
        property: NamedNodeRef<'_>,
        expected: &'static str,
        read: impl Fn(&'g Term) -> Option<T>,
    ) -> Result<Option<T>, ReadError> {
        Ok(self.all(property, expected, read)?.into_iter().next())
    }

    fn one<T>(
        &self,
        property: NamedNodeRef<'_>,
        expected: &'static str,
        read: impl Fn(&'g Term) -> Option<T>,
    ) -> Result<T, ReadError> {
        let missing = || ReadError::Missing { subject: self.iri.to_string(), property: property.to_string() };
        self.optional(property, expected, read)?.ok_or_else(missing)
    }

    fn text(&self, property: NamedNodeRef<'_>) -> Result<String, ReadError> {
        self.one(property, "text", text)
    }

    fn optional_text(&self, property: NamedNodeRef<'_>) -> Result<Option<String>, ReadError> {
        self.optional(property, "text", text)
    }

    fn number<T: FromStr>(&self, property: NamedNodeRef<'_>) -> Result<T, ReadError> {
        self.one(property, "number", number)
    }

    fn word<T: Concept>(&self, property: NamedNodeRef<'_>, words: &[T]) -> Result<T, ReadError> {
        self.one(property, "word of the list", |term| word_of(words.iter().copied(), node(term)?))
    }

    /// Entities, sorted by id.
    fn entities(&self, property: NamedNodeRef<'_>) -> Result<Vec<EntityId>, ReadError> {
        let mut ids = self.all(property, "entity", |term| self.graph.base.parse_entity(node(term)?))?;
        ids.sort();
        Ok(ids)
    }

    fn entity(&self, property: NamedNodeRef<'_>) -> Result<Option<EntityId>, ReadError> {
        Ok(self.entities(property)?.into_iter().next())
    }

    /// Parts in the order of their `dip:step`.
    fn parts<T>(
        &self,
        property: NamedNodeRef<'_>,
        read: impl Fn(&Node<'_>) -> Result<T, ReadError>,
    ) -> Result<Vec<T>, ReadError> {
        let mut parts = BTreeMap::new();
        for iri in self.all(property, "IRI", node)? {
            let part = self.graph.node(iri.into_owned());
            parts.insert(part.number::<usize>(vocab::STEP)?, read(&part)?);
        }
        Ok(parts.into_values().collect())
    }
}

fn node(term: &Term) -> Option<NamedNodeRef<'_>> {
    match term {
        Term::NamedNode(node) => Some(node.as_ref()),
        _ => None,
    }
}

fn text(term: &Term) -> Option<String> {
    match term {
        Term::Literal(literal) => Some(literal.value().to_owned()),
        _ => None,
    }
}

fn number<T: FromStr>(term: &Term) -> Option<T> {
    match term {
        Term::Literal(literal) => literal.value().parse().ok(),
        _ => None,
    }
}

fn claim(graph: &Index<'_>, id: ClaimId) -> Result<Claim, ReadError> {
    let node = graph.node(graph.base.claim(&id));
    let types: Vec<EventType> = EventType::all().collect();
    Ok(Claim {
        event_type: node.word(vocab::EVENT_TYPE, &types)?,
        subtype: node.optional_text(vocab::SUBTYPE)?,
        source: node.entities(vocab::SOURCE)?,
        target: node.entities(vocab::TARGET)?,
        agreement: node.entity(vocab::AGREEMENT)?,
        status: node.word(vocab::STATUS, Status::ALL)?,
        attribution: node.parts(vocab::ATTRIBUTION, attribution)?,
        date: date(&node)?,
        place: node.entity(vocab::PLACE)?,
        topic: topic(&node)?,
        evidence: evidence(&graph.node(graph.base.evidence(&id)))?,
        participants: node.parts(vocab::PARTICIPANT, participant)?,
        rule: node.text(vocab::RULE)?,
        confidence: node.number(vocab::CONFIDENCE)?,
        id,
    })
}

fn topic(claim: &Node<'_>) -> Result<Option<Topic>, ReadError> {
    claim.optional(vocab::TOPIC, "topic", |term| word_of(Topic::ALL.iter().copied(), node(term)?))
}

fn date(claim: &Node<'_>) -> Result<EventDate, ReadError> {
    let day = |property| claim.optional(property, "day", number::<Date>);
    match claim.optional(vocab::DATE, "date", |term| EventDate::parse(&text(term)?))? {
        Some(date) => Ok(date),
        None => Ok(EventDate::bounds(day(vocab::DATE_NOT_BEFORE)?, day(vocab::DATE_NOT_AFTER)?)),
    }
}

fn evidence(node: &Node<'_>) -> Result<Evidence, ReadError> {
    let position = node.graph.node(part(&node.iri, "position"));
    let quote = node.graph.node(part(&node.iri, "quote"));
    Ok(Evidence {
        field: node.one(vocab::FIELD, "field (title or text)", field)?,
        span: span(node.number(vocab::BYTE_START)?, node.number(vocab::BYTE_END)?),
        code_points: CodePointSpan { start: position.number(vocab::OA_START)?, end: position.number(vocab::OA_END)? },
        quote: quote.text(vocab::OA_EXACT)?,
        sentence: span(node.number(vocab::SENTENCE_BYTE_START)?, node.number(vocab::SENTENCE_BYTE_END)?),
    })
}

/// Without the check of [`Span::new`], since the numbers come from outside.
fn span(start: usize, end: usize) -> Span {
    Span { start, end }
}

fn field(term: &Term) -> Option<Field> {
    match text(term)?.as_str() {
        "title" => Some(Field::Title),
        "text" => Some(Field::Text),
        _ => None,
    }
}

fn attribution(node: &Node<'_>) -> Result<AttributionStep, ReadError> {
    Ok(AttributionStep {
        agent: node.entity(vocab::AGENT)?,
        kind: node.word(vocab::VOICE_KIND, SourceKind::ALL)?,
        surface: node.text(vocab::SURFACE)?,
    })
}

fn participant(node: &Node<'_>) -> Result<Participant, ReadError> {
    let id = node.entity(vocab::PARTICIPATING_ACTOR)?;
    let missing =
        || ReadError::Missing { subject: node.iri.to_string(), property: vocab::PARTICIPATING_ACTOR.to_string() };
    let bound = |property| node.optional(property, "number", number::<usize>);
    let span = bound(vocab::OA_START)?.zip(bound(vocab::OA_END)?);
    Ok(Participant {
        id: id.ok_or_else(missing)?,
        role: node.word(vocab::ROLE, Role::ALL)?,
        surface: node.text(vocab::SURFACE)?,
        span: span.map(|(start, end)| CodePointSpan { start, end }),
        person: node.entity(vocab::ACTING_PERSON)?,
        office: office(node)?,
        level: node.optional_text(vocab::LEVEL)?,
    })
}

fn office(participant: &Node<'_>) -> Result<Option<String>, ReadError> {
    let base = participant.graph.base;
    participant.optional(vocab::OFFICE, "office", |term| match base.parse(node(term)?)? {
        Resource::Office(office) => Some(office),
        _ => None,
    })
}
