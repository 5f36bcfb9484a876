//! The door to any solver of linear and mixed-integer models.
//!
//! A solver may be wrong within its tolerances. Nothing that it says is shown as it is: plans are checked in
//! whole numbers by [`mod@crate::verify`], and the bound of a relaxation is computed again, exactly, from its dual
//! values by [`crate::bound`].

use crate::model::Model;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long a solver may work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Nodes of the search tree; the same number gives the same answer on every machine.
    pub nodes: u32,
    /// Emergency stop by the clock; `None`: none. An answer that it cut short cannot be repeated.
    pub time: Option<Duration>,
    /// Stop when plan and bound are closer than this share of the plan, in units of 1e-6.
    pub gap_millionths: u32,
}

/// Columns whose bounds differ from those of the model: column, least and largest value.
pub type Fixing = Vec<(usize, i64, i64)>;

/// What the relaxation (every column may be a fraction) says.
#[derive(Clone, Debug, PartialEq)]
pub struct Relaxed {
    /// Worth of the relaxed plan, in units of 1e-4 points.
    pub objective: f64,
    /// Value of each column.
    pub values: Vec<f64>,
    /// What one unit more of each row's limit would bring: at least 0 for an upper limit, at most 0 for a lower
    /// one.
    pub duals: Vec<f64>,
    /// Worth of each column minus what its rows charge for it.
    pub reduced: Vec<f64>,
}

/// A relaxation that stays open, so that small changes are solved from the last answer.
pub trait Relaxation {
    /// Sets the bounds of a column (0 and 0: out, 1 and 1: in).
    fn bound_column(&mut self, column: usize, lower: i64, upper: i64);

    /// Sets what one unit of a column is worth.
    fn value_column(&mut self, column: usize, worth: i64);

    /// Solves; `None` when no values satisfy the rows.
    ///
    /// # Errors
    /// [`SolverError`] when the solver gives up.
    fn solve(&mut self) -> Result<Option<Relaxed>, SolverError>;
}

/// What a solver found within its limits.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// No values satisfy the rows.
    Infeasible,
    /// A bound and, if the limits allowed one, values of the columns.
    Found {
        /// Values of all columns, whole for integer ones.
        values: Option<Vec<f64>>,
        /// Nothing is worth more, in units of 1e-4 points, as far as the solver's tolerances reach.
        bound: f64,
        /// The search came to its end: the values are the best there are.
        complete: bool,
        /// The clock stopped it.
        timed_out: bool,
    },
}

/// What to solve.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The model.
    pub model: &'a Model,
    /// Bounds that differ from it.
    pub fixing: &'a Fixing,
    /// Values to begin with, for all columns.
    pub begin: Option<&'a [f64]>,
    /// Only values worth at least so much are asked for, in units of 1e-4 points; the search then ends sooner, and
    /// [`Outcome::Infeasible`] says that there are none.
    pub at_least: Option<i64>,
    /// How long.
    pub limits: Limits,
}

impl<'a> Request<'a> {
    /// The best values of a model as it stands.
    pub const fn new(model: &'a Model, limits: Limits) -> Self {
        Self { model, fixing: const { &Vec::new() }, begin: None, at_least: None, limits }
    }
}

/// Why a solver gave no answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "solver_error", rename_all = "snake_case")]
pub enum SolverError {
    /// It failed; the text is for the log.
    #[error("the solver failed: {0}")]
    Failed(String),
    /// Its answer does not stand up to the check in whole numbers.
    #[error("the solver's answer fails the check: {0}")]
    Wrong(String),
}

/// A solver of linear and mixed-integer models.
pub trait Solver: Send + Sync {
    /// Its name and version, as it goes on record.
    fn name(&self) -> String;

    /// Opens the relaxation of a model.
    ///
    /// # Errors
    /// [`SolverError`] when the solver does not take the model.
    fn relaxation(&self, model: &Model) -> Result<Box<dyn Relaxation>, SolverError>;

    /// Solves a model with whole numbers.
    ///
    /// # Errors
    /// [`SolverError`] when the solver gives up.
    fn solve(&self, request: &Request<'_>) -> Result<Outcome, SolverError>;
}
