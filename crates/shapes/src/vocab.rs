//! Terms of SHACL, and the few of RDF and RDFS that it speaks of.

use oxrdf::{NamedNode, NamedNodeRef};

/// The namespace of SHACL.
pub(crate) const SH: &str = "http://www.w3.org/ns/shacl#";

/// A term of SHACL by its local name.
pub(crate) fn sh(local: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{SH}{local}"))
}

/// The local name of a term of SHACL, if it is one.
pub(crate) fn local(term: NamedNodeRef<'_>) -> Option<&str> {
    term.as_str().strip_prefix(SH)
}
