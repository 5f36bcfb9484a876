//! A consistent copy of a database file while a server writes to it, and the checks of a copy.
//!
//! The copy is made by `vacuum into`: one reading transaction, so that it holds the database as it was at one instant and
//! nobody waits for it; what was deleted is not in the copy, not even in unused pages.

use crate::MIGRATIONS;
use akimat_backup::{Fault, LogHead, Result, hex};
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use std::collections::BTreeMap;
use std::hash::{Hash as _, Hasher as _};
use std::path::Path;
use std::time::Duration;

/// How long to wait for another process that holds the file.
const WAIT: Duration = Duration::from_secs(30);

/// What a copy holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inventory {
    /// Migrations that its schema has seen, in order.
    pub schema: Vec<String>,
    /// Rows of each table.
    pub tables: BTreeMap<String, u64>,
    /// The latest checkpoint of the transparency log.
    pub log: Option<LogHead>,
}

/// Copies the database at `path`, which may be in use, to `to`, which must be absent or empty.
///
/// # Errors
/// [`Fault::Database`] when the file is no database, or the disk is full.
pub fn copy(path: &Path, to: &Path) -> Result<()> {
    let live = open(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    live.execute("vacuum into ?1", [to.to_string_lossy().as_ref()]).map_err(|error| said(&error))?;
    Ok(())
}

/// Counts what a copy holds.
///
/// # Errors
/// [`Fault::Database`] when it is no database of this platform.
pub fn inventory(copy: &Path) -> Result<Inventory> {
    let db = open(copy, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let schema = names(&db, "select name from schema_migrations order by name")?;
    // The words of a search are in tables of their own beside the virtual one, and are counted there.
    let listed = "select name from sqlite_schema where type = 'table' and sql not like 'create virtual%' order by name";
    let listed = names(&db, listed)?;
    let mut tables = BTreeMap::new();
    for table in listed {
        let sql = format!("select count(*) from \"{}\"", table.replace('"', "\"\""));
        let n: i64 = db.query_row(&sql, [], |row| row.get(0)).map_err(|error| said(&error))?;
        tables.insert(table, u64::try_from(n).unwrap_or_default());
    }
    let log = if tables.contains_key("log_checkpoints") {
        let sql = "select size, root from log_checkpoints order by size desc limit 1";
        let latest = db.query_row(sql, [], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)));
        let latest = latest.optional().map_err(|error| said(&error))?;
        latest.map(|(size, root)| LogHead { size: u64::try_from(size).unwrap_or_default(), root: hex(&root) })
    } else {
        None
    };
    Ok(Inventory { schema, tables, log })
}

