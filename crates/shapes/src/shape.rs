//! What shapes are, once read: targets, a path, constraints, and what to say when one is broken.

use crate::component::Component;
use crate::path::Path;
use crate::pattern::Pattern;
use crate::report::{Message, Severity};
use oxrdf::{Literal, NamedNode, Term};

/// The number of a shape in its [`crate::Shapes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ShapeId(pub(crate) u32);

/// The number of a term that the shapes name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Constant(pub(crate) u32);

/// A node shape, or, with a path, a property shape.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    /// Its IRI or blank node.
    pub(crate) term: Term,
    /// Its own IRI, or that of the shape around it.
    pub(crate) named: Option<NamedNode>,
    pub(crate) path: Option<Path>,
    pub(crate) targets: Vec<Target>,
    pub(crate) constraints: Vec<Constraint>,
    pub(crate) severity: Severity,
    pub(crate) messages: Vec<Message>,
    pub(crate) deactivated: bool,
    /// Whether it can be asked for on one node more than once, so that the answer is worth keeping.
    pub(crate) is_shared: bool,
}

/// Which nodes a shape is about.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Target {
    Node(Constant),
    Class(Constant),
    SubjectsOf(Constant),
    ObjectsOf(Constant),
}

/// One constraint: a component of SHACL Core with its parameters.
#[derive(Clone, Debug)]
pub(crate) enum Constraint {
    Class(Constant),
    Datatype(NamedNode),
    NodeKind(NodeKinds),
    MinCount(u64),
    MaxCount(u64),
    Range(Bound, Literal),
    MinLength(u64),
    MaxLength(u64),
    Pattern(Pattern),
    /// Language ranges, lower case.
    LanguageIn(Vec<String>),
    UniqueLang,
    Equals(Constant),
    Disjoint(Constant),
    LessThan(Constant),
    LessThanOrEquals(Constant),
    Not(ShapeId),
    And(Vec<ShapeId>),
    Or(Vec<ShapeId>),
    Xone(Vec<ShapeId>),
    Node(ShapeId),
    Property(ShapeId),
    Qualified(Qualified),
    /// The properties that a closed shape allows.
    Closed(Vec<Constant>),
    HasValue(Constant),
    In(Vec<Constant>),
}

/// Which side of a limit values have to be on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bound {
    MinExclusive,
    MinInclusive,
    MaxExclusive,
    MaxInclusive,
}

/// The kinds of node that `sh:nodeKind` allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NodeKinds {
    pub(crate) iri: bool,
    pub(crate) blank: bool,
    pub(crate) literal: bool,
}

/// How many values have a shape and, where the siblings are disjoint, none of theirs.
#[derive(Clone, Debug)]
pub(crate) struct Qualified {
    pub(crate) shape: ShapeId,
    pub(crate) siblings: Vec<ShapeId>,
    pub(crate) min: Option<u64>,
    pub(crate) max: Option<u64>,
}

impl Constraint {
    /// The shapes that it asks for.
    pub(crate) fn inner(&self) -> Vec<ShapeId> {
        match self {
            Self::Not(shape) | Self::Node(shape) | Self::Property(shape) => vec![*shape],
            Self::And(shapes) | Self::Or(shapes) | Self::Xone(shapes) => shapes.clone(),
            Self::Qualified(qualified) => [&[qualified.shape], &qualified.siblings[..]].concat(),
            _ => Vec::new(),
        }
    }
}

impl NodeKinds {
    /// From the local name of a value of `sh:nodeKind`.
    pub(crate) fn from_local(name: &str) -> Option<Self> {
        let (iri, blank, literal) = match name {
            "IRI" => (true, false, false),
            "BlankNode" => (false, true, false),
            "Literal" => (false, false, true),
            "BlankNodeOrIRI" => (true, true, false),
            "BlankNodeOrLiteral" => (false, true, true),
            "IRIOrLiteral" => (true, false, true),
            _ => return None,
        };
        Some(Self { iri, blank, literal })
    }

    /// Whether a node is of one of these kinds.
    pub(crate) fn allow(self, term: &Term) -> bool {
        match term {
            Term::NamedNode(_) => self.iri,
            Term::BlankNode(_) => self.blank,
            Term::Literal(_) => self.literal,
        }
    }
}

impl Bound {
    pub(crate) fn component(self) -> Component {
        match self {
            Self::MinExclusive => Component::MinExclusive,
            Self::MinInclusive => Component::MinInclusive,
            Self::MaxExclusive => Component::MaxExclusive,
            Self::MaxInclusive => Component::MaxInclusive,
        }
    }
}
