//! The recommendation: the plan of greatest benefit within the envelope, with the reason of every
//! choice.

use crate::envelope::explain::{Price, Verdict, verdicts};
use crate::envelope::problem::{Candidate, Problem};
use crate::envelope::program::{Plan, Program};
use crate::envelope::rank::Ranking;
use crate::envelope::solver::{Limits, Solver, SolverError};
use crate::envelope::verify::{PlanFault, YearSum, verify, year_sums};
use akimat_core::Money;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;

/// How hard to try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// For the plan itself.
    pub plan: Limits,
    /// For each re-solve with one rejected project forced in.
    pub each_price: Limits,
    /// Up to this many selectable candidates, rejected projects are priced by such re-solves and ties
    /// are broken by rank; above it neither is done.
    pub prices_up_to: usize,
}

impl Default for Effort {
    /// Ten seconds for the plan, one for each price, prices for up to 60 candidates.
    fn default() -> Self {
        let each_price = Limits { nodes: 200_000, time: Duration::from_secs(1) };
        Self { plan: Limits::default(), each_price, prices_up_to: 60 }
    }
}

/// The answer to a problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "choice", rename_all = "snake_case")]
pub enum Choice {
    /// A plan.
    Recommended(Recommendation),
    /// The mandatory projects alone break the rules: no plan exists.
    Infeasible {
        /// Every rule they break.
        clashes: Vec<Clash>,
    },
}

/// A rule that the mandatory projects break.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "clash", rename_all = "snake_case")]
pub enum Clash {
    /// They cost more than a year's envelope.
    Envelope {
        /// The year.
        year: i16,
        /// What the mandatory projects cost.
        needs: Money,
        /// What may be spent.
        envelope: Money,
        /// By how much it is too little.
        short: Money,
    },
    /// Two or more of one exclusive group are mandatory.
    Group {
        /// The group.
        group: String,
        /// Its mandatory projects.
        keys: Vec<String>,
    },
}

/// How good a recommended plan is known to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It is proven that no plan has more points.
    Optimal,
    /// The limits were reached first; the bound says how much better a plan could be at most.
    Gap,
}

/// How a choice between equally good plans was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TieRule {
    /// By rank: where two best plans first differ in the order by benefit per tenge, this one holds the
    /// better ranked project. The plan is the only one with that property.
    ByRank,
    /// Not examined (too many candidates, or the limits were reached): other best plans may exist.
    NotExamined,
}

