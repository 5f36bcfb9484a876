//! `akimat scenario run FILE`: a downloaded scenario computed again, without any database.

use crate::input::{self, FINDINGS, UNREADABLE};
use crate::say;
use akimat_core::MoneyUnit;
use akimat_scenario::{Base, Limits, Outcome, Scenario, run};
use serde::Deserialize;
use std::path::PathBuf;
use std::process::ExitCode;

const LIMITS: &str = include_str!("../../../../data/scenario/limits.json");

/// What-if scenarios.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum ScenarioCommand {
    /// Compute a downloaded scenario again from the budgets in the file. Exit status 0, 1 when its
    /// assumptions contradict each other, 3 unreadable
    Run(Run),
}

/// Computes a scenario again.
#[derive(Debug, clap::Args)]
pub(crate) struct Run {
    /// JSON as the page of a scenario gives it: `scenario` and `base`
    file: PathBuf,
    /// Print everything as JSON, amounts in tiyn
    #[arg(long)]
    json: bool,
}

/// A downloaded scenario; what else is in the file is not read.
#[derive(Debug, Deserialize)]
struct Document {
    scenario: Scenario,
    base: Base,
}

impl ScenarioCommand {
    /// Does it.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let Self::Run(command) = self;
        command.run()
    }
}

impl Run {
    fn run(self) -> anyhow::Result<ExitCode> {
        let bytes = input::read(&self.file)?;
        let document: Document = match serde_json::from_slice(&bytes) {
            Ok(document) => document,
            Err(error) => {
                say::err(&format!("{}: {error}", self.file.display()));
                return Ok(UNREADABLE.into());
            }
        };
        let limits = Limits::from_json(LIMITS)?;
        match run(&document.base, &document.scenario, &limits) {
            Ok(outcomes) if self.json => say::out(&serde_json::to_string_pretty(&outcomes)?),
            Ok(outcomes) => print(&outcomes),
            Err(refused) => {
                say::err(&serde_json::to_string_pretty(&refused.0)?);
                return Ok(FINDINGS.into());
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Code, then the change of the balance in the three cases, thousand tenge; the largest loss first.
fn print(outcomes: &[Outcome; 3]) {
    let [low, central, high] = outcomes;
    say::out("code,change_low,change_central,change_high,kept_bp");
    let mut order: Vec<usize> = (0..central.units.len()).collect();
    order.sort_by_key(|&at| (central.units[at].change, central.units[at].code));
    for at in order {
        let amount = |outcome: &Outcome| outcome.units[at].change.to_decimal(MoneyUnit::ThousandTenge, 1);
        let kept = central.units[at].marginal.map_or_else(String::new, |kept| kept.to_string());
        let code = central.units[at].code;
        say::out(&format!("{code},{},{},{},{kept}", amount(low), amount(central), amount(high)));
    }
}
