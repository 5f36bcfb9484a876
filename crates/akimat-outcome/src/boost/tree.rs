//! One tree of at most four leaves.

use crate::algebra::{quantile, sigmoid, sorted};
use crate::base::Loss;
use crate::chance::Lots;
use crate::table::Schema;

/// Fewest rows of a leaf.
const LEAF_MIN: f64 = 6.0;
/// Share of the features that a tree may use.
const FEATURES: f64 = 0.45;
/// Ridge on the value of a leaf, in units of curvature.
const RIDGE: f64 = 1.0;
const DEPTH: usize = 2;

/// A split or a leaf; children are positions in the tree.
#[derive(Clone, Copy, Debug)]
enum Node {
    Leaf(f64),
    /// Below the border or missing: left.
    Split {
        feature: usize,
        border: f64,
        left: usize,
    },
}

/// A tree; the root stands first, the right child after the left one.
#[derive(Clone, Debug)]
pub(super) struct Tree(Vec<Node>);

impl Tree {
    pub(super) fn value(&self, of: impl Fn(usize) -> f64) -> f64 {
        let mut at = 0;
        loop {
            match self.0[at] {
                Node::Leaf(value) => return value,
                Node::Split { feature, border, left } => {
                    at = if of(feature) >= border { left + 1 } else { left };
                }
            }
        }
    }
}

/// The columns with the order of their rows, made once.
pub(super) struct Grower {
    pub(super) columns: Vec<Vec<f64>>,
    order: Vec<Vec<usize>>,
    monotone: Vec<i8>,
}

/// What is known of a node while it grows.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    gradient: f64,
    curvature: f64,
    n: f64,
}

impl Sums {
    fn add(&mut self, gradient: f64, curvature: f64) {
        self.gradient += gradient;
        self.curvature += curvature;
        self.n += 1.0;
    }

    fn less(self, other: Self) -> Self {
        Self {
            gradient: self.gradient - other.gradient,
            curvature: self.curvature - other.curvature,
            n: self.n - other.n,
        }
    }

    fn value(self) -> f64 {
        self.gradient / (self.curvature + RIDGE)
    }

    fn gain(self) -> f64 {
        self.gradient * self.value()
    }
}

/// The best split of a node so far.
#[derive(Clone, Copy, Debug)]
struct Best {
    gain: f64,
    feature: usize,
    border: f64,
    left: Sums,
}

/// While a column is walked through in rising order.
#[derive(Clone, Copy, Debug, Default)]
struct Walk {
    left: Sums,
    last: Option<f64>,
}

#[derive(Clone, Copy, Debug)]
struct Growing {
    node: usize,
    sums: Sums,
    bounds: (f64, f64),
}

impl Grower {
    pub(super) fn new(columns: Vec<Vec<f64>>, schema: &Schema) -> Self {
        let order = columns.iter().map(|column| {
            let mut order: Vec<usize> = (0..column.len()).collect();
            let key = |i: usize| if column[i].is_nan() { f64::NEG_INFINITY } else { column[i] };
            order.sort_by(|a, b| key(*a).total_cmp(&key(*b)).then(a.cmp(b)));
            order
        });
        let monotone = schema.features.iter().map(|feature| feature.monotone).collect();
        Self { order: order.collect(), columns, monotone }
    }

    pub(super) fn grow(
        &self,
        (loss, y, scores): (Loss, &[f64], &[f64]),
        drawn: &[bool],
        lots: &mut Lots,
    ) -> Tree {
        let steps: Vec<(f64, f64)> = y.iter().zip(scores).map(|(y, score)| step(loss, *y, *score)).collect();
        let mut of_row: Vec<usize> = drawn.iter().map(|drawn| if *drawn { 0 } else { usize::MAX }).collect();
        let features = self.some_features(lots);
        let mut tree = Tree(vec![Node::Leaf(0.0)]);
        let mut root = Sums::default();
        steps.iter().zip(drawn).filter(|(_, drawn)| **drawn).for_each(|((g, h), _)| root.add(*g, *h));
        let mut level = vec![Growing { node: 0, sums: root, bounds: (f64::NEG_INFINITY, f64::INFINITY) }];
        let mut leaves = Vec::new();
        for _ in 0..DEPTH {
            let best = self.best(&level, &steps, &of_row, &features);
            let mut next = Vec::new();
            for (growing, best) in level.into_iter().zip(best) {
                match best {
                    Some(best) => self.split(&mut tree, growing, best, &mut next),
                    None => leaves.push(growing),
                }
            }
            for (row, node) in of_row.iter_mut().enumerate().filter(|(_, node)| **node != usize::MAX) {
                if let Node::Split { feature, border, left } = tree.0[*node] {
                    *node = if self.columns[feature][row] >= border { left + 1 } else { left };
                }
            }
            level = next;
        }
        leaves.extend(level);
        for leaf in leaves {
            let value = match loss {
                Loss::Logistic => leaf.sums.value(),
                Loss::Absolute => median_of(&of_row, leaf.node, y, scores),
            };
            tree.0[leaf.node] = Node::Leaf(value.clamp(leaf.bounds.0, leaf.bounds.1));
        }
        tree
    }

