//! The interface against its own description: Schemathesis reads `/openapi.json`, makes requests from it, good and bad ones, and
//! looks whether each answer is one that the document tells of. No fault of the server, no status, media type, header or body
//! that is not described.

use crate::serving::Server;
use crate::soak::{machine, today};
use crate::{cargo, chancery, demo, root, run, say, setup, target};
use anyhow::{Context, Result, bail, ensure};
use std::ffi::OsStr;
use std::fs;
use std::process::Command;
use std::time::Duration;

const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_headers_conformance,response_schema_conformance";
/// The token and its line in the token file: the hash is `printf abc | sha256sum`.
const TOKEN: &str = "abc";
const TOKENS: &str = "contract write ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n";
const MINUTES: u64 = 10;

/// `cargo xtask soak contract [MINUTES]`: the result is written to `tests/soak-contract.md`.
pub(crate) fn soak(arguments: &[String]) -> Result<()> {
    let minutes = match arguments {
        [] => MINUTES,
        [minutes] => minutes.parse().with_context(|| format!("{minutes:?} is no number of minutes"))?,
        _ => bail!("soak contract takes one argument: for how many minutes"),
    };
    let told = check(Duration::from_secs(minutes * 60))?;
    let report = format!(
        "# The last soak of the interface\n\n`cargo xtask soak contract {minutes}` on {}, {}, over the sample dispatches, with a token that \
         may write:\n\n```\n{told}\n```\n\nNo fault of the server, and no answer that `/openapi.json` does not describe. Checks: {CHECKS}.\n",
        today()?,
        machine()
    );
    fs::write(root().join("tests/soak-contract.md"), report)?;
    say("written to tests/soak-contract.md");
    Ok(())
}

/// Asks for so long; the summary of what was asked.
pub(crate) fn check(time: Duration) -> Result<String> {
    let schemathesis = setup::for_contract()?;
    run(cargo().args(["build", "--release", "--package", "chancery-cli"]))?;
    let (store, tokens) = (target().join("contract-test.store"), target().join("contract-test.tokens"));
    if store.exists() {
        fs::remove_dir_all(&store)?;
    }
    fs::write(&tokens, TOKENS)?;
    run(Command::new(chancery()).arg("ingest").arg("--store").arg(&store).args(demo::dispatches()?))?;
    say("the interface against its description");
    let server = Server::start(&store, &[OsStr::new("--token-file"), tokens.as_os_str()])?;
    let output = Command::new(schemathesis)
        .arg("run")
        .arg(format!("{}/openapi.json", server.url))
        .args(["--header", &format!("Authorization: Bearer {TOKEN}"), "--checks", CHECKS])
        .args(["--max-time", &time.as_secs().to_string(), "--request-timeout", "30", "--continue-on-failure"])
        .env("PYTHONPATH", root().join("tests/contract"))
        .env("SCHEMATHESIS_HOOKS", "media_types")
        .current_dir(target())
        .output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    ensure!(output.status.success(), "the interface is not as it is described:\n{said}");
    let summary = said.lines().skip_while(|line| !line.contains(" SUMMARY ")).skip(1);
    Ok(summary.collect::<Vec<_>>().join("\n").trim().to_owned())
}
