//! The tree of hashes (RFC 6962, section 2.1): roots, and how it grows.
//!
//! A complete subtree is named by its level and its index from the left: level 0 are the leaves, the subtree of level
//! `l` and index `i` covers the leaves `i * 2^l` to `(i + 1) * 2^l - 1`. A tree of any size is a row of complete
//! subtrees of falling level, one for each bit of its size.

use crate::hash::{Hash, empty_root, node_hash};

/// A complete subtree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Node {
    /// Level; 0 is a leaf.
    pub level: u8,
    /// Index in its level, from the left.
    pub index: u64,
}

/// The complete subtrees that cover the leaves from `start` (a multiple of the largest power of two that the range
/// needs, as in proofs) to `end`, from left to right.
pub fn cover(mut start: u64, end: u64) -> Vec<Node> {
    let mut nodes = Vec::new();
    while start < end {
        let widest = (end - start).ilog2();
        let aligned = if start == 0 { 63 } else { start.trailing_zeros() };
        let level = widest.min(aligned);
        nodes.push(Node { level: u8::try_from(level).unwrap_or(63), index: start >> level });
        start += 1 << level;
    }
    nodes
}

/// Hash of a row of complete subtrees, as from [`cover`]: folded from the right. The empty row has the root of the
/// empty tree.
pub fn fold(hashes: &[Hash]) -> Hash {
    let mut from_right = hashes.iter().rev();
    let Some(last) = from_right.next() else { return empty_root() };
    from_right.fold(*last, |right, left| node_hash(left, &right))
}

/// Hash of the complete subtree over a row of 1, 2, 4, 8… hashes of one level.
pub fn complete(mut row: Vec<Hash>) -> Hash {
    while row.len() > 1 {
        row = row.chunks(2).map(fold).collect();
    }
    fold(&row)
}

/// Root of the tree over these hashes of leaves, the plain way.
pub fn root_of(leaves: &[Hash]) -> Hash {
    let mut tree = Frontier::default();
    for leaf in leaves {
        tree.push(*leaf);
    }
    tree.root()
}

/// A tree that remembers only the right edge: as many hashes as its size has bits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

impl Frontier {
    /// The tree of a size, from the hashes of the subtrees of [`cover`]`(0, size)`; `None` when their number differs.
    pub fn from_peaks(size: u64, peaks: Vec<Hash>) -> Option<Self> {
        (u64::try_from(peaks.len()) == Ok(u64::from(size.count_ones()))).then_some(Self { size, peaks })
    }

    /// Leaves so far.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf; answers the complete subtrees that it finished, from the leaf upwards.
    pub fn push(&mut self, leaf: Hash) -> Vec<(Node, Hash)> {
        let mut finished = Vec::with_capacity(2);
        self.push_with(leaf, |node, hash| finished.push((node, hash)));
        finished
    }

    /// As [`Frontier::push`], telling each finished subtree instead of listing them.
    pub fn push_with(&mut self, leaf: Hash, mut tell: impl FnMut(Node, Hash)) {
        let (mut node, mut hash) = (Node { level: 0, index: self.size }, leaf);
        tell(node, hash);
        while node.index % 2 == 1 {
            let Some(left) = self.peaks.pop() else { break };
            hash = node_hash(&left, &hash);
            node = Node { level: node.level + 1, index: node.index / 2 };
            tell(node, hash);
        }
        self.peaks.push(hash);
        self.size += 1;
    }

    /// Root of the tree.
    pub fn root(&self) -> Hash {
        fold(&self.peaks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::leaf_hash;

    /// The definition of RFC 6962, section 2.1, word for word.
    fn by_definition(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => empty_root(),
            [one] => *one,
            many => {
                let k = 1 << (many.len() - 1).ilog2();
                node_hash(&by_definition(&many[..k]), &by_definition(&many[k..]))
            }
        }
    }

    #[test]
    fn the_edge_gives_the_roots_of_the_definition() {
        let leaves: Vec<Hash> = (0..300_u32).map(|n| leaf_hash(&n.to_be_bytes())).collect();
        let mut tree = Frontier::default();
        for (n, leaf) in leaves.iter().enumerate() {
            assert_eq!(tree.root(), by_definition(&leaves[..n]), "{n}");
            tree.push(*leaf);
        }
        let again = Frontier::from_peaks(tree.size(), tree.peaks.clone()).expect("as many as bits");
        assert_eq!(again.root(), root_of(&leaves));
        assert_eq!(Frontier::from_peaks(3, vec![leaves[0]]), None);
    }

    #[test]
    fn a_row_of_subtrees_covers_the_range() {
        for (start, end) in [(0, 0), (0, 1), (0, 7), (4, 7), (8, 8), (8, 13), (0, 1 << 40)] {
            let mut at = start;
            for Node { level, index } in cover(start, end) {
                assert_eq!(index << level, at);
                at += 1 << level;
            }
            assert_eq!(at, end);
        }
    }
}
