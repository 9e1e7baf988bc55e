//! Schemas of parameters: lists of words parted by commas, days, codes.

use chancery_model::{EventType, Language, PromiseOutcome, StateKind, StateStatus, Status, Topic};
use utoipa::openapi::schema::{Array, ArrayBuilder, Object, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{KnownFormat, RefOr, Schema};

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

fn word(words: impl IntoIterator<Item = &'static str>) -> Object {
    text().enum_values(Some(words)).build()
}

fn list(item: impl Into<RefOr<Schema>>) -> Array {
    ArrayBuilder::new().items(item.into()).build()
}

fn words(words: impl IntoIterator<Item = &'static str>) -> Array {
    list(Schema::from(word(words)))
}

pub(crate) fn state_kinds() -> Array {
    words(StateKind::ALL.iter().map(|word| word.as_str()))
}

pub(crate) fn state_statuses() -> Array {
    words(StateStatus::ALL.iter().map(|word| word.as_str()))
}

pub(crate) fn statuses() -> Array {
    words(Status::ALL.iter().map(|word| word.as_str()))
}

pub(crate) fn event_types() -> Array {
    words(EventType::all().map(EventType::name))
}

pub(crate) fn topics() -> Array {
    words(Topic::ALL.iter().map(|word| word.as_str()))
}

pub(crate) fn outcomes() -> Array {
    words(PromiseOutcome::ALL.iter().map(|word| word.as_str()))
}

pub(crate) fn languages() -> Array {
    words(Language::ALL.map(Language::code))
}

pub(crate) fn language() -> Object {
    word(Language::ALL.map(Language::code))
}

/// Kinds of states and types of events: what a tie of the network can be.
pub(crate) fn tie_kinds() -> Array {
    let kinds = StateKind::ALL.iter().map(|word| word.as_str());
    words(kinds.chain(EventType::all().map(EventType::name)))
}

/// Statuses of states and of events.
pub(crate) fn tie_statuses() -> Array {
    let statuses = StateStatus::ALL.iter().map(|word| word.as_str());
    words(statuses.chain(Status::ALL.iter().map(|word| word.as_str())))
}

pub(crate) fn signs() -> Array {
    words(["1", "-1"])
}

pub(crate) fn holds() -> Array {
    words(["yes", "no", "unknown"])
}

pub(crate) fn found_kinds() -> Array {
    words(["entity", "document"])
}

pub(crate) fn change_kinds() -> Array {
    words(["state", "event", "document"])
}

pub(crate) fn changes() -> Array {
    words(["added", "changed", "removed"])
}

pub(crate) fn origin() -> Object {
    word(["news", "reference"])
}

pub(crate) fn explain() -> Object {
    word(["sparql"])
}

pub(crate) fn sort() -> Object {
    word(["newest", "oldest"])
}

pub(crate) fn day() -> Object {
    text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Date))).build()
}

/// A day or a time.
pub(crate) fn moment() -> Object {
    text().pattern(Some(r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z)?$")).build()
}

/// Codes of entities.
pub(crate) fn codes() -> Array {
    list(Schema::from(text().min_length(Some(1)).build()))
}

pub(crate) fn texts() -> Array {
    codes()
}
