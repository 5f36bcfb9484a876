//! Exponential smoothing in state-space form: ETS(A,N,N), ETS(A,A,N) and ETS(A,Ad,N), that is simple,
//! Holt's and damped Holt's smoothing, mixed by their Akaike weights (Hyndman, Koehler, Ord, Snyder,
//! *Forecasting with Exponential Smoothing*, 2008; weights: Kolassa, International Journal of Forecasting
//! 27, 2011).
//!
//! The residuals are linear in the initial level and slope: for each trial of the smoothing weights these
//! two are solved by least squares, so the search has one to three unknowns only.

use crate::model::{FitError, History, Model, Path, checked, mean_abs_change};
use crate::optimise::{Bounds, least_squares, minimum_of_one, nelder_mead};
use crate::season;

/// Exponential smoothing of the seasonally adjusted series: the three trends mixed by Akaike weights.
#[derive(Clone, Copy, Debug)]
pub struct Ets;

/// Fewest points for the simplest of the three models.
const POINTS_MIN: usize = 5;

/// An error one step ago weighs this much against the newest one in the sum of squares.
const DISCOUNT: f64 = 0.95;

/// Bounds of the level's weight (Hyndman et al. 2008, chapter 10).
const LEVEL_SHARE: Bounds = (0.0001, 0.9999);

/// Bounds of the slope's weight relative to the level's. The textbook bound is 1; a slope that believes
/// the last change ruins six steps of a short series, and bounds near 0.3 lowered the
/// error on the yearly M4 series and the long local budgets (held-back values) and raised it on none.
const SLOPE_SHARE: Bounds = (0.0001, 0.3);

/// Bounds of the damping.
const DAMPING: Bounds = (0.8, 0.98);

/// The trend of an ETS model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trend {
    /// No trend: simple exponential smoothing.
    None,
    /// Holt's straight trend.
    Additive,
    /// Damped trend.
    Damped,
}

/// A fitted model on a series without season.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fitted {
    /// Its trend.
    pub trend: Trend,
    /// Weight of the newest error in the level, 0..1.
    pub alpha: f64,
    /// Weight of the newest error in the slope, 0..0.3 alpha.
    pub beta: f64,
    /// Damping of the slope per step, 0.8..0.98; 1 for a straight trend.
    pub phi: f64,
    /// Akaike's criterion corrected for small samples; lower is better.
    pub aicc: f64,
    level: f64,
    slope: f64,
    sigma: f64,
}

impl Model for Ets {
    fn code(&self) -> &'static str {
        "ets"
    }

    fn predict(&self, history: &History<'_>, horizon: usize) -> Result<Path, FitError> {
        let adjusted = season::adjust(history.values, history.season);
        let mut mixed = Path { points: vec![0.0; horizon], spreads: vec![0.0; horizon] };
        for (weight, fitted) in fit(&adjusted.values)? {
            let path = fitted.path(horizon);
            for h in 0..horizon {
                mixed.points[h] += weight * path.points[h];
                mixed.spreads[h] += weight * path.spreads[h];
            }
        }
        for h in 0..horizon {
            mixed.points[h] = adjusted.restore(h, mixed.points[h]);
            mixed.spreads[h] *= adjusted.stretch(h);
        }
        checked(mixed)
    }
}

impl Fitted {
    /// Continues the series; the variance is that of Hyndman et al. 2008, table 6.1: `c_j = α + β (φ + … + φ^j)`.
    fn path(&self, horizon: usize) -> Path {
        let (mut level, mut slope, mut variance) = (self.level, self.slope, 1.0);
        let (mut damping, mut damping_sum) = (1.0, 0.0);
        let mut path = Path { points: Vec::with_capacity(horizon), spreads: Vec::with_capacity(horizon) };
        for _ in 0..horizon {
            slope *= self.phi;
            level += slope;
            path.points.push(level);
            path.spreads.push(self.sigma * f64::sqrt(variance));
            damping *= self.phi;
            damping_sum += damping;
            variance += (self.alpha + self.beta * damping_sum).powi(2);
        }
        path
    }
}

/// Fits the three models to a series without season and weighs them: `exp(−ΔAICc / 2)`, summing to one.
///
/// # Errors
/// [`FitError::TooShort`] below five points, [`FitError::Overflow`] when the values cannot be squared.
pub fn fit(values: &[f64]) -> Result<Vec<(f64, Fitted)>, FitError> {
    if values.len() < POINTS_MIN {
        return Err(FitError::TooShort { have: values.len(), need: POINTS_MIN });
    }
    let fits: Vec<Fitted> = [Trend::None, Trend::Additive, Trend::Damped]
        .into_iter()
        .filter_map(|trend| fit_trend(values, trend))
        .filter(|fitted| {
            [fitted.aicc, fitted.sigma, fitted.level, fitted.slope].iter().all(|x| x.is_finite())
        })
        .collect();
    let best = fits.iter().map(|fitted| fitted.aicc).fold(f64::INFINITY, f64::min);
    let likelihood = |fitted: &Fitted| (-0.5 * (fitted.aicc - best)).exp();
    let sum: f64 = fits.iter().map(likelihood).sum();
    if fits.is_empty() {
        return Err(FitError::Overflow);
    }
    Ok(fits.into_iter().map(|fitted| (likelihood(&fitted) / sum, fitted)).collect())
}

