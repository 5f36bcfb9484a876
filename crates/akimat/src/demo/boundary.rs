//! Borders of the invented district and of what lies in it.

use akimat_app::App;
use akimat_app::boundary::Drawing;
use akimat_core::Lang;
use akimat_interop::boundary::decode_boundaries;
use anyhow::bail;

const BOUNDARIES: &str = include_str!("../../../../data/demo/boundaries.json");

/// Draws them.
///
/// # Errors
/// When the embedded file is damaged, which a test excludes, or the database fails.
pub(super) async fn add(app: &App) -> anyhow::Result<()> {
    let outlines = match decode_boundaries(BOUNDARIES.as_bytes()) {
        Ok(outlines) => outlines,
        Err(problems) => bail!("boundaries.json: {problems:?}"),
    };
    let drawing = Drawing { source: "Akimat, CC0-1.0".to_owned(), invented: true };
    let stored = app.import_boundaries_as_operator(&outlines, &drawing).await;
    stored.map(|_| ()).map_err(|error| crate::say::app_error(Lang::En, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_borders_can_be_read() {
        let outlines = decode_boundaries(BOUNDARIES.as_bytes()).unwrap();
        assert!(outlines.iter().any(|outline| outline.place == crate::demo::district()));
    }
}
