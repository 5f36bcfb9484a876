//! Present values and what follows from them.

use crate::fault::{Fault, FaultKind};
use crate::rate::{Convention, Rate};
use serde::Serialize;

/// What flows are worth now: the sum of each flow times its factor.
pub fn present_value(flows: &[f64], rate: &Rate, convention: Convention) -> f64 {
    flows.iter().enumerate().map(|(k, flow)| flow * rate.factor(convention.years(k))).sum()
}

/// Benefits against costs; both lists hold amounts, not signs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CostBenefit {
    /// Present value of the benefits.
    pub pv_benefits: f64,
    /// Present value of the costs.
    pub pv_costs: f64,
    /// Benefits less costs.
    pub npv: f64,
    /// Benefits over costs; `None` without costs.
    pub bcr: Option<f64>,
    /// Net present value for a unit of the budget that is short; `None` without such money.
    pub npv_per_budget: Option<f64>,
}

/// Weighs benefits against costs; `budget` are the costs that the scarce budget pays.
pub fn cost_benefit(
    benefits: &[f64],
    costs: &[f64],
    budget: &[f64],
    (rate, convention): (&Rate, Convention),
) -> CostBenefit {
    let pv = |flows: &[f64]| present_value(flows, rate, convention);
    let (pv_benefits, pv_costs, pv_budget) = (pv(benefits), pv(costs), pv(budget));
    CostBenefit::of(pv_benefits, pv_costs, pv_budget)
}

impl CostBenefit {
    /// From present values.
    pub fn of(pv_benefits: f64, pv_costs: f64, pv_budget: f64) -> Self {
        let npv = pv_benefits - pv_costs;
        Self {
            pv_benefits,
            pv_costs,
            npv,
            bcr: (pv_costs > 0.0).then(|| pv_benefits / pv_costs),
            npv_per_budget: (pv_budget > 0.0).then(|| npv / pv_budget),
        }
    }
}

/// After how many periods the sum of flows stops being below zero for good, linear inside a period in which money
/// flows evenly: the flow of period `k` (from 0, at that instant) is spread over the period before it. `None`: never.
pub fn payback(flows: &[f64]) -> Option<f64> {
    let mut sum = 0.0;
    let mut found = None;
    for (k, &flow) in flows.iter().enumerate() {
        let before = sum;
        sum += flow;
        if sum < 0.0 {
            found = None;
        } else if found.is_none() {
            let part = if before < 0.0 && flow > 0.0 { -before / flow } else { 1.0 };
            found = Some((crate::count(k) - 1.0 + part).max(0.0));
        }
    }
    found
}

/// [`payback`] of flows each at its present value.
pub fn discounted_payback(flows: &[f64], rate: &Rate, convention: Convention) -> Option<f64> {
    let present: Vec<f64> =
        flows.iter().enumerate().map(|(k, flow)| flow * rate.factor(convention.years(k))).collect();
    payback(&present)
}

/// What an amount of one now is worth as equal amounts at the end of each of so many years: r / (1 - (1+r)^-n), and
/// 1/n without interest.
///
/// # Errors
/// [`FaultKind::OutOfRange`] when years or rate make no sense.
pub fn annuity_share(rate: f64, years: f64) -> Result<f64, Fault> {
    if !(years > 0.0 && years <= 10_000.0) {
        let kind = FaultKind::OutOfRange { value: years, low: 0.0, high: 10_000.0 };
        return Err(Fault::new("years", kind));
    }
    Rate::constant(rate)?;
    if rate == 0.0 {
        return Ok(1.0 / years);
    }
    // ln_1p and exp_m1 keep the digits of small rates.
    Ok(rate / -(-years * rate.ln_1p()).exp_m1())
}
