//! Many thousand forms matched at once over normalised tokens, in one pass, longest match first.
//!
//! A form is a sequence of words. Each word of the lexicon is a number ([`Vocabulary`]), and each token of a sentence is looked up
//! once ([`Known`]): a token that no form has costs one look at a hash map for each way to cut it, whatever the lexicon holds.
//! The first word of a match may be any split of its token (Arabic proclitics cut or not); later words may carry the article. Only
//! the last word may carry a pronoun.

use chancery_text::{Enclitic, Proclitic, Split, Token};
use compact_str::CompactString;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::ops::Range;

/// A word of the lexicon.
pub(crate) type Word = u32;

/// The words of one language, by every spelling of theirs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    spellings: FxHashMap<CompactString, SmallVec<[Spelled; 2]>>,
    count: Word,
}

/// A word that a spelling stands for.
#[derive(Clone, Copy, Debug)]
struct Spelled {
    word: Word,
    /// Whether the word is listed so; else it is an inflected form.
    is_own: bool,
}

impl Vocabulary {
    /// The number of a word, and whether it is new.
    pub(crate) fn intern(&mut self, word: &str) -> (Word, bool) {
        let known = self.spellings.get(word).and_then(|spelled| spelled.iter().find(|spelled| spelled.is_own));
        if let Some(known) = known {
            return (known.word, false);
        }
        let number = self.count;
        self.count += 1;
        self.spellings.entry(word.into()).or_default().push(Spelled { word: number, is_own: true });
        (number, true)
    }

    /// Adds a spelling of a word: an inflected form.
    pub(crate) fn spell(&mut self, spelling: &str, word: Word) {
        let spelled = self.spellings.entry(spelling.into()).or_default();
        if spelled.iter().all(|known| known.word != word) {
            spelled.push(Spelled { word, is_own: false });
        }
    }

    /// Makes room for so many spellings.
    pub(crate) fn reserve(&mut self, count: usize) {
        self.spellings.reserve(count);
    }

    fn words(&self, spelling: &str) -> &[Spelled] {
        self.spellings.get(spelling).map_or(&[], SmallVec::as_slice)
    }
}

/// One way to read a token as a word of the lexicon.
#[derive(Clone, Copy, Debug)]
struct Reading {
    word: Word,
    split: u16,
    /// Whether the lexicon lists it as it is written here.
    is_exact: bool,
}

/// The tokens of a sentence as words of the lexicon. Its memory may be used again for the next one.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    readings: Vec<Reading>,
    /// Where the readings of each token begin and end.
    bounds: Vec<(usize, usize)>,
}

impl Default for Known {
    /// Of no sentence yet, with room for one: few have more than 64 tokens.
    fn default() -> Self {
        Self { readings: Vec::with_capacity(128), bounds: Vec::with_capacity(64) }
    }
}

impl Known {
    /// Looks every token up.
    pub(crate) fn new(tokens: &[Token], vocabulary: &Vocabulary) -> Self {
        let mut known = Self::default();
        known.read(tokens, vocabulary);
        known
    }

    /// Looks every token of the next sentence up.
    pub(crate) fn read(&mut self, tokens: &[Token], vocabulary: &Vocabulary) {
        self.readings.clear();
        self.bounds.clear();
        for token in tokens {
            let start = self.readings.len();
            for (split, cut) in (0..).zip(&token.splits) {
                for spelled in vocabulary.words(&cut.stem) {
                    self.readings.push(Reading { word: spelled.word, split, is_exact: spelled.is_own });
                }
            }
            self.bounds.push((start, self.readings.len()));
        }
    }

    fn at(&self, token: usize) -> &[Reading] {
        let (start, end) = self.bounds[token];
        &self.readings[start..end]
    }

    /// Whether `words` stand one behind the other from `token` on.
    pub(crate) fn begins(&self, token: usize, words: &[Word]) -> bool {
        let reads = |(at, word): (usize, &Word)| self.at(at).iter().any(|reading| reading.word == *word);
        token + words.len() <= self.bounds.len() && words.iter().zip(token..).all(|(word, at)| reads((at, word)))
    }

    /// Whether `words` stand one behind the other from anywhere on but one of `tokens`.
    pub(crate) fn begins_outside(&self, tokens: &Range<usize>, words: &[Word]) -> bool {
        // Most words stand nowhere in the sentence, as one look over all readings tells.
        let stands = |word: &Word| self.readings.iter().any(|reading| reading.word == *word);
        let from = |at: usize| !tokens.contains(&at) && self.begins(at, words);
        words.iter().all(stands) && (0..self.bounds.len()).any(from)
    }
}

