//! Keys by which systems of an office speak for an account.

use crate::PostgresStore;
use crate::db::Db;
use akimat_core::AccountId;
use akimat_storage::access_token::{AccessToken, AccessTokenRead};
use akimat_storage::row::{access_token as row, account, marks, qualified};
use akimat_storage::{Account, Conflict, Result, TokenHash, args};
use async_trait::async_trait;
use jiff::Timestamp;
use std::sync::LazyLock;
use uuid::Uuid;

static INSERT: LazyLock<String> = LazyLock::new(|| {
    let marks = marks('$', row::COLUMNS);
    format!("insert into access_tokens ({}) values ({marks})", row::COLUMNS)
});
static LIST: LazyLock<String> = LazyLock::new(|| {
    format!("select {} from access_tokens where account_id = $1 order by created_at desc, id", row::COLUMNS)
});
static BY_TOKEN: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select {} from access_tokens tokens join accounts on accounts.id = tokens.account_id
         where tokens.token_hash = $1 and tokens.expires_at > $2 and tokens.revoked_at is null
         and not accounts.disabled",
        qualified("accounts", account::COLUMNS)
    )
});

#[async_trait]
impl AccessTokenRead for PostgresStore {
    async fn find_token_account(&self, token: &TokenHash, now: Timestamp) -> Result<Option<Account>> {
        let client = self.client().await?;
        self.db(&client).row(&BY_TOKEN, &args![token.as_slice(), now], account::read).await
    }

    async fn list_access_tokens(&self, account: AccountId) -> Result<Vec<AccessToken>> {
        let client = self.client().await?;
        self.db(&client).rows(&LIST, &args![account.0], row::read).await
    }
}

/// [`akimat_storage::Change::AddAccessToken`].
pub(crate) async fn add(db: &Db<'_>, token: &AccessToken) -> Result<()> {
    let known = "select 1 from accounts where id = $1";
    if db.row(known, &args![token.account.0], akimat_storage::row::read_int).await?.is_none() {
        return Err(Conflict::Missing("account").into());
    }
    db.execute(&INSERT, &row::args(token)).await.map(|_| ())
}

/// [`akimat_storage::Change::RevokeAccessToken`].
pub(crate) async fn revoke(db: &Db<'_>, (id, account): (Uuid, AccountId), at: Timestamp) -> Result<()> {
    let sql = "update access_tokens set revoked_at = $3
         where id = $1 and account_id = $2 and revoked_at is null";
    match db.execute(sql, &args![id, account.0, at]).await? {
        0 => Err(Conflict::Missing("access_token").into()),
        _ => Ok(()),
    }
}
