//! The IRIs of our resources, deterministic both ways: an id gives one IRI, and an IRI gives the id back.
//!
//! A resource is the base, the name of its kind, and its id: `https://w3id.org/chancery/id/state/KAZ`. Bytes
//! that may not stand in a path segment are percent-encoded (RFC 3986). Parts of a resource have a fragment
//! (`evidence/<hash>#quote`). There are no blank nodes.

use crate::error::InvalidBase;
use chancery_model::hash::content_hash;
use chancery_model::{ClaimId, EntityId, EntityKind, EventId, RecordHolder, StateId};
use oxrdf::{NamedNode, NamedNodeRef};

/// Where resources live unless a caller says otherwise.
pub const DEFAULT_BASE: &str = "https://w3id.org/chancery/id/";

/// The front of every IRI of a resource; ends with `/` or `#`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IriBase(String);

impl Default for IriBase {
    fn default() -> Self {
        Self(DEFAULT_BASE.to_owned())
    }
}

/// What an IRI below the base names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Resource {
    /// `state/KAZ`, `org/nato` …
    Entity(EntityId),
    /// `document/<hash of the key>`.
    Document(String),
    /// `claim/<hash>`.
    Claim(ClaimId),
    /// `proposition/<hash of what it says>`.
    Proposition(String),
    /// `naming/<hash of actor, publisher, language and words>`.
    Naming(String),
    /// `evidence/<hash of the claim>`.
    Evidence(ClaimId),
    /// `attribution/<hash of the claim>-<step from 1>`.
    Attribution(ClaimId, usize),
    /// `participant/<hash of the claim>-<place from 1>`.
    Participant(ClaimId, usize),
    /// `event/<hash>`.
    Event(EventId),
    /// `relation/<hash>`.
    Relation(StateId),
    /// `dispute/<hash>`.
    Dispute(String),
    /// `promise/<hash>`.
    Promise(String),
    /// `promise-record/<hash of whose it is>`.
    PromiseRecord(String),
    /// `dyad/KAZ-USA`, the smaller id first.
    Dyad(EntityId, EntityId),
    /// `office/<row of offices.tsv>`.
    Office(String),
    /// `tenure/<hash>`.
    Tenure(String),
    /// `run/<hash of version and data>`.
    Run(String),
}

impl IriBase {
    /// A base of one's own.
    ///
    /// # Errors
    /// Where it is no absolute IRI, has a query, or does not end with `/` or `#`.
    pub fn new(base: impl Into<String>) -> Result<Self, InvalidBase> {
        let base = base.into();
        let closed = base.ends_with('/') || base.ends_with('#');
        match NamedNode::new(base.clone()) {
            Ok(_) if closed && !base.contains('?') => Ok(Self(base)),
            _ => Err(InvalidBase(base)),
        }
    }

    /// The base as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The IRI of any resource.
    pub fn iri(&self, resource: &Resource) -> NamedNode {
        match resource {
            Resource::Entity(id) => self.entity(id),
            Resource::Document(hash) => self.below("document", hash),
            Resource::Claim(id) => self.claim(id),
            Resource::Proposition(hash) => self.below("proposition", hash),
            Resource::Naming(hash) => self.naming(hash),
            Resource::Evidence(id) => self.evidence(id),
            Resource::Attribution(id, step) => self.attribution(id, *step),
            Resource::Participant(id, place) => self.participant(id, *place),
            Resource::Event(id) => self.event(id),
            Resource::Relation(id) => self.relation(id),
            Resource::Dispute(id) => self.dispute(id),
            Resource::Promise(id) => self.promise(id),
            Resource::PromiseRecord(hash) => self.below("promise-record", hash),
            Resource::Dyad(a, b) => self.dyad(a, b),
            Resource::Office(office) => self.office(office),
            Resource::Tenure(hash) => self.below("tenure", hash),
            Resource::Run(run) => self.run(run),
        }
    }

    /// `state/KAZ`, `org/nato` …
    pub fn entity(&self, id: &EntityId) -> NamedNode {
        self.below(id.kind().prefix(), id.slug())
    }

    /// The document with this key.
    pub fn document(&self, key: &str) -> NamedNode {
        self.below("document", &chancery_model::document::iri_hash(key))
    }

    /// A claim.
    pub fn claim(&self, id: &ClaimId) -> NamedNode {
        self.below("claim", &id.0)
    }

    /// A proposition by the hash of what it says.
    pub fn proposition(&self, hash: &str) -> NamedNode {
        self.below("proposition", hash)
    }

