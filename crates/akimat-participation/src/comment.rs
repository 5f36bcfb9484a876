//! Comments on projects. A hidden comment keeps its place; the reason stays visible.

use akimat_core::{AccountId, CommentId, Lang, ProjectId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Longest comment in characters.
pub const COMMENT_CHARS_MAX: usize = 4_000;

/// A comment of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// Identifier.
    pub id: CommentId,
    /// Project it is about.
    pub project: ProjectId,
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

/// Trims a comment and checks its length; control characters other than line ends are dropped.
///
/// # Errors
/// [`CommentError`] says what is wrong.
pub fn parse_body(text: &str) -> Result<String, CommentError> {
    let clean: String = text
        .replace("\r\n", "\n")
        .chars()
        .filter(|c| !c.is_control() || *c == '\n')
        .collect::<String>()
        .trim()
        .to_owned();
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
