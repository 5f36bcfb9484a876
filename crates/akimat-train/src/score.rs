//! How good networks are on the values held back: the figures of the model card.

use crate::collection::{Collection, HoldBack};
use akimat_forecast::accuracy::{mae, mase_scale, msis, smape};
use akimat_forecast::dot::Dot;
use akimat_forecast::ets::Ets;
use akimat_forecast::model::{History, Model};
use akimat_forecast::naive::{Naive2, SeasonalNaive};
use akimat_forecast::neural::{Ensemble, MEDIAN, QUANTILES};
use serde::Serialize;

/// Figures of one collection on the last values of the series held back.
#[derive(Clone, Debug, Serialize)]
pub struct Score {
    /// Name of the collection.
    pub collection: String,
    /// Series compared.
    pub n_series: usize,
    /// Steps ahead.
    pub horizon: usize,
    /// Mean scaled error of the networks alone.
    pub mase: f64,
    /// Of the seasonal naive forecast.
    pub mase_seasonal_naive: f64,
    /// Of the mean of exponential smoothing and dynamic optimised Theta.
    pub mase_classical: f64,
    /// Overall weighted average of the networks: 1 = Naive2.
    pub owa: f64,
    /// Share of the facts inside the raw 80 per cent interval.
    pub coverage80: f64,
    /// The same for 95 per cent.
    pub coverage95: f64,
    /// Mean scaled interval score of the raw 95 per cent interval.
    pub msis95: f64,
    /// The networks alone are worse than the seasonal naive forecast or the classical mean.
    pub worse: bool,
}

#[derive(Default)]
struct Sums {
    n: usize,
    facts: usize,
    /// sMAPE and MASE of networks, Naive2, seasonal naive, classical mean.
    errors: [[f64; 2]; 4],
    inside: [usize; 2],
    msis: f64,
}

/// Scores networks on the first horizon that was held back from them in a collection; `None` where no series is long
/// enough.
pub fn score(
    networks: &Ensemble,
    (collection, hold): (&Collection, HoldBack),
    season: usize,
) -> Option<Score> {
    let horizon = collection.horizon;
    let mut sums = Sums::default();
    for series in &collection.series {
        let (known, facts) = series.values.split_at(hold.learnable(series, horizon));
        let Some(facts) = facts.get(..horizon) else { continue };
        if let (Some(scale), true) = (mase_scale(known, season), known.len() > season + 2) {
            sums.add(networks, (known, facts), season, scale);
        }
    }
    (sums.n > 0).then(|| sums.score(&collection.name, horizon))
}

impl Sums {
    fn add(&mut self, networks: &Ensemble, (known, facts): (&[f64], &[f64]), season: usize, scale: f64) {
        let horizon = facts.len();
        let history = History { values: known, season };
        let path = |model: &dyn Model| model.predict(&history, horizon).ok().map(|path| path.points);
        let quantiles = networks.quantiles(&[known], season, horizon).pop().unwrap_or_default();
        let models = (path(&Naive2), path(&SeasonalNaive), path(&Ets), path(&Dot));
        let (Some(naive2), Some(seasonal), Some(ets), Some(dot)) = models else { return };
        if quantiles.len() != horizon {
            return;
        }
        let classical: Vec<f64> = ets.iter().zip(&dot).map(|(a, b)| (a + b) / 2.0).collect();
        let middle: Vec<f64> = quantiles.iter().map(|step| step[MEDIAN]).collect();
        for (errors, path) in self.errors.iter_mut().zip([&middle, &naive2, &seasonal, &classical]) {
            errors[0] += smape(facts, path);
            errors[1] += mae(facts, path) / scale;
        }
        let last = QUANTILES.len() - 1;
        for (step, fact) in quantiles.iter().zip(facts) {
            self.inside[0] += usize::from(step[1] <= *fact && *fact <= step[last - 1]);
            self.inside[1] += usize::from(step[0] <= *fact && *fact <= step[last]);
        }
        let ends: Vec<(f64, f64)> = quantiles.iter().map(|step| (step[0], step[last])).collect();
        self.msis += msis(facts, &ends, 95, scale);
        self.facts += horizon;
        self.n += 1;
    }

    fn score(&self, name: &str, horizon: usize) -> Score {
        let n = self.n as f64;
        let mase = |at: usize| self.errors[at][1] / n;
        let ratio = |measure: usize| self.errors[0][measure] / self.errors[1][measure];
        Score {
            collection: name.to_owned(),
            n_series: self.n,
            horizon,
            mase: mase(0),
            mase_seasonal_naive: mase(2),
            mase_classical: mase(3),
            owa: (ratio(0) + ratio(1)) / 2.0,
            coverage80: self.inside[0] as f64 / self.facts as f64,
            coverage95: self.inside[1] as f64 / self.facts as f64,
            msis95: self.msis / n,
            worse: mase(0) > mase(2).min(mase(3)),
        }
    }
}
