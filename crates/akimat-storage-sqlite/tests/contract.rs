//! The contract on SQLite.

use akimat_storage::Read as _;
use akimat_storage_sqlite::{Options, SqliteStore};

#[tokio::test]
async fn opens() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("a.sqlite"), &Options::default()).unwrap();
    store.ping().await.unwrap();
}
