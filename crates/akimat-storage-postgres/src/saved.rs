//! Kept pieces of analysis.

use crate::PostgresStore;
use crate::db::{Db, overfull};
use akimat_core::SavedId;
use akimat_storage::row::{after_number, cursor_at, marks, saved as row};
use akimat_storage::saved::{Saved, SavedFilter, SavedHead, SavedRead};
use akimat_storage::{Conflict, Page, PageRequest, Result, args};
use async_trait::async_trait;
use std::fmt::Write as _;
use std::sync::LazyLock;

static INSERT: LazyLock<String> =
    LazyLock::new(|| format!("insert into saved ({}) values ({})", row::COLUMNS, marks('$', row::COLUMNS)));
static UPDATE: LazyLock<String> = LazyLock::new(|| {
    format!("update saved set ({}) = ({}) where id = $1", row::COLUMNS, marks('$', row::COLUMNS))
});
static FIND: LazyLock<String> = LazyLock::new(|| format!("select {} from saved where id = $1", row::COLUMNS));

#[async_trait]
impl SavedRead for PostgresStore {
    async fn list_saved(&self, filter: &SavedFilter, page: &PageRequest) -> Result<Page<SavedHead>> {
        let client = self.client().await?;
        let db = self.db(&client);
        let mut sql = format!("select {} from saved where true", row::HEAD);
        let mut args = vec![overfull(page)];
        // Writing to a string cannot fail.
        if let Some(kind) = filter.kind {
            args.extend(args![kind.code()]);
            let _ = write!(sql, " and kind = ${}", args.len());
        }
        if let Some(owner) = filter.owner {
            args.extend(args![owner.0]);
            let _ = write!(sql, " and owner = ${}", args.len());
        }
        if filter.public {
            sql.push_str(" and public");
        }
        if let Some((at, id)) = after_number(page) {
            args.extend(args![at, id]);
            let _ = write!(sql, " and (created_at, id) < (${}, ${})", args.len() - 1, args.len());
        }
        sql.push_str(" order by created_at desc, id desc limit $1");
        let cursor = |head: &SavedHead| cursor_at(head.created_at, head.id.0);
        db.page((&sql, &args), page, row::read_head, cursor).await
    }

    async fn find_saved(&self, id: SavedId) -> Result<Option<Saved>> {
        let client = self.client().await?;
        self.db(&client).row(&FIND, &args![id.0], row::read).await
    }
}

/// [`akimat_storage::Change::AddSaved`].
pub(crate) async fn add(db: &Db<'_>, saved: &Saved) -> Result<()> {
    db.execute(&INSERT, &row::args(saved)).await.map(|_| ())
}

/// [`akimat_storage::Change::UpdateSaved`].
pub(crate) async fn update(db: &Db<'_>, saved: &Saved) -> Result<()> {
    let find = "select version from saved where id = $1 for update";
    #[expect(clippy::redundant_closure_for_method_calls, reason = "the method is not general over lifetimes")]
    let stored: Option<i64> = db.row(find, &args![saved.head.id.0], |row| row.int()).await?;
    let Some(version) = stored else { return Err(Conflict::Missing("saved analysis").into()) };
    if version + 1 != i64::from(saved.head.version) {
        return Err(Conflict::Stale("saved analysis").into());
    }
    db.execute(&UPDATE, &row::args(saved)).await.map(|_| ())
}

/// [`akimat_storage::Change::RemoveSaved`].
pub(crate) async fn remove(db: &Db<'_>, id: SavedId) -> Result<()> {
    match db.execute("delete from saved where id = $1", &args![id.0]).await? {
        0 => Err(Conflict::Missing("saved analysis").into()),
        _ => Ok(()),
    }
}
