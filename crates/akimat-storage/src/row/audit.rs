//! Columns of the audit record.

use super::{Arg, Columns};
use crate::{AuditRecord, Result, args};
use akimat_core::AccountId;

/// What [`read`] reads and [`args`] writes.
pub const COLUMNS: &str = "id, at, actor, verb, subject, place, detail";

/// Values of [`COLUMNS`].
pub fn args(record: &AuditRecord) -> Vec<Arg<'_>> {
    args![
        record.id,
        record.at,
        record.actor.map(|account| account.0),
        record.verb.as_str(),
        record.subject.as_str(),
        record.place,
        record.detail.as_str(),
    ]
    .into()
}

/// A record out of [`COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read(row: &mut Columns<'_>) -> Result<AuditRecord> {
    Ok(AuditRecord {
        id: row.uuid()?,
        at: row.instant()?,
        actor: row.uuid_opt()?.map(AccountId),
        verb: row.string()?,
        subject: row.string()?,
        place: row.kato_opt()?,
        detail: row.string()?,
    })
}
