//! The house measured as a whole, beside others that do the same work: `tests/benches/README.md` has the commands and what came out.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
#![expect(clippy::unwrap_used, reason = "a benchmark stops at the first fault")]

#[path = "../../../crates/cli/tests/server/client.rs"]
#[expect(dead_code, reason = "a benchmark asks less than tests do")]
mod client;
mod generator;
mod ingestion;
mod look_ups;
mod one_more;
mod questions;
mod start;
mod stores;

/// That of the program.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() {
    // Cargo calls benchmarks with flags of its own.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["fill", claims, folder] => drop(stores::fill(folder.as_ref(), number(claims))),
        ["one-more", folder, "of", claims] => one_more::run_in(folder.as_ref(), number(claims)),
        ["one-more", ref claims @ ..] if !claims.is_empty() => {
            claims.iter().for_each(|claims| one_more::run(number(claims)))
        }
        ["questions", folder, ref names @ ..] => questions::run(folder.as_ref(), names),
        ["start", folder] => start::run(folder.as_ref()),
        ["look-ups", folder] => look_ups::run(folder.as_ref(), None),
        ["look-ups", folder, oxigraph] => look_ups::run(folder.as_ref(), Some(oxigraph.as_ref())),
        ["ingestion", folder] => ingestion::run(folder.as_ref()),
        [] => println!("which? See tests/benches/README.md"),
        _ => {
            panic!(
                "{arguments:?}: expected fill, one-more, questions, start, look-ups or ingestion; see tests/benches/README.md"
            )
        }
    }
}

fn number(word: &str) -> usize {
    word.replace('_', "").parse().unwrap_or_else(|_| panic!("{word:?} is no number"))
}
