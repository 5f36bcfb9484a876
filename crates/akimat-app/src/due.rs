//! Work that comes by itself: once a day, by the territory's clock, on exactly one of several servers.
//!
//! There is no scheduler beside the queue of jobs. Each server asks now and then whether a job is due; the job of a day
//! has an identifier that follows from its kind and its day, so of several servers that queue it one succeeds and the
//! others find it there. A server that was down at the hour queues the job of that day when it comes back; days before
//! are not made up for.
//!
//! A new kind of daily work is one line of [`DAILY`] and one in `job.rs`.

use crate::{App, Result};
use akimat_core::JobId;
use akimat_storage::{Change, StoreError};
use jiff::{Timestamp, ToSpan};
use serde_json::json;
use sha2::{Digest, Sha256};

/// Kinds of jobs and the hour from which they are due, by the territory's clock.
const DAILY: [(&str, i8); 3] =
    [(crate::watch::WATCH, 2), (crate::audit_trail::CLOSE, 1), (crate::proposal::END_TERMS, 0)];

/// The identifier of the job of a kind that became due at an instant: the same on every server.
fn due_id(kind: &str, at: Timestamp) -> JobId {
    let digest = Sha256::digest(format!("{kind} {at}"));
    let mut tail = [0; 10];
    tail.copy_from_slice(&digest[..10]);
    let millis = u64::try_from(at.as_millisecond()).unwrap_or_default();
    JobId(uuid::Builder::from_unix_timestamp_millis(millis, &tail).into_uuid())
}

impl App {
    /// Queues the daily work that has become due and is not there yet. Answers how many jobs it queued.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn queue_due_jobs(&self) -> Result<usize> {
        let mut queued = 0;
        for (kind, hour) in DAILY {
            let Some(at) = self.last_due(hour) else { continue };
            let id = due_id(kind, at);
            if self.read().find_job(id).await?.is_some() {
                continue;
            }
            let mut job = self.new_job(None, (kind, None), &json!({}))?;
            job.id = id;
            let audit = self.audit(None, "queue_due_job", id, None, &json!({ "kind": kind }));
            match self.store().apply(vec![Change::AddJob(Box::new(job)), audit]).await {
                Ok(()) => queued += 1,
                // Another server was quicker: then the job is there.
                Err(error) if self.read().find_job(id).await?.is_none() => return Err(error.into()),
                Err(StoreError::Conflict(_) | StoreError::Unavailable(_) | StoreError::Unexpected(_)) => {}
            }
        }
        Ok(queued)
    }

    /// The last instant at which this hour struck.
    fn last_due(&self, hour: i8) -> Option<Timestamp> {
        let now = self.now();
        let strikes = |day: jiff::civil::Date| {
            day.at(hour, 0, 0, 0).to_zoned(self.zone().clone()).ok().map(|zoned| zoned.timestamp())
        };
        let today = strikes(self.today())?;
        if today <= now { Some(today) } else { strikes(self.today().checked_sub(1.day()).ok()?) }
    }
}
