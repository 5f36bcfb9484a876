//! Columns of devices, second factors, passkeys and identities.

use super::contact::hash;
use super::{Arg, Columns, instant_opt, odd};
use crate::credential::{FactorReset, KnownDevice, Passkey, ProviderIdentity, ResetState, SecondFactor};
use crate::{Result, args};
use akimat_core::AccountId;
use jiff::Timestamp;

/// What [`read_device`] reads and [`device_args`] writes.
pub const DEVICE_COLUMNS: &str = "account_id, device_hash, words, first_seen_at, last_seen_at";

/// What [`read_factor`] reads and [`factor_args`] writes.
pub const FACTOR_COLUMNS: &str = "account_id, secret, created_at, confirmed_at, last_step";

/// What [`read_passkey`] reads and [`passkey_args`] writes.
pub const PASSKEY_COLUMNS: &str =
    "id, account_id, credential_id, public_key, sign_count, name, created_at, last_used_at";

/// What [`read_identity`] reads and [`identity_args`] writes.
pub const IDENTITY_COLUMNS: &str = "issuer, subject, account_id, level, linked_at";

/// What [`read_factor_reset`] reads and [`factor_reset_args`] writes.
pub const FACTOR_RESET_COLUMNS: &str = "id, account_id, reason, asked_by, asked_by_name, asked_at, state, \
     ended_by, ended_by_name, ended_at";

/// Values of [`FACTOR_RESET_COLUMNS`].
pub fn factor_reset_args(reset: &FactorReset) -> Vec<Arg<'_>> {
    args![
        reset.id,
        reset.account.0,
        reset.reason.as_str(),
        reset.asked_by.map(|account| account.0),
        reset.asked_by_name.as_str(),
        reset.asked_at,
        reset.state.code(),
        reset.ended_by.map(|account| account.0),
        reset.ended_by_name.as_str(),
        reset.ended_at.map(Timestamp::as_microsecond),
    ]
    .into()
}

/// A removal out of [`FACTOR_RESET_COLUMNS`].
///
/// # Errors
/// See [`read_device`].
pub fn read_factor_reset(row: &mut Columns<'_>) -> Result<FactorReset> {
    Ok(FactorReset {
        id: row.uuid()?,
        account: AccountId(row.uuid()?),
        reason: row.string()?,
        asked_by: row.uuid_opt()?.map(AccountId),
        asked_by_name: row.string()?,
        asked_at: row.instant()?,
        state: ResetState::parse(&row.string()?).ok_or_else(|| odd("the state of a removal is unknown"))?,
        ended_by: row.uuid_opt()?.map(AccountId),
        ended_by_name: row.string()?,
        ended_at: instant_opt(row)?,
    })
}

/// Values of [`DEVICE_COLUMNS`].
pub fn device_args(device: &KnownDevice) -> Vec<Arg<'_>> {
    args![
        device.account.0,
        device.device_hash.as_slice(),
        device.words.as_str(),
        device.first_seen_at,
        device.last_seen_at,
    ]
    .into()
}

/// A device out of [`DEVICE_COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else, as in every function here.
pub fn read_device(row: &mut Columns<'_>) -> Result<KnownDevice> {
    Ok(KnownDevice {
        account: AccountId(row.uuid()?),
        device_hash: hash(row)?,
        words: row.string()?,
        first_seen_at: row.instant()?,
        last_seen_at: row.instant()?,
    })
}

/// Values of [`FACTOR_COLUMNS`].
pub fn factor_args(factor: &SecondFactor) -> Vec<Arg<'_>> {
    args![
        factor.account.0,
        factor.secret.as_slice(),
        factor.created_at,
        factor.confirmed_at.map(Timestamp::as_microsecond),
        factor.last_step,
    ]
    .into()
}

/// A second factor out of [`FACTOR_COLUMNS`].
///
/// # Errors
/// See [`read_device`].
pub fn read_factor(row: &mut Columns<'_>) -> Result<SecondFactor> {
    Ok(SecondFactor {
        account: AccountId(row.uuid()?),
        secret: row.bytes()?,
        created_at: row.instant()?,
        confirmed_at: instant_opt(row)?,
        last_step: row.int()?,
    })
}

/// Values of [`PASSKEY_COLUMNS`].
pub fn passkey_args(passkey: &Passkey) -> Vec<Arg<'_>> {
    args![
        passkey.id,
        passkey.account.0,
        passkey.credential_id.as_slice(),
        passkey.public_key.as_slice(),
        passkey.sign_count,
        passkey.name.as_str(),
        passkey.created_at,
        passkey.last_used_at.map(Timestamp::as_microsecond),
    ]
    .into()
}

/// A passkey out of [`PASSKEY_COLUMNS`].
///
/// # Errors
/// See [`read_device`].
pub fn read_passkey(row: &mut Columns<'_>) -> Result<Passkey> {
    Ok(Passkey {
        id: row.uuid()?,
        account: AccountId(row.uuid()?),
        credential_id: row.bytes()?,
        public_key: row.bytes()?,
        sign_count: row.int()?,
        name: row.string()?,
        created_at: row.instant()?,
        last_used_at: instant_opt(row)?,
    })
}

/// Values of [`IDENTITY_COLUMNS`].
pub fn identity_args(identity: &ProviderIdentity) -> Vec<Arg<'_>> {
    args![
        identity.issuer.as_str(),
        identity.subject.as_str(),
        identity.account.0,
        identity.level,
        identity.linked_at,
    ]
    .into()
}

/// An identity out of [`IDENTITY_COLUMNS`].
///
/// # Errors
/// See [`read_device`].
pub fn read_identity(row: &mut Columns<'_>) -> Result<ProviderIdentity> {
    Ok(ProviderIdentity {
        issuer: row.string()?,
        subject: row.string()?,
        account: AccountId(row.uuid()?),
        level: row.int()?,
        linked_at: row.instant()?,
    })
}
