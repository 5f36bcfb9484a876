//! Exercises in dividing a budget.

use crate::SqliteStore;
use crate::db::Db;
use akimat_participation::exercise::Exercise;
use akimat_storage::exercise::{ExerciseAnswer, ExerciseChange, ExerciseRead};
use akimat_storage::row::exercise::{self as row, sql};
use akimat_storage::row::read_int;
use akimat_storage::{Conflict, Result, args};
use async_trait::async_trait;
use uuid::Uuid;

#[async_trait]
impl ExerciseRead for SqliteStore {
    async fn list_exercises(&self) -> Result<Vec<Exercise>> {
        self.read(move |db| db.rows(sql::LIST, &[], row::read)).await
    }

    async fn find_exercise_by_code(&self, code: &str) -> Result<Option<Exercise>> {
        let code = code.to_owned();
        self.read(move |db| db.row(sql::BY_CODE, &args![code.as_str()], row::read)).await
    }

    async fn exercise_turns(&self, exercise: Uuid) -> Result<u64> {
        let n = self.read(move |db| db.row(sql::TURNS, &args![exercise], read_int)).await?;
        Ok(n.and_then(|n| u64::try_from(n).ok()).unwrap_or_default())
    }

    async fn count_exercise_answers(&self, exercise: Uuid) -> Result<u64> {
        let n = self.read(move |db| db.row(sql::COUNT, &args![exercise], read_int)).await?;
        Ok(n.and_then(|n| u64::try_from(n).ok()).unwrap_or_default())
    }

    async fn find_exercise_answer(&self, exercise: Uuid, person: [u8; 32]) -> Result<Option<ExerciseAnswer>> {
        self.read(move |db| db.row(sql::ANSWER, &args![exercise, person.as_slice()], row::read_answer)).await
    }

    async fn list_exercise_answers(&self, exercise: Uuid) -> Result<Vec<ExerciseAnswer>> {
        self.read(move |db| db.rows(sql::ANSWERS, &args![exercise], row::read_answer)).await
    }
}

/// [`akimat_storage::Change::Exercise`].
pub(crate) fn apply(db: &Db, change: &ExerciseChange) -> Result<()> {
    if let ExerciseChange::Add(exercise) = change
        && db.row(sql::TAKEN, &args![exercise.code.as_str()], read_int)?.is_some()
    {
        return Err(Conflict::Exists("exercise").into());
    }
    for (sql, args, untouched) in row::steps(change) {
        if let (0, Some(conflict)) = (db.execute(sql, &args)?, untouched) {
            return Err(conflict.into());
        }
    }
    Ok(())
}
