//! Prices and borders that comparisons over years need.

use crate::{App, Result};
use akimat_budget::real::{BorderEvent, Deflator};
use akimat_storage::observation::{DEFLATOR, ObservationQuery, ObservationScope};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Events {
    events: Vec<BorderEvent>,
}

static BORDERS: LazyLock<Vec<BorderEvent>> = LazyLock::new(|| {
    let file: Events = serde_json::from_str(include_str!("../../../data/place/border_events.json"))
        .expect("a test reads the file");
    file.events
});

/// Changes of borders that break series.
pub fn borders() -> &'static [BorderEvent] {
    &BORDERS
}

impl App {
    /// Prices of the country as imported, the last year of the series being the measure unless another one
    /// is asked for; `None` when no gapless series is there.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn prices(&self, base_year: Option<i16>) -> Result<Option<Deflator>> {
        let query = ObservationQuery {
            series: vec![DEFLATOR.to_owned()],
            scope: ObservationScope::Country,
            years: 1991..=2100,
        };
        let stored = self.read().list_observations(&query).await?;
        let changes: BTreeMap<i16, i64> = stored
            .iter()
            .filter_map(|own| {
                let scale = 10_i64.checked_pow(u32::from(own.value.decimals()))?;
                Some((own.year, own.value.mantissa().checked_mul(1_000)? / scale))
            })
            .collect();
        let source = stored.last().map(|own| own.source.clone()).unwrap_or_default();
        let Some(last) = changes.keys().next_back().copied() else { return Ok(None) };
        let base = base_year.filter(|year| changes.contains_key(year)).unwrap_or(last);
        Ok(Deflator::from_changes(&source, base, &changes))
    }
}
