//! Nodes and ties, and the part around one node.

use chancery_model::{EntityId, Language, Tie, World};
use petgraph::graph::{NodeIndex, UnGraph};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// An actor, organisation or agreement in a network.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Its id.
    pub id: EntityId,
    /// The name that is shown.
    pub label: String,
    /// Names by language code.
    pub labels: BTreeMap<String, String>,
    /// `state`, `org`, `group`, `agreement` …
    pub kind: String,
    /// Latitude and longitude in degrees, where known.
    pub coordinates: Option<(f64, f64)>,
}

impl Node {
    /// An entity with what we know of it; its label is in `language` where there is one.
    pub fn of(id: &EntityId, world: &World, language: Language) -> Self {
        let entity = world.entity(id);
        let labels = entity.into_iter().flat_map(|entity| &entity.labels);
        Self {
            label: world.label(id, language),
            labels: labels.map(|(language, label)| (language.code().to_owned(), label.clone())).collect(),
            coordinates: entity.and_then(|entity| entity.coordinates),
            ..Self::unnamed(id.clone())
        }
    }

    /// A node of which only the id is known.
    pub fn unnamed(id: EntityId) -> Self {
        let (label, kind) = (id.to_string(), id.kind().prefix().to_owned());
        Self { id, label, labels: BTreeMap::new(), kind, coordinates: None }
    }
}

/// Nodes by id, ties by id. Parallel ties are kept.
#[derive(Clone, Debug, Default)]
pub struct Network {
    nodes: BTreeMap<EntityId, Node>,
    ties: BTreeMap<String, Tie>,
}

impl Network {
    /// Nodes and ties; an end without a node gets one with its id as label. Of two ties with one id the last stays.
    pub fn from_ties(nodes: impl IntoIterator<Item = Node>, ties: impl IntoIterator<Item = Tie>) -> Self {
        let mut nodes: BTreeMap<_, _> = nodes.into_iter().map(|node| (node.id.clone(), node)).collect();
        let ties: BTreeMap<_, _> = ties.into_iter().map(|tie| (tie.id.clone(), tie)).collect();
        for end in ties.values().flat_map(|tie| [&tie.source, &tie.target]) {
            nodes.entry(end.clone()).or_insert_with(|| Node::unnamed(end.clone()));
        }
        Self { nodes, ties }
    }

    /// Ties with their ends as the world knows them.
    pub fn in_world(ties: Vec<Tie>, world: &World, language: Language) -> Self {
        let ends: BTreeSet<&EntityId> = ties.iter().flat_map(|tie| [&tie.source, &tie.target]).collect();
        let nodes: Vec<Node> = ends.into_iter().map(|id| Node::of(id, world, language)).collect();
        Self::from_ties(nodes, ties)
    }

    /// Nodes, by id.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.nodes.values()
    }

    /// One node.
    pub fn node(&self, id: &EntityId) -> Option<&Node> {
        self.nodes.get(id)
    }

    /// Ties, by id.
    pub fn ties(&self) -> impl Iterator<Item = &Tie> {
        self.ties.values()
    }

    /// Whoever stands at most `depth` steps from `centre`, whatever the direction, with all ties among them. Empty where
    /// there is no such node.
    pub fn ego(&self, centre: &EntityId, depth: usize) -> Self {
        let within = self.within(centre, depth);
        let nodes = within.iter().filter_map(|id| self.nodes.get(id)).cloned();
        let inside = |tie: &&Tie| within.contains(&tie.source) && within.contains(&tie.target);
        Self::from_ties(nodes, self.ties().filter(inside).cloned())
    }

    fn within(&self, centre: &EntityId, depth: usize) -> BTreeSet<EntityId> {
        let (graph, index) = self.undirected();
        let Some(&start) = index.get(centre) else { return BTreeSet::new() };
        let mut found = BTreeMap::from([(start, 0)]);
        let mut queue = VecDeque::from([start]);
        while let Some(at) = queue.pop_front() {
            let steps = found[&at];
            for next in graph.neighbors(at).filter(|_| steps < depth) {
                found.entry(next).or_insert_with(|| {
                    queue.push_back(next);
                    steps + 1
                });
            }
        }
        found.into_keys().map(|at| graph[at].clone()).collect()
    }

    /// The network without directions; nodes are numbered in the order of their ids.
    pub(crate) fn undirected(&self) -> (UnGraph<EntityId, &Tie>, BTreeMap<EntityId, NodeIndex>) {
        let mut graph = UnGraph::with_capacity(self.nodes.len(), self.ties.len());
        let index: BTreeMap<_, _> = self.nodes.keys().map(|id| (id.clone(), graph.add_node(id.clone()))).collect();
        for tie in self.ties.values() {
            graph.add_edge(index[&tie.source], index[&tie.target], tie);
        }
        (graph, index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample::tie;

    fn ids(network: &Network) -> Vec<&str> {
        network.nodes().map(|node| node.id.as_str()).collect()
    }

    fn chain() -> Network {
        Network::from_ties([], [tie("1", "FRA", "DEU"), tie("2", "DEU", "POL"), tie("3", "POL", "UKR")])
    }

    #[test]
    fn ends_without_a_node_get_one() {
        assert_eq!(ids(&chain()), ["DEU", "FRA", "POL", "UKR"]);
    }

    #[test]
    fn the_neighbourhood_grows_with_depth_whatever_the_direction() {
        let around = |depth| chain().ego(&"POL".parse().unwrap(), depth);
        assert_eq!(ids(&around(0)), ["POL"]);
        assert_eq!(ids(&around(1)), ["DEU", "POL", "UKR"]);
        assert_eq!(ids(&around(2)), ["DEU", "FRA", "POL", "UKR"]);
        assert_eq!(around(1).ties().count(), 2);
        assert_eq!(chain().ego(&"CHN".parse().unwrap(), 1).nodes().count(), 0);
    }

    #[test]
    fn ties_among_neighbours_are_kept() {
        let network = Network::from_ties([], [tie("1", "FRA", "DEU"), tie("2", "FRA", "POL"), tie("3", "DEU", "POL")]);
        assert_eq!(network.ego(&"FRA".parse().unwrap(), 1).ties().count(), 3);
    }
}
