//! Three well-known smoothing methods, each alone and fitted by greatest likelihood: simple (Brown), Holt's straight
//! trend and the damped trend (Gardner, McKenzie 1985), on the series adjusted as in the M4 benchmarks.

use crate::ets_auto::{Errors, Form, Season, Trend, fit};
use crate::model::{FitError, History, Model, Path, checked};
use crate::season;

/// Simple exponential smoothing: a level without trend.
#[derive(Clone, Copy, Debug)]
pub struct Ses;

/// Holt's method: a level and a straight trend.
#[derive(Clone, Copy, Debug)]
pub struct Holt;

/// A level and a trend that fades.
#[derive(Clone, Copy, Debug)]
pub struct Damped;

impl Model for Ses {
    fn code(&self) -> &'static str {
        "ses"
    }

    fn predict(&self, history: &History<'_>, horizon: usize) -> Result<Path, FitError> {
        predict(&[Trend::None], history, horizon)
    }
}

impl Model for Holt {
    fn code(&self) -> &'static str {
        "holt"
    }

    fn predict(&self, history: &History<'_>, horizon: usize) -> Result<Path, FitError> {
        predict(&[Trend::Additive, Trend::None], history, horizon)
    }
}

impl Model for Damped {
    fn code(&self) -> &'static str {
        "damped"
    }

    fn predict(&self, history: &History<'_>, horizon: usize) -> Result<Path, FitError> {
        predict(&[Trend::Damped, Trend::Additive, Trend::None], history, horizon)
    }
}

/// The first of the trends that the points can carry.
fn predict(trends: &[Trend], history: &History<'_>, horizon: usize) -> Result<Path, FitError> {
    let adjusted = season::adjust_m4(history.values, history.season);
    let form = |trend: Trend| Form { errors: Errors::Additive, trend, season: Season::None };
    let Some(fitted) = trends.iter().find_map(|&trend| fit(&adjusted.values, 1, form(trend))) else {
        let need = 5;
        let have = history.values.len();
        return Err(if have < need { FitError::TooShort { have, need } } else { FitError::Overflow });
    };
    let mut path = fitted.path(horizon);
    for h in 0..horizon {
        path.points[h] = adjusted.restore(h, path.points[h]);
        path.spreads[h] *= adjusted.stretch(h);
    }
    checked(path)
}
