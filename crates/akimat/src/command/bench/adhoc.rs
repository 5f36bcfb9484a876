//! `akimat bench adhoc`: groupings that nothing was prepared for, over millions of facts, beside DuckDB on the
//! same files in the same run.

use crate::config::{Config, Home};
use crate::{compose, say};
use akimat_columnar::bench::{Invented, QUESTIONS, compare};
use std::process::ExitCode;

/// Group millions of pseudo facts in ways that nothing was prepared for, and ask DuckDB the same (through
/// python3 with the package duckdb, where there is one)
#[derive(Debug, clap::Args)]
pub(crate) struct Adhoc {
    #[command(flatten)]
    home: Home,
    /// Millions of facts
    #[arg(long, default_value_t = 20)]
    millions: u64,
    /// Times that each question is asked
    #[arg(long, default_value_t = 5)]
    times: usize,
}

impl Adhoc {
    /// Measures.
    ///
    /// # Errors
    /// When the disk is full or the engine fails.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        measure(&Config::load(&self.home)?, self.millions, self.times)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Asks this engine and DuckDB the same, and prints both times.
///
/// # Errors
/// When the disk is full or the engine fails.
pub(super) fn measure(config: &Config, millions: u64, times: usize) -> anyhow::Result<()> {
    let folder = config.columns_folder().join("bench");
    let invented = Invented::at(&folder, millions * 1_000_000)?;
    let report = compose::runtime()?.block_on(compare(&invented, &QUESTIONS, times))?;
    say::out(&format!("{} facts grouped ad hoc\n{report}", invented.n_facts()));
    Ok(())
}
