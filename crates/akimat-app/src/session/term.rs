//! How long sessions last, used and unused, and what asks for one that has just begun.

use crate::account::{SESSION_HOURS, hash_token};
use crate::session::FRESH_MINUTES;
use crate::{App, AppError, Result};
use akimat_core::Role;
use akimat_storage::credential::CredentialChange;
use akimat_storage::{Account, Batch, Change, Session};
use jiff::SignedDuration;

/// A session notes so often that it is used, in minutes.
const SEEN_MINUTES: i64 = 10;
/// Sessions of one account at once; when one more begins, the one that was not used for the longest time ends.
pub const SESSIONS_MAX: usize = 20;

/// How long sessions last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionTerms {
    /// A resident's session ends when it was not used for so long.
    pub rest: SignedDuration,
    /// The session of somebody who works here ends after this time, used or not.
    pub staff_whole: SignedDuration,
    /// The session of somebody who works here ends when it was not used for so long.
    pub staff_rest: SignedDuration,
}

impl Default for SessionTerms {
    fn default() -> Self {
        Self {
            rest: SignedDuration::from_hours(72),
            staff_whole: SignedDuration::from_hours(12),
            staff_rest: SignedDuration::from_mins(60),
        }
    }
}

/// Somebody who works here: a role of the office, of one's own or lent.
fn works_here(account: &Account) -> bool {
    account.role != Role::Resident || !account.grants.is_empty()
}

impl SessionTerms {
    /// How long a session of the account lasts at most.
    pub fn whole_of(&self, account: &Account) -> SignedDuration {
        let whole = SignedDuration::from_hours(SESSION_HOURS);
        if works_here(account) { self.staff_whole.min(whole) } else { whole }
    }

    /// How long a session of the account lasts unused.
    pub fn rest_of(&self, account: &Account) -> SignedDuration {
        if works_here(account) { self.staff_rest.min(self.rest) } else { self.rest }
    }
}

impl App {
    /// Sets how long sessions last.
    #[must_use]
    pub fn with_session_terms(mut self, terms: SessionTerms) -> Self {
        self.terms = terms;
        self
    }

    /// How long sessions last.
    pub const fn session_terms(&self) -> &SessionTerms {
        &self.terms
    }

    /// Whose session this is; `None` for unknown, ended, forgotten and disabled ones. A session that rested too long is
    /// removed when it is shown again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn account_of(&self, token: &str) -> Result<Option<Account>> {
        let Some(hash) = hash_token(token) else { return Ok(None) };
        let now = self.now();
        let found = self.store().find_session_account(&hash, now).await?;
        let Some(account) = self.with_grants(found).await? else { return Ok(None) };
        let Some(session) = self.read().find_session(&hash, now).await? else { return Ok(None) };
        if self.is_over(&session, &account) {
            self.store().apply(vec![Change::RemoveSession(hash)]).await?;
            return Ok(None);
        }
        if now.duration_since(used_at(&session)) >= SignedDuration::from_mins(SEEN_MINUTES) {
            let noted = CredentialChange::SeeSession(hash, now);
            self.store().apply(vec![Change::Credential(noted)]).await?;
        }
        Ok(Some(account))
    }

    /// Whether a session ended by its age or by its rest. The note of use is as old as ten minutes; so much is given.
    fn is_over(&self, session: &Session, account: &Account) -> bool {
        let now = self.now();
        now.duration_since(session.created_at) >= self.terms.whole_of(account)
            || now.duration_since(used_at(session)) >= self.terms.rest_of(account)
    }

    /// The sessions of an account that still let in, the latest used first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn living_sessions(&self, account: &Account) -> Result<Vec<Session>> {
        let all = self.read().list_sessions(account.id, self.now()).await?;
        Ok(all.into_iter().filter(|session| !self.is_over(session, account)).collect())
    }

    /// Ends what makes room for one more session of the account.
    pub(super) async fn room_for_session(&self, account: &Account, batch: &mut Batch) -> Result<()> {
        let all = self.read().list_sessions(account.id, self.now()).await?;
        let surplus = all.iter().skip(SESSIONS_MAX - 1);
        batch.extend(surplus.map(|session| Change::RemoveSession(session.token_hash)));
        Ok(())
    }

    /// The session of a request, for the page of sessions.
    ///
    /// # Errors
    /// [`AppError::SignInNeeded`] when there is none.
    pub async fn present_session(&self, token: &str) -> Result<Session> {
        let hash = hash_token(token).ok_or(AppError::SignInNeeded)?;
        self.read().find_session(&hash, self.now()).await?.ok_or(AppError::SignInNeeded)
    }

    /// What changes how somebody signs in, or cannot be taken back, asks for a session that has just begun.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for an older one, [`AppError::SignInNeeded`] when there is none.
    pub async fn fresh_session(&self, token: &str) -> Result<Session> {
        let session = self.present_session(token).await?;
        let age = self.now().duration_since(session.created_at);
        if age > SignedDuration::from_mins(FRESH_MINUTES) {
            return Err(AppError::field("", "field-not-fresh"));
        }
        Ok(session)
    }
}

/// When a session was last used, as far as it is noted.
fn used_at(session: &Session) -> jiff::Timestamp {
    session.seen_at.max(session.created_at)
}
