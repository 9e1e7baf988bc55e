//! The types of requests and answers: what other programs rely on.

use chancery_model::claim::ClaimRecord;
use chancery_model::{EventDate, Language};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// One page of a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct List<T> {
    /// The page.
    pub(crate) items: Vec<T>,
    /// The cursor of the next page; null on the last one.
    pub(crate) next: Option<String>,
    /// Items of all pages.
    pub(crate) total: usize,
}

/// An entity by name.
#[derive(Serialize, ToSchema)]
pub(crate) struct Ref {
    /// `KAZ`, `org:nato`, `agreement:abraham-accords`.
    pub(crate) id: String,
    /// In the language asked for, else in English, else the id.
    pub(crate) label: String,
    /// `state`, `org`, `group`, `agreement`, `media`, `person`, `place`.
    pub(crate) kind: &'static str,
    /// `rtl` or `ltr`: how the label runs.
    pub(crate) dir: &'static str,
}

/// A day, a month, a year, or bounds; all null where nothing is known.
#[derive(Serialize, ToSchema)]
pub(crate) struct DateBounds {
    /// `2015-07-31`, `2015-07` or `2015`; null for bounds.
    pub(crate) date: Option<String>,
    /// First possible day.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) not_before: Option<Date>,
    /// Last possible day.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) not_after: Option<Date>,
    /// `day`, `month`, `year`, `bounds`, `unknown`.
    pub(crate) precision: &'static str,
}

impl From<EventDate> for DateBounds {
    fn from(date: EventDate) -> Self {
        Self {
            date: date.iso(),
            not_before: date.not_before(),
            not_after: date.not_after(),
            precision: date.precision().as_str(),
        }
    }
}

/// Whom a name may mean.
#[derive(Serialize, ToSchema)]
pub(crate) struct Resolution {
    /// As it was asked.
    pub(crate) name: String,
    /// The likeliest; null where nobody is known by the name, or a rule says that it names nobody.
    pub(crate) id: Option<String>,
    /// Everybody whom it may mean, the likeliest first.
    pub(crate) answers: Vec<ResolvedName>,
}

/// Somebody whom a name may mean.
#[derive(Serialize, ToSchema)]
pub(crate) struct ResolvedName {
    /// Who.
    #[serde(flatten)]
    pub(crate) entity: Ref,
    /// For whom they act, where that is somebody else.
    pub(crate) actor: Option<Ref>,
    /// The office that the name tells.
    pub(crate) office: Option<String>,
    /// The language in which it was found; null for codes.
    pub(crate) lang: Option<&'static str>,
    /// From 0 to 1, to rank by; no probability.
    pub(crate) score: f64,
    /// Why, the most important first.
    pub(crate) reasons: Vec<ResolutionReason>,
}

/// Why a name was read so.
#[derive(Serialize, ToSchema)]
pub(crate) struct ResolutionReason {
    /// `code`, `form`, `folding`, `clitic`, `adjective`, `phrase`, `tenure`, `former`, `rule`, `context`, `inverted`.
    pub(crate) code: &'static str,
    /// In words, with the row of the table.
    pub(crate) text: String,
}

/// A country with its codes.
#[derive(Serialize, ToSchema)]
pub(crate) struct Country {
    /// ISO 3166-1 alpha-3.
    pub(crate) id: String,
    /// In the language asked for.
    pub(crate) label: String,
    /// By language.
    pub(crate) labels: BTreeMap<&'static str, String>,
    /// The IRI in the graph.
    pub(crate) iri: String,
    /// ISO 3166-1 alpha-2.
    pub(crate) alpha2: Option<String>,
    /// ISO 3166-1 numeric, with leading zeros.
    pub(crate) numeric: Option<String>,
    /// Wikidata.
    pub(crate) wikidata: Option<String>,
    /// M49 region, in English.
    pub(crate) region: Option<String>,
    /// M49 sub-region, in English.
    pub(crate) subregion: Option<String>,
    /// `member`, `observer`, `partial`, `territory`, `historical`.
    pub(crate) statehood: Option<String>,
    /// The state that a territory belongs to.
    pub(crate) sovereign: Option<String>,
    /// Latitude in degrees.
    pub(crate) lat: Option<f64>,
    /// Longitude in degrees.
    pub(crate) lon: Option<f64>,
    /// Relation states that the news tells of it.
    pub(crate) states: usize,
    /// Events that the news tells of it.
    pub(crate) events: usize,
}

