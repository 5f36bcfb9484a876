//! Columns of figures about territories.

use super::{Arg, Columns, odd};
use crate::observation::{Observation, ObservationScope, ObservationSeries};
use crate::{Result, args};
use akimat_core::{Decimal, KatoCode};

/// What [`read`] reads and [`args`] writes.
pub const COLUMNS: &str = "series, place, year, mantissa, decimals, unit, source, source_url, file_name, \
     sha256, source_row, invented, imported_at";

/// What [`read_series`] reads.
pub const SERIES: &str = "series, unit, count(*), count(distinct place), min(year), max(year)";

/// The territory as it is kept: 0 for the country.
fn place_key(place: Option<KatoCode>) -> i64 {
    place.map_or(0, |code| code.number().into())
}

/// Values of [`COLUMNS`].
pub fn args(observation: &Observation) -> Vec<Arg<'_>> {
    args![
        observation.series.as_str(),
        place_key(observation.place),
        observation.year,
        observation.value.mantissa(),
        observation.value.decimals(),
        observation.unit.as_str(),
        observation.source.as_str(),
        observation.source_url.as_str(),
        observation.file_name.as_str(),
        observation.sha256.as_str(),
        observation.row,
        observation.invented,
        observation.imported_at,
    ]
    .into()
}

/// First and last key of the territories of a scope.
pub fn range(scope: ObservationScope) -> (i64, i64) {
    match scope {
        ObservationScope::Any => (0, 999_999_999),
        ObservationScope::Country => (0, 0),
        ObservationScope::Place(code) => (code.number().into(), code.number().into()),
        ObservationScope::Under(code) => {
            let (first, last) = code.subtree();
            (first.number().into(), last.number().into())
        }
    }
}

/// A figure out of [`COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read(row: &mut Columns<'_>) -> Result<Observation> {
    let series = row.string()?;
    let place = match row.int::<u32>()? {
        0 => None,
        n => Some(KatoCode::from_number(n).ok_or_else(|| odd(format!("{n} is not a territory")))?),
    };
    let year = row.int()?;
    let (mantissa, decimals) = (row.int()?, row.int()?);
    let value = Decimal::new(mantissa, decimals)
        .ok_or_else(|| odd(format!("{mantissa} with {decimals} decimals is out of range")))?;
    Ok(Observation {
        series,
        place,
        year,
        value,
        unit: row.string()?,
        source: row.string()?,
        source_url: row.string()?,
        file_name: row.string()?,
        sha256: row.string()?,
        row: row.int()?,
        invented: row.flag()?,
        imported_at: row.instant()?,
    })
}

/// A series out of [`SERIES`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_series(row: &mut Columns<'_>) -> Result<ObservationSeries> {
    Ok(ObservationSeries {
        series: row.string()?,
        unit: row.string()?,
        n: row.int()?,
        n_places: row.int()?,
        year_min: row.int()?,
        year_max: row.int()?,
    })
}
