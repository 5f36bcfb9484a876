//! Columns of letters.

use super::{Arg, Columns, instant_opt};
use crate::outbox::{Letter, LetterState};
use crate::{Result, args};
use akimat_core::Lang;
use jiff::Timestamp;

/// What [`read`] reads and [`args`] writes.
pub const COLUMNS: &str = "id, key, kind, subscriber, recipient, lang, subject, body_text, body_html, \
     unsubscribe, state, attempts, due_at, runner, fault, created_at, ended_at";

/// Values of [`COLUMNS`].
pub fn args(letter: &Letter) -> Vec<Arg<'_>> {
    args![
        letter.id,
        letter.key.as_str(),
        letter.kind.as_str(),
        letter.subscriber,
        letter.recipient.as_str(),
        letter.lang.code(),
        letter.subject.as_str(),
        letter.text.as_str(),
        letter.html.as_str(),
        letter.unsubscribe.as_str(),
        letter.state.code(),
        letter.attempts,
        letter.due_at,
        letter.runner,
        letter.fault.as_str(),
        letter.created_at,
        letter.ended_at.map(Timestamp::as_microsecond),
    ]
    .into()
}

/// A letter out of [`COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read(row: &mut Columns<'_>) -> Result<Letter> {
    Ok(Letter {
        id: row.uuid()?,
        key: row.string()?,
        kind: row.string()?,
        subscriber: row.uuid_opt()?,
        recipient: row.string()?,
        lang: row.code(Lang::parse)?,
        subject: row.string()?,
        text: row.string()?,
        html: row.string()?,
        unsubscribe: row.string()?,
        state: row.code(LetterState::parse)?,
        attempts: row.int()?,
        due_at: row.instant()?,
        runner: row.uuid_opt()?,
        fault: row.string()?,
        created_at: row.instant()?,
        ended_at: instant_opt(row)?,
    })
}
