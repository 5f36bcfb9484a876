//! The dynamic optimised Theta model as its authors have it (Fiorucci, Pellegrini, Louzada, Petropoulos, Koehler 2016,
//! sections 3 and 4): level, smoothing weight and theta are all free.
//!
//! The ensemble uses [`crate::theta`], the same model with its trend drawn towards the classical one and another test
//! of the season. Both solve level and trend by least squares for each trial of the smoothing weight, so this one finds
//! the authors' optimum without a search in three unknowns.

use crate::model::{FitError, History, Model, Path, checked};
use crate::season;
use crate::theta::{Rules, fit_by};

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
        let rules = Rules { prior: 0.0, settle };
        checked(fit_by(&adjusted.values, rules)?.path(&adjusted, horizon))
    }
}
