//! Appraisals of projects: what they cost and bring over the years, who says so, and every earlier version.

use crate::Result;
use akimat_core::{KatoCode, Money, ProjectId};
use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

/// Who put a name under a version, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Office and name of the person.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// One version of the appraisal of a project. Saving makes a new version; a version never changes but for
/// its signature, which is given once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appraisal {
    /// Identifier.
    pub id: Uuid,
    /// The project.
    pub project: ProjectId,
    /// Its territory on that day.
    pub place: KatoCode,
    /// 1 for the first version of a project, then one more each time.
    pub version: u32,
    /// Net present value; `None` when the document has none (no benefit in money).
    pub npv: Option<Money>,
    /// Net present value with every impact at its unfavourable end.
    pub npv_low: Option<Money>,
    /// Net present value with every impact at its favourable end.
    pub npv_high: Option<Money>,
    /// Benefit-cost ratio in ten-thousandths.
    pub bcr_e4: Option<i64>,
    /// Everything that was entered: JSON, its format is `akimat-appraisal`'s `Document`.
    pub document: String,
    /// Who drafted this version, and when.
    pub drafted: Signature,
    /// Who signed it; `None` for a draft.
    pub signed: Option<Signature>,
}

/// Reads appraisals.
#[async_trait]
pub trait AppraisalRead: Send + Sync {
    /// One version.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_appraisal(&self, id: Uuid) -> Result<Option<Appraisal>>;

    /// Every version of the appraisal of a project, the first version first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_appraisals(&self, project: ProjectId) -> Result<Vec<Appraisal>>;

    /// The last version of each project in a territory and below it (`None`: everywhere), by project; only
    /// signed versions count when `signed`.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_latest_appraisals(&self, place: Option<KatoCode>, signed: bool) -> Result<Vec<Appraisal>>;
}
