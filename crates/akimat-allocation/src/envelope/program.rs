//! The problem as a model for a solver, with some candidates forced in.

use crate::envelope::choose::ChooseError;
use crate::envelope::problem::{Candidate, Problem};
use crate::envelope::rank::Ranking;
use crate::envelope::solver::{BinaryModel, Limits, Outcome, Relation, Row, Solver, SolverError};
use akimat_core::Money;
use std::collections::{BTreeMap, BTreeSet};

/// A problem, the order of its candidates, and who solves it.
pub(crate) struct Program<'a> {
    pub(crate) problem: &'a Problem,
    pub(crate) ranking: &'a Ranking,
    pub(crate) solver: &'a dyn Solver,
}

/// A plan over the candidates of the problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    /// By candidate.
    pub(crate) chosen: Vec<bool>,
    /// Points of the plan.
    pub(crate) benefit: i64,
    /// No plan with the same projects forced in has more points.
    pub(crate) bound: i64,
}

impl Plan {
    pub(crate) const fn is_optimal(&self) -> bool {
        self.benefit >= self.bound
    }
}

/// What is left to decide once some candidates are in.
struct Open {
    /// Candidates still to decide, best ranked first, so that the answer does not depend on the order
    /// in which the caller listed them.
    variables: Vec<usize>,
    /// Envelope minus the cost of what is in.
    left: Vec<Money>,
}

