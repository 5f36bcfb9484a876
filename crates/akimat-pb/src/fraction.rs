//! Exact fractions of any size, for what is decided and what is published.

use num_bigint::{BigInt, Sign};
use std::cmp::Ordering;
use std::fmt;

/// A fraction with a denominator above zero, in lowest terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fraction {
    num: BigInt,
    den: BigInt,
}

impl Fraction {
    /// `num` divided by `den`, which is not zero.
    #[must_use]
    pub fn new(num: BigInt, den: BigInt) -> Self {
        let divisor = gcd(num.clone(), den.clone());
        let divisor = if den.sign() == Sign::Minus { -divisor } else { divisor };
        if divisor.sign() == Sign::NoSign {
            Self { num, den }
        } else {
            Self { num: num / &divisor, den: den / divisor }
        }
    }

    /// A whole number.
    #[must_use]
    pub fn whole(value: impl Into<BigInt>) -> Self {
        Self { num: value.into(), den: BigInt::from(1) }
    }

    /// The upper part.
    #[must_use]
    pub fn num(&self) -> &BigInt {
        &self.num
    }

    /// The lower part.
    #[must_use]
    pub fn den(&self) -> &BigInt {
        &self.den
    }

    /// Sum.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self::new(&self.num * &other.den + &other.num * &self.den, &self.den * &other.den)
    }

    /// Difference.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        Self::new(&self.num * &other.den - &other.num * &self.den, &self.den * &other.den)
    }

    /// Product.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        Self::new(&self.num * &other.num, &self.den * &other.den)
    }

    /// Quotient; the divisor is not zero.
    #[must_use]
    pub fn over(&self, other: &Self) -> Self {
        Self::new(&self.num * &other.den, &self.den * &other.num)
    }

    /// A fraction as `7`, `7/3` or `-7/3`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (num, den) = text.split_once('/').unwrap_or((text, "1"));
        let (num, den) = (num.parse::<BigInt>().ok()?, den.parse::<BigInt>().ok()?);
        (den.sign() == Sign::Plus).then(|| Self::new(num, den))
    }

    /// Decimal with so many places, half to even: for reading, never for deciding.
    #[must_use]
    pub fn decimal(&self, places: u32) -> String {
        let scale = BigInt::from(10).pow(places);
        let doubled = BigInt::from(2) * &self.num * &scale;
        let magnitude = BigInt::from(doubled.magnitude().clone());
        let whole = &magnitude / (BigInt::from(2) * &self.den);
        let rest = &magnitude - &whole * BigInt::from(2) * &self.den;
        let up = match rest.cmp(&self.den) {
            Ordering::Greater => true,
            Ordering::Less => false,
            Ordering::Equal => whole.bit(0),
        };
        let digits = (if up { whole + 1 } else { whole }).to_string();
        let width = places as usize + 1;
        let digits = format!("{digits:0>width$}");
        let (front, back) = digits.split_at(digits.len() - places as usize);
        let sign = if self.num.sign() == Sign::Minus && digits.bytes().any(|digit| digit != b'0') {
            "-"
        } else {
            ""
        };
        if back.is_empty() { format!("{sign}{front}") } else { format!("{sign}{front}.{back}") }
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        (&self.num * &other.den).cmp(&(&other.num * &self.den))
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.den == BigInt::from(1) {
            write!(f, "{}", self.num)
        } else {
            write!(f, "{}/{}", self.num, self.den)
        }
    }
}

/// Greatest common divisor, zero or more.
fn gcd(mut a: BigInt, mut b: BigInt) -> BigInt {
    while b.sign() != Sign::NoSign {
        let rest = &a % &b;
        a = std::mem::replace(&mut b, rest);
    }
    BigInt::from(a.magnitude().clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fraction(text: &str) -> Fraction {
        Fraction::parse(text).unwrap()
    }

    #[test]
    fn fractions_are_exact_and_in_lowest_terms() {
        assert_eq!(fraction("6/4").to_string(), "3/2");
        assert_eq!(fraction("1/3").plus(&fraction("1/6")).to_string(), "1/2");
        assert_eq!(fraction("1/3").minus(&fraction("1/2")).to_string(), "-1/6");
        assert_eq!(fraction("-2/3").over(&fraction("-4")).to_string(), "1/6");
        assert!(fraction("1/3") < fraction("34/100"));
        assert_eq!(Fraction::parse("1/0"), None);
        assert_eq!(Fraction::parse("x"), None);
    }

    #[test]
    fn decimals_are_rounded_half_to_even() {
        let shown = |text: &str| fraction(text).decimal(2);
        assert_eq!(
            [shown("1/8"), shown("3/8"), shown("-1/3"), shown("2")],
            ["0.12", "0.38", "-0.33", "2.00"]
        );
        assert_eq!(fraction("7/2").decimal(0), "4");
        assert_eq!(fraction("-1/1000").decimal(2), "0.00");
    }
}
