//! Text to disk through the server: dispatches of 1.2 KB, each on disk before it is answered, sent one by one by many clients.

use crate::client::Connection;
use crate::stores::{PIPELINE, open};
use chancery_model::{EntityKind, Language, World};
use chancery_server::{AppState, ConnectionLimits, Tokens};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;

const CLIENTS: usize = 32;
const DISPATCHES: usize = 3_000;
const ROUNDS: usize = 3;
/// Of the token "abc".
const TOKEN: &str = "bench write ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

/// Dispatches with three claims each; the rest is what makes an article: words that say nothing of relations.
struct Newsroom {
    states: Vec<String>,
}

impl Newsroom {
    fn new(world: &World) -> Self {
        let states = world.entities().filter(|entity| entity.id.kind() == EntityKind::State);
        let mut states: Vec<String> = states.map(|state| world.label(&state.id, Language::English)).collect();
        states.sort();
        Self { states }
    }

    /// Another pair of states for each number and each sentence, until all pairs have been told of.
    fn pair(&self, number: usize) -> (&str, &str) {
        let count = self.states.len();
        let first = number * 31 % count;
        let apart = 1 + number / count % (count - 1);
        (&self.states[first], &self.states[(first + apart) % count])
    }

    fn dispatch(&self, number: usize) -> String {
        let (month, day) = (number / 28 % 12 + 1, number % 28 + 1);
        let ((a, b), (c, d), (e, f)) = (self.pair(3 * number), self.pair(3 * number + 1), self.pair(3 * number + 2));
        let claims = format!(
            "The president of {a} visited {b} on Monday. The foreign ministers of {c} and {d} signed a trade agreement on Tuesday. {e} \
             condemned {f} on Wednesday."
        );
        let filler = "The weather over the plain was mild for the season, and traders in the old market spoke of a good harvest. ";
        let text = format!("Report {number}. {claims} {}", filler.repeat(9));
        format!(r#"{{"id":"bench-{number}","lang":"en","published":"2025-{month:02}-{day:02}","text":"{text}"}}"#)
    }
}

pub(crate) fn run(folder: &Path) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let store = open(folder);
    let mut state = AppState::new(store.clone(), PIPELINE.clone());
    state.tokens = Some(Tokens::parse(TOKEN).unwrap());
    runtime.spawn(chancery_server::serve(listener, state, ConnectionLimits::default(), std::future::pending()));
    let newsroom = Newsroom::new(PIPELINE.world());
    for round in 0..ROUNDS {
        let (before, next) = (store.snapshot(), AtomicUsize::new(round * DISPATCHES));
        let begun = Instant::now();
        let one = || {
            let mut connection = Connection::open(&address).unwrap();
            let mut times: Vec<Duration> = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= (round + 1) * DISPATCHES {
                    return times;
                }
                let (body, asked) = (newsroom.dispatch(number), Instant::now());
                let answer = connection.send("POST", "/v1/documents", "application/json", body.as_bytes()).unwrap();
                assert!(answer.status < 300, "{}", String::from_utf8_lossy(&answer.body));
                times.push(asked.elapsed());
            }
        };
        let mut times: Vec<Duration> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..CLIENTS).map(|_| scope.spawn(one)).collect();
            threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
        });
        let seconds = begun.elapsed().as_secs_f64();
        times.sort_unstable();
        let at = |hundredths: usize| times[(times.len() - 1) * hundredths / 100].as_secs_f64() * 1_000.0;
        let after = store.snapshot();
        println!(
            "{CLIENTS} clients, {} bytes each: {:.0} dispatches/s, p50 {:.1} ms, p99 {:.1} ms; {} claims more, {} commits",
            newsroom.dispatch(1).len(),
            times.len() as f64 / seconds,
            at(50),
            at(99),
            after.claims.len() - before.claims.len(),
            after.revision - before.revision
        );
    }
}