impl Program<'_> {
    /// The best plan with the mandatory candidates and `forced` in; `None` when they do not fit together.
    pub(crate) fn best(&self, forced: &[usize], limits: &Limits) -> Result<Option<Plan>, ChooseError> {
        let candidates = self.problem.candidates();
        let mut chosen: Vec<bool> = candidates.iter().map(|candidate| candidate.mandatory).collect();
        for index in forced {
            chosen[*index] = true;
        }
        let Some(open) = self.open(&chosen) else { return Ok(None) };
        let base: i64 = self.benefit(&chosen);
        if open.variables.is_empty() {
            return Ok(Some(Plan { chosen, benefit: base, bound: base }));
        }
        // The plan anybody can make by hand: down the ranking, whatever still fits. Nothing less is shown.
        let mut by_rank = Plan { chosen: chosen.clone(), benefit: base, bound: base };
        self.fill(&mut by_rank);
        let model = self.model(&open);
        let mut plan = match self.solver.solve(&model, limits) {
            // Leaving every open candidate out satisfies all rows.
            Ok(Outcome::Infeasible) => return Err(ChooseError::FalseInfeasibility),
            Ok(Outcome::Found(solution)) => {
                if solution.values.len() != open.variables.len()
                    || model.broken_row(&solution.values).is_some()
                {
                    return Err(ChooseError::BrokenPlan);
                }
                for (index, value) in open.variables.iter().zip(&solution.values) {
                    chosen[*index] = *value;
                }
                Plan { benefit: self.benefit(&chosen), bound: base + solution.bound, chosen }
            }
            // A plan is easily found without the solver; only its bound is then a poor one.
            Err(SolverError::LimitReached) => {
                Plan { chosen, benefit: base, bound: base + model.objective().iter().sum::<i64>() }
            }
            Err(error) => return Err(error.into()),
        };
        self.fill(&mut plan);
        if !plan.is_optimal() && by_rank.benefit > plan.benefit {
            plan = Plan { bound: plan.bound, ..by_rank };
        }
        if plan.bound < plan.benefit { Err(ChooseError::BoundBelowPlan) } else { Ok(Some(plan)) }
    }

    /// Points of a set of candidates.
    pub(crate) fn benefit(&self, chosen: &[bool]) -> i64 {
        let points = |candidate: &Candidate| candidate.assessment.benefit().unwrap_or(0);
        let total: u64 = self.members(chosen).map(points).sum();
        i64::try_from(total).expect("the constructor capped the points of all candidates")
    }

    /// Envelope minus the cost of a set of candidates, by year; may be negative.
    pub(crate) fn left(&self, chosen: &[bool]) -> Vec<Money> {
        crate::envelope::verify::year_sums(self.problem, &self.members(chosen))
            .into_iter()
            .map(|sum| sum.left)
            .collect()
    }

    /// The candidates of a set.
    pub(crate) fn members<'b>(&'b self, chosen: &'b [bool]) -> impl Iterator<Item = &'b Candidate> + Clone {
        self.problem
            .candidates()
            .iter()
            .zip(chosen)
            .filter(|(_, chosen)| **chosen)
            .map(|(candidate, _)| candidate)
    }

    /// Whether the solver may decide about a candidate at all.
    pub(crate) fn is_selectable(&self, index: usize) -> bool {
        self.ranking.place[index].is_some() && !self.problem.candidates()[index].mandatory
    }

    /// What is left to decide; `None` when the chosen candidates break a rule already.
    fn open(&self, chosen: &[bool]) -> Option<Open> {
        let left = self.left(chosen);
        if left.iter().any(|amount| amount.tiyn() < 0) {
            return None;
        }
        let mut groups = BTreeSet::new();
        for group in self.members(chosen).filter_map(|candidate| candidate.exclusive_group.as_deref()) {
            if !groups.insert(group) {
                return None;
            }
        }
        let candidates = self.problem.candidates();
        let variables = self.ranking.order.iter().copied().filter(|index| {
            let candidate = &candidates[*index];
            let group_free = candidate.exclusive_group.as_deref().is_none_or(|group| !groups.contains(group));
            !chosen[*index] && self.is_selectable(*index) && group_free && fits(candidate, &left)
        });
        Some(Open { variables: variables.collect(), left })
    }

    fn model(&self, open: &Open) -> BinaryModel {
        let candidates = self.problem.candidates();
        let of = |variable: usize| &candidates[open.variables[variable]];
        let count = open.variables.len();
        let points =
            |variable| i64::try_from(of(variable).assessment.benefit().unwrap_or(0)).unwrap_or(i64::MAX);
        let mut rows = Vec::new();
        for (year, left) in open.left.iter().enumerate() {
            let cost = |variable: usize| (variable, of(variable).cost[year].tiyn());
            let terms: Vec<(usize, i64)> = (0..count).map(cost).filter(|(_, tiyn)| *tiyn > 0).collect();
            rows.push(Row { terms, relation: Relation::AtMost, rhs: left.tiyn() });
        }
        let mut groups: BTreeMap<&str, Vec<(usize, i64)>> = BTreeMap::new();
        for variable in 0..count {
            if let Some(group) = &of(variable).exclusive_group {
                groups.entry(group).or_default().push((variable, 1));
            }
        }
        for terms in groups.into_values().filter(|terms| terms.len() > 1) {
            rows.push(Row { terms, relation: Relation::AtMost, rhs: 1 });
        }
        // A year row without terms says nothing.
        rows.retain(|row| !row.terms.is_empty());
        BinaryModel::new((0..count).map(points).collect(), rows)
            .expect("the constructor of the problem capped every sum")
    }

    /// Adds, best ranked first, whatever still fits: a plan found within limits may leave such gaps. A
    /// plan proven best has none, so there this is a check of the proof.
    fn fill(&self, plan: &mut Plan) {
        let Some(Open { variables, mut left }) = self.open(&plan.chosen) else { return };
        let mut groups = BTreeSet::new();
        for index in variables {
            let candidate = &self.problem.candidates()[index];
            let group = candidate.exclusive_group.as_deref();
            if !fits(candidate, &left) || group.is_some_and(|group| groups.contains(group)) {
                continue;
            }
            groups.extend(group);
            plan.chosen[index] = true;
            for (left, cost) in left.iter_mut().zip(&candidate.cost) {
                *left = left.checked_sub(*cost).expect("it fits, so the difference is at least zero");
            }
        }
        plan.benefit = self.benefit(&plan.chosen);
    }
}

/// Whether a candidate's costs fit what is left in every year.
pub(crate) fn fits(candidate: &Candidate, left: &[Money]) -> bool {
    candidate.cost.iter().zip(left).all(|(cost, left)| cost <= left)
}
