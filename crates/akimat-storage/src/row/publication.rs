//! Columns of a note that something was published.

use super::{Arg, Columns};
use crate::publication::Publication;
use crate::{Result, args};

/// What [`read`] reads and [`args`] writes.
pub const COLUMNS: &str =
    "id, place, obligation, year, part, published_on, address, remark, noted_by, noted_at";

/// Values of [`COLUMNS`].
pub fn args(publication: &Publication) -> Vec<Arg<'_>> {
    args![
        publication.id,
        publication.place,
        publication.obligation.as_str(),
        publication.year,
        publication.part,
        publication.published_on,
        publication.address.as_str(),
        publication.remark.as_str(),
        publication.noted_by.as_str(),
        publication.noted_at,
    ]
    .into()
}

/// A publication out of [`COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read(row: &mut Columns<'_>) -> Result<Publication> {
    Ok(Publication {
        id: row.uuid()?,
        place: row.kato()?,
        obligation: row.string()?,
        year: row.int()?,
        part: row.int()?,
        published_on: row.date_opt()?,
        address: row.string()?,
        remark: row.string()?,
        noted_by: row.string()?,
        noted_at: row.instant()?,
    })
}
