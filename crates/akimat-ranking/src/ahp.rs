//! The analytic hierarchy process: weights from pairwise judgements, and how consistent they are.
//!
//! Source: T. L. Saaty, A scaling method for priorities in hierarchical structures, Journal of Mathematical
//! Psychology 15 (1977) 234-281. `A w = λ w`, `CI = (λ - n)/(n - 1)`, `CR = CI/RI`.

use crate::Fault;

/// Criteria of one matrix at most.
pub const SIZE_MAX: usize = 50;
/// Random indices by size, from 1: Saaty (1980) for 3 to 10, and his later table for 11 to 15.
pub const RANDOM_INDEX: [f64; 15] =
    [0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.54, 1.56, 1.57, 1.59];
/// Above this ratio the judgements should be looked at again (Saaty).
pub const CONSISTENT: f64 = 0.10;
/// How far `a · b` may miss 1 when reciprocals were printed with two decimals: 8 and 0.13.
const ROUNDED: f64 = 0.05;

/// Judgement that does most harm to consistency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Blame {
    /// Its row.
    pub row: usize,
    /// Its column.
    pub column: usize,
    /// The judgement.
    pub judgement: f64,
    /// What the weights would say: `w(row)/w(column)`.
    pub suggested: f64,
    /// Consistency ratio if it were replaced.
    pub cr_after: f64,
}

/// Result of AHP.
#[derive(Clone, Debug, PartialEq)]
pub struct Ahp {
    /// Shares, they sum to 1.
    pub weights: Vec<f64>,
    /// Principal eigenvalue.
    pub lambda_max: f64,
    /// Consistency index.
    pub ci: f64,
    /// Random index used; `None` when there is none for this size.
    pub ri: Option<f64>,
    /// Consistency ratio; 0 for fewer than three criteria.
    pub cr: Option<f64>,
    /// The judgement to look at again; `None` when all agree.
    pub blame: Option<Blame>,
}

impl Ahp {
    /// Whether the judgements are consistent enough; `None` without a ratio.
    pub fn is_consistent(&self) -> Option<bool> {
        self.cr.map(|cr| cr <= CONSISTENT)
    }
}

/// Weights of a matrix of judgements. `ri` replaces the table.
///
/// # Errors
/// [`Fault::Length`] for a matrix that is not square, [`Fault::Judgement`], [`Fault::NotReciprocal`],
/// [`Fault::TooMany`].
pub fn ahp(matrix: &[Vec<f64>], names: &[String], ri: Option<f64>) -> Result<Ahp, Fault> {
    check(matrix, names)?;
    let n = matrix.len();
    let weights = principal(matrix);
    let lambda_max = eigenvalue(matrix, &weights);
    let index = ri.or_else(|| RANDOM_INDEX.get(n - 1).copied());
    let ratio = |lambda: f64| consistency(lambda, n, index);
    let blame = if n > 2 { blame(matrix, &weights, &ratio) } else { None };
    let blame = blame.filter(|_| lambda_max - n as f64 > 1e-9);
    let ci = if n > 2 { (lambda_max - n as f64) / (n as f64 - 1.0) } else { 0.0 };
    Ok(Ahp { cr: ratio(lambda_max), weights, lambda_max, ci, ri: index, blame })
}

fn consistency(lambda: f64, n: usize, index: Option<f64>) -> Option<f64> {
    if n < 3 {
        return Some(0.0);
    }
    let index = index.filter(|index| *index > 0.0)?;
    Some((lambda - n as f64) / (n as f64 - 1.0) / index)
}

fn check(matrix: &[Vec<f64>], names: &[String]) -> Result<(), Fault> {
    let n = matrix.len();
    let field = || "pairwise".to_owned();
    if n == 0 {
        return Err(Fault::TooFew { field: field(), n, least: 1 });
    }
    if n > SIZE_MAX {
        return Err(Fault::TooMany { field: field(), n, limit: SIZE_MAX });
    }
    if names.len() != n {
        return Err(Fault::Length { field: "criteria".to_owned(), n: names.len(), expected: n });
    }
    for (at, row) in matrix.iter().enumerate() {
        if row.len() != n {
            return Err(Fault::Length { field: names[at].clone(), n: row.len(), expected: n });
        }
    }
    for i in 0..n {
        for j in 0..n {
            let value = matrix[i][j];
            let (row, column) = (names[i].clone(), names[j].clone());
            if !value.is_finite() || value <= 0.0 {
                return Err(Fault::Judgement { row, column, value });
            }
            let mirrored = matrix[j][i];
            if j <= i && mirrored > 0.0 && (value * mirrored - 1.0).abs() > ROUNDED {
                return Err(Fault::NotReciprocal {
                    row: column,
                    column: row,
                    value: mirrored,
                    mirrored: value,
                });
            }
        }
    }
    Ok(())
}

