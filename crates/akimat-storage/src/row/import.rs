//! Columns of imports.

use super::{Arg, Columns};
use crate::import::{Import, ImportFormat, ImportState, ImportedProject, ImportedSection};
use crate::{Result, args};
use akimat_core::{AccountId, JobId, ProjectId};
use uuid::Uuid;

/// What [`read`] reads and [`args`] writes.
pub const COLUMNS: &str = "id, place, file_name, sha256, mapping, state, edit, n_rows, n_added, n_changed, job, \
                           made_by, made_by_name, created_at, updated_at, reason, format";
/// What [`imported_args`] writes.
pub const IMPORTED: &str = "import, position, project, version, before";
/// What [`section_args`] writes.
pub const SECTIONS: &str = "import, position, project, section, version";

/// Values of [`COLUMNS`].
pub fn args(import: &Import) -> Vec<Arg<'_>> {
    args![
        import.id,
        import.place,
        import.file_name.as_str(),
        import.sha256.as_str(),
        import.mapping.as_str(),
        import.state.code(),
        import.edit,
        import.n_rows,
        import.n_added,
        import.n_changed,
        import.job.map(|job| job.0),
        import.by.map(|account| account.0),
        import.by_name.as_str(),
        import.created_at,
        import.updated_at,
        import.reason.as_str(),
        import.format.code(),
    ]
    .into()
}

/// An import out of [`COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read(row: &mut Columns<'_>) -> Result<Import> {
    let import = Import {
        id: row.uuid()?,
        format: ImportFormat::default(),
        place: row.kato_opt()?,
        file_name: row.string()?,
        sha256: row.string()?,
        mapping: row.string()?,
        state: row.code(ImportState::parse)?,
        edit: row.int()?,
        n_rows: row.int()?,
        n_added: row.int()?,
        n_changed: row.int()?,
        job: row.uuid_opt()?.map(JobId),
        by: row.uuid_opt()?.map(AccountId),
        by_name: row.string()?,
        created_at: row.instant()?,
        updated_at: row.instant()?,
        reason: row.string()?,
    };
    Ok(Import { format: row.code(ImportFormat::parse)?, ..import })
}

/// Values of [`IMPORTED`].
pub fn imported_args(import: Uuid, position: usize, one: &ImportedProject) -> Vec<Arg<'_>> {
    let position = i64::try_from(position).unwrap_or(i64::MAX);
    args![import, position, one.project.0, one.version, one.before.as_deref()].into()
}

/// What an import did: project, version, before.
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_imported(row: &mut Columns<'_>) -> Result<ImportedProject> {
    Ok(ImportedProject { project: ProjectId(row.uuid()?), version: row.int()?, before: row.string_opt()? })
}

/// The bytes of a file.
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when the column holds something else.
pub fn read_bytes(row: &mut Columns<'_>) -> Result<Vec<u8>> {
    row.bytes()
}

/// Tables that say something of a project beyond its registration: one row there, and it is not removed.
pub const TRACES: [(&str, &str); 10] = [
    ("comments", "project_id"),
    ("ratings", "project_id"),
    ("project_updates", "project_id"),
    ("sections", "project"),
    ("photos", "project"),
    ("acceptances", "project"),
    ("appraisals", "project"),
    ("scores", "project"),
    ("outcome_predictions", "project"),
    ("project_statuses", "from_status is not null and project_id"),
];

/// Values of [`SECTIONS`].
pub fn section_args<'a>(import: Uuid, position: usize, one: &ImportedSection) -> Vec<Arg<'a>> {
    let position = i64::try_from(position).unwrap_or(i64::MAX);
    args![import, position, one.project.0, one.section, one.version].into()
}

/// A section out of project, section and version.
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_section(row: &mut Columns<'_>) -> Result<ImportedSection> {
    Ok(ImportedSection { project: ProjectId(row.uuid()?), section: row.uuid()?, version: row.int()? })
}
