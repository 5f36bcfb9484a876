//! What members of a commission say about projects under the criteria of a set.
//!
//! A score is never changed: a better one is the next version, and a withdrawn one is a version without values.

use crate::Result;
use akimat_core::{AccountId, ProjectId};
use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

/// A point with the range that the scorer is sure of, in ten-thousandths of the unit of the criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ScoreRange {
    /// Lowest value that the scorer holds possible.
    pub low: i64,
    /// Best estimate.
    pub point: i64,
    /// Highest value that the scorer holds possible.
    pub high: i64,
}

/// One version of what one person says about one project under one criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// The set of criteria.
    pub criteria_set: Uuid,
    /// The project.
    pub project: ProjectId,
    /// Code of the criterion within the set.
    pub criterion: String,
    /// The person.
    pub scorer: AccountId,
    /// From 1; each is one more than the last.
    pub version: u32,
    /// Office and name of the person as it was then.
    pub scorer_name: String,
    /// The value; `None` when the score is withdrawn.
    pub value: Option<ScoreRange>,
    /// Why, in the person's words; may be empty.
    pub note: String,
    /// When.
    pub at: Timestamp,
}

/// Reads scores.
#[async_trait]
pub trait ScoreRead: Send + Sync {
    /// The last version of every score under these sets, also of withdrawn ones, by set, project, criterion and
    /// scorer.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_scores(&self, sets: &[Uuid]) -> Result<Vec<Score>>;

    /// Every version of every score of a project, oldest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_score_history(&self, project: ProjectId) -> Result<Vec<Score>>;
}
