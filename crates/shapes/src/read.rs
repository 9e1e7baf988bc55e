//! A shapes graph into [`Shapes`]: which nodes are shapes, and what each says.
//!
//! A fault does not end the reading: all shapes that are not well formed are named at once.

mod constraints;
mod parameters;
mod paths;

use crate::error::IllFormedShape;
use crate::graph::{Graph, Id};
use crate::report::{Message, Severity};
use crate::shape::{Constant, Constraint, Shape, ShapeId, Target};
use crate::shapes::{Shapes, result_path};
use crate::vocab::{local, sh};
use oxrdf::vocab::{rdf, rdfs};
use oxrdf::{NamedNode, NamedNodeRef, Term};
use std::collections::{BTreeSet, HashMap};

/// How deep shapes may stand in each other. Ours go to 5; reading and validating recur as deep.
const MOST_NESTED: usize = 64;

const TARGETS: [&str; 4] = ["targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf"];

/// What makes a node a shape, beside targets and types.
const PARAMETERS: [&str; 32] = [
    "and",
    "class",
    "closed",
    "datatype",
    "disjoint",
    "equals",
    "flags",
    "hasValue",
    "ignoredProperties",
    "in",
    "languageIn",
    "lessThan",
    "lessThanOrEquals",
    "maxCount",
    "maxExclusive",
    "maxInclusive",
    "maxLength",
    "minCount",
    "minExclusive",
    "minInclusive",
    "minLength",
    "node",
    "nodeKind",
    "not",
    "or",
    "pattern",
    "property",
    "qualifiedMaxCount",
    "qualifiedMinCount",
    "qualifiedValueShape",
    "uniqueLang",
    "xone",
];

type TargetKind = fn(Constant) -> Target;

/// Why a shape is not well formed.
type Fault = String;

/// Reads all shapes of a graph.
pub(crate) fn shapes(graph: &Graph) -> Result<Shapes, Vec<IllFormedShape>> {
    let mut reader = Reader::new(graph);
    let type_of = reader.constant_of(rdf::TYPE);
    let sub_class_of = reader.constant_of(rdfs::SUB_CLASS_OF);
    reader.refuse_entailment();
    for node in reader.roots() {
        reader.shape(node, &Around::nothing());
    }
    if reader.faults.is_empty() {
        mark_shared(&mut reader.shapes);
        Ok(Shapes { shapes: reader.shapes, constants: reader.constants, type_of, sub_class_of })
    } else {
        Err(reader.faults.into_iter().collect())
    }
}

/// What stands around a shape: for its name in faults, and for the IRI that results give beside it.
#[derive(Clone, Debug)]
struct Around {
    name: String,
    named: Option<NamedNode>,
}

impl Around {
    fn nothing() -> Self {
        Self { name: "without an IRI".to_owned(), named: None }
    }
}

struct Reader<'g> {
    graph: &'g Graph,
    shapes: Vec<Shape>,
    ids: HashMap<Id, ShapeId>,
    /// How many shapes stand in each other below each shape, itself included.
    depths: Vec<usize>,
    /// The shapes that are being read, each inside the one before.
    open: Vec<Id>,
    constants: Vec<Term>,
    constant_ids: HashMap<Term, Constant>,
    faults: BTreeSet<IllFormedShape>,
    shape_classes: BTreeSet<Id>,
    classes: BTreeSet<Id>,
}

impl<'g> Reader<'g> {
    fn new(graph: &'g Graph) -> Self {
        let mut shape_classes = sub_classes(graph, sh("NodeShape"));
        shape_classes.append(&mut sub_classes(graph, sh("PropertyShape")));
        Self {
            graph,
            shapes: Vec::new(),
            ids: HashMap::new(),
            depths: Vec::new(),
            open: Vec::new(),
            constants: Vec::new(),
            constant_ids: HashMap::new(),
            faults: BTreeSet::new(),
            shape_classes,
            classes: sub_classes(graph, rdfs::CLASS.into_owned()),
        }
    }

    /// The nodes that are shapes by themselves; those with an IRI first, so that blank ones are met inside them.
    fn roots(&self) -> Vec<Id> {
        let telling: BTreeSet<Id> =
            TARGETS.iter().chain(&PARAMETERS).filter_map(|name| self.graph.id(&sh(name).into())).collect();
        let told = self.graph.triples().filter(|(_, property, _)| telling.contains(property));
        let mut roots: BTreeSet<Id> = told.map(|(subject, ..)| subject).collect();
        if let Some(type_of) = self.graph.id(&rdf::TYPE.into_owned().into()) {
            roots.extend(self.shape_classes.iter().flat_map(|class| self.graph.subjects(type_of, *class)));
        }
        let (named, blank): (Vec<Id>, Vec<Id>) =
            roots.into_iter().partition(|node| matches!(self.graph.term(*node), Term::NamedNode(_)));
        named.into_iter().chain(blank).collect()
    }

