//! Small hand-made graphs, one for each thing that can be told. All texts are made up.

use chancery_model::hash::content_hash;
use chancery_model::{
    AttributionStep, Claim, DataFiles, Dispute, DocumentFacts, EntityId, Event, EventDate, Evidence, Field, Language,
    Participant, Phase, Promise, PromiseOutcome, RelationState, ReportedClaim, Role, SourceKind, Span, StateKind,
    StateOrigin, StateStatus, Status, Topic, TreatyStage, World,
};
use chancery_rdf::GraphInput;
use jiff::civil::{Date, date};
use std::sync::Arc;

/// What a [`GraphInput`] borrows.
#[derive(Clone, Default)]
pub(crate) struct Sample {
    pub(crate) world: World,
    pub(crate) documents: Vec<Arc<DocumentFacts>>,
    pub(crate) claims: Vec<ReportedClaim>,
    pub(crate) events: Vec<Event>,
    pub(crate) states: Vec<RelationState>,
    pub(crate) disputes: Vec<Dispute>,
    pub(crate) promises: Vec<Promise>,
}

impl Sample {
    pub(crate) fn input(&self) -> GraphInput<'_> {
        GraphInput {
            world: &self.world,
            documents: &self.documents,
            claims: &self.claims,
            events: &self.events,
            states: &self.states,
            disputes: &self.disputes,
            promises: &self.promises,
            run: "5a0d1e",
        }
    }
}

pub(crate) fn id(text: &str) -> EntityId {
    text.parse().unwrap()
}

pub(crate) fn ids(texts: &[&str]) -> Vec<EntityId> {
    texts.iter().map(|text| id(text)).collect()
}

pub(crate) fn document(key: &str, published: Option<Date>, lang: Language) -> Arc<DocumentFacts> {
    Arc::new(DocumentFacts {
        id: key.into(),
        version: content_hash(["version", key]),
        lang,
        published,
        publisher: Some("Example Herald".to_owned()),
        title: Some("Made-up headline \"with quotes\"".to_owned()),
        recorded: "2025-11-07T06:00:00Z".parse().unwrap(),
        text_origin: content_hash(["origin", key]),
        sketch: Vec::new(),
    })
}

/// A claim of `text`, where `quote` stands.
pub(crate) fn claim(
    name: &str,
    event_type: &str,
    status: Status,
    source: &[&str],
    target: &[&str],
    words: (&str, &str),
) -> Claim {
    let (text, quote) = words;
    let start = text.find(quote).unwrap();
    let span = Span::new(start, start + quote.len());
    let part = |role, actor: &&str| Participant {
        id: id(actor),
        role,
        surface: quote.split(' ').next().unwrap().to_owned(),
        span: Some(span.code_points(text)),
        person: None,
        office: None,
        level: None,
    };
    let sources = source.iter().map(|actor| part(Role::Source, actor));
    Claim {
        id: content_hash(["claim", name]).into(),
        event_type: event_type.parse().unwrap(),
        subtype: None,
        source: ids(source),
        target: ids(target),
        agreement: None,
        status,
        attribution: Vec::new(),
        date: EventDate::UNKNOWN,
        place: None,
        topic: None,
        evidence: Evidence {
            field: Field::Text,
            span,
            code_points: span.code_points(text),
            quote: quote.to_owned(),
            sentence: Span::new(0, text.len()),
        },
        participants: sources.chain(target.iter().map(|actor| part(Role::Target, actor))).collect(),
        rule: format!("{event_type}/test"),
        confidence: 0.86,
    }
}

/// The event that some claims of one document tell.
pub(crate) fn event(claims: &[&Claim], documents: &[&str]) -> Event {
    let first = claims[0];
    Event {
        id: content_hash(["event", &first.id.0]).into(),
        event_type: first.event_type,
        subtype: first.subtype.clone(),
        source: first.source.clone(),
        target: first.target.clone(),
        agreement: first.agreement.clone(),
        status: first.status,
        date: first.date,
        place: first.place.clone(),
        topic: first.topic,
        claims: claims.iter().map(|claim| claim.id.clone()).collect(),
        documents: documents.iter().map(|key| (*key).into()).collect(),
        origins: 1,
    }
}

