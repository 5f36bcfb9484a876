//! The transparency log.

use crate::SqliteStore;
use crate::db::Db;
use akimat_storage::log_entry::{
    LogCheckpoint, LogCosignature, LogEntry, LogIntegration, LogRead, LogRefusal, LogTile, StoredLogEntry,
    WitnessedLog,
};
use akimat_storage::row::log_entry::number;
use akimat_storage::row::{log_entry as row, marks, read_int};
use akimat_storage::{Conflict, Result, args};
use async_trait::async_trait;
use std::sync::LazyLock;

static INSERT: LazyLock<String> =
    LazyLock::new(|| format!("insert into log_entries ({}) values ({})", row::NEW, marks('?', row::NEW)));
static PENDING: LazyLock<String> = LazyLock::new(|| {
    format!("select {} from log_entries where entry_index is null order by id limit ?1", row::COLUMNS)
});
static FROM: LazyLock<String> = LazyLock::new(|| {
    format!("select {} from log_entries where entry_index >= ?1 order by entry_index limit ?2", row::COLUMNS)
});
static BEFORE: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select {} from log_entries where entry_index < ?1 order by entry_index desc limit ?2",
        row::COLUMNS
    )
});
static ABOUT: LazyLock<String> = LazyLock::new(|| {
    format!("select {} from log_entries where subject = ?1 order by id desc limit ?2", row::COLUMNS)
});
static BY_HASH: LazyLock<String> =
    LazyLock::new(|| format!("select {} from log_entries where hash = ?1 order by id limit 1", row::COLUMNS));
static TILE: LazyLock<String> =
    LazyLock::new(|| format!("select {} from log_tiles where level = ?1 and number = ?2", row::TILE));
static PUT_TILE: LazyLock<String> = LazyLock::new(|| {
    format!(
        "insert into log_tiles ({}) values (?1, ?2, ?3)
         on conflict (level, number) do update set hashes = excluded.hashes",
        row::TILE
    )
});
static LATEST: LazyLock<String> =
    LazyLock::new(|| format!("select {} from log_checkpoints order by size desc limit 1", row::CHECKPOINT));
static CHECKPOINT: LazyLock<String> =
    LazyLock::new(|| format!("select {} from log_checkpoints where size = ?1", row::CHECKPOINT));
static ADD_CHECKPOINT: LazyLock<String> =
    LazyLock::new(|| format!("insert into log_checkpoints ({}) values (?1, ?2, ?3, ?4)", row::CHECKPOINT));
static WITNESSED_ONE: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select {} from log_checkpoints where size = (select max(size) from log_cosignatures)",
        row::CHECKPOINT
    )
});
static COSIGNATURES: LazyLock<String> = LazyLock::new(|| {
    format!("select {} from log_cosignatures where size = ?1 order by witness", row::COSIGNATURE)
});
static LATEST_COSIGNATURES: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select {} from log_cosignatures said where size =
         (select max(size) from log_cosignatures other where other.witness = said.witness) order by witness",
        row::COSIGNATURE
    )
});
static PUT_COSIGNATURE: LazyLock<String> = LazyLock::new(|| {
    format!(
        "insert into log_cosignatures ({}) values (?1, ?2, ?3, ?4)
         on conflict (size, witness) do update set line = excluded.line, at = excluded.at",
        row::COSIGNATURE
    )
});
static REFUSALS: LazyLock<String> =
    LazyLock::new(|| format!("select {} from log_refusals order by witness", row::REFUSAL));
static PUT_REFUSAL: LazyLock<String> = LazyLock::new(|| {
    format!(
        "insert into log_refusals ({}) values (?1, ?2, ?3, ?4, ?5, ?6)
         on conflict (witness) do update set
           since = case when log_refusals.reason = excluded.reason then log_refusals.since else excluded.since end,
           reason = excluded.reason, seen = excluded.seen, size = excluded.size, at = excluded.at",
        row::REFUSAL
    )
});
static WITNESSED: LazyLock<String> =
    LazyLock::new(|| format!("select {} from witnessed_logs where origin = ?1", row::WITNESSED));
static ALL_WITNESSED: LazyLock<String> =
    LazyLock::new(|| format!("select {} from witnessed_logs order by origin", row::WITNESSED));
static ADD_WITNESSED: LazyLock<String> = LazyLock::new(|| {
    format!(
        "insert into witnessed_logs ({}) values (?1, ?2, ?3, ?4) on conflict (origin) do nothing",
        row::WITNESSED
    )
});

#[async_trait]
impl LogRead for SqliteStore {
    async fn list_pending_log_entries(&self, limit: u16) -> Result<Vec<StoredLogEntry>> {
        self.read(move |db| db.rows(&PENDING, &args![limit], row::read)).await
    }

    async fn count_pending_log_entries(&self) -> Result<u64> {
        let sql = "select count(*) from log_entries where entry_index is null";
        let n = self.read(move |db| db.row(sql, &[], read_int)).await?;
        Ok(n.and_then(|n| u64::try_from(n).ok()).unwrap_or_default())
    }

    async fn list_log_entries(&self, from: u64, limit: u16) -> Result<Vec<StoredLogEntry>> {
        self.read(move |db| db.rows(&FROM, &args![number(from), limit], row::read)).await
    }

    async fn list_log_entries_before(&self, before: u64, limit: u16) -> Result<Vec<StoredLogEntry>> {
        self.read(move |db| db.rows(&BEFORE, &args![number(before), limit], row::read)).await
    }

