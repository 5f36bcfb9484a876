//! Columns of a decision.

use super::{Arg, Columns};
use crate::{Decision, Result, args};
use akimat_core::DecisionId;

/// What [`read`] reads and [`args`] writes.
pub const COLUMNS: &str = "id, place, year, decided_by, decided_at, reason, changed, document";

/// Values of [`COLUMNS`].
pub fn args(decision: &Decision) -> Vec<Arg<'_>> {
    args![
        decision.id.0,
        decision.place,
        decision.year,
        decision.decided_by.as_str(),
        decision.decided_at,
        decision.reason.as_str(),
        decision.changed,
        decision.document.as_str(),
    ]
    .into()
}

/// A decision out of [`COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read(row: &mut Columns<'_>) -> Result<Decision> {
    Ok(Decision {
        id: DecisionId(row.uuid()?),
        place: row.kato()?,
        year: row.int()?,
        decided_by: row.string()?,
        decided_at: row.instant()?,
        reason: row.string()?,
        changed: row.flag()?,
        document: row.string()?,
    })
}
