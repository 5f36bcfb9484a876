//! The penalised linear model: logistic regression, or least absolute deviations, both with a ridge.

use crate::algebra::{mean, quantile, sigmoid, solve, sorted};
use crate::base::{Base, Lesson, Loss};
use crate::encode::Encoding;
use crate::table::Case;

/// Rounds of iteratively reweighted least squares.
const ROUNDS: usize = 15;

/// Intercept and slopes.
#[derive(Clone, Debug)]
pub(crate) struct Linear {
    encoding: Encoding,
    intercept: f64,
    slopes: Vec<f64>,
}

impl Linear {
    /// Slopes are drawn towards zero by `ridge` times half their squares.
    pub(crate) fn learn(lesson: &Lesson<'_>, ridge: f64) -> Self {
        let encoding = Encoding::learn(lesson);
        let rows: Vec<Vec<f64>> = lesson.cases.iter().map(|case| encoding.row(case)).collect();
        let mut fit = vec![0.0; encoding.width + 1];
        fit[encoding.width] = match lesson.loss {
            Loss::Logistic => crate::algebra::logit(mean(&lesson.y)),
            Loss::Absolute => quantile(&sorted(&lesson.y), 0.5),
        };
        let spread = spread(&lesson.y);
        for _ in 0..ROUNDS {
            let (weights, aims): (Vec<f64>, Vec<f64>) = rows
                .iter()
                .zip(&lesson.y)
                .map(|(row, y)| working(lesson.loss, dot(&fit, row), *y, spread))
                .unzip();
            fit = weighted_ridge(&rows, &weights, &aims, ridge);
        }
        let intercept = fit.pop().unwrap_or(0.0);
        Self { encoding, intercept, slopes: fit }
    }
}

impl Base for Linear {
    fn score(&self, case: &Case) -> f64 {
        let row = self.encoding.row(case);
        self.intercept + row.iter().zip(&self.slopes).map(|(x, slope)| x * slope).sum::<f64>()
    }
}

/// Slopes times row plus the intercept, which stands last.
fn dot(fit: &[f64], row: &[f64]) -> f64 {
    row.iter().zip(fit).map(|(x, slope)| x * slope).sum::<f64>() + fit[row.len()]
}

/// Half the distance between the quartiles: below it an error counts as its square.
fn spread(y: &[f64]) -> f64 {
    let y = sorted(y);
    ((quantile(&y, 0.75) - quantile(&y, 0.25)) / 2.0).max(1e-6)
}

/// Weight and aim of one row in the next round.
fn working(loss: Loss, score: f64, y: f64, spread: f64) -> (f64, f64) {
    match loss {
        Loss::Logistic => {
            let p = sigmoid(score);
            let weight = (p * (1.0 - p)).max(1e-4);
            (weight, score + (y - p) / weight)
        }
        Loss::Absolute => ((spread / (y - score).abs().max(spread * 0.25)).min(4.0), y),
    }
}

fn weighted_ridge(rows: &[Vec<f64>], weights: &[f64], aims: &[f64], ridge: f64) -> Vec<f64> {
    let n = rows.first().map_or(0, Vec::len) + 1;
    let mut a = vec![vec![0.0; n]; n];
    let mut b = vec![0.0; n];
    for ((row, weight), aim) in rows.iter().zip(weights).zip(aims) {
        let filled: Vec<(usize, f64)> = row
            .iter()
            .copied()
            .chain(std::iter::once(1.0))
            .enumerate()
            .filter(|(_, value)| *value != 0.0)
            .collect();
        for (i, x) in &filled {
            b[*i] += weight * x * aim;
            for (j, z) in filled.iter().take_while(|(j, _)| j <= i) {
                a[*i][*j] += weight * x * z;
            }
        }
    }
    let lower = a.clone();
    for (i, row) in a.iter_mut().enumerate() {
        row[i] += if i + 1 < n { ridge } else { 1e-9 };
        let above = lower.iter().enumerate().skip(i + 1);
        above.for_each(|(j, below)| row[j] = below[i]);
    }
    solve(a, &b)
}
