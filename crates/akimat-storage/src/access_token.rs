//! Keys by which systems of an office speak for an account.

use crate::{Account, Result, TokenHash};
use akimat_core::AccountId;
use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

/// A key; the key itself is only with the system that uses it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessToken {
    /// Identifier.
    pub id: Uuid,
    /// For whom the system speaks.
    pub account: AccountId,
    /// Which system it is for.
    pub name: String,
    /// Hash of the key.
    pub token_hash: TokenHash,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends by itself.
    pub expires_at: Timestamp,
    /// When it was withdrawn.
    pub revoked_at: Option<Timestamp>,
}

/// Reads keys.
#[async_trait]
pub trait AccessTokenRead: Send + Sync {
    /// The account of a key that is neither withdrawn nor over at `now`, and whose account is not disabled.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_token_account(&self, token: &TokenHash, now: Timestamp) -> Result<Option<Account>>;

    /// The keys of an account, the newest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_access_tokens(&self, account: AccountId) -> Result<Vec<AccessToken>>;
}
