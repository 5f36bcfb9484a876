//! Why each project is in the plan or out of it, with figures that can be checked: what it would cost to have it
//! in (with a plan that shows it), what would bring it in, what stops it, who took its place.
//!
//! Reading order: [`report`] (what is said), [`Explainer`] (who says it), [`Depth`] (how much work), then
//! [`money`] (more or less money) and [`steady`] (unsure inputs). The method: `docs/method/explanation.md`.
//!
//! Figures are against the plan. When the plan is proven to be optimal, they are what the words say; otherwise
//! they are against the recommended plan and may only go down. No clock: work is limited by counts.

mod change;
mod exchange;
mod forced;
mod ground;
pub mod money;
mod percent;
mod pool;
mod price;
pub mod report;
pub mod steady;
mod witness;

pub use report::*;

use crate::allocate::{Allocation, Go};
use crate::bound::Certificate;
use crate::programme::{Plan, Programme};
use crate::relax::{self, Obstacle, rule_name};
use crate::solver::{Limits, Relaxation, Relaxed, Solver, SolverError};
use ground::{Ground, Search};
use pool::Pool;

/// How much work explanations are worth. Everything is counted, so that the answer repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Depth {
    /// Nodes of one search at most; 0: no search, only bounds and swaps.
    pub nodes: u32,
    /// Columns left free in the small model around a witness; 0: no small model.
    pub kernel_columns: usize,
    /// Nodes of a small model at most.
    pub kernel_nodes: u32,
    /// Whether the smallest cost cut is looked for.
    pub cost_cuts: bool,
    /// Nodes of one search for it at most.
    pub cut_nodes: u32,
    /// Whether the relaxation is solved again without each chosen project.
    pub leave_out: bool,
}

impl Depth {
    /// Bounds and swaps only: every rejected project of 300 within a second.
    pub const fn quick() -> Self {
        Self {
            nodes: 0,
            kernel_columns: 0,
            kernel_nodes: 0,
            cost_cuts: false,
            cut_nodes: 0,
            leave_out: false,
        }
    }

    /// To the proof wherever the search ends within its nodes.
    pub const fn exact() -> Self {
        Self {
            nodes: u32::MAX,
            kernel_columns: 0,
            kernel_nodes: 0,
            cost_cuts: true,
            cut_nodes: u32::MAX,
            leave_out: true,
        }
    }

    /// Small models around the witnesses, no proofs: for large programmes.
    pub const fn kernel() -> Self {
        Self {
            nodes: 0,
            kernel_columns: 120,
            kernel_nodes: 400,
            cost_cuts: true,
            cut_nodes: 400,
            leave_out: true,
        }
    }

    /// What suits a programme of so many projects: everything proven up to 40, everything but the cost cuts of the
    /// hard ones up to 60, small models above.
    pub const fn for_projects(projects: usize) -> Self {
        if projects <= CUT_PROJECTS {
            Self::exact()
        } else if projects <= EXACT_PROJECTS {
            Self { cut_nodes: 2_000, ..Self::exact() }
        } else {
            Self::kernel()
        }
    }
}

/// Up to so many projects every smallest cost cut is proven by default.
pub const CUT_PROJECTS: usize = 40;
/// Up to so many projects every figure but the cost cuts is proven by default.
pub const EXACT_PROJECTS: usize = 60;

/// What the work is at: told before each project, and able to stop it.
pub trait Follow {
    /// Told before each step.
    fn step(&mut self, done: usize, of: usize) -> Go;
}

/// Follows nothing.
impl Follow for () {
    fn step(&mut self, _done: usize, _of: usize) -> Go {
        Go::On
    }
}

/// Explains one plan of one programme. It keeps every plan that comes up on the way, so that a witness found for
/// one project serves the others.
pub struct Explainer<'a> {
    programme: &'a Programme,
    solver: &'a dyn Solver,
    depth: Depth,
    ground: Ground,
    plan: Plan,
    objective: i64,
    bound: i64,
    relaxation: Box<dyn Relaxation>,
    base: Option<(Relaxed, Certificate)>,
    /// Start columns, those that the prices like best first.
    order: Vec<usize>,
    pool: Pool,
}

impl std::fmt::Debug for Explainer<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Explainer").field("objective", &self.objective).field("depth", &self.depth).finish()
    }
}

