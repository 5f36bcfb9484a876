//! What was predicted about projects, and what persons decided about it.

use crate::PostgresStore;
use crate::db::Db;
use akimat_core::{KatoCode, ProjectId};
use akimat_storage::outcome_prediction::{OutcomeDecision, OutcomePrediction, OutcomePredictionRead};
use akimat_storage::row::finding_note::span;
use akimat_storage::row::{marks, outcome_prediction as row};
use akimat_storage::{Conflict, Result, args};
use async_trait::async_trait;
use std::sync::LazyLock;
use uuid::Uuid;

static INSERT: LazyLock<String> = LazyLock::new(|| {
    format!("insert into outcome_predictions ({}) values ({})", row::COLUMNS, marks('$', row::COLUMNS))
});
static DECIDE: LazyLock<String> = LazyLock::new(|| {
    format!("insert into outcome_decisions ({}) values ({})", row::DECISION, marks('$', row::DECISION))
});
static FIND: LazyLock<String> =
    LazyLock::new(|| format!("select {} from outcome_predictions where id = $1", row::COLUMNS));
static RECORD: LazyLock<String> = LazyLock::new(|| {
    format!("select {} from outcome_predictions where project = $1 order by published_at, id", row::COLUMNS)
});
static FIRST: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select {} from (
             select *, row_number() over (
                 partition by project, target order by published_at, id
             ) as nth
             from outcome_predictions where place between $1 and $2
         ) as predictions where nth = 1 order by project, target",
        row::COLUMNS
    )
});
const DECISIONS: &str = "select d.id, d.prediction, d.verdict, d.reason, d.decided_by, d.decided_at
     from outcome_decisions d join outcome_predictions p on p.id = d.prediction
     where p.project = $1 order by d.decided_at, d.id";

#[async_trait]
impl OutcomePredictionRead for PostgresStore {
    async fn find_outcome_prediction(&self, id: Uuid) -> Result<Option<OutcomePrediction>> {
        let client = self.client().await?;
        self.db(&client).row(&FIND, &args![id], row::read).await
    }

    async fn list_outcome_predictions(&self, project: ProjectId) -> Result<Vec<OutcomePrediction>> {
        let client = self.client().await?;
        self.db(&client).rows(&RECORD, &args![project.0], row::read).await
    }

    async fn list_first_outcome_predictions(
        &self,
        place: Option<KatoCode>,
    ) -> Result<Vec<OutcomePrediction>> {
        let (first, last) = span(place);
        let client = self.client().await?;
        self.db(&client).rows(&FIRST, &args![first, last], row::read).await
    }

    async fn list_outcome_decisions(&self, project: ProjectId) -> Result<Vec<OutcomeDecision>> {
        let client = self.client().await?;
        self.db(&client).rows(DECISIONS, &args![project.0], row::read_decision).await
    }
}

/// [`akimat_storage::Change::AddOutcomePrediction`].
pub(crate) async fn add(db: &Db<'_>, prediction: &OutcomePrediction) -> Result<()> {
    db.execute(&INSERT, &row::args(prediction)).await.map(|_| ())
}

/// [`akimat_storage::Change::AddOutcomeDecision`].
pub(crate) async fn decide(db: &Db<'_>, decision: &OutcomeDecision) -> Result<()> {
    if db.row(&FIND, &args![decision.prediction], row::read).await?.is_none() {
        return Err(Conflict::Missing("prediction").into());
    }
    db.execute(&DECIDE, &row::decision_args(decision)).await.map(|_| ())
}
