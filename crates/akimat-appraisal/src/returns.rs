//! Rates of return: every internal rate between -99 % and 1,000 %, and the modified one.

use crate::fault::{Fault, FaultKind};
use crate::polynomial::{Isolated, real_roots};
use crate::rate::{Convention, Rate};
use crate::value::present_value;
use serde::Serialize;

/// Most periods of a stream whose rates are looked for: fifty years by month.
pub const PERIODS_MAX: usize = 600;

/// A rate at which the flows balance.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Root {
    /// The rate a period.
    pub rate: f64,
    /// The value touches zero here and does not cross it.
    pub tangential: bool,
}

/// Every internal rate of return of a stream.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Irr {
    /// Rates in rising order, between -0.99 and 10.
    pub roots: Vec<Root>,
    /// Changes of sign in the flows: there are at most as many rates above -100 %.
    pub sign_changes: usize,
    /// The rate nearest to zero; `None` when there is none in the range.
    pub nearest: Option<f64>,
}

impl Irr {
    /// The rate says something: it is the only one.
    pub fn is_unique(&self) -> bool {
        self.roots.len() == 1 && self.sign_changes == 1
    }
}

/// Changes of sign, zeros left out.
pub fn sign_changes(flows: &[f64]) -> usize {
    let signs: Vec<bool> = flows.iter().filter(|flow| **flow != 0.0).map(|flow| *flow > 0.0).collect();
    signs.windows(2).filter(|pair| pair[0] != pair[1]).count()
}

/// Every rate between -0.99 and 10 at which the flows balance, none missed: the flows as decimal fractions are a
/// polynomial with whole coefficients, whose real roots are isolated by Descartes' rule of signs and bisection
/// (Collins and Akritas 1976), all in whole numbers. Roots that differ by less than about 10^-12 count as one.
///
/// # Errors
/// [`FaultKind::TooFew`], [`FaultKind::TooMany`], [`FaultKind::OneSign`], [`FaultKind::NotANumber`].
pub fn irr(flows: &[f64]) -> Result<Irr, Fault> {
    let fail = |kind| Err(Fault::new("cashflows", kind));
    if flows.len() < 2 {
        return fail(FaultKind::TooFew { have: flows.len(), need: 2 });
    }
    if flows.len() > PERIODS_MAX {
        return fail(FaultKind::TooMany { have: flows.len(), max: PERIODS_MAX });
    }
    if let Some(at) = flows.iter().position(|flow| !flow.is_finite()) {
        let fault = Fault::new("cashflows", FaultKind::NotANumber { value: flows[at].to_string() });
        return Err(fault.at(at + 1));
    }
    let sign_changes = sign_changes(flows);
    if sign_changes == 0 {
        return fail(FaultKind::OneSign);
    }
    // With x = 1/(1+r), rates between -0.99 and 10 are x between 1/11 and 100.
    let rate = |root: &Isolated| Root { rate: 1.0 / root.x - 1.0, tangential: root.even };
    let mut roots: Vec<Root> = real_roots(flows, 11, 100).iter().map(rate).collect();
    roots.sort_by(|a, b| a.rate.total_cmp(&b.rate));
    let nearest = roots.iter().map(|root| root.rate).min_by(|a, b| a.abs().total_cmp(&b.abs()));
    Ok(Irr { roots, sign_changes, nearest })
}

/// The modified internal rate: outlays financed at one rate, income reinvested at another until the last period.
///
/// # Errors
/// [`FaultKind::OneSign`] without an outlay or without income; [`FaultKind::OutOfRange`] for a rate.
pub fn mirr(flows: &[f64], finance: f64, reinvest: f64) -> Result<f64, Fault> {
    if flows.len() < 2 {
        return Err(Fault::new("cashflows", FaultKind::TooFew { have: flows.len(), need: 2 }));
    }
    let named =
        |rate, field: &'static str| Rate::constant(rate).map_err(|fault| Fault::new(field, fault.kind));
    let (financed, reinvested) = (named(finance, "finance_rate")?, named(reinvest, "reinvest_rate")?);
    let positive: Vec<f64> = flows.iter().map(|flow| flow.max(0.0)).collect();
    let negative: Vec<f64> = flows.iter().map(|flow| flow.min(0.0)).collect();
    let income = present_value(&positive, &reinvested, Convention::default());
    let outlay = -present_value(&negative, &financed, Convention::default());
    if income <= 0.0 || outlay <= 0.0 {
        return Err(Fault::new("cashflows", FaultKind::OneSign));
    }
    Ok((income / outlay).powf(1.0 / crate::count(flows.len() - 1)) * (1.0 + reinvest) - 1.0)
}
