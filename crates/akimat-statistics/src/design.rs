//! From columns to complete rows of numbers: what regressions start with.

use crate::cell::short;
use crate::refusal::Refusal;
use crate::table::{Kind, Table};
use nalgebra::DMatrix;
use std::collections::BTreeSet;

/// No more predictors than this, categories counted one less than they have levels.
pub(crate) const PREDICTORS_MAX: usize = 100;

/// Rows of numbers without gaps.
#[derive(Debug)]
pub(crate) struct Complete {
    /// One vector for each column asked for.
    pub(crate) columns: Vec<Vec<f64>>,
    /// Places in the table.
    pub(crate) at: Vec<usize>,
    /// Rows left out.
    pub(crate) missing: usize,
}

/// The rows in which no column is missing.
pub(crate) fn complete(columns: &[&[Option<f64>]], n_rows: usize) -> Complete {
    let at: Vec<usize> =
        (0..n_rows).filter(|row| columns.iter().all(|column| column[*row].is_some())).collect();
    let pick = |column: &&[Option<f64>]| at.iter().filter_map(|row| column[*row]).collect();
    Complete { columns: columns.iter().map(pick).collect(), missing: n_rows - at.len(), at }
}

/// Refuses a column that is named twice among those chosen.
pub(crate) fn once<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<(), Refusal> {
    let mut seen = BTreeSet::new();
    match names.into_iter().find(|name| !seen.insert(*name)) {
        Some(name) => Err(Refusal::ChosenTwice { column: short(name) }),
        None => Ok(()),
    }
}

/// Refuses too few and too many columns.
pub(crate) fn count(names: &[String], need: usize, max: usize) -> Result<(), Refusal> {
    match names.len() {
        have if have < need => Err(Refusal::TooFewColumns { have, need }),
        have if have > max => Err(Refusal::TooManyColumns { have, max }),
        _ => once(names.iter().map(String::as_str)),
    }
}

/// An outcome and predictors; categories become a column of zeros and ones for each level but the first.
#[derive(Debug)]
pub(crate) struct Design {
    /// Outcome.
    pub(crate) y: Vec<f64>,
    /// Names of the predictors.
    pub(crate) names: Vec<String>,
    /// Predictors, without the constant.
    pub(crate) columns: Vec<Vec<f64>>,
    /// Places in the table.
    pub(crate) at: Vec<usize>,
    /// Rows left out.
    pub(crate) missing: usize,
}

impl Design {
    /// Builds it; `also` are further columns in which a row may not be missing.
    pub(crate) fn new(
        table: &Table,
        y: &[Option<f64>],
        predictors: &[String],
        also: &[&[Option<f64>]],
    ) -> Result<Self, Refusal> {
        let mut names = Vec::new();
        let mut columns: Vec<Vec<Option<f64>>> = Vec::new();
        for name in predictors {
            let column = table.find(name)?;
            if matches!(column.kind(), Kind::Categories | Kind::Ordered(_)) {
                let levels = column.levels()?;
                if names.len() + levels.len() > PREDICTORS_MAX {
                    return Err(Refusal::TooManyLevels { column: name.clone(), have: levels.len() });
                }
                let codes = column.codes(&levels);
                for (code, level) in levels.iter().enumerate().skip(1) {
                    names.push(format!("{name}[{level}]"));
                    let is = |at: &Option<usize>| at.map(|at| f64::from(u8::from(at == code)));
                    columns.push(codes.iter().map(is).collect());
                }
            } else {
                names.push(name.clone());
                columns.push(column.numbers()?.to_vec());
            }
        }
        let mut all: Vec<&[Option<f64>]> = vec![y];
        all.extend(columns.iter().map(Vec::as_slice));
        all.extend(also);
        let mut complete = complete(&all, table.n_rows());
        complete.columns.truncate(1 + names.len());
        let columns = complete.columns.split_off(1);
        let y = complete.columns.pop().unwrap_or_default();
        Ok(Self { y, names, columns, at: complete.at, missing: complete.missing })
    }

    /// The matrix with a constant in front.
    pub(crate) fn matrix(&self) -> DMatrix<f64> {
        DMatrix::from_fn(self.y.len(), self.columns.len() + 1, |row, column| {
            if column == 0 { 1.0 } else { self.columns[column - 1][row] }
        })
    }
}
