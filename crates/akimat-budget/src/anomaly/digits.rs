//! Round amounts and first digits of many amounts together.

use super::{NotTested, Reason, Thresholds, thousandths};
use crate::Item;
use crate::check::{Fact, Finding, Rule, Severity};
use akimat_core::{Money, MoneyUnit};

/// Amounts whose last two digits before the point are zeros: one in a hundred by chance.
const ROUND_SHARE: f64 = 0.01;

/// How often each first digit occurs.
#[derive(Clone, Debug, PartialEq)]
pub struct Digits {
    /// Amounts.
    pub n: usize,
    /// How many begin with 1, 2, ... 9.
    pub counts: [usize; 9],
    /// Mean absolute deviation of the shares from Benford's.
    pub deviation: f64,
}

/// Benford's share of a first digit 1 to 9: log10(1 + 1/d).
fn share_of(digit: f64) -> f64 {
    (1.0 + 1.0 / digit).log10()
}

#[expect(clippy::cast_precision_loss, reason = "counts of lines are small")]
fn real(n: usize) -> f64 {
    n as f64
}

/// The first digits of amounts against Benford's law.
///
/// # Errors
/// Why the test was not made: too few amounts, or all of one size.
pub fn first_digits(amounts: &[Money], limits: &Thresholds) -> Result<(Digits, Option<Finding>), NotTested> {
    let refused = |reason| NotTested { rule: Rule::FirstDigits, reason };
    let sizes: Vec<u64> =
        amounts.iter().map(|amount| amount.tiyn().unsigned_abs()).filter(|size| *size > 0).collect();
    let n = sizes.len();
    if n < limits.benford_amounts {
        return Err(refused(Reason::TooFew { found: n, needed: limits.benford_amounts }));
    }
    let (least, most) = (sizes.iter().min(), sizes.iter().max());
    let digits_of =
        |size: Option<&u64>| size.map_or(0.0, |size| real(usize::try_from(*size).unwrap_or(1)).log10());
    if digits_of(most) - digits_of(least) < limits.benford_orders {
        return Err(refused(Reason::OneSize));
    }
    let mut counts = [0_usize; 9];
    for size in sizes {
        let mut first = size;
        while first >= 10 {
            first /= 10;
        }
        let at = usize::try_from(first).unwrap_or(1);
        if let Some(count) = counts.get_mut(at.wrapping_sub(1)) {
            *count += 1;
        }
    }
    let distances = counts
        .iter()
        .zip(1_u8..)
        .map(|(count, digit)| (real(*count) / real(n) - share_of(f64::from(digit))).abs());
    let deviation = distances.sum::<f64>() / 9.0;
    let digits = Digits { n, counts, deviation };
    let finding = (deviation > limits.benford_deviation).then(|| {
        let mut finding = Finding::about(Rule::FirstDigits, Severity::Hint, Item::ExpenditureTotal, "");
        finding.facts.push(("n", Fact::Count(u64::try_from(n).unwrap_or(u64::MAX))));
        finding.facts.extend(thousandths(deviation).map(|own| ("deviation", Fact::Thousandths(own))));
        finding
            .facts
            .extend(thousandths(limits.benford_deviation).map(|own| ("limit", Fact::Thousandths(own))));
        finding
    });
    Ok((digits, finding))
}

/// Whether more amounts are round than chance explains: divisible by a hundred of the unit in which the
/// source prints. Only executed amounts are worth testing: plans are round by nature.
///
/// # Errors
/// Why the test was not made.
pub fn round_numbers(
    amounts: &[Money],
    unit: MoneyUnit,
    limits: &Thresholds,
) -> Result<Option<Finding>, NotTested> {
    // Amounts below 10,000 units have too few digits before the point to tell.
    let large = |amount: &&Money| amount.tiyn().unsigned_abs() >= unit.tiyn().unsigned_abs() * 10_000;
    let amounts: Vec<&Money> = amounts.iter().filter(large).collect();
    let n = amounts.len();
    if n < limits.round_amounts {
        let reason = Reason::TooFew { found: n, needed: limits.round_amounts };
        return Err(NotTested { rule: Rule::RoundNumbers, reason });
    }
    let round = amounts.iter().filter(|amount| amount.tiyn() % (unit.tiyn() * 100) == 0).count();
    let expected = real(n) * ROUND_SHARE;
    let z = (real(round) - expected) / (expected * (1.0 - ROUND_SHARE)).sqrt();
    if z < limits.round_z {
        return Ok(None);
    }
    let count = |n: usize| Fact::Count(u64::try_from(n).unwrap_or(u64::MAX));
    let mut finding = Finding::about(Rule::RoundNumbers, Severity::Hint, Item::ExpenditureTotal, "");
    finding.facts = vec![("n", count(n)), ("round", count(round))];
    finding.facts.extend(thousandths(z).map(|z| ("z", Fact::Thousandths(z))));
    Ok(Some(finding))
}
