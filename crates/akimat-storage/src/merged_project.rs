//! Projects that were registered twice and became one.

use crate::Result;
use akimat_core::{AccountId, KatoCode, ProjectId};
use async_trait::async_trait;
use jiff::Timestamp;

/// A project that is no more because it was the same as another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergedProject {
    /// The project that is no more.
    pub former: ProjectId,
    /// Version of its last record.
    pub version: u32,
    /// Territory in its last record.
    pub place: KatoCode,
    /// Number in its last record.
    pub number: String,
    /// The project that stays.
    pub into: ProjectId,
    /// Territory of the project that stays.
    pub into_place: KatoCode,
    /// Why they are the same.
    pub reason: String,
    /// Who said so.
    pub by: Option<AccountId>,
    /// Office and name of who said so.
    pub by_name: String,
    /// When.
    pub at: Timestamp,
    /// The last record and all moves of the project that is no more, JSON.
    pub record: String,
}

/// Reads projects that became one with another.
#[async_trait]
pub trait MergedProjectRead: Send + Sync {
    /// What became of a project that is no more.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_merged_project(&self, former: ProjectId) -> Result<Option<MergedProject>>;

    /// The projects that became one with a project, the last first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_merged_projects(&self, into: ProjectId) -> Result<Vec<MergedProject>>;

    /// Projects that are no more, by territory and number of their last records.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_merged_by_number(&self, numbers: &[(KatoCode, String)]) -> Result<Vec<MergedProject>>;
}
