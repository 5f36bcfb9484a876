//! Counts that follow a negative binomial distribution whose mean is smoothed exponentially (Snyder, Ord, Beaumont,
//! "Forecasting the intermittent demand for slow-moving inventories: a modelling approach", International Journal of
//! Forecasting 28, 2012): whole numbers, never below zero, with a distribution at every step.
//!
//! Weight, dispersion and initial level by greatest likelihood. Seasons, where the counts show them, are factors on the
//! mean, estimated beforehand.

use crate::model::{FitError, History, Model, Path, checked};
use crate::normal;
use crate::optimise::nelder_mead;
use crate::season;

/// Negative binomial counts around an exponentially smoothed level.
#[derive(Clone, Copy, Debug)]
pub struct NegBin;

/// A fitted model.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    /// Weight of the newest count in the level, 0..1.
    pub alpha: f64,
    /// Inverse dispersion: the variance is the mean times `1 + 1/b`.
    pub b: f64,
    /// Expected count per period after the history, without season.
    pub level: f64,
    /// Factors of the coming steps, one season long; empty without season.
    factors: Vec<f64>,
}

/// Fewest points: three unknowns, three to spare.
const POINTS_MIN: usize = 6;
/// Counts above this are refused: whole numbers are no longer exact in the sums of the likelihood.
const COUNT_MAX: f64 = 1e9;
/// Bounds of the weight.
const WEIGHT: (f64, f64) = (0.001, 0.999);
/// Bounds of the logarithm of `b`: from a variance of a thousand times the mean to almost the mean.
const LOG_B: (f64, f64) = (-6.9, 6.9);
/// The initial level lies within this many powers of e of the mean count.
const LOG_LEVEL: (f64, f64) = (-3.0, 3.0);
/// Counts worth of evidence that a season is like the others.
const SEASON_PRIOR: f64 = 2.0;

impl Model for NegBin {
    fn code(&self) -> &'static str {
        "negbin"
    }

    fn predict(&self, history: &History<'_>, horizon: usize) -> Result<Path, FitError> {
        let fitted = fit(history)?;
        let moments = |h: usize| fitted.moments(h);
        checked(Path {
            points: (0..horizon).map(|h| moments(h).0).collect(),
            spreads: (0..horizon).map(|h| moments(h).1.sqrt()).collect(),
        })
    }
}

/// Fits the model.
///
/// # Errors
/// [`FitError::TooShort`] below six points; [`FitError::NotCounts`] when a value is negative, above a thousand million
/// or not whole.
pub fn fit(history: &History<'_>) -> Result<Fitted, FitError> {
    let values = history.values;
    let n = values.len();
    if n < POINTS_MIN {
        return Err(FitError::TooShort { have: n, need: POINTS_MIN });
    }
    if values.iter().any(|value| !(0.0..=COUNT_MAX).contains(value) || value.fract() != 0.0) {
        return Err(FitError::NotCounts);
    }
    let factors = factors(values, history.season);
    let factor = |t: usize| factors.get(t % factors.len().max(1)).copied().unwrap_or(1.0);
    let sum: f64 = values.iter().sum();
    if sum == 0.0 {
        // Nobody came: half a count in all the time is what Jeffreys' rule expects.
        return Ok(Fitted { alpha: WEIGHT.0, b: LOG_B.1.exp(), level: 0.5 / n as f64, factors: Vec::new() });
    }
    let mean = sum / n as f64;
    let loss = |p: &[f64; 3]| {
        let (alpha, b, mut level) = (p[0], p[1].exp(), mean * p[2].exp());
        // The logarithm of the probability without ln Γ(count + 1), which no unknown moves.
        let (mut loss, log_more) = (0.0, b.ln_1p());
        for (t, &value) in values.iter().enumerate() {
            let factor = factor(t);
            let size = b * level * factor;
            loss += size * (1.0 / b).ln_1p() + value * log_more - log_rising(size, value);
            level += alpha * (value / factor - level);
            level = level.max(1e-9 * mean);
        }
        loss
    };
    let search = |alpha: f64| nelder_mead([alpha, 0.0, 0.0], &[WEIGHT, LOG_B, LOG_LEVEL], 120, loss);
    let (slow, quick) = (search(0.1), search(0.5));
    let best = if slow.value <= quick.value { slow } else { quick };
    let (alpha, b) = (best.at[0], best.at[1].exp());
    let mut level = mean * best.at[2].exp();
    for (t, &value) in values.iter().enumerate() {
        level = (level + alpha * (value / factor(t) - level)).max(1e-9 * mean);
    }
    let factors = (0..factors.len()).map(|h| factor(n + h)).collect();
    Ok(Fitted { alpha, b, level, factors })
}

