//! E-mail subscriptions: what residents asked to be told, and where to. The address lives in a row of its own and
//! goes when the last subscription goes.

use crate::Result;
use akimat_core::Lang;
use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

/// How often a subscription writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Frequency {
    /// When something happens.
    AtOnce,
    /// At most once a day.
    Daily,
    /// At most once a week.
    Weekly,
}

impl Frequency {
    /// Every frequency.
    pub const ALL: [Self; 3] = [Self::AtOnce, Self::Daily, Self::Weekly];

    /// The name in tables, forms and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::AtOnce => "at_once",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
        }
    }

    /// Reads the name used in tables and forms.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|frequency| frequency.code() == code)
    }
}

/// Who is written to.
#[derive(Clone, PartialEq, Eq)]
pub struct Subscriber {
    /// Identifier.
    pub id: Uuid,
    /// The address as it was typed.
    pub email: String,
    /// SHA-256 of the address in lower case: one row an address.
    pub email_key: [u8; 32],
    /// Language of the letters.
    pub lang: Lang,
    /// What the links in the letters prove to know.
    pub secret: [u8; 32],
    /// When the address was first given.
    pub created_at: Timestamp,
}

impl std::fmt::Debug for Subscriber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Subscriber").field("id", &self.id).finish_non_exhaustive()
    }
}

/// What somebody asked to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// Identifier.
    pub id: Uuid,
    /// Who is written to.
    pub subscriber: Uuid,
    /// The filter of the list of projects, as in its address.
    pub query: String,
    /// How often.
    pub frequency: Frequency,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When the address confirmed it; nothing is written before.
    pub confirmed_at: Option<Timestamp>,
    /// Everything up to this instant has been told.
    pub told_until: Timestamp,
    /// When to look again.
    pub due_at: Timestamp,
}

/// How many there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SubscriptionCounts {
    /// Addresses.
    pub n_subscribers: u64,
    /// Confirmed subscriptions.
    pub n_confirmed: u64,
    /// Those that wait for their confirmation.
    pub n_waiting: u64,
}

/// Reads subscriptions.
#[async_trait]
pub trait SubscriptionRead: Send + Sync {
    /// Who is written to.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_subscriber(&self, id: Uuid) -> Result<Option<Subscriber>>;

    /// Who is written to at the address with this key.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_subscriber_by_key(&self, email_key: [u8; 32]) -> Result<Option<Subscriber>>;

    /// Everything an address asked for, oldest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_subscriptions(&self, subscriber: Uuid) -> Result<Vec<Subscription>>;

    /// Confirmed subscriptions that are due, the longest waiting first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_due_subscriptions(&self, now: Timestamp, limit: u16) -> Result<Vec<Subscription>>;

    /// How many there are.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn count_subscriptions(&self) -> Result<SubscriptionCounts>;
}
