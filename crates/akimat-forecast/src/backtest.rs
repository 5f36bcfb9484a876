//! The rolling origin: the series is cut at earlier dates, forecast from there as if the rest were unknown,
//! and compared with what came. Everything a forecast says about its own quality comes from here.

use crate::accuracy::{mae, mase_scale, mean, smape};
use crate::combine::{Challenger, Choice, Evidence};
use crate::interval::{Calibration, Trial, Width};
use crate::model::{Cut, FitError, History, Model, Path};
use crate::naive::{Naive, SeasonalNaive};
use crate::neural::{MEDIAN, Quantiles};
use crate::pool::Factors;
use serde::Serialize;

/// Most origins tried.
pub const ORIGINS_MAX: usize = 8;

/// Shortest history an origin leaves, and that of a series of six or seven values.
const HISTORY_MIN: usize = 6;
const HISTORY_MIN_SHORT: usize = 4;

/// How one method did over all origins and steps.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Score {
    /// Code of the method: `combined`, `ets`, `theta`, `dot`, `ces`, `neural`, `naive`, `seasonal_naive`.
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
pub(crate) struct Origin {
    pub(crate) at: usize,
    pub(crate) paths: Vec<Path>,
    /// What the neural model says, where it is on the panel.
    pub(crate) quantiles: Vec<Quantiles>,
}

/// Challengers, the neural model where it fits the series, and the two naive forecasts behind them.
pub(crate) struct Panel<'a> {
    pub(crate) challengers: &'a [Challenger<'a>],
    pub(crate) season: usize,
}

/// What was decided from the origins.
pub(crate) struct Verdict {
    pub(crate) choice: Choice,
    pub(crate) weights: Vec<f64>,
    /// Weight of the neural model.
    pub(crate) neural_weight: f64,
    /// Mean of the classical models: points and standard deviations per step ahead.
    pub(crate) classical: Path,
    pub(crate) trials: Vec<Trial>,
    pub(crate) backtest: Backtest,
    /// What all say from the end of the series.
    pub(crate) ahead: Origin,
}

/// Where to cut a series of `n` values: the last origins, at most eight, spread over its second half (or the
/// last eight values of a short one), each leaving at least six values (four where there are only six or seven), or
/// three seasons if there are as many.
pub fn origins(n: usize, season: usize) -> Vec<usize> {
    let least = if n < HISTORY_MIN + 2 { HISTORY_MIN_SHORT } else { HISTORY_MIN };
    let whole_seasons = if season > 1 && n >= 3 * season + 4 { 3 * season } else { least };
    let first = whole_seasons.max((n / 2).min(n.saturating_sub(8)));
    let stride = (n.saturating_sub(first) / ORIGINS_MAX).max(1);
    (1..=ORIGINS_MAX)
        .filter_map(|i| (n + stride).checked_sub(1 + i * stride))
        .filter(|at| *at >= first)
        .collect()
}

/// The end of a series of `n` values and the origins of its backtest, each with the steps to forecast from there.
pub(crate) fn cuts(n: usize, season: usize, horizon: usize) -> Vec<Cut> {
    let origins = origins(n, season).into_iter().map(|at| (at, horizon.min(n - at)));
    std::iter::once((n, horizon)).chain(origins).collect()
}

