//! The dynamic optimised Theta model (DOTM): Fiorucci, Pellegrini, Louzada, Petropoulos, Koehler, "Models
//! for optimising the theta method and their relationship to state space models", International Journal
//! of Forecasting 32 (2016), section 3.
//!
//! Two choices are ours. With `w = 1 − 1/θ` the one-step forecast is linear in the initial level and in `w`, so both are
//! solved by least squares for each smoothing weight `α`. And `α` is not searched: the forecast is the mean over a grid of
//! weights by likelihood, because ten points do not tell which one is right. The sums that are solved are running sums:
//! one pass through a series answers for every origin of a backtest.

use crate::model::{Cut, FitError, History, Model, Path, checked, mean_abs_change};
use crate::season;

/// Dynamic optimised Theta on the seasonally adjusted series, averaged over its smoothing weight.
#[derive(Clone, Copy, Debug)]
pub struct Theta;

/// Fewest points: errors count from the third on and carry three unknowns.
pub(crate) const POINTS_MIN: usize = 6;

/// Errors of the first two values do not count: they are what the running trend is made of.
const SETTLE: usize = 2;

/// Bounds of the smoothing weight, those of the paper's reference package.
pub(crate) const ALPHA: (f64, f64) = (0.1, 0.99);

/// Smoothing weights tried, evenly between the bounds.
const WEIGHTS: usize = 18;

/// A smoothing weight whose log-likelihood is that much below the best one is left out.
const HOPELESS: f64 = 7.0;

impl Model for Theta {
    fn code(&self) -> &'static str {
        "theta"
    }

    fn predict(&self, history: &History<'_>, horizon: usize) -> Result<Path, FitError> {
        let n = history.values.len();
        if n < POINTS_MIN {
            return Err(FitError::TooShort { have: n, need: POINTS_MIN });
        }
        let adjusted = season::adjust(history.values, history.season);
        let mut path = paths(&adjusted.values, &[(n, horizon)]).pop().ok_or(FitError::Overflow)?;
        for (h, (point, spread)) in path.points.iter_mut().zip(&mut path.spreads).enumerate() {
            *point = adjusted.restore(h, *point);
            *spread *= adjusted.stretch(h);
        }
        checked(path)
    }

    fn predict_at(&self, history: &History<'_>, cuts: &[Cut]) -> Vec<Result<Path, FitError>> {
        if history.season > 1 {
            // What is seasonal differs from origin to origin.
            return crate::model::predict_each(self, history, cuts);
        }
        let short = |at: usize| FitError::TooShort { have: at, need: POINTS_MIN };
        let usable: Vec<Cut> = cuts.iter().copied().filter(|(at, _)| *at >= POINTS_MIN).collect();
        let mut paths = paths(history.values, &usable).into_iter();
        let answer = |(at, _): &Cut| {
            if *at < POINTS_MIN { Err(short(*at)) } else { checked(paths.next().ok_or(FitError::Overflow)?) }
        };
        cuts.iter().map(answer).collect()
    }
}

/// The mean paths from each of the cuts. Values count from the first one in units of the mean change.
fn paths(values: &[f64], cuts: &[Cut]) -> Vec<Path> {
    let longest = cuts.iter().map(|(at, _)| *at).max().unwrap_or(0);
    let values = &values[..longest];
    let base = values.first().copied().unwrap_or(0.0);
    let change = mean_abs_change(values, 1);
    let scale = if change > 0.0 { change } else { 1.0 };
    let step = (ALPHA.1 - ALPHA.0) / (WEIGHTS as f64 - 1.0);
    let mut runs: [Run; WEIGHTS] = std::array::from_fn(|i| Run::new(ALPHA.0 + step * i as f64));
    let mut trend = Trend::default();
    let mut paths = vec![Path { points: Vec::new(), spreads: Vec::new() }; cuts.len()];
    for (time, value) in values.iter().enumerate() {
        let value = (value - base) / scale;
        runs.iter_mut().for_each(|run| run.take(value, &trend));
        trend.take(value);
        for (path, (_, horizon)) in paths.iter_mut().zip(cuts).filter(|(_, (at, _))| *at == time + 1) {
            *path = mean(&runs, &trend, *horizon);
            path.points.iter_mut().for_each(|point| *point = base + scale * *point);
            path.spreads.iter_mut().for_each(|spread| *spread *= scale);
        }
    }
    paths
}

