//! The states of a proposal.

use serde::{Deserialize, Serialize};

/// Where a proposal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Only the author and the co-authors see it.
    Draft,
    /// Handed in.
    Submitted,
    /// Back with the author, once, to be corrected within a term.
    Returned,
    /// Not taken up: faults of form were not corrected.
    RejectedFormal,
    /// A department assesses it.
    InAssessment,
    /// It can be built.
    Feasible,
    /// It cannot be built; the author may appeal within a term.
    NotFeasible,
    /// A panel looks at it again.
    UnderAppeal,
    /// It cannot be built; nothing is open any more.
    Refused,
    /// A part of another proposal.
    Merged,
    /// The author took it back.
    Withdrawn,
    /// On the ballot.
    OnBallot,
    /// Chosen.
    Selected,
    /// Not chosen.
    NotSelected,
    /// A conflicting project was chosen.
    Excluded,
    /// Too few votes.
    BelowMinimum,
    /// Being built.
    InImplementation,
    /// Built.
    Completed,
    /// Given up after it was chosen.
    Cancelled,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 19] = [
        Self::Draft,
        Self::Submitted,
        Self::Returned,
        Self::RejectedFormal,
        Self::InAssessment,
        Self::Feasible,
        Self::NotFeasible,
        Self::UnderAppeal,
        Self::Refused,
        Self::Merged,
        Self::Withdrawn,
        Self::OnBallot,
        Self::Selected,
        Self::NotSelected,
        Self::Excluded,
        Self::BelowMinimum,
        Self::InImplementation,
        Self::Completed,
        Self::Cancelled,
    ];

    /// What a count says about a project of the ballot.
    pub const OUTCOMES: [Self; 4] = [Self::Selected, Self::NotSelected, Self::Excluded, Self::BelowMinimum];

    /// The name in files, tables and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Returned => "returned",
            Self::RejectedFormal => "rejected_formal",
            Self::InAssessment => "in_assessment",
            Self::Feasible => "feasible",
            Self::NotFeasible => "not_feasible",
            Self::UnderAppeal => "under_appeal",
            Self::Refused => "refused",
            Self::Merged => "merged",
            Self::Withdrawn => "withdrawn",
            Self::OnBallot => "on_ballot",
            Self::Selected => "selected",
            Self::NotSelected => "not_selected",
            Self::Excluded => "excluded",
            Self::BelowMinimum => "below_minimum",
            Self::InImplementation => "in_implementation",
            Self::Completed => "completed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Reads [`State::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Nothing happens any more.
    pub const fn ends(self) -> bool {
        matches!(
            self,
            Self::RejectedFormal
                | Self::Refused
                | Self::Merged
                | Self::Withdrawn
                | Self::NotSelected
                | Self::Excluded
                | Self::BelowMinimum
                | Self::Completed
                | Self::Cancelled
        )
    }

    /// Everybody sees it.
    pub const fn public(self) -> bool {
        !matches!(self, Self::Draft)
    }

    /// It is, or was, on the ballot.
    pub const fn on_ballot(self) -> bool {
        matches!(
            self,
            Self::OnBallot
                | Self::Selected
                | Self::NotSelected
                | Self::Excluded
                | Self::BelowMinimum
                | Self::InImplementation
                | Self::Completed
                | Self::Cancelled
        )
    }

    /// It was chosen, whatever became of it.
    pub const fn chosen(self) -> bool {
        matches!(self, Self::Selected | Self::InImplementation | Self::Completed | Self::Cancelled)
    }
}
