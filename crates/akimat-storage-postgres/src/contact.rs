//! Addresses that an account was shown to hold, and the codes that show it.

use crate::PostgresStore;
use crate::db::Db;
use akimat_core::AccountId;
use akimat_storage::contact::{CodePurpose, Contact, ContactChange, ContactKind, ContactRead, OneTimeCode};
use akimat_storage::row::{contact as row, marks, read_int};
use akimat_storage::{Conflict, Result, args};
use async_trait::async_trait;
use jiff::Timestamp;
use std::sync::LazyLock;
use uuid::Uuid;

static INSERT: LazyLock<String> = LazyLock::new(|| {
    format!("insert into contacts ({}) values ({})", row::COLUMNS, marks('$', row::COLUMNS))
});
static INSERT_CODE: LazyLock<String> = LazyLock::new(|| {
    let marks = marks('$', row::CODE_COLUMNS);
    format!("insert into one_time_codes ({}) values ({marks})", row::CODE_COLUMNS)
});
static LIST: LazyLock<String> = LazyLock::new(|| {
    format!("select {} from contacts where account_id = $1 order by confirmed_at, id", row::COLUMNS)
});
static FIND: LazyLock<String> =
    LazyLock::new(|| format!("select {} from contacts where kind = $1 and address_key = $2", row::COLUMNS));
static FIND_CODE: LazyLock<String> =
    LazyLock::new(|| format!("select {} from one_time_codes where id = $1", row::CODE_COLUMNS));
static LIST_CODES: LazyLock<String> = LazyLock::new(|| {
    let columns = row::CODE_COLUMNS;
    format!(
        "select {columns} from one_time_codes where purpose = $1 and used_at is null order by created_at, id"
    )
});
const COUNT: &str =
    "select count(*) from one_time_codes where kind = $1 and address_key = $2 and created_at >= $3";
const TRY: &str = "update one_time_codes set attempts = attempts + 1
     where id = $1 and used_at is null and attempts < $2 and expires_at > $3";
const USE: &str = "update one_time_codes set used_at = $2
     where id = $1 and used_at is null and expires_at > $2";

#[async_trait]
impl ContactRead for PostgresStore {
    async fn list_contacts(&self, account: AccountId) -> Result<Vec<Contact>> {
        self.db(&self.client().await?).rows(&LIST, &args![account.0], row::read).await
    }

    async fn find_contact(&self, kind: ContactKind, address_key: &str) -> Result<Option<Contact>> {
        self.db(&self.client().await?).row(&FIND, &args![kind.code(), address_key], row::read).await
    }

    async fn find_code(&self, id: Uuid) -> Result<Option<OneTimeCode>> {
        self.db(&self.client().await?).row(&FIND_CODE, &args![id], row::read_code).await
    }

    async fn list_codes(&self, purpose: CodePurpose) -> Result<Vec<OneTimeCode>> {
        self.db(&self.client().await?).rows(&LIST_CODES, &args![purpose.code()], row::read_code).await
    }

    async fn count_codes(&self, kind: ContactKind, address_key: &str, since: Timestamp) -> Result<u64> {
        let n = self
            .db(&self.client().await?)
            .row(COUNT, &args![kind.code(), address_key, since], read_int)
            .await?;
        Ok(n.and_then(|n| u64::try_from(n).ok()).unwrap_or_default())
    }
}

/// [`akimat_storage::Change::Contact`].
pub(crate) async fn apply(db: &Db<'_>, change: &ContactChange) -> Result<()> {
    match change {
        ContactChange::Add(contact) => {
            let known = "select 1 from accounts where id = $1";
            if db.row(known, &args![contact.account.0], read_int).await?.is_none() {
                return Err(Conflict::Missing("account").into());
            }
            db.execute(&INSERT, &row::args(contact)).await.map(|_| ())
        }
        ContactChange::Remove(id, account) => {
            let sql = "delete from contacts where id = $1 and account_id = $2";
            match db.execute(sql, &args![*id, account.0]).await? {
                0 => Err(Conflict::Missing("contact").into()),
                _ => Ok(()),
            }
        }
        ContactChange::AddCode(code) => db.execute(&INSERT_CODE, &row::code_args(code)).await.map(|_| ()),
        ContactChange::TryCode { id, attempts_max, at } => {
            touched(db, *id, (TRY, &args![*id, *attempts_max, *at])).await
        }
        ContactChange::UseCode { id, at } => touched(db, *id, (USE, &args![*id, *at])).await,
        ContactChange::RemoveCodesBefore(before) => {
            let sql = "delete from one_time_codes where expires_at < $1";
            db.execute(sql, &args![*before]).await.map(|_| ())
        }
        ContactChange::ForgetCode(id) => {
            match db.execute("delete from one_time_codes where id = $1", &args![*id]).await? {
                0 => Err(Conflict::Missing("code").into()),
                _ => Ok(()),
            }
        }
    }
}

async fn touched(db: &Db<'_>, id: Uuid, (sql, args): (&str, &[akimat_storage::row::Arg<'_>])) -> Result<()> {
    if db.execute(sql, args).await? > 0 {
        return Ok(());
    }
    let found = db.row(&FIND_CODE, &args![id], row::read_code).await?;
    Err(found.map_or(Conflict::Missing("code"), |_| Conflict::Stale("code")).into())
}
