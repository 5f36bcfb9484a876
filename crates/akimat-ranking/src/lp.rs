//! A small linear programme, solved by the simplex method with Bland's rule, so that it ends and always at one corner.

/// Numbers below this are zero.
const EPSILON: f64 = 1e-11;

/// `minimise c x` subject to `A x <= b` (b not below zero), `E x = f` (f not below zero), `x >= 0`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lp {
    pub(crate) cost: Vec<f64>,
    pub(crate) at_most: Vec<(Vec<f64>, f64)>,
    pub(crate) equal: Vec<(Vec<f64>, f64)>,
}

struct Tableau {
    /// Rows of coefficients, the right side last.
    rows: Vec<Vec<f64>>,
    basis: Vec<usize>,
    width: usize,
}

impl Lp {
    /// The corner where the cost is least; `None` when there is none.
    pub(crate) fn solve(&self) -> Option<Vec<f64>> {
        let (n, slacks) = (self.cost.len(), self.at_most.len());
        let width = n + slacks + self.equal.len();
        let mut rows = Vec::new();
        for (at, (row, right)) in self.at_most.iter().enumerate() {
            rows.push(padded(row, (n + at, width), *right));
        }
        for (at, (row, right)) in self.equal.iter().enumerate() {
            rows.push(padded(row, (n + slacks + at, width), *right));
        }
        let mut tableau = Tableau { rows, basis: (n..width).collect(), width };
        let artificial = |at: usize| if at >= n + slacks { 1.0 } else { 0.0 };
        tableau.minimise(&(0..width).map(artificial).collect::<Vec<_>>(), width)?;
        if tableau.basis.iter().zip(&tableau.rows).any(|(at, row)| *at >= n + slacks && row[width] > 1e-9) {
            return None;
        }
        // One that stays in at zero would be free to grow again.
        for at in 0..tableau.rows.len() {
            if tableau.basis[at] >= n + slacks
                && let Some(column) = (0..n + slacks).find(|column| tableau.rows[at][*column].abs() > 1e-9)
            {
                tableau.pivot(at, column);
            }
        }
        let mut cost = self.cost.clone();
        cost.resize(width, 0.0);
        tableau.minimise(&cost, n + slacks)?;
        let mut answer = vec![0.0; n];
        for (at, row) in tableau.basis.iter().zip(&tableau.rows) {
            if *at < n {
                answer[*at] = row[width];
            }
        }
        Some(answer)
    }
}

fn padded(row: &[f64], (own, width): (usize, usize), right: f64) -> Vec<f64> {
    let mut padded = row.to_vec();
    padded.resize(width + 1, 0.0);
    padded[own] = 1.0;
    padded[width] = right;
    padded
}

impl Tableau {
    /// Walks to the corner of least cost through the first `free` columns; `None` when the cost falls for ever.
    fn minimise(&mut self, cost: &[f64], free: usize) -> Option<()> {
        loop {
            let reduced = |column: usize| {
                let based: f64 =
                    self.basis.iter().zip(&self.rows).map(|(at, row)| cost[*at] * row[column]).sum();
                cost[column] - based
            };
            let Some(enter) = (0..free).find(|column| reduced(*column) < -EPSILON) else { return Some(()) };
            let mut leave: Option<(usize, f64)> = None;
            for (at, row) in self.rows.iter().enumerate().filter(|(_, row)| row[enter] > EPSILON) {
                let ratio = row[self.width] / row[enter];
                let better = leave.is_none_or(|(best, least)| {
                    ratio < least - EPSILON || ratio < least + EPSILON && self.basis[at] < self.basis[best]
                });
                if better {
                    leave = Some((at, ratio));
                }
            }
            self.pivot(leave?.0, enter);
        }
    }

    fn pivot(&mut self, at: usize, column: usize) {
        let by = self.rows[at][column];
        self.rows[at].iter_mut().for_each(|value| *value /= by);
        let own = self.rows[at].clone();
        for (other, row) in self.rows.iter_mut().enumerate() {
            let times = row[column];
            if other != at && times != 0.0 {
                row.iter_mut().zip(&own).for_each(|(value, own)| *value -= times * own);
                row[column] = 0.0;
            }
        }
        self.basis[at] = column;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// F. S. Hillier and G. J. Lieberman, the Wyndor Glass example: 36 at (2, 6).
    #[test]
    fn the_glass_of_wyndor() {
        let at_most = vec![(vec![1.0, 0.0], 4.0), (vec![0.0, 2.0], 12.0), (vec![3.0, 2.0], 18.0)];
        let lp = Lp { cost: vec![-3.0, -5.0], at_most, equal: vec![] };
        let found = lp.solve().unwrap();
        assert!((found[0] - 2.0).abs() < 1e-9 && (found[1] - 6.0).abs() < 1e-9);
        let none = Lp { equal: vec![(vec![1.0, 1.0], 30.0)], ..lp };
        assert!(none.solve().is_none());
    }
}
