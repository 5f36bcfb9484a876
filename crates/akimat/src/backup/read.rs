//! Reading a backup: to check it, or to put it back.

use super::file::Fresh;
use super::leaves::{CopiedLeaves, Recomputed};
use super::{SQLITE_PART, Told};
use crate::progress;
use akimat_backup::{Database, Event, Fault, Head, Key, Manifest, Reader, Result};
use akimat_storage_postgres::backup::Connection;
use akimat_storage_sqlite::backup as sqlite;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Write as _};
use std::path::Path;

/// Where a backup goes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Target<'a> {
    /// A database file that is not there yet.
    Sqlite(&'a Path),
    /// An empty PostgreSQL database.
    Postgres(&'a str),
    /// Nowhere: everything is checked. A database file is unpacked into this folder for its own check, and removed.
    Nowhere(&'a Path),
}

/// Checks a backup and brings it to its target; on any fault nothing of it is left there.
///
/// # Errors
/// Any [`Fault`].
pub(crate) async fn read(file: &Path, key: &Key, target: Target<'_>) -> Result<Told> {
    let (mut reader, head) = open(file, key)?;
    let manifest = match (head.database, target) {
        (Database::Sqlite, Target::Sqlite(path)) => {
            refuse_existing(path)?;
            let manifest = unpack(&mut reader, path, true)?;
            return Ok(Told { head, manifest: *manifest });
        }
        (Database::Sqlite, Target::Nowhere(scratch)) => {
            let name = format!("akimat-backup-{}", std::process::id());
            unpack(&mut reader, &scratch.join(name), false)?
        }
        (Database::Postgres, Target::Nowhere(_)) => check_tables(&mut reader)?,
        (Database::Postgres, Target::Postgres(url)) => {
            // Once to check all of it, the log too; then once more into one transaction.
            check_tables(&mut reader)?;
            let (mut again, head) = open(file, key)?;
            let manifest = Connection::open(url).await?.restore(&head, &mut again).await?;
            return Ok(Told { head, manifest: *manifest });
        }
        (found, _) => return Err(Fault::OtherDatabase { found: found.code() }),
    };
    Ok(Told { head, manifest: *manifest })
}

fn open(path: &Path, key: &Key) -> Result<(Reader<Box<dyn Read + Send>>, Head)> {
    let fail = |error: std::io::Error| Fault::Disk(format!("{}: {error}", path.display()));
    let file = File::open(path).map_err(fail)?;
    let bar = progress::bar(file.metadata().map_err(fail)?.len(), "read");
    Reader::new(Box::new(bar.wrap_read(file)), key)
}

/// What SQLite would read together with the file must not be there either.
fn refuse_existing(path: &Path) -> Result<()> {
    for suffix in ["", "-wal", "-shm", "-journal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        if Path::new(&name).exists() {
            return Err(Fault::NotEmpty(Path::new(&name).display().to_string()));
        }
    }
    Ok(())
}

/// Unpacks a database file, checks it, and puts it in place or throws it away.
fn unpack<R: Read + Send>(reader: &mut Reader<R>, path: &Path, keep: bool) -> Result<Box<Manifest>> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|error| Fault::disk(&error))?;
    }
    let mut fresh = Fresh::beside(path, "restore")?;
    let mut out = fresh.file()?;
    if reader.next()? != Event::Begin(SQLITE_PART.to_owned()) {
        return Err(Fault::Form("part"));
    }
    while let Event::Bytes(bytes) = reader.next()? {
        out.write_all(bytes).map_err(|error| Fault::disk(&error))?;
    }
    let Event::Finished(manifest) = reader.next()? else { return Err(Fault::Form("part")) };
    out.sync_all().map_err(|error| Fault::disk(&error))?;
    check_file(fresh.path(), &manifest)?;
    if keep {
        refuse_existing(path)?;
        fresh.settle(path)?;
    }
    Ok(manifest)
}

fn check_file(path: &Path, manifest: &Manifest) -> Result<()> {
    sqlite::check(path)?;
    let found = sqlite::inventory(path)?;
    compare_rows(&manifest.tables, &found.tables)?;
    let mut tree = Recomputed::default();
    sqlite::each_leaf(path, |leaf| tree.push(leaf))?;
    tree.compare(manifest.log.as_ref())
}

fn compare_rows(wanted: &BTreeMap<String, u64>, found: &BTreeMap<String, u64>) -> Result<()> {
    for table in wanted.keys().chain(found.keys()) {
        let n = |tables: &BTreeMap<String, u64>| tables.get(table).copied();
        if n(wanted) != n(found) {
            let (wanted, found) = (n(wanted).unwrap_or_default(), n(found).unwrap_or_default());
            return Err(Fault::Rows { table: table.clone(), wanted, found });
        }
    }
    Ok(())
}

/// Counts the rows of every table and recomputes the log, without any database.
fn check_tables<R: Read>(reader: &mut Reader<R>) -> Result<Box<Manifest>> {
    let (mut counted, mut tree) = (BTreeMap::new(), Recomputed::default());
    loop {
        let name = match reader.next()? {
            Event::Begin(name) => name,
            Event::Finished(manifest) => {
                compare_rows(&manifest.tables, &counted)?;
                tree.compare(manifest.log.as_ref())?;
                return Ok(manifest);
            }
            Event::Bytes(_) | Event::End => return Err(Fault::Form("order")),
        };
        let table = name.strip_prefix("table/").map(str::to_owned);
        let lines = match table.as_deref() {
            Some("log_entries") => leaves(reader, &mut tree)?,
            _ => lines(reader)?,
        };
        if let Some(table) = table {
            counted.insert(table, lines.saturating_sub(1));
        }
    }
}

fn leaves<R: Read>(reader: &mut Reader<R>, tree: &mut Recomputed) -> Result<u64> {
    let mut copied = CopiedLeaves::default();
    while let Event::Bytes(bytes) = reader.next()? {
        copied.put(bytes, tree)?;
    }
    Ok(copied.n_lines)
}

fn lines<R: Read>(reader: &mut Reader<R>) -> Result<u64> {
    let mut n = 0_u64;
    while let Event::Bytes(bytes) = reader.next()? {
        n += u64::try_from(bytes.iter().filter(|byte| **byte == b'\n').count()).unwrap_or_default();
    }
    Ok(n)
}
