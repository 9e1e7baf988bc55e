//! Documents that nobody wrote, in any number: for measuring. The same number gives the same documents.
//!
//! Three claims a document, a few with one more, over eleven years, between the states of the world and its organisations; a few states are in many
//! claims and most in few (the square of an even draw picks one), one claim in four tells again what another document told within two
//! days, and types, statuses, voices and places have the shares that the sample dispatches have.

use chancery_model::hash::content_hash;
use chancery_model::{
    AttributionStep, Claim, ClaimId, Document, EntityId, EntityKind, EventDate, EventType, Evidence, Field, Language,
    Participant, Role, SourceKind, Span, Status, Topic, World,
};
use jiff::ToSpan;
use jiff::civil::{Date, date};

/// A document, and what it says.
pub(crate) struct Generated {
    /// The document.
    pub(crate) document: Document,
    /// Its claims.
    pub(crate) claims: Vec<Claim>,
}

/// What is told: type, parties, day.
#[derive(Clone)]
struct Fact {
    event_type: EventType,
    source: Vec<EntityId>,
    target: Vec<EntityId>,
    agreement: Option<EntityId>,
    subtype: Option<&'static str>,
    topic: Option<Topic>,
    level: &'static str,
    day: Date,
    place: Option<EntityId>,
}

const CLAIMS_A_DOCUMENT: usize = 3;
const FIRST_DAY: Date = date(2015, 1, 1);
const DAYS: u64 = 4017;
/// Types and their shares.
const TYPES: [(&str, u64); 32] = [
    ("meet", 14),
    ("visit", 10),
    ("call", 5),
    ("accuse", 7),
    ("condemn", 8),
    ("express-support", 8),
    ("courtesy", 4),
    ("request", 4),
    ("negotiate", 3),
    ("mediate", 3),
    ("sign-agreement", 8),
    ("join-agreement", 2),
    ("ratify-agreement", 2),
    ("leave-agreement", 1),
    ("impose-sanctions", 4),
    ("ease-sanctions", 2),
    ("expel-diplomat", 2),
    ("recall-envoy", 2),
    ("open-mission", 2),
    ("establish-relations", 2),
    ("sever-relations", 1),
    ("upgrade-relations", 2),
    ("recognise", 1),
    ("attack", 3),
    ("restore-relations", 1),
    ("normalise-relations", 1),
    ("downgrade-relations", 1),
    ("suspend-relations", 1),
    ("close-mission", 1),
    ("appoint-envoy", 1),
    ("ceasefire", 1),
    ("summit", 1),
];
/// What agreements and sanctions are about, as often as nothing.
const TOPICS: [Option<Topic>; 8] = [
    None,
    None,
    None,
    None,
    Some(Topic::CriticalMinerals),
    Some(Topic::Trade),
    Some(Topic::Energy),
    Some(Topic::Defence),
];
const LEVELS: [&str; 4] = ["head-of-state", "head-of-state", "head-of-government", "minister"];

/// So many claims, in documents by day.
pub(crate) fn documents(world: &World, claims: usize) -> Vec<Generated> {
    let mut draw = Draw { state: 0x00C0_FFEE };
    let cast = Cast::of(world);
    let mut told: Vec<Fact> = Vec::new();
    let count = claims.div_ceil(CLAIMS_A_DOCUMENT);
    (0..count)
        .map(|number| {
            let published = FIRST_DAY + ((number as u64 * DAYS / count as u64) as i64).days();
            let facts: Vec<(Fact, Status)> = (0..CLAIMS_A_DOCUMENT)
                .map(|_| {
                    let again = draw.below(4) == 0 && told.len() > 40;
                    let fact = if again {
                        told[told.len() - 1 - draw.below(40) as usize].clone()
                    } else {
                        cast.fact(&mut draw, published)
                    };
                    told.push(fact.clone());
                    (fact, status(&mut draw))
                })
                .collect();
            generated(&mut draw, &cast, number, published, &facts)
        })
        .collect()
}

