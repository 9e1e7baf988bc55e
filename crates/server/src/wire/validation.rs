//! What a graph breaks of the shapes.

use chancery_model::Language;
use serde::Serialize;
use utoipa::ToSchema;

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
    pub(super) fn new(result: &chancery_shapes::ValidationResult, language: Language) -> Self {
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
