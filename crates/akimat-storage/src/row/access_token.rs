//! Columns of keys.

use super::{Arg, Columns, instant_opt};
use crate::access_token::AccessToken;
use crate::{Result, StoreError, args};
use akimat_core::AccountId;

/// What [`read`] reads and [`args`] writes.
pub const COLUMNS: &str = "id, account_id, name, token_hash, created_at, expires_at, revoked_at";

/// Values of [`COLUMNS`].
pub fn args(token: &AccessToken) -> Vec<Arg<'_>> {
    args![
        token.id,
        token.account.0,
        token.name.as_str(),
        token.token_hash.as_slice(),
        token.created_at,
        token.expires_at,
        token.revoked_at.map(jiff::Timestamp::as_microsecond),
    ]
    .into()
}

/// A key out of [`COLUMNS`].
///
/// # Errors
/// [`StoreError::Unexpected`] when a column holds something else.
pub fn read(row: &mut Columns<'_>) -> Result<AccessToken> {
    Ok(AccessToken {
        id: row.uuid()?,
        account: AccountId(row.uuid()?),
        name: row.string()?,
        token_hash: row
            .bytes()?
            .try_into()
            .map_err(|_| StoreError::Unexpected("a hash has 32 bytes".to_owned()))?,
        created_at: row.instant()?,
        expires_at: row.instant()?,
        revoked_at: instant_opt(row)?,
    })
}
