//! Plans that are nearly as good and clearly different, so that there is something to choose between.

use crate::extension::Kind;
use crate::model::{Model, Rule};
use crate::programme::{Plan, Programme};
use crate::solver::{Limits, Outcome, Request, Solver, SolverError};
use crate::verify::verify;
use serde::{Deserialize, Serialize};

/// What counts as different and as nearly as good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// Plans at most.
    pub plans: usize,
    /// Each differs from all before it in at least so many projects that enter or leave.
    pub differing: usize,
    /// Each is worth at least this share of the first, in thousandths: 990 allows a loss of a hundredth.
    pub worth_permille: i64,
}

/// A plan that is nearly as good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    /// The plan; it passed the check in whole numbers.
    pub plan: Plan,
    /// What it is worth, in units of 1e-4 points.
    pub objective: i64,
    /// It is proven that no plan that differs enough from those before it is worth more.
    pub best: bool,
}

/// Plans that differ, the best first; fewer than wanted when no more are good enough.
///
/// # Errors
/// [`SolverError`] when the solver fails or one of its plans does not pass the check.
pub fn varied(
    programme: &Programme,
    first: &Plan,
    wanted: &Wanted,
    (solver, limits): (&dyn Solver, &Limits),
) -> Result<Vec<Variant>, SolverError> {
    let mut model = Model::of(programme);
    let objective = programme.objective(first);
    let least = i128::from(objective) * i128::from(wanted.worth_permille);
    let least = i64::try_from(least.div_euclid(1000) + i128::from(least.rem_euclid(1000) > 0));
    let terms = model.columns.iter().enumerate().map(|(column, data)| (column, data.worth)).collect();
    let rule = |index: usize| Rule::Extension {
        kind: Kind::Distance.number(),
        index: u32::try_from(index).unwrap_or(u32::MAX),
    };
    model.add_row(rule(0), (Some(least.unwrap_or(i64::MAX)), None), terms);
    let mut known = vec![first.clone()];
    let mut variants = Vec::new();
    while variants.len() < wanted.plans {
        let last = &known[known.len() - 1];
        let (terms, limit) = distance(&model, last, wanted.differing);
        model.add_row(rule(known.len()), (Some(limit), None), terms);
        let request = Request::new(&model, *limits);
        let Outcome::Found { values: Some(values), complete, .. } = solver.solve(&request)? else { break };
        let chosen: Vec<bool> = values.iter().map(|value| *value > 0.5).collect();
        let plan = model.plan(&chosen);
        if !verify(programme, &plan).is_empty() {
            return Err(SolverError::Wrong("a variant breaks a rule".to_owned()));
        }
        let objective = programme.objective(&plan);
        known.push(plan.clone());
        variants.push(Variant { plan, objective, best: complete });
    }
    Ok(variants)
}

/// How many projects are in one plan and not in the other.
pub fn differing(one: &Plan, other: &Plan) -> usize {
    one.starts.iter().zip(&other.starts).filter(|(a, b)| a.is_some() != b.is_some()).count()
}

/// `sum over projects outside X - sum over projects inside X >= differing - |inside|`.
fn distance(model: &Model, plan: &Plan, differing: usize) -> (Vec<(usize, i64)>, i64) {
    let mut terms = Vec::new();
    for project in 0..plan.starts.len() {
        let by = if plan.has(project) { -1 } else { 1 };
        terms.extend(model.columns_of(project).map(|column| (column, by)));
    }
    let inside = i64::try_from(plan.started().count()).unwrap_or(i64::MAX);
    (terms, i64::try_from(differing).unwrap_or(i64::MAX) - inside)
}