pub(crate) fn state(kind: StateKind, status: StateStatus, parties: &[&str]) -> RelationState {
    RelationState {
        id: content_hash(["state", kind.as_str(), status.as_str(), &parties.join("+")]).into(),
        kind,
        parties: ids(parties),
        counterpart: None,
        agreement: None,
        level: None,
        status,
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
        origin: StateOrigin::Reference("memberships".to_owned()),
        topic: None,
        succession: None,
        followed_by: None,
        phases: vec![phase(status, EventDate::UNKNOWN)],
    }
}

fn phase(status: StateStatus, since: EventDate) -> Phase {
    Phase { since, status, stage: None, level: None, by: None }
}

/// A state that events of the news opened.
pub(crate) fn told(mut state: RelationState, event: &Event) -> RelationState {
    state.opened_by = vec![event.id.clone()];
    state.supported_by = event.claims.clone();
    state.documents = event.documents.clone();
    state.origins = event.origins;
    state.origin = StateOrigin::News;
    state.phases[0].by = Some(event.id.clone());
    state
}

const JOIN: &str = "تنضم كازاخستان إلى الاتفاقات قريبا.";

/// Kazakhstan is expected to join the Abraham Accords: announced, never a fact.
pub(crate) fn announced_accession() -> Sample {
    let day = date(2025, 11, 6);
    let accords = "agreement:abraham-accords";
    let document = document("herald-1", Some(date(2025, 11, 7)), Language::Arabic);
    let mut claim =
        claim("join", "join-agreement", Status::Planned, &["KAZ"], &[accords], (JOIN, "كازاخستان إلى الاتفاقات"));
    claim.agreement = Some(id(accords));
    claim.date = EventDate::day(day);
    claim.attribution = vec![
        AttributionStep { agent: None, kind: SourceKind::Outlet, surface: "وكالة".to_owned() },
        AttributionStep { agent: Some(id("KAZ")), kind: SourceKind::Speaker, surface: "الوزير".to_owned() },
    ];
    claim.participants[0].person = Some(id("person:made-up-minister"));
    claim.participants[0].office = Some("foreign-minister".to_owned());
    claim.participants[0].level = Some("minister".to_owned());
    claim.participants[1].span = None;
    let event = event(&[&claim], &["herald-1"]);
    let mut state = told(state(StateKind::PartyTo, StateStatus::Announced, &["KAZ"]), &event);
    state.agreement = Some(id(accords));
    state.stage = Some(TreatyStage::Announced);
    state.status_since = EventDate::day(day);
    state.phases[0].since = state.status_since;
    state.phases[0].stage = state.stage;
    state.last_supported = Some(date(2025, 11, 7));
    state.last_recorded = Some(document.recorded);
    let promise = Promise {
        id: content_hash(["promise", &event.id.0]).into(),
        event: event.id.clone(),
        promised_by: event.claims.clone(),
        promised_on: document.published,
        holders: ids(&["KAZ"]),
        outlets: vec!["Example Herald".into()],
        due: None,
        outcome: PromiseOutcome::Open,
        closed_by: None,
        closed_on: EventDate::UNKNOWN,
    };
    Sample {
        documents: vec![document.clone()],
        claims: vec![ReportedClaim { claim: Arc::new(claim), document }],
        events: vec![event],
        states: vec![state],
        promises: vec![promise],
        ..Sample::default()
    }
}

/// Two states have had diplomatic relations since more than thirty years ago: only a latest start is known.
pub(crate) fn relations_in_force() -> Sample {
    let latest = date(1995, 11, 7);
    let text = "The two have kept relations for more than 30 years.";
    let document = document("herald-2", Some(date(2025, 11, 7)), Language::English);
    let words = (text, "kept relations for more than 30 years");
    let mut claim = claim("kept", "establish-relations", Status::Occurred, &["ISR", "KAZ"], &[], words);
    claim.date = EventDate::bounds(None, Some(latest));
    let event = event(&[&claim], &["herald-2"]);
    let mut state = told(state(StateKind::DiplomaticRelations, StateStatus::InForce, &["ISR", "KAZ"]), &event);
    state.valid_from = claim.date;
    state.status_since = claim.date;
    state.level = Some("embassy".to_owned());
    state.phases[0].since = state.status_since;
    state.phases[0].level = state.level.clone();
    state.last_supported = document.published;
    state.last_recorded = Some(document.recorded);
    Sample {
        documents: vec![document.clone()],
        claims: vec![ReportedClaim { claim: Arc::new(claim), document }],
        events: vec![event],
        states: vec![state],
        ..Sample::default()
    }
}

