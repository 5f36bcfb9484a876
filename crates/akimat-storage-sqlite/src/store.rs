//! Opening a database file.

use crate::db::Db;
use crate::error::store_error;
use crate::migrate::migrate;
use crate::pool::Pool;
use crate::writer::Writer;
use akimat_storage::fact::dictionary::DictionaryMemo;
use akimat_storage::memo::{CellsMemo, PortfoliosMemo, TotalsMemo};
use akimat_storage::{Batch, Read, Result, StoreError, Write};
use async_trait::async_trait;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// How a database is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// Reading connections, at least 1.
    pub n_readers: usize,
    /// Page cache of each connection in KiB.
    pub cache_kib: u32,
    /// How long to wait for another process that holds the file.
    pub busy_timeout: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self { n_readers: 4, cache_kib: 8 * 1024, busy_timeout: Duration::from_secs(10) }
    }
}

/// A database in one file. Dropping it finishes what waits and folds the log into the file.
#[derive(Debug)]
pub struct SqliteStore {
    // Dropped first: the readers close after the writer has finished.
    writer: Writer,
    pool: Pool,
    pub(crate) totals: Arc<TotalsMemo>,
    pub(crate) portfolios: Arc<PortfoliosMemo>,
    pub(crate) cells: Arc<CellsMemo>,
    pub(crate) fact_lines: Arc<DictionaryMemo>,
    n_statements: Arc<AtomicU64>,
    path: PathBuf,
}

impl SqliteStore {
    /// Opens a file, creates it when there is none, and brings its schema forward. Blocks for as long as
    /// that takes.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the file cannot be opened, [`StoreError::Unexpected`] when it is
    /// no database of this platform or a newer one.
    pub fn open(path: &Path, options: &Options) -> Result<Self> {
        let n_statements = Arc::new(AtomicU64::new(0));
        let mut connection = connect(path, options, OpenFlags::SQLITE_OPEN_CREATE)?;
        migrate(&mut connection)?;
        let readers = (0..options.n_readers.max(1))
            .map(|_| {
                let reader = connect(path, options, OpenFlags::empty())?;
                reader.pragma_update(None, "query_only", true).map_err(|error| store_error(&error))?;
                Ok(Db::new(reader, Arc::clone(&n_statements)))
            })
            .collect::<Result<Vec<Db>>>()?;
        // A savepoint holds the pages that its batch changes. In memory that is a list which each statement walks anew, so
        // that a register of ten thousand projects costs the square of its pages; a file, once it is large, is not walked.
        connection.pragma_update(None, "temp_store", "file").map_err(|error| store_error(&error))?;
        let writer = Writer::start(Db::new(connection, Arc::clone(&n_statements)))?;
        let (totals, portfolios, cells, fact_lines) = Default::default();
        let (pool, path) = (Pool::new(readers), path.to_owned());
        Ok(Self { writer, pool, totals, portfolios, cells, fact_lines, n_statements, path })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Db) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.pool.read(work).await
    }
}

fn connect(path: &Path, options: &Options, create: OpenFlags) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | create;
    let opened = Connection::open_with_flags(path, flags).and_then(|connection| {
        connection.busy_timeout(options.busy_timeout)?;
        // No memory map: each connection's map would count towards the memory of the process.
        connection.execute_batch(&format!(
            "pragma journal_mode = wal;
             pragma synchronous = full;
             pragma foreign_keys = on;
             pragma temp_store = memory;
             pragma wal_autocheckpoint = 4000;
             pragma journal_size_limit = 67108864;
             pragma cache_size = -{};",
            options.cache_kib
        ))?;
        Ok(connection)
    });
    opened.map_err(|error| match store_error(&error) {
        StoreError::Unavailable(why) => StoreError::Unavailable(format!("{}: {why}", path.display())),
        StoreError::Unexpected(why) => StoreError::Unexpected(format!("{}: {why}", path.display())),
        conflict @ StoreError::Conflict(_) => conflict,
    })
}

#[async_trait]
impl Read for SqliteStore {
    async fn ping(&self) -> Result<()> {
        self.read(|db| db.row("select 1", &[], |_| Ok(()))).await.map(|_| ())
    }

    fn n_statements(&self) -> u64 {
        self.n_statements.load(Ordering::Relaxed)
    }
}

#[async_trait]
impl Write for SqliteStore {
    async fn apply(&self, batch: Batch) -> Result<()> {
        if batch.is_empty() {
            return Ok(());
        }
        self.writer.apply(batch).await
    }
}
