//! Sign-in by identity providers: what is remembered between leaving and coming back travels sealed in the browser.

use crate::account::{Browser, Entered, NewAccount, hash_token};
use crate::contact::Notice;
use crate::once::Deed;
use crate::secret::same;
use crate::session::Start;
use crate::{App, AppError, Result};
use akimat_core::AccountId;
use akimat_identity::Level;
use akimat_storage::credential::{CredentialChange, ProviderIdentity, ProviderSession, SignInWay};
use akimat_storage::{Account, Batch, Change};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::sync::Arc;

/// A person has so long at the provider, in minutes.
pub const AWAY_MINUTES: i64 = 10;
/// What the memory of a sign-in is sealed for.
const SEALED_FOR: &str = "provider sign-in";
/// From this level of assurance on the provider's own second factor is enough.
const LEVEL_OF_TWO_FACTORS: u8 = 2;

/// What is asked of a provider once: each text is fresh chance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderAttempt {
    /// Comes back in the address.
    pub state: String,
    /// Comes back in the token.
    pub nonce: String,
    /// Proves with the code that it was us who asked.
    pub verifier: String,
}

/// Who signed in at a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderPerson {
    /// The session there.
    pub session: ProviderSession,
    /// Level of assurance, 1 to 3, by the operator's table of the provider's classes.
    pub level: u8,
    /// Name; empty when the provider does not tell.
    pub name: String,
}

/// Why a sign-in by a provider does not come about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProviderFault {
    /// It cannot be reached.
    Unreachable(String),
    /// It says no.
    Refused(String),
    /// What it says is not to be believed.
    Untrusted(String),
}

/// A provider; its methods wait for the network, so that they are called beside the server's own threads. Instants are
/// seconds since 1970.
pub trait IdentityProvider: Send + Sync {
    /// Its name in addresses: letters, digits and hyphens.
    fn name(&self) -> &str;

    /// Its name for people.
    fn label(&self) -> &str;

    /// Its address, exactly as it calls itself.
    fn issuer(&self) -> &str;

    /// Where a person is sent.
    ///
    /// # Errors
    /// [`ProviderFault`] when it does not say who it is.
    fn begin(
        &self,
        attempt: &ProviderAttempt,
        lang: &str,
        now: i64,
    ) -> std::result::Result<String, ProviderFault>;

    /// Who it is that brings a code; `issuer` is what the address of the return says of the provider.
    ///
    /// # Errors
    /// [`ProviderFault`]: whatever is wrong or missing.
    fn finish(
        &self,
        attempt: &ProviderAttempt,
        code: &str,
        issuer: Option<&str>,
        now: i64,
    ) -> std::result::Result<ProviderPerson, ProviderFault>;

    /// Which sessions a logout token ends.
    ///
    /// # Errors
    /// [`ProviderFault`] when the token is not the provider's.
    fn logout(&self, token: &str, now: i64) -> std::result::Result<ProviderSession, ProviderFault>;
}

/// What the browser keeps, sealed, while its person is at the provider.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Away {
    provider: String,
    attempt: ProviderAttempt,
    next: String,
    lang: String,
    until: i64,
    /// The account that is to be linked; without it somebody signs in.
    #[serde(default)]
    account: Option<AccountId>,
    /// The one act for which somebody without an account shows who they are.
    #[serde(default)]
    once: Option<String>,
}

/// A return from a provider.
#[derive(Clone, Copy, Debug, Default)]
pub struct Return<'a> {
    /// `state` of the address.
    pub state: &'a str,
    /// `code` of the address.
    pub code: &'a str,
    /// `iss` of the address; empty when there is none.
    pub issuer: &'a str,
    /// `error` of the address; empty when there is none.
    pub error: &'a str,
}

/// Where a sign-in by a provider goes on.
#[derive(Clone, Debug)]
pub struct Came {
    /// How far the sign-in came; `None`: nobody signed in, the identity was linked to the account that is signed in.
    pub entered: Option<Entered>,
    /// A pass for one act: nobody signed in, no account was opened.
    pub pass: Option<Vec<u8>>,
    /// The page it began from.
    pub next: String,
    /// Language of that page, by its code.
    pub lang: String,
}

