//! Sessions: how they begin, past the second factor where there is one, and how their person sees and ends them.

mod term;

pub use term::{SESSIONS_MAX, SessionTerms};

use crate::account::{Browser, Entered, SignedIn, hash_token};
use crate::contact::Notice;
use crate::{App, AppError, Result};
use akimat_storage::contact::{CodePurpose, ContactChange, ContactKind, OneTimeCode};
use akimat_storage::credential::{CredentialChange, KnownDevice, ProviderSession, SignInWay};
use akimat_storage::{Account, Batch, Change, Conflict, Session, StoreError};
use jiff::SignedDuration;
use serde_json::json;
use uuid::Uuid;

/// The page of the second factor waits so long, in minutes.
const FACTOR_MINUTES: i64 = 5;
/// Sign-ins of one account that reach the second factor within an hour: a known password gives no more guesses.
const FACTORS_AN_HOUR: u64 = 20;
/// What changes how somebody signs in asks for a session younger than this, in minutes.
pub const FRESH_MINUTES: i64 = 15;
/// Characters of the words for a device.
const WORDS_MAX: usize = 60;

/// How a session begins.
pub(crate) struct Start<'a> {
    /// Where.
    pub(crate) browser: &'a Browser,
    /// How.
    pub(crate) way: SignInWay,
    /// The session at the provider.
    pub(crate) provider: ProviderSession,
    /// What happens with it.
    pub(crate) batch: Batch,
}

impl<'a> Start<'a> {
    pub(crate) fn of(browser: &'a Browser, way: SignInWay) -> Self {
        Self { browser, way, provider: ProviderSession::default(), batch: Vec::new() }
    }
}

impl App {
    /// The first factor fits: the session begins, or the second factor is asked for.
    pub(crate) async fn pass(
        &self,
        account: Account,
        way: SignInWay,
        browser: &Browser,
        batch: Batch,
    ) -> Result<Entered> {
        self.pass_with(account, Start { batch, ..Start::of(browser, way) }).await
    }

    /// As [`App::pass`], also for a session that a provider begins.
    pub(crate) async fn pass_with(&self, account: Account, start: Start<'_>) -> Result<Entered> {
        let factor = self.read().find_second_factor(account.id).await?;
        if factor.is_none_or(|factor| factor.confirmed_at.is_none()) {
            return Ok(Entered::In(Box::new(self.begin_session(account, start).await?)));
        }
        let now = self.now();
        let key = account.id.to_string();
        let since = now - SignedDuration::from_hours(1);
        if self.read().count_codes(ContactKind::Email, &key, since).await? >= FACTORS_AN_HOUR {
            return Err(AppError::TooMany { retry_seconds: 3_600 });
        }
        let waiting = OneTimeCode {
            id: self.new_secret_uuid(),
            purpose: CodePurpose::SecondFactor,
            kind: ContactKind::Email,
            address: remembered(&start),
            address_key: key,
            lang: start.browser.lang,
            account: Some(account.id),
            code_hash: self.secret(),
            attempts: 0,
            created_at: now,
            expires_at: now + SignedDuration::from_mins(FACTOR_MINUTES),
            used_at: None,
        };
        let id = waiting.id;
        let mut all = start.batch;
        all.push(Change::Contact(ContactChange::AddCode(Box::new(waiting))));
        self.store().apply(all).await?;
        Ok(Entered::SecondFactor(id))
    }

    /// Begins a session: a new secret, the former session of this browser over, the device noted, and its person told
    /// when the account does not know it.
    pub(crate) async fn begin_session(&self, account: Account, start: Start<'_>) -> Result<SignedIn> {
        let Start { browser, way, provider, mut batch } = start;
        let (token, now) = (self.new_token(), self.now());
        let words: String = browser.words.chars().take(WORDS_MAX).collect();
        let fresh = || AppError::Internal("a secret of our own".to_owned());
        batch.push(Change::RemoveSessionsBefore(now));
        if let Some(former) = hash_token(&browser.token) {
            batch.push(Change::RemoveSession(former));
        }
        self.room_for_session(&account, &mut batch).await?;
        batch.push(Change::AddSession(Session {
            token_hash: hash_token(&token).ok_or_else(fresh)?,
            account: account.id,
            created_at: now,
            expires_at: now + self.session_terms().whole_of(&account),
            device: words.clone(),
            way,
            seen_at: now,
            provider,
        }));
        let known = self.read().list_devices(account.id).await?;
        let kept =
            hash_token(&browser.device).filter(|hash| known.iter().any(|one| one.device_hash == *hash));
        let (device, device_hash) = match kept {
            Some(hash) => (browser.device.clone(), hash),
            None => {
                let device = self.new_token();
                let hash = hash_token(&device).ok_or_else(fresh)?;
                (device, hash)
            }
        };
        let seen = KnownDevice {
            account: account.id,
            device_hash,
            words: words.clone(),
            first_seen_at: now,
            last_seen_at: now,
        };
        batch.push(Change::Credential(CredentialChange::PutDevice(seen)));
        if kept.is_none() && !known.is_empty() {
            batch = self.with_notice(batch, &account, Notice::Device(words)).await?;
        }
        self.store().apply(batch).await?;
        Ok(SignedIn { token, device, account })
    }

