//! `akimat bench`: the measurements of `docs/performance.md`.

mod adhoc;
mod ballots;
mod budgets;
mod candidates;
mod client;
mod count;
mod http;
mod log;
mod register;
mod roster;
mod seed;
mod sheet;
mod vote_http;
mod votes;

use clap::Subcommand;
use std::process::ExitCode;
use std::time::Duration;

/// Measure.
#[derive(Debug, Subcommand)]
pub(crate) enum Bench {
    /// Enlarge the demonstration by pseudo data, marked as invented
    Seed(seed::Seed),
    /// Ask a server for pages over many connections
    Http(http::Http),
    /// Ask a server for its register of projects by every filter, order and words in three languages
    Register(register::Register),
    /// Print a register of pseudo projects as a table, to measure an import
    Sheet(sheet::Sheet),
    /// Cast votes straight into the database
    Votes(votes::Votes),
    /// Cast votes over HTTP as residents who are signed in
    VoteHttp(vote_http::VoteHttp),
    /// Hand in ballots at a steady rate, at one or more servers of one database, and look for every receipt
    Ballots(ballots::Ballots),
    /// Fill the cube of budget facts at the scale of a country, import a large file, ask every kind of question
    Budgets(budgets::Budgets),
    /// Group millions of facts in ways that nothing was prepared for, beside DuckDB
    Adhoc(adhoc::Adhoc),
    /// Write leaves into the transparency log while it is signed, and make proofs
    Log(log::Log),
    /// Count the participatory budgets of a folder, beside pabutools
    Count(count::Count),
}

impl Bench {
    /// Does it.
    ///
    /// # Errors
    /// When the server or the database does not answer.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        match self {
            Self::Seed(command) => command.run(),
            Self::Http(command) => command.run(),
            Self::Register(command) => command.run(),
            Self::Sheet(command) => command.run(),
            Self::Votes(command) => command.run(),
            Self::VoteHttp(command) => command.run(),
            Self::Ballots(command) => command.run(),
            Self::Budgets(command) => command.run(),
            Self::Adhoc(command) => command.run(),
            Self::Log(command) => command.run(),
            Self::Count(command) => command.run(),
        }
    }
}

/// A share of sorted durations, in milliseconds: 0.5 is the median.
fn quantile_ms(sorted: &[Duration], share: f64) -> f64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index of a list")]
    let at = ((sorted.len().saturating_sub(1)) as f64 * share).round() as usize;
    sorted.get(at).map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_in_the_middle() {
        let times: Vec<Duration> = (1..=100).map(Duration::from_millis).collect();
        assert!((quantile_ms(&times, 0.5) - 51.0).abs() < 1.1);
        assert!((quantile_ms(&times, 0.99) - 99.0).abs() < 0.1);
        assert!(quantile_ms(&[], 0.5).abs() < f64::EPSILON);
    }
}
