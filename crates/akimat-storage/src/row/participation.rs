//! Columns of comments and votes.

use super::{Arg, Columns, instant_opt, odd, to_json};
use crate::{ModerationItem, Result, args};
use akimat_core::{AccountId, CommentId, KatoCode, Lang, ProjectId, Text};
use akimat_participation::talk::QueueReason;
use akimat_participation::{Comment, Rating, RatingSummary, Reason, Subject, Talk};
use jiff::Timestamp;

/// What [`read_comment`] reads.
pub const COLUMNS: &str = "id, project_id, author, author_name, official, lang, body, at, hidden_reason, hidden_at, \
     subject, about_kk, about_ru, about_en, parent, thread, depth, edited_at, removed_at, pinned, answered, n_support, \
     n_replies, n_reports, waiting, queued_at, queue_why, score, score_why, wording, links, hidden_code";

/// What [`comment_args`] writes.
pub const STORED: &str = "id, project_id, author, author_name, official, lang, body, at, hidden_reason, hidden_at, \
     subject, about_kk, about_ru, about_en, parent, thread, depth, edited_at, removed_at, pinned, answered, n_support, \
     n_replies, n_reports, waiting, queued_at, queue_why, score, score_why, wording, links, hidden_code, place";

const fn flag(value: bool) -> i64 {
    if value { 1 } else { 0 }
}

/// Codes with commas between them.
pub fn queue_codes(why: &[QueueReason]) -> String {
    why.iter().map(|reason| reason.code()).collect::<Vec<_>>().join(",")
}

/// Values of [`STORED`].
pub fn comment_args(comment: &Comment, place: KatoCode) -> Vec<Arg<'_>> {
    let talk = &comment.talk;
    let about = comment.subject.name();
    args![
        comment.id.0,
        comment.subject.project().map(|id| id.0),
        comment.author.0,
        comment.author_name.as_str(),
        comment.official,
        comment.lang.code(),
        comment.body.as_str(),
        comment.at,
        comment.hidden.as_ref().map(|hidden| hidden.reason.as_str()),
        comment.hidden.as_ref().map(|hidden| hidden.at.as_microsecond()),
        comment.subject.key().map_or(Arg::Text(None), Arg::from),
        about.map(|name| name.kk.as_str()),
        about.map(|name| name.ru.as_str()),
        about.map(|name| name.en.as_str()),
        talk.parent.map(|id| id.0),
        comment.thread().0,
        talk.depth,
        talk.edited_at.map(Timestamp::as_microsecond),
        talk.removed_at.map(Timestamp::as_microsecond),
        flag(talk.pinned),
        flag(talk.answered),
        talk.n_support,
        talk.n_replies,
        talk.n_reports,
        flag(talk.waiting),
        talk.queued_at.map(Timestamp::as_microsecond),
        queue_codes(&talk.queue_why),
        talk.score,
        to_json(&talk.score_why),
        talk.wording.as_str(),
        flag(talk.links),
        talk.hidden_code.map(Reason::code),
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
    let id = CommentId(row.uuid()?);
    let project = row.uuid_opt()?.map(|id| Subject::Project(ProjectId(id)));
    let author = AccountId(row.uuid()?);
    let (author_name, official, lang) = (row.string()?, row.flag()?, row.code(Lang::parse)?);
    let (body, at) = (row.string()?, row.instant()?);
    let hidden = super::hidden_opt(row)?;
    let key = row.string_opt()?;
    let [kk, ru, en] =
        [row.string_opt()?, row.string_opt()?, row.string_opt()?].map(Option::unwrap_or_default);
    let other = || Subject::parse_key(&key.unwrap_or_default(), Text { kk, ru, en });
    let subject = project.or_else(other).ok_or_else(|| odd("a comment is about nothing"))?;
    let talk = read_talk(row, id)?;
    Ok(Comment { id, subject, author, author_name, official, lang, body, at, hidden, talk })
}

fn read_talk(row: &mut Columns<'_>, id: CommentId) -> Result<Talk> {
    let yes = |n: i64| n != 0;
    Ok(Talk {
        parent: row.uuid_opt()?.map(CommentId),
        thread: Some(CommentId(row.uuid()?)).filter(|thread| *thread != id),
        depth: row.int()?,
        edited_at: instant_opt(row)?,
        removed_at: instant_opt(row)?,
        pinned: yes(row.int()?),
        answered: yes(row.int()?),
        n_support: row.int()?,
        n_replies: row.int()?,
        n_reports: row.int()?,
        waiting: yes(row.int()?),
        queued_at: instant_opt(row)?,
        queue_why: row.string()?.split(',').filter_map(QueueReason::parse).collect(),
        score: row.int()?,
        score_why: row.json()?,
        wording: row.string()?,
        links: yes(row.int()?),
        hidden_code: row.string_opt()?.as_deref().and_then(Reason::parse),
    })
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
