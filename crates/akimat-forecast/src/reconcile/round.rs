//! Coherent floats as money that adds up to the tiyn: the largest remainders take what rounding left.

use super::tree::Tree;
use akimat_core::Money;

/// Beyond this a float no longer names a single tiyn.
const TIYN_MAX: f64 = 9e15;

/// Why values are not money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RoundError {
    /// The numbers of values and nodes differ.
    #[error("{have} values for {need} nodes")]
    Length {
        /// Values given.
        have: usize,
        /// Nodes of the tree.
        need: usize,
    },
    /// A value is not finite or beyond 90 trillion tenge.
    #[error("the value of node {node} is too large to name a tiyn")]
    TooLarge {
        /// The node.
        node: usize,
    },
}

/// Rounds a tree of tenge to tiyn so that every sum equals the sum of its parts exactly. A root is rounded to the
/// nearest tiyn; its parts are rounded down and the tiyn that are missing go to the parts with the largest remainders
/// (of equal remainders to the first), and so on downwards.
///
/// # Errors
/// [`RoundError`] when the vector does not fit the tree or a value is beyond 90 trillion tenge.
pub fn to_tiyn(tree: &Tree, tenge: &[f64]) -> Result<Vec<Money>, RoundError> {
    if tenge.len() != tree.len() {
        return Err(RoundError::Length { have: tenge.len(), need: tree.len() });
    }
    let fits = |value: &f64| value.is_finite() && value.abs() * 100.0 <= TIYN_MAX;
    if let Some(node) = tenge.iter().position(|value| !fits(value)) {
        return Err(RoundError::TooLarge { node });
    }
    let mut tiyn = vec![0_i64; tree.len()];
    for &node in tree.top_down() {
        if tree.parent(node).is_none() {
            tiyn[node] = whole((tenge[node] * 100.0).round());
        }
        share_out(tree, node, tenge, &mut tiyn).ok_or(RoundError::TooLarge { node })?;
    }
    Ok(tiyn.into_iter().map(Money::from_tiyn).collect())
}

/// `None` when the parts are so far from their sum that a part no longer fits 64 bits.
fn share_out(tree: &Tree, node: usize, tenge: &[f64], tiyn: &mut [i64]) -> Option<()> {
    let children = tree.children(node);
    if children.is_empty() {
        return Some(());
    }
    let n = i128::try_from(children.len()).ok()?;
    let mut remainders = Vec::with_capacity(children.len());
    let mut left = i128::from(tiyn[node]);
    for &child in children {
        let value = tenge[child] * 100.0;
        tiyn[child] = whole(value.floor());
        left -= i128::from(tiyn[child]);
        remainders.push((value - value.floor(), child));
    }
    // A stable sort: of equal remainders the first comes first.
    remainders.sort_by(|one, other| other.0.total_cmp(&one.0));
    // Sums of floats leave a little more or less than one tiyn a part; everybody takes an equal share of that.
    let (each, more) = (left.div_euclid(n), left.rem_euclid(n));
    for ((_, child), rank) in remainders.into_iter().zip(0_i128..) {
        let own = i128::from(tiyn[child]) + each + i128::from(rank < more);
        tiyn[child] = i64::try_from(own).ok()?;
    }
    Some(())
}

#[expect(clippy::cast_possible_truncation, reason = "whole and within ±9e15, checked by the caller")]
fn whole(value: f64) -> i64 {
    value as i64
}
