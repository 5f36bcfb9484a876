//! The audit record: who did what, when.

use crate::{Page, PageRequest, Result};
use akimat_core::{AccountId, KatoCode};
use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

/// One act of a person, written in the same transaction as the act itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRecord {
    /// Identifier, time-ordered.
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// Who; `None` for the platform itself and its command line.
    pub actor: Option<AccountId>,
    /// The use case, such as `hide_comment`.
    pub verb: String,
    /// Identifier of what it was done to.
    pub subject: String,
    /// Territory.
    pub place: Option<KatoCode>,
    /// Facts of the act as JSON, without personal data.
    pub detail: String,
}

/// Reads the audit record.
#[async_trait]
pub trait AuditRead: Send + Sync {
    /// Records, newest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_audit(&self, page: &PageRequest) -> Result<Page<AuditRecord>>;
}
