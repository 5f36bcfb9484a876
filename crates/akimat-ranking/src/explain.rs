//! Why one project stands before another, and what would turn them round.
//!
//! Difference: `V_i - V_k = Σ w (v_i - v_k)`. A single weight moved from `w` to `w'`, the others rescaled by
//! `(1 - w')/(1 - w)`, makes the two equal at `w' = -R/(d - R)`, where `d` is the difference of worth under that
//! criterion and `R` the mean difference under the others at their present proportions.

/// The difference of two projects.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// `w (v_i - v_k)` by criterion; they sum to the total.
    pub parts: Vec<f64>,
    /// `V_i - V_k`.
    pub total: f64,
    /// For each criterion, the weight at which the two are equal; `None` when no weight between 0 and 1 does it.
    pub turning: Vec<Option<f64>>,
    /// The smallest change of a single weight that makes them equal.
    pub smallest: Option<WeightChange>,
}

/// A change of one weight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeightChange {
    /// Which criterion.
    pub criterion: usize,
    /// Its weight.
    pub from: f64,
    /// Its weight at the turning point.
    pub to: f64,
}

/// Explains the difference of two projects by the worth of each under each criterion; weights sum to 1.
pub fn difference(weights: &[f64], worth_i: &[f64], worth_k: &[f64]) -> Difference {
    let apart: Vec<f64> = worth_i.iter().zip(worth_k).map(|(i, k)| i - k).collect();
    let parts: Vec<f64> = weights.iter().zip(&apart).map(|(weight, apart)| weight * apart).collect();
    let total: f64 = parts.iter().sum();
    let turning: Vec<Option<f64>> = (0..weights.len())
        .map(|at| {
            let rest = 1.0 - weights[at];
            if rest <= 1e-12 {
                return None;
            }
            let others: f64 = (0..parts.len()).filter(|k| *k != at).map(|k| parts[k]).sum::<f64>() / rest;
            let slope = apart[at] - others;
            let weight = -others / slope;
            (slope.abs() > 1e-15 && (0.0..=1.0).contains(&weight)).then_some(weight)
        })
        .collect();
    let changes = turning
        .iter()
        .enumerate()
        .filter_map(|(criterion, to)| to.map(|to| WeightChange { criterion, from: weights[criterion], to }));
    let smallest = changes.reduce(|best, change| {
        if (change.to - change.from).abs() < (best.to - best.from).abs() { change } else { best }
    });
    Difference { parts, total, turning, smallest }
}

/// Weights after one is set and the others are rescaled.
pub fn with_weight(weights: &[f64], change: WeightChange) -> Vec<f64> {
    let rest = 1.0 - weights[change.criterion];
    let scale = if rest > 0.0 { (1.0 - change.to) / rest } else { 0.0 };
    let set = |(at, weight): (usize, &f64)| if at == change.criterion { change.to } else { weight * scale };
    weights.iter().enumerate().map(set).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_change_makes_two_projects_equal() {
        let weights = [0.5, 0.3, 0.2];
        let (i, k) = ([0.8, 0.2, 0.5], [0.4, 0.9, 0.3]);
        let found = difference(&weights, &i, &k);
        assert!((found.total - (0.2 - 0.21 + 0.04)).abs() < 1e-12);
        let change = found.smallest.unwrap();
        let turned = with_weight(&weights, change);
        let value = |worth: &[f64; 3]| worth.iter().zip(&turned).map(|(v, w)| v * w).sum::<f64>();
        assert!((value(&i) - value(&k)).abs() < 1e-12);
        assert!((turned.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        for to in found.turning.iter().flatten() {
            assert!((to - change.from).abs() >= 0.0 && (0.0..=1.0).contains(to));
        }
    }

    #[test]
    fn who_is_better_everywhere_stays_before() {
        let found = difference(&[0.5, 0.5], &[0.9, 0.8], &[0.3, 0.2]);
        assert_eq!((found.smallest, found.turning), (None, vec![None, None]));
    }
}
