//! Decisions on portfolios.

use crate::{Page, PageRequest, Result};
use akimat_core::{DecisionId, KatoCode};
use async_trait::async_trait;
use jiff::Timestamp;

/// A published decision. It never changes; a later decision supersedes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Identifier.
    pub id: DecisionId,
    /// Territory.
    pub place: KatoCode,
    /// First year of the plan.
    pub year: i16,
    /// Office and name of who decided.
    pub decided_by: String,
    /// When.
    pub decided_at: Timestamp,
    /// Why, in the words of who decided; never empty when the recommendation was changed.
    pub reason: String,
    /// The person changed the recommendation.
    pub changed: bool,
    /// What was asked, computed and decided, with the reason of every project: JSON, its format is
    /// `akimat-app`'s `ProgrammeRecord`.
    pub document: String,
}

/// Reads decisions.
#[async_trait]
pub trait DecisionRead: Send + Sync {
    /// Decisions in a territory and below (`None`: everywhere), newest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_decisions(&self, place: Option<KatoCode>, page: &PageRequest) -> Result<Page<Decision>>;

    /// One decision.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_decision(&self, id: DecisionId) -> Result<Option<Decision>>;
}
