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

    /// In lowest terms.
    pub(crate) fn reduced(self) -> Self {
        let magnitude = BigInt::from(self.num.magnitude().clone());
        if magnitude.sign() == Sign::NoSign {
            return Self { num: magnitude, den: BigInt::from(1) };
        }
        let common = gcd(&magnitude, &self.den);
        Self { num: self.num / &common, den: self.den / common }
    }

    /// Bits of its larger part.
    pub(crate) fn bits(&self) -> u64 {
        self.num.bits().max(self.den.bits())
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
    a / gcd(a, b) * b
}

/// Greatest common divisor of numbers above zero.
fn gcd(a: &BigInt, b: &BigInt) -> BigInt {
    let (mut x, mut y) = (a.clone(), b.clone());
    while y.sign() != Sign::NoSign {
        let rest = &x % &y;
        x = std::mem::replace(&mut y, rest);
    }
    x
}

/// A number between two bounds, in multiples of a power of two.
#[derive(Debug, Clone)]
pub(crate) struct Range {
    pub(crate) low: BigInt,
    pub(crate) high: BigInt,
}

impl Range {
    /// A whole multiple.
    pub(crate) fn whole(value: impl Into<BigInt>) -> Self {
        let low = value.into();
        Self { high: low.clone(), low }
    }

    /// The multiples of two to the power of minus `bits` around a number that is not below zero.
    pub(crate) fn of(number: &Number, bits: u32) -> Self {
        let num: BigInt = &number.num << bits;
        Self { high: (&num + &number.den - 1) / &number.den, low: num / &number.den }
    }

    /// A multiple by a factor that is not below zero.
    pub(crate) fn times(&self, factor: i64) -> Self {
        Self { low: &self.low * factor, high: &self.high * factor }
    }

    /// Product of numbers that are not below zero.
    pub(crate) fn by(&self, other: &Self) -> Self {
        Self { low: &self.low * &other.low, high: &self.high * &other.high }
    }

    /// Sum.
    pub(crate) fn plus(&self, other: &Self) -> Self {
        Self { low: &self.low + &other.low, high: &self.high + &other.high }
    }

    /// Difference.
    pub(crate) fn minus(&self, other: &Self) -> Self {
        Self { low: &self.low - &other.high, high: &self.high - &other.low }
    }

    /// Times a power of two.
    pub(crate) fn shifted(&self, bits: u32) -> Self {
        Self { low: &self.low << bits, high: &self.high << bits }
    }

    /// Quotient of numbers above zero, rounded outwards; nothing where the bounds do not show that they are.
    pub(crate) fn over(&self, other: &Self) -> Option<Self> {
        let zero = BigInt::from(0);
        (self.low >= zero && other.low > zero)
            .then(|| Self { low: &self.low / &other.high, high: (&self.high + &other.low - 1) / &other.low })
    }

    /// The order, where the bounds show it.
    pub(crate) fn compare(&self, other: &Self) -> Option<Ordering> {
        if self.high < other.low {
            Some(Ordering::Less)
        } else if self.low > other.high {
            Some(Ordering::Greater)
        } else {
            None
        }
    }

    /// It has a number in common with those from `low` to `high`.
    pub(crate) fn meets(&self, low: &Number, high: &Number, bits: u32) -> bool {
        &self.low * &high.den <= &high.num << bits && &self.high * &low.den >= &low.num << bits
    }
}
