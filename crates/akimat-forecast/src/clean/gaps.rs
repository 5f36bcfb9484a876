//! Missing periods.

use super::{CleanRefusal, Why, seasonal};
use serde::Serialize;

/// A gap that was filled.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Filled {
    /// Position from 0, counted from the first known value.
    pub index: usize,
    /// What was put there, in the unit of the series.
    pub value: f64,
    /// How.
    pub why: Why,
}

/// A history without gaps.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Gaps {
    /// Position of the first known value; what lies before is cut, as is what lies after the last known one.
    pub first: usize,
    /// Values from the first to the last known one.
    pub values: Vec<f64>,
    /// What was filled.
    pub filled: Vec<Filled>,
}

/// Fills gaps by the line between their neighbours and the season, if at most half is missing.
///
/// # Errors
/// [`CleanRefusal`] when nothing is known, a value is not finite, or more than half is missing.
pub fn fill(history: &[Option<f64>], season: usize) -> Result<Gaps, CleanRefusal> {
    let bad = |value: &Option<f64>| value.is_some_and(|value| !value.is_finite());
    if let Some(index) = history.iter().position(bad) {
        return Err(CleanRefusal::NotFinite { index });
    }
    let first = history.iter().position(Option::is_some).ok_or(CleanRefusal::Empty)?;
    let last = history.iter().rposition(Option::is_some).ok_or(CleanRefusal::Empty)?;
    let history = &history[first..=last];
    let missing = history.iter().filter(|value| value.is_none()).count();
    if 2 * missing > history.len() {
        return Err(CleanRefusal::TooManyGaps { missing, of: history.len() });
    }
    if missing == 0 {
        return Ok(Gaps { first, values: history.iter().flatten().copied().collect(), filled: Vec::new() });
    }
    let straight = interpolate(history);
    // The season is seen in the straightly filled series, taken off the known values, and put on again.
    let season = seasonal(&straight, season);
    let bare = history.iter().zip(&season).map(|(value, season)| value.map(|value| value - season));
    let values: Vec<f64> = interpolate(&bare.collect::<Vec<_>>())
        .iter()
        .zip(&season)
        .map(|(value, season)| value + season)
        .collect();
    let why = if season.iter().all(|value| *value == 0.0) {
        Why::InterpolatedWithoutSeason
    } else {
        Why::Interpolated
    };
    let gap = |(index, value): (usize, &Option<f64>)| {
        value.is_none().then(|| Filled { index, value: values[index], why })
    };
    let filled = history.iter().enumerate().filter_map(gap).collect();
    // Known values come back to the bit.
    let values = history.iter().zip(&values).map(|(known, value)| known.unwrap_or(*value)).collect();
    Ok(Gaps { first, values, filled })
}

/// The line between known neighbours; the first and the last value are known.
fn interpolate(history: &[Option<f64>]) -> Vec<f64> {
    let mut values = Vec::with_capacity(history.len());
    let mut before: Option<(usize, f64)> = None;
    for (i, value) in history.iter().enumerate() {
        let Some(value) = *value else { continue };
        if let Some((from, start)) = before {
            let step = (value - start) / (i - from) as f64;
            values.extend((1..i - from).map(|k| start + step * k as f64));
        }
        values.push(value);
        before = Some((i, value));
    }
    values
}
