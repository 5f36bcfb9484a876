//! Identifiers: time-ordered UUIDs (version 7), one type per noun so that they cannot be mixed up.
//!
//! This room reads no clock and no chance: new identifiers are made in `akimat-app` and passed in.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )* };
}

ids! {
    /// A territory with a term of validity.
    PlaceId,
    /// A budget of one territory and year.
    BudgetId,
    /// A project of the register.
    ProjectId,
    /// A public update of a project.
    UpdateId,
    /// A comment.
    CommentId,
    /// A person's account.
    AccountId,
    /// A published decision on a portfolio.
    DecisionId,
    /// A kept piece of analysis.
    SavedId,
    /// A question about a line of a budget.
    QuestionId,
    /// A published forecast.
    ForecastId,
    /// A piece of background work.
    JobId,
    /// A process of participation: one participatory budget of one year.
    ProcessId,
    /// A proposal of a resident within a process.
    ProposalId,
    /// A ballot as it was cast, without its voter.
    BallotId,
}
