//! Every IRI of the ontology `dip:` and of the vocabularies it reuses. The ontology itself is `ontology/*.ttl`;
//! a test holds the two together.
//!
//! Names of closed lists are made from the words of the model: a claim status, a state status and a state kind
//! keep the bare word (`dip:Planned`, `dip:InForce`, `dip:PartyTo`); the words of the other lists carry the name
//! of their list, since the lists share words: `dip:InForceStage`, `dip:TradeTopic`, `dip:SourceRole`,
//! `dip:OutletVoice`, `dip:CancelledPromise`.

use chancery_model::{
    EntityKind, EventType, PromiseOutcome, Role, SourceKind, StateKind, StateStatus, Status, Topic, TreatyStage,
};
use oxrdf::{NamedNode, NamedNodeRef};

/// The namespace of the ontology.
pub const DIP: &str = "https://w3id.org/chancery/ontology#";

/// Declares terms of one namespace, and the list of them that the tests compare with the ontology.
macro_rules! terms {
    ($namespace:literal, $(#[$list_meta:meta])* $list:ident { $($(#[$meta:meta])* $name:ident = $local:literal),+ $(,)? }) => {
        $($(#[$meta])* pub const $name: NamedNodeRef<'static> = NamedNodeRef::new_unchecked(concat!($namespace, $local));)+
        $(#[$list_meta])*
        pub const $list: &[NamedNodeRef<'static>] = &[$($name),+];
    };
}

terms! { "https://w3id.org/chancery/ontology#",
/// Every class, property and concept scheme of `dip:` that has a constant here.
TERMS {
    /// Whoever can act: states, organisations, groups.
    ACTOR = "Actor",
    /// A state or territory.
    STATE = "State",
    /// An international organisation.
    ORGANIZATION = "Organization",
    /// An armed or political group.
    GROUP = "Group",
    /// A treaty, accord or framework.
    AGREEMENT_CLASS = "Agreement",
    /// A newspaper, broadcaster, site or agency.
    MEDIA_OUTLET = "MediaOutlet",
    /// A person.
    PERSON = "Person",
    /// A place.
    PLACE_CLASS = "Place",
    /// An office that a person can hold.
    OFFICE_CLASS = "Office",
    /// A news document.
    DOCUMENT = "Document",
    /// What one document says happened.
    CLAIM = "Claim",
    /// What is said, apart from who says it and how sure.
    PROPOSITION = "Proposition",
    /// The words with which an outlet names an actor.
    NAMING_CLASS = "Naming",
    /// The words of a document that make a claim.
    EVIDENCE_CLASS = "Evidence",
    /// One step of the chain from the reader to the origin.
    ATTRIBUTION_CLASS = "Attribution",
    /// A mention that takes part in a claim.
    PARTICIPATION = "Participation",
    /// One happening.
    EVENT = "Event",
    /// What holds between parties over a time.
    RELATION_STATE = "RelationState",
    /// Claims that contradict each other on one event.
    DISPUTE = "Dispute",
    /// A planned event with a due day.
    PROMISE = "Promise",
    /// An unordered pair of actors.
    DYAD_CLASS = "Dyad",
    /// A stretch of a state's life.
    PHASE_CLASS = "Phase",
    /// How the promises of an actor, or those that an outlet reported, ended.
    PROMISE_RECORD = "PromiseRecord",
    /// One version of the program with one version of its data, reading.
    RUN = "Run",
    /// The program.
    CHANCERY = "Chancery",
    /// The class of the fifty types.
    EVENT_TYPE_CLASS = "EventType",
    /// The class of the finer leaves of types.
    EVENT_SUBTYPE_CLASS = "EventSubtype",
    /// The class of claim statuses.
    CLAIM_STATUS = "ClaimStatus",
    /// The class of state statuses.
    STATE_STATUS = "StateStatus",
    /// The class of kinds of relation.
    STATE_KIND = "StateKind",
    /// The class of treaty stages.
    TREATY_STAGE = "TreatyStage",
    /// The class of topics.
    TOPIC_CLASS = "Topic",
    /// The class of roles.
    ROLE_CLASS = "Role",
    /// The class of kinds of voice.
    VOICE = "Voice",
    /// The class of outcomes of promises.
    PROMISE_OUTCOME = "PromiseOutcome",
    /// Scheme of the event types.
    EVENT_TYPE_SCHEME = "EventTypeScheme",
    /// Scheme of the claim statuses.
    CLAIM_STATUS_SCHEME = "ClaimStatusScheme",
    /// Scheme of the state statuses.
    STATE_STATUS_SCHEME = "StateStatusScheme",
    /// Scheme of the state kinds.
    STATE_KIND_SCHEME = "StateKindScheme",
    /// Scheme of the treaty stages.
    TREATY_STAGE_SCHEME = "TreatyStageScheme",
    /// Scheme of the topics.
    TOPIC_SCHEME = "TopicScheme",
    /// Scheme of the roles.
    ROLE_SCHEME = "RoleScheme",
    /// Scheme of the voices.
    VOICE_SCHEME = "VoiceScheme",
    /// Scheme of the outcomes of promises.
    PROMISE_OUTCOME_SCHEME = "PromiseOutcomeScheme",

    /// Claim → proposition.
    ASSERTS = "asserts",
    /// Proposition → who does it.
    SUBJECT = "subject",
    /// Proposition → what is done, a property.
    RELATION = "relation",
    /// Proposition → to whom or what.
    OBJECT = "object",
    /// Claim → how its document names who takes part.
    NAMING = "naming",
    /// Naming → whom it names.
    NAMED = "named",
    /// Claim → the event it tells of.
    ABOUT = "about",
    /// Claim → its event type.
    EVENT_TYPE = "eventType",
    /// Finer leaf of the type, as a word.
    SUBTYPE = "subtype",
    /// Finer leaf of the type, as a concept.
    EVENT_SUBTYPE = "eventSubtype",
    /// Who acts.
    SOURCE = "source",
    /// Who or what is acted on.
    TARGET = "target",
    /// The agreement it is about.
    AGREEMENT = "agreement",
    /// Status of a claim, event or state.
    STATUS = "status",
    /// From 0 to 1: how sure the rule is.
    CONFIDENCE = "confidence",
    /// The rule that read the claim.
    RULE = "rule",
    /// Where.
    PLACE = "place",
    /// What about.
    TOPIC = "topic",
    /// Claim → a step of its attribution.
    ATTRIBUTION = "attribution",
    /// Place of a step or participation in its list, from 1.
    STEP = "step",
    /// Attribution → who speaks.
    AGENT = "agent",
    /// Attribution → kind of voice.
    VOICE_KIND = "voice",
    /// The words that name somebody.
    SURFACE = "surface",
    /// Claim → the words.
    EVIDENCE = "evidence",
    /// `title` or `text`.
    FIELD = "field",
    /// First byte of the quote in its field.
    BYTE_START = "byteStart",
    /// One past the last byte of the quote.
    BYTE_END = "byteEnd",
    /// First byte of the sentence around the quote.
    SENTENCE_BYTE_START = "sentenceByteStart",
    /// One past the last byte of the sentence.
    SENTENCE_BYTE_END = "sentenceByteEnd",
    /// Claim → a mention that takes part.
    PARTICIPANT = "participant",
    /// Participation → the actor.
    PARTICIPATING_ACTOR = "actor",
    /// Participation → its role.
    ROLE = "role",
    /// Participation → the person who acts for the actor.
    ACTING_PERSON = "person",
    /// The office.
    OFFICE = "office",
    /// Level of an office, of representation, or what is sanctioned.
    LEVEL = "level",

    /// The day, month or year of a claim or event.
    DATE = "date",
    /// How exactly the date is known.
    DATE_PRECISION = "datePrecision",
    /// First possible day.
    DATE_NOT_BEFORE = "dateNotBefore",
    /// Last possible day.
    DATE_NOT_AFTER = "dateNotAfter",
    /// When the graph came to know it.
    RECORDED_FROM = "recordedFrom",

    /// Event or state → pair of actors.
    DYAD = "dyad",
    /// Dyad → each of its two actors.
    MEMBER = "member",
    /// PLOVER class.
    PLOVER = "plover",
    /// CAMEO code.
    CAMEO = "cameo",
    /// Weight from −10 (conflict) to 10 (cooperation).
    WEIGHT = "weight",
    /// Independent origins.
    INDEPENDENT_ORIGINS = "independentOrigins",
    /// Number of documents.
    DOCUMENT_COUNT = "documentCount",
    /// Event ↔ event of the same days with the same parties: a summit, a visit that led to it.
    SAME_OCCASION_AS = "sameOccasionAs",
    /// Whether all parties of a type are sources.
    SYMMETRIC = "symmetric",
    /// What a type does to states, in words.
    EFFECT = "effect",
    /// Days within which two reports tell one happening.
    WINDOW_DAYS = "windowDays",
    /// Event type → the relation of its propositions.
    ASSERTED_RELATION = "assertedRelation",

    /// State → kind of relation.
    KIND = "kind",
    /// State → each party, or the holder.
    PARTY = "party",
    /// State → the other side of a directed kind.
    COUNTERPART = "counterpart",
    /// State → who stands against the others in it.
    ADVERSARY = "adversary",
    /// State → stage of party-to.
    STAGE = "stage",
    /// When the present status began.
    STATUS_SINCE = "statusSince",
    /// First possible day of that.
    STATUS_SINCE_NOT_BEFORE = "statusSinceNotBefore",
    /// Last possible day of that.
    STATUS_SINCE_NOT_AFTER = "statusSinceNotAfter",
    /// When it began to hold.
    VALID_FROM = "validFrom",
    /// First possible day of that.
    VALID_FROM_NOT_BEFORE = "validFromNotBefore",
    /// Last possible day of that.
    VALID_FROM_NOT_AFTER = "validFromNotAfter",
    /// When it ceased to hold (exclusive).
    VALID_UNTIL = "validUntil",
    /// First possible day of that.
    VALID_UNTIL_NOT_BEFORE = "validUntilNotBefore",
    /// Last possible day of that.
    VALID_UNTIL_NOT_AFTER = "validUntilNotAfter",
    /// Day of the newest document that supports it.
    LAST_SUPPORTED = "lastSupported",
    /// When a claim for or against it was last recorded.
    LAST_RECORDED = "lastRecorded",
    /// State → event that opened it.
    OPENED_BY = "openedBy",
    /// State → event that suspended or closed it.
    CLOSED_BY = "closedBy",
    /// State → claim for it.
    SUPPORTED_BY = "supportedBy",
    /// State → claim that denies it.
    DISPUTED_BY = "disputedBy",
    /// State → a stretch of its life.
    PHASE = "phase",
    /// Phase → event that began it.
    BEGUN_BY = "begunBy",
    /// State → party whose end as a state ended it.
    ENDED_WITH = "endedWith",
    /// State → the next state of the same relation.
    FOLLOWED_BY = "followedBy",
    /// `news` or `reference:<table>`.
    ORIGIN = "origin",
    /// +1 friendship, −1 conflict.
    SIGN = "sign",

    /// Flat edge: diplomatic relations in force.
    DIPLOMATIC_RELATIONS_WITH = "diplomaticRelationsWith",
    /// Flat edge: recognition in force.
    RECOGNISES = "recognises",
    /// Flat edge: bound by an agreement; also the relation of `join-agreement`.
    PARTY_TO = "partyTo",
    /// Flat edge: member of an organisation; also the relation of `join-agreement`.
    MEMBER_OF = "memberOf",
    /// Flat edge: allied.
    ALLIED_WITH = "alliedWith",
    /// Flat edge: partners.
    PARTNER_OF = "partnerOf",
    /// Flat edge: sanctions in force.
    SANCTIONS = "sanctions",
    /// Flat edge: keeps a mission in.
    HAS_MISSION_IN = "hasMissionIn",

    /// Dispute → event.
    DISPUTED_EVENT = "disputedEvent",
    /// Dispute → affirming claim.
    AFFIRMED_BY = "affirmedBy",
    /// Dispute → denying claim.
    DENIED_BY = "deniedBy",
    /// Day of the first affirming document.
    FIRST_AFFIRMED = "firstAffirmed",
    /// Day of the first denying document.
    FIRST_DENIED = "firstDenied",
    /// Promise → event.
    PROMISED_EVENT = "promisedEvent",
    /// Promise → claim.
    PROMISED_BY = "promisedBy",
    /// Day of the first document that makes a promise.
    PROMISED_ON = "promisedOn",
    /// Promise → who is to keep it.
    PROMISOR = "promisor",
    /// Promise → outlet that reports it.
    REPORTED_BY = "reportedBy",
    /// Name of an outlet that stands in no table, as written.
    OUTLET_NAME = "outletName",
    /// Promise → event that kept it or called it off.
    RESOLVED_BY = "resolvedBy",
    /// When that was.
    RESOLVED_ON = "resolvedOn",
    /// First possible day of that.
    RESOLVED_NOT_BEFORE = "resolvedNotBefore",
    /// Last possible day of that.
    RESOLVED_NOT_AFTER = "resolvedNotAfter",
    /// Record → whose it is.
    RECORD_OF = "recordOf",
    /// Promises that were kept.
    KEPT_COUNT = "keptCount",
    /// Promises that slipped.
    SLIPPED_COUNT = "slippedCount",
    /// Promises that were called off.
    CANCELLED_COUNT = "cancelledCount",
    /// Promises that are still open.
    OPEN_COUNT = "openCount",
    /// Share of kept promises among those that are no longer open.
    HIT_RATE = "hitRate",
    /// Last day on which a promise can be kept.
    DUE = "due",
    /// What became of a promise.
    OUTCOME = "outcome",

    /// Version of a document: a hash of its content.
    VERSION = "version",
    /// Publisher of a document, as written.
    PUBLISHER_NAME = "publisherName",
    /// Fingerprint of the wording of a document.
    TEXT_ORIGIN = "textOrigin",

    /// ISO 3166-1 alpha-3.
    ALPHA3 = "alpha3",
    /// ISO 3166-1 alpha-2.
    ALPHA2 = "alpha2",
    /// ISO 3166-1 numeric, M49.
    NUMERIC = "numeric",
    /// Correlates of War number.
    COW = "cow",
    /// Gleditsch and Ward number.
    GW = "gw",
    /// M49 region.
    REGION = "region",
    /// M49 sub-region.
    SUBREGION = "subregion",
    /// Statehood by the naming policy.
    STATEHOOD = "statehood",
    /// Person, place or outlet → its state.
    BELONGS_TO = "belongsTo",
    /// Territory → the state to which it is counted.
    SOVEREIGN = "sovereign",
    /// Day or year on which an agreement was concluded.
    CONCLUDED = "concluded",
    /// What binds the parties of an agreement.
    BINDS_BY = "bindsBy",
}}

terms! { "http://semanticweb.cs.vu.nl/2009/11/sem/",
/// Terms of the Simple Event Model.
SEM_TERMS {
    /// `sem:Event`.
    SEM_EVENT = "Event",
    /// `sem:hasActor`.
    SEM_HAS_ACTOR = "hasActor",
    /// `sem:hasPlace`.
    SEM_HAS_PLACE = "hasPlace",
}}

terms! { "http://www.w3.org/ns/prov#",
/// Terms of PROV-O.
PROV_TERMS {
    /// `prov:Activity`.
    PROV_ACTIVITY = "Activity",
    /// `prov:wasDerivedFrom`.
    PROV_WAS_DERIVED_FROM = "wasDerivedFrom",
    /// `prov:wasGeneratedBy`.
    PROV_WAS_GENERATED_BY = "wasGeneratedBy",
    /// `prov:wasAssociatedWith`.
    PROV_WAS_ASSOCIATED_WITH = "wasAssociatedWith",
}}

terms! { "http://www.w3.org/ns/oa#",
/// Terms of the Web Annotation vocabulary.
OA_TERMS {
    /// `oa:SpecificResource`.
    OA_SPECIFIC_RESOURCE = "SpecificResource",
    /// `oa:hasSource`.
    OA_HAS_SOURCE = "hasSource",
    /// `oa:hasSelector`.
    OA_HAS_SELECTOR = "hasSelector",
    /// `oa:TextQuoteSelector`.
    OA_TEXT_QUOTE_SELECTOR = "TextQuoteSelector",
    /// `oa:TextPositionSelector`.
    OA_TEXT_POSITION_SELECTOR = "TextPositionSelector",
    /// `oa:exact`.
    OA_EXACT = "exact",
    /// `oa:start`, in code points.
    OA_START = "start",
    /// `oa:end`, in code points, exclusive.
    OA_END = "end",
}}

terms! { "http://schema.org/",
/// Terms of schema.org, in its `http` namespace.
SCHEMA_TERMS {
    /// `schema:NewsArticle`.
    SCHEMA_NEWS_ARTICLE = "NewsArticle",
    /// `schema:identifier`.
    SCHEMA_IDENTIFIER = "identifier",
    /// `schema:inLanguage`.
    SCHEMA_IN_LANGUAGE = "inLanguage",
    /// `schema:datePublished`.
    SCHEMA_DATE_PUBLISHED = "datePublished",
    /// `schema:headline`.
    SCHEMA_HEADLINE = "headline",
    /// `schema:sameAs`.
    SCHEMA_SAME_AS = "sameAs",
    /// `schema:latitude`.
    SCHEMA_LATITUDE = "latitude",
    /// `schema:longitude`.
    SCHEMA_LONGITUDE = "longitude",
}}

terms! { "http://www.w3.org/2004/02/skos/core#",
/// Terms of SKOS.
SKOS_TERMS {
    /// `skos:prefLabel`.
    SKOS_PREF_LABEL = "prefLabel",
    /// `skos:altLabel`.
    SKOS_ALT_LABEL = "altLabel",
    /// `skos:notation`.
    SKOS_NOTATION = "notation",
    /// `skos:broader`.
    SKOS_BROADER = "broader",
    /// `skos:definition`.
    SKOS_DEFINITION = "definition",
    /// `skos:inScheme`.
    SKOS_IN_SCHEME = "inScheme",
}}

terms! { "http://www.w3.org/ns/org#",
/// Terms of the W3C Organization ontology.
ORG_TERMS {
    /// `org:Membership`: a person holds an office for an actor.
    ORG_MEMBERSHIP = "Membership",
    /// `org:member`.
    ORG_MEMBER = "member",
    /// `org:organization`.
    ORG_ORGANIZATION = "organization",
    /// `org:role`.
    ORG_ROLE = "role",
}}

terms! { "http://www.opengis.net/ont/geosparql#",
/// Terms of GeoSPARQL.
GEO_TERMS {
    /// `geo:Geometry`.
    GEO_GEOMETRY = "Geometry",
    /// `geo:hasGeometry`.
    GEO_HAS_GEOMETRY = "hasGeometry",
    /// `geo:asWKT`.
    GEO_AS_WKT = "asWKT",
    /// `geo:wktLiteral`.
    GEO_WKT_LITERAL = "wktLiteral",
}}

/// `rdfs:isDefinedBy`.
pub const IS_DEFINED_BY: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2000/01/rdf-schema#isDefinedBy");

/// The namespace of entities in Wikidata.
pub const WIKIDATA: &str = "http://www.wikidata.org/entity/";

/// A term of `dip:` by its local name.
pub fn dip(local: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{DIP}{local}"))
}

/// `in-force` → `InForce`.
pub(crate) fn upper_camel(word: &str) -> String {
    word.split('-').map(capitalised).collect()
}

/// `join-agreement` → `joinAgreement`.
fn lower_camel(word: &str) -> String {
    let mut parts = word.split('-');
    parts.next().map(str::to_owned).into_iter().chain(parts.map(capitalised)).collect()
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(chars).collect()
}

/// A word of a closed list of the model, which is a concept of the ontology.
pub trait Concept: Copy {
    /// Its IRI.
    fn concept(self) -> NamedNode;
}

/// Implements [`Concept`] for the lists whose words become IRIs with a suffix.
macro_rules! concepts {
    ($($list:ty => $suffix:literal),+ $(,)?) => {
        $(impl Concept for $list {
            fn concept(self) -> NamedNode {
                dip(&(upper_camel(self.as_str()) + $suffix))
            }
        })+
    };
}

concepts! {
    Status => "",
    StateStatus => "",
    StateKind => "",
    TreatyStage => "Stage",
    Topic => "Topic",
    Role => "Role",
    SourceKind => "Voice",
    PromiseOutcome => "Promise",
}

impl Concept for EventType {
    fn concept(self) -> NamedNode {
        dip(&self.class_name())
    }
}

/// The word of a closed list that this IRI stands for, if it is one.
pub fn word_of<T: Concept>(words: impl IntoIterator<Item = T>, iri: NamedNodeRef<'_>) -> Option<T> {
    words.into_iter().find(|word| word.concept().as_ref() == iri)
}

/// The relation of the propositions of an event type, a property named after it: `visit` → `dip:visit`.
///
/// `join-agreement` alone has none of its own: joining an organisation is `dip:memberOf`, joining anything else
/// is `dip:partyTo`; see [`crate::proposition`].
pub fn relation(event_type: EventType) -> NamedNode {
    match event_type.name() {
        "join-agreement" => PARTY_TO.into_owned(),
        name => dip(&lower_camel(name)),
    }
}

/// The class of the entities of a kind.
pub fn entity_class(kind: EntityKind) -> NamedNodeRef<'static> {
    match kind {
        EntityKind::State => STATE,
        EntityKind::Org => ORGANIZATION,
        EntityKind::Group => GROUP,
        EntityKind::Agreement => AGREEMENT_CLASS,
        EntityKind::Media => MEDIA_OUTLET,
        EntityKind::Person => PERSON,
        EntityKind::Place => PLACE_CLASS,
    }
}

/// The flat edge of a kind of relation, where it has one.
///
/// Normalisation, accreditation and armed conflict are told by states only.
pub fn flat_edge(kind: StateKind) -> Option<NamedNodeRef<'static>> {
    match kind {
        StateKind::DiplomaticRelations => Some(DIPLOMATIC_RELATIONS_WITH),
        StateKind::Recognition => Some(RECOGNISES),
        StateKind::PartyTo => Some(PARTY_TO),
        StateKind::MemberOf => Some(MEMBER_OF),
        StateKind::Alliance => Some(ALLIED_WITH),
        StateKind::Partnership => Some(PARTNER_OF),
        StateKind::Sanctions => Some(SANCTIONS),
        StateKind::Mission => Some(HAS_MISSION_IN),
        StateKind::Normalisation | StateKind::Accreditation | StateKind::ArmedConflict => None,
    }
}
