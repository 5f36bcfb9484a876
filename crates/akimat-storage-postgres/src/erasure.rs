//! Erasing a person, forgetting what is old, and handing a person all that is kept.
#![expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method alone is not general enough for every row"
)]

use crate::PostgresStore;
use crate::db::Db;
use akimat_core::AccountId;
use akimat_storage::erasure::{self, COLUMNS, Erasure, ErasureRead, Forgetting, Holds, PersonRows, ROWS_MAX};
use akimat_storage::row::erasure::Named;
use akimat_storage::{Conflict, Result, args};
use async_trait::async_trait;

#[async_trait]
impl ErasureRead for PostgresStore {
    async fn export_person(&self, account: AccountId) -> Result<Vec<PersonRows>> {
        let client = self.client().await?;
        let db = self.db(&client);
        let mut all = Vec::new();
        for (table, column, _) in COLUMNS.iter().filter(|(_, _, holds)| *holds == Holds::Account) {
            let sql =
                format!("select row_to_json(t)::text from {table} t where t.{column} = $1 limit {ROWS_MAX}");
            let rows = db.rows(&sql, &args![account.0], |row| row.json()).await?;
            if !rows.is_empty() {
                all.push(PersonRows::new(table, column, rows));
            }
        }
        Ok(all)
    }
}

/// Votes are taken back: each shard of the counts loses what the person gave.
const VOTES: &str = "with gone as (delete from ratings where account_id = $1 returning project_id, value)
     update rating_counts c set n1 = n1 - (value = 1)::integer, n2 = n2 - (value = 2)::integer,
         n3 = n3 - (value = 3)::integer, n4 = n4 - (value = 4)::integer, n5 = n5 - (value = 5)::integer
     from gone where c.project_id = gone.project_id and c.shard = $2
         and not exists (select 1 from discounted_marks m where m.kind = 'project'
             and m.subject = gone.project_id and m.account = $1)";

/// [`akimat_storage::Change::ErasePerson`].
pub(crate) async fn erase(db: &Db<'_>, erasure: &Erasure) -> Result<()> {
    let known = "select login, display_name from accounts where id = $1";
    let found = db.row(known, &args![erasure.account.0], |row| Ok((row.string()?, row.string()?))).await?;
    let Some((login, name)) = found else { return Err(Conflict::Missing("account").into()) };
    let shard = erasure.account.0.as_bytes()[15] % 16;
    db.execute(VOTES, &args![erasure.account.0, shard]).await?;
    let named = Named::new(erasure, &login, &name);
    for sql in erasure::STEPS.iter().map(|sql| (*sql).to_owned()).chain(erasure::sweeps()) {
        let (sql, args) = named.bind(&sql, '$');
        db.execute(&sql, &args).await?;
    }
    Ok(())
}

/// [`akimat_storage::Change::Forget`].
pub(crate) async fn forget(db: &Db<'_>, forgetting: &Forgetting) -> Result<()> {
    for (sql, at) in forgetting.statements() {
        let (sql, args) = Named::instant(at).bind(sql, '$');
        db.execute(&sql, &args).await?;
    }
    Ok(())
}
