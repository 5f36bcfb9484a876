//! Promises about letters on their way out.

use super::build::{at, id};
use super::{ok, refused, walk};
use crate::outbox::{Attempt, Letter, LetterState, OutboxCounts};
use crate::{Change, Conflict, Store};
use akimat_core::Lang;

fn letter(n: u64) -> Letter {
    Letter {
        id: id(n),
        key: format!("digest/{n}"),
        kind: "digest".to_owned(),
        subscriber: None,
        recipient: "a@example.kz".to_owned(),
        lang: Lang::Kk,
        subject: "Тақырып".to_owned(),
        text: "Сөз".to_owned(),
        html: "<p>Сөз</p>".to_owned(),
        unsubscribe: String::new(),
        state: LetterState::Queued,
        attempts: 0,
        due_at: at(10),
        runner: None,
        fault: String::new(),
        created_at: at(i64::try_from(n).unwrap_or_default()),
        ended_at: None,
    }
}

fn put(n: u64) -> Change {
    Change::PutLetter(Box::new(letter(n)))
}

fn lease(n: u64, runner: u64, second: i64) -> Change {
    Change::LeaseLetter { id: id(n), runner: id(runner), at: at(second), until: at(second + 60) }
}

fn end(n: u64, runner: u64, attempt: Attempt) -> Change {
    Change::EndAttempt { id: id(n), runner: id(runner), attempt, at: at(12) }
}

/// One server gets a letter; when it is sent, its address and words go.
#[expect(clippy::cognitive_complexity, reason = "a promise is told step by step")]
pub async fn letters_are_sent_once(store: &dyn Store) {
    let again = Letter { id: id(9), ..letter(1) };
    ok(store.apply(vec![put(1), Change::PutLetter(Box::new(again))]).await);
    assert_eq!(ok(store.find_letter(id(9)).await), None, "the same key is one letter");
    assert_eq!(ok(store.list_due_letters(at(9), 5).await), []);
    assert_eq!(ok(store.list_due_letters(at(10), 5).await), [letter(1)]);
    refused(store.apply(vec![lease(1, 70, 9)]).await, &Conflict::Stale("letter"));
    ok(store.apply(vec![lease(1, 70, 10)]).await);
    refused(store.apply(vec![lease(1, 71, 10)]).await, &Conflict::Stale("letter"));
    refused(store.apply(vec![end(1, 71, Attempt::Sent)]).await, &Conflict::Stale("letter"));
    ok(store.apply(vec![end(1, 70, Attempt::Sent)]).await);
    refused(store.apply(vec![end(1, 70, Attempt::Sent)]).await, &Conflict::Stale("letter"));
    refused(store.apply(vec![end(4, 70, Attempt::Sent)]).await, &Conflict::Missing("letter"));
    let sent = ok(store.find_letter(id(1)).await).expect("the row stays");
    let empty = String::new;
    let expected = Letter {
        recipient: empty(),
        subject: empty(),
        text: empty(),
        html: empty(),
        state: LetterState::Sent,
        attempts: 1,
        due_at: at(70),
        ended_at: Some(at(12)),
        ..letter(1)
    };
    assert_eq!(sent, expected);
    ok(store.apply(vec![put(1), Change::RemoveLettersBefore(at(12))]).await);
    assert_eq!(ok(store.count_letters().await), OutboxCounts { n_sent: 1, ..OutboxCounts::default() });
    ok(store.apply(vec![Change::RemoveLettersBefore(at(13))]).await);
    assert_eq!(ok(store.count_letters().await), OutboxCounts::default());
}

/// What failed for now comes again later, what failed for good does not.
pub async fn letters_are_tried_again(store: &dyn Store) {
    ok(store.apply(vec![put(1), put(2), lease(1, 70, 10), lease(2, 70, 10)]).await);
    let later = Attempt::Again { due_at: at(500), fault: "451".to_owned() };
    let never = Attempt::Failed { fault: "550".to_owned() };
    ok(store.apply(vec![end(1, 70, later), end(2, 70, never)]).await);
    assert_eq!(ok(store.list_due_letters(at(499), 5).await), []);
    let due = ok(store.list_due_letters(at(500), 5).await);
    assert_eq!(due.len(), 1);
    assert_eq!((due[0].attempts, due[0].fault.as_str(), due[0].runner), (1, "451", None));
    assert_eq!(due[0].recipient, "a@example.kz");
    let failed = ok(store.find_letter(id(2)).await).expect("the row stays");
    assert_eq!((failed.state, failed.fault.as_str()), (LetterState::Failed, "550"));
    let counts = OutboxCounts { n_queued: 1, n_sent: 0, n_failed: 1 };
    assert_eq!(ok(store.count_letters().await), counts);
}

/// A server that dies with a letter loses it when its lease runs out.
pub async fn letters_of_lost_servers_are_taken_up(store: &dyn Store) {
    ok(store.apply(vec![put(1), lease(1, 70, 10)]).await);
    assert_eq!(ok(store.list_due_letters(at(69), 5).await), []);
    refused(store.apply(vec![lease(1, 71, 69)]).await, &Conflict::Stale("letter"));
    ok(store.apply(vec![lease(1, 71, 70)]).await);
    refused(store.apply(vec![end(1, 70, Attempt::Sent)]).await, &Conflict::Stale("letter"));
    ok(store.apply(vec![end(1, 71, Attempt::Sent)]).await);
    assert_eq!(ok(store.find_letter(id(1)).await).map(|letter| letter.attempts), Some(2));
}

/// Newest first, by state.
pub async fn letters_come_in_pages(store: &dyn Store) {
    ok(store.apply((1..=5).map(put).collect()).await);
    ok(store.apply(vec![lease(3, 70, 10), end(3, 70, Attempt::Sent)]).await);
    let all = walk(2, async |page| store.list_letters(None, &page).await).await;
    assert_eq!(all.iter().map(|letter| letter.id).collect::<Vec<_>>(), [5, 4, 3, 2, 1].map(id));
    let queued = walk(3, async |page| store.list_letters(Some(LetterState::Queued), &page).await).await;
    assert_eq!(queued.iter().map(|letter| letter.id).collect::<Vec<_>>(), [5, 4, 2, 1].map(id));
}
