//! Our own small exact solver: depth-first branch and bound with fractional bounds.
//!
//! It is the reference the big solver is tested against, and the fallback where that one is not built
//! in. Each node is bounded by the best fractional filling of every single row, and of one weighted
//! sum of the rows (Dantzig's bound: G. B. Dantzig, Discrete-variable extremum problems, Operations
//! Research 5(2), 1957). All arithmetic is whole numbers. Good to about 40 variables; beyond that it
//! stops at the node limit and returns its best plan with a proven bound.

use crate::envelope::solver::{BinaryModel, Limits, Outcome, Relation, Solution, Solver, SolverError};

/// Depth-first branch and bound. Knows no clock: only [`Limits::nodes`] stops it.
#[derive(Clone, Copy, Debug, Default)]
pub struct BranchAndBound;

impl Solver for BranchAndBound {
    fn name(&self) -> &'static str {
        "branch-and-bound"
    }

    fn solve(&self, model: &BinaryModel, limits: &Limits) -> Result<Outcome, SolverError> {
        let mut search = Search::new(model);
        let open_bound = search.run(limits.nodes);
        match (search.best, open_bound) {
            (Some(values), open_bound) => {
                let objective = model.value(&values);
                let bound = open_bound.map_or(objective, |bound| bound.max(objective));
                Ok(Outcome::Found(Solution { values, objective, bound }))
            }
            (None, None) => Ok(Outcome::Infeasible),
            (None, Some(_)) => Err(SolverError::LimitReached),
        }
    }
}

/// Nodes times terms of the model: about five seconds. Keeps a huge model from running for hours in a
/// solver that knows no clock, and gives the same stop on every machine.
const WORK_MAX: u64 = 4_000_000_000;
/// Largest sum in the weighted row: its products with an objective stay below 2^127.
const SURROGATE_MAX: i128 = 1 << 64;

/// A row as "at most": `Σ coefficient × variable ≤ rhs`.
struct AtMost {
    terms: Vec<(usize, i128)>,
    rhs: i128,
}

/// The same, with the variables that bear on the bound sorted by gain per weight.
struct Knapsack {
    /// Variable and weight of those whose better value for the objective is the dearer one here.
    items: Vec<(usize, i128)>,
    /// Right-hand side minus the least the row can still sum to.
    slack: i128,
}

struct Search<'a> {
    model: &'a BinaryModel,
    rows: Vec<Knapsack>,
    /// Row and coefficient, by variable.
    columns: Vec<Vec<(usize, i128)>>,
    /// Branching order.
    order: Vec<usize>,
    values: Vec<Option<bool>>,
    best: Option<Vec<bool>>,
    best_objective: i64,
    nodes_affordable: u64,
}

impl<'a> Search<'a> {
    fn new(model: &'a BinaryModel) -> Self {
        let count = model.objective().len();
        let mut rows = at_most_rows(model);
        let weights = surrogate(&rows, count);
        let order = branching_order(model, &weights.terms);
        rows.push(weights);
        let mut columns = vec![Vec::new(); count];
        for (index, row) in rows.iter().enumerate() {
            for (variable, coefficient) in &row.terms {
                columns[*variable].push((index, *coefficient));
            }
        }
        let work: usize = count + rows.iter().map(|row| row.terms.len() + 1).sum::<usize>();
        let nodes_affordable = WORK_MAX / u64::try_from(work).unwrap_or(u64::MAX).max(1);
        let rows = rows.into_iter().map(|row| knapsack(model, &row)).collect();
        let (values, best_objective) = (vec![None; count], i64::MIN);
        Self { model, rows, columns, order, values, best: None, best_objective, nodes_affordable }
    }

    /// Searches the whole tree (`None`), or stops at the node limit and returns a bound on what is left.
    fn run(&mut self, nodes_max: u64) -> Option<i64> {
        let count = self.order.len();
        let nodes_max = nodes_max.min(self.nodes_affordable);
        // For each depth on the path: the bound of its node and whether the second branch is still open.
        let mut path: Vec<(i64, bool)> = Vec::with_capacity(count);
        let mut nodes = 0_u64;
        loop {
            nodes += 1;
            let bound = self.bound().filter(|bound| self.best.is_none() || *bound > self.best_objective);
            if nodes > nodes_max {
                let open = path.iter().filter(|(_, open)| *open).map(|(bound, _)| *bound);
                return open.chain(bound).max();
            }
            match bound {
                Some(bound) if path.len() < count => {
                    self.assign(self.order[path.len()], true);
                    path.push((bound, true));
                }
                Some(_) => {
                    self.record();
                    if !self.backtrack(&mut path) {
                        return None;
                    }
                }
                None => {
                    if !self.backtrack(&mut path) {
                        return None;
                    }
                }
            }
        }
    }

    /// Turns to the next open branch; `false` when the tree is done.
    fn backtrack(&mut self, path: &mut Vec<(i64, bool)>) -> bool {
        while let Some((bound, open)) = path.pop() {
            let variable = self.order[path.len()];
            self.release(variable);
            if open && (self.best.is_none() || bound > self.best_objective) {
                self.assign(variable, false);
                path.push((bound, false));
                return true;
            }
        }
        false
    }

    fn record(&mut self) {
        let values: Vec<bool> = self.values.iter().map(|value| *value == Some(true)).collect();
        self.best_objective = self.model.value(&values);
        self.best = Some(values);
    }