/// So many claims, and apart from them so many documents that come later, though they lie anywhere in the same time.
pub(crate) fn with_late(world: &World, claims: usize, late: usize) -> (Vec<Generated>, Vec<Generated>) {
    let all = documents(world, claims + late * CLAIMS_A_DOCUMENT);
    let every = all.len() / late;
    let (mut early, mut latecomers) = (Vec::with_capacity(all.len()), Vec::with_capacity(late));
    for (at, document) in all.into_iter().enumerate() {
        let is_late = at % every == every / 2 && at / every < late;
        if is_late { &mut latecomers } else { &mut early }.push(document);
    }
    (early, latecomers)
}

/// Those who act.
struct Cast {
    states: Vec<EntityId>,
    organizations: Vec<EntityId>,
    agreements: Vec<EntityId>,
    places: Vec<EntityId>,
    outlets: Vec<EntityId>,
}

impl Cast {
    fn of(world: &World) -> Self {
        let of_kind = |kind: EntityKind| -> Vec<EntityId> {
            world.entities().map(|entity| &entity.id).filter(|id| id.kind() == kind).cloned().collect()
        };
        Self {
            states: of_kind(EntityKind::State),
            organizations: of_kind(EntityKind::Org),
            agreements: of_kind(EntityKind::Agreement),
            places: of_kind(EntityKind::Place),
            outlets: of_kind(EntityKind::Media),
        }
    }

    fn fact(&self, draw: &mut Draw, published: Date) -> Fact {
        let total: u64 = TYPES.iter().map(|(_, share)| share).sum();
        let mut at = draw.below(total);
        let (name, _) = TYPES
            .iter()
            .find(|(_, share)| {
                let here = at < *share;
                at = at.saturating_sub(*share);
                here
            })
            .expect("the shares add up to the total");
        let event_type: EventType = name.parse().expect("the types are those of the table");
        let first = draw.skewed(&self.states);
        let second = loop {
            let other = draw.skewed(&self.states);
            if other != first {
                break other;
            }
        };
        let about_a_body = matches!(*name, "join-agreement" | "leave-agreement" | "ratify-agreement");
        let agreement =
            (about_a_body || *name == "sign-agreement" && draw.below(3) == 0).then(|| draw.skewed(&self.agreements));
        let (mut source, mut target) = if event_type.is_symmetric() {
            (vec![first, second], Vec::new())
        } else if let Some(agreement) = &agreement {
            let joins_body = *name != "ratify-agreement" && draw.below(2) == 0;
            (vec![first], vec![if joins_body { draw.skewed(&self.organizations) } else { agreement.clone() }])
        } else if *name == "mediate" {
            (vec![draw.skewed(&self.states)], vec![first, second])
        } else {
            (vec![first], vec![second])
        };
        target.retain(|id| !source.contains(id));
        source.sort();
        target.sort();
        let agreement = target.iter().find(|id| !id.is_actor()).cloned().or(agreement.filter(|_| target.is_empty()));
        let place = (draw.below(2) == 0).then(|| draw.skewed(&self.places));
        let subtype = match *name {
            "upgrade-relations" => [Some("strategic-partnership"), Some("alliance"), None][draw.below(3) as usize],
            _ => None,
        };
        let has_topic = matches!(*name, "sign-agreement" | "impose-sanctions" | "ease-sanctions");
        let topic = if has_topic { TOPICS[draw.below(8) as usize] } else { None };
        let level = LEVELS[draw.below(4) as usize];
        let day = published - (draw.below(3) as i64).days();
        Fact { event_type, source, target, agreement, subtype, topic, level, day, place }
    }
}

fn status(draw: &mut Draw) -> Status {
    match draw.below(100) {
        0..=79 => Status::Occurred,
        80..=91 => Status::Planned,
        92..=95 => Status::Possible,
        96..=98 => Status::Denied,
        _ => Status::Cancelled,
    }
}

