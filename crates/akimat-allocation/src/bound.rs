//! An upper bound that holds exactly, whatever rounding the solver did.
//!
//! Any multipliers `y` of the rows (at least 0 for an upper limit, at most 0 for a lower one) give the bound
//! `sum_r y_r b_r + sum_j max over [l_j, u_j] of (c_j - sum_r y_r a_rj) x_j` (Lagrange; Neumaier and Shcherbina,
//! Mathematical Programming 99, 2004). The solver's dual values are rounded to multiples of 2^-24 and the sums
//! are done in whole numbers of 128 bits, so that the bound can be repeated by hand and is never too low.

use crate::model::Model;
use crate::solver::Fixing;
use serde::Serialize;

/// Multipliers are whole multiples of this share of one.
const UNIT: f64 = 16_777_216.0;
const UNIT_BITS: u32 = 24;

/// Multipliers of the rows with the bound that they prove.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Certificate {
    /// Multiplier of each row in units of 2^-24: what one unit more of its limit is worth at most.
    pub multipliers: Vec<i64>,
    /// Worth of each column minus what its rows charge, in units of 2^-24 of 1e-4 points.
    pub reduced: Vec<i128>,
    /// Nothing is worth more than this, in units of 2^-24 of 1e-4 points.
    pub value: i128,
}

impl Certificate {
    /// From dual values of the relaxation; `None` when a column without an upper limit would need one.
    pub fn new(model: &Model, duals: &[f64], fixing: &Fixing) -> Option<Self> {
        let multipliers: Vec<i64> =
            model.rows.iter().zip(duals).map(|(row, dual)| multiplier(row.lower, row.upper, *dual)).collect();
        let mut reduced: Vec<i128> =
            model.columns.iter().map(|column| i128::from(column.worth) << UNIT_BITS).collect();
        let mut value = 0_i128;
        for (row, by) in model.rows.iter().zip(&multipliers) {
            if *by == 0 {
                continue;
            }
            let limit = if *by > 0 { row.upper } else { row.lower };
            value += i128::from(*by) * i128::from(limit?);
            for (column, coefficient) in &row.terms {
                reduced[*column] -= i128::from(*by) * i128::from(*coefficient);
            }
        }
        let mut bounds: Vec<(i64, Option<i64>)> =
            model.columns.iter().map(|column| (column.lower, column.upper)).collect();
        for (column, lower, upper) in fixing {
            bounds[*column] = (*lower, Some(*upper));
        }
        for (reduced, (lower, upper)) in reduced.iter().zip(bounds) {
            value += match (*reduced > 0, upper) {
                (true, Some(upper)) => *reduced * i128::from(upper),
                (true, None) => return None,
                (false, _) => *reduced * i128::from(lower),
            };
        }
        Some(Self { multipliers, reduced, value })
    }

    /// No plan is worth more: the value rounded down to whole units of 1e-4 points (every plan is whole).
    pub fn bound(&self) -> i64 {
        floor(self.value)
    }

    /// No plan with a start column (of bounds 0 and 1) moved to its other side is worth more than this.
    pub fn bound_with(&self, column: usize, value: bool) -> i64 {
        let reduced = self.reduced[column];
        let loss = if value { (-reduced).max(0) } else { reduced.max(0) };
        floor(self.value - loss)
    }
}

fn multiplier(lower: Option<i64>, upper: Option<i64>, dual: f64) -> i64 {
    let allowed = if dual > 0.0 { upper.is_some() } else { lower.is_some() };
    let scaled = (dual * UNIT).round();
    if !allowed || !scaled.is_finite() || scaled.abs() > 4.0e18 {
        return 0;
    }
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked above")]
    let whole = scaled as i64;
    whole
}

fn floor(value: i128) -> i64 {
    i64::try_from(value >> UNIT_BITS).unwrap_or(if value > 0 { i64::MAX } else { i64::MIN })
}
