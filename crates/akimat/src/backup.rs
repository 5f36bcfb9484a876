//! Backups: from the database into one sealed file, and the way back, which checks everything before it puts anything
//! in place.

mod file;
mod leaves;
mod read;

use crate::config::{Config, DatabaseUrl};
use crate::progress;
use akimat_app::{Chance as _, SystemChance};
use akimat_backup::{Database, Fault, Head, Key, Manifest, PartSink as _, Result, Writer, hex};
use akimat_storage_postgres::backup::Connection;
use akimat_storage_sqlite::backup as sqlite;
use file::Fresh;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

pub(crate) use read::{Target, read};

/// The part that holds an SQLite database.
const SQLITE_PART: &str = "akimat.db";
/// Bytes read at once.
const PIECE: usize = 256 << 10;

/// What a backup holds, for the lines that tell of it.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) head: Head,
    pub(crate) manifest: Manifest,
}

/// Makes a new key in a new file.
///
/// # Errors
/// [`Fault::Exists`], [`Fault::Disk`].
pub(crate) fn make_key(path: &Path) -> Result<Key> {
    let key = Key::new(SystemChance.bytes());
    file::write_new(path, key.write().as_bytes())?;
    Ok(key)
}

/// Reads a key.
///
/// # Errors
/// [`Fault::KeyFile`], [`Fault::Disk`].
pub(crate) fn read_key(path: &Path) -> Result<Key> {
    let mut text = String::new();
    let opened = File::open(path).map_err(|error| Fault::Disk(format!("{}: {error}", path.display())))?;
    opened.take(4096).read_to_string(&mut text).map_err(|_| Fault::KeyFile)?;
    Key::parse(&text)
}

/// Backs the database of these settings up into a new file.
///
/// # Errors
/// [`Fault::Exists`] when the file is there, [`Fault::Busy`] when another backup of it is under way, what the database
/// or the disk says.
pub(crate) async fn make(config: &Config, url: &DatabaseUrl, key: &Key, out: &Path) -> Result<Told> {
    if out.exists() {
        return Err(Fault::Exists(out.display().to_string()));
    }
    let mut fresh = Fresh::beside(out, "part")?;
    let told = match url {
        DatabaseUrl::Sqlite(path) => from_sqlite(config, (path, key), fresh.file()?)?,
        DatabaseUrl::Postgres(url) => from_postgres(config, (url, key), fresh.file()?).await?,
    };
    fresh.settle(out)?;
    Ok(told)
}

fn from_sqlite(config: &Config, (path, key): (&Path, &Key), out: File) -> Result<Told> {
    if !path.is_file() {
        return Err(Fault::Disk(format!("{}: there is no database", path.display())));
    }
    let copy = Fresh::beside(path, "backup")?;
    let spinner = progress::spinner("copy");
    sqlite::copy(path, copy.path())?;
    spinner.finish_and_clear();
    let inventory = sqlite::inventory(copy.path())?;
    let head = head(Database::Sqlite, inventory.schema);
    let mut writer = Writer::new(out, key, &SystemChance.bytes(), &head)?;
    let mut input = File::open(copy.path()).map_err(|error| Fault::disk(&error))?;
    let size = input.metadata().map_err(|error| Fault::disk(&error))?.len();
    let bar = progress::bar(size, "seal");
    writer.begin(SQLITE_PART)?;
    let mut piece = vec![0; PIECE];
    loop {
        let n = input.read(&mut piece).map_err(|error| Fault::disk(&error))?;
        if n == 0 {
            break;
        }
        writer.put(&piece[..n])?;
        bar.inc(u64::try_from(n).unwrap_or_default());
    }
    writer.end()?;
    bar.finish_and_clear();
    let (tables, log, keys) = (inventory.tables, inventory.log, fingerprints(config));
    let manifest = Manifest { parts: Vec::new(), tables, log, keys };
    writer.finish(manifest.clone())?;
    Ok(Told { head, manifest })
}

async fn from_postgres(config: &Config, (url, key): (&str, &Key), out: File) -> Result<Told> {
    let mut connection = Connection::open(url).await?;
    let snapshot = connection.snapshot().await?;
    let head = head(Database::Postgres, snapshot.schema().await?);
    let mut writer = Writer::new(out, key, &SystemChance.bytes(), &head)?;
    let spinner = progress::spinner("tables");
    let (tables, log) = snapshot.export(&mut writer, &|table| spinner.set_message(table.to_owned())).await?;
    spinner.finish_and_clear();
    let manifest = Manifest { parts: Vec::new(), tables, log, keys: fingerprints(config) };
    writer.finish(manifest.clone())?;
    Ok(Told { head, manifest })
}

fn head(database: Database, schema: Vec<String>) -> Head {
    Head {
        made_at: format!("{:.0}", jiff::Timestamp::now()),
        software: concat!("akimat ", env!("CARGO_PKG_VERSION")).to_owned(),
        database,
        schema,
    }
}

/// Names of the keys that the platform runs with, and a fingerprint of each that is there.
pub(crate) fn fingerprints(config: &Config) -> BTreeMap<String, String> {
    let files: [(&str, PathBuf); 3] = [
        ("platform.key", config.key_file()),
        ("log.key", config.log_key()),
        ("witness.key", config.witness_key()),
    ];
    files
        .into_iter()
        .filter_map(|(name, path)| {
            let text = std::fs::read_to_string(path).ok()?;
            let digest = Sha256::digest(format!("akimat key fingerprint\n{}", text.trim()));
            Some((name.to_owned(), hex(&digest[..8])))
        })
        .collect()
}
