//! Roles of people.

use serde::{Deserialize, Serialize};

/// What an account is for. Each account has one role in one territory and below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Rates, comments, follows.
    Resident,
    /// Registers projects and reports progress.
    ProjectManager,
    /// Imports budgets and projects, prepares recommendations.
    Analyst,
    /// The akim: decides.
    Head,
    /// Keeps order in comments.
    Moderator,
    /// Checks who a person is and acts for those who come to the desk.
    Clerk,
    /// Accounts and settings.
    Administrator,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 7] = [
        Self::Resident,
        Self::ProjectManager,
        Self::Analyst,
        Self::Head,
        Self::Moderator,
        Self::Clerk,
        Self::Administrator,
    ];

    /// The name in files, tables and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Resident => "resident",
            Self::ProjectManager => "project_manager",
            Self::Analyst => "analyst",
            Self::Head => "head",
            Self::Moderator => "moderator",
            Self::Clerk => "clerk",
            Self::Administrator => "administrator",
        }
    }

    /// Reads the name used in tables.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}
