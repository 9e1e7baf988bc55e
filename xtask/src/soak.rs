//! `cargo xtask soak [MINUTES]`: a stream of a million sentences, time against length, the property test of reading with many cases, and the
//! fuzz targets where cargo-fuzz is installed. The result is written to `tests/soak.md`.

use crate::{cargo, demo, root, say, stream};
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
    let time = Duration::from_secs(minutes * 60);
    let fuzz = has_cargo_fuzz();
    let parts = if fuzz { TARGETS.len() as u32 + 1 } else { 1 };
    let stream = stream::memory_is_constant()?;
    let linear = time_is_linear()?;
    let mut told = vec![format!("{} cases of the property test, no failure", property_test(time / parts)?)];
    for target in TARGETS.into_iter().filter(|_| fuzz) {
        told.push(format!(
            "{} executions of the fuzz target `{target}`, no crash, no hang",
            fuzz_target(target, time / parts)?
        ));
    }
    if !fuzz {
        told.push("the fuzz targets were not run: `cargo install cargo-fuzz` first".to_owned());
    }
    let (day, machine, list) = (today()?, machine(), told.join("\n- "));
    let report = format!(
        "# The last soak\n\n`cargo xtask soak {minutes}` on {day}, {machine}:\n\n- {list}\n\n## Memory\n\n{stream}\n## Time\n\n{linear}"
    );
    fs::write(root().join("tests/soak.md"), report)?;
    say(&format!("{}; written to tests/soak.md", told.join("; ")));
    Ok(())
}

/// Fuzz targets with the form of their first inputs.
const TARGETS: [&str; 2] = ["any_bytes", "any_page"];

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

/// Runs a fuzz target; how many executions it had.
fn fuzz_target(target: &str, time: Duration) -> Result<u64> {
    say(&format!("fuzz target {target}"));
    seeds(target)?;
    let mut command = cargo();
    // Stable Rust has no sanitizers; overflow and debug assertions are on, and there is no unsafe code of ours.
    command.args(["fuzz", "run", "--fuzz-dir", "tests/fuzz", "--sanitizer", "none", target, "--"]);
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
    ensure!(status.success(), "the fuzz target {target} failed: see tests/fuzz/artifacts");
    executions.context("the fuzz target did not say how often it ran")
}

/// The sample dispatches as first inputs: behind the bytes that choose language or form, as lines and as pages.
fn seeds(target: &str) -> Result<()> {
    let corpus = root().join("tests/fuzz/corpus").join(target);
    fs::create_dir_all(&corpus)?;
    for path in demo::dispatches()? {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let language = u8::from(!name.ends_with("-ar"));
        let line = fs::read_to_string(&path)?;
        if target == "any_bytes" {
            fs::write(corpus.join(&name), [&[language, 0][..], line.as_bytes()].concat())?;
            continue;
        }
        let text = line.split("\"text\": \"").nth(1).unwrap_or_default().replace("\\n", "\n").replace("\\\"", "\"");
        let page = format!(
            "<!doctype html><html><head><title>{name}</title></head><body><article><p>{text}</p></article></body></html>"
        );
        for (form, bytes) in [page, text, line].iter().enumerate() {
            fs::write(corpus.join(format!("{name}-{form}")), [&[form as u8][..], bytes.as_bytes()].concat())?;
        }
    }
    Ok(())
}

pub(crate) fn today() -> Result<String> {
    let output = Command::new("date").args(["-u", "+%Y-%m-%d"]).output().context("date")?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Processor and number of cores, as far as the system tells.
pub(crate) fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")?.split(": ").nth(1));
    format!("{cores} cores of {}", model.unwrap_or("an unnamed processor"))
}
