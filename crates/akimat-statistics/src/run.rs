//! The front door: a table and a request in, a report or a refusal out.

use crate::refusal::Refusal;
use crate::report::{Report, Sheet};
use crate::request::{Method, Request};
use crate::table::Table;
use crate::warning::Warning;
use crate::{
    VERSION, compare, correlate, crosstab, describe, design_effect, frequency, kappa, logistic, matrix,
    panel, quota, raking, regress, reliability, script,
};

/// What a method returns.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) n: usize,
    pub(crate) missing: usize,
    pub(crate) sheets: Vec<Sheet>,
    pub(crate) warnings: Vec<Warning>,
}

/// Computes.
///
/// # Errors
/// What the data do not carry.
pub fn run(table: &Table, request: &Request) -> Result<Report, Refusal> {
    if !(0.5..=0.9999).contains(&request.level) {
        return Err(Refusal::OptionWrong { option: "level", value: request.level.to_string() });
    }
    if !request.against.is_finite() {
        return Err(Refusal::OptionWrong { option: "against", value: request.against.to_string() });
    }
    let method = match request.method {
        Method::Describe => describe::run,
        Method::Frequency => frequency::run,
        Method::Crosstab => crosstab::run,
        Method::Correlate => correlate::run,
        Method::Matrix => matrix::run,
        Method::Alpha => reliability::run,
        Method::Regress => regress::run,
        Method::Logistic => logistic::run,
        Method::Panel => panel::run,
        Method::Compare => compare::run,
        Method::Kappa => kappa::run,
        Method::Weights => raking::run,
        Method::Quota => quota::run,
        Method::DesignEffect => design_effect::run,
    };
    let mut outcome = method(table, request)?;
    if outcome.missing > 0 {
        outcome.warnings.insert(0, Warning::Missing { n: outcome.missing });
    }
    Ok(Report {
        request: request.clone(),
        n: outcome.n,
        missing: outcome.missing,
        version: VERSION,
        sheets: outcome.sheets,
        warnings: outcome.warnings,
        script: script::write(request),
    })
}
