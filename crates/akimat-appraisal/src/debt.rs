//! Whether a project carries its loan.

use crate::fault::{Fault, FaultKind};
use crate::rate::{Convention, Rate};
use crate::value::present_value;
use serde::Serialize;

/// Cover of the debt service by the cash available for it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cover {
    /// Cash over debt service, by year; `None` in years without debt service.
    pub dscr: Vec<Option<f64>>,
    /// The smallest of them.
    pub min: Option<f64>,
    /// Their mean.
    pub mean: Option<f64>,
}

/// Debt service cover ratio of each year.
///
/// # Errors
/// [`FaultKind::LengthsDiffer`], [`FaultKind::Negative`] for a service below zero.
pub fn dscr(cash: &[f64], service: &[f64]) -> Result<Cover, Fault> {
    if cash.len() != service.len() {
        let kind = FaultKind::LengthsDiffer { have: service.len(), need: cash.len() };
        return Err(Fault::new("debt_service", kind));
    }
    if let Some(at) = service.iter().position(|value| *value < 0.0) {
        return Err(Fault::new("debt_service", FaultKind::Negative { value: service[at] }).at(at + 1));
    }
    let dscr: Vec<Option<f64>> =
        cash.iter().zip(service).map(|(cash, service)| (*service > 0.0).then(|| cash / service)).collect();
    let known: Vec<f64> = dscr.iter().flatten().copied().collect();
    let mean = (!known.is_empty()).then(|| known.iter().sum::<f64>() / crate::count(known.len()));
    Ok(Cover { min: known.into_iter().min_by(f64::total_cmp), mean, dscr })
}

/// Loan life cover ratio: the present value of the cash over the life of the loan, over the debt outstanding now.
///
/// # Errors
/// [`FaultKind::Zero`] without debt.
pub fn llcr(cash: &[f64], debt: f64, (rate, convention): (&Rate, Convention)) -> Result<f64, Fault> {
    if debt <= 0.0 {
        return Err(Fault::new("debt", FaultKind::Zero));
    }
    Ok(present_value(cash, rate, convention) / debt)
}
