//! Borders of territories, as the operator has them.

use crate::{App, AppError, Result};
use akimat_interop::boundary::Outline;
use akimat_storage::{Boundary, Bounds, Change};
use serde_json::json;

/// Whose drawing borders are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// Whose, under which licence: stands under the map.
    pub source: String,
    /// Made up for the demonstration.
    pub invented: bool,
}

impl App {
    /// The operator brings borders in; those of a territory that had some are replaced.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when a territory is not known, and when the database fails.
    pub async fn import_boundaries_as_operator(
        &self,
        outlines: &[Outline],
        drawing: &Drawing,
    ) -> Result<usize> {
        let codes: Vec<_> = outlines.iter().map(|outline| outline.place).collect();
        let known = self.read().list_places_by_code(&codes, self.today()).await?;
        if let Some(unknown) = codes.iter().find(|code| !known.iter().any(|place| place.code == **code)) {
            let fault = crate::FieldFault::new("kato", "problem-place-unknown").with("value", *unknown);
            return Err(AppError::Invalid(vec![fault]));
        }
        let boundaries: Vec<Boundary> =
            outlines.iter().filter_map(|outline| boundary(outline, drawing)).collect();
        let n_boundaries = boundaries.len();
        let detail = json!({ "territories": n_boundaries, "source": drawing.source });
        let audit = self.audit(None, "import_boundaries", &drawing.source, None, &detail);
        self.store().apply(vec![Change::PutBoundaries(boundaries), audit]).await?;
        Ok(n_boundaries)
    }
}

/// As it is stored; nothing when there is no point.
fn boundary(outline: &Outline, drawing: &Drawing) -> Option<Boundary> {
    let points = || outline.rings.iter().flatten();
    let bounds = Bounds {
        south_e6: points().map(|point| point.lat_e6).min()?,
        west_e6: points().map(|point| point.lon_e6).min()?,
        north_e6: points().map(|point| point.lat_e6).max()?,
        east_e6: points().map(|point| point.lon_e6).max()?,
    };
    let rings: Vec<Vec<[i32; 2]>> = outline
        .rings
        .iter()
        .map(|ring| ring.iter().map(|point| [point.lat_e6, point.lon_e6]).collect())
        .collect();
    Some(Boundary {
        place: outline.place,
        bounds,
        rings: json!(rings).to_string(),
        source: drawing.source.clone(),
        invented: drawing.invented,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_border_knows_its_rectangle() {
        let point = |lat_e6, lon_e6| akimat_project::Point { lat_e6, lon_e6 };
        let place = "990100000".parse().unwrap();
        let outline = Outline { place, rings: vec![vec![point(1, 5), point(3, 4), point(2, 9)]] };
        let drawing = Drawing { source: "x".to_owned(), invented: true };
        let stored = boundary(&outline, &drawing).unwrap();
        assert_eq!(stored.bounds, Bounds { south_e6: 1, west_e6: 4, north_e6: 3, east_e6: 9 });
        assert_eq!(stored.rings, "[[[1,5],[3,4],[2,9]]]");
    }
}
