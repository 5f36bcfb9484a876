//! Plans for several sizes of the budget, each of which contains the smaller ones.
//!
//! Free optima are not nested: a larger budget may drop a project that a smaller one had. That is right and
//! hard to explain, so both are shown. The nested plans grow outwards from an anchor, usually the budget as it
//! is: its plan is the free optimum; a larger budget keeps what is in with its year, a smaller one leaves out
//! what is out. Each plan is the best one under that condition.

use crate::allocate::{AllocateError, Allocated, Allocation};
use crate::programme::{Plan, Programme};
use serde::{Deserialize, Serialize};

/// One size of the budget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Budgets of every source and year in thousandths of those asked.
    pub permille: i64,
    /// The plan; `None` when no plan satisfies the rules with that money.
    pub plan: Option<Allocation>,
}

/// The programme with its budgets in thousandths, rounded down.
pub fn with_budgets(programme: &Programme, permille: i64) -> Programme {
    let mut scaled = programme.clone();
    for budget in scaled.sources.iter_mut().flat_map(|source| &mut source.budget) {
        let share = i128::from(*budget) * i128::from(permille.max(0)) / 1000;
        *budget = i64::try_from(share).unwrap_or(i64::MAX / 4);
    }
    scaled
}

/// Nested plans by size of the budget; `sizes` in thousandths, `anchor` the size that is solved freely.
/// Sizes are taken in ascending order and the anchor is added when it is missing.
///
/// # Errors
/// [`AllocateError`] of `solve`, which computes the best plan of a programme.
pub fn nested(
    programme: &Programme,
    sizes: &[i64],
    anchor: i64,
    solve: &mut dyn FnMut(&Programme) -> Result<Allocated, AllocateError>,
) -> Result<Vec<Step>, AllocateError> {
    let mut sizes: Vec<i64> = sizes.iter().copied().chain([anchor]).collect();
    sizes.sort_unstable();
    sizes.dedup();
    let place = sizes.iter().position(|size| *size == anchor).unwrap_or(0);
    let mut steps: Vec<Step> = Vec::new();
    let mut ask = |permille: i64, bend: &dyn Fn(&mut Programme)| -> Result<Step, AllocateError> {
        let mut asked = with_budgets(programme, permille);
        bend(&mut asked);
        let plan = match solve(&asked)? {
            Allocated::Plan(plan) => Some(plan),
            Allocated::Infeasible => None,
        };
        Ok(Step { permille, plan })
    };
    let middle = ask(anchor, &|_| {})?;
    let mut inner = middle.plan.clone();
    for permille in sizes[..place].iter().rev() {
        let step = ask(*permille, &|asked| within(asked, inner.as_ref().map(|inner| &inner.plan)))?;
        // A size without a plan does not bind the next smaller one.
        if step.plan.is_some() {
            inner.clone_from(&step.plan);
        }
        steps.insert(0, step);
    }
    let mut outer = middle.plan.clone();
    steps.push(middle);
    for permille in &sizes[place + 1..] {
        let step = ask(*permille, &|asked| containing(asked, outer.as_ref().map(|outer| &outer.plan)))?;
        if step.plan.is_some() {
            outer.clone_from(&step.plan);
        }
        steps.push(step);
    }
    Ok(steps)
}

/// Only what the plan has may start, in its year.
fn within(programme: &mut Programme, plan: Option<&Plan>) {
    let Some(plan) = plan else { return };
    for (project, start) in programme.projects.iter_mut().zip(&plan.starts) {
        match start {
            Some(year) => (project.earliest, project.latest) = (*year, *year),
            None => project.barred = true,
        }
    }
}

/// What the plan has must start, in its year.
fn containing(programme: &mut Programme, plan: Option<&Plan>) {
    let Some(plan) = plan else { return };
    for (project, start) in programme.projects.iter_mut().zip(&plan.starts) {
        if let Some(year) = start {
            (project.mandatory, project.earliest, project.latest) = (true, *year, *year);
        }
    }
}
