//! The laboratory: models of one's choice on one series, compared at earlier origins by the measures of the M4
//! competition, step by step, with a remark on whether the difference to the naive forecast is more than chance.
//!
//! Read in this order: this file (question and answer), [`measure`] (what is counted), [`significance`] (the
//! tests). Measures and tests with their sources: docs/method/laboratory.md.

pub mod measure;
pub mod significance;

pub use measure::Measures;
pub use significance::{Test, TestKind};

use crate::catalogue::{by_code, catalogue};
use crate::forecast::forecast;
use crate::interval::Interval;
use crate::model::{FitError, History};
use crate::neural::{self, MEDIAN};
use crate::refusal::Refusal;
use crate::series::Series;
use akimat_core::Period;
use measure::Trial;
use serde::Serialize;

/// Shortest history that an origin leaves.
pub const HISTORY_MIN: usize = 6;
/// Origins at most.
pub const ORIGINS_MAX: usize = 36;
/// Steps ahead at most.
pub const HORIZON_MAX: usize = 36;
/// Points of a series at most.
pub const POINTS_MAX: usize = 600;
/// Code of the automatic forecast, which no model of the catalogue has.
pub const AUTOMATIC: &str = "combined";

/// Codes that may be chosen: the automatic forecast, the models of the catalogue, the networks where they are shipped.
pub fn choices() -> Vec<&'static str> {
    let known = catalogue().iter().map(|model| model.code());
    let neural = neural::shipped().map(|_| neural::CODE).filter(|code| by_code(code).is_none());
    [AUTOMATIC].into_iter().chain(known).chain(neural).collect()
}

/// What is compared.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The series.
    pub series: &'a Series,
    /// Codes of models, [`AUTOMATIC`] among them or not.
    pub models: &'a [&'a str],
    /// Earlier dates at which the series is cut; fewer where the series is too short for them.
    pub n_origins: usize,
    /// Steps ahead from each of them.
    pub horizon: usize,
    /// Levels of intervals in per cent.
    pub levels: &'a [u8],
}

/// One model's answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry {
    /// Its code.
    pub model: &'static str,
    /// Its place by MASE, from 1; models that did not answer at every origin have none. Equals share a place.
    pub rank: Option<usize>,
    /// Origins at which it answered.
    pub n_origins: usize,
    /// Over all origins and steps.
    pub overall: Measures,
    /// Over all origins, step by step.
    pub by_step: Vec<Measures>,
    /// Against the naive forecast; `None` for that one itself and without a rank.
    pub versus: Option<Versus>,
    /// From the end of the series; empty when it does not answer there.
    pub path: Vec<PathStep>,
}

/// A model beside the naive forecast.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Versus {
    /// Its MASE over that of the naive forecast, less one; below zero is better.
    pub change: f64,
    /// Whether that is more than chance; `None` with too few origins to say.
    pub test: Option<Test>,
}

/// A step of the future.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PathStep {
    /// Year, quarter or month.
    #[serde(serialize_with = "crate::laboratory::as_text")]
    pub period: Period,
    /// Point forecast in the unit of the series.
    pub point: f64,
    /// One a level, in the order asked.
    pub intervals: Vec<Interval>,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// Last known period of each origin, oldest first.
    #[serde(serialize_with = "crate::laboratory::as_texts")]
    pub origins: Vec<Period>,
    /// Steps ahead.
    pub horizon: usize,
    /// Levels in per cent.
    pub levels: Vec<u8>,
    /// The naive forecast that the others are held against: the season before, or the last value of years.
    pub baseline: &'static str,
    /// The models, best first; those without a rank behind.
    pub entries: Vec<Entry>,
}

/// Why nothing is compared.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoComparison {
    /// No known model was chosen.
    #[error("no model was chosen")]
    NoModel,
    /// The series leaves no origin with enough before and all steps behind it.
    #[error("the series has {have} points, {need} are needed")]
    TooFewPoints {
        /// Points given.
        have: usize,
        /// Points needed.
        need: usize,
    },
    /// Longer than the laboratory takes.
    #[error("the series has {have} points, at most {max} are accepted")]
    TooLong {
        /// Points given.
        have: usize,
        /// Points accepted.
        max: usize,
    },
    /// All values are equal.
    #[error("all values are equal")]
    Constant,
    /// Beyond the limits of steps, origins or levels.
    #[error("steps, origins or levels are beyond their limits")]
    OutOfRange,
    /// It took too long.
    #[error("the time ran out after {done} of {of} fits")]
    OutOfTime {
        /// Fits that were made.
        done: usize,
        /// Fits that were needed.
        of: usize,
    },
}

