//! Scores of extracted claims against annotated ones.
//!
//! Takes annotated documents and what was read in them; gives precision, recall and F1 at three levels, the share of right attributes,
//! the same by type and by status, and every error with its kind. A predicted claim meets an annotated one of the same document with the
//! weight of their shared participants: the F1 of the two sets of (role, actor), where a symmetric type has one role. Claims are paired
//! best first, each once (a greedy matching, as in the entity-level scores of MUC and ACE). Precision is the sum of weights over the
//! predicted claims, recall over the annotated ones. Levels: exact (same type), root (same PLOVER class), dyad (any type).
//!
//! The scorer reads words, not checked types: an annotation with a type of tomorrow is scored, not refused.

mod error;
mod run;

pub use error::{ErrorKind, Finding};
pub use run::{Change, Changed, Comparison, Run};

use chancery_model::{Claim, EventType};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A document with its claims, annotated or predicted. A line of `tests/gold/*.jsonl`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AnnotatedDocument {
    /// The key.
    pub id: String,
    /// The language, where given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// The day of publication, where given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Who published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// The headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The body; predictions may leave it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What it says.
    #[serde(default)]
    pub claims: Option<Vec<Annotation>>,
}

impl AnnotatedDocument {
    fn claims(&self) -> &[Annotation] {
        self.claims.as_deref().unwrap_or_default()
    }

    /// Title and text, where quotes must stand.
    fn words(&self) -> String {
        format!("{}\n{}", self.title.as_deref().unwrap_or_default(), self.text.as_deref().unwrap_or_default())
    }
}

/// A claim as an annotator writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annotation {
    /// The event type.
    #[serde(rename = "type")]
    pub event_type: String,
    /// Who acts.
    #[serde(default)]
    pub source: Option<Vec<String>>,
    /// Who is acted on.
    #[serde(default)]
    pub target: Option<Vec<String>>,
    /// How real it is.
    #[serde(default)]
    pub status: Option<String>,
    /// On whose word, from the reader to the origin.
    #[serde(default)]
    pub attributed_to: Option<Vec<String>>,
    /// The day, month or year.
    #[serde(default)]
    pub date: Option<String>,
    /// What about.
    #[serde(default)]
    pub topic: Option<String>,
    /// The words.
    #[serde(default)]
    pub quote: Option<String>,
}

impl Annotation {
    fn parties<'a>(&'a self, symmetric: bool) -> BTreeSet<(char, &'a str)> {
        let (source, target) = if symmetric { ('p', 'p') } else { ('s', 't') };
        let side = |role, ids: &'a Option<Vec<String>>| ids.iter().flatten().map(move |id| (role, id.as_str()));
        side(source, &self.source).chain(side(target, &self.target)).collect()
    }

    fn event_type(&self) -> Option<EventType> {
        self.event_type.parse().ok()
    }

    fn is_symmetric(&self) -> bool {
        self.event_type().is_some_and(EventType::is_symmetric)
    }

    fn attribution(&self) -> BTreeSet<&str> {
        self.attributed_to.iter().flatten().map(String::as_str).collect()
    }

    /// An empty string is no value, as annotators use it.
    fn given(value: &Option<String>) -> Option<&str> {
        value.as_deref().filter(|word| !word.is_empty())
    }
}

impl From<&Claim> for Annotation {
    fn from(claim: &Claim) -> Self {
        let ids = |ids: &[chancery_model::EntityId]| Some(ids.iter().map(ToString::to_string).collect());
        Self {
            event_type: claim.event_type.name().to_owned(),
            source: ids(&claim.source),
            target: ids(&claim.target),
            status: Some(claim.status.to_string()),
            attributed_to: Some(
                claim.attribution.iter().filter_map(|step| step.agent.as_ref()).map(ToString::to_string).collect(),
            ),
            date: claim.date.coarse(),
            topic: claim.topic.map(|topic| topic.to_string()),
            quote: Some(claim.evidence.quote.clone()),
        }
    }
}

/// A line that is no annotated document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct BadLine {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub reason: String,
}

