//! A printed correlation matrix: whether it is possible, its rank, and what is significant in it with n
//! observations.

use crate::distribution::critical_r;
use crate::refusal::Refusal;
use crate::report::{Sheet, Value};
use crate::request::Request;
use crate::run::Outcome;
use crate::table::Table;
use crate::warning::Warning;
use crate::{correlate, design};
use nalgebra::DMatrix;

/// Figures are printed with three decimals: an eigenvalue below this may be zero.
const PRINTED_ZERO: f64 = 0.01;

pub(crate) fn run(table: &Table, request: &Request) -> Result<Outcome, Refusal> {
    design::count(&request.columns, 2, correlate::COLUMNS_MAX)?;
    let names = &request.columns;
    let square = read(table, names)?;
    let mut warnings = Vec::new();
    let eigenvalues = eigenvalue_sheet(&square, &mut warnings);
    let mut sheets = vec![eigenvalues];
    let n = request.size.map_or(0, |size| usize::try_from(size).unwrap_or(usize::MAX));
    if request.size.is_some() {
        let alpha = 1.0 - request.level;
        let critical = critical_r(n, alpha).ok_or(Refusal::TooFew { have: n, need: 3 })?;
        let mut pairs = Sheet::new("printed_pairs", &["first", "second"], &["r", "p", "significant"]);
        for first in 0..names.len() {
            for second in first + 1..names.len() {
                let r = square[(first, second)];
                let values =
                    vec![Value::number(r), Value::p(correlate::p_of(r, n)), Value::yes(r.abs() >= critical)];
                pairs.add(&[&names[first], &names[second]], values);
            }
        }
        sheets.push(Sheet::facts("critical", vec![("critical_r", Value::number(critical))]));
        sheets.push(pairs);
        warnings.push(Warning::ManyTests { n: names.len() * (names.len() - 1) / 2 });
    }
    Ok(Outcome { n, missing: 0, sheets, warnings })
}

fn read(table: &Table, names: &[String]) -> Result<DMatrix<f64>, Refusal> {
    let row_of = |at: usize| table.rows().get(at).copied().unwrap_or(0);
    if table.n_rows() != names.len() {
        return Err(Refusal::NotAMatrix { row: row_of(names.len().min(table.n_rows().saturating_sub(1))) });
    }
    let mut square = DMatrix::zeros(names.len(), names.len());
    for (at, name) in names.iter().enumerate() {
        for (row, value) in table.find(name)?.numbers()?.iter().enumerate() {
            let value = value.filter(|r| (-1.0..=1.0).contains(r));
            square[(row, at)] = value.ok_or(Refusal::NotAMatrix { row: row_of(row) })?;
        }
    }
    for row in 0..names.len() {
        let is_symmetric = (0..names.len()).all(|at| (square[(row, at)] - square[(at, row)]).abs() < 1e-9);
        if !is_symmetric || (square[(row, row)] - 1.0).abs() > 1e-9 {
            return Err(Refusal::NotAMatrix { row: row_of(row) });
        }
    }
    Ok(square)
}

/// Eigenvalues, the largest first, and what they say.
pub(crate) fn eigenvalue_sheet(square: &DMatrix<f64>, warnings: &mut Vec<Warning>) -> Sheet {
    let mut values: Vec<f64> = square.clone().symmetric_eigenvalues().iter().copied().collect();
    values.sort_by(|a, b| b.total_cmp(a));
    let is_possible = values.iter().all(|value| *value >= -1e-9);
    let rank = values.iter().filter(|value| **value > PRINTED_ZERO).count();
    if !is_possible {
        warnings.push(Warning::NotPositiveSemidefinite);
    }
    if rank < values.len() {
        warnings.push(Warning::RankDeficient { rank });
    }
    let mut sheet = Sheet::new("eigenvalues", &["order"], &["eigenvalue", "share"]);
    let total = values.len() as f64;
    for (order, value) in values.iter().enumerate() {
        let share = Value::share(value / total);
        sheet.add(&[&(order + 1).to_string()], vec![Value::number(*value), share]);
    }
    sheet
}
