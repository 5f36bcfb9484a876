//! What every forecasting model looks like from outside. A neural model is another implementation of
//! [`Model`]: it gets the same history and answers with the same kind of path.

use std::fmt;

/// What a model may see: the values up to the origin and nothing later.
#[derive(Clone, Copy, Debug)]
pub struct History<'a> {
    /// Values, oldest first, finite.
    pub values: &'a [f64],
    /// Seasonal period in steps: 1, 4 or 12.
    pub season: usize,
}

impl History<'_> {
    /// The last value, the base of every naive forecast.
    pub fn last(&self) -> f64 {
        self.values.last().copied().unwrap_or(0.0)
    }

    /// Mean absolute one-step change: a scale for errors that needs no model. 0 for a constant history.
    pub fn mean_abs_change(&self) -> f64 {
        mean_abs_change(self.values, 1)
    }
}

/// Mean of |x_t − x_(t−lag)|, the scale of MASE; 0 when the history is not longer than the lag.
pub(crate) fn mean_abs_change(values: &[f64], lag: usize) -> f64 {
    let Some(later) = values.get(lag..).filter(|later| !later.is_empty()) else { return 0.0 };
    values.iter().zip(later).map(|(a, b)| (b - a).abs()).sum::<f64>() / later.len() as f64
}

/// A forecast path as the model itself sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// One value per step.
    pub points: Vec<f64>,
    /// The model's own standard deviation per step. Known to be too small on real series: it is a shape
    /// for [`crate::interval`], not an interval.
    pub spreads: Vec<f64>,
}

/// Why a model gives no forecast for a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FitError {
    /// The model needs more points.
    #[error("the model needs {need} points and has {have}")]
    TooShort {
        /// Points given.
        have: usize,
        /// Points needed.
        need: usize,
    },
    /// The model is for counts or demand and the history has values that cannot be.
    #[error("the model is for counts: no value may be negative, and whole numbers are expected")]
    NotCounts,
    /// The result is not finite: the values are beyond what floats can add.
    #[error("the values are too large to compute with")]
    Overflow,
}

/// A place in a history: how many of its values are known there, and how many steps are asked for.
pub type Cut = (usize, usize);

/// A forecasting model: fitted and asked in one call, because every origin of a backtest refits it.
pub trait Model: fmt::Debug + Sync {
    /// Short code, stable, lower case: it is stored and shown in exports.
    fn code(&self) -> &'static str;

    /// Fits the model to the history and continues it by `horizon` steps.
    ///
    /// # Errors
    /// [`FitError`] when the history is too short for this model or numbers overflow.
    fn predict(&self, history: &History<'_>, horizon: usize) -> Result<Path, FitError>;

    /// What [`Model::predict`] says from each of the cuts, in their order. A model that can share work between them
    /// does so; nothing after a cut may be used for it.
    fn predict_at(&self, history: &History<'_>, cuts: &[Cut]) -> Vec<Result<Path, FitError>> {
        predict_each(self, history, cuts)
    }
}

/// [`Model::predict`] cut by cut.
pub(crate) fn predict_each<M: Model + ?Sized>(
    model: &M,
    history: &History<'_>,
    cuts: &[Cut],
) -> Vec<Result<Path, FitError>> {
    let season = history.season;
    let predict =
        |&(at, horizon): &Cut| model.predict(&History { values: &history.values[..at], season }, horizon);
    cuts.iter().map(predict).collect()
}

/// Refuses a path with values that are not finite.
pub(crate) fn checked(path: Path) -> Result<Path, FitError> {
    if path.points.iter().chain(&path.spreads).all(|value| value.is_finite()) {
        Ok(path)
    } else {
        Err(FitError::Overflow)
    }
}
