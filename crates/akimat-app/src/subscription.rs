//! Residents ask to be told about projects by mail, say yes from their address, change their mind.
//!
//! Whoever asks gets the same answer whether the address is known, unknown or written to too often: what is true about
//! an address is told to that address alone.

pub mod letter;

use crate::outbox::Post;
use crate::project_query::canonical;
use crate::{App, AppError, FieldFault, Result};
use akimat_core::Lang;
use akimat_storage::outbox::{Letter, LetterState};
use akimat_storage::subscription::{Frequency, Subscriber, Subscription};
use akimat_storage::{Batch, Change, Conflict, StoreError};
use jiff::civil::Weekday;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A subscription that nobody confirmed is forgotten after so many days.
pub const CONFIRM_DAYS: i64 = 3;
/// Subscriptions of one address at most.
pub const SUBSCRIPTIONS_MAX: usize = 30;
/// Letters that ask one address to confirm, at most, within [`ASK_HOURS`].
const ASKS_MAX: usize = 5;
/// See [`ASKS_MAX`].
const ASK_HOURS: i64 = 24;
/// Characters of an address: RFC 5321 allows 254.
const EMAIL_CHARS_MAX: usize = 254;
/// Bytes of a saved search.
const QUERY_BYTES_MAX: usize = 1_000;
/// Subscriptions that are looked at in one round.
const ROUND: u16 = 50;
/// Whoever wants to hear at once is looked at so often, in minutes.
const AT_ONCE_MINUTES: i64 = 10;
/// Letters look back only to what is at least so old, in seconds: what is being stored at this moment is told next
/// time, not lost.
const SETTLE_SECONDS: i64 = 60;
/// The hour of the day at which digests are written.
const DIGEST_HOUR: i8 = 7;

/// What a form asks for.
#[derive(Clone, Debug)]
pub struct SubscriptionDraft {
    /// Address as typed.
    pub email: String,
    /// The search, as in the address of the list of projects; empty for every project.
    pub query: String,
    /// How often.
    pub frequency: Frequency,
    /// Language of the letters.
    pub lang: Lang,
}

/// What proves that somebody reads the letters of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// The subscriber.
    pub subscriber: Uuid,
    /// What only the letters say.
    pub secret: [u8; 32],
}

impl Key {
    /// As it stands in links.
    pub fn text(&self) -> String {
        let hex: String = self.secret.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{}.{hex}", self.subscriber.simple())
    }

    /// Reads it.
    pub fn parse(text: &str) -> Option<Self> {
        let (id, hex) = text.split_once('.')?;
        if hex.len() != 64 || !hex.is_ascii() {
            return None;
        }
        let mut secret = [0; 32];
        for (at, byte) in secret.iter_mut().enumerate() {
            *byte = u8::from_str_radix(hex.get(at * 2..at * 2 + 2)?, 16).ok()?;
        }
        Some(Self { subscriber: Uuid::parse_str(id).ok()?, secret })
    }

    /// Of a subscriber.
    pub const fn of(subscriber: &Subscriber) -> Self {
        Self { subscriber: subscriber.id, secret: subscriber.secret }
    }
}

impl App {
    /// Somebody asks to be told. A letter goes to the address and asks whether this is meant; nothing else is written
    /// there before.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the address cannot be one or the search is too long, [`AppError::Unavailable`] where
    /// mail is not set up.
    pub async fn subscribe(&self, draft: &SubscriptionDraft) -> Result<()> {
        let post = self.post().ok_or_else(|| AppError::Unavailable("mail is not set up".to_owned()))?;
        let email = check_email(&draft.email)?;
        let query = canonical(&draft.query);
        if query.len() > QUERY_BYTES_MAX {
            return Err(AppError::Invalid(vec![
                FieldFault::new("query", "field-too-long").with("max", QUERY_BYTES_MAX),
            ]));
        }
        let email_key: [u8; 32] = Sha256::digest(email.to_lowercase().as_bytes()).into();
        let now = self.now();
        let known = self.read().find_subscriber_by_key(email_key).await?;
        let subscriber = known.clone().unwrap_or_else(|| Subscriber {
            id: self.new_uuid(),
            email: email.to_owned(),
            email_key,
            lang: draft.lang,
            secret: self.secret(),
            created_at: now,
        });
        let all = match known {
            Some(_) => self.read().list_subscriptions(subscriber.id).await?,
            None => Vec::new(),
        };
        let since = now - SignedDuration::from_hours(ASK_HOURS);
        let n_asked = all.iter().filter(|s| s.confirmed_at.is_none() && s.created_at >= since).count();
        if n_asked >= ASKS_MAX || all.len() >= SUBSCRIPTIONS_MAX {
            return Ok(());
        }
        let subscription = Subscription {
            id: self.new_uuid(),
            subscriber: subscriber.id,
            query,
            frequency: draft.frequency,
            created_at: now,
            confirmed_at: None,
            told_until: now,
            due_at: now,
        };
        self.store_subscription(post, subscriber, subscription, draft.lang).await
    }

