//! `akimat openapi`.

use crate::say;
use std::process::ExitCode;

/// Print the description of the API.
#[derive(Debug, clap::Args)]
pub(crate) struct Openapi {}

impl Openapi {
    /// Prints it.
    ///
    /// # Errors
    /// Never: it is part of the program.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        say::out(&serde_json::to_string_pretty(&akimat_web_api::openapi())?);
        Ok(ExitCode::SUCCESS)
    }
}