    fn some_features(&self, lots: &mut Lots) -> Vec<usize> {
        let mut features: Vec<usize> = (0..self.columns.len()).filter(|_| lots.unit() < FEATURES).collect();
        if features.is_empty() {
            features.push(lots.below(self.columns.len()));
        }
        features
    }

    fn best(
        &self,
        level: &[Growing],
        steps: &[(f64, f64)],
        of_row: &[usize],
        features: &[usize],
    ) -> Vec<Option<Best>> {
        let mut best: Vec<Option<Best>> = vec![None; level.len()];
        let place = |node: usize| level.iter().position(|growing| growing.node == node);
        for feature in features {
            let mut walks = vec![Walk::default(); level.len()];
            for row in &self.order[*feature] {
                let Some(at) = place(of_row[*row]) else { continue };
                let (walk, value) = (&mut walks[at], self.columns[*feature][*row]);
                if let Some(last) = walk.last.filter(|last| value > *last) {
                    let split =
                        Best { gain: 0.0, feature: *feature, border: (last + value) / 2.0, left: walk.left };
                    self.consider(&level[at], split, &mut best[at]);
                }
                walk.left.add(steps[*row].0, steps[*row].1);
                walk.last = Some(if value.is_nan() { f64::NEG_INFINITY } else { value });
            }
        }
        best
    }

    fn consider(&self, growing: &Growing, mut split: Best, best: &mut Option<Best>) {
        let right = growing.sums.less(split.left);
        if split.left.n < LEAF_MIN || right.n < LEAF_MIN {
            return;
        }
        let rises = right.value() - split.left.value();
        if f64::from(self.monotone[split.feature]) * rises < 0.0 {
            return;
        }
        split.gain = split.left.gain() + right.gain() - growing.sums.gain();
        if !split.border.is_finite() {
            split.border = f64::MIN;
        }
        if split.gain > 1e-9 && best.is_none_or(|best| split.gain > best.gain) {
            *best = Some(split);
        }
    }

    fn split(&self, tree: &mut Tree, growing: Growing, best: Best, next: &mut Vec<Growing>) {
        let left = tree.0.len();
        tree.0[growing.node] = Node::Split { feature: best.feature, border: best.border, left };
        tree.0.extend([Node::Leaf(0.0), Node::Leaf(0.0)]);
        let right = growing.sums.less(best.left);
        let (low, high) = growing.bounds;
        let middle = ((best.left.value() + right.value()) / 2.0).clamp(low, high);
        let (left_bounds, right_bounds) = match self.monotone[best.feature] {
            0 => ((low, high), (low, high)),
            1.. => ((low, middle), (middle, high)),
            _ => ((middle, high), (low, middle)),
        };
        next.push(Growing { node: left, sums: best.left, bounds: left_bounds });
        next.push(Growing { node: left + 1, sums: right, bounds: right_bounds });
    }
}

/// Downhill direction and curvature of the loss of one row.
fn step(loss: Loss, y: f64, score: f64) -> (f64, f64) {
    match loss {
        Loss::Logistic => {
            let p = sigmoid(score);
            (y - p, p * (1.0 - p))
        }
        Loss::Absolute => ((y - score).signum(), 1.0),
    }
}

fn median_of(of_row: &[usize], node: usize, y: &[f64], scores: &[f64]) -> f64 {
    let rows = of_row.iter().zip(y.iter().zip(scores)).filter(|(at, _)| **at == node);
    let errors: Vec<f64> = rows.map(|(_, (y, score))| y - score).collect();
    if errors.is_empty() { 0.0 } else { quantile(&sorted(&errors), 0.5) }
}
