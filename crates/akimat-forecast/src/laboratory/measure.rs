//! What is counted at the origins: errors, scaled errors, and how often and how tightly intervals held.

use crate::accuracy::{mean, msis, smape};
use crate::backtest::Coverage;
use crate::interval::Interval;
use serde::Serialize;

/// What one model said at one origin, and what came.
#[derive(Clone, Debug)]
pub(super) struct Trial {
    pub(super) facts: Vec<f64>,
    pub(super) points: Vec<f64>,
    /// One list a step, in the order of the levels.
    pub(super) intervals: Vec<Vec<Interval>>,
    /// What MASE divides by; `None` where the history before the origin did not move.
    pub(super) scale: Option<f64>,
}

/// Errors and coverage. A mean over origins: each counts the same.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Measures {
    /// Mean absolute error in the unit of the series.
    pub mae: f64,
    /// The same over the mean absolute seasonal change before the origin; `None` where nothing had moved.
    pub mase: Option<f64>,
    /// Symmetric percentage error, 0 to 200.
    pub smape: f64,
    /// Mean scaled interval score, one a level.
    pub msis: Vec<Option<f64>>,
    /// Facts inside the interval, one a level.
    pub coverage: Vec<Coverage>,
}

impl Measures {
    /// Over all steps, or over one.
    pub(super) fn of(trials: &[Trial], levels: &[u8], step: Option<usize>) -> Self {
        let cut: Vec<Cut<'_>> = trials.iter().filter_map(|trial| Cut::new(trial, step)).collect();
        let scaled: Vec<f64> = cut.iter().filter_map(|own| Some(own.mae() / own.scale?)).collect();
        let level = |index: usize, level: u8| {
            let scores: Vec<f64> = cut.iter().filter_map(|own| own.msis(index, level)).collect();
            (!scores.is_empty()).then(|| mean(scores.into_iter()))
        };
        let coverage = |index: usize, level: u8| Coverage {
            level,
            inside: cut.iter().map(|own| own.inside(index)).sum(),
            of: cut.iter().map(|own| own.facts.len()).sum(),
        };
        Self {
            mae: mean(cut.iter().map(Cut::mae)),
            mase: (!scaled.is_empty()).then(|| mean(scaled.into_iter())),
            smape: mean(cut.iter().map(|own| smape(own.facts, own.points))),
            msis: levels.iter().enumerate().map(|(i, own)| level(i, *own)).collect(),
            coverage: levels.iter().enumerate().map(|(i, own)| coverage(i, *own)).collect(),
        }
    }
}

/// Scaled mean absolute errors, origin by origin; origins without a scale are left out.
pub(super) fn losses(trials: &[Trial]) -> Vec<f64> {
    let cut = trials.iter().filter_map(|trial| Cut::new(trial, None));
    cut.filter_map(|own| Some(own.mae() / own.scale?)).collect()
}

/// All steps of a trial, or one.
struct Cut<'a> {
    facts: &'a [f64],
    points: &'a [f64],
    intervals: &'a [Vec<Interval>],
    scale: Option<f64>,
}

impl<'a> Cut<'a> {
    fn new(trial: &'a Trial, step: Option<usize>) -> Option<Self> {
        let range = match step {
            Some(step) => step..step + 1,
            None => 0..trial.facts.len(),
        };
        Some(Self {
            facts: trial.facts.get(range.clone())?,
            points: trial.points.get(range.clone())?,
            intervals: trial.intervals.get(range)?,
            scale: trial.scale,
        })
    }

    fn mae(&self) -> f64 {
        crate::accuracy::mae(self.facts, self.points)
    }

    /// The interval of one level at each step.
    fn ends(&self, index: usize) -> Vec<(f64, f64)> {
        let at = |step: &Vec<Interval>| step.get(index).map(|own| (own.low, own.high));
        self.intervals.iter().filter_map(at).collect()
    }

    fn inside(&self, index: usize) -> usize {
        let holds = |(fact, (low, high)): (&f64, (f64, f64))| *fact >= low && *fact <= high;
        self.facts.iter().zip(self.ends(index)).filter(|pair| holds((pair.0, pair.1))).count()
    }

    fn msis(&self, index: usize, level: u8) -> Option<f64> {
        Some(msis(self.facts, &self.ends(index), level, self.scale?))
    }
}
