//! Columns of a note about a finding.

use super::{Arg, Columns};
use crate::finding_note::{FindingNote, Verdict};
use crate::{Result, args};
use akimat_core::KatoCode;

/// What [`read`] reads and [`args`] writes.
pub const COLUMNS: &str = "id, finding, place, verdict, reason, written_by, written_at";

/// Values of [`COLUMNS`].
pub fn args(note: &FindingNote) -> Vec<Arg<'_>> {
    args![
        note.id,
        note.finding.as_str(),
        note.place,
        note.verdict.code(),
        note.reason.as_str(),
        note.written_by.as_str(),
        note.written_at,
    ]
    .into()
}

/// A note out of [`COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read(row: &mut Columns<'_>) -> Result<FindingNote> {
    Ok(FindingNote {
        id: row.uuid()?,
        finding: row.string()?,
        place: row.kato()?,
        verdict: row.code(Verdict::parse)?,
        reason: row.string()?,
        written_by: row.string()?,
        written_at: row.instant()?,
    })
}

/// First and last code of a territory and what is below it (`None`: of everything).
pub fn span(place: Option<KatoCode>) -> (i64, i64) {
    place.map(KatoCode::subtree).map_or((0, i64::from(u32::MAX >> 1)), |(first, last)| {
        (i64::from(first.number()), i64::from(last.number()))
    })
}
