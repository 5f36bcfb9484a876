//! Columns of verifications, grants and looks.

use super::{Arg, Columns, instant_opt, odd};
use crate::{AccessRecord, Result, RoleGrant, Verification, VerificationState, Way, args};
use akimat_core::{AccountId, Role};
use akimat_identity::Level;

/// Columns of a verification.
pub const VERIFICATION: &str = "id, account_id, level, way, state, place, born_on, identity, document, made_by, \
     made_by_name, seconded_by, seconded_by_name, code_hash, attempts, at, until, ended_at, version";

/// Columns of a grant.
pub const GRANT: &str = "id, account_id, role, place, office, granted_by, granted_by_name, delegated, reason, \
     valid_from, valid_until, granted_at, revoked_at";

/// Columns of a look.
pub const ACCESS: &str = "id, subject, reader, reader_name, act, reason, at";

/// Thirty-two bytes in hexadecimal digits.
pub fn hex(bytes: &[u8; 32]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(64), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

fn hash_opt(row: &mut Columns<'_>) -> Result<Option<[u8; 32]>> {
    let Some(text) = row.string_opt()? else { return Ok(None) };
    let mut bytes = [0; 32];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = text
            .get(at * 2..at * 2 + 2)
            .and_then(|pair| u8::from_str_radix(pair, 16).ok())
            .ok_or_else(|| odd("a hash is not 64 hexadecimal digits"))?;
    }
    Ok(Some(bytes))
}

fn text_opt(value: Option<String>) -> Arg<'static> {
    Arg::Text(value.map(std::borrow::Cow::Owned))
}

/// Values of [`VERIFICATION`].
pub fn verification_args(one: &Verification) -> Vec<Arg<'_>> {
    args![
        one.id,
        one.account.map(|account| account.0),
        one.level.number(),
        one.way.code(),
        one.state.code(),
        one.place,
        one.born_on,
        text_opt(one.identity.as_ref().map(hex)),
        one.document.as_str(),
        one.made_by.map(|account| account.0),
        one.made_by_name.as_str(),
        one.seconded_by.map(|account| account.0),
        one.seconded_by_name.as_str(),
        text_opt(one.code_hash.as_ref().map(hex)),
        one.attempts,
        one.at,
        one.until.map(jiff::Timestamp::as_microsecond),
        one.ended_at.map(jiff::Timestamp::as_microsecond),
        one.version,
    ]
    .into()
}

/// A verification out of [`VERIFICATION`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_verification(row: &mut Columns<'_>) -> Result<Verification> {
    Ok(Verification {
        id: row.uuid()?,
        account: row.uuid_opt()?.map(AccountId),
        level: Level::from_number(row.int()?).ok_or_else(|| odd("a level is 0 to 3"))?,
        way: row.code(Way::parse)?,
        state: row.code(VerificationState::parse)?,
        place: row.kato_opt()?,
        born_on: row.date_opt()?,
        identity: hash_opt(row)?,
        document: row.string()?,
        made_by: row.uuid_opt()?.map(AccountId),
        made_by_name: row.string()?,
        seconded_by: row.uuid_opt()?.map(AccountId),
        seconded_by_name: row.string()?,
        code_hash: hash_opt(row)?,
        attempts: row.int()?,
        at: row.instant()?,
        until: instant_opt(row)?,
        ended_at: instant_opt(row)?,
        version: row.int()?,
    })
}

/// Values of [`GRANT`].
pub fn grant_args(grant: &RoleGrant) -> Vec<Arg<'_>> {
    args![
        grant.id,
        grant.account.0,
        grant.role.code(),
        grant.place,
        grant.office.as_str(),
        grant.granted_by.map(|account| account.0),
        grant.granted_by_name.as_str(),
        grant.delegated,
        grant.reason.as_str(),
        grant.valid_from,
        grant.valid_until,
        grant.granted_at,
        grant.revoked_at.map(jiff::Timestamp::as_microsecond),
    ]
    .into()
}

/// A grant out of [`GRANT`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_grant(row: &mut Columns<'_>) -> Result<RoleGrant> {
    Ok(RoleGrant {
        id: row.uuid()?,
        account: AccountId(row.uuid()?),
        role: row.code(Role::parse)?,
        place: row.kato()?,
        office: row.string()?,
        granted_by: row.uuid_opt()?.map(AccountId),
        granted_by_name: row.string()?,
        delegated: row.flag()?,
        reason: row.string()?,
        valid_from: row.instant()?,
        valid_until: row.instant()?,
        granted_at: row.instant()?,
        revoked_at: instant_opt(row)?,
    })
}

/// Values of [`ACCESS`].
pub fn access_args(look: &AccessRecord) -> Vec<Arg<'_>> {
    args![
        look.id,
        look.subject.0,
        look.reader.map(|account| account.0),
        look.reader_name.as_str(),
        look.act.as_str(),
        look.reason.as_str(),
        look.at,
    ]
    .into()
}

/// A look out of [`ACCESS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_access(row: &mut Columns<'_>) -> Result<AccessRecord> {
    Ok(AccessRecord {
        id: row.uuid()?,
        subject: AccountId(row.uuid()?),
        reader: row.uuid_opt()?.map(AccountId),
        reader_name: row.string()?,
        act: row.string()?,
        reason: row.string()?,
        at: row.instant()?,
    })
}