/// Points and intervals of one model from one origin.
struct Answer {
    points: Vec<f64>,
    intervals: Vec<Vec<Interval>>,
}

/// Compares the models. `go_on` is asked before each fit; when it says no, the time is up: this room has no clock.
///
/// # Errors
/// [`NoComparison`].
///
/// # Example
/// ```
/// use akimat_core::Period;
/// use akimat_forecast::Series;
/// use akimat_forecast::laboratory::{Question, compare};
/// let values = (0..20_u8).map(|n| 10.0 + 2.0 * f64::from(n)).collect();
/// let series = Series::new("line", Period::year_of(2000), values).unwrap();
/// let question = Question { series: &series, models: &["holt"], n_origins: 8, horizon: 2, levels: &[80] };
/// let answer = compare(&question, &mut || true).unwrap();
/// assert_eq!((answer.entries[0].model, answer.baseline), ("holt", "naive"));
/// ```
pub fn compare(question: &Question<'_>, go_on: &mut dyn FnMut() -> bool) -> Result<Comparison, NoComparison> {
    let season = usize::from(question.series.frequency().per_year());
    let baseline = if season > 1 { "seasonal_naive" } else { "naive" };
    let codes = codes(question.models, baseline)?;
    let cuts = cuts(question)?;
    let values = question.series.values();
    let of = codes.len() * (cuts.len() + 1);
    let mut done = 0;
    let mut fits = |code: &'static str, at: usize| {
        if !go_on() {
            return Err(NoComparison::OutOfTime { done, of });
        }
        done += 1;
        Ok(answer(question, code, at))
    };
    let mut entries = Vec::new();
    for code in codes {
        let mut trials = Vec::new();
        for at in &cuts {
            if let Some(answer) = fits(code, *at)? {
                let facts = values.get(*at..*at + question.horizon).unwrap_or_default().to_vec();
                let scale = crate::accuracy::mase_scale(values.get(..*at).unwrap_or_default(), season);
                trials.push(Trial { facts, points: answer.points, intervals: answer.intervals, scale });
            }
        }
        let path = fits(code, values.len())?.map_or_else(Vec::new, |answer| steps(question.series, answer));
        entries.push((trials, entry(code, path)));
    }
    let entries = ranked(entries, question, (cuts.len(), baseline));
    let periods: Vec<Period> = question.series.periods().take(values.len()).collect();
    let origins = cuts.iter().filter_map(|at| periods.get(at - 1).copied()).collect();
    Ok(Comparison { origins, horizon: question.horizon, levels: question.levels.to_vec(), baseline, entries })
}

