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
mod pool;
mod price;
pub mod report;
pub mod steady;
mod together;
mod witness;
mod worker;

pub use report::*;

use crate::allocate::{Allocation, Go};
use crate::bound::Certificate;
use crate::programme::{Plan, Programme};
use crate::solver::{Relaxation, Solver, SolverError};
use forced::First;
use ground::Ground;
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

    /// To the proof wherever the search ends within its nodes, which are some forty times as many as one about sixty
    /// projects usually takes.
    pub const fn exact() -> Self {
        Self {
            nodes: EXACT_NODES,
            kernel_columns: 0,
            kernel_nodes: 0,
            cost_cuts: true,
            cut_nodes: EXACT_NODES,
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

    /// What suits a programme of so many projects: everything proven up to 60, small models above.
    pub const fn for_projects(projects: usize) -> Self {
        if projects <= EXACT_PROJECTS { Self::exact() } else { Self::kernel() }
    }
}

/// Up to so many projects every figure is proven by default.
pub const EXACT_PROJECTS: usize = 60;

/// Nodes of one search that is to end in a proof: without an end a hostile programme would keep a server busy for days.
const EXACT_NODES: u32 = 200_000;

/// What the work is at: told before each project, and able to stop it.
pub trait Follow {
    /// Told before each step.
    fn step(&mut self, done: usize, of: usize) -> Go;
}

/// Projects that are explained from the same known plans: enough for several threads, few enough to learn from.
const ROUND: usize = 16;

/// Follows nothing.
impl Follow for () {
    fn step(&mut self, _done: usize, _of: usize) -> Go {
        Go::On
    }
}

/// What every worker reads.
struct Case<'a> {
    programme: &'a Programme,
    solver: &'a dyn Solver,
    ground: Ground,
    plan: Plan,
    objective: i64,
    bound: i64,
    base: Option<Certificate>,
    /// Start columns, those that the prices like best first.
    order: Vec<usize>,
}

impl Case<'_> {
    /// Whether the plan is proven to be optimal.
    const fn is_proven(&self) -> bool {
        self.objective >= self.bound
    }
}

/// Explains one plan of one programme. It keeps every plan that comes up on the way, so that a witness found for
/// one project serves those of later rounds.
pub struct Explainer<'a> {
    case: Case<'a>,
    depth: Depth,
    threads: u8,
    relaxation: Box<dyn Relaxation>,
    pool: Pool,
}

impl std::fmt::Debug for Explainer<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Explainer")
            .field("objective", &self.case.objective)
            .field("depth", &self.depth)
            .finish_non_exhaustive()
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
        let relaxed = relaxation.solve()?;
        let base = relaxed.and_then(|relaxed| Certificate::new(&ground.model, &relaxed.duals, &Vec::new()));
        let mut order: Vec<usize> = (0..ground.model.starts_len()).collect();
        if let Some(certificate) = &base {
            order.sort_by(|a, b| certificate.reduced[*b].cmp(&certificate.reduced[*a]).then(a.cmp(b)));
        }
        let mut pool = Pool::new(&ground.model, programme.projects().len());
        let plan = allocation.plan.clone();
        let objective = programme.objective(&plan);
        pool.add(&ground.model, plan.clone(), objective);
        let bound = allocation.bound.max(objective);
        let case = Case { programme, solver, ground, plan, objective, bound, base, order };
        Ok(Self { case, depth, threads: 1, relaxation, pool })
    }

    /// At most so many threads, one unless told; what is said does not depend on it.
    #[must_use]
    pub const fn threads(mut self, threads: u8) -> Self {
        self.threads = threads;
        self
    }

    /// Everything about the projects asked for, by index, in that order. When the follower stops it, the rest is
    /// said from bounds and swaps alone.
    ///
    /// # Errors
    /// [`SolverError`] when the solver gives up.
    pub fn explain(&mut self, wanted: &[usize], follow: &mut dyn Follow) -> Result<Explained, SolverError> {
        let bounds = self.first_looks(wanted)?;
        let looks: Vec<(usize, First)> = wanted.iter().copied().zip(bounds).collect();
        let mut explanations = Vec::with_capacity(wanted.len());
        let mut begun = 0;
        let mut step = || {
            begun += 1;
            follow.step(begun - 1, wanted.len())
        };
        for round in looks.chunks(ROUND) {
            let told = worker::round((&self.case, self.depth), (round, &self.pool), self.threads, &mut step)?;
            for (explanation, found) in told {
                explanations.push(explanation);
                for (plan, worth) in found {
                    self.pool.add(&self.case.ground.model, plan, worth);
                }
            }
        }
        let better = self.pool.best().filter(|(worth, _)| *worth > self.case.objective);
        Ok(Explained {
            objective: self.case.objective,
            bound: self.case.bound,
            better: better.map(|(_, plan)| starts(self.case.programme, plan)),
            better_objective: better.map(|(worth, _)| *worth),
            explanations,
        })
    }

    /// Everything about every project.
    ///
    /// # Errors
    /// [`SolverError`] when the solver gives up.
    pub fn explain_all(&mut self, follow: &mut dyn Follow) -> Result<Explained, SolverError> {
        let all: Vec<usize> = (0..self.case.programme.projects().len()).collect();
        self.explain(&all, follow)
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
