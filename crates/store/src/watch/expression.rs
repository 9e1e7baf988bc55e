//! Conditions and functions of a plan: conditions look before they say no, and texts do not grow without end.

use super::exists::in_turn;
use super::optional::row_by_row;
use super::plan::{Variables, Watch};
use super::{KEPT_TEXT, PASSING};
use crate::text_functions::{CONCAT, ENCODABLE, REPLACEABLE};
use oxigraph::model::{Literal, NamedNodeRef};
use spargebra::algebra::{AggregateFunction, Function};
use sparopt::algebra::{AggregateExpression, Expression};

impl Watch {
    /// A condition that looks before it says no.
    pub(super) fn condition(&mut self, expression: Expression, within: &Variables) -> Expression {
        match self.expression(expression, within) {
            Expression::Literal(value) => Expression::Literal(value),
            expression => Expression::Or(vec![call(PASSING, Vec::new()), expression]),
        }
    }

    pub(super) fn aggregate(&mut self, aggregate: AggregateExpression, within: &Variables) -> AggregateExpression {
        match aggregate {
            AggregateExpression::FunctionCall { name, expr, distinct } => {
                let expr = self.expression(expr, within);
                let expr = match &name {
                    AggregateFunction::GroupConcat { separator } => {
                        let separator = separator.as_deref().unwrap_or(" ");
                        // The result is a simple literal, whatever the languages; what is distinct has been told apart with them.
                        let text = if distinct { expr } else { call_function(Function::Str, vec![expr]) };
                        kept_text(text, Some(separator))
                    }
                    _ => expr,
                };
                AggregateExpression::FunctionCall { name, expr, distinct }
            }
            other => other,
        }
    }

    fn expressions(&mut self, list: Vec<Expression>, within: &Variables) -> Vec<Expression> {
        list.into_iter().map(|expression| self.expression(expression, within)).collect()
    }

    /// What stands in it, `EXISTS` above all; `within` has values.
    pub(super) fn expression(&mut self, expression: Expression, within: &Variables) -> Expression {
        let mut pair = |left: Box<Expression>, right: Box<Expression>| {
            (Box::new(self.expression(*left, within)), Box::new(self.expression(*right, within)))
        };
        match expression {
            Expression::NamedNode(_) | Expression::Literal(_) | Expression::Variable(_) | Expression::Bound(_) => {
                expression
            }
            Expression::Equal(a, b) => with(pair(a, b), Expression::Equal),
            Expression::SameTerm(a, b) => with(pair(a, b), Expression::SameTerm),
            Expression::Greater(a, b) => with(pair(a, b), Expression::Greater),
            Expression::GreaterOrEqual(a, b) => with(pair(a, b), Expression::GreaterOrEqual),
            Expression::Less(a, b) => with(pair(a, b), Expression::Less),
            Expression::LessOrEqual(a, b) => with(pair(a, b), Expression::LessOrEqual),
            Expression::Add(a, b) => with(pair(a, b), Expression::Add),
            Expression::Subtract(a, b) => with(pair(a, b), Expression::Subtract),
            Expression::Multiply(a, b) => with(pair(a, b), Expression::Multiply),
            Expression::Divide(a, b) => with(pair(a, b), Expression::Divide),
            Expression::Or(list) => Expression::Or(self.expressions(list, within)),
            Expression::And(list) => Expression::And(self.expressions(list, within)),
            Expression::Coalesce(list) => Expression::Coalesce(self.expressions(list, within)),
            Expression::UnaryPlus(inner) => Expression::UnaryPlus(self.expression(*inner, within).into()),
            Expression::UnaryMinus(inner) => Expression::UnaryMinus(self.expression(*inner, within).into()),
            Expression::Not(inner) => Expression::Not(self.expression(*inner, within).into()),
            Expression::Exists(inner) => {
                let inner = in_turn(row_by_row(*inner), within);
                Expression::Exists(self.plan(inner, within).into())
            }
            Expression::If(a, b, c) => {
                let (a, b) = pair(a, b);
                Expression::If(a, b, self.expression(*c, within).into())
            }
            Expression::FunctionCall(function, arguments) => {
                let arguments = self.expressions(arguments, within);
                bounded(function, arguments)
            }
        }
    }
}

fn with(
    (left, right): (Box<Expression>, Box<Expression>),
    operator: fn(Box<Expression>, Box<Expression>) -> Expression,
) -> Expression {
    operator(left, right)
}

pub(super) fn call(function: NamedNodeRef<'static>, arguments: Vec<Expression>) -> Expression {
    call_function(Function::Custom(function.into_owned()), arguments)
}

fn call_function(function: Function, arguments: Vec<Expression>) -> Expression {
    Expression::FunctionCall(function, arguments)
}

/// A call whose result cannot be too long.
fn bounded(function: Function, mut arguments: Vec<Expression>) -> Expression {
    match function {
        // Two at a time: the arguments of a function are all in memory at once.
        Function::Concat if arguments.len() > 1 => {
            let mut arguments = arguments.into_iter();
            let first = arguments.next().expect("there are two");
            arguments.fold(first, |left, right| call(CONCAT, vec![left, right]))
        }
        Function::Replace if arguments.len() > 2 => {
            let text = arguments[0].clone();
            arguments[0] = call(REPLACEABLE, vec![text, arguments[2].clone()]);
            call_function(Function::Replace, arguments)
        }
        Function::EncodeForUri => call_function(Function::EncodeForUri, vec![call(ENCODABLE, arguments)]),
        other => call_function(other, arguments),
    }
}

/// Counts a text that stays in memory, with a separator. What is no text by its form is left alone.
pub(super) fn kept_text(expression: Expression, separator: Option<&str>) -> Expression {
    if separator.is_none() && !gives_text(&expression) {
        return expression;
    }
    let separator = separator.map(|text| Literal::new_simple_literal(text).into());
    call(KEPT_TEXT, std::iter::once(expression).chain(separator).collect())
}

fn gives_text(expression: &Expression) -> bool {
    use Function::{
        BNode, Custom, EncodeForUri, Iri, LCase, Md5, Replace, Sha1, Sha256, Sha384, Sha512, Str, StrAfter, StrBefore,
        StrDt, StrLang, StrUuid, SubStr, UCase, Uuid,
    };
    match expression {
        Expression::If(_, yes, no) => gives_text(yes) || gives_text(no),
        Expression::Coalesce(list) => list.iter().any(gives_text),
        Expression::FunctionCall(Custom(name), _) => name.as_ref() == CONCAT,
        Expression::FunctionCall(function, _) => matches!(
            function,
            BNode
                | EncodeForUri
                | Iri
                | LCase
                | Md5
                | Replace
                | Sha1
                | Sha256
                | Sha384
                | Sha512
                | Str
                | StrAfter
                | StrBefore
                | StrDt
                | StrLang
                | StrUuid
                | SubStr
                | UCase
                | Uuid
        ),
        _ => false,
    }
}
