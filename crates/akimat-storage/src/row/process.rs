//! Columns of processes and of their moves.

use super::{Arg, Columns, to_json};
use crate::{Result, args};
use akimat_core::ProcessId;
use akimat_participation::process::{Phase, Process, ProcessMove};

/// What [`args`] writes; [`read`] reads the document alone, which holds everything.
pub const COLUMNS: &str = "id, place, code, year, phase, edit, document, created_at, updated_at";

/// What [`read_move`] reads and [`move_args`] writes.
pub const MOVES: &str = "process, at, phase_from, phase_to, reason, undecided, by_office";

/// Values of [`COLUMNS`].
pub fn args(process: &Process) -> Vec<Arg<'_>> {
    args![
        process.id.0,
        process.place,
        process.code.as_str(),
        process.year,
        process.phase.code(),
        process.edit,
        to_json(process),
        process.created_at,
        process.updated_at,
    ]
    .into()
}

/// A process out of its document.
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when the column holds something else.
pub fn read(row: &mut Columns<'_>) -> Result<Process> {
    row.json()
}

/// Values of [`MOVES`].
pub fn move_args(moved: &ProcessMove) -> Vec<Arg<'_>> {
    args![
        moved.process.0,
        moved.at,
        moved.from.code(),
        moved.to.code(),
        moved.reason.as_str(),
        moved.undecided,
        moved.by.as_str(),
    ]
    .into()
}

/// A move out of [`MOVES`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_move(row: &mut Columns<'_>) -> Result<ProcessMove> {
    Ok(ProcessMove {
        process: ProcessId(row.uuid()?),
        at: row.instant()?,
        from: row.code(Phase::parse)?,
        to: row.code(Phase::parse)?,
        reason: row.string()?,
        undecided: row.int()?,
        by: row.string()?,
    })
}
