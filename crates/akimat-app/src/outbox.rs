//! Letters go out: from the outbox to the carrier, one server a letter, again when it did not work.

use crate::permission::{self, Permission};
use crate::{App, AppError, Result};
use akimat_storage::outbox::{Attempt, Letter, LetterState, MailFault, Mailer, OutboxCounts};
use akimat_storage::{Account, Change, Conflict, Page, PageRequest, StoreError};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// How letters leave, and what the links in them begin with.
pub struct Post {
    /// The carrier.
    pub mailer: Arc<dyn Mailer>,
    /// Address of the platform without a closing slash, such as `https://akimat.example.kz`.
    pub origin: String,
}

impl std::fmt::Debug for Post {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Post").field("origin", &self.origin).finish_non_exhaustive()
    }
}

/// A server keeps a letter so long before another may take it, in seconds.
const LEASE_SECONDS: i64 = 300;
/// Minutes until the next attempt, by the number of attempts so far.
const AGAIN_MINUTES: [i64; 7] = [1, 5, 15, 60, 240, 720, 1_440];
/// The longest wait that a carrier may ask for, in seconds.
const AFTER_SECONDS_MAX: i64 = 24 * 3_600;
/// Letters of one round.
const ROUND: u16 = 20;
/// How often a server without letters looks for some.
const LOOK: Duration = Duration::from_secs(5);
/// Letters that are over are forgotten after so many days.
const KEEP_DAYS: i64 = 30;
/// Rounds of [`LOOK`] between two times of tidying: an hour.
const TIDY_ROUNDS: u32 = 720;

impl App {
    /// Gives the platform a way to send letters.
    #[must_use]
    pub fn with_post(mut self, post: Post) -> Self {
        self.post = Some(Arc::new(post));
        self
    }

    /// How letters leave; `None` where mail is not set up.
    pub fn post(&self) -> Option<&Post> {
        self.post.as_deref()
    }

    /// An administrator looks at the outbox.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for everybody else.
    pub async fn list_letters(
        &self,
        actor: Option<&Account>,
        state: Option<LetterState>,
        page: &PageRequest,
    ) -> Result<(Page<Letter>, OutboxCounts)> {
        permission::check(actor, Permission::Administer, None)?;
        Ok((self.read().list_letters(state, page).await?, self.read().count_letters().await?))
    }

    /// Sends the letters whose turn it is; answers how many were tried. Without a carrier they wait.
    ///
    /// # Errors
    /// When the database fails; what was sent by then stays sent.
    pub async fn send_due_letters(&self, runner: Uuid) -> Result<usize> {
        let Some(post) = self.post.clone() else { return Ok(0) };
        let due = self.read().list_due_letters(self.now(), ROUND).await?;
        let mut n_tried = 0;
        for letter in due {
            let (id, at) = (letter.id, self.now());
            let until = at + SignedDuration::from_secs(LEASE_SECONDS);
            match self.store().apply(vec![Change::LeaseLetter { id, runner, at, until }]).await {
                Ok(()) => {}
                // Another server was quicker, or the address went.
                Err(StoreError::Conflict(Conflict::Stale(_) | Conflict::Missing(_))) => continue,
                Err(error) => return Err(error.into()),
            }
            n_tried += 1;
            let outcome = post.mailer.send(&letter).await;
            self.end_attempt(&letter, runner, outcome).await?;
        }
        Ok(n_tried)
    }

