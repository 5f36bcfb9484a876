//! Subscriptions and the addresses behind them.

use crate::PostgresStore;
use crate::db::Db;
use akimat_storage::row::{marks, subscription as row};
use akimat_storage::subscription::{
    Frequency, Subscriber, Subscription, SubscriptionCounts, SubscriptionRead,
};
use akimat_storage::{Conflict, Result, args};
use async_trait::async_trait;
use jiff::Timestamp;
use std::sync::LazyLock;
use uuid::Uuid;

static INSERT: LazyLock<String> = LazyLock::new(|| {
    format!("insert into subscriptions ({}) values ({})", row::COLUMNS, marks('$', row::COLUMNS))
});
static INSERT_SUBSCRIBER: LazyLock<String> = LazyLock::new(|| {
    let columns = row::SUBSCRIBER_COLUMNS;
    format!("insert into subscribers ({columns}) values ({})", marks('$', columns))
});
static FIND: LazyLock<String> =
    LazyLock::new(|| format!("select {} from subscriptions where id = $1", row::COLUMNS));
static FIND_SUBSCRIBER: LazyLock<String> =
    LazyLock::new(|| format!("select {} from subscribers where id = $1", row::SUBSCRIBER_COLUMNS));
static FIND_BY_KEY: LazyLock<String> =
    LazyLock::new(|| format!("select {} from subscribers where email_key = $1", row::SUBSCRIBER_COLUMNS));
static OF_SUBSCRIBER: LazyLock<String> = LazyLock::new(|| {
    format!("select {} from subscriptions where subscriber = $1 order by created_at, id", row::COLUMNS)
});
static DUE: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select {} from subscriptions where confirmed_at is not null and due_at <= $1
         order by due_at, id limit $2",
        row::COLUMNS
    )
});
const COUNTS: &str = "select (select count(*) from subscribers),
     (select count(*) from subscriptions where confirmed_at is not null),
     (select count(*) from subscriptions where confirmed_at is null)";
const CONFIRM: &str = "update subscriptions set confirmed_at = coalesce(confirmed_at, $2),
     told_until = case when confirmed_at is null then $2 else told_until end,
     due_at = case when confirmed_at is null then $3 else due_at end
     where id = $1";
const CHANGE: &str = "update subscriptions set frequency = $2, due_at = $3 where id = $1";
const ADVANCE: &str = "update subscriptions set told_until = $3, due_at = $4
     where id = $1 and told_until = $2 and confirmed_at is not null";
const REMOVE: &str = "delete from subscriptions where id = $1";
const REMOVE_ALL: &str = "delete from subscriptions where subscriber = $1";
const REMOVE_WAITING: &str = "delete from subscriptions where confirmed_at is null and created_at < $1";
/// Letters to an address that goes are not sent any more, and forget it.
const FORGET_LETTERS: &str =
    "update letters set state = 'failed', recipient = '', subject = '', body_text = '',
     body_html = '', unsubscribe = '', fault = 'unsubscribed', runner = null, ended_at = $1
     where state = 'queued' and subscriber in (select id from subscribers where not exists
         (select 1 from subscriptions where subscriptions.subscriber = subscribers.id))";
const FORGET: &str = "delete from subscribers where not exists
     (select 1 from subscriptions where subscriptions.subscriber = subscribers.id)";

#[async_trait]
impl SubscriptionRead for PostgresStore {
    async fn find_subscriber(&self, id: Uuid) -> Result<Option<Subscriber>> {
        let client = self.client().await?;
        self.db(&client).row(&FIND_SUBSCRIBER, &args![id], row::read_subscriber).await
    }

    async fn find_subscriber_by_key(&self, email_key: [u8; 32]) -> Result<Option<Subscriber>> {
        let client = self.client().await?;
        self.db(&client).row(&FIND_BY_KEY, &args![email_key.as_slice()], row::read_subscriber).await
    }

