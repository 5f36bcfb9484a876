//! The rolling origin: the series is cut at earlier dates, forecast from there as if the rest were unknown,
//! and compared with what came. Everything a forecast says about its own quality comes from here.

use crate::accuracy::{mae, mase_scale, mean, smape};
use crate::combine::{Challenger, Choice, Evidence};
use crate::interval::{Calibration, Trial};
use crate::model::{FitError, History, Model, Path};
use crate::naive::{Naive, SeasonalNaive};
use serde::Serialize;

/// Most origins tried.
pub const ORIGINS_MAX: usize = 12;

/// Shortest history an origin leaves.
const HISTORY_MIN: usize = 6;

/// How one method did over all origins and steps.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Score {
    /// Code of the method: `combined`, `ets`, `theta`, `naive`, `seasonal_naive`.
    pub method: &'static str,
    /// Mean absolute error in the unit of the series; every origin counts the same.
    pub mae: f64,
    /// The same over the mean absolute seasonal change of the series; below 1 is better than repeating the
    /// last season in hindsight.
    pub mase: f64,
    /// Symmetric percentage error, 0 to 200.
    pub smape: f64,
    /// Mean absolute error per step ahead, first step first.
    pub mae_by_step: Vec<f64>,
}

/// How often intervals held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Level in per cent.
    pub level: u8,
    /// Facts inside their interval.
    pub inside: usize,
    /// Facts compared.
    pub of: usize,
}

/// What the past says about this forecast.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Backtest {
    /// Origins tried.
    pub n_origins: usize,
    /// Forecast and fact pairs compared, over all origins and steps.
    pub n_errors: usize,
    /// The method chosen, with the weights it has now.
    pub chosen: Score,
    /// The better of the naive and the seasonal naive forecast.
    pub naive: Score,
    /// Every single method, challengers first.
    pub methods: Vec<Score>,
    /// Coverage at each level; the interval of an origin is calibrated on the other origins.
    pub coverage: Vec<Coverage>,
    /// The naive forecast's error was smaller than that of the method chosen, or it was chosen itself.
    pub naive_better: bool,
}

/// The models' paths at one origin, in the order of the panel.
#[derive(Clone, Debug)]
struct Origin {
    at: usize,
    paths: Vec<Path>,
}

/// Challengers with the two naive forecasts behind them.
pub(crate) struct Panel<'a> {
    challengers: &'a [Challenger<'a>],
    season: usize,
}

/// What was decided from the origins.
pub(crate) struct Verdict {
    pub(crate) choice: Choice,
    pub(crate) weights: Vec<f64>,
    pub(crate) trials: Vec<Trial>,
    pub(crate) backtest: Backtest,
}

/// Where to cut a series of `n` values: the last origins, at most twelve, spread over its second half (or the
/// last eight values of a short one), each leaving at least six values, or three seasons if there are as many.
pub fn origins(n: usize, season: usize) -> Vec<usize> {
    let whole_seasons = if season > 1 && n >= 3 * season + 4 { 3 * season } else { HISTORY_MIN };
    let first = whole_seasons.max((n / 2).min(n.saturating_sub(8)));
    let stride = (n.saturating_sub(first) / ORIGINS_MAX).max(1);
    (1..=ORIGINS_MAX)
        .filter_map(|i| (n + stride).checked_sub(1 + i * stride))
        .filter(|at| *at >= first)
        .collect()
}

impl<'a> Panel<'a> {
    pub(crate) const fn new(challengers: &'a [Challenger<'a>], season: usize) -> Self {
        Self { challengers, season }
    }

    /// Codes in the order of the paths.
    pub(crate) fn codes(&self) -> impl Iterator<Item = &'static str> {
        let naive = [Naive.code(), SeasonalNaive.code()];
        self.challengers.iter().map(|challenger| challenger.model.code()).chain(naive)
    }

    /// All paths from one history. A model that needs more points is stood in for by the naive forecast.
    pub(crate) fn paths(&self, values: &[f64], horizon: usize) -> Result<Vec<Path>, FitError> {
        let history = History { values, season: self.season };
        let naive: [&dyn Model; 2] = [&Naive, &SeasonalNaive];
        let models = self.challengers.iter().map(|challenger| challenger.model).chain(naive);
        models
            .map(|model| match model.predict(&history, horizon) {
                Err(FitError::TooShort { .. }) => Naive.predict(&history, horizon),
                answer => answer,
            })
            .collect()
    }

    /// Runs the backtest and decides the weights.
    pub(crate) fn judge(&self, values: &[f64], horizon: usize, levels: &[u8]) -> Result<Verdict, FitError> {
        let mut origins = Vec::new();
        for at in self::origins(values.len(), self.season) {
            let paths = self.paths(&values[..at], horizon.min(values.len() - at))?;
            origins.push(Origin { at, paths });
        }
        let book = Book { values, origins, season: self.season };
        let n_challengers = self.challengers.len();
        let unit = |chosen: usize| {
            let mut weights = vec![0.0; n_challengers + 2];
            weights[chosen] = 1.0;
            weights
        };
        let methods: Vec<Score> =
            self.codes().enumerate().map(|(i, code)| book.score(code, &unit(i))).collect();
        let errors: Vec<f64> = methods.iter().map(|score| score.mae).collect();
        let mut even = vec![1.0 / n_challengers as f64; n_challengers];
        even.extend([0.0; 2]);
        let priors: Vec<f64> = self.challengers.iter().map(|challenger| challenger.prior).collect();
        let evidence = Evidence {
            errors: &errors,
            mean_error: book.score("mean", &even).mae,
            n_origins: book.origins.len(),
            priors: &priors,
        };
        let weights = evidence.weights();
        let choice = evidence.clear_naive().unwrap_or_else(|| Choice::Combined {
            weights: self.codes().zip(weights.iter().copied()).collect(),
        });
        let trials = book.trials(&weights);
        let coverage = book.coverage(&trials, levels);
        let chosen = book.score(choice.code(), &weights);
        let backtest = book.report(methods, chosen, coverage);
        Ok(Verdict { choice, weights, trials, backtest })
    }
}