    async fn store_subscription(
        &self,
        post: &Post,
        subscriber: Subscriber,
        subscription: Subscription,
        lang: Lang,
    ) -> Result<()> {
        let id = subscription.id;
        let written = self.confirmation(post, &subscriber, &subscription, lang).await?;
        let letter = self.new_letter(&subscriber, format!("confirm/{id}"), ("confirm", lang), written);
        let detail = json!({ "frequency": subscription.frequency.code() });
        let audit = self.audit(None, "ask_subscription", id, None, &detail);
        let batch = vec![
            Change::AddSubscription(Box::new(subscriber), Box::new(subscription)),
            Change::PutLetter(Box::new(letter)),
            audit,
        ];
        match self.store().apply(batch).await {
            // Two forms at once from a new address: the other one stands, the answer is the same.
            Err(StoreError::Conflict(Conflict::Exists(_))) | Ok(()) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    pub(crate) fn new_letter(
        &self,
        to: &Subscriber,
        key: String,
        (kind, lang): (&str, Lang),
        written: letter::Written,
    ) -> Letter {
        let now = self.now();
        Letter {
            id: self.new_uuid(),
            key,
            kind: kind.to_owned(),
            subscriber: Some(to.id),
            recipient: to.email.clone(),
            lang,
            subject: written.subject,
            text: written.text,
            html: written.html,
            unsubscribe: written.unsubscribe,
            state: LetterState::Queued,
            attempts: 0,
            due_at: now,
            runner: None,
            fault: String::new(),
            created_at: now,
            ended_at: None,
        }
    }

    /// Whose key it is, with everything the address asked for.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when the key is of nobody.
    pub async fn subscriptions_of(&self, key: Key) -> Result<(Subscriber, Vec<Subscription>)> {
        let found = self.read().find_subscriber(key.subscriber).await?;
        let subscriber = found
            .filter(|found| same(&found.secret, &key.secret))
            .ok_or(AppError::NotFound("subscription"))?;
        let subscriptions = self.read().list_subscriptions(subscriber.id).await?;
        Ok((subscriber, subscriptions))
    }

    async fn own_subscription(&self, key: Key, id: Uuid) -> Result<Subscription> {
        let (_, all) = self.subscriptions_of(key).await?;
        all.into_iter().find(|subscription| subscription.id == id).ok_or(AppError::NotFound("subscription"))
    }

    /// The address says yes.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when the key is of nobody or the subscription is not the address's.
    pub async fn confirm_subscription(&self, key: Key, id: Uuid) -> Result<Subscription> {
        let subscription = self.own_subscription(key, id).await?;
        let at = self.now();
        let due_at = self.next_due(subscription.frequency, at);
        let audit = self.audit(None, "confirm_subscription", id, None, &json!({}));
        self.store().apply(vec![Change::ConfirmSubscription { id, at, due_at }, audit]).await?;
        Ok(subscription)
    }

    /// The address wants to hear more or less often.
    ///
    /// # Errors
    /// As [`App::confirm_subscription`].
    pub async fn change_subscription(&self, key: Key, id: Uuid, frequency: Frequency) -> Result<()> {
        self.own_subscription(key, id).await?;
        let due_at = self.next_due(frequency, self.now());
        let detail = json!({ "frequency": frequency.code() });
        let audit = self.audit(None, "change_subscription", id, None, &detail);
        Ok(self.store().apply(vec![Change::ChangeSubscription { id, frequency, due_at }, audit]).await?)
    }

    /// The address ends a subscription, or all of them; with the last one the address is forgotten. A second click
    /// on the same link finds nothing to do and says that it is done.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unsubscribe(&self, key: Key, id: Option<Uuid>) -> Result<()> {
        let all = match self.subscriptions_of(key).await {
            Ok((_, all)) => all,
            Err(AppError::NotFound(_)) => return Ok(()),
            Err(error) => return Err(error),
        };
        let at = self.now();
        let (change, subject) = match id {
            None => (Change::RemoveSubscriber(key.subscriber, at), key.subscriber),
            Some(id) if all.iter().any(|subscription| subscription.id == id) => {
                (Change::RemoveSubscription(id, at), id)
            }
            Some(_) => return Ok(()),
        };
        let audit = self.audit(None, "unsubscribe", subject, None, &json!({}));
        Ok(self.store().apply(vec![change, audit]).await?)
    }

    /// Looks at the subscriptions that are due and writes a letter for each that has something to tell; answers how
    /// many were looked at. Of several servers one writes.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write_due_letters(&self) -> Result<usize> {
        let Some(post) = self.post.clone() else { return Ok(0) };
        let due = self.read().list_due_subscriptions(self.now(), ROUND).await?;
        let n_due = due.len();
        for subscription in due {
            self.write_letter(&post, subscription).await?;
        }
        Ok(n_due)
    }