impl<'a> Explainer<'a> {
    /// Opens the relaxation of a programme beside its plan.
    ///
    /// # Errors
    /// [`SolverError`] when the solver does not take the model.
    pub fn new(
        programme: &'a Programme,
        allocation: &Allocation,
        solver: &'a dyn Solver,
        depth: Depth,
    ) -> Result<Self, SolverError> {
        let ground = Ground::of(programme);
        let mut relaxation = solver.relaxation(&ground.model)?;
        let base = relaxation.solve()?.and_then(|relaxed| {
            let certificate = Certificate::new(&ground.model, &relaxed.duals, &Vec::new())?;
            Some((relaxed, certificate))
        });
        let mut order: Vec<usize> = (0..ground.model.starts_len()).collect();
        if let Some((_, certificate)) = &base {
            order.sort_by(|a, b| certificate.reduced[*b].cmp(&certificate.reduced[*a]).then(a.cmp(b)));
        }
        let mut pool = Pool::new(&ground.model, programme.projects().len());
        let plan = allocation.plan.clone();
        let objective = programme.objective(&plan);
        pool.add(&ground.model, plan.clone(), objective);
        let bound = allocation.bound.max(objective);
        Ok(Self { programme, solver, depth, ground, plan, objective, bound, relaxation, base, order, pool })
    }

    /// Whether the plan is proven to be optimal.
    pub const fn is_proven(&self) -> bool {
        self.objective >= self.bound
    }

    /// Everything about the projects asked for, by index, in that order. When the follower stops it, the rest is
    /// said from bounds and swaps alone.
    ///
    /// # Errors
    /// [`SolverError`] when the solver gives up.
    pub fn explain(&mut self, wanted: &[usize], follow: &mut dyn Follow) -> Result<Explained, SolverError> {
        let bounds = self.first_looks(wanted)?;
        let mut explanations = Vec::with_capacity(wanted.len());
        for (done, (project, first)) in wanted.iter().zip(bounds).enumerate() {
            if follow.step(done, wanted.len()) == Go::Stop {
                self.depth = Depth::quick();
            }
            explanations.push(self.explanation(*project, &first)?);
        }
        let better = self.pool.best().filter(|(worth, _)| *worth > self.objective);
        Ok(Explained {
            objective: self.objective,
            bound: self.bound,
            better: better.map(|(_, plan)| starts(self.programme, plan)),
            better_objective: better.map(|(worth, _)| *worth),
            explanations,
        })
    }

    /// Everything about every project.
    ///
    /// # Errors
    /// [`SolverError`] when the solver gives up.
    pub fn explain_all(&mut self, follow: &mut dyn Follow) -> Result<Explained, SolverError> {
        let all: Vec<usize> = (0..self.programme.projects().len()).collect();
        self.explain(&all, follow)
    }

    fn search(&self, nodes: u32) -> Search<'_> {
        Search { programme: self.programme, ground: &self.ground, solver: self.solver, nodes }
    }

    fn remember(&mut self, found: Option<(Plan, i64)>) {
        if let Some((plan, worth)) = found {
            self.pool.add(&self.ground.model, plan, worth);
        }
    }

    fn explanation(&mut self, project: usize, first: &forced::First) -> Result<Explanation, SolverError> {
        let data = &self.programme.projects()[project];
        let (id, mandatory) = (data.id.clone(), data.mandatory);
        let included = self.plan.has(project);
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
            start: self.plan.starts[project],
            mandatory,
            against: if self.is_proven() { Against::Optimum } else { Against::RecommendedPlan },
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
        let found = relax::obstacle(self.programme, project, self.solver, &limits)?;
        if let Some(Obstacle::Rules { clash: Some(clash), .. }) = found {
            stops.conflict_rows = clash.rules.iter().map(|rule| rule_name(self.programme, *rule)).collect();
            stops.conflict = clash.rules;
        }
        Ok(stops)
    }

    fn stops(&self, project: usize, cost: Option<&Cost>) -> Stops {
        let structure = price::structure(self.programme, &self.plan, project);
        let certificate = self.base.as_ref().map(|(_, certificate)| certificate);
        let waterfall = certificate.and_then(|certificate| {
            let started = self.plan.starts[project].and_then(|year| self.ground.model.column(project, year));
            let column = started.or_else(|| price::liked(&self.ground, certificate, project))?;
            price::waterfall(self.programme, &self.ground, certificate, column)
        });
        let has = |wanted: &dyn Fn(&Structure) -> bool| structure.iter().any(wanted);
        let closed = |fact: &Structure| matches!(fact, Structure::Barred | Structure::Window { .. });
        let cause = if self.plan.has(project) {
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

/// A plan by names.
pub(crate) fn starts(programme: &Programme, plan: &Plan) -> Vec<Start> {
    let name = |project: usize| programme.projects()[project].id.clone();
    plan.started().map(|(project, start)| Start { id: name(project), start }).collect()
}

/// How a plan differs from another.
pub(crate) fn difference(programme: &Programme, from: &Plan, to: &Plan) -> Difference {
    let mut difference = Difference::default();
    for (index, data) in programme.projects().iter().enumerate() {
        let id = data.id.clone();
        match (from.starts[index], to.starts[index]) {
            (None, Some(start)) => difference.enter.push(Start { id, start }),
            (Some(_), None) => difference.leave.push(id),
            (Some(was), Some(start)) if was != start => difference.moved.push(Start { id, start }),
            _ => {}
        }
    }
    difference
}
