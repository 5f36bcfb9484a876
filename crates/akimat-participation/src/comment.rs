//! Comments on projects and other subjects. A hidden comment keeps its place; the reason stays visible.

use crate::talk::{Subject, Talk};
use akimat_core::{AccountId, CommentId, Lang};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Longest text of a person in characters; [`crate::rule::TalkRules`] may allow comments less.
pub const COMMENT_CHARS_MAX: usize = 4_000;

/// A comment of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// Identifier.
    pub id: CommentId,
    /// What it is about.
    pub subject: Subject,
    /// Who wrote it.
    pub author: AccountId,
    /// Name shown.
    pub author_name: String,
    /// The author speaks for an office; marked on the page.
    pub official: bool,
    /// Language it was written under.
    pub lang: Lang,
    /// The words.
    pub body: String,
    /// When.
    pub at: Timestamp,
    /// Hidden by a moderator: who, why, when. The words are then shown to nobody but moderators.
    pub hidden: Option<Hidden>,
    /// Its place in the conversation and with the moderators.
    pub talk: Talk,
}

impl Comment {
    /// Everybody may read the words: they are neither hidden, nor taken back, nor waiting for a moderator.
    pub const fn is_open(&self) -> bool {
        self.hidden.is_none() && self.talk.removed_at.is_none() && !self.talk.waiting
    }

    /// The comment that began the conversation it stands in: itself when it answers nothing.
    pub fn thread(&self) -> CommentId {
        self.talk.thread.unwrap_or(self.id)
    }
}

/// Why a comment is not shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hidden {
    /// Reason, visible to everybody.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// Why a comment cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CommentError {
    /// Nothing is written.
    #[error("the comment is empty")]
    Empty,
    /// Too long.
    #[error("the comment has {chars} characters, {COMMENT_CHARS_MAX} are allowed")]
    TooLong {
        /// Characters written.
        chars: usize,
    },
}

/// Trims a comment and checks its length; control characters other than line ends, signs without width and signs that
/// turn the direction of writing are dropped.
///
/// # Errors
/// [`CommentError`] says what is wrong.
pub fn parse_body(text: &str) -> Result<String, CommentError> {
    let clean = crate::wording::plain(text);
    let chars = clean.chars().count();
    match chars {
        0 => Err(CommentError::Empty),
        n if n > COMMENT_CHARS_MAX => Err(CommentError::TooLong { chars }),
        _ => Ok(clean),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_and_endless_comments_are_refused() {
        assert_eq!(parse_body(" \r\n\t"), Err(CommentError::Empty));
        assert_eq!(parse_body("a\0b\r\nc ").as_deref(), Ok("ab\nc"));
        assert!(parse_body(&"ә".repeat(COMMENT_CHARS_MAX)).is_ok());
        assert_eq!(
            parse_body(&"ә".repeat(COMMENT_CHARS_MAX + 1)),
            Err(CommentError::TooLong { chars: 4_001 })
        );
    }
}
