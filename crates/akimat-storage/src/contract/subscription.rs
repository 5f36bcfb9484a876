//! Promises about subscriptions.

use super::build::{at, id};
use super::{ok, refused};
use crate::outbox::{Letter, LetterState};
use crate::subscription::{Frequency, Subscriber, Subscription, SubscriptionCounts};
use crate::{Change, Conflict, Store};
use akimat_core::Lang;

fn subscriber(n: u64) -> Subscriber {
    let mark = u8::try_from(n).unwrap_or_default();
    Subscriber {
        id: id(n),
        email: format!("Айша.{n}@example.kz"),
        email_key: [mark; 32],
        lang: Lang::Kk,
        secret: [mark.wrapping_add(1); 32],
        created_at: at(0),
    }
}

fn subscription(n: u64, subscriber: u64, second: i64) -> Subscription {
    Subscription {
        id: id(n),
        subscriber: id(subscriber),
        query: "sector=water&q=құбыр".to_owned(),
        frequency: Frequency::Daily,
        created_at: at(second),
        confirmed_at: None,
        told_until: at(second),
        due_at: at(second),
    }
}

fn add(who: u64, what: &Subscription) -> Change {
    Change::AddSubscription(Box::new(subscriber(who)), Box::new(what.clone()))
}

fn confirm(n: u64, second: i64, due: i64) -> Change {
    Change::ConfirmSubscription { id: id(n), at: at(second), due_at: at(due) }
}

fn letter(n: u64, to: u64) -> Letter {
    Letter {
        id: id(n),
        key: format!("letter {n}"),
        kind: "digest".to_owned(),
        subscriber: Some(id(to)),
        recipient: "a@example.kz".to_owned(),
        lang: Lang::Ru,
        subject: "Тема".to_owned(),
        text: "Слова".to_owned(),
        html: "<p>Слова</p>".to_owned(),
        unsubscribe: "https://example.kz/stop".to_owned(),
        state: LetterState::Queued,
        attempts: 0,
        due_at: at(1),
        runner: None,
        fault: String::new(),
        created_at: at(1),
        ended_at: None,
    }
}

/// Nothing is due before the address said yes; saying it twice changes nothing.
#[expect(clippy::cognitive_complexity, reason = "a promise is told step by step")]
pub async fn subscriptions_are_confirmed(store: &dyn Store) {
    let (first, second) = (subscription(11, 1, 5), subscription(12, 1, 6));
    ok(store.apply(vec![add(1, &first), add(1, &second)]).await);
    assert_eq!(ok(store.find_subscriber(id(1)).await), Some(subscriber(1)));
    assert_eq!(ok(store.find_subscriber_by_key([1; 32]).await), Some(subscriber(1)));
    assert_eq!(ok(store.find_subscriber_by_key([9; 32]).await), None);
    assert_eq!(ok(store.list_subscriptions(id(1)).await), [first.clone(), second]);
    assert_eq!(ok(store.list_due_subscriptions(at(99), 9).await), []);
    ok(store.apply(vec![confirm(11, 20, 30)]).await);
    ok(store.apply(vec![confirm(11, 40, 50)]).await);
    let expected = Subscription { confirmed_at: Some(at(20)), told_until: at(20), due_at: at(30), ..first };
    assert_eq!(ok(store.list_due_subscriptions(at(30), 9).await), [expected]);
    assert_eq!(ok(store.list_due_subscriptions(at(29), 9).await), []);
    let counts = SubscriptionCounts { n_subscribers: 1, n_confirmed: 1, n_waiting: 1 };
    assert_eq!(ok(store.count_subscriptions().await), counts);
    refused(store.apply(vec![confirm(77, 1, 1)]).await, &Conflict::Missing("subscription"));
    let same_address = Subscriber { id: id(2), ..subscriber(1) };
    let again = Change::AddSubscription(Box::new(same_address), Box::new(subscription(13, 2, 7)));
    refused(store.apply(vec![again]).await, &Conflict::Exists("subscriber"));
}

/// Of two servers that tell the same, one does; how often can be changed.
pub async fn subscriptions_advance_once(store: &dyn Store) {
    ok(store.apply(vec![add(1, &subscription(11, 1, 5)), confirm(11, 6, 7)]).await);
    let tell = Change::AdvanceSubscription { id: id(11), from: at(6), to: at(10), due_at: at(20) };
    ok(store.apply(vec![tell.clone(), Change::PutLetter(Box::new(letter(50, 1)))]).await);
    let other = vec![tell, Change::PutLetter(Box::new(letter(51, 1)))];
    refused(store.apply(other).await, &Conflict::Stale("subscription"));
    assert_eq!(ok(store.find_letter(id(51)).await), None);
    let weekly = Change::ChangeSubscription { id: id(11), frequency: Frequency::Weekly, due_at: at(70) };
    ok(store.apply(vec![weekly]).await);
    let stored = ok(store.list_due_subscriptions(at(70), 1).await);
    assert_eq!(stored.len(), 1);
    assert_eq!((stored[0].frequency, stored[0].told_until), (Frequency::Weekly, at(10)));
}

/// With the last subscription the address goes, and the words of letters that wait.
pub async fn addresses_go_with_them(store: &dyn Store) {
    let batch = vec![
        add(1, &subscription(11, 1, 5)),
        add(1, &subscription(12, 1, 6)),
        add(2, &subscription(21, 2, 6)),
        Change::PutLetter(Box::new(letter(50, 1))),
        Change::PutLetter(Box::new(letter(51, 2))),
    ];
    ok(store.apply(batch).await);
    ok(store.apply(vec![Change::RemoveSubscription(id(11), at(9))]).await);
    assert!(ok(store.find_subscriber(id(1)).await).is_some());
    ok(store.apply(vec![Change::RemoveSubscription(id(12), at(9))]).await);
    assert_eq!(ok(store.find_subscriber(id(1)).await), None);
    let gone = ok(store.find_letter(id(50)).await).expect("the row stays");
    assert_eq!((gone.state, gone.recipient.as_str(), gone.text.as_str()), (LetterState::Failed, "", ""));
    assert_eq!(ok(store.find_letter(id(51)).await), Some(letter(51, 2)));
    ok(store.apply(vec![Change::RemoveSubscriber(id(2), at(9))]).await);
    assert_eq!(ok(store.count_subscriptions().await), SubscriptionCounts::default());
    assert_eq!(ok(store.list_due_letters(at(99), 9).await), []);
}

/// What nobody confirmed is forgotten, with its address; what was confirmed stays.
pub async fn waiting_ones_are_forgotten(store: &dyn Store) {
    let batch = vec![
        add(1, &subscription(11, 1, 5)),
        add(2, &subscription(21, 2, 5)),
        confirm(21, 6, 7),
        add(3, &subscription(31, 3, 8)),
    ];
    ok(store.apply(batch).await);
    ok(store.apply(vec![Change::RemoveUnconfirmedBefore(at(7), at(9))]).await);
    assert_eq!(ok(store.find_subscriber(id(1)).await), None);
    let counts = SubscriptionCounts { n_subscribers: 2, n_confirmed: 1, n_waiting: 1 };
    assert_eq!(ok(store.count_subscriptions().await), counts);
}
