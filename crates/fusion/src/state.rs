//! Relation states: what events opened, suspended and closed for each key, in the order of time.

use crate::effect::{Action, Effect, Shape, effects};
use crate::event::{self, Happening, documents};
use crate::key::Key;
use crate::origin::origins;
use chancery_model::hash::content_hash;
use chancery_model::{
    EntityId, EntityKind, Event, EventDate, EventId, Membership, Phase, RelationState, ReportedClaim, StateId,
    StateKind, StateOrigin, StateStatus, Status, TreatyStage, World,
};
use imbl::OrdMap;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What a state is about. States of one key follow each other in time and never overlap.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct StateKey {
    kind: StateKind,
    parties: Vec<EntityId>,
    counterpart: Option<EntityId>,
    agreement: Option<EntityId>,
    /// What is sanctioned: a key of its own, so that lifting a tariff ends no arms embargo.
    measure: Option<String>,
}

impl StateKey {
    /// The number of the key.
    pub(crate) fn number(&self) -> Key {
        Key::hash(words(self).iter().map(String::as_str))
    }
}

/// The order in which events act on a key: by their last possible day, else by publication; at the same moment those that
/// end come after those that begin.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Moment {
    day: Option<Date>,
    rank: u8,
    event: EventId,
    /// The row of the effect.
    effect: usize,
}

/// An event that touches a key.
#[derive(Clone, Debug, PartialEq)]
struct Touch {
    happening: Arc<Happening>,
    effect: &'static Effect,
}

/// The events that touch a key, and the states that they make. Clones share.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct History {
    touches: OrdMap<Moment, Touch>,
    pub(crate) states: Arc<[Arc<RelationState>]>,
}

/// What the reference tables say of each key before any news.
pub(crate) type Reference = BTreeMap<Arc<StateKey>, Vec<RelationState>>;

/// The states of the reference tables, named.
pub(crate) fn reference(world: &World) -> Reference {
    let mut reference = Reference::new();
    for membership in world.memberships() {
        if let Some((key, state)) = membership_state(membership, world) {
            reference.entry(Arc::new(key)).or_default().push(state);
        }
    }
    for membership in world.memberships().iter().filter(|membership| membership.kind == "suspended") {
        suspend_membership(membership, &mut reference);
    }
    for states in reference.values_mut() {
        states.sort_by_key(|state| (state.valid_from.not_before(), state.valid_until.not_after()));
    }
    reference
}

/// The keys that an event touches, with what it does to each.
pub(crate) fn touches(event: &Event) -> Vec<(Arc<StateKey>, usize, &'static Effect)> {
    let effects = effects(event.event_type, event.subtype.as_deref());
    effects
        .into_iter()
        .flat_map(|(row, effect)| keys(event, effect).into_iter().map(move |key| (Arc::new(key), row, effect)))
        .collect()
}

impl History {
    /// Lets an event touch the key from now on.
    pub(crate) fn add(&mut self, happening: &Arc<Happening>, row: usize, effect: &'static Effect) {
        self.touches.insert(moment(happening, row), Touch { happening: happening.clone(), effect });
    }

    /// The event touches the key no longer.
    pub(crate) fn remove(&mut self, happening: &Happening, row: usize) {
        self.touches.remove(&moment(happening, row));
    }

    /// Lets every event act anew, in the order of time.
    pub(crate) fn replay(&mut self, key: &StateKey, reference: &Reference, world: &World) {
        let before = reference.get(key).into_iter().flatten();
        let mut drafts: Vec<Draft> = before.map(|state| Draft { state: state.clone(), told: Vec::new() }).collect();
        for touch in self.touches.values() {
            apply(key, &mut drafts, touch, world);
        }
        for draft in &mut drafts {
            draft.succeed(world);
        }
        let last = drafts.len().saturating_sub(1);
        let finished = drafts.into_iter().enumerate().map(|(ordinal, draft)| {
            let mut state = draft.finish(key, ordinal, world);
            state.followed_by = (ordinal < last).then(|| name(key, ordinal + 1).into());
            Arc::new(state)
        });
        self.states = finished.collect();
    }