    async fn list_log_entries_about(&self, subject: &str, limit: u16) -> Result<Vec<StoredLogEntry>> {
        let subject = subject.to_owned();
        self.read(move |db| db.rows(&ABOUT, &args![subject.as_str(), limit], row::read)).await
    }

    async fn find_log_entry(&self, hash: &[u8; 32]) -> Result<Option<StoredLogEntry>> {
        let hash = *hash;
        self.read(move |db| db.row(&BY_HASH, &args![hash.as_slice()], row::read)).await
    }

    async fn find_log_tile(&self, level: u8, at: u64) -> Result<Option<LogTile>> {
        self.read(move |db| db.row(&TILE, &args![level, number(at)], row::read_tile)).await
    }

    async fn find_latest_log_checkpoint(&self) -> Result<Option<LogCheckpoint>> {
        self.read(move |db| db.row(&LATEST, &[], row::read_checkpoint)).await
    }

    async fn find_log_checkpoint(&self, size: u64) -> Result<Option<LogCheckpoint>> {
        self.read(move |db| db.row(&CHECKPOINT, &args![number(size)], row::read_checkpoint)).await
    }

    async fn find_witnessed_log_checkpoint(&self) -> Result<Option<LogCheckpoint>> {
        self.read(move |db| db.row(&WITNESSED_ONE, &[], row::read_checkpoint)).await
    }

    async fn list_log_cosignatures(&self, size: u64) -> Result<Vec<LogCosignature>> {
        self.read(move |db| db.rows(&COSIGNATURES, &args![number(size)], row::read_cosignature)).await
    }

    async fn list_latest_log_cosignatures(&self) -> Result<Vec<LogCosignature>> {
        self.read(move |db| db.rows(&LATEST_COSIGNATURES, &[], row::read_cosignature)).await
    }

    async fn list_log_refusals(&self) -> Result<Vec<LogRefusal>> {
        self.read(move |db| db.rows(&REFUSALS, &[], row::read_refusal)).await
    }

    async fn find_witnessed_log(&self, origin: &str) -> Result<Option<WitnessedLog>> {
        let origin = origin.to_owned();
        self.read(move |db| db.row(&WITNESSED, &args![origin.as_str()], row::read_witnessed)).await
    }

    async fn list_witnessed_logs(&self) -> Result<Vec<WitnessedLog>> {
        self.read(move |db| db.rows(&ALL_WITNESSED, &[], row::read_witnessed)).await
    }
}

/// [`akimat_storage::Change::AddLogEntry`].
pub(crate) fn add(db: &Db, entry: &LogEntry) -> Result<()> {
    db.execute(&INSERT, &row::args(entry)).map(|_| ())
}

/// [`akimat_storage::Change::IntegrateLog`].
pub(crate) fn integrate(db: &Db, step: &LogIntegration) -> Result<()> {
    // The condition and the change are one statement: of two servers one finds another size.
    let grow = "update log_head set size = ?2 where one = 1 and size = ?1";
    if db.execute(grow, &args![number(step.from_size), number(step.checkpoint.size)])? == 0 {
        return Err(Conflict::Stale("log").into());
    }
    // One statement a run of identifiers, as a rule one for all.
    let place = "update log_entries set entry_index = ?3 + (id - ?1)
         where id between ?1 and ?2 and entry_index is null";
    for run in row::runs(&step.ids, step.from_size) {
        let n = db.execute(place, &args![run.first, run.last, run.index])?;
        if i64::try_from(n) != Ok(run.last - run.first + 1) {
            return Err(Conflict::Stale("log").into());
        }
    }
    for tile in &step.tiles {
        db.execute(&PUT_TILE, &row::tile_args(tile))?;
    }
    db.execute(&ADD_CHECKPOINT, &row::checkpoint_args(&step.checkpoint)).map(|_| ())
}

/// [`akimat_storage::Change::PutLogCosignature`].
pub(crate) fn put_cosignature(db: &Db, said: &LogCosignature) -> Result<()> {
    if db.row(&CHECKPOINT, &args![number(said.size)], row::read_checkpoint)?.is_none() {
        return Err(Conflict::Missing("checkpoint").into());
    }
    db.execute(&PUT_COSIGNATURE, &row::cosignature_args(said))?;
    let spoke = "delete from log_refusals where witness = ?1";
    db.execute(spoke, &args![said.witness.as_str()]).map(|_| ())
}

/// [`akimat_storage::Change::PutLogRefusal`].
pub(crate) fn put_refusal(db: &Db, refusal: &LogRefusal) -> Result<()> {
    db.execute(&PUT_REFUSAL, &row::refusal_args(refusal)).map(|_| ())
}

/// [`akimat_storage::Change::PutWitnessedLog`].
pub(crate) fn put_witnessed(db: &Db, seen: &WitnessedLog, before: Option<(u64, [u8; 32])>) -> Result<()> {
    let n = match before {
        None => db.execute(&ADD_WITNESSED, &row::witnessed_args(seen))?,
        Some((size, root)) => {
            let mut args = row::witnessed_args(seen);
            args.extend(args![number(size), root.as_slice()]);
            let sql = "update witnessed_logs set size = ?2, root = ?3, at = ?4
                 where origin = ?1 and size = ?5 and root = ?6";
            db.execute(sql, &args)?
        }
    };
    if n == 0 { Err(Conflict::Stale("witnessed log").into()) } else { Ok(()) }
}
