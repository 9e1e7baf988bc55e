//! What events do to states: `ontology/state-effects.tsv`, written as data.

use chancery_model::{EventType, StateKind};
use std::sync::LazyLock;

/// What an event does to a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// Begins it, or resumes it where it is suspended.
    Open,
    /// Freezes it; where none is known, tells that one is frozen.
    Suspend,
    /// Freezes it only where one is known.
    SuspendKnown,
    /// Ends it; where none is known, tells that one ended.
    Close,
    /// Ends it only where one is known.
    CloseKnown,
    /// Changes its level.
    Level,
    /// Announces that a party leaves.
    Leave,
}

/// Between whom the state is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Each pair of parties, unordered.
    Pair,
    /// Each source towards each target.
    Directed,
    /// All parties and their agreement.
    Agreement,
    /// Each source and each target that is an agreement (party-to) or an organisation (member-of).
    Accession,
    /// Each target (a member) and each source (its organisation).
    Member,
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Effect {
    event_type: EventType,
    subtype: Option<&'static str>,
    pub(crate) action: Action,
    pub(crate) kind: StateKind,
    pub(crate) shape: Shape,
    /// The stage of party-to, or the level.
    pub(crate) value: Option<&'static str>,
}

static EFFECTS: LazyLock<Vec<Effect>> = LazyLock::new(|| {
    let table: &'static str = include_str!("../../../ontology/state-effects.tsv");
    let rows = table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).skip(1);
    rows.map(|line| parse(line).expect("ontology/state-effects.tsv is checked by tests")).collect()
});

fn parse(line: &'static str) -> Option<Effect> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [event_type, subtype, action, kind, shape, value] = cells[..] else { return None };
    Some(Effect {
        event_type: event_type.parse().ok()?,
        subtype: (!subtype.is_empty()).then_some(subtype),
        action: match action {
            "open" => Action::Open,
            "suspend" => Action::Suspend,
            "suspend-known" => Action::SuspendKnown,
            "close" => Action::Close,
            "close-known" => Action::CloseKnown,
            "level" => Action::Level,
            "leave" => Action::Leave,
            _ => return None,
        },
        kind: kind.parse().ok()?,
        shape: match shape {
            "pair" => Shape::Pair,
            "directed" => Shape::Directed,
            "agreement" => Shape::Agreement,
            "accession" => Shape::Accession,
            "member" => Shape::Member,
            _ => return None,
        },
        value: (!value.is_empty()).then_some(value),
    })
}

/// The effects of an event with their rows, from 0: those of its subtype where there are any, else those of the bare type.
pub(crate) fn effects(event_type: EventType, subtype: Option<&str>) -> Vec<(usize, &'static Effect)> {
    let of_type = || EFFECTS.iter().enumerate().filter(move |(_, effect)| effect.event_type == event_type);
    let exact: Vec<_> = of_type().filter(|(_, effect)| effect.subtype.is_some() && effect.subtype == subtype).collect();
    if exact.is_empty() { of_type().filter(|(_, effect)| effect.subtype.is_none()).collect() } else { exact }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read() {
        let table = include_str!("../../../ontology/state-effects.tsv");
        let rows = table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).count() - 1;
        assert_eq!(EFFECTS.len(), rows);
    }

    #[test]
    fn a_subtype_has_effects_of_its_own() {
        let upgrade = "upgrade-relations".parse().unwrap();
        let kinds = |subtype| effects(upgrade, subtype).iter().map(|(_, e)| e.kind).collect::<Vec<_>>();
        assert_eq!(kinds(Some("alliance")), [StateKind::Alliance]);
        assert_eq!(kinds(None), [StateKind::DiplomaticRelations]);
    }
}