/// Any entity.
#[derive(Serialize, ToSchema)]
pub(crate) struct EntityRecord {
    /// The compact id.
    pub(crate) id: String,
    /// In the language asked for.
    pub(crate) label: String,
    /// By language.
    pub(crate) labels: BTreeMap<&'static str, String>,
    /// `state`, `org`, `group`, `agreement`, `media`, `person`, `place`.
    pub(crate) kind: &'static str,
    /// The IRI in the graph.
    pub(crate) iri: String,
    /// Wikidata.
    pub(crate) wikidata: Option<String>,
    /// Relation states that name it, in the news.
    pub(crate) states: usize,
    /// Events that name it.
    pub(crate) events: usize,
}

/// An entity with what is said of it.
#[derive(Serialize, ToSchema)]
pub(crate) struct EntityRelations {
    /// The entity.
    pub(crate) entity: EntityRecord,
    /// Relation states that name it.
    pub(crate) states: Vec<State>,
    /// Its newest events, newest first.
    pub(crate) recent_events: Vec<Event>,
}

/// What holds between parties, and how we know.
#[derive(Serialize, ToSchema)]
pub(crate) struct State {
    /// `relation/<id>` in IRIs.
    pub(crate) id: String,
    /// The IRI in the graph.
    pub(crate) iri: String,
    /// `diplomatic-relations`, `party-to` …
    pub(crate) kind: &'static str,
    /// The kind in the language asked for.
    pub(crate) kind_label: &'static str,
    /// Both parties of symmetric kinds, the holder of directed ones.
    pub(crate) parties: Vec<Ref>,
    /// The other side of directed kinds.
    pub(crate) counterpart: Option<Ref>,
    /// The agreement; unnamed ones have a hashed id.
    pub(crate) agreement: Option<Ref>,
    /// `embassy`, `charge`, or what is sanctioned.
    pub(crate) level: Option<String>,
    /// `announced` (a plan, not a fact), `in-force`, `suspended`, `ended`, `abandoned`.
    pub(crate) status: &'static str,
    /// The status in the language asked for.
    pub(crate) status_label: &'static str,
    /// How far a party is bound by an agreement.
    pub(crate) stage: Option<&'static str>,
    /// Whether it held on `as_of`: `yes`, `no` or `unknown`.
    pub(crate) holds: &'static str,
    /// When the status began, as far as reports tell.
    pub(crate) status_since: DateBounds,
    /// When it began to hold; half-open interval.
    pub(crate) valid_from: DateBounds,
    /// When it ceased to hold. Unknown with status `ended`: on an unknown day; else it still holds.
    pub(crate) valid_until: DateBounds,
    /// The newest document that supports it.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) last_supported: Option<Date>,
    /// What about.
    pub(crate) topic: Option<&'static str>,
    /// The topic in the language asked for.
    pub(crate) topic_label: Option<&'static str>,
    /// 1 cooperation, -1 conflict.
    pub(crate) sign: i8,
    /// From -10 to 10.
    pub(crate) weight: f64,
    /// Documents that support it.
    pub(crate) documents: usize,
    /// Independent origins among them.
    pub(crate) origins: usize,
    /// `news`, or `reference:` and the table.
    pub(crate) origin: String,
    /// What supports it, word for word.
    pub(crate) claims: Vec<Claim>,
    /// Claims that deny it.
    pub(crate) disputed_by: Vec<String>,
}

