//! One snapshot seen in one language: model to wire types.

use crate::error::Problem;
use crate::parameters::{List, Moment, Read};
use crate::rest::relations::holds;
use crate::state::{AppState, ServeText};
use crate::wire;
use chancery_model::{
    Claim, ClaimId, Dispute, DocumentFacts, Entity, EntityId, EntityKind, Event, EventId, Language, Promise,
    PromiseTally, RecordHolder, RelationState, ReportedClaim, Span, Status,
};
use chancery_rdf::{IriBase, Selection, label, state::origin_word};
use chancery_store::Snapshot;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Claims that are shown with a state or an event in full: the rest is counted, and listed by the dyad.
const SHOWN_CLAIMS: usize = 20;

/// What a request sees.
pub(crate) struct View {
    pub(crate) state: Arc<AppState>,
    pub(crate) snapshot: Arc<Snapshot>,
    pub(crate) language: Language,
    iris: IriBase,
}

impl View {
    /// The view that a read asks for. Blocks.
    pub(crate) fn new<T>(state: Arc<AppState>, read: &Read<T>) -> Result<Self, Problem> {
        let snapshot = state.snapshots.at(&state.store, read.as_known, None)?;
        Ok(Self::of(state, snapshot, read.language))
    }

    /// The view that a list asks for: of the snapshot of its first page. Blocks.
    pub(crate) fn of_list<T>(state: Arc<AppState>, list: &List<T>) -> Result<Self, Problem> {
        let snapshot = state.snapshots.at(&state.store, list.read.as_known, list.page.revision)?;
        Ok(Self::of(state, snapshot, list.read.language))
    }

    /// A view of one snapshot.
    pub(crate) fn of(state: Arc<AppState>, snapshot: Arc<Snapshot>, language: Language) -> Self {
        Self { state, snapshot, language, iris: IriBase::default() }
    }

    /// Keeps the snapshot for the next page.
    pub(crate) fn keep(&self, as_known: Option<Moment>) {
        self.state.snapshots.keep(as_known, &self.snapshot);
    }