impl Panel<'_> {
    /// Codes in the order of the paths.
    fn codes(&self, neural: bool) -> impl Iterator<Item = &'static str> {
        let challengers = self.challengers.iter().map(|challenger| challenger.model.code());
        let naive = [Naive.code(), SeasonalNaive.code()];
        challengers.chain(neural.then_some(crate::neural::CODE)).chain(naive)
    }

    /// What everybody says from each of the cuts. A model that needs more points is stood in for by the naive
    /// forecast. The neural model takes part everywhere or nowhere; `spoken` is what it says from each cut.
    fn origins(
        &self,
        values: &[f64],
        cuts: &[Cut],
        spoken: Vec<Vec<Quantiles>>,
    ) -> Result<Vec<Origin>, FitError> {
        let history = History { values, season: self.season };
        let predict = |model: &dyn Model| -> Result<Vec<Path>, FitError> {
            let stand_in = |(answer, cut): (Result<Path, FitError>, &Cut)| match answer {
                Err(FitError::TooShort { .. }) => {
                    Naive.predict(&History { values: &values[..cut.0], season: self.season }, cut.1)
                }
                answer => answer,
            };
            model.predict_at(&history, cuts).into_iter().zip(cuts).map(stand_in).collect()
        };
        let mut by_model: Vec<std::vec::IntoIter<Path>> = self
            .challengers
            .iter()
            .map(|challenger| challenger.model)
            .chain([&Naive as &dyn Model, &SeasonalNaive])
            .map(|model| Ok(predict(model)?.into_iter()))
            .collect::<Result<_, FitError>>()?;
        let usable = |steps: &Vec<Quantiles>| {
            !steps.is_empty() && steps.iter().flatten().all(|quantile| quantile.is_finite())
        };
        let mut spoken = Some(spoken).filter(|all| all.iter().all(usable)).map(Vec::into_iter);
        let mut origins = Vec::with_capacity(cuts.len());
        for (at, horizon) in cuts {
            let mut paths: Vec<Path> = by_model.iter_mut().filter_map(Iterator::next).collect();
            let mut quantiles = spoken.as_mut().and_then(Iterator::next).unwrap_or_default();
            if !quantiles.is_empty() {
                let n_challengers = self.challengers.len();
                go_on(&mut quantiles, &paths[..n_challengers], *horizon);
                let points = quantiles.iter().map(|step| step[MEDIAN]).collect();
                paths.insert(n_challengers, Path { points, spreads: vec![0.0; *horizon] });
            }
            origins.push(Origin { at: *at, paths, quantiles });
        }
        Ok(origins)
    }

    /// Runs the backtest and decides the weights.
    pub(crate) fn judge(
        &self,
        values: &[f64],
        horizon: usize,
        spoken: Vec<Vec<Quantiles>>,
        (levels, factors): (&[u8], &Factors),
    ) -> Result<Verdict, FitError> {
        let cuts = cuts(values.len(), self.season, horizon);
        let mut origins = self.origins(values, &cuts, spoken)?;
        let ahead = origins.remove(0);
        let neural = !ahead.quantiles.is_empty();
        let codes: Vec<&'static str> = self.codes(neural).collect();
        let book = Book { values, origins, season: self.season };
        let mut priors: Vec<f64> = self.challengers.iter().map(|challenger| challenger.prior).collect();
        if neural {
            let share = if self.season == 1 { NEURAL_TO_OTHERS_YEARLY } else { NEURAL_TO_OTHERS_SEASONAL };
            priors.push(share * priors.iter().sum::<f64>());
        }
        let n_challengers = priors.len();
        let unit = |chosen: usize| {
            let mut weights = vec![0.0; n_challengers + 2];
            weights[chosen] = 1.0;
            weights
        };
        let methods: Vec<Score> =
            codes.iter().enumerate().map(|(i, code)| book.score(code, &unit(i))).collect();
        let errors: Vec<f64> = methods.iter().map(|score| score.mae).collect();
        let mut even = vec![1.0 / n_challengers as f64; n_challengers];
        even.extend([0.0; 2]);
        let evidence = Evidence {
            errors: &errors,
            mean_error: book.score("mean", &even).mae,
            n_origins: book.origins.len(),
            priors: &priors,
            neural,
            yearly: self.season == 1,
        };
        let weights = evidence.weights();
        let choice = evidence.clear_naive().unwrap_or_else(|| Choice::Combined {
            weights: codes.iter().copied().zip(weights.iter().copied()).collect(),
        });
        let mix =
            Mix { weights: &weights, neural_at: neural.then_some(self.challengers.len()), factors, horizon };
        let trials = book.trials(&mix);
        let coverage = book.coverage(&trials, &mix, levels);
        let chosen = book.score(choice.code(), &weights);
        let backtest = book.report(methods, chosen, coverage);
        let neural_weight = mix.neural_weight();
        let classical = self::mix(&ahead.paths, &mix.classical());
        Ok(Verdict { choice, weights, neural_weight, classical, trials, backtest, ahead })
    }
}

