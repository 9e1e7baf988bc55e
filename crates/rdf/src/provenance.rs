//! Where a claim comes from: PROV-O for the run, Web Annotation selectors for the words, and the chain of voices.
//!
//! `oa:start` and `oa:end` count code points, as the Web Annotation model says; `dip:byteStart` and its like count
//! bytes of the UTF-8 text of the same field, as the program does.

use crate::graph::Graph;
use crate::vocab;
use chancery_model::{AttributionStep, ClaimId, Evidence};
use oxrdf::NamedNode;

use crate::vocab::Concept;

/// Tells of the run. It has no time: the same program with the same data is the same run.
pub(crate) fn map_run(graph: &mut Graph<'_>, run: &str) {
    let iri = graph.base().run(run);
    let mut about = graph.about(iri);
    about.is_a(vocab::RUN).is_a(vocab::PROV_ACTIVITY).link(vocab::PROV_WAS_ASSOCIATED_WITH, vocab::CHANCERY);
}

/// Tells where the words of a claim stand, and gives the IRI of the evidence.
pub(crate) fn map_evidence(graph: &mut Graph<'_>, claim: &ClaimId, document: &str, evidence: &Evidence) -> NamedNode {
    let iri = graph.base().evidence(claim);
    let document = graph.base().document(document);
    let (quote, position) = (part(&iri, "quote"), part(&iri, "position"));
    graph
        .about(iri.clone())
        .is_a(vocab::EVIDENCE_CLASS)
        .is_a(vocab::OA_SPECIFIC_RESOURCE)
        .link(vocab::OA_HAS_SOURCE, document)
        .text(vocab::FIELD, field_word(evidence.field))
        .integer(vocab::BYTE_START, evidence.span.start)
        .integer(vocab::BYTE_END, evidence.span.end)
        .integer(vocab::SENTENCE_BYTE_START, evidence.sentence.start)
        .integer(vocab::SENTENCE_BYTE_END, evidence.sentence.end)
        .link(vocab::OA_HAS_SELECTOR, quote.clone())
        .link(vocab::OA_HAS_SELECTOR, position.clone());
    graph.about(quote).is_a(vocab::OA_TEXT_QUOTE_SELECTOR).text(vocab::OA_EXACT, &evidence.quote);
    graph
        .about(position)
        .is_a(vocab::OA_TEXT_POSITION_SELECTOR)
        .integer(vocab::OA_START, evidence.code_points.start)
        .integer(vocab::OA_END, evidence.code_points.end);
    iri
}

/// The word for a field of a document.
pub(crate) fn field_word(field: chancery_model::Field) -> &'static str {
    match field {
        chancery_model::Field::Title => "title",
        chancery_model::Field::Text => "text",
    }
}

/// A part of a resource: the same IRI with a fragment.
pub(crate) fn part(iri: &NamedNode, fragment: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{}#{fragment}", iri.as_str()))
}

/// Tells one step, from 1, of the chain from the reader to the origin, and gives its IRI.
pub(crate) fn map_attribution(
    graph: &mut Graph<'_>,
    claim: &ClaimId,
    number: usize,
    step: &AttributionStep,
) -> NamedNode {
    let iri = graph.base().attribution(claim, number);
    let agent = step.agent.as_ref().map(|agent| graph.entity(agent));
    graph
        .about(iri.clone())
        .is_a(vocab::ATTRIBUTION_CLASS)
        .integer(vocab::STEP, number)
        .link(vocab::VOICE_KIND, step.kind.concept())
        .text(vocab::SURFACE, &step.surface)
        .links(vocab::AGENT, agent);
    iri
}
