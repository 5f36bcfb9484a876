//! Shared data for tests: `AKIMAT_SHARED`, by default `../shared` beside the repository.

use std::path::Path;

/// The bytes of a shared file; `None`, with a word printed, when it is absent outside CI.
pub(crate) fn read(path: &str) -> Option<Vec<u8>> {
    let default = || concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").to_owned();
    let root = std::env::var("AKIMAT_SHARED").unwrap_or_else(|_| default());
    match std::fs::read(Path::new(&root).join(path)) {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "{path}: {error}");
            println!("SKIPPED: {path} is absent");
            None
        }
    }
}