/// A provider as the page of safety shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderLink {
    /// Its name in addresses; empty when the operator no longer has it.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// Its address.
    pub issuer: String,
    /// When the account was linked with it; `None` when it is not.
    pub since: Option<jiff::Timestamp>,
}

fn told(fault: ProviderFault) -> AppError {
    let (key, reason) = match fault {
        ProviderFault::Unreachable(reason) => ("provider-unreachable", reason),
        ProviderFault::Refused(reason) => ("provider-refused", reason),
        ProviderFault::Untrusted(reason) => ("provider-untrusted", reason),
    };
    tracing::warn!(key, reason, "a sign-in by a provider was refused");
    AppError::field("", key)
}

impl App {
    /// Lets people sign in by these providers.
    #[must_use]
    pub fn with_providers(mut self, providers: Vec<Arc<dyn IdentityProvider>>) -> Self {
        self.providers = Arc::new(providers);
        self
    }

    /// The providers: name in addresses, name for people.
    pub fn providers(&self) -> Vec<(String, String)> {
        self.providers.iter().map(|one| (one.name().to_owned(), one.label().to_owned())).collect()
    }

    fn provider(&self, name: &str) -> Result<Arc<dyn IdentityProvider>> {
        self.providers.iter().find(|one| one.name() == name).cloned().ok_or(AppError::NotFound("provider"))
    }

