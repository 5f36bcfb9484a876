//! `akimat import persons`.

use super::{Answer, Source};
use crate::compose::Platform;
use crate::say;
use akimat_app::AppError;
use akimat_i18n::Arg;
use anyhow::Context;

/// Persons whom a register has checked, as CSV with the columns login, iin and place in any order: with a number level 3,
/// without one level 2. The list is taken whole or not at all; every faulty line is named.
#[derive(Debug, clap::Args)]
pub(crate) struct Persons {
    #[command(flatten)]
    pub(super) source: Source,
    /// Check everything and write nothing
    #[arg(long)]
    dry_run: bool,
}

impl Persons {
    pub(super) async fn run(&self, platform: &Platform, bytes: &[u8]) -> anyhow::Result<Answer> {
        let text = std::str::from_utf8(bytes).context("the list is not UTF-8 text")?;
        let taken = match self.dry_run {
            true => platform.app.check_list_as_operator(text).await,
            false => platform.app.verify_by_list_as_operator(text).await,
        };
        match taken {
            Ok(outcome) => {
                let what = if self.dry_run { "nothing was written: would be verified" } else { "verified" };
                let (verified, waiting) = (outcome.n_verified, outcome.n_waiting);
                Ok(Answer::Done(format!("{what} {verified}, waiting for a second clerk {waiting}")))
            }
            Err(AppError::Invalid(faults)) => {
                let locale = say::words(self.source.lang);
                for fault in &faults {
                    let args: Vec<(&str, Arg<'_>)> =
                        fault.args.iter().map(|(name, value)| (*name, Arg::from(value.as_str()))).collect();
                    say::err(&locale.f(fault.key, &args));
                }
                Ok(Answer::Refused)
            }
            Err(error) => Err(self.source.failed(&error)),
        }
    }
}
