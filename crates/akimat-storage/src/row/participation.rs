//! Columns of comments and votes.

use super::{Arg, Columns, odd};
use crate::{ModerationItem, Result, args};
use akimat_core::{AccountId, CommentId, KatoCode, Lang, ProjectId};
use akimat_participation::{Comment, Hidden, Rating, RatingSummary};

/// What [`read_comment`] reads.
pub const COLUMNS: &str =
    "id, project_id, author, author_name, official, lang, body, at, hidden_reason, hidden_at";

/// What [`comment_args`] writes.
pub const STORED: &str =
    "id, project_id, author, author_name, official, lang, body, at, hidden_reason, hidden_at, place";

/// Values of [`STORED`].
pub fn comment_args(comment: &Comment, place: KatoCode) -> Vec<Arg<'_>> {
    args![
        comment.id.0,
        comment.project.0,
        comment.author.0,
        comment.author_name.as_str(),
        comment.official,
        comment.lang.code(),
        comment.body.as_str(),
        comment.at,
        comment.hidden.as_ref().map(|hidden| hidden.reason.as_str()),
        comment.hidden.as_ref().map(|hidden| hidden.at.as_microsecond()),
        place,
    ]
    .into()
}

/// What the codes of a territory and of everything below it share: all of them, divided by the first
/// number, give the second. There is an index of comments for each of the five divisors, the levels of
/// the classifier.
pub fn shared_digits(place: KatoCode) -> (u32, u32) {
    let (first, last) = place.subtree();
    let divisor = last.number() - first.number() + 1;
    (divisor, first.number() / divisor)
}

/// A comment out of [`COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_comment(row: &mut Columns<'_>) -> Result<Comment> {
    let mut comment = Comment {
        id: CommentId(row.uuid()?),
        project: ProjectId(row.uuid()?),
        author: AccountId(row.uuid()?),
        author_name: row.string()?,
        official: row.flag()?,
        lang: row.code(Lang::parse)?,
        body: row.string()?,
        at: row.instant()?,
        hidden: None,
    };
    let (reason, at) = (row.string_opt()?, row.int_opt()?);
    if let (Some(reason), Some(at)) = (reason, at) {
        let at = jiff::Timestamp::from_microsecond(at).map_err(|_| odd(format!("{at} is not an instant")))?;
        comment.hidden = Some(Hidden { reason, at });
    }
    Ok(comment)
}

/// A comment out of [`COLUMNS`], then its territory and the three titles of its project.
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_item(row: &mut Columns<'_>) -> Result<ModerationItem> {
    Ok(ModerationItem { comment: read_comment(row)?, place: row.kato()?, project_title: row.words()? })
}

/// A vote out of one column.
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when the column holds something else.
pub fn read_rating(row: &mut Columns<'_>) -> Result<Rating> {
    let value = row.int()?;
    Rating::new(value).ok_or_else(|| odd(format!("{value} is not a vote")))
}

/// How many gave each value, out of five columns; nothing counted yet reads as zero.
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_counts(row: &mut Columns<'_>) -> Result<RatingSummary> {
    let mut summary = RatingSummary::default();
    for count in &mut summary.counts {
        let n = row.int_opt()?.unwrap_or(0);
        *count = u64::try_from(n).map_err(|_| odd(format!("{n} votes")))?;
    }
    Ok(summary)
}

/// What a vote adds to the five counts, when the value changed; `previous` is `None` for a first vote.
pub fn deltas(value: Rating, previous: Option<Rating>) -> Option<[i64; 5]> {
    if previous == Some(value) {
        return None;
    }
    let mut deltas = [0; 5];
    deltas[usize::from(value.value()) - 1] = 1;
    if let Some(previous) = previous {
        deltas[usize::from(previous.value()) - 1] = -1;
    }
    Some(deltas)
}
