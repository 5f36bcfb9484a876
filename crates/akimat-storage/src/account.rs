//! Accounts and sessions.

use crate::credential::{ProviderSession, SignInWay};
use crate::{Page, PageRequest, Result};
use akimat_core::{AccountId, KatoCode, Role};
use async_trait::async_trait;
use jiff::Timestamp;

/// A person's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Identifier.
    pub id: AccountId,
    /// Folded to lower case; unique.
    pub login: String,
    /// Shown beside comments.
    pub display_name: String,
    /// What it is for.
    pub role: Role,
    /// Where: the role holds in this territory and below it; `None` for everywhere.
    pub place: Option<KatoCode>,
    /// Office in whose name an official speaks; empty for residents.
    pub office: String,
    /// Can no longer sign in.
    pub disabled: bool,
    /// When it was opened.
    pub created_at: Timestamp,
    /// Roles beside its own that are in force; empty as the database answers, filled where somebody signs in.
    pub grants: Vec<crate::RoleGrant>,
}

/// An account with what proves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// The account.
    pub account: Account,
    /// Argon2id hash in the PHC string format.
    pub password_hash: String,
}

/// SHA-256 of a session token: the token itself is only in the person's browser.
pub type TokenHash = [u8; 32];

/// A signed-in browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Hash of its token.
    pub token_hash: TokenHash,
    /// Whose.
    pub account: AccountId,
    /// When it began.
    pub created_at: Timestamp,
    /// When it ends by itself.
    pub expires_at: Timestamp,
    /// Such as `Firefox, Linux`; empty when the browser did not tell.
    pub device: String,
    /// How it began.
    pub way: SignInWay,
    /// When it was last used, to ten minutes.
    pub seen_at: Timestamp,
    /// The session at the identity provider that began it.
    pub provider: ProviderSession,
}

impl Session {
    /// By what its person names it on the page of sessions: half of the hash, of no use for signing in.
    pub fn public_id(&self) -> uuid::Uuid {
        let mut half = [0; 16];
        half.copy_from_slice(&self.token_hash[..16]);
        uuid::Uuid::from_bytes(half)
    }
}

/// Reads accounts.
#[async_trait]
pub trait AccountRead: Send + Sync {
    /// An account.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_account(&self, id: AccountId) -> Result<Option<Account>>;

    /// An account with its password hash, by its folded login.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_credentials(&self, login: &str) -> Result<Option<Credentials>>;

    /// The account of a session that has not ended at `now` and is not disabled.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_session_account(&self, token: &TokenHash, now: Timestamp) -> Result<Option<Account>>;

    /// A session that has not ended at `now`.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_session(&self, token: &TokenHash, now: Timestamp) -> Result<Option<Session>>;

    /// The sessions of an account that have not ended at `now`, the latest used first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_sessions(&self, account: AccountId, now: Timestamp) -> Result<Vec<Session>>;

    /// All accounts by identifier.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_accounts(&self, page: &PageRequest) -> Result<Page<Account>>;
}
