//! What stands beside the plan: the list by rank, other plans nearly as good, nested budgets, fair plans.

use super::answer::{Start, starts};
use akimat_allocation::by_rank::rank_and_cut;
use akimat_allocation::fairness::{Fair, FairnessError, Goal, benefits, fair, gini, price_of_fairness};
use akimat_allocation::nested::nested;
use akimat_allocation::variety::{Wanted, varied};
use akimat_allocation::{
    AllocateError, Allocated, Allocation, Effort, Limits, PlanFault, Programme, SolverError, allocate,
};
use akimat_solver_highs::Highs;
use serde::Serialize;
use std::time::Duration;

/// One thing to show beside the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Beside {
    /// The plan down the list by benefit per cost
    Rank,
    /// Three plans nearly as good that differ clearly
    Variants,
    /// Plans for 80 to 120 % of the money, each within the next
    Nested,
    /// Fair plans by three goals, with their price
    Fair,
}

/// How even the plan is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum FairGoal {
    /// The worst-off district is as well off as can be
    Maximin,
    /// The worst-off first, then the second worst-off, and so on
    Leximin,
    /// The largest product of benefit per head
    Nash,
}

impl FairGoal {
    const fn goal(self) -> Goal {
        match self {
            Self::Maximin => Goal::Maximin,
            Self::Leximin => Goal::Leximin,
            Self::Nash => Goal::Nash,
        }
    }
}

/// Budgets of the nested series, in thousandths.
const SIZES: [i64; 5] = [800, 900, 1000, 1100, 1200];
/// Other plans shown.
const VARIANTS: usize = 3;
/// They are worth at least this share of the plan, in thousandths.
const WORTH_PERMILLE: i64 = 990;
/// Nodes of one search for another plan or a fair level.
const NODES: u32 = 2_000;

#[derive(Debug, Default, Serialize)]
pub(super) struct Shown {
    #[serde(skip_serializing_if = "Option::is_none")]
    rank: Option<Rank>,
    #[serde(skip_serializing_if = "Option::is_none")]
    variants: Option<Vec<Variant>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nested: Option<Vec<Step>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fair: Option<Vec<FairPlan>>,
}

#[derive(Debug, Serialize)]
struct Rank {
    objective: i64,
    /// What the recommended plan brings more.
    less_by: i64,
    plan: Vec<Start>,
    /// Rules that the list does not keep: floors.
    faults: Vec<PlanFault>,
}

#[derive(Debug, Serialize)]
struct Variant {
    objective: i64,
    /// Proven to be the best of those that differ enough.
    best: bool,
    plan: Vec<Start>,
}

#[derive(Debug, Serialize)]
struct Step {
    budget_permille: i64,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    objective: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bound: Option<i64>,
    plan: Vec<Start>,
}

#[derive(Debug, Serialize)]
struct FairPlan {
    goal: Goal,
    /// The levels are proven to be the fairest.
    proven: bool,
    /// Least benefit by district, in units of 1e-4 points.
    benefit_floors: Vec<i64>,
    /// Districts, from 0, in which no project may start.
    unreachable: Vec<usize>,
    objective: i64,
    bound: i64,
    price_at_least: i64,
    price_at_most: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    gini: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gini_of_the_plan: Option<f64>,
    plan: Vec<Start>,
}

/// The plan and everything needed to compute what stands beside it.
pub(super) struct Around<'a> {
    pub(super) programme: &'a Programme,
    pub(super) plan: &'a Allocation,
    pub(super) effort: &'a Effort,
    pub(super) time: Option<Duration>,
}

/// The programme with the fairest levels as floors; the same one when no plan keeps its rules.
///
/// # Errors
/// [`FairnessError`] when a population is missing or the solver fails.
pub(super) fn even(
    programme: &Programme,
    goal: FairGoal,
    (effort, time): (&Effort, Option<Duration>),
) -> Result<Programme, FairnessError> {
    let found = fair(programme, goal.goal(), &Highs, &limits(effort, time))?;
    Ok(found.map_or_else(|| programme.clone(), |fair| fair.programme(programme)))
}

fn limits(effort: &Effort, time: Option<Duration>) -> Limits {
    Limits { nodes: NODES, time, gap_millionths: effort.gap_millionths }
}

