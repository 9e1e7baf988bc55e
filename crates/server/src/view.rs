//! One snapshot seen in one language: model to wire types.

use crate::error::Problem;
use crate::parameters::{self, snapshot};
use crate::state::{AppState, ServeText};
use crate::wire;
use chancery_model::{
    Claim, ClaimId, Dispute, DocumentFacts, EntityId, EntityKind, Event, Language, Promise, RelationState,
    ReportedClaim, Span, Status,
};
use chancery_rdf::{IriBase, label, state::origin_word};
use chancery_store::Snapshot;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a request sees.
pub(crate) struct View {
    state: Arc<AppState>,
    pub(crate) snapshot: Arc<Snapshot>,
    pub(crate) language: Language,
    iris: IriBase,
    texts: BTreeMap<String, Option<Arc<chancery_model::Document>>>,
}

impl View {
    /// The view that the parameters `lang` and `as_known` ask for. Blocks.
    pub(crate) fn new(state: Arc<AppState>, lang: &Option<String>, as_known: &Option<String>) -> Result<Self, Problem> {
        let snapshot = snapshot(&state, as_known)?;
        let language = parameters::language(lang)?;
        Ok(Self { state, snapshot, language, iris: IriBase::default(), texts: BTreeMap::new() })
    }

    /// An entity by any code that we know.
    pub(crate) fn entity(&self, what: &str, code: &str) -> Result<EntityId, Problem> {
        let entity = self.snapshot.world.look_up(code).map(|entity| entity.id.clone());
        entity.ok_or_else(|| Problem::not_found(what, code))
    }

    /// A state by any code that we know.
    pub(crate) fn country(&self, code: &str) -> Result<EntityId, Problem> {
        let id = self.entity("country", code)?;
        if id.kind() == EntityKind::State { Ok(id) } else { Err(Problem::not_found("country", code)) }
    }

    /// The day that `holds` speaks of: the one asked for, else that of the newest document.
    pub(crate) fn as_of(&self, asked: Option<Date>) -> Option<Date> {
        asked.or_else(|| self.snapshot.documents.values().filter_map(|document| document.published).max())
    }

    /// A name in the language of the view.
    pub(crate) fn reference(&self, id: &EntityId) -> wire::Ref {
        let known = self.snapshot.world.entity(id);
        let unnamed = id.kind() == EntityKind::Agreement && known.is_none();
        let in_language = known.is_some_and(|entity| entity.labels.contains_key(&self.language));
        wire::Ref {
            id: id.to_string(),
            label: self.label(id),
            kind: id.kind().prefix(),
            dir: direction(if in_language || unnamed { self.language } else { Language::English }),
        }
    }

    /// The name in the language of the view.
    pub(crate) fn label(&self, id: &EntityId) -> String {
        self.snapshot.world.label(id, self.language)
    }

    fn references(&self, ids: &[EntityId]) -> Vec<wire::Ref> {
        ids.iter().map(|id| self.reference(id)).collect()
    }