type Node = u32;
const ROOT: Node = 0;

/// A set of forms, each with a payload. Forms are inserted, then [`Trie::finish`] lays them out, then they are found.
#[derive(Clone, Debug)]
pub(crate) struct Trie<T> {
    /// The node behind each first word; the root where no form begins with it.
    first: Vec<NodeContent>,
    next: FxHashMap<(Node, Word), Node>,
    nodes: Vec<NodeContent>,
    /// What the forms mean, as they come, each with the one before of the same form.
    waiting: Vec<(T, Option<u32>)>,
    /// What the forms mean, those of one form side by side: one look at memory finds them.
    payloads: Vec<T>,
}

#[derive(Clone, Copy, Debug)]
struct NodeContent {
    number: Node,
    /// Where the meanings of the form that ends here begin, and how many there are. Before they are laid out: behind the last one.
    payload: u32,
    count: u32,
    is_leaf: bool,
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
    /// Whether every word is written as the lexicon lists it.
    pub(crate) is_exact: bool,
    /// What the form means.
    pub(crate) payload: &'a T,
}

/// The forms that begin at one token; mostly few.
pub(crate) type Hits<'a, T> = SmallVec<[Hit<'a, T>; 4]>;

impl<T> Hit<'_, T> {
    /// Whether the first token begins with this proclitic.
    pub(crate) fn has_proclitic(&self, proclitic: Proclitic) -> bool {
        self.first.proclitics.contains(&proclitic)
    }
}

impl<T> Default for Trie<T> {
    fn default() -> Self {
        Self {
            first: Vec::new(),
            next: FxHashMap::default(),
            nodes: vec![NodeContent::new(ROOT)],
            waiting: Vec::new(),
            payloads: Vec::new(),
        }
    }
}

impl NodeContent {
    fn new(number: Node) -> Self {
        Self { number, payload: 0, count: 0, is_leaf: true }
    }
}

/// Where a search has come.
struct Path<'a> {
    node: NodeContent,
    tokens: Range<usize>,
    first: &'a Split,
    is_exact: bool,
}

/// The tokens that a search goes over, and what is left out of them.
#[derive(Clone, Copy)]
struct Ground<'a, 'k> {
    tokens: &'a [Token],
    known: &'k Known,
    gap: Option<&'k Range<usize>>,
}

impl<T> Trie<T> {
    /// Adds a form of one or more words; an empty one is ignored.
    pub(crate) fn insert(&mut self, words: &[Word], payload: T) {
        let mut at = ROOT;
        for &word in words {
            at = self.child(at, word);
        }
        if at != ROOT {
            self.attach(at, payload);
        }
    }

    /// Makes room for so many forms.
    pub(crate) fn reserve(&mut self, count: usize) {
        self.waiting.reserve(count);
        self.nodes.reserve(count * 2);
        self.next.reserve(count * 2);
    }

    fn attach(&mut self, at: Node, payload: T) {
        let node = &mut self.nodes[at as usize];
        let before = (node.count > 0).then(|| node.payload - 1);
        self.waiting.push((payload, before));
        node.payload = number(self.waiting.len());
        node.count += 1;
    }

    /// Lays out what was inserted. Nothing is found before.
    pub(crate) fn finish(&mut self) {
        let mut waiting: Vec<_> =
            std::mem::take(&mut self.waiting).into_iter().map(|(payload, before)| (Some(payload), before)).collect();
        for node in self.nodes.iter_mut().filter(|node| node.count > 0) {
            let mut at = Some(node.payload - 1);
            node.payload = number(self.payloads.len());
            while let Some((payload, before)) = at.map(|at| &mut waiting[at as usize]) {
                self.payloads.extend(payload.take());
                at = *before;
            }
            self.payloads[node.payload as usize..].reverse();
        }
        for first in &mut self.first {
            *first = self.nodes[first.number as usize];
        }
        self.payloads.shrink_to_fit();
    }

    fn meanings(&self, node: NodeContent) -> &[T] {
        &self.payloads[node.payload as usize..][..node.count as usize]
    }

