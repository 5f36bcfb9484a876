//! What stands beside a plan: the list by rank cut where the money ends, other good plans that differ clearly, plans for
//! less and more money each within the next, and plans with an even benefit of the territories, with their price.
//!
//! Every search is limited by counts and not by time, so that the same plan gives the same page.

use super::input::ProgrammeInput;
use crate::{AppError, Result};
use akimat_allocation::by_rank::rank_and_cut;
use akimat_allocation::explain::{EXACT_PROJECTS, Follow};
use akimat_allocation::fairness::{
    DistrictBenefit, FairnessError, Goal, benefits, fair, gini, price_of_fairness,
};
use akimat_allocation::nested::nested;
use akimat_allocation::variety::{Wanted, varied};
use akimat_allocation::{
    AllocateError, Allocated, Allocation, Effort, Go, Limits, Plan, Programme, Solver, allocate,
};
use serde::{Deserialize, Serialize};

/// Budgets of the nested series, in thousandths.
const SIZES: [i64; 5] = [800, 900, 1_000, 1_100, 1_200];
/// Other plans shown.
const VARIANTS: usize = 3;
/// They are worth at least this share of the plan, in thousandths.
const WORTH_PERMILLE: i64 = 990;
/// Nodes of one search of a small programme.
const NODES: u32 = 2_000;
/// Nodes of one search of a large one.
const NODES_LARGE: u32 = 20;

/// What stands beside a plan, in units of 1e-4 points.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Beside {
    /// The plan down the list by benefit per cost.
    pub rank: Option<RankPlan>,
    /// Plans nearly as good that differ clearly, the best first.
    pub variants: Vec<VariantPlan>,
    /// Plans by size of the budget, each within the next.
    pub nested: Vec<NestedPlan>,
    /// Fair plans by goal.
    pub fair: Vec<FairPlan>,
    /// Why there is no fair plan; `None`: there is, or nobody asked.
    pub unfair: Option<FairnessError>,
    /// Gini coefficient of benefit per head in the plan itself, 0 to 1; `None` when people are not known.
    pub gini: Option<f64>,
    /// Benefit of each territory in the plan itself.
    pub benefits: Vec<DistrictBenefit>,
}

/// The plan down the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RankPlan {
    /// What starts when.
    pub plan: Plan,
    /// Worth.
    pub objective: i64,
    /// Rules that it breaks: a list knows nothing of floors.
    pub n_faults: usize,
}

/// Another good plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VariantPlan {
    /// What starts when.
    pub plan: Plan,
    /// Worth.
    pub objective: i64,
    /// Proven to be the best of those that differ enough from the ones before it.
    pub best: bool,
}

/// A plan for another budget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NestedPlan {
    /// Budgets of every source and year, in thousandths of those asked.
    pub permille: i64,
    /// The plan with its bound; `None` when no plan satisfies the rules with that money.
    pub allocation: Option<Allocation>,
}

/// A plan with an even benefit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FairPlan {
    /// What is even-handed.
    pub goal: Goal,
    /// The levels are proven to be the fairest.
    pub proven: bool,
    /// The least benefit of each territory: with these floors the plan is an ordinary one.
    pub floors: Vec<i64>,
    /// The plan with its bound.
    pub allocation: Allocation,
    /// What it costs against the plan, at least and at most.
    pub price: (i64, i64),
    /// Gini coefficient of benefit per head; `None` when people are not known.
    pub gini: Option<f64>,
    /// Benefit of each territory.
    pub benefits: Vec<DistrictBenefit>,
}

/// The goals in the order in which they are shown.
pub const GOALS: [Goal; 3] = [Goal::Maximin, Goal::Leximin, Goal::Nash];

/// The name of a goal in forms and catalogue keys.
pub const fn goal_code(goal: Goal) -> &'static str {
    match goal {
        Goal::Maximin => "maximin",
        Goal::Leximin => "leximin",
        Goal::Nash => "nash",
    }
}

struct Around<'a> {
    programme: &'a Programme,
    plan: &'a Allocation,
    solver: &'a dyn Solver,
    effort: Effort,
    limits: Limits,
}

