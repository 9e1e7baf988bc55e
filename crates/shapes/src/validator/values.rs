//! Constraints that need the values alone: their number, datatype, range, text, and lists of them.

use super::found::Found;
use super::{Focus, Validator};
use crate::component::Component;
use crate::shape::{Bound, Constant, Constraint};
use crate::value;
use crate::value::lexical::is_well_formed;
use oxrdf::{Literal, NamedNode, Term};
use rustc_hash::FxHashSet;
use std::cmp::Ordering;
use std::collections::BTreeMap;

impl Validator<'_> {
    pub(super) fn check_values(&mut self, focus: &Focus<'_>, constraint: &Constraint, found: &mut Vec<Found>) {
        let count = focus.values.len() as u64;
        match constraint {
            Constraint::MinCount(least) if count < *least => found.push(focus.found(Component::MinCount, None)),
            Constraint::MaxCount(most) if count > *most => found.push(focus.found(Component::MaxCount, None)),
            Constraint::Datatype(datatype) => {
                self.each_term(focus, Component::Datatype, found, |term| has_datatype(term, datatype));
            }
            Constraint::NodeKind(kinds) => {
                self.each_term(focus, Component::NodeKind, found, |term| kinds.allow(term));
            }
            Constraint::Range(bound, limit) => {
                self.each_term(focus, bound.component(), found, |term| is_within(term, *bound, limit));
            }
            Constraint::MinLength(least) => {
                self.each_term(focus, Component::MinLength, found, |term| length(term).is_some_and(|it| it >= *least));
            }
            Constraint::MaxLength(most) => {
                self.each_term(focus, Component::MaxLength, found, |term| length(term).is_some_and(|it| it <= *most));
            }
            Constraint::Pattern(pattern) => {
                self.each_term(focus, Component::Pattern, found, |term| {
                    text(term).is_some_and(|text| pattern.is_match(text))
                });
            }
            Constraint::LanguageIn(ranges) => {
                self.each_term(focus, Component::LanguageIn, found, |term| speaks(term, ranges));
            }
            Constraint::UniqueLang => self.check_unique_languages(focus, found),
            Constraint::HasValue(value) if !focus.values.contains(&self.constant(*value)) => {
                found.push(focus.found(Component::HasValue, None));
            }
            Constraint::In(members) => self.check_in(focus, members, found),
            _ => {}
        }
    }

    fn each_term(
        &mut self,
        focus: &Focus<'_>,
        component: Component,
        found: &mut Vec<Found>,
        holds: impl Fn(&Term) -> bool,
    ) {
        self.each(focus, component, found, |this, value| holds(this.term(value)));
    }

    fn check_in(&mut self, focus: &Focus<'_>, members: &[Constant], found: &mut Vec<Found>) {
        // A set pays only where there are many values to look for.
        if focus.values.len() < 4 {
            self.each(focus, Component::In, found, |this, value| members.iter().any(|it| this.constant(*it) == value));
        } else {
            let members: FxHashSet<_> = members.iter().map(|member| self.constant(*member)).collect();
            self.each(focus, Component::In, found, |_, value| members.contains(&value));
        }
    }

    /// One result for each language that more than one value has.
    fn check_unique_languages(&mut self, focus: &Focus<'_>, found: &mut Vec<Found>) {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for language in focus.values.iter().filter_map(|value| language(self.term(*value))) {
            *counts.entry(language.to_ascii_lowercase()).or_default() += 1;
        }
        let repeated = counts.values().filter(|count| **count > 1);
        found.extend(repeated.map(|_| focus.found(Component::UniqueLang, None)));
    }
}

fn has_datatype(term: &Term, datatype: &NamedNode) -> bool {
    match term {
        Term::Literal(literal) => {
            literal.datatype() == datatype.as_ref() && is_well_formed(literal.value(), literal.datatype())
        }
        _ => false,
    }
}

fn is_within(term: &Term, bound: Bound, limit: &Literal) -> bool {
    let Term::Literal(literal) = term else { return false };
    let in_order: fn(Ordering) -> bool = match bound {
        Bound::MinExclusive => Ordering::is_gt,
        Bound::MinInclusive => Ordering::is_ge,
        Bound::MaxExclusive => Ordering::is_lt,
        Bound::MaxInclusive => Ordering::is_le,
    };
    value::compare(literal, limit).is_some_and(in_order)
}

/// What SPARQL's `str` gives: the text of an IRI or a literal, nothing for a blank node.
fn text(term: &Term) -> Option<&str> {
    match term {
        Term::NamedNode(node) => Some(node.as_str()),
        Term::Literal(literal) => Some(literal.value()),
        Term::BlankNode(_) => None,
    }
}

/// Length in code points.
fn length(term: &Term) -> Option<u64> {
    text(term).map(|text| text.chars().count() as u64)
}

fn language(term: &Term) -> Option<&str> {
    match term {
        Term::Literal(literal) => literal.language(),
        _ => None,
    }
}

/// Basic filtering of RFC 4647: `en` takes `en` and `en-GB`, `*` takes any language.
fn speaks(term: &Term, ranges: &[String]) -> bool {
    let Some(language) = language(term).map(str::to_ascii_lowercase) else { return false };
    ranges.iter().any(|range| {
        let rest = language.strip_prefix(range.as_str());
        range == "*" || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    })
}