/// One document tells of a planned visit, another denies it.
pub(crate) fn disputed_visit() -> Sample {
    let (first, second) = (
        document("herald-3", Some(date(2025, 3, 1)), Language::English),
        document("herald-4", Some(date(2025, 3, 2)), Language::English),
    );
    let planned = "The king of Jordan will visit Turkey in April, an official who asked not to be named said.";
    let mut affirms =
        claim("will-visit", "visit", Status::Planned, &["JOR"], &["TUR"], (planned, "will visit Turkey in April"));
    affirms.date = EventDate::parse("2025-04").unwrap();
    affirms.place = Some(id("place:ankara"));
    affirms.topic = Some(Topic::CriticalMinerals);
    affirms.attribution = vec![AttributionStep {
        agent: Some(id("JOR")),
        kind: SourceKind::Unnamed,
        surface: "an official who asked not to be named".to_owned(),
    }];
    let text = "No visit to Turkey is planned, the palace said.";
    let mut denies =
        claim("no-visit", "visit", Status::Denied, &["JOR"], &["TUR"], (text, "No visit to Turkey is planned"));
    denies.evidence.field = Field::Title;
    denies.attribution =
        vec![AttributionStep { agent: Some(id("JOR")), kind: SourceKind::Statement, surface: "the palace".to_owned() }];
    let mut event = event(&[&affirms, &denies], &["herald-3", "herald-4"]);
    event.origins = 2;
    let dispute = Dispute {
        id: content_hash(["dispute", &event.id.0]).into(),
        event: event.id.clone(),
        affirmed_by: vec![affirms.id.clone()],
        denied_by: vec![denies.id.clone()],
        first_affirmed: first.published,
        first_denied: second.published,
    };
    let promise = Promise {
        id: content_hash(["promise", &event.id.0]).into(),
        event: event.id.clone(),
        promised_by: vec![affirms.id.clone()],
        due: Some(date(2025, 4, 30)),
        promised_on: first.published,
        holders: ids(&["JOR"]),
        outlets: vec!["media:made-up".into()],
        outcome: PromiseOutcome::Slipped,
        closed_by: None,
        closed_on: EventDate::UNKNOWN,
    };
    Sample {
        documents: vec![first.clone(), second.clone()],
        claims: vec![
            ReportedClaim { claim: Arc::new(affirms), document: first },
            ReportedClaim { claim: Arc::new(denies), document: second },
        ],
        events: vec![event],
        disputes: vec![dispute],
        promises: vec![promise],
        ..Sample::default()
    }
}

/// A summit of several states and an organisation, in an unknown year of which only the bounds are known.
pub(crate) fn summit() -> Sample {
    let text = "Leaders of the four met at a summit.";
    let document = document("herald-5", None, Language::English);
    let parties = ["ARM", "GEO", "KAZ", "org:osce"];
    let mut claim = claim("summit", "summit", Status::Occurred, &parties, &[], (text, "met at a summit"));
    claim.date = EventDate::bounds(Some(date(2019, 5, 1)), Some(date(2020, 2, 28)));
    claim.confidence = 1.0;
    let event = event(&[&claim], &["herald-5"]);
    Sample {
        documents: vec![document.clone()],
        claims: vec![ReportedClaim { claim: Arc::new(claim), document }],
        events: vec![event],
        ..Sample::default()
    }
}

