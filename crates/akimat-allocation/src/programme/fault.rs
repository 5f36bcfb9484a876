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
