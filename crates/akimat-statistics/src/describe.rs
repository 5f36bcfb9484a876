//! Numbers described: centre, spread, shape.

use crate::distribution::student_two_sided_quantile;
use crate::refusal::Refusal;
use crate::report::{Sheet, Value};
use crate::request::Request;
use crate::run::Outcome;
use crate::sample::{is_constant, mean, quantile, squares, variance};
use crate::table::Table;
use crate::warning::Warning;

const FIGURES: [&str; 14] = [
    "n", "missing", "mean", "sd", "se", "low", "high", "min", "q1", "median", "q3", "max", "skewness",
    "kurtosis",
];

pub(crate) fn run(table: &Table, request: &Request) -> Result<Outcome, Refusal> {
    crate::design::count(&request.columns, 1, 100)?;
    let mut sheet = Sheet::new("description", &["column"], &FIGURES);
    let (mut n, mut warnings) = (0, Vec::new());
    for name in &request.columns {
        let values: Vec<f64> = table.find(name)?.numbers()?.iter().flatten().copied().collect();
        n = n.max(values.len());
        if is_constant(&values) {
            warnings.push(Warning::ConstantColumn { column: name.clone() });
        }
        sheet.add(&[name], figures(values, table.n_rows(), request.level));
    }
    Ok(Outcome { n, missing: 0, sheets: vec![sheet], warnings })
}

fn figures(mut values: Vec<f64>, n_rows: usize, level: f64) -> Vec<Value> {
    let n = values.len();
    let (center, spread) = (mean(&values), variance(&values));
    let se = (spread / n as f64).sqrt();
    let reach = student_two_sided_quantile(1.0 - level, (n as f64) - 1.0) * se;
    let reach = if n < 2 { f64::NAN } else { reach };
    let (skewness, kurtosis) = shape(&values);
    values.sort_by(f64::total_cmp);
    let mut row = vec![Value::count(n), Value::count(n_rows - n)];
    let numbers = [
        center,
        spread.sqrt(),
        se,
        center - reach,
        center + reach,
        quantile(&values, 0.0),
        quantile(&values, 0.25),
        quantile(&values, 0.5),
        quantile(&values, 0.75),
        quantile(&values, 1.0),
        skewness,
        kurtosis,
    ];
    row.extend(numbers.map(Value::number));
    row
}

/// Skewness G1 and excess kurtosis G2 with the corrections for small samples (Joanes and Gill 1998).
fn shape(values: &[f64]) -> (f64, f64) {
    if is_constant(values) {
        return (f64::NAN, f64::NAN);
    }
    let n = values.len() as f64;
    let (center, m2) = (mean(values), squares(values) / values.len() as f64);
    let moment = |power: i32| values.iter().map(|x| (x - center).powi(power)).sum::<f64>() / n;
    let g1 = moment(3) / m2.powf(1.5);
    let g2 = moment(4) / (m2 * m2) - 3.0;
    let skewness = if values.len() < 3 { f64::NAN } else { g1 * (n * (n - 1.0)).sqrt() / (n - 2.0) };
    let kurtosis = (n - 1.0) / ((n - 2.0) * (n - 3.0)) * ((n + 1.0) * g2 + 6.0);
    (skewness, if values.len() < 4 { f64::NAN } else { kurtosis })
}
