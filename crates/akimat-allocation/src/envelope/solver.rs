//! The door to any exact solver: a small integer model as values, a solver as a trait.
//!
//! Every variable is yes or no, every number is whole, and the objective is maximised. Start years,
//! money sources, floors and precedence (one variable per project and start year) fit this form
//! without a change.

use std::collections::BTreeSet;
use std::time::Duration;

/// The most variables a model can have.
pub const VARIABLES_MAX: usize = 200_000;
/// Sums of absolute coefficients stay below this, so that no exact check can overflow.
const SUM_MAX: i128 = (i64::MAX / 4) as i128;

/// How the sum of a row stands to its right-hand side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// At most.
    AtMost,
    /// Exactly.
    Exactly,
    /// At least.
    AtLeast,
}

/// One condition: `Σ coefficient × variable` against a whole number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Variable index and coefficient; a variable comes at most once.
    pub terms: Vec<(usize, i64)>,
    /// The relation.
    pub relation: Relation,
    /// The right-hand side.
    pub rhs: i64,
}

/// A checked model over yes/no variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BinaryModel {
    objective: Vec<i64>,
    rows: Vec<Row>,
}

/// Why numbers do not make a model.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// More than [`VARIABLES_MAX`] variables.
    #[error("{0} variables are too many")]
    TooManyVariables(usize),
    /// A row names a variable that is not there.
    #[error("row {row} names variable {variable}, which is not in the model")]
    UnknownVariable {
        /// The row.
        row: usize,
        /// The variable.
        variable: usize,
    },
    /// A row names a variable twice.
    #[error("row {row} names variable {variable} twice")]
    RepeatedVariable {
        /// The row.
        row: usize,
        /// The variable.
        variable: usize,
    },
    /// The coefficients of a row could overflow a sum.
    #[error("the coefficients of row {0} are too large")]
    RowTooLarge(usize),
    /// The coefficients of the objective could overflow a sum.
    #[error("the objective is too large")]
    ObjectiveTooLarge,
}

/// When a solver has to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Nodes of the search tree.
    pub nodes: u64,
    /// Time on the wall, for solvers that know a clock. Reaching it makes an answer irreproducible,
    /// so a plan found that way is never called optimal.
    pub time: Duration,
}

impl Default for Limits {
    /// Two million nodes, ten seconds.
    fn default() -> Self {
        Self { nodes: 2_000_000, time: Duration::from_secs(10) }
    }
}

/// A plan that satisfies every row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Solution {
    /// One value per variable.
    pub values: Vec<bool>,
    /// The objective of `values`, exact.
    pub objective: i64,
    /// No plan can be worth more than this.
    pub bound: i64,
}

impl Solution {
    /// Whether no better plan exists.
    pub const fn is_optimal(&self) -> bool {
        self.objective >= self.bound
    }
}

/// What a solver found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A plan, optimal or with a gap to the bound.
    Found(Solution),
    /// It is proven that no plan satisfies the rows.
    Infeasible,
}

/// Why a solver gave no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SolverError {
    /// The limits were reached before any plan was found.
    #[error("no plan was found within the limits")]
    LimitReached,
    /// The numbers are beyond what this solver handles exactly.
    #[error("the model's numbers are too large for this solver")]
    TooLarge,
    /// The solver broke down.
    #[error("the solver failed: {0}")]
    Failed(String),
}

/// Something that maximises a [`BinaryModel`].
///
/// A returned plan satisfies every row in whole numbers, and the bound is proven.
pub trait Solver: Send + Sync {
    /// The name printed beside a recommendation.
    fn name(&self) -> &'static str;

    /// Solves the model; the same model and limits give the same answer unless time ran out.
    ///
    /// # Errors
    /// [`SolverError`] when there is neither a plan nor a proof that none exists.
    fn solve(&self, model: &BinaryModel, limits: &Limits) -> Result<Outcome, SolverError>;
}

impl Row {
    /// The sum for a plan.
    pub fn activity(&self, values: &[bool]) -> i64 {
        self.terms.iter().filter(|(variable, _)| values[*variable]).map(|(_, coefficient)| coefficient).sum()
    }

    /// Whether a plan satisfies the row.
    pub fn holds(&self, values: &[bool]) -> bool {
        let activity = self.activity(values);
        match self.relation {
            Relation::AtMost => activity <= self.rhs,
            Relation::Exactly => activity == self.rhs,
            Relation::AtLeast => activity >= self.rhs,
        }
    }
}

impl BinaryModel {
    /// Checks indices and sizes.
    ///
    /// # Errors
    /// The first [`ModelError`].
    pub fn new(objective: Vec<i64>, rows: Vec<Row>) -> Result<Self, ModelError> {
        if objective.len() > VARIABLES_MAX {
            return Err(ModelError::TooManyVariables(objective.len()));
        }
        let size = |sum: i128, value: i64| sum + i128::from(value).abs();
        if objective.iter().copied().fold(0, size) > SUM_MAX {
            return Err(ModelError::ObjectiveTooLarge);
        }
        for (index, row) in rows.iter().enumerate() {
            let mut seen = BTreeSet::new();
            for (variable, _) in &row.terms {
                let variable = *variable;
                if variable >= objective.len() {
                    return Err(ModelError::UnknownVariable { row: index, variable });
                }
                if !seen.insert(variable) {
                    return Err(ModelError::RepeatedVariable { row: index, variable });
                }
            }
            let coefficients = row.terms.iter().map(|(_, coefficient)| *coefficient).fold(0, size);
            if coefficients > SUM_MAX {
                return Err(ModelError::RowTooLarge(index));
            }
        }
        Ok(Self { objective, rows })
    }

    /// What each variable adds to the objective.
    pub fn objective(&self) -> &[i64] {
        &self.objective
    }

    /// The conditions.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The objective of a plan, exact.
    pub fn value(&self, values: &[bool]) -> i64 {
        self.objective.iter().zip(values).filter(|(_, chosen)| **chosen).map(|(points, _)| points).sum()
    }

    /// The first row a plan breaks, or `None` when the plan is good.
    pub fn broken_row(&self, values: &[bool]) -> Option<usize> {
        self.rows.iter().position(|row| !row.holds(values))
    }
}
