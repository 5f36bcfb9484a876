//! Files of projects and what they brought.

use crate::PostgresStore;
use crate::db::{Db, overfull};
use akimat_core::{KatoCode, ProjectId};
use akimat_storage::import::{Import, ImportRead, ImportedProject, ImportedSection};
use akimat_storage::row::finding_note::span;
use akimat_storage::row::{after_number, cursor_at, import as row, marks, read_int};
use akimat_storage::{Conflict, Page, PageRequest, Result, args};
use async_trait::async_trait;
use std::fmt::Write as _;
use std::sync::LazyLock;
use uuid::Uuid;

static INSERT: LazyLock<String> =
    LazyLock::new(|| format!("insert into imports ({}) values ({})", row::COLUMNS, marks('$', row::COLUMNS)));
static UPDATE: LazyLock<String> = LazyLock::new(|| {
    format!("update imports set ({}) = ({}) where id = $1", row::COLUMNS, marks('$', row::COLUMNS))
});
static FIND: LazyLock<String> =
    LazyLock::new(|| format!("select {} from imports where id = $1", row::COLUMNS));
static IMPORTED: LazyLock<String> = LazyLock::new(|| {
    format!("insert into imported_projects ({}) values ({})", row::IMPORTED, marks('$', row::IMPORTED))
});
static SECTION: LazyLock<String> = LazyLock::new(|| {
    format!("insert into imported_sections ({}) values ({})", row::SECTIONS, marks('$', row::SECTIONS))
});
const SECTIONS: &str =
    "select project, section, version from imported_sections where import = $1 order by position";
const EDIT: &str = "select edit from imports where id = $1 for update";
const BYTES: &str = "select bytes from import_files where import = $1";
const LIST: &str =
    "select project, version, before from imported_projects where import = $1 order by position";

/// What goes with a project, in this order.
const GONE: [(&str, &str); 5] = [
    ("project_words", "project_id"),
    ("project_money", "project_id"),
    ("project_statuses", "project_id"),
    ("project_ties", "project_id"),
    ("projects", "id"),
];

#[async_trait]
impl ImportRead for PostgresStore {
    async fn list_imports(&self, place: Option<KatoCode>, page: &PageRequest) -> Result<Page<Import>> {
        let (first, last) = span(place);
        let mut sql =
            format!("select {} from imports where coalesce(place, 0) between $2 and $3", row::COLUMNS);
        let mut args = vec![overfull(page), first.into(), last.into()];
        if let Some((at, id)) = after_number(page) {
            args.extend(args![at, id]);
            // Writing to a string cannot fail.
            let _ = write!(sql, " and (created_at, id) < ($4, $5)");
        }
        sql.push_str(" order by created_at desc, id desc limit $1");
        let client = self.client().await?;
        self.db(&client).page((&sql, &args), page, row::read, cursor).await
    }

    async fn find_import(&self, id: Uuid) -> Result<Option<Import>> {
        let client = self.client().await?;
        self.db(&client).row(&FIND, &args![id], row::read).await
    }

    async fn find_import_file(&self, id: Uuid) -> Result<Option<Vec<u8>>> {
        let client = self.client().await?;
        self.db(&client).row(BYTES, &args![id], row::read_bytes).await
    }

    async fn list_imported_sections(&self, id: Uuid) -> Result<Vec<ImportedSection>> {
        let client = self.client().await?;
        self.db(&client).rows(SECTIONS, &args![id], row::read_section).await
    }

    async fn list_imported(&self, id: Uuid) -> Result<Vec<ImportedProject>> {
        let client = self.client().await?;
        self.db(&client).rows(LIST, &args![id], row::read_imported).await
    }
}

fn cursor(import: &Import) -> akimat_storage::Cursor {
    cursor_at(import.created_at, import.id)
}

/// [`akimat_storage::Change::AddImport`].
pub(crate) async fn add(db: &Db<'_>, import: &Import, bytes: &[u8]) -> Result<()> {
    db.execute(&INSERT, &row::args(import)).await?;
    db.execute("insert into import_files (import, bytes) values ($1, $2)", &args![import.id, bytes])
        .await
        .map(|_| ())
}

/// [`akimat_storage::Change::UpdateImport`].
pub(crate) async fn update(db: &Db<'_>, import: &Import) -> Result<()> {
    let stored = db.row(EDIT, &args![import.id], read_int).await?;
    let Some(edit) = stored else { return Err(Conflict::Missing("import").into()) };
    if edit + 1 != i64::from(import.edit) {
        return Err(Conflict::Stale("import").into());
    }
    db.execute(&UPDATE, &row::args(import)).await.map(|_| ())
}

/// [`akimat_storage::Change::RemoveImport`].
pub(crate) async fn remove(db: &Db<'_>, id: Uuid, edit: u32) -> Result<()> {
    let draft = "delete from imports where id = $1 and edit = $2 and state = 'draft'";
    if db.execute(draft, &args![id, edit]).await? == 0 {
        return Err(Conflict::Stale("import").into());
    }
    db.execute("delete from import_files where import = $1", &args![id]).await.map(|_| ())
}

/// [`akimat_storage::Change::AddImported`].
pub(crate) async fn add_imported(db: &Db<'_>, import: Uuid, projects: &[ImportedProject]) -> Result<()> {
    for (position, one) in projects.iter().enumerate() {
        db.execute(&IMPORTED, &row::imported_args(import, position, one)).await?;
    }
    Ok(())
}

/// [`akimat_storage::Change::AddImportedSections`].
pub(crate) async fn add_imported_sections(
    db: &Db<'_>,
    import: Uuid,
    sections: &[ImportedSection],
) -> Result<()> {
    for (position, one) in sections.iter().enumerate() {
        db.execute(&SECTION, &row::section_args(import, position, one)).await?;
    }
    Ok(())
}

/// [`akimat_storage::Change::RemoveProject`].
pub(crate) async fn remove_project(db: &Db<'_>, id: ProjectId, version: u32) -> Result<()> {
    let key = args![id.0];
    let stored = db.row("select version from projects where id = $1 for update", &key, read_int).await?;
    let Some(stored) = stored else { return Err(Conflict::Missing("project").into()) };
    if stored != i64::from(version) {
        return Err(Conflict::Stale("project").into());
    }
    for (table, column) in row::TRACES {
        let sql = format!("select 1 from {table} where {column} = $1 limit 1");
        if db.row(&sql, &key, read_int).await?.is_some() {
            return Err(Conflict::Stale("project").into());
        }
    }
    remove_rows(db, id).await?;
    Ok(())
}

/// Takes a project out with what is only its own.
pub(crate) async fn remove_rows(db: &Db<'_>, id: ProjectId) -> Result<()> {
    for (table, column) in GONE {
        db.execute(&format!("delete from {table} where {column} = $1"), &args![id.0]).await?;
    }
    Ok(())
}
