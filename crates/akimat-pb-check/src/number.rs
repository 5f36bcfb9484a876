//! Exact fractions for the check.

use num_bigint::{BigInt, Sign};
use std::cmp::Ordering;

/// A fraction with a denominator above zero.
#[derive(Debug, Clone)]
pub(crate) struct Number {
    pub(crate) num: BigInt,
    pub(crate) den: BigInt,
}

impl Number {
    /// Reads `7` or `7/3`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (num, den) = text.split_once('/').unwrap_or((text, "1"));
        let (num, den) = (num.parse::<BigInt>().ok()?, den.parse::<BigInt>().ok()?);
        (den.sign() == Sign::Plus && num.bits() < 1 << 20 && den.bits() < 1 << 20)
            .then_some(Self { num, den })
    }

    /// Multiples of two to the power of minus `bits`, rounded down.
    pub(crate) fn floor_in(&self, bits: u32) -> Option<i64> {
        i64::try_from((&self.num << bits) / &self.den).ok()
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        (&self.num * &other.den).cmp(&(&other.num * &self.den))
    }
}

/// Least common multiple of numbers above zero.
pub(crate) fn lcm(a: &BigInt, b: &BigInt) -> BigInt {
    let (mut x, mut y) = (a.clone(), b.clone());
    while y.sign() != Sign::NoSign {
        let rest = &x % &y;
        x = std::mem::replace(&mut y, rest);
    }
    a / x * b
}
