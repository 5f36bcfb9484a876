//! A few reading connections, lent out one call at a time.

use crate::db::Db;
use akimat_storage::{Result, StoreError};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;

/// The readers.
#[derive(Clone, Debug)]
pub(crate) struct Pool {
    idle: Arc<Mutex<Vec<Db>>>,
    permits: Arc<Semaphore>,
}

impl Pool {
    pub(crate) fn new(readers: Vec<Db>) -> Self {
        let permits = Arc::new(Semaphore::new(readers.len()));
        Self { idle: Arc::new(Mutex::new(readers)), permits }
    }

    /// Runs `work` with a reader on a thread that may block.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Db) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let gone = |_| StoreError::Unavailable("the database was closed".to_owned());
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(gone)?;
        let idle = Arc::clone(&self.idle);
        let job = tokio::task::spawn_blocking(move || {
            let lent = Lent { db: take(&idle), idle };
            let answer = match &lent.db {
                Some(db) => work(db),
                None => Err(StoreError::Unavailable("no reader is free".to_owned())),
            };
            drop(lent);
            drop(permit);
            answer
        });
        job.await.map_err(|error| StoreError::Unexpected(error.to_string()))?
    }
}

fn take(idle: &Mutex<Vec<Db>>) -> Option<Db> {
    idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
}

/// Comes back even when `work` panics, so that the pool does not shrink.
struct Lent {
    db: Option<Db>,
    idle: Arc<Mutex<Vec<Db>>>,
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let Some(db) = self.db.take() {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(db);
        }
    }
}
