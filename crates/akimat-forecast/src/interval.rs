//! Intervals that hold. Two sources, mixed like the points: the spreads of the classical models, corrected by how
//! wrong they were at earlier origins of this series, and the quantiles of the neural model; both then times factors
//! measured on many series.
//!
//! Classical half width at step h for a level: `q · b · h^0.15 · sqrt(1 + 5/n) · c · s_h`, where `s_h` is the weighted
//! mean of the models' standard deviations, `c² = (k z² + 6) / (k + 6)` with `z²` the mean squared ratio of
//! past errors to past spreads over `k` origins (a step h weighs 1/√h), `q` the quantile of Student's t with
//! three degrees of freedom (errors of public series have heavy tails), and `b` = 0.75 for yearly and 0.615
//! for quarterly and monthly series. The constants were fixed on the values held back from training parts;
//! docs/method/forecast.md has the coverage measured.

use crate::model::Path;
use crate::neural::{MEDIAN, QUANTILES, Quantiles};
use crate::normal;
use crate::pool::Factors;
use serde::Serialize;
use std::sync::LazyLock;

/// An interval the fact lies in with a probability of `level` per cent.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Interval {
    /// Per cent, 1 to 99.
    pub level: u8,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// The interval that a standard deviation implies when errors are normal.
    pub fn normal(level: u8, point: f64, spread: f64) -> Self {
        let half = upper(level).normal * spread.abs();
        Self { level, low: point - half, high: point + half }
    }

    /// The interval between two quantiles of the neural model.
    pub fn of_quantiles(level: u8, quantiles: &Quantiles) -> Self {
        let (below, above) = reach(quantiles, level);
        Self { level, low: quantiles[MEDIAN] - below, high: quantiles[MEDIAN] + above }
    }
}

/// Errors and spreads of the classical mix at one origin, step by step.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Trial {
    pub(crate) errors: Vec<f64>,
    /// What the mix said.
    pub(crate) path: Path,
}

/// Everything the width depends on besides the step.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Calibration {
    base: f64,
    /// Smallest spread believed.
    floor: f64,
    correction: f64,
}

const GROWTH: f64 = 0.15;
const BASE_YEARLY: f64 = 0.75;
const BASE_SEASONAL: f64 = 0.615;
const SHORT: f64 = 5.0;
const ORIGINS_PRIOR: f64 = 6.0;
/// One wild ratio may not widen everything.
const RATIO_MAX: f64 = 8.0;
/// Beyond the outermost quantiles of the network the tail goes on a little flatter than a normal one.
const TAIL: f64 = 1.2;

impl Calibration {
    /// From the trials of a series of `n` values with the given season and mean absolute change.
    pub(crate) fn new<'a>(
        trials: impl Iterator<Item = &'a Trial>,
        n: usize,
        season: usize,
        mean_change: f64,
    ) -> Self {
        let floor = 1e-3 * mean_change;
        let (mut squares, mut weights, mut origins) = (0.0, 0.0, 0.0);
        for trial in trials {
            origins += 1.0;
            for (h, (error, spread)) in trial.errors.iter().zip(&trial.path.spreads).enumerate() {
                let weight = 1.0 / (h as f64 + 1.0).sqrt();
                let ratio = (error.abs() / spread.max(floor)).min(RATIO_MAX);
                squares += weight * ratio * ratio;
                weights += weight;
            }
        }
        let ratio = if weights > 0.0 { squares / weights } else { 1.0 };
        let base = if season > 1 { BASE_SEASONAL } else { BASE_YEARLY };
        Self {
            base: base * (1.0 + SHORT / n as f64).sqrt(),
            floor,
            correction: ((origins * ratio + ORIGINS_PRIOR) / (origins + ORIGINS_PRIOR)).sqrt(),
        }
    }

    /// Half the width at a step (from 0) for a level.
    pub(crate) fn half_width(&self, step_idx: usize, spread: f64, level: u8) -> f64 {
        let growth = (step_idx as f64 + 1.0).powf(GROWTH);
        upper(level).student3 * self.base * growth * self.correction * spread.max(self.floor)
    }
}

/// What an interval at one step is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Width<'a> {
    pub(crate) calibration: &'a Calibration,
    pub(crate) factors: &'a Factors,
    /// Weight of the neural model among the points.
    pub(crate) neural_weight: f64,
    /// The step, from 0.
    pub(crate) step_idx: usize,
    /// Steps ahead in all.
    pub(crate) horizon: usize,
    /// The forecast, which every interval holds.
    pub(crate) point: f64,
    /// Mean point and standard deviation of the classical models.
    pub(crate) classical: (f64, f64),
    /// Quantiles of the neural model.
    pub(crate) quantiles: Option<&'a Quantiles>,
}

