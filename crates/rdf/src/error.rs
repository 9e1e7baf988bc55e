//! What can go wrong between the model and RDF.

/// A base that cannot stand in front of our IRIs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} cannot be the base of IRIs: expected an absolute IRI without a query that ends with '/' or '#'")]
pub struct InvalidBase(pub String);

/// A name of no graph format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown graph format {0:?}: expected one of turtle, ntriples, nquads, trig, rdfxml, jsonld")]
pub struct UnknownFormat(pub String);

/// Triples that do not make the thing they should.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// A property is missing.
    #[error("{subject} has no {property}")]
    Missing {
        /// The resource.
        subject: String,
        /// The property it needs.
        property: String,
    },
    /// A value is not of the kind that the property has.
    #[error("{property} of {subject} is {value}, which is no {expected}")]
    Unexpected {
        /// The resource.
        subject: String,
        /// The property.
        property: String,
        /// The value found.
        value: String,
        /// What would be understood.
        expected: &'static str,
    },
}

/// A row of a table of labels that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("ontology/event-type-labels.tsv: {0}")]
pub struct InvalidLabels(pub String);
