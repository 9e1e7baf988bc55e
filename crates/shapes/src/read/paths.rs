//! Property paths, as SHACL writes them in RDF.

use super::{Fault, Reader};
use crate::graph::Id;
use crate::path::Path;
use oxrdf::Term;
use oxrdf::vocab::rdf;

/// How deep paths may stand in each other.
const MOST_NESTED: usize = 16;

const KINDS: [&str; 5] = ["alternativePath", "inversePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath"];

impl Reader<'_> {
    pub(super) fn path(&mut self, node: Id) -> Result<Path, Fault> {
        self.path_within(node, MOST_NESTED)
    }

    fn path_within(&mut self, node: Id, depth: usize) -> Result<Path, Fault> {
        let Some(depth) = depth.checked_sub(1) else {
            return Err(format!("sh:path has more than {MOST_NESTED} paths in each other"));
        };
        match self.graph.term(node) {
            Term::NamedNode(_) => Ok(Path::Property(self.constant(node))),
            Term::Literal(literal) => Err(format!("sh:path is {literal}, which is no path")),
            // A list comes first: the W3C suite gives nodes that are a list and an inverse path as well.
            Term::BlankNode(_) if self.is_list(node) => Ok(Path::Sequence(self.paths(node, depth)?)),
            Term::BlankNode(_) => self.wrapped(node, depth),
        }
    }

    fn is_list(&self, node: Id) -> bool {
        let first = self.graph.id(&rdf::FIRST.into_owned().into());
        first.is_some_and(|first| self.graph.objects(node, first).next().is_some())
    }

    fn paths(&mut self, list: Id, depth: usize) -> Result<Vec<Path>, Fault> {
        let members = self.list(list, "path")?;
        if members.len() < 2 {
            return Err("sh:path has a list of fewer than two paths".to_owned());
        }
        members.into_iter().map(|member| self.path_within(member, depth)).collect()
    }

    fn wrapped(&mut self, node: Id, depth: usize) -> Result<Path, Fault> {
        let kinds =
            KINDS.into_iter().flat_map(|kind| self.values(node, kind).into_iter().map(move |inner| (kind, inner)));
        let [(kind, inner)] = kinds.collect::<Vec<_>>()[..] else {
            return Err("sh:path is a blank node that is not exactly one path".to_owned());
        };
        if kind == "alternativePath" {
            return Ok(Path::Alternative(self.paths(inner, depth)?));
        }
        let inner = Box::new(self.path_within(inner, depth)?);
        Ok(match kind {
            "inversePath" => Path::Inverse(inner),
            "zeroOrMorePath" => Path::ZeroOrMore(inner),
            "oneOrMorePath" => Path::OneOrMore(inner),
            _ => Path::ZeroOrOne(inner),
        })
    }
}