    async fn write_letter(&self, post: &Post, subscription: Subscription) -> Result<()> {
        let Some(subscriber) = self.read().find_subscriber(subscription.subscriber).await? else {
            return Ok(());
        };
        let now = self.now();
        let (id, from) = (subscription.id, subscription.told_until);
        let to = (now - SignedDuration::from_secs(SETTLE_SECONDS)).max(from);
        let due_at = self.next_due(subscription.frequency, now);
        let mut batch: Batch = vec![Change::AdvanceSubscription { id, from, to, due_at }];
        if let Some(written) = self.digest(post, &subscriber, &subscription, to).await? {
            let key = format!("digest/{id}/{}", to.as_microsecond());
            let letter = self.new_letter(&subscriber, key, ("digest", subscriber.lang), written);
            batch.push(Change::PutLetter(Box::new(letter)));
        }
        match self.store().apply(batch).await {
            Err(StoreError::Conflict(Conflict::Stale(_) | Conflict::Missing(_))) | Ok(()) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// When to look again: digests are written in the morning where the territory is, weekly ones on Mondays.
    pub(crate) fn next_due(&self, frequency: Frequency, now: Timestamp) -> Timestamp {
        if frequency == Frequency::AtOnce {
            return now + SignedDuration::from_mins(AT_ONCE_MINUTES);
        }
        let local = now.to_zoned(self.zone().clone());
        let mut day = local.date();
        for _ in 0..9 {
            let wanted = frequency == Frequency::Daily || day.weekday() == Weekday::Monday;
            let morning = day.at(DIGEST_HOUR, 0, 0, 0).to_zoned(self.zone().clone());
            if let Some(morning) = morning.ok().map(|morning| morning.timestamp())
                && wanted
                && morning > now
            {
                return morning;
            }
            let Ok(next) = day.checked_add(1.day()) else { break };
            day = next;
        }
        now + SignedDuration::from_hours(24)
    }
}

/// Takes the same time wherever two secrets differ.
fn same(a: &[u8; 32], b: &[u8; 32]) -> bool {
    a.iter().zip(b).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

/// An address that a mail server could know: one `@`, something before it, a domain with a dot after it, nothing that
/// breaks a header.
pub(crate) fn check_email(typed: &str) -> Result<&str> {
    let email = typed.trim();
    if email.is_empty() {
        return Err(AppError::field("email", "field-required"));
    }
    if email.chars().count() > EMAIL_CHARS_MAX {
        return Err(AppError::Invalid(vec![
            FieldFault::new("email", "field-too-long").with("max", EMAIL_CHARS_MAX),
        ]));
    }
    let plain = !email.chars().any(|c| c.is_whitespace() || c.is_control() || "<>()[],;:\\\"".contains(c));
    let parts: Vec<&str> = email.split('@').collect();
    let domain = |domain: &str| {
        domain.contains('.') && domain.split('.').all(|label| !label.is_empty() && !label.starts_with('-'))
    };
    match parts.as_slice() {
        [local, host] if plain && !local.is_empty() && local.len() <= 64 && domain(host) => Ok(email),
        _ => Err(AppError::field("email", "field-email")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_mistakes() {
        for good in ["a@example.kz", " Айша.Б+x@пошта.қаз ", "o'neil@mail.example.com"] {
            assert!(check_email(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "a",
            "a@",
            "@b.kz",
            "a@b",
            "a@@b.kz",
            "a b@c.kz",
            "a@b..kz",
            "a@b.kz\r\nBcc: x@y.kz",
            "<a@b.kz>",
            "a@-b.kz",
        ] {
            assert!(check_email(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn keys_are_read_as_written() {
        let key = Key { subscriber: Uuid::from_u128(7), secret: [0xa5; 32] };
        assert_eq!(Key::parse(&key.text()), Some(key));
        for bad in ["", ".", "x.y", &key.text()[1..], &format!("{}0", key.text())] {
            assert_eq!(Key::parse(bad), None, "{bad}");
        }
    }
}