    /// The events that touch the key.
    pub(crate) fn events(&self) -> impl Iterator<Item = &Arc<Happening>> {
        self.touches.values().map(|touch| &touch.happening)
    }

    /// Whether neither events nor states are left.
    pub(crate) fn is_empty(&self) -> bool {
        self.touches.is_empty() && self.states.is_empty()
    }
}

fn moment(happening: &Happening, effect: usize) -> Moment {
    let event = &happening.event;
    let rank = match event.status {
        Status::Possible | Status::Denied => 0,
        Status::Planned => 1,
        Status::Occurred => 2,
        Status::Cancelled => 3,
    };
    Moment {
        day: event.date.not_after().or_else(|| happening.first_published()),
        rank,
        event: event.id.clone(),
        effect,
    }
}

/// The keys that an effect touches.
fn keys(event: &Event, effect: &Effect) -> Vec<StateKey> {
    let key = |parties: Vec<EntityId>, counterpart: Option<EntityId>, agreement: Option<EntityId>| StateKey {
        kind: effect.kind,
        parties,
        counterpart,
        agreement,
        measure: if effect.kind == StateKind::Sanctions { event.topic.map(|t| t.as_str().to_owned()) } else { None },
    };
    let directed = || event.source.iter().flat_map(|s| event.target.iter().map(move |t| (s.clone(), t.clone())));
    match effect.shape {
        Shape::Pair if effect.kind.is_symmetric() => {
            pairs(&event.parties()).into_iter().map(|(a, b)| key(vec![a, b], None, None)).collect()
        }
        // A break of relations ends the missions and accreditations of both sides.
        Shape::Pair => pairs(&event.parties())
            .into_iter()
            .flat_map(|(a, b)| [(a.clone(), b.clone()), (b, a)])
            .map(|(a, b)| key(vec![a], Some(b), None))
            .collect(),
        Shape::Directed => directed().map(|(s, t)| key(vec![s], Some(t), None)).collect(),
        Shape::Member => directed()
            .filter(|(s, _)| effect.kind != StateKind::MemberOf || s.kind() == EntityKind::Org)
            .map(|(s, t)| key(vec![t], Some(s), None))
            .collect(),
        Shape::Agreement => match &event.agreement {
            Some(agreement) if agreement.slug().starts_with("unnamed-") => {
                vec![key(event.parties(), None, Some(agreement.clone()))]
            }
            Some(agreement) => {
                event.parties().into_iter().map(|party| key(vec![party], None, Some(agreement.clone()))).collect()
            }
            None => Vec::new(),
        },
        Shape::Accession => directed()
            .filter_map(|(s, t)| match t.kind() {
                EntityKind::Agreement => Some(key(vec![s], None, Some(t))),
                EntityKind::Org => Some(StateKey { kind: StateKind::MemberOf, ..key(vec![s], Some(t), None) }),
                _ => None,
            })
            .collect(),
    }
}

pub(crate) fn pairs(parties: &[EntityId]) -> Vec<(EntityId, EntityId)> {
    let mut pairs = Vec::new();
    for (at, a) in parties.iter().enumerate() {
        pairs.extend(parties[at + 1..].iter().map(|b| (a.clone(), b.clone())));
    }
    pairs
}

/// A state under construction, with the events that speak for it.
struct Draft {
    state: RelationState,
    told: Vec<Arc<Happening>>,
}

impl Draft {
    fn of(key: &StateKey, touch: &Touch) -> Self {
        Self { state: blank(key, touch.happening.event.topic), told: Vec::new() }
    }

    fn lives(&self) -> bool {
        matches!(self.state.status, StateStatus::InForce | StateStatus::Suspended)
    }