/// Codes that exist, each once, in the order asked, the baseline among them.
fn codes(asked: &[&str], baseline: &'static str) -> Result<Vec<&'static str>, NoComparison> {
    let choices = choices();
    let known = |code: &&str| choices.iter().copied().find(|choice| choice == code);
    let mut codes: Vec<&'static str> = Vec::new();
    for code in asked.iter().filter_map(known) {
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    if codes.is_empty() {
        return Err(NoComparison::NoModel);
    }
    if !codes.contains(&baseline) {
        codes.push(baseline);
    }
    Ok(codes)
}

/// Lengths of the histories, shortest first: the last cuts that leave all steps behind them.
fn cuts(question: &Question<'_>) -> Result<Vec<usize>, NoComparison> {
    let Question { series, n_origins, horizon, levels, .. } = *question;
    let values = series.values();
    let level_ok = |level: &u8| (1..=99).contains(level);
    let in_range = (1..=ORIGINS_MAX).contains(&n_origins) && (1..=HORIZON_MAX).contains(&horizon);
    if !in_range || levels.is_empty() || levels.len() > 5 || !levels.iter().all(level_ok) {
        return Err(NoComparison::OutOfRange);
    }
    if values.len() > POINTS_MAX {
        return Err(NoComparison::TooLong { have: values.len(), max: POINTS_MAX });
    }
    let need = HISTORY_MIN + horizon;
    if values.len() < need {
        return Err(NoComparison::TooFewPoints { have: values.len(), need });
    }
    if values.windows(2).all(|pair| pair[0] == pair[1]) {
        return Err(NoComparison::Constant);
    }
    let last = values.len() - horizon;
    Ok((HISTORY_MIN.max((last + 1).saturating_sub(n_origins))..=last).collect())
}

/// What a model says when it knows the first `at` values; `None` when it gives no answer.
fn answer(question: &Question<'_>, code: &'static str, at: usize) -> Option<Answer> {
    let Question { series, horizon, levels, .. } = *question;
    let known = series.values().get(..at)?;
    if code == AUTOMATIC {
        let known = Series::new(series.id(), series.start(), known.to_vec()).ok()?;
        return match forecast(&known, horizon, levels) {
            Ok(found) => Some(Answer {
                points: found.steps.iter().map(|step| step.point).collect(),
                intervals: found.steps.into_iter().map(|step| step.intervals).collect(),
            }),
            Err(Refusal::TooFewPoints { .. } | Refusal::Constant | _) => None,
        };
    }
    let season = usize::from(series.frequency().per_year());
    if code == neural::CODE && by_code(code).is_none() {
        let steps = neural::shipped()?.quantiles(&[known], season, horizon).pop()?;
        return (steps.len() == horizon).then(|| Answer {
            points: steps.iter().map(|step| step[MEDIAN]).collect(),
            intervals: steps
                .iter()
                .map(|step| levels.iter().map(|own| Interval::of_quantiles(*own, step)).collect())
                .collect(),
        });
    }
    let history = History { values: known, season };
    let path = match by_code(code)?.predict(&history, horizon) {
        Ok(path) if path.points.iter().chain(&path.spreads).all(|value| value.is_finite()) => path,
        Ok(_) | Err(FitError::TooShort { .. } | _) => return None,
    };
    let intervals = path.points.iter().zip(&path.spreads).map(|(point, spread)| {
        let interval = |level: &u8| Interval::normal(*level, *point, *spread);
        levels.iter().map(interval).collect()
    });
    Some(Answer { intervals: intervals.collect(), points: path.points })
}

fn steps(series: &Series, answer: Answer) -> Vec<PathStep> {
    let ahead = series.periods().skip(series.values().len());
    let points = answer.points.into_iter().zip(answer.intervals);
    ahead.zip(points).map(|(period, (point, intervals))| PathStep { period, point, intervals }).collect()
}

fn entry(model: &'static str, path: Vec<PathStep>) -> Entry {
    let overall = Measures::default();
    Entry { model, rank: None, n_origins: 0, overall, by_step: Vec::new(), versus: None, path }
}

/// Fills in the measures, compares with the baseline and sorts.
fn ranked(
    entries: Vec<(Vec<Trial>, Entry)>,
    question: &Question<'_>,
    (n_cuts, baseline): (usize, &str),
) -> Vec<Entry> {
    let base: Vec<f64> = entries
        .iter()
        .filter(|(_, entry)| entry.model == baseline)
        .flat_map(|(trials, _)| measure::losses(trials))
        .collect();
    let mut entries: Vec<Entry> = entries
        .into_iter()
        .map(|(trials, mut entry)| {
            entry.n_origins = trials.len();
            entry.overall = Measures::of(&trials, question.levels, None);
            entry.by_step =
                (0..question.horizon).map(|h| Measures::of(&trials, question.levels, Some(h))).collect();
            let whole = trials.len() == n_cuts && entry.overall.mase.is_some();
            entry.rank = whole.then_some(0);
            if whole && entry.model != baseline {
                entry.versus = versus(&measure::losses(&trials), &base, question.horizon);
            }
            entry
        })
        .collect();
    let key = |entry: &Entry| entry.rank.and(entry.overall.mase).unwrap_or(f64::INFINITY);
    entries.sort_by(|a, b| a.rank.is_none().cmp(&b.rank.is_none()).then(key(a).total_cmp(&key(b))));
    let keys: Vec<f64> = entries.iter().map(key).collect();
    for entry in entries.iter_mut().filter(|entry| entry.rank.is_some()) {
        let own = entry.overall.mase.unwrap_or(f64::INFINITY);
        entry.rank = Some(1 + keys.iter().filter(|key| **key < own).count());
    }
    entries
}

/// Scaled losses of a model, origin by origin, beside those of the baseline.
fn versus(own: &[f64], base: &[f64], horizon: usize) -> Option<Versus> {
    if own.len() != base.len() || own.is_empty() {
        return None;
    }
    let (mine, theirs): (f64, f64) = (own.iter().sum(), base.iter().sum());
    if theirs <= 0.0 {
        return None;
    }
    let differences: Vec<f64> = own.iter().zip(base).map(|(own, base)| own - base).collect();
    Some(Versus { change: mine / theirs - 1.0, test: significance::test(&differences, horizon) })
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn as_text<S: serde::Serializer>(period: &Period, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(period)
}

fn as_texts<S: serde::Serializer>(periods: &[Period], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(periods.iter().map(ToString::to_string))
}

#[cfg(test)]
mod tests;
