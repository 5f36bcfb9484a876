//! Devices, second factors, passkeys and identities at providers: what lets a person in beside the password.

use crate::{Result, TokenHash};
use akimat_core::AccountId;
use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

/// How somebody signed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum SignInWay {
    /// With the password.
    #[default]
    Password,
    /// With a code that was sent.
    Code,
    /// With a passkey.
    Passkey,
    /// By an identity provider.
    Provider,
}

impl SignInWay {
    /// Every way.
    pub const ALL: [Self; 4] = [Self::Password, Self::Code, Self::Passkey, Self::Provider];

    /// The name in tables and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Code => "code",
            Self::Passkey => "passkey",
            Self::Provider => "provider",
        }
    }

    /// Reads the name used in tables.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.code() == code)
    }
}

/// The session at an identity provider behind a session here; empty texts when there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProviderSession {
    /// The provider.
    pub issuer: String,
    /// The person there.
    pub subject: String,
    /// The session there; empty when the provider does not tell.
    pub session: String,
}

/// A browser that an account has signed in from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownDevice {
    /// Whose.
    pub account: AccountId,
    /// SHA-256 of what the browser keeps.
    pub device_hash: TokenHash,
    /// Such as `Firefox, Linux`.
    pub words: String,
    /// First sign-in from it.
    pub first_seen_at: Timestamp,
    /// Last sign-in from it.
    pub last_seen_at: Timestamp,
}

/// A second factor by time (RFC 6238).
#[derive(Clone, PartialEq, Eq)]
pub struct SecondFactor {
    /// Whose.
    pub account: AccountId,
    /// The secret, sealed with a key outside the database.
    pub secret: Vec<u8>,
    /// When it was set up.
    pub created_at: Timestamp,
    /// When a first code showed that the person's device has it; not asked for before.
    pub confirmed_at: Option<Timestamp>,
    /// The latest step of time whose code was used: none works twice.
    pub last_step: i64,
}

impl std::fmt::Debug for SecondFactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut factor = f.debug_struct("SecondFactor");
        factor
            .field("account", &self.account)
            .field("confirmed_at", &self.confirmed_at)
            .finish_non_exhaustive()
    }
}

/// A key that a device keeps (WebAuthn); here is what checks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passkey {
    /// Identifier.
    pub id: Uuid,
    /// Whose.
    pub account: AccountId,
    /// As the device names the key.
    pub credential_id: Vec<u8>,
    /// The public key as the device gave it: a COSE key (RFC 9052) of ES256, EdDSA or RS256.
    pub public_key: Vec<u8>,
    /// The device's counter of signatures; stays 0 with devices that have none.
    pub sign_count: u32,
    /// What the person calls it.
    pub name: String,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it last signed in.
    pub last_used_at: Option<Timestamp>,
}

/// Who an account is at an identity provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderIdentity {
    /// The provider.
    pub issuer: String,
    /// The person there.
    pub subject: String,
    /// The account here.
    pub account: AccountId,
    /// Level of assurance that the provider last told, 1 to 3.
    pub level: u8,
    /// Since when.
    pub linked_at: Timestamp,
}

/// How far the removal of a lost second factor came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ResetState {
    /// One administrator asked; another must confirm.
    Waiting,
    /// Confirmed: the second factor is gone.
    Done,
    /// Refused or withdrawn.
    Refused,
}

impl ResetState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Done, Self::Refused];

    /// The name in tables and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Done => "done",
            Self::Refused => "refused",
        }
    }

    /// Reads the name used in tables.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// A lost second factor that administrators remove: one asks, another confirms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactorReset {
    /// Identifier.
    pub id: Uuid,
    /// Whose second factor.
    pub account: AccountId,
    /// How the person showed who it is.
    pub reason: String,
    /// Who asked; `None` once that person is erased.
    pub asked_by: Option<AccountId>,
    /// Office or name.
    pub asked_by_name: String,
    /// When.
    pub asked_at: Timestamp,
    /// How far it came.
    pub state: ResetState,
    /// Who confirmed or refused.
    pub ended_by: Option<AccountId>,
    /// Office or name.
    pub ended_by_name: String,
    /// When.
    pub ended_at: Option<Timestamp>,
}

