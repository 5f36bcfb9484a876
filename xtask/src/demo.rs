//! `cargo xtask demo`: from a fresh clone to a running demonstration.

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::{needs, place, sh};

#[derive(Debug, clap::Args)]
pub(crate) struct Demo {
    /// Where the database and uploaded files live; made on the first start
    #[arg(long, default_value = "./akimat-data", value_name = "DIR")]
    data: PathBuf,
    /// Address to serve on
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDR")]
    listen: String,
    /// Install no system packages: stop and say what is missing
    #[arg(long)]
    no_install: bool,
}

impl Demo {
    /// Builds and becomes the server.
    ///
    /// # Errors
    /// When a package is missing, the build fails or the program cannot be started.
    pub(crate) fn run(&self) -> Result<ExitCode> {
        needs::provide(needs::BUILD, !self.no_install)?;
        println!("Building in release; the first time takes some minutes.");
        sh::run(sh::cargo().args(["build", "--release", "--package", "akimat"]))?;
        let mut akimat = Command::new(place::built("release", "akimat")?);
        akimat.arg("demo").arg("--data").arg(&self.data).args(["--listen", &self.listen]);
        become_program(&mut akimat)
    }
}

/// Replaces this process, so that Ctrl-C and every other signal reach the server itself.
#[cfg(unix)]
fn become_program(command: &mut Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt as _;
    Err(anyhow::Error::new(command.exec())
        .context(format!("could not start {}", command.get_program().display())))
}

#[cfg(not(unix))]
fn become_program(command: &mut Command) -> Result<ExitCode> {
    Ok(if sh::succeeds(command)? { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
