//! Chances that keep their word: Platt's line on scores of unseen projects, then the drift of the base rate.

use crate::algebra::sigmoid;

/// The line is drawn towards "the score is right" by this many pseudo-observations of typical information.
const TRUST: f64 = 20.0;
/// The drift is drawn towards none by this many.
const STEADY: f64 = 10.0;
/// An approval loses a factor e of its weight in so many years.
const FADE_YEARS: f64 = 3.0;

/// Chance = 1 / (1 + exp(-(slope · score + shift))).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Calibration {
    pub(crate) slope: f64,
    pub(crate) shift: f64,
}

impl Calibration {
    /// From scores of unseen projects, what happened, and when they were approved.
    pub(crate) fn learn(scores: &[f64], events: &[f64], at: &[f64]) -> Self {
        let (mut slope, mut shift) = (1.0, 0.0);
        for _ in 0..50 {
            let (mut g, mut h) =
                ([TRUST * 0.25 * (1.0 - slope), -STEADY * 0.25 * shift], [TRUST * 0.25, 0.0, STEADY * 0.25]);
            for (score, y) in scores.iter().zip(events) {
                let p = sigmoid(slope * score + shift);
                let w = p * (1.0 - p);
                g[0] += (y - p) * score;
                g[1] += y - p;
                h[0] += w * score * score;
                h[1] += w * score;
                h[2] += w;
            }
            let det = h[0] * h[2] - h[1] * h[1];
            slope += (h[2] * g[0] - h[1] * g[1]) / det;
            shift += (h[0] * g[1] - h[1] * g[0]) / det;
        }
        let mut fitted = Self { slope: slope.clamp(0.3, 1.5), shift };
        fitted.shift += fitted.drift(scores, events, at);
        fitted
    }

    pub(crate) fn chance(self, score: f64) -> f64 {
        sigmoid(self.slope * score + self.shift)
    }

    /// By how much the log-odds of the latest approvals lie above what the line says.
    fn drift(self, scores: &[f64], events: &[f64], at: &[f64]) -> f64 {
        let now = at.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let weights: Vec<f64> = at.iter().map(|at| ((at - now) / FADE_YEARS).exp()).collect();
        let mut drift = 0.0;
        for _ in 0..30 {
            let (mut g, mut h) = (-drift * STEADY * 0.25, STEADY * 0.25);
            for ((score, y), weight) in scores.iter().zip(events).zip(&weights) {
                let p = sigmoid(self.slope * score + self.shift + drift);
                g += weight * (y - p);
                h += weight * p * (1.0 - p);
            }
            drift += g / h;
        }
        drift
    }
}
