//! What is wrong with a programme, as facts.

use crate::extension::ExtensionFault;
use crate::programme::Id;
use serde::{Deserialize, Serialize};

/// A place in the data that the asker gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "where", rename_all = "snake_case")]
pub enum Where {
    /// A project: its place in the list from 1, and its name where it has one.
    Project {
        /// Place in the list, from 1.
        row: usize,
        /// Name.
        id: Option<Id>,
        /// The field, such as `cost.own`.
        field: String,
    },
    /// A field of the programme, such as `budget.own`, with the place in its list from 1 where it has one.
    Field {
        /// The field.
        field: String,
        /// Place in the list, from 1.
        at: Option<usize>,
    },
}

/// Why given data are not a programme that can be solved. Sentences live in the catalogues.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum ProgrammeFault {
    /// Too many of something: the limit is named.
    #[error("{what}: {count} are too many, the limit is {limit}")]
    TooMany {
        /// `projects`, `years`, `sources`, `sectors`, `districts`.
        what: String,
        /// How many were given.
        count: usize,
        /// The limit.
        limit: usize,
    },
    /// There is no project, year or source.
    #[error("{what}: there is none")]
    Nothing {
        /// `projects`, `years` or `sources`.
        what: String,
    },
    /// A value is absent.
    #[error("{at:?}: a value is missing")]
    Missing {
        /// Where.
        at: Where,
    },
    /// A value is not of the kind wanted.
    #[error("{at:?}: {value} is not {wanted}")]
    NotA {
        /// Where.
        at: Where,
        /// What stands there, shortened.
        value: String,
        /// `whole_number`, `list`, `text`, `object`, `yes_or_no`.
        wanted: String,
    },
    /// A value is below zero.
    #[error("{at:?}: {value} is negative")]
    Negative {
        /// Where.
        at: Where,
        /// The value.
        value: i64,
    },
    /// A value is larger than the limit.
    #[error("{at:?}: {value} is above {limit}")]
    TooLarge {
        /// Where.
        at: Where,
        /// The value.
        value: i64,
        /// The limit.
        limit: i64,
    },
    /// A list has another length than the years (or the parts) ask for.
    #[error("{at:?}: {count} values, not {wanted}")]
    Length {
        /// Where.
        at: Where,
        /// Values given.
        count: usize,
        /// Values wanted.
        wanted: usize,
    },
    /// Two projects have one name.
    #[error("projects {first} and {row} are both called {id}")]
    Twice {
        /// The name.
        id: Id,
        /// Place of the first, from 1.
        first: usize,
        /// Place of the second, from 1.
        row: usize,
    },
    /// A rule names a project, sector or district that does not exist.
    #[error("{at:?}: {value} is unknown")]
    Unknown {
        /// Where.
        at: Where,
        /// What was named.
        value: String,
    },
    /// The window of a project ends before it begins or begins after the last year.
    #[error("{at:?}: the window {earliest}..{latest} holds no year")]
    Window {
        /// Where.
        at: Where,
        /// First year.
        earliest: u16,
        /// Last year.
        latest: u16,
    },
    /// Projects wait for one another in a circle.
    #[error("projects wait for one another in a circle")]
    Cycle {
        /// The circle: each waits for the one before it, the first for the last.
        ids: Vec<Id>,
    },
    /// One project stands twice in an exclusive list.
    #[error("{at:?}: {id} stands twice")]
    Repeated {
        /// Where.
        at: Where,
        /// The project.
        id: Id,
    },
    /// A project is mandatory and barred at once.
    #[error("{id} is mandatory and barred at once")]
    MandatoryAndBarred {
        /// The project.
        id: Id,
    },
    /// All points together pass what is summed exactly.
    #[error("the points together are too large")]
    ObjectiveTooLarge,
    /// A rule beyond the common ones is wrong.
    #[error(transparent)]
    Extension(#[from] ExtensionFault),
}

