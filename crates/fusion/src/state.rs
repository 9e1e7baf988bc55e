//! Relation states: what events opened, suspended and closed for each key, in the order of time.

use crate::effect::{Action, Effect, Shape, effects};
use crate::event::{Happening, documents, origins};
use chancery_model::hash::content_hash;
use chancery_model::{
    ClaimId, EntityId, EntityKind, EventDate, Membership, RelationState, ReportedClaim, StateId, StateKind,
    StateOrigin, StateStatus, Status, TreatyStage, World,
};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What a state is about. States of one key follow each other in time and never overlap.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    kind: StateKind,
    parties: Vec<EntityId>,
    counterpart: Option<EntityId>,
    agreement: Option<EntityId>,
    /// What is sanctioned: a key of its own, so that lifting a tariff ends no arms embargo.
    measure: Option<String>,
}

/// An event that touches a key.
#[derive(Clone, Copy, Debug)]
struct Touch<'a> {
    happening: &'a Happening<'a>,
    effect: &'static Effect,
}

/// Every state that follows from the events and the reference tables.
pub(crate) fn states(happenings: &[Happening<'_>], world: &World) -> Vec<RelationState> {
    let mut touches: BTreeMap<Key, Vec<Touch<'_>>> = BTreeMap::new();
    for happening in happenings {
        for effect in effects(happening.event.event_type, happening.event.subtype.as_deref()) {
            for key in keys(happening, effect) {
                touches.entry(key).or_default().push(Touch { happening, effect });
            }
        }
    }
    let mut histories: BTreeMap<Key, Vec<RelationState>> = BTreeMap::new();
    for membership in world.memberships() {
        if let Some((key, state)) = reference(membership, world) {
            histories.entry(key).or_default().push(state);
        }
    }
    for (key, mut touches) in touches {
        touches.sort_by(|a, b| moment(a).cmp(&moment(b)));
        let history = histories.entry(key.clone()).or_default();
        for touch in touches {
            apply(&key, history, touch, world);
        }
    }
    let named = histories.into_iter().flat_map(|(key, history)| name(&key, history));
    named.collect()
}

/// The order in which events act: by their last possible day, else by publication; at the same moment those that
/// end come after those that begin.
fn moment<'a>(touch: &Touch<'a>) -> (Option<Date>, u8, &'a str) {
    let event = &touch.happening.event;
    let day = event.date.not_after().or_else(|| first_published(touch.happening));
    let rank = match event.status {
        Status::Possible | Status::Denied => 0,
        Status::Planned => 1,
        Status::Occurred => 2,
        Status::Cancelled => 3,
    };
    (day, rank, &event.id.0)
}

fn first_published(happening: &Happening<'_>) -> Option<Date> {
    happening.claims.iter().filter_map(|c| c.document.published).min()
}

/// The keys that an effect touches.
fn keys(happening: &Happening<'_>, effect: &Effect) -> Vec<Key> {
    let event = &happening.event;
    let key = |parties: Vec<EntityId>, counterpart: Option<EntityId>, agreement: Option<EntityId>| Key {
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
        Shape::Member => directed().map(|(s, t)| key(vec![t], Some(s), None)).collect(),
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
                EntityKind::Org => Some(Key { kind: StateKind::MemberOf, ..key(vec![s], Some(t), None) }),
                _ => None,
            })
            .collect(),
    }
}

fn pairs(parties: &[EntityId]) -> Vec<(EntityId, EntityId)> {
    let mut pairs = Vec::new();
    for (at, a) in parties.iter().enumerate() {
        pairs.extend(parties[at + 1..].iter().map(|b| (a.clone(), b.clone())));
    }
    pairs
}

/// Lets one event act on the history of a key.
fn apply(key: &Key, history: &mut Vec<RelationState>, touch: Touch<'_>, world: &World) {
    let happening = touch.happening;
    let denied: Vec<&ReportedClaim> = happening.with_status(&[Status::Denied]).collect();
    match (happening.event.status, touch.effect.action) {
        (Status::Occurred, action) => occurred(key, history, touch, action, world),
        (Status::Planned, Action::Open) => planned(key, history, touch),
        (Status::Cancelled, Action::Open) => cancelled(key, history, touch),
        _ => {}
    }
    if let Some(current) = history.last_mut().filter(|_| !denied.is_empty()) {
        current.disputed_by.extend(denied.iter().map(|c| c.claim.id.clone()));
    }
}

