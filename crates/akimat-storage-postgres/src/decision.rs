//! Decisions on portfolios.

use crate::PostgresStore;
use crate::db::{Db, overfull};
use akimat_core::{DecisionId, KatoCode};
use akimat_storage::row::{after_number, cursor_at, decision as row, marks};
use akimat_storage::{Decision, DecisionRead, Page, PageRequest, Result, args};
use async_trait::async_trait;
use std::fmt::Write as _;
use std::sync::LazyLock;

static INSERT: LazyLock<String> = LazyLock::new(|| {
    format!("insert into decisions ({}) values ({})", row::COLUMNS, marks('$', row::COLUMNS))
});
static FIND: LazyLock<String> =
    LazyLock::new(|| format!("select {} from decisions where id = $1", row::COLUMNS));

#[async_trait]
impl DecisionRead for PostgresStore {
    async fn list_decisions(&self, place: Option<KatoCode>, page: &PageRequest) -> Result<Page<Decision>> {
        let client = self.client().await?;
        let db = self.db(&client);
        let mut sql = format!("select {} from decisions where true", row::COLUMNS);
        let mut args = vec![overfull(page)];
        // Writing to a string cannot fail.
        if let Some((first, last)) = place.map(KatoCode::subtree) {
            args.extend(args![first, last]);
            sql.push_str(" and place between $2 and $3");
        }
        if let Some((at, id)) = after_number(page) {
            args.extend(args![at, id]);
            let _ = write!(sql, " and (decided_at, id) < (${}, ${})", args.len() - 1, args.len());
        }
        sql.push_str(" order by decided_at desc, id desc limit $1");
        let cursor = |decision: &Decision| cursor_at(decision.decided_at, decision.id.0);
        db.page((&sql, &args), page, row::read, cursor).await
    }

    async fn find_decision(&self, id: DecisionId) -> Result<Option<Decision>> {
        let client = self.client().await?;
        self.db(&client).row(&FIND, &args![id.0], row::read).await
    }
}

/// [`akimat_storage::Change::AddDecision`].
pub(crate) async fn add(db: &Db<'_>, decision: &Decision) -> Result<()> {
    db.execute(&INSERT, &row::args(decision)).await.map(|_| ())
}
