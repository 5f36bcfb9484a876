//! Columns of kept pieces of analysis.

use super::{Arg, Columns};
use crate::saved::{Saved, SavedHead, SavedKind};
use crate::{Result, args};
use akimat_core::{AccountId, SavedId};

/// What [`read_head`] reads.
pub const HEAD: &str =
    "id, kind, title, owner, owner_name, place, public, invented, created_at, updated_at, version";

/// What [`read`] reads and [`args`] writes: [`HEAD`] and the body.
pub const COLUMNS: &str =
    "id, kind, title, owner, owner_name, place, public, invented, created_at, updated_at, version, body";

/// Values of [`COLUMNS`].
pub fn args(saved: &Saved) -> Vec<Arg<'_>> {
    let head = &saved.head;
    args![
        head.id.0,
        head.kind.code(),
        head.title.as_str(),
        head.owner.0,
        head.owner_name.as_str(),
        head.place,
        head.public,
        head.invented,
        head.created_at,
        head.updated_at,
        head.version,
        saved.body.as_str(),
    ]
    .into()
}

/// A head out of [`HEAD`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_head(row: &mut Columns<'_>) -> Result<SavedHead> {
    Ok(SavedHead {
        id: SavedId(row.uuid()?),
        kind: row.code(SavedKind::parse)?,
        title: row.string()?,
        owner: AccountId(row.uuid()?),
        owner_name: row.string()?,
        place: row.kato_opt()?,
        public: row.flag()?,
        invented: row.flag()?,
        created_at: row.instant()?,
        updated_at: row.instant()?,
        version: row.int()?,
    })
}

/// The whole out of [`COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read(row: &mut Columns<'_>) -> Result<Saved> {
    Ok(Saved { head: read_head(row)?, body: row.string()? })
}
