//! `akimat import oc4ids` and `akimat import ocds`.

use super::{Answer, Source};
use crate::compose::Platform;
use crate::config::Config;
use crate::say;
use akimat_app::open_contracting::{Refused, told};
use akimat_core::KatoCode;

/// A package of OC4IDS or OCDS.
#[derive(Debug, clap::Args)]
pub(crate) struct OpenContracting {
    #[command(flatten)]
    pub(super) source: Source,
    /// KATO code of projects whose locations name no territory
    #[arg(long, value_name = "CODE")]
    place: Option<KatoCode>,
    /// Tell what would happen and write nothing
    #[arg(long)]
    dry_run: bool,
}

impl OpenContracting {
    pub(super) async fn run(&self, platform: &Platform, bytes: &[u8]) -> anyhow::Result<Answer> {
        let settings = Config::load(&self.source.home)?.open_contracting.settings();
        let app = &platform.app;
        let done = app
            .import_open_contracting_as_operator(&settings, bytes.to_vec(), (self.place, self.dry_run))
            .await;
        match done {
            Ok(done) => {
                let would = if self.dry_run { "would come in: " } else { "" };
                Ok(Answer::Done(format!(
                    "{would}{} new projects, {} known, {} new processes, {} changed, {} the same",
                    done.projects, done.known, done.processes, done.changed, done.same
                )))
            }
            Err(Refused::Package(faults)) => {
                let locale = say::words(self.source.lang);
                for fault in &faults {
                    say::err(&format!("{}: {}", self.source.name(), say::fault_line(locale, &told(fault))));
                }
                Ok(Answer::Refused)
            }
            Err(Refused::App(error)) => Err(self.source.failed(&error)),
        }
    }
}
