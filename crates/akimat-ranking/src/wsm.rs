//! The weighted sum, and simple additive weighting on scores divided by the best.
//!
//! Source: C.-L. Hwang and K. Yoon, Multiple Attribute Decision Making (1981), chapter 3.

use crate::{Direction, Fault, Table};

/// How values are brought to one scale before they are added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Not at all: the values are scores already, more is better.
    None,
    /// Benefits divided by the largest, the smallest divided by costs.
    Max,
    /// From 0 at the worst to 1 at the best.
    MinMax,
    /// Divided by the sum of the column (costs: by the sum of their inverses, inverted).
    Sum,
}

/// Plain weighted sum with the weights as they are given, in whole points too.
pub fn points(weights: &[f64], scores: &[Vec<f64>]) -> Vec<f64> {
    scores.iter().map(|row| row.iter().zip(weights).map(|(score, weight)| score * weight).sum()).collect()
}

/// Weighted sum of a table on a common scale; shares of the weights.
///
/// # Errors
/// [`Fault::Negative`] and [`Fault::Constant`] where the scale forbids them.
pub fn score(table: &Table, scale: Scale) -> Result<Vec<f64>, Fault> {
    let columns = scaled(table, scale)?;
    let add = |sums: Vec<f64>, (column, weight): (&Vec<f64>, f64)| {
        sums.into_iter().zip(column).map(|(sum, value)| sum + weight * value).collect()
    };
    let weights = table.criteria().iter().map(|criterion| criterion.weight);
    Ok(columns.iter().zip(weights).fold(vec![0.0; table.n()], add))
}

/// Columns of a table on a common scale, more is better.
///
/// # Errors
/// As [`score`].
pub fn scaled(table: &Table, scale: Scale) -> Result<Vec<Vec<f64>>, Fault> {
    match scale {
        Scale::MinMax => table.refuse_constants()?,
        Scale::Max | Scale::Sum => table.refuse_negatives()?,
        Scale::None => {}
    }
    (0..table.m()).map(|at| scaled_column(table, at, scale)).collect()
}

fn scaled_column(table: &Table, at: usize, scale: Scale) -> Result<Vec<f64>, Fault> {
    let (low, high) = table.bounds(at);
    let (column, direction) = (table.column(at), table.criteria()[at].direction);
    let zero = || Fault::Constant { criterion: table.criteria()[at].code.clone(), value: 0.0 };
    let refuse_zero = |bad: bool| if bad { Err(zero()) } else { Ok(()) };
    let each = |f: &dyn Fn(f64) -> f64| column.iter().map(|value| f(*value)).collect::<Vec<f64>>();
    Ok(match (scale, direction) {
        (Scale::None, _) => table.turned(at),
        (Scale::MinMax, Direction::Benefit) => each(&|x| (x - low) / (high - low)),
        (Scale::MinMax, Direction::Cost) => each(&|x| (high - x) / (high - low)),
        (Scale::Max, Direction::Benefit) => {
            refuse_zero(high <= 0.0)?;
            each(&|x| x / high)
        }
        (Scale::Max, Direction::Cost) => {
            refuse_zero(high <= 0.0)?;
            // A cost of nothing is the best there is; dividing by it has no meaning.
            each(&|x| if x > 0.0 { low / x } else { 1.0 })
        }
        (Scale::Sum, Direction::Benefit) => {
            let sum: f64 = column.iter().sum();
            refuse_zero(sum <= 0.0)?;
            each(&|x| x / sum)
        }
        (Scale::Sum, Direction::Cost) => {
            refuse_zero(low <= 0.0)?;
            let sum: f64 = column.iter().map(|x| 1.0 / x).sum();
            each(&|x| 1.0 / x / sum)
        }
    })
}