    /// The events that speak for the state are those whose claims support it.
    fn support(&mut self, touch: &Touch) {
        // Several effects of one event follow each other.
        if self.told.last().is_none_or(|told| told.event.id != touch.happening.event.id) {
            self.told.push(touch.happening.clone());
            self.state.topic = self.state.topic.or(touch.happening.event.topic);
        }
    }

    /// Goes on in another way from some day. What does not differ from the phase before begins none.
    fn turn(&mut self, since: EventDate, touch: &Touch) {
        let (status, stage, level) = (self.state.status, self.state.stage, self.state.level.clone());
        let same = |phase: &Phase| phase.status == status && phase.stage == stage && phase.level == level;
        if !self.state.phases.last().is_some_and(same) {
            let by = Some(touch.happening.event.id.clone());
            self.state.phases.push(Phase { since, status, stage, level, by });
        }
    }

    fn close(&mut self, status: StateStatus, since: EventDate, touch: &Touch) {
        self.state.status = status;
        self.state.status_since = since;
        self.state.closed_by.push(touch.happening.event.id.clone());
        self.support(touch);
        self.turn(since, touch);
    }

    /// What a state that is no more was party to has ended with it.
    fn succeed(&mut self, world: &World) {
        let state = &mut self.state;
        let ends =
            state.members().into_iter().filter_map(|party| world.dissolved(&party).map(|day| (day, party))).min();
        let Some((day, party)) = ends else { return };
        let over_before = state.valid_until.not_after().is_some_and(|end| end <= day);
        let begins_after = state.valid_from.not_before().is_some_and(|begin| begin >= day);
        if over_before
            || begins_after
            || !matches!(state.status, StateStatus::InForce | StateStatus::Suspended | StateStatus::Ended)
        {
            return;
        }
        let earliest = state.valid_until.not_before().filter(|first| *first <= day);
        state.valid_until = match state.status {
            StateStatus::Ended => EventDate::bounds(earliest, Some(day)),
            _ => EventDate::day(day),
        };
        if state.status != StateStatus::Ended {
            state.status = StateStatus::Ended;
            state.stage = state.stage.map(|_| TreatyStage::Withdrawn);
            state.status_since = EventDate::day(day);
            let (stage, level) = (state.stage, state.level.clone());
            let since = state.status_since;
            state.phases.push(Phase { since, status: StateStatus::Ended, stage, level, by: None });
        }
        if state.valid_from.not_after().is_some_and(|begin| begin > day) {
            state.valid_from = EventDate::bounds(state.valid_from.not_before(), Some(day));
        }
        state.succession = Some(party);
    }

    fn finish(self, key: &StateKey, ordinal: usize, world: &World) -> RelationState {
        let Self { mut state, told } = self;
        let claims: Vec<ReportedClaim> = told
            .iter()
            .flat_map(|told| told.claims.iter().filter(|c| c.claim.status != Status::Denied))
            .cloned()
            .collect();
        state.id = name(key, ordinal).into();
        state.supported_by = sorted(claims.iter().map(|c| c.claim.id.clone()));
        state.disputed_by = sorted(state.disputed_by);
        state.opened_by = sorted(state.opened_by);
        state.closed_by = sorted(state.closed_by);
        state.documents = documents(&claims);
        state.origins = origins(&claims, world);
        state.last_supported = claims.iter().filter_map(|c| c.document.published).max();
        state.last_recorded = state.last_recorded.max(claims.iter().map(|c| c.document.recorded).max());
        state
    }
}

fn sorted<T: Ord>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    items.into_iter().collect::<BTreeSet<T>>().into_iter().collect()
}

/// Lets one event act on the states of a key.
fn apply(key: &StateKey, drafts: &mut Vec<Draft>, touch: &Touch, world: &World) {
    match (touch.happening.event.status, touch.effect.action) {
        (Status::Occurred, action) => occurred(key, drafts, touch, action, world),
        (Status::Planned, Action::Open) => planned(key, drafts, touch),
        (Status::Cancelled, Action::Open) => cancelled(key, drafts, touch),
        _ => {}
    }
    if let Some(current) = drafts.last_mut() {
        for denied in touch.happening.with_status(&[Status::Denied]) {
            current.state.disputed_by.push(denied.claim.id.clone());
            current.state.last_recorded = current.state.last_recorded.max(Some(denied.document.recorded));
        }
    }
}

