//! Correlations of every pair of columns, each with the rows that this pair has.

use crate::distribution::{normal_two_sided_quantile, student_two_sided};
use crate::multiple::{benjamini_hochberg, holm};
use crate::rank::mid_ranks;
use crate::refusal::Refusal;
use crate::report::{Label, Row, Sheet, Value};
use crate::request::{Coefficient, Request};
use crate::run::Outcome;
use crate::sample::{is_constant, mean};
use crate::table::Table;
use crate::warning::Warning;
use crate::{design, matrix};
use nalgebra::DMatrix;

/// Columns at once: 50 give 1,225 pairs.
pub(crate) const COLUMNS_MAX: usize = 50;

struct Pair {
    first: usize,
    second: usize,
    n: usize,
    r: f64,
}

pub(crate) fn run(table: &Table, request: &Request) -> Result<Outcome, Refusal> {
    design::count(&request.columns, 2, COLUMNS_MAX)?;
    let names = &request.columns;
    let mut columns = Vec::new();
    for name in names {
        let column = table.find(name)?;
        columns.push(match request.coefficient {
            Coefficient::Pearson => column.numbers()?,
            Coefficient::Spearman => column.places()?,
        });
    }
    let mut warnings = Vec::new();
    for (name, column) in names.iter().zip(&columns) {
        let values: Vec<f64> = column.iter().flatten().copied().collect();
        if is_constant(&values) {
            return Err(Refusal::Constant { column: name.clone() });
        }
    }
    let mut pairs = Vec::new();
    for first in 0..names.len() {
        for second in first + 1..names.len() {
            let rows = design::complete(&[columns[first], columns[second]], table.n_rows());
            let n = rows.at.len();
            if n < 3 {
                return Err(Refusal::TooFew { have: n, need: 3 });
            }
            for (which, values) in [(first, &rows.columns[0]), (second, &rows.columns[1])] {
                if is_constant(values) {
                    warnings.push(Warning::ConstantColumn { column: names[which].clone() });
                }
            }
            let r = coefficient(request.coefficient, &rows.columns[0], &rows.columns[1]);
            pairs.push(Pair { first, second, n, r });
        }
    }
    warn_of_pairs(&pairs, &mut warnings);
    let mut sheets = vec![pair_sheet(&pairs, names, request.level), matrix_sheet(&pairs, names)];
    if pairs.iter().all(|pair| pair.r.is_finite()) {
        sheets.push(matrix::eigenvalue_sheet(&square(&pairs, names.len()), &mut warnings));
    }
    let listwise = design::complete(&columns, table.n_rows());
    Ok(Outcome { n: table.n_rows(), missing: listwise.missing, sheets, warnings })
}

fn warn_of_pairs(pairs: &[Pair], warnings: &mut Vec<Warning>) {
    if pairs.len() > 1 {
        warnings.push(Warning::ManyTests { n: pairs.len() });
    }
    if pairs.windows(2).any(|two| two[0].n != two[1].n) {
        warnings.push(Warning::Pairwise);
    }
    if let Some(n) = pairs.iter().map(|pair| pair.n).min().filter(|n| *n < 10) {
        warnings.push(Warning::FewObservations { n });
    }
}

/// The coefficient; NaN when one of the two is constant.
pub(crate) fn coefficient(kind: Coefficient, x: &[f64], y: &[f64]) -> f64 {
    match kind {
        Coefficient::Pearson => pearson(x, y),
        Coefficient::Spearman => pearson(&mid_ranks(x), &mid_ranks(y)),
    }
}

fn pearson(x: &[f64], y: &[f64]) -> f64 {
    if is_constant(x) || is_constant(y) {
        return f64::NAN;
    }
    // Each scaled by its own length first, so that no square overflows.
    let unit = |values: &[f64]| -> Vec<f64> {
        let middle = mean(values);
        let off: Vec<f64> = values.iter().map(|value| value - middle).collect();
        let largest = off.iter().fold(0.0_f64, |largest, value| largest.max(value.abs()));
        let length =
            largest * off.iter().map(|value| (value / largest) * (value / largest)).sum::<f64>().sqrt();
        off.iter().map(|value| value / length).collect()
    };
    let r: f64 = unit(x).iter().zip(unit(y)).map(|(x, y)| x * y).sum();
    let r = r.clamp(-1.0, 1.0);
    // What rounding leaves of a perfect line is no residual.
    if 1.0 - r.abs() < 1e-15 { r.signum() } else { r }
}

/// Two-sided p of a correlation by Student's t with n - 2 degrees.
pub(crate) fn p_of(r: f64, n: usize) -> f64 {
    let df = n as f64 - 2.0;
    student_two_sided(r * (df / ((1.0 - r) * (1.0 + r))).sqrt(), df)
}

fn pair_sheet(pairs: &[Pair], names: &[String], level: f64) -> Sheet {
    let figures = ["n", "r", "low", "high", "p", "p_holm", "p_bh"];
    let mut sheet = Sheet::new("pairs", &["first", "second"], &figures);
    let z = normal_two_sided_quantile(1.0 - level);
    let known: Vec<f64> = pairs.iter().map(|pair| p_of(pair.r, pair.n)).filter(|p| p.is_finite()).collect();
    let mut adjusted = holm(&known).into_iter().zip(benjamini_hochberg(&known));
    for pair in pairs {
        let p = p_of(pair.r, pair.n);
        let (p_holm, p_bh) = if p.is_finite() { adjusted.next().unwrap_or((p, p)) } else { (p, p) };
        // Fisher's z needs four observations; a perfect correlation has no interval.
        let reach =
            if pair.n > 3 && pair.r.abs() < 1.0 { z / (pair.n as f64 - 3.0).sqrt() } else { f64::NAN };
        let values = vec![
            Value::count(pair.n),
            Value::number(pair.r),
            Value::number((pair.r.atanh() - reach).tanh()),
            Value::number((pair.r.atanh() + reach).tanh()),
            Value::p(p),
            Value::p(p_holm),
            Value::p(p_bh),
        ];
        sheet.add(&[&names[pair.first], &names[pair.second]], values);
    }
    sheet
}

fn matrix_sheet(pairs: &[Pair], names: &[String]) -> Sheet {
    let square = square(pairs, names.len());
    let mut sheet = Sheet::new("matrix", &["column"], &[]);
    sheet.figures = names.iter().map(|name| Label::from(name.as_str())).collect();
    for (row, name) in names.iter().enumerate() {
        let values = (0..names.len()).map(|at| Value::number(square[(row, at)])).collect();
        sheet.rows.push(Row { labels: vec![Label::from(name.as_str())], values });
    }
    sheet
}

fn square(pairs: &[Pair], size: usize) -> DMatrix<f64> {
    let mut square = DMatrix::identity(size, size);
    for pair in pairs {
        square[(pair.first, pair.second)] = pair.r;
        square[(pair.second, pair.first)] = pair.r;
    }
    square
}
