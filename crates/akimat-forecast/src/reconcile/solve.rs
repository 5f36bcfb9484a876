//! The projection, in work proportional to the nodes: `C D C'` of a diagonal D has the shape of the tree, so that
//! eliminating from the leaves to the root fills nothing in; past errors add a matrix of low rank (Woodbury).

use super::tree::Tree;
use nalgebra::{Cholesky, DMatrix, DVector, Dyn};

/// The projection onto coherent vectors.
#[derive(Clone, Debug)]
pub(super) struct Projection {
    diagonal: Vec<f64>,
    factors: Vec<Vec<f64>>,
    elimination: Elimination,
    /// `(C D C')^-1 C u` for each factor u.
    solved: Vec<Vec<f64>>,
    small: Option<Cholesky<f64, Dyn>>,
}

/// `C D C'` factored as L P L' along the tree: the pivot of each sum, children first. Vectors over the sums are
/// kept as vectors over all nodes, zero at leaves.
#[derive(Clone, Debug)]
struct Elimination {
    pivots: Vec<f64>,
}

impl Elimination {
    /// Diagonal entry of a sum v: `d_v + sum of d_c`; entry of v and a child sum c: `-d_c`.
    fn new(tree: &Tree, diagonal: &[f64]) -> Option<Self> {
        let mut pivots = vec![0.0; tree.len()];
        for &node in tree.top_down().iter().rev() {
            if tree.children(node).is_empty() {
                continue;
            }
            let mut pivot = diagonal[node];
            for &child in tree.children(node) {
                pivot += diagonal[child];
                if !tree.children(child).is_empty() {
                    pivot -= diagonal[child] * (diagonal[child] / pivots[child]);
                }
            }
            if !(pivot > 0.0 && pivot.is_finite()) {
                return None;
            }
            pivots[node] = pivot;
        }
        Some(Self { pivots })
    }

    /// Solves `C D C' x = right`.
    fn solve(&self, tree: &Tree, diagonal: &[f64], mut right: Vec<f64>) -> Vec<f64> {
        let order = tree.top_down();
        let inner = |node: usize| !tree.children(node).is_empty();
        for &node in order.iter().rev().filter(|&&node| inner(node)) {
            if let Some(parent) = tree.parent(node) {
                right[parent] += diagonal[node] / self.pivots[node] * right[node];
            }
        }
        for &node in order.iter().filter(|&&node| inner(node)) {
            let from_parent = tree.parent(node).map_or(0.0, |parent| diagonal[node] * right[parent]);
            right[node] = (right[node] + from_parent) / self.pivots[node];
        }
        right
    }
}

/// `C y`: by how much each sum exceeds the sum of its parts; zero at leaves.
fn gaps(tree: &Tree, values: &[f64]) -> Vec<f64> {
    let gap = |node: usize| match tree.children(node) {
        [] => 0.0,
        children => values[node] - children.iter().map(|&child| values[child]).sum::<f64>(),
    };
    (0..tree.len()).map(gap).collect()
}

/// `C' x` at a node: what its own sum says minus what the sum above says.
fn back(tree: &Tree, x: &[f64]) -> Vec<f64> {
    (0..tree.len()).map(|node| x[node] - tree.parent(node).map_or(0.0, |parent| x[parent])).collect()
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

impl Projection {
    /// W = diagonal + sum of the outer products of the factors. `None` when numbers overflow.
    pub(super) fn new(tree: &Tree, diagonal: Vec<f64>, factors: Vec<Vec<f64>>) -> Option<Self> {
        // The scale of W cancels; near 1 nothing overflows.
        let scale = diagonal.iter().copied().fold(0.0, f64::max);
        if !(scale > 0.0 && scale.is_finite()) {
            return None;
        }
        let diagonal: Vec<f64> = diagonal.into_iter().map(|d| (d / scale).max(1e-13)).collect();
        let root = scale.sqrt();
        let factors: Vec<Vec<f64>> =
            factors.into_iter().map(|factor| factor.into_iter().map(|u| u / root).collect()).collect();
        let elimination = Elimination::new(tree, &diagonal)?;
        let gapped: Vec<Vec<f64>> = factors.iter().map(|factor| gaps(tree, factor)).collect();
        let solved: Vec<Vec<f64>> =
            gapped.iter().map(|gap| elimination.solve(tree, &diagonal, gap.clone())).collect();
        let n = factors.len();
        let small = DMatrix::from_fn(n, n, |i, j| f64::from(u8::from(i == j)) + dot(&gapped[i], &solved[j]));
        let small = if n == 0 { None } else { Some(Cholesky::new(small)?) };
        Some(Self { diagonal, factors, elimination, solved, small })
    }

    /// `y - W C' (C W C')^-1 C y`.
    pub(super) fn apply(&self, tree: &Tree, values: &[f64]) -> Vec<f64> {
        let gap = gaps(tree, values);
        let mut x = self.elimination.solve(tree, &self.diagonal, gap.clone());
        if let Some(small) = &self.small {
            let right = DVector::from_iterator(self.solved.len(), self.solved.iter().map(|s| dot(s, &gap)));
            let weights = small.solve(&right);
            for (solved, weight) in self.solved.iter().zip(weights.iter()) {
                for (x, solved) in x.iter_mut().zip(solved) {
                    *x -= weight * solved;
                }
            }
        }
        let back = back(tree, &x);
        let mut result: Vec<f64> =
            values.iter().zip(&self.diagonal).zip(&back).map(|((y, d), b)| y - d * b).collect();
        for factor in &self.factors {
            let share = dot(factor, &back);
            for (result, u) in result.iter_mut().zip(factor) {
                *result -= u * share;
            }
        }
        result
    }
}
