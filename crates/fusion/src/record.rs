//! How promises ended, by whose they were and by who reported them.

use chancery_model::{Promise, PromiseTally, RecordHolder};
use imbl::OrdMap;

/// The records of everybody. Clones share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PromiseRecords(OrdMap<RecordHolder, PromiseTally>);

impl PromiseRecords {
    /// One record; empty where there is no promise.
    pub fn of(&self, holder: &RecordHolder) -> PromiseTally {
        self.0.get(holder).copied().unwrap_or_default()
    }

    /// All records: actors by id, then outlets.
    pub fn iter(&self) -> impl Iterator<Item = (&RecordHolder, &PromiseTally)> {
        self.0.iter()
    }

    pub(crate) fn add(&mut self, promise: &Promise) {
        for holder in holders(promise) {
            let mut tally = self.of(&holder);
            *tally.count(promise.outcome) += 1;
            self.0.insert(holder, tally);
        }
    }

    pub(crate) fn remove(&mut self, promise: &Promise) {
        for holder in holders(promise) {
            let mut tally = self.of(&holder);
            *tally.count(promise.outcome) -= 1;
            match tally.total() {
                0 => self.0.remove(&holder),
                _ => self.0.insert(holder, tally),
            };
        }
    }
}

/// Everybody whose record a promise stands in.
pub(crate) fn holders(promise: &Promise) -> impl Iterator<Item = RecordHolder> + '_ {
    let actors = promise.holders.iter().cloned().map(RecordHolder::Actor);
    actors.chain(promise.outlets.iter().cloned().map(RecordHolder::Outlet))
}
