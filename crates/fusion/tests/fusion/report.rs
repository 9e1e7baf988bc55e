//! Hand-made reports, and what comes of them in words.

use chancery_fusion::{Fusion, fuse};
use chancery_model::hash::content_hash;
use chancery_model::{
    Claim, CodePointSpan, DocumentFacts, EntityId, EventDate, Evidence, Field, Language, Promise, RelationState,
    ReportedClaim, Span, Status,
};
use jiff::Timestamp;
use std::sync::Arc;

pub(crate) fn ids(words: &str) -> Vec<EntityId> {
    words.split_whitespace().map(|word| word.parse().unwrap()).collect()
}

/// A report published on a day: `type`, `source > target`, status, date as told ("" for none).
pub(crate) fn report(published: &str, event_type: &str, parties: &str, status: Status, date: &str) -> ReportedClaim {
    let (source, target) = parties.split_once('>').unwrap_or((parties, ""));
    let key = content_hash([published, event_type, parties, status.as_str(), date]);
    let document = DocumentFacts {
        id: format!("document-{key}").into(),
        version: key.clone(),
        lang: Language::English,
        published: Some(published.parse().unwrap()),
        publisher: None,
        title: None,
        recorded: Timestamp::UNIX_EPOCH,
        text_origin: key.clone(),
        sketch: Vec::new(),
    };
    let target = ids(target);
    let claim = Claim {
        id: key.into(),
        event_type: event_type.parse().unwrap(),
        subtype: None,
        source: ids(source),
        agreement: target.iter().find(|id| id.as_str().starts_with("agreement:")).cloned(),
        target,
        status,
        attribution: Vec::new(),
        date: EventDate::parse(date).unwrap_or(EventDate::UNKNOWN),
        place: None,
        topic: None,
        evidence: Evidence {
            field: Field::Text,
            span: Span::new(0, 1),
            code_points: CodePointSpan { start: 0, end: 1 },
            quote: "x".to_owned(),
            sentence: Span::new(0, 1),
        },
        participants: Vec::new(),
        rule: "test".to_owned(),
        confidence: 0.9,
    };
    ReportedClaim { claim: Arc::new(claim), document: Arc::new(document) }
}

pub(crate) fn fused(reports: &[ReportedClaim]) -> Fusion {
    let newest = reports.iter().filter_map(|told| told.document.published).max();
    fuse(reports, &Arc::default(), newest)
}

/// The only state.
pub(crate) fn state(fusion: &Fusion) -> &RelationState {
    assert_eq!(fusion.states.len(), 1, "{:?}", states(fusion));
    fusion.states.iter().next().unwrap()
}

/// The only promise.
pub(crate) fn promise(fusion: &Fusion) -> &Promise {
    assert_eq!(fusion.promises.len(), 1);
    fusion.promises.iter().next().unwrap()
}

/// The states as `kind parties status from..until`.
pub(crate) fn states(fusion: &Fusion) -> Vec<String> {
    let mut states: Vec<String> = fusion
        .states
        .iter()
        .map(|state| {
            let parties: Vec<String> = state.members().iter().map(ToString::to_string).collect();
            format!("{} {} {} {}..{}", state.kind, parties.join("+"), state.status, state.valid_from, state.valid_until)
        })
        .collect();
    states.sort();
    states
}
