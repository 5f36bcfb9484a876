//! Which projects start when, within the rules and the money, to proven optimality, with the reason of every
//! choice.
//!
//! Reading order: [`programme`] (what is asked), [`model`] (its rows and columns), [`allocate()`] (the front door),
//! below it [`solver`] (the door to any solver), [`bound`] (the exact upper bound) and [`heuristic`] (a plan at
//! once); [`mod@verify`] (the check that no shown plan escapes), [`explain`] (why each project is in or out), [`relax`]
//! (what to do when nothing fits), [`extension`] (rules beyond the common ones).
//!
//! The method with its formulas: `docs/method/portfolio.md`.
#![warn(missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]

pub mod allocate;
pub mod bound;
pub mod by_rank;
pub mod explain;
pub mod extension;
pub mod fairness;
pub mod heuristic;
mod kernel;
pub mod model;
pub mod nested;
pub mod programme;
pub mod relax;
pub mod solver;
pub mod variety;
pub mod verify;

pub use allocate::{
    AllocateError, Allocated, Allocation, Effort, Go, Progress, Stage, Watch, allocate, allocate_from,
};
pub use extension::{ExtensionFault, Extensions};
pub use model::{Model, Rule};
pub use programme::{Draft, Id, Plan, Programme, ProgrammeFault};
pub use solver::{Limits, Relaxation, Relaxed, Request, Solver, SolverError};
pub use verify::{PlanFault, spending, verify};
