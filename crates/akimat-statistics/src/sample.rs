//! Small sums over numbers, in an order that does not change.

/// Arithmetic mean; NaN of nothing.
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Sum of the squared deviations from the mean, with the correction of Chan for what rounding left in the mean.
pub fn squares(values: &[f64]) -> f64 {
    let mean = mean(values);
    let (sum, left) =
        values.iter().fold((0.0, 0.0), |(sum, left), x| (sum + (x - mean) * (x - mean), left + (x - mean)));
    sum - left * left / values.len() as f64
}

/// Variance with n - 1; NaN of fewer than two values.
pub fn variance(values: &[f64]) -> f64 {
    if values.len() < 2 { f64::NAN } else { squares(values) / (values.len() - 1) as f64 }
}

/// All values are the same, to the last digit that a float of their size has.
pub fn is_constant(values: &[f64]) -> bool {
    let (low, high) =
        values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), x| (l.min(*x), h.max(*x)));
    let is_told_apart = high - low > 1e-13 * low.abs().max(high.abs());
    !is_told_apart
}

/// Quantile between neighbours (type 7 of Hyndman and Fan 1996) of sorted values.
pub fn quantile(sorted: &[f64], share: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let place = share * last as f64;
    let below = (0..=last).rev().find(|at| *at as f64 <= place).unwrap_or(0);
    let above = (below + 1).min(last);
    sorted[below] + (place - below as f64) * (sorted[above] - sorted[below])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_lie_between_neighbours() {
        assert_eq!(quantile(&[1.0, 2.0, 3.0, 10.0], 0.25), 1.75);
        assert_eq!(quantile(&[5.0], 0.5), 5.0);
    }

    #[test]
    fn constants_are_seen_through_rounding() {
        assert!(is_constant(&[0.1 + 0.2, 0.3]) && is_constant(&[7.0]) && is_constant(&[]));
        assert!(!is_constant(&[1e-9, 2e-9]));
        assert!(squares(&[1e9 + 1.0, 1e9 + 2.0, 1e9 + 3.0]) == 2.0);
    }
}
