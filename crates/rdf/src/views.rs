//! Forms of the graph for export, where the graph itself has one copy of each fact and no named graphs: quoted statements of RDF 1.2,
//! a nanopublication for each claim, a named graph for each document.
//!
//! They are made from the triples of the whole graph. What a form cannot carry is counted and told.

mod annotations;
mod by_document;
mod nanopublications;

use crate::iri::{IriBase, Resource};
use crate::{format, vocab};
use chancery_model::ClaimId;
use oxrdf::{GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, Triple};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::str::FromStr;

/// A form of the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Turtle of RDF 1.2: each claim reifies what it asserts, each relation in force its flat edges.
    Annotations,
    /// TriG: for each claim a nanopublication (head, assertion, provenance, publication info; nanopub.net).
    Nanopublications,
    /// TriG: for each document a graph of what it says; the rest in the default graph.
    Documents,
}

/// What a form could not carry, with how many.
pub type Losses = BTreeMap<&'static str, usize>;

impl View {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Annotations, Self::Nanopublications, Self::Documents];

    /// The name in `--format`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Annotations => "annotations",
            Self::Nanopublications => "nanopublications",
            Self::Documents => "documents",
        }
    }

    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Annotations => "text/turtle; version=1.2",
            Self::Nanopublications | Self::Documents => "application/trig",
        }
    }
}

impl FromStr for View {
    type Err = crate::UnknownFormat;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|view| view.name() == name).ok_or_else(|| crate::UnknownFormat(name.to_owned()))
    }
}

/// Writes the graph below a base in a form, and tells what the form could not carry.
///
/// # Errors
/// Where the writer fails.
pub fn write(view: View, triples: &[Triple], base: &IriBase, out: impl io::Write) -> io::Result<Losses> {
    match view {
        View::Annotations => annotations::write(triples, base, out),
        View::Nanopublications => {
            let (quads, losses) = nanopublications::quads(triples, base);
            write_quads(&quads, base, out).map(|()| losses)
        }
        View::Documents => {
            let (quads, losses) = by_document::quads(triples, base);
            write_quads(&quads, base, out).map(|()| losses)
        }
    }
}

fn write_quads(quads: &[Quad], base: &IriBase, out: impl io::Write) -> io::Result<()> {
    let serializer = format::serializer(format::GraphFormat::TriG, base).map_err(io::Error::other)?;
    let mut serializer = serializer.for_writer(out);
    for quad in quads {
        serializer.serialize_quad(quad)?;
    }
    serializer.finish()?.flush()
}

/// The resource that a triple tells of; a part of a resource (`evidence/…#quote`) counts as that resource.
fn resource(triple: &Triple, base: &IriBase) -> Option<Resource> {
    base.parse(subject(triple)?.as_ref())
}

/// The claim of which a triple tells alone.
fn claim_of(triple: &Triple, base: &IriBase) -> Option<ClaimId> {
    match resource(triple, base)? {
        Resource::Claim(id) | Resource::Evidence(id) | Resource::Attribution(id, _) | Resource::Participant(id, _) => {
            Some(id)
        }
        _ => None,
    }
}

/// The value of a triple where it is an IRI.
fn node(triple: &Triple) -> Option<&NamedNode> {
    match &triple.object {
        Term::NamedNode(node) => Some(node),
        _ => None,
    }
}

/// The subject of a triple where it is an IRI.
fn subject(triple: &Triple) -> Option<&NamedNode> {
    match &triple.subject {
        NamedOrBlankNode::NamedNode(node) => Some(node),
        NamedOrBlankNode::BlankNode(_) => None,
    }
}

/// Subjects and values of a property.
fn links<'t>(
    triples: &'t [Triple],
    property: NamedNodeRef<'t>,
) -> impl Iterator<Item = (&'t NamedNode, &'t NamedNode)> {
    let of_property = triples.iter().filter(move |triple| triple.predicate == property);
    of_property.filter_map(|triple| Some((subject(triple)?, node(triple)?)))
}

/// The triple in a graph.
fn quad(triple: &Triple, graph: impl Into<GraphName>) -> Quad {
    triple.clone().in_graph(graph)
}

/// Whether it is a node that claims share: what they say, or how they name somebody.
fn is_shared(resource: &Resource) -> bool {
    matches!(resource, Resource::Proposition(_) | Resource::Naming(_))
}

/// What is said of the resources of a sort: by their IRI the triples of each.
fn told_of<'t>(
    triples: &'t [Triple],
    base: &IriBase,
    is_wanted: impl Fn(&Resource) -> bool,
) -> BTreeMap<&'t str, Vec<&'t Triple>> {
    let mut told: BTreeMap<&str, Vec<&Triple>> = BTreeMap::new();
    for triple in triples {
        if let (Some(_), Some(iri)) = (resource(triple, base).filter(&is_wanted), subject(triple)) {
            told.entry(iri.as_str()).or_default().push(triple);
        }
    }
    told
}

/// How many resources of each kind the triples tell of that tell of no single claim.
fn beside_claims(triples: &[Triple], base: &IriBase) -> Losses {
    let mut seen = BTreeSet::new();
    let mut losses = Losses::new();
    for triple in triples {
        let what = match resource(triple, base) {
            Some(Resource::Entity(_)) => "entities",
            Some(Resource::Event(_)) => "events",
            Some(Resource::Relation(_)) => "relations",
            Some(Resource::Dispute(_)) => "disputes",
            Some(Resource::Promise(_)) => "promises",
            Some(Resource::PromiseRecord(_)) => "records of promises",
            Some(Resource::Dyad(..)) => "dyads",
            Some(Resource::Office(_)) => "offices",
            Some(Resource::Tenure(_)) => "tenures",
            _ => continue,
        };
        let iri = subject(triple).map(|node| node.as_str().split('#').next().unwrap_or_default().to_owned());
        if seen.insert(iri) {
            *losses.entry(what).or_default() += 1;
        }
    }
    losses
}

/// Whether a property is a flat edge.
fn is_flat_edge(property: &NamedNode) -> bool {
    chancery_model::StateKind::ALL.iter().filter_map(|kind| vocab::flat_edge(*kind)).any(|edge| *property == edge)
}
