//! Shortest ways between two nodes, whatever the direction of the ties.

use crate::Network;
use chancery_model::{EntityId, Tie};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// One way from one node to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Path<'n> {
    /// The nodes, both ends included.
    pub nodes: Vec<EntityId>,
    /// Between each node and the next: every tie that leads there, by id.
    pub steps: Vec<Vec<&'n Tie>>,
}

/// All shortest ways of at most `max_steps` steps, in the order of their nodes, at most `max_paths` of them.
///
/// Empty where there is none, or where an end is no node; one way without a step from a node to itself. Cost: one
/// breadth-first search, and the length of what is given.
pub fn shortest_paths<'n>(
    network: &'n Network,
    from: &EntityId,
    to: &EntityId,
    max_steps: usize,
    max_paths: usize,
) -> Vec<Path<'n>> {
    if network.node(from).is_none() || network.node(to).is_none() {
        return Vec::new();
    }
    let ties = ties_by_pair(network);
    let neighbours = neighbours(&ties);
    // Counted from the goal, so that each step of a way comes one nearer to it.
    let distance = distances(&neighbours, to, max_steps);
    let mut ways = Vec::new();
    let mut way = vec![from];
    if distance.contains_key(from) {
        walk(&neighbours, &distance, &mut way, max_paths, &mut ways);
    }
    let steps = |nodes: &[EntityId]| nodes.windows(2).map(|pair| ties[&ordered(&pair[0], &pair[1])].clone()).collect();
    ways.into_iter().map(|nodes| Path { steps: steps(&nodes), nodes }).collect()
}

type Pair<'n> = (&'n EntityId, &'n EntityId);

fn ordered<'n>(a: &'n EntityId, b: &'n EntityId) -> Pair<'n> {
    if a <= b { (a, b) } else { (b, a) }
}

fn ties_by_pair(network: &Network) -> BTreeMap<Pair<'_>, Vec<&Tie>> {
    let mut ties: BTreeMap<Pair<'_>, Vec<&Tie>> = BTreeMap::new();
    for tie in network.ties() {
        ties.entry(ordered(&tie.source, &tie.target)).or_default().push(tie);
    }
    ties
}

type Neighbours<'n> = BTreeMap<&'n EntityId, BTreeSet<&'n EntityId>>;

fn neighbours<'n>(ties: &BTreeMap<Pair<'n>, Vec<&'n Tie>>) -> Neighbours<'n> {
    let mut neighbours = Neighbours::new();
    for &(a, b) in ties.keys() {
        neighbours.entry(a).or_default().insert(b);
        neighbours.entry(b).or_default().insert(a);
    }
    neighbours
}

fn distances<'n>(neighbours: &Neighbours<'n>, to: &'n EntityId, max_steps: usize) -> BTreeMap<&'n EntityId, usize> {
    let mut distance = BTreeMap::from([(to, 0)]);
    let mut queue = VecDeque::from([to]);
    while let Some(at) = queue.pop_front() {
        let steps = distance[at];
        for &next in neighbours.get(at).into_iter().flatten().filter(|_| steps < max_steps) {
            distance.entry(next).or_insert_with(|| {
                queue.push_back(next);
                steps + 1
            });
        }
    }
    distance
}

/// Every way down the distances, in order.
fn walk<'n>(
    neighbours: &Neighbours<'n>,
    distance: &BTreeMap<&'n EntityId, usize>,
    way: &mut Vec<&'n EntityId>,
    max_paths: usize,
    ways: &mut Vec<Vec<EntityId>>,
) {
    let here = way[way.len() - 1];
    let left = distance[here];
    if left == 0 {
        ways.push(way.iter().map(|id| (*id).clone()).collect());
        return;
    }
    for &next in neighbours.get(here).into_iter().flatten() {
        if ways.len() < max_paths && distance.get(next) == Some(&(left - 1)) {
            way.push(next);
            walk(neighbours, distance, way, max_paths, ways);
            way.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample::tie;

    fn square() -> Network {
        // Two ways round from France to Poland, and a chain on from there.
        let ties =
            [("1", "FRA", "DEU"), ("2", "POL", "DEU"), ("3", "FRA", "ITA"), ("4", "ITA", "POL"), ("5", "POL", "UKR")];
        Network::from_ties([], ties.map(|(id, a, b)| tie(id, a, b)).into_iter().chain([tie("6", "DEU", "FRA")]))
    }

    fn check(from: &str, to: &str, max_steps: usize, max_paths: usize, expected: &[&str]) {
        let network = square();
        let (from, to) = (from.parse().unwrap(), to.parse().unwrap());
        let found = shortest_paths(&network, &from, &to, max_steps, max_paths);
        let found: Vec<String> =
            found.iter().map(|path| path.nodes.iter().map(EntityId::as_str).collect::<Vec<_>>().join("-")).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn every_shortest_way_is_found_in_order() {
        check("FRA", "POL", 6, 9, &["FRA-DEU-POL", "FRA-ITA-POL"]);
        check("FRA", "UKR", 6, 9, &["FRA-DEU-POL-UKR", "FRA-ITA-POL-UKR"]);
        check("FRA", "UKR", 2, 9, &[]);
        check("FRA", "POL", 6, 1, &["FRA-DEU-POL"]);
        check("FRA", "FRA", 6, 9, &["FRA"]);
        check("FRA", "CHN", 6, 9, &[]);
    }

    #[test]
    fn a_step_has_all_its_ties() {
        let network = square();
        let path = &shortest_paths(&network, &"FRA".parse().unwrap(), &"DEU".parse().unwrap(), 6, 9)[0];
        let ids: Vec<&str> = path.steps[0].iter().map(|tie| tie.id.as_str()).collect();
        assert_eq!(ids, ["1", "6"]);
    }
}