fn occurred(key: &StateKey, drafts: &mut Vec<Draft>, touch: &Touch, action: Action, world: &World) {
    let since = known_since(&touch.happening);
    let living = drafts.last().is_some_and(Draft::lives);
    match action {
        Action::Open | Action::Level => open(key, drafts, touch, action, world),
        Action::Close | Action::Suspend | Action::Leave => {
            let current = living_or_presumed(key, drafts, touch, since);
            end(current, touch, action, since);
        }
        Action::CloseKnown | Action::SuspendKnown if living => {
            let current = drafts.last_mut().expect("one lives");
            let action = if action == Action::CloseKnown { Action::Close } else { Action::Suspend };
            end(current, touch, action, since);
        }
        Action::CloseKnown | Action::SuspendKnown => {}
    }
}

fn open(key: &StateKey, drafts: &mut Vec<Draft>, touch: &Touch, action: Action, world: &World) {
    let since = known_since(&touch.happening);
    let current = match action {
        // What is raised, lowered or eased was there.
        Action::Level => living_or_presumed(key, drafts, touch, since),
        _ => {
            if !drafts.last().is_some_and(Draft::lives) {
                begin(key, drafts, touch, since);
            }
            drafts.last_mut().expect("begun")
        }
    };
    let state = &mut current.state;
    let resumes = state.status == StateStatus::Suspended && action == Action::Open;
    if resumes {
        state.status = StateStatus::InForce;
        state.status_since = since;
    }
    state.stage = stage(key, touch.effect, world).max(state.stage);
    if key.kind != StateKind::PartyTo {
        match touch.effect.value {
            Some(level) => state.level = Some(level.to_owned()),
            // Raised or lowered, but to which level nobody says: the one before is no longer so.
            None if action == Action::Level => state.level = None,
            None => {}
        }
    }
    // A later report of an older opening moves the start back, never forward.
    if action == Action::Open && earlier(since, state.valid_from) && state.origin == StateOrigin::News {
        state.valid_from = since;
        state
            .phases
            .iter_mut()
            .filter(|phase| phase.status == StateStatus::InForce)
            .take(1)
            .for_each(|p| p.since = since);
    }
    state.opened_by.push(touch.happening.event.id.clone());
    current.support(touch);
    current.turn(since, touch);
}

fn end(current: &mut Draft, touch: &Touch, action: Action, since: EventDate) {
    match action {
        Action::Suspend => current.close(StateStatus::Suspended, since, touch),
        Action::Leave => {
            let state = &mut current.state;
            if state.kind == StateKind::PartyTo {
                state.stage = Some(TreatyStage::Withdrawing);
            }
            // It ends when the withdrawal takes effect, on that day or later.
            if state.valid_until.is_unknown() {
                state.valid_until = EventDate::bounds(since.not_before(), None);
            }
            let status = state.status;
            current.close(status, since, touch);
        }
        _ => {
            let state = &mut current.state;
            state.stage = state.stage.map(|_| TreatyStage::Withdrawn);
            state.valid_until = since;
            current.close(StateStatus::Ended, since, touch);
        }
    }
}

/// The state that an ending or freezing event presumes: what is broken off was there, since nobody knows when.
fn living_or_presumed<'a>(
    key: &StateKey,
    drafts: &'a mut Vec<Draft>,
    touch: &Touch,
    since: EventDate,
) -> &'a mut Draft {
    if !drafts.last().is_some_and(Draft::lives) {
        let from = EventDate::bounds(None, since.not_after());
        begin(key, drafts, touch, from);
        drafts.last_mut().expect("begun").turn(from, touch);
    }
    drafts.last_mut().expect("begun")
}

