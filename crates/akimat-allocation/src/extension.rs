//! Rules beyond the common ones: carry-over, synergy, fairness, robust caps, stability.

use crate::model::Model;
use crate::programme::{Draft, Plan, Programme};
use crate::verify::PlanFault;
use serde::{Deserialize, Serialize};

/// Rules beyond the common ones; the default has none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Extensions {}

/// What is wrong with an extension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "extension", rename_all = "snake_case")]
pub enum ExtensionFault {}

impl Extensions {
    /// Whether there is none, so that the common model is the whole model.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether they replace the plain budget rows (carry-over, robust caps) and check the money themselves.
    pub(crate) fn replaces_budgets(&self) -> bool {
        false
    }

    /// What is wrong with them in a draft whose common part is sound.
    pub(crate) fn faults(&self, _draft: &Draft) -> Vec<ExtensionFault> {
        Vec::new()
    }

    /// Adds their columns, rows and objective terms to the model of the common rules.
    pub(crate) fn apply(&self, _programme: &Programme, _model: &mut Model) {}

    /// What a plan breaks of them.
    pub(crate) fn verify(&self, _programme: &Programme, _plan: &Plan) -> Vec<PlanFault> {
        Vec::new()
    }

    /// What they add to the plain points of a plan, in units of 1e-4.
    pub(crate) fn objective(&self, _programme: &Programme, _plan: &Plan) -> i64 {
        0
    }
}
