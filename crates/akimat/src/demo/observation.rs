//! Figures about the invented region.

use akimat_app::App;
use akimat_app::observation::ObservationFile;
use akimat_interop::budget::sha256_hex;
use akimat_interop::observation::decode_observations;
use akimat_storage::Observation;
use anyhow::anyhow;

const FIGURES: [(&str, &str); 2] = [
    ("observations.csv", include_str!("../../../../data/demo/observations.csv")),
    ("appeals.csv", include_str!("../../../../data/demo/appeals.csv")),
];

/// Every figure of the demonstration.
///
/// # Errors
/// When an embedded file is damaged, which a test excludes.
pub(crate) fn all(app: &App) -> anyhow::Result<Vec<Observation>> {
    let mut all = Vec::new();
    for (name, text) in FIGURES {
        let rows =
            decode_observations(text.as_bytes()).map_err(|problems| anyhow!("{name}: {problems:?}"))?;
        let file = ObservationFile { name: name.to_owned(), sha256: sha256_hex(text.as_bytes()) };
        all.extend(app.observations(&file, rows));
    }
    Ok(all)
}
