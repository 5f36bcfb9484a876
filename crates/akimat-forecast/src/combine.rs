//! How much each model counts: by its errors at earlier origins, drawn towards fixed shares when there are
//! few of them, and the naive forecast alone where it clearly wins.

use crate::model::Model;
use serde::Serialize;

/// A model that competes with the naive ones, and the share it has before any evidence.
#[derive(Clone, Copy, Debug)]
pub struct Challenger<'a> {
    /// The model.
    pub model: &'a dyn Model,
    /// Its share before evidence, relative to the other challengers; above 0.
    pub prior: f64,
}

/// What the forecast is made of.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Choice {
    /// A weighted mean of the models.
    Combined {
        /// Code of each model and its weight; the weights sum to one.
        weights: Vec<(&'static str, f64)>,
    },
    /// The last value: it clearly won the backtest.
    Naive,
    /// The value of a season ago: it clearly won the backtest.
    SeasonalNaive,
}

impl Choice {
    /// Stable code for exports: `combined`, `naive`, `seasonal_naive`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Combined { .. } => "combined",
            Self::Naive => "naive",
            Self::SeasonalNaive => "seasonal_naive",
        }
    }
}

/// Share of the challengers together before evidence; the two naive forecasts divide the rest.
const CHALLENGER_SHARE: f64 = 0.8;
/// The same with the neural model among them.
const CHALLENGER_SHARE_NEURAL: f64 = 0.98;
/// A naive forecast stands alone on this many origins or more only.
const ORIGINS_FOR_ONE: usize = 6;
/// Weight of the evidence of k origins: k / (k + 5); yearly series, which are short, k / (k + 12).
const ORIGINS_HALF: f64 = 5.0;
const ORIGINS_HALF_YEARLY: f64 = 12.0;
/// A model with twice the error of the best gets 1/16 of its share, 1/4 on yearly series.
const SHARPNESS: i32 = 4;
const SHARPNESS_YEARLY: i32 = 2;
/// A naive forecast stands alone if its error is below (0.8 − 1/k) of the best challenger's, k origins.
const CLEAR: f64 = 0.8;
/// A naive forecast whose error is more than five times the best one's loses its share before evidence in
/// proportion: a straight line needs no prudence.
const HOPELESS: f64 = 5.0;

/// Mean absolute errors in the backtest.
pub(crate) struct Evidence<'a> {
    /// Per model: challengers first, then naive, then seasonal naive.
    pub(crate) errors: &'a [f64],
    /// Of the plain mean of the challengers.
    pub(crate) mean_error: f64,
    pub(crate) n_origins: usize,
    /// Shares of the challengers before evidence.
    pub(crate) priors: &'a [f64],
    /// The neural model is the last challenger.
    pub(crate) neural: bool,
    /// The series is yearly.
    pub(crate) yearly: bool,
}

impl Evidence<'_> {
    /// Weights in the order of the errors, summing to one.
    pub(crate) fn weights(&self) -> Vec<f64> {
        let n_challengers = self.priors.len();
        let mut weights = vec![0.0; n_challengers + 2];
        if let Some(winner) = self.clear_naive() {
            weights[n_challengers + usize::from(winner == Choice::SeasonalNaive)] = 1.0;
            return weights;
        }
        let sum: f64 = self.priors.iter().sum();
        let challengers = if self.neural { CHALLENGER_SHARE_NEURAL } else { CHALLENGER_SHARE };
        let naive_share = (1.0 - challengers) / 2.0;
        let prior = self.priors.iter().map(|prior| challengers * prior / sum);
        let prior: Vec<f64> = prior.chain([naive_share; 2]).collect();
        let worst = self.errors.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
        let errors: Vec<f64> = self.errors.iter().map(|error| error.max(1e-12 * worst)).collect();
        let best = errors.iter().copied().fold(f64::INFINITY, f64::min);
        let shares = |share: &dyn Fn(f64) -> f64| {
            let raw: Vec<f64> = prior.iter().zip(&errors).map(|(p, error)| p * share(best / error)).collect();
            let sum: f64 = raw.iter().sum();
            raw.into_iter().map(move |weight| weight / sum)
        };
        let origins = self.n_origins as f64;
        let (half, sharpness) =
            if self.yearly { (ORIGINS_HALF_YEARLY, SHARPNESS_YEARLY) } else { (ORIGINS_HALF, SHARPNESS) };
        let trust = origins / (origins + half);
        let by_error = shares(&|ratio| ratio.powi(sharpness));
        let before = shares(&|ratio| (HOPELESS * ratio).min(1.0));
        for (weight, (by_error, before)) in weights.iter_mut().zip(by_error.zip(before)) {
            *weight = trust * by_error + (1.0 - trust) * before;
        }
        weights
    }

    /// The naive forecast that stands alone, if one does.
    pub(crate) fn clear_naive(&self) -> Option<Choice> {
        let (challengers, naive) = self.errors.split_at(self.priors.len());
        let best = challengers.iter().copied().fold(self.mean_error, f64::min);
        if self.n_origins < ORIGINS_FOR_ONE {
            return None;
        }
        let limit = best * (CLEAR - 1.0 / self.n_origins as f64);
        let seasonal = naive[1] < naive[0];
        (naive[0].min(naive[1]) < limit).then_some(if seasonal {
            Choice::SeasonalNaive
        } else {
            Choice::Naive
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_evidence_leaves_the_shares_and_much_moves_them() {
        let check = |errors: [f64; 4], n_origins: usize, want: [f64; 4]| {
            let mean_error = (errors[0] + errors[1]) / 2.0;
            let evidence = Evidence {
                errors: &errors,
                mean_error,
                n_origins,
                priors: &[0.5, 0.5],
                neural: false,
                yearly: false,
            };
            for (got, want) in evidence.weights().iter().zip(want) {
                assert!((got - want).abs() < 1e-9, "{errors:?}: {got} is not {want}");
            }
        };
        let clear = |errors: [f64; 4], n_origins: usize| {
            let evidence = Evidence {
                errors: &errors,
                mean_error: 1.0,
                n_origins,
                priors: &[0.5, 0.5],
                neural: false,
                yearly: false,
            };
            evidence.clear_naive()
        };
        check([1.0; 4], 2, [0.4, 0.4, 0.1, 0.1]);
        // By error 0.4, 0.4/16, 0.1/16, 0.1/16 over their sum 0.4375; half of that and half of the shares.
        check([1.0, 2.0, 2.0, 2.0], 5, [0.657_142_857, 0.228_571_429, 0.057_142_857, 0.057_142_857]);
        // 0.6 < 0.8 − 1/6; five origins are too few for a single winner.
        check([1.0, 1.0, 0.6, 1.0], 6, [0.0, 0.0, 1.0, 0.0]);
        check([1.0, 1.0, 0.9, 0.6], 6, [0.0, 0.0, 0.0, 1.0]);
        assert_eq!(clear([1.0, 1.0, 0.1, 1.0], 5), None);
    }

    #[test]
    fn a_hopeless_naive_forecast_gets_nothing() {
        let evidence = Evidence {
            errors: &[0.0, 0.0, 5.0, 5.0],
            mean_error: 0.0,
            n_origins: 2,
            priors: &[1.0, 1.0],
            neural: false,
            yearly: false,
        };
        let weights = evidence.weights();
        assert!(weights[2] + weights[3] < 1e-9 && (weights[0] - 0.5).abs() < 1e-9, "{weights:?}");
    }
}
