//! Exercises in dividing a budget.

use crate::PostgresStore;
use crate::db::Db;
use akimat_participation::exercise::Exercise;
use akimat_storage::exercise::{ExerciseAnswer, ExerciseChange, ExerciseRead};
use akimat_storage::row::exercise::{self as row, sql};
use akimat_storage::row::read_int;
use akimat_storage::{Conflict, Result, args};
use async_trait::async_trait;
use uuid::Uuid;

#[async_trait]
impl ExerciseRead for PostgresStore {
    async fn list_exercises(&self) -> Result<Vec<Exercise>> {
        self.db(&self.client().await?).rows(&dollars(sql::LIST), &[], row::read).await
    }

    async fn find_exercise_by_code(&self, code: &str) -> Result<Option<Exercise>> {
        self.db(&self.client().await?).row(&dollars(sql::BY_CODE), &args![code], row::read).await
    }

    async fn exercise_turns(&self, exercise: Uuid) -> Result<u64> {
        let n = self.db(&self.client().await?).row(&dollars(sql::TURNS), &args![exercise], read_int).await?;
        Ok(n.and_then(|n| u64::try_from(n).ok()).unwrap_or_default())
    }

    async fn count_exercise_answers(&self, exercise: Uuid) -> Result<u64> {
        let n = self.db(&self.client().await?).row(&dollars(sql::COUNT), &args![exercise], read_int).await?;
        Ok(n.and_then(|n| u64::try_from(n).ok()).unwrap_or_default())
    }

    async fn find_exercise_answer(&self, exercise: Uuid, person: [u8; 32]) -> Result<Option<ExerciseAnswer>> {
        self.db(&self.client().await?)
            .row(&dollars(sql::ANSWER), &args![exercise, person.as_slice()], row::read_answer)
            .await
    }

    async fn list_exercise_answers(&self, exercise: Uuid) -> Result<Vec<ExerciseAnswer>> {
        self.db(&self.client().await?).rows(&dollars(sql::ANSWERS), &args![exercise], row::read_answer).await
    }
}

/// [`akimat_storage::Change::Exercise`].
pub(crate) async fn apply(db: &Db<'_>, change: &ExerciseChange) -> Result<()> {
    if let ExerciseChange::Add(exercise) = change
        && db.row(&dollars(sql::TAKEN), &args![exercise.code.as_str()], read_int).await?.is_some()
    {
        return Err(Conflict::Exists("exercise").into());
    }
    for (sql, args, untouched) in row::steps(change) {
        if let (0, Some(conflict)) = (db.execute(&dollars(sql), &args).await?, untouched) {
            return Err(conflict.into());
        }
    }
    Ok(())
}

fn dollars(sql: &str) -> String {
    sql.replace('?', "$")
}
