//! Columns of sections of dossiers.

use super::{Arg, Columns};
use crate::dossier::{Section, SectionCount};
use crate::{Cursor, Result, args};
use akimat_core::{AccountId, Money, ProjectId};
use jiff::civil::Date;

/// What [`read`] reads and [`args`] writes; the table has `newest` besides.
pub const COLUMNS: &str = "id, project, place, kind, version, state, due_on, amount, removed, body, reason, basis, \
                           made_by, made_by_name, at, due_key";

/// Sorts behind every day: nothing is due.
const NOTHING_DUE: Date = Date::constant(9999, 12, 31);

/// What a section is sorted by.
pub fn due_key(section: &Section) -> Date {
    section.due_on.unwrap_or(NOTHING_DUE)
}

/// The cursor of a section in a list by what is due.
pub fn cursor(section: &Section) -> Cursor {
    Cursor { key: due_key(section).to_string(), id: section.id }
}

/// Values of [`COLUMNS`].
pub fn args(section: &Section) -> Vec<Arg<'_>> {
    args![
        section.id,
        section.project.0,
        section.place,
        section.kind.as_str(),
        section.version,
        section.state.as_str(),
        section.due_on,
        section.amount,
        section.removed,
        section.body.as_str(),
        section.reason.as_str(),
        section.basis.as_str(),
        section.by.map(|account| account.0),
        section.by_name.as_str(),
        section.at,
        due_key(section),
    ]
    .into()
}

/// A section out of [`COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read(row: &mut Columns<'_>) -> Result<Section> {
    let section = Section {
        id: row.uuid()?,
        project: ProjectId(row.uuid()?),
        place: row.kato()?,
        kind: row.string()?,
        version: row.int()?,
        state: row.string()?,
        due_on: row.date_opt()?,
        amount: row.money_opt()?,
        removed: row.flag()?,
        body: row.string()?,
        reason: row.string()?,
        basis: row.string()?,
        by: row.uuid_opt()?.map(AccountId),
        by_name: row.string()?,
        at: row.instant()?,
    };
    row.string()?;
    Ok(section)
}

/// A count: territory, state, number, whole millions of tiyn, the rest of the sum. What does not fit is shown as
/// the largest amount there is.
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_count(row: &mut Columns<'_>) -> Result<SectionCount> {
    let (place, state, n) = (row.kato()?, row.string()?, row.int()?);
    let (millions, rest): (i64, i64) = (row.int()?, row.int()?);
    let amount = Money::from_tiyn(millions.saturating_mul(1_000_000).saturating_add(rest));
    Ok(SectionCount { place, state, n, amount })
}
