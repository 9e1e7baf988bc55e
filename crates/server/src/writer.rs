//! One thread that writes documents: those that come while a commit is under way go into the next one together, so that many
//! callers share one sync.

use crate::error::Problem;
use chancery_pipeline::{Ingested, Pipeline, Rejected};
use chancery_store::{ReadDocument, Store};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};
use tokio::sync::oneshot;

/// Documents of one commit at most.
const GROUP: usize = 64;
/// Documents that wait at most; who comes then waits to be let in.
const WAITING: usize = 256;

/// What became of a document.
#[derive(Debug)]
pub(crate) enum Written {
    /// It went in, at this revision.
    Stored(Ingested, u64),
    /// It would break a shape.
    Rejected(Rejected),
}

type Answer = Result<Written, Problem>;

struct Job {
    read: ReadDocument,
    done: oneshot::Sender<Answer>,
}

/// The writer. Clones share it; it ends with the last of them, which waits until everything is written.
#[derive(Clone, Debug)]
pub(crate) struct Writer(Arc<Running>);

#[derive(Debug)]
struct Running {
    /// None when it is to end.
    jobs: Option<SyncSender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Running {
    /// The thread has the store open: who has ended the server can leave the process, or open the store again.
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(Err(_)) = self.thread.take().map(JoinHandle::join) {
            tracing::error!("the writer has panicked");
        }
    }
}

impl Writer {
    /// Starts the thread.
    pub(crate) fn start(store: Store, pipeline: Arc<Pipeline>) -> Self {
        let (sender, receiver) = sync_channel(WAITING);
        let work = move || write(&store, &pipeline, &receiver);
        let started = thread::Builder::new().name("writer".to_owned()).spawn(work);
        // Without a receiver each write is told that there is no writer.
        let thread = started.map_err(|error| tracing::error!(%error, "the writer could not be started")).ok();
        Self(Arc::new(Running { jobs: Some(sender), thread }))
    }

    /// Writes one document; comes back when it is on disk. Blocks.
    pub(crate) fn write(&self, read: ReadDocument) -> Answer {
        let (done, answer) = oneshot::channel();
        let gone = || Problem::internal("the writer has ended; the log of the server says more");
        let jobs = self.0.jobs.as_ref().ok_or_else(gone)?;
        jobs.send(Job { read, done }).map_err(|_| gone())?;
        answer.blocking_recv().unwrap_or_else(|_| Err(gone()))
    }
}

fn write(store: &Store, pipeline: &Pipeline, jobs: &Receiver<Job>) {
    let mut next = None;
    while let Some(first) = next.take().or_else(|| jobs.recv().ok()) {
        let (group, left) = group(first, jobs);
        next = left;
        commit(store, pipeline, group);
    }
}

/// Whatever waits, up to [`GROUP`]; a second version of a document waits for the next group.
fn group(first: Job, jobs: &Receiver<Job>) -> (Vec<Job>, Option<Job>) {
    let mut keys = BTreeSet::from([first.read.document.id.clone()]);
    let mut group = vec![first];
    while group.len() < GROUP {
        match jobs.try_recv() {
            Err(_) => break,
            Ok(job) if keys.insert(job.read.document.id.clone()) => group.push(job),
            Ok(job) => return (group, Some(job)),
        }
    }
    (group, None)
}

fn commit(store: &Store, pipeline: &Pipeline, group: Vec<Job>) {
    let (documents, callers): (Vec<_>, Vec<_>) = group.into_iter().map(|Job { read, done }| (read, done)).unzip();
    let keys: Vec<String> = documents.iter().map(|read| read.document.id.clone()).collect();
    match pipeline.store(store, documents) {
        Ok(mut report) => {
            for (key, done) in keys.into_iter().zip(callers) {
                let stored = report.documents.iter().position(|document| document.id == key);
                let rejected = report.rejected.iter().position(|document| document.id == key);
                let answer = match (stored, rejected) {
                    (Some(at), _) => Ok(Written::Stored(report.documents.swap_remove(at), report.revision)),
                    (None, Some(at)) => Ok(Written::Rejected(report.rejected.swap_remove(at))),
                    (None, None) => Err(Problem::internal(format!("nothing is known of document {key:?}"))),
                };
                // The caller may have gone; its document is written all the same.
                done.send(answer).ok();
            }
        }
        Err(error) => {
            let problem = Problem::from(error);
            callers.into_iter().for_each(|done| drop(done.send(Err(problem.clone()))));
        }
    }
}