fn occurred(key: &Key, history: &mut Vec<RelationState>, touch: Touch<'_>, action: Action, world: &World) {
    let event = &touch.happening.event;
    let since = known_since(touch.happening);
    let living = history.last_mut().filter(|s| matches!(s.status, StateStatus::InForce | StateStatus::Suspended));
    match action {
        Action::Open | Action::Level => {
            let stage = stage(key, touch.effect, world);
            let level = touch.effect.value.filter(|_| key.kind != StateKind::PartyTo).map(str::to_owned);
            let current = match living {
                Some(current) => current,
                None => {
                    begin(key, history, touch, since);
                    history.last_mut().expect("begun")
                }
            };
            if current.status == StateStatus::Suspended && action == Action::Open {
                current.status_since = since;
            }
            current.status = StateStatus::InForce;
            current.stage = stage.max(current.stage);
            current.level = level.or_else(|| current.level.take());
            // A later report of an older opening moves the start back, never forward.
            if action == Action::Open && earlier(since, current.valid_from) && current.origin == StateOrigin::News {
                current.valid_from = since;
            }
            current.opened_by.push(event.id.clone());
            support(current, touch.happening);
        }
        Action::Suspend => {
            let current = living_or_presumed(key, history, touch, since);
            current.status = StateStatus::Suspended;
            current.status_since = since;
            current.closed_by.push(event.id.clone());
            support(current, touch.happening);
        }
        Action::Leave => {
            let current = living_or_presumed(key, history, touch, since);
            if key.kind == StateKind::PartyTo {
                current.stage = Some(TreatyStage::Withdrawing);
            }
            current.status_since = since;
            current.closed_by.push(event.id.clone());
            support(current, touch.happening);
        }
        Action::Close => {
            let current = living_or_presumed(key, history, touch, since);
            end(current, touch, since);
        }
        Action::CloseKnown => {
            if let Some(current) = living {
                end(current, touch, since);
            }
        }
    }
}

fn end(current: &mut RelationState, touch: Touch<'_>, since: EventDate) {
    current.status = StateStatus::Ended;
    current.status_since = since;
    current.valid_until = since;
    current.closed_by.push(touch.happening.event.id.clone());
    support(current, touch.happening);
}

/// The state that an ending or freezing event presumes: what is broken off was there, since nobody knows when.
fn living_or_presumed<'a>(
    key: &Key,
    history: &'a mut Vec<RelationState>,
    touch: Touch<'_>,
    since: EventDate,
) -> &'a mut RelationState {
    let lives = history.last().is_some_and(|s| matches!(s.status, StateStatus::InForce | StateStatus::Suspended));
    if !lives {
        begin(key, history, touch, EventDate::bounds(None, since.not_after()));
    }
    history.last_mut().expect("begun")
}

/// A new state in force; an announced one becomes it, and so a promise is kept in the same state.
fn begin(key: &Key, history: &mut Vec<RelationState>, touch: Touch<'_>, since: EventDate) {
    match history.last_mut().filter(|s| s.status == StateStatus::Announced) {
        Some(announced) => {
            announced.status_since = since;
            announced.valid_from = since;
        }
        None => history.push(RelationState { valid_from: since, status_since: since, ..blank(key, touch) }),
    }
    history.last_mut().expect("pushed").status = StateStatus::InForce;
}

fn planned(key: &Key, history: &mut Vec<RelationState>, touch: Touch<'_>) {
    let open = history.last_mut().filter(|s| !matches!(s.status, StateStatus::Ended | StateStatus::Abandoned));
    let announced = match open {
        Some(current) if current.status == StateStatus::Announced => current,
        Some(_) => return,
        None => {
            let mut state = blank(key, touch);
            state.status = StateStatus::Announced;
            state.status_since = announced_since(touch.happening);
            state.stage = (key.kind == StateKind::PartyTo).then_some(TreatyStage::Announced);
            history.push(state);
            history.last_mut().expect("pushed")
        }
    };
    announced.opened_by.push(touch.happening.event.id.clone());
    support(announced, touch.happening);
}

/// What was announced and is off was never in force.
fn cancelled(key: &Key, history: &mut Vec<RelationState>, touch: Touch<'_>) {
    let is_announced = history.last().is_some_and(|s| s.status == StateStatus::Announced);
    let was_planned = touch.happening.with_status(&[Status::Planned]).next().is_some();
    if !is_announced && !was_planned {
        return;
    }
    if !is_announced {
        let mut state = blank(key, touch);
        state.stage = (key.kind == StateKind::PartyTo).then_some(TreatyStage::Announced);
        history.push(state);
    }
    let current = history.last_mut().expect("there is one");
    current.status = StateStatus::Abandoned;
    current.status_since = known_since(touch.happening);
    current.closed_by.push(touch.happening.event.id.clone());
    support(current, touch.happening);
}

