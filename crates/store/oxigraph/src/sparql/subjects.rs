//! Subjects of which an evaluation asks one predicate after the other are read whole: one seek in place of many.
//!
//! Whether that pays is told by what came before: a query asks the same of each subject, so where those that were asked for
//! some predicate were asked for many more, the next one will be.

use crate::storage::numeric_encoder::EncodedTerm;
use crate::storage::{StorageError, StorageReader, SubjectTriples};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// How many subjects are remembered: as many as a row of an answer is made of, and a few.
const MAX_SUBJECTS: usize = 6;
/// From so many questions on, to read all takes less than to seek each.
const MIN_QUESTIONS: usize = 4;
/// So many triples of a subject are read at most.
const MAX_TRIPLES: usize = 64;
/// So many questions of a subject are remembered.
const MAX_QUESTIONS: usize = 16;

#[derive(Default)]
pub struct Subjects {
    /// The one that was asked about last stands last.
    known: Vec<Known>,
    experience: FxHashMap<EncodedTerm, Experience>,
}

struct Known {
    subject: EncodedTerm,
    predicates: Vec<EncodedTerm>,
    triples: Option<Rc<SubjectTriples>>,
}

/// How often, of late, a subject that was asked for a predicate was asked for many more: 0 never, 3 always.
#[derive(Clone, Copy, Default)]
struct Experience(u8);

impl Experience {
    fn learn(&mut self, was_asked_more: bool) {
        self.0 = if was_asked_more {
            (self.0 + 1).min(3)
        } else {
            self.0.saturating_sub(1)
        };
    }

    fn expects_more(self) -> bool {
        self.0 > 1
    }
}

impl Subjects {
    /// The triples of a subject in the default graph, if it is worth to read them.
    pub fn triples(
        &mut self,
        subject: &EncodedTerm,
        predicate: &EncodedTerm,
        reader: &StorageReader<'_>,
    ) -> Result<Option<Rc<SubjectTriples>>, StorageError> {
        if let Some(index) = self.known.iter().rposition(|it| it.subject == *subject) {
            self.known[index..].rotate_left(1);
        } else {
            if self.known.len() == MAX_SUBJECTS {
                let forgotten = self.known.remove(0);
                self.learn(forgotten.predicates);
            }
            self.known.push(Known {
                subject: subject.clone(),
                predicates: Vec::new(),
                triples: None,
            });
        }
        let Some(known) = self.known.last_mut() else {
            return Ok(None);
        };
        if known.predicates.len() < MAX_QUESTIONS {
            known.predicates.push(predicate.clone());
        }
        let expects_more = |it: &Experience| it.expects_more();
        if known.triples.is_none() && self.experience.get(predicate).is_some_and(expects_more) {
            known.triples = reader.subject_triples(subject, MAX_TRIPLES)?.map(Rc::new);
        }
        Ok(known.triples.clone())
    }

    fn learn(&mut self, predicates: Vec<EncodedTerm>) {
        let count = predicates.len();
        for (before, predicate) in predicates.into_iter().enumerate() {
            let experience = self.experience.entry(predicate).or_default();
            experience.learn(count - before >= MIN_QUESTIONS);
        }
    }
}
