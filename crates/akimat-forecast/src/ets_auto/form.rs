//! One exponential smoothing model in state-space form: its run through a series, its fit and its future.

use crate::model::Path;
use crate::optimise::{Bounds, Valley, least_squares, marquardt};

pub use crate::ets::Trend;

/// Fewest points for the simplest model.
pub(super) const POINTS_MIN: usize = 5;

/// How an error enters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Errors {
    /// As it is.
    Additive,
    /// As a share of what was expected.
    Relative,
}

/// How the season enters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Season {
    /// There is none.
    None,
    /// As summands.
    Additive,
    /// As factors.
    Relative,
}

/// Which of the models.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// How an error enters.
    pub errors: Errors,
    /// The trend.
    pub trend: Trend,
    /// How the season enters.
    pub season: Season,
}

/// A fitted model.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    /// Which model.
    pub form: Form,
    /// Weight of the newest error in the level, 0..1.
    pub alpha: f64,
    /// Weight of the newest error in the slope, 0 to the lesser of alpha and 0.2 over the period.
    pub beta: f64,
    /// Weight of the newest error in the season, 0..1 − alpha.
    pub gamma: f64,
    /// Damping of the slope per step, 0.8..0.98; 1 for a straight trend.
    pub phi: f64,
    /// Akaike's criterion corrected for small samples, up to a constant of the series; lower is better.
    pub aicc: f64,
    state: State,
    /// Standard deviation of one error: in units of the series, or a share.
    sigma: f64,
    scale: f64,
}

/// Bounds of the smoothing weights.
const SHARE: Bounds = (0.0001, 0.9999);
/// The slope's weight is at most that of the level and at most this over the seasonal period: the level's weight that the
/// reference packages start their search from, below which they hold the slope's.
const SLOPE_MAX: f64 = 0.2;
/// Bounds of the damping (Hyndman et al. 2008, chapter 10).
const DAMPING: Bounds = (0.8, 0.98);
/// A relative model needs expectations above this share of the mean value.
const NEAR_ZERO: f64 = 1e-8;
/// A seasonal factor below this would blow the level up that is seen through it.
const FACTOR_MIN: f64 = 0.05;
/// Rounds of the search.
const ROUNDS_MAX: usize = 60;

/// Level, slope, seasonal indices (the one of time t at t mod period) and the time.
#[derive(Clone, Debug, PartialEq)]
struct State {
    level: f64,
    slope: f64,
    indices: Vec<f64>,
    time: usize,
}

/// Smoothing weights.
#[derive(Clone, Copy, Debug)]
struct Weights {
    alpha: f64,
    beta: f64,
    gamma: f64,
    phi: f64,
}

impl Form {
    /// Unknowns: weights, initial states and the variance.
    fn n_unknowns(self, period: usize) -> usize {
        let trend = match self.trend {
            Trend::None => 0,
            Trend::Additive => 2,
            Trend::Damped => 3,
        };
        3 + trend + if self.season == Season::None { 0 } else { period }
    }

    /// What the state expects next, without and with the season.
    fn expected(self, state: &State, phi: f64) -> (f64, f64) {
        let base = state.level + phi * state.slope;
        let index = state.indices.get(state.time % state.indices.len().max(1)).copied();
        match (self.season, index) {
            (Season::Additive, Some(index)) => (base, base + index),
            (Season::Relative, Some(index)) => (base, base * index),
            _ => (base, base),
        }
    }

    /// Moves the state by one value.
    fn take(self, state: &mut State, weights: Weights, value: f64) {
        let (base, _) = self.expected(state, weights.phi);
        let position = state.time % state.indices.len().max(1);
        let error = match self.season {
            Season::None => value - base,
            Season::Additive => {
                let error = value - base - state.indices[position];
                state.indices[position] += weights.gamma * error;
                error
            }
            Season::Relative => {
                let index = state.indices[position];
                state.indices[position] += weights.gamma * (value / base - index);
                value / index - base
            }
        };
        state.level = base + weights.alpha * error;
        state.slope = weights.phi * state.slope + weights.beta * error;
        state.time += 1;
    }
}

/// A scaled series and a model on it.
struct Problem<'a> {
    form: Form,
    scaled: &'a [f64],
    period: usize,
}

