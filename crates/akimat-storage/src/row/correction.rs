//! Columns of requests for correction.

use super::{Arg, Columns, instant_opt};
use crate::correction::{Correction, CorrectionField, CorrectionState};
use crate::{Result, args};
use akimat_core::AccountId;

/// What [`args`] writes and [`read`] reads.
pub const COLUMNS: &str = "id, account_id, place, field, wanted, words, asked_at, due_on, state, reason, decided_by, \
     decided_by_name, decided_at";

/// Values of [`COLUMNS`].
pub fn args(one: &Correction) -> Vec<Arg<'_>> {
    args![
        one.id,
        one.account.0,
        one.place,
        one.field.code(),
        one.wanted.as_str(),
        one.words.as_str(),
        one.asked_at,
        Some(one.due_on),
        one.state.code(),
        one.reason.as_str(),
        one.decided_by.map(|account| account.0),
        one.decided_by_name.as_str(),
        one.decided_at.map(jiff::Timestamp::as_microsecond),
    ]
    .into()
}

/// A request out of [`COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read(row: &mut Columns<'_>) -> Result<Correction> {
    Ok(Correction {
        id: row.uuid()?,
        account: AccountId(row.uuid()?),
        place: row.kato_opt()?,
        field: row.code(CorrectionField::parse)?,
        wanted: row.string()?,
        words: row.string()?,
        asked_at: row.instant()?,
        due_on: row.date()?,
        state: row.code(CorrectionState::parse)?,
        reason: row.string()?,
        decided_by: row.uuid_opt()?.map(AccountId),
        decided_by_name: row.string()?,
        decided_at: instant_opt(row)?,
    })
}
