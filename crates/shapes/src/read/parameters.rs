//! Values of parameters: one or many, IRIs, numbers, flags, lists.

use super::{Fault, Reader, short};
use crate::graph::Id;
use crate::vocab::sh;
use oxrdf::vocab::{rdf, xsd};
use oxrdf::{Literal, NamedNode, Term};
use std::collections::HashSet;

impl Reader<'_> {
    /// All values of a property of SHACL.
    pub(super) fn values(&self, node: Id, name: &str) -> Vec<Id> {
        let property = self.graph.id(&sh(name).into());
        property.map(|property| self.graph.objects(node, property).collect()).unwrap_or_default()
    }

    /// The value of a property of SHACL that has one at most.
    pub(super) fn one(&self, node: Id, name: &str) -> Result<Option<Id>, Fault> {
        match self.values(node, name)[..] {
            [] => Ok(None),
            [value] => Ok(Some(value)),
            _ => Err(format!("has more than one sh:{name}")),
        }
    }

    pub(super) fn iri(&self, value: Id, name: &str) -> Result<NamedNode, Fault> {
        match self.graph.term(value) {
            Term::NamedNode(iri) => Ok(iri.clone()),
            other => Err(format!("sh:{name} is {other}, which is no IRI")),
        }
    }

    pub(super) fn literal(&self, value: Id, name: &str) -> Result<Literal, Fault> {
        match self.graph.term(value) {
            Term::Literal(literal) => Ok(literal.clone()),
            other => Err(format!("sh:{name} is {}, which is no literal", short(other))),
        }
    }

    /// The one text of a property.
    pub(super) fn text(&self, node: Id, name: &str) -> Result<Option<String>, Fault> {
        let Some(value) = self.one(node, name)? else { return Ok(None) };
        let literal = self.literal(value, name)?;
        if literal.datatype() == xsd::STRING {
            Ok(Some(literal.value().to_owned()))
        } else {
            Err(format!("sh:{name} is {literal}, which is no xsd:string"))
        }
    }

    /// The one number of a property, not negative. One too great for us is greater than any count as it is.
    pub(super) fn count(&self, node: Id, name: &str) -> Result<Option<u64>, Fault> {
        let Some(value) = self.one(node, name)? else { return Ok(None) };
        let literal = self.literal(value, name)?;
        let digits = literal.value().strip_prefix('+').unwrap_or(literal.value());
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        if literal.datatype() == xsd::INTEGER && is_number {
            Ok(Some(digits.parse().unwrap_or(u64::MAX)))
        } else {
            Err(format!("sh:{name} is {literal}, which is no xsd:integer from 0 on"))
        }
    }

    /// Whether a property is `true`; absent is false, and so is `1`: the recommendation means the term, and the W3C
    /// suite holds us to it.
    pub(super) fn flag(&self, node: Id, name: &str) -> Result<bool, Fault> {
        let Some(value) = self.one(node, name)? else { return Ok(false) };
        let literal = self.literal(value, name)?;
        match literal.value() {
            "true" if literal.datatype() == xsd::BOOLEAN => Ok(true),
            "false" | "1" | "0" if literal.datatype() == xsd::BOOLEAN => Ok(false),
            _ => Err(format!("sh:{name} is {literal}, which is no xsd:boolean")),
        }
    }

    /// The members of an RDF list.
    pub(super) fn list(&self, head: Id, name: &str) -> Result<Vec<Id>, Fault> {
        let broken = || format!("sh:{name} is no well-formed list");
        let nil = self.graph.id(&rdf::NIL.into_owned().into());
        let (first, rest) =
            (self.graph.id(&rdf::FIRST.into_owned().into()), self.graph.id(&rdf::REST.into_owned().into()));
        let (mut members, mut seen, mut node) = (Vec::new(), HashSet::new(), head);
        while Some(node) != nil {
            let member = first.and_then(|first| self.only(node, first)).ok_or_else(broken)?;
            let next = rest.and_then(|rest| self.only(node, rest)).ok_or_else(broken)?;
            if !seen.insert(node) {
                return Err(broken());
            }
            members.push(member);
            node = next;
        }
        Ok(members)
    }

    fn only(&self, node: Id, property: Id) -> Option<Id> {
        let mut objects = self.graph.objects(node, property);
        objects.next().filter(|_| objects.next().is_none())
    }
}