/// The principal eigenvector by powers, to the last digits; its entries sum to 1. A positive matrix has exactly one.
fn principal(matrix: &[Vec<f64>]) -> Vec<f64> {
    let n = matrix.len();
    let mut weights = vec![1.0 / n as f64; n];
    for _ in 0..100_000 {
        let mut next: Vec<f64> = matrix.iter().map(|row| dot(row, &weights)).collect();
        let sum: f64 = next.iter().sum();
        next.iter_mut().for_each(|weight| *weight /= sum);
        let change = next.iter().zip(&weights).map(|(new, old)| (new - old).abs()).fold(0.0, f64::max);
        weights = next;
        if change < 1e-16 {
            break;
        }
    }
    weights
}

/// `Σ A w` for shares `w`.
fn eigenvalue(matrix: &[Vec<f64>], weights: &[f64]) -> f64 {
    matrix.iter().map(|row| dot(row, weights)).sum()
}

fn dot(row: &[f64], weights: &[f64]) -> f64 {
    row.iter().zip(weights).map(|(a, b)| a * b).sum()
}

fn blame(matrix: &[Vec<f64>], weights: &[f64], ratio: &dyn Fn(f64) -> Option<f64>) -> Option<Blame> {
    let mut worst: Option<Blame> = None;
    for row in 0..matrix.len() {
        for column in row + 1..matrix.len() {
            let suggested = weights[row] / weights[column];
            let mut mended = matrix.to_vec();
            mended[row][column] = suggested;
            mended[column][row] = 1.0 / suggested;
            // Without a random index the eigenvalue itself orders the judgements.
            let lambda = eigenvalue(&mended, &principal(&mended));
            let cr_after = ratio(lambda).unwrap_or(lambda);
            if worst.is_none_or(|worst| cr_after < worst.cr_after) {
                worst = Some(Blame { row, column, judgement: matrix[row][column], suggested, cr_after });
            }
        }
    }
    worst
}

/// Reads a judgement: `3`, `0.25`, `1/4`, `2 1/2` is not one.
pub fn parse_judgement(text: &str) -> Option<f64> {
    let number = |part: &str| part.trim().parse::<f64>().ok().filter(|value| value.is_finite());
    match text.split_once('/') {
        Some((top, bottom)) => {
            let bottom = number(bottom).filter(|bottom| *bottom != 0.0)?;
            Some(number(top)? / bottom)
        }
        None => number(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(n: usize) -> Vec<String> {
        (1..=n).map(|at| at.to_string()).collect()
    }

    #[test]
    fn consistent_judgements_give_their_weights_back() {
        let weights = [0.5, 0.3, 0.2];
        let matrix: Vec<Vec<f64>> = weights.iter().map(|a| weights.iter().map(|b| a / b).collect()).collect();
        let found = ahp(&matrix, &names(3), None).unwrap();
        for (found, due) in found.weights.iter().zip(weights) {
            assert!((found - due).abs() < 1e-12);
        }
        assert!(found.cr.unwrap().abs() < 1e-12 && found.blame.is_none());
    }

    /// Saaty (1977), the choice of a school, the six criteria: λ 7.49 as printed, weights .32 .14 .03 .13 .24 .14.
    #[test]
    fn the_school_of_saaty() {
        let rows = [
            "1 4 3 1 3 4",
            "1/4 1 7 3 1/5 1",
            "1/3 1/7 1 1/5 1/5 1/6",
            "1 1/3 5 1 1 1/3",
            "1/3 5 5 1 1 3",
            "1/4 1 6 3 1/3 1",
        ];
        let matrix: Vec<Vec<f64>> = rows
            .iter()
            .map(|row| row.split(' ').map(|cell| parse_judgement(cell).unwrap()).collect())
            .collect();
        let found = ahp(&matrix, &names(6), None).unwrap();
        for (found, due) in found.weights.iter().zip([0.32, 0.14, 0.03, 0.13, 0.24, 0.14]) {
            assert!((found - due).abs() < 0.005, "{found} {due}");
        }
        assert_eq!(found.is_consistent(), Some(false));
        let blame = found.blame.unwrap();
        assert!(blame.cr_after < found.cr.unwrap());
    }

    #[test]
    fn contradicting_judgements_are_refused() {
        let refuse = |rows: &[[f64; 2]; 2]| {
            let rows: Vec<Vec<f64>> = rows.iter().map(|row| row.to_vec()).collect();
            ahp(&rows, &names(2), None).unwrap_err().code()
        };
        assert_eq!(refuse(&[[1.0, 3.0], [3.0, 1.0]]), "not-reciprocal");
        assert_eq!(refuse(&[[2.0, 3.0], [1.0 / 3.0, 1.0]]), "not-reciprocal");
        assert_eq!(refuse(&[[1.0, -3.0], [-1.0 / 3.0, 1.0]]), "judgement");
    }
}
