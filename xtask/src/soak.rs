//! `cargo xtask soak [MINUTES]`: the property test of reading with many cases, time against length, and the fuzz target where cargo-fuzz
//! is installed. The result is written to `tests/soak.md`.

use crate::{cargo, root, say};
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const MINUTES: u64 = 10;
/// Cases of one run of the property test: a run of some seconds, so that the clock is looked at between runs.
const CASES: u64 = 20_000;

pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let minutes = match arguments {
        [] => MINUTES,
        [minutes] => minutes.parse().with_context(|| format!("{minutes:?} is no number of minutes"))?,
        _ => bail!("soak takes one argument: for how many minutes"),
    };
    let half = Duration::from_secs(minutes * 60 / 2);
    let fuzz = has_cargo_fuzz();
    let linear = time_is_linear()?;
    let cases = property_test(if fuzz { half } else { 2 * half })?;
    let executions = if fuzz { Some(fuzz_target(half)?) } else { None };
    let told = match executions {
        Some(executions) => format!("{executions} executions of the fuzz target"),
        None => "the fuzz target was not run: `cargo install cargo-fuzz` first".to_owned(),
    };
    let report = format!(
        "# The last soak\n\n`cargo xtask soak {minutes}` on {}, {}:\n\n- {cases} cases of the property test, no failure\n- {told}{}\n\n{linear}",
        today()?,
        machine(),
        if fuzz { ", no crash, no hang" } else { "" },
    );
    fs::write(root().join("tests/soak.md"), report)?;
    say(&format!("{cases} cases; {told}; written to tests/soak.md"));
    Ok(())
}

fn test(name: &str) -> Command {
    let mut command = cargo();
    command.args(["test", "--release", "--package", "chancery-extract", "--test", name]);
    command
}

/// How long four times the text takes, as a list; not to be linear is a failure.
fn time_is_linear() -> Result<String> {
    say("time against length");
    let output = test("linear").args(["--", "--nocapture"]).env("CHANCERY_SOAK", "1").output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stdout));
    let rows: Vec<&str> = said.lines().filter(|line| line.contains(" × ")).collect();
    Ok(format!(
        "16 KiB of text, four times as much, and how many times as long that takes:\n\n```\n{}\n```\n",
        rows.join("\n")
    ))
}

/// Runs until the time is over; how many cases held.
fn property_test(time: Duration) -> Result<u64> {
    say("property test");
    let start = Instant::now();
    let mut cases = 0;
    while start.elapsed() < time {
        crate::run(test("any_input").arg("--quiet").env("PROPTEST_CASES", CASES.to_string()))?;
        cases += CASES;
    }
    Ok(cases)
}

fn has_cargo_fuzz() -> bool {
    let mut command = cargo();
    command.args(["fuzz", "--version"]).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// Runs the fuzz target; how many executions it had.
fn fuzz_target(time: Duration) -> Result<u64> {
    say("fuzz target");
    seeds()?;
    let mut command = cargo();
    // Stable Rust has no sanitizers; overflow and debug assertions are on, and there is no unsafe code of ours.
    command.args(["fuzz", "run", "--fuzz-dir", "tests/fuzz", "--sanitizer", "none", "any_bytes", "--"]);
    command.arg(format!("-max_total_time={}", time.as_secs())).args([
        "-timeout=10",
        "-max_len=4096",
        "-print_final_stats=1",
    ]);
    let mut process = command.stderr(Stdio::piped()).spawn().context("cargo fuzz")?;
    let mut executions = None;
    for line in BufReader::new(process.stderr.take().context("the output is ours")?).lines() {
        let line = line?;
        if let Some(count) = line.strip_prefix("stat::number_of_executed_units:") {
            executions = count.trim().parse().ok();
        } else if !line.starts_with('#') && !line.starts_with("INFO:") {
            say(&line);
        }
    }
    let status = process.wait()?;
    ensure!(status.success(), "the fuzz target failed: see tests/fuzz/artifacts");
    executions.context("the fuzz target did not say how often it ran")
}

/// The sample dispatches as first inputs: language and choices before the text.
fn seeds() -> Result<()> {
    let corpus = root().join("tests/fuzz/corpus/any_bytes");
    fs::create_dir_all(&corpus)?;
    for entry in fs::read_dir(root().join("data/dispatches"))? {
        let path = entry?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if path.extension().is_some_and(|ending| ending == "jsonl") {
            let language = u8::from(!name.ends_with("-ar"));
            fs::write(corpus.join(name), [&[language, 0][..], &fs::read(&path)?].concat())?;
        }
    }
    Ok(())
}

fn today() -> Result<String> {
    let output = Command::new("date").args(["-u", "+%Y-%m-%d"]).output().context("date")?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Processor and number of cores, as far as the system tells.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")?.split(": ").nth(1));
    format!("{cores} cores of {}", model.unwrap_or("an unnamed processor"))
}
