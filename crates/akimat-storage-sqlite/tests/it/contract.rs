//! The contract, every promise in a file of its own.

use akimat_storage::Store;
use akimat_storage_sqlite::{Options, SqliteStore};
use std::sync::Arc;

async fn open() -> Option<(Arc<dyn Store>, tempfile::TempDir)> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store =
        SqliteStore::open(&folder.path().join("akimat.sqlite"), &Options::default()).expect("a database");
    Some((Arc::new(store), folder))
}

akimat_storage::contract_tests!(open);
