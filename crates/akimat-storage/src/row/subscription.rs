//! Columns of subscriptions and of their addresses.

use super::{Arg, Columns, instant_opt, odd};
use crate::subscription::{Frequency, Subscriber, Subscription};
use crate::{Result, args};
use akimat_core::Lang;
use jiff::Timestamp;

/// What [`read_subscriber`] reads and [`subscriber_args`] writes.
pub const SUBSCRIBER_COLUMNS: &str = "id, email, email_key, lang, secret, created_at";

/// What [`read`] reads and [`args`] writes.
pub const COLUMNS: &str = "id, subscriber, query, frequency, created_at, confirmed_at, told_until, due_at";

/// Values of [`SUBSCRIBER_COLUMNS`].
pub fn subscriber_args(subscriber: &Subscriber) -> Vec<Arg<'_>> {
    args![
        subscriber.id,
        subscriber.email.as_str(),
        subscriber.email_key.as_slice(),
        subscriber.lang.code(),
        subscriber.secret.as_slice(),
        subscriber.created_at,
    ]
    .into()
}

/// An address out of [`SUBSCRIBER_COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_subscriber(row: &mut Columns<'_>) -> Result<Subscriber> {
    let id = row.uuid()?;
    let email = row.string()?;
    let email_key = bytes(row)?;
    let lang = row.code(Lang::parse)?;
    Ok(Subscriber { id, email, email_key, lang, secret: bytes(row)?, created_at: row.instant()? })
}

fn bytes(row: &mut Columns<'_>) -> Result<[u8; 32]> {
    row.bytes()?.try_into().map_err(|_| odd("thirty-two bytes are not there"))
}

/// Values of [`COLUMNS`].
pub fn args(subscription: &Subscription) -> Vec<Arg<'_>> {
    args![
        subscription.id,
        subscription.subscriber,
        subscription.query.as_str(),
        subscription.frequency.code(),
        subscription.created_at,
        subscription.confirmed_at.map(Timestamp::as_microsecond),
        subscription.told_until,
        subscription.due_at,
    ]
    .into()
}

/// A subscription out of [`COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read(row: &mut Columns<'_>) -> Result<Subscription> {
    Ok(Subscription {
        id: row.uuid()?,
        subscriber: row.uuid()?,
        query: row.string()?,
        frequency: row.code(Frequency::parse)?,
        created_at: row.instant()?,
        confirmed_at: instant_opt(row)?,
        told_until: row.instant()?,
        due_at: row.instant()?,
    })
}
