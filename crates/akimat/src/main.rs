//! The one binary `akimat`: the composition root, where database and solver are chosen, and the command
//! line.
//!
//! Reading order: [`command`] (one file a command), [`config`] (settings), [`compose`] (putting the
//! platform together), [`demo`] (the demonstration), [`say`] (how the command line speaks).

mod backup;
mod command;
mod compose;
mod config;
mod demo;
mod input;
mod keeper;
mod key;
mod log;
mod metrics;
mod process;
mod progress;
mod provider;
mod say;
mod signing;
mod table;

use clap::Parser;
use std::process::ExitCode;

/// Akimat: a local government plans, decides, delivers and answers for its projects, with its residents.
#[derive(Debug, Parser)]
#[command(name = "akimat", version, arg_required_else_help = true, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: command::Command,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    log::start(cli.command.serves());
    match cli.command.run() {
        Ok(code) => code,
        Err(error) => {
            say::err(&format!("akimat: {error:#}"));
            if error.is::<input::Unreadable>() { input::UNREADABLE.into() } else { ExitCode::FAILURE }
        }
    }
}
