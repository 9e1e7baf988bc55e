//! Property paths: what leads from a node to its values.
//!
//! A path is followed from a set of nodes to a set of nodes, so that a node reached in many ways is followed on once.

use crate::graph::Id;
use crate::shape::Constant;
use crate::validator::Validator;
use rustc_hash::FxHashSet;

/// A property path of SHACL, without repetition of a repetition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Path {
    Property(Constant),
    Inverse(Box<Path>),
    Sequence(Vec<Path>),
    Alternative(Vec<Path>),
    ZeroOrMore(Box<Path>),
    OneOrMore(Box<Path>),
    ZeroOrOne(Box<Path>),
}

/// Whether a path is followed forward or against its direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Forward,
    Backward,
}

impl Direction {
    fn turned(self) -> Self {
        match self {
            Self::Forward => Self::Backward,
            Self::Backward => Self::Forward,
        }
    }
}

/// The distinct nodes that a path leads to, ascending.
pub(crate) fn values(validator: &mut Validator<'_>, path: &Path, from: Id) -> Vec<Id> {
    follow(validator, path, &[from], Direction::Forward)
}

fn follow(validator: &mut Validator<'_>, path: &Path, from: &[Id], direction: Direction) -> Vec<Id> {
    match path {
        Path::Property(property) => step(validator, *property, from, direction),
        Path::Inverse(path) => follow(validator, path, from, direction.turned()),
        Path::Sequence(parts) => follow_all(validator, parts, from, direction),
        Path::Alternative(paths) => {
            distinct(paths.iter().flat_map(|path| follow(validator, path, from, direction)).collect())
        }
        Path::ZeroOrMore(path) => repeat(validator, path, from.to_vec(), direction),
        Path::OneOrMore(path) => {
            let first = follow(validator, path, from, direction);
            repeat(validator, path, first, direction)
        }
        Path::ZeroOrOne(path) => {
            let reached = follow(validator, path, from, direction);
            distinct(from.iter().copied().chain(reached).collect())
        }
    }
}

fn step(validator: &mut Validator<'_>, property: Constant, from: &[Id], direction: Direction) -> Vec<Id> {
    let property = validator.constant(property);
    let graph = validator.graph;
    let reached: Vec<Id> = match direction {
        Direction::Forward => from.iter().flat_map(|node| graph.objects(*node, property)).collect(),
        Direction::Backward => from.iter().flat_map(|node| graph.subjects(property, *node)).collect(),
    };
    validator.spend(from.len() + reached.len());
    // The index is ascending and without repetition already.
    if from.len() == 1 { reached } else { distinct(reached) }
}

fn follow_all(validator: &mut Validator<'_>, parts: &[Path], from: &[Id], direction: Direction) -> Vec<Id> {
    let one = |nodes: Vec<Id>, part: &Path| follow(validator, part, &nodes, direction);
    match direction {
        Direction::Forward => parts.iter().fold(from.to_vec(), one),
        Direction::Backward => parts.iter().rev().fold(from.to_vec(), one),
    }
}

/// These nodes and all that is reached from them by going on.
fn repeat(validator: &mut Validator<'_>, path: &Path, from: Vec<Id>, direction: Direction) -> Vec<Id> {
    let mut seen: FxHashSet<Id> = from.iter().copied().collect();
    let mut frontier = from;
    while !frontier.is_empty() && validator.has_steps() {
        let reached = follow(validator, path, &frontier, direction);
        frontier = reached.into_iter().filter(|node| seen.insert(*node)).collect();
    }
    distinct(seen.into_iter().collect())
}

fn distinct(mut nodes: Vec<Id>) -> Vec<Id> {
    nodes.sort_unstable();
    nodes.dedup();
    nodes
}
