//! The dynamic optimised Theta model as its authors have it (Fiorucci, Pellegrini, Louzada, Petropoulos, Koehler 2016,
//! sections 3 and 4): level, smoothing weight and theta are all free.
//!
//! The ensemble uses [`crate::theta`], the same model averaged over its smoothing weight and with another test
//! of the season. Both solve level and trend by least squares for each smoothing weight, so this one finds
//! the authors' optimum without a search in three unknowns.

use crate::model::{FitError, History, Model, Path, checked, mean_abs_change};
use crate::optimise::{least_squares, minimum_of_one};
use crate::season::{self, Adjusted};
use crate::theta::{ALPHA, POINTS_MIN, Run, Trend};

/// Dynamic optimised Theta, unrestrained.
#[derive(Clone, Copy, Debug)]
pub struct Dot;

/// Below this every error but the first two counts.
const SHORT: usize = 13;

impl Model for Dot {
    fn code(&self) -> &'static str {
        "dot"
    }

    fn predict(&self, history: &History<'_>, horizon: usize) -> Result<Path, FitError> {
        let adjusted = season::adjust_theta(history.values, history.season);
        // Where there are enough of them, the errors of three values do not count: the trend of two is no trend yet.
        let settle = if history.values.len() < SHORT { 2 } else { 3 };
        checked(fit(&adjusted.values, settle)?.path(&adjusted, horizon))
    }
}

/// A fitted model on a series without season.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Fitted {
    /// Weight of the newest value in the level, 0.1..0.99.
    alpha: f64,
    /// Weight of the running linear trend, 0 (simple smoothing) to 1: `1 − 1/θ`.
    trend_share: f64,
    /// The fit is relative to the first value and in units of the mean change.
    origin: f64,
    scale: f64,
    initial: f64,
    sigma: f64,
}

impl Fitted {
    /// Continues the series it was fitted to and puts the season back.
    fn path(&self, adjusted: &Adjusted, horizon: usize) -> Path {
        // The running intercept counts from zero, so the path is run in the units of the fit.
        let (mut run, mut trend) = (Run::new(self.alpha), Trend::default());
        run.level = self.initial;
        for &value in &adjusted.values {
            let value = (value - self.origin) / self.scale;
            run.move_on(value);
            trend.take(value);
        }
        let mut path = Path { points: Vec::with_capacity(horizon), spreads: Vec::with_capacity(horizon) };
        for h in 0..horizon {
            let next = run.level + self.trend_share * run.drift(&trend);
            run.move_on(next);
            trend.take(next);
            path.points.push(adjusted.restore(h, self.origin + self.scale * next));
            let spread = self.scale * self.sigma * (1.0 + h as f64 * self.alpha.powi(2)).sqrt();
            path.spreads.push(spread * adjusted.stretch(h));
        }
        path
    }
}

/// Fits the model to a series without season; `settle` errors at the start do not count.
fn fit(values: &[f64], settle: usize) -> Result<Fitted, FitError> {
    if values.len() < POINTS_MIN {
        return Err(FitError::TooShort { have: values.len(), need: POINTS_MIN });
    }
    let scale = mean_abs_change(values, 1);
    let scale = if scale > 0.0 { scale } else { 1.0 };
    let scaled: Vec<f64> = values.iter().map(|value| (value - values[0]) / scale).collect();
    let best = minimum_of_one(ALPHA, |alpha| solve(&scaled, alpha, settle).squares);
    let solution = solve(&scaled, best.at[0], settle);
    let fitted = Fitted {
        alpha: best.at[0],
        trend_share: solution.trend_share,
        origin: values[0],
        scale,
        initial: solution.initial,
        sigma: (solution.squares / (values.len() as f64 - 4.0).max(1.0)).sqrt(),
    };
    if fitted.initial.is_finite() && fitted.sigma.is_finite() && scale.is_finite() {
        Ok(fitted)
    } else {
        Err(FitError::Overflow)
    }
}

/// The best initial level and trend share for one `alpha`.
struct Solution {
    squares: f64,
    initial: f64,
    trend_share: f64,
}

fn solve(scaled: &[f64], alpha: f64, settle: usize) -> Solution {
    let n = scaled.len();
    let (mut target, mut by_level, mut by_drift) =
        (Vec::with_capacity(n), Vec::with_capacity(n), Vec::with_capacity(n));
    let (mut run, mut trend) = (Run::new(alpha), Trend::default());
    for (t, &value) in scaled.iter().enumerate() {
        if t >= settle {
            target.push(value - run.level);
            by_level.push(run.decay);
            by_drift.push(run.drift(&trend));
        }
        run.move_on(value);
        trend.take(value);
    }
    let (mut initial, mut trend_share) = least_squares(&target, &by_level, &by_drift);
    if !(0.0..=1.0).contains(&trend_share) {
        trend_share = trend_share.clamp(0.0, 1.0);
        let rest: Vec<f64> = target.iter().zip(&by_drift).map(|(y, d)| y - trend_share * d).collect();
        initial = least_squares(&rest, &by_level, &[]).0;
    }
    let error = |i: usize| target[i] - initial * by_level[i] - trend_share * by_drift[i];
    Solution { squares: (0..target.len()).map(|i| error(i).powi(2)).sum(), initial, trend_share }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_history_is_refused() {
        assert_eq!(fit(&[1.0; 5], 2), Err(FitError::TooShort { have: 5, need: 6 }));
        assert_eq!(fit(&[2.0; 6], 2).unwrap().sigma, 0.0);
    }
}