    async fn list_subscriptions(&self, subscriber: Uuid) -> Result<Vec<Subscription>> {
        let client = self.client().await?;
        self.db(&client).rows(&OF_SUBSCRIBER, &args![subscriber], row::read).await
    }

    async fn list_due_subscriptions(&self, now: Timestamp, limit: u16) -> Result<Vec<Subscription>> {
        let client = self.client().await?;
        self.db(&client).rows(&DUE, &args![now, limit], row::read).await
    }

    async fn count_subscriptions(&self) -> Result<SubscriptionCounts> {
        let client = self.client().await?;
        let counts = self
            .db(&client)
            .row(COUNTS, &[], |row| {
                Ok(SubscriptionCounts {
                    n_subscribers: row.int()?,
                    n_confirmed: row.int()?,
                    n_waiting: row.int()?,
                })
            })
            .await?;
        Ok(counts.unwrap_or_default())
    }
}

/// [`akimat_storage::Change::AddSubscription`].
pub(crate) async fn add(db: &Db<'_>, subscriber: &Subscriber, subscription: &Subscription) -> Result<()> {
    let known = db.row(&FIND_SUBSCRIBER, &args![subscriber.id], row::read_subscriber).await?;
    if known.is_none() {
        db.execute(&INSERT_SUBSCRIBER, &row::subscriber_args(subscriber)).await?;
    }
    db.execute(&INSERT, &row::args(subscription)).await.map(|_| ())
}

/// [`akimat_storage::Change::ConfirmSubscription`].
pub(crate) async fn confirm(db: &Db<'_>, id: Uuid, at: Timestamp, due_at: Timestamp) -> Result<()> {
    touched(db.execute(CONFIRM, &args![id, at, due_at]).await?)
}

/// [`akimat_storage::Change::ChangeSubscription`].
pub(crate) async fn change(db: &Db<'_>, id: Uuid, frequency: Frequency, due_at: Timestamp) -> Result<()> {
    touched(db.execute(CHANGE, &args![id, frequency.code(), due_at]).await?)
}

/// [`akimat_storage::Change::AdvanceSubscription`].
pub(crate) async fn advance(
    db: &Db<'_>,
    id: Uuid,
    (from, to): (Timestamp, Timestamp),
    due_at: Timestamp,
) -> Result<()> {
    if db.execute(ADVANCE, &args![id, from, to, due_at]).await? > 0 {
        return Ok(());
    }
    let found = db.row(&FIND, &args![id], row::read).await?;
    Err(found.map_or(Conflict::Missing("subscription"), |_| Conflict::Stale("subscription")).into())
}

/// [`akimat_storage::Change::RemoveSubscription`].
pub(crate) async fn remove(db: &Db<'_>, id: Uuid, at: Timestamp) -> Result<()> {
    db.execute(REMOVE, &args![id]).await?;
    forget(db, at).await
}

/// [`akimat_storage::Change::RemoveSubscriber`].
pub(crate) async fn remove_all(db: &Db<'_>, subscriber: Uuid, at: Timestamp) -> Result<()> {
    db.execute(REMOVE_ALL, &args![subscriber]).await?;
    forget(db, at).await
}

/// [`akimat_storage::Change::RemoveUnconfirmedBefore`].
pub(crate) async fn remove_waiting(db: &Db<'_>, before: Timestamp, at: Timestamp) -> Result<()> {
    if db.execute(REMOVE_WAITING, &args![before]).await? == 0 {
        return Ok(());
    }
    forget(db, at).await
}

async fn forget(db: &Db<'_>, at: Timestamp) -> Result<()> {
    db.execute(FORGET_LETTERS, &args![at]).await?;
    db.execute(FORGET, &[]).await.map(|_| ())
}

fn touched(n_rows: u64) -> Result<()> {
    if n_rows == 0 { Err(Conflict::Missing("subscription").into()) } else { Ok(()) }
}
