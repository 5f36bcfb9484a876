//! One ARIMA model: its order, its fit and its future.

use super::arma::{Arma, Prediction, from_partial, roots_beyond, with_season};
use super::difference::Differenced;
use crate::model::Path;
use crate::optimise::{Bounds, marquardt};

/// Order of the stationary part; the differences are fixed before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Order {
    /// Autoregressive terms.
    pub p: usize,
    /// Moving-average terms.
    pub q: usize,
    /// Seasonal autoregressive terms.
    pub seasonal_p: usize,
    /// Seasonal moving-average terms.
    pub seasonal_q: usize,
    /// Whether the differenced series has a mean that is not zero: a level, or a drift.
    pub constant: bool,
}

impl Order {
    fn n_terms(self) -> usize {
        self.p + self.q + self.seasonal_p + self.seasonal_q
    }
}

/// A fitted model.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    /// Its order.
    pub order: Order,
    /// Ordinary differences.
    pub differences: usize,
    /// Seasonal differences.
    pub seasonal_differences: usize,
    /// Akaike's criterion corrected for small samples, up to a constant of the differenced series; lower is better.
    pub aicc: f64,
    arma: Arma,
    state: Prediction,
    mean: f64,
    sigma: f64,
}

/// Bounds of partial autocorrelations.
const PARTIAL: Bounds = (-0.999, 0.999);
/// Roots nearer to the unit circle than this are refused (Hyndman, Khandakar 2008, section 3.2). Seasonal moving averages
/// stop before it: on two or three seasons of differences their likelihood is almost flat and highest on the circle, and
/// refusing them raised the error on monthly budgets by 2 %.
const ROOT_MIN: f64 = 1.01;
/// Rounds of the search.
const ROUNDS_MAX: usize = 40;

/// A differenced series, in units of its own standard deviation, on which orders are tried.
#[derive(Debug)]
pub(super) struct Problem<'a> {
    pub(super) differenced: &'a Differenced,
    pub(super) period: usize,
    scaled: Vec<f64>,
    scale: f64,
    mean: f64,
}

impl<'a> Problem<'a> {
    pub(super) fn new(differenced: &'a Differenced, period: usize) -> Self {
        let values = &differenced.values;
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / n;
        let scale = if variance > 0.0 { variance.sqrt() } else { 1.0 };
        let scaled = values.iter().map(|value| value / scale).collect();
        Self { differenced, period, scaled, scale, mean: mean / scale }
    }

    fn arma(&self, order: Order, at: &[f64]) -> Arma {
        let mut start = 0;
        let mut part = |n: usize| {
            start += n;
            from_partial(&at[start - n..start])
        };
        let (ar, ma) = (part(order.p), part(order.q));
        let (seasonal_ar, seasonal_ma) = (part(order.seasonal_p), part(order.seasonal_q));
        let mut ma = with_season(&ma, &seasonal_ma, self.period);
        ma.iter_mut().for_each(|weight| *weight = -*weight);
        Arma { ar: with_season(&ar, &seasonal_ar, self.period), ma }
    }

    /// Fits an order by exact likelihood; `None` when the points do not carry it or a root lies too near to the unit
    /// circle.
    pub(super) fn fit(&self, order: Order) -> Option<Fitted> {
        let n = self.scaled.len() as f64;
        let unknowns = (order.n_terms() + usize::from(order.constant) + 1) as f64;
        if n - unknowns - 1.0 <= 0.0 {
            return None;
        }
        let n_terms = order.n_terms();
        let wall = 0.9999 / ROOT_MIN.powf(self.period as f64);
        let mut bounds = vec![PARTIAL; n_terms - order.seasonal_q];
        bounds.resize(n_terms, (-wall, wall));
        let mut start = vec![0.0; n_terms];
        if order.constant {
            bounds.push((-1e6, 1e6));
            start.push(self.mean);
        }
        let mean = |at: &[f64]| if order.constant { at[n_terms] } else { 0.0 };
        let best = marquardt(&start, &bounds, ROUNDS_MAX, |at, errors| {
            self.arma(order, at).run(&self.scaled, mean(at), errors).is_some()
        })?;
        let arma = self.arma(order, &best.at);
        let invertible: Vec<f64> = arma.ma.iter().map(|weight| -weight).collect();
        if !roots_beyond(&arma.ar, ROOT_MIN) || !roots_beyond(&invertible, ROOT_MIN) {
            return None;
        }
        let mut errors = Vec::with_capacity(self.scaled.len());
        let state = arma.run(&self.scaled, mean(&best.at), &mut errors)?;
        let penalty = 2.0 * unknowns + 2.0 * unknowns * (unknowns + 1.0) / (n - unknowns - 1.0);
        Some(Fitted {
            order,
            differences: self.differenced.ordinary,
            seasonal_differences: self.differenced.seasonal,
            aicc: n * best.squares.max(1e-20 * n).ln() + penalty,
            sigma: self.scale * (best.squares / (n - unknowns + 1.0)).sqrt(),
            mean: self.scale * mean(&best.at),
            state: state.into_iter().map(|value| value * self.scale).collect(),
            arma,
        })
    }
}

impl Fitted {
    /// Continues the series the model was fitted to.
    pub(super) fn path(&self, values: &[f64], period: usize, horizon: usize) -> Path {
        // 1 − Σ of both kinds of differences, multiplied out.
        let mut steps = Vec::new();
        for _ in 0..self.differences {
            steps = with_season(&steps, &[1.0], 1);
        }
        let steps = with_season(&steps, &vec![1.0; self.seasonal_differences], period);
        let mut all = values.to_vec();
        for change in self.arma.predict(self.state.clone(), horizon) {
            let past: f64 = steps.iter().zip(all.iter().rev()).map(|(step, value)| step * value).sum();
            all.push(change + self.mean + past);
        }
        let ar = with_season(&self.arma.ar, &vec![1.0; self.seasonal_differences], period);
        let ar = (0..self.differences).fold(ar, |ar, _| with_season(&ar, &[1.0], 1));
        let responses = Arma { ar, ma: self.arma.ma.clone() }.responses(horizon);
        let mut variance = 0.0;
        let spread = |response: f64| {
            variance += response * response;
            self.sigma * f64::sqrt(variance)
        };
        Path { points: all.split_off(values.len()), spreads: responses.into_iter().map(spread).collect() }
    }
}
