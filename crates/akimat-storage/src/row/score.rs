//! Columns of scores.

use super::{Arg, Columns, odd};
use crate::score::{Score, ScoreRange};
use crate::{Result, args};
use akimat_core::{AccountId, ProjectId};

/// What [`read`] reads and [`args`] writes.
pub const COLUMNS: &str =
    "criteria_set, project, criterion, scorer, version, scorer_name, low, point, high, note, at";

/// Values of [`COLUMNS`].
pub fn args(score: &Score) -> Vec<Arg<'_>> {
    args![
        score.criteria_set,
        score.project.0,
        score.criterion.as_str(),
        score.scorer.0,
        score.version,
        score.scorer_name.as_str(),
        score.value.map(|value| value.low),
        score.value.map(|value| value.point),
        score.value.map(|value| value.high),
        score.note.as_str(),
        score.at,
    ]
    .into()
}

/// A score out of [`COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read(row: &mut Columns<'_>) -> Result<Score> {
    Ok(Score {
        criteria_set: row.uuid()?,
        project: ProjectId(row.uuid()?),
        criterion: row.string()?,
        scorer: AccountId(row.uuid()?),
        version: row.int()?,
        scorer_name: row.string()?,
        value: match (row.int_opt()?, row.int_opt()?, row.int_opt()?) {
            (Some(low), Some(point), Some(high)) => Some(ScoreRange { low, point, high }),
            (None, None, None) => None,
            _ => return Err(odd("a score has half a range")),
        },
        note: row.string()?,
        at: row.instant()?,
    })
}
