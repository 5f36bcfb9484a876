//! Multiple linear regression by least squares, with robust errors and what tells whether to trust it.

use crate::design::{self, Design};
use crate::distribution::{chi_squared_upper, fisher_upper, student_two_sided, student_two_sided_quantile};
use crate::linear::{self, Fit};
use crate::refusal::Refusal;
use crate::report::{Sheet, Value};
use crate::request::{Errors, Request};
use crate::run::Outcome;
use crate::sample::{is_constant, squares};
use crate::table::Table;
use crate::warning::Warning;
use nalgebra::{DMatrix, DVector};

/// More observations than predictors by this many, or no result.
pub(crate) const SPARE: usize = 10;

pub(crate) fn run(table: &Table, request: &Request) -> Result<Outcome, Refusal> {
    let (design, name) = read(table, request)?;
    let (n, k) = (design.y.len(), design.names.len());
    if n < k + SPARE {
        return Err(Refusal::TooFew { have: n, need: k + SPARE });
    }
    if is_constant(&design.y) {
        return Err(Refusal::Constant { column: name });
    }
    let x = design.matrix();
    linear::check_rank(&x, &design.names, true)?;
    let y = DVector::from_column_slice(&design.y);
    let fit = linear::fit(&x, &y)?;
    let leverage = fit.leverage(&x);
    let covariance = covariance(&fit, &x, &leverage, request.errors);
    let inflation = inflation(&design)?;
    let mut warnings = Vec::new();
    for (name, factor) in design.names.iter().zip(&inflation) {
        if *factor > 10.0 {
            warnings.push(Warning::HighInflation { column: name.clone() });
        }
    }
    let df = (n - k - 1) as f64;
    let spread = breusch_pagan(&fit, &x)?;
    if spread.1 < 0.05 && request.errors == Errors::Classical {
        warnings.push(Warning::UnequalSpread);
    }
    let residuals = residual_sheet(table, &design, &fit, &leverage);
    let cook = residuals.rows.iter().filter_map(|row| row.values.last()?.as_number());
    let influential = cook.filter(|cook| *cook > 4.0 / n as f64).count();
    if influential > 0 {
        warnings.push(Warning::Influential { n: influential });
    }
    let coefficients =
        coefficient_sheet(&design.names, &fit.b, &covariance, &Tail::Student(df), request.level);
    let sheets = vec![
        with_inflation(coefficients, &inflation),
        quality(&design, &fit, &covariance),
        diagnostics(&fit, spread),
        residuals,
    ];
    Ok(Outcome { n, missing: design.missing, sheets, warnings })
}

/// Outcome and predictors of the request.
fn read(table: &Table, request: &Request) -> Result<(Design, String), Refusal> {
    let name = request.outcome.clone().ok_or(Refusal::OptionMissing { option: "outcome" })?;
    design::count(&request.columns, 1, design::PREDICTORS_MAX)?;
    design::once(request.columns.iter().map(String::as_str).chain([name.as_str()]))?;
    let y = table.find(&name)?.numbers()?;
    Ok((Design::new(table, y, &request.columns, &[])?, name))
}

/// Distribution of a coefficient over its error.
pub(crate) enum Tail {
    Student(f64),
    Normal,
}

impl Tail {
    fn p(&self, t: f64) -> f64 {
        match self {
            Self::Student(df) => student_two_sided(t, *df),
            Self::Normal => crate::distribution::normal_two_sided(t),
        }
    }

    fn reach(&self, level: f64) -> f64 {
        match self {
            Self::Student(df) => student_two_sided_quantile(1.0 - level, *df),
            Self::Normal => crate::distribution::normal_two_sided_quantile(1.0 - level),
        }
    }

    const fn statistic(&self) -> &'static str {
        match self {
            Self::Student(_) => "t",
            Self::Normal => "z",
        }
    }
}

/// A row for the constant and for each predictor.
pub(crate) fn coefficient_sheet(
    names: &[String],
    b: &DVector<f64>,
    covariance: &DMatrix<f64>,
    tail: &Tail,
    level: f64,
) -> Sheet {
    let figures = ["b", "se", tail.statistic(), "p", "low", "high"];
    let mut sheet = Sheet::new("coefficients", &["predictor"], &figures);
    let reach = tail.reach(level);
    for at in 0..b.len() {
        let (b, se) = (b[at], covariance[(at, at)].sqrt());
        let values = vec![
            Value::number(b),
            Value::number(se),
            Value::number(b / se),
            Value::p(tail.p(b / se)),
            Value::number(b - reach * se),
            Value::number(b + reach * se),
        ];
        match at.checked_sub(1).and_then(|at| names.get(at)) {
            Some(name) => sheet.add(&[name], values),
            None => sheet.add_word("constant", values),
        }
    }
    sheet
}

