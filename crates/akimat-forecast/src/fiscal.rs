//! How the current fiscal year will end: the approved plan, its amendments known on the date, what was executed
//! since January, and how former years of the same line, of its group and of all lines went on from this month.
//!
//! Start at [`FiscalBook`]. Formulas, constants and measured errors: docs/method/fiscal-year.md. Model code in
//! stored forecasts: [`CODE`].

mod book;
mod coherent;
mod conformal;
mod profile;
mod rule;

pub use book::FiscalBook;
pub use coherent::{BudgetTree, CoherentYear, coherent};
pub use rule::Rule;

use crate::interval::Interval;
use serde::Serialize;

/// Stable code of this model in stored forecasts.
pub const CODE: &str = "plan";

/// Months of a fiscal year; it begins in January (Budget Code of 15 March 2025, article 4).
pub const MONTHS: usize = 12;

/// One fiscal year of a line as its monthly reports state it. Index 0 is January.
#[derive(Clone, Debug, PartialEq)]
pub struct FiscalYear {
    /// The year.
    pub year: i16,
    /// The plan of the whole year as it stood at the end of each month, amendments included.
    pub plan: [Option<f64>; MONTHS],
    /// Executed from January to the end of each month, cumulative.
    pub executed: [Option<f64>; MONTHS],
}

impl FiscalYear {
    /// A year without reports.
    pub const fn new(year: i16) -> Self {
        Self { year, plan: [None; MONTHS], executed: [None; MONTHS] }
    }

    /// The plan at the end of a month from 1.
    pub fn plan_at(&self, month: usize) -> Option<f64> {
        at(&self.plan, month)
    }

    /// Executed from January to the end of a month from 1.
    pub fn executed_at(&self, month: usize) -> Option<f64> {
        at(&self.executed, month)
    }

    /// Executed in the whole year, once December is known.
    pub fn total(&self) -> Option<f64> {
        self.executed_at(MONTHS)
    }
}

fn at(values: &[Option<f64>; MONTHS], month: usize) -> Option<f64> {
    let value = *values.get(month.checked_sub(1)?)?;
    value.filter(|value| value.is_finite())
}

/// A line of a budget over the years.
#[derive(Clone, Debug, PartialEq)]
pub struct FiscalLine {
    /// Name of the line, for people and logs.
    pub id: String,
    /// Lines of one group go on in a similar way: the same article in other territories, for example.
    pub group: String,
    /// The years in any order; of two records of one year the first counts.
    pub years: Vec<FiscalYear>,
}

impl FiscalLine {
    /// The record of a year.
    pub fn year(&self, year: i16) -> Option<&FiscalYear> {
        self.years.iter().find(|own| own.year == year)
    }
}

/// The date from which a forecast looks ahead: the end of a month whose report is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Origin {
    /// The fiscal year.
    pub year: i16,
    /// Last month reported, 1 to 11.
    pub month: u8,
}

/// Why there is no forecast of a fiscal year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FiscalRefusal {
    /// There is no line with this number.
    #[error("there is no line {index}")]
    UnknownLine {
        /// The number, from 0.
        index: usize,
    },
    /// Nothing is left to forecast after December, and nothing is known before January's report.
    #[error("{month} is not a month from 1 to 11")]
    BadMonth {
        /// The month.
        month: u8,
    },
    /// The line has no execution for this month.
    #[error("the line has no execution for month {month} of {year}")]
    NoExecution {
        /// The year.
        year: i16,
        /// The month.
        month: u8,
    },
    /// No line has a former year that is known to its end.
    #[error("no former year is known to its end")]
    NoFormerYear,
    /// A level is not between 1 and 99 per cent.
    #[error("{level} is not an interval level: 1 to 99 per cent")]
    BadLevel {
        /// The level.
        level: u8,
    },
    /// The values are too large to compute with.
    #[error("the values are too large to compute with")]
    Overflow,
}

/// An interval that the past cannot vouch for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct LevelRefused {
    /// The level in per cent.
    pub level: u8,
    /// Former years of lines compared.
    pub have: usize,
    /// How many the level needs: 2 / (1 - level) - 1, because each side is estimated alone.
    pub need: usize,
}

/// The cumulative execution expected at the end of a month ahead.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MonthAhead {
    /// Month, 2 to 12.
    pub month: u8,
    /// Executed since January, in the unit of the line.
    pub cumulative: f64,
    /// One for each level that the past can vouch for.
    pub intervals: Vec<Interval>,
}

/// What one rule says about the year and how much it counts.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Part {
    /// The rule.
    pub rule: Rule,
    /// Total of the year by this rule alone.
    pub total: f64,
    /// Its weight; 0 for rules shown only for comparison. The weights sum to one.
    pub weight: f64,
}

/// A former year forecast from the same month, with what was known then.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PastYear {
    /// The year.
    pub year: i16,
    /// What was executed in the end.
    pub fact: f64,
    /// The plan of the year as it stood in that month.
    pub plan: Option<f64>,
    /// What this model would have said.
    pub total: f64,
    /// What each rule would have said.
    pub rules: Vec<(Rule, f64)>,
}

/// A forecast of the fiscal year of one line.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct YearForecast {
    /// From when it looks ahead.
    pub origin: Origin,
    /// The plan known on the date.
    pub plan: Option<f64>,
    /// Executed since January.
    pub executed: f64,
    /// The least that the year can end with: what is executed, less the largest correction that a former year of
    /// the line saw after this month.
    pub floor: f64,
    /// Expected total of the year.
    pub total: f64,
    /// Intervals of the total, one for each level that the past can vouch for.
    pub intervals: Vec<Interval>,
    /// Levels asked for that the past cannot vouch for.
    pub refused: Vec<LevelRefused>,
    /// The months ahead, the last of them December.
    pub months: Vec<MonthAhead>,
    /// What it is made of.
    pub parts: Vec<Part>,
    /// The same line in former years, oldest first.
    pub past: Vec<PastYear>,
    /// Probability that less than 95 % of the plan known today is executed, where residuals allow.
    pub under_execution: Option<f64>,
}

impl YearForecast {
    /// Mean absolute error of this model over the former years of the line; `None` without former years.
    pub fn error(&self) -> Option<f64> {
        mean(self.past.iter().map(|past| (past.total - past.fact).abs()))
    }

    /// Mean absolute error of a rule alone over the same years; `None` unless it had an answer in each of them.
    pub fn error_of(&self, rule: Rule) -> Option<f64> {
        let error = |past: &PastYear| {
            let own = past.rules.iter().find(|own| own.0 == rule)?;
            Some((own.1 - past.fact).abs())
        };
        let errors: Option<Vec<f64>> = self.past.iter().map(error).collect();
        mean(errors?.into_iter())
    }
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, n) = values.fold((0.0, 0_usize), |(sum, n), value| (sum + value, n + 1));
    (n > 0).then(|| sum / n as f64)
}
