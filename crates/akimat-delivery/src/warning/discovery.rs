//! Few false alarms among many projects: the procedure of Benjamini and Hochberg, all at once or in one pass.
//!
//! # Source
//! Y. Benjamini and Y. Hochberg, Controlling the False Discovery Rate, Journal of the Royal Statistical Society B 57, 1995,
//! 289-300.

use super::{float, len, whole};

/// Which of these chances are alarms when a share `rate` of false ones among the alarms is accepted.
pub fn benjamini_hochberg(chances: &[f64], rate: f64) -> Vec<bool> {
    let limit = limit(chances, rate);
    chances.iter().map(|p| limit.is_some_and(|limit| *p <= limit)).collect()
}

/// The greatest chance that is an alarm: the last p(k) with p(k) <= k / m · rate.
fn limit(chances: &[f64], rate: f64) -> Option<f64> {
    let mut sorted: Vec<f64> = chances.to_vec();
    sorted.sort_by(f64::total_cmp);
    let m = whole(len(&sorted));
    let fits = |(at, p): &(usize, &f64)| **p <= float(i64::try_from(at + 1).unwrap_or(0)) / m * rate;
    sorted.iter().enumerate().rfind(fits).map(|(_, p)| *p)
}

/// Counts chances as they come, in bounded memory: the limit is one of a fixed ladder of chances, so that it is never
/// above that of the whole procedure.
#[derive(Clone, Debug, PartialEq)]
pub struct Tally {
    rate: f64,
    n: u64,
    /// Chances at or below each rung.
    rungs: Vec<u64>,
}

/// Rungs of the ladder, twenty for each power of ten.
const RUNGS: usize = 240;

impl Tally {
    /// Nothing counted yet.
    pub fn new(rate: f64) -> Self {
        Self { rate, n: 0, rungs: vec![0; RUNGS] }
    }

    /// From 1 down to 10^-12, times the rate.
    fn rung(&self, at: usize) -> f64 {
        self.rate * 10_f64.powf(-float(i64::try_from(at).unwrap_or(0)) / 20.0)
    }

    /// Counts one.
    pub fn add(&mut self, chance: f64) {
        self.n += 1;
        for at in 0..RUNGS {
            if chance > self.rung(at) {
                break;
            }
            self.rungs[at] += 1;
        }
    }

    /// The greatest chance that is an alarm; 0 for none.
    pub fn limit(&self) -> f64 {
        let fits = |at: &usize| self.rung(*at) * whole(self.n) <= self.rate * whole(self.rungs[*at]);
        (0..RUNGS).find(|at| self.rungs[*at] > 0 && fits(at)).map_or(0.0, |at| self.rung(at))
    }
}
