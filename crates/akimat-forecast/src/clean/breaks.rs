//! Breaks of level: binary segmentation with a penalty (Scott, Knott 1974; the penalty of Schwarz 1978, as Yao 1988
//! uses it), on the series without its season, with errors by absolute deviations so that one month cannot break it.

use super::{Why, median, seasonal};
use serde::Serialize;

/// Values on each side of a break at least.
const STRETCH_MIN: usize = 4;
/// The penalty in logarithms of the number of values: a level, its place, and room for searching all places. Higher
/// than the classical 2 because public series are correlated with themselves.
const PENALTY: f64 = 4.0;
/// A shift below this many spreads within the stretches is no break, however long the series.
const SIZE_MIN: f64 = 1.5;

/// A break of level.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Break {
    /// First value of the new level, from 0.
    pub index: usize,
    /// Level that the stretch before would have here: its median along the trend, without the season.
    pub before: f64,
    /// Level that the new stretch has here.
    pub after: f64,
    /// Always [`Why::LevelShift`].
    pub why: Why,
}

impl Break {
    /// By how much the level changed, in the unit of the series.
    pub fn size(&self) -> f64 {
        self.after - self.before
    }
}

/// Breaks of level, oldest first. A steady trend is taken off first: growth is no break.
pub fn breaks(values: &[f64], season: usize) -> Vec<Break> {
    let n = values.len();
    if n < 2 * STRETCH_MIN {
        return Vec::new();
    }
    let bare: Vec<f64> =
        values.iter().zip(seasonal(values, season)).map(|(value, season)| value - season).collect();
    // A break bends one estimate of the trend or the other, and may itself look like a trend: the reading with the
    // least criterion counts.
    let trends = [0.0, slope(&bare, n / 2), slope(&bare, season.max(1))];
    let readings = trends.into_iter().map(|trend| {
        let flat: Vec<f64> = bare.iter().enumerate().map(|(i, value)| value - trend * i as f64).collect();
        let edges = search(&flat);
        let penalty = if trend == 0.0 { 0.0 } else { (n as f64).ln() };
        (cost_of(&flat, &edges) + penalty, edges, flat, trend)
    });
    let Some((_, mut edges, flat, trend)) = readings.min_by(|one, other| one.0.total_cmp(&other.0)) else {
        return Vec::new();
    };
    edges.sort_unstable();
    let level = |from: usize, to: usize| median(flat[from..to].to_vec());
    let mut found = Vec::new();
    for (at, &edge) in edges.iter().enumerate() {
        let from = if at == 0 { 0 } else { edges[at - 1] };
        let to = edges.get(at + 1).copied().unwrap_or(n);
        found.push(Break {
            index: edge,
            before: level(from, edge) + trend * edge as f64,
            after: level(edge, to) + trend * edge as f64,
            why: Why::LevelShift,
        });
    }
    found
}

/// The trend a step: the median of the slopes between values `lag` apart, after Theil and Sen. A single break touches
/// only the few slopes that span it.
fn slope(values: &[f64], lag: usize) -> f64 {
    let slopes = values.iter().zip(values.get(lag..).unwrap_or(&[])).map(|(a, b)| (b - a) / lag as f64);
    median(slopes.collect())
}

/// Sum of absolute distances from the median of a stretch.
fn cost(values: &[f64]) -> f64 {
    let middle = median(values.to_vec());
    values.iter().map(|value| (value - middle).abs()).sum()
}

/// The information criterion of a cut: Laplace likelihood and penalty.
fn cost_of(values: &[f64], edges: &[usize]) -> f64 {
    let n = values.len() as f64;
    let mut edges = edges.to_vec();
    edges.sort_unstable();
    edges.push(values.len());
    let mut from = 0;
    let mut sum = 0.0;
    for edge in &edges {
        sum += cost(&values[from..*edge]);
        from = *edge;
    }
    2.0 * n * (sum / n).max(1e-300).ln() + PENALTY * n.ln() * (edges.len() - 1) as f64
}

/// Cuts where the criterion falls most, until it falls no more.
fn search(values: &[f64]) -> Vec<usize> {
    let mut edges: Vec<usize> = Vec::new();
    let mut best = cost_of(values, &edges);
    loop {
        let mut next: Option<(f64, usize)> = None;
        for at in STRETCH_MIN..=values.len() - STRETCH_MIN {
            if edges.iter().any(|edge| edge.abs_diff(at) < STRETCH_MIN) {
                continue;
            }
            let mut tried = edges.clone();
            tried.push(at);
            let cost = cost_of(values, &tried);
            if next.is_none_or(|(least, _)| cost < least) && is_shift(values, &edges, at) {
                next = Some((cost, at));
            }
        }
        match next {
            Some((cost, at)) if cost < best && edges.len() < 8 => {
                best = cost;
                edges.push(at);
            }
            _ => return edges,
        }
    }
}

/// The levels on both sides differ by more than the values within a side do.
fn is_shift(values: &[f64], edges: &[usize], at: usize) -> bool {
    let from = edges.iter().copied().filter(|edge| *edge < at).max().unwrap_or(0);
    let to = edges.iter().copied().filter(|edge| *edge > at).min().unwrap_or(values.len());
    let (before, after) = (&values[from..at], &values[at..to]);
    let shift = (median(after.to_vec()) - median(before.to_vec())).abs();
    let within = (cost(before) + cost(after)) / (to - from) as f64;
    shift > SIZE_MIN * within
}
