//! A result in numbers, and as the report gives it.

use super::Validator;
use crate::component::Component;
use crate::graph::Id;
use crate::report::{ResultPath, ValidationResult};
use crate::shape::{Shape, ShapeId};
use crate::shapes::result_path;
use oxrdf::Term;

/// A constraint that a node breaks.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) node: Id,
    pub(super) shape: ShapeId,
    pub(super) path: FoundPath,
    pub(super) value: Option<Id>,
    pub(super) component: Component,
    pub(super) details: Vec<Found>,
}

/// What leads from the node to the value.
#[derive(Clone, Copy, Debug)]
pub(super) enum FoundPath {
    None,
    OfShape,
    /// The property that a closed shape does not allow.
    Property(Id),
}

impl Validator<'_> {
    pub(super) fn result(&self, found: &Found) -> ValidationResult {
        let shape = self.shapes.shape(found.shape);
        let messages = match &shape.messages[..] {
            [] => found.component.default_messages().to_vec(),
            messages => messages.to_vec(),
        };
        ValidationResult {
            focus_node: self.term(found.node).clone(),
            path: self.result_path(found, shape),
            value: found.value.map(|value| self.term(value).clone()),
            source_shape: shape.term.clone(),
            named_shape: shape.named.clone(),
            constraint_component: found.component,
            severity: shape.severity.clone(),
            messages,
            details: found.details.iter().map(|detail| self.result(detail)).collect(),
        }
    }

    fn result_path(&self, found: &Found, shape: &Shape) -> Option<ResultPath> {
        match found.path {
            FoundPath::None => None,
            FoundPath::OfShape => {
                let path = shape.path.as_ref()?;
                Some(result_path(path, |constant| self.term(self.constant(constant)).clone()))
            }
            FoundPath::Property(property) => match self.term(property) {
                Term::NamedNode(property) => Some(ResultPath::Property(property.clone())),
                _ => None,
            },
        }
    }
}
