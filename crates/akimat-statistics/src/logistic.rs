//! Regression of a yes or no, by iteratively reweighted least squares.

use crate::design::{self, Design};
use crate::distribution::chi_squared_upper;
use crate::linear;
use crate::refusal::Refusal;
use crate::regress::{SPARE, Tail, coefficient_sheet};
use crate::report::{Label, Sheet, Value};
use crate::request::Request;
use crate::run::Outcome;
use crate::table::Table;
use crate::warning::Warning;
use nalgebra::{DMatrix, DVector};

const STEPS_MAX: usize = 100;
/// A log-odds beyond this for some observation means that nothing holds it back: the outcomes are separated.
const LOG_ODDS_MAX: f64 = 25.0;

pub(crate) fn run(table: &Table, request: &Request) -> Result<Outcome, Refusal> {
    let name = request.outcome.as_deref().ok_or(Refusal::OptionMissing { option: "outcome" })?;
    design::count(&request.columns, 1, design::PREDICTORS_MAX)?;
    design::once(request.columns.iter().map(String::as_str).chain([name]))?;
    let outcome = table.find(name)?;
    let levels = outcome.levels()?;
    let codes = outcome.codes(&levels);
    let y: Vec<Option<f64>> = codes.iter().map(|code| code.map(|code| code as f64)).collect();
    let design = Design::new(table, &y, &request.columns, &[])?;
    let (n, k) = (design.y.len(), design.names.len());
    if levels.len() != 2 {
        return Err(Refusal::Groups { column: name.to_owned(), have: levels.len(), need: 2 });
    }
    if n < k + SPARE {
        return Err(Refusal::TooFew { have: n, need: k + SPARE });
    }
    let events = design.y.iter().filter(|y| **y > 0.5).count();
    let rarer = events.min(n - events);
    if rarer == 0 {
        return Err(Refusal::Constant { column: name.to_owned() });
    }
    let x = design.matrix();
    linear::check_rank(&x, &design.names, true)?;
    let (b, inverse, likelihood) = iterate(&x, &design)?;
    let mut warnings = Vec::new();
    if rarer < 10 * k {
        warnings.push(Warning::FewEvents { n: rarer });
    }
    let mut sheet = coefficient_sheet(&design.names, &b, &inverse, &Tail::Normal, request.level);
    sheet.figures.push(Label::Word("odds_ratio"));
    for (row, b) in sheet.rows.iter_mut().zip(b.iter()) {
        row.values.push(Value::number(b.exp()));
    }
    let quality = quality(n, k, events, likelihood, levels[1]);
    Ok(Outcome { n, missing: design.missing, sheets: vec![sheet, quality], warnings })
}

type Settled = (DVector<f64>, DMatrix<f64>, f64);

/// Coefficients, their covariance, the log-likelihood.
fn iterate(x: &DMatrix<f64>, design: &Design) -> Result<Settled, Refusal> {
    let y = DVector::from_column_slice(&design.y);
    let mut b = DVector::zeros(x.ncols());
    let mut last = f64::NEG_INFINITY;
    for _ in 0..STEPS_MAX {
        let odds = x * &b;
        if odds.amax() > LOG_ODDS_MAX {
            return Err(separated(&b, x, design));
        }
        let p = odds.map(|odds| 1.0 / (1.0 + (-odds).exp()));
        let w = p.map(|p| p * (1.0 - p));
        let root = w.map(f64::sqrt);
        let weighted = DMatrix::from_fn(x.nrows(), x.ncols(), |row, column| x[(row, column)] * root[row]);
        let step = linear::fit(&weighted, &(&y - &p).component_div(&root))?;
        let likelihood: f64 = odds.iter().zip(y.iter()).map(|(odds, y)| y * odds - odds.exp().ln_1p()).sum();
        let size = step
            .b
            .iter()
            .zip(b.iter())
            .fold(0.0_f64, |most, (step, b)| most.max(step.abs() / (1.0 + b.abs())));
        if size < 1e-12 || (likelihood - last).abs() < 1e-14 * likelihood.abs() {
            return Ok((b, step.inverse, likelihood));
        }
        last = likelihood;
        b += step.b;
    }
    Err(Refusal::NotConverged { iterations: STEPS_MAX })
}

/// Names the predictor that moves the log-odds most.
fn separated(b: &DVector<f64>, x: &DMatrix<f64>, design: &Design) -> Refusal {
    let reach = |at: usize| {
        let column = x.column(at + 1);
        (column.max() - column.min()) * b[at + 1].abs()
    };
    let most = (0..design.names.len()).max_by(|a, b| reach(*a).total_cmp(&reach(*b)));
    Refusal::Separated { column: most.map_or_else(String::new, |at| design.names[at].clone()) }
}

fn quality(n: usize, k: usize, events: usize, likelihood: f64, event: &str) -> Sheet {
    let (n, e) = (n as f64, events as f64);
    let null = e * (e / n).ln() + (n - e) * ((n - e) / n).ln();
    let ratio = 2.0 * (likelihood - null);
    let facts = vec![
        ("event", Value::Text(event.to_owned())),
        ("events", Value::count(events)),
        ("log_likelihood", Value::number(likelihood)),
        ("log_likelihood_null", Value::number(null)),
        ("likelihood_ratio", Value::number(ratio)),
        ("df", Value::count(k)),
        ("p", Value::p(chi_squared_upper(ratio, k as f64))),
        ("r2_mcfadden", Value::number(1.0 - likelihood / null)),
    ];
    Sheet::facts("quality", facts)
}