/// The day of the event; where it is not told, no later than the first report of it.
fn known_since(happening: &Happening<'_>) -> EventDate {
    if happening.event.date.is_unknown() {
        EventDate::bounds(None, first_published(happening))
    } else {
        happening.event.date
    }
}

/// The first day on which it was reported: a plan begins when it is told, not when it is due.
fn announced_since(happening: &Happening<'_>) -> EventDate {
    first_published(happening).map_or(EventDate::UNKNOWN, EventDate::day)
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
fn stage(key: &Key, effect: &Effect, world: &World) -> Option<TreatyStage> {
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

fn blank(key: &Key, touch: Touch<'_>) -> RelationState {
    RelationState {
        id: StateId(String::new()),
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
        documents: Vec::new(),
        origins: 0,
        origin: StateOrigin::News,
        topic: touch.happening.event.topic,
    }
}

/// Adds the claims of an event that affirm it to the support of a state.
fn support(state: &mut RelationState, happening: &Happening<'_>) {
    let claims: Vec<&ReportedClaim> =
        happening.claims.iter().copied().filter(|c| c.claim.status != Status::Denied).collect();
    let ids: Vec<ClaimId> = claims.iter().map(|c| c.claim.id.clone()).collect();
    if ids.iter().all(|id| state.supported_by.contains(id)) {
        return;
    }
    state.origins += origins(&claims);
    state.supported_by.extend(ids);
    state.documents.extend(documents(&claims));
    state.last_supported = state.last_supported.max(claims.iter().filter_map(|c| c.document.published).max());
    state.topic = state.topic.or(happening.event.topic);
}

/// A membership of the reference tables as a state with its own source.
fn reference(membership: &Membership, world: &World) -> Option<(Key, RelationState)> {
    if !matches!(membership.kind.as_str(), "member" | "party") {
        return None;
    }
    let agreement = membership.body.kind() == EntityKind::Agreement;
    let key = Key {
        kind: if agreement { StateKind::PartyTo } else { StateKind::MemberOf },
        parties: vec![membership.actor.clone()],
        counterpart: (!agreement).then(|| membership.body.clone()),
        agreement: agreement.then(|| membership.body.clone()),
        measure: None,
    };
    let day = |day: Option<Date>| day.map_or(EventDate::UNKNOWN, EventDate::day);
    let ended = membership.until.is_some();
    let state = RelationState {
        id: StateId(String::new()),
        kind: key.kind,
        parties: key.parties.clone(),
        counterpart: key.counterpart.clone(),
        agreement: key.agreement.clone(),
        level: None,
        status: if ended { StateStatus::Ended } else { StateStatus::InForce },
        stage: agreement.then_some(if ended { TreatyStage::Withdrawn } else { TreatyStage::InForce }),
        status_since: day(membership.until.or(membership.from)),
        valid_from: day(membership.from),
        valid_until: day(membership.until),
        opened_by: Vec::new(),
        closed_by: Vec::new(),
        supported_by: Vec::new(),
        disputed_by: Vec::new(),
        last_supported: None,
        documents: Vec::new(),
        origins: 0,
        origin: StateOrigin::Reference("memberships".to_owned()),
        topic: key.agreement.as_ref().and_then(|id| world.agreement(id)?.topic),
    };
    Some((key, state))
}

/// Gives the states of a key their names, and sorts what they hold.
fn name(key: &Key, history: Vec<RelationState>) -> Vec<RelationState> {
    let ids = |ids: &[EntityId]| ids.iter().map(EntityId::as_str).collect::<Vec<_>>().join(" ");
    let optional = |id: &Option<EntityId>| id.as_ref().map(ToString::to_string).unwrap_or_default();
    let name_of = |ordinal: usize| {
        StateId(content_hash([
            "relation",
            key.kind.as_str(),
            &ids(&key.parties),
            &optional(&key.counterpart),
            &optional(&key.agreement),
            key.measure.as_deref().unwrap_or_default(),
            &ordinal.to_string(),
        ]))
    };
    let tidy = |(ordinal, mut state): (usize, RelationState)| {
        state.id = name_of(ordinal);
        for claims in [&mut state.supported_by, &mut state.disputed_by] {
            claims.sort();
            claims.dedup();
        }
        for events in [&mut state.opened_by, &mut state.closed_by] {
            events.sort();
            events.dedup();
        }
        state.documents.sort();
        state.documents.dedup();
        state.origins = state.origins.min(state.supported_by.len());
        state
    };
    history.into_iter().enumerate().map(tidy).collect()
}
