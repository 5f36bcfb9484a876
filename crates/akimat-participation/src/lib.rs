//! Comments, ratings and moderation: the words and the rules.
#![warn(missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]

pub mod comment;
pub mod rating;

pub use comment::{Comment, CommentError, Hidden};
pub use rating::{Rating, RatingSummary};
