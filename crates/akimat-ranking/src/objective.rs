//! Weights that follow from the data: entropy and CRITIC. They reward spread, not worth, and are checks only.
//!
//! Sources: C. E. Shannon's entropy after Hwang and Yoon (1981), section 3.2; D. Diakoulaki, G. Mavrotas and
//! L. Papayannakis, Computers & Operations Research 22 (1995) 763-770.

use crate::wsm::{Scale, scaled};
use crate::{Fault, Table};

/// Weights by entropy.
#[derive(Clone, Debug, PartialEq)]
pub struct Entropy {
    /// Entropy of each criterion, from 0 to 1.
    pub entropy: Vec<f64>,
    /// `1 - entropy`.
    pub diversification: Vec<f64>,
    /// Shares, they sum to 1.
    pub weights: Vec<f64>,
}

/// `p = x / Σx`, `E = -(1/ln n) Σ p ln p` with `0 ln 0 = 0`, `w = (1 - E) / Σ (1 - E)`.
///
/// # Errors
/// [`Fault::TooFew`] for one project, [`Fault::Negative`], [`Fault::Constant`] for a column of zeros or when no
/// criterion distinguishes anything.
pub fn entropy(table: &Table) -> Result<Entropy, Fault> {
    if table.n() < 2 {
        return Err(Fault::TooFew { field: "alternatives".to_owned(), n: table.n(), least: 2 });
    }
    table.refuse_negatives()?;
    table.refuse_all_constant()?;
    let log_n = (table.n() as f64).ln();
    let mut entropies = Vec::with_capacity(table.m());
    for (at, criterion) in table.criteria().iter().enumerate() {
        let column = table.column(at);
        let sum: f64 = column.iter().sum();
        if sum <= 0.0 {
            return Err(Fault::Constant { criterion: criterion.code.clone(), value: 0.0 });
        }
        let of = |value: &f64| {
            let p = value / sum;
            if p > 0.0 { p * p.ln() } else { 0.0 }
        };
        entropies.push(-column.iter().map(of).sum::<f64>() / log_n);
    }
    let diversification: Vec<f64> = entropies.iter().map(|entropy| 1.0 - entropy).collect();
    let sum: f64 = diversification.iter().sum();
    let weights = diversification.iter().map(|part| part / sum).collect();
    Ok(Entropy { entropy: entropies, diversification, weights })
}

/// Weights by contrast and conflict.
#[derive(Clone, Debug, PartialEq)]
pub struct Critic {
    /// Standard deviation (n - 1) of each criterion from 0 to 1.
    pub deviation: Vec<f64>,
    /// Correlation of each pair of criteria.
    pub correlation: Vec<Vec<f64>>,
    /// `deviation Σ (1 - correlation)`.
    pub information: Vec<f64>,
    /// Shares, they sum to 1.
    pub weights: Vec<f64>,
}

/// `c = sd Σ (1 - ρ)` on columns from 0 at the worst to 1 at the best, `w = c / Σ c`.
///
/// # Errors
/// [`Fault::Constant`] for a criterion with one value, [`Fault::TooFew`] for one project, or when every pair of
/// criteria is the same up to scale.
pub fn critic(table: &Table) -> Result<Critic, Fault> {
    if table.n() < 2 {
        return Err(Fault::TooFew { field: "alternatives".to_owned(), n: table.n(), least: 2 });
    }
    let columns = scaled(table, Scale::MinMax)?;
    let n = table.n() as f64;
    let centred: Vec<Vec<f64>> = columns
        .iter()
        .map(|column| {
            let mean = column.iter().sum::<f64>() / n;
            column.iter().map(|value| value - mean).collect()
        })
        .collect();
    let squares: Vec<f64> = centred.iter().map(|column| product(column, column)).collect();
    let rho = |j: usize, k: usize| -> f64 {
        let scale: f64 = squares[j] * squares[k];
        if j == k { 1.0 } else { product(&centred[j], &centred[k]) / scale.sqrt() }
    };
    let correlation: Vec<Vec<f64>> =
        (0..table.m()).map(|j| (0..table.m()).map(|k| rho(j, k)).collect()).collect();
    let deviation: Vec<f64> = squares.iter().map(|sum| (sum / (n - 1.0)).sqrt()).collect();
    let conflict = |row: &Vec<f64>| row.iter().map(|rho| 1.0 - rho).sum::<f64>();
    let information: Vec<f64> =
        deviation.iter().zip(&correlation).map(|(deviation, row)| deviation * conflict(row)).collect();
    let sum: f64 = information.iter().sum();
    if sum <= 1e-12 {
        return Err(Fault::TooFew { field: "criteria".to_owned(), n: 1, least: 2 });
    }
    let weights = information.iter().map(|part| part / sum).collect();
    Ok(Critic { deviation, correlation, information, weights })
}

fn product(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
