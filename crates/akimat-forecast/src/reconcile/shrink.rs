//! The covariance of past errors drawn towards a diagonal one (Schäfer, Strimmer, A shrinkage approach to
//! large-scale covariance matrix estimation, Statistical Applications in Genetics and Molecular Biology 4, 2005),
//! never written out: with T vectors of errors everything needed lives in T dimensions.

use serde::Serialize;

/// Variances below this part of the largest one are raised to it: a node that never erred is no proof.
const VARIANCE_MIN: f64 = 1e-10;

/// What past errors say about the next ones: covariance = intensity * diagonal + (1 - intensity) * sample.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Shrunk {
    /// Mean squared error of each node; errors are not centred, because a bias is an error too.
    pub variances: Vec<f64>,
    /// Weight of the diagonal, 0 to 1.
    pub intensity: f64,
}

impl Shrunk {
    /// The covariance as a diagonal and vectors whose outer products are added to it.
    pub(super) fn split(self, errors: &[Vec<f64>]) -> (Vec<f64>, Vec<Vec<f64>>) {
        let n = errors.len() as f64;
        let factor = ((1.0 - self.intensity) / n).sqrt();
        let raised = raise(&self.variances);
        // The sample keeps its diagonal; what was raised goes into the part that is diagonal anyway.
        let diagonal = raised
            .iter()
            .zip(&self.variances)
            .map(|(raised, own)| self.intensity * own + (raised - own).max(0.0))
            .map(|value| value.max(VARIANCE_MIN * raised.iter().copied().fold(0.0, f64::max)));
        let diagonal = diagonal.collect();
        let factors = if factor > 0.0 {
            errors.iter().map(|error| error.iter().map(|value| factor * value).collect()).collect()
        } else {
            Vec::new()
        };
        (diagonal, factors)
    }
}

fn raise(variances: &[f64]) -> Vec<f64> {
    let largest = variances.iter().copied().fold(0.0, f64::max);
    // All errors zero: every node is as good as any other.
    let least = if largest > 0.0 { VARIANCE_MIN * largest } else { 1.0 };
    variances.iter().map(|variance| variance.max(least)).collect()
}

/// Variances of errors and the intensity of shrinkage:
/// `sum over i <> j of Var(r_ij) / sum over i <> j of r_ij²`, r the correlations, not centred.
///
/// `errors`: one vector of all nodes an origin, all of one length.
pub fn shrink(errors: &[Vec<f64>]) -> Shrunk {
    let n = errors.len() as f64;
    let n_nodes = errors.first().map_or(0, Vec::len);
    let variance = |node: usize| errors.iter().map(|error| error[node] * error[node]).sum::<f64>() / n;
    let variances: Vec<f64> = (0..n_nodes).map(variance).collect();
    let scaled: Vec<Vec<f64>> = errors
        .iter()
        .map(|error| {
            let scale =
                |(value, variance): (&f64, &f64)| if *variance > 0.0 { value / variance.sqrt() } else { 0.0 };
            error.iter().zip(&variances).map(scale).collect()
        })
        .collect();
    // Sums over all pairs of nodes, then without i = j; x_t: scaled errors of origin t.
    let squares: Vec<f64> = scaled.iter().map(|x| x.iter().map(|x| x * x).sum()).collect();
    let fourth: f64 = scaled.iter().flatten().map(|x| x.powi(4)).sum();
    let live = variances.iter().filter(|variance| **variance > 0.0).count() as f64;
    // sum over i, j of (sum over t of x_ti x_tj)² is the squared norm of the T x T matrix of products.
    let mut gram = 0.0;
    for one in &scaled {
        for other in &scaled {
            gram += one.iter().zip(other).map(|(a, b)| a * b).sum::<f64>().powi(2);
        }
    }
    let products = squares.iter().map(|square| square * square).sum::<f64>() - fourth;
    let correlations = gram - live * n * n;
    let spread = (products - correlations / n) / (n * (n - 1.0));
    let size = correlations / (n * n);
    let intensity = if size > 1e-12 && spread.is_finite() { (spread / size).clamp(0.0, 1.0) } else { 1.0 };
    Shrunk { variances, intensity }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_that_are_one_error_are_not_drawn_apart() {
        // Two nodes that always err together: r = 1 and does not vary only if all errors have one size.
        let same: Vec<Vec<f64>> = [1.0, -1.0, 1.0, -1.0].iter().map(|x| vec![*x, *x]).collect();
        assert!(shrink(&same).intensity < 1e-12);
        // A node without errors has no relation to anything.
        let dead: Vec<Vec<f64>> = [1.0, 2.0, -1.0].iter().map(|x| vec![*x, 0.0]).collect();
        let shrunk = shrink(&dead);
        assert_eq!(shrunk.intensity, 1.0);
        assert_eq!(shrunk.variances, [2.0, 0.0]);
    }
}
