//! Comments, ratings, moderation and participatory budgets: the words and the rules.
//!
//! Reading order: [`comment`], [`talk`], [`rule`], [`spam`], [`moderation`]; [`process`], [`proposal`], [`ballot`].
#![warn(missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]

pub mod ballot;
pub mod comment;
pub mod exercise;
pub mod moderation;
pub mod process;
pub mod proposal;
pub mod rating;
pub mod rule;
pub mod spam;
pub mod talk;
pub mod wording;

pub use ballot::{Ballot, BallotPaper};
pub use comment::{Comment, CommentError, Hidden};
pub use moderation::{ActKind, Block, Contest, ModerationAct, Reason, Report, Ruling};
pub use process::{Envelope, Phase, Process};
pub use proposal::Proposal;
pub use rating::{Rating, RatingSummary};
pub use rule::TalkRules;
pub use talk::{Order, Subject, Talk};
