//! Outliers: values far from what their neighbours and their season say.

use super::{Break, Why, median, running, seasonal};
use serde::Serialize;

/// A value further than this many robust standard deviations from its expectation is an outlier: 3 times the
/// interquartile range of a normal distribution, the rule of Hyndman's `tsoutliers`, is 4.05.
const SPREADS_MAX: f64 = 4.05;
/// Standard deviations in a median absolute deviation.
const MAD: f64 = 1.4826;
/// Values that a stretch needs for its outliers to be seen.
const STRETCH_MIN: usize = 6;

/// An outlier; it is replaced for fitting only.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Outlier {
    /// Its position from 0.
    pub index: usize,
    /// The fact.
    pub value: f64,
    /// What the fit sees instead.
    pub expected: f64,
    /// Always [`Why::Outlier`].
    pub why: Why,
}

/// Values to fit with, and what was put aside. Each stretch between breaks is judged alone.
pub fn outliers(values: &[f64], season: usize, breaks: &[Break]) -> (Vec<f64>, Vec<Outlier>) {
    let mut cleaned = values.to_vec();
    let mut found = Vec::new();
    let mut edges: Vec<usize> = breaks.iter().map(|own| own.index).collect();
    edges.push(values.len());
    let mut from = 0;
    for to in edges {
        if to - from >= STRETCH_MIN {
            let stretch = &values[from..to];
            for (i, expected) in far(stretch, season) {
                let value = stretch[i];
                cleaned[from + i] = expected;
                found.push(Outlier { index: from + i, value, expected, why: Why::Outlier });
            }
        }
        from = to;
    }
    (cleaned, found)
}

/// Positions and expectations of the values that are far off.
fn far(values: &[f64], season: usize) -> Vec<(usize, f64)> {
    let profile = seasonal(values, season);
    let bare: Vec<f64> = values.iter().zip(&profile).map(|(value, season)| value - season).collect();
    let level = running(&bare, 5);
    let rest: Vec<f64> = bare.iter().zip(&level).map(|(value, level)| value - level).collect();
    let spread = MAD * median(rest.iter().map(|value| value.abs()).collect());
    // In a series that is almost a line any crumb would be an outlier.
    let least = 0.02 * median(values.iter().map(|value| value.abs()).collect());
    let most = SPREADS_MAX * spread.max(least);
    if most <= 0.0 {
        return Vec::new();
    }
    let off = |(i, rest): (usize, &f64)| (rest.abs() > most).then(|| (i, level[i] + profile[i]));
    rest.iter().enumerate().filter_map(off).collect()
}