    /// Reads a shape once, and gives its number. A shape with a fault has a number too, so that reading goes on.
    fn shape(&mut self, node: Id, around: &Around) -> ShapeId {
        if let Some(id) = self.ids.get(&node) {
            let id = *id;
            if let Some(place) = self.open.iter().position(|open| *open == node) {
                let reason = self.circle(&self.open[place..]);
                self.fault(&self.around(node, around), reason);
            }
            return id;
        }
        let id = ShapeId(u32::try_from(self.shapes.len()).expect("a graph has fewer than 2^32 terms"));
        let around = self.around(node, around);
        self.ids.insert(node, id);
        self.shapes.push(empty(self.graph.term(node).clone(), around.named.clone()));
        self.depths.push(1);
        if self.open.len() >= MOST_NESTED {
            self.fault(&around, format!("stands in more than {MOST_NESTED} shapes"));
            return id;
        }
        self.open.push(node);
        if let Err(reason) = self.read(node, id, around.clone()) {
            self.fault(&around, reason);
        }
        self.open.pop();
        self.measure(id, &around);
        id
    }

    /// Shapes may be met from the innermost outward, so that what is open does not tell how deep they go.
    fn measure(&mut self, id: ShapeId, around: &Around) {
        let inner = self.shapes[id.0 as usize].constraints.iter().flat_map(Constraint::inner);
        let deepest = inner.map(|shape| self.depths[shape.0 as usize]).max().unwrap_or_default();
        self.depths[id.0 as usize] = deepest + 1;
        if deepest == MOST_NESTED {
            self.fault(around, format!("has more than {MOST_NESTED} shapes in each other"));
        }
    }

    /// That shapes lead back to the first of them, with the IRIs of those that have one.
    fn circle(&self, shapes: &[Id]) -> Fault {
        let named = shapes.iter().map(|shape| self.graph.term(*shape)).filter(|term| term.is_named_node());
        let named: Vec<String> = named.map(ToString::to_string).collect();
        format!("refers to itself, which SHACL leaves undefined: {}", named.join(" → "))
    }

    fn around(&self, node: Id, around: &Around) -> Around {
        match self.graph.term(node) {
            Term::NamedNode(iri) => Around { name: iri.as_str().to_owned(), named: Some(iri.clone()) },
            _ => around.clone(),
        }
    }

    fn fault(&mut self, around: &Around, reason: Fault) {
        self.faults.insert(IllFormedShape { shape: around.name.clone(), reason });
    }

    fn read(&mut self, node: Id, id: ShapeId, mut around: Around) -> Result<(), Fault> {
        self.refuse_extensions(node)?;
        let path = match self.one(node, "path")? {
            Some(path) => Some(self.path(path)?),
            None => None,
        };
        self.check_kind(node, path.is_some())?;
        if let (Some(path), Term::BlankNode(_)) = (&path, self.graph.term(node)) {
            let path = result_path(path, |constant| self.constants[constant.0 as usize].clone());
            around.name = format!("{}, at the path {path}", around.name);
        }
        let severity = self.severity(node)?;
        let messages = self.messages(node)?;
        let deactivated = self.flag(node, "deactivated")?;
        let targets = self.targets(node)?;
        let is_property = path.is_some();
        let shape = &mut self.shapes[id.0 as usize];
        *shape = Shape { path, targets, severity, messages, deactivated, ..shape.clone() };
        match self.constraints(node, is_property, &around) {
            Ok(constraints) => self.shapes[id.0 as usize].constraints = constraints,
            // Told here, where the name of a blank property shape has its path.
            Err(reason) => self.fault(&around, reason),
        }
        Ok(())
    }

    fn severity(&self, node: Id) -> Result<Severity, Fault> {
        let severity = self.one(node, "severity")?.map(|value| self.iri(value, "severity")).transpose()?;
        Ok(severity.map_or(Severity::Violation, Severity::from_iri))
    }

    fn messages(&self, node: Id) -> Result<Vec<Message>, Fault> {
        let messages = self.values(node, "message").into_iter().map(|value| self.message(value));
        let mut messages: Vec<Message> = messages.collect::<Result<_, _>>()?;
        messages.sort();
        Ok(messages)
    }

    fn message(&self, value: Id) -> Result<Message, Fault> {
        match self.graph.term(value) {
            Term::Literal(text) if text.language().is_some() || text.datatype() == oxrdf::vocab::xsd::STRING => {
                Ok(Message { language: text.language().map(str::to_owned), text: text.value().to_owned() })
            }
            other => Err(format!("sh:message is {other}, which is no text")),
        }
    }