fn generated(draw: &mut Draw, cast: &Cast, number: usize, published: Date, facts: &[(Fact, Status)]) -> Generated {
    let quotes: Vec<String> = facts.iter().map(|(fact, _)| sentence(fact)).collect();
    let document = Document {
        id: format!("generated-{number:07}"),
        lang: if number.is_multiple_of(2) { Language::Arabic } else { Language::English },
        published: Some(published),
        publisher: Some(format!("Outlet {}", draw.below(40))),
        title: Some(quotes[0].clone()),
        text: format!("Report {number}. {}", quotes.join(" ")),
        recorded: Some(published.in_tz("UTC").expect("a day of this century has a midnight").timestamp()),
    };
    let mut claims = Vec::new();
    for ((fact, status), quote) in facts.iter().zip(&quotes) {
        let in_title = draw.below(10) == 0;
        claims.push(claim(draw, cast, &document, fact, *status, quote, in_title));
    }
    // A headline that says more than its text.
    if facts[0].1 == Status::Planned
        && !claims.iter().any(|claim| claim.evidence.field == Field::Title)
        && draw.below(4) == 0
    {
        claims.push(claim(draw, cast, &document, &facts[0].0, Status::Occurred, &quotes[0], true));
    }
    Generated { document, claims }
}

fn sentence(fact: &Fact) -> String {
    let names = |ids: &[EntityId]| ids.iter().map(EntityId::as_str).collect::<Vec<_>>().join(" ");
    format!("{} {} {} {}.", names(&fact.source), fact.event_type, names(&fact.target), fact.day)
}

fn claim(
    draw: &mut Draw,
    cast: &Cast,
    document: &Document,
    fact: &Fact,
    status: Status,
    quote: &str,
    in_title: bool,
) -> Claim {
    let field = if in_title { Field::Title } else { Field::Text };
    let words = if in_title { document.title.as_deref().unwrap_or_default() } else { document.text.as_str() };
    let start = words.find(quote).unwrap_or(0);
    let span = Span::new(start, if words.contains(quote) { start + quote.len() } else { words.len() });
    let form = ["", "the government of ", "officials of "][draw.below(3) as usize];
    let participant = |id: &EntityId, role: Role| Participant {
        id: id.clone(),
        role,
        surface: format!("{form}{id}"),
        span: Some(span.code_points(words)),
        person: None,
        office: None,
        level: Some(fact.level.to_owned()),
    };
    let sources = fact.source.iter().map(|id| participant(id, Role::Source));
    let targets = fact.target.iter().map(|id| participant(id, Role::Target));
    let key = content_hash([document.id.as_str(), quote, status.as_str(), if in_title { "title" } else { "text" }]);
    Claim {
        id: ClaimId(key.into()),
        event_type: fact.event_type,
        subtype: fact.subtype.map(str::to_owned),
        source: fact.source.clone(),
        target: fact.target.clone(),
        agreement: fact.agreement.clone(),
        status,
        attribution: attribution(draw, cast),
        date: if draw.below(3) == 0 { EventDate::UNKNOWN } else { EventDate::day(fact.day) },
        place: fact.place.clone(),
        topic: fact.topic,
        evidence: Evidence {
            field,
            span,
            code_points: span.code_points(words),
            quote: span.of(words).to_owned(),
            sentence: span,
        },
        participants: sources.chain(targets).collect(),
        rule: format!("{}/{}/generated", fact.event_type, document.lang),
        confidence: 0.8,
    }
}

/// Four in ten have a voice, of which half are outlets that quote somebody unnamed.
fn attribution(draw: &mut Draw, cast: &Cast) -> Vec<AttributionStep> {
    let step = |kind, agent: EntityId| AttributionStep { surface: agent.as_str().to_owned(), agent: Some(agent), kind };
    match draw.below(10) {
        0 | 1 => vec![
            step(SourceKind::Outlet, draw.skewed(&cast.outlets)),
            step(SourceKind::Unnamed, draw.skewed(&cast.states)),
        ],
        2 | 3 => vec![step(SourceKind::Speaker, draw.skewed(&cast.states))],
        _ => Vec::new(),
    }
}

/// Numbers that look drawn by lot: SplitMix64 (Steele, Lea and Flood 2014).
struct Draw {
    state: u64,
}

impl Draw {
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn skewed(&mut self, ids: &[EntityId]) -> EntityId {
        let even = self.below(1 << 30) as f64 / f64::from(1 << 30);
        ids[(even * even * ids.len() as f64) as usize].clone()
    }
}