/// One happening, told by one or more claims.
#[derive(Serialize, ToSchema)]
pub(crate) struct Event {
    /// `event/<id>` in IRIs.
    pub(crate) id: String,
    /// The IRI in the graph.
    pub(crate) iri: String,
    /// One of the 50 event types.
    pub(crate) r#type: &'static str,
    /// The type in the language asked for.
    pub(crate) type_label: &'static str,
    /// Who acts; every party of symmetric types.
    pub(crate) source: Vec<Ref>,
    /// Who or what is acted on.
    pub(crate) target: Vec<Ref>,
    /// The agreement or organisation that it is about.
    pub(crate) agreement: Option<Ref>,
    /// `occurred`, `planned`, `possible`, `denied`, `cancelled`.
    pub(crate) status: &'static str,
    /// The status in the language asked for.
    pub(crate) status_label: &'static str,
    /// When.
    pub(crate) date: DateBounds,
    /// Where.
    pub(crate) place: Option<Ref>,
    /// What about.
    pub(crate) topic: Option<&'static str>,
    /// The topic in the language asked for.
    pub(crate) topic_label: Option<&'static str>,
    /// From -10 to 10.
    pub(crate) weight: f64,
    /// The PLOVER class.
    pub(crate) plover: &'static str,
    /// The CAMEO code.
    pub(crate) cameo: &'static str,
    /// Documents that tell it.
    pub(crate) documents: usize,
    /// Independent origins among them.
    pub(crate) origins: usize,
    /// What they say, word for word.
    pub(crate) claims: Vec<Claim>,
}

/// What one document says: the form of `chancery extract` (type, source, target, status, attribution, date, quote, span
/// …) with what leads back to the words.
#[derive(Serialize, ToSchema)]
pub(crate) struct Claim {
    /// The claim as `chancery extract` prints it.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub(crate) record: ClaimRecord,
    /// The IRI in the graph.
    pub(crate) iri: String,
    /// The event it tells.
    pub(crate) event: Option<String>,
    /// Its document.
    pub(crate) document: DocumentRef,
    /// Who says it, from the reader to the origin; empty where the document speaks in its own voice.
    pub(crate) attribution_labels: Vec<String>,
    /// The sentence around the quote; null where texts are not served.
    pub(crate) evidence: Option<Sentence>,
}

/// A document by name.
#[derive(Serialize, ToSchema)]
pub(crate) struct DocumentRef {
    /// Its key.
    pub(crate) id: String,
    /// The headline.
    pub(crate) title: Option<String>,
    /// Who published it, as written.
    pub(crate) publisher: Option<String>,
    /// When.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) published: Option<Date>,
    /// The language of the text.
    pub(crate) lang: &'static str,
    /// `rtl` or `ltr`.
    pub(crate) dir: &'static str,
}

/// A sentence of the original with the place of the quote in it.
#[derive(Serialize, ToSchema)]
pub(crate) struct Sentence {
    /// To the letter.
    pub(crate) sentence: String,
    /// First code point of the quote.
    pub(crate) start: usize,
    /// One past its last code point.
    pub(crate) end: usize,
    /// The language.
    pub(crate) lang: &'static str,
    /// `rtl` or `ltr`.
    pub(crate) dir: &'static str,
    /// `title` or `text`.
    pub(crate) field: &'static str,
}

/// The relations of one country.
#[derive(Serialize, ToSchema)]
pub(crate) struct Relations {
    /// The country.
    pub(crate) country: Ref,
    /// The day that `holds` speaks of: the one asked for, else that of the newest document.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) as_of: Option<Date>,
    /// The revision of the store.
    pub(crate) revision: u64,
    /// What the news tells first, newest first; then the reference tables.
    pub(crate) states: Vec<State>,
    /// Newest first, at most twenty.
    pub(crate) recent_events: Vec<Event>,
}

/// What is between two actors.
#[derive(Serialize, ToSchema)]
pub(crate) struct Dyad {
    /// The first, as asked.
    pub(crate) a: Ref,
    /// The second.
    pub(crate) b: Ref,
    /// The day that `holds` speaks of.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) as_of: Option<Date>,
    /// Relation states that both are in.
    pub(crate) states: Vec<State>,
    /// Events that both are in, newest first.
    pub(crate) events: Vec<Event>,
    /// Occurred events by kind of act.
    pub(crate) counts: Counts,
    /// The mean weight of the occurred events; null where there are none.
    pub(crate) mean_weight: Option<f64>,
}

/// Occurred events of a dyad.
#[derive(Default, Serialize, ToSchema)]
pub(crate) struct Counts {
    /// Of cooperation.
    pub(crate) cooperation: usize,
    /// Of conflict.
    pub(crate) conflict: usize,
}

