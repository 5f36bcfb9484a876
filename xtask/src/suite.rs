//! `cargo xtask test`: everything that says whether the work is sound, in one order, on any machine.
//!
//! The steps run to the end even when one fails, so that one run shows all there is to mend. The last line is
//! `N passed, N failed`, counting single tests (format and lints count as one each).

mod browser;
mod build;
mod checker;
mod cluster;
mod guard;
mod tally;

use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::{needs, sh};
use tally::{Outcome, Tally};

#[derive(Debug, clap::Args)]
pub(crate) struct Suite {
    /// Format, lints and Rust tests on SQLite only: no PostgreSQL, no browser
    #[arg(long)]
    quick: bool,
    /// Install no packages: stop and say what is missing
    #[arg(long)]
    no_install: bool,
    /// Only the browser tests
    #[arg(long, conflicts_with = "quick")]
    browser: bool,
}

impl Suite {
    /// Runs the steps and prints the table.
    ///
    /// # Errors
    /// When something the tests need is missing and cannot be installed.
    pub(crate) fn run(&self) -> Result<ExitCode> {
        self.provide()?;
        let mut tally = Tally::default();
        if !self.browser {
            tally.step("Format", || one(sh::cargo().args(["fmt", "--all", "--check"])));
        }
        let mut built = false;
        tally.step("Build and lints", || {
            let outcome;
            (built, outcome) = build::run(self.browser)?;
            Ok(outcome)
        });
        if built && !self.browser {
            // What is built is there: nothing need be fetched to look at it.
            tally.step("Licences and sources", || {
                Ok(if crate::supply::run()? { Outcome { passed: 1, failed: 0 } } else { Outcome::failure() })
            });
            self.rust(&mut tally);
        }
        if built && !self.quick {
            tally.step("Browser", browser::run);
        }
        Ok(tally.close())
    }

    fn provide(&self) -> Result<()> {
        let install = !self.no_install;
        let mut all = needs::BUILD.to_vec();
        if !self.quick {
            all.extend_from_slice(needs::BROWSER);
        }
        if !self.quick && !self.browser {
            all.extend_from_slice(needs::POSTGRES);
        }
        needs::provide(&all, install)?;
        if !self.browser && install && !sh::succeeds(quiet(sh::cargo().args(["clippy", "--version"])))? {
            sh::run(Command::new("rustup").args(["component", "add", "clippy", "rustfmt"]))?;
        }
        Ok(())
    }

    /// Every Rust test; with PostgreSQL the adapter's contract runs too.
    fn rust(&self, tally: &mut Tally) {
        let mut cluster = None;
        if !self.quick {
            tally.step("PostgreSQL starts", || {
                cluster = Some(cluster::Cluster::start()?);
                Ok(Outcome::default())
            });
        }
        tally.step("Rust tests", || {
            let mut tests = build::cargo();
            tests.args(["test", "--workspace", "--no-fail-fast"]);
            if let Some(cluster) = &cluster {
                tests.env(cluster::URL_VARIABLE, cluster.url());
            }
            if let Some(python) = checker::provide(!self.no_install) {
                tests.env(checker::PYTHON_VARIABLE, python);
            }
            tally::counted(&mut tests, tally::rust_line)
        });
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct BesidePostgres {
    /// The command and its arguments
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, required = true)]
    command: Vec<String>,
}

impl BesidePostgres {
    /// Runs the command in the folder where it was asked for.
    ///
    /// # Errors
    /// When PostgreSQL or the command cannot be started.
    pub(crate) fn run(&self) -> Result<ExitCode> {
        needs::provide(needs::POSTGRES, true)?;
        let cluster = cluster::Cluster::start()?;
        let mut command = Command::new(&self.command[0]);
        command.args(&self.command[1..]).env(cluster::URL_VARIABLE, cluster.url());
        sh::forget_package(&mut command);
        Ok(if sh::succeeds(&mut command)? { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// A step that is one check.
fn one(command: &mut Command) -> Result<Outcome> {
    Ok(if sh::succeeds(command)? { Outcome { passed: 1, failed: 0 } } else { Outcome::failure() })
}

fn quiet(command: &mut Command) -> &mut Command {
    command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null())
}
