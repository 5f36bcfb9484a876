//! Figures about the invented region.

use akimat_app::App;
use akimat_app::observation::ObservationFile;
use akimat_interop::budget::sha256_hex;
use akimat_interop::observation::decode_observations;
use akimat_storage::Observation;
use anyhow::anyhow;

const FIGURES: &str = include_str!("../../../../data/demo/observations.csv");

/// Every figure of the demonstration.
///
/// # Errors
/// When the embedded file is damaged, which a test excludes.
pub(crate) fn all(app: &App) -> anyhow::Result<Vec<Observation>> {
    let rows = decode_observations(FIGURES.as_bytes())
        .map_err(|problems| anyhow!("observations.csv: {problems:?}"))?;
    let file =
        ObservationFile { name: "observations.csv".to_owned(), sha256: sha256_hex(FIGURES.as_bytes()) };
    Ok(app.observations(&file, rows))
}
