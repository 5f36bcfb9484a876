//! One build for lints, tests and the browser's server.
//!
//! Clippy is a compiler with more to say: as the wrapper of the workspace's own crates it lints while it builds. A
//! `cargo clippy` beside the build would compile everything a second time, which is most of a run on two cores.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result};

use super::tally::Outcome;
use crate::sh;

/// The cargo of this build: what it compiles is found ready by every later step that asks through here.
pub(super) fn cargo() -> Command {
    let mut cargo = sh::cargo();
    cargo.env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver");
    cargo
}

/// Builds libraries, programs, tests and examples (or the programs alone). Says whether they are there, and counts
/// the lints as one check that fails on any warning.
///
/// # Errors
/// When cargo cannot be started.
pub(super) fn run(programs_alone: bool) -> Result<(bool, Outcome)> {
    let targets = if programs_alone { "--bins" } else { "--all-targets" };
    let mut build = cargo();
    build.args(["build", "--workspace", targets, "--message-format=json-render-diagnostics"]);
    let mut child = build.stdout(Stdio::piped()).spawn().context("could not start cargo")?;
    let messages = child.stdout.take().context("cargo has no output")?;
    let mut warnings = 0_u32;
    for line in BufReader::new(messages).lines() {
        warnings += u32::from(is_warning(&line?));
    }
    let built = child.wait()?.success();
    if warnings > 0 {
        println!("{warnings} warnings; none is allowed.");
    }
    let clean = built && warnings == 0;
    Ok((built, if clean { Outcome { passed: 1, failed: 0 } } else { Outcome::failure() }))
}

/// Whether a line of cargo's JSON is a warning of the compiler or of Clippy about code of ours; cargo repeats them
/// for what was built before.
fn is_warning(line: &str) -> bool {
    let Ok(message) = serde_json::from_str::<serde_json::Value>(line) else { return false };
    message["reason"] == "compiler-message" && message["message"]["level"] == "warning"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_warnings_are_counted() {
        let check = |line: &str, expect: bool| assert_eq!(is_warning(line), expect, "{line}");
        check(r#"{"reason":"compiler-message","message":{"level":"warning","message":"unused"}}"#, true);
        check(r#"{"reason":"compiler-message","message":{"level":"error","message":"mismatched"}}"#, false);
        check(r#"{"reason":"compiler-artifact","target":{"name":"warning"}}"#, false);
        check("not JSON", false);
    }
}
