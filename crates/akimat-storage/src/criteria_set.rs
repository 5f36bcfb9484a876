//! By what the projects of a territory are judged in a year: versions of criteria, and who approved them.

use crate::Result;
use akimat_core::{AccountId, KatoCode};
use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

/// How far a set of criteria has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CriteriaState {
    /// Being written; it may change.
    Draft,
    /// Approved by a head; it never changes again.
    Approved,
    /// A draft that was given up.
    Withdrawn,
}

/// One version of the criteria of a territory and year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CriteriaSet {
    /// Identifier.
    pub id: Uuid,
    /// Territory.
    pub place: KatoCode,
    /// Year of the programme that is judged by it.
    pub year: i16,
    /// From 1 within the territory and year.
    pub version: u32,
    /// How far it has come.
    pub state: CriteriaState,
    /// Raised by one with every change of the draft; a form sends back the one it was shown.
    pub edit: u32,
    /// Made of invented data.
    pub invented: bool,
    /// Criteria with units, bounds, value functions and weights: JSON, its format is `akimat-app`'s
    /// `CriteriaDocument`.
    pub document: String,
    /// Who wrote it.
    pub created_by: AccountId,
    /// Office and name of who wrote it.
    pub created_by_name: String,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Office and name of the head who approved it; `None` before.
    pub approved_by: Option<String>,
    /// When it was approved.
    pub approved_at: Option<Timestamp>,
}

impl CriteriaState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Approved, Self::Withdrawn];

    /// The name in tables, addresses and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Approved => "approved",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads the name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

impl CriteriaSet {
    /// The longest document in bytes.
    pub const DOCUMENT_BYTES_MAX: usize = 256 * 1024;
}

/// Reads sets of criteria.
#[async_trait]
pub trait CriteriaSetRead: Send + Sync {
    /// Every version of a territory (`None`: of all), by territory, the latest year and version first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_criteria_sets(&self, place: Option<KatoCode>) -> Result<Vec<CriteriaSet>>;

    /// One version.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_criteria_set(&self, id: Uuid) -> Result<Option<CriteriaSet>>;
}
