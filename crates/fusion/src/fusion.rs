//! What follows from claims, kept up to date: a claim that comes or goes touches the keys that it names, and no others.
//!
//! Claims are clustered by type and parties into happenings ([`crate::cluster`]); happenings act on the states of their keys
//! ([`crate::state`]); promises, disputes and occasions hang on happenings. Each step takes what the step before it changed.

use crate::cluster::Strand;
use crate::event::{self, Happening};
use crate::key::Key;
use crate::occasion::Occasions;
use crate::record::{PromiseRecords, holders};
use crate::sorted::{Changed, Sorted};
use crate::state::{History, Reference, StateKey, reference, touches};
use crate::{dispute, promise};
use chancery_model::{Dispute, Event, EventId, Promise, RecordHolder, RelationState, ReportedClaim, Status, World};
use imbl::{OrdMap, OrdSet};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What follows from a set of claims. It does not matter in which order they came. Clones share all that is equal.
#[derive(Clone, Debug, Default)]
pub struct Fusion {
    /// What happened, was planned, or was denied.
    pub events: Sorted<Event>,
    /// What holds or held, from news and from reference tables.
    pub states: Sorted<RelationState>,
    /// What is denied.
    pub disputes: Sorted<Dispute>,
    /// What was promised, and what became of it.
    pub promises: Sorted<Promise>,
    /// How promises ended, by actor and by outlet.
    pub records: PromiseRecords,
    world: Arc<World>,
    reference: Arc<Reference>,
    newest: Option<Date>,
    strands: OrdMap<Key, Strand>,
    happenings: OrdMap<Key, Arc<Happening>>,
    histories: OrdMap<Key, Arc<History>>,
    occasions: Occasions,
    /// Promises by their last day: what the passing of time can change.
    due: OrdSet<(Date, Key)>,
}

/// What a change of claims changed.
#[derive(Clone, Debug, Default)]
pub struct FusionChange {
    /// Events that differ.
    pub events: Vec<Changed<Event>>,
    /// States that differ.
    pub states: Vec<Changed<RelationState>>,
    /// Disputes that differ.
    pub disputes: Vec<Changed<Dispute>>,
    /// Promises that differ.
    pub promises: Vec<Changed<Promise>>,
    /// Events whose occasion has other events than before, though they need not differ themselves.
    pub occasions: BTreeSet<EventId>,
    /// Whose records of promises differ.
    pub records: BTreeSet<RecordHolder>,
}

/// Fuses claims at once. `newest` is the day of the newest document.
pub fn fuse(reported: &[ReportedClaim], world: &Arc<World>, newest: Option<Date>) -> Fusion {
    let mut fusion = Fusion::new(world.clone());
    fusion.change(&[], reported, newest);
    fusion
}

impl Fusion {
    /// What the reference tables say, before any news.
    pub fn new(world: Arc<World>) -> Self {
        let reference = Arc::new(reference(&world));
        let mut fusion = Self { world, reference, ..Self::default() };
        let keys: Vec<Arc<StateKey>> = fusion.reference.keys().cloned().collect();
        let mut change = FusionChange::default();
        for key in keys {
            fusion.replay(key.number(), &key, &mut change);
        }
        fusion
    }

    /// The world that it reads with.
    pub fn world(&self) -> &Arc<World> {
        &self.world
    }

    /// The day of the newest document.
    pub fn newest(&self) -> Option<Date> {
        self.newest
    }

    /// The events around the occasion of an event, by id: a summit, the visits and meetings of its days.
    pub fn occasion_of(&self, event: &EventId) -> impl Iterator<Item = &Event> {
        let others = Key::parse(&event.0).into_iter().flat_map(|event| self.occasions.of(event));
        others.filter_map(|other| self.events.of(other)).map(Arc::as_ref)
    }

    /// All links between events of one occasion, each in both directions, sorted.
    pub fn occasions(&self) -> impl Iterator<Item = (&EventId, &EventId)> {
        self.occasions.links().map(|(event, other)| (self.id_of(*event), self.id_of(*other)))
    }

    fn id_of(&self, event: Key) -> &EventId {
        &self.events.of(event).expect("what is linked or due is an event").id
    }

    /// Takes claims out and puts claims in; `newest` is the day of the newest document from now on.
    ///
    /// Cost: that of the claims which lie near the changed ones in time and have their type and parties, and of the events
    /// of the states that these touch.
    pub fn change(&mut self, removed: &[ReportedClaim], added: &[ReportedClaim], newest: Option<Date>) -> FusionChange {
        let mut change = FusionChange::default();
        let mut ripple = Ripple::default();
        for (key, (removed, added)) in by_key(removed, added) {
            self.recluster(key, &removed, &added, &mut ripple);
        }
        self.settle(&mut ripple, &mut change);
        for (number, key) in std::mem::take(&mut ripple.keys) {
            let touched = self.replay(number, &key, &mut change);
            ripple.promises.extend(touched);
        }
        ripple.promises.extend(self.falling_due(newest));
        self.newest = newest;
        for event in ripple.promises {
            self.promise(event, &mut change);
        }
        change
    }

    fn recluster(&mut self, key: Key, removed: &[ReportedClaim], added: &[ReportedClaim], ripple: &mut Ripple) {
        let strand = self.strands.entry(key).or_default();
        let done = strand.change(removed, added, &self.world);
        if strand.is_empty() {
            self.strands.remove(&key);
        }
        ripple.gone.extend(done.gone.into_iter().map(|told| (told.key(), told)));
        ripple.come.extend(done.come.into_iter().map(|told| (told.key(), told)));
    }

