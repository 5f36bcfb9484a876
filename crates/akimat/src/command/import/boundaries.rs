//! `akimat import boundaries`.

use super::{Answer, Source};
use crate::compose::Platform;
use akimat_app::boundary::Drawing;
use akimat_interop::boundary::decode_boundaries;

/// Borders of territories as GeoJSON, each feature with the property kato.
#[derive(Debug, clap::Args)]
pub(crate) struct Boundaries {
    #[command(flatten)]
    pub(super) source: Source,
    /// Whose drawing it is, under which licence: stands under the map
    #[arg(long, value_name = "TEXT")]
    credit: String,
    /// The borders are made up
    #[arg(long)]
    invented: bool,
}

impl Boundaries {
    pub(super) async fn run(&self, platform: &Platform, bytes: &[u8]) -> anyhow::Result<Answer> {
        let outlines = match decode_boundaries(bytes) {
            Ok(outlines) => outlines,
            Err(problems) => return Ok(Answer::Problems(problems)),
        };
        let drawing = Drawing { source: self.credit.clone(), invented: self.invented };
        let stored = platform.app.import_boundaries_as_operator(&outlines, &drawing).await;
        let n_boundaries = stored.map_err(|error| self.source.failed(&error))?;
        Ok(Answer::Done(format!("borders of {n_boundaries} territories")))
    }
}
