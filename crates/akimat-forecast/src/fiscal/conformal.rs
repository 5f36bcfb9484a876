//! Intervals from the errors of former years, measured in spreads of the line: conformal, each side alone.

use super::LevelRefused;
use crate::fiscal::book::Groups;
use crate::interval::Interval;

/// Errors of a line weigh n / (n + 2) against its group. Chosen on the shared data from 0.5 to 5.
const LINE_HALF: f64 = 2.0;
/// Errors of a group weigh n / (n + 10) against all lines. Chosen on the shared data from 5 and 10.
const GROUP_HALF: f64 = 10.0;
/// An error beyond twice the scale counts as twice when spreads are measured: one broken year must not make
/// every interval of the line useless.
const ERROR_MAX: f64 = 2.0;
/// Former years of lines without which a probability is not said.
const PROBABILITY_MIN: usize = 19;

/// An error of one line at one origin, relative to the scale of that origin.
#[derive(Clone, Copy, Debug)]
pub(super) struct Residual {
    pub(super) line: usize,
    pub(super) value: f64,
    /// The origin lies in the month asked for, not in a neighbouring one.
    pub(super) own_month: bool,
}

/// What the errors of former years allow to say.
#[derive(Clone, Debug)]
pub(super) struct Calibration {
    /// Errors in spreads of their line, ascending.
    scores: Vec<f64>,
    /// Spread of each line, relative to the scale.
    spreads: Vec<f64>,
    /// Former years of lines behind the scores, neighbouring months not counted twice.
    n_pairs: usize,
}

impl Calibration {
    pub(super) fn new(residuals: &[Residual], groups: &Groups) -> Self {
        let n_pairs = residuals.iter().filter(|residual| residual.own_month).count();
        let spreads = spreads(residuals, groups, n_pairs);
        let score = |residual: &Residual| residual.value / spreads[residual.line];
        let mut scores: Vec<f64> = residuals.iter().map(score).collect();
        scores.retain(|score| score.is_finite());
        scores.sort_by(f64::total_cmp);
        Self { scores, spreads, n_pairs }
    }

    /// Lower and upper error at a level, relative to the scale of the line.
    ///
    /// # Errors
    /// [`LevelRefused`] with fewer former years than the level needs.
    pub(super) fn bounds(&self, line: usize, level: u8) -> Result<(f64, f64), LevelRefused> {
        let need = (200_usize.div_ceil(usize::from(100 - level.min(99)))).saturating_sub(1);
        if self.n_pairs < need {
            return Err(LevelRefused { level, have: self.n_pairs, need });
        }
        // Rank of the lower bound from below and of the upper bound from above: floor((n + 1) (1 - level) / 2).
        let rank = (self.scores.len() + 1) * usize::from(100 - level) / 200;
        let low = self.scores[rank.max(1) - 1];
        let high = self.scores[self.scores.len() - rank.max(1)];
        Ok((low.min(0.0) * self.spreads[line], high.max(0.0) * self.spreads[line]))
    }

    /// Probability that the error is below a bound relative to the scale.
    pub(super) fn below(&self, line: usize, bound: f64) -> Option<f64> {
        if self.n_pairs < PROBABILITY_MIN {
            return None;
        }
        let bound = bound / self.spreads[line];
        let under = self.scores.partition_point(|score| *score < bound);
        Some((under as f64 + 0.5) / (self.scores.len() as f64 + 1.0))
    }
}

/// Mean absolute error of each line, drawn to its group and to all.
fn spreads(residuals: &[Residual], groups: &Groups, n_pairs: usize) -> Vec<f64> {
    // Neighbouring months repeat the same years: they count as one.
    let repeats = (residuals.len() as f64 / n_pairs.max(1) as f64).max(1.0);
    let mut by_line = vec![(0.0, 0.0); groups.n_lines()];
    for residual in residuals {
        let own = &mut by_line[residual.line];
        own.0 += residual.value.abs().min(ERROR_MAX) / repeats;
        own.1 += 1.0 / repeats;
    }
    let total = by_line.iter().fold((0.0, 0.0), |sum, own| (sum.0 + own.0, sum.1 + own.1));
    let all = if total.1 > 0.0 { total.0 / total.1 } else { 1.0 };
    let of_group = |members: &Vec<usize>| {
        let sum = members.iter().fold((0.0, 0.0), |sum, &i| (sum.0 + by_line[i].0, sum.1 + by_line[i].1));
        (sum.0 + GROUP_HALF * all) / (sum.1 + GROUP_HALF)
    };
    let centres: Vec<f64> = groups.all().iter().map(of_group).collect();
    let spread = |(i, own): (usize, &(f64, f64))| {
        ((own.0 + LINE_HALF * centres[groups.of(i)]) / (own.1 + LINE_HALF)).max(1e-9)
    };
    by_line.iter().enumerate().map(spread).collect()
}

/// Intervals around a point, cut at the floor; levels that the past cannot vouch for are told apart.
pub(super) fn around(
    calibration: &Calibration,
    line: usize,
    (point, scale, floor): (f64, f64, f64),
    levels: &[u8],
) -> (Vec<Interval>, Vec<LevelRefused>) {
    let (mut intervals, mut refused) = (Vec::new(), Vec::new());
    for &level in levels {
        match calibration.bounds(line, level) {
            Ok((low, high)) => intervals.push(Interval {
                level,
                low: (point + low * scale).max(floor.min(point)),
                high: point + high * scale,
            }),
            Err(why) => refused.push(why),
        }
    }
    (intervals, refused)
}
