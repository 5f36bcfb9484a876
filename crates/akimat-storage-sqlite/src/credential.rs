//! Devices, second factors, passkeys and identities at providers.

use crate::SqliteStore;
use crate::db::Db;
use akimat_core::AccountId;
use akimat_storage::credential::{
    CredentialChange, CredentialRead, FactorReset, KnownDevice, Passkey, ProviderIdentity, ProviderSession,
    SecondFactor,
};
use akimat_storage::row::{Arg, credential as row, marks, read_int};
use akimat_storage::{Conflict, Result, TokenHash, args};
use async_trait::async_trait;
use std::sync::LazyLock;
use uuid::Uuid;

static DEVICES: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select {} from known_devices where account_id = ?1 order by last_seen_at desc, device_hash",
        row::DEVICE_COLUMNS
    )
});
static FACTOR: LazyLock<String> =
    LazyLock::new(|| format!("select {} from second_factors where account_id = ?1", row::FACTOR_COLUMNS));
static PASSKEYS: LazyLock<String> = LazyLock::new(|| {
    format!("select {} from passkeys where account_id = ?1 order by created_at, id", row::PASSKEY_COLUMNS)
});
static PASSKEY: LazyLock<String> =
    LazyLock::new(|| format!("select {} from passkeys where credential_id = ?1", row::PASSKEY_COLUMNS));
static IDENTITY: LazyLock<String> = LazyLock::new(|| {
    let columns = row::IDENTITY_COLUMNS;
    format!("select {columns} from provider_identities where issuer = ?1 and subject = ?2")
});
static IDENTITIES: LazyLock<String> = LazyLock::new(|| {
    let columns = row::IDENTITY_COLUMNS;
    format!("select {columns} from provider_identities where account_id = ?1 order by issuer, subject")
});
static PUT_DEVICE: LazyLock<String> = LazyLock::new(|| {
    format!(
        "insert into known_devices ({}) values ({})
         on conflict (account_id, device_hash) do update
         set words = excluded.words, last_seen_at = excluded.last_seen_at",
        row::DEVICE_COLUMNS,
        marks('?', row::DEVICE_COLUMNS)
    )
});
static PUT_FACTOR: LazyLock<String> = LazyLock::new(|| {
    format!(
        "insert into second_factors ({}) values ({})
         on conflict (account_id) do update
         set secret = excluded.secret, created_at = excluded.created_at, last_step = excluded.last_step
         where second_factors.confirmed_at is null",
        row::FACTOR_COLUMNS,
        marks('?', row::FACTOR_COLUMNS)
    )
});
static ADD_PASSKEY: LazyLock<String> = LazyLock::new(|| {
    let marks = marks('?', row::PASSKEY_COLUMNS);
    format!("insert into passkeys ({}) values ({marks})", row::PASSKEY_COLUMNS)
});
static PUT_IDENTITY: LazyLock<String> = LazyLock::new(|| {
    format!(
        "insert into provider_identities ({}) values ({})
         on conflict (issuer, subject) do update set level = excluded.level",
        row::IDENTITY_COLUMNS,
        marks('?', row::IDENTITY_COLUMNS)
    )
});
static RESETS: LazyLock<String> = LazyLock::new(|| {
    let columns = row::FACTOR_RESET_COLUMNS;
    format!("select {columns} from factor_resets where account_id = ?1 order by asked_at desc, id")
});
static RESET: LazyLock<String> =
    LazyLock::new(|| format!("select {} from factor_resets where id = ?1", row::FACTOR_RESET_COLUMNS));
static WAITING_RESETS: LazyLock<String> = LazyLock::new(|| {
    let columns = row::FACTOR_RESET_COLUMNS;
    format!("select {columns} from factor_resets where state = 'waiting' order by asked_at, id")
});
static ADD_RESET: LazyLock<String> = LazyLock::new(|| {
    let marks = marks('?', row::FACTOR_RESET_COLUMNS);
    format!("insert into factor_resets ({}) values ({marks})", row::FACTOR_RESET_COLUMNS)
});
const RECOVERY: &str = "select count(*) from recovery_codes where account_id = ?1 and used_at is null";

