//! Which node is the sum of which.

use super::NODES_MAX;

/// A forest of sums: every node with children is their sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    parents: Vec<Option<usize>>,
    children: Vec<Vec<usize>>,
    /// Every node after its parent.
    order: Vec<usize>,
}

/// Why nodes do not make a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    /// No node.
    #[error("the tree is empty")]
    Empty,
    /// More nodes than accepted.
    #[error("{have} nodes, at most {max} are accepted")]
    TooLarge {
        /// Nodes given.
        have: usize,
        /// Nodes accepted.
        max: usize,
    },
    /// A parent that does not exist.
    #[error("the parent of node {node} does not exist")]
    NoParent {
        /// The node.
        node: usize,
    },
    /// A node is its own ancestor.
    #[error("node {node} is its own ancestor")]
    Cycle {
        /// The node.
        node: usize,
    },
}

impl Tree {
    /// A tree from the parent of each node; `None` for roots.
    ///
    /// # Errors
    /// [`TreeError`] when it is empty, too large, or no forest.
    pub fn new(parents: Vec<Option<usize>>) -> Result<Self, TreeError> {
        if parents.is_empty() {
            return Err(TreeError::Empty);
        }
        if parents.len() > NODES_MAX {
            return Err(TreeError::TooLarge { have: parents.len(), max: NODES_MAX });
        }
        let mut children = vec![Vec::new(); parents.len()];
        for (node, parent) in parents.iter().enumerate() {
            if let Some(parent) = *parent {
                children.get_mut(parent).ok_or(TreeError::NoParent { node })?.push(node);
            }
        }
        let mut order: Vec<usize> = (0..parents.len()).filter(|&node| parents[node].is_none()).collect();
        let mut next = 0;
        while let Some(&node) = order.get(next) {
            order.extend(&children[node]);
            next += 1;
        }
        if order.len() < parents.len() {
            let mut reached = vec![false; parents.len()];
            order.iter().for_each(|&node| reached[node] = true);
            let node = reached.iter().position(|reached| !reached).unwrap_or_default();
            return Err(TreeError::Cycle { node });
        }
        Ok(Self { parents, children, order })
    }

    /// Number of nodes.
    pub const fn len(&self) -> usize {
        self.parents.len()
    }

    /// A tree always has a node.
    pub const fn is_empty(&self) -> bool {
        false
    }

    /// The sum that a node is a part of.
    pub fn parent(&self, node: usize) -> Option<usize> {
        self.parents.get(node).copied().flatten()
    }

    /// The parts of a node; none for a leaf.
    pub fn children(&self, node: usize) -> &[usize] {
        self.children.get(node).map_or(&[], Vec::as_slice)
    }

    /// Every node after its parent.
    pub fn top_down(&self) -> &[usize] {
        &self.order
    }

    /// Leaves under each node; 1 for a leaf itself.
    pub fn n_leaves(&self) -> Vec<usize> {
        let mut n = vec![0; self.len()];
        for &node in self.order.iter().rev() {
            n[node] = self.children(node).iter().map(|&child| n[child]).sum::<usize>().max(1);
        }
        n
    }

    /// Replaces each sum by the sum of its parts.
    pub fn add_up(&self, values: &mut [f64]) {
        for &node in self.order.iter().rev() {
            if !self.children(node).is_empty() {
                values[node] = self.children(node).iter().map(|&child| values[child]).sum();
            }
        }
    }
}
