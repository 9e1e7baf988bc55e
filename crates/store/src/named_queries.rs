//! Named queries: SPARQL in files of its own, terms in, typed rows out. Nothing is pasted into a query text.

use crate::deadline::Deadline;
use crate::sparql::parser;
use crate::store::Inner;
use crate::{Store, StoreError};
use chancery_model::{ClaimId, EntityId, StateId, StateKind, StateStatus, Status};
use chancery_rdf::vocab::word_of;
use chancery_rdf::{IriBase, Resource};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, NamedNode, Term, Variable};
use oxigraph::sparql::{QueryResults, QuerySolution};
use spargebra::Query;
use std::time::Duration;

const RELATIONS_OF: &str = include_str!("queries/relations-of.rq");
const CLAIMS_BEHIND: &str = include_str!("queries/claims-behind.rq");
const LIMIT: Duration = Duration::from_secs(30);

/// A relation of one actor with one other member.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Relation {
    /// The relation.
    pub state: StateId,
    /// What kind.
    pub kind: StateKind,
    /// Whether it holds.
    pub status: StateStatus,
    /// One of the others in it; none where the actor is alone with an agreement.
    pub other: Option<EntityId>,
    /// The agreement.
    pub agreement: Option<EntityId>,
    /// When the status began: a day, a month or a year.
    pub status_since: Option<String>,
    /// The day of the newest document that supports it.
    pub last_supported: Option<String>,
}

/// A claim about a relation in the words of a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quotation {
    /// The claim.
    pub claim: ClaimId,
    /// Whether it speaks against the relation.
    pub denies: bool,
    /// How real it tells the event.
    pub status: Status,
    /// The words.
    pub quote: String,
    /// The key of the document.
    pub document: String,
    /// The day of publication.
    pub published: Option<String>,
    /// Who published it, as written.
    pub publisher: Option<String>,
}

impl Store {
    /// The relations of an actor, by relation and other member (`queries/relations-of.rq`).
    ///
    /// # Errors
    /// Where the graph cannot be read in time.
    pub fn relations_of(&self, actor: &EntityId) -> Result<Vec<Relation>, StoreError> {
        let actor = IriBase::default().entity(actor);
        self.named_query(RELATIONS_OF, "actor", actor, |row| {
            Some(Relation {
                state: match row.resource("relation")? {
                    Resource::Relation(id) => id,
                    _ => return None,
                },
                kind: word_of(StateKind::ALL.iter().copied(), row.iri("kind")?.as_ref())?,
                status: word_of(StateStatus::ALL.iter().copied(), row.iri("status")?.as_ref())?,
                other: row.entity("other"),
                agreement: row.entity("agreement"),
                status_since: row.text("statusSince"),
                last_supported: row.text("lastSupported"),
            })
        })
    }

    /// The claims behind a relation with their words, by claim (`queries/claims-behind.rq`).
    ///
    /// # Errors
    /// Where the graph cannot be read in time.
    pub fn claims_behind(&self, state: &StateId) -> Result<Vec<Quotation>, StoreError> {
        let relation = IriBase::default().relation(state);
        self.named_query(CLAIMS_BEHIND, "relation", relation, |row| {
            Some(Quotation {
                claim: match row.resource("claim")? {
                    Resource::Claim(id) => id,
                    _ => return None,
                },
                denies: row.is_true("denies"),
                status: word_of(Status::ALL.iter().copied(), row.iri("status")?.as_ref())?,
                quote: row.text("quote")?,
                document: row.text("document")?,
                published: row.text("published"),
                publisher: row.text("publisher"),
            })
        })
    }

    fn named_query<T: Send + 'static>(
        &self,
        text: &'static str,
        variable: &'static str,
        value: NamedNode,
        read: impl Fn(&Row) -> Option<T> + Send + 'static,
    ) -> Result<Vec<T>, StoreError> {
        let inner = self.inner().clone();
        self.inner().slots.run(LIMIT.into(), move |deadline| {
            let query = parser(None)?.parse_query(text).map_err(|error| StoreError::Evaluation(error.to_string()))?;
            let given = (Variable::new_unchecked(variable), value.into());
            rows(&inner, query, given, deadline)?.iter().map(|row| read(row).ok_or_else(unexpected)).collect()
        })
    }
}

fn unexpected() -> StoreError {
    StoreError::Evaluation("a named query gave a row of another form than the graph is written in".to_owned())
}

fn rows(inner: &Inner, query: Query, given: (Variable, Term), deadline: &Deadline) -> Result<Vec<Row>, StoreError> {
    let results = inner.evaluate(query, Some(given), None, deadline)?;
    let QueryResults::Solutions(solutions) = results else { return Err(unexpected()) };
    solutions.map(|row| row.map(Row).map_err(|error| StoreError::Evaluation(error.to_string()))).collect()
}

struct Row(QuerySolution);

impl Row {
    fn iri(&self, variable: &str) -> Option<&NamedNode> {
        match self.0.get(variable)? {
            Term::NamedNode(node) => Some(node),
            _ => None,
        }
    }

    fn resource(&self, variable: &str) -> Option<Resource> {
        IriBase::default().parse(self.iri(variable)?.as_ref())
    }

    fn entity(&self, variable: &str) -> Option<EntityId> {
        IriBase::default().parse_entity(self.iri(variable)?.as_ref())
    }

    fn literal(&self, variable: &str) -> Option<&Literal> {
        match self.0.get(variable)? {
            Term::Literal(literal) => Some(literal),
            _ => None,
        }
    }

    fn text(&self, variable: &str) -> Option<String> {
        self.literal(variable).map(|literal| literal.value().to_owned())
    }

    fn is_true(&self, variable: &str) -> bool {
        self.literal(variable).is_some_and(|literal| literal.datatype() == xsd::BOOLEAN && literal.value() == "true")
    }
}
