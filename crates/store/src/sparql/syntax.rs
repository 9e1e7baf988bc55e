//! Reading queries and updates, and saying where and why they are not well formed.

use super::grammar::{Unit, misfit};
use super::tokens::{Kind, Token, tokens};
use crate::StoreError;
use chancery_rdf::{IriBase, format};
use oxigraph::model::Variable;
use spargebra::algebra::GraphPattern;
use spargebra::{Query, SparqlParser, SparqlSyntaxError, Update};

/// A longer line is shown in part.
const SHOWN_CHARACTERS: usize = 100;

/// A parser that knows our prefixes.
pub(crate) fn parser(base: Option<String>) -> Result<SparqlParser, StoreError> {
    let invalid = |iri: &str, error: &dyn std::fmt::Display| StoreError::InvalidIri {
        iri: iri.to_owned(),
        message: error.to_string(),
    };
    let mut parser = SparqlParser::new();
    for (name, iri) in format::prefixes(&IriBase::default()) {
        parser = parser.with_prefix(name, iri.as_str()).map_err(|error| invalid(&iri, &error))?;
    }
    match base {
        Some(base) => parser.with_base_iri(base.as_str()).map_err(|error| invalid(&base, &error)),
        None => Ok(parser),
    }
}

pub(super) fn parse_query(sparql: &str, base: Option<String>) -> Result<Query, StoreError> {
    let query = parser(base)?.parse_query(sparql);
    let mut query = query.map_err(|error| diagnose(sparql, Unit::Query, &error))?;
    order_columns(&mut query, sparql);
    Ok(query)
}

pub(super) fn parse_update(sparql: &str, base: Option<String>) -> Result<Update, StoreError> {
    parser(base)?.parse_update(sparql).map_err(|error| diagnose(sparql, Unit::Update, &error))
}

/// `SELECT *` gives its columns in the order in which the query names them; the parser sorts them.
fn order_columns(query: &mut Query, sparql: &str) {
    let Query::Select { pattern, .. } = query else { return };
    let tokens = tokens(sparql);
    let mut words = tokens.iter().skip_while(|token| !token.text.eq_ignore_ascii_case("SELECT")).skip(1);
    let is_modifier = |token: &&Token<'_>| ["DISTINCT", "REDUCED"].iter().any(|it| token.text.eq_ignore_ascii_case(it));
    if words.find(|token| !is_modifier(token)).is_none_or(|token| token.text != "*") {
        return;
    }
    if let Some(variables) = projection(pattern) {
        let named = |variable: &Variable| {
            let is_it = |token: &Token<'_>| token.kind == Kind::Variable && token.text[1..] == *variable.as_str();
            tokens.iter().position(is_it)
        };
        variables.sort_by_cached_key(named);
    }
}

/// What a whole SELECT gives.
fn projection(pattern: &mut GraphPattern) -> Option<&mut Vec<Variable>> {
    match pattern {
        GraphPattern::Project { variables, .. } => Some(variables),
        GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } | GraphPattern::Slice { inner, .. } => {
            projection(inner)
        }
        _ => None,
    }
}

/// The parser names the farthest place that it reached, and everything that it tried there; the grammar tells more.
fn diagnose(sparql: &str, unit: Unit, error: &SparqlSyntaxError) -> StoreError {
    let tokens = tokens(sparql);
    if let Some(misfit) = misfit(&tokens, unit) {
        let token = &tokens[misfit.token];
        let message = format!("expected {}, found {}", one_of(&misfit.expected), found(token));
        let hint = hint(unit, token).map(|hint| format!("; {hint}")).unwrap_or_default();
        return at(sparql, token.at, &(message + &hint));
    }
    if let Some(token) = undeclared(&tokens) {
        let prefix = token.text.split(':').next().unwrap_or_default();
        return at(sparql, token.at, &format!("the prefix `{prefix}:` is not declared; add PREFIX {prefix}: <…>"));
    }
    let said = error.to_string();
    let reasons: Vec<&str> =
        said.split([',', ':']).map(|part| part.trim().trim_start_matches("expected one of ")).collect();
    let reasons = reasons.iter().filter(|part| part.starts_with(char::is_uppercase) && part.contains(' '));
    let reason = reasons.map(|reason| lower(reason)).next();
    let reason = reason.unwrap_or_else(|| {
        "it breaks a rule beside the grammar: a variable bound twice, a row of VALUES with another number of values than variables, \
         a blank node used in two groups, an IRI or an escape that is none"
            .to_owned()
    });
    StoreError::Syntax { message: format!("SPARQL: {reason}"), line: None, column: None }
}