/// What the reference tables alone tell: labels, codes, a tenure, a membership that holds and one that ended.
pub(crate) fn reference() -> Sample {
    let mut holds = state(StateKind::MemberOf, StateStatus::InForce, &["KAZ"]);
    holds.counterpart = Some(id("org:osce"));
    holds.valid_from = EventDate::day(date(1992, 1, 30));
    holds.phases[0].since = holds.valid_from;
    let mut ended = state(StateKind::Sanctions, StateStatus::Ended, &["ARM"]);
    ended.counterpart = Some(id("GEO"));
    ended.level = Some("arms".to_owned());
    ended.valid_from = EventDate::parse("1993").unwrap();
    ended.phases.insert(0, phase(StateStatus::InForce, ended.valid_from));
    Sample { world: world(), states: vec![holds, ended], ..Sample::default() }
}

/// A small world with made-up persons.
pub(crate) fn world() -> World {
    let tables = [
        (
            "states",
            "id\talpha2\tnumeric\twikidata\tcow\tgw\tregion\tsubregion\tstatehood\tlat\tlon\tsovereign\n\
             KAZ\tKZ\t398\tQ232\t705\t705\tAsia\tCentral Asia\tmember\t48.00\t68.00\t\n\
             ARM\tAM\t051\tQ399\t371\t371\tAsia\tWestern Asia\tmember\t\t\t\n\
             GEO\tGE\t268\t\t\t\t\t\t\t\t\t\n\
             XXT\t\t\t\t\t\tAsia\tCentral Asia\tterritory\t\t\tKAZ\n",
        ),
        ("organizations", "id\twikidata\norg:osce\tQ81299\n"),
        ("groups", "id\twikidata\n"),
        ("outlets", "id\twikidata\tstate\nmedia:herald\t\tKAZ\n"),
        ("places", "id\tstate\tlat\tlon\n"),
        ("persons", "id\tstate\twikidata\nperson:made-up-minister\tKAZ\t\n"),
        (
            "agreements",
            "id\twikidata\tconcluded\tbinds\ttopic\nagreement:abraham-accords\t\t2020-09-15\tsignature\tpeace\n",
        ),
        ("offices", "id\tlevel\nforeign-minister\tminister\n"),
        (
            "tenures",
            "person\toffice\tactor\tfrom\tuntil\n\
             person:made-up-minister\tforeign-minister\tKAZ\t2023-04-03\t\n\
             person:made-up-minister\tforeign-minister\tARM\t2019-05\t2020\n",
        ),
        ("memberships", "actor\tbody\tkind\tfrom\tuntil\n"),
        ("blocs", "bloc\tmember\tfrom\tuntil\n"),
        ("successions", "state\tsuccessor\tfrom\n"),
    ];
    let embedded = DataFiles::embedded();
    let no_names: Vec<_> = embedded
        .names()
        .filter(|name| name.ends_with("/names.tsv"))
        .map(|name| (name.to_owned(), "id\tform\tkind\n".to_owned()))
        .collect();
    let names = [
        ("data/ar/names.tsv", "id\tform\tkind\nKAZ\tكازاخستان\tlabel\nKAZ\tجمهورية كازاخستان\tformal\n"),
        (
            "data/en/names.tsv",
            "id\tform\tkind\nKAZ\tKazakhstan\tlabel\nKAZ\tKazakhstan\talias\norg:osce\tOSCE\tacronym\n",
        ),
    ];
    let files = embedded
        .with(no_names)
        .with(tables.map(|(name, text)| (format!("data/reference/{name}.tsv"), text.to_owned())))
        .with(names.map(|(name, text)| (name.to_owned(), text.to_owned())));
    World::load(&files).unwrap()
}

/// All samples by the name of the example that is written from them.
pub(crate) fn all() -> Vec<(&'static str, &'static str, Sample)> {
    vec![
        (
            "announced-accession",
            "A planned accession: announced, no validFrom, no flat edge; an open promise.",
            announced_accession(),
        ),
        (
            "relations-in-force",
            "Diplomatic relations in force, begun on an unknown day before a known one; both flat edges.",
            relations_in_force(),
        ),
        (
            "disputed-visit",
            "A visit planned for a month by one document and denied by another: a dispute, one shared proposition.",
            disputed_visit(),
        ),
        ("summit", "Four parties stay one event with six dyads; the date has bounds only.", summit()),
        ("reference", "Labels, codes, a tenure, and two states that come from reference tables.", reference()),
    ]
}
