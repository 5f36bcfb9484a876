//! ARIMA with automatic choice (Hyndman, Khandakar, "Automatic time series forecasting: the forecast package for R",
//! Journal of Statistical Software 27, 2008): differences by tests, orders by a walk among neighbours with the least
//! AICc, every model by exact likelihood.

mod arma;
mod decompose;
mod difference;
mod order;

pub use order::{Fitted, Order};

use crate::model::{FitError, History, Model, Path, checked};
use difference::{difference, is_constant};
use order::Problem;

/// The ARIMA model that the stepwise search finds.
#[derive(Clone, Copy, Debug)]
pub struct Arima;

/// Fewest points.
const POINTS_MIN: usize = 6;
/// Most terms of each kind.
const TERMS_MAX: usize = 5;
/// Most seasonal terms of each kind.
const SEASONAL_TERMS_MAX: usize = 2;
/// Most models tried.
const MODELS_MAX: usize = 94;

impl Model for Arima {
    fn code(&self) -> &'static str {
        "arima"
    }

    fn predict(&self, history: &History<'_>, horizon: usize) -> Result<Path, FitError> {
        let fitted = choose(history)?;
        checked(fitted.path(history.values, history.season.max(1), horizon))
    }
}

/// The best model that the stepwise search finds.
///
/// # Errors
/// [`FitError::TooShort`] below six points, [`FitError::Overflow`] when the values cannot be squared.
pub fn choose(history: &History<'_>) -> Result<Fitted, FitError> {
    let values = history.values;
    if values.len() < POINTS_MIN {
        return Err(FitError::TooShort { have: values.len(), need: POINTS_MIN });
    }
    let period = history.season.max(1);
    let differenced = difference(values, period);
    let problem = Problem::new(&differenced, period);
    let plain = Order { p: 0, q: 0, seasonal_p: 0, seasonal_q: 0, constant: false };
    let constant = differenced.ordinary + differenced.seasonal < 2;
    if is_constant(&differenced.values) {
        let best = problem.fit(Order { constant, ..plain }).or_else(|| problem.fit(plain));
        return best.ok_or(FitError::Overflow);
    }
    Search::new(&problem, values.len(), constant).walk().ok_or(FitError::Overflow)
}

/// The walk among orders.
struct Search<'a> {
    problem: &'a Problem<'a>,
    may_have_constant: bool,
    n_max: [usize; 2],
    n_seasonal_max: [usize; 2],
    start: Order,
    tried: Vec<Order>,
    best: Option<Fitted>,
}

/// What a step may change: terms p, q, P, Q.
const STEPS: [[isize; 4]; 16] = [
    [0, 0, -1, 0],
    [0, 0, 0, -1],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
    [0, 0, -1, -1],
    [0, 0, -1, 1],
    [0, 0, 1, -1],
    [0, 0, 1, 1],
    [-1, 0, 0, 0],
    [0, -1, 0, 0],
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [-1, -1, 0, 0],
    [-1, 1, 0, 0],
    [1, -1, 0, 0],
    [1, 1, 0, 0],
];

impl<'a> Search<'a> {
    fn new(problem: &'a Problem<'a>, n_points: usize, constant: bool) -> Self {
        let period = problem.period;
        let terms = TERMS_MAX.min(n_points / 3);
        let terms = if period > 1 { terms.min(period - 1) } else { terms };
        let seasonal = if period > 1 { SEASONAL_TERMS_MAX.min(n_points / 3 / period) } else { 0 };
        let (few, few_seasonal) = if n_points < 10 { (1, 0) } else { (2, 1) };
        let start = Order {
            p: few.min(terms),
            q: few.min(terms),
            seasonal_p: few_seasonal.min(seasonal),
            seasonal_q: few_seasonal.min(seasonal),
            constant,
        };
        Self {
            problem,
            may_have_constant: constant,
            n_max: [terms; 2],
            n_seasonal_max: [seasonal; 2],
            start,
            tried: Vec::new(),
            best: None,
        }
    }

