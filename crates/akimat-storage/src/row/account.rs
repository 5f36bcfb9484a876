//! Columns of accounts and sessions.

use super::contact::hash;
use super::{Arg, Columns};
use crate::credential::{ProviderSession, SignInWay};
use crate::{Account, Cursor, Result, Session, args};
use akimat_core::{AccountId, Role};

/// What [`read`] reads.
pub const COLUMNS: &str = "id, login, display_name, role, place, office, disabled, created_at";

/// What [`args`] writes.
pub const STORED: &str = "id, login, display_name, role, place, office, disabled, created_at, password_hash";

/// What [`session_args`] writes and [`read_session`] reads.
pub const SESSION_STORED: &str = "token_hash, account_id, created_at, expires_at, device, way, seen_at, issuer, \
     subject, provider_session";

/// Values of [`STORED`].
pub fn args<'a>(account: &'a Account, password_hash: &'a str) -> Vec<Arg<'a>> {
    args![
        account.id.0,
        account.login.as_str(),
        account.display_name.as_str(),
        account.role.code(),
        account.place,
        account.office.as_str(),
        account.disabled,
        account.created_at,
        password_hash,
    ]
    .into()
}

/// An account out of [`COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read(row: &mut Columns<'_>) -> Result<Account> {
    Ok(Account {
        id: AccountId(row.uuid()?),
        login: row.string()?,
        display_name: row.string()?,
        role: row.code(Role::parse)?,
        place: row.kato_opt()?,
        office: row.string()?,
        disabled: row.flag()?,
        created_at: row.instant()?,
        grants: Vec::new(),
    })
}

/// Values of [`SESSION_STORED`].
pub fn session_args(session: &Session) -> Vec<Arg<'_>> {
    args![
        session.token_hash.as_slice(),
        session.account.0,
        session.created_at,
        session.expires_at,
        session.device.as_str(),
        session.way.code(),
        session.seen_at,
        session.provider.issuer.as_str(),
        session.provider.subject.as_str(),
        session.provider.session.as_str(),
    ]
    .into()
}

/// A session out of [`SESSION_STORED`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_session(row: &mut Columns<'_>) -> Result<Session> {
    Ok(Session {
        token_hash: hash(row)?,
        account: AccountId(row.uuid()?),
        created_at: row.instant()?,
        expires_at: row.instant()?,
        device: row.string()?,
        way: row.code(SignInWay::parse)?,
        seen_at: row.instant()?,
        provider: ProviderSession { issuer: row.string()?, subject: row.string()?, session: row.string()? },
    })
}

/// Where the list continues after this account: the identifier alone decides.
pub fn cursor(account: &Account) -> Cursor {
    Cursor { key: "0".to_owned(), id: account.id.0 }
}
