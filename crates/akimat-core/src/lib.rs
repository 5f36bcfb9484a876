//! The words every room shares. Read in this order: [`money`], [`ratio`], [`period`], [`place`],
//! [`lang`], [`text`], [`id`], [`role`].
//!
//! Nothing here knows a clock, chance, a disk or a network.
#![warn(missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]

pub mod decimal;
pub mod fold;
pub mod id;
pub mod lang;
pub mod money;
pub mod period;
pub mod place;
pub mod ratio;
pub mod role;
pub mod text;

pub use decimal::Decimal;
pub use id::{
    AccountId, BallotId, BudgetId, CommentId, DecisionId, ForecastId, JobId, PlaceId, ProcessId, ProjectId,
    ProposalId, QuestionId, SavedId, UpdateId,
};
pub use lang::Lang;
pub use money::{Money, MoneyUnit};
pub use period::{Frequency, Period};
pub use place::{KatoCode, Place, PlaceKind};
pub use ratio::Ratio;
pub use role::Role;
pub use text::Text;
