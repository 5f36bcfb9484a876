//! Checking files beside the server's own threads, a few at a time.
//!
//! A file waits on the disk until its turn comes; only then is it read into memory and unpacked. What uploads can take
//! is therefore a small buffer for each and the memory of [`PhotoWork::at_once`] pictures, however many come together.

use crate::{App, AppError, Result};
use akimat_photo::{Limits, Photograph, Refusal, check};
use std::io;
use std::sync::Arc;
use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore};

/// How photographs are checked on this machine.
#[derive(Clone, Debug)]
pub struct PhotoWork {
    places: Arc<Semaphore>,
    /// Largest file, megabytes; `None`: as published.
    pub megabytes_max: Option<u32>,
    /// Most pixels, millions; `None`: as published.
    pub megapixels_max: Option<u32>,
}

impl PhotoWork {
    /// Unpacks this many pictures at once, at least one.
    pub fn at_once(n: usize) -> Self {
        Self { places: Arc::new(Semaphore::new(n.max(1))), megabytes_max: None, megapixels_max: None }
    }
}

impl PhotoWork {
    /// A place to work, when one is free.
    pub(crate) async fn place(&self) -> std::result::Result<OwnedSemaphorePermit, AcquireError> {
        self.places.clone().acquire_owned().await
    }
}

impl Default for PhotoWork {
    /// Two pictures at once: one does not wait for another, and a small machine stays small.
    fn default() -> Self {
        Self::at_once(2)
    }
}

impl App {
    /// The measures for photographs on this machine today.
    pub fn photo_limits(&self) -> Limits {
        let work = self.photo_work();
        let mut limits = Limits::on(self.today());
        limits.megabytes_max = work.megabytes_max.unwrap_or(limits.megabytes_max);
        limits.megapixels_max = work.megapixels_max.unwrap_or(limits.megapixels_max);
        limits
    }

    /// Checks a file when its turn comes; `read` brings it from where it waits.
    ///
    /// # Errors
    /// [`AppError::Internal`] when it cannot be read back. A file that is refused is an answer, no error.
    pub async fn check_photo(
        &self,
        read: impl FnOnce() -> io::Result<Vec<u8>> + Send + 'static,
    ) -> Result<std::result::Result<Photograph, Refusal>> {
        let limits = self.photo_limits();
        let internal = |reason: String| AppError::Internal(reason);
        let permit = self.photo_work().place().await.map_err(|error| internal(error.to_string()))?;
        let work = move || {
            // The place is given back when the work ends, also when nobody waits for it any more.
            let _permit = permit;
            read().map(|bytes| check(&bytes, &limits))
        };
        let done = tokio::task::spawn_blocking(work).await.map_err(|error| internal(error.to_string()))?;
        done.map_err(|error| internal(error.to_string()))
    }
}
