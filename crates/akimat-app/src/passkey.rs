//! Passkeys (Web Authentication): made and removed on the page of safety, used to sign in, alone or as the second step.
//!
//! A challenge is not kept: it proves by itself that the platform made it, for what, for whom and until when. What is kept
//! is that one was used.

pub mod cbor;
pub mod verify;

#[cfg(test)]
mod tests;

use crate::account::{Browser, Entered, SignedIn};
use crate::contact::Notice;
use crate::secret::same;
use crate::session::Start;
use crate::{App, AppError, FieldFault, Result};
use akimat_storage::contact::{CodePurpose, ContactChange, ContactKind, OneTimeCode};
use akimat_storage::credential::{CredentialChange, Passkey, SignInWay};
use akimat_storage::{Account, Batch, Change, Conflict, StoreError};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::sync::Arc;
use uuid::Uuid;
use verify::{Asked, Fault, Made, RelyingParty, Used};

/// A challenge works so long, in minutes.
pub const CHALLENGE_MINUTES: i64 = 15;
/// Passkeys of one account.
pub const PASSKEYS_MAX: usize = 10;
/// Characters of a passkey's name.
pub const NAME_CHARS_MAX: usize = 60;
/// Identifier, end, proof.
const CHALLENGE_BYTES: usize = 16 + 8 + 16;

/// What a challenge is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Signing in, by whoever it turns out to be.
    SignIn,
    /// The second step of the sign-in that waits under this identifier.
    SecondStep(Uuid),
    /// A new passkey of this account.
    Make(akimat_core::AccountId),
}

impl Act {
    const fn code(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::SecondStep(_) => "second_step",
            Self::Make(_) => "make",
        }
    }

    const fn subject(self) -> Uuid {
        match self {
            Self::SignIn => Uuid::nil(),
            Self::SecondStep(id) => id,
            Self::Make(account) => account.0,
        }
    }
}

/// What a page gives a browser so that it asks a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Bytes that come back, as text (base64url).
    pub challenge: String,
    /// For whom.
    pub party: RelyingParty,
    /// Identifiers of the keys that may be used, or that may not be made again, as text.
    pub credentials: Vec<String>,
}

/// What a page sends back of a device: every part as text (base64url).
#[derive(Clone, Copy, Debug, Default)]
pub struct Answered<'a> {
    /// `rawId`; not needed for a new key.
    pub credential: &'a str,
    /// `clientDataJSON`.
    pub client_data: &'a str,
    /// `authenticatorData`; for a new key `attestationObject`.
    pub data: &'a str,
    /// `signature`; not needed for a new key.
    pub signature: &'a str,
}

fn bytes(text: &str) -> Result<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).map_err(|_| told(Fault::Form))
}

fn told(fault: Fault) -> AppError {
    tracing::warn!(?fault, "a passkey was not believed");
    AppError::field("", if fault == Fault::Counter { "passkey-counter" } else { "passkey-refused" })
}

impl App {
    /// Lets people use passkeys that are made for this address.
    #[must_use]
    pub fn with_passkeys(mut self, origin: &str) -> Self {
        self.party = RelyingParty::of(origin).map(Arc::new);
        self
    }

    /// Whether passkeys can be used here.
    pub const fn has_passkeys(&self) -> bool {
        self.party.is_some() && self.key.is_some()
    }

    fn party(&self) -> Result<&RelyingParty> {
        self.party.as_deref().ok_or(AppError::NotFound("passkey"))
    }

    fn challenge_proof(&self, act: Act, head: &[u8]) -> Result<[u8; 32]> {
        let parts = [act.code().as_bytes(), act.subject().into_bytes().as_slice(), head].map(<[u8]>::to_vec);
        let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
        Ok(self.key()?.hash("passkey challenge", &parts))
    }

    /// Invites a browser to ask a device.
    ///
    /// # Errors
    /// [`AppError::NotFound`] where passkeys are not set up.
    pub async fn invite_passkey(&self, act: Act) -> Result<Invitation> {
        let party = self.party()?.clone();
        let until = self.now() + SignedDuration::from_mins(CHALLENGE_MINUTES);
        let mut challenge = self.new_secret_uuid().into_bytes().to_vec();
        challenge.extend(until.as_second().to_be_bytes());
        let proof = self.challenge_proof(act, &challenge)?;
        challenge.extend(&proof[..16]);
        let account = match act {
            Act::SignIn => None,
            Act::SecondStep(id) => self.read().find_code(id).await?.and_then(|code| code.account),
            Act::Make(account) => Some(account),
        };
        let known = match account {
            Some(account) => self.read().list_passkeys(account).await?,
            None => Vec::new(),
        };
        Ok(Invitation {
            challenge: URL_SAFE_NO_PAD.encode(challenge),
            party,
            credentials: known.iter().map(|key| URL_SAFE_NO_PAD.encode(&key.credential_id)).collect(),
        })
    }