fn with_inflation(mut sheet: Sheet, inflation: &[f64]) -> Sheet {
    sheet.figures.push(crate::report::Label::Word("vif"));
    let factors = std::iter::once(f64::NAN).chain(inflation.iter().copied());
    for (row, factor) in sheet.rows.iter_mut().zip(factors) {
        row.values.push(Value::number(factor));
    }
    sheet
}

fn covariance(fit: &Fit, x: &DMatrix<f64>, leverage: &[f64], errors: Errors) -> DMatrix<f64> {
    let (n, k) = (x.nrows() as f64, x.ncols() as f64);
    let square = |at: usize| fit.residuals[at] * fit.residuals[at];
    match errors {
        Errors::Classical => &fit.inverse * (fit.squares() / (n - k)),
        Errors::Hc1 => {
            let w: Vec<f64> = (0..x.nrows()).map(square).collect();
            fit.sandwich(x, &w) * (n / (n - k))
        }
        Errors::Hc3 => {
            let w: Vec<f64> =
                (0..x.nrows()).map(|at| square(at) / ((1.0 - leverage[at]) * (1.0 - leverage[at]))).collect();
            fit.sandwich(x, &w)
        }
    }
}

/// Variance inflation: 1 / (1 - R²) of each predictor on the others.
fn inflation(design: &Design) -> Result<Vec<f64>, Refusal> {
    let of = |at: usize| {
        let others: Vec<Vec<f64>> = design
            .columns
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != at)
            .map(|(_, c)| c.clone())
            .collect();
        let column = &design.columns[at];
        let x = DMatrix::from_fn(column.len(), others.len() + 1, |row, place| {
            if place == 0 { 1.0 } else { others[place - 1][row] }
        });
        let fit = linear::fit(&x, &DVector::from_column_slice(column))?;
        Ok(squares(column) / fit.squares())
    };
    (0..design.columns.len()).map(of).collect()
}

fn quality(design: &Design, fit: &Fit, covariance: &DMatrix<f64>) -> Sheet {
    let (n, k) = (design.y.len() as f64, design.names.len() as f64);
    let (left, total, df) = (fit.squares(), squares(&design.y), n - k - 1.0);
    let r2 = 1.0 - left / total;
    let f = linear::wald_f(&fit.b, covariance);
    let facts = vec![
        ("r2", Value::number(r2)),
        ("r2_adjusted", Value::number(1.0 - (1.0 - r2) * (n - 1.0) / df)),
        ("f", Value::number(f)),
        ("df1", Value::number(k)),
        ("df2", Value::number(df)),
        ("p", Value::p(fisher_upper(f, k, df))),
        ("residual_sd", Value::number((left / df).sqrt())),
    ];
    Sheet::facts("quality", facts)
}

/// Test of equal spread (Breusch and Pagan 1979, studentised after Koenker 1981): statistic and p.
fn breusch_pagan(fit: &Fit, x: &DMatrix<f64>) -> Result<(f64, f64), Refusal> {
    let square = fit.residuals.component_mul(&fit.residuals);
    let total = squares(square.as_slice());
    if is_constant(square.as_slice()) {
        return Ok((f64::NAN, f64::NAN));
    }
    let r2 = 1.0 - linear::fit(x, &square)?.squares() / total;
    let statistic = x.nrows() as f64 * r2;
    Ok((statistic, chi_squared_upper(statistic, (x.ncols() - 1) as f64)))
}

fn diagnostics(fit: &Fit, (spread, p): (f64, f64)) -> Sheet {
    let e = fit.residuals.as_slice();
    let steps: f64 = e.windows(2).map(|two| (two[1] - two[0]) * (two[1] - two[0])).sum();
    let facts = vec![
        ("durbin_watson", Value::number(steps / fit.squares())),
        ("breusch_pagan", Value::number(spread)),
        ("breusch_pagan_p", Value::p(p)),
    ];
    Sheet::facts("diagnostics", facts)
}

fn residual_sheet(table: &Table, design: &Design, fit: &Fit, leverage: &[f64]) -> Sheet {
    let figures = ["observed", "fitted", "residual", "leverage", "studentised", "cook"];
    let mut sheet = Sheet::new("residuals", &["row"], &figures);
    let k = (design.names.len() + 1) as f64;
    let s2 = fit.squares() / (design.y.len() as f64 - k);
    for (at, place) in design.at.iter().enumerate() {
        let (e, h) = (fit.residuals[at], leverage[at]);
        let inside = e / (s2 * (1.0 - h)).sqrt();
        let values = [design.y[at], fit.fitted[at], e, h, inside, inside * inside * h / (1.0 - h) / k];
        let row = table.rows().get(*place).copied().unwrap_or(0).to_string();
        sheet.add(&[&row], values.map(Value::number).to_vec());
    }
    sheet
}
