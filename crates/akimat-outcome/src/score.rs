//! How good predictions were: Brier, AUC, pinball, reliability, each with its standard error.

use serde::Serialize;

/// A mean with its standard error.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The mean.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
}

/// Predictions of about the same chance, and what happened.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ReliabilityBin {
    /// Mean predicted chance.
    pub predicted: f64,
    /// Share of events.
    pub observed: f64,
    /// Predictions.
    pub n: usize,
}

/// Mean and standard error of the mean.
pub fn estimate(values: &[f64]) -> Estimate {
    let n = values.len() as f64;
    let value = crate::algebra::mean(values);
    let spread = values.iter().map(|x| (x - value).powi(2)).sum::<f64>() / (n - 1.0).max(1.0);
    Estimate { value, error: (spread / n.max(1.0)).sqrt() }
}

/// Mean squared error of chances.
pub fn brier(chances: &[f64], events: &[bool]) -> Estimate {
    let errors: Vec<f64> =
        chances.iter().zip(events).map(|(p, y)| (p - f64::from(u8::from(*y))).powi(2)).collect();
    estimate(&errors)
}

/// Area under the ROC curve, ties counted half; standard error after Hanley and McNeil (Radiology 143, 1982).
/// `None` when all or none happened.
pub fn auc(chances: &[f64], events: &[bool]) -> Option<Estimate> {
    let of = |wanted: bool| -> Vec<f64> {
        chances.iter().zip(events).filter(|(_, y)| **y == wanted).map(|(p, _)| *p).collect()
    };
    let (yes, no) = (of(true), of(false));
    if yes.is_empty() || no.is_empty() {
        return None;
    }
    let wins: f64 = yes
        .iter()
        .map(|p| {
            let below = no.iter().filter(|q| *q < p).count() as f64;
            below + no.iter().filter(|q| *q == p).count() as f64 / 2.0
        })
        .sum();
    let (n1, n0) = (yes.len() as f64, no.len() as f64);
    let a = wins / (n1 * n0);
    let (q1, q2) = (a / (2.0 - a), 2.0 * a * a / (1.0 + a));
    let variance = (a * (1.0 - a) + (n1 - 1.0) * (q1 - a * a) + (n0 - 1.0) * (q2 - a * a)) / (n1 * n0);
    Some(Estimate { value: a, error: variance.max(0.0).sqrt() })
}

/// Mean pinball loss of a quantile.
pub fn pinball(quantiles: &[f64], outcomes: &[f64], level: f64) -> Estimate {
    let loss = |(q, y): (&f64, &f64)| if y >= q { level * (y - q) } else { (1.0 - level) * (q - y) };
    estimate(&quantiles.iter().zip(outcomes).map(loss).collect::<Vec<_>>())
}

/// Chances in at most `bins` groups of equal size, the lowest first.
pub fn reliability(chances: &[f64], events: &[bool], bins: usize) -> Vec<ReliabilityBin> {
    let mut pairs: Vec<(f64, bool)> = chances.iter().copied().zip(events.iter().copied()).collect();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let size = pairs.len().div_ceil(bins.max(1)).max(1);
    let bin = |group: &[(f64, bool)]| ReliabilityBin {
        predicted: group.iter().map(|(p, _)| p).sum::<f64>() / group.len() as f64,
        observed: group.iter().filter(|(_, y)| *y).count() as f64 / group.len() as f64,
        n: group.len(),
    };
    pairs.chunks(size).map(bin).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_count_half() {
        let auc = auc(&[0.1, 0.5, 0.5, 0.9], &[false, false, true, true]).expect("both happened");
        assert!((auc.value - 0.875).abs() < 1e-12);
    }

    #[test]
    fn brier_of_a_coin() {
        assert!((brier(&[0.5, 0.5], &[true, false]).value - 0.25).abs() < 1e-12);
    }
}
