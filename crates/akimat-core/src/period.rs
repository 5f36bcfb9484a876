//! Periods of public series: years, quarters, months.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// How often a series is observed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Frequency {
    /// Once a year.
    Yearly,
    /// Four times a year.
    Quarterly,
    /// Twelve times a year.
    Monthly,
}

impl Frequency {
    /// Periods in a year, which is also the seasonal period: 1, 4 or 12.
    pub const fn per_year(self) -> u8 {
        match self {
            Self::Yearly => 1,
            Self::Quarterly => 4,
            Self::Monthly => 12,
        }
    }

    /// `yearly`, `quarterly`, `monthly`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Yearly => "yearly",
            Self::Quarterly => "quarterly",
            Self::Monthly => "monthly",
        }
    }
}

impl FromStr for Frequency {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        match text.trim().to_lowercase().as_str() {
            "yearly" | "y" => Ok(Self::Yearly),
            "quarterly" | "q" => Ok(Self::Quarterly),
            "monthly" | "m" => Ok(Self::Monthly),
            _ => Err(PeriodError(text.chars().take(40).collect())),
        }
    }
}

/// One year, quarter or month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    year: i16,
    part: u8,
    frequency: Frequency,
}

/// A text is not a period.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a period: write 2024, 2024-Q1 or 2024-01")]
pub struct PeriodError(pub String);

impl Period {
    /// `part` counts from 1; `None` when it is beyond the frequency.
    pub fn new(year: i16, part: u8, frequency: Frequency) -> Option<Self> {
        (part >= 1 && part <= frequency.per_year()).then_some(Self { year, part, frequency })
    }

    /// A whole year.
    pub const fn year_of(year: i16) -> Self {
        Self { year, part: 1, frequency: Frequency::Yearly }
    }

    /// Calendar year.
    pub const fn year(self) -> i16 {
        self.year
    }

    /// Quarter (1–4) or month (1–12) within the year; 1 for a year.
    pub const fn part(self) -> u8 {
        self.part
    }

    /// Year, quarter or month.
    pub const fn frequency(self) -> Frequency {
        self.frequency
    }

    /// Number of periods since year 0, for distances between periods of one frequency.
    pub fn ordinal(self) -> i32 {
        i32::from(self.year) * i32::from(self.frequency.per_year()) + i32::from(self.part) - 1
    }

    /// The next period.
    #[must_use]
    pub fn next(self) -> Self {
        if self.part < self.frequency.per_year() {
            Self { part: self.part + 1, ..self }
        } else {
            Self { year: self.year.saturating_add(1), part: 1, ..self }
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.frequency {
            Frequency::Yearly => write!(f, "{:04}", self.year),
            Frequency::Quarterly => write!(f, "{:04}-Q{}", self.year, self.part),
            Frequency::Monthly => write!(f, "{:04}-{:02}", self.year, self.part),
        }
    }
}

impl FromStr for Period {
    type Err = PeriodError;

    /// `2024`, `2024-Q1` (also `2024Q1`), `2024-01` (also `2024-01-15`, the day is dropped).
    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let wrong = || PeriodError(text.chars().take(40).collect());
        let clean = text.trim();
        let (year, rest) = clean.split_at_checked(4).ok_or_else(wrong)?;
        let year: i16 = year.parse().map_err(|_| wrong())?;
        let rest = rest.trim_start_matches('-');
        let period = if rest.is_empty() {
            Self::new(year, 1, Frequency::Yearly)
        } else if let Some(quarter) = rest.strip_prefix(['Q', 'q']) {
            Self::new(year, quarter.parse().map_err(|_| wrong())?, Frequency::Quarterly)
        } else {
            let month = rest.split('-').next().unwrap_or_default();
            Self::new(year, month.parse().map_err(|_| wrong())?, Frequency::Monthly)
        };
        period.ok_or_else(wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_printed_and_continued() {
        let check = |text: &str, printed: &str, next: &str| {
            let period: Period = text.parse().unwrap();
            assert_eq!(period.to_string(), printed);
            assert_eq!(period.next().to_string(), next);
        };
        check("2024", "2024", "2025");
        check("2024Q4", "2024-Q4", "2025-Q1");
        check("2024-12-31", "2024-12", "2025-01");
        for wrong in ["", "24", "2024-13", "2024-Q5", "2024-0", "год", "2024-x"] {
            assert!(wrong.parse::<Period>().is_err(), "{wrong:?}");
        }
    }
}
