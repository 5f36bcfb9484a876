//! Which of a few projects to take for one budget: the best whole choice, and the best fractional one beside it.

use crate::fault::{Fault, FaultKind};

/// Branches after which the question counts as too large.
const BRANCHES_MAX: u64 = 20_000_000;

/// The best choices.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Value when fractions of projects may be taken.
    pub fractional_value: f64,
    /// Fractions taken.
    pub fractions: Vec<f64>,
    /// Value of the projects that are taken whole in that solution.
    pub rounded_down_value: f64,
    /// Best value of whole projects.
    pub value: f64,
    /// Positions from 1 of the best choice; of several the first in the order of positions.
    pub selected: Vec<usize>,
    /// Cost of that choice.
    pub cost: f64,
    /// No other choice is as good.
    pub unique: bool,
}

struct Search<'a> {
    /// Position, cost, value; by falling value per cost.
    items: &'a [(usize, f64, f64)],
    best: f64,
    choices: Vec<Vec<usize>>,
    branches: u64,
}

/// Takes the most valuable projects that fit the budget, exactly.
///
/// # Errors
/// [`FaultKind::LengthsDiffer`], [`FaultKind::Negative`], [`FaultKind::TooLarge`].
pub fn choose(budget: f64, cost: &[f64], value: &[f64]) -> Result<Choice, Fault> {
    if cost.len() != value.len() {
        let kind = FaultKind::LengthsDiffer { have: value.len(), need: cost.len() };
        return Err(Fault::new("value", kind));
    }
    for (field, list) in [("cost", cost), ("value", value)] {
        if let Some(at) = list.iter().position(|number| *number < 0.0) {
            return Err(Fault::new(field, FaultKind::Negative { value: list[at] }).at(at + 1));
        }
    }
    if budget < 0.0 {
        return Err(Fault::new("budget", FaultKind::Negative { value: budget }));
    }
    let mut items: Vec<(usize, f64, f64)> =
        cost.iter().zip(value).enumerate().map(|(at, (cost, value))| (at, *cost, *value)).collect();
    // A free project comes first: its value per cost is without bound.
    items.sort_by(|a, b| (b.2 * a.1).total_cmp(&(a.2 * b.1)).then(a.0.cmp(&b.0)));
    let (fractional_value, fractions, rounded_down_value) = fractional(budget, &items);
    let mut search = Search { items: &items, best: -1.0, choices: Vec::new(), branches: 0 };
    search.branch(0, (budget, 0.0), &mut Vec::new());
    if search.branches > BRANCHES_MAX {
        return Err(Fault::new("cost", FaultKind::TooLarge));
    }
    let mut choices = search.choices;
    choices.iter_mut().for_each(|choice| choice.sort_unstable());
    choices.sort();
    let unique = choices.len() == 1;
    let selected: Vec<usize> = choices.into_iter().next().unwrap_or_default();
    Ok(Choice {
        fractional_value,
        fractions,
        rounded_down_value,
        value: selected.iter().map(|at| value[*at]).sum(),
        cost: selected.iter().map(|at| cost[*at]).sum(),
        selected: selected.into_iter().map(|at| at + 1).collect(),
        unique,
    })
}

fn fractional(budget: f64, items: &[(usize, f64, f64)]) -> (f64, Vec<f64>, f64) {
    let (mut left, mut total, mut whole) = (budget, 0.0, 0.0);
    let mut fractions = vec![0.0; items.len()];
    for &(at, cost, value) in items {
        let part = if cost <= left { 1.0 } else { (left / cost).max(0.0) };
        fractions[at] = part;
        total += part * value;
        whole += if cost <= left { value } else { 0.0 };
        left -= part * cost;
    }
    (total, fractions, whole)
}

impl Search<'_> {
    /// At most so much value fits into what is left.
    fn bound(&self, depth: usize, mut left: f64) -> f64 {
        let mut total = 0.0;
        for &(_, cost, value) in &self.items[depth..] {
            if cost > left {
                return total + if cost > 0.0 { value * left.max(0.0) / cost } else { 0.0 };
            }
            total += value;
            left -= cost;
        }
        total
    }

    /// Takes or leaves the item at `depth`; `left` money and `got` value so far.
    fn branch(&mut self, depth: usize, (left, got): (f64, f64), taken: &mut Vec<usize>) {
        // Sums of decimal fractions differ in their last bits.
        let close = 1e-9 * self.best.abs().max(1.0);
        self.branches += 1;
        if self.branches > BRANCHES_MAX {
            return;
        }
        let Some(&(at, cost, value)) = self.items.get(depth) else {
            if got > self.best + close {
                self.best = got;
                self.choices.clear();
            }
            if got >= self.best - close && self.choices.len() < 1000 {
                self.choices.push(taken.clone());
            }
            return;
        };
        if got + self.bound(depth, left) < self.best - close {
            return;
        }
        if cost <= left + 1e-9 * left.abs().max(1.0) {
            taken.push(at);
            self.branch(depth + 1, (left - cost, got + value), taken);
            taken.pop();
        }
        self.branch(depth + 1, (left, got), taken);
    }
}