    async fn asked<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> std::result::Result<T, ProviderFault> + Send + 'static,
    ) -> Result<T> {
        let done = tokio::task::spawn_blocking(work).await;
        done.map_err(|error| AppError::Internal(error.to_string()))?.map_err(told)
    }

    /// Begins a sign-in by a provider: the address where the person is sent, and what the browser keeps meanwhile.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for an unknown provider, [`AppError::Invalid`] when it cannot be reached or believed.
    pub async fn begin_provider_sign_in(
        &self,
        name: &str,
        (next, lang): (&str, &str),
    ) -> Result<(String, Vec<u8>)> {
        self.leave_for(name, (next, lang), (None, None)).await
    }

    /// Sends somebody without an account to a provider, to show who they are for one act.
    ///
    /// # Errors
    /// As [`App::begin_provider_sign_in`].
    pub async fn begin_provider_once(&self, name: &str, deed: Deed, lang: &str) -> Result<(String, Vec<u8>)> {
        let key = deed.key();
        self.leave_for(name, (&format!("/once/{key}"), lang), (None, Some(key))).await
    }

    /// Begins to link an identity at a provider to the account that is signed in: both are proven, the account by a
    /// session that has just begun and the identity by signing in there.
    ///
    /// # Errors
    /// As [`App::begin_provider_sign_in`]; [`AppError::Invalid`] when the session is not fresh.
    pub async fn begin_provider_link(
        &self,
        (actor, token): (Option<&Account>, &str),
        name: &str,
        lang: &str,
    ) -> Result<(String, Vec<u8>)> {
        let account = actor.ok_or(AppError::SignInNeeded)?;
        self.fresh_session(token).await?;
        self.leave_for(name, ("/account/security", lang), (Some(account.id), None)).await
    }

    async fn leave_for(
        &self,
        name: &str,
        (next, lang): (&str, &str),
        (account, once): (Option<AccountId>, Option<String>),
    ) -> Result<(String, Vec<u8>)> {
        let provider = self.provider(name)?;
        let now = self.now().as_second();
        let away = Away {
            provider: name.to_owned(),
            attempt: ProviderAttempt {
                state: self.new_token(),
                nonce: self.new_token(),
                verifier: self.new_token(),
            },
            next: next.to_owned(),
            lang: lang.to_owned(),
            until: now + AWAY_MINUTES * 60,
            account,
            once,
        };
        let text = serde_json::to_vec(&away).map_err(|error| AppError::Internal(error.to_string()))?;
        let mut nonce = [0; 12];
        nonce.copy_from_slice(&self.secret()[..12]);
        let kept = self.key()?.seal(SEALED_FOR, nonce, &text).map_err(AppError::Internal)?;
        let url = self.asked(move || provider.begin(&away.attempt, &away.lang, now)).await?;
        Ok((url, kept))
    }

    /// A person comes back from a provider: signed in, or known here for the first time and signed in.
    ///
    /// # Errors
    /// [`AppError::Invalid`] names what is wrong: too late, another sign-in, refused there, not to be believed.
    pub async fn finish_provider_sign_in(
        &self,
        name: &str,
        (kept, back): (&[u8], Return<'_>),
        browser: &Browser,
    ) -> Result<Came> {
        let provider = self.provider(name)?;
        let over = || AppError::field("", "provider-over");
        let now = self.now().as_second();
        let text = self.key()?.open(SEALED_FOR, kept).ok_or_else(over)?;
        let away: Away = serde_json::from_slice(&text).map_err(|_| over())?;
        let ours = away.provider == name && same(away.attempt.state.as_bytes(), back.state.as_bytes());
        if !ours || away.until <= now {
            return Err(over());
        }
        if !back.error.is_empty() || back.code.is_empty() {
            return Err(told(ProviderFault::Refused(back.error.chars().take(100).collect())));
        }
        let (attempt, code) = (away.attempt, back.code.to_owned());
        let issuer = Some(back.issuer.to_owned()).filter(|issuer| !issuer.is_empty());
        let person = self.asked(move || provider.finish(&attempt, &code, issuer.as_deref(), now)).await?;
        if let Some(deed) = away.once {
            let deed = Deed::parse_key(&deed).ok_or_else(over)?;
            let scene = self.once_scene(deed).await?;
            let there = (person.session.issuer.as_str(), person.session.subject.as_str());
            let pass = self.pass_by_provider(&scene, there, person.level).await?;
            return Ok(Came { entered: None, pass: Some(pass), next: away.next, lang: away.lang });
        }
        let entered = match away.account {
            Some(account) => {
                self.link_person(account, person, browser).await?;
                None
            }
            None => Some(self.enter_person(person, browser).await?),
        };
        Ok(Came { entered, pass: None, next: away.next, lang: away.lang })
    }

    async fn enter_person(&self, person: ProviderPerson, browser: &Browser) -> Result<Entered> {
        let (issuer, subject) = (person.session.issuer.clone(), person.session.subject.clone());
        let (there, level) = (person.session.clone(), person.level);
        let mut batch: Batch = Vec::new();
        let account = match self.read().find_provider_identity(&issuer, &subject).await? {
            Some(known) => {
                let found =
                    self.read().find_account(known.account).await?.filter(|account| !account.disabled);
                found.ok_or_else(|| AppError::field("", "field-code-closed"))?
            }
            None => {
                let name = if person.name.trim().is_empty() { subject.as_str() } else { person.name.trim() };
                let name: String = name.chars().take(100).collect();
                let (account, opened) =
                    self.account_of_contact(NewAccount::of_contact(&name, self.new_uuid()), "provider")?;
                batch.extend(opened);
                account
            }
        };
        batch.push(Change::Credential(CredentialChange::PutIdentity(ProviderIdentity {
            issuer,
            subject,
            account: account.id,
            level: person.level,
            linked_at: self.now(),
        })));
        batch.push(self.sign_in_audit(&account, person.level));
        if person.level >= LEVEL_OF_TWO_FACTORS {
            let start = Start { batch, provider: person.session, ..Start::of(browser, SignInWay::Provider) };
            let signed_in = self.begin_session(account, start).await?;
            self.believe_provider(signed_in.account.id, &there, level).await?;
            return Ok(Entered::In(Box::new(signed_in)));
        }
        let start = Start { batch, provider: person.session, ..Start::of(browser, SignInWay::Provider) };
        self.pass_with(account, start).await
    }

    /// Links somebody at a provider to the account whose session this browser has.
    async fn link_person(&self, account: AccountId, person: ProviderPerson, browser: &Browser) -> Result<()> {
        let mine = match hash_token(&browser.token) {
            Some(_) => self.account_of(&browser.token).await?.filter(|mine| mine.id == account),
            None => None,
        };
        let account = mine.ok_or_else(|| AppError::field("", "provider-over"))?;
        let there = person.session;
        match self.read().find_provider_identity(&there.issuer, &there.subject).await? {
            Some(known) if known.account != account.id => {
                return Err(AppError::field("", "provider-linked-elsewhere"));
            }
            Some(_) => {}
            None => {
                let linked = self.read().list_provider_identities(account.id).await?;
                if linked.iter().any(|one| one.issuer == there.issuer) {
                    return Err(AppError::field("", "provider-linked-other"));
                }
            }
        }
        let detail = json!({ "issuer": there.issuer, "level": person.level });
        let batch = vec![
            Change::Credential(CredentialChange::PutIdentity(ProviderIdentity {
                issuer: there.issuer.clone(),
                subject: there.subject.clone(),
                account: account.id,
                level: person.level,
                linked_at: self.now(),
            })),
            self.audit(Some(&account), "link_provider", account.id, account.place, &detail),
        ];
        let batch = self.with_notice(batch, &account, Notice::ProviderLinked).await?;
        self.store().apply(batch).await?;
        self.believe_provider(account.id, &there, person.level).await
    }

    /// What the provider says about the person counts as a verification, by the operator's table of its classes. That the
    /// person is verified elsewhere or was erased keeps nobody from signing in.
    async fn believe_provider(&self, account: AccountId, there: &ProviderSession, level: u8) -> Result<()> {
        let level = Level::from_number(level).unwrap_or_default();
        match self.verify_by_provider(account, (&there.issuer, &there.subject), level).await {
            Err(AppError::Invalid(faults)) => {
                let key = faults.first().map_or("", |fault| fault.key);
                tracing::warn!(key, "a provider's word about a person was not taken");
                Ok(())
            }
            other => other,
        }
    }

    /// Ends the link with a provider. The last way into the account stays.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the session is not fresh or nothing else lets the person in; [`AppError::NotFound`]
    /// when there is no such link.
    pub async fn unlink_provider(
        &self,
        (actor, token): (Option<&Account>, &str),
        issuer: &str,
    ) -> Result<()> {
        let account = actor.ok_or(AppError::SignInNeeded)?;
        self.fresh_session(token).await?;
        let linked = self.read().list_provider_identities(account.id).await?;
        if !linked.iter().any(|one| one.issuer == issuer) {
            return Err(AppError::NotFound("identity"));
        }
        let way_in = linked.len() > 1
            || self.has_password(account).await?
            || !self.read().list_passkeys(account.id).await?.is_empty()
            || !self.read().list_contacts(account.id).await?.is_empty();
        if !way_in {
            return Err(AppError::field("", "provider-last"));
        }
        let batch = vec![
            Change::Credential(CredentialChange::RemoveIdentity(account.id, issuer.to_owned())),
            self.audit(actor, "unlink_provider", account.id, account.place, &json!({ "issuer": issuer })),
        ];
        let batch = self.with_notice(batch, account, Notice::ProviderUnlinked).await?;
        Ok(self.store().apply(batch).await?)
    }

    /// What the account is linked with, and with which providers it could be: name in addresses (empty when the operator
    /// no longer has it), name for people, issuer, and since when.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn provider_links(&self, account: &Account) -> Result<Vec<ProviderLink>> {
        let linked = self.read().list_provider_identities(account.id).await?;
        let mut all: Vec<ProviderLink> = self
            .providers
            .iter()
            .map(|one| ProviderLink {
                name: one.name().to_owned(),
                label: one.label().to_owned(),
                issuer: one.issuer().to_owned(),
                since: linked.iter().find(|known| known.issuer == one.issuer()).map(|known| known.linked_at),
            })
            .collect();
        for known in linked {
            if !all.iter().any(|link| link.issuer == known.issuer) {
                let label = known.issuer.clone();
                let since = Some(known.linked_at);
                all.push(ProviderLink { name: String::new(), label, issuer: known.issuer, since });
            }
        }
        Ok(all)
    }

    fn sign_in_audit(&self, account: &Account, level: u8) -> Change {
        self.audit(Some(account), "provider_sign_in", account.id, account.place, &json!({ "level": level }))
    }

    /// A provider ends sessions (Back-Channel Logout 1.0).
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the token is not the provider's, [`AppError::NotFound`] for an unknown provider.
    pub async fn provider_logout(&self, name: &str, token: &str) -> Result<()> {
        let provider = self.provider(name)?;
        let now = self.now().as_second();
        let token = token.to_owned();
        let ended = self.asked(move || provider.logout(&token, now)).await?;
        let end = CredentialChange::RemoveProviderSessions(ended);
        let audit = self.audit(None, "provider_logout", name, None, &json!({}));
        Ok(self.store().apply(vec![Change::Credential(end), audit]).await?)
    }
}
