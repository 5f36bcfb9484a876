//! Exact shares, rounded to the tiyn by one published rule.

/// Divides: every part is at least its exact share `numerators[i] / denominator` rounded down, and the tiyn
/// that are missing to `total` go to the largest remainders; of equal remainders the first.
///
/// The exact shares must sum to `total`; the denominator is positive.
pub(crate) fn round_to_sum(numerators: &[i128], denominator: i128, total: i128) -> Vec<i128> {
    let mut parts: Vec<i128> = numerators.iter().map(|n| n.div_euclid(denominator)).collect();
    let mut order: Vec<usize> = (0..numerators.len()).collect();
    order.sort_by_key(|&at| (-numerators[at].rem_euclid(denominator), at));
    let left = total - parts.iter().sum::<i128>();
    for at in order.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        parts[at] += 1;
    }
    parts
}

/// Divides an amount in proportion to weights that are not negative; equally when all are zero.
pub(crate) fn apportion(amount: i128, weights: &[i128]) -> Vec<i128> {
    let sum: i128 = weights.iter().sum();
    if weights.is_empty() {
        return Vec::new();
    }
    if sum <= 0 {
        return apportion(amount, &vec![1; weights.len()]);
    }
    let numerators: Vec<i128> = weights.iter().map(|weight| amount * weight).collect();
    round_to_sum(&numerators, sum, amount)
}

/// The same proportions with a sum small enough for products of three factors. Sums up to ten thousand
/// million stay as they are.
pub(crate) fn scaled(weights: &[i128]) -> Vec<i128> {
    const SUM_MAX: i128 = 10_000_000_000;
    let sum: i128 = weights.iter().sum();
    let divisor = sum / SUM_MAX + 1;
    if divisor == 1 {
        return weights.to_vec();
    }
    // What is not nothing stays at least one.
    weights.iter().map(|weight| (weight / divisor).max(i128::from(*weight > 0))).collect()
}

/// A share in basis points, halves away from zero.
pub(crate) fn of_bp(amount: i128, bp: i64) -> i128 {
    divide(amount * i128::from(bp), 10_000)
}

/// A quotient, halves away from zero; the denominator is positive.
pub(crate) fn divide(numerator: i128, denominator: i128) -> i128 {
    let half = denominator / 2;
    if numerator < 0 { -((half - numerator) / denominator) } else { (numerator + half) / denominator }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_sum_to_the_whole_and_ties_go_to_the_first() {
        assert_eq!(apportion(100, &[1, 1, 1]), [34, 33, 33]);
        assert_eq!(apportion(101, &[1, 1, 1]), [34, 34, 33]);
        assert_eq!(apportion(-100, &[1, 1, 1]), [-33, -33, -34]);
        assert_eq!(apportion(7, &[0, 0]), [4, 3]);
        assert_eq!(apportion(10, &[1, 3, 0]), [3, 7, 0], "2.5 and 7.5: the first half goes up");
        assert_eq!(apportion(10, &[]), Vec::<i128>::new());
    }

    #[test]
    fn halves_go_away_from_zero() {
        assert_eq!((of_bp(5, 5_000), of_bp(-5, 5_000), of_bp(4, 5_000)), (3, -3, 2));
        assert_eq!((divide(-7, 2), divide(7, 2), divide(-1, 3)), (-4, 4, 0));
    }

    #[test]
    fn large_weights_keep_their_proportions() {
        let parts = apportion(1_000_000, &[900_000_000_000_000_000, 100_000_000_000_000_000]);
        assert_eq!(parts, [900_000, 100_000]);
        assert_eq!(scaled(&[3, 4]), [3, 4]);
        assert_eq!(scaled(&[1, 99_999_999_999]), [1, 9_090_909_090]);
    }
}
