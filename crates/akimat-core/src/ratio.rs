//! Exact ratios, rounded only when printed.

use crate::Money;

/// A fraction of whole numbers; the denominator is never zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    numerator: i128,
    denominator: i128,
}

impl Ratio {
    /// `None` when the denominator is zero.
    pub fn new(numerator: i128, denominator: i128) -> Option<Self> {
        (denominator != 0).then_some(Self { numerator, denominator })
    }

    /// The share of one amount in another; `None` when the whole is zero.
    pub fn of(part: Money, whole: Money) -> Option<Self> {
        Self::new(i128::from(part.tiyn()), i128::from(whole.tiyn()))
    }

    /// Numerator.
    pub const fn numerator(self) -> i128 {
        self.numerator
    }

    /// Denominator, never zero.
    pub const fn denominator(self) -> i128 {
        self.denominator
    }

    /// As a decimal with exactly `decimals` digits, halves away from zero. The caller scales by 100
    /// for percentages with [`Ratio::percent`]. `None` only for numbers beyond 38 digits.
    ///
    /// # Example
    /// ```
    /// use akimat_core::Ratio;
    /// assert_eq!(Ratio::new(1, 3).unwrap().to_decimal(2).unwrap(), "0.33");
    /// assert_eq!(Ratio::new(-1, 8).unwrap().to_decimal(2).unwrap(), "-0.13");
    /// ```
    pub fn to_decimal(self, decimals: u32) -> Option<String> {
        let scale = 10_i128.checked_pow(decimals)?;
        let scaled = self.numerator.checked_mul(scale)?;
        let negative = (scaled < 0) != (self.denominator < 0) && scaled != 0;
        let (top, bottom) = (scaled.unsigned_abs(), self.denominator.unsigned_abs());
        let rounded = top / bottom + u128::from(top % bottom >= bottom - top % bottom);
        let sign = if negative && rounded != 0 { "-" } else { "" };
        let scale = scale.unsigned_abs();
        let whole = rounded / scale;
        if decimals == 0 {
            return Some(format!("{sign}{whole}"));
        }
        Some(format!("{sign}{whole}.{:0width$}", rounded % scale, width = decimals as usize))
    }

    /// As a percentage with exactly `decimals` digits, half up.
    pub fn percent(self, decimals: u32) -> Option<String> {
        Self { numerator: self.numerator.checked_mul(100)?, ..self }.to_decimal(decimals)
    }

    /// The nearest binary float, for charts only.
    #[expect(clippy::cast_precision_loss, reason = "a chart needs no more than 53 bits")]
    pub fn to_f64(self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_up() {
        let percent = |n, d| Ratio::new(n, d).unwrap().percent(2).unwrap();
        assert_eq!(percent(54_661, 791_131), "6.91");
        assert_eq!(percent(1, 20_000), "0.01");
        assert_eq!(percent(1, 3), "33.33");
        assert_eq!(percent(2, 3), "66.67");
        assert_eq!(percent(-1, 3), "-33.33");
        assert_eq!(percent(1, -3), "-33.33");
        assert_eq!(percent(-1, 1_000_000), "0.00");
        assert_eq!(percent(0, 5), "0.00");
        assert!(Ratio::new(1, 0).is_none());
    }
}
