//! What people say about findings: a person explains or dismisses one, with a reason, on record.

use crate::Result;
use akimat_core::KatoCode;
use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

/// What a person says about a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The figures are right, and here is why they look like this.
    Explained,
    /// The finding is mistaken.
    Dismissed,
    /// An earlier explanation or dismissal does not hold.
    Reopened,
}

/// One entry of the record of a finding. It never changes; the newest entry counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingNote {
    /// Identifier.
    pub id: Uuid,
    /// Stable identifier of the finding: 32 hexadecimal digits made of what it states.
    pub finding: String,
    /// The unit that the finding is about.
    pub place: KatoCode,
    /// What the person says.
    pub verdict: Verdict,
    /// Why, in the person's words; never empty.
    pub reason: String,
    /// Office and name of the person.
    pub written_by: String,
    /// When.
    pub written_at: Timestamp,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 3] = [Self::Explained, Self::Dismissed, Self::Reopened];

    /// The name in tables, forms and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Explained => "explained",
            Self::Dismissed => "dismissed",
            Self::Reopened => "reopened",
        }
    }

    /// Reads the name used in tables and forms.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.code() == code)
    }
}

/// Reads what people said about findings.
#[async_trait]
pub trait FindingNoteRead: Send + Sync {
    /// The record of one finding, oldest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_finding_notes(&self, finding: &str) -> Result<Vec<FindingNote>>;

    /// The newest note of every finding about a territory and what is below it (`None`: of all), by finding.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_latest_finding_notes(&self, place: Option<KatoCode>) -> Result<Vec<FindingNote>>;
}
