//! Ranges that hold: quantiles of the errors on unseen projects, wider where errors were wider.
//!
//! Split conformal prediction with normalised residuals: Lei and others, Distribution-free predictive inference for
//! regression, Journal of the American Statistical Association 113 (2018).

use crate::algebra::{mean, quantile, sorted};

/// Errors of unseen projects in units of their usual size.
#[derive(Clone, Debug)]
pub(crate) struct Conformal {
    ratios: Vec<f64>,
    level: f64,
    slope: f64,
    usual: f64,
    centre: f64,
}

impl Conformal {
    /// From predictions of unseen projects and what came out.
    pub(crate) fn learn(points: &[f64], outcomes: &[f64]) -> Self {
        let errors: Vec<f64> = outcomes.iter().zip(points).map(|(y, point)| y - point).collect();
        let sizes: Vec<f64> = errors.iter().map(|error| error.abs()).collect();
        let (centre, usual) = (mean(points), mean(&sizes).max(1e-9));
        let (mut across, mut along) = (0.0, 1e-9);
        for (point, size) in points.iter().zip(&sizes) {
            across += (point - centre) * (size - usual);
            along += (point - centre).powi(2);
        }
        // The slope is drawn towards none as if ten more errors were all of usual size.
        let slope = across / (along * (1.0 + 10.0 / points.len().max(1) as f64));
        let mut found = Self { ratios: Vec::new(), level: 0.0, slope, usual, centre };
        let ratios: Vec<f64> =
            points.iter().zip(&errors).map(|(point, error)| error / found.size(*point)).collect();
        found.ratios = sorted(&ratios);
        found.level = quantile(&found.ratios, 0.5);
        found
    }

    fn size(&self, point: f64) -> f64 {
        (self.usual + self.slope * (point - self.centre)).clamp(0.35 * self.usual, 3.0 * self.usual)
    }

    /// The point moved so that half of the errors lie on either side.
    pub(crate) fn median(&self, point: f64) -> f64 {
        let n = self.ratios.len() as f64;
        point + n / (n + 10.0) * self.level * self.size(point)
    }

    /// The range that holds `level` per cent. With n errors: unequal arms need n + 1 of them at 2/(1 - level) or
    /// more, equal arms 1/(1 - level); below that there is no such range.
    pub(crate) fn range(&self, point: f64, level: u8) -> Option<(f64, f64)> {
        let (n, outside, size) = (self.ratios.len(), 100 - usize::from(level.min(99)), self.size(point));
        let below = (n + 1) * outside / 200;
        if below >= 1 {
            return Some((point + size * self.ratios[below - 1], point + size * self.ratios[n - below]));
        }
        let beyond = (n + 1) * outside / 100;
        let arms = sorted(&self.ratios.iter().map(|ratio| ratio.abs()).collect::<Vec<_>>());
        let arm = beyond.checked_sub(1).and_then(|beyond| arms.get(n - 1 - beyond))?;
        Some((point - size * arm, point + size * arm))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(n: usize) -> Conformal {
        let errors: Vec<f64> = (0..n).map(|i| i as f64 - n as f64 / 2.0).collect();
        Conformal::learn(&vec![0.0; n], &errors)
    }

    #[test]
    fn a_level_needs_its_errors() {
        assert_eq!((of(3).range(0.0, 80), of(8).range(0.0, 90)), (None, None));
        assert!(of(4).range(0.0, 80).is_some() && of(9).range(0.0, 90).is_some());
    }

    #[test]
    fn ranges_hold_what_they_say_in_the_sample() {
        let many = of(999);
        let (low, high) = many.range(0.0, 80).expect("many errors");
        let inside = (0..999).filter(|i| (low..=high).contains(&(*i as f64 - 499.5))).count();
        assert_eq!(inside, 801);
    }
}
