//! The best-worst method: weights from comparisons with the best and the worst criterion only.
//!
//! Sources: J. Rezaei, Best-worst multi-criteria decision-making method, Omega 53 (2015) 49-57; the linear model,
//! Omega 64 (2016) 126-130. Linear: minimise `ξ` subject to `|w_B - a_Bj w_j| <= ξ`, `|w_j - a_jW w_W| <= ξ`,
//! `Σ w = 1`, `w >= 0`; the ratio model asks `|w_B/w_j - a_Bj| <= ξ`, `|w_j/w_W - a_jW| <= ξ`.

use crate::Fault;
use crate::lp::Lp;

/// Criteria at most.
pub const SIZE_MAX: usize = 30;
/// Consistency indices by the comparison of the best with the worst, 1 to 9 (Rezaei 2015, table 1).
pub const CONSISTENCY_INDEX: [f64; 9] = [0.0, 0.44, 1.0, 1.63, 2.3, 3.0, 3.73, 4.47, 5.23];

/// What was compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Names of the criteria.
    pub names: Vec<String>,
    /// Which is the best.
    pub best: usize,
    /// Which is the worst.
    pub worst: usize,
    /// How many times the best is preferred to each.
    pub best_to_others: Vec<f64>,
    /// How many times each is preferred to the worst.
    pub others_to_worst: Vec<f64>,
}

/// Weights with what they say of themselves.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// Shares, they sum to 1.
    pub weights: Vec<f64>,
    /// Smallest and largest share of each criterion at the same `ξ`; equal when the answer is the only one.
    pub range: Vec<(f64, f64)>,
    /// The largest violation.
    pub xi: f64,
    /// `ξ / CI`; `None` when the best is compared with the worst by more than 9.
    pub cr: Option<f64>,
}

/// Result of BWM.
#[derive(Clone, Debug, PartialEq)]
pub struct Bwm {
    /// The linear model.
    pub linear: Weights,
    /// The ratio model of 2015; weights are the middles of their ranges.
    pub ratio: Weights,
    /// Consistency index used.
    pub ci: Option<f64>,
    /// Largest `|a_Bj a_jW - a_BW| / (a_BW² - a_BW)`: how far the answers themselves contradict one another, before
    /// any model (Liang, Brunelli and Rezaei, Omega 96 (2020) 102175).
    pub input_cr: f64,
    /// The criterion at which that largest contradiction stands.
    pub contradiction: Option<usize>,
}

/// Weights from comparisons.
///
/// # Errors
/// [`Fault::Length`], [`Fault::Judgement`] below 1 or not 1 against itself, [`Fault::TooMany`], [`Fault::TooFew`].
pub fn bwm(comparison: &Comparison) -> Result<Bwm, Fault> {
    check(comparison)?;
    let a_bw = comparison.best_to_others[comparison.worst];
    let ci = index(a_bw);
    let ratio_of = |xi: f64| match ci {
        Some(ci) if ci > 0.0 => Some(xi / ci),
        Some(_) => Some(0.0),
        None => None,
    };
    let (weights, xi) = linear(comparison)?;
    let range = ranges(comparison, &|j| linear_rows(comparison, Some(xi), j));
    let linear = Weights { range: range.unwrap_or_else(|| same(&weights)), weights, xi, cr: ratio_of(xi) };
    let (input_cr, contradiction) = contradiction(comparison, a_bw);
    let ratio = by_ratio(comparison);
    let ratio = Weights { cr: ratio_of(ratio.xi), ..ratio };
    Ok(Bwm { linear, ratio, ci, input_cr, contradiction })
}

fn same(weights: &[f64]) -> Vec<(f64, f64)> {
    weights.iter().map(|weight| (*weight, *weight)).collect()
}

