//! The contract, every promise in a schema of its own.

use crate::schema::Schema;
use akimat_storage::Store;
use std::sync::Arc;

async fn open() -> Option<(Arc<dyn Store>, Schema)> {
    let schema = Schema::create().await?;
    Some((Arc::new(schema.connect().await), schema))
}

akimat_storage::contract_tests!(open);
