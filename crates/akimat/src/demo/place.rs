//! Territories: the real top-level units, the units of the real budgets, the invented district.

use akimat_app::App;
use akimat_core::{KatoCode, Place, PlaceKind, Text};
use anyhow::Context;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

const TOP_LEVEL: &str = include_str!("../../../../data/place/top_level.json");
const BUDGET_UNITS: &str = include_str!("../../../../data/place/budget_units.json");
const INVENTED: &str = include_str!("../../../../data/demo/places.json");

/// The invented district.
pub(crate) fn district() -> KatoCode {
    KatoCode::from_number(990_100_000).expect("nine digits, the first two not 00")
}

#[derive(Debug, Deserialize)]
struct Record {
    code: KatoCode,
    parent: Option<KatoCode>,
    kind: PlaceKind,
    name: Text,
    valid_from: Date,
}

/// The 20 top-level units with their names in three languages.
///
/// # Errors
/// When the embedded file is damaged, which a test excludes.
pub(crate) fn top_level(app: &App) -> anyhow::Result<Vec<Place>> {
    let mut depths = BTreeMap::new();
    read(app, TOP_LEVEL, false, &mut depths).context("top_level.json")
}

/// Every territory of the demonstration, each after the one above it.
///
/// # Errors
/// When an embedded file is damaged, which a test excludes.
pub(crate) fn all(app: &App) -> anyhow::Result<Vec<Place>> {
    let mut depths = BTreeMap::new();
    let mut places = read(app, TOP_LEVEL, false, &mut depths).context("top_level.json")?;
    places.extend(read(app, BUDGET_UNITS, false, &mut depths).context("budget_units.json")?);
    places.extend(read(app, INVENTED, true, &mut depths).context("places.json")?);
    Ok(places)
}

fn read(
    app: &App,
    json: &str,
    invented: bool,
    depths: &mut BTreeMap<KatoCode, u8>,
) -> anyhow::Result<Vec<Place>> {
    let records: Vec<Record> = serde_json::from_str(json)?;
    let mut places = Vec::with_capacity(records.len());
    for record in records {
        let Record { code, parent, kind, name, valid_from } = record;
        let depth = match parent {
            None => 1,
            Some(parent) => {
                1 + depths.get(&parent).with_context(|| format!("{code} comes before {parent}"))?
            }
        };
        depths.insert(code, depth);
        let id = app.new_place_id();
        places.push(Place { id, code, parent, depth, kind, name, valid_from, valid_to: None, invented });
    }
    Ok(places)
}
