//! Whether two coders agree beyond chance: Cohen's kappa (1960), with the error of Fleiss, Cohen and Everitt (1969).

use crate::design;
use crate::distribution::{normal_two_sided, normal_two_sided_quantile};
use crate::refusal::Refusal;
use crate::report::{Sheet, Value};
use crate::request::Request;
use crate::run::Outcome;
use crate::table::{Kind, Table};
use crate::warning::Warning;

pub(crate) fn run(table: &Table, request: &Request) -> Result<Outcome, Refusal> {
    design::count(&request.columns, 2, 2)?;
    let (first, second) = (table.find(&request.columns[0])?, table.find(&request.columns[1])?);
    let mut levels = first.levels()?;
    let new: Vec<&str> = second.levels()?.into_iter().filter(|level| !levels.contains(level)).collect();
    levels.extend(new);
    if !matches!(first.kind(), Kind::Ordered(_)) {
        levels.sort_unstable();
    }
    let size = levels.len();
    let mut shares = vec![vec![0.0_f64; size]; size];
    let (mut n, mut missing) = (0_usize, 0);
    for (a, b) in first.codes(&levels).into_iter().zip(second.codes(&levels)) {
        if let (Some(a), Some(b)) = (a, b) {
            shares[a][b] += 1.0;
            n += 1;
        } else {
            missing += 1;
        }
    }
    if n < 2 {
        return Err(Refusal::TooFew { have: n, need: 2 });
    }
    shares.iter_mut().flatten().for_each(|share| *share /= n as f64);
    let facts = measure(&shares, n as f64, request.level)
        .ok_or_else(|| Refusal::Constant { column: request.columns.join(", ") })?;
    let mut cells = Sheet::new("agreement", &["row", "column"], &["count"]);
    for (a, row) in shares.iter().enumerate() {
        for (b, share) in row.iter().enumerate() {
            cells.add(&[levels[a], levels[b]], vec![Value::number((share * n as f64).round())]);
        }
    }
    let warnings = if n < 30 { vec![Warning::FewObservations { n }] } else { Vec::new() };
    Ok(Outcome { n, missing, sheets: vec![Sheet::facts("kappa", facts), cells], warnings })
}

/// Nothing when both coders always give the same one answer: chance alone explains it all.
fn measure(shares: &[Vec<f64>], n: f64, level: f64) -> Option<Vec<(&'static str, Value)>> {
    let size = shares.len();
    let row: Vec<f64> = shares.iter().map(|row| row.iter().sum()).collect();
    let column: Vec<f64> = (0..size).map(|at| shares.iter().map(|row| row[at]).sum()).collect();
    let observed: f64 = (0..size).map(|at| shares[at][at]).sum();
    let chance: f64 = (0..size).map(|at| row[at] * column[at]).sum();
    let left = 1.0 - chance;
    if left < 1e-12 {
        return None;
    }
    let kappa = (observed - chance) / left;
    let term = |at: usize| {
        let part = 1.0 - (row[at] + column[at]) * (1.0 - kappa);
        shares[at][at] * part * part
    };
    let a: f64 = (0..size).map(term).sum();
    let mut b = 0.0;
    for first in 0..size {
        for second in (0..size).filter(|second| *second != first) {
            let both = column[first] + row[second];
            b += shares[first][second] * both * both;
        }
    }
    b *= (1.0 - kappa) * (1.0 - kappa);
    let c = (kappa - chance * (1.0 - kappa)) * (kappa - chance * (1.0 - kappa));
    let se = ((a + b - c).max(0.0) / n).sqrt() / left;
    let sums: f64 = (0..size).map(|at| row[at] * column[at] * (row[at] + column[at])).sum();
    let se_chance = ((chance + chance * chance - sums) / n).sqrt() / left;
    let reach = normal_two_sided_quantile(1.0 - level) * se;
    Some(vec![
        ("kappa", Value::number(kappa)),
        ("se", Value::number(se)),
        ("low", Value::number(kappa - reach)),
        ("high", Value::number((kappa + reach).min(1.0))),
        ("agreement", Value::share(observed)),
        ("agreement_by_chance", Value::share(chance)),
        ("z", Value::number(kappa / se_chance)),
        ("p", Value::p(normal_two_sided(kappa / se_chance))),
    ])
}