    /// The challenge that a browser brings back, and the change that uses it up.
    fn used_challenge(&self, act: Act, client_data: &[u8]) -> Result<(Vec<u8>, Change)> {
        let over = || AppError::field("", "passkey-over");
        let challenge = verify::challenge_of(client_data).map_err(told)?;
        if challenge.len() != CHALLENGE_BYTES {
            return Err(over());
        }
        let (head, proof) = challenge.split_at(24);
        if !same(&self.challenge_proof(act, head)?[..16], proof) {
            return Err(over());
        }
        let (id, end) = head.split_at(16);
        let (Ok(id), Ok(end)) = (Uuid::from_slice(id), <[u8; 8]>::try_from(end)) else { return Err(over()) };
        let end = Timestamp::from_second(i64::from_be_bytes(end)).map_err(|_| over())?;
        let now = self.now();
        if end <= now {
            return Err(over());
        }
        let used = OneTimeCode {
            id,
            purpose: CodePurpose::Passkey,
            kind: ContactKind::Email,
            address: String::new(),
            address_key: String::new(),
            lang: akimat_core::Lang::Kk,
            account: None,
            code_hash: [0; 32],
            attempts: 0,
            created_at: now,
            expires_at: end,
            used_at: Some(now),
        };
        Ok((challenge, Change::Contact(ContactChange::AddCode(Box::new(used)))))
    }

    /// Checks a passkey that was used: answers it, and what must be carried out so that it was used once.
    async fn proven_passkey(
        &self,
        act: Act,
        answered: &Answered<'_>,
        verified: bool,
    ) -> Result<(Passkey, Batch)> {
        let client_data = bytes(answered.client_data)?;
        let (challenge, used) = self.used_challenge(act, &client_data)?;
        let credential = bytes(answered.credential)?;
        let found = self.read().find_passkey(&credential).await?;
        let passkey = found.ok_or_else(|| AppError::field("", "passkey-unknown"))?;
        let (data, signature) = (bytes(answered.data)?, bytes(answered.signature)?);
        let asked = Asked { party: self.party()?, challenge: &challenge, verified };
        let given = Used { client_data: &client_data, authenticator: &data, signature: &signature };
        let known = (passkey.public_key.as_slice(), passkey.sign_count);
        let sign_count = match verify::check_used(&given, &asked, known) {
            Ok(count) => count,
            Err(fault) => {
                if fault == Fault::Counter {
                    let detail = json!({ "passkey": passkey.id });
                    let record = self.audit(None, "passkey_counter", passkey.account, None, &detail);
                    self.store().apply(vec![used, record]).await?;
                }
                return Err(told(fault));
            }
        };
        let note = CredentialChange::UsePasskey { id: passkey.id, sign_count, at: self.now() };
        Ok((passkey, vec![used, Change::Credential(note)]))
    }

    /// Somebody signs in with a passkey: the device has checked who it is, so that it is both steps at once.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the answer of the device is not believed, was used or came too late.
    pub async fn enter_passkey(&self, answered: &Answered<'_>, browser: &Browser) -> Result<Entered> {
        let (passkey, batch) = self.proven_passkey(Act::SignIn, answered, true).await?;
        let account = self.read().find_account(passkey.account).await?.filter(|account| !account.disabled);
        let account = account.ok_or_else(|| AppError::field("", "field-code-closed"))?;
        let start = Start { batch, ..Start::of(browser, SignInWay::Passkey) };
        let signed_in = self.begin_session(account, start).await.map_err(used_before)?;
        Ok(Entered::In(Box::new(signed_in)))
    }

