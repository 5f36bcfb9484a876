//! An exact decimal number as a source prints it: 12.50 stays 12.50.

use crate::Ratio;
use std::fmt;
use std::str::FromStr;

/// A decimal number of up to 18 digits with up to nine of them after the point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal {
    mantissa: i64,
    decimals: u8,
}

/// Why a text is not such a number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecimalError {
    /// Something else than digits, one point or comma, and a sign before them.
    #[error("{0:?} is not a number")]
    NotANumber(String),
    /// More than 18 digits, or more than nine after the point.
    #[error("{0:?} has too many digits")]
    TooLong(String),
}

impl Decimal {
    /// Most digits after the point.
    pub const DECIMALS_MAX: u8 = 9;

    /// `mantissa / 10^decimals`; `None` with more than nine decimals or more than 18 digits.
    pub const fn new(mantissa: i64, decimals: u8) -> Option<Self> {
        if decimals <= Self::DECIMALS_MAX && mantissa.unsigned_abs() < 1_000_000_000_000_000_000 {
            Some(Self { mantissa, decimals })
        } else {
            None
        }
    }

    /// The digits without the point.
    pub const fn mantissa(self) -> i64 {
        self.mantissa
    }

    /// Digits after the point.
    pub const fn decimals(self) -> u8 {
        self.decimals
    }

    /// The number as an exact fraction.
    pub fn ratio(self) -> Ratio {
        let scale = 10_i128.pow(self.decimals.into());
        Ratio::new(self.mantissa.into(), scale).expect("a power of ten is not zero")
    }

    /// The number when it is whole and not negative, as a number of people is.
    pub fn count(self) -> Option<u64> {
        let scale = 10_i64.pow(self.decimals.into());
        (self.mantissa % scale == 0).then(|| u64::try_from(self.mantissa / scale).ok()).flatten()
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let (digits, scale) = (self.mantissa.unsigned_abs(), 10_u64.pow(self.decimals.into()));
        match self.decimals {
            0 => write!(f, "{sign}{digits}"),
            n => write!(f, "{sign}{}.{:0width$}", digits / scale, digits % scale, width = usize::from(n)),
        }
    }
}

impl FromStr for Decimal {
    type Err = DecimalError;

    /// Reads `12345.67`, `12 345,67` (spaces group, also the narrow and the unbreakable ones), `-3`.
    fn from_str(text: &str) -> Result<Self, DecimalError> {
        let bad = || DecimalError::NotANumber(text.chars().take(40).collect());
        let long = || DecimalError::TooLong(text.chars().take(40).collect());
        let plain: String =
            text.trim().chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}')).collect();
        let (sign, plain) = match plain.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (-1, rest),
            None => (1, plain.as_str()),
        };
        let (whole, part) = plain.split_once(['.', ',']).unwrap_or((plain, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let bare_point = part.is_empty() && plain.len() != whole.len();
        if whole.is_empty() || bare_point || !digits(whole) || !digits(part) {
            return Err(bad());
        }
        let whole = whole.trim_start_matches('0');
        if whole.len() + part.len() > 18 {
            return Err(long());
        }
        let mantissa: i64 = format!("0{whole}{part}").parse().map_err(|_| long())?;
        let decimals = u8::try_from(part.len()).map_err(|_| long())?;
        Self::new(sign * mantissa, decimals).ok_or_else(long)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_printed() {
        for (text, due) in [
            ("0", "0"),
            ("12345.670", "12345.670"),
            ("12 345,67", "12345.67"),
            ("1\u{a0}000\u{202f}000", "1000000"),
            ("-0.05", "-0.05"),
            ("\u{2212}3", "-3"),
            ("007", "7"),
            ("999999999999999999", "999999999999999999"),
        ] {
            let number: Decimal = text.parse().unwrap();
            assert_eq!(number.to_string(), due);
            assert_eq!(number.to_string().parse(), Ok(number));
        }
        for text in ["", " ", "-", ".5", "5.", "1.2.3", "1e3", "NaN", "inf", "٣", "1,000,000", "--1", "+1"] {
            assert!(matches!(text.parse::<Decimal>(), Err(DecimalError::NotANumber(_))), "{text:?}");
        }
        for text in ["1000000000000000000", "0.0000000001"] {
            assert!(matches!(text.parse::<Decimal>(), Err(DecimalError::TooLong(_))), "{text:?}");
        }
    }

    #[test]
    fn people_are_counted_in_whole_numbers() {
        let count = |text: &str| text.parse::<Decimal>().unwrap().count();
        assert_eq!((count("12.00"), count("12.5"), count("-1"), count("0")), (Some(12), None, None, Some(0)));
        let half = Decimal::new(125, 1).unwrap().ratio();
        assert_eq!((half.numerator(), half.denominator()), (125, 10));
        assert_eq!(Decimal::new(1, 10), None);
    }
}
