//! Shapes that were read and found well formed, and the three ways to validate with them.

use crate::graph::Graph;
use crate::path::Path;
use crate::report::{Report, ResultPath};
use crate::shape::{Constant, Shape, ShapeId};
use crate::validator::Validator;
use crate::{GraphFormat, ShapesError, graph, read};
use oxrdf::{Term, Triple};
use std::sync::LazyLock;

/// A well-formed shapes graph.
#[derive(Clone, Debug)]
pub struct Shapes {
    pub(crate) shapes: Vec<Shape>,
    /// Terms that the shapes name.
    pub(crate) constants: Vec<Term>,
    /// `rdf:type` and `rdfs:subClassOf`.
    pub(crate) type_of: Constant,
    pub(crate) sub_class_of: Constant,
}

/// How much one validation may do. Shapes and data from outside can be made to ask for much more than their size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Nodes and values that may be looked at.
    pub steps: u64,
    /// Results that may be given.
    pub results: usize,
}

impl Default for Limits {
    /// Hundreds of times what our whole graph needs.
    fn default() -> Self {
        Self { steps: 2_000_000_000, results: 100_000 }
    }
}

static OURS: LazyLock<Shapes> = LazyLock::new(|| {
    Shapes::parse(chancery_rdf::ontology::SHAPES.as_bytes()).expect("the tests read the embedded shapes")
});

impl Shapes {
    /// The shapes of `ontology/shapes.ttl`, which every graph of ours has to keep.
    pub fn ours() -> &'static Self {
        &OURS
    }

    /// Reads a shapes graph in Turtle.
    ///
    /// # Errors
    /// [`ShapesError::Syntax`] where it is not Turtle, [`ShapesError::IllFormed`] with every shape that breaks a
    /// syntax rule of SHACL, refers to itself, or needs more than SHACL Core.
    pub fn parse(turtle: &[u8]) -> Result<Self, ShapesError> {
        Self::parse_as(turtle, GraphFormat::Turtle)
    }

    /// Reads a shapes graph in another format.
    ///
    /// # Errors
    /// As [`Shapes::parse`].
    pub fn parse_as(bytes: &[u8], format: GraphFormat) -> Result<Self, ShapesError> {
        Self::from_triples(graph::read(bytes, format)?)
    }

    /// Takes a shapes graph that was read elsewhere.
    ///
    /// # Errors
    /// [`ShapesError::IllFormed`], as [`Shapes::parse`].
    pub fn from_triples(triples: impl IntoIterator<Item = Triple>) -> Result<Self, ShapesError> {
        read::shapes(&triples.into_iter().collect()).map_err(ShapesError::IllFormed)
    }

    /// Validates every target of every shape.
    pub fn validate(&self, graph: &Graph) -> Report {
        self.validate_within(graph, Limits::default())
    }

    /// Validates every target of every shape, and gives up where a limit is reached.
    pub fn validate_within(&self, graph: &Graph, limits: Limits) -> Report {
        let mut validator = Validator::new(self, graph, limits);
        validator.validate_targets();
        validator.into_report()
    }

    /// Validates these nodes only, each against the shapes that have it as a target.
    ///
    /// The report holds what [`Shapes::validate`] would say of them. [`Graph::touched_by`] tells which nodes a change
    /// can break.
    pub fn validate_nodes(&self, graph: &Graph, nodes: impl IntoIterator<Item = impl Into<Term>>) -> Report {
        let mut validator = Validator::new(self, graph, Limits::default());
        validator.validate_nodes(nodes.into_iter().map(Into::into));
        validator.into_report()
    }

    /// How many shapes there are, those inside others included.
    pub fn len(&self) -> usize {
        self.shapes.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.shapes.is_empty()
    }

    pub(crate) fn shape(&self, id: ShapeId) -> &Shape {
        &self.shapes[id.0 as usize]
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = ShapeId> + use<> {
        (0..self.shapes.len() as u32).map(ShapeId)
    }
}

/// A path with the terms that its numbers stand for.
pub(crate) fn result_path(path: &Path, term: impl Fn(Constant) -> Term + Copy) -> ResultPath {
    let inner = |path: &Path| Box::new(result_path(path, term));
    let all = |paths: &[Path]| paths.iter().map(|path| result_path(path, term)).collect();
    match path {
        Path::Property(property) => match term(*property) {
            Term::NamedNode(property) => ResultPath::Property(property),
            other => unreachable!("the reader takes only IRIs as properties, not {other}"),
        },
        Path::Inverse(path) => ResultPath::Inverse(inner(path)),
        Path::Sequence(parts) => ResultPath::Sequence(all(parts)),
        Path::Alternative(paths) => ResultPath::Alternative(all(paths)),
        Path::ZeroOrMore(path) => ResultPath::ZeroOrMore(inner(path)),
        Path::OneOrMore(path) => ResultPath::OneOrMore(inner(path)),
        Path::ZeroOrOne(path) => ResultPath::ZeroOrOne(inner(path)),
    }
}
