//! Chores of the repository: start the demonstration, run every test, keep the house in order.
//!
//! Reading order: this file lists the chores, one module each. What they share lives in `sh` (running programs),
//! `needs` (system packages) and `place` (where things are).
#![expect(clippy::print_stdout, reason = "a chore speaks to the person who started it")]

mod demo;
mod needs;
mod place;
mod sh;
mod suite;
mod supply;
mod tidy;

use std::process::ExitCode;

use clap::Parser;

#[derive(Debug, Parser)]
#[command(name = "cargo xtask", about = "Chores of the repository")]
enum Chore {
    /// Build in release and serve the demonstration; the first start loads it, the next ones open it
    Demo(demo::Demo),
    /// Install what the tests need and run all of them: format, lints, Rust, both databases, browser
    Test(suite::Suite),
    /// Run a command beside a private PostgreSQL, its address in AKIMAT_TEST_POSTGRES_URL:
    /// `cargo xtask postgres cargo test -p akimat-storage-postgres`
    Postgres(suite::BesidePostgres),
    /// Compare the crates with architecture.toml and the maps with the tree
    Tidy,
    /// Check licences and sources of everything that is built in, against deny.toml
    Supply,
    /// Write the list of everything that is built into the program (CycloneDX, JSON)
    Sbom(supply::Sbom),
}

fn main() -> ExitCode {
    let done = match Chore::parse() {
        Chore::Demo(demo) => demo.run(),
        Chore::Test(suite) => suite.run(),
        Chore::Postgres(command) => command.run(),
        Chore::Tidy => tidy::run(),
        Chore::Supply => supply::run().map(|fine| if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE }),
        Chore::Sbom(sbom) => sbom.run(),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            println!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
