//! The little words of each language that hold a noun phrase together: articles, "of", "and", and what puts an actor into a place.
//!
//! They are closed and few, so that they stand here and not in `classes.tsv`; every form is normalised.

use chancery_model::Language;

/// The little words of one language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grammar {
    /// "the"; Arabic and Russian write none, Chinese has none.
    pub(crate) articles: &'static [&'static str],
    /// "of": between an office and whom it serves.
    pub(crate) of: &'static [&'static str],
    /// "and".
    pub(crate) and: &'static [&'static str],
    /// "in": behind it a capital is a place.
    pub(crate) inside: &'static [&'static str],
    /// Whether a name may be an apposition behind a comma: "le ministre russe, Sergueï Lavrov".
    pub(crate) comma_before_person: bool,
    /// Whether one unknown word may stand between a body and its adjective: "le gouvernement *fédéral* allemand".
    pub(crate) loose: bool,
}

/// The little words of a language.
pub(crate) fn grammar(language: Language) -> Grammar {
    match language {
        Language::Arabic => Grammar {
            articles: &[],
            of: &[],
            and: &["و"],
            inside: &["في", "داخل", "ب", "قرب", "وسط"],
            comma_before_person: false,
            loose: false,
        },
        Language::English => Grammar {
            articles: &["the", "a", "an"],
            of: &["of"],
            and: &["and", "&"],
            inside: &["in", "at", "near", "outside", "inside", "around"],
            comma_before_person: false,
            loose: true,
        },
        Language::French => Grammar {
            articles: &["le", "la", "les", "l'"],
            of: &["de", "d'", "du", "des", "aupres", "pour"],
            and: &["et", "ainsi", "que"],
            inside: &["a", "en", "au", "aux", "dans", "pres", "vers", "depuis"],
            comma_before_person: true,
            loose: true,
        },
        Language::Spanish => Grammar {
            articles: &["el", "la", "los", "las"],
            of: &["de", "del", "para", "ante"],
            and: &["y", "e"],
            inside: &["en", "cerca", "desde"],
            comma_before_person: true,
            loose: true,
        },
        Language::Russian => Grammar {
            articles: &[],
            of: &[],
            and: &["и"],
            inside: &["в", "во", "под", "из"],
            comma_before_person: true,
            loose: true,
        },
        Language::Chinese => Grammar {
            articles: &[],
            of: &["的"],
            and: &["和", "与", "同", "及", "、", "跟"],
            inside: &["在", "于", "赴", "抵", "访"],
            comma_before_person: false,
            loose: false,
        },
    }
}
