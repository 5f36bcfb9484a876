//! Requests for correction.

use crate::SqliteStore;
use crate::db::Db;
use akimat_core::AccountId;
use akimat_storage::correction::{Correction, CorrectionRead};
use akimat_storage::row::{correction as row, marks, read_int};
use akimat_storage::{Conflict, Result, args};
use async_trait::async_trait;
use std::sync::LazyLock;
use uuid::Uuid;

static INSERT: LazyLock<String> = LazyLock::new(|| {
    format!("insert into corrections ({}) values ({})", row::COLUMNS, marks('?', row::COLUMNS))
});
static OF_ACCOUNT: LazyLock<String> = LazyLock::new(|| {
    let order = "order by asked_at desc, id desc limit 100";
    format!("select {} from corrections where account_id = ?1 {order}", row::COLUMNS)
});
static OPEN: LazyLock<String> = LazyLock::new(|| {
    let order = "order by due_on, id limit 500";
    format!("select {} from corrections where state = 'open' {order}", row::COLUMNS)
});
static BY_ID: LazyLock<String> =
    LazyLock::new(|| format!("select {} from corrections where id = ?1", row::COLUMNS));

#[async_trait]
impl CorrectionRead for SqliteStore {
    async fn list_corrections(&self, account: AccountId) -> Result<Vec<Correction>> {
        self.read(move |db| db.rows(&OF_ACCOUNT, &args![account.0], row::read)).await
    }

    async fn list_open_corrections(&self) -> Result<Vec<Correction>> {
        self.read(move |db| db.rows(&OPEN, &[], row::read)).await
    }

    async fn find_correction(&self, id: Uuid) -> Result<Option<Correction>> {
        self.read(move |db| db.row(&BY_ID, &args![id], row::read)).await
    }
}

/// [`akimat_storage::Change::AddCorrection`].
pub(crate) fn add(db: &Db, new: &Correction) -> Result<()> {
    let known = "select 1 from accounts where id = ?1";
    if db.row(known, &args![new.account.0], read_int)?.is_none() {
        return Err(Conflict::Missing("account").into());
    }
    db.execute(&INSERT, &row::args(new)).map(|_| ())
}

/// [`akimat_storage::Change::EndCorrection`].
pub(crate) fn end(db: &Db, ended: &Correction) -> Result<()> {
    let sql = "update corrections set state = ?2, reason = ?3, decided_by = ?4, decided_by_name = ?5, decided_at = ?6
         where id = ?1 and state = 'open'";
    let args = args![
        ended.id,
        ended.state.code(),
        ended.reason.as_str(),
        ended.decided_by.map(|account| account.0),
        ended.decided_by_name.as_str(),
        ended.decided_at.map(jiff::Timestamp::as_microsecond)
    ];
    match db.execute(sql, &args)? {
        0 => Err(Conflict::Stale("correction").into()),
        _ => Ok(()),
    }
}

/// [`akimat_storage::Change::RenameAccount`].
pub(crate) fn rename(db: &Db, account: AccountId, name: &str) -> Result<()> {
    if db.execute("update accounts set display_name = ?2 where id = ?1", &args![account.0, name])? == 0 {
        return Err(Conflict::Missing("account").into());
    }
    for sql in [
        "update comments set author_name = ?2 where author = ?1",
        "update questions set author_name = ?2 where author = ?1",
        "update acceptances set by_name = ?2 where account = ?1",
        "update photos set by_name = ?2 where added_by = ?1 and by_name <> ''",
    ] {
        db.execute(sql, &args![account.0, name])?;
    }
    Ok(())
}