#[async_trait]
impl CredentialRead for SqliteStore {
    async fn list_devices(&self, account: AccountId) -> Result<Vec<KnownDevice>> {
        self.read(move |db| db.rows(&DEVICES, &args![account.0], row::read_device)).await
    }

    async fn find_second_factor(&self, account: AccountId) -> Result<Option<SecondFactor>> {
        self.read(move |db| db.row(&FACTOR, &args![account.0], row::read_factor)).await
    }

    async fn count_recovery_codes(&self, account: AccountId) -> Result<u64> {
        let n = self.read(move |db| db.row(RECOVERY, &args![account.0], read_int)).await?;
        Ok(n.and_then(|n| u64::try_from(n).ok()).unwrap_or_default())
    }

    async fn list_passkeys(&self, account: AccountId) -> Result<Vec<Passkey>> {
        self.read(move |db| db.rows(&PASSKEYS, &args![account.0], row::read_passkey)).await
    }

    async fn find_passkey(&self, credential_id: &[u8]) -> Result<Option<Passkey>> {
        let credential_id = credential_id.to_owned();
        self.read(move |db| db.row(&PASSKEY, &args![credential_id.as_slice()], row::read_passkey)).await
    }

    async fn find_provider_identity(&self, issuer: &str, subject: &str) -> Result<Option<ProviderIdentity>> {
        let issuer = issuer.to_owned();
        let subject = subject.to_owned();
        self.read(move |db| db.row(&IDENTITY, &args![issuer.as_str(), subject.as_str()], row::read_identity))
            .await
    }

    async fn list_provider_identities(&self, account: AccountId) -> Result<Vec<ProviderIdentity>> {
        self.read(move |db| db.rows(&IDENTITIES, &args![account.0], row::read_identity)).await
    }

    async fn list_factor_resets(&self, account: AccountId) -> Result<Vec<FactorReset>> {
        self.read(move |db| db.rows(&RESETS, &args![account.0], row::read_factor_reset)).await
    }

    async fn find_factor_reset(&self, id: Uuid) -> Result<Option<FactorReset>> {
        self.read(move |db| db.row(&RESET, &args![id], row::read_factor_reset)).await
    }

    async fn list_waiting_factor_resets(&self) -> Result<Vec<FactorReset>> {
        self.read(move |db| db.rows(&WAITING_RESETS, &args![], row::read_factor_reset)).await
    }
}