    async fn end_attempt(
        &self,
        letter: &Letter,
        runner: Uuid,
        outcome: std::result::Result<(), MailFault>,
    ) -> Result<()> {
        let at = self.now();
        let refused = matches!(outcome, Err(MailFault::Never(_)));
        let attempt = attempt(letter.attempts, outcome, at);
        if let Attempt::Failed { fault } | Attempt::Again { fault, .. } = &attempt {
            tracing::warn!(letter = %letter.id, fault, "a letter was not taken");
        }
        let mut batch = vec![Change::EndAttempt { id: letter.id, runner, attempt: attempt.clone(), at }];
        // An address that is refused for good is written to no more.
        if let (Attempt::Failed { .. }, Some(subscriber)) = (&attempt, letter.subscriber) {
            batch.push(Change::RemoveSubscriber(subscriber, at));
            let place = None;
            batch.push(self.audit(None, "drop_refused_address", subscriber, place, &serde_json::json!({})));
        }
        if let (Attempt::Failed { fault }, None) = (&attempt, letter.subscriber) {
            batch.extend(self.stop_refused(&letter.recipient, (fault, refused)).await?);
        }
        match self.store().apply(batch).await {
            // The lease ran out meanwhile: whoever has the letter now says how it ended.
            Err(StoreError::Conflict(Conflict::Stale(_) | Conflict::Missing(_))) | Ok(()) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Forgets letters that are over and subscriptions that nobody confirmed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tidy_post(&self) -> Result<()> {
        let now = self.now();
        let days = |days: i64| now - SignedDuration::from_hours(24 * days);
        let batch = vec![
            Change::RemoveUnconfirmedBefore(days(crate::subscription::CONFIRM_DAYS), now),
            Change::RemoveLettersBefore(days(KEEP_DAYS)),
        ];
        Ok(self.store().apply(batch).await?)
    }

    /// Writes and sends letters until `stop` says yes: the server runs this beside the pages.
    pub async fn run_post(self, mut stop: tokio::sync::watch::Receiver<bool>) {
        if self.post.is_none() {
            return;
        }
        let runner = self.new_uuid();
        let mut round = 0_u32;
        while !*stop.borrow() {
            let worked = tokio::select! {
                worked = self.post_round(runner, round.is_multiple_of(TIDY_ROUNDS)) => worked,
                _ = stop.wait_for(|stop| *stop) => return,
            };
            round = round.wrapping_add(1);
            match worked {
                Ok(true) => continue,
                Ok(false) => {}
                Err(error) => tracing::warn!(%error, "letters were broken off"),
            }
            tokio::select! {
                () = tokio::time::sleep(LOOK) => {}
                _ = stop.wait_for(|stop| *stop) => return,
            }
        }
    }

    async fn post_round(&self, runner: Uuid, tidy: bool) -> Result<bool> {
        if tidy {
            self.tidy_post().await?;
        }
        let n_written = self.write_due_letters().await?;
        let n_tried = self.send_due_letters(runner).await?;
        Ok(n_written + n_tried > 0)
    }
}

/// What becomes of a letter after an attempt; `attempts` were made before.
fn attempt(attempts: u32, outcome: std::result::Result<(), MailFault>, at: Timestamp) -> Attempt {
    let short = |fault: String| fault.chars().take(300).collect::<String>();
    match outcome {
        Ok(()) => Attempt::Sent,
        Err(MailFault::Never(fault)) => Attempt::Failed { fault: short(fault) },
        Err(MailFault::Later(fault)) => again(attempts, short(fault), (at, 0)),
        Err(MailFault::After(fault, seconds)) => again(attempts, short(fault), (at, seconds)),
    }
}

/// The next attempt: not before the carrier wants it, and not sooner than the growing waits say.
fn again(attempts: u32, fault: String, (at, seconds): (Timestamp, u32)) -> Attempt {
    let made = usize::try_from(attempts).unwrap_or(usize::MAX);
    let Some(minutes) = AGAIN_MINUTES.get(made) else { return Attempt::Failed { fault } };
    let asked = SignedDuration::from_secs(i64::from(seconds).min(AFTER_SECONDS_MAX));
    Attempt::Again { due_at: at + asked.max(SignedDuration::from_mins(*minutes)), fault }
}

impl From<MailFault> for AppError {
    fn from(fault: MailFault) -> Self {
        Self::Unavailable(fault.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_grows_and_ends() {
        let at = Timestamp::UNIX_EPOCH;
        let later = || Err(MailFault::Later("451".to_owned()));
        let mut minutes = Vec::new();
        for made in 0..9 {
            match attempt(made, later(), at) {
                Attempt::Again { due_at, .. } => minutes.push(due_at.duration_since(at).as_mins()),
                Attempt::Failed { fault } => assert_eq!(fault, "451"),
                Attempt::Sent => unreachable!("nothing was sent"),
            }
        }
        assert_eq!(minutes, AGAIN_MINUTES);
        assert_eq!(attempt(0, Ok(()), at), Attempt::Sent);
        for (made, seconds, due) in
            [(0, 5, 60), (0, 600, 600), (1, 600, 600), (3, 600, 3_600), (0, u32::MAX, 86_400)]
        {
            let after = Err(MailFault::After("503".to_owned(), seconds));
            let Attempt::Again { due_at, .. } = attempt(made, after, at) else { unreachable!("it waits") };
            assert_eq!(due_at.duration_since(at).as_secs(), due, "{made} {seconds}");
        }
        let never = Err(MailFault::Never("550".to_owned()));
        assert_eq!(attempt(0, never, at), Attempt::Failed { fault: "550".to_owned() });
    }
}
