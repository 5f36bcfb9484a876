//! Rules beyond the common ones.
//!
//! Each is data that a person can read, a part of the model, and a check in whole numbers from the plan alone
//! that shares nothing with the model. Formulas and sources: `docs/method/programme-extensions.md`.

mod carry;
mod fault;
mod kind;
mod limit;
mod ruling;
mod stability;
mod synergy;
mod tail_mean;

pub use carry::{CarryOver, Deviation, RobustCap, carried};
pub use fault::ExtensionFault;
pub use kind::Kind;
pub(crate) use limit::district_benefits;
pub use limit::{Capacity, Obligation};
pub use ruling::{OverrideCost, OverrideError, Ruling, RulingKind, override_cost};
pub use stability::{Approved, Stability, changes};
pub use synergy::Synergy;
pub use tail_mean::TailMean;

use crate::model::Model;
use crate::programme::{Draft, Id, Plan, Programme, Project};
use crate::verify::PlanFault;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Rules beyond the common ones; the default has none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Extensions {
    /// Projects that a person keeps in or out, with the reason.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rulings: Vec<Ruling>,
    /// Points lost by each change against the approved plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stability: Option<Stability>,
    /// Pairs that are worth more, or less, together.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub synergies: Vec<Synergy>,
    /// Sources whose unspent money passes to the next year.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub carry_over: Vec<CarryOver>,
    /// Sources whose budgets must hold when some projects cost more.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub robust: Vec<RobustCap>,
    /// The mean benefit in the worst scenarios as a second goal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tail_mean: Option<TailMean>,
    /// The least benefit of each district, in units of 1e-4 points; empty: none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub benefit_floors: Vec<i64>,
    /// How many projects of a sector may start by year.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub capacity: Vec<Capacity>,
    /// Limits of obligations as a share of revenue.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub obligations: Vec<Obligation>,
}

impl Extensions {
    /// Whether there is none, so that the common model is the whole model.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Rulings become the flags of the projects, so that everything that reads a programme knows them.
    pub(crate) fn settle(&self, projects: &mut [Project]) {
        let places = places(projects);
        for ruling in &self.rulings {
            if let Some(place) = places.get(&ruling.project) {
                match ruling.kind {
                    RulingKind::Kept => projects[*place].mandatory = true,
                    RulingKind::Barred => projects[*place].barred = true,
                }
            }
        }
    }

    /// Whether they replace the plain budget rows (carry-over, robust caps) and check the money themselves.
    pub(crate) fn replaces_budgets(&self) -> bool {
        !self.carry_over.is_empty() || !self.robust.is_empty()
    }

    /// What is wrong with them in a draft whose common part is sound.
    pub(crate) fn faults(&self, draft: &Draft) -> Vec<ExtensionFault> {
        let mut faults = Vec::new();
        fault::check(self, draft, &mut faults);
        faults
    }

    /// Adds their columns, rows and objective terms to the model of the common rules.
    pub(crate) fn apply(&self, programme: &Programme, model: &mut Model) {
        limit::apply(self, programme, model);
        synergy::apply(self, programme, model);
        stability::apply(self, programme, model);
        carry::apply(self, programme, model);
        tail_mean::apply(self, programme, model);
    }

    /// What a plan breaks of them.
    pub(crate) fn verify(&self, programme: &Programme, plan: &Plan) -> Vec<PlanFault> {
        let mut faults = Vec::new();
        limit::verify(self, programme, plan, &mut faults);
        if self.replaces_budgets() {
            carry::verify(self, programme, plan, &mut faults);
        }
        faults
    }

    /// What they add to the plain points of a plan, in units of 1e-4.
    pub(crate) fn objective(&self, programme: &Programme, plan: &Plan) -> i64 {
        synergy::objective(self, programme, plan)
            + stability::objective(self, programme, plan)
            + tail_mean::objective(self, programme, plan)
    }

    /// Softens a rule of its own.
    pub(crate) fn concede(&mut self, kind: Kind, index: u32, by: i64) {
        limit::concede(self, kind, index, by);
    }
}

/// The place of each project by its name.
pub(crate) fn places(projects: &[Project]) -> BTreeMap<Id, usize> {
    projects.iter().enumerate().map(|(place, project)| (project.id.clone(), place)).collect()
}
