//! Who explains one project, and rounds of projects that are explained side by side.
//!
//! In a round nobody sees what the others find: all begin from the plans known before it, and what each finds is
//! handed over in the order of the projects when the round ends. So threads change nothing but the time.

use super::forced::First;
use super::ground::Search;
use super::pool::Pool;
use super::price;
use super::report::Cost;
use super::together::together;
use super::{Against, Case, Cause, Depth, Explanation, Stops, Structure, Waterfall};
use crate::allocate::Go;
use crate::programme::Plan;
use crate::relax::{Obstacle, obstacle, rule_name};
use crate::solver::{Limits, SolverError};

/// An explanation with the plans that came up on the way to it.
pub(super) type Told = (Explanation, Vec<(Plan, i64)>);

/// Explains the projects of a round, each from the plans known before it. When the follower stops it, the rest is said
/// from bounds and swaps alone.
///
/// # Errors
/// [`SolverError`] when the solver gives up.
pub(super) fn round(
    (case, depth): (&Case<'_>, Depth),
    (looks, pool): (&[(usize, First)], &Pool),
    threads: u8,
    step: &mut dyn FnMut() -> Go,
) -> Result<Vec<Told>, SolverError> {
    together(looks, threads, step, &|(project, first), go| {
        let depth = if go == Go::Stop { Depth::quick() } else { depth };
        let mut worker = Worker { case, depth, pool: pool.clone(), found: Vec::new() };
        Ok((worker.explanation(*project, first)?, worker.found))
    })
}

/// Explains one project.
pub(super) struct Worker<'c, 'a> {
    /// What is explained.
    pub(super) case: &'c Case<'a>,
    /// How much work it is worth.
    pub(super) depth: Depth,
    /// Plans known.
    pub(super) pool: Pool,
    /// Those of them that this worker found.
    found: Vec<(Plan, i64)>,
}

impl Worker<'_, '_> {
    pub(super) fn search(&self, nodes: u32) -> Search<'_> {
        Search { programme: self.case.programme, ground: &self.case.ground, solver: self.case.solver, nodes }
    }

    pub(super) fn remember(&mut self, found: Option<(Plan, i64)>) {
        if let Some((plan, worth)) = found {
            self.pool.add(&self.case.ground.model, plan.clone(), worth);
            self.found.push((plan, worth));
        }
    }

    fn explanation(&mut self, project: usize, first: &First) -> Result<Explanation, SolverError> {
        let data = &self.case.programme.projects()[project];
        let (id, mandatory) = (data.id.clone(), data.mandatory);
        let included = self.case.plan.has(project);
        let cost = if included && mandatory { None } else { Some(self.cost(project, first)?) };
        let mut benefit = None;
        let mut cut = None;
        if let Some(cost) = cost.as_ref().filter(|_| !included) {
            benefit = self.benefit_increase(project, cost)?;
            if self.depth.cost_cuts {
                cut = self.cost_cut(project, cost)?;
            }
        }
        let stops = self.stops(project, cost.as_ref());
        let (regret, value_in_plan) = if included { (None, cost) } else { (cost, None) };
        let stops = self.conflicted(project, stops)?;
        Ok(Explanation {
            id,
            included,
            start: self.case.plan.starts[project],
            mandatory,
            against: if self.case.is_proven() { Against::Optimum } else { Against::RecommendedPlan },
            regret,
            value_in_plan,
            min_benefit_increase: benefit,
            min_cost_cut_pct: cut,
            stops,
            exchange: first.exchange.clone(),
        })
    }

    /// Adds the rules that together allow no plan with an impossible project.
    fn conflicted(&self, project: usize, mut stops: Stops) -> Result<Stops, SolverError> {
        if stops.cause != Some(Cause::Impossible) || self.depth.nodes == 0 {
            return Ok(stops);
        }
        let limits = Limits { nodes: self.depth.nodes, time: None, gap_millionths: 0 };
        let found = obstacle(self.case.programme, project, self.case.solver, &limits)?;
        if let Some(Obstacle::Rules { clash: Some(clash), .. }) = found {
            stops.conflict_rows =
                clash.rules.iter().map(|rule| rule_name(self.case.programme, *rule)).collect();
            stops.conflict = clash.rules;
        }
        Ok(stops)
    }

    fn stops(&self, project: usize, cost: Option<&Cost>) -> Stops {
        let structure = price::structure(self.case.programme, &self.case.plan, project);
        let certificate = self.case.base.as_ref();
        let waterfall = certificate.and_then(|certificate| {
            let started =
                self.case.plan.starts[project].and_then(|year| self.case.ground.model.column(project, year));
            let column = started.or_else(|| price::liked(&self.case.ground, certificate, project))?;
            price::waterfall(self.case.programme, &self.case.ground, certificate, column)
        });
        let has = |wanted: &dyn Fn(&Structure) -> bool| structure.iter().any(wanted);
        let closed = |fact: &Structure| matches!(fact, Structure::Barred | Structure::Window { .. });
        let cause = if self.case.plan.has(project) {
            None
        } else if has(&closed) {
            Some(Cause::Barred)
        } else if cost.is_some_and(|cost| cost.figure().is_never()) {
            Some(Cause::Impossible)
        } else if has(&|fact| matches!(fact, Structure::Excluded { .. })) {
            Some(Cause::Excluded)
        } else if !structure.is_empty() {
            Some(Cause::Predecessor)
        } else if waterfall.as_ref().is_some_and(Waterfall::pays) {
            Some(Cause::Fit)
        } else {
            Some(Cause::Price)
        };
        Stops { cause, structure, conflict: Vec::new(), conflict_rows: Vec::new(), waterfall }
    }
}