/// Fits one model; `None` when it has too many unknowns for the points.
pub fn fit_trend(values: &[f64], trend: Trend) -> Option<Fitted> {
    // Smoothing weights, initial states and the variance.
    let (unknowns, points_min) = match trend {
        Trend::None => (3.0, POINTS_MIN),
        Trend::Additive => (5.0, 7),
        Trend::Damped => (6.0, 8),
    };
    if values.len() < points_min {
        return None;
    }
    // Working relative to the first value and the mean change keeps the search free of units.
    let scale = mean_abs_change(values, 1);
    let scale = if scale > 0.0 { scale } else { 1.0 };
    let scaled: Vec<f64> = values.iter().map(|value| (value - values[0]) / scale).collect();
    let smoother = Smoother::of(&scaled, trend);
    let weights = smoother.search();
    let run = smoother.run(weights);
    let n = values.len() as f64;
    let penalty = 2.0 * unknowns + 2.0 * unknowns * (unknowns + 1.0) / (n - unknowns - 1.0);
    Some(Fitted {
        trend,
        alpha: weights.alpha,
        beta: weights.beta,
        phi: weights.phi,
        aicc: n * (run.squares / n).max(1e-12).ln() + penalty,
        level: values[0] + run.level * scale,
        slope: run.slope * scale,
        sigma: scale * (run.squares / (n - unknowns + 1.0)).sqrt(),
    })
}

/// Smoothing weights of one trial.
#[derive(Clone, Copy, Debug)]
struct Weights {
    alpha: f64,
    beta: f64,
    phi: f64,
}

/// What one run through the series leaves.
#[derive(Clone, Copy, Debug)]
struct Run {
    /// Sum of squared errors, discounted, on the scale of n equal weights.
    squares: f64,
    level: f64,
    slope: f64,
}

/// A scaled series with the weight of each error.
struct Smoother<'a> {
    scaled: &'a [f64],
    trend: Trend,
    discounts: Vec<f64>,
}

impl<'a> Smoother<'a> {
    fn of(scaled: &'a [f64], trend: Trend) -> Self {
        let mut discounts = vec![1.0; scaled.len()];
        for i in (1..scaled.len()).rev() {
            discounts[i - 1] = discounts[i] * DISCOUNT;
        }
        let mean = discounts.iter().map(|w| w * w).sum::<f64>() / scaled.len() as f64;
        discounts.iter_mut().for_each(|w| *w /= mean.sqrt());
        Self { scaled, trend, discounts }
    }

    /// The weights with the least sum of squares.
    fn search(&self) -> Weights {
        let loss = |weights: Weights| self.run(weights).squares;
        match self.trend {
            Trend::None => {
                let at = |alpha: f64| Weights { alpha, beta: 0.0, phi: 0.0 };
                at(minimum_of_one(LEVEL_SHARE, |alpha| loss(at(alpha))).at[0])
            }
            Trend::Additive => {
                let at = |p: &[f64; 2]| Weights { alpha: p[0], beta: p[0] * p[1], phi: 1.0 };
                at(&nelder_mead([0.5, 0.1], &[LEVEL_SHARE, SLOPE_SHARE], 120, |p| loss(at(p))).at)
            }
            Trend::Damped => {
                let at = |p: &[f64; 3]| Weights { alpha: p[0], beta: p[0] * p[1], phi: p[2] };
                let bounds = [LEVEL_SHARE, SLOPE_SHARE, DAMPING];
                at(&nelder_mead([0.5, 0.1, 0.93], &bounds, 160, |p| loss(at(p))).at)
            }
        }
    }

    /// Smooths three times at once: the series from zero states, and zeros from a unit level and from a
    /// unit slope; then solves the initial states that make the discounted squares least.
    fn run(&self, weights: Weights) -> Run {
        let Weights { alpha, beta, phi } = weights;
        let n = self.scaled.len();
        let (mut target, mut by_level, mut by_slope) =
            (Vec::with_capacity(n), Vec::with_capacity(n), Vec::with_capacity(n));
        let mut states = [(0.0, 0.0), (1.0, 0.0), (0.0, if self.trend == Trend::None { 0.0 } else { 1.0 })];
        for (&value, &discount) in self.scaled.iter().zip(&self.discounts) {
            let mut errors = [0.0; 3];
            for (i, (level, slope)) in states.iter_mut().enumerate() {
                let expected = *level + phi * *slope;
                errors[i] = if i == 0 { value - expected } else { -expected };
                *level = expected + alpha * errors[i];
                *slope = phi * *slope + beta * errors[i];
            }
            target.push(discount * errors[0]);
            by_level.push(-discount * errors[1]);
            by_slope.push(-discount * errors[2]);
        }
        let (level, slope) = least_squares(&target, &by_level, &by_slope);
        let error = |t: usize| target[t] - level * by_level[t] - slope * by_slope[t];
        let end = |pick: fn(&(f64, f64)) -> f64| {
            pick(&states[0]) + level * pick(&states[1]) + slope * pick(&states[2])
        };
        Run {
            squares: (0..n).map(|t| error(t).powi(2)).sum(),
            level: end(|state| state.0),
            slope: end(|state| state.1),
        }
    }
}

#[cfg(test)]
mod tests;