impl Around<'_> {
    /// Everything asked for.
    ///
    /// # Errors
    /// [`FairnessError`] when a population is missing, and whatever the solver fails with.
    pub(super) fn show(&self, asked: &[Beside]) -> anyhow::Result<Shown> {
        let mut shown = Shown::default();
        for one in asked {
            match one {
                Beside::Rank => shown.rank = Some(self.rank()),
                Beside::Variants => shown.variants = Some(self.variants()?),
                Beside::Nested => shown.nested = Some(self.nested()?),
                Beside::Fair => shown.fair = Some(self.fair()?),
            }
        }
        Ok(shown)
    }

    fn rank(&self) -> Rank {
        let listed = rank_and_cut(self.programme);
        Rank {
            objective: listed.objective,
            less_by: self.plan.objective - listed.objective,
            plan: starts(self.programme, &listed.plan),
            faults: listed.faults,
        }
    }

    fn variants(&self) -> Result<Vec<Variant>, SolverError> {
        let differing = (self.plan.plan.started().count() / 10).max(2);
        let wanted = Wanted { plans: VARIANTS, differing, worth_permille: WORTH_PERMILLE };
        let limits = limits(self.effort, self.time);
        let found = varied(self.programme, &self.plan.plan, &wanted, (&Highs, &limits))?;
        let variant = |variant: akimat_allocation::variety::Variant| Variant {
            objective: variant.objective,
            best: variant.best,
            plan: starts(self.programme, &variant.plan),
        };
        Ok(found.into_iter().map(variant).collect())
    }

    fn nested(&self) -> Result<Vec<Step>, AllocateError> {
        let steps = nested(self.programme, &SIZES, 1000, &mut |asked| self.solve(asked))?;
        let step = |step: akimat_allocation::nested::Step| Step {
            budget_permille: step.permille,
            status: step
                .plan
                .as_ref()
                .map_or("infeasible", |plan| if plan.is_optimal() { "optimal" } else { "feasible" }),
            objective: step.plan.as_ref().map(|plan| plan.objective),
            bound: step.plan.as_ref().map(|plan| plan.bound),
            plan: step.plan.map_or_else(Vec::new, |plan| starts(self.programme, &plan.plan)),
        };
        Ok(steps.into_iter().map(step).collect())
    }

    fn fair(&self) -> anyhow::Result<Vec<FairPlan>> {
        let before = gini(&benefits(self.programme, &self.plan.plan));
        let mut plans = Vec::new();
        for goal in [Goal::Maximin, Goal::Leximin, Goal::Nash] {
            let Some(found) = fair(self.programme, goal, &Highs, &limits(self.effort, self.time))? else {
                continue;
            };
            let Allocated::Plan(even) = self.solve(&found.programme(self.programme))? else { continue };
            plans.push(self.fair_plan(found, &even, before));
        }
        Ok(plans)
    }

    fn fair_plan(&self, found: Fair, even: &Allocation, before: Option<f64>) -> FairPlan {
        let (price_at_least, price_at_most) = price_of_fairness(self.plan, even);
        FairPlan {
            goal: found.goal,
            proven: found.proven,
            benefit_floors: found.floors,
            unreachable: found.unreachable,
            objective: even.objective,
            bound: even.bound,
            price_at_least,
            price_at_most,
            gini: gini(&benefits(self.programme, &even.plan)),
            gini_of_the_plan: before,
            plan: starts(self.programme, &even.plan),
        }
    }

    fn solve(&self, programme: &Programme) -> Result<Allocated, AllocateError> {
        allocate(programme, &Highs, self.effort, &mut ())
    }
}

impl Shown {
    /// For people, one line each.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(rank) = &self.rank {
            let faults = rank.faults.len();
            lines.push(format!(
                "by rank: {} (less by {}; floors missed: {faults})",
                rank.objective, rank.less_by
            ));
        }
        for (place, variant) in (1..).zip(self.variants.iter().flatten()) {
            lines.push(format!("other plan {place}: {}", variant.objective));
        }
        for step in self.nested.iter().flatten() {
            let worth = step.objective.map_or_else(String::new, |worth| format!(", {worth}"));
            lines.push(format!("budget {} of 1000: {}{worth}", step.budget_permille, step.status));
        }
        for plan in self.fair.iter().flatten() {
            let name = format!("{:?}", plan.goal).to_lowercase();
            let (least, most) = (plan.price_at_least, plan.price_at_most);
            lines.push(format!("fair by {name}: {} (price {least} to {most})", plan.objective));
        }
        lines
    }
}