/// Facts and paths of all origins.
struct Book<'a> {
    values: &'a [f64],
    origins: Vec<Origin>,
    season: usize,
}

impl Book<'_> {
    /// Facts after an origin and the weighted path.
    fn mixed<'b>(&'b self, origin: &Origin, weights: &[f64]) -> (&'b [f64], Path) {
        let mixed = mix(&origin.paths, weights);
        (&self.values[origin.at..origin.at + mixed.points.len()], mixed)
    }

    fn score(&self, method: &'static str, weights: &[f64]) -> Score {
        let mut by_step: Vec<(f64, f64)> = Vec::new();
        let (mut maes, mut smapes) = (Vec::new(), Vec::new());
        for origin in &self.origins {
            let (facts, path) = self.mixed(origin, weights);
            maes.push(mae(facts, &path.points));
            smapes.push(smape(facts, &path.points));
            for (h, (fact, point)) in facts.iter().zip(&path.points).enumerate() {
                if by_step.len() <= h {
                    by_step.push((0.0, 0.0));
                }
                by_step[h].0 += (fact - point).abs();
                by_step[h].1 += 1.0;
            }
        }
        let mae = mean(maes.into_iter());
        Score {
            method,
            mae,
            mase: mase_scale(self.values, self.season).map_or(0.0, |scale| mae / scale),
            smape: mean(smapes.into_iter()),
            mae_by_step: by_step.into_iter().map(|(sum, count)| sum / count).collect(),
        }
    }

    fn trials(&self, weights: &[f64]) -> Vec<Trial> {
        let trial = |origin: &Origin| {
            let (facts, path) = self.mixed(origin, weights);
            let errors = facts.iter().zip(&path.points).map(|(fact, point)| fact - point).collect();
            Trial { errors, spreads: path.spreads }
        };
        self.origins.iter().map(trial).collect()
    }

    fn coverage(&self, trials: &[Trial], levels: &[u8]) -> Vec<Coverage> {
        let mut coverage: Vec<Coverage> =
            levels.iter().map(|&level| Coverage { level, inside: 0, of: 0 }).collect();
        for (i, trial) in trials.iter().enumerate() {
            let others = trials.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, other)| other);
            let history = &self.values[..self.origins[i].at];
            let change = crate::model::mean_abs_change(history, 1);
            let calibration = Calibration::new(others, history.len(), self.season, change);
            for line in &mut coverage {
                for (h, (error, spread)) in trial.errors.iter().zip(&trial.spreads).enumerate() {
                    line.of += 1;
                    let holds = error.abs() <= calibration.half_width(h, *spread, line.level);
                    line.inside += usize::from(holds);
                }
            }
        }
        coverage
    }

    fn report(&self, mut methods: Vec<Score>, chosen: Score, coverage: Vec<Coverage>) -> Backtest {
        let seasonal = methods.len() - 1;
        let better = if methods[seasonal].mae < methods[seasonal - 1].mae { seasonal } else { seasonal - 1 };
        let naive = methods[better].clone();
        if self.season == 1 {
            // A year ago is the last value: one line says it.
            methods.pop();
        }
        Backtest {
            n_origins: self.origins.len(),
            n_errors: self.origins.iter().map(|origin| origin.paths[0].points.len()).sum(),
            naive_better: naive.mae < chosen.mae || chosen.method == naive.method,
            chosen,
            naive,
            methods,
            coverage,
        }
    }
}

/// The weighted mean of paths of one length.
pub(crate) fn mix(paths: &[Path], weights: &[f64]) -> Path {
    let horizon = paths.first().map_or(0, |path| path.points.len());
    let mut mixed = Path { points: vec![0.0; horizon], spreads: vec![0.0; horizon] };
    for (path, weight) in paths.iter().zip(weights).filter(|(_, weight)| **weight > 0.0) {
        for h in 0..horizon {
            mixed.points[h] += weight * path.points[h];
            mixed.spreads[h] += weight * path.spreads[h].abs();
        }
    }
    mixed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_leave_enough_history_and_reach_the_end() {
        let check = |n: usize, season: usize, want: &[usize]| assert_eq!(origins(n, season), want, "{n}");
        check(8, 1, &[7, 6]);
        check(13, 1, &[12, 11, 10, 9, 8, 7, 6]);
        check(40, 1, &[39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28]);
        check(16, 4, &[15, 14, 13, 12]);
        check(100, 4, &[99, 95, 91, 87, 83, 79, 75, 71, 67, 63, 59, 55]);
    }
}
