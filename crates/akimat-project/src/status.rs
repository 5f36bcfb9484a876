//! Where a project stands, and which moves are possible.

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
    /// Stopped for a time.
    Suspended,
    /// Given up.
    Terminated,
}

/// A move that the register does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoveError {
    /// The status would stay as it is.
    #[error("the project is already {0:?}")]
    Same(Status),
    /// No such move.
    #[error("a project cannot move from {from:?} to {to:?}")]
    NotFrom {
        /// Where it stands.
        from: Status,
        /// Where it was to go.
        to: Status,
    },
    /// Stopping, giving up and going back need a reason.
    #[error("this move needs a reason")]
    ReasonMissing,
}

impl Status {
    /// Every status in the order of a project's life.
    pub const ALL: [Self; 9] = [
        Self::Idea,
        Self::Appraisal,
        Self::Planned,
        Self::Tender,
        Self::Contract,
        Self::Implementing,
        Self::Completed,
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
            Self::Suspended => "suspended",
            Self::Terminated => "terminated",
        }
    }

    /// Reads the name used in tables, files and addresses.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    /// Where a project can go from here.
    pub fn next(self) -> Vec<Self> {
        Self::ALL.into_iter().filter(|to| allowed(self, *to)).collect()
    }

    /// Checks one move. Giving up, stopping and going back need a reason.
    ///
    /// # Errors
    /// [`MoveError`] says why the move is not possible.
    pub fn check_move(self, to: Self, reason: &str) -> Result<(), MoveError> {
        if self == to {
            return Err(MoveError::Same(self));
        }
        if !allowed(self, to) {
            return Err(MoveError::NotFrom { from: self, to });
        }
        let needs_reason = matches!(to, Self::Suspended | Self::Terminated) || to < self;
        if needs_reason && reason.trim().is_empty() {
            return Err(MoveError::ReasonMissing);
        }
        Ok(())
    }
}

/// The table of moves. A project never leaves `Completed` and `Terminated`; a suspended one goes back
/// to any working status; otherwise it goes forward, or one step back.
fn allowed(from: Status, to: Status) -> bool {
    use Status::{Completed, Contract, Idea, Implementing, Suspended, Terminated};
    match (from, to) {
        (Completed | Terminated, _) => false,
        (Idea, Suspended) | (_, Idea) => false,
        (_, Terminated) => true,
        (Suspended, to) => to < Completed,
        (from, Suspended) => from < Completed,
        (Contract | Implementing, Completed) => true,
        (_, Completed) => false,
        (from, to) => {
            to > from
                || Status::ALL.iter().position(|s| *s == to).map(|at| at + 1)
                    == Status::ALL.iter().position(|s| *s == from)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_the_end_and_stops_need_reasons() {
        assert!(Status::Completed.next().is_empty());
        assert!(Status::Terminated.next().is_empty());
        assert_eq!(Status::Implementing.check_move(Status::Suspended, " "), Err(MoveError::ReasonMissing));
        assert_eq!(Status::Implementing.check_move(Status::Suspended, "flood"), Ok(()));
        assert_eq!(Status::Idea.check_move(Status::Appraisal, ""), Ok(()));
        assert_eq!(Status::Tender.check_move(Status::Planned, ""), Err(MoveError::ReasonMissing));
        assert_eq!(Status::Idea.check_move(Status::Idea, ""), Err(MoveError::Same(Status::Idea)));
        assert!(Status::Idea.check_move(Status::Completed, "x").is_err());
        assert_eq!(Status::Suspended.check_move(Status::Implementing, "resumed"), Ok(()));
    }
}
