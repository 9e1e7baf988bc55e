//! Whom a name may mean.

use super::Ref;
use serde::Serialize;
use utoipa::ToSchema;

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