/// Reads annotated documents, one a line; of two with one id the last counts, in the place of the first.
///
/// # Errors
/// At the first line that is no annotated document.
pub fn read(lines: &str) -> Result<Vec<AnnotatedDocument>, BadLine> {
    let mut documents: Vec<AnnotatedDocument> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (line, number) in lines.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()) {
        let document: AnnotatedDocument =
            serde_json::from_str(line).map_err(|error| BadLine { line: number, reason: error.to_string() })?;
        match places.get(&document.id) {
            Some(&at) => documents[at] = document,
            None => {
                places.insert(document.id.clone(), documents.len());
                documents.push(document);
            }
        }
    }
    Ok(documents)
}

/// Precision, recall and their harmonic mean, from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// Of what was predicted, how much is right.
    pub precision: f64,
    /// Of what is annotated, how much was found.
    pub recall: f64,
    /// Their harmonic mean; 0 where both are 0.
    pub f1: f64,
}

impl Score {
    fn of(right: f64, predicted: usize, gold: usize) -> Self {
        let share = |of: usize| if of == 0 { 0.0 } else { right / of as f64 };
        let (precision, recall) = (share(predicted), share(gold));
        let sum = precision + recall;
        Self { precision, recall, f1: if sum == 0.0 { 0.0 } else { 2.0 * precision * recall / sum } }
    }
}

/// How many of those judged are right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Right ones.
    pub right: usize,
    /// All that were judged.
    pub of: usize,
}

impl Share {
    fn judge(&mut self, right: bool) {
        self.right += usize::from(right);
        self.of += 1;
    }

    /// From 0 to 1; none where nothing was judged.
    pub fn value(self) -> Option<f64> {
        (self.of > 0).then(|| self.right as f64 / self.of as f64)
    }
}

/// Shares of right attributes over the pairs of the exact level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attributes {
    /// How real it is.
    pub status: Share,
    /// The date, where the annotation has one.
    pub date: Share,
    /// The date, where the prediction has one.
    pub date_precision: Share,
    /// The same voices, where either side has one.
    pub attribution: Share,
    /// The topic, where the annotation has one.
    pub topic: Share,
    /// The quote stands in the document and shares a word with the annotated one.
    pub grounded: Share,
}

impl Attributes {
    /// Names and shares, in the order of their importance.
    pub fn named(&self) -> [(&'static str, Share); 6] {
        [
            ("status", self.status),
            ("date", self.date),
            ("date_precision", self.date_precision),
            ("attribution", self.attribution),
            ("topic", self.topic),
            ("grounded", self.grounded),
        ]
    }
}

/// How much was scored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Annotated documents.
    pub documents: usize,
    /// Annotated claims.
    pub gold: usize,
    /// Predicted claims in these documents.
    pub predicted: usize,
    /// Documents for which there is a prediction, be it empty.
    pub answered: usize,
}

/// The scores of one type or status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Annotated claims.
    pub gold: usize,
    /// Predicted claims.
    pub predicted: usize,
    /// Weight of the pairs that are right.
    pub right: f64,
    /// Scores from these.
    pub score: Score,
}

/// Everything that is measured.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Evaluation {
    /// Same type.
    pub exact: Score,
    /// Same PLOVER class.
    pub root: Score,
    /// Any type.
    pub dyad: Score,
    /// Over the pairs of the exact level.
    pub attributes: Attributes,
    /// Mean F1 of the statuses other than occurred that the annotations of matched claims have.
    pub status_macro_f1: Option<f64>,
    /// How much was scored.
    pub counts: Counts,
    /// By event type, at the exact level.
    pub by_type: BTreeMap<String, Row>,
    /// By status: a pair of the exact level is right where its status is.
    pub by_status: BTreeMap<String, Row>,
    /// Every error, in the order of the documents.
    pub findings: Vec<Finding>,
}

impl Evaluation {
    /// A measure by its name, as `tests/gold/floors.tsv` writes it: `exact`, `exact.precision`, `root`, `dyad`, `status`, `status_macro_f1`,
    /// `date` … None where the name is unknown or nothing was judged.
    pub fn measure(&self, name: &str) -> Option<f64> {
        let (level, part) = name.split_once('.').unwrap_or((name, "f1"));
        let score = match level {
            "exact" => self.exact,
            "root" => self.root,
            "dyad" => self.dyad,
            "status_macro_f1" => return self.status_macro_f1,
            _ => return self.attributes.named().into_iter().find(|(known, _)| *known == name)?.1.value(),
        };
        match part {
            "precision" => Some(score.precision),
            "recall" => Some(score.recall),
            "f1" => Some(score.f1),
            _ => None,
        }
    }

