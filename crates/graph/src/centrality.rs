//! Who stands in the middle: degrees, PageRank (Brin and Page 1998), betweenness (Freeman 1977, by Brandes 2001) and
//! closeness (Freeman 1979, as corrected by Wasserman and Faust 1994), all without directions.

use crate::Network;
use chancery_model::EntityId;
use petgraph::graph::UnGraph;
use petgraph::visit::EdgeRef;
use rustworkx_core::centrality::{betweenness_centrality, closeness_centrality};
use std::collections::{BTreeMap, BTreeSet};

/// Part of the rank that follows ties; the rest is spread over all.
const DAMPING: f64 = 0.85;
/// Iteration stops where no rank changes by more.
const TOLERANCE: f64 = 1e-12;
const MAX_ROUNDS: usize = 1_000;

/// Ties and the sum of their absolute weights, by node. A tie of a node with itself counts twice, as is usual.
pub fn degrees(network: &Network) -> BTreeMap<EntityId, (usize, f64)> {
    let mut degrees: BTreeMap<_, (usize, f64)> = network.nodes().map(|node| (node.id.clone(), (0, 0.0))).collect();
    for tie in network.ties() {
        for end in [&tie.source, &tie.target] {
            let degree = degrees.entry(end.clone()).or_default();
            degree.0 += 1;
            degree.1 += tie.weight.abs();
        }
    }
    degrees
}

/// PageRank by node; sums to 1 (to nothing where there is no node). Ties count in both directions, by the absolute value of
/// their weight. A node without ties spreads its rank over all. Cost: ties times rounds.
pub fn page_rank(network: &Network) -> BTreeMap<EntityId, f64> {
    let (graph, index) = network.undirected();
    let count = graph.node_count();
    if count == 0 {
        return BTreeMap::new();
    }
    let nodes: Vec<_> = graph.node_indices().collect();
    let strength: Vec<f64> =
        nodes.iter().map(|&node| graph.edges(node).map(|edge| edge.weight().weight.abs()).sum()).collect();
    let mut rank = vec![1.0 / count as f64; count];
    for _ in 0..MAX_ROUNDS {
        let loose: f64 = nodes.iter().filter(|n| strength[n.index()] == 0.0).map(|n| rank[n.index()]).sum();
        let mut next = vec![(1.0 - DAMPING + DAMPING * loose) / count as f64; count];
        for edge in graph.edge_references() {
            let weight = edge.weight().weight.abs();
            let (a, b) = (edge.source().index(), edge.target().index());
            for (from, to) in [(a, b), (b, a)].into_iter().take(if a == b { 1 } else { 2 }) {
                if strength[from] > 0.0 {
                    next[to] += DAMPING * rank[from] * weight / strength[from];
                }
            }
        }
        let change = rank.iter().zip(&next).map(|(old, new)| (old - new).abs()).fold(0.0, f64::max);
        rank = next;
        if change < TOLERANCE {
            break;
        }
    }
    index.into_iter().map(|(id, node)| (id, rank[node.index()])).collect()
}

/// The share, from 0 to 1, of shortest ways between others that lead over a node. Parallel ties are one way. Cost: nodes times
/// ties.
pub fn betweenness(network: &Network) -> BTreeMap<EntityId, f64> {
    // Sequential, since sums of numbers in another order differ in their last digits.
    by_node(network, |graph| betweenness_centrality(graph, false, true, usize::MAX))
}

/// How near a node is to those that it can reach, times the share that it can reach: from 0 to 1. Cost: nodes times ties.
pub fn closeness(network: &Network) -> BTreeMap<EntityId, f64> {
    by_node(network, |graph| closeness_centrality(graph, true, usize::MAX))
}

fn by_node(network: &Network, measure: impl Fn(&UnGraph<(), ()>) -> Vec<Option<f64>>) -> BTreeMap<EntityId, f64> {
    let mut graph = UnGraph::default();
    let index: BTreeMap<&EntityId, _> = network.nodes().map(|node| (&node.id, graph.add_node(()))).collect();
    let ends = network.ties().map(|tie| (index[&tie.source], index[&tie.target]));
    let pairs: BTreeSet<_> = ends.filter(|(a, b)| a != b).map(|(a, b)| (a.min(b), a.max(b))).collect();
    for (a, b) in pairs {
        graph.add_edge(a, b, ());
    }
    let values = measure(&graph);
    index.into_iter().map(|(id, node)| (id.clone(), values[node.index()].unwrap_or_default())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample::tie;

    #[test]
    fn the_middle_of_a_star_ranks_first() {
        let network = Network::from_ties([], [tie("1", "FRA", "DEU"), tie("2", "FRA", "POL"), tie("3", "FRA", "ITA")]);
        let ranks = page_rank(&network);
        // By hand: m = 0.15/4 + 0.85·3l and l = 0.15/4 + 0.85·m/3, hence m = (0.0375 + 2.55·0.0375)/(1 − 0.7225).
        let middle = (0.0375 + 2.55 * 0.0375) / (1.0 - 0.7225);
        assert!((ranks[&"FRA".parse().unwrap()] - middle).abs() < 1e-9);
        assert!((ranks.values().sum::<f64>() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn degrees_count_ties_and_weights() {
        let network = Network::from_ties([], [tie("1", "FRA", "DEU"), tie("2", "FRA", "POL")]);
        assert_eq!(degrees(&network)[&"FRA".parse().unwrap()], (2, 14.0));
    }

    #[test]
    fn the_middle_of_a_chain_stands_between() {
        // FRA-DEU-POL: one pair, whose only way leads over DEU; parallel ties change nothing.
        let ties = [tie("1", "FRA", "DEU"), tie("2", "DEU", "POL"), tie("3", "POL", "DEU")];
        let network = Network::from_ties([], ties);
        let between = betweenness(&network);
        let value = |map: &BTreeMap<EntityId, f64>, id: &str| map[&id.parse().unwrap()];
        assert_eq!((value(&between, "DEU"), value(&between, "FRA")), (1.0, 0.0));
        // From DEU two nodes at a distance of one; from FRA one at one and one at two.
        let close = closeness(&network);
        assert_eq!((value(&close, "DEU"), value(&close, "FRA")), (1.0, 2.0 / 3.0));
    }

    #[test]
    fn an_empty_network_has_no_measures() {
        let network = Network::default();
        assert!(page_rank(&network).is_empty() && betweenness(&network).is_empty() && closeness(&network).is_empty());
    }
}
