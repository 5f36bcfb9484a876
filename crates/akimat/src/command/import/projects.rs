//! `akimat import projects`.

use super::{Answer, Source};
use crate::compose::Platform;
use crate::{input, say};
use akimat_core::KatoCode;
use akimat_interop::project_register::mapping::Mapping;
use anyhow::Context;
use std::path::PathBuf;

/// A register of projects.
#[derive(Debug, clap::Args)]
pub(crate) struct Projects {
    #[command(flatten)]
    pub(super) source: Source,
    /// KATO code of rows without place_kato; projects outside of it are refused
    #[arg(long, value_name = "CODE")]
    place: Option<KatoCode>,
    /// JSON file that says how foreign columns and words are to be understood
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// Tell what is wrong and what would change, and write nothing
    #[arg(long)]
    dry_run: bool,
}

impl Projects {
    pub(super) async fn run(&self, platform: &Platform, bytes: &[u8]) -> anyhow::Result<Answer> {
        let mapping = match &self.mapping {
            None => Mapping::default(),
            Some(path) => {
                let text = input::read(path)?;
                serde_json::from_slice(&text).with_context(|| {
                    format!("{} does not say how columns are to be understood", path.display())
                })?
            }
        };
        let file = (self.source.name(), bytes.to_vec());
        let looked = platform
            .app
            .import_register_as_operator(self.place, (&file.0, file.1), &mapping, self.dry_run)
            .await;
        let preview = looked.map_err(|error| self.source.failed(&error))?;
        if !preview.problems.is_empty() {
            return Ok(Answer::Problems(preview.problems));
        }
        if !preview.faults.is_empty() {
            let told = preview.faults.iter().map(|fault| (fault.row, &fault.fault));
            say::row_faults(&self.source.file, self.source.lang, told);
            return Ok(Answer::Refused);
        }
        let (added, changed, same) = (preview.added.len(), preview.changed.len(), preview.n_same);
        let verb = if self.dry_run { "would be " } else { "" };
        Ok(Answer::Done(format!("{added} projects {verb}added, {changed} changed, {same} as they were")))
    }
}