    /// How many errors there are of each kind.
    pub fn error_counts(&self) -> BTreeMap<ErrorKind, usize> {
        let mut counts = BTreeMap::new();
        for finding in &self.findings {
            *counts.entry(finding.kind).or_default() += 1;
        }
        counts
    }
}

/// What two claims must share to meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    Exact,
    Root,
    Dyad,
}

/// Statuses of which the mean F1 is taken.
const NOT_OCCURRED: [&str; 4] = ["planned", "possible", "denied", "cancelled"];

/// Scores predictions against annotations. Documents that are predicted but not annotated do not count.
pub fn evaluate(gold: &[AnnotatedDocument], predicted: &[AnnotatedDocument]) -> Evaluation {
    let by_id: HashMap<&str, &AnnotatedDocument> = predicted.iter().map(|d| (d.id.as_str(), d)).collect();
    let mut tally = Tally::default();
    for document in gold {
        let answer = by_id.get(document.id.as_str());
        tally.answered += usize::from(answer.is_some());
        tally.document(document, answer.map_or(&[], |answer| answer.claims()));
    }
    tally.finish(gold.len())
}

/// Sums over the documents.
#[derive(Default)]
struct Tally {
    answered: usize,
    gold: usize,
    predicted: usize,
    right: [f64; 3],
    attributes: Attributes,
    confusion: BTreeMap<(String, String), usize>,
    by_type: BTreeMap<String, Row>,
    by_status: BTreeMap<String, Row>,
    findings: Vec<Finding>,
}

impl Tally {
    fn document(&mut self, document: &AnnotatedDocument, predicted: &[Annotation]) {
        let gold = document.claims();
        self.gold += gold.len();
        self.predicted += predicted.len();
        for claim in gold {
            self.by_type.entry(claim.event_type.clone()).or_default().gold += 1;
            self.by_status.entry(status(claim).to_owned()).or_default().gold += 1;
        }
        for claim in predicted {
            self.by_type.entry(claim.event_type.clone()).or_default().predicted += 1;
            self.by_status.entry(status(claim).to_owned()).or_default().predicted += 1;
        }
        for (at, level) in [Level::Exact, Level::Root, Level::Dyad].into_iter().enumerate() {
            let pairs = pairs(gold, predicted, level);
            self.right[at] += pairs.iter().map(|pair| pair.weight).sum::<f64>();
            if level == Level::Exact {
                let words = document.words();
                for pair in &pairs {
                    self.pair(pair.weight, &gold[pair.gold], &predicted[pair.predicted], &words);
                }
                self.findings.extend(error::findings(&document.id, gold, predicted, &pairs));
            }
        }
    }

    fn pair(&mut self, weight: f64, gold: &Annotation, predicted: &Annotation, words: &str) {
        self.by_type.entry(gold.event_type.clone()).or_default().right += weight;
        let statuses = (status(gold).to_owned(), status(predicted).to_owned());
        if statuses.0 == statuses.1 {
            self.by_status.entry(statuses.0.clone()).or_default().right += weight;
        }
        self.attributes.status.judge(statuses.0 == statuses.1);
        *self.confusion.entry(statuses).or_default() += 1;
        let (said, read) = (gold.attribution(), predicted.attribution());
        if !said.is_empty() || !read.is_empty() {
            self.attributes.attribution.judge(said == read);
        }
        if let Some(date) = Annotation::given(&predicted.date) {
            self.attributes.date_precision.judge(gold.date.as_deref() == Some(date));
        }
        if let Some(date) = Annotation::given(&gold.date) {
            self.attributes.date.judge(predicted.date.as_deref() == Some(date));
        }
        if let Some(topic) = Annotation::given(&gold.topic) {
            self.attributes.topic.judge(predicted.topic.as_deref() == Some(topic));
        }
        self.attributes.grounded.judge(is_grounded(gold, predicted, words));
    }

    fn finish(mut self, documents: usize) -> Evaluation {
        for row in self.by_type.values_mut().chain(self.by_status.values_mut()) {
            row.score = Score::of(row.right, row.predicted, row.gold);
        }
        let score = |right: f64| Score::of(right, self.predicted, self.gold);
        Evaluation {
            exact: score(self.right[0]),
            root: score(self.right[1]),
            dyad: score(self.right[2]),
            attributes: self.attributes,
            status_macro_f1: status_macro_f1(&self.confusion),
            counts: Counts { documents, gold: self.gold, predicted: self.predicted, answered: self.answered },
            by_type: self.by_type,
            by_status: self.by_status,
            findings: self.findings,
        }
    }
}