    /// What the graph tells, to be filled.
    pub(crate) fn selection(&self) -> Selection<'_> {
        Selection::new(&self.snapshot.world, self.state.store.run(), self.newest_day())
    }

    fn newest_day(&self) -> Option<Date> {
        self.snapshot.documents.values().filter_map(|document| document.published).max()
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
        asked.or_else(|| self.newest_day())
    }

    /// A name in the language of the view, else in English, else in any.
    pub(crate) fn reference(&self, id: &EntityId) -> wire::Ref {
        let language = self.language_of(id);
        wire::Ref {
            id: id.to_string(),
            label: self.label(id),
            kind: id.kind().prefix(),
            lang: language.map(Language::code),
            dir: direction(language.unwrap_or(Language::English)),
        }
    }

    /// The language that the label of an entity is in; none where it goes by its id.
    pub(crate) fn language_of(&self, id: &EntityId) -> Option<Language> {
        let Some(entity) = self.snapshot.world.entity(id) else {
            // An agreement that the news gives no name is called so in Arabic and English.
            let named_in = if self.language == Language::Arabic { Language::Arabic } else { Language::English };
            return (id.kind() == EntityKind::Agreement).then_some(named_in);
        };
        let labels = &entity.labels;
        let known = [self.language, Language::English].into_iter().find(|language| labels.contains_key(language));
        known.or_else(|| labels.keys().next().copied())
    }

    /// Latitude and longitude of an entity.
    pub(crate) fn coordinates(&self, id: &EntityId) -> Option<(f64, f64)> {
        self.snapshot.world.entity(id)?.coordinates
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

    /// A country with its codes, and with what the news says of it in numbers.
    pub(crate) fn country_record(&self, id: &EntityId) -> wire::Country {
        let entity = self.snapshot.world.entity(id);
        let text = |field: fn(&Entity) -> &Option<String>| entity.and_then(|entity| field(entity).clone());
        wire::Country {
            id: id.to_string(),
            label: self.label(id),
            labels: self.labels(id),
            iri: self.iris.entity(id).into_string(),
            alpha2: text(|entity| &entity.alpha2),
            numeric: text(|entity| &entity.numeric),
            wikidata: text(|entity| &entity.wikidata),
            region: text(|entity| &entity.region),
            subregion: text(|entity| &entity.subregion),
            statehood: text(|entity| &entity.statehood),
            sovereign: entity.and_then(|entity| entity.sovereign.as_ref()).map(ToString::to_string),
            lat: self.coordinates(id).map(|(lat, _)| lat),
            lon: self.coordinates(id).map(|(_, lon)| lon),
            states: self.news_states(id),
            events: self.snapshot.events_of(id).count(),
        }
    }

    pub(crate) fn state(&self, state: &RelationState, as_of: Option<Date>) -> wire::State {
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
            holds: holds(state, as_of),
            status_since: state.status_since.into(),
            valid_from: state.valid_from.into(),
            valid_until: state.valid_until.into(),
            followed_by: state.followed_by.as_ref().map(ToString::to_string),
            last_supported: state.last_supported,
            topic: state.topic.map(|topic| topic.as_str()),
            topic_label: state.topic.map(|topic| label(topic, self.language)),
            sign: state.kind.sign(),
            weight: state.kind.weight(),
            documents: state.documents.len(),
            origins: state.origins,
            origin: origin_word(&state.origin),
            claim_count: state.supported_by.len(),
            claims: self.shown(&state.supported_by),
            disputed_by: state.disputed_by.iter().map(ToString::to_string).collect(),
        }
    }

    pub(crate) fn event(&self, event: &Event) -> wire::Event {
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
            claim_count: event.claims.len(),
            claims: self.shown(&event.claims),
        }
    }

    /// Claims in the order given, at most [`SHOWN_CLAIMS`]; those that no live document makes are left out.
    fn shown(&self, ids: &[ClaimId]) -> Vec<wire::Claim> {
        self.reported(ids).map(|reported| self.claim(reported)).collect()
    }

    /// The claims that are shown of these.
    pub(crate) fn reported<'v>(&'v self, ids: &'v [ClaimId]) -> impl Iterator<Item = &'v ReportedClaim> {
        ids.iter().filter_map(|id| self.snapshot.claims.get(id)).take(SHOWN_CLAIMS)
    }

    /// A claim with the event that it tells.
    pub(crate) fn with_event<'v>(&'v self, reported: &'v ReportedClaim) -> (&'v ReportedClaim, Option<&'v EventId>) {
        (reported, self.snapshot.event_of(&reported.claim.id).map(|event| &event.id))
    }

    pub(crate) fn claim(&self, reported: &ReportedClaim) -> wire::Claim {
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

    /// The text of the version that a claim was read from, where texts are served.
    pub(crate) fn text(&self, facts: &DocumentFacts) -> Option<Arc<chancery_model::Document>> {
        match self.state.serve_text {
            ServeText::Full => self.state.texts.get(&self.state.store, facts),
            ServeText::Quote | ServeText::None => None,
        }
    }

    pub(crate) fn document_ref(&self, document: &DocumentFacts) -> wire::DocumentRef {
        wire::DocumentRef {
            id: document.id.to_string(),
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

    pub(crate) fn dispute(&self, dispute: &Dispute) -> wire::DisputeRecord {
        let event = self.snapshot.event(&dispute.event).cloned();
        wire::DisputeRecord {
            id: dispute.id.to_string(),
            iri: self.iris.dispute(&dispute.id).into_string(),
            event: event.map(|event| self.event(&event)),
            affirmed_by: dispute.affirmed_by.iter().map(ToString::to_string).collect(),
            denied_by: dispute.denied_by.iter().map(ToString::to_string).collect(),
            first_affirmed: dispute.first_affirmed,
            first_denied: dispute.first_denied,
        }
    }

    pub(crate) fn promise(&self, promise: &Promise) -> wire::PromiseRecord {
        let event = self.snapshot.event(&promise.event).cloned();
        wire::PromiseRecord {
            id: promise.id.to_string(),
            iri: self.iris.promise(&promise.id).into_string(),
            event: event.map(|event| self.event(&event)),
            promised_on: promise.promised_on,
            promisors: self.references(&promise.holders),
            reported_by: promise.outlets.iter().map(ToString::to_string).collect(),
            due: promise.due,
            outcome: promise.outcome.as_str(),
            outcome_label: label(promise.outcome, self.language),
            closed_by: promise.closed_by.as_ref().map(ToString::to_string),
            closed_on: promise.closed_on.into(),
        }
    }

    pub(crate) fn promise_tally(&self, holder: &RecordHolder, tally: &PromiseTally) -> wire::PromiseTally {
        let (kind, id, name) = match holder {
            RecordHolder::Actor(id) => ("actor", Some(id.clone()), id.to_string()),
            RecordHolder::Outlet(name) => ("outlet", name.parse::<EntityId>().ok(), name.to_string()),
        };
        wire::PromiseTally {
            iri: self.iris.promise_record(holder).into_string(),
            holder: kind,
            label: id.as_ref().map_or(name, |id| self.label(id)),
            id: id.map(|id| id.to_string()),
            kept: tally.kept,
            slipped: tally.slipped,
            cancelled: tally.cancelled,
            open: tally.open,
            hit_rate: tally.hit_rate(),
        }
    }
}

/// Whether an event is told as having taken place.
pub(crate) fn occurred(event: &Event) -> bool {
    event.status == Status::Occurred
}

/// `rtl` or `ltr`.
pub(crate) fn direction(language: Language) -> &'static str {
    if language.is_right_to_left() { "rtl" } else { "ltr" }
}
