//! The little linear algebra that is needed: symmetric positive definite systems.

/// Solves `a x = b` by Cholesky's method; `a` is symmetric and positive definite, row by row. A pivot that is not
/// positive is taken as a tiny one.
pub(crate) fn solve(mut a: Vec<Vec<f64>>, b: &[f64]) -> Vec<f64> {
    let n = b.len();
    for j in 0..n {
        for k in 0..j {
            let ljk = a[j][k];
            a[j][j] -= ljk * ljk;
        }
        a[j][j] = a[j][j].max(1e-12).sqrt();
        let pivot = a[j][j];
        for i in j + 1..n {
            let (head, tail) = a.split_at_mut(i);
            let dot: f64 = tail[0][..j].iter().zip(&head[j][..j]).map(|(x, y)| x * y).sum();
            tail[0][j] = (tail[0][j] - dot) / pivot;
        }
    }
    let mut x = b.to_vec();
    for i in 0..n {
        let dot: f64 = a[i][..i].iter().zip(&x).map(|(l, v)| l * v).sum();
        x[i] = (x[i] - dot) / a[i][i];
    }
    for i in (0..n).rev() {
        let dot: f64 = (i + 1..n).map(|k| a[k][i] * x[k]).sum();
        x[i] = (x[i] - dot) / a[i][i];
    }
    x
}

/// 1 / (1 + e^-z).
pub(crate) fn sigmoid(z: f64) -> f64 {
    1.0 / (1.0 + (-z).exp())
}

/// Log-odds of a chance, kept away from certainty.
pub(crate) fn logit(p: f64) -> f64 {
    let p = p.clamp(0.005, 0.995);
    (p / (1.0 - p)).ln()
}

/// Mean; 0 of nothing.
pub(crate) fn mean(values: &[f64]) -> f64 {
    if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / values.len() as f64 }
}

/// Quantile by linear interpolation between order statistics (Hyndman and Fan's type 7); `sorted` is not empty.
pub(crate) fn quantile(sorted: &[f64], level: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let at = level.clamp(0.0, 1.0) * last as f64;
    let below = (0..=last).rev().find(|i| *i as f64 <= at).unwrap_or(0);
    let above = (below + 1).min(last);
    sorted[below] + (at - below as f64) * (sorted[above] - sorted[below])
}

/// In rising order.
pub(crate) fn sorted(values: &[f64]) -> Vec<f64> {
    let mut list = values.to_vec();
    list.sort_by(f64::total_cmp);
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_solved() {
        let x = solve(vec![vec![4.0, 2.0], vec![2.0, 3.0]], &[2.0, 5.0]);
        assert!((x[0] + 0.5).abs() < 1e-12 && (x[1] - 2.0).abs() < 1e-12, "{x:?}");
    }

    #[test]
    fn quantiles_agree_with_numpy() {
        let list = [1.0, 2.0, 4.0, 8.0];
        assert!((quantile(&list, 0.5) - 3.0).abs() < 1e-12);
        assert!((quantile(&list, 0.9) - 6.8).abs() < 1e-12);
    }
}
