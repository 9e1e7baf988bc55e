//! Answers as queries: what `explain=sparql` gives. The text is fixed; every value comes in by `VALUES`, as a typed term.

use crate::error::Problem;
use crate::parameters::Words;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chancery_model::{EntityId, EntityKind};
use chancery_rdf::vocab::entity_class;
use chancery_rdf::{Concept, IriBase, Resource};
use jiff::civil::Date;
use std::fmt::Write;

/// A term as SPARQL writes it.
#[derive(Clone, Debug)]
pub(crate) struct Term(String);

impl Term {
    /// An entity.
    pub(crate) fn entity(id: &EntityId) -> Self {
        Self(IriBase::default().entity(id).to_string())
    }

    /// Any resource of ours.
    pub(crate) fn resource(resource: &Resource) -> Self {
        Self(IriBase::default().iri(resource).to_string())
    }

    /// A word of a closed list.
    pub(crate) fn concept(word: impl Concept) -> Self {
        Self(word.concept().to_string())
    }

    /// The class of the entities of a kind.
    pub(crate) fn class(kind: EntityKind) -> Self {
        Self(entity_class(kind).to_string())
    }

    /// A whole number.
    pub(crate) fn integer(number: i64) -> Self {
        Self(number.to_string())
    }

    /// A day.
    pub(crate) fn day(day: Date) -> Self {
        Self(format!("\"{day}\"^^xsd:date"))
    }

    /// A text. JSON escapes what SPARQL does, and in the same way.
    pub(crate) fn text(text: &str) -> Self {
        Self(serde_json::Value::from(text).to_string())
    }
}

/// A SELECT under construction.
#[derive(Clone, Debug)]
pub(crate) struct Explained {
    head: &'static str,
    body: String,
    tail: &'static str,
}

impl Explained {
    /// `SELECT` of these variables, or another head that ends before its pattern.
    pub(crate) fn new(head: &'static str) -> Self {
        Self { head, body: String::new(), tail: "" }
    }

    /// A part of the pattern.
    pub(crate) fn pattern(mut self, text: &'static str) -> Self {
        for line in text.lines() {
            let _ = writeln!(self.body, "  {line}");
        }
        self
    }

    /// A part of the pattern that stands only where it is wanted.
    pub(crate) fn pattern_if(self, wanted: bool, text: &'static str) -> Self {
        if wanted { self.pattern(text) } else { self }
    }

    /// A variable that is one of these terms; any, where there are none.
    pub(crate) fn any_of(mut self, variable: &'static str, terms: impl IntoIterator<Item = Term>) -> Self {
        let terms: Vec<String> = terms.into_iter().map(|Term(text)| text).collect();
        if !terms.is_empty() {
            let _ = writeln!(self.body, "  VALUES {variable} {{ {} }}", terms.join(" "));
        }
        self
    }

    /// The same for the words of a filter.
    pub(crate) fn words<C: Concept + Copy>(self, variable: &'static str, words: &Words<C>) -> Self {
        self.any_of(variable, words.0.iter().map(|word| Term::concept(*word)))
    }

    /// A filter with one value, where it is given; `?value` in the text is that value.
    pub(crate) fn bound(self, text: &'static str, variable: &'static str, value: Option<Term>) -> Self {
        let wanted = value.is_some();
        self.any_of(variable, value).pattern_if(wanted, text)
    }

    /// How rows are ordered.
    pub(crate) fn order(mut self, tail: &'static str) -> Self {
        self.tail = tail;
        self
    }

    /// The query as an answer.
    pub(crate) fn answer(self) -> Response {
        query(&self.text())
    }

    /// The text of the query. Our prefixes are known to the endpoint.
    pub(crate) fn text(&self) -> String {
        format!("{} WHERE {{\n{}}}\n{}", self.head, self.body, self.tail)
    }
}

/// What the graph says of one resource.
pub(crate) fn describe(resource: &Resource) -> Response {
    query(&format!("DESCRIBE {}\n", IriBase::default().iri(resource)))
}

/// A read that no query of the graph answers.
pub(crate) fn unexplained(why: &str) -> Problem {
    Problem::invalid("explain", format!("{why}: no query of the graph gives this answer"))
}

fn query(text: &str) -> Response {
    ([(header::CONTENT_TYPE, "application/sparql-query; charset=utf-8")], text.to_owned()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chancery_model::StateKind;

    #[test]
    fn values_stand_in_values() {
        let kinds = Words(vec![StateKind::PartyTo]);
        let query = Explained::new("SELECT ?relation")
            .pattern("?relation a dip:RelationState ; dip:kind ?kind .")
            .words("?kind", &kinds)
            .words("?other", &Words::<StateKind>::default())
            .bound("FILTER(?origins >= ?least)", "?least", None)
            .any_of("?text", [Term::text("a\"b\n")])
            .order("ORDER BY ?relation");
        let expected = "SELECT ?relation WHERE {\n  ?relation a dip:RelationState ; dip:kind ?kind .\n  \
                        VALUES ?kind { <https://w3id.org/chancery/ontology#PartyTo> }\n  \
                        VALUES ?text { \"a\\\"b\\n\" }\n}\nORDER BY ?relation";
        assert_eq!(query.text(), expected);
    }
}
