//! Answers of named queries: as values of the model where the program itself asks, as a table of compact words where people do.

use super::NamedQuery;
use crate::sparql::QueryOptions;
use crate::{PreparedQuery, Store, StoreError};
use chancery_model::{ClaimId, EntityId, StateId, StateKind, StateStatus, Status};
use chancery_rdf::ontology::notation_of;
use chancery_rdf::vocab::{DIP, word_of};
use chancery_rdf::{IriBase, Resource};
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, NamedNode, Term};
use oxigraph::sparql::QuerySolution;

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

/// An answer in compact words: `KAZ`, `org:nato`, `event:…`, `in-force`, `2025-11-07`; nothing for what is not bound.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows, in the order of the query.
    pub rows: Vec<Vec<Option<String>>>,
}

impl Store {
    /// The relations of an actor, by relation and other member (`queries/relations-of.rq`).
    ///
    /// # Errors
    /// Where the graph cannot be read in time.
    pub fn relations_of(&self, actor: &EntityId) -> Result<Vec<Relation>, StoreError> {
        let arguments = [("actor", actor.to_string()), ("limit", "all".to_owned())];
        self.typed("relations-of", arguments, |row| {
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
        self.typed("claims-behind", [("relation", state.to_string())], |row| {
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

    fn typed<T: Send + 'static>(
        &self,
        name: &str,
        arguments: impl IntoIterator<Item = (&'static str, String)>,
        read: impl Fn(&Row<'_>) -> Option<T> + Send + 'static,
    ) -> Result<Vec<T>, StoreError> {
        let unexpected = || {
            let message = "a named query gave a row of another form than the graph is written in";
            StoreError::Evaluation(message.to_owned())
        };
        let arguments = arguments.into_iter().map(|(name, word)| (name.to_owned(), word)).collect();
        let prepared = self.prepare_named(NamedQuery::named(name)?, &arguments)?;
        let (_, rows) =
            prepared.read_rows(&QueryOptions::default(), move |_, row| read(&Row(row)).ok_or_else(unexpected))?;
        Ok(rows)
    }
}

impl PreparedQuery {
    /// The answer of a SELECT in compact words.
    ///
    /// # Errors
    /// As for [`PreparedQuery::run`]; and where the query is no SELECT.
    pub fn table(self, options: &QueryOptions) -> Result<Table, StoreError> {
        let (columns, rows) = self.read_rows(options, |columns, row| {
            Ok(columns.iter().map(|column| row.get(column).map(compact)).collect())
        })?;
        let columns = columns.iter().map(|column| column.as_str().to_owned()).collect();
        Ok(Table { columns, rows })
    }
}

/// A term as people write it.
fn compact(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => compact_iri(node),
        Term::Literal(literal) => literal.value().to_owned(),
        other => other.to_string(),
    }
}

fn compact_iri(node: &NamedNode) -> String {
    let base = IriBase::default();
    if let Some(entity) = base.parse_entity(node.as_ref()) {
        return entity.to_string();
    }
    if let Some(word) = notation_of(node.as_ref()) {
        return word.to_owned();
    }
    match (node.as_str().strip_prefix(base.as_str()), node.as_str().strip_prefix(DIP)) {
        (Some(path), _) => path.replacen('/', ":", 1),
        (_, Some(local)) => local.to_owned(),
        _ => node.as_str().to_owned(),
    }
}

struct Row<'a>(&'a QuerySolution);

impl Row<'_> {
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