    /// A naming by the hash of what it is.
    pub fn naming(&self, hash: &str) -> NamedNode {
        self.below("naming", hash)
    }

    /// The evidence of a claim.
    pub fn evidence(&self, claim: &ClaimId) -> NamedNode {
        self.below("evidence", &claim.0)
    }

    /// One step, from 1, of the attribution of a claim.
    pub fn attribution(&self, claim: &ClaimId, step: usize) -> NamedNode {
        self.below("attribution", &format!("{claim}-{step}"))
    }

    /// One participant, from 1, of a claim.
    pub fn participant(&self, claim: &ClaimId, place: usize) -> NamedNode {
        self.below("participant", &format!("{claim}-{place}"))
    }

    /// An event.
    pub fn event(&self, id: &EventId) -> NamedNode {
        self.below("event", &id.0)
    }

    /// A relation state.
    pub fn relation(&self, id: &StateId) -> NamedNode {
        self.below("relation", &id.0)
    }

    /// A dispute.
    pub fn dispute(&self, id: &str) -> NamedNode {
        self.below("dispute", id)
    }

    /// A promise.
    pub fn promise(&self, id: &str) -> NamedNode {
        self.below("promise", id)
    }

    /// The record of promises of an actor or an outlet.
    pub fn promise_record(&self, holder: &RecordHolder) -> NamedNode {
        let (kind, id) = match holder {
            RecordHolder::Actor(id) => ("actor", id.as_str()),
            RecordHolder::Outlet(name) => ("outlet", &**name),
        };
        self.below("promise-record", &content_hash(["promise-record", kind, id]))
    }

    /// The unordered pair of two actors: the same in either order.
    pub fn dyad(&self, a: &EntityId, b: &EntityId) -> NamedNode {
        let (first, second) = if a <= b { (a, b) } else { (b, a) };
        self.below("dyad", &format!("{first}-{second}"))
    }

    /// An office.
    pub fn office(&self, office: &str) -> NamedNode {
        self.below("office", office)
    }

    /// A tenure by its hash.
    pub fn tenure(&self, hash: &str) -> NamedNode {
        self.below("tenure", hash)
    }

    /// A run by the hash of version and data.
    pub fn run(&self, run: &str) -> NamedNode {
        self.below("run", run)
    }

    /// What an IRI names; nothing where it is not below the base or not in the form that we write.
    ///
    /// A fragment is left out: `evidence/<hash>#quote` belongs to its evidence.
    pub fn parse(&self, iri: NamedNodeRef<'_>) -> Option<Resource> {
        self.parse_str(iri.as_str())
    }

    /// The same for an IRI as text.
    pub fn parse_str(&self, iri: &str) -> Option<Resource> {
        let rest = iri.strip_prefix(&self.0)?;
        let rest = rest.split_once('#').map_or(rest, |(front, _)| front);
        let (kind, id) = rest.split_once('/')?;
        let resource = resource(kind, decode(id)?)?;
        // Only the written form counts, so that no two IRIs name one resource.
        (self.iri(&resource).as_str().strip_prefix(&self.0) == Some(rest)).then_some(resource)
    }

    /// The entity that an IRI names.
    pub fn parse_entity(&self, iri: NamedNodeRef<'_>) -> Option<EntityId> {
        match self.parse(iri)? {
            Resource::Entity(id) => Some(id),
            _ => None,
        }
    }

    fn below(&self, kind: &str, id: &str) -> NamedNode {
        // Base, kind and encoded id hold only characters that an IRI may hold.
        NamedNode::new_unchecked(format!("{}{kind}/{}", self.0, encode(id)))
    }
}

fn resource(kind: &str, id: String) -> Option<Resource> {
    if id.is_empty() {
        return None;
    }
    Some(match kind {
        "document" => Resource::Document(id),
        "claim" => Resource::Claim(id.into()),
        "proposition" => Resource::Proposition(id),
        "naming" => Resource::Naming(id),
        "evidence" => Resource::Evidence(id.into()),
        "attribution" => numbered(&id).map(|(claim, step)| Resource::Attribution(claim, step))?,
        "participant" => numbered(&id).map(|(claim, place)| Resource::Participant(claim, place))?,
        "event" => Resource::Event(id.into()),
        "relation" => Resource::Relation(id.into()),
        "dispute" => Resource::Dispute(id),
        "promise" => Resource::Promise(id),
        "promise-record" => Resource::PromiseRecord(id),
        "dyad" => dyad(&id)?,
        "office" => Resource::Office(id),
        "tenure" => Resource::Tenure(id),
        "run" => Resource::Run(id),
        _ => Resource::Entity(entity(kind, &id)?),
    })
}

