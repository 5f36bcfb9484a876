//! Where a project stands.

use serde::{Deserialize, Serialize};

/// Status of a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Somebody proposes it.
    Idea,
    /// Costs and benefits are being worked out; it can be recommended for funding.
    Appraisal,
    /// In the approved plan.
    Planned,
    /// Contractor is being chosen.
    Tender,
    /// Contract signed.
    Contract,
    /// Work goes on.
    Implementing,
    /// Finished.
    Completed,
    /// Serves people, and its partner or owner is bound to keep it so.
    Operating,
    /// Stopped for a time.
    Suspended,
    /// Given up.
    Terminated,
}

impl Status {
    /// Every status in the order of a project's life.
    pub const ALL: [Self; 10] = [
        Self::Idea,
        Self::Appraisal,
        Self::Planned,
        Self::Tender,
        Self::Contract,
        Self::Implementing,
        Self::Completed,
        Self::Operating,
        Self::Suspended,
        Self::Terminated,
    ];

    /// The name in tables, files, addresses and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Idea => "idea",
            Self::Appraisal => "appraisal",
            Self::Planned => "planned",
            Self::Tender => "tender",
            Self::Contract => "contract",
            Self::Implementing => "implementing",
            Self::Completed => "completed",
            Self::Operating => "operating",
            Self::Suspended => "suspended",
            Self::Terminated => "terminated",
        }
    }

    /// Reads the name used in tables, files and addresses.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }
}