/// What changes devices, second factors, passkeys, identities, and passwords and sessions beyond their beginning.
#[derive(Clone, Debug)]
pub enum CredentialChange {
    /// Sets the Argon2id hash of an account's password.
    SetPassword(AccountId, String),
    /// Notes that a session was used.
    SeeSession(TokenHash, Timestamp),
    /// Ends the sessions of an account, but for one when it is named.
    RemoveSessions(AccountId, Option<TokenHash>),
    /// Ends the sessions that a provider began: of one session there, or of everything of a person there.
    RemoveProviderSessions(ProviderSession),
    /// Notes a sign-in from a device; the first instant stays.
    PutDevice(KnownDevice),
    /// Forgets the devices of an account.
    RemoveDevices(AccountId),
    /// Sets a second factor up; one that is not confirmed is replaced, a confirmed one is [`crate::Conflict::Stale`].
    PutSecondFactor(SecondFactor),
    /// A first code showed that the device has the secret: this step is used. Stale when it is confirmed already.
    ConfirmSecondFactor {
        /// Whose.
        account: AccountId,
        /// The step of time.
        step: i64,
        /// Now.
        at: Timestamp,
    },
    /// Uses the code of a step of time up. [`crate::Conflict::Stale`] unless it is later than every used one.
    UseSecondFactor(AccountId, i64),
    /// Removes a second factor with its recovery codes.
    RemoveSecondFactor(AccountId),
    /// Sets the recovery codes of an account in place of all former ones.
    PutRecoveryCodes(AccountId, Vec<TokenHash>),
    /// Uses a recovery code up, once. [`crate::Conflict::Stale`] when it is unknown or used.
    UseRecoveryCode(AccountId, TokenHash, Timestamp),
    /// Adds a passkey; one whose credential is known is a conflict.
    AddPasskey(Passkey),
    /// Notes a sign-in with a passkey. Stale when the counter does not rise, unless both are 0.
    UsePasskey {
        /// The passkey.
        id: Uuid,
        /// The device's counter.
        sign_count: u32,
        /// Now.
        at: Timestamp,
    },
    /// Removes a passkey of an account; one that is not the account's is missing.
    RemovePasskey(Uuid, AccountId),
    /// Says who an account is at a provider; one that is linked already keeps its account and learns the level.
    PutIdentity(ProviderIdentity),
    /// Ends the link of an account with a provider.
    RemoveIdentity(AccountId, String),
    /// An administrator asks that a lost second factor be removed; a second one that waits is a conflict.
    AddFactorReset(FactorReset),
    /// Ends what waits, as the given one says. [`crate::Conflict::Stale`] when it waits no longer.
    EndFactorReset(FactorReset),
}

/// Reads devices, second factors, passkeys and identities.
#[async_trait]
pub trait CredentialRead: Send + Sync {
    /// The devices of an account, the latest used first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_devices(&self, account: AccountId) -> Result<Vec<KnownDevice>>;

    /// The second factor of an account, confirmed or not.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_second_factor(&self, account: AccountId) -> Result<Option<SecondFactor>>;

    /// How many recovery codes of an account are not used yet.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn count_recovery_codes(&self, account: AccountId) -> Result<u64>;

    /// The passkeys of an account, the oldest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_passkeys(&self, account: AccountId) -> Result<Vec<Passkey>>;

    /// A passkey by what the device calls it.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_passkey(&self, credential_id: &[u8]) -> Result<Option<Passkey>>;

    /// Who somebody at a provider is here.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_provider_identity(&self, issuer: &str, subject: &str) -> Result<Option<ProviderIdentity>>;

    /// The identities of an account.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_provider_identities(&self, account: AccountId) -> Result<Vec<ProviderIdentity>>;

    /// Removals of second factors of an account, the newest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_factor_resets(&self, account: AccountId) -> Result<Vec<FactorReset>>;

    /// One of them.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_factor_reset(&self, id: Uuid) -> Result<Option<FactorReset>>;

    /// Those that wait for a second administrator, the oldest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_waiting_factor_resets(&self) -> Result<Vec<FactorReset>>;
}