/// A recommended plan with the reason of every choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recommendation {
    /// Proven best, or how far that is known.
    pub standing: Standing,
    /// How ties were broken.
    pub ties: TieRule,
    /// Name of the solver.
    pub solver: String,
    /// Points of the plan.
    pub benefit: u64,
    /// No plan has more points than this; equals `benefit` when the plan is optimal.
    pub bound: u64,
    /// Envelope, spent and left by year.
    pub years: Vec<YearSum>,
    /// One verdict per candidate, in the problem's order.
    pub verdicts: Vec<Verdict>,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChooseError {
    /// The solver gave none.
    #[error(transparent)]
    Solver(#[from] SolverError),
    /// The solver called a problem infeasible that has a plan.
    #[error("the solver denies a plan that exists")]
    FalseInfeasibility,
    /// The solver's plan breaks a row of its model.
    #[error("the solver's plan breaks a condition")]
    BrokenPlan,
    /// The solver's bound is below its own plan, or a later plan beats a proven one.
    #[error("the solver's proof is contradicted by a plan")]
    BoundBelowPlan,
    /// The independent check found faults; the plan is not shown.
    #[error("the plan fails the independent check")]
    PlanFails(Vec<PlanFault>),
}

impl Recommendation {
    /// Keys of the chosen candidates, in the problem's order.
    pub fn chosen(&self) -> Vec<&str> {
        self.verdicts.iter().filter(|verdict| verdict.chosen).map(|verdict| verdict.key.as_str()).collect()
    }
}

/// Recommends the plan with the most points, by the rule of `docs/method/envelope.md`.
///
/// # Errors
/// [`ChooseError`] when the solver fails or its answer does not pass the checks; a problem without a
/// plan is not an error but [`Choice::Infeasible`].
pub fn choose(problem: &Problem, solver: &dyn Solver, effort: &Effort) -> Result<Choice, ChooseError> {
    let clashes = clashes(problem);
    if !clashes.is_empty() {
        return Ok(Choice::Infeasible { clashes });
    }
    let ranking = Ranking::of(problem);
    let program = Program { problem, ranking: &ranking, solver };
    let mut plan = program.best(&[], &effort.plan)?.ok_or(ChooseError::FalseInfeasibility)?;
    let selectable = (0..problem.candidates().len()).filter(|index| program.is_selectable(*index)).count();
    let (prices, ties) = if plan.is_optimal() && selectable <= effort.prices_up_to {
        price_and_settle(&program, &mut plan, &effort.each_price)?
    } else {
        (vec![None; problem.candidates().len()], TieRule::NotExamined)
    };
    let keys: Vec<String> = program.members(&plan.chosen).map(|candidate| candidate.key.clone()).collect();
    let faults = verify(problem, &keys);
    if !faults.is_empty() {
        return Err(ChooseError::PlanFails(faults));
    }
    let points = |value: i64| u64::try_from(value).expect("points are never negative");
    Ok(Choice::Recommended(Recommendation {
        standing: if plan.is_optimal() { Standing::Optimal } else { Standing::Gap },
        ties,
        solver: solver.name().to_owned(),
        benefit: points(plan.benefit),
        bound: points(plan.bound),
        years: year_sums(problem, &program.members(&plan.chosen)),
        verdicts: verdicts(&program, &plan, &prices),
    }))
}

/// The rules that the mandatory candidates break. With only upper limits there is a plan exactly when
/// this list is empty.
fn clashes(problem: &Problem) -> Vec<Clash> {
    let mandatory = || problem.candidates().iter().filter(|candidate| candidate.mandatory);
    let mut clashes: Vec<Clash> = year_sums(problem, &mandatory())
        .into_iter()
        .filter(|sum| sum.left.tiyn() < 0)
        .map(|sum| {
            let (year, needs, envelope) = (sum.year, sum.spent, sum.envelope);
            Clash::Envelope { year, needs, envelope, short: sum.left.negated() }
        })
        .collect();
    let mut groups: BTreeMap<&str, Vec<&Candidate>> = BTreeMap::new();
    for candidate in mandatory() {
        if let Some(group) = &candidate.exclusive_group {
            groups.entry(group).or_default().push(candidate);
        }
    }
    for (group, members) in groups.into_iter().filter(|(_, members)| members.len() > 1) {
        let keys = members.into_iter().map(|candidate| candidate.key.clone()).collect();
        clashes.push(Clash::Group { group: group.to_owned(), keys });
    }
    clashes
}

/// Prices every rejected candidate by a re-solve with it forced in, and moves to the tied plan that the
/// tie rule names.
fn price_and_settle(
    program: &Program<'_>,
    plan: &mut Plan,
    limits: &Limits,
) -> Result<(Vec<Option<Price>>, TieRule), ChooseError> {
    let best = plan.benefit;
    let mut prices = vec![None; plan.chosen.len()];
    // Candidates of any best plan seen so far: their price is nothing.
    let mut in_a_best_plan = plan.chosen.clone();
    for index in &program.ranking.order {
        if !program.is_selectable(*index) || in_a_best_plan[*index] {
            continue;
        }
        let Some(other) = program.best(&[*index], limits)? else { continue };
        if other.benefit > best {
            return Err(ChooseError::BoundBelowPlan);
        }
        if other.benefit == best {
            mark(&mut in_a_best_plan, &other.chosen);
        }
        prices[*index] = Some(Price::between(best - other.bound.min(best), best - other.benefit));
    }
    let unsettled = prices.iter().flatten().any(|price| !price.is_exact() && price.at_least() == 0);
    let settled = !unsettled && settle(program, plan, &in_a_best_plan, limits)?;
    for (index, price) in prices.iter_mut().enumerate() {
        if plan.chosen[index] {
            *price = None;
        } else if in_a_best_plan[index] {
            *price = Some(Price::Exact { points: 0 });
        }
    }
    Ok((prices, if settled { TieRule::ByRank } else { TieRule::NotExamined }))
}

/// Walks down the ranking: keeps what the plan has, and takes in whatever an equally good plan with
/// everything kept so far can hold. `false` when a limit stood in the way; the plan is then untouched.
fn settle(
    program: &Program<'_>,
    plan: &mut Plan,
    in_a_best_plan: &[bool],
    limits: &Limits,
) -> Result<bool, ChooseError> {
    let mut witness = plan.clone();
    let mut kept = Vec::new();
    for index in program.ranking.order.iter().copied().filter(|index| program.is_selectable(*index)) {
        if !witness.chosen[index] && !in_a_best_plan[index] {
            continue;
        }
        kept.push(index);
        if witness.chosen[index] {
            continue;
        }
        match program.best(&kept, limits)? {
            Some(other) if other.benefit == plan.benefit => witness = other,
            Some(other) if other.bound >= plan.benefit => return Ok(false),
            _ => {
                kept.pop();
            }
        }
    }
    *plan = Plan { bound: plan.bound, ..witness };
    Ok(true)
}

fn mark(seen: &mut [bool], chosen: &[bool]) {
    for (seen, chosen) in seen.iter_mut().zip(chosen) {
        *seen |= chosen;
    }
}

#[cfg(test)]
mod tests;