    fn child(&mut self, at: Node, word: Word) -> Node {
        let known = if at == ROOT {
            self.first.get(word as usize).map(|first| first.number).filter(|first| *first != ROOT)
        } else {
            self.next.get(&(at, word)).copied()
        };
        if let Some(known) = known {
            return known;
        }
        let next = number(self.nodes.len());
        self.nodes.push(NodeContent::new(next));
        if at == ROOT {
            let place = word as usize;
            self.first.resize(self.first.len().max(place + 1), NodeContent::new(ROOT));
            self.first[place].number = next;
        } else {
            self.nodes[at as usize].is_leaf = false;
            self.next.insert((at, word), next);
        }
        next
    }

    fn first(&self, word: Word) -> Option<NodeContent> {
        self.first.get(word as usize).copied().filter(|first| first.number != ROOT)
    }

    fn step(&self, at: NodeContent, word: Word) -> Option<NodeContent> {
        self.next.get(&(at.number, word)).map(|&next| self.nodes[next as usize])
    }

    /// Every form that begins at token `start`, every length, in the order of splits.
    pub(crate) fn hits_at<'a>(&'a self, tokens: &'a [Token], known: &Known, start: usize) -> Hits<'a, T> {
        let mut hits = Hits::new();
        self.each_hit(tokens, known, start, |hit| hits.push(hit));
        hits
    }

    /// Gives every form that begins at token `start`, every length, in the order of splits.
    pub(crate) fn each_hit<'a>(
        &'a self,
        tokens: &'a [Token],
        known: &Known,
        start: usize,
        mut give: impl FnMut(Hit<'a, T>),
    ) {
        self.search(Ground { tokens, known, gap: None }, start, &mut give);
    }

    /// Gives every form that begins at token `start` and goes on behind `gap`: "ministre" russe "des Affaires étrangères".
    pub(crate) fn each_hit_around<'a>(
        &'a self,
        tokens: &'a [Token],
        known: &Known,
        start: usize,
        gap: &Range<usize>,
        mut give: impl FnMut(Hit<'a, T>),
    ) {
        let ground = Ground { tokens, known, gap: Some(gap) };
        self.search(ground, start, &mut |hit: Hit<'a, T>| {
            if hit.tokens.end > gap.end {
                give(hit);
            }
        });
    }

    fn search<'a>(&'a self, ground: Ground<'a, '_>, start: usize, give: &mut impl FnMut(Hit<'a, T>)) {
        for reading in ground.known.at(start) {
            let Some(node) = self.first(reading.word) else { continue };
            let first = &ground.tokens[start].splits[usize::from(reading.split)];
            let path = Path { node, tokens: start..start + 1, first, is_exact: reading.is_exact };
            self.follow(&path, first.enclitic, ground, give);
        }
    }

    fn walk<'a>(&'a self, path: &Path<'a>, ground: Ground<'a, '_>, give: &mut impl FnMut(Hit<'a, T>)) {
        let end = path.tokens.end;
        let at = ground.gap.filter(|gap| gap.start == end).map_or(end, |gap| gap.end);
        if at >= ground.tokens.len() {
            return;
        }
        let mut tried: SmallVec<[(Node, Option<Enclitic>); 4]> = SmallVec::new();
        for reading in ground.known.at(at) {
            let split = &ground.tokens[at].splits[usize::from(reading.split)];
            if !split.proclitics.is_empty() {
                continue;
            }
            let Some(node) = self.step(path.node, reading.word) else { continue };
            if tried.contains(&(node.number, split.enclitic)) {
                continue;
            }
            tried.push((node.number, split.enclitic));
            let tokens = path.tokens.start..at + 1;
            let longer = Path { node, tokens, first: path.first, is_exact: path.is_exact && reading.is_exact };
            self.follow(&longer, split.enclitic, ground, give);
        }
    }

    /// Gives the form that ends where a search has come, and goes on where no pronoun ends it.
    fn follow<'a>(
        &'a self,
        path: &Path<'a>,
        enclitic: Option<Enclitic>,
        ground: Ground<'a, '_>,
        give: &mut impl FnMut(Hit<'a, T>),
    ) {
        for payload in self.meanings(path.node) {
            give(Hit { tokens: path.tokens.clone(), first: path.first, enclitic, is_exact: path.is_exact, payload });
        }
        if enclitic.is_none() && !path.node.is_leaf {
            self.walk(path, ground, give);
        }
    }
}

/// The number of the next of so many.
fn number(count: usize) -> u32 {
    u32::try_from(count).expect("a lexicon has fewer than four thousand million forms")
}