impl Problem<'_> {
    /// Weights and initial state from the unknowns of the search: alpha, share of beta in its greatest value, share of gamma in
    /// 1 − alpha, damping, level, slope, all seasonal indices but the last.
    fn unpack(&self, unknowns: &[f64]) -> (Weights, State) {
        let mut next = unknowns.iter().copied();
        let mut take = || next.next().unwrap_or(0.0);
        let alpha = take();
        let trended = self.form.trend != Trend::None;
        let beta = if trended { alpha.min(SLOPE_MAX / self.period as f64) * take() } else { 0.0 };
        let gamma = if self.form.season == Season::None { 0.0 } else { (1.0 - alpha) * take() };
        let phi = match self.form.trend {
            Trend::None => 0.0,
            Trend::Additive => 1.0,
            Trend::Damped => take(),
        };
        let level = take();
        let slope = if trended { take() } else { 0.0 };
        let mut indices: Vec<f64> = Vec::new();
        if self.form.season != Season::None {
            indices.extend((1..self.period).map(|_| take()));
            let sum: f64 = indices.iter().sum();
            let whole = if self.form.season == Season::Relative { self.period as f64 } else { 0.0 };
            indices.push(whole - sum);
        }
        (Weights { alpha, beta, gamma, phi }, State { level, slope, indices, time: 0 })
    }

    /// The errors of a run, such that their sum of squares is least where the likelihood is greatest; the state after it.
    fn run(&self, unknowns: &[f64], errors: &mut Vec<f64>) -> Option<(Weights, State)> {
        let (weights, mut state) = self.unpack(unknowns);
        errors.clear();
        let mut log_scale = 0.0;
        let relative = self.form.errors == Errors::Relative;
        for &value in self.scaled {
            let (base, expected) = self.form.expected(&state, weights.phi);
            if self.form.season == Season::Relative {
                let index = state.indices[state.time % self.period];
                if base < NEAR_ZERO || index < FACTOR_MIN {
                    return None;
                }
            }
            if relative {
                if expected < NEAR_ZERO {
                    return None;
                }
                errors.push((value - expected) / expected);
                log_scale += expected.ln();
            } else {
                errors.push(value - expected);
            }
            self.form.take(&mut state, weights, value);
        }
        if relative {
            let scale = (log_scale / errors.len() as f64).exp();
            errors.iter_mut().for_each(|error| *error *= scale);
        }
        Some((weights, state))
    }

    /// Where the search starts, and its walls: level and slope by a line through the first values without season.
    fn start(&self, alpha: f64) -> (Vec<f64>, Vec<Bounds>) {
        let indices = match self.form.season {
            Season::None => Vec::new(),
            Season::Additive => profile(self.scaled, self.period, false),
            Season::Relative => profile(self.scaled, self.period, true),
        };
        let without = |t: usize| {
            let value = self.scaled[t];
            match self.form.season {
                Season::None => value,
                Season::Additive => value - indices[t % self.period],
                Season::Relative => value / indices[t % self.period],
            }
        };
        let n_first = self.scaled.len().min((2 * self.period).max(10));
        let first: Vec<f64> = (0..n_first).map(without).collect();
        let times: Vec<f64> = (1..=n_first).map(|t| t as f64).collect();
        let (level, slope) = least_squares(&first, &vec![1.0; n_first], &times);
        let trended = self.form.trend != Trend::None;
        let any = (f64::MIN / 4.0, f64::MAX / 4.0);
        let (mut start, mut bounds) = (vec![alpha], vec![SHARE]);
        let mut with = |value: f64, bound: Bounds| {
            start.push(value);
            bounds.push(bound);
        };
        if trended {
            with(0.1, SHARE);
        }
        if self.form.season != Season::None {
            with(0.1, SHARE);
        }
        if self.form.trend == Trend::Damped {
            with(0.95, DAMPING);
        }
        let relative = self.form.errors == Errors::Relative || self.form.season == Season::Relative;
        let mean = first.iter().sum::<f64>() / n_first as f64;
        let sinks = trended && relative && (0..n_first).any(|t| level + slope * t as f64 <= 0.0);
        with(if trended && !sinks { level } else { mean }, any);
        if trended {
            with(if sinks { 0.0 } else { slope }, any);
        }
        indices.iter().take(indices.len().saturating_sub(1)).for_each(|&index| with(index, any));
        (start, bounds)
    }
}

/// Mean deviation of each season from a centred moving average, normalised. Where the average leaves a season without
/// values (less than two years), from the mean of all.
fn profile(scaled: &[f64], period: usize, relative: bool) -> Vec<f64> {
    let half = period / 2;
    let mut sums = vec![(0.0, 0.0); period];
    for (offset, window) in scaled.windows(period + 1).enumerate() {
        let ends = if period.is_multiple_of(2) { 0.5 * (window[0] + window[period]) } else { window[0] };
        let level = (window[1..period].iter().sum::<f64>() + ends) / period as f64;
        let t = offset + half;
        let rest = if relative { scaled[t] / level } else { scaled[t] - level };
        sums[t % period].0 += rest;
        sums[t % period].1 += 1.0;
    }
    let neutral = if relative { 1.0 } else { 0.0 };
    let mut indices: Vec<f64> =
        sums.iter().map(|(sum, count)| if *count > 0.0 { sum / count } else { neutral }).collect();
    let mean = indices.iter().sum::<f64>() / period as f64;
    indices.iter_mut().for_each(|index| {
        if relative { *index = (*index / mean).max(1.2 * FACTOR_MIN) } else { *index -= mean }
    });
    let mean = indices.iter().sum::<f64>() / period as f64;
    if relative {
        indices.iter_mut().for_each(|index| *index /= mean);
    }
    indices
}