fn check(comparison: &Comparison) -> Result<(), Fault> {
    let n = comparison.names.len();
    if n > SIZE_MAX {
        return Err(Fault::TooMany { field: "criteria".to_owned(), n, limit: SIZE_MAX });
    }
    if n < 2 {
        return Err(Fault::TooFew { field: "criteria".to_owned(), n, least: 2 });
    }
    let lists =
        [("best_to_others", &comparison.best_to_others), ("others_to_worst", &comparison.others_to_worst)];
    for (field, list) in lists {
        if list.len() != n {
            return Err(Fault::Length { field: field.to_owned(), n: list.len(), expected: n });
        }
        for (name, value) in comparison.names.iter().zip(list) {
            if !value.is_finite() || *value < 1.0 {
                return Err(Fault::Judgement { row: field.to_owned(), column: name.clone(), value: *value });
            }
        }
    }
    let own = [
        ("best_to_others", comparison.best_to_others[comparison.best], comparison.best),
        ("others_to_worst", comparison.others_to_worst[comparison.worst], comparison.worst),
    ];
    for (field, value, at) in own {
        if (value - 1.0).abs() > 1e-9 {
            return Err(Fault::Judgement {
                row: field.to_owned(),
                column: comparison.names[at].clone(),
                value,
            });
        }
    }
    let (a, b) = (comparison.best_to_others[comparison.worst], comparison.others_to_worst[comparison.best]);
    if (a - b).abs() > 1e-9 {
        let (row, column) =
            (comparison.names[comparison.best].clone(), comparison.names[comparison.worst].clone());
        return Err(Fault::NotReciprocal { row, column, value: a, mirrored: 1.0 / b });
    }
    Ok(())
}

/// The index of a comparison; between whole numbers on the straight line.
fn index(a_bw: f64) -> Option<f64> {
    let below = (1..=9_u8).rev().find(|at| f64::from(*at) <= a_bw)?;
    let low = CONSISTENCY_INDEX[usize::from(below) - 1];
    let rest = a_bw - f64::from(below);
    if rest <= 0.0 {
        return Some(low);
    }
    let high = CONSISTENCY_INDEX.get(usize::from(below))?;
    Some(low + (high - low) * rest)
}

fn contradiction(comparison: &Comparison, a_bw: f64) -> (f64, Option<usize>) {
    if a_bw <= 1.0 {
        return (0.0, None);
    }
    let products = comparison.best_to_others.iter().zip(&comparison.others_to_worst).enumerate();
    let apart = products.map(|(at, (a, b))| ((a * b - a_bw).abs() / (a_bw * a_bw - a_bw), at));
    let worst = apart
        .filter(|(_, at)| *at != comparison.best && *at != comparison.worst)
        .fold((0.0, None), |most, (apart, at)| if apart > most.0 { (apart, Some(at)) } else { most });
    (worst.0, worst.1)
}

/// Every pair of a greater criterion, a lesser one and how many times the greater is preferred.
fn pairs(comparison: &Comparison) -> Vec<(usize, usize, f64)> {
    let (best, worst) = (comparison.best, comparison.worst);
    let to_others = comparison.best_to_others.iter().enumerate();
    let to_others = to_others.filter(|(j, _)| *j != best).map(|(j, a)| (best, j, *a));
    let to_worst = comparison.others_to_worst.iter().enumerate();
    let to_worst = to_worst.filter(|(j, _)| *j != worst && *j != best).map(|(j, a)| (j, worst, *a));
    to_others.chain(to_worst).collect()
}

/// Rows of the linear model: `±(w_i - a w_k) - ξ <= 0`, `Σ w = 1`; `ξ` is the last variable, or bounded when known.
fn linear_rows(comparison: &Comparison, known: Option<f64>, cost_at: (usize, f64)) -> Lp {
    let n = comparison.names.len();
    let mut lp = Lp { cost: vec![0.0; n + 1], ..Lp::default() };
    lp.cost[cost_at.0] = cost_at.1;
    for (i, k, a) in pairs(comparison) {
        for sign in [1.0, -1.0] {
            let mut row = vec![0.0; n + 1];
            row[i] += sign;
            row[k] -= sign * a;
            row[n] = -1.0;
            lp.at_most.push((row, 0.0));
        }
    }
    let mut all = vec![1.0; n + 1];
    all[n] = 0.0;
    lp.equal.push((all, 1.0));
    if let Some(xi) = known {
        let mut row = vec![0.0; n + 1];
        row[n] = 1.0;
        lp.at_most.push((row, xi + 1e-12));
    }
    lp
}

fn linear(comparison: &Comparison) -> Result<(Vec<f64>, f64), Fault> {
    let n = comparison.names.len();
    let unreadable =
        || Fault::Unreadable { field: "best_to_others".to_owned(), found: "no answer".to_owned() };
    let mut answer = linear_rows(comparison, None, (n, 1.0)).solve().ok_or_else(unreadable)?;
    let xi = answer.pop().unwrap_or(0.0);
    Ok((answer, xi))
}

/// Smallest and largest share of each criterion under rows that a cost may be put on.
fn ranges(comparison: &Comparison, rows: &dyn Fn((usize, f64)) -> Lp) -> Option<Vec<(f64, f64)>> {
    let end = |j: usize, sign: f64| rows((j, sign)).solve().map(|answer| answer[j]);
    (0..comparison.names.len()).map(|j| Some((end(j, 1.0)?, end(j, -1.0)?))).collect()
}

