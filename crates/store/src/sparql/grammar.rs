//! What a request should have said: the grammar of SPARQL (`grammar.ebnf`) over its words, up to the first that does not fit.

use super::tokens::{Kind, Token};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

const GRAMMAR: &str = include_str!("grammar.ebnf");

static RULES: LazyLock<BTreeMap<&'static str, Rule>> = LazyLock::new(|| with_first_words(read(GRAMMAR)));

/// The rule of a whole request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Query,
    Update,
}

/// The place of the first word that does not fit, and what would.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Misfit {
    pub(super) token: usize,
    pub(super) expected: Vec<&'static str>,
}

/// The first word that does not fit; none where all do.
pub(super) fn misfit(tokens: &[Token<'_>], unit: Unit) -> Option<Misfit> {
    let rule = match unit {
        Unit::Query => "Query",
        Unit::Update => "UpdateUnit",
    };
    let mut reading = Reading { tokens, at: 0, expected: BTreeSet::new() };
    let is_read = reading.follow(&Node::Rule(rule)).is_some() && tokens[reading.at].kind == Kind::End;
    (!is_read).then(|| {
        if reading.expected.is_empty() {
            reading.expected.insert("the end");
        }
        Misfit { token: reading.at, expected: reading.expected.into_iter().collect() }
    })
}

#[derive(Clone, Debug)]
enum Node {
    Sequence(Vec<Node>),
    Choice(Vec<Node>),
    /// None or once.
    Optional(Box<Node>),
    /// None or more.
    Repeated(Box<Node>),
    Rule(&'static str),
    /// A keyword or punctuation, else a class of words in capitals.
    Word(&'static str),
}

#[derive(Debug)]
struct Rule {
    /// What it is called in a message.
    label: Option<&'static str>,
    node: Node,
    first: BTreeSet<&'static str>,
    may_be_empty: bool,
}

struct Reading<'a> {
    tokens: &'a [Token<'a>],
    at: usize,
    /// What would have fitted at this place.
    expected: BTreeSet<&'static str>,
}

impl Reading<'_> {
    /// Reads what a node says; none at the first word that does not fit.
    fn follow(&mut self, node: &Node) -> Option<()> {
        match node {
            Node::Word(word) => {
                if !fits(word, &self.tokens[self.at]) {
                    self.expect(node);
                    return None;
                }
                self.at += 1;
                self.expected.clear();
                Some(())
            }
            Node::Rule(name) => match self.begins(node) || RULES[name].may_be_empty {
                true => self.follow(&RULES[name].node),
                false => {
                    self.expect(node);
                    None
                }
            },
            Node::Sequence(nodes) => nodes.iter().try_for_each(|node| self.follow(node)),
            Node::Choice(nodes) => match nodes.iter().find(|node| self.begins(node)) {
                Some(node) => self.follow(node),
                None => {
                    nodes.iter().for_each(|node| self.expect(node));
                    nodes.iter().any(|node| may_be_empty(node, &RULES)).then_some(())
                }
            },
            Node::Optional(inner) => match self.begins(inner) {
                true => self.follow(inner),
                false => {
                    self.expect(inner);
                    Some(())
                }
            },
            Node::Repeated(inner) => {
                while self.begins(inner) {
                    self.follow(inner)?;
                }
                self.expect(inner);
                Some(())
            }
        }
    }

    fn begins(&self, node: &Node) -> bool {
        let mut words = BTreeSet::new();
        first_words(node, &RULES, &mut words);
        words.iter().any(|word| fits(word, &self.tokens[self.at]))
    }

    /// Notes what a node would begin with, by its name where it has one.
    fn expect(&mut self, node: &Node) {
        match node {
            Node::Word(word) => {
                self.expected.insert(shown(word));
            }
            Node::Rule(name) => match RULES[name].label {
                Some(label) => {
                    self.expected.insert(label);
                }
                None => self.expect(&RULES[name].node),
            },
            Node::Choice(nodes) => nodes.iter().for_each(|node| self.expect(node)),
            Node::Optional(inner) | Node::Repeated(inner) => self.expect(inner),
            Node::Sequence(nodes) => {
                for node in nodes {
                    self.expect(node);
                    if !may_be_empty(node, &RULES) {
                        break;
                    }
                }
            }
        }
    }
}

fn fits(word: &str, token: &Token<'_>) -> bool {
    match (token.kind, word) {
        (Kind::Iri, "IRI")
        | (Kind::Name, "NAME")
        | (Kind::Prefix, "PREFIX")
        | (Kind::BlankNode, "BLANK_NODE")
        | (Kind::Variable, "VARIABLE")
        | (Kind::LanguageTag, "LANGUAGE_TAG")
        | (Kind::Integer, "INTEGER")
        | (Kind::Number, "NUMBER")
        | (Kind::SignedNumber, "SIGNED_NUMBER")
        | (Kind::String, "STRING") => true,
        (Kind::Mark, _) => word.strip_prefix('\'') == Some(token.text),
        (Kind::Word, "'a") => token.text == "a",
        (Kind::Word, _) => word.strip_prefix('\'').is_some_and(|word| word.eq_ignore_ascii_case(token.text)),
        _ => false,
    }
}

