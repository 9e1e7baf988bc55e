//! Many thousand forms matched at once over normalised tokens, in one pass, longest match first.
//!
//! A form is a sequence of normalised words. The first word of a match may be any split of its token (Arabic
//! proclitics cut or not); later words may carry the article. Only the last word may carry a pronoun.

use chancery_text::{Enclitic, Proclitic, Sentence, Split, Token};
use std::collections::HashMap;
use std::ops::Range;

/// A set of forms, each with a payload.
#[derive(Clone, Debug)]
pub(crate) struct Trie<T> {
    nodes: Vec<Node<T>>,
}

#[derive(Clone, Debug)]
struct Node<T> {
    next: HashMap<String, usize>,
    payloads: Vec<T>,
}

/// A form found in a sentence.
#[derive(Clone, Debug)]
pub(crate) struct Hit<'a, T> {
    /// Which tokens.
    pub(crate) tokens: Range<usize>,
    /// How the first token was cut.
    pub(crate) first: &'a Split,
    /// The pronoun on the last token.
    pub(crate) enclitic: Option<Enclitic>,
    /// What the form means.
    pub(crate) payload: &'a T,
}

impl<T> Hit<'_, T> {
    /// Whether the first token begins with this proclitic.
    pub(crate) fn has_proclitic(&self, proclitic: Proclitic) -> bool {
        self.first.proclitics.contains(&proclitic)
    }
}

impl<T> Default for Trie<T> {
    fn default() -> Self {
        Self { nodes: vec![Node { next: HashMap::new(), payloads: Vec::new() }] }
    }
}

impl<T> Trie<T> {
    /// Adds a form of one or more words; an empty one is ignored.
    pub(crate) fn insert(&mut self, words: &[String], payload: T) {
        if words.is_empty() {
            return;
        }
        let mut at = 0;
        for word in words {
            at = match self.nodes[at].next.get(word) {
                Some(&next) => next,
                None => {
                    let next = self.nodes.len();
                    self.nodes.push(Node { next: HashMap::new(), payloads: Vec::new() });
                    self.nodes[at].next.insert(word.clone(), next);
                    next
                }
            };
        }
        self.nodes[at].payloads.push(payload);
    }

    /// Every form that begins at token `start`, every length, in the order of splits.
    pub(crate) fn hits_at<'a>(&'a self, sentence: &'a Sentence, start: usize) -> Vec<Hit<'a, T>> {
        let mut found = Vec::new();
        let token = &sentence.tokens[start];
        for split in splits(token) {
            let Some(&node) = self.nodes[0].next.get(&split.stem) else { continue };
            self.report(node, start..start + 1, split, split.enclitic, &mut found);
            if split.enclitic.is_none() {
                self.walk(node, sentence, start..start + 1, split, &mut found);
            }
        }
        found
    }

    fn walk<'a>(
        &'a self,
        node: usize,
        sentence: &'a Sentence,
        range: Range<usize>,
        first: &'a Split,
        found: &mut Vec<Hit<'a, T>>,
    ) {
        let Some(token) = sentence.tokens.get(range.end) else { return };
        let mut tried: Vec<(usize, Option<Enclitic>)> = Vec::new();
        for split in splits(token).filter(|split| split.proclitics.is_empty()) {
            let Some(&next) = self.nodes[node].next.get(&split.stem) else { continue };
            if tried.contains(&(next, split.enclitic)) {
                continue;
            }
            tried.push((next, split.enclitic));
            let longer = range.start..range.end + 1;
            self.report(next, longer.clone(), first, split.enclitic, found);
            if split.enclitic.is_none() {
                self.walk(next, sentence, longer, first, found);
            }
        }
    }

    fn report<'a>(
        &'a self,
        node: usize,
        tokens: Range<usize>,
        first: &'a Split,
        enclitic: Option<Enclitic>,
        found: &mut Vec<Hit<'a, T>>,
    ) {
        let hits = self.nodes[node].payloads.iter();
        found.extend(hits.map(|payload| Hit { tokens: tokens.clone(), first, enclitic, payload }));
    }
}

fn splits(token: &Token) -> impl Iterator<Item = &Split> {
    token.splits.iter()
}
