//! Territories.

use crate::{App, Result};
use akimat_core::Place;
use akimat_storage::Change;
use serde_json::json;

impl App {
    /// The operator imports territories: all of them or none.
    ///
    /// # Errors
    /// When the database fails; nothing is then imported.
    pub async fn import_places_as_operator(&self, places: Vec<Place>, source: &str) -> Result<usize> {
        let n_places = places.len();
        let audit =
            self.audit(None, "import_places", source, None, &json!({ "places": n_places, "source": source }));
        self.store().apply(vec![Change::PutPlaces(places), audit]).await?;
        Ok(n_places)
    }
}