/// [`akimat_storage::Change::Credential`].
pub(crate) fn apply(db: &Db, change: &CredentialChange) -> Result<()> {
    use CredentialChange as C;
    match change {
        C::SetPassword(account, hash) => {
            let sql = "update accounts set password_hash = ?2 where id = ?1";
            must(db, (sql, &args![account.0, hash.as_str()]), Conflict::Missing("account"))
        }
        C::SeeSession(token, at) => {
            let sql = "update sessions set seen_at = ?2 where token_hash = ?1 and seen_at < ?2";
            db.execute(sql, &args![token.as_slice(), *at]).map(|_| ())
        }
        C::RemoveSessions(account, except) => remove_sessions(db, *account, except.as_ref()),
        C::RemoveProviderSessions(ended) => remove_provider_sessions(db, ended),
        C::PutDevice(device) => db.execute(&PUT_DEVICE, &row::device_args(device)).map(|_| ()),
        C::RemoveDevices(account) => {
            db.execute("delete from known_devices where account_id = ?1", &args![account.0]).map(|_| ())
        }
        C::PutSecondFactor(factor) => {
            must(db, (&PUT_FACTOR, &row::factor_args(factor)), Conflict::Stale("second factor"))
        }
        C::ConfirmSecondFactor { account, step, at } => {
            let sql = "update second_factors set confirmed_at = ?3, last_step = ?2
                 where account_id = ?1 and confirmed_at is null";
            must(db, (sql, &args![account.0, *step, *at]), Conflict::Stale("second factor"))
        }
        C::UseSecondFactor(account, step) => {
            let sql = "update second_factors set last_step = ?2
                 where account_id = ?1 and last_step < ?2 and confirmed_at is not null";
            must(db, (sql, &args![account.0, *step]), Conflict::Stale("second factor"))
        }
        C::RemoveSecondFactor(account) => {
            db.execute("delete from recovery_codes where account_id = ?1", &args![account.0])?;
            db.execute("delete from second_factors where account_id = ?1", &args![account.0]).map(|_| ())
        }
        C::PutRecoveryCodes(account, codes) => put_recovery_codes(db, *account, codes),
        C::UseRecoveryCode(account, code, at) => {
            let sql = "update recovery_codes set used_at = ?3
                 where account_id = ?1 and code_hash = ?2 and used_at is null";
            let args = args![account.0, code.as_slice(), *at];
            must(db, (sql, &args), Conflict::Stale("recovery code"))
        }
        C::AddPasskey(passkey) => db.execute(&ADD_PASSKEY, &row::passkey_args(passkey)).map(|_| ()),
        C::UsePasskey { id, sign_count, at } => {
            let sql = "update passkeys set sign_count = ?2, last_used_at = ?3
                 where id = ?1 and (sign_count < ?2 or (sign_count = 0 and ?2 = 0))";
            must(db, (sql, &args![*id, *sign_count, *at]), Conflict::Stale("passkey"))
        }
        C::RemovePasskey(id, account) => {
            let sql = "delete from passkeys where id = ?1 and account_id = ?2";
            must(db, (sql, &args![*id, account.0]), Conflict::Missing("passkey"))
        }
        C::PutIdentity(identity) => db.execute(&PUT_IDENTITY, &row::identity_args(identity)).map(|_| ()),
        C::RemoveIdentity(account, issuer) => {
            let sql = "delete from provider_identities where account_id = ?1 and issuer = ?2";
            must(db, (sql, &args![account.0, issuer.as_str()]), Conflict::Missing("identity"))
        }
        C::AddFactorReset(reset) => db.execute(&ADD_RESET, &row::factor_reset_args(reset)).map(|_| ()),
        C::EndFactorReset(reset) => end_factor_reset(db, reset),
    }
}

fn must(db: &Db, (sql, args): (&str, &[Arg<'_>]), otherwise: Conflict) -> Result<()> {
    if db.execute(sql, args)? > 0 { Ok(()) } else { Err(otherwise.into()) }
}

fn remove_sessions(db: &Db, account: AccountId, except: Option<&TokenHash>) -> Result<()> {
    match except {
        None => db.execute("delete from sessions where account_id = ?1", &args![account.0]),
        Some(token) => {
            let sql = "delete from sessions where account_id = ?1 and token_hash <> ?2";
            db.execute(sql, &args![account.0, token.as_slice()])
        }
    }
    .map(|_| ())
}

/// A logout names the session there, the person there, or both.
fn remove_provider_sessions(db: &Db, ended: &ProviderSession) -> Result<()> {
    let (issuer, subject, session) = (ended.issuer.as_str(), ended.subject.as_str(), ended.session.as_str());
    if issuer.is_empty() || (subject.is_empty() && session.is_empty()) {
        return Ok(());
    }
    let sql = "delete from sessions where issuer = ?1 and (?2 = '' or subject = ?2)
         and (?3 = '' or provider_session = ?3)";
    db.execute(sql, &args![issuer, subject, session]).map(|_| ())
}

fn end_factor_reset(db: &Db, reset: &FactorReset) -> Result<()> {
    let sql = "update factor_resets set state = ?2, ended_by = ?3, ended_by_name = ?4, ended_at = ?5
         where id = ?1 and state = 'waiting'";
    let ended_by = reset.ended_by.map(|account| account.0);
    let ended_at = reset.ended_at.map(jiff::Timestamp::as_microsecond);
    let args = args![reset.id, reset.state.code(), ended_by, reset.ended_by_name.as_str(), ended_at];
    must(db, (sql, &args), Conflict::Stale("factor reset"))
}

fn put_recovery_codes(db: &Db, account: AccountId, codes: &[TokenHash]) -> Result<()> {
    db.execute("delete from recovery_codes where account_id = ?1", &args![account.0])?;
    for code in codes {
        let sql = "insert into recovery_codes (account_id, code_hash) values (?1, ?2)";
        db.execute(sql, &args![account.0, code.as_slice()])?;
    }
    Ok(())
}