fn entity(kind: &str, id: &str) -> Option<EntityId> {
    if kind == EntityKind::State.prefix() { id.parse().ok() } else { format!("{kind}:{id}").parse().ok() }
}

fn numbered(id: &str) -> Option<(ClaimId, usize)> {
    let (claim, number) = id.rsplit_once('-')?;
    Some((claim.into(), number.parse().ok()?))
}

/// Slugs hold hyphens, but neither capitals nor colons: only one cut gives two entity ids.
fn dyad(id: &str) -> Option<Resource> {
    id.match_indices('-').find_map(|(cut, _)| {
        let (first, second) = (id[..cut].parse().ok()?, id[cut + 1..].parse().ok()?);
        Some(Resource::Dyad(first, second))
    })
}

/// Percent-encodes all but unreserved characters, `:` and `+`.
fn encode(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for byte in id.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b':' | b'+' => out.push(byte.into()),
            _ => out += &format!("%{byte:02X}"),
        }
    }
    out
}

fn decode(id: &str) -> Option<String> {
    let mut out = Vec::with_capacity(id.len());
    let mut bytes = id.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let digits = [bytes.next()?, bytes.next()?];
            out.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            out.push(byte);
        }
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> EntityId {
        text.parse().unwrap()
    }

    #[test]
    fn every_resource_comes_back() {
        let claim = ClaimId::from("0f3a");
        let resources = [
            Resource::Entity(id("KAZ")),
            Resource::Entity(id("org:opec+")),
            Resource::Entity(id("agreement:abraham-accords")),
            Resource::Document("ab".to_owned()),
            Resource::Claim(claim.clone()),
            Resource::Proposition("12".to_owned()),
            Resource::Naming("34".to_owned()),
            Resource::Evidence(claim.clone()),
            Resource::Attribution(claim.clone(), 2),
            Resource::Participant(claim, 1),
            Resource::Event("e".into()),
            Resource::Relation("r".into()),
            Resource::Dispute("d".to_owned()),
            Resource::Promise("p".to_owned()),
            Resource::PromiseRecord("p".to_owned()),
            Resource::Dyad(id("KAZ"), id("USA")),
            Resource::Dyad(id("group:al-a-b"), id("org:un-women")),
            Resource::Dyad(id("KAZ"), id("org:nato")),
            Resource::Office("foreign-minister".to_owned()),
            Resource::Tenure("t".to_owned()),
            Resource::Run("0.1.0 ü/#?%".to_owned()),
        ];
        for base in [IriBase::default(), IriBase::new("http://localhost:7878/id/").unwrap()] {
            for resource in &resources {
                let iri = base.iri(resource);
                assert!(NamedNode::new(iri.as_str()).is_ok(), "{iri} is no IRI");
                assert_eq!(base.parse(iri.as_ref()).as_ref(), Some(resource), "{iri}");
            }
        }
    }

    #[test]
    fn a_dyad_has_no_order() {
        let base = IriBase::default();
        assert_eq!(base.dyad(&id("USA"), &id("KAZ")), base.dyad(&id("KAZ"), &id("USA")));
        assert_eq!(base.dyad(&id("USA"), &id("KAZ")).as_str(), "https://w3id.org/chancery/id/dyad/KAZ-USA");
    }

    #[test]
    fn only_the_written_form_is_read() {
        let base = IriBase::default();
        for odd in [
            "state/KAZ/",
            "state/kaz",
            "state/%4BAZ",
            "claim/",
            "dyad/USA-KAZ",
            "planet/mars",
            "claim/%zz",
            "attribution/c-02",
        ] {
            let iri = NamedNode::new(format!("{DEFAULT_BASE}{odd}"));
            assert_eq!(iri.ok().and_then(|iri| base.parse(iri.as_ref())), None, "{odd}");
        }
        assert_eq!(base.parse(NamedNodeRef::new_unchecked("http://example.org/state/KAZ")), None);
    }

    #[test]
    fn a_part_belongs_to_its_resource() {
        let part = NamedNode::new_unchecked(format!("{DEFAULT_BASE}evidence/0f#quote"));
        let evidence = Resource::Evidence("0f".into());
        assert_eq!(IriBase::default().parse(part.as_ref()), Some(evidence));
    }

    #[test]
    fn a_base_is_checked() {
        for bad in ["", "id/", "https://example.org", "https://example.org/?q=/", "https://a b/"] {
            assert!(IriBase::new(bad).is_err(), "{bad}");
        }
    }
}
