//! What keeps a figure from being computed, as facts. The sentences are in the catalogue `appraisal.ftl`.

use serde::Serialize;

/// What is wrong with a field, or why a figure is refused.
#[derive(Clone, Debug, PartialEq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum FaultKind {
    /// The field is needed and not there.
    #[error("it is missing")]
    Missing,
    /// Words stand where a number must.
    #[error("{value:?} is not a number")]
    NotANumber {
        /// What stands there, shortened.
        value: String,
    },
    /// The value lies outside what makes sense.
    #[error("{value} lies outside {low} to {high}")]
    OutOfRange {
        /// What was given.
        value: f64,
        /// Smallest that makes sense.
        low: f64,
        /// Largest that makes sense.
        high: f64,
    },
    /// The value may not be below zero.
    #[error("{value} is below zero")]
    Negative {
        /// What was given.
        value: f64,
    },
    /// Too few values.
    #[error("{have} values, {need} are needed")]
    TooFew {
        /// There are.
        have: usize,
        /// Needed.
        need: usize,
    },
    /// Too many values.
    #[error("{have} values, at most {max} can be")]
    TooMany {
        /// There are.
        have: usize,
        /// Allowed.
        max: usize,
    },
    /// Lists that belong together differ in length.
    #[error("{have} values where the other list has {need}")]
    LengthsDiffer {
        /// There are.
        have: usize,
        /// Of the other list.
        need: usize,
    },
    /// A name that no table has.
    #[error("no table has {value:?}")]
    Unknown {
        /// The name.
        value: String,
    },
    /// The figure would be divided by zero.
    #[error("it is zero, and the figure divides by it")]
    Zero,
    /// The flows never change their sign: there is no rate at which they balance.
    #[error("all flows have one sign: no rate of return exists")]
    OneSign,
    /// Physical progress is derived from money spent: the index would be 1 by construction.
    #[error("progress is derived from money spent; an index of schedule needs measured progress")]
    ProgressIsSpending,
    /// Too few finished projects of one's own for this chance.
    #[error("{have} finished projects, {need} are needed for this chance")]
    TooFewFinished {
        /// There are.
        have: usize,
        /// Needed.
        need: usize,
    },
    /// The published table does not reach this chance; nothing is extrapolated.
    #[error("the published table ends at {end}; nothing is extrapolated")]
    BeyondTable {
        /// Its last chance.
        end: f64,
    },
    /// Values must rise and do not.
    #[error("the values do not rise")]
    NotRising,
    /// The question has too many answers to look through.
    #[error("too large to be answered exactly")]
    TooLarge,
    /// None of the known questions is asked.
    #[error("nothing that is known is asked")]
    NothingAsked,
}

/// A fault with its place.
#[derive(Clone, Debug, PartialEq, Serialize, thiserror::Error)]
#[error("{field}: {kind}")]
pub struct Fault {
    /// Name of the field.
    pub field: String,
    /// Row in the field, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<usize>,
    /// What is wrong.
    #[serde(flatten)]
    pub kind: FaultKind,
}

impl Fault {
    /// A fault of a whole field.
    pub fn new(field: impl Into<String>, kind: FaultKind) -> Self {
        Self { field: field.into(), row: None, kind }
    }

    /// The same fault in a row, from 1.
    #[must_use]
    pub const fn at(mut self, row: usize) -> Self {
        self.row = Some(row);
        self
    }
}

impl FaultKind {
    /// The end of its catalogue key.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::NotANumber { .. } => "not-a-number",
            Self::OutOfRange { .. } => "out-of-range",
            Self::Negative { .. } => "negative",
            Self::TooFew { .. } => "too-few",
            Self::TooMany { .. } => "too-many",
            Self::LengthsDiffer { .. } => "lengths-differ",
            Self::Unknown { .. } => "unknown",
            Self::Zero => "zero",
            Self::OneSign => "one-sign",
            Self::ProgressIsSpending => "progress-is-spending",
            Self::TooFewFinished { .. } => "too-few-finished",
            Self::BeyondTable { .. } => "beyond-table",
            Self::NotRising => "not-rising",
            Self::TooLarge => "too-large",
            Self::NothingAsked => "nothing-asked",
        }
    }

    /// Its facts by the names that the sentences use.
    pub fn facts(&self) -> Vec<(&'static str, f64)> {
        let n = crate::count;
        match self {
            Self::OutOfRange { value, low, high } => vec![("value", *value), ("low", *low), ("high", *high)],
            Self::Negative { value } => vec![("value", *value)],
            Self::TooFew { have, need } | Self::LengthsDiffer { have, need } => {
                vec![("have", n(*have)), ("need", n(*need))]
            }
            Self::TooFewFinished { have, need } => vec![("have", n(*have)), ("need", n(*need))],
            Self::TooMany { have, max } => vec![("have", n(*have)), ("max", n(*max))],
            Self::BeyondTable { end } => vec![("end", *end)],
            _ => Vec::new(),
        }
    }

    /// The words that the sentence repeats, if any.
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::NotANumber { value } | Self::Unknown { value } => Some(value),
            _ => None,
        }
    }
}
