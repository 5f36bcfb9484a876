//! Proofs that a leaf is in a tree, and that a later tree continues an earlier one (RFC 6962, sections 2.1.1 and
//! 2.1.2; checking after RFC 9162, sections 2.1.3.2 and 2.1.4.2).
//!
//! Making a proof needs hashes of complete subtrees; where they come from is the caller's business: [`inclusion`] and
//! [`consistency`] answer rows of [`Node`]s, each row folded to one hash of the proof by [`Plan::gather`].

use crate::hash::{Hash, node_hash};
use crate::tree::{Node, cover, fold};

/// Why a proof does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofFault {
    /// The leaf or the earlier tree lies beyond the tree.
    #[error("the index or the earlier size is beyond the tree")]
    Beyond,
    /// Too few or too many hashes.
    #[error("the proof has another number of hashes than the tree needs")]
    Length,
    /// The hashes do not lead to the root.
    #[error("the proof does not lead to the root")]
    Root,
}

/// Which subtrees a proof is made of: each row is folded to one hash.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan(Vec<Vec<Node>>);

impl Plan {
    /// The subtrees whose hashes are needed.
    pub fn nodes(&self) -> impl Iterator<Item = Node> + '_ {
        self.0.iter().flatten().copied()
    }

    /// The proof, given the hashes of subtrees; `None` when one is missing.
    pub fn gather(&self, mut hash_of: impl FnMut(Node) -> Option<Hash>) -> Option<Vec<Hash>> {
        let one = |row: &Vec<Node>| {
            let hashes: Option<Vec<Hash>> = row.iter().map(|node| hash_of(*node)).collect();
            hashes.map(|hashes| fold(&hashes))
        };
        self.0.iter().map(one).collect()
    }
}

/// What proves that the leaf `index` is in the tree of `size`; `None` when it lies beyond.
pub fn inclusion(index: u64, size: u64) -> Option<Plan> {
    if index >= size {
        return None;
    }
    let mut rows = Vec::new();
    let (mut start, mut end) = (0, size);
    while end - start > 1 {
        let middle = start + split(end - start);
        if index < middle {
            rows.push(cover(middle, end));
            end = middle;
        } else {
            rows.push(cover(start, middle));
            start = middle;
        }
    }
    rows.reverse();
    Some(Plan(rows))
}

/// What proves that the tree of `size` continues that of `earlier`; `None` when `earlier` is 0 or beyond `size`.
pub fn consistency(earlier: u64, size: u64) -> Option<Plan> {
    if earlier == 0 || earlier > size {
        return None;
    }
    let mut rows = Vec::new();
    let (mut start, mut end, mut whole) = (0, size, true);
    while earlier < end {
        let middle = start + split(end - start);
        if earlier <= middle {
            rows.push(cover(middle, end));
            end = middle;
        } else {
            rows.push(cover(start, middle));
            start = middle;
            whole = false;
        }
    }
    if !whole {
        rows.push(cover(start, end));
    }
    rows.reverse();
    Some(Plan(rows))
}

/// The largest power of two below `n`, for `n` of 2 or more.
const fn split(n: u64) -> u64 {
    1 << (n - 1).ilog2()
}

/// Checks that the leaf with this hash is the one at `index` in the tree of `size` with this root.
///
/// # Errors
/// [`ProofFault`], whatever the hashes are.
pub fn verify_inclusion(
    leaf: &Hash,
    index: u64,
    (size, root): (u64, &Hash),
    proof: &[Hash],
) -> Result<(), ProofFault> {
    if index >= size {
        return Err(ProofFault::Beyond);
    }
    let (mut at, mut last, mut hash) = (index, size - 1, *leaf);
    for step in proof {
        if last == 0 {
            return Err(ProofFault::Length);
        }
        if at % 2 == 1 || at == last {
            hash = node_hash(step, &hash);
            while at % 2 == 0 && at != 0 {
                (at, last) = (at >> 1, last >> 1);
            }
        } else {
            hash = node_hash(&hash, step);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    if last != 0 {
        return Err(ProofFault::Length);
    }
    if hash == *root { Ok(()) } else { Err(ProofFault::Root) }
}

/// Checks that the tree of `size` with its root continues the tree of `earlier` with its root. Every tree continues the
/// empty one, so that there is nothing to prove about it: an earlier size of 0 is [`ProofFault::Beyond`].
///
/// # Errors
/// [`ProofFault`], whatever the hashes are.
pub fn verify_consistency(
    (earlier, earlier_root): (u64, &Hash),
    (size, root): (u64, &Hash),
    proof: &[Hash],
) -> Result<(), ProofFault> {
    if earlier == 0 || earlier > size {
        return Err(ProofFault::Beyond);
    }
    if earlier == size {
        return match (proof, earlier_root == root) {
            ([], true) => Ok(()),
            ([], false) => Err(ProofFault::Root),
            _ => Err(ProofFault::Length),
        };
    }
    let (first, rest) = if earlier.is_power_of_two() {
        (*earlier_root, proof)
    } else {
        let (first, rest) = proof.split_first().ok_or(ProofFault::Length)?;
        (*first, rest)
    };
    let skip = earlier.trailing_zeros();
    let (mut at, mut last) = ((earlier - 1) >> skip, (size - 1) >> skip);
    let (mut old, mut new) = (first, first);
    for step in rest {
        if last == 0 {
            return Err(ProofFault::Length);
        }
        if at % 2 == 1 || at == last {
            old = node_hash(step, &old);
            new = node_hash(step, &new);
            while at % 2 == 0 && at != 0 {
                (at, last) = (at >> 1, last >> 1);
            }
        } else {
            new = node_hash(&new, step);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    if last != 0 {
        return Err(ProofFault::Length);
    }
    if old == *earlier_root && new == *root { Ok(()) } else { Err(ProofFault::Root) }
}