/// A number for the contents of each table, whatever the order of its rows, to compare a database with its copy: rows
/// of the same values have the same number, and it is no proof against intent.
///
/// # Errors
/// [`Fault::Database`] when it is no database of this platform.
pub fn fingerprints(path: &Path) -> Result<BTreeMap<String, u64>> {
    let tables = inventory(path)?.tables;
    let db = open(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let mut all = BTreeMap::new();
    for table in tables.into_keys() {
        let mut statement =
            db.prepare(&format!("select * from \"{table}\"")).map_err(|error| said(&error))?;
        let n_columns = statement.column_count();
        let mut rows = statement.query([]).map_err(|error| said(&error))?;
        let mut sum = 0_u64;
        while let Some(row) = rows.next().map_err(|error| said(&error))? {
            let mut hasher = std::hash::DefaultHasher::new();
            for at in 0..n_columns {
                let value = row.get_ref(at).map_err(|error| said(&error))?;
                format!("{value:?}").hash(&mut hasher);
            }
            sum = sum.wrapping_add(hasher.finish());
        }
        all.insert(table, sum);
    }
    Ok(all)
}

/// The database's own check of every page, index and reference.
///
/// # Errors
/// [`Fault::Damaged`] with the first complaint, [`Fault::Newer`] when this program does not know the schema,
/// [`Fault::Database`] when it cannot be read at all.
pub fn check(copy: &Path) -> Result<()> {
    let db = open(copy, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let complaint: String =
        db.query_row("pragma integrity_check(1)", [], |row| row.get(0)).map_err(|error| said(&error))?;
    if complaint != "ok" {
        return Err(Fault::Damaged(complaint));
    }
    let orphan: Option<String> = db
        .query_row("pragma foreign_key_check", [], |row| row.get(0))
        .optional()
        .map_err(|error| said(&error))?;
    if let Some(table) = orphan {
        return Err(Fault::Damaged(format!("{table}: a row refers to nothing")));
    }
    let schema = names(&db, "select name from schema_migrations order by name")?;
    match schema.into_iter().find(|name| MIGRATIONS.iter().all(|(known, _)| known != name)) {
        Some(name) => Err(Fault::Newer(name)),
        None => Ok(()),
    }
}

/// Tells each leaf of the transparency log in the order of the tree.
///
/// # Errors
/// [`Fault::Database`] when it cannot be read.
pub fn each_leaf(copy: &Path, mut tell: impl FnMut(&[u8])) -> Result<()> {
    let db = open(copy, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let known = "select 1 from sqlite_schema where name = 'log_entries'";
    if db.query_row(known, [], |_| Ok(())).optional().map_err(|error| said(&error))?.is_none() {
        return Ok(());
    }
    let sql = "select leaf from log_entries where entry_index is not null order by entry_index";
    let mut statement = db.prepare(sql).map_err(|error| said(&error))?;
    let mut rows = statement.query([]).map_err(|error| said(&error))?;
    while let Some(row) = rows.next().map_err(|error| said(&error))? {
        let leaf = row.get_ref(0).map_err(|error| said(&error))?;
        tell(leaf.as_bytes().unwrap_or_default());
    }
    Ok(())
}

fn names(db: &Connection, sql: &str) -> Result<Vec<String>> {
    let mut statement = db.prepare(sql).map_err(|error| said(&error))?;
    let rows = statement.query_map([], |row| row.get(0)).map_err(|error| said(&error))?;
    rows.collect::<rusqlite::Result<_>>().map_err(|error| said(&error))
}

/// Without the settings of [`crate::SqliteStore`]: nothing is created, migrated or switched to another journal.
fn open(path: &Path, flags: OpenFlags) -> Result<Connection> {
    let opened = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX);
    let db = opened.map_err(|error| said(&error))?;
    db.busy_timeout(WAIT).map_err(|error| said(&error))?;
    Ok(db)
}

fn said(error: &rusqlite::Error) -> Fault {
    Fault::Database(error.to_string())
}

/// Rows of each table, column by column with its name; bytes as hexadecimal digits, longer ones that are text as text.
pub type Rows = BTreeMap<String, Vec<Vec<(String, String)>>>;

/// Every row of every table of a copy, as text.
///
/// # Errors
/// When the file cannot be read.
pub fn rows(copy: &Path) -> rusqlite::Result<Rows> {
    let db = Connection::open(copy)?;
    let mut names = db.prepare("select name from sqlite_master where type = 'table' order by name")?;
    let tables: Vec<String> = names.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let mut all = Rows::new();
    for table in tables {
        let mut select = db.prepare(&format!("select * from \"{table}\""))?;
        let columns: Vec<String> = select.column_names().map(str::to_owned).collect();
        let mut rows = select.query([])?;
        let kept = all.entry(table).or_default();
        while let Some(row) = rows.next()? {
            let mut cells = Vec::with_capacity(columns.len());
            for (at, name) in columns.iter().enumerate() {
                let text = match row.get_ref(at)? {
                    rusqlite::types::ValueRef::Null => "null".to_owned(),
                    rusqlite::types::ValueRef::Integer(n) => n.to_string(),
                    rusqlite::types::ValueRef::Real(n) => n.to_string(),
                    rusqlite::types::ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                    rusqlite::types::ValueRef::Blob(bytes) => readable(bytes),
                };
                cells.push((name.clone(), text));
            }
            kept.push(cells);
        }
    }
    Ok(all)
}

fn readable(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) if bytes.len() > 64 => text.to_owned(),
        _ => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}
