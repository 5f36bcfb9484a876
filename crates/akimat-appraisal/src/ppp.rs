//! Value for money of a public-private partnership: what the same service would cost the state if it did the work
//! itself (the public sector comparator), against what it costs by contract.

use crate::fault::{Fault, FaultKind};
use serde::Serialize;

/// Present values of the public sector comparator, all as amounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Comparator {
    /// Building and running it.
    pub raw_cost: f64,
    /// What users and others would pay.
    pub third_party_revenue: f64,
    /// Taxes and the like that only a private partner pays.
    pub competitive_neutrality: f64,
    /// Risks that a contract would hand over.
    pub transferable_risk: f64,
    /// Risks that stay with the state either way.
    pub retained_risk: f64,
}

/// Present values of the partnership for the state, all as amounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Contract {
    /// Payments by the state.
    pub payments: f64,
    /// Risks that stay with the state.
    pub retained_risk: f64,
    /// Watching over the contract.
    pub monitoring: f64,
    /// What the state receives.
    pub revenue_share: f64,
}

/// One risk: what it costs when it comes, how likely that is, and how much of it the contract hands over.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Risk {
    /// Its name.
    pub name: String,
    /// Chance that it comes, 0 to 1.
    pub probability: f64,
    /// Present value of its cost when it comes.
    pub impact: f64,
    /// Part that the partner bears, 0 to 1.
    pub transferred: f64,
}

impl Risk {
    /// Expected cost: chance times impact.
    pub fn expected(&self) -> f64 {
        self.probability * self.impact
    }

    /// Faults of the row.
    ///
    /// # Errors
    /// [`FaultKind::OutOfRange`] for chances and parts, [`FaultKind::Negative`] for the impact.
    pub fn check(&self) -> Result<(), Fault> {
        for (field, value) in [("probability", self.probability), ("transferred", self.transferred)] {
            if !(0.0..=1.0).contains(&value) {
                return Err(Fault::new(field, FaultKind::OutOfRange { value, low: 0.0, high: 1.0 }));
            }
        }
        if self.impact < 0.0 {
            return Err(Fault::new("impact", FaultKind::Negative { value: self.impact }));
        }
        Ok(())
    }
}

/// Expected cost of the risks handed over and of those retained.
pub fn risk_split(risks: &[Risk]) -> (f64, f64) {
    risks.iter().fold((0.0, 0.0), |(transferred, retained), risk| {
        let (expected, part) = (risk.expected(), risk.transferred);
        (transferred + expected * part, retained + expected * (1.0 - part))
    })
}

/// Which way is cheaper for the state, and by how much.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ValueForMoney {
    /// Cost of the comparator.
    pub psc: f64,
    /// Cost of the partnership.
    pub ppp: f64,
    /// Comparator less partnership: positive when the partnership is cheaper.
    pub vfm: f64,
    /// The same as a share of the comparator; `None` when that costs nothing.
    pub share: Option<f64>,
    /// By which share the transferable risk must be off until both cost the same; `None` without such risk.
    pub risk_switch: Option<f64>,
}

/// Weighs one against the other.
pub fn value_for_money(comparator: &Comparator, contract: &Contract) -> ValueForMoney {
    let psc = comparator.raw_cost - comparator.third_party_revenue
        + comparator.competitive_neutrality
        + comparator.transferable_risk
        + comparator.retained_risk;
    let ppp = contract.payments + contract.retained_risk + contract.monitoring - contract.revenue_share;
    let vfm = psc - ppp;
    ValueForMoney {
        psc,
        ppp,
        vfm,
        share: (psc != 0.0).then(|| vfm / psc),
        risk_switch: (comparator.transferable_risk > 0.0).then(|| -vfm / comparator.transferable_risk),
    }
}
