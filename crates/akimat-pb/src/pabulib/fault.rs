//! Why a file is refused: the line and the reason, as facts.

use serde::Serialize;

/// Where a file stops being an election.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct Fault {
    /// Line, counted from 1; where a whole table lacks something, the last line of the file.
    pub line: u64,
    /// What is wrong there.
    #[serde(flatten)]
    pub reason: Reason,
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub enum Reason {
    /// The bytes are not UTF-8.
    #[error("not UTF-8")]
    Encoding,
    /// A table stands where another one is due.
    #[error("section {found} instead of {expected}")]
    Section {
        /// What is due.
        expected: String,
        /// What stands there.
        found: String,
    },
    /// A table lacks a column that it must have.
    #[error("column {name} missing")]
    Column {
        /// The column.
        name: String,
    },
    /// META lacks a key that it must have.
    #[error("key {name} missing")]
    Key {
        /// The key.
        name: String,
    },
    /// The same column, key, project or voter stands twice.
    #[error("{what} {id} stands twice")]
    Twice {
        /// `column`, `key`, `project` or `voter`.
        what: &'static str,
        /// Its name.
        id: String,
    },
    /// More fields than the header has columns.
    #[error("{found} fields, {expected} columns")]
    Fields {
        /// Columns of the header.
        expected: usize,
        /// Fields of the line.
        found: usize,
    },
    /// A field that must have a value has none.
    #[error("{field} is empty")]
    Empty {
        /// The column or key.
        field: String,
    },
    /// A field that is no amount: digits, at most six decimals, below a thousand billion.
    #[error("{field}: {found} is not an amount")]
    Amount {
        /// The column or key.
        field: String,
        /// What stands there.
        found: String,
    },
    /// An amount below zero.
    #[error("{field}: {found} is below zero")]
    Negative {
        /// The column or key.
        field: String,
        /// What stands there.
        found: String,
    },
    /// A budget of nothing.
    #[error("the budget is zero")]
    ZeroBudget,
    /// A field that is no whole number in its range.
    #[error("{field}: {found} is not a whole number")]
    Number {
        /// The column or key.
        field: String,
        /// What stands there.
        found: String,
    },
    /// A kind of ballot that the format does not know.
    #[error("vote type {found}")]
    VoteType {
        /// What stands there.
        found: String,
    },
    /// A ballot for a project that is not in PROJECTS.
    #[error("project {id} is not in PROJECTS")]
    UnknownProject {
        /// The project.
        id: String,
    },
    /// A ballot with as many points as projects is due.
    #[error("{projects} projects, {points} points")]
    Points {
        /// Projects on the ballot.
        projects: usize,
        /// Points on the ballot.
        points: usize,
    },
    /// A ballot with one project at most is due.
    #[error("{found} projects on a ballot for one")]
    ChooseOne {
        /// Projects on the ballot.
        found: usize,
    },
    /// META declares another number than the table has.
    #[error("{field} says {declared}, {found} found")]
    Count {
        /// `num_projects` or `num_votes`.
        field: String,
        /// What META says.
        declared: String,
        /// What was counted.
        found: u64,
    },
    /// More than the reader takes.
    #[error("more than {limit} {what}")]
    TooMany {
        /// `projects`, `voters`, `marks`, `columns`, `keys` or `bytes of a line`.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
    /// A quotation mark is opened and never closed.
    #[error("a quotation mark is not closed")]
    Quote,
    /// The file ends before its table of votes.
    #[error("the file ends before {expected}")]
    End {
        /// What is due.
        expected: &'static str,
    },
}

impl Reason {
    /// The name of the reason, as in JSON and in the catalogue of sentences.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Encoding => "encoding",
            Self::Section { .. } => "section",
            Self::Column { .. } => "column",
            Self::Key { .. } => "key",
            Self::Twice { .. } => "twice",
            Self::Fields { .. } => "fields",
            Self::Empty { .. } => "empty",
            Self::Amount { .. } => "amount",
            Self::Negative { .. } => "negative",
            Self::ZeroBudget => "zero-budget",
            Self::Number { .. } => "number",
            Self::VoteType { .. } => "vote-type",
            Self::UnknownProject { .. } => "unknown-project",
            Self::Points { .. } => "points",
            Self::ChooseOne { .. } => "choose-one",
            Self::Count { .. } => "count",
            Self::TooMany { .. } => "too-many",
            Self::Quote => "quote",
            Self::End { .. } => "end",
        }
    }

    /// The facts of the reason by name, for a sentence.
    #[must_use]
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Encoding | Self::ZeroBudget | Self::Quote => Vec::new(),
            Self::Section { expected, found } => {
                vec![("expected", expected.clone()), ("found", found.clone())]
            }
            Self::Column { name } | Self::Key { name } => vec![("name", name.clone())],
            Self::Twice { what, id } => vec![("what", (*what).to_owned()), ("id", id.clone())],
            Self::Fields { expected, found } => {
                vec![("expected", expected.to_string()), ("found", found.to_string())]
            }
            Self::Empty { field } => vec![("field", field.clone())],
            Self::Amount { field, found }
            | Self::Negative { field, found }
            | Self::Number { field, found } => {
                vec![("field", field.clone()), ("found", found.clone())]
            }
            Self::VoteType { found } => vec![("found", found.clone())],
            Self::UnknownProject { id } => vec![("id", id.clone())],
            Self::Points { projects, points } => {
                vec![("projects", projects.to_string()), ("points", points.to_string())]
            }
            Self::ChooseOne { found } => vec![("found", found.to_string())],
            Self::Count { field, declared, found } => {
                vec![("field", field.clone()), ("declared", declared.clone()), ("found", found.to_string())]
            }
            Self::TooMany { what, limit } => {
                vec![("what", (*what).to_owned()), ("limit", limit.to_string())]
            }
            Self::End { expected } => vec![("expected", (*expected).to_owned())],
        }
    }
}
