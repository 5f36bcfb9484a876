//! Forecasts of a budget tree made coherent: the parts add up to the whole, and what each node knows helps the
//! others.
//!
//! `reconciled = base - W C' (C W C')^-1 C base`, where a row of C says that a node is the sum of its children and W
//! is how wrong the base forecasts are and how their errors go together (Wickramasuriya, Athanasopoulos, Hyndman,
//! Optimal forecast reconciliation for hierarchical and grouped time series through trace minimization, Journal of
//! the American Statistical Association 114, 2019). docs/method/reconciliation.md.

mod round;
mod shrink;
mod solve;
mod tree;

pub use round::{RoundError, to_tiyn};
pub use shrink::{Shrunk, shrink};
pub use tree::{Tree, TreeError};

use serde::Serialize;
use solve::Projection;

/// Most nodes of a tree; the work grows in proportion to nodes.
pub const NODES_MAX: usize = 100_000;
/// Most vectors of past errors: the work grows with their square.
pub const ERRORS_MAX: usize = 1_000;

/// How the errors of the base forecasts are thought to behave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Only the leaves count; every sum is the sum of its leaves.
    BottomUp,
    /// Every node errs by the same amount.
    Ols,
    /// A node errs by the square root of the number of its leaves.
    WlsStruct,
    /// Each node errs as it did in the past, errors being unrelated.
    WlsVariance,
    /// Past errors with their relations, drawn towards unrelated ones as far as their number demands.
    MintShrink,
}

impl Method {
    /// Stable code, lower case.
    pub const fn code(self) -> &'static str {
        match self {
            Self::BottomUp => "bottom_up",
            Self::Ols => "ols",
            Self::WlsStruct => "wls_struct",
            Self::WlsVariance => "wls_variance",
            Self::MintShrink => "mint_shrink",
        }
    }
}

/// Why forecasts were not made coherent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReconcileError {
    /// The numbers of values and nodes differ.
    #[error("{have} values for {need} nodes")]
    Length {
        /// Values given.
        have: usize,
        /// Nodes of the tree.
        need: usize,
    },
    /// A value is infinite or not a number.
    #[error("the value of node {node} is not a finite number")]
    NotFinite {
        /// The node.
        node: usize,
    },
    /// The method needs at least two vectors of past errors.
    #[error("{have} vectors of past errors, the method needs {need}")]
    TooFewErrors {
        /// Vectors given.
        have: usize,
        /// Vectors needed.
        need: usize,
    },
    /// More vectors of past errors than accepted.
    #[error("{have} vectors of past errors, at most {max} are accepted")]
    TooManyErrors {
        /// Vectors given.
        have: usize,
        /// Vectors accepted.
        max: usize,
    },
    /// The values are too large or too far apart to compute with.
    #[error("the values are too large to compute with")]
    Overflow,
}

/// A way to make forecasts of one tree coherent, ready to be used for many vectors.
#[derive(Clone, Debug)]
pub struct Reconciler<'a> {
    tree: &'a Tree,
    /// `None`: bottom up.
    projection: Option<Projection>,
    /// How far past errors were drawn towards unrelated ones, 0 to 1; only for [`Method::MintShrink`].
    pub shrinkage: Option<f64>,
}

impl<'a> Reconciler<'a> {
    /// Prepares a method for a tree. `errors` are base forecasts minus facts of earlier origins, one vector of all
    /// nodes an origin; bottom-up, OLS and WLS by structure do not read them.
    ///
    /// # Errors
    /// [`ReconcileError`] when a vector does not fit the tree, holds a value that is not finite, or when a method
    /// that learns from errors has fewer than two of them.
    pub fn new(tree: &'a Tree, method: Method, errors: &[Vec<f64>]) -> Result<Self, ReconcileError> {
        let learns = matches!(method, Method::WlsVariance | Method::MintShrink);
        if learns {
            if errors.len() < 2 {
                return Err(ReconcileError::TooFewErrors { have: errors.len(), need: 2 });
            }
            if errors.len() > ERRORS_MAX {
                return Err(ReconcileError::TooManyErrors { have: errors.len(), max: ERRORS_MAX });
            }
            errors.iter().try_for_each(|error| check(tree, error))?;
        }
        let mut shrinkage = None;
        let (diagonal, factors) = match method {
            Method::BottomUp => return Ok(Self { tree, projection: None, shrinkage }),
            Method::Ols => (vec![1.0; tree.len()], Vec::new()),
            Method::WlsStruct => (tree.n_leaves().into_iter().map(|n| n as f64).collect(), Vec::new()),
            Method::WlsVariance => (shrink(errors).variances, Vec::new()),
            Method::MintShrink => {
                let shrunk = shrink(errors);
                shrinkage = Some(shrunk.intensity);
                shrunk.split(errors)
            }
        };
        let projection = Projection::new(tree, diagonal, factors).ok_or(ReconcileError::Overflow)?;
        Ok(Self { tree, projection: Some(projection), shrinkage })
    }

    /// The coherent values nearest to the base ones. Each sum equals the sum of its parts up to the last bits of a
    /// float; [`to_tiyn`] makes money of them that adds up exactly.
    ///
    /// # Errors
    /// [`ReconcileError::Length`], [`ReconcileError::NotFinite`], [`ReconcileError::Overflow`].
    pub fn apply(&self, base: &[f64]) -> Result<Vec<f64>, ReconcileError> {
        check(self.tree, base)?;
        let mut values = match &self.projection {
            None => base.to_vec(),
            Some(projection) => projection.apply(self.tree, base),
        };
        // What is left of the last bits goes: sums are taken from the leaves.
        self.tree.add_up(&mut values);
        if values.iter().all(|value| value.is_finite()) { Ok(values) } else { Err(ReconcileError::Overflow) }
    }
}

fn check(tree: &Tree, values: &[f64]) -> Result<(), ReconcileError> {
    if values.len() != tree.len() {
        return Err(ReconcileError::Length { have: values.len(), need: tree.len() });
    }
    match values.iter().position(|value| !value.is_finite()) {
        Some(node) => Err(ReconcileError::NotFinite { node }),
        None => Ok(()),
    }
}