    fn assign(&mut self, variable: usize, value: bool) {
        for (row, coefficient) in &self.columns[variable] {
            self.rows[*row].slack -= used(*coefficient, value);
        }
        self.values[variable] = Some(value);
    }

    fn release(&mut self, variable: usize) {
        let value = self.values[variable].take() == Some(true);
        for (row, coefficient) in &self.columns[variable] {
            self.rows[*row].slack += used(*coefficient, value);
        }
    }

    /// No completion of this node is worth more; `None` when none satisfies the rows.
    fn bound(&self) -> Option<i64> {
        if self.rows.iter().any(|row| row.slack < 0) {
            return None;
        }
        let free_best = |points: i64| i128::from(points.max(0));
        let optimistic: i128 =
            self.model.objective().iter().zip(&self.values).fold(0, |sum, (points, value)| {
                sum + match value {
                    Some(true) => i128::from(*points),
                    Some(false) => 0,
                    None => free_best(*points),
                }
            });
        let least = self.rows.iter().map(|row| optimistic - self.lost(row)).min().unwrap_or(optimistic);
        // Sums of the checked model fit an i64.
        Some(i64::try_from(least).unwrap_or(i64::MAX))
    }

    /// What one row alone forces us to give up of the optimistic value, rounded down.
    fn lost(&self, row: &Knapsack) -> i128 {
        let mut slack = row.slack;
        let mut lost = 0;
        for (variable, weight) in row.items.iter().filter(|(variable, _)| self.values[*variable].is_none()) {
            let gain = i128::from(self.model.objective()[*variable]).abs();
            if *weight <= slack {
                slack -= weight;
            } else {
                lost += gain - gain * slack / weight;
                slack = 0;
            }
        }
        lost
    }
}

/// How much slack a decision uses, counted from the cheaper value of the variable.
fn used(coefficient: i128, value: bool) -> i128 {
    match (coefficient > 0, value) {
        (true, true) => coefficient,
        (false, false) => -coefficient,
        _ => 0,
    }
}

fn at_most_rows(model: &BinaryModel) -> Vec<AtMost> {
    let mut rows = Vec::new();
    for row in model.rows() {
        let signed = |sign: i128| {
            let term = |(variable, coefficient): &(usize, i64)| (*variable, sign * i128::from(*coefficient));
            AtMost { terms: row.terms.iter().map(term).collect(), rhs: sign * i128::from(row.rhs) }
        };
        if row.relation != Relation::AtLeast {
            rows.push(signed(1));
        }
        if row.relation != Relation::AtMost {
            rows.push(signed(-1));
        }
    }
    rows
}

impl AtMost {
    /// Right-hand side minus the least sum over all plans.
    fn slack(&self) -> i128 {
        self.rhs - self.terms.iter().map(|(_, coefficient)| (*coefficient).min(0)).sum::<i128>()
    }
}

fn knapsack(model: &BinaryModel, row: &AtMost) -> Knapsack {
    let gain = |variable: usize| i128::from(model.objective()[variable]);
    let bears = |(variable, coefficient): &&(usize, i128)| gain(*variable) * coefficient.signum() > 0;
    let mut items: Vec<(usize, i128)> = row
        .terms
        .iter()
        .filter(bears)
        .map(|(variable, coefficient)| (*variable, coefficient.abs()))
        .collect();
    items.sort_by(|a, b| {
        let (left, right) = (gain(a.0).abs() * b.1, gain(b.0).abs() * a.1);
        right.cmp(&left).then(a.0.cmp(&b.0))
    });
    Knapsack { items, slack: row.slack() }
}

/// The sum of all rows, each multiplied so that the slacks are of one size. A true condition because
/// multipliers are positive; often the tightest single one. Empty when its numbers would grow too large.
fn surrogate(rows: &[AtMost], count: usize) -> AtMost {
    let largest = rows.iter().map(|row| row.slack().max(1)).max().unwrap_or(1);
    let (mut sums, mut rhs) = (vec![0_i128; count], 0_i128);
    for row in rows {
        let by = (largest / row.slack().max(1)).clamp(1, 1_000_000);
        for (variable, coefficient) in &row.terms {
            sums[*variable] += by * coefficient;
        }
        rhs += by * row.rhs;
    }
    let size: i128 = sums.iter().map(|sum| sum.abs()).sum::<i128>() + rhs.abs();
    if size > SURROGATE_MAX {
        return AtMost { terms: Vec::new(), rhs: 0 };
    }
    AtMost { terms: sums.into_iter().enumerate().filter(|(_, sum)| *sum != 0).collect(), rhs }
}

/// Most promising first: gain per weight in the weighted row; variables without weight lead.
fn branching_order(model: &BinaryModel, terms: &[(usize, i128)]) -> Vec<usize> {
    let mut weights = vec![1; model.objective().len()];
    for (variable, coefficient) in terms {
        weights[*variable] = (*coefficient).max(1);
    }
    let gain = |variable: usize| i128::from(model.objective()[variable]);
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by(|a, b| {
        let (left, right) = (gain(*a) * weights[*b], gain(*b) * weights[*a]);
        right.cmp(&left).then(a.cmp(b))
    });
    order
}

#[cfg(test)]
mod tests;
