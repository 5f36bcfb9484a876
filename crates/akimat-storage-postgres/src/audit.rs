//! The audit record.

use crate::PostgresStore;
use crate::db::{Db, overfull};
use akimat_storage::row::{after_number, audit as row, cursor_at, marks};
use akimat_storage::{AuditRead, AuditRecord, Page, PageRequest, Result, args};
use async_trait::async_trait;
use std::sync::LazyLock;

static INSERT: LazyLock<String> =
    LazyLock::new(|| format!("insert into audit ({}) values ({})", row::COLUMNS, marks('$', row::COLUMNS)));

#[async_trait]
impl AuditRead for PostgresStore {
    async fn list_audit(&self, page: &PageRequest) -> Result<Page<AuditRecord>> {
        let client = self.client().await?;
        let db = self.db(&client);
        let mut args = vec![overfull(page)];
        let after = after_number(page);
        let sql = format!(
            "select {} from audit {} order by at desc, id desc limit $1",
            row::COLUMNS,
            if after.is_some() { "where (at, id) < ($2, $3)" } else { "" }
        );
        args.extend(after.into_iter().flat_map(|(at, id)| args![at, id]));
        db.page((&sql, &args), page, row::read, |record| cursor_at(record.at, record.id)).await
    }
}

/// [`akimat_storage::Change::AddAudit`].
pub(crate) async fn add(db: &Db<'_>, record: &AuditRecord) -> Result<()> {
    db.execute(&INSERT, &row::args(record)).await.map(|_| ())
}