    fn targets(&mut self, node: Id) -> Result<Vec<Target>, Fault> {
        let mut targets = Vec::new();
        for value in self.values(node, "targetNode") {
            if matches!(self.graph.term(value), Term::BlankNode(_)) {
                return Err("sh:targetNode is a blank node".to_owned());
            }
            targets.push(Target::Node(self.constant(value)));
        }
        let kinds: [(&str, TargetKind); 3] = [
            ("targetClass", Target::Class),
            ("targetSubjectsOf", Target::SubjectsOf),
            ("targetObjectsOf", Target::ObjectsOf),
        ];
        for (name, kind) in kinds {
            for value in self.values(node, name) {
                self.iri(value, name)?;
                targets.push(kind(self.constant(value)));
            }
        }
        if self.is_class_too(node) {
            self.iri_of_class(node)?;
            targets.push(Target::Class(self.constant(node)));
        }
        Ok(targets)
    }

    /// A shape that is a class as well has its instances as targets.
    fn is_class_too(&self, node: Id) -> bool {
        let types = self.types(node);
        types.iter().any(|class| self.shape_classes.contains(class))
            && types.iter().any(|class| self.classes.contains(class))
    }

    fn iri_of_class(&self, node: Id) -> Result<(), Fault> {
        match self.graph.term(node) {
            Term::NamedNode(_) => Ok(()),
            other => Err(format!("is a class without an IRI ({other})")),
        }
    }

    fn types(&self, node: Id) -> Vec<Id> {
        let type_of = self.graph.id(&rdf::TYPE.into_owned().into());
        type_of.map(|type_of| self.graph.objects(node, type_of).collect()).unwrap_or_default()
    }

    /// `sh:NodeShape` has no path, `sh:PropertyShape` has one.
    fn check_kind(&self, node: Id, has_path: bool) -> Result<(), Fault> {
        let types = self.types(node);
        let is_a = |name: &str| self.graph.id(&sh(name).into()).is_some_and(|class| types.contains(&class));
        if is_a("NodeShape") && has_path {
            return Err("is a sh:NodeShape with a sh:path".to_owned());
        }
        if is_a("PropertyShape") && !has_path {
            return Err("is a sh:PropertyShape without a sh:path".to_owned());
        }
        Ok(())
    }

    /// What goes beyond SHACL Core is said, not passed over: a graph would seem to conform.
    fn refuse_extensions(&self, node: Id) -> Result<(), Fault> {
        match ["sparql", "js", "expression", "target"].iter().find(|name| !self.values(node, name).is_empty()) {
            Some(name) => Err(format!("has sh:{name}, which is not in SHACL Core")),
            None => Ok(()),
        }
    }

    fn refuse_entailment(&mut self) {
        let Some(entailment) = self.graph.id(&sh("entailment").into()) else { return };
        for (subject, regime) in self.graph.pairs(entailment) {
            let shape = self.graph.term(subject).to_string();
            let reason = format!("sh:entailment asks for {}, which is not supported", self.graph.term(regime));
            self.faults.insert(IllFormedShape { shape, reason });
        }
    }

    fn constant(&mut self, id: Id) -> Constant {
        self.constant_term(self.graph.term(id).clone())
    }

    fn constant_of(&mut self, iri: NamedNodeRef<'_>) -> Constant {
        self.constant_term(iri.into_owned().into())
    }

    fn constant_term(&mut self, term: Term) -> Constant {
        let next = Constant(u32::try_from(self.constants.len()).expect("a graph has fewer than 2^32 terms"));
        let constant = *self.constant_ids.entry(term.clone()).or_insert(next);
        if constant == next {
            self.constants.push(term);
        }
        constant
    }
}

fn empty(term: Term, named: Option<NamedNode>) -> Shape {
    Shape {
        term,
        named,
        path: None,
        targets: Vec::new(),
        constraints: Vec::new(),
        severity: Severity::Violation,
        messages: Vec::new(),
        deactivated: false,
        is_shared: false,
    }
}

/// A property shape of one node shape is asked for once on each node, all others perhaps more often.
fn mark_shared(shapes: &mut [Shape]) {
    let mut uses = vec![0; shapes.len()];
    for shape in shapes.iter() {
        for constraint in &shape.constraints {
            let once = shape.path.is_none() && matches!(constraint, Constraint::Property(_));
            for inner in constraint.inner() {
                uses[inner.0 as usize] += if once { 1 } else { 2 };
            }
        }
    }
    for (shape, uses) in shapes.iter_mut().zip(uses) {
        shape.is_shared = uses > 1 || (uses == 1 && !shape.targets.is_empty());
    }
}

/// A class and those below it in the same graph.
fn sub_classes(graph: &Graph, class: NamedNode) -> BTreeSet<Id> {
    let mut found = BTreeSet::new();
    let mut open: Vec<Id> = graph.id(&class.into()).into_iter().collect();
    let sub_class_of = graph.id(&rdfs::SUB_CLASS_OF.into_owned().into());
    while let Some(class) = open.pop() {
        if found.insert(class) {
            open.extend(sub_class_of.into_iter().flat_map(|property| graph.subjects(property, class)));
        }
    }
    found
}

/// The name of a term in a fault: `sh:class` rather than its IRI.
fn short(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => local(node.as_ref()).map_or_else(|| node.to_string(), |name| format!("sh:{name}")),
        other => other.to_string(),
    }
}
