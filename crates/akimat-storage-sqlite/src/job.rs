//! Background work.

use crate::SqliteStore;
use crate::db::{Db, overfull};
use akimat_core::JobId;
use akimat_storage::job::{Job, JobFilter, JobKinds, JobProgress, JobRead, JobState};
use akimat_storage::row::{Arg, after_number, cursor_at, job as row, marks};
use akimat_storage::{Conflict, Cursor, Page, PageRequest, Result, args};
use async_trait::async_trait;
use jiff::Timestamp;
use std::fmt::Write as _;
use std::sync::LazyLock;
use uuid::Uuid;

static INSERT: LazyLock<String> =
    LazyLock::new(|| format!("insert into jobs ({}) values ({})", row::COLUMNS, marks('?', row::COLUMNS)));
static FIND: LazyLock<String> = LazyLock::new(|| format!("select {} from jobs where id = ?1", row::COLUMNS));
/// The statement for the next job of these kinds, and the values of its marks.
fn next(before: Timestamp, kinds: JobKinds) -> (String, Vec<Arg<'static>>) {
    let (of_kind, words) = kinds.condition(|n| format!("?{}", n + 2));
    let sql = format!(
        "select {} from jobs where (state = 'queued' or (state = 'running' and heartbeat_at < ?1)) and {of_kind}
         order by created_at, id limit 1",
        row::COLUMNS
    );
    let mut args = vec![before.into()];
    args.extend(words.iter().map(|word| Arg::from((*word).to_owned())));
    (sql, args)
}

#[async_trait]
impl JobRead for SqliteStore {
    async fn list_jobs(&self, filter: &JobFilter, page: &PageRequest) -> Result<Page<Job>> {
        let (sql, args) = list(filter, page);
        let page = page.clone();
        self.read(move |db| db.page((&sql, &args), &page, row::read, cursor)).await
    }

    async fn find_job(&self, id: JobId) -> Result<Option<Job>> {
        self.read(move |db| db.row(&FIND, &args![id.0], row::read)).await
    }

    async fn next_job(&self, before: Timestamp, kinds: JobKinds) -> Result<Option<Job>> {
        let (sql, args) = next(before, kinds);
        self.read(move |db| db.row(&sql, &args, row::read)).await
    }
}

fn cursor(job: &Job) -> Cursor {
    cursor_at(job.created_at, job.id.0)
}

fn list(filter: &JobFilter, page: &PageRequest) -> (String, Vec<Arg<'static>>) {
    let mut sql = format!("select {} from jobs where true", row::COLUMNS);
    let mut args = vec![overfull(page)];
    // Writing to a string cannot fail.
    if let Some(kind) = &filter.kind {
        args.push(kind.clone().into());
        let _ = write!(sql, " and kind = ?{}", args.len());
    }
    if let Some(state) = filter.state {
        args.push(state.code().into());
        let _ = write!(sql, " and state = ?{}", args.len());
    }
    if let Some((at, id)) = after_number(page) {
        args.extend(args![at, id]);
        let _ = write!(sql, " and (created_at, id) < (?{}, ?{})", args.len() - 1, args.len());
    }
    sql.push_str(" order by created_at desc, id desc limit ?1");
    (sql, args)
}

/// [`akimat_storage::Change::AddJob`].
pub(crate) fn add(db: &Db, job: &Job) -> Result<()> {
    db.execute(&INSERT, &row::args(job)).map(|_| ())
}

/// [`akimat_storage::Change::ClaimJob`]: the condition and the change are one statement, so that of two
/// servers one finds nothing left to change.
pub(crate) fn claim(db: &Db, (id, runner): (JobId, Uuid), at: Timestamp, before: Timestamp) -> Result<()> {
    let sql = "update jobs set state = 'running', runner = ?2, heartbeat_at = ?3, attempts = attempts + 1,
             started_at = coalesce(started_at, ?3)
         where id = ?1 and (state = 'queued' or (state = 'running' and heartbeat_at < ?4))";
    let n = db.execute(sql, &args![id.0, runner, at, before])?;
    touched(db, id, n > 0)
}

/// [`akimat_storage::Change::ProgressJob`].
pub(crate) fn progress(db: &Db, progress: &JobProgress) -> Result<()> {
    let sql = "update jobs set done = ?3, total = ?4, message = ?5, checkpoint = ?6, heartbeat_at = ?7
         where id = ?1 and runner = ?2 and state = 'running'";
    let args = args![
        progress.id.0,
        progress.runner,
        progress.done,
        progress.total,
        progress.message.as_str(),
        progress.checkpoint.as_str(),
        progress.at,
    ];
    let n = db.execute(sql, &args)?;
    touched(db, progress.id, n > 0)
}

/// [`akimat_storage::Change::EndJob`].
pub(crate) fn end(
    db: &Db,
    (id, runner): (JobId, Uuid),
    (state, message): (JobState, &str),
    at: Timestamp,
) -> Result<()> {
    let sql = "update jobs set state = ?3, message = ?4, finished_at = ?5, heartbeat_at = ?5
         where id = ?1 and runner = ?2 and state = 'running'";
    let n = db.execute(sql, &args![id.0, runner, state.code(), message, at])?;
    touched(db, id, n > 0)
}

/// [`akimat_storage::Change::CancelJob`].
pub(crate) fn cancel(db: &Db, id: JobId, at: Timestamp) -> Result<()> {
    let sql = "update jobs set cancel_asked = ?3,
             finished_at = case when state = 'queued' then ?2 else finished_at end,
             state = case when state = 'queued' then 'cancelled' else state end
         where id = ?1 and state in ('queued', 'running')";
    let n = db.execute(sql, &args![id.0, at, true])?;
    touched(db, id, n > 0)
}

fn touched(db: &Db, id: JobId, changed: bool) -> Result<()> {
    if changed {
        return Ok(());
    }
    let found = db.row(&FIND, &args![id.0], row::read)?;
    Err(found.map_or(Conflict::Missing("job"), |_| Conflict::Stale("job")).into())
}
