//! The share of a voter: an exact fraction of the units of the election.

use crate::fraction::Fraction;
use num_bigint::BigInt;

/// A share: `num` divided by `den`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    num: i128,
    den: i128,
}

impl Share {
    /// The budget divided by the voters, exactly.
    #[must_use]
    pub fn equal(budget: i64, n_voters: u64) -> Self {
        Self { num: i128::from(budget), den: i128::from(n_voters.max(1)) }
    }

    /// The same, down to a multiple of the step.
    #[must_use]
    pub fn floor(self, step: i64) -> Self {
        let step = i128::from(step.max(1));
        Self { num: self.num / (self.den * step) * step, den: 1 }
    }

    /// So many steps more.
    #[must_use]
    pub fn plus(self, steps: u64, step: i64) -> Self {
        Self { num: self.num + self.den * i128::from(steps) * i128::from(step), den: self.den }
    }

    /// The exact value in units of the election.
    #[must_use]
    pub fn fraction(self) -> Fraction {
        Fraction::new(BigInt::from(self.num), BigInt::from(self.den))
    }

    pub(crate) fn num(self) -> i128 {
        self.num
    }

    pub(crate) fn den(self) -> i128 {
        self.den
    }

    /// Multiples of two to the power of minus `bits`, rounded down, and whether that is exact.
    pub(crate) fn in_bits(self, bits: u32) -> Option<(i64, bool)> {
        let scaled = self.num.checked_mul(1i128 << bits)?;
        Some((i64::try_from(scaled / self.den).ok()?, scaled % self.den == 0))
    }
}
