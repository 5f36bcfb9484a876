//! Columns of sets of criteria.

use super::{Arg, Columns};
use crate::criteria_set::{CriteriaSet, CriteriaState};
use crate::{Result, args};
use akimat_core::AccountId;
use jiff::Timestamp;

/// What [`read`] reads and [`args`] writes.
pub const COLUMNS: &str = "id, place, year, version, state, edit, invented, document, created_by, \
                           created_by_name, created_at, updated_at, approved_by, approved_at";

/// Values of [`COLUMNS`].
pub fn args(set: &CriteriaSet) -> Vec<Arg<'_>> {
    args![
        set.id,
        set.place,
        set.year,
        set.version,
        set.state.code(),
        set.edit,
        set.invented,
        set.document.as_str(),
        set.created_by.0,
        set.created_by_name.as_str(),
        set.created_at,
        set.updated_at,
        set.approved_by.as_deref(),
        set.approved_at.map(Timestamp::as_microsecond),
    ]
    .into()
}

/// A set out of [`COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read(row: &mut Columns<'_>) -> Result<CriteriaSet> {
    Ok(CriteriaSet {
        id: row.uuid()?,
        place: row.kato()?,
        year: row.int()?,
        version: row.int()?,
        state: row.code(CriteriaState::parse)?,
        edit: row.int()?,
        invented: row.flag()?,
        document: row.string()?,
        created_by: AccountId(row.uuid()?),
        created_by_name: row.string()?,
        created_at: row.instant()?,
        updated_at: row.instant()?,
        approved_by: row.string_opt()?,
        approved_at: row
            .int_opt()?
            .map(|micros| Timestamp::from_microsecond(micros).map_err(|_| super::odd("approved_at")))
            .transpose()?,
    })
}