/// Share of each season in the counts against the moving average around it, drawn towards one; empty when the seasons
/// do not differ by more than chance.
fn factors(values: &[f64], period: usize) -> Vec<f64> {
    if !season::is_seasonal(values, period) {
        return Vec::new();
    }
    let mut sums = vec![(SEASON_PRIOR, SEASON_PRIOR); period];
    for (t, level, value) in season::detrended(values, period) {
        sums[t % period].0 += value;
        sums[t % period].1 += level;
    }
    let raw: Vec<f64> = sums.iter().map(|(counts, levels)| counts / levels).collect();
    let mean = raw.iter().sum::<f64>() / period as f64;
    raw.iter().map(|factor| (factor / mean).max(0.02)).collect()
}

impl Fitted {
    /// Mean and variance of the count at a step (0 is the next). The level wanders: each step adds the variance that
    /// one error leaves in it.
    fn moments(&self, step_idx: usize) -> (f64, f64) {
        let factor = self.factors.get(step_idx % self.factors.len().max(1)).copied().unwrap_or(1.0);
        let mean = self.level * factor;
        let wander = step_idx as f64 * self.alpha.powi(2) * self.level * (1.0 + 1.0 / self.b);
        (mean, mean * (1.0 + 1.0 / self.b) + factor.powi(2) * wander)
    }

    /// The smallest whole counts that are not exceeded with the given probabilities at a step (0 is the next): those of
    /// the negative binomial distribution with the mean and the variance of that step.
    ///
    /// Probabilities outside 0..1 are moved to its ends (0.0001 and 0.9999).
    pub fn quantiles(&self, step_idx: usize, probabilities: &[f64]) -> Vec<f64> {
        let (mean, variance) = self.moments(step_idx);
        probabilities.iter().map(|p| quantile(mean, variance, p.clamp(1e-4, 1.0 - 1e-4))).collect()
    }
}

/// ln Γ(size + count) − ln Γ(size): a product of a few factors where the count is small.
fn log_rising(size: f64, count: f64) -> f64 {
    if count > 12.0 {
        return log_gamma(size + count) - log_gamma(size);
    }
    let (mut product, mut k) = (1.0, 0.0);
    while k < count {
        product *= size + k;
        k += 1.0;
    }
    f64::ln(product)
}

/// Logarithm of the gamma function by Stirling's series, its argument raised above 8; relative error below 1e-12.
fn log_gamma(x: f64) -> f64 {
    let (mut x, mut product) = (x, 1.0);
    while x < 8.0 {
        product *= x;
        x += 1.0;
    }
    let inverse = 1.0 / (x * x);
    let series = 1.0 / 12.0
        - inverse * (1.0 / 360.0 - inverse * (1.0 / 1260.0 - inverse * (1.0 / 1680.0 - inverse / 1188.0)));
    (x - 0.5) * x.ln() - x + 0.5 * std::f64::consts::TAU.ln() + series / x - product.ln()
}