/// A document, as listed.
#[derive(Serialize, ToSchema)]
pub(crate) struct DocumentSummary {
    /// Key, title, publisher, day, language.
    #[serde(flatten)]
    pub(crate) document: DocumentRef,
    /// The IRI in the graph.
    pub(crate) iri: String,
    /// A hash of the content.
    pub(crate) version: String,
    /// When the store came to know it.
    #[schema(value_type = String, format = DateTime)]
    pub(crate) recorded: Timestamp,
    /// How many claims it makes.
    pub(crate) claims: usize,
}

/// A document with what it says.
#[derive(Serialize, ToSchema)]
pub(crate) struct DocumentRecord {
    /// As listed.
    #[serde(flatten)]
    pub(crate) summary: DocumentSummary,
    /// The text; null where texts are not served.
    pub(crate) text: Option<String>,
    /// What it says, in the order of its words.
    pub(crate) said: Vec<Claim>,
}

/// A document that is sent.
#[derive(Deserialize, ToSchema)]
#[expect(dead_code, reason = "the reader of documents reads it; this is its form for the OpenAPI document")]
pub(crate) struct DocumentIn {
    /// The key: a document with the same id is replaced. Else a hash of the text.
    id: Option<String>,
    /// `ar`, `en` …; else it is recognised.
    lang: Option<String>,
    /// The day of publication; relative dates need it.
    published: Option<String>,
    /// Who published it.
    publisher: Option<String>,
    /// The headline.
    title: Option<String>,
    /// The body.
    text: String,
}

/// What became of documents that were sent.
#[derive(Serialize, ToSchema)]
pub(crate) struct Ingestion {
    /// The revision of the store after it.
    pub(crate) revision: u64,
    /// Each document that was read.
    pub(crate) documents: Vec<IngestedDocument>,
    /// Each that was not, and why.
    pub(crate) skipped: Vec<SkippedDocument>,
    /// Each that was read, but would break a shape; what the store knew of it before stays.
    pub(crate) rejected: Vec<RejectedDocument>,
}

/// What became of one document.
#[derive(Serialize, ToSchema)]
pub(crate) struct IngestedDocument {
    /// Its key.
    pub(crate) id: String,
    /// `added`, `replaced`, `unchanged`.
    pub(crate) outcome: &'static str,
    /// How many claims it makes.
    pub(crate) claims: usize,
}

/// A document that was not read.
#[derive(Serialize, ToSchema)]
pub(crate) struct SkippedDocument {
    /// The line of the body, from 1; 0 for the whole body.
    pub(crate) line: usize,
    /// What is wrong and what was expected.
    pub(crate) reason: String,
}

/// A document that would break a shape.
#[derive(Serialize, ToSchema)]
pub(crate) struct RejectedDocument {
    /// Its key.
    pub(crate) id: String,
    /// What it would break, one line a result, in the language asked for, else in English.
    pub(crate) reason: String,
    /// The same as values.
    pub(crate) results: Vec<ValidationResult>,
}

impl RejectedDocument {
    pub(crate) fn new(rejected: &chancery_pipeline::Rejected, language: Language) -> Self {
        let results = rejected.report.results.iter().map(|result| ValidationResult::new(result, language));
        Self { id: rejected.id.clone(), reason: rejected.reason(language), results: results.collect() }
    }
}

/// Whether a graph keeps the shapes.
#[derive(Serialize, ToSchema)]
pub(crate) struct ValidationReport {
    /// Whether there is no result of any severity.
    pub(crate) conforms: bool,
    /// What was found, by focus node, path and shape.
    pub(crate) results: Vec<ValidationResult>,
}

impl ValidationReport {
    pub(crate) fn new(report: &chancery_shapes::Report, language: Language) -> Self {
        let results = report.results.iter().map(|result| ValidationResult::new(result, language));
        Self { conforms: report.conforms, results: results.collect() }
    }
}

