//! Things by their id, in its order. Clones share all that is equal, so that the graph of one moment can be kept while
//! the next one is made.

use crate::key::Key;
use chancery_model::{Dispute, Event, Promise, RelationState};
use imbl::OrdMap;
use std::sync::Arc;

/// What has an id of its own.
pub trait Identified {
    /// The id.
    fn id(&self) -> &Arc<str>;
}

impl Identified for Event {
    fn id(&self) -> &Arc<str> {
        &self.id.0
    }
}

impl Identified for RelationState {
    fn id(&self) -> &Arc<str> {
        &self.id.0
    }
}

impl Identified for Dispute {
    fn id(&self) -> &Arc<str> {
        &self.id
    }
}

impl Identified for Promise {
    fn id(&self) -> &Arc<str> {
        &self.id
    }
}

/// Things by their id. A look-up and a change cost the logarithm of their number, a clone nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Sorted<T>(OrdMap<Key, Arc<T>>);

impl<T> Default for Sorted<T> {
    fn default() -> Self {
        Self(OrdMap::new())
    }
}

impl<T: Identified> Sorted<T> {
    /// One of them.
    pub fn get(&self, id: &str) -> Option<&T> {
        self.shared(id).map(Arc::as_ref)
    }

    /// One of them, to be kept.
    pub fn shared(&self, id: &str) -> Option<&Arc<T>> {
        self.of(Key::parse(id)?)
    }

    pub(crate) fn of(&self, key: Key) -> Option<&Arc<T>> {
        self.0.get(&key)
    }

    /// All of them by id.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.0.values().map(Arc::as_ref)
    }

    /// All of them by id, to be kept.
    pub fn shared_iter(&self) -> impl DoubleEndedIterator<Item = &Arc<T>> {
        self.0.values()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Puts one where it belongs, or takes it away, and tells what that changed; nothing where all stays as it was.
    pub(crate) fn set(&mut self, id: &str, new: Option<Arc<T>>) -> Option<Changed<T>>
    where
        T: PartialEq,
    {
        let key = Key::of(id);
        let old = self.0.get(&key).cloned();
        if old == new {
            return None;
        }
        match &new {
            Some(new) => self.0.insert(key, new.clone()),
            None => self.0.remove(&key),
        };
        Some(Changed { old, new })
    }
}

/// A thing before and after a change; at least one of the two is there, and they differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed<T> {
    /// As it was.
    pub old: Option<Arc<T>>,
    /// As it is.
    pub new: Option<Arc<T>>,
}

impl<T: Identified> Changed<T> {
    /// The id, which stays.
    pub fn id(&self) -> &Arc<str> {
        self.new.as_ref().or(self.old.as_ref()).expect("one of them is there").id()
    }
}
