//! Which two a document is about: how often each pair of actors was told of, and when last.

use chancery_model::{EntityId, EntityKind};
use rustc_hash::FxHashMap;

/// The pairs told of so far. The one told of most is kept with the counts, so that asking for it takes no longer in a long text.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    /// By the pair in its order: how often, and behind how many acts it was last.
    counts: FxHashMap<[EntityId; 2], (usize, usize)>,
    most: Option<Told>,
    /// The same among pairs of two states.
    most_of_states: Option<Told>,
}

/// A pair with its weight: of two told of equally often the later one, of two told of at once the one behind in their order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Told {
    count: usize,
    at: usize,
    pair: [EntityId; 2],
}

impl Pairs {
    /// Notes that two actors were told of together behind so many acts.
    pub(super) fn note(&mut self, a: &EntityId, b: &EntityId, at: usize) {
        let pair = in_order(a, b);
        let known = self.counts.entry(pair.clone()).or_default();
        *known = (known.0 + 1, at);
        let told = Told { count: known.0, at, pair };
        if are_states(&told.pair) && self.most_of_states.as_ref() < Some(&told) {
            self.most_of_states = Some(told.clone());
        }
        if self.most.as_ref() < Some(&told) {
            self.most = Some(told);
        }
    }

    /// The pair told of most often, where asked of two states; the last one counts once more.
    pub(super) fn main(&self, states: bool, last: Option<(&EntityId, &EntityId)>) -> Option<Vec<EntityId>> {
        let last = last.map(|(a, b)| in_order(a, b)).filter(|pair| !states || are_states(pair));
        let last = last.and_then(|pair| {
            let &(count, at) = self.counts.get(&pair)?;
            Some(Told { count: count + 1, at, pair })
        });
        let most = if states { &self.most_of_states } else { &self.most };
        last.max(most.clone()).map(|told| told.pair.to_vec())
    }
}

fn are_states(pair: &[EntityId; 2]) -> bool {
    pair.iter().all(|id| id.kind() == EntityKind::State)
}

fn in_order(a: &EntityId, b: &EntityId) -> [EntityId; 2] {
    let mut pair = [a.clone(), b.clone()];
    pair.sort();
    pair
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The main pair once these pairs were told of, one after the other.
    fn check(told: &[(&str, &str)], states: bool, expected: &[&str]) {
        let id = |text: &str| text.parse::<EntityId>().expect("an id");
        let told: Vec<_> = told.iter().map(|(a, b)| (id(a), id(b))).collect();
        let mut pairs = Pairs::default();
        for (at, (a, b)) in told.iter().enumerate() {
            pairs.note(a, b, at);
        }
        let main = pairs.main(states, told.last().map(|(a, b)| (a, b)));
        assert_eq!(main.unwrap_or_default(), expected.iter().map(|text| id(text)).collect::<Vec<_>>());
    }

    #[test]
    fn the_pair_told_of_most_is_meant_and_the_last_counts_once_more() {
        check(&[], false, &[]);
        check(&[("EGY", "TUR"), ("FRA", "MLI")], false, &["FRA", "MLI"]);
        check(&[("TUR", "EGY"), ("EGY", "TUR"), ("EGY", "TUR"), ("FRA", "MLI")], false, &["EGY", "TUR"]);
        check(&[("EGY", "TUR"), ("EGY", "TUR"), ("FRA", "MLI")], false, &["FRA", "MLI"]);
        check(&[("FRA", "MLI"), ("FRA", "org:nato"), ("FRA", "org:nato")], true, &["FRA", "MLI"]);
    }
}
