//! How much to set aside: the sum that is enough with a published chance, from the open risks of a register.
//!
//! A risk happens or not; when it happens it costs something between its least and its most, all equally likely. Risks
//! of one project come together: each has a normal score √ρ·F + √(1-ρ)·E with one F for all, and happens where the score
//! lies below the quantile of its chance. The draws are stratified (each of n equal slices of every variable is drawn
//! once); of the heaviest risks every combination is taken with its exact chance given F. So two seeds agree within one
//! per cent.
//!
//! # Source
//! One-factor normal copula: O. Vasicek, Probability of Loss on Loan Portfolio, 1987. Latin hypercube: M. D. McKay,
//! R. J. Beckman, W. J. Conover, Technometrics 21, 1979. Conditional Monte Carlo: J. M. Hammersley, D. C. Handscomb, Monte
//! Carlo Methods, 1964, section 6.

use super::normal::{below, quantile};

/// One risk of the simulation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Loss {
    /// Chance that it happens, 0 to 1.
    pub chance: f64,
    /// Least cost in tenge.
    pub low: f64,
    /// Most cost in tenge.
    pub high: f64,
}

/// How the simulation is done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Draws {
    /// Draws.
    pub n: usize,
    /// Correlation between the scores of two risks, 0 to 1.
    pub correlation: f64,
    /// Seed; the same seed gives the same draws on every machine.
    pub seed: u64,
}

/// What a register may cost, in tenge.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// Sum of chance times middle cost.
    pub expected: f64,
    /// Mean of all draws.
    pub mean: f64,
    /// Possible costs in rising order with their chances.
    points: Vec<(f64, f64)>,
}

impl Spread {
    /// The cost that is not exceeded with this chance; 0 for an empty register.
    pub fn quantile(&self, chance: f64) -> f64 {
        let mut sum = 0.0;
        let enough = |point: &&(f64, f64)| {
            sum += point.1;
            sum >= chance - 1e-9
        };
        self.points.iter().find(enough).or(self.points.last()).map_or(0.0, |point| point.0)
    }
}

/// Risks of which each draw takes every combination, those with the greatest expected loss; the others happen or not as
/// drawn.
const COMBINED: usize = 5;

/// Draws what the risks cost together.
pub fn simulate(losses: &[Loss], draws: &Draws) -> Spread {
    let expected = losses.iter().map(|loss| loss.chance * (loss.low + loss.high) / 2.0).sum();
    let n = draws.n.max(1);
    let mut dice = Dice(draws.seed);
    let correlation = draws.correlation.clamp(0.0, 1.0);
    let (common, own) = (correlation.sqrt(), (1.0 - correlation).sqrt());
    let shared: Vec<f64> = dice.strata(n).into_iter().map(quantile).collect();
    // The heaviest first; the given order decides between equals.
    let mut order: Vec<&Loss> = losses.iter().collect();
    order.sort_by(|a, b| (b.chance * b.high).total_cmp(&(a.chance * a.high)));
    let (heavy, light) = order.split_at(COMBINED.min(order.len()));
    let size = |loss: &Loss, share: f64| (loss.high - loss.low).mul_add(share, loss.low);
    let mut points: Vec<(f64, f64)> = vec![(0.0, 1.0 / count(n)); n];
    for loss in light {
        let limit = quantile(loss.chance.clamp(0.0, 1.0));
        let (scores, sizes) = (dice.strata(n), dice.strata(n));
        for (at, point) in points.iter_mut().enumerate() {
            if common.mul_add(shared[at], own * quantile(scores[at])) < limit {
                point.0 += size(loss, sizes[at]);
            }
        }
    }
    let mut factors = shared;
    for loss in heavy {
        let limit = quantile(loss.chance.clamp(0.0, 1.0));
        let sizes = dice.strata(n);
        let mut next = Vec::with_capacity(points.len() * 2);
        let mut with = Vec::with_capacity(points.len());
        for (at, (cost, weight)) in points.into_iter().enumerate() {
            let factor = factors[at];
            let given = if own > 0.0 {
                below((limit - common * factor) / own)
            } else {
                f64::from(u8::from(factor < limit))
            };
            next.push((cost, weight * (1.0 - given)));
            // The same draw of its size serves every combination of the heavier ones.
            with.push((cost + size(loss, sizes[at % n]), weight * given));
        }
        next.append(&mut with);
        points = next;
        factors.extend_from_within(..);
    }
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    Spread { expected, mean: points.iter().map(|(cost, weight)| cost * weight).sum(), points }
}

/// Splitmix64: S. Vigna's public-domain generator, the same everywhere.
#[derive(Clone, Copy, Debug)]
pub struct Dice(pub u64);

impl Dice {
    /// A whole number, all equally likely.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let a = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let b = (a ^ (a >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        b ^ (b >> 31)
    }

    /// A number strictly between 0 and 1.
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    pub fn unit(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// A standard normal number.
    pub fn normal(&mut self) -> f64 {
        quantile(self.unit())
    }

    /// One number out of each of `n` equal slices between 0 and 1, in random order.
    pub fn strata(&mut self, n: usize) -> Vec<f64> {
        let mut values: Vec<f64> = (0..n).map(|at| (count(at) + self.unit()) / count(n)).collect();
        for at in (1..n).rev() {
            let other = usize::try_from(self.next() % (u64::try_from(at).unwrap_or(0) + 1)).unwrap_or(0);
            values.swap(at, other);
        }
        values
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts here are far below 2^53")]
pub(crate) const fn count(n: usize) -> f64 {
    n as f64
}