    /// A sign-in that waits for the second step is finished with a passkey of the same account.
    ///
    /// # Errors
    /// As [`App::enter_passkey`].
    pub async fn enter_second_passkey(
        &self,
        id: Uuid,
        answered: &Answered<'_>,
        browser: &Browser,
    ) -> Result<SignedIn> {
        let (account, way, provider) = self.waiting_sign_in(id).await?;
        let (passkey, mut batch) = self.proven_passkey(Act::SecondStep(id), answered, false).await?;
        if passkey.account != account.id {
            return Err(AppError::field("", "passkey-unknown"));
        }
        batch.push(Change::Contact(ContactChange::UseCode { id, at: self.now() }));
        let start = Start { batch, provider, ..Start::of(browser, way) };
        self.begin_session(account, start).await.map_err(used_before)
    }

    /// A device made a passkey for the account that is signed in.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the session is not fresh, the name is missing or too long, there are too many, or the
    /// answer of the device is not believed.
    pub async fn add_passkey(
        &self,
        (actor, token): (Option<&Account>, &str),
        name: &str,
        answered: &Answered<'_>,
    ) -> Result<()> {
        let account = actor.ok_or(AppError::SignInNeeded)?;
        self.fresh_session(token).await?;
        let name = name.trim();
        if name.is_empty() {
            return Err(AppError::field("name", "field-required"));
        }
        if name.chars().count() > NAME_CHARS_MAX {
            let fault = FieldFault::new("name", "field-too-long").with("max", NAME_CHARS_MAX);
            return Err(AppError::Invalid(vec![fault]));
        }
        if self.read().list_passkeys(account.id).await?.len() >= PASSKEYS_MAX {
            let fault = FieldFault::new("name", "passkey-many").with("max", PASSKEYS_MAX);
            return Err(AppError::Invalid(vec![fault]));
        }
        let (client_data, attestation) = (bytes(answered.client_data)?, bytes(answered.data)?);
        let (challenge, used) = self.used_challenge(Act::Make(account.id), &client_data)?;
        let asked = Asked { party: self.party()?, challenge: &challenge, verified: true };
        let made = Made { client_data: &client_data, attestation: &attestation };
        let key = verify::check_made(&made, &asked).map_err(told)?;
        let passkey = Passkey {
            id: self.new_uuid(),
            account: account.id,
            credential_id: key.credential_id,
            public_key: key.public_key,
            sign_count: key.sign_count,
            name: name.to_owned(),
            created_at: self.now(),
            last_used_at: None,
        };
        let batch = vec![
            used,
            self.audit(actor, "add_passkey", passkey.id, account.place, &json!({})),
            Change::Credential(CredentialChange::AddPasskey(passkey)),
        ];
        let batch = self.with_notice(batch, account, Notice::PasskeyAdded).await?;
        self.store().apply(batch).await.map_err(AppError::from).map_err(used_before)
    }

    /// Removes a passkey of one's own. The last way into the account stays.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the session is not fresh or nothing else lets the person in; [`AppError::NotFound`] when
    /// it is not one's own.
    pub async fn remove_passkey(&self, (actor, token): (Option<&Account>, &str), id: Uuid) -> Result<()> {
        let account = actor.ok_or(AppError::SignInNeeded)?;
        self.fresh_session(token).await?;
        let keys = self.read().list_passkeys(account.id).await?;
        let way_in = keys.len() > 1
            || self.has_password(account).await?
            || !self.read().list_contacts(account.id).await?.is_empty()
            || !self.read().list_provider_identities(account.id).await?.is_empty();
        if !way_in && keys.iter().any(|key| key.id == id) {
            return Err(AppError::field("", "passkey-last"));
        }
        let batch = vec![
            Change::Credential(CredentialChange::RemovePasskey(id, account.id)),
            self.audit(actor, "remove_passkey", id, account.place, &json!({})),
        ];
        let batch = self.with_notice(batch, account, Notice::PasskeyRemoved).await?;
        match self.store().apply(batch).await {
            Err(StoreError::Conflict(Conflict::Missing(_))) => Err(AppError::NotFound("passkey")),
            other => Ok(other?),
        }
    }
}

/// Two tabs, or somebody who listened: the second hears that it was used.
fn used_before(error: AppError) -> AppError {
    match error {
        AppError::Conflict(Conflict::Exists("code") | Conflict::Stale("code" | "passkey")) => {
            AppError::field("", "passkey-over")
        }
        AppError::Conflict(Conflict::Exists("passkey")) => AppError::field("", "passkey-known"),
        other => other,
    }
}
