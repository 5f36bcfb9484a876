//! Exponential smoothing in state-space form: ETS(A,N,N), ETS(A,A,N) and ETS(A,Ad,N), that is simple,
//! Holt's and damped Holt's smoothing, mixed by their Akaike weights (Hyndman, Koehler, Ord, Snyder,
//! *Forecasting with Exponential Smoothing*, 2008; weights: Kolassa, International Journal of Forecasting
//! 27, 2011).
//!
//! There is no search. Smoothing weights come from a fixed grid, and the forecast is the mean over the grid by
//! likelihood. On a grid the work is shared: the residuals are linear in the initial level and slope, what these two
//! add does not depend on the series, and sums over a history are also sums over its beginnings, so that one pass
//! answers for every origin of a backtest.

mod grid;

use crate::model::{Cut, FitError, History, Model, Path, checked};
use crate::season::{self, Adjusted};
use grid::GRID;

/// Exponential smoothing of the seasonally adjusted series: the three trends mixed by Akaike weights.
#[derive(Clone, Copy, Debug)]
pub struct Ets;

/// Fewest points for the simplest of the three models.
const POINTS_MIN: usize = 5;

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

impl Trend {
    /// All of them, in the order of [`Trend::place`].
    const ALL: [Self; 3] = [Self::None, Self::Additive, Self::Damped];

    const fn place(self) -> usize {
        match self {
            Self::None => 0,
            Self::Additive => 1,
            Self::Damped => 2,
        }
    }

    /// Smoothing weights, initial states and the variance.
    const fn unknowns(self) -> f64 {
        match self {
            Self::None => 3.0,
            Self::Additive => 5.0,
            Self::Damped => 6.0,
        }
    }

    /// Points that the unknowns need.
    const fn points_min(self) -> usize {
        match self {
            Self::None => POINTS_MIN,
            Self::Additive => 7,
            Self::Damped => 8,
        }
    }
}

impl Model for Ets {
    fn code(&self) -> &'static str {
        "ets"
    }

    fn predict(&self, history: &History<'_>, horizon: usize) -> Result<Path, FitError> {
        let n = history.values.len();
        if n < POINTS_MIN {
            return Err(FitError::TooShort { have: n, need: POINTS_MIN });
        }
        let adjusted = season::adjust(history.values, history.season);
        let path = GRID.paths(&adjusted.values, &[(n, horizon)]).pop().ok_or(FitError::Overflow)?;
        checked(restored(path, &adjusted))
    }

    fn predict_at(&self, history: &History<'_>, cuts: &[Cut]) -> Vec<Result<Path, FitError>> {
        if history.season > 1 {
            // What is seasonal differs from origin to origin.
            return crate::model::predict_each(self, history, cuts);
        }
        let short = |at: usize| FitError::TooShort { have: at, need: POINTS_MIN };
        let usable: Vec<Cut> = cuts.iter().copied().filter(|(at, _)| *at >= POINTS_MIN).collect();
        let mut paths = GRID.paths(history.values, &usable).into_iter();
        let answer = |(at, _): &Cut| {
            if *at < POINTS_MIN { Err(short(*at)) } else { checked(paths.next().ok_or(FitError::Overflow)?) }
        };
        cuts.iter().map(answer).collect()
    }
}

/// Puts the season back.
fn restored(mut path: Path, adjusted: &Adjusted) -> Path {
    for (h, (point, spread)) in path.points.iter_mut().zip(&mut path.spreads).enumerate() {
        *point = adjusted.restore(h, *point);
        *spread *= adjusted.stretch(h);
    }
    path
}

#[cfg(test)]
mod tests;
