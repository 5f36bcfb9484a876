//! Columns of predictions about projects and of the decisions about them.

use super::{Arg, Columns};
use crate::outcome_prediction::{OutcomeDecision, OutcomePrediction, OutcomeVerdict};
use crate::{Result, args};
use akimat_core::ProjectId;

/// What [`read`] reads and [`args`] writes.
pub const COLUMNS: &str = "id, project, place, target, probability_e4, point_e4, class, n_class, model, data_on, \
                           document, published_by, published_at";

/// What [`read_decision`] reads and [`decision_args`] writes.
pub const DECISION: &str = "id, prediction, verdict, reason, decided_by, decided_at";

/// Values of [`COLUMNS`].
pub fn args(prediction: &OutcomePrediction) -> Vec<Arg<'_>> {
    args![
        prediction.id,
        prediction.project.0,
        prediction.place,
        prediction.target.as_str(),
        prediction.probability_e4,
        prediction.point_e4,
        prediction.class.as_str(),
        prediction.n_class,
        prediction.model.as_str(),
        prediction.data_on,
        prediction.document.as_str(),
        prediction.published_by.as_str(),
        prediction.published_at,
    ]
    .into()
}

/// A prediction out of [`COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read(row: &mut Columns<'_>) -> Result<OutcomePrediction> {
    Ok(OutcomePrediction {
        id: row.uuid()?,
        project: ProjectId(row.uuid()?),
        place: row.kato()?,
        target: row.string()?,
        probability_e4: row.int_opt()?,
        point_e4: row.int_opt()?,
        class: row.string()?,
        n_class: row.int()?,
        model: row.string()?,
        data_on: row.date()?,
        document: row.string()?,
        published_by: row.string()?,
        published_at: row.instant()?,
    })
}

/// Values of [`DECISION`].
pub fn decision_args(decision: &OutcomeDecision) -> Vec<Arg<'_>> {
    args![
        decision.id,
        decision.prediction,
        decision.verdict.code(),
        decision.reason.as_str(),
        decision.decided_by.as_str(),
        decision.decided_at,
    ]
    .into()
}

/// A decision out of [`DECISION`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_decision(row: &mut Columns<'_>) -> Result<OutcomeDecision> {
    Ok(OutcomeDecision {
        id: row.uuid()?,
        prediction: row.uuid()?,
        verdict: row.code(OutcomeVerdict::parse)?,
        reason: row.string()?,
        decided_by: row.string()?,
        decided_at: row.instant()?,
    })
}
