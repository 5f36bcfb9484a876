//! Columns of addresses and codes.

use super::{Arg, Columns, instant_opt};
use crate::contact::{CodePurpose, Contact, ContactKind, OneTimeCode};
use crate::{Result, StoreError, args};
use akimat_core::{AccountId, Lang};
use jiff::Timestamp;

/// What [`read`] reads and [`args`] writes.
pub const COLUMNS: &str = "id, account_id, kind, address, address_key, lang, confirmed_at";

/// What [`read_code`] reads and [`code_args`] writes.
pub const CODE_COLUMNS: &str = "id, purpose, kind, address, address_key, lang, account_id, code_hash, attempts, \
     created_at, expires_at, used_at";

/// Values of [`COLUMNS`].
pub fn args(contact: &Contact) -> Vec<Arg<'_>> {
    args![
        contact.id,
        contact.account.0,
        contact.kind.code(),
        contact.address.as_str(),
        contact.address_key.as_str(),
        contact.lang.code(),
        contact.confirmed_at,
    ]
    .into()
}

/// An address out of [`COLUMNS`].
///
/// # Errors
/// [`StoreError::Unexpected`] when a column holds something else.
pub fn read(row: &mut Columns<'_>) -> Result<Contact> {
    Ok(Contact {
        id: row.uuid()?,
        account: AccountId(row.uuid()?),
        kind: row.code(ContactKind::parse)?,
        address: row.string()?,
        address_key: row.string()?,
        lang: row.code(Lang::parse)?,
        confirmed_at: row.instant()?,
    })
}

/// Values of [`CODE_COLUMNS`].
pub fn code_args(code: &OneTimeCode) -> Vec<Arg<'_>> {
    args![
        code.id,
        code.purpose.code(),
        code.kind.code(),
        code.address.as_str(),
        code.address_key.as_str(),
        code.lang.code(),
        code.account.map(|account| account.0),
        code.code_hash.as_slice(),
        code.attempts,
        code.created_at,
        code.expires_at,
        code.used_at.map(Timestamp::as_microsecond),
    ]
    .into()
}

/// A code out of [`CODE_COLUMNS`].
///
/// # Errors
/// [`StoreError::Unexpected`] when a column holds something else.
pub fn read_code(row: &mut Columns<'_>) -> Result<OneTimeCode> {
    Ok(OneTimeCode {
        id: row.uuid()?,
        purpose: row.code(CodePurpose::parse)?,
        kind: row.code(ContactKind::parse)?,
        address: row.string()?,
        address_key: row.string()?,
        lang: row.code(Lang::parse)?,
        account: row.uuid_opt()?.map(AccountId),
        code_hash: hash(row)?,
        attempts: row.int()?,
        created_at: row.instant()?,
        expires_at: row.instant()?,
        used_at: instant_opt(row)?,
    })
}

/// Thirty-two bytes.
pub(super) fn hash(row: &mut Columns<'_>) -> Result<[u8; 32]> {
    row.bytes()?.try_into().map_err(|_| StoreError::Unexpected("a hash has 32 bytes".to_owned()))
}
