//! What can go wrong before validation: text that is not RDF, shapes that are not well formed.

use oxrdfio::RdfParseError;
use std::fmt;

/// Shapes or data that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ShapesError {
    /// The text is not well formed; the source says line and column.
    #[error("cannot read the graph: {0}")]
    Syntax(#[from] RdfParseError),
    /// There are more triples than may be read.
    #[error("more than {limit} triples; send the graph in parts")]
    TooManyTriples {
        /// The limit.
        limit: usize,
    },
    /// Some shapes break a syntax rule of SHACL, or need more than SHACL Core.
    #[error("{}", listed(.0))]
    IllFormed(Vec<IllFormedShape>),
}

/// A shape that breaks a syntax rule of SHACL.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("shape {shape}: {reason}")]
pub struct IllFormedShape {
    /// The IRI of the shape; for one without, the IRI of the nearest shape around it and what leads there.
    pub shape: String,
    /// What is wrong.
    pub reason: String,
}

fn listed(shapes: &[IllFormedShape]) -> impl fmt::Display {
    shapes.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}
