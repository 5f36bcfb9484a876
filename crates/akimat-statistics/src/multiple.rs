//! Many tests at once.

/// Holm's adjusted p-values (1979): the chance of any false finding stays below the level.
pub fn holm(p: &[f64]) -> Vec<f64> {
    let order = order(p);
    let (mut adjusted, mut largest) = (vec![0.0; p.len()], 0.0_f64);
    for (place, at) in order.iter().enumerate() {
        largest = largest.max((p.len() - place) as f64 * p[*at]).min(1.0);
        adjusted[*at] = largest;
    }
    adjusted
}

/// Adjusted p-values of Benjamini and Hochberg (1995): the expected share of false findings stays below the level.
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let order = order(p);
    let (mut adjusted, mut smallest) = (vec![0.0; p.len()], 1.0_f64);
    for (place, at) in order.iter().enumerate().rev() {
        smallest = smallest.min(p.len() as f64 / (place + 1) as f64 * p[*at]);
        adjusted[*at] = smallest;
    }
    adjusted
}

fn order(p: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adjusted_values_are_ordered_and_at_most_one() {
        assert_eq!(holm(&[0.01, 0.04, 0.03, 0.9]), [0.04, 0.09, 0.09, 0.9]);
        let got = benjamini_hochberg(&[0.01, 0.04, 0.03, 0.9]);
        let want = [0.04, 0.16 / 3.0, 0.16 / 3.0, 0.9];
        assert!(got.iter().zip(want).all(|(a, b)| (a - b).abs() < 1e-15), "{got:?}");
    }
}