    pub(crate) fn labels(&self, id: &EntityId) -> BTreeMap<&'static str, String> {
        let labels = self.snapshot.world.entity(id).map(|entity| &entity.labels);
        labels.into_iter().flatten().map(|(language, label)| (language.code(), label.clone())).collect()
    }

    /// Any entity with what the news says of it in numbers.
    pub(crate) fn entity_record(&self, id: &EntityId) -> wire::EntityRecord {
        let entity = self.snapshot.world.entity(id);
        wire::EntityRecord {
            id: id.to_string(),
            label: self.label(id),
            labels: self.labels(id),
            kind: id.kind().prefix(),
            iri: self.iris.entity(id).into_string(),
            wikidata: entity.and_then(|entity| entity.wikidata.clone()),
            states: self.news_states(id),
            events: self.snapshot.events_of(id).count(),
        }
    }

    /// How many states the news tells of an entity.
    pub(crate) fn news_states(&self, id: &EntityId) -> usize {
        self.snapshot.states_of(id).filter(|state| Snapshot::is_news(state)).count()
    }

    pub(crate) fn country_record(&self, id: &EntityId) -> Option<wire::Country> {
        let entity = self.snapshot.world.entity(id)?;
        Some(wire::Country {
            id: id.to_string(),
            label: self.label(id),
            labels: self.labels(id),
            iri: self.iris.entity(id).into_string(),
            alpha2: entity.alpha2.clone(),
            numeric: entity.numeric.clone(),
            wikidata: entity.wikidata.clone(),
            region: entity.region.clone(),
            subregion: entity.subregion.clone(),
            statehood: entity.statehood.clone(),
            sovereign: entity.sovereign.as_ref().map(ToString::to_string),
            lat: entity.coordinates.map(|(lat, _)| lat),
            lon: entity.coordinates.map(|(_, lon)| lon),
            states: self.news_states(id),
            events: self.snapshot.events_of(id).count(),
        })
    }

    pub(crate) fn state(&mut self, state: &RelationState, as_of: Option<Date>) -> wire::State {
        wire::State {
            id: state.id.to_string(),
            iri: self.iris.relation(&state.id).into_string(),
            kind: state.kind.as_str(),
            kind_label: label(state.kind, self.language),
            parties: self.references(&state.parties),
            counterpart: state.counterpart.as_ref().map(|id| self.reference(id)),
            agreement: state.agreement.as_ref().map(|id| self.reference(id)),
            level: state.level.clone(),
            status: state.status.as_str(),
            status_label: label(state.status, self.language),
            stage: state.stage.map(|stage| stage.as_str()),
            holds: match as_of.and_then(|day| state.holds(day)) {
                Some(true) => "yes",
                Some(false) => "no",
                None => "unknown",
            },
            status_since: state.status_since.into(),
            valid_from: state.valid_from.into(),
            valid_until: state.valid_until.into(),
            last_supported: state.last_supported,
            topic: state.topic.map(|topic| topic.as_str()),
            topic_label: state.topic.map(|topic| label(topic, self.language)),
            sign: state.kind.sign(),
            weight: state.kind.weight(),
            documents: state.documents.len(),
            origins: state.origins,
            origin: origin_word(&state.origin),
            claims: self.claims(&state.supported_by),
            disputed_by: state.disputed_by.iter().map(ToString::to_string).collect(),
        }
    }

    pub(crate) fn event(&mut self, event: &Event) -> wire::Event {
        let row = event.event_type.row();
        wire::Event {
            id: event.id.to_string(),
            iri: self.iris.event(&event.id).into_string(),
            r#type: event.event_type.name(),
            type_label: label(event.event_type, self.language),
            source: self.references(&event.source),
            target: self.references(&event.target),
            agreement: event.agreement.as_ref().map(|id| self.reference(id)),
            status: event.status.as_str(),
            status_label: label(event.status, self.language),
            date: event.date.into(),
            place: event.place.as_ref().map(|id| self.reference(id)),
            topic: event.topic.map(|topic| topic.as_str()),
            topic_label: event.topic.map(|topic| label(topic, self.language)),
            weight: row.weight,
            plover: row.plover,
            cameo: row.cameo,
            documents: event.documents.len(),
            origins: event.origins,
            claims: self.claims(&event.claims),
        }
    }

    /// Claims in the order given; those that no live document makes are left out.
    pub(crate) fn claims(&mut self, ids: &[ClaimId]) -> Vec<wire::Claim> {
        let reported: Vec<ReportedClaim> = ids.iter().filter_map(|id| self.snapshot.claims.get(id).cloned()).collect();
        reported.iter().map(|reported| self.claim(reported)).collect()
    }

    pub(crate) fn claim(&mut self, reported: &ReportedClaim) -> wire::Claim {
        let text = self.text(&reported.document);
        let event = self.snapshot.event_of(&reported.claim.id).map(|event| event.id.to_string());
        self.claim_with(&reported.claim, &reported.document, event, text.as_deref())
    }

    /// A claim of a document that need not be in the store.
    pub(crate) fn claim_with(
        &self,
        claim: &Claim,
        document: &DocumentFacts,
        event: Option<String>,
        text: Option<&chancery_model::Document>,
    ) -> wire::Claim {
        let mut record = chancery_model::claim::ClaimRecord::from(claim.clone());
        if self.state.serve_text == ServeText::None {
            record.quote.clear();
        }
        wire::Claim {
            iri: self.iris.claim(&claim.id).into_string(),
            event,
            document: self.document_ref(document),
            attribution_labels: claim.attribution.iter().map(|step| self.voice(step)).collect(),
            evidence: self.sentence(claim, document, text),
            record,
        }
    }

    /// The agent where it is known, with the words of the text where these say more.
    fn voice(&self, step: &chancery_model::AttributionStep) -> String {
        match &step.agent {
            None => step.surface.clone(),
            Some(agent) => {
                let label = self.label(agent);
                if step.surface.is_empty() || step.surface == label {
                    label
                } else {
                    format!("{label} ({})", step.surface)
                }
            }
        }
    }

    fn sentence(
        &self,
        claim: &Claim,
        document: &DocumentFacts,
        text: Option<&chancery_model::Document>,
    ) -> Option<wire::Sentence> {
        let evidence = &claim.evidence;
        let quote_only = || (evidence.quote.clone(), Span::new(0, evidence.quote.len()));
        let (sentence, quote) = match (self.state.serve_text, text) {
            (ServeText::None, _) => return None,
            (ServeText::Full, Some(document)) => {
                let field = match evidence.field {
                    chancery_model::Field::Title => document.title.as_deref().unwrap_or_default(),
                    chancery_model::Field::Text => document.text.as_str(),
                };
                let around = evidence.sentence.cover(evidence.span);
                let inner = Span::new(evidence.span.start - around.start, evidence.span.end - around.start);
                let sentence = around.of(field);
                if inner.of(sentence) == evidence.quote { (sentence.to_owned(), inner) } else { quote_only() }
            }
            _ => quote_only(),
        };
        let points = quote.code_points(&sentence);
        Some(wire::Sentence {
            start: points.start,
            end: points.end,
            sentence,
            lang: document.lang.code(),
            dir: direction(document.lang),
            field: match evidence.field {
                chancery_model::Field::Title => "title",
                chancery_model::Field::Text => "text",
            },
        })
    }

    /// The text of the version that a claim was read from.
    pub(crate) fn text(&mut self, facts: &DocumentFacts) -> Option<Arc<chancery_model::Document>> {
        if self.state.serve_text != ServeText::Full {
            return None;
        }
        if let Some(known) = self.texts.get(&facts.version) {
            return known.clone();
        }
        let history = self.state.store.history(&facts.id).unwrap_or_default();
        let version = history.into_iter().rev().map(|version| version.document);
        let found = version.into_iter().find(|document| document.content_hash() == facts.version).map(Arc::new);
        self.texts.insert(facts.version.clone(), found.clone());
        found
    }

    pub(crate) fn document_ref(&self, document: &DocumentFacts) -> wire::DocumentRef {
        wire::DocumentRef {
            id: document.id.clone(),
            title: document.title.clone(),
            publisher: document.publisher.clone(),
            published: document.published,
            lang: document.lang.code(),
            dir: direction(document.lang),
        }
    }

    pub(crate) fn document(&self, document: &DocumentFacts) -> wire::DocumentSummary {
        wire::DocumentSummary {
            document: self.document_ref(document),
            iri: self.iris.document(&document.id).into_string(),
            version: document.version.clone(),
            recorded: document.recorded,
            claims: self.snapshot.claims_of_document(&document.id).len(),
        }
    }

    pub(crate) fn dispute(&mut self, dispute: &Dispute) -> wire::DisputeRecord {
        let event = self.snapshot.event(&dispute.event).cloned();
        wire::DisputeRecord {
            id: dispute.id.clone(),
            event: event.map(|event| self.event(&event)),
            affirmed_by: dispute.affirmed_by.iter().map(ToString::to_string).collect(),
            denied_by: dispute.denied_by.iter().map(ToString::to_string).collect(),
            first_affirmed: dispute.first_affirmed,
            first_denied: dispute.first_denied,
        }
    }

    pub(crate) fn promise(&mut self, promise: &Promise) -> wire::PromiseRecord {
        let event = self.snapshot.event(&promise.event).cloned();
        wire::PromiseRecord {
            id: promise.id.clone(),
            event: event.map(|event| self.event(&event)),
            due: promise.due,
            outcome: promise.outcome.as_str(),
            outcome_label: label(promise.outcome, self.language),
        }
    }
}

/// News before reference tables, then the newest first, then by id.
pub(crate) fn newest_states_first(states: &mut [&RelationState]) {
    states.sort_by(|a, b| {
        let rank = |state: &RelationState| (!Snapshot::is_news(state), std::cmp::Reverse(state.last_supported));
        rank(a).cmp(&rank(b)).then_with(|| a.kind.cmp(&b.kind)).then_with(|| a.id.cmp(&b.id))
    });
}

/// By the last possible day, the newest first; events without a day come last.
pub(crate) fn newest_events_first(events: &mut [&Event]) {
    events.sort_by(|a, b| {
        let day = |event: &Event| event.date.not_after().or(event.date.not_before());
        day(b).cmp(&day(a)).then_with(|| a.id.cmp(&b.id))
    });
}

/// Whether an event is told as having taken place.
pub(crate) fn occurred(event: &Event) -> bool {
    event.status == Status::Occurred
}

/// `rtl` or `ltr`.
pub(crate) fn direction(language: Language) -> &'static str {
    if language.is_right_to_left() { "rtl" } else { "ltr" }
}
