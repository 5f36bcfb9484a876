//! A person keeps a project in or out, with the reason; what that costs is known before it is saved.

use crate::allocate::{AllocateError, Allocated, Allocation};
use crate::extension::Extensions;
use crate::programme::{Id, Programme, ProgrammeFault};
use serde::{Deserialize, Serialize};

/// What a person rules about a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RulingKind {
    /// It must start.
    Kept,
    /// It must not start.
    Barred,
}

/// A ruling of a person about one project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ruling {
    /// The project.
    pub project: Id,
    /// What is ruled.
    pub kind: RulingKind,
    /// Why, in the person's words; never empty.
    pub reason: String,
}

/// What a ruling costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "cost", rename_all = "snake_case")]
pub enum OverrideCost {
    /// The plan without the ruling already agrees with it.
    Nothing,
    /// Units of 1e-4 points lost lie between `least` and `most`; equal when both plans are proven.
    Points {
        /// At least so much.
        least: i64,
        /// At most so much.
        most: i64,
        /// The plan with the ruling.
        with: Box<Allocation>,
    },
    /// With the ruling no plan satisfies the rules.
    Impossible,
}

/// Why the cost of a ruling could not be told.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OverrideError {
    /// The programme with the ruling is not sound, such as a duty that is barred.
    #[error("the programme with the ruling is not sound")]
    Faults(Vec<ProgrammeFault>),
    /// A plan could not be computed.
    #[error(transparent)]
    Allocate(#[from] AllocateError),
}

/// What a ruling costs against the plan without it. `solve` computes the plan with it, at the same effort.
///
/// # Errors
/// [`OverrideError`] when the ruling contradicts the programme or no plan could be computed.
pub fn override_cost(
    programme: &Programme,
    without: &Allocation,
    ruling: &Ruling,
    solve: &mut dyn FnMut(&Programme) -> Result<Allocated, AllocateError>,
) -> Result<OverrideCost, OverrideError> {
    let mut draft = programme.to_draft();
    draft.extensions.rulings.push(ruling.clone());
    let ruled = draft.check().map_err(OverrideError::Faults)?;
    let wanted = ruling.kind == RulingKind::Kept;
    if programme.find(&ruling.project).is_some_and(|project| without.plan.has(project) == wanted) {
        return Ok(OverrideCost::Nothing);
    }
    match solve(&ruled)? {
        Allocated::Infeasible => Ok(OverrideCost::Impossible),
        Allocated::Plan(with) => {
            // z(without) is in [objective, bound]; the plan with the ruling is one of those without it, so the
            // best without is at least both.
            let least = (without.objective.max(with.objective) - with.bound).max(0);
            let most = without.bound.max(with.objective) - with.objective;
            Ok(OverrideCost::Points { least, most, with: Box::new(with) })
        }
    }
}

impl Extensions {
    /// The ruling about a project, if there is one.
    pub fn ruling(&self, project: &Id) -> Option<&Ruling> {
        self.rulings.iter().find(|ruling| ruling.project == *project)
    }
}