    /// The four models of Hyndman and Khandakar, that without a constant, and then from the best of them to the first
    /// better neighbour until there is none.
    fn walk(mut self) -> Option<Fitted> {
        let constant = self.may_have_constant;
        let none = Order { p: 0, q: 0, seasonal_p: 0, seasonal_q: 0, constant };
        let (one, one_seasonal) = (1.min(self.n_max[0]), 1.min(self.n_seasonal_max[0]));
        let starts = [
            self.start,
            none,
            Order { p: one, seasonal_p: one_seasonal, ..none },
            Order { q: one, seasonal_q: one_seasonal, ..none },
            Order { constant: false, ..none },
        ];
        for order in starts {
            self.improves(order);
        }
        while self.tried.len() < MODELS_MAX && self.step() {}
        self.best
    }

    /// Goes to the first better neighbour; `false` when there is none.
    fn step(&mut self) -> bool {
        let Some(at) = self.best.as_ref().map(|best| best.order) else { return false };
        let moved = |have: usize, by: isize, max: usize| have.checked_add_signed(by).filter(|&n| n <= max);
        for [p, q, seasonal_p, seasonal_q] in STEPS {
            let neighbour = || {
                Some(Order {
                    p: moved(at.p, p, self.n_max[0])?,
                    q: moved(at.q, q, self.n_max[1])?,
                    seasonal_p: moved(at.seasonal_p, seasonal_p, self.n_seasonal_max[0])?,
                    seasonal_q: moved(at.seasonal_q, seasonal_q, self.n_seasonal_max[1])?,
                    constant: at.constant,
                })
            };
            if let Some(order) = neighbour()
                && self.improves(order)
            {
                return true;
            }
        }
        self.may_have_constant && self.improves(Order { constant: !at.constant, ..at })
    }

    /// Tries an order once and keeps it when it is the best so far.
    fn improves(&mut self, order: Order) -> bool {
        if self.tried.contains(&order) || self.tried.len() >= MODELS_MAX {
            return false;
        }
        self.tried.push(order);
        let Some(fitted) = self.problem.fit(order) else { return false };
        let better = self.best.as_ref().is_none_or(|best| fitted.aicc < best.aicc);
        if better {
            self.best = Some(fitted);
        }
        better
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_and_a_season_are_continued_exactly() {
        let line: Vec<f64> = (0..12).map(|t| 50.0 + 2.5 * f64::from(t)).collect();
        let path = Arima.predict(&History { values: &line, season: 1 }, 3).unwrap();
        for (h, point) in path.points.iter().enumerate() {
            assert!((point - (80.0 + 2.5 * h as f64)).abs() < 1e-6, "{path:?}");
        }
        let season: Vec<f64> = (0..20).map(|t| [1.0, 5.0, 2.0, 9.0][t % 4] + (t / 4) as f64).collect();
        let path = Arima.predict(&History { values: &season, season: 4 }, 4).unwrap();
        for (h, point) in path.points.iter().enumerate() {
            assert!((point - [6.0, 10.0, 7.0, 14.0][h]).abs() < 1e-6, "{path:?}");
        }
    }

    #[test]
    fn an_autoregression_is_recognised() {
        let (mut state, mut value) = (7_u32, 0.0);
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            value = 0.7 * value + f64::from(state >> 8) / f64::from(1_u32 << 24) - 0.5;
            100.0 + value
        };
        let values: Vec<f64> = (0..200).map(|_| next()).collect();
        let fitted = choose(&History { values: &values, season: 1 }).unwrap();
        assert_eq!((fitted.differences, fitted.order.constant), (0, true), "{fitted:?}");
        assert!(fitted.order.p >= 1, "{fitted:?}");
        let far = fitted.path(&values, 1, 60).points[59];
        assert!((far - 100.0).abs() < 0.5, "{far}");
    }
}
