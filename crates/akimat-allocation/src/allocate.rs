//! The front door: a programme goes in, a checked plan with a proven bound comes out.

mod first;
mod whole;
mod work;

use crate::model::Model;
use crate::programme::{Plan, Programme};
use crate::solver::{Solver, SolverError};
use crate::verify::PlanFault;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use work::Work;

/// How hard to try.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effort {
    /// Stop when plan and bound are closer than this share of the plan, in units of 1e-6; 0: to the proof.
    pub gap_millionths: u32,
    /// Emergency stop by the clock; `None`: none. A plan that it cut short is marked as not repeatable.
    pub seconds: Option<u32>,
    /// Seed of the heuristics.
    pub seed: u64,
    /// Only the quick answer: no search for the proof.
    pub quick: bool,
    /// At most so many threads; the answer does not depend on it.
    pub threads: u8,
}

impl Default for Effort {
    /// To a gap of 0.1 %, without a clock, seed 1, on one thread.
    fn default() -> Self {
        Self { gap_millionths: 1_000, seconds: None, seed: 1, quick: false, threads: 1 }
    }
}

/// What the work is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The relaxation gives the first bound.
    Relaxation,
    /// Rounding and local search give the first plan.
    Heuristic,
    /// Small models around the plan improve it.
    Kernel,
    /// Search for the proof.
    Proof,
}

/// How far the work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// What it is at.
    pub stage: Stage,
    /// Worth of the best plan so far, in units of 1e-4 points.
    pub incumbent: Option<i64>,
    /// Nothing is worth more, in units of 1e-4 points.
    pub bound: Option<i64>,
    /// Steps of the stage done.
    pub step: u32,
    /// Steps of the stage at most.
    pub of: u32,
}

/// Whether to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Go {
    /// Yes.
    On,
    /// Stop with what there is.
    Stop,
}

/// Who is told how far the work is, and can stop it. The time is the watcher's business: the room has no clock.
pub trait Watch {
    /// Told after each step.
    fn progress(&mut self, progress: &Progress, plan: Option<&Plan>) -> Go;

    /// Seconds left before the emergency stop; `None`: no clock.
    fn time_left(&self) -> Option<Duration> {
        None
    }
}

/// Watches nothing.
impl Watch for () {
    fn progress(&mut self, _progress: &Progress, _plan: Option<&Plan>) -> Go {
        Go::On
    }
}

/// A checked plan and how good it is known to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allocation {
    /// The plan.
    pub plan: Plan,
    /// What it is worth, in units of 1e-4 points.
    pub objective: i64,
    /// Nothing is worth more. Equal to `objective` when the plan is proven to be optimal.
    pub bound: i64,
    /// Name and version of the solver.
    pub solver: String,
    /// Seed of the heuristics.
    pub seed: u64,
    /// The same inputs give the same plan again: no clock and no person cut the work short.
    pub repeatable: bool,
}

impl Allocation {
    /// Whether it is proven that no plan is worth more.
    pub const fn is_optimal(&self) -> bool {
        self.objective >= self.bound
    }

    /// How much better a plan could be at most, as a share of this one; 0 when optimal.
    #[expect(clippy::cast_precision_loss, reason = "objectives stay below 2^53")]
    pub fn gap(&self) -> f64 {
        if self.is_optimal() {
            return 0.0;
        }
        (self.bound - self.objective) as f64 / (self.objective.max(1)) as f64
    }
}

/// The answer to a programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Allocated {
    /// A plan.
    Plan(Allocation),
    /// No plan satisfies the rules: it is proven.
    Infeasible,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AllocateError {
    /// The solver gave none.
    #[error(transparent)]
    Solver(#[from] SolverError),
    /// The limits came before any plan was found.
    #[error("no plan was found within the limits")]
    NothingFound,
    /// The independent check found faults in the plan; it is not shown.
    #[error("the plan fails the independent check")]
    PlanFails(Vec<PlanFault>),
}

/// The best plan for a programme, with a proven bound.
///
/// # Errors
/// [`AllocateError`] when the solver fails, the limits come first, or a plan does not pass the check. A
/// programme without a plan is not an error but [`Allocated::Infeasible`].
pub fn allocate(
    programme: &Programme,
    solver: &dyn Solver,
    effort: &Effort,
    watch: &mut dyn Watch,
) -> Result<Allocated, AllocateError> {
    allocate_from(programme, None, (solver, effort), watch)
}

/// The same from a plan found before, for example by work that was interrupted. What comes out is never worth
/// less than a plan that still keeps the rules; it may differ from what [`allocate`] finds by itself.
///
/// # Errors
/// As [`allocate`].
pub fn allocate_from(
    programme: &Programme,
    begin: Option<&Plan>,
    (solver, effort): (&dyn Solver, &Effort),
    watch: &mut dyn Watch,
) -> Result<Allocated, AllocateError> {
    let model = Model::of(programme);
    let work = Work { programme, model: &model, solver, effort, watch, begin };
    work.run()
}