impl Width<'_> {
    /// How far the interval reaches below and above the point.
    pub(crate) fn halves(&self, level: u8) -> (f64, f64) {
        let (middle, spread) = self.classical;
        let classical = self.calibration.half_width(self.step_idx, spread, level);
        let factor = self.factors.at(level, self.step_idx, self.horizon);
        let Some(quantiles) = self.quantiles else { return (factor * classical, factor * classical) };
        // Networks know more about what may happen than about what will: the rest of the width goes down with the
        // square of the rest of the weight.
        let rest = (1.0 - self.neural_weight).powi(2);
        let mix = |neural: f64, classical: f64| (1.0 - rest) * neural + rest * classical;
        let (below, above) = reach(quantiles, level);
        let shift = mix(quantiles[MEDIAN], middle) - self.point;
        let half = |neural: f64, shift: f64| (factor * mix(neural, classical) + shift).max(0.0);
        (half(below, -shift), half(above, shift))
    }
}

/// What widths need of each level: the quantile of the upper end, normal and of Student's t. Asked for at every step of
/// every origin of every series, worked out once.
#[derive(Clone, Copy, Debug, Default)]
struct Upper {
    normal: f64,
    student3: f64,
}

/// Of the levels 0 to 99 per cent; beyond there is none, and none is accepted.
fn upper(level: u8) -> Upper {
    static UPPER: LazyLock<[Upper; 100]> = LazyLock::new(|| {
        let mut level = 0.0;
        [(); 100].map(|()| {
            let probability = 0.5 + level / 200.0;
            level += 1.0;
            Upper { normal: normal::quantile(probability), student3: student3(probability) }
        })
    });
    UPPER.get(usize::from(level)).copied().unwrap_or(Upper { normal: f64::INFINITY, student3: f64::INFINITY })
}

/// How far the quantiles of a level lie below and above the median.
fn reach(quantiles: &Quantiles, level: u8) -> (f64, f64) {
    let z = upper(level).normal;
    let median = quantiles[MEDIAN];
    (median - quantile(quantiles, -z), quantile(quantiles, z) - median)
}

/// The quantile at `z` standard deviations of a normal distribution: between the network's own straight, beyond them on
/// along the last line, a little steeper.
fn quantile(quantiles: &Quantiles, z: f64) -> f64 {
    static KNOWN: LazyLock<[f64; QUANTILES.len()]> = LazyLock::new(|| QUANTILES.map(normal::quantile));
    let last = QUANTILES.len() - 1;
    let above = KNOWN.iter().position(|known| *known >= z).unwrap_or(last).clamp(1, last);
    let (from, to) = (KNOWN[above - 1], KNOWN[above]);
    let slope = (quantiles[above] - quantiles[above - 1]) / (to - from);
    let line = |at: usize, z_at: f64, slope: f64| quantiles[at] + slope * (z - z_at);
    if z > to {
        line(above, to, TAIL * slope)
    } else if z < from {
        line(above - 1, from, TAIL * slope)
    } else {
        line(above - 1, from, slope)
    }
}

/// Quantile of Student's t with three degrees of freedom for a probability in [0.5, 0.995], by bisection of
/// `F(x) = 1/2 + (u / (1 + u²) + atan u) / π`, `u = x / √3`.
fn student3(probability: f64) -> f64 {
    let (mut low, mut high) = (0.0, 64.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        let u: f64 = middle / 3.0_f64.sqrt();
        let below = 0.5 + (u / (1.0 + u * u) + u.atan()) / std::f64::consts::PI;
        if below < probability {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn student_quantiles_match_the_tables() {
        // Any table of Student's t, three degrees of freedom, two-sided 50, 80, 95, 99 per cent.
        for (level, want) in [(50.0, 0.7649), (80.0, 1.6377), (95.0, 3.1824), (99.0, 5.8409)] {
            let got = student3(0.5 + level / 200.0);
            assert!((got - want).abs() < 1e-4, "{level}: {got}");
        }
    }

    #[test]
    fn quantiles_between_the_known_ones_lie_between_them() {
        let quantiles: Quantiles = QUANTILES.map(|q| 10.0 + 2.0 * normal::quantile(q));
        let check = |probability: f64, want: f64| {
            let got = quantile(&quantiles, normal::quantile(probability));
            assert!((got - want).abs() < 1e-3, "{probability}: {got} is not {want}");
        };
        check(0.5, 10.0);
        check(0.1, 10.0 - 2.0 * 1.281_551_6);
        check(0.25, 10.0 - 2.0 * 0.674_489_75);
        let (z, out) = (1.959_964, 2.575_829_3);
        check(0.995, 10.0 + 2.0 * (z + TAIL * (out - z)));
        check(0.005, 10.0 - 2.0 * (z + TAIL * (out - z)));
    }

    #[test]
    fn past_errors_widen_and_narrow() {
        let width = |ratio: f64| {
            let path = Path { points: vec![0.0; 2], spreads: vec![1.0; 2] };
            let trial = Trial { errors: vec![ratio, -ratio], path };
            Calibration::new([&trial, &trial].into_iter(), 20, 1, 1.0).half_width(0, 1.0, 80)
        };
        // c² = (2 z² + 6) / 8 and 1.6377 × 0.75 × sqrt(1.25).
        let unit = 1.637_744 * 0.75 * 1.25_f64.sqrt();
        assert!((width(1.0) - unit).abs() < 1e-5);
        assert!((width(3.0) - unit * 3.0_f64.sqrt()).abs() < 1e-5);
        assert!((width(0.0) - unit * 0.75_f64.sqrt()).abs() < 1e-5);
        assert_eq!(width(50.0), width(8.0));
    }
}