fn status(claim: &Annotation) -> &str {
    claim.status.as_deref().unwrap_or_default()
}

fn status_macro_f1(confusion: &BTreeMap<(String, String), usize>) -> Option<f64> {
    let mut scores = Vec::new();
    for wanted in NOT_OCCURRED {
        let count = |fits: &dyn Fn(&str, &str) -> bool| -> usize {
            confusion.iter().filter(|((gold, predicted), _)| fits(gold, predicted)).map(|(_, n)| n).sum()
        };
        let right = count(&|gold, predicted| gold == wanted && predicted == wanted);
        let gold = count(&|gold, _| gold == wanted);
        let predicted = count(&|_, predicted| predicted == wanted);
        if gold > 0 {
            scores.push(2.0 * right as f64 / (gold + predicted) as f64);
        }
    }
    (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64)
}

fn is_grounded(gold: &Annotation, predicted: &Annotation, words: &str) -> bool {
    let Some(quote) = Annotation::given(&predicted.quote) else { return false };
    let annotated = Annotation::given(&gold.quote).unwrap_or(quote);
    words.contains(quote) && !pieces(quote).is_disjoint(&pieces(annotated))
}

/// Words, or pairs of characters where the language writes no spaces.
fn pieces(quote: &str) -> BTreeSet<String> {
    if quote.trim().contains(' ') {
        return quote.split_whitespace().map(str::to_owned).collect();
    }
    let characters: Vec<char> = quote.chars().collect();
    characters.windows(2).map(|pair| pair.iter().collect()).collect()
}

/// An annotated claim and the predicted one that meets it: indices, and how many participants they share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pair {
    weight: f64,
    gold: usize,
    predicted: usize,
}

/// Claims paired best first, each once; of equal weights those with the same status first.
fn pairs(gold: &[Annotation], predicted: &[Annotation], level: Level) -> Vec<Pair> {
    let mut cells = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        for (j, p) in predicted.iter().enumerate() {
            let weight = weight(g, p, level);
            if weight > 0.0 {
                cells.push((Pair { weight, gold: i, predicted: j }, g.status != p.status));
            }
        }
    }
    cells.sort_by(|(a, a_differs), (b, b_differs)| {
        let rest = (a_differs, a.gold, a.predicted).cmp(&(b_differs, b.gold, b.predicted));
        b.weight.total_cmp(&a.weight).then(rest)
    });
    let (mut used_gold, mut used_predicted) = (BTreeSet::new(), BTreeSet::new());
    let mut pairs = Vec::new();
    for (pair, _) in cells {
        if !used_gold.contains(&pair.gold) && !used_predicted.contains(&pair.predicted) {
            used_gold.insert(pair.gold);
            used_predicted.insert(pair.predicted);
            pairs.push(pair);
        }
    }
    pairs
}

/// The F1 of the participants of two claims; 0 where they do not meet at this level.
fn weight(gold: &Annotation, predicted: &Annotation, level: Level) -> f64 {
    let types_meet = match level {
        Level::Exact => gold.event_type == predicted.event_type,
        Level::Root => root(gold) == root(predicted),
        Level::Dyad => true,
    };
    if !types_meet {
        return 0.0;
    }
    // At the root level a symmetric type may meet one that is not: they are compared without roles then.
    let without_roles = level == Level::Dyad
        || level == Level::Root
            && gold.event_type().map(EventType::is_symmetric) != predicted.event_type().map(EventType::is_symmetric);
    let a = gold.parties(without_roles || gold.is_symmetric());
    let b = predicted.parties(without_roles || predicted.is_symmetric());
    let shared = a.intersection(&b).count();
    // One shared actor of two is no shared relation.
    if shared == 0 || a.len() > 1 && shared < 2 {
        return 0.0;
    }
    2.0 * shared as f64 / (a.len() + b.len()) as f64
}

