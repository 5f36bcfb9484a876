//! What every model here does: learn from finished projects and score a new one.

use crate::prior::Priors;
use crate::table::{Case, Schema};
use std::fmt::Debug;

/// What a model minimises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Loss {
    /// Logistic loss; the score is in log-odds.
    Logistic,
    /// Absolute error; the score is a median.
    Absolute,
}

/// A fitted model.
pub(crate) trait Base: Debug + Send + Sync {
    /// Log-odds or median.
    fn score(&self, case: &Case) -> f64;
}

/// What a model learns from: cases in the order of approval and their outcomes (0 or 1, or a measure).
#[derive(Clone, Debug)]
pub(crate) struct Lesson<'a> {
    pub(crate) schema: &'a Schema,
    pub(crate) priors: Option<&'a Priors>,
    pub(crate) cases: Vec<&'a Case>,
    pub(crate) y: Vec<f64>,
    pub(crate) loss: Loss,
}

impl<'a> Lesson<'a> {
    /// The cases at these positions.
    pub(crate) fn only(&self, at: &[usize]) -> Self {
        Self {
            schema: self.schema,
            priors: self.priors,
            cases: at.iter().map(|i| self.cases[*i]).collect::<Vec<&'a Case>>(),
            y: at.iter().map(|i| self.y[*i]).collect(),
            loss: self.loss,
        }
    }
}
