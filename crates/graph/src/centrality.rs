//! Who stands in the middle: degrees and PageRank (Brin and Page 1998), without directions.

use crate::Network;
use chancery_model::EntityId;
use petgraph::visit::EdgeRef;
use std::collections::BTreeMap;

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
    fn an_empty_network_has_no_ranks() {
        assert!(page_rank(&Network::default()).is_empty());
    }
}
