//! Whether items measure the same thing: Cronbach's alpha (1951) with the interval of Feldt (1965), alpha without
//! each item, McDonald's omega (1999).

use crate::design;
use crate::distribution::fisher_upper_quantile;
use crate::factor;
use crate::refusal::Refusal;
use crate::report::{Sheet, Value};
use crate::request::{Coefficient, Request};
use crate::run::Outcome;
use crate::sample::{is_constant, mean, variance};
use crate::table::Table;
use crate::warning::Warning;
use nalgebra::DMatrix;

pub(crate) fn run(table: &Table, request: &Request) -> Result<Outcome, Refusal> {
    design::count(&request.columns, 2, 100)?;
    let names = &request.columns;
    let columns: Vec<&[Option<f64>]> =
        names.iter().map(|name| table.find(name)?.places()).collect::<Result<_, _>>()?;
    let rows = design::complete(&columns, table.n_rows());
    let (n, items) = (rows.at.len(), rows.columns);
    if n < 3 {
        return Err(Refusal::TooFew { have: n, need: 3 });
    }
    if let Some(at) = items.iter().position(|item| is_constant(item)) {
        return Err(Refusal::Constant { column: names[at].clone() });
    }
    let covariance = covariances(&items);
    let a = alpha(&covariance).ok_or(Refusal::Overflow)?;
    let mut warnings = Vec::new();
    if a < 0.0 {
        warnings.push(Warning::NegativeAlpha);
    }
    if n < 30 {
        warnings.push(Warning::FewObservations { n });
    }
    let (low, high) = feldt(a, n, items.len(), request.level);
    let omega = factor::omega(&covariance);
    if items.len() > 2 && omega.is_none() {
        warnings.push(Warning::Heywood);
    }
    let facts = vec![
        ("alpha", Value::number(a)),
        ("low", Value::number(low)),
        ("high", Value::number(high)),
        ("alpha_standardised", alpha(&correlations(&covariance)).map_or(Value::Absent, Value::number)),
        ("omega", omega.map_or(Value::Absent, Value::number)),
        ("items", Value::count(items.len())),
    ];
    let sheets = vec![Sheet::facts("reliability", facts), item_sheet(names, &items, &covariance)];
    Ok(Outcome { n, missing: rows.missing, sheets, warnings })
}

/// Alpha of a covariance matrix; nothing when the sum of the items does not vary.
fn alpha(covariance: &DMatrix<f64>) -> Option<f64> {
    let k = covariance.ncols() as f64;
    let (own, total) = (covariance.trace(), covariance.sum());
    (total > 1e-12 * own).then(|| k / (k - 1.0) * (1.0 - own / total))
}

fn feldt(alpha: f64, n: usize, k: usize, level: f64) -> (f64, f64) {
    let (df1, df2) = (n as f64 - 1.0, (n as f64 - 1.0) * (k as f64 - 1.0));
    let tail = (1.0 - level) / 2.0;
    let bound = |upper: f64| 1.0 - (1.0 - alpha) * fisher_upper_quantile(upper, df1, df2);
    (bound(tail), bound(1.0 - tail))
}

fn covariances(items: &[Vec<f64>]) -> DMatrix<f64> {
    let off: Vec<Vec<f64>> = items
        .iter()
        .map(|item| {
            let middle = mean(item);
            item.iter().map(|value| value - middle).collect()
        })
        .collect();
    let n = items.first().map_or(0, Vec::len);
    DMatrix::from_fn(items.len(), items.len(), |a, b| {
        off[a].iter().zip(&off[b]).map(|(x, y)| x * y).sum::<f64>() / (n as f64 - 1.0)
    })
}

fn correlations(covariance: &DMatrix<f64>) -> DMatrix<f64> {
    let size = covariance.ncols();
    DMatrix::from_fn(size, size, |a, b| covariance[(a, b)] / (covariance[(a, a)] * covariance[(b, b)]).sqrt())
}

fn item_sheet(names: &[String], items: &[Vec<f64>], covariance: &DMatrix<f64>) -> Sheet {
    let mut sheet = Sheet::new("items", &["column"], &["mean", "sd", "item_rest", "alpha_without"]);
    for (at, (name, item)) in names.iter().zip(items).enumerate() {
        let rest: Vec<f64> = (0..item.len())
            .map(|row| items.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, x)| x[row]).sum())
            .collect();
        let without = covariance.clone().remove_row(at).remove_column(at);
        let left = if items.len() > 2 { alpha(&without) } else { None };
        let values = vec![
            Value::number(mean(item)),
            Value::number(variance(item).sqrt()),
            Value::number(crate::correlate::coefficient(Coefficient::Pearson, item, &rest)),
            left.map_or(Value::Absent, Value::number),
        ];
        sheet.add(&[name], values);
    }
    sheet
}
