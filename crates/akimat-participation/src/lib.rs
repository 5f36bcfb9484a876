//! Comments, ratings and moderation: the words and the rules.
//!
//! Reading order: [`comment`], [`talk`], [`rule`], [`spam`], [`moderation`].
#![warn(missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]

pub mod comment;
pub mod moderation;
pub mod rating;
pub mod rule;
pub mod spam;
pub mod talk;
pub mod wording;

pub use comment::{Comment, CommentError, Hidden};
pub use moderation::{ActKind, Block, Contest, ModerationAct, Reason, Report, Ruling};
pub use rating::{Rating, RatingSummary};
pub use rule::TalkRules;
pub use talk::{Order, Subject, Talk};