    /// Ends one session of one's own, named by its public identifier.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is no such session of the account.
    pub async fn end_session(&self, actor: Option<&Account>, id: Uuid) -> Result<()> {
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let mine = self.read().list_sessions(account.id, self.now()).await?;
        let found =
            mine.iter().find(|session| session.public_id() == id).ok_or(AppError::NotFound("session"))?;
        let audit = self.audit(actor, "end_session", account.id, account.place, &json!({}));
        Ok(self.store().apply(vec![Change::RemoveSession(found.token_hash), audit]).await?)
    }

    /// Ends every other session of the account and forgets its devices: the next sign-in from each is told.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_other_sessions(&self, actor: Option<&Account>, token: &str) -> Result<()> {
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let audit = self.audit(actor, "end_other_sessions", account.id, account.place, &json!({}));
        let end = CredentialChange::RemoveSessions(account.id, hash_token(token));
        Ok(self.store().apply(vec![Change::Credential(end), audit]).await?)
    }

    /// The page of a sign-in that waits brings a code of the second factor, or a recovery code.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the code is wrong or was used, or when the sign-in waited too long.
    pub async fn enter_second_factor(&self, id: Uuid, typed: &str, browser: &Browser) -> Result<SignedIn> {
        let over = || AppError::field("code", "field-factor-over");
        let now = self.now();
        let (account, way, provider) = self.waiting_sign_in(id).await?;
        let proof = self.factor_proof(&account, typed).await?;
        let start = Start {
            batch: vec![Change::Contact(ContactChange::UseCode { id, at: now }), Change::Credential(proof)],
            provider,
            ..Start::of(browser, way)
        };
        self.begin_session(account, start).await.map_err(|error| match error {
            AppError::Conflict(Conflict::Stale("code")) => over(),
            AppError::Conflict(Conflict::Stale(_)) => AppError::field("code", "field-factor-used"),
            other => other,
        })
    }

    /// The sign-in that waits for a second step, and how its first factor was given; an attempt is counted.
    pub(crate) async fn waiting_sign_in(&self, id: Uuid) -> Result<(Account, SignInWay, ProviderSession)> {
        let over = || AppError::field("code", "field-factor-over");
        let found = self.read().find_code(id).await?;
        let waiting = found.filter(|code| code.purpose == CodePurpose::SecondFactor).ok_or_else(over)?;
        let now = self.now();
        let attempts_max = crate::contact::ATTEMPTS_MAX;
        let attempt = ContactChange::TryCode { id, attempts_max, at: now };
        match self.store().apply(vec![Change::Contact(attempt)]).await {
            Err(StoreError::Conflict(_)) => return Err(over()),
            other => other?,
        }
        let account = match waiting.account {
            Some(id) => self.read().find_account(id).await?.filter(|account| !account.disabled),
            None => None,
        };
        let account = account.ok_or_else(over)?;
        let (way, provider) = recalled(&waiting.address);
        Ok((account, way, provider))
    }
}

/// How the first factor was given, one line each: the way, and the session at the provider.
fn remembered(start: &Start<'_>) -> String {
    let ProviderSession { issuer, subject, session } = &start.provider;
    format!("{}\n{issuer}\n{subject}\n{session}", start.way.code())
}

/// What [`remembered`] wrote.
fn recalled(text: &str) -> (SignInWay, ProviderSession) {
    let mut lines = text.split('\n').map(str::to_owned);
    let mut next = || lines.next().unwrap_or_default();
    let way = SignInWay::parse(&next()).unwrap_or_default();
    (way, ProviderSession { issuer: next(), subject: next(), session: next() })
}