/// A place with its line, and a mark below it.
fn at(sparql: &str, offset: usize, message: &str) -> StoreError {
    let before = &sparql[..offset];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let (line, column) = (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1);
    let text = sparql[line_start..].lines().next().unwrap_or_default();
    let skipped = column.saturating_sub(SHOWN_CHARACTERS / 2 + 1);
    let shown: String = text.chars().skip(skipped).take(SHOWN_CHARACTERS).collect();
    // Tabs stay, so that the mark stands below its word.
    let space: String =
        text.chars().skip(skipped).take(column - 1 - skipped).map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
    let message = format!("SPARQL syntax: line {line}, column {column}: {message}\n  {shown}\n  {space}^");
    StoreError::Syntax { message, line: Some(line), column: Some(column) }
}

fn one_of(expected: &[&str]) -> String {
    let quoted = |word: &&str| if word.contains(' ') { (*word).to_owned() } else { format!("`{word}`") };
    match expected {
        [] => "the end".to_owned(),
        [only] => quoted(only),
        [rest @ .., last] => {
            let rest: Vec<String> = rest.iter().map(quoted).collect();
            format!("{} or {}", rest.join(", "), quoted(last))
        }
    }
}

fn found(token: &Token<'_>) -> String {
    match token.kind {
        Kind::End => "the end of the text".to_owned(),
        Kind::OpenString => "a string without its end".to_owned(),
        _ => {
            let text: String = token.text.chars().take(40).collect();
            format!("`{text}`")
        }
    }
}

/// What is often meant.
fn hint(unit: Unit, token: &Token<'_>) -> Option<&'static str> {
    let is = |words: &[&str]| words.iter().any(|word| token.text.eq_ignore_ascii_case(word));
    match unit {
        Unit::Query if is(&["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"]) => {
            Some("this is an update, and has its own endpoint")
        }
        Unit::Update if is(&["SELECT", "CONSTRUCT", "DESCRIBE", "ASK"]) => {
            Some("this is a query, and has its own endpoint")
        }
        _ if token.text == "<<" => Some("RDF 1.2 is not supported"),
        _ => None,
    }
}

/// The first name whose prefix nobody declared.
fn undeclared<'a>(tokens: &'a [Token<'a>]) -> Option<&'a Token<'a>> {
    let known = format::prefixes(&IriBase::default());
    let declared = |prefix: &str, before: usize| {
        let mut pairs = tokens[..before].windows(2);
        pairs.any(|pair| {
            pair[0].text.eq_ignore_ascii_case("PREFIX") && pair[1].kind == Kind::Prefix && pair[1].text == prefix
        }) || known.iter().any(|(name, _)| prefix.strip_suffix(':') == Some(name))
    };
    let name = |at: &usize| matches!(tokens[*at].kind, Kind::Name | Kind::Prefix);
    let prefix = |at: usize| {
        let text = tokens[at].text;
        &text[..=text.find(':').unwrap_or(0)]
    };
    let is_declaration = |at: usize| at > 0 && tokens[at - 1].text.eq_ignore_ascii_case("PREFIX");
    let at = (0..tokens.len()).filter(name).find(|at| !is_declaration(*at) && !declared(prefix(*at), *at))?;
    Some(&tokens[at])
}

fn lower(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_lowercase().chain(characters).collect()).unwrap_or_default()
}
