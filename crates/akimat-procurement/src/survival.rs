//! How long stages last while some have not ended: the estimate of Kaplan and Meier with Greenwood's error.

use serde::Serialize;

/// One observed time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Spell {
    /// Length.
    pub days: u32,
    /// It ended by what is counted; otherwise it was only watched that long (censored).
    pub ended: bool,
}

/// A step of the curve: after so many days, so many are still going on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Step {
    /// After so many days.
    pub days: u32,
    /// Watched until then.
    pub at_risk: usize,
    /// Ended on that day.
    pub ended: usize,
    /// Share still going on, 0 to 1.
    pub share: f64,
    /// Standard error after Greenwood.
    pub error: f64,
    /// 95 per cent interval on the scale of log(-log), which stays inside 0 and 1.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

/// The curve.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Curve {
    /// Spells.
    pub n: usize,
    /// Of which censored.
    pub n_censored: usize,
    /// Steps in the order of days; only days on which something ended.
    pub steps: Vec<Step>,
    /// Half have ended after so many days; `None` while more than half go on.
    pub median: Option<u32>,
}

/// Fewest spells from which a curve is drawn.
pub const SPELLS_MIN: usize = 5;
/// 97.5 per cent point of the standard normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// The curve of spells; ends come before censoring on the same day.
///
/// # Errors
/// How many there are, when there are fewer than [`SPELLS_MIN`].
pub fn estimate(spells: &[Spell]) -> Result<Curve, usize> {
    if spells.len() < SPELLS_MIN {
        return Err(spells.len());
    }
    let mut days: Vec<u32> = spells.iter().filter(|spell| spell.ended).map(|spell| spell.days).collect();
    days.sort_unstable();
    days.dedup();
    let (mut share, mut sum) = (1.0_f64, 0.0_f64);
    let mut steps = Vec::with_capacity(days.len());
    for day in days {
        let at_risk = spells.iter().filter(|spell| spell.days >= day).count();
        let ended = spells.iter().filter(|spell| spell.ended && spell.days == day).count();
        let (n, d) = (count(at_risk), count(ended));
        share *= 1.0 - d / n;
        sum += if at_risk > ended { d / (n * (n - d)) } else { 0.0 };
        let (low, high) = interval(share, sum);
        steps.push(Step { days: day, at_risk, ended, share, error: share * sum.sqrt(), low, high });
    }
    let median = steps.iter().find(|step| step.share <= 0.5 + 1e-12).map(|step| step.days);
    let n_censored = spells.iter().filter(|spell| !spell.ended).count();
    Ok(Curve { n: spells.len(), n_censored, steps, median })
}

fn interval(share: f64, sum: f64) -> (f64, f64) {
    if share <= 0.0 || share >= 1.0 {
        return (share, share);
    }
    let log = share.ln();
    let width = Z * sum.sqrt() / log.abs();
    (share.powf(width.exp()), share.powf((-width).exp()))
}

fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}