    /// Takes up what happenings have become: events, disputes, occasions, and what they do to states.
    fn settle(&mut self, ripple: &mut Ripple, change: &mut FusionChange) {
        let keys: BTreeSet<Key> = ripple.gone.keys().chain(ripple.come.keys()).copied().collect();
        for key in keys {
            let (old, new) = (ripple.gone.remove(&key), ripple.come.remove(&key));
            let Some(id) = new.as_ref().or(old.as_ref()).filter(|_| old != new).map(|told| told.event.id.clone())
            else {
                continue;
            };
            if let Some(old) = &old {
                let others = self.occasions.remove(old);
                change.occasions.extend(others.into_iter().map(|other| self.id_of(other).clone()));
                self.touch(old, &mut ripple.keys, |history, row, _| history.remove(old, row));
            }
            if let Some(new) = &new {
                let others = self.occasions.add(new);
                change.occasions.extend(others.into_iter().map(|other| self.id_of(other).clone()));
                self.touch(new, &mut ripple.keys, |history, row, effect| history.add(new, row, effect));
            }
            match &new {
                Some(new) => self.happenings.insert(key, new.clone()),
                None => self.happenings.remove(&key),
            };
            change.events.extend(self.events.set(&id.0, new.as_ref().map(|told| told.event.clone())));
            change.disputes.extend(
                self.disputes.set(&dispute::name(&id), new.as_deref().and_then(dispute::dispute).map(Arc::new)),
            );
            change.occasions.insert(id);
            ripple.promises.insert(key);
        }
    }

    fn touch(
        &mut self,
        happening: &Happening,
        keys: &mut BTreeMap<Key, Arc<StateKey>>,
        mut act: impl FnMut(&mut History, usize, &'static crate::effect::Effect),
    ) {
        for (key, row, effect) in touches(&happening.event) {
            let number = key.number();
            act(Arc::make_mut(self.histories.entry(number).or_default()), row, effect);
            keys.insert(number, key);
        }
    }

    /// Makes the states of a key anew, and gives the events whose promises that can concern.
    fn replay(&mut self, number: Key, key: &StateKey, change: &mut FusionChange) -> Vec<Key> {
        let history = Arc::make_mut(self.histories.entry(number).or_default());
        let before = std::mem::take(&mut history.states);
        history.replay(key, &self.reference, &self.world);
        for old in before.iter().skip(history.states.len()) {
            change.states.extend(self.states.set(&old.id.0, None));
        }
        for new in history.states.iter() {
            change.states.extend(self.states.set(&new.id.0, Some(new.clone())));
        }
        let planned = history.events().filter(|told| told.with_status(&[Status::Planned]).next().is_some());
        let planned = planned.map(|told| told.key()).collect();
        if history.is_empty() {
            self.histories.remove(&number);
        }
        planned
    }

    /// Promises whose last day passes, or comes back, as the newest day moves.
    fn falling_due(&self, newest: Option<Date>) -> Vec<Key> {
        let (from, to) = (self.newest.min(newest), self.newest.max(newest));
        let (from, Some(to)) = (from.unwrap_or(Date::MIN), to) else { return Vec::new() };
        let start = (from, Key::LEAST);
        self.due.range(start..).take_while(|(day, _)| *day < to).map(|(_, event)| *event).collect()
    }

    fn promise(&mut self, event: Key, change: &mut FusionChange) {
        let new = self.happenings.get(&event).cloned().and_then(|happening| {
            let announced = self.announced_by(&happening.event);
            promise::promise(&happening, &announced, self.newest, &self.world)
        });
        let name = promise::name(&EventId::from(event.id()));
        let Some(changed) = self.promises.set(&name, new.map(Arc::new)) else { return };
        if let Some(old) = &changed.old {
            self.records.remove(old);
            change.records.extend(holders(old));
            old.due.map(|day| self.due.remove(&(day, event)));
        }
        if let Some(new) = &changed.new {
            self.records.add(new);
            change.records.extend(holders(new));
            new.due.map(|day| self.due.insert((day, event)));
        }
        change.promises.push(changed);
    }

    /// The states that an event announced or opened.
    fn announced_by(&self, event: &Event) -> Vec<&RelationState> {
        let histories = touches(event).into_iter().filter_map(|(key, _, _)| self.histories.get(&key.number()));
        let states = histories.flat_map(|history| history.states.iter());
        let opened = states.filter(|state| state.opened_by.contains(&event.id));
        opened.filter_map(|state| self.states.get(&state.id.0)).collect()
    }

    /// The claims that tell an event, by id.
    pub fn claims_of(&self, event: &EventId) -> &[ReportedClaim] {
        let happening = Key::parse(&event.0).and_then(|key| self.happenings.get(&key));
        happening.map_or(&[], |happening| &happening.claims)
    }
}

/// What one step leaves to the next.
#[derive(Default)]
struct Ripple {
    gone: BTreeMap<Key, Arc<Happening>>,
    come: BTreeMap<Key, Arc<Happening>>,
    keys: BTreeMap<Key, Arc<StateKey>>,
    promises: BTreeSet<Key>,
}

type ByKey = BTreeMap<Key, (Vec<ReportedClaim>, Vec<ReportedClaim>)>;

fn by_key(removed: &[ReportedClaim], added: &[ReportedClaim]) -> ByKey {
    let mut keys = ByKey::new();
    for reported in removed {
        keys.entry(event::key(reported)).or_default().0.push(reported.clone());
    }
    for reported in added {
        keys.entry(event::key(reported)).or_default().1.push(reported.clone());
    }
    keys
}

impl PartialEq for Fusion {
    /// Equal results of equal worlds; how they are kept does not count.
    fn eq(&self, other: &Self) -> bool {
        self.events == other.events
            && self.states == other.states
            && self.disputes == other.disputes
            && self.promises == other.promises
            && self.records == other.records
            && self.occasions == other.occasions
    }
}
