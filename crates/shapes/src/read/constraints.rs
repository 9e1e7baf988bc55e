//! Constraints: each component of SHACL Core from its parameters, and the syntax rules on them.

use super::{Around, Fault, Reader, short};
use crate::graph::Id;
use crate::pattern::Pattern;
use crate::shape::{Bound, Constant, Constraint, NodeKinds, Qualified, ShapeId};
use crate::vocab::{local, sh};
use oxrdf::Term;

/// What only a property shape may have.
const OF_PROPERTY_SHAPES: [&str; 6] =
    ["lessThan", "lessThanOrEquals", "maxCount", "minCount", "qualifiedValueShape", "uniqueLang"];

type Constraints = Vec<Constraint>;

/// Parameters and the constraints that they make.
type Kinds<T, const N: usize> = [(&'static str, fn(T) -> Constraint); N];

impl Reader<'_> {
    /// All constraints of a shape.
    pub(super) fn constraints(&mut self, node: Id, is_property: bool, around: &Around) -> Result<Constraints, Fault> {
        let out_of_place = OF_PROPERTY_SHAPES.iter().find(|name| !is_property && !self.values(node, name).is_empty());
        if let Some(name) = out_of_place {
            return Err(format!("is a node shape with sh:{name}, which only property shapes have"));
        }
        let mut found = Vec::new();
        self.value_types(node, &mut found)?;
        self.cardinalities(node, &mut found)?;
        self.ranges(node, &mut found)?;
        self.texts(node, &mut found)?;
        self.pairs(node, &mut found)?;
        self.memberships(node, &mut found)?;
        self.logical(node, around, &mut found)?;
        self.nested(node, around, &mut found)?;
        self.qualified(node, around, &mut found)?;
        Ok(found)
    }

    fn value_types(&mut self, node: Id, found: &mut Constraints) -> Result<(), Fault> {
        for class in self.values(node, "class") {
            self.iri(class, "class")?;
            found.push(Constraint::Class(self.constant(class)));
        }
        if let Some(datatype) = self.one(node, "datatype")? {
            found.push(Constraint::Datatype(self.iri(datatype, "datatype")?));
        }
        if let Some(kind) = self.one(node, "nodeKind")? {
            found.push(Constraint::NodeKind(self.node_kinds(kind)?));
        }
        Ok(())
    }

    fn node_kinds(&self, value: Id) -> Result<NodeKinds, Fault> {
        let term = self.graph.term(value);
        let kinds = match term {
            Term::NamedNode(iri) => local(iri.as_ref()).and_then(NodeKinds::from_local),
            _ => None,
        };
        kinds.ok_or_else(|| format!("sh:nodeKind is {}, which is none of the six kinds", short(term)))
    }

    fn cardinalities(&self, node: Id, found: &mut Constraints) -> Result<(), Fault> {
        found.extend(self.count(node, "minCount")?.map(Constraint::MinCount));
        found.extend(self.count(node, "maxCount")?.map(Constraint::MaxCount));
        Ok(())
    }

    fn ranges(&self, node: Id, found: &mut Constraints) -> Result<(), Fault> {
        let bounds = [
            ("minExclusive", Bound::MinExclusive),
            ("minInclusive", Bound::MinInclusive),
            ("maxExclusive", Bound::MaxExclusive),
            ("maxInclusive", Bound::MaxInclusive),
        ];
        for (name, bound) in bounds {
            if let Some(limit) = self.one(node, name)? {
                found.push(Constraint::Range(bound, self.literal(limit, name)?));
            }
        }
        Ok(())
    }

    fn texts(&self, node: Id, found: &mut Constraints) -> Result<(), Fault> {
        found.extend(self.count(node, "minLength")?.map(Constraint::MinLength));
        found.extend(self.count(node, "maxLength")?.map(Constraint::MaxLength));
        let flags = self.text(node, "flags")?.unwrap_or_default();
        if let Some(pattern) = self.text(node, "pattern")? {
            found.push(Constraint::Pattern(Pattern::new(&pattern, &flags)?));
        }
        if let Some(list) = self.one(node, "languageIn")? {
            let languages = self.list(list, "languageIn")?.into_iter().map(|member| self.literal(member, "languageIn"));
            let languages: Vec<String> =
                languages.map(|tag| Ok(tag?.value().to_ascii_lowercase())).collect::<Result<_, Fault>>()?;
            found.push(Constraint::LanguageIn(languages));
        }
        if self.flag(node, "uniqueLang")? {
            found.push(Constraint::UniqueLang);
        }
        Ok(())
    }

    fn pairs(&mut self, node: Id, found: &mut Constraints) -> Result<(), Fault> {
        let kinds: Kinds<Constant, 4> = [
            ("equals", Constraint::Equals),
            ("disjoint", Constraint::Disjoint),
            ("lessThan", Constraint::LessThan),
            ("lessThanOrEquals", Constraint::LessThanOrEquals),
        ];
        for (name, kind) in kinds {
            for property in self.values(node, name) {
                self.iri(property, name)?;
                found.push(kind(self.constant(property)));
            }
        }
        Ok(())
    }

    fn memberships(&mut self, node: Id, found: &mut Constraints) -> Result<(), Fault> {
        for value in self.values(node, "hasValue") {
            found.push(Constraint::HasValue(self.constant(value)));
        }
        if let Some(list) = self.one(node, "in")? {
            let members = self.list(list, "in")?;
            let mut members: Vec<Constant> = members.into_iter().map(|member| self.constant(member)).collect();
            members.sort_unstable();
            found.push(Constraint::In(members));
        }
        let ignored = match self.one(node, "ignoredProperties")? {
            Some(list) => self.list(list, "ignoredProperties")?,
            None => Vec::new(),
        };
        if self.flag(node, "closed")? {
            found.push(Constraint::Closed(self.allowed(node, ignored)?));
        }
        Ok(())
    }

    /// The properties of a closed shape: the paths of its property shapes, and those that it ignores.
    fn allowed(&mut self, node: Id, ignored: Vec<Id>) -> Result<Vec<Constant>, Fault> {
        let mut allowed = Vec::new();
        for property in ignored {
            self.iri(property, "ignoredProperties")?;
            allowed.push(self.constant(property));
        }
        for shape in self.values(node, "property") {
            let paths = self.values(shape, "path").into_iter();
            let properties: Vec<Id> =
                paths.filter(|path| matches!(self.graph.term(*path), Term::NamedNode(_))).collect();
            allowed.extend(properties.into_iter().map(|property| self.constant(property)));
        }
        allowed.sort_unstable();
        Ok(allowed)
    }

    fn logical(&mut self, node: Id, around: &Around, found: &mut Constraints) -> Result<(), Fault> {
        for shape in self.values(node, "not") {
            found.push(Constraint::Not(self.inner(shape, "not", around)?));
        }
        let kinds: Kinds<Vec<ShapeId>, 3> =
            [("and", Constraint::And), ("or", Constraint::Or), ("xone", Constraint::Xone)];
        for (name, kind) in kinds {
            for list in self.values(node, name) {
                let members = self.list(list, name)?.into_iter();
                let shapes = members.map(|member| self.inner(member, name, around)).collect::<Result<_, _>>()?;
                found.push(kind(shapes));
            }
        }
        Ok(())
    }

    fn nested(&mut self, node: Id, around: &Around, found: &mut Constraints) -> Result<(), Fault> {
        for shape in self.values(node, "node") {
            if !self.values(shape, "path").is_empty() {
                return Err("sh:node is a property shape".to_owned());
            }
            found.push(Constraint::Node(self.inner(shape, "node", around)?));
        }
        for shape in self.values(node, "property") {
            if self.values(shape, "path").is_empty() {
                return Err(format!("sh:property is {}, which has no sh:path", short(self.graph.term(shape))));
            }
            found.push(Constraint::Property(self.inner(shape, "property", around)?));
        }
        Ok(())
    }

    fn qualified(&mut self, node: Id, around: &Around, found: &mut Constraints) -> Result<(), Fault> {
        let (min, max) = (self.count(node, "qualifiedMinCount")?, self.count(node, "qualifiedMaxCount")?);
        let disjoint = self.flag(node, "qualifiedValueShapesDisjoint")?;
        let Some(value_shape) = self.one(node, "qualifiedValueShape")? else { return Ok(()) };
        let shape = self.inner(value_shape, "qualifiedValueShape", around)?;
        let siblings = if disjoint { self.siblings(node, value_shape) } else { Vec::new() };
        let siblings = siblings.into_iter().map(|sibling| self.inner(sibling, "qualifiedValueShape", around));
        let siblings = siblings.collect::<Result<_, _>>()?;
        found.push(Constraint::Qualified(Qualified { shape, siblings, min, max }));
        Ok(())
    }

    /// The qualified value shapes of the other property shapes beside this one.
    fn siblings(&self, node: Id, own: Id) -> Vec<Id> {
        let Some(property) = self.graph.id(&sh("property").into()) else { return Vec::new() };
        let parents = self.graph.subjects(property, node);
        let beside = parents.flat_map(|parent| self.graph.objects(parent, property));
        let mut siblings: Vec<Id> = beside.flat_map(|shape| self.values(shape, "qualifiedValueShape")).collect();
        siblings.retain(|sibling| *sibling != own);
        siblings.sort_unstable();
        siblings.dedup();
        siblings
    }

    fn inner(&mut self, node: Id, name: &str, around: &Around) -> Result<ShapeId, Fault> {
        match self.graph.term(node) {
            Term::Literal(literal) => Err(format!("sh:{name} has {literal}, which is no shape")),
            _ => Ok(self.shape(node, around)),
        }
    }
}
