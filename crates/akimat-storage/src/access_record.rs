//! Who looked at whose record, and why: shown to the person it is about.

use crate::{Page, PageRequest, Result};
use akimat_core::AccountId;
use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

/// One look at a person's record, or one act on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessRecord {
    /// Identifier, time-ordered.
    pub id: Uuid,
    /// Whose record.
    pub subject: AccountId,
    /// Who looked; `None` for the platform's own command line and for those who are erased.
    pub reader: Option<AccountId>,
    /// Office or name.
    pub reader_name: String,
    /// What was done: a code, such as `look`.
    pub act: String,
    /// Why, in words.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// Reads looks.
#[async_trait]
pub trait AccessRecordRead: Send + Sync {
    /// Looks at a person's record, newest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_access_records(&self, subject: AccountId, page: &PageRequest)
    -> Result<Page<AccessRecord>>;
}