/// Works out what stands beside a plan; stops between two steps when it is told to.
///
/// # Errors
/// [`AppError::Internal`] when the solver fails.
pub fn beside(
    (input, plan): (&ProgrammeInput, &Allocation),
    solver: &dyn Solver,
    effort: &Effort,
    follow: &mut dyn Follow,
) -> Result<Beside> {
    let programme =
        input.programme().map_err(|_| AppError::Internal("a frozen input is no programme".to_owned()))?;
    let large = programme.projects().len() > EXACT_PROJECTS;
    let nodes = if large { NODES_LARGE } else { NODES };
    let around = Around {
        programme: &programme,
        plan,
        solver,
        effort: Effort { quick: large, ..*effort },
        limits: Limits { nodes, time: None, gap_millionths: effort.gap_millionths },
    };
    let benefits = benefits(&programme, &plan.plan);
    let mut shown =
        Beside { rank: Some(around.rank()), gini: gini(&benefits), benefits, ..Beside::default() };
    let steps = 2 + GOALS.len();
    if follow.step(0, steps) == Go::On {
        shown.variants = around.variants()?;
    }
    if follow.step(1, steps) == Go::On {
        shown.nested = around.nested()?;
    }
    for (at, goal) in GOALS.into_iter().enumerate() {
        if shown.unfair.is_none() && follow.step(2 + at, steps) == Go::On {
            match around.fair(goal) {
                Ok(found) => shown.fair.extend(found),
                Err(Fault::Fairness(fault)) => shown.unfair = Some(fault),
                Err(Fault::Other(error)) => return Err(error),
            }
        }
    }
    Ok(shown)
}

enum Fault {
    Fairness(FairnessError),
    Other(AppError),
}

impl From<FairnessError> for Fault {
    fn from(fault: FairnessError) -> Self {
        Self::Fairness(fault)
    }
}

fn failed(error: &dyn std::fmt::Display) -> AppError {
    AppError::Internal(error.to_string())
}

impl Around<'_> {
    fn rank(&self) -> RankPlan {
        let listed = rank_and_cut(self.programme);
        RankPlan { plan: listed.plan, objective: listed.objective, n_faults: listed.faults.len() }
    }

    fn variants(&self) -> Result<Vec<VariantPlan>> {
        let differing = (self.plan.plan.started().count() / 10).max(2);
        let wanted = Wanted { plans: VARIANTS, differing, worth_permille: WORTH_PERMILLE };
        let found = varied(self.programme, &self.plan.plan, &wanted, (self.solver, &self.limits));
        let found = found.map_err(|error| failed(&error))?;
        Ok(found
            .into_iter()
            .map(|one| VariantPlan { plan: one.plan, objective: one.objective, best: one.best })
            .collect())
    }

    fn nested(&self) -> Result<Vec<NestedPlan>> {
        // The budget as it is has its plan already: it is not computed a second time.
        let mut first = Some(self.plan.clone());
        let mut solve = |asked: &Programme| match first.take() {
            Some(plan) => Ok(Allocated::Plan(plan)),
            None => allocate(asked, self.solver, &self.effort, &mut ()),
        };
        let steps = match nested(self.programme, &SIZES, 1_000, &mut solve) {
            Ok(steps) => steps,
            // The limits came first for one of the budgets: the series would have a hole.
            Err(AllocateError::NothingFound) => return Ok(Vec::new()),
            Err(error) => return Err(failed(&error)),
        };
        Ok(steps
            .into_iter()
            .map(|step| NestedPlan { permille: step.permille, allocation: step.plan })
            .collect())
    }

    fn fair(&self, goal: Goal) -> std::result::Result<Option<FairPlan>, Fault> {
        let Some(found) = fair(self.programme, goal, self.solver, &self.limits)? else { return Ok(None) };
        let even = match allocate(&found.programme(self.programme), self.solver, &self.effort, &mut ()) {
            Ok(Allocated::Plan(even)) => even,
            Ok(Allocated::Infeasible) | Err(AllocateError::NothingFound) => return Ok(None),
            Err(error) => return Err(Fault::Other(failed(&error))),
        };
        let benefits = benefits(self.programme, &even.plan);
        Ok(Some(FairPlan {
            goal,
            proven: found.proven,
            floors: found.floors,
            price: price_of_fairness(self.plan, &even),
            gini: gini(&benefits),
            benefits,
            allocation: even,
        }))
    }
}
