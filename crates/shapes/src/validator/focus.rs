//! Targets: which nodes a shape is about, and whether a node is one of them.

use super::Validator;
use crate::graph::Id;
use crate::shape::{Shape, Target};
use rustc_hash::FxHashSet;
use std::collections::BTreeSet;
use std::rc::Rc;

impl Validator<'_> {
    /// All targets of a shape, each once.
    pub(super) fn targets(&mut self, shape: &Shape) -> BTreeSet<Id> {
        if shape.deactivated {
            return BTreeSet::new();
        }
        shape.targets.iter().flat_map(|target| self.nodes_of(*target)).collect()
    }

    fn nodes_of(&mut self, target: Target) -> Vec<Id> {
        match target {
            Target::Node(node) => vec![self.constant(node)],
            Target::Class(class) => {
                let classes = self.sub_classes(self.constant(class));
                let type_of = self.constant(self.shapes.type_of);
                classes.iter().flat_map(|class| self.graph.subjects(type_of, *class)).collect()
            }
            Target::SubjectsOf(property) => self.graph.pairs(self.constant(property)).map(|(s, _)| s).collect(),
            Target::ObjectsOf(property) => self.graph.pairs(self.constant(property)).map(|(_, o)| o).collect(),
        }
    }

    /// Whether a node is of a class or of one below it, as the data say.
    pub(super) fn is_instance(&mut self, node: Id, class: Id) -> bool {
        let classes = self.sub_classes(class);
        let type_of = self.constant(self.shapes.type_of);
        self.graph.objects(node, type_of).any(|class| classes.contains(&class))
    }

    /// A class and all below it in the data.
    fn sub_classes(&mut self, class: Id) -> Rc<FxHashSet<Id>> {
        if let Some(known) = self.sub_classes.get(&class) {
            return Rc::clone(known);
        }
        let property = self.constant(self.shapes.sub_class_of);
        let (mut classes, mut open) = (FxHashSet::default(), vec![class]);
        while let Some(next) = open.pop() {
            if classes.insert(next) {
                open.extend(self.graph.subjects(property, next));
            }
        }
        let classes = Rc::new(classes);
        self.sub_classes.insert(class, Rc::clone(&classes));
        classes
    }
}
