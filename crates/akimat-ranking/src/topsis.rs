//! TOPSIS: nearness to the best and distance from the worst.
//!
//! Source: C.-L. Hwang and K. Yoon, Multiple Attribute Decision Making (1981). Vector normalisation
//! `r = x / sqrt(Σ x²)`; with the option the columns run from 0 to 1 instead, which gives other results.

use crate::wsm::{self, Scale};
use crate::{Direction, Fault, Ranking, Table};

/// How columns are brought to one scale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Norm {
    /// Divided by the length of the column.
    #[default]
    Vector,
    /// From 0 at the worst to 1 at the best.
    MinMax,
}

/// Result of TOPSIS.
#[derive(Clone, Debug, PartialEq)]
pub struct Topsis {
    /// Distance from the best, by project.
    pub to_best: Vec<f64>,
    /// Distance from the worst, by project.
    pub to_worst: Vec<f64>,
    /// `d⁻ / (d⁺ + d⁻)`, from 0 to 1.
    pub closeness: Vec<f64>,
    /// By closeness.
    pub ranking: Ranking,
    /// Weighted normalised values, by criterion and project.
    pub weighted: Vec<Vec<f64>>,
    /// The best of each criterion.
    pub best: Vec<f64>,
    /// The worst of each criterion.
    pub worst: Vec<f64>,
}

/// Ranks by closeness.
///
/// # Errors
/// [`Fault::Constant`] when no criterion distinguishes anything, when a column is all zero, or, from 0 to 1, when a
/// criterion has one value.
pub fn topsis(table: &Table, norm: Norm) -> Result<Topsis, Fault> {
    table.refuse_all_constant()?;
    let mut weighted = match norm {
        Norm::Vector => (0..table.m()).map(|at| unit_length(table, at)).collect::<Result<Vec<_>, _>>()?,
        Norm::MinMax => wsm::scaled(table, Scale::MinMax)?,
    };
    let (mut best, mut worst) = (Vec::with_capacity(table.m()), Vec::with_capacity(table.m()));
    let (mut plus, mut minus) = (vec![0.0; table.n()], vec![0.0; table.n()]);
    for (column, criterion) in weighted.iter_mut().zip(table.criteria()) {
        column.iter_mut().for_each(|value| *value *= criterion.weight);
        let low = column.iter().copied().fold(f64::INFINITY, f64::min);
        let high = column.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let falls = norm == Norm::Vector && criterion.direction == Direction::Cost;
        let (top, bottom) = if falls { (low, high) } else { (high, low) };
        for ((plus, minus), value) in plus.iter_mut().zip(&mut minus).zip(column.iter()) {
            *plus += (value - top) * (value - top);
            *minus += (value - bottom) * (value - bottom);
        }
        best.push(top);
        worst.push(bottom);
    }
    let to_best: Vec<f64> = plus.iter().map(|sum| sum.sqrt()).collect();
    let to_worst: Vec<f64> = minus.iter().map(|sum| sum.sqrt()).collect();
    let closeness: Vec<f64> =
        to_best.iter().zip(&to_worst).map(|(plus, minus)| minus / (plus + minus)).collect();
    let ranking = Ranking::of(&closeness);
    Ok(Topsis { to_best, to_worst, closeness, ranking, weighted, best, worst })
}

fn unit_length(table: &Table, at: usize) -> Result<Vec<f64>, Fault> {
    let column = table.column(at);
    let length = column.iter().map(|value| value * value).sum::<f64>().sqrt();
    if length <= 0.0 {
        return Err(Fault::Constant { criterion: table.criteria()[at].code.clone(), value: 0.0 });
    }
    Ok(column.iter().map(|value| value / length).collect())
}
