//! What is done to a history before it is forecast, told as data: gaps that were filled, outliers that were put
//! aside for fitting, breaks of level, months below zero, figures that a newer vintage changed.
//!
//! Nothing here changes what a page shows as observed; each step returns what it changed and why, and the caller
//! decides. docs/method/fiscal-year.md, section "Histories".

mod breaks;
mod gaps;
mod outlier;
mod vintage;

pub use breaks::{Break, breaks};
pub use gaps::{Filled, Gaps, fill};
pub use outlier::{Outlier, outliers};
pub use vintage::{Revision, revisions};

use serde::Serialize;

/// Why a value was changed or named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// It was missing and lies between values: the line between them and the season made it.
    Interpolated,
    /// It was missing and no season could be seen: the line between the neighbours made it.
    InterpolatedWithoutSeason,
    /// It lies far from what its neighbours and its season say.
    Outlier,
    /// The level changed and stayed changed.
    LevelShift,
    /// A flow below zero: a correction of earlier periods. It is kept.
    Correction,
    /// A newer vintage states another amount.
    Revised,
}

/// A history cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CleanRefusal {
    /// No value is known.
    #[error("no value is known")]
    Empty,
    /// More than half of the periods between the first and the last known one are missing.
    #[error("{missing} of {of} periods are missing, more than half")]
    TooManyGaps {
        /// Missing periods.
        missing: usize,
        /// Periods between the first and the last known one.
        of: usize,
    },
    /// A value is infinite or not a number.
    #[error("value {} is not a finite number", index + 1)]
    NotFinite {
        /// Its position from 0.
        index: usize,
    },
}

/// A value below zero in a series of flows.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Negative {
    /// Its position from 0.
    pub index: usize,
    /// The value; it is kept.
    pub value: f64,
    /// Always [`Why::Correction`].
    pub why: Why,
}

/// Values below zero: corrections of earlier periods, kept and said.
pub fn negatives(values: &[f64]) -> Vec<Negative> {
    let below = |(index, &value): (usize, &f64)| {
        (value < 0.0).then_some(Negative { index, value, why: Why::Correction })
    };
    values.iter().enumerate().filter_map(below).collect()
}

/// A history ready to be forecast, and all that was done to it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cleaned {
    /// Position of the first value in the history given: what lies before the first known one is cut.
    pub first: usize,
    /// Values to fit with: gaps filled, outliers put aside.
    pub values: Vec<f64>,
    /// Gaps that were filled.
    pub filled: Vec<Filled>,
    /// Outliers that were put aside for fitting; the facts stay what they are.
    pub outliers: Vec<Outlier>,
    /// Breaks of level; the caller may cut the history after the last one.
    pub breaks: Vec<Break>,
    /// Values below zero.
    pub negatives: Vec<Negative>,
}

/// All steps in their order: gaps, breaks, outliers within the stretches between breaks. Positions count from the
/// first value kept.
///
/// # Errors
/// [`CleanRefusal`] when nothing is known, a value is not finite, or more than half is missing.
pub fn clean(history: &[Option<f64>], season: usize) -> Result<Cleaned, CleanRefusal> {
    let Gaps { first, values, filled } = fill(history, season)?;
    let breaks = breaks(&values, season);
    let (cleaned, outliers) = outliers(&values, season, &breaks);
    Ok(Cleaned { first, negatives: negatives(&values), values: cleaned, filled, outliers, breaks })
}

/// The middle value; 0 of nothing.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let n = values.len();
    match (n, n % 2) {
        (0, _) => 0.0,
        (_, 1) => values[n / 2],
        _ => f64::midpoint(values[n / 2 - 1], values[n / 2]),
    }
}

/// Seasonal part of each value: medians of the seasons' distance from a running median of a whole season, summing
/// to zero. All zero where there are fewer than two seasons and a half.
fn seasonal(values: &[f64], season: usize) -> Vec<f64> {
    if season < 2 || 2 * values.len() < 5 * season {
        return vec![0.0; values.len()];
    }
    let level = running(values, season);
    let distance =
        |phase: usize| median((phase..values.len()).step_by(season).map(|i| values[i] - level[i]).collect());
    let mut profile: Vec<f64> = (0..season).map(distance).collect();
    let mean = profile.iter().sum::<f64>() / season as f64;
    profile.iter_mut().for_each(|value| *value -= mean);
    (0..values.len()).map(|i| profile[i % season]).collect()
}

/// Running median over a window of `width` values or a little more, shorter at the ends.
fn running(values: &[f64], width: usize) -> Vec<f64> {
    let half = (width / 2).max(2);
    let window = |i: usize| values[i.saturating_sub(half)..(i + half + 1).min(values.len())].to_vec();
    (0..values.len()).map(|i| median(window(i))).collect()
}