impl Where {
    /// Key of the words for the place.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Project { id: Some(_), .. } => "programme-at-project",
            Self::Project { id: None, .. } => "programme-at-row",
            Self::Field { at: Some(_), .. } => "programme-at-item",
            Self::Field { at: None, .. } => "programme-at-field",
        }
    }

    /// Facts for the words.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Project { row, id, field } => vec![
                ("row", row.to_string()),
                ("id", id.as_ref().map(ToString::to_string).unwrap_or_default()),
                ("field", field.clone()),
            ],
            Self::Field { field, at } => {
                vec![("field", field.clone()), ("row", at.map(|at| at.to_string()).unwrap_or_default())]
            }
        }
    }
}

impl ProgrammeFault {
    /// Where it is; `None` when it is of the programme as a whole.
    pub const fn place(&self) -> Option<&Where> {
        match self {
            Self::Missing { at }
            | Self::NotA { at, .. }
            | Self::Negative { at, .. }
            | Self::TooLarge { at, .. }
            | Self::Length { at, .. }
            | Self::Unknown { at, .. }
            | Self::Window { at, .. }
            | Self::Repeated { at, .. } => Some(at),
            Self::Extension(fault) => fault.place(),
            _ => None,
        }
    }

    /// Key of the sentence that says it.
    pub fn key(&self) -> String {
        let word = match self {
            Self::TooMany { what, .. } => return format!("programme-fault-too-many-{what}"),
            Self::Nothing { what } => return format!("programme-fault-nothing-{what}"),
            Self::NotA { wanted, .. } => {
                return match wanted.as_str() {
                    "whole_number" | "list" | "object" | "yes_or_no" | "year" => {
                        format!("programme-fault-not-{}", wanted.replace('_', "-"))
                    }
                    _ => "programme-fault-not-format".to_owned(),
                };
            }
            Self::Missing { .. } => "missing",
            Self::Negative { .. } => "negative",
            Self::TooLarge { .. } => "too-large",
            Self::Length { .. } => "length",
            Self::Twice { .. } => "twice",
            Self::Unknown { .. } => "unknown",
            Self::Window { .. } => "window",
            Self::Cycle { .. } => "cycle",
            Self::Repeated { .. } => "repeated",
            Self::MandatoryAndBarred { .. } => "mandatory-and-barred",
            Self::ObjectiveTooLarge => "objective",
            Self::Extension(fault) => return fault.key().to_owned(),
        };
        format!("programme-fault-{word}")
    }

    /// Facts for the sentence.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::TooMany { count, limit, .. } => {
                let count = if *count == usize::MAX { String::new() } else { count.to_string() };
                vec![("count", count), ("limit", limit.to_string())]
            }
            Self::NotA { value, wanted, .. } => vec![("value", value.clone()), ("wanted", wanted.clone())],
            Self::Negative { value, .. } => vec![("value", value.to_string())],
            Self::TooLarge { value, limit, .. } => {
                vec![("value", value.to_string()), ("limit", limit.to_string())]
            }
            Self::Length { count, wanted, .. } => {
                vec![("count", count.to_string()), ("wanted", wanted.to_string())]
            }
            Self::Twice { id, first, row } => {
                vec![("id", id.to_string()), ("first", first.to_string()), ("row", row.to_string())]
            }
            Self::Unknown { value, .. } => vec![("value", value.clone())],
            Self::Window { earliest, latest, .. } => {
                vec![("earliest", earliest.to_string()), ("latest", latest.to_string())]
            }
            Self::Cycle { ids } => {
                let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
                vec![("ids", ids.join(", "))]
            }
            Self::Repeated { id, .. } | Self::MandatoryAndBarred { id } => vec![("id", id.to_string())],
            Self::Extension(fault) => fault.args(),
            Self::Nothing { .. } | Self::Missing { .. } | Self::ObjectiveTooLarge => Vec::new(),
        }
    }
}
