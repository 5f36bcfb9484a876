//! Models for demand and counts with many zeros.
//!
//! Croston's method smooths the sizes of demand and the intervals between them (Croston, Operational Research
//! Quarterly 23, 1972); its bias is corrected by Syntetos and Boylan (International Journal of Forecasting 21, 2005);
//! Teunter, Syntetos and Babai smooth the probability of demand in its place, so that an item that nobody asks for any
//! more fades away (European Journal of Operational Research 214, 2011). [`negbin`] has whole distributions of counts.

pub mod negbin;

pub use negbin::NegBin;

use crate::model::{FitError, History, Model, Path, checked};

/// Croston's method with weights of 0.1.
#[derive(Clone, Copy, Debug)]
pub struct Croston;

/// Croston's method with the correction of Syntetos and Boylan.
#[derive(Clone, Copy, Debug)]
pub struct Sba;

/// The method of Teunter, Syntetos and Babai.
#[derive(Clone, Copy, Debug)]
pub struct Tsb;

/// Weight of the newest demand and interval in Croston's method, the usual one.
const CROSTON_WEIGHT: f64 = 0.1;
/// Weights of the newest size and of the newest period in the method of Teunter, Syntetos and Babai; of 0.1, 0.2 and
/// 0.3 the middle one had the least error on held-back reports of citizens.
const TSB_WEIGHT: f64 = 0.2;
/// Fewest points.
const POINTS_MIN: usize = 2;

impl Model for Croston {
    fn code(&self) -> &'static str {
        "croston"
    }

    fn predict(&self, history: &History<'_>, horizon: usize) -> Result<Path, FitError> {
        flat(history.values, horizon, CROSTON_WEIGHT, &mut Intervals::new(1.0))
    }
}

impl Model for Sba {
    fn code(&self) -> &'static str {
        "sba"
    }

    fn predict(&self, history: &History<'_>, horizon: usize) -> Result<Path, FitError> {
        flat(history.values, horizon, CROSTON_WEIGHT, &mut Intervals::new(1.0 - CROSTON_WEIGHT / 2.0))
    }
}

impl Model for Tsb {
    fn code(&self) -> &'static str {
        "tsb"
    }

    fn predict(&self, history: &History<'_>, horizon: usize) -> Result<Path, FitError> {
        flat(history.values, horizon, TSB_WEIGHT, &mut Probability::default())
    }
}

/// A rate of demand per period that learns from one value after the other.
trait Rate {
    /// The rate known so far; `None` before the first demand.
    fn rate(&self) -> Option<f64>;
    fn take(&mut self, value: f64);
}

/// Smoothed sizes over smoothed intervals.
struct Intervals {
    size: Option<f64>,
    interval: f64,
    since: f64,
    factor: f64,
}

impl Intervals {
    fn new(factor: f64) -> Self {
        Self { size: None, interval: 0.0, since: 0.0, factor }
    }
}

impl Rate for Intervals {
    fn rate(&self) -> Option<f64> {
        self.size.map(|size| self.factor * size / self.interval)
    }

    fn take(&mut self, value: f64) {
        self.since += 1.0;
        if value > 0.0 {
            match &mut self.size {
                Some(size) => {
                    *size += CROSTON_WEIGHT * (value - *size);
                    self.interval += CROSTON_WEIGHT * (self.since - self.interval);
                }
                None => (self.size, self.interval) = (Some(value), self.since),
            }
            self.since = 0.0;
        }
    }
}

/// Smoothed sizes times the smoothed probability of demand.
#[derive(Default)]
struct Probability {
    size: Option<f64>,
    probability: Option<f64>,
}

impl Rate for Probability {
    fn rate(&self) -> Option<f64> {
        self.size.zip(self.probability).map(|(size, probability)| size * probability)
    }

    fn take(&mut self, value: f64) {
        let asked = if value > 0.0 { 1.0 } else { 0.0 };
        self.probability = Some(self.probability.map_or(asked, |p| p + TSB_WEIGHT * (asked - p)));
        if value > 0.0 {
            self.size = Some(self.size.map_or(value, |size| size + TSB_WEIGHT * (value - size)));
        }
    }
}

/// The same rate at every step; no demand at all stays none. The spread is the root mean square of the errors of the
/// rate one step ahead, growing as that of simple smoothing with the same weight.
fn flat(values: &[f64], horizon: usize, weight: f64, rate: &mut dyn Rate) -> Result<Path, FitError> {
    if values.len() < POINTS_MIN {
        return Err(FitError::TooShort { have: values.len(), need: POINTS_MIN });
    }
    if values.iter().any(|&value| value < 0.0) {
        return Err(FitError::NotCounts);
    }
    let (mut squares, mut n_errors) = (0.0, 0.0);
    for &value in values {
        if let Some(rate) = rate.rate() {
            squares += (value - rate).powi(2);
            n_errors += 1.0;
        }
        rate.take(value);
    }
    let one_step = if n_errors > 0.0 { f64::sqrt(squares / n_errors) } else { 0.0 };
    let points = vec![rate.rate().unwrap_or(0.0); horizon];
    let spreads = (0..horizon).map(|h| one_step * (1.0 + h as f64 * weight * weight).sqrt()).collect();
    checked(Path { points, spreads })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(model: &dyn Model, values: &[f64]) -> f64 {
        model.predict(&History { values, season: 12 }, 2).unwrap().points[1]
    }

    /// Sizes 2, 4: 2 + 0.1 · 2 = 2.2. Intervals 2, 3: 2 + 0.1 = 2.1. Probabilities 0, 1, 0, 0, 1, 0 smoothed by 0.2:
    /// 0, 0.2, 0.16, 0.128, 0.3024, 0.24192; sizes by 0.2: 2.4.
    #[test]
    fn rates_are_those_by_hand() {
        let values = [0.0, 2.0, 0.0, 0.0, 4.0, 0.0];
        assert!((point(&Croston, &values) - 2.2 / 2.1).abs() < 1e-12);
        assert!((point(&Sba, &values) - 0.95 * 2.2 / 2.1).abs() < 1e-12);
        assert!((point(&Tsb, &values) - 2.4 * 0.24192).abs() < 1e-12);
    }

    #[test]
    fn no_demand_stays_none_and_negative_demand_is_refused() {
        for model in [&Croston as &dyn Model, &Sba, &Tsb] {
            assert!(point(model, &[0.0; 8]).abs() < 1e-12, "{model:?}");
            let refused = model.predict(&History { values: &[1.0, -1.0], season: 1 }, 1);
            assert_eq!(refused, Err(FitError::NotCounts));
        }
    }
}
