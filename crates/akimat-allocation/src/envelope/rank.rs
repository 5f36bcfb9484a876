//! Benefit per tenge, compared exactly, and the order of candidates by it.

use crate::envelope::problem::{Candidate, Problem};
use akimat_core::{Money, MoneyUnit};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// Points for an amount of money. Compared by cross multiplication, so two rates are equal only when
/// they truly are.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Rate {
    /// Points.
    pub benefit: u64,
    /// Cost over all years, never negative.
    pub cost: Money,
}

impl Rate {
    /// Hundredths of a point per million tenge, half up; `None` when the project costs nothing.
    pub fn per_million_hundredths(self) -> Option<u128> {
        let cost = u128::from(self.cost.tiyn().unsigned_abs());
        let scaled =
            u128::from(self.benefit) * 100 * u128::from(MoneyUnit::MillionTenge.tiyn().unsigned_abs());
        (cost > 0).then(|| (2 * scaled + cost) / (2 * cost))
    }

    /// The same as a decimal with two places, `12.34`; `None` when the project costs nothing.
    pub fn per_million(self) -> Option<String> {
        self.per_million_hundredths()
            .map(|hundredths| format!("{}.{:02}", hundredths / 100, hundredths % 100))
    }
}

impl Ord for Rate {
    fn cmp(&self, other: &Self) -> Ordering {
        // A free project with points stands above every priced one; free and worthless is worthless.
        let class = |rate: &Self| (rate.benefit > 0, rate.benefit > 0 && rate.cost == Money::ZERO);
        let product =
            |rate: &Self, by: &Self| u128::from(rate.benefit) * u128::from(by.cost.tiyn().unsigned_abs());
        class(self).cmp(&class(other)).then_with(|| product(self, other).cmp(&product(other, self)))
    }
}

impl PartialOrd for Rate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Rate {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Rate {}

/// The candidates that compete for money, best first: higher benefit per tenge, then more points,
/// then key. Barred candidates, those without an assessment and those without points are not ranked;
/// mandatory ones are, because people ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranking {
    /// Indices of the candidates in the problem, best first.
    pub order: Vec<usize>,
    /// Place of each candidate of the problem, from 1.
    pub place: Vec<Option<usize>>,
}

impl Ranking {
    /// Ranks the candidates of a problem.
    pub fn of(problem: &Problem) -> Self {
        let candidates = problem.candidates();
        let mut order: Vec<usize> = (0..candidates.len())
            .filter(|i| !candidates[*i].barred && rate(&candidates[*i]).is_some_and(|r| r.benefit > 0))
            .collect();
        order.sort_by(|a, b| {
            let (a, b) = (&candidates[*a], &candidates[*b]);
            rate(b)
                .cmp(&rate(a))
                .then_with(|| b.assessment.benefit().cmp(&a.assessment.benefit()))
                .then_with(|| a.key.cmp(&b.key))
        });
        let mut place = vec![None; candidates.len()];
        for (position, index) in order.iter().enumerate() {
            place[*index] = Some(position + 1);
        }
        Self { order, place }
    }
}

/// The rate of a candidate, or `None` without an assessment.
pub fn rate(candidate: &Candidate) -> Option<Rate> {
    let cost = Problem::total_cost(candidate);
    candidate.assessment.benefit().map(|benefit| Rate { benefit, cost })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_compare_exactly_and_print_half_up() {
        let rate = |benefit, tenge| Rate { benefit, cost: Money::from_tenge(tenge).unwrap() };
        assert!(rate(1, 3) > rate(333, 1000));
        assert_eq!(rate(1, 3), rate(2, 6));
        assert!(rate(1, 0) > rate(1_000_000, 1));
        assert_eq!(rate(1, 0), rate(5, 0));
        assert_eq!(rate(0, 0), rate(0, 7));
        assert!(rate(0, 0) < rate(1, i64::MAX / 100));
        assert_eq!(rate(7_405, 85_000_000).per_million().unwrap(), "87.12");
        assert_eq!(rate(1, 8_000_000).per_million().unwrap(), "0.13");
        assert_eq!(rate(1, 0).per_million(), None);
    }
}
