//! Money: whole tiyn, never a binary float.

use serde::{Deserialize, Serialize};
use std::fmt;

/// An amount of tenge, held as whole tiyn (1 tenge = 100 tiyn). May be negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(i64);

/// The unit in which a document prints its amounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoneyUnit {
    /// Tenge, 100 tiyn.
    Tenge,
    /// Thousand tenge, the unit of every maslikhat decision.
    #[default]
    ThousandTenge,
    /// Million tenge.
    MillionTenge,
}

/// Why a text is not an amount.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The text is empty.
    #[error("the amount is empty")]
    Empty,
    /// The text holds something that is not part of a number.
    #[error("{0:?} is not an amount")]
    NotANumber(String),
    /// More decimals than a tiyn can hold in this unit.
    #[error("{0:?} is finer than one tiyn")]
    TooFine(String),
    /// More than 92 quadrillion tenge.
    #[error("{0:?} is too large")]
    TooLarge(String),
}

impl MoneyUnit {
    /// Every unit.
    pub const ALL: [Self; 3] = [Self::Tenge, Self::ThousandTenge, Self::MillionTenge];

    /// How many tiyn one unit holds.
    pub const fn tiyn(self) -> i64 {
        match self {
            Self::Tenge => 100,
            Self::ThousandTenge => 100_000,
            Self::MillionTenge => 100_000_000,
        }
    }

    /// How many decimals one unit can have before a tiyn is split.
    pub const fn decimals_max(self) -> usize {
        match self {
            Self::Tenge => 2,
            Self::ThousandTenge => 5,
            Self::MillionTenge => 8,
        }
    }

    /// The name used in files: `KZT`, `thousand KZT`, `million KZT`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Tenge => "KZT",
            Self::ThousandTenge => "thousand KZT",
            Self::MillionTenge => "million KZT",
        }
    }

    /// Reads the name used in files; `mln KZT` is accepted too.
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim().to_lowercase().as_str() {
            "kzt" | "tenge" => Some(Self::Tenge),
            "thousand kzt" | "thousand tenge" | "thsd kzt" => Some(Self::ThousandTenge),
            "million kzt" | "million tenge" | "mln kzt" => Some(Self::MillionTenge),
            _ => None,
        }
    }
}

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// From whole tiyn.
    pub const fn from_tiyn(tiyn: i64) -> Self {
        Self(tiyn)
    }

    /// From whole tenge; `None` beyond 92 quadrillion.
    pub const fn from_tenge(tenge: i64) -> Option<Self> {
        match tenge.checked_mul(100) {
            Some(tiyn) => Some(Self(tiyn)),
            None => None,
        }
    }

    /// Whole tiyn.
    pub const fn tiyn(self) -> i64 {
        self.0
    }

    /// Reads a printed amount exactly: comma or point as the decimal mark, blanks of any kind
    /// (also non-breaking) between groups, `-`, `−` or `–` in front.
    ///
    /// # Errors
    /// [`MoneyError`] says what is wrong; nothing is rounded.
    ///
    /// # Example
    /// ```
    /// use akimat_core::{Money, MoneyUnit};
    /// let amount = Money::parse("551 611 447,7", MoneyUnit::ThousandTenge)?;
    /// assert_eq!(amount.tiyn(), 55_161_144_770_000);
    /// # Ok::<(), akimat_core::money::MoneyError>(())
    /// ```
    pub fn parse(text: &str, unit: MoneyUnit) -> Result<Self, MoneyError> {
        let clean: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\u{feff}').collect();
        let (negative, digits) = match clean.strip_prefix(['-', '−', '–']) {
            Some(rest) => (true, rest),
            None => (false, clean.as_str()),
        };
        if digits.is_empty() {
            return Err(if negative { MoneyError::NotANumber(short(text)) } else { MoneyError::Empty });
        }
        let (whole, fraction) = match digits.find([',', '.']) {
            Some(at) => (&digits[..at], &digits[at + 1..]),
            None => (digits, ""),
        };
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) {
            return Err(MoneyError::NotANumber(short(text)));
        }
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > unit.decimals_max() {
            return Err(MoneyError::TooFine(short(text)));
        }
        let too_large = || MoneyError::TooLarge(short(text));
        let whole: i64 = whole.parse().map_err(|_| too_large())?;
        let mut tiyn = whole.checked_mul(unit.tiyn()).ok_or_else(too_large)?;
        let mut place = unit.tiyn();
        for digit in fraction.bytes() {
            place /= 10;
            tiyn = tiyn.checked_add(i64::from(digit - b'0') * place).ok_or_else(too_large)?;
        }
        Ok(Self(if negative { -tiyn } else { tiyn }))
    }

    /// The amount as a plain decimal in `unit`, with at least `decimals_min` decimals and as many
    /// as exactness needs. Point as the mark, no grouping: for files and APIs, not for people.
    pub fn to_decimal(self, unit: MoneyUnit, decimals_min: usize) -> String {
        let tiyn = self.0.unsigned_abs();
        let per_unit = unit.tiyn().unsigned_abs();
        let mut text = format!("{}{}", if self.0 < 0 { "-" } else { "" }, tiyn / per_unit);
        let fraction = format!("{:0width$}", tiyn % per_unit, width = unit.decimals_max());
        let needed = fraction.trim_end_matches('0').len().max(decimals_min.min(unit.decimals_max()));
        if needed > 0 {
            text.push('.');
            text.push_str(&fraction[..needed]);
        }
        text
    }

    /// Sum, or `None` when it does not fit.
    pub const fn checked_add(self, other: Self) -> Option<Self> {
        match self.0.checked_add(other.0) {
            Some(tiyn) => Some(Self(tiyn)),
            None => None,
        }
    }

    /// Difference, or `None` when it does not fit.
    pub const fn checked_sub(self, other: Self) -> Option<Self> {
        match self.0.checked_sub(other.0) {
            Some(tiyn) => Some(Self(tiyn)),
            None => None,
        }
    }

    /// Sum of many, or `None` when it does not fit.
    pub fn checked_sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// The amount with the other sign.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self(self.0.saturating_neg())
    }

    /// The amount without its sign.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self(self.0.saturating_abs())
    }
}

