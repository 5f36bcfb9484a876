//! What a network sees of a series: the last values measured from the last one in units of the usual change.

use serde::{Deserialize, Serialize};

/// Scaled values beyond this say nothing more.
const INPUT_MAX: f32 = 30.0;
/// Numbers beside the lags and their masks.
const EXTRAS: usize = 4;

/// What goes in and comes out of a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// Steps of a season: 1, 4 or 12.
    pub season: usize,
    /// Last values seen; shorter histories are padded and masked.
    pub lags: usize,
    /// Steps ahead.
    pub horizon: usize,
    /// Works on logarithms: only for series of positive values.
    pub log: bool,
}

/// Where the outputs are measured from and in what unit, in values or their logarithms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Origin {
    /// The last value.
    pub base: f64,
    /// Mean absolute change from value to value in the window.
    pub scale: f64,
}

impl Shape {
    /// Numbers that go in: lags, their masks, four numbers about the window as a whole.
    pub const fn inputs(&self) -> usize {
        2 * self.lags + EXTRAS
    }

    /// Whether a network of this shape can say anything of these values.
    pub fn fits(&self, values: &[f64]) -> bool {
        values.len() >= 2 && (!self.log || values.iter().all(|value| *value > 0.0))
    }

    /// Appends the [`Shape::inputs`] numbers of a history to `row`. The history must fit.
    pub fn encode(&self, values: &[f64], row: &mut Vec<f32>) -> Origin {
        let window = &values[values.len().saturating_sub(self.lags)..];
        let seen: Vec<f64> = window.iter().map(|value| self.seen(*value)).collect();
        let last = seen.last().copied().unwrap_or(0.0);
        let first = seen.first().copied().unwrap_or(0.0);
        let count = seen.len().max(1) as f64;
        let change = mean_change(&seen, 1);
        let level = seen.iter().map(|value| value.abs()).sum::<f64>() / count;
        let floor = if self.log { 1e-3 } else { 1e-3 * level };
        let scale = change.max(floor).max(1e-12);
        let pad = self.lags - seen.len();
        let scaled = |value: f64| single((value - last) / scale).clamp(-INPUT_MAX, INPUT_MAX);
        row.extend(std::iter::repeat_n(scaled(first), pad));
        row.extend(seen.iter().map(|value| scaled(*value)));
        row.extend((0..self.lags).map(|lag| if lag < pad { 0.0 } else { 1.0 }));
        row.push(single(count.ln()));
        row.push(single((values.len() as f64).ln()));
        row.push(bounded(last.abs() / scale));
        let seasonal = if self.season > 1 { mean_change(&seen, self.season) } else { change };
        row.push(if seasonal > 0.0 { bounded(seasonal / scale) } else { 0.0 });
        Origin { base: last, scale }
    }

    /// A value as the network measures it.
    pub fn seen(&self, value: f64) -> f64 {
        if self.log { value.ln() } else { value }
    }

    /// An output of the network as a value.
    pub fn value(&self, origin: Origin, output: f32) -> f64 {
        let seen = origin.base + origin.scale * f64::from(output);
        // Beyond e^60 no public figure has a meaning; the cap keeps sums finite.
        if self.log { seen.min(60.0).exp() } else { seen }
    }
}

/// A number as the networks hold numbers.
#[expect(
    clippy::cast_possible_truncation,
    reason = "networks compute in single precision; the rest is rounding"
)]
pub fn single(value: f64) -> f32 {
    value as f32
}

fn bounded(ratio: f64) -> f32 {
    single(ratio.max(1e-6).ln().clamp(-14.0, 14.0))
}

/// Mean of |x_t − x_(t−lag)|; 0 where nothing can be compared.
fn mean_change(values: &[f64], lag: usize) -> f64 {
    crate::model::mean_abs_change(values, lag)
}