/// The mean over the smoothing weights by likelihood; the variance is that of each (section 3 of the paper) and that
/// between them.
fn mean(runs: &[Run], trend: &Trend, horizon: usize) -> Path {
    let n = trend.count;
    // Below this it is rounding.
    let floor = 1e-12 * n;
    let solved: Vec<Solved> = runs.iter().map(Run::solve).collect();
    let best = solved.iter().map(|solved| solved.squares).fold(f64::INFINITY, f64::min).max(floor);
    let limit = (2.0 * HOPELESS / n).exp();
    let likelihood = |solved: &Solved| {
        let ratio = solved.squares.max(floor) / best;
        if ratio < limit { ratio.powf(-0.5 * n) } else { 0.0 }
    };
    let weights: Vec<f64> = solved.iter().map(likelihood).collect();
    let sum: f64 = weights.iter().sum();
    let (mut points, mut squares) = (vec![0.0; horizon], vec![0.0; horizon]);
    for ((run, solved), weight) in runs.iter().zip(&solved).zip(&weights).filter(|(_, weight)| **weight > 0.0)
    {
        let weight = weight / sum;
        let variance = solved.squares / (n - 4.0).max(1.0);
        let (mut run, mut trend) = (run.clone(), *trend);
        run.level += solved.initial * run.decay;
        let mut grown = 1.0;
        for (point, square) in points.iter_mut().zip(&mut squares) {
            let next = run.level + solved.trend_share * run.drift(&trend);
            *point += weight * next;
            *square += weight * (next * next + variance * grown);
            run.move_on(next);
            trend.take(next);
            grown += run.alpha * run.alpha;
        }
    }
    let spread = |(point, square): (&f64, &f64)| (square - point * point).max(0.0).sqrt();
    let spreads = points.iter().zip(&squares).map(spread).collect();
    Path { points, spreads }
}

/// The running mean and linear trend.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Trend {
    count: f64,
    mean: f64,
    intercept: f64,
    slope: f64,
}

impl Trend {
    pub(crate) fn take(&mut self, value: f64) {
        let t = self.count + 1.0;
        self.slope = if self.count == 0.0 {
            0.0
        } else {
            ((t - 2.0) * self.slope + 6.0 * (value - self.mean) / t) / (t + 1.0)
        };
        self.mean += (value - self.mean) / t;
        self.intercept = self.mean - self.slope * (t + 1.0) / 2.0;
        self.count = t;
    }
}

/// The level from zero at one smoothing weight, and the sums of its errors.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub(crate) alpha: f64,
    pub(crate) level: f64,
    /// (1 − α)^count: what is left of the initial level.
    pub(crate) decay: f64,
    count: usize,
    sums: Sums,
}

/// Sums of squares and products: of the errors from a zero level, of what a unit of initial level takes off them, of what
/// the running trend does.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    errors: f64,
    errors_level: f64,
    errors_drift: f64,
    level: f64,
    level_drift: f64,
    drift: f64,
}

/// The best initial level and trend share for one `alpha`.
struct Solved {
    squares: f64,
    initial: f64,
    /// Weight of the running linear trend, 0 (simple smoothing) to 1: `1 − 1/θ`.
    trend_share: f64,
}

impl Run {
    pub(crate) fn new(alpha: f64) -> Self {
        Self { alpha, level: 0.0, decay: 1.0, count: 0, sums: Sums::default() }
    }

    /// `(1−α)^t A_t + (1 − (1−α)^(t+1)) / α · B_t`: what the running trend adds to the next value.
    pub(crate) fn drift(&self, trend: &Trend) -> f64 {
        self.decay * trend.intercept + (1.0 - self.decay * (1.0 - self.alpha)) / self.alpha * trend.slope
    }

    /// A value and the trend before it.
    fn take(&mut self, value: f64, trend: &Trend) {
        if self.count >= SETTLE {
            let (error, level, drift) = (value - self.level, self.decay, self.drift(trend));
            let sums = &mut self.sums;
            sums.errors += error * error;
            sums.errors_level += error * level;
            sums.errors_drift += error * drift;
            sums.level += level * level;
            sums.level_drift += level * drift;
            sums.drift += drift * drift;
        }
        self.move_on(value);
    }

    /// The level alone.
    pub(crate) fn move_on(&mut self, value: f64) {
        self.level = self.alpha * value + (1.0 - self.alpha) * self.level;
        self.decay *= 1.0 - self.alpha;
        self.count += 1;
    }

    fn solve(&self) -> Solved {
        let Sums { errors, errors_level, errors_drift, level, level_drift, drift } = self.sums;
        let determinant = level * drift - level_drift * level_drift;
        let only_level =
            |share: f64| if level > 0.0 { (errors_level - share * level_drift) / level } else { 0.0 };
        let (mut initial, mut trend_share) = (only_level(0.0), 0.0);
        if determinant > 1e-9 * level * drift {
            initial = (errors_level * drift - errors_drift * level_drift) / determinant;
            trend_share = (errors_drift * level - errors_level * level_drift) / determinant;
        }
        if !(0.0..=1.0).contains(&trend_share) {
            trend_share = trend_share.clamp(0.0, 1.0);
            initial = only_level(trend_share);
        }
        let explained = initial * (initial * level - 2.0 * errors_level + 2.0 * trend_share * level_drift)
            + trend_share * (trend_share * drift - 2.0 * errors_drift);
        Solved { squares: (errors + explained).max(0.0), initial, trend_share }
    }
}

#[cfg(test)]
mod tests;