/// Fits one model by greatest likelihood; `None` when it has too many unknowns for the points or does not exist on
/// these values.
pub fn fit(values: &[f64], period: usize, form: Form) -> Option<Fitted> {
    let n = values.len();
    let n_unknowns = form.n_unknowns(period);
    if n < POINTS_MIN || n <= n_unknowns + 1 {
        return None;
    }
    let scale = values.iter().map(|value| value.abs() / n as f64).sum::<f64>();
    let scale = if scale > 0.0 { scale } else { 1.0 };
    let scaled: Vec<f64> = values.iter().map(|value| value / scale).collect();
    let problem = Problem { form, scaled: &scaled, period: period.max(1) };
    let starts: &[f64] = if form.season == Season::None { &[0.2, 0.8] } else { &[0.3] };
    let mut best: Option<Valley> = None;
    for &alpha in starts {
        let (start, bounds) = problem.start(alpha);
        let found = marquardt(&start, &bounds, ROUNDS_MAX, |unknowns, errors| {
            problem.run(unknowns, errors).is_some()
        });
        if let Some(found) = found
            && best.as_ref().is_none_or(|best| found.squares < best.squares)
        {
            best = Some(found);
        }
    }
    let best = best?;
    let mut errors = Vec::with_capacity(n);
    let (weights, state) = problem.run(&best.at, &mut errors)?;
    let (count, unknowns) = (n as f64, n_unknowns as f64);
    let penalty = 2.0 * unknowns + 2.0 * unknowns * (unknowns + 1.0) / (count - unknowns - 1.0);
    // Squares below rounding are all the same nothing.
    let squares = best.squares.max(1e-20 * count);
    let relative = form.errors == Errors::Relative;
    let undo = if relative { geometric_mean(&problem, &best.at)? } else { 1.0 };
    Some(Fitted {
        form,
        alpha: weights.alpha,
        beta: weights.beta,
        gamma: weights.gamma,
        phi: weights.phi,
        aicc: count * squares.ln() + penalty,
        sigma: (best.squares / (count - unknowns + 1.0).max(1.0)).sqrt() / undo,
        state,
        scale,
    })
}

/// What [`Problem::run`] multiplied relative errors with.
fn geometric_mean(problem: &Problem<'_>, unknowns: &[f64]) -> Option<f64> {
    let (weights, mut state) = problem.unpack(unknowns);
    let mut log_scale = 0.0;
    for &value in problem.scaled {
        log_scale += problem.form.expected(&state, weights.phi).1.ln();
        problem.form.take(&mut state, weights, value);
    }
    Some((log_scale / problem.scaled.len() as f64).exp()).filter(|scale| scale.is_finite() && *scale > 0.0)
}

impl Fitted {
    /// Continues the series. Variances: Hyndman et al. 2008, table 6.1 for additive errors; for relative ones the same
    /// sum with each past error on the scale of its own expectation, which leaves out products of errors.
    pub fn path(&self, horizon: usize) -> Path {
        let weights = Weights { alpha: self.alpha, beta: self.beta, gamma: self.gamma, phi: self.phi };
        let mut state = self.state.clone();
        let mut path = Path { points: Vec::with_capacity(horizon), spreads: Vec::with_capacity(horizon) };
        let period = state.indices.len().max(1);
        let (mut responses, mut damping, mut damping_sum) = (Vec::with_capacity(horizon), 1.0, 0.0);
        let mut bases = Vec::with_capacity(horizon);
        for h in 0..horizon {
            let (base, point) = self.form.expected(&state, weights.phi);
            let index = if self.form.season == Season::Relative { point / base } else { 1.0 };
            bases.push(if self.form.errors == Errors::Relative { point / index } else { 1.0 });
            // Squared share that the error of step h - j keeps at step h.
            let past: f64 = (0..h)
                .map(|i| {
                    let response: f64 = responses[h - 1 - i];
                    (response * bases[i]).powi(2)
                })
                .sum();
            let own = bases[h].powi(2);
            path.points.push(point * self.scale);
            path.spreads.push(self.scale * self.sigma * index.abs() * (own + past).sqrt());
            state.level = base;
            state.slope *= weights.phi;
            state.time += 1;
            damping *= weights.phi;
            damping_sum += damping;
            let seasonal = if (h + 1).is_multiple_of(period) && period > 1 { weights.gamma } else { 0.0 };
            responses.push(weights.alpha + weights.beta * damping_sum + seasonal);
        }
        path
    }
}
