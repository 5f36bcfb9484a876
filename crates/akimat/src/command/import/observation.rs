//! `akimat import observations`.

use super::{Answer, Source};
use crate::compose::Platform;
use akimat_app::observation::ObservationFile;
use akimat_interop::budget::sha256_hex;
use akimat_interop::observation::decode_observations;

/// Figures about territories: people, area, regional product, price indices.
#[derive(Debug, clap::Args)]
pub(crate) struct Observations {
    #[command(flatten)]
    pub(super) source: Source,
}

impl Observations {
    pub(super) async fn run(&self, platform: &Platform, bytes: &[u8]) -> anyhow::Result<Answer> {
        let rows = match decode_observations(bytes) {
            Ok(rows) => rows,
            Err(problems) => return Ok(Answer::Problems(problems)),
        };
        let file = ObservationFile { name: self.source.name(), sha256: sha256_hex(bytes) };
        let n = platform.app.import_observations_as_operator(&file, rows).await;
        let n = n.map_err(|error| self.source.failed(&error))?;
        Ok(Answer::Done(format!("{n} figures about territories")))
    }
}