impl fmt::Display for Money {
    /// Tenge with as many decimals as needed; for logs and debugging.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_decimal(MoneyUnit::Tenge, 0))
    }
}

/// The beginning of a text for an error message: hostile cells can be megabytes long.
fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, unit: MoneyUnit, expect: Result<i64, &str>) {
        let got = Money::parse(text, unit).map(Money::tiyn).map_err(|e| e.to_string());
        assert_eq!(got, expect.map_err(str::to_owned), "{text:?}");
    }

    #[test]
    fn amounts_are_read_as_printed() {
        let thousand = MoneyUnit::ThousandTenge;
        check("172102158.8", thousand, Ok(17_210_215_880_000));
        check("172\u{a0}102\u{202f}158,8", thousand, Ok(17_210_215_880_000));
        check("−5 897 464,7", thousand, Ok(-589_746_470_000));
        check("0", thousand, Ok(0));
        check("-0,0", thousand, Ok(0));
        check("1.00001", thousand, Ok(100_001));
        check("", thousand, Err("the amount is empty"));
        check("-", thousand, Err("\"-\" is not an amount"));
        check("12a", thousand, Err("\"12a\" is not an amount"));
        check("1,000,000", thousand, Err("\"1,000,000\" is not an amount"));
        check(".5", thousand, Err("\".5\" is not an amount"));
        check("1.000001", thousand, Err("\"1.000001\" is finer than one tiyn"));
        check("99999999999999999999", thousand, Err("\"99999999999999999999\" is too large"));
    }

    #[test]
    fn printing_is_exact_and_keeps_the_asked_decimals() {
        let amount = Money::parse("2613.1", MoneyUnit::ThousandTenge).unwrap();
        assert_eq!(amount.to_decimal(MoneyUnit::ThousandTenge, 1), "2613.1");
        assert_eq!(amount.to_decimal(MoneyUnit::Tenge, 0), "2613100");
        assert_eq!(amount.to_decimal(MoneyUnit::MillionTenge, 1), "2.6131");
        assert_eq!(amount.negated().to_decimal(MoneyUnit::ThousandTenge, 2), "-2613.10");
        assert_eq!(Money::from_tiyn(-5).to_decimal(MoneyUnit::Tenge, 0), "-0.05");
    }
}
