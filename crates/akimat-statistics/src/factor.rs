//! One common factor by maximum likelihood (the EM steps of Rubin and Thayer 1982), for McDonald's omega.

use nalgebra::{DMatrix, DVector};

const STEPS_MAX: usize = 50_000;
/// A unique variance below this share of the item's variance is no proper solution (a Heywood case).
const HEYWOOD: f64 = 1e-4;

/// Omega total, (Σλ)² / ((Σλ)² + Σψ); nothing with fewer than three items or without a proper solution.
pub(crate) fn omega(covariance: &DMatrix<f64>) -> Option<f64> {
    if covariance.ncols() < 3 {
        return None;
    }
    let (loadings, unique) = one_factor(covariance)?;
    let common = loadings.sum() * loadings.sum();
    Some(common / (common + unique.sum()))
}

/// Loadings and unique variances.
fn one_factor(s: &DMatrix<f64>) -> Option<(DVector<f64>, DVector<f64>)> {
    let variances = s.diagonal();
    // Start from the sums of rows: with the sign of the item in the scale.
    let mut loadings = DVector::from_fn(s.ncols(), |at, _| s.row(at).sum() / s.sum().abs().sqrt());
    let mut unique = variances.map(|v| v * 0.5);
    for _ in 0..STEPS_MAX {
        let scaled = loadings.component_div(&unique);
        let spread = 1.0 / (1.0 + loadings.dot(&scaled));
        let weights = scaled * spread;
        let with_factor = s * &weights;
        let of_factor = spread + weights.dot(&with_factor);
        let next = &with_factor / of_factor;
        let next_unique = &variances - next.component_mul(&with_factor);
        if next_unique.iter().zip(&variances).any(|(u, v)| u.is_nan() || *u <= HEYWOOD * v) {
            return None;
        }
        let moved = (&next - &loadings).component_div(&variances.map(f64::sqrt)).amax();
        (loadings, unique) = (next, next_unique);
        if moved < 1e-14 {
            return Some((loadings, unique));
        }
    }
    None
}
