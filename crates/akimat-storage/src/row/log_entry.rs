//! Columns of the transparency log.

use super::{Arg, Columns};
use crate::log_entry::{
    LogCheckpoint, LogCosignature, LogEntry, LogRefusal, LogTile, RefusalReason, StoredLogEntry, WitnessedLog,
};
use crate::{Result, StoreError, args};

/// What [`args`] writes: a leaf that waits.
pub const NEW: &str = "kind, subject, at, hash, leaf";
/// What [`read`] reads.
pub const COLUMNS: &str = "id, entry_index, kind, subject, at, hash, leaf";
/// What [`read_tile`] reads and [`tile_args`] writes.
pub const TILE: &str = "level, number, hashes";
/// What [`read_checkpoint`] reads and [`checkpoint_args`] writes.
pub const CHECKPOINT: &str = "size, root, note, signed_at";
/// What [`read_cosignature`] reads and [`cosignature_args`] writes.
pub const COSIGNATURE: &str = "size, witness, line, at";
/// What [`read_witnessed`] reads and [`witnessed_args`] writes.
pub const WITNESSED: &str = "origin, size, root, at";

/// What [`read_refusal`] reads and [`refusal_args`] writes.
pub const REFUSAL: &str = "witness, reason, seen, size, since, at";

/// A size or index on its way into the database, which counts no further than 63 bits.
pub fn number(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// Leaves that follow each other in both orders: identifiers from `first` to `last`, the first of which gets `index`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// First identifier.
    pub first: i64,
    /// Last identifier.
    pub last: i64,
    /// Index of the first.
    pub index: i64,
}

/// The runs of identifiers that get indices from `from` on: as a rule one, with gaps where a transaction was given up.
pub fn runs(ids: &[i64], from: u64) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (id, index) in ids.iter().zip(from..) {
        match runs.last_mut() {
            Some(run) if run.last.checked_add(1) == Some(*id) => run.last = *id,
            _ => runs.push(Run { first: *id, last: *id, index: number(index) }),
        }
    }
    runs
}

/// Values of [`NEW`].
pub fn args(entry: &LogEntry) -> Vec<Arg<'_>> {
    args![entry.kind.as_str(), entry.subject.as_str(), entry.at, entry.hash.as_slice(), entry.leaf.as_str()]
        .into()
}

/// A leaf out of [`COLUMNS`].
///
/// # Errors
/// [`StoreError::Unexpected`] when a column holds something else, as in every function here.
pub fn read(row: &mut Columns<'_>) -> Result<StoredLogEntry> {
    let id = row.int()?;
    let index = row.int_opt()?.map(u64::try_from).transpose();
    let index = index.map_err(|_| StoreError::Unexpected("an index is below zero".to_owned()))?;
    let entry = LogEntry {
        kind: row.string()?,
        subject: row.string()?,
        at: row.instant()?,
        hash: hash(row)?,
        leaf: row.string()?,
    };
    Ok(StoredLogEntry { id, index, entry })
}

/// Values of [`TILE`].
pub fn tile_args(tile: &LogTile) -> Vec<Arg<'_>> {
    args![tile.level, number(tile.number), tile.hashes.as_slice()].into()
}

/// A tile out of [`TILE`].
///
/// # Errors
/// See [`read`].
pub fn read_tile(row: &mut Columns<'_>) -> Result<LogTile> {
    Ok(LogTile { level: row.int()?, number: row.int()?, hashes: row.bytes()? })
}

/// Values of [`CHECKPOINT`].
pub fn checkpoint_args(checkpoint: &LogCheckpoint) -> Vec<Arg<'_>> {
    args![number(checkpoint.size), checkpoint.root.as_slice(), checkpoint.note.as_str(), checkpoint.signed_at]
        .into()
}

/// A checkpoint out of [`CHECKPOINT`].
///
/// # Errors
/// See [`read`].
pub fn read_checkpoint(row: &mut Columns<'_>) -> Result<LogCheckpoint> {
    Ok(LogCheckpoint { size: row.int()?, root: hash(row)?, note: row.string()?, signed_at: row.instant()? })
}

/// Values of [`COSIGNATURE`].
pub fn cosignature_args(said: &LogCosignature) -> Vec<Arg<'_>> {
    args![number(said.size), said.witness.as_str(), said.line.as_str(), said.at].into()
}

/// A cosignature out of [`COSIGNATURE`].
///
/// # Errors
/// See [`read`].
pub fn read_cosignature(row: &mut Columns<'_>) -> Result<LogCosignature> {
    Ok(LogCosignature { size: row.int()?, witness: row.string()?, line: row.string()?, at: row.instant()? })
}

/// Values of [`REFUSAL`].
pub fn refusal_args(refusal: &LogRefusal) -> Vec<Arg<'_>> {
    args![
        refusal.witness.as_str(),
        refusal.reason.code(),
        refusal.seen.map(number),
        number(refusal.size),
        refusal.since,
        refusal.at
    ]
    .into()
}

/// A refusal out of [`REFUSAL`].
///
/// # Errors
/// See [`read`].
pub fn read_refusal(row: &mut Columns<'_>) -> Result<LogRefusal> {
    let (witness, code) = (row.string()?, row.string()?);
    let reason = RefusalReason::ALL.into_iter().find(|reason| reason.code() == code);
    let reason = reason.ok_or_else(|| StoreError::Unexpected(format!("{code} is no reason")))?;
    let seen = row.int_opt()?.and_then(|seen| u64::try_from(seen).ok());
    Ok(LogRefusal { witness, reason, seen, size: row.int()?, since: row.instant()?, at: row.instant()? })
}

/// Values of [`WITNESSED`].
pub fn witnessed_args(seen: &WitnessedLog) -> Vec<Arg<'_>> {
    args![seen.origin.as_str(), number(seen.size), seen.root.as_slice(), seen.at].into()
}

/// A log that was witnessed, out of [`WITNESSED`].
///
/// # Errors
/// See [`read`].
pub fn read_witnessed(row: &mut Columns<'_>) -> Result<WitnessedLog> {
    Ok(WitnessedLog { origin: row.string()?, size: row.int()?, root: hash(row)?, at: row.instant()? })
}

fn hash(row: &mut Columns<'_>) -> Result<[u8; 32]> {
    row.bytes()?.try_into().map_err(|_| StoreError::Unexpected("a hash has 32 bytes".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_hold_every_identifier_once() {
        let run = |first, last, index| Run { first, last, index };
        assert_eq!(runs(&[], 5), []);
        assert_eq!(runs(&[7], 5), [run(7, 7, 5)]);
        assert_eq!(
            runs(&[7, 8, 9, 11, 12, 4, i64::MAX], 100),
            [run(7, 9, 100), run(11, 12, 103), run(4, 4, 105), run(i64::MAX, i64::MAX, 106),]
        );
    }
}
