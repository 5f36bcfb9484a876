//! Roles that somebody holds in a territory for a time, beside what the account itself is for.

use crate::Result;
use akimat_core::{AccountId, KatoCode, Role};
use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

/// A role in a territory and below it, for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleGrant {
    /// Identifier.
    pub id: Uuid,
    /// Who holds it.
    pub account: AccountId,
    /// Which role.
    pub role: Role,
    /// Here and below.
    pub place: KatoCode,
    /// Office in whose name the person then speaks; empty for none.
    pub office: String,
    /// Who gave it.
    pub granted_by: Option<AccountId>,
    /// Office or name.
    pub granted_by_name: String,
    /// It is a part of the giver's own role, handed on.
    pub delegated: bool,
    /// Why.
    pub reason: String,
    /// First instant.
    pub valid_from: Timestamp,
    /// First instant after.
    pub valid_until: Timestamp,
    /// When it was given.
    pub granted_at: Timestamp,
    /// When it was taken back.
    pub revoked_at: Option<Timestamp>,
}

impl RoleGrant {
    /// It is in force at `now`.
    pub fn holds(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && self.valid_from <= now && now < self.valid_until
    }
}

/// Reads grants.
#[async_trait]
pub trait RoleGrantRead: Send + Sync {
    /// Grants to an account, the newest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_role_grants(&self, account: AccountId) -> Result<Vec<RoleGrant>>;

    /// Grants by an account, the newest first, 500 at most.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_grants_by(&self, giver: AccountId) -> Result<Vec<RoleGrant>>;

    /// One grant.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_role_grant(&self, id: Uuid) -> Result<Option<RoleGrant>>;
}
