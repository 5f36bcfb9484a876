//! Envelopes: the money of a process, divided by a published formula.

use akimat_core::{KatoCode, Money, Text};
use serde::{Deserialize, Serialize};

/// A part of the money that proposals compete for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// The word in addresses and in the published file of ballots.
    pub code: String,
    /// Name.
    pub title: Text,
    /// Money.
    pub amount: Money,
    /// The territory, when the envelope is that of one.
    #[serde(default)]
    pub place: Option<KatoCode>,
    /// What the formula reads.
    #[serde(default)]
    pub weight: Weight,
}

/// What a formula reads about a territory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weight {
    /// People.
    #[serde(default)]
    pub population: u64,
    /// Need, in whole points of a published index; 100 is the average.
    #[serde(default)]
    pub need: u32,
}

/// How the money is divided among the envelopes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Formula {
    /// Amounts were set by hand.
    #[default]
    Stated,
    /// The same for each.
    Equal,
    /// By people.
    Population,
    /// By people times need.
    Need,
    /// By the points of a published rule of need, which count people already.
    Points,
    /// So many per cent equally, so many by people, the rest by people times need.
    Mixed {
        /// Per cent that is divided equally.
        equal: u8,
        /// Per cent that is divided by people.
        population: u8,
    },
}

impl Formula {
    /// The name in files and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Equal => "equal",
            Self::Population => "population",
            Self::Need => "need",
            Self::Points => "points",
            Self::Mixed { .. } => "mixed",
        }
    }
}

/// Why a formula gives nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// There is nothing to divide among.
    #[error("there are no envelopes")]
    Nobody,
    /// The weights are all zero.
    #[error("the weights are all zero")]
    NoWeight,
    /// More than a hundred per cent.
    #[error("the parts are more than a hundred per cent")]
    TooMuch,
    /// An amount below zero, or beyond what can be counted.
    #[error("the amount cannot be divided")]
    Amount,
}

/// Divides `total` by a formula into multiples of `unit`, exactly: the parts add up to the total. What rounding leaves
/// goes to the largest remainders, and among equal ones to the first.
///
/// # Errors
/// [`EnvelopeError`]; [`Formula::Stated`] divides nothing and is [`EnvelopeError::NoWeight`].
pub fn shares(
    formula: Formula,
    total: Money,
    unit: Money,
    of: &[Weight],
) -> Result<Vec<Money>, EnvelopeError> {
    if of.is_empty() {
        return Err(EnvelopeError::Nobody);
    }
    let people = |weight: &Weight| u128::from(weight.population);
    let needy = |weight: &Weight| u128::from(weight.population) * u128::from(weight.need);
    let parts: Vec<(u128, Vec<u128>)> = match formula {
        Formula::Stated => return Err(EnvelopeError::NoWeight),
        Formula::Equal => vec![(100, vec![1; of.len()])],
        Formula::Population => vec![(100, of.iter().map(people).collect())],
        Formula::Need => vec![(100, of.iter().map(needy).collect())],
        Formula::Points => vec![(100, of.iter().map(|weight| u128::from(weight.need)).collect())],
        Formula::Mixed { equal, population } => {
            let rest = 100_u8
                .checked_sub(equal)
                .and_then(|rest| rest.checked_sub(population))
                .ok_or(EnvelopeError::TooMuch)?;
            vec![
                (u128::from(equal), vec![1; of.len()]),
                (u128::from(population), of.iter().map(people).collect()),
                (u128::from(rest), of.iter().map(needy).collect()),
            ]
        }
    };
    let weights = common(&parts)?;
    apportion(total, unit, &weights)
}

/// One whole weight for each, out of parts with their per cent.
fn common(parts: &[(u128, Vec<u128>)]) -> Result<Vec<u128>, EnvelopeError> {
    let parts: Vec<(u128, &[u128], u128)> = parts
        .iter()
        .filter(|(percent, _)| *percent > 0)
        .map(|(percent, of)| (*percent, of.as_slice(), of.iter().sum()))
        .collect();
    if parts.iter().any(|(_, _, sum)| *sum == 0) {
        return Err(EnvelopeError::NoWeight);
    }
    let n = parts.first().map_or(0, |(_, of, _)| of.len());
    // The share of each is the sum of per cent times own weight over the sum of weights; brought to ten digits each,
    // which no rounding to whole thousands of tenge can see.
    let scale = 10_000_000_000_u128;
    let share = |at: usize| {
        parts.iter().try_fold(0_u128, |so_far, (percent, of, sum)| {
            let own = of.get(at).copied().unwrap_or_default();
            let part = percent.checked_mul(own)?.checked_mul(scale)? / sum;
            so_far.checked_add(part)
        })
    };
    (0..n).map(|at| share(at).ok_or(EnvelopeError::Amount)).collect()
}

fn apportion(total: Money, unit: Money, weights: &[u128]) -> Result<Vec<Money>, EnvelopeError> {
    let (total, unit) = (
        u128::try_from(total.tiyn()).map_err(|_| EnvelopeError::Amount)?,
        u128::try_from(unit.tiyn()).map_err(|_| EnvelopeError::Amount)?.max(1),
    );
    let sum: u128 = weights.iter().sum();
    let units = total / unit;
    let scaled: Vec<u128> = weights.iter().map(|weight| units * weight).collect();
    let mut given: Vec<u128> = scaled.iter().map(|part| part / sum).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse((scaled[*at] % sum, std::cmp::Reverse(*at))));
    let left = units - given.iter().sum::<u128>();
    for at in order.iter().take(usize::try_from(left).unwrap_or_default()) {
        given[*at] += 1;
    }
    let rest = total % unit;
    let money = |(at, part): (usize, u128)| {
        let whole = part * unit + if order.first() == Some(&at) { rest } else { 0 };
        i64::try_from(whole).map(Money::from_tiyn).map_err(|_| EnvelopeError::Amount)
    };
    given.into_iter().enumerate().map(money).collect()
}
