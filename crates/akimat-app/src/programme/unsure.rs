//! What is not known for sure about a programme, as seeded draws: weights of the criteria, points within the ranges of
//! the scorers, costs by the published uplifts of finished projects.

use super::input::{InputCandidate, ProgrammeInput};
use crate::outcome::cost_uplift;
use akimat_allocation::explain::EXACT_PROJECTS;
use akimat_allocation::explain::steady::Draws;
use akimat_allocation::extension::TailMean;

/// Draws of small programmes.
const DRAWS: usize = 500;
/// Draws of large ones: each is a relaxation of its own.
const DRAWS_LARGE: usize = 200;
/// A weight varies by so many percent both ways.
pub const WEIGHT_PCT: i64 = 10;
/// Equally likely cases of benefit that the worst ones are taken from.
pub const CASES: usize = 40;

/// SplitMix64 (Steele, Lea, Flood 2014).
struct Chance(u64);

impl Chance {
    fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        word ^ (word >> 31)
    }

    /// A whole number between two, both included.
    fn between(&mut self, from: i64, to: i64) -> i64 {
        let width = u64::try_from(to.saturating_sub(from)).unwrap_or(0) + 1;
        from + i64::try_from(self.word() % width).unwrap_or(0)
    }

    /// Half of the draws fall below the middle, half above, evenly; both halves hold it.
    fn split(&mut self, (low, mid, high): (i64, i64, i64)) -> i64 {
        if self.word() & 1 == 0 { self.between(low, mid) } else { self.between(mid, high) }
    }
}

/// Least, stated and largest points.
fn range(one: &InputCandidate) -> (i64, i64, i64) {
    let (low, high) = one.range.unwrap_or((one.benefit, one.benefit));
    (low.min(one.benefit), one.benefit, high.max(one.benefit))
}

/// Points of a candidate by weights that are so many percent of the published ones, rescaled to the same sum; its
/// published points where it has no scores.
fn weighed(input: &ProgrammeInput, one: &InputCandidate, factors: &[i64]) -> i64 {
    let weights = &input.criteria.weights;
    let sum: i128 = weights
        .iter()
        .zip(factors)
        .map(|((_, weight), factor)| i128::from(*weight) * i128::from(*factor))
        .sum();
    let whole: i128 = weights.iter().map(|(_, weight)| i128::from(*weight)).sum();
    if one.scores.is_empty() || sum <= 0 {
        return one.benefit;
    }
    let parts = one.scores.iter().map(|(code, points)| {
        let at = weights.iter().position(|(known, _)| known == code);
        i128::from(*points) * i128::from(at.map_or(100, |at| factors[at]))
    });
    let points = parts.sum::<i128>() * whole;
    // What rounding of the parts left out stays as it is.
    let rest = one.benefit - one.scores.iter().map(|(_, points)| points).sum::<i64>();
    i64::try_from((points + sum / 2) / sum).unwrap_or(i64::MAX).saturating_add(rest)
}

/// Draws of points and costs; `None` when nothing of a candidate is known to be unsure.
pub(super) fn draws(input: &ProgrammeInput, seed: u64) -> Option<Draws> {
    let weighted = input.criteria.weights.len() > 1;
    let unsure = |one: &InputCandidate| one.range.is_some() || (weighted && !one.scores.is_empty());
    if !input.candidates.iter().any(unsure) {
        return None;
    }
    let n = input.candidates.len();
    let count = if n > EXACT_PROJECTS { DRAWS_LARGE } else { DRAWS };
    let costs: Vec<(i64, i64, i64)> = input.candidates.iter().map(cost_pct).collect();
    let mut chance = Chance(seed);
    let (mut benefit, mut cost_pct) = (Vec::with_capacity(count), Vec::with_capacity(count));
    for _ in 0..count {
        let factors: Vec<i64> = input
            .criteria
            .weights
            .iter()
            .map(|_| chance.between(100 - WEIGHT_PCT, 100 + WEIGHT_PCT))
            .collect();
        let points = input.candidates.iter().map(|one| {
            let within = chance.split(range(one)) - one.benefit;
            weighed(input, one, &factors).saturating_add(within).max(0)
        });
        benefit.push(points.collect());
        cost_pct.push(costs.iter().map(|range| chance.split(*range)).collect());
    }
    Some(Draws::Tables { benefit, cost_pct })
}

/// Payments in percent of the estimate: from the estimate itself over the median of finished projects of its kind to
/// what nine of ten of them stay below. What is under contract is paid as it stands.
fn cost_pct(one: &InputCandidate) -> (i64, i64, i64) {
    let sure = (100, 100, 100);
    if one.duty.is_some() {
        return sure;
    }
    let Some((half, most)) = cost_uplift(one.sector) else { return sure };
    (100, half.max(100), most.max(half).max(100))
}

/// Equally likely cases of benefit with the worst of them, for a programme that minds bad luck; `None` when the scorers
/// gave no range.
pub(super) fn worst_cases(
    candidates: &[InputCandidate],
    (worst_pct, weight_permille): (u32, i64),
    seed: u64,
) -> Option<TailMean> {
    let known = |one: &InputCandidate| one.range.is_some_and(|(low, high)| low < high);
    if !candidates.iter().any(known) {
        return None;
    }
    let mut chance = Chance(seed);
    let permille = |chance: &mut Chance, one: &InputCandidate| {
        let drawn = chance.split(range(one)).max(0);
        if one.benefit > 0 { drawn.saturating_mul(1_000) / one.benefit } else { 1_000 }
    };
    let scenarios = (0..CASES).map(|_| candidates.iter().map(|one| permille(&mut chance, one)).collect());
    let scenarios = scenarios.collect();
    let cases = u32::try_from(CASES).unwrap_or(u32::MAX);
    let worst = (cases * worst_pct).div_ceil(100).clamp(1, cases);
    Some(TailMean { scenarios, worst, weight_permille })
}
