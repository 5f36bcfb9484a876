//! Why a method refuses: the row or field, and what is wrong with it.

use serde::Serialize;

/// What is wrong with the input. Rows and criteria are named as the input names them; unnamed ones by their place
/// from 1.
#[derive(Clone, Debug, PartialEq, Serialize, thiserror::Error)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum Fault {
    /// Something that the method needs is not there.
    #[error("{field} is missing")]
    Missing {
        /// The field.
        field: String,
    },
    /// A field holds something else than it should.
    #[error("{field} cannot be read: {found}")]
    Unreadable {
        /// The field.
        field: String,
        /// What it holds.
        found: String,
    },
    /// More of something than the method takes.
    #[error("{n} {field} are too many; the limit is {limit}")]
    TooMany {
        /// Of what.
        field: String,
        /// How many there are.
        n: usize,
        /// How many there may be.
        limit: usize,
    },
    /// Too few of something to compare.
    #[error("{n} {field} are too few; at least {least} are needed")]
    TooFew {
        /// Of what.
        field: String,
        /// How many there are.
        n: usize,
        /// How many there must be.
        least: usize,
    },
    /// A row or list has another length than the criteria or projects.
    #[error("{field} has {n} entries instead of {expected}")]
    Length {
        /// The row or field.
        field: String,
        /// How many entries it has.
        n: usize,
        /// How many it should have.
        expected: usize,
    },
    /// Two rows, or two criteria, have one name.
    #[error("{field} {id} stands twice")]
    Duplicate {
        /// What stands twice.
        field: String,
        /// Its name.
        id: String,
    },
    /// A number is not a finite number.
    #[error("{criterion} of {row} is not a number")]
    NotFinite {
        /// The project.
        row: String,
        /// The criterion.
        criterion: String,
    },
    /// A number is below zero where the method forbids it.
    #[error("{criterion} of {row} is {value}, below zero")]
    Negative {
        /// The project.
        row: String,
        /// The criterion.
        criterion: String,
        /// The number.
        value: f64,
    },
    /// A low end lies above the point, or the point above the high end.
    #[error("the range of {criterion} of {row} is in disorder")]
    Range {
        /// The project.
        row: String,
        /// The criterion.
        criterion: String,
    },
    /// A criterion has one value for every project: it cannot be normalised and distinguishes nothing.
    #[error("{criterion} has the value {value} for every project")]
    Constant {
        /// The criterion.
        criterion: String,
        /// The value.
        value: f64,
    },
    /// Values of one criterion, or scores that are added, are in different units.
    #[error("{criterion} is in {found} instead of {expected}")]
    Units {
        /// The criterion.
        criterion: String,
        /// The unit it has.
        found: String,
        /// The unit it should have.
        expected: String,
    },
    /// The weights do not sum to what they should.
    #[error("the weights sum to {sum} instead of {expected}")]
    WeightSum {
        /// Their sum.
        sum: f64,
        /// What it should be.
        expected: f64,
    },
    /// A weight is negative or no number.
    #[error("the weight of {criterion} is {value}")]
    Weight {
        /// The criterion.
        criterion: String,
        /// The weight.
        value: f64,
    },
    /// A judgement of a pairwise comparison is not above zero.
    #[error("the judgement {row}, {column} is {value}, not above zero")]
    Judgement {
        /// Its row.
        row: String,
        /// Its column.
        column: String,
        /// The judgement.
        value: f64,
    },
    /// Two judgements about the same pair contradict one another.
    #[error("the judgements {row}, {column} contradict one another: {value} times {mirrored} is not 1")]
    NotReciprocal {
        /// Row of the first.
        row: String,
        /// Column of the first.
        column: String,
        /// The first.
        value: f64,
        /// The second.
        mirrored: f64,
    },
    /// Thresholds of a preference function are negative or in disorder.
    #[error("the thresholds of {criterion} are in disorder: q {q}, p {p}")]
    Threshold {
        /// The criterion.
        criterion: String,
        /// Below or at this difference there is no preference.
        q: f64,
        /// Above or at this difference the preference is full.
        p: f64,
    },
    /// A value function is not monotone, leaves 0 to 1, or has bounds in disorder.
    #[error("the value function of {criterion} is not monotone from 0 to 1 at point {point}")]
    ValueFunction {
        /// The criterion.
        criterion: String,
        /// Its point, from 1.
        point: usize,
    },
}

impl Fault {
    /// The name in catalogue keys and machine-readable answers.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "missing",
            Self::Unreadable { .. } => "unreadable",
            Self::TooMany { .. } => "too-many",
            Self::TooFew { .. } => "too-few",
            Self::Length { .. } => "length",
            Self::Duplicate { .. } => "duplicate",
            Self::NotFinite { .. } => "not-finite",
            Self::Negative { .. } => "negative",
            Self::Range { .. } => "range",
            Self::Constant { .. } => "constant",
            Self::Units { .. } => "units",
            Self::WeightSum { .. } => "weight-sum",
            Self::Weight { .. } => "weight",
            Self::Judgement { .. } => "judgement",
            Self::NotReciprocal { .. } => "not-reciprocal",
            Self::Threshold { .. } => "threshold",
            Self::ValueFunction { .. } => "value-function",
        }
    }

    /// A missing field.
    pub fn missing(field: &str) -> Self {
        Self::Missing { field: field.to_owned() }
    }

    /// Facts for a sentence: names and values, in the order of the fields.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Missing { field } => vec![("field", field.clone())],
            Self::Unreadable { field, found } => vec![("field", field.clone()), ("found", found.clone())],
            Self::TooMany { field, n, limit } => {
                vec![("field", field.clone()), ("n", n.to_string()), ("limit", limit.to_string())]
            }
            Self::TooFew { field, n, least } => {
                vec![("field", field.clone()), ("n", n.to_string()), ("limit", least.to_string())]
            }
            Self::Length { field, n, expected } => {
                vec![("field", field.clone()), ("n", n.to_string()), ("expected", expected.to_string())]
            }
            Self::Duplicate { field, id } => vec![("field", field.clone()), ("id", id.clone())],
            Self::NotFinite { row, criterion } | Self::Range { row, criterion } => {
                vec![("row", row.clone()), ("criterion", criterion.clone())]
            }
            Self::Negative { row, criterion, value } => {
                vec![("row", row.clone()), ("criterion", criterion.clone()), ("value", value.to_string())]
            }
            Self::Constant { criterion, value } | Self::Weight { criterion, value } => {
                vec![("criterion", criterion.clone()), ("value", value.to_string())]
            }
            Self::Units { criterion, found, expected } => vec![
                ("criterion", criterion.clone()),
                ("found", found.clone()),
                ("expected", expected.clone()),
            ],
            Self::WeightSum { sum, expected } => {
                vec![("sum", sum.to_string()), ("expected", expected.to_string())]
            }
            Self::Judgement { row, column, value } => {
                vec![("row", row.clone()), ("column", column.clone()), ("value", value.to_string())]
            }
            Self::NotReciprocal { row, column, value, mirrored } => vec![
                ("row", row.clone()),
                ("column", column.clone()),
                ("value", value.to_string()),
                ("mirrored", mirrored.to_string()),
            ],
            Self::Threshold { criterion, q, p } => {
                vec![("criterion", criterion.clone()), ("q", q.to_string()), ("p", p.to_string())]
            }
            Self::ValueFunction { criterion, point } => {
                vec![("criterion", criterion.clone()), ("point", point.to_string())]
            }
        }
    }
}
