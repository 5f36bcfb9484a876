//! The commands, one file each.

mod account;
mod allocate;
mod appraise;
mod audit;
mod backup;
mod bench;
mod budget;
mod count;
mod demo;
mod export;
mod forecast;
mod import;
mod key;
mod log;
mod openapi;
mod predict_project;
mod rank;
mod restore;
mod scenario;
mod serve;
mod stats;
mod train;
mod warning;

use clap::Subcommand;
use std::process::ExitCode;

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve the platform
    Serve(serve::Serve),
    /// Load the demonstration where it is not loaded yet, and serve it
    Demo(demo::Demo),
    /// Bring files in: all of a file or nothing of it
    #[command(subcommand)]
    Import(import::Import),
    /// Bring data out: by open standards, or everything as tables
    #[command(subcommand)]
    Export(export::Export),
    /// Look at budget files without any database
    #[command(subcommand)]
    Budget(budget::BudgetCommand),
    /// Forecast series of a CSV file
    Forecast(forecast::Forecast),
    /// Predict delay, growth of cost or completion of projects from finished ones
    PredictProject(predict_project::PredictProject),
    /// Choose projects and their years within the rules of a programme, with a proven bound and reasons
    Allocate(allocate::Allocate),
    /// Reckon present values, rates of return, partnerships, earned value, uplifts
    Appraise(appraise::Appraise),
    /// Rank projects, or find weights, by a multi-criteria method
    Rank(rank::Rank),
    /// Count a participatory budget exactly, with a trace that anyone can check
    Count(Box<count::Count>),
    /// Check a published count from its file and its trace
    CheckCount(count::CheckCount),
    /// Statistics over a table: descriptions, tests, regressions, weights
    Stats(Box<stats::Stats>),
    /// What-if scenarios of decentralisation
    #[command(subcommand)]
    Scenario(scenario::ScenarioCommand),
    /// Early warning: how well its rules would have warned
    Warning(warning::Warning),
    /// Train the neural forecaster again
    #[command(subcommand)]
    Train(train::Train),
    /// Open and list accounts
    #[command(subcommand)]
    Account(account::AccountCommand),
    /// Back the database up into one sealed file, while the server serves
    Backup(backup::Backup),
    /// Put a backup back into an empty place, or check it
    Restore(restore::Restore),
    /// Hold the record of acts against the transparency log
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    /// Change the key of the platform
    #[command(subcommand)]
    Key(key::KeyCommand),
    /// Measure
    #[command(subcommand)]
    Bench(bench::Bench),
    /// Check or watch the transparency log
    #[command(subcommand)]
    Log(log::LogCommand),
    /// Print the description of the API (OpenAPI 3.1)
    Openapi(openapi::Openapi),
}

impl Command {
    /// It runs until it is stopped, and logs more.
    pub(crate) const fn serves(&self) -> bool {
        matches!(self, Self::Serve(_) | Self::Demo(_))
    }

    /// Does it.
    ///
    /// # Errors
    /// What the person at the command line should read.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        match self {
            Self::Serve(command) => command.run(),
            Self::Demo(command) => command.run(),
            Self::Import(command) => command.run(),
            Self::Export(command) => command.run(),
            Self::Budget(command) => command.run(),
            Self::Forecast(command) => command.run(),
            Self::PredictProject(command) => command.run(),
            Self::Allocate(command) => command.run(),
            Self::Appraise(command) => command.run(),
            Self::Rank(command) => command.run(),
            Self::Count(command) => command.run(),
            Self::CheckCount(command) => command.run(),
            Self::Stats(command) => command.run(),
            Self::Scenario(command) => command.run(),
            Self::Warning(command) => command.run(),
            Self::Train(command) => command.run(),
            Self::Account(command) => command.run(),
            Self::Backup(command) => command.run(),
            Self::Restore(command) => command.run(),
            Self::Audit(command) => command.run(),
            Self::Key(command) => command.run(),
            Self::Bench(command) => command.run(),
            Self::Log(command) => command.run(),
            Self::Openapi(command) => command.run(),
        }
    }
}
