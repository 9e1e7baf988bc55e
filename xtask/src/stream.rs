//! A million sentences through `chancery extract -`: memory must not grow with the length of a stream.
//!
//! The stream is the sample dispatches, again and again under ever new keys.

use crate::{cargo, chancery, demo, say};
use anyhow::{Context, Result, ensure};
use std::fmt::Write as _;
use std::fs;
use std::io::{BufWriter, Write};
use std::process::{Command, Stdio};
use std::time::Instant;

/// Sentences of the two streams.
const SHORT: usize = 100_000;
const LONG: usize = 1_000_000;
/// What reading may hold in memory, tables and all.
const MOST_MB: usize = 200;

/// What a stream took.
struct Measured {
    sentences: usize,
    megabytes: f64,
    seconds: f64,
    peak_mb: usize,
}

/// Measures both streams, as a list.
pub(crate) fn memory_is_constant() -> Result<String> {
    say("a million sentences");
    crate::run(cargo().args(["build", "--release", "--package", "chancery-cli"]))?;
    let (lines, sentences) = round()?;
    let measured = [SHORT, LONG].map(|wanted| stream(&lines, sentences, wanted.div_ceil(sentences)));
    let mut told = String::from(
        "The sample dispatches, repeated, through `chancery extract -` on one core, claims as JSON Lines:\n\n",
    );
    told.push_str(
        "| sentences | MB of text and metadata | sentences/s | MB/s | memory at most |\n|---:|---:|---:|---:|---:|\n",
    );
    let mut peaks = Vec::new();
    for measured in measured {
        let Measured { sentences, megabytes, seconds, peak_mb } = measured?;
        let (rate, speed) = (sentences as f64 / seconds, megabytes / seconds);
        writeln!(told, "| {sentences} | {megabytes:.0} | {rate:.0} | {speed:.1} | {peak_mb} MB |")?;
        peaks.push(peak_mb);
    }
    ensure!(peaks.iter().all(|peak| *peak < MOST_MB), "memory: {peaks:?} MB; at most {MOST_MB} MB are allowed");
    ensure!(peaks[1] <= peaks[0] + peaks[0] / 10, "ten times the stream takes more memory: {peaks:?} MB");
    Ok(told)
}

/// The lines of the dispatches, and how many sentences they hold.
fn round() -> Result<(Vec<String>, usize)> {
    let files = demo::dispatches()?;
    let mut lines = Vec::new();
    for file in &files {
        lines.extend(fs::read_to_string(file)?.lines().map(str::to_owned));
    }
    let output = Command::new(chancery()).args(["extract", "--report", "--json"]).args(&files).output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let report = String::from_utf8(output.stdout)?;
    let count = report.split("\"sentences\":").nth(1).context("the report counts sentences")?;
    let count: String = count.trim_start().chars().take_while(char::is_ascii_digit).collect();
    Ok((lines, count.parse()?))
}

fn stream(lines: &[String], sentences: usize, rounds: usize) -> Result<Measured> {
    let start = Instant::now();
    let mut command = Command::new(chancery());
    command.args(["extract", "-"]).stdin(Stdio::piped()).stdout(Stdio::null());
    let mut process = command.spawn().context("chancery extract")?;
    let mut input = BufWriter::new(process.stdin.take().context("the input is ours")?);
    let mut bytes = 0;
    for round in 0..rounds {
        for line in lines {
            let rest =
                line.strip_prefix("{\"id\": \"").with_context(|| format!("a dispatch begins with its id: {line}"))?;
            let line = format!("{{\"id\": \"{round}-{rest}\n");
            input.write_all(line.as_bytes())?;
            bytes += line.len();
        }
    }
    input.flush()?;
    // All but what fits into the pipe has been read by now; when the input ends, the process ends.
    let peak_mb = peak_mb(process.id())?;
    drop(input);
    let status = process.wait()?;
    ensure!(status.success(), "chancery extract: {status}");
    let megabytes = bytes as f64 / 1e6;
    Ok(Measured { sentences: rounds * sentences, megabytes, seconds: start.elapsed().as_secs_f64(), peak_mb })
}

/// The most memory that a process has had at once.
fn peak_mb(process: u32) -> Result<usize> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).context("memory is read from /proc")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("the system tells the peak")?;
    let kilobytes: usize = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kilobytes.div_ceil(1024))
}