/// The ratio model: the smallest `ξ` for which weights exist, by halving; then the middle of each range.
fn by_ratio(comparison: &Comparison) -> Weights {
    let rows = |xi: f64, cost_at: (usize, f64)| {
        let n = comparison.names.len();
        let mut lp = Lp { cost: vec![0.0; n], ..Lp::default() };
        lp.cost[cost_at.0] = cost_at.1;
        for (i, k, a) in pairs(comparison) {
            // w_i <= (a + ξ) w_k, and w_i >= (a - ξ) w_k where that says anything.
            let mut row = vec![0.0; n];
            row[i] = 1.0;
            row[k] = -(a + xi);
            lp.at_most.push((row, 0.0));
            if a > xi {
                let mut row = vec![0.0; n];
                row[i] = -1.0;
                row[k] = a - xi;
                lp.at_most.push((row, 0.0));
            }
        }
        lp.equal.push((vec![1.0; n], 1.0));
        lp
    };
    let (mut low, mut high) = (0.0, 10.0);
    if rows(1e-12, (0, 0.0)).solve().is_some() {
        high = 1e-12;
    }
    while high - low > 1e-12 {
        let middle = f64::midpoint(low, high);
        if rows(middle, (0, 0.0)).solve().is_some() {
            high = middle;
        } else {
            low = middle;
        }
    }
    // A hair above the smallest, so that rounding does not close the door.
    let range = ranges(comparison, &|cost_at| rows(high + 1e-9, cost_at)).unwrap_or_default();
    let weights: Vec<f64> = range.iter().map(|(low, high)| f64::midpoint(*low, *high)).collect();
    let sum: f64 = weights.iter().sum();
    let weights = weights.iter().map(|weight| weight / sum).collect();
    Weights { weights, range, xi: high, cr: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comparison(names: &str, best: usize, worst: usize, lists: (&[f64], &[f64])) -> Comparison {
        Comparison {
            names: names.split(' ').map(str::to_owned).collect(),
            best,
            worst,
            best_to_others: lists.0.to_vec(),
            others_to_worst: lists.1.to_vec(),
        }
    }

    #[track_caller]
    fn near(found: &[f64], due: &[f64], by: f64) {
        assert_eq!(found.len(), due.len());
        for (found, due) in found.iter().zip(due) {
            assert!((found - due).abs() <= by, "{found} {due}");
        }
    }

    /// Rezaei (2015), section 5.1, the transportation mode: 0.0714, 0.3387, 0.5899, ξ 0.26, ratio 0.058.
    #[test]
    fn the_transport_of_rezaei() {
        let asked = comparison("flexibility access cost", 2, 0, (&[8.0, 2.0, 1.0], &[1.0, 5.0, 8.0]));
        let found = bwm(&asked).unwrap();
        near(&found.ratio.weights, &[0.0714, 0.3387, 0.5899], 5e-5);
        // ξ = 4 - √14 follows from (2 - ξ)(5 - ξ) = 8 + ξ.
        near(&[found.ratio.xi, found.ratio.cr.unwrap()], &[4.0 - 14.0_f64.sqrt(), 0.0578], 5e-5);
        let sum: f64 = found.linear.weights.iter().sum();
        assert!((sum - 1.0).abs() < 1e-12);
        assert!(found.linear.range.iter().all(|(low, high)| high - low < 1e-9), "{:?}", found.linear);
    }

    #[test]
    fn consistent_answers_give_their_weights_back() {
        let asked = comparison("a b c d", 0, 3, (&[1.0, 2.0, 4.0, 8.0], &[8.0, 4.0, 2.0, 1.0]));
        let found = bwm(&asked).unwrap();
        let due = [8.0 / 15.0, 4.0 / 15.0, 2.0 / 15.0, 1.0 / 15.0];
        near(&found.linear.weights, &due, 1e-12);
        near(&found.ratio.weights, &due, 1e-7);
        near(&[found.linear.xi, found.input_cr], &[0.0, 0.0], 1e-12);
    }

    #[test]
    fn answers_that_contradict_are_refused() {
        let refuse = |lists: (&[f64], &[f64])| bwm(&comparison("a b", 0, 1, lists)).unwrap_err().code();
        assert_eq!(refuse((&[1.0, 8.0], &[7.0, 1.0])), "not-reciprocal");
        assert_eq!(refuse((&[2.0, 8.0], &[8.0, 1.0])), "judgement");
        assert_eq!(refuse((&[1.0, 0.5], &[0.5, 1.0])), "judgement");
    }
}
