//! Verifications, grants of roles, looks at records.

use crate::PostgresStore;
use crate::db::{Db, overfull};
use akimat_core::AccountId;
use akimat_storage::row::{after_number, cursor_at, marks, person as row};
use akimat_storage::{
    AccessRecord, AccessRecordRead, Conflict, Page, PageRequest, Result, RoleGrant, RoleGrantRead,
    Verification, VerificationRead, args,
};
use async_trait::async_trait;
use jiff::Timestamp;
use std::sync::LazyLock;
use uuid::Uuid;

fn select(columns: &str, rest: &str) -> String {
    format!("select {columns} from {rest}")
}

static INSERT: LazyLock<String> = LazyLock::new(|| {
    format!("insert into verifications ({}) values ({})", row::VERIFICATION, marks('$', row::VERIFICATION))
});
static OF_ACCOUNT: LazyLock<String> = LazyLock::new(|| {
    select(row::VERIFICATION, "verifications where account_id = $1 order by at desc, id desc")
});
static BY_ID: LazyLock<String> = LazyLock::new(|| select(row::VERIFICATION, "verifications where id = $1"));
static BY_IDENTITY: LazyLock<String> =
    LazyLock::new(|| select(row::VERIFICATION, "verifications where identity = $1"));
static WAITING: LazyLock<String> = LazyLock::new(|| {
    select(row::VERIFICATION, "verifications where state = 'waiting' order by at desc, id desc limit 200")
});
static UPDATE: LazyLock<String> = LazyLock::new(|| {
    let set: Vec<String> =
        row::VERIFICATION.split(',').zip(1..).map(|(name, at)| format!("{} = ${at}", name.trim())).collect();
    format!("update verifications set {} where id = $1 and version = $19 - 1", set.join(", "))
});
static INSERT_GRANT: LazyLock<String> =
    LazyLock::new(|| format!("insert into role_grants ({}) values ({})", row::GRANT, marks('$', row::GRANT)));
static GRANTS: LazyLock<String> = LazyLock::new(|| {
    select(row::GRANT, "role_grants where account_id = $1 order by granted_at desc, id desc")
});
static GRANTS_BY: LazyLock<String> = LazyLock::new(|| {
    select(row::GRANT, "role_grants where granted_by = $1 order by granted_at desc, id desc limit 500")
});
static GRANT: LazyLock<String> = LazyLock::new(|| select(row::GRANT, "role_grants where id = $1"));
static INSERT_ACCESS: LazyLock<String> = LazyLock::new(|| {
    format!("insert into access_records ({}) values ({})", row::ACCESS, marks('$', row::ACCESS))
});

#[async_trait]
impl VerificationRead for PostgresStore {
    async fn list_verifications(&self, account: AccountId) -> Result<Vec<Verification>> {
        let client = self.client().await?;
        self.db(&client).rows(&OF_ACCOUNT, &args![account.0], row::read_verification).await
    }

    async fn find_verification(&self, id: Uuid) -> Result<Option<Verification>> {
        let client = self.client().await?;
        self.db(&client).row(&BY_ID, &args![id], row::read_verification).await
    }

    async fn find_verified_identity(&self, identity: &[u8; 32]) -> Result<Option<Verification>> {
        let identity = row::hex(identity);
        let client = self.client().await?;
        self.db(&client).row(&BY_IDENTITY, &args![identity.as_str()], row::read_verification).await
    }

    async fn list_waiting_verifications(&self) -> Result<Vec<Verification>> {
        let client = self.client().await?;
        self.db(&client).rows(&WAITING, &[], row::read_verification).await
    }
}

#[async_trait]
impl RoleGrantRead for PostgresStore {
    async fn list_role_grants(&self, account: AccountId) -> Result<Vec<RoleGrant>> {
        let client = self.client().await?;
        self.db(&client).rows(&GRANTS, &args![account.0], row::read_grant).await
    }

    async fn list_grants_by(&self, giver: AccountId) -> Result<Vec<RoleGrant>> {
        let client = self.client().await?;
        self.db(&client).rows(&GRANTS_BY, &args![giver.0], row::read_grant).await
    }

    async fn find_role_grant(&self, id: Uuid) -> Result<Option<RoleGrant>> {
        let client = self.client().await?;
        self.db(&client).row(&GRANT, &args![id], row::read_grant).await
    }
}

#[async_trait]
impl AccessRecordRead for PostgresStore {
    async fn list_access_records(
        &self,
        subject: AccountId,
        page: &PageRequest,
    ) -> Result<Page<AccessRecord>> {
        let client = self.client().await?;
        let db = self.db(&client);
        let mut args = Vec::from([overfull(page), subject.0.into()]);
        let after = after_number(page);
        let sql = format!(
            "select {} from access_records where subject = $2 {} order by at desc, id desc limit $1",
            row::ACCESS,
            if after.is_some() { "and (at, id) < ($3, $4)" } else { "" }
        );
        args.extend(after.into_iter().flat_map(|(at, id)| args![at, id]));
        db.page((&sql, &args), page, row::read_access, |look| cursor_at(look.at, look.id)).await
    }
}

/// [`akimat_storage::Change::AddVerification`].
pub(crate) async fn add(db: &Db<'_>, new: &Verification) -> Result<()> {
    let (Some(account), at) = (new.account, new.at) else { return Err(Conflict::Missing("account").into()) };
    let known = "select 1 from accounts where id = $1";
    if db.row(known, &args![account.0], akimat_storage::row::read_int).await?.is_none() {
        return Err(Conflict::Missing("account").into());
    }
    if let Some(identity) = &new.identity {
        let held = db.row(&BY_IDENTITY, &args![row::hex(identity)], row::read_verification).await?;
        match held {
            Some(held) if held.account != Some(account) => return Err(Conflict::Exists("identity").into()),
            Some(held) => {
                let sql = "update verifications set identity = null, state = 'ended', ended_at = $2,
                     version = version + 1 where id = $1";
                db.execute(sql, &args![held.id, at]).await?;
            }
            None => {}
        }
    }
    db.execute(&INSERT, &row::verification_args(new)).await.map(|_| ())
}

/// [`akimat_storage::Change::UpdateVerification`].
pub(crate) async fn update(db: &Db<'_>, changed: &Verification) -> Result<()> {
    match db.execute(&UPDATE, &row::verification_args(changed)).await? {
        0 => Err(Conflict::Stale("verification").into()),
        _ => Ok(()),
    }
}

/// [`akimat_storage::Change::AddRoleGrant`].
pub(crate) async fn grant(db: &Db<'_>, new: &RoleGrant) -> Result<()> {
    let known = "select 1 from accounts where id = $1";
    if db.row(known, &args![new.account.0], akimat_storage::row::read_int).await?.is_none() {
        return Err(Conflict::Missing("account").into());
    }
    db.execute(&INSERT_GRANT, &row::grant_args(new)).await.map(|_| ())
}

/// [`akimat_storage::Change::RevokeRoleGrant`].
pub(crate) async fn revoke(db: &Db<'_>, id: Uuid, at: Timestamp) -> Result<()> {
    let sql = "update role_grants set revoked_at = $2 where id = $1 and revoked_at is null";
    match db.execute(sql, &args![id, at]).await? {
        0 => Err(Conflict::Missing("role_grant").into()),
        _ => Ok(()),
    }
}

/// [`akimat_storage::Change::AddAccessRecord`].
pub(crate) async fn looked(db: &Db<'_>, look: &AccessRecord) -> Result<()> {
    db.execute(&INSERT_ACCESS, &row::access_args(look)).await.map(|_| ())
}
