//! A document as `dip:Document` and `schema:NewsArticle`: what it is, never its text.

use crate::graph::Graph;
use crate::vocab;
use chancery_model::DocumentFacts;

/// Tells what we know of a document. The headline is tagged with the language of the body.
pub(crate) fn map(graph: &mut Graph<'_>, document: &DocumentFacts) {
    let iri = graph.base().document(&document.id);
    let mut about = graph.about(iri);
    about
        .is_a(vocab::DOCUMENT)
        .is_a(vocab::SCHEMA_NEWS_ARTICLE)
        .text(vocab::SCHEMA_IDENTIFIER, &*document.id)
        .text(vocab::SCHEMA_IN_LANGUAGE, document.lang.code())
        .text(vocab::VERSION, &document.version)
        .text(vocab::TEXT_ORIGIN, &document.text_origin)
        .day(vocab::SCHEMA_DATE_PUBLISHED, document.published)
        .time(vocab::RECORDED_FROM, document.recorded);
    if let Some(publisher) = &document.publisher {
        about.text(vocab::PUBLISHER_NAME, publisher);
    }
    if let Some(title) = &document.title {
        about.tagged(vocab::SCHEMA_HEADLINE, title, document.lang);
    }
}