/// How a word is called in a message.
fn shown(word: &'static str) -> &'static str {
    match word {
        "INTEGER" => "a whole number",
        "NUMBER" | "SIGNED_NUMBER" => "a number",
        "STRING" => "a string",
        "LANGUAGE_TAG" => "a language tag",
        "BLANK_NODE" => "a blank node",
        _ => word.strip_prefix('\'').unwrap_or(word),
    }
}

fn may_be_empty(node: &Node, rules: &BTreeMap<&'static str, Rule>) -> bool {
    match node {
        Node::Word(_) => false,
        Node::Rule(name) => rules[name].may_be_empty,
        Node::Optional(_) | Node::Repeated(_) => true,
        Node::Sequence(nodes) => nodes.iter().all(|node| may_be_empty(node, rules)),
        Node::Choice(nodes) => nodes.iter().any(|node| may_be_empty(node, rules)),
    }
}

fn first_words(node: &Node, rules: &BTreeMap<&'static str, Rule>, words: &mut BTreeSet<&'static str>) {
    match node {
        Node::Word(word) => {
            words.insert(word);
        }
        Node::Rule(name) => words.extend(&rules[name].first),
        Node::Choice(nodes) => nodes.iter().for_each(|node| first_words(node, rules, words)),
        Node::Optional(inner) | Node::Repeated(inner) => first_words(inner, rules, words),
        Node::Sequence(nodes) => {
            for node in nodes {
                first_words(node, rules, words);
                if !may_be_empty(node, rules) {
                    break;
                }
            }
        }
    }
}

/// Finds what each rule begins with: again and again, until nothing is new.
fn with_first_words(mut rules: BTreeMap<&'static str, Rule>) -> BTreeMap<&'static str, Rule> {
    loop {
        let mut changes = Vec::new();
        for (name, rule) in &rules {
            let mut first = BTreeSet::new();
            first_words(&rule.node, &rules, &mut first);
            let empty = may_be_empty(&rule.node, &rules);
            if first != rule.first || empty != rule.may_be_empty {
                changes.push((*name, first, empty));
            }
        }
        if changes.is_empty() {
            return rules;
        }
        for (name, first, empty) in changes {
            if let Some(rule) = rules.get_mut(name) {
                (rule.first, rule.may_be_empty) = (first, empty);
            }
        }
    }
}

/// Reads the lines of the grammar.
fn read(text: &'static str) -> BTreeMap<&'static str, Rule> {
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|line| {
            let (head, body) = line.split_once(" = ").expect("a rule has a name and a body");
            let (name, label) = match head.split_once(" \"") {
                Some((name, label)) => (name, Some(label.trim_end_matches('"'))),
                None => (head, None),
            };
            let mut words = body.split_whitespace().peekable();
            let node = choice(&mut words);
            (name, Rule { label, node, first: BTreeSet::new(), may_be_empty: false })
        })
        .collect()
}

type Words = std::iter::Peekable<std::str::SplitWhitespace<'static>>;

fn choice(words: &mut Words) -> Node {
    let mut choices = vec![sequence(words)];
    while words.next_if_eq(&"|").is_some() {
        choices.push(sequence(words));
    }
    if choices.len() == 1 { choices.remove(0) } else { Node::Choice(choices) }
}

fn sequence(words: &mut Words) -> Node {
    let mut nodes = Vec::new();
    while let Some(word) = words.next_if(|word| *word != "|" && !word.starts_with(')')) {
        let (node, times) = match word {
            "(" => {
                let inner = choice(words);
                let close = words.next().unwrap_or_default();
                (inner, close.trim_start_matches(')'))
            }
            _ => atom(word),
        };
        nodes.push(match times {
            "?" => Node::Optional(Box::new(node)),
            "*" => Node::Repeated(Box::new(node)),
            "+" => Node::Sequence(vec![node.clone(), Node::Repeated(Box::new(node))]),
            _ => node,
        });
    }
    Node::Sequence(nodes)
}

/// `'WORD'?`, `Rule*`, `CLASS`.
fn atom(word: &'static str) -> (Node, &'static str) {
    if let Some(end) = word.strip_prefix('\'').and_then(|rest| rest.rfind('\'')) {
        return (Node::Word(&word[..=end]), &word[end + 2..]);
    }
    let name = word.trim_end_matches(['?', '*', '+']);
    let is_class = name.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    (if is_class { Node::Word(name) } else { Node::Rule(name) }, &word[name.len()..])
}
