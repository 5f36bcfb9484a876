//! What was predicted about projects, as it was published, and what persons decided about it.

use crate::Result;
use akimat_core::{KatoCode, ProjectId};
use async_trait::async_trait;
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

/// A prediction about one project, as published. It never changes; a later one stands beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomePrediction {
    /// Identifier.
    pub id: Uuid,
    /// The project.
    pub project: ProjectId,
    /// Its territory on that day.
    pub place: KatoCode,
    /// What is predicted: the code of a target of `akimat-outcome` (`delay`, `cost_growth`, `completed`).
    pub target: String,
    /// Chance of the event of the target (late, dearer than planned, completed), in ten-thousandths; `None`:
    /// refused.
    pub probability_e4: Option<i64>,
    /// Median in ten-thousandths of the unit of the target; `None` for an event without a measure, or refused.
    pub point_e4: Option<i64>,
    /// Class of finished projects it leans on, as a path of codes such as `transport/large`.
    pub class: String,
    /// Finished projects in that class.
    pub n_class: u32,
    /// Name and version of the model.
    pub model: String,
    /// Last day whose facts were used.
    pub data_on: Date,
    /// Quantiles, attribution, neighbours and warnings: JSON, its format is `akimat-app`'s `OutcomeDocument`.
    pub document: String,
    /// Office and name of who published it.
    pub published_by: String,
    /// When.
    pub published_at: Timestamp,
}

/// What a person decided about a prediction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OutcomeVerdict {
    /// The prediction is taken into account as it is.
    Accepted,
    /// The prediction does not fit this project, and here is why.
    SetAside,
    /// Something was done because of it.
    ActedOn,
}

impl OutcomeVerdict {
    /// Every verdict.
    pub const ALL: [Self; 3] = [Self::Accepted, Self::SetAside, Self::ActedOn];

    /// The name in tables, forms and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::SetAside => "set_aside",
            Self::ActedOn => "acted_on",
        }
    }

    /// Reads the name used in tables and forms.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.code() == code)
    }
}

/// One decision about a prediction. It never changes; the newest counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeDecision {
    /// Identifier.
    pub id: Uuid,
    /// The prediction.
    pub prediction: Uuid,
    /// What was decided.
    pub verdict: OutcomeVerdict,
    /// Why, in the person's words; never empty.
    pub reason: String,
    /// Office and name of the person.
    pub decided_by: String,
    /// When.
    pub decided_at: Timestamp,
}

/// Reads predictions about projects.
#[async_trait]
pub trait OutcomePredictionRead: Send + Sync {
    /// One prediction.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_outcome_prediction(&self, id: Uuid) -> Result<Option<OutcomePrediction>>;

    /// Everything that was ever predicted about a project, oldest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_outcome_predictions(&self, project: ProjectId) -> Result<Vec<OutcomePrediction>>;

    /// The first prediction of each project and target in a territory and below it (`None`: everywhere), by project
    /// and target: the one that knew least, which is held against what came out.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_first_outcome_predictions(&self, place: Option<KatoCode>)
    -> Result<Vec<OutcomePrediction>>;

    /// Every decision about the predictions of a project, oldest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_outcome_decisions(&self, project: ProjectId) -> Result<Vec<OutcomeDecision>>;
}
