//! Erasing a person, forgetting what is old, and handing a person all that is kept.
#![expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method alone is not general enough for every row"
)]

use crate::SqliteStore;
use crate::db::Db;
use akimat_core::AccountId;
use akimat_storage::erasure::{self, COLUMNS, Erasure, ErasureRead, Forgetting, Holds, PersonRows, ROWS_MAX};
use akimat_storage::row::erasure::Named;
use akimat_storage::{Conflict, Result, args};
use async_trait::async_trait;

#[async_trait]
impl ErasureRead for SqliteStore {
    async fn export_person(&self, account: AccountId) -> Result<Vec<PersonRows>> {
        self.read(move |db| {
            let mut all = Vec::new();
            for (table, column, _) in COLUMNS.iter().filter(|(_, _, holds)| *holds == Holds::Account) {
                let rows = rows_of(db, table, (column, account))?;
                if !rows.is_empty() {
                    all.push(PersonRows::new(table, column, rows));
                }
            }
            Ok(all)
        })
        .await
    }
}

fn rows_of(db: &Db, table: &str, (column, account): (&str, AccountId)) -> Result<Vec<serde_json::Value>> {
    let sql = format!("select name from pragma_table_info('{table}') order by cid");
    let names = db.rows(&sql, &[], |row| row.string())?;
    // Blobs of sixteen bytes are identifiers; what else is binary is a hash or a key.
    let pairs: Vec<String> = names
        .iter()
        .map(|name| {
            format!("'{name}', case typeof({name}) when 'blob' then lower(hex({name})) else {name} end")
        })
        .collect();
    let sql =
        format!("select json_object({}) from {table} where {column} = ?1 limit {ROWS_MAX}", pairs.join(", "));
    db.rows(&sql, &args![account.0], |row| row.json())
}

/// Votes are taken back from the counts.
const VOTES: &str = "update rating_counts set n1 = n1 - (r.value = 1), n2 = n2 - (r.value = 2),
         n3 = n3 - (r.value = 3), n4 = n4 - (r.value = 4), n5 = n5 - (r.value = 5)
     from ratings r where r.account_id = ?1 and r.project_id = rating_counts.project_id
         and not exists (select 1 from discounted_marks m where m.kind = 'project' and m.subject = r.project_id
             and m.account = r.account_id)";

/// [`akimat_storage::Change::ErasePerson`].
pub(crate) fn erase(db: &Db, erasure: &Erasure) -> Result<()> {
    let known = "select login, display_name from accounts where id = ?1";
    let found = db.row(known, &args![erasure.account.0], |row| Ok((row.string()?, row.string()?)))?;
    let Some((login, name)) = found else { return Err(Conflict::Missing("account").into()) };
    db.execute(VOTES, &args![erasure.account.0])?;
    db.execute("delete from ratings where account_id = ?1", &args![erasure.account.0])?;
    let named = Named::new(erasure, &login, &name);
    for sql in erasure::STEPS.iter().map(|sql| (*sql).to_owned()).chain(erasure::sweeps()) {
        let (sql, args) = named.bind(&sql, '?');
        db.execute(&sql, &args)?;
    }
    Ok(())
}

/// [`akimat_storage::Change::Forget`].
pub(crate) fn forget(db: &Db, forgetting: &Forgetting) -> Result<()> {
    for (sql, at) in forgetting.statements() {
        let (sql, args) = Named::instant(at).bind(sql, '?');
        db.execute(&sql, &args)?;
    }
    Ok(())
}
