//! Numbers between two bounds, in multiples of a power of two: how far a number is known.

use crate::fraction::Fraction;
use num_bigint::BigInt;
use std::cmp::Ordering;

/// A number from `low` to `high`, both in multiples of two to the power of minus some bits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) low: BigInt,
    pub(crate) high: BigInt,
}

impl Span {
    /// A number that is known.
    pub(crate) fn exact(value: BigInt) -> Self {
        Self { low: value.clone(), high: value }
    }

    /// A quotient of numbers above zero, rounded outwards; nothing where the bounds do not show that they are.
    pub(crate) fn quotient(above: &Self, below: &Self) -> Option<Self> {
        let zero = BigInt::from(0);
        if below.low <= zero || above.high <= zero {
            return None;
        }
        let high = (&above.high + &below.low - 1) / &below.low;
        Some(Self { low: (&above.low).max(&zero) / &below.high, high })
    }

    /// A multiple.
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

    /// In units that are smaller by so many bits.
    pub(crate) fn shifted(&self, bits: u32) -> Self {
        Self { low: &self.low << bits, high: &self.high << bits }
    }

    /// The order, where the bounds show it.
    pub(crate) fn compare(&self, other: &Self) -> Option<Ordering> {
        if self.high < other.low {
            Some(Ordering::Less)
        } else if self.low > other.high {
            Some(Ordering::Greater)
        } else if self.low == self.high && self == other {
            Some(Ordering::Equal)
        } else {
            None
        }
    }

    /// Its bounds as fractions.
    pub(crate) fn bounds(&self, bits: u32) -> (Fraction, Fraction) {
        let unit = BigInt::from(1) << bits;
        (Fraction::new(self.low.clone(), unit.clone()), Fraction::new(self.high.clone(), unit))
    }
}
