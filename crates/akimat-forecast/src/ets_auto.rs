//! Exponential smoothing with automatic choice: of all admissible models with additive or relative errors, without
//! trend, with a straight or a damped one, without season, with an additive or a relative one, the one with the least
//! AICc (Hyndman, Koehler, Snyder, Grose 2002; Hyndman, Koehler, Ord, Snyder 2008, chapters 2, 5 and 7).
//!
//! This is the textbook method. The ensemble uses [`crate::ets`], which mixes three of these models and holds their
//! slopes back, because that is better on short series.

mod form;

pub use form::{Errors, Fitted, Form, Season, Trend, fit};

use crate::model::{FitError, History, Model, Path, checked};

/// The exponential smoothing model with the least AICc.
#[derive(Clone, Copy, Debug)]
pub struct EtsAuto;

impl Model for EtsAuto {
    fn code(&self) -> &'static str {
        "ets_auto"
    }

    fn predict(&self, history: &History<'_>, horizon: usize) -> Result<Path, FitError> {
        checked(choose(history)?.path(horizon))
    }
}

/// The best model by AICc.
///
/// # Errors
/// [`FitError::TooShort`] below five points, [`FitError::Overflow`] when the values cannot be squared.
pub fn choose(history: &History<'_>) -> Result<Fitted, FitError> {
    let values = history.values;
    if values.len() < form::POINTS_MIN {
        return Err(FitError::TooShort { have: values.len(), need: form::POINTS_MIN });
    }
    let positive = values.iter().all(|&value| value > 0.0);
    let seasonal = history.season > 1 && values.len() > 2 * history.season;
    let mut best: Option<Fitted> = None;
    for form in forms(positive, seasonal) {
        if let Some(fitted) = fit(values, history.season, form)
            && best.as_ref().is_none_or(|best| fitted.aicc < best.aicc)
        {
            best = Some(fitted);
        }
    }
    best.ok_or(FitError::Overflow)
}

/// What may be tried. A relative season with additive errors is left out: its variance has no closed form and it is
/// unstable near zero (Hyndman et al. 2008, section 2.5); relative errors and seasons need positive values.
fn forms(positive: bool, seasonal: bool) -> Vec<Form> {
    let mut forms = Vec::new();
    for errors in [Errors::Additive, Errors::Relative] {
        for season in [Season::None, Season::Additive, Season::Relative] {
            for trend in [Trend::None, Trend::Additive, Trend::Damped] {
                let needs_positive = errors == Errors::Relative || season == Season::Relative;
                let mixed = errors == Errors::Additive && season == Season::Relative;
                if (!needs_positive || positive) && !mixed && (seasonal || season == Season::None) {
                    forms.push(Form { errors, trend, season });
                }
            }
        }
    }
    forms
}

#[cfg(test)]
mod tests;