/// A new state in force; an announced one becomes it, and so a promise is kept in the same state.
fn begin(key: &StateKey, drafts: &mut Vec<Draft>, touch: &Touch, since: EventDate) {
    if drafts.last().is_none_or(|draft| draft.state.status != StateStatus::Announced) {
        drafts.push(Draft::of(key, touch));
    }
    let state = &mut drafts.last_mut().expect("there is one").state;
    state.status = StateStatus::InForce;
    state.status_since = since;
    state.valid_from = since;
}

fn planned(key: &StateKey, drafts: &mut Vec<Draft>, touch: &Touch) {
    match drafts.last().map(|draft| draft.state.status) {
        Some(StateStatus::Announced) => {}
        Some(StateStatus::InForce | StateStatus::Suspended) => return,
        Some(StateStatus::Ended | StateStatus::Abandoned) | None => {
            let mut draft = Draft::of(key, touch);
            draft.state.status = StateStatus::Announced;
            draft.state.status_since = announced_since(&touch.happening);
            draft.state.stage = (key.kind == StateKind::PartyTo).then_some(TreatyStage::Announced);
            drafts.push(draft);
        }
    }
    let announced = drafts.last_mut().expect("there is one");
    announced.state.opened_by.push(touch.happening.event.id.clone());
    announced.support(touch);
    announced.turn(announced.state.status_since, touch);
}

/// What was announced and is off was never in force.
fn cancelled(key: &StateKey, drafts: &mut Vec<Draft>, touch: &Touch) {
    let is_announced = drafts.last().is_some_and(|draft| draft.state.status == StateStatus::Announced);
    let was_planned = touch.happening.with_status(&[Status::Planned]).next().is_some();
    if !is_announced && !was_planned {
        return;
    }
    if !is_announced {
        let mut draft = Draft::of(key, touch);
        draft.state.stage = (key.kind == StateKind::PartyTo).then_some(TreatyStage::Announced);
        draft.state.opened_by.push(touch.happening.event.id.clone());
        drafts.push(draft);
    }
    let current = drafts.last_mut().expect("there is one");
    current.close(StateStatus::Abandoned, called_off_since(&touch.happening), touch);
}

/// The day of the event; where it is not told, no later than the first report of it.
fn known_since(happening: &Happening) -> EventDate {
    if happening.event.date.is_unknown() {
        EventDate::bounds(None, happening.first_published())
    } else {
        happening.event.date
    }
}

/// The first day on which it was reported: a plan begins when it is told, not when it is due.
fn announced_since(happening: &Happening) -> EventDate {
    happening.first_published().map_or(EventDate::UNKNOWN, EventDate::day)
}

/// No later than the first report that it is off: the date of the event is the one for which it had been planned.
pub(crate) fn called_off_since(happening: &Happening) -> EventDate {
    let off = happening.with_status(&[Status::Cancelled]);
    EventDate::bounds(None, off.filter_map(|c| c.document.published).min())
}

fn earlier(a: EventDate, b: EventDate) -> bool {
    match (a.not_after(), b.not_after()) {
        (Some(a_latest), Some(b_latest)) => {
            a_latest < b_latest || a_latest == b_latest && a.precision() < b.precision()
        }
        _ => false,
    }
}

/// The stage that an act gives: in force where the agreement binds by that act.
fn stage(key: &StateKey, effect: &Effect, world: &World) -> Option<TreatyStage> {
    if key.kind != StateKind::PartyTo {
        return None;
    }
    let binds = key.agreement.as_ref().and_then(|id| world.agreement(id)).map(|agreement| agreement.binds.as_str());
    Some(match (effect.value, binds) {
        (Some("signed"), Some("signature")) | (Some("acceded"), _) => TreatyStage::InForce,
        (Some("ratified"), Some("ratification")) => TreatyStage::InForce,
        (Some("ratified"), _) => TreatyStage::Ratified,
        _ => TreatyStage::Signed,
    })
}

