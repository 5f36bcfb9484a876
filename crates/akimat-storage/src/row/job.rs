//! Columns of jobs.

use super::{Arg, Columns, odd};
use crate::job::{Job, JobState};
use crate::{Result, args};
use akimat_core::{AccountId, JobId};
use jiff::Timestamp;

/// What [`read`] reads and [`args`] writes.
pub const COLUMNS: &str = "id, kind, place, params, state, done, total, message, checkpoint, cancel_asked, \
     attempts, account, account_name, created_at, started_at, finished_at, runner, heartbeat_at";

/// Values of [`COLUMNS`].
pub fn args(job: &Job) -> Vec<Arg<'_>> {
    args![
        job.id.0,
        job.kind.as_str(),
        job.place,
        job.params.as_str(),
        job.state.code(),
        job.done,
        job.total,
        job.message.as_str(),
        job.checkpoint.as_str(),
        job.cancel_asked,
        job.attempts,
        job.account.map(|account| account.0),
        job.account_name.as_str(),
        job.created_at,
        job.started_at.map(Timestamp::as_microsecond),
        job.finished_at.map(Timestamp::as_microsecond),
        job.runner,
        job.heartbeat_at.map(Timestamp::as_microsecond),
    ]
    .into()
}

fn instant_opt(row: &mut Columns<'_>) -> Result<Option<Timestamp>> {
    let Some(micros) = row.int_opt()? else { return Ok(None) };
    Timestamp::from_microsecond(micros).map(Some).map_err(|_| odd(format!("{micros} is not an instant")))
}

/// A job out of [`COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read(row: &mut Columns<'_>) -> Result<Job> {
    Ok(Job {
        id: JobId(row.uuid()?),
        kind: row.string()?,
        place: row.kato_opt()?,
        params: row.string()?,
        state: row.code(JobState::parse)?,
        done: row.int()?,
        total: row.int()?,
        message: row.string()?,
        checkpoint: row.string()?,
        cancel_asked: row.flag()?,
        attempts: row.int()?,
        account: row.uuid_opt()?.map(AccountId),
        account_name: row.string()?,
        created_at: row.instant()?,
        started_at: instant_opt(row)?,
        finished_at: instant_opt(row)?,
        runner: row.uuid_opt()?,
        heartbeat_at: instant_opt(row)?,
    })
}
