//! The one writer. Batches that wait together share one commit, and so one flush of the disk; each has
//! a savepoint of its own, so that a conflict undoes that batch alone. Nobody is answered before the
//! commit.

use crate::change;
use crate::db::Db;
use akimat_storage::{Batch, Result, StoreError};
use std::thread::JoinHandle;
use tokio::sync::{mpsc, oneshot};

/// Batches of one commit at most.
const GROUP_MAX: usize = 512;
/// Batches that may wait before callers wait too.
const QUEUE_MAX: usize = 4096;

struct Job {
    batch: Batch,
    answer: oneshot::Sender<Result<()>>,
}

/// The door to the writer's thread.
#[derive(Debug)]
pub(crate) struct Writer {
    queue: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(crate) fn start(db: Db) -> Result<Self> {
        let (queue, jobs) = mpsc::channel(QUEUE_MAX);
        let thread = std::thread::Builder::new()
            .name("sqlite-writer".to_owned())
            .spawn(move || serve(&db, jobs))
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        Ok(Self { queue: Some(queue), thread: Some(thread) })
    }

    pub(crate) async fn apply(&self, batch: Batch) -> Result<()> {
        let gone = || StoreError::Unavailable("the writer has ended".to_owned());
        let (answer, answered) = oneshot::channel();
        let queue = self.queue.as_ref().ok_or_else(gone)?;
        queue.send(Job { batch, answer }).await.map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?
    }
}

impl Drop for Writer {
    /// Lets the writer finish what waits, then waits for it.
    fn drop(&mut self) {
        drop(self.queue.take());
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the writer's thread ended with a panic");
        }
    }
}

fn serve(db: &Db, mut jobs: mpsc::Receiver<Job>) {
    let mut group = Vec::with_capacity(GROUP_MAX);
    while let Some(first) = jobs.blocking_recv() {
        group.push(first);
        while group.len() < GROUP_MAX
            && let Ok(next) = jobs.try_recv()
        {
            group.push(next);
        }
        write_group(db, &mut group);
    }
    if let Err(error) = db.rows("pragma wal_checkpoint(truncate)", &[], |_| Ok(())) {
        tracing::warn!(%error, "the last checkpoint failed; the log is read at the next start");
    }
}

/// One transaction for the whole group. Leaves the group empty.
fn write_group(db: &Db, group: &mut Vec<Job>) {
    let mut waiting = Vec::with_capacity(group.len());
    let written = in_transaction(db, group, &mut waiting);
    for (answer, outcome) in waiting {
        let outcome = match &written {
            Ok(()) => outcome,
            Err(error) => Err(StoreError::Unavailable(error.to_string())),
        };
        // Whoever asked may have gone; the change stays.
        drop(answer.send(outcome));
    }
}

type Waiting = (oneshot::Sender<Result<()>>, Result<()>);

fn in_transaction(db: &Db, group: &mut Vec<Job>, waiting: &mut Vec<Waiting>) -> Result<()> {
    let begun = db.execute("begin immediate", &[]);
    let mut written = begun.map(|_| ());
    for Job { batch, answer } in group.drain(..) {
        let outcome = match &written {
            Ok(()) => write_batch(db, batch),
            Err(_) => Ok(()),
        };
        // A full disk or a failing one may have undone everything.
        if written.is_ok() && db.connection.is_autocommit() {
            written = Err(StoreError::Unavailable("the transaction was undone by the database".to_owned()));
        }
        waiting.push((answer, outcome));
    }
    let written = written.and_then(|()| db.execute("commit", &[]).map(|_| ()));
    if written.is_err() && !db.connection.is_autocommit() {
        drop(db.execute("rollback", &[]));
    }
    written
}

fn write_batch(db: &Db, batch: Batch) -> Result<()> {
    db.execute("savepoint batch", &[])?;
    let outcome = batch.into_iter().try_for_each(|change| change::apply(db, change));
    if db.connection.is_autocommit() {
        return outcome;
    }
    if outcome.is_err() {
        db.execute("rollback to batch", &[])?;
    }
    db.execute("release batch", &[])?;
    outcome
}