fn blank(key: &StateKey, topic: Option<chancery_model::Topic>) -> RelationState {
    RelationState {
        id: StateId::from(""),
        kind: key.kind,
        parties: key.parties.clone(),
        counterpart: key.counterpart.clone(),
        agreement: key.agreement.clone(),
        level: key.measure.clone(),
        status: StateStatus::InForce,
        stage: None,
        status_since: EventDate::UNKNOWN,
        valid_from: EventDate::UNKNOWN,
        valid_until: EventDate::UNKNOWN,
        opened_by: Vec::new(),
        closed_by: Vec::new(),
        supported_by: Vec::new(),
        disputed_by: Vec::new(),
        last_supported: None,
        last_recorded: None,
        documents: Vec::new(),
        origins: 0,
        origin: StateOrigin::News,
        topic,
        succession: None,
        followed_by: None,
        phases: Vec::new(),
    }
}

/// A membership of the reference tables as a state with its own source.
fn membership_state(membership: &Membership, world: &World) -> Option<(StateKey, RelationState)> {
    if !matches!(membership.kind.as_str(), "member" | "party") {
        return None;
    }
    let agreement = membership.body.kind() == EntityKind::Agreement;
    let key = membership_key(membership);
    let topic = key.agreement.as_ref().and_then(|id| world.agreement(id)?.topic);
    let (from, until) = (known_day(membership.from), known_day(membership.until));
    let stage = |stage| agreement.then_some(stage);
    let mut state = RelationState {
        stage: stage(TreatyStage::InForce),
        status_since: from,
        valid_from: from,
        origin: StateOrigin::Reference("memberships".to_owned()),
        ..blank(&key, topic)
    };
    let mut phase = |since, status, stage| {
        state.phases.push(Phase { since, status, stage, level: None, by: None });
        (state.status, state.stage, state.status_since) = (status, stage, since);
    };
    phase(from, StateStatus::InForce, stage(TreatyStage::InForce));
    if membership.until.is_some() {
        phase(until, StateStatus::Ended, stage(TreatyStage::Withdrawn));
        state.valid_until = until;
    }
    Some((key, state))
}

fn membership_key(membership: &Membership) -> StateKey {
    let agreement = membership.body.kind() == EntityKind::Agreement;
    StateKey {
        kind: if agreement { StateKind::PartyTo } else { StateKind::MemberOf },
        parties: vec![membership.actor.clone()],
        counterpart: (!agreement).then(|| membership.body.clone()),
        agreement: agreement.then(|| membership.body.clone()),
        measure: None,
    }
}

/// A membership that was suspended for a time: phases of the state of membership.
fn suspend_membership(membership: &Membership, reference: &mut Reference) {
    let states = reference.get_mut(&membership_key(membership)).into_iter().flatten();
    let Some(state) = states.filter(|state| state.status != StateStatus::Ended).last() else { return };
    let (stage, level) = (state.stage, state.level.clone());
    let mut phase = |since: EventDate, status| {
        let (stage, level) = (stage, level.clone());
        state.phases.push(Phase { since, status, stage, level, by: None });
        (state.status, state.status_since) = (status, since);
    };
    phase(known_day(membership.from), StateStatus::Suspended);
    if membership.until.is_some() {
        phase(known_day(membership.until), StateStatus::InForce);
    }
}

fn known_day(day: Option<Date>) -> EventDate {
    day.map_or(EventDate::UNKNOWN, EventDate::day)
}

/// The name of the states of a key, from 0 in the order of time.
fn name(key: &StateKey, ordinal: usize) -> String {
    content_hash(words(key).iter().map(String::as_str).chain([ordinal.to_string().as_str()]))
}

fn words(key: &StateKey) -> [String; 6] {
    let optional = |id: &Option<EntityId>| id.as_ref().map(ToString::to_string).unwrap_or_default();
    [
        "relation".to_owned(),
        key.kind.as_str().to_owned(),
        event::words(&key.parties),
        optional(&key.counterpart),
        optional(&key.agreement),
        key.measure.clone().unwrap_or_default(),
    ]
}
