//! Columns of notices.

use super::{Arg, Columns, instant_opt};
use crate::notice::{
    Audience, Channel, Choice, Notice, NoticeAddress, NoticeKind, Occurrence, OpenOccurrence, Pace, Stop,
};
use crate::{Result, args};
use akimat_core::{AccountId, CommentId, ProjectId};
use jiff::Timestamp;

/// What [`read`] reads and [`args`] writes.
pub const COLUMNS: &str = "id, event_key, kind, title_kk, title_ru, title_en, code, words, link, account_id, subject, \
     thread, project_id, caused_by, at";

/// [`COLUMNS`] of the table `e`.
pub const JOINED: &str = "e.id, e.event_key, e.kind, e.title_kk, e.title_ru, e.title_en, e.code, e.words, e.link, \
     e.account_id, e.subject, e.thread, e.project_id, e.caused_by, e.at";

/// Values of [`COLUMNS`].
pub fn args(event: &Occurrence) -> Vec<Arg<'_>> {
    args![
        event.id,
        event.key.as_str(),
        event.kind.code(),
        event.title.kk.as_str(),
        event.title.ru.as_str(),
        event.title.en.as_str(),
        event.code.as_str(),
        event.words.as_str(),
        event.link.as_str(),
        event.audience.account.map(|account| account.0),
        event.audience.subject.as_str(),
        event.audience.thread.map(|comment| comment.0),
        event.audience.project.map(|project| project.0),
        event.audience.caused_by.map(|account| account.0),
        event.at,
    ]
    .into()
}

/// An occurrence out of [`COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read(row: &mut Columns<'_>) -> Result<Occurrence> {
    Ok(Occurrence {
        id: row.uuid()?,
        key: row.string()?,
        kind: row.code(NoticeKind::parse)?,
        title: row.words()?,
        code: row.string()?,
        words: row.string()?,
        link: row.string()?,
        audience: Audience {
            account: row.uuid_opt()?.map(AccountId),
            subject: row.string()?,
            thread: row.uuid_opt()?.map(CommentId),
            project: row.uuid_opt()?.map(ProjectId),
            caused_by: row.uuid_opt()?.map(AccountId),
        },
        at: row.instant()?,
    })
}

/// An occurrence out of [`COLUMNS`] and `told_after`.
///
/// # Errors
/// See [`read`].
pub fn read_open(row: &mut Columns<'_>) -> Result<OpenOccurrence> {
    Ok(OpenOccurrence { occurrence: read(row)?, told_after: row.uuid_opt()?.map(AccountId) })
}

/// A notice out of [`JOINED`] and `read_at`.
///
/// # Errors
/// See [`read`].
pub fn read_notice(row: &mut Columns<'_>) -> Result<Notice> {
    Ok(Notice { occurrence: read(row)?, read_at: instant_opt(row)? })
}

/// A choice out of `kind, channel, pace`.
///
/// # Errors
/// See [`read`].
pub fn read_choice(row: &mut Columns<'_>) -> Result<Choice> {
    Ok(Choice {
        kind: row.code(NoticeKind::parse)?,
        channel: row.code(Channel::parse)?,
        pace: row.code(Pace::parse)?,
    })
}

/// A stop out of `channel, fault, at`.
///
/// # Errors
/// See [`read`].
pub fn read_stop(row: &mut Columns<'_>) -> Result<Stop> {
    Ok(Stop { channel: row.code(Channel::parse)?, fault: row.string()?, at: row.instant()? })
}

/// Channel, address, words and instant.
///
/// # Errors
/// See [`read`].
pub fn read_address(row: &mut Columns<'_>) -> Result<NoticeAddress> {
    Ok(NoticeAddress {
        channel: row.code(Channel::parse)?,
        address: row.string()?,
        words: row.string()?,
        at: row.instant()?,
    })
}

/// Person and channel.
///
/// # Errors
/// See [`read`].
pub fn read_due(row: &mut Columns<'_>) -> Result<(AccountId, Channel)> {
    Ok((AccountId(row.uuid()?), row.code(Channel::parse)?))
}

/// The values of the statement that finds an audience: of what an audience has not, nobody's.
pub fn audience_args(audience: &Audience, after: Option<AccountId>, limit: u16) -> Vec<Arg<'_>> {
    args![
        audience.subject.as_str(),
        audience.thread.map_or(uuid::Uuid::nil(), |comment| comment.0),
        audience.project.map_or(uuid::Uuid::nil(), |project| project.0),
        audience.account.map_or(uuid::Uuid::nil(), |account| account.0),
        after.map_or(uuid::Uuid::nil(), |account| account.0),
        audience.caused_by.map_or(uuid::Uuid::nil(), |account| account.0),
        limit,
    ]
    .into()
}

/// The values of a notice.
pub fn notice_args<'a>(event: uuid::Uuid, (account, at): (AccountId, Timestamp)) -> [Arg<'a>; 3] {
    args![account.0, event, at]
}