/// Quantile of the negative binomial distribution with a mean and a variance above it. Large means take the expansion of
/// Cornish and Fisher, whose third moment is enough there.
fn quantile(mean: f64, variance: f64, probability: f64) -> f64 {
    let excess = (variance - mean).max(1e-9 * mean);
    let (b, size) = (mean / excess, mean * mean / excess);
    let log_zero = -size * (1.0 / b).ln_1p();
    if mean > 2_000.0 || log_zero < -600.0 {
        let z = normal::quantile(probability);
        let skewness = (1.0 + 2.0 / b) / variance.sqrt();
        return (mean + variance.sqrt() * (z + (z * z - 1.0) * skewness / 6.0)).ceil().max(0.0);
    }
    let (mut count, mut probability_here) = (0.0, log_zero.exp());
    let mut below = probability_here;
    while below < probability && count < 1e6 {
        probability_here *= (size + count) / (count + 1.0) / (1.0 + b);
        count += 1.0;
        below += probability_here;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Logarithm of the probability of `count` with size `size` and variance `1 + 1/b` times the mean.
    fn log_probability(count: f64, size: f64, b: f64) -> f64 {
        log_rising(size, count) - log_gamma(count + 1.0) - size * (1.0 / b).ln_1p() - count * b.ln_1p()
    }

    #[test]
    fn probabilities_are_those_of_the_distribution() {
        // ln Γ(0.5) = ln √π; Γ(5) = 24.
        assert!((log_gamma(0.5) - std::f64::consts::PI.sqrt().ln()).abs() < 1e-12);
        assert!((log_gamma(5.0) - 24.0_f64.ln()).abs() < 1e-12);
        // Size 1 is the geometric distribution: with b = 1 each count has half the probability of the one before.
        assert!((log_probability(3.0, 1.0, 1.0) - (1.0_f64 / 16.0).ln()).abs() < 1e-12);
        let sum: f64 = (0..400).map(|k| log_probability(f64::from(k), 2.5, 0.4).exp()).sum();
        assert!((sum - 1.0).abs() < 1e-9, "{sum}");
    }

    /// Geometric with mean 1: P(X ≤ 0) = 1/2, P(X ≤ 2) = 7/8. A large mean: ± 1.96 standard deviations, about.
    #[test]
    fn quantiles_are_whole_and_right() {
        assert_eq!([0.4, 0.5, 0.6, 0.87, 0.88].map(|p| quantile(1.0, 2.0, p)), [0.0, 0.0, 1.0, 2.0, 3.0]);
        let high = quantile(10_000.0, 20_000.0, 0.975);
        assert!((high - 10_277.0).abs() < 5.0, "{high}");
        // Both ways agree where they meet.
        let (exact, expanded) = (quantile(1_999.0, 60_000.0, 0.9), quantile(2_001.0, 60_000.0, 0.9));
        assert!((expanded - exact).abs() < 8.0, "{exact} {expanded}");
    }

    #[test]
    fn counts_are_learnt_and_money_is_refused() {
        let values = [3.0, 5.0, 2.0, 4.0, 6.0, 3.0, 4.0, 5.0, 2.0, 4.0, 3.0, 5.0];
        let fitted = fit(&History { values: &values, season: 1 }).unwrap();
        assert!((fitted.level - 3.8).abs() < 0.6, "{fitted:?}");
        let [low, high] = fitted.quantiles(0, &[0.1, 0.9])[..] else { panic!() };
        assert!(low >= 1.0 && high <= 8.0 && low < high, "{low} {high}");
        for bad in [-1.0, 0.5, 1e12] {
            let values = [3.0, 5.0, 2.0, 4.0, 6.0, bad];
            assert_eq!(fit(&History { values: &values, season: 1 }), Err(FitError::NotCounts));
        }
        assert!(NegBin.predict(&History { values: &[0.0; 6], season: 1 }, 3).unwrap().points[2] < 0.1);
    }

    #[test]
    fn a_season_of_counts_is_kept() {
        let values: Vec<f64> = (0..60).map(|t| [2.0, 0.0, 1.0, 9.0][t % 4] + (t * 7 % 3) as f64).collect();
        let path = NegBin.predict(&History { values: &values, season: 4 }, 4).unwrap();
        assert!(path.points[3] > 3.0 * path.points[1], "{path:?}");
    }
}
