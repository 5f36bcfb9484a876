//! Counting what passed and what failed.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

/// Tests that passed and failed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) passed: u32,
    pub(super) failed: u32,
}

impl Outcome {
    /// One thing failed.
    pub(super) fn failure() -> Self {
        Self { passed: 0, failed: 1 }
    }
}

/// The steps done so far.
#[derive(Debug, Default)]
pub(super) struct Tally {
    steps: Vec<(&'static str, Outcome, Duration)>,
}

impl Tally {
    /// Runs one step under a heading; a step that cannot run at all counts as failed. Says whether nothing failed.
    pub(super) fn step(&mut self, name: &'static str, work: impl FnOnce() -> Result<Outcome>) -> bool {
        println!("\n== {name} ==");
        let start = Instant::now();
        let outcome = work().unwrap_or_else(|error| {
            println!("{error:#}");
            Outcome::failure()
        });
        self.steps.push((name, outcome, start.elapsed()));
        outcome.failed == 0
    }

    /// Prints the table and the closing line.
    pub(super) fn close(self) -> ExitCode {
        println!("\n== Summary ==");
        let mut sum = Outcome::default();
        for (name, outcome, took) in &self.steps {
            let verdict = if outcome.failed == 0 { "ok" } else { "FAILED" };
            let Outcome { passed, failed } = outcome;
            println!(
                "{verdict:<7} {name:<18} {passed:>5} passed {failed:>4} failed {:>7.1} s",
                took.as_secs_f64()
            );
            sum.passed += passed;
            sum.failed += failed;
        }
        println!("{} passed, {} failed", sum.passed, sum.failed);
        if sum.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

/// Runs a test program, passing its output on and adding up what `count` reads in its lines. A run that ends badly
/// without naming a failed test (it did not build, it crashed) counts as one failure.
///
/// # Errors
/// When the program cannot be started.
pub(super) fn counted(command: &mut Command, count: fn(&str) -> Option<Outcome>) -> Result<Outcome> {
    let mut child = command.stdout(Stdio::piped()).spawn().context("could not start the tests")?;
    let output = child.stdout.take().context("the tests have no output")?;
    let mut sum = Outcome::default();
    for line in BufReader::new(output).split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        if let Some(more) = count(&line) {
            sum.passed += more.passed;
            sum.failed += more.failed;
        }
    }
    if !child.wait()?.success() {
        sum.failed = sum.failed.max(1);
    }
    Ok(sum)
}

/// Reads `test result: ok. 12 passed; 0 failed; ...`, one per test program.
pub(super) fn rust_line(line: &str) -> Option<Outcome> {
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let number =
        |word: &str| counts.split("; ").find_map(|part| part.strip_suffix(word)?.trim().parse().ok());
    Some(Outcome { passed: number("passed")?, failed: number("failed")? })
}

/// Reads the closing lines of Node's test runner: `ℹ pass 12`, `ℹ fail 0`, `ℹ cancelled 0`.
pub(super) fn node_line(line: &str) -> Option<Outcome> {
    let mut words = line.strip_prefix("ℹ ").or_else(|| line.strip_prefix("# "))?.split(' ');
    let (kind, number) = (words.next()?, words.next()?.trim().parse().ok()?);
    match (kind, words.next()) {
        ("pass", None) => Some(Outcome { passed: number, failed: 0 }),
        ("fail" | "cancelled", None) => Some(Outcome { passed: 0, failed: number }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_both_runners_are_counted() {
        let check = |read: fn(&str) -> Option<Outcome>, line: &str, expect: Option<(u32, u32)>| {
            let expect = expect.map(|(passed, failed)| Outcome { passed, failed });
            assert_eq!(read(line), expect, "{line}");
        };
        let tail = "1 ignored; 0 measured; 0 filtered out; finished in 0.10s";
        check(rust_line, &format!("test result: ok. 12 passed; 0 failed; {tail}"), Some((12, 0)));
        check(rust_line, &format!("test result: FAILED. 3 passed; 2 failed; {tail}"), Some((3, 2)));
        check(rust_line, "test a_result ... ok", None);
        check(rust_line, "test result: nonsense", None);
        check(node_line, "ℹ pass 7", Some((7, 0)));
        check(node_line, "ℹ fail 2", Some((0, 2)));
        check(node_line, "# cancelled 1", Some((0, 1)));
        check(node_line, "ℹ tests 9", None);
        check(node_line, "ℹ duration_ms 9.5", None);
    }
}
