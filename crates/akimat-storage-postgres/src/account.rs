//! Accounts and sessions.

use crate::PostgresStore;
use crate::db::{Db, overfull};
use akimat_core::AccountId;
use akimat_storage::row::{account as row, marks, qualified};
use akimat_storage::{
    Account, AccountRead, Conflict, Credentials, Page, PageRequest, Result, Session, TokenHash, args,
};
use async_trait::async_trait;
use jiff::Timestamp;
use std::sync::LazyLock;

static INSERT: LazyLock<String> =
    LazyLock::new(|| format!("insert into accounts ({}) values ({})", row::STORED, marks('$', row::STORED)));
static INSERT_SESSION: LazyLock<String> = LazyLock::new(|| {
    format!(
        "insert into sessions ({}) select {} where exists (select 1 from accounts where id = $2)",
        row::SESSION_STORED,
        marks('$', row::SESSION_STORED)
    )
});
static FIND: LazyLock<String> =
    LazyLock::new(|| format!("select {} from accounts where id = $1", row::COLUMNS));
static BY_LOGIN: LazyLock<String> = LazyLock::new(|| {
    format!("select {} from accounts where left(login, 200) = left($1, 200) and login = $1", row::STORED)
});
static BY_SESSION: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select {} from sessions join accounts on accounts.id = sessions.account_id
         where sessions.token_hash = $1 and sessions.expires_at > $2 and not accounts.disabled",
        qualified("accounts", row::COLUMNS)
    )
});

static FIND_SESSION: LazyLock<String> = LazyLock::new(|| {
    let columns = row::SESSION_STORED;
    format!("select {columns} from sessions where token_hash = $1 and expires_at > $2")
});
static SESSIONS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select {} from sessions where account_id = $1 and expires_at > $2
         order by seen_at desc, created_at desc, token_hash",
        row::SESSION_STORED
    )
});

#[async_trait]
impl AccountRead for PostgresStore {
    async fn find_account(&self, id: AccountId) -> Result<Option<Account>> {
        let client = self.client().await?;
        self.db(&client).row(&FIND, &args![id.0], row::read).await
    }

    async fn find_credentials(&self, login: &str) -> Result<Option<Credentials>> {
        let client = self.client().await?;
        let db = self.db(&client);
        db.row(&BY_LOGIN, &args![login], |row| {
            Ok(Credentials { account: row::read(row)?, password_hash: row.string()? })
        })
        .await
    }

    async fn find_session_account(&self, token: &TokenHash, now: Timestamp) -> Result<Option<Account>> {
        let client = self.client().await?;
        self.db(&client).row(&BY_SESSION, &args![token.as_slice(), now], row::read).await
    }

    async fn find_session(&self, token: &TokenHash, now: Timestamp) -> Result<Option<Session>> {
        let client = self.client().await?;
        self.db(&client).row(&FIND_SESSION, &args![token.as_slice(), now], row::read_session).await
    }

    async fn list_sessions(&self, account: AccountId, now: Timestamp) -> Result<Vec<Session>> {
        let client = self.client().await?;
        self.db(&client).rows(&SESSIONS, &args![account.0, now], row::read_session).await
    }

    async fn list_accounts(&self, page: &PageRequest) -> Result<Page<Account>> {
        let client = self.client().await?;
        let db = self.db(&client);
        let mut args = vec![overfull(page)];
        let after = page.after.as_ref().map(|after| after.id.into());
        let sql = format!(
            "select {} from accounts {} order by id limit $1",
            row::COLUMNS,
            if after.is_some() { "where id > $2" } else { "" }
        );
        args.extend(after);
        db.page((&sql, &args), page, row::read, row::cursor).await
    }
}

/// [`akimat_storage::Change::AddAccount`].
pub(crate) async fn add(db: &Db<'_>, account: &Account, password_hash: &str) -> Result<()> {
    db.execute(&INSERT, &row::args(account, password_hash)).await.map(|_| ())
}

/// [`akimat_storage::Change::AddSession`].
pub(crate) async fn add_session(db: &Db<'_>, session: &Session) -> Result<()> {
    match db.execute(&INSERT_SESSION, &row::session_args(session)).await? {
        0 => Err(Conflict::Missing("account").into()),
        _ => Ok(()),
    }
}

/// [`akimat_storage::Change::RemoveSession`].
pub(crate) async fn remove_session(db: &Db<'_>, token: &TokenHash) -> Result<()> {
    db.execute("delete from sessions where token_hash = $1", &args![token.as_slice()]).await.map(|_| ())
}

/// [`akimat_storage::Change::RemoveSessionsBefore`].
pub(crate) async fn remove_sessions_before(db: &Db<'_>, before: Timestamp) -> Result<()> {
    db.execute("delete from sessions where expires_at < $1", &args![before]).await.map(|_| ())
}