/// One constraint that one node breaks: `sh:ValidationResult`. IRIs are their text, blank nodes `_:` and a label.
#[derive(Serialize, ToSchema)]
pub(crate) struct ValidationResult {
    /// The node that was validated.
    pub(crate) focus_node: String,
    /// What leads from it to the value: the IRI of a property, or a path as in SPARQL; null for the node itself.
    pub(crate) path: Option<String>,
    /// The value that breaks the constraint, literals as in N-Triples; null where it is not one value.
    pub(crate) value: Option<String>,
    /// The shape whose constraint is broken; mostly a blank node.
    pub(crate) source_shape: String,
    /// The IRI of that shape, or of the shape around it.
    pub(crate) named_shape: Option<String>,
    /// `http://www.w3.org/ns/shacl#MinCountConstraintComponent` …
    pub(crate) constraint_component: String,
    /// `violation`, `warning`, `info`, or an IRI.
    pub(crate) severity: String,
    /// What is wrong, in the language asked for, else in English.
    pub(crate) message: String,
    /// The same in every language of the shape.
    pub(crate) messages: Vec<ValidationMessage>,
    /// Why a value does not have the shape that it must have.
    #[schema(no_recursion)]
    pub(crate) details: Vec<ValidationResult>,
}

impl ValidationResult {
    fn new(result: &chancery_shapes::ValidationResult, language: Language) -> Self {
        let messages = result.messages.iter();
        Self {
            focus_node: chancery_shapes::plain_term(&result.focus_node),
            path: result.path.as_ref().map(chancery_shapes::plain_path),
            value: result.value.as_ref().map(chancery_shapes::plain_term),
            source_shape: chancery_shapes::plain_term(&result.source_shape),
            named_shape: result.named_shape.as_ref().map(|shape| shape.as_str().to_owned()),
            constraint_component: result.constraint_component.iri().as_str().to_owned(),
            severity: result.severity.to_string(),
            message: result.message(language.code()).to_owned(),
            messages: messages
                .map(|message| ValidationMessage { lang: message.language.clone(), text: message.text.clone() })
                .collect(),
            details: result.details.iter().map(|detail| Self::new(detail, language)).collect(),
        }
    }
}

/// A message of a shape.
#[derive(Serialize, ToSchema)]
pub(crate) struct ValidationMessage {
    /// The language tag; null where the shape gives none.
    pub(crate) lang: Option<String>,
    /// The words.
    pub(crate) text: String,
}

/// What documents would say, without storing them.
#[derive(Serialize, ToSchema)]
pub(crate) struct DryRun {
    /// Each document that was read.
    pub(crate) documents: Vec<ReadOnce>,
    /// Each that was not, and why.
    pub(crate) skipped: Vec<SkippedDocument>,
}

/// What one document says.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReadOnce {
    /// The document, as read.
    pub(crate) document: DocumentRef,
    /// What it says.
    pub(crate) claims: Vec<Claim>,
    /// Why it does not say more.
    pub(crate) diagnostics: Vec<DiagnosticRecord>,
}

/// A remark of the reader.
#[derive(Serialize, ToSchema)]
pub(crate) struct DiagnosticRecord {
    /// Stable.
    pub(crate) code: String,
    /// For people.
    pub(crate) message: String,
}

/// What is denied, and by whom.
#[derive(Serialize, ToSchema)]
pub(crate) struct DisputeRecord {
    /// Its name.
    pub(crate) id: String,
    /// What is denied.
    pub(crate) event: Option<Event>,
    /// Claims that affirm it.
    pub(crate) affirmed_by: Vec<String>,
    /// Claims that deny it.
    pub(crate) denied_by: Vec<String>,
    /// Day of the first affirming document.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) first_affirmed: Option<Date>,
    /// Day of the first denying document.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) first_denied: Option<Date>,
}

/// Something planned, and what became of it.
#[derive(Serialize, ToSchema)]
pub(crate) struct PromiseRecord {
    /// Its name.
    pub(crate) id: String,
    /// What is promised.
    pub(crate) event: Option<Event>,
    /// The last day on which it can still be kept.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) due: Option<Date>,
    /// `kept`, `slipped`, `cancelled`, `open`.
    pub(crate) outcome: &'static str,
    /// The outcome in the language asked for.
    pub(crate) outcome_label: &'static str,
}