/// The PLOVER class; an unknown type is a class of its own.
fn root(claim: &Annotation) -> String {
    claim.event_type().map_or_else(|| format!("?{}", claim.event_type), |known| known.row().plover.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(claims: &str) -> Vec<AnnotatedDocument> {
        let claims: Vec<Annotation> = claims.lines().map(claim).collect();
        vec![AnnotatedDocument { id: "d".into(), claims: Some(claims), ..AnnotatedDocument::default() }]
    }

    /// `type SRC+SRC > TGT status`
    fn claim(line: &str) -> Annotation {
        let (left, right) = line.split_once(" > ").expect("a claim has an arrow");
        let (event_type, source) = left.split_once(' ').expect("a claim has a source");
        let (target, status) = right.split_once(' ').expect("a claim has a status");
        let ids = |list: &str| Some(list.split('+').filter(|id| *id != "-").map(str::to_owned).collect::<Vec<_>>());
        Annotation {
            event_type: event_type.into(),
            source: ids(source),
            target: ids(target),
            status: Some(status.into()),
            ..Annotation::default()
        }
    }

    fn check(gold: &str, predicted: &str, exact: f64, root: f64, dyad: f64) {
        let evaluation = evaluate(&document(gold), &document(predicted));
        let found = [evaluation.exact.f1, evaluation.root.f1, evaluation.dyad.f1];
        for (found, expected) in found.into_iter().zip([exact, root, dyad]) {
            assert!((found - expected).abs() < 1e-9, "{gold} | {predicted}: {found} for {expected}");
        }
    }

    #[test]
    fn levels() {
        check("visit FRA > MAR occurred", "visit FRA > MAR occurred", 1.0, 1.0, 1.0);
        check("visit FRA > MAR occurred", "visit MAR > FRA occurred", 0.0, 0.0, 1.0);
        // A visit has roles, a meeting has none: at the root they meet without roles.
        check("meet FRA+MAR > - occurred", "visit MAR > FRA occurred", 0.0, 1.0, 1.0);
        check("condemn FRA > MAR occurred", "visit FRA > MAR occurred", 0.0, 0.0, 1.0);
        check("visit FRA > MAR occurred", "visit FRA > MLI occurred", 0.0, 0.0, 0.0);
    }

    #[test]
    fn one_party_too_many_costs_its_share() {
        check("meet FRA+MAR > - occurred", "meet FRA+MAR+ESP > - occurred", 0.8, 0.8, 0.8);
    }

    #[test]
    fn unknown_types_meet_only_themselves() {
        check("greet FRA > MAR occurred", "greet FRA > MAR occurred", 1.0, 1.0, 1.0);
        check("greet FRA > MAR occurred", "wave FRA > MAR occurred", 0.0, 0.0, 1.0);
    }

    #[test]
    fn of_equal_pairs_the_one_with_the_same_status_is_taken() {
        let predicted = "visit FRA > MAR occurred\nvisit FRA > MAR planned";
        let evaluation = evaluate(&document("visit FRA > MAR planned"), &document(predicted));
        assert_eq!(evaluation.attributes.status, Share { right: 1, of: 1 });
        assert_eq!(evaluation.status_macro_f1, Some(1.0));
    }

    #[test]
    fn nothing_gives_nothing() {
        let evaluation = evaluate(&[], &[]);
        assert_eq!((evaluation.exact.f1, evaluation.status_macro_f1), (0.0, None));
        assert_eq!(evaluation.measure("status"), None);
    }

    #[test]
    fn a_quote_must_stand_in_the_document() {
        let words = "title\nFrance recalled its ambassador";
        let quoted = |quote: &str| Annotation { quote: Some(quote.into()), ..Annotation::default() };
        assert!(is_grounded(&quoted("recalled its envoy"), &quoted("France recalled"), words));
        assert!(!is_grounded(&quoted("its ambassador"), &quoted("France recalled"), words));
        assert!(!is_grounded(&quoted("France"), &quoted("France withdrew"), words));
        assert!(!is_grounded(&quoted("France"), &quoted(""), words));
    }

    #[test]
    fn a_bad_line_is_named() {
        assert_eq!(read("{\"id\":\"a\"}\n\nno").map_err(|bad| bad.line), Err(3));
        let read = read("{\"id\":\"a\",\"title\":\"1\"}\n{\"id\":\"b\"}\n{\"id\":\"a\",\"title\":\"2\"}");
        let ids: Vec<_> = read.into_iter().flatten().map(|d| (d.id, d.title)).collect();
        assert_eq!(ids, [("a".to_owned(), Some("2".to_owned())), ("b".to_owned(), None)]);
    }
}