/// Share of the neural model before evidence, as a multiple of that of the other challengers together. Of three horizons of
/// yearly M4 held back, each with networks that knew nothing later, two want nothing but the networks and the earliest
/// wants two fifths: about three fifths lose least in the worst of them. Networks err together in a time that none of
/// them has seen.
const NEURAL_TO_OTHERS_YEARLY: f64 = 1.5;
/// The same for quarterly and monthly series: of eight collections held back seven gain by it and one stays equal.
const NEURAL_TO_OTHERS_SEASONAL: f64 = 2.5;

/// Continues quantiles to `horizon` steps: the middle along the mean of the other paths, the width with the square
/// root of the steps.
fn go_on(quantiles: &mut Vec<Quantiles>, paths: &[Path], horizon: usize) {
    quantiles.truncate(horizon);
    let Some(last) = quantiles.last().copied() else { return };
    let known = quantiles.len();
    let others = |h: usize| mean(paths.iter().map(|path| path.points[h]));
    for h in known..horizon {
        let middle = last[MEDIAN] + others(h) - others(known - 1);
        let wider = ((h + 1) as f64 / known as f64).sqrt();
        quantiles.push(last.map(|quantile| middle + wider * (quantile - last[MEDIAN])));
    }
}

/// Weights of the paths and what the widths need.
struct Mix<'a> {
    weights: &'a [f64],
    neural_at: Option<usize>,
    factors: &'a Factors,
    horizon: usize,
}

impl Mix<'_> {
    fn neural_weight(&self) -> f64 {
        self.neural_at.map_or(0.0, |at| self.weights[at])
    }

    /// The weights without the neural model, for the spreads of the others; all equal where nothing is left.
    fn classical(&self) -> Vec<f64> {
        let mut weights = self.weights.to_vec();
        if let Some(at) = self.neural_at {
            weights[at] = 0.0;
        }
        let sum: f64 = weights.iter().sum();
        if sum > 1e-9 {
            weights.iter_mut().for_each(|weight| *weight /= sum);
        } else {
            let even = 1.0 / (weights.len() - 1) as f64;
            weights.iter_mut().enumerate().for_each(|(i, weight)| {
                *weight = if Some(i) == self.neural_at { 0.0 } else { even };
            });
        }
        weights
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

    /// How the classical part did: it was fitted again at each origin, the network was not.
    fn trials(&self, mix: &Mix<'_>) -> Vec<Trial> {
        let weights = mix.classical();
        let trial = |origin: &Origin| {
            let (facts, path) = self.mixed(origin, &weights);
            let errors = facts.iter().zip(&path.points).map(|(fact, point)| fact - point).collect();
            Trial { errors, path }
        };
        self.origins.iter().map(trial).collect()
    }

    /// The interval of an origin is calibrated on the other origins.
    fn coverage(&self, trials: &[Trial], mix: &Mix<'_>, levels: &[u8]) -> Vec<Coverage> {
        let mut coverage: Vec<Coverage> =
            levels.iter().map(|&level| Coverage { level, inside: 0, of: 0 }).collect();
        for (i, trial) in trials.iter().enumerate() {
            let others = trials.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, other)| other);
            let origin = &self.origins[i];
            let history = &self.values[..origin.at];
            let change = crate::model::mean_abs_change(history, 1);
            let calibration = Calibration::new(others, history.len(), self.season, change);
            let (facts, path) = self.mixed(origin, mix.weights);
            for (h, (fact, point)) in facts.iter().zip(&path.points).enumerate() {
                let width = Width {
                    calibration: &calibration,
                    factors: mix.factors,
                    neural_weight: mix.neural_weight(),
                    step_idx: h,
                    horizon: mix.horizon,
                    point: *point,
                    classical: (trial.path.points[h], trial.path.spreads[h]),
                    quantiles: origin.quantiles.get(h),
                };
                for line in &mut coverage {
                    let (below, above) = width.halves(line.level);
                    line.of += 1;
                    line.inside += usize::from(point - below <= *fact && *fact <= point + above);
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
        check(6, 1, &[5, 4]);
        check(40, 1, &[39, 37, 35, 33, 31, 29, 27, 25]);
        check(16, 4, &[15, 14, 13, 12]);
        check(100, 4, &[99, 93, 87, 81, 75, 69, 63, 57]);
    }
}
