//! Exercises in dividing a budget, and the divisions of residents under a keyed hash of the person.

use crate::Result;
use akimat_participation::exercise::Exercise;
use async_trait::async_trait;
use uuid::Uuid;

/// How one resident divided the money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExerciseAnswer {
    /// A keyed hash of the person while the exercise is open; chance after it was closed.
    pub person: [u8; 32],
    /// Units of each group, in their order.
    pub units: Vec<u32>,
}

/// A change of an exercise.
#[derive(Clone, Debug)]
pub enum ExerciseChange {
    /// Begins an exercise. Its code must be new.
    Add(Exercise),
    /// Replaces an exercise whose stored counter is `edit - 1` of the given one.
    Update(Exercise),
    /// Keeps a division in the place of an earlier one of the same person; [`crate::Conflict::Stale`] (`exercise`) unless
    /// the exercise is open.
    Answer(Uuid, ExerciseAnswer),
    /// Closes an exercise: the divisions given take the place of those that stand under persons. Refused with
    /// [`crate::Conflict::Stale`] (`exercise`) when somebody took part since so many turns were read.
    Close(Exercise, u64, Vec<ExerciseAnswer>),
}

/// Reads exercises.
#[async_trait]
pub trait ExerciseRead: Send + Sync {
    /// All of them, drafts too, the latest first. They are few.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails, as in every method here.
    async fn list_exercises(&self) -> Result<Vec<Exercise>>;

    /// An exercise by the word in its address.
    ///
    /// # Errors
    /// See [`ExerciseRead::list_exercises`].
    async fn find_exercise_by_code(&self, code: &str) -> Result<Option<Exercise>>;

    /// How often somebody handed a division in, changes included.
    ///
    /// # Errors
    /// See [`ExerciseRead::list_exercises`].
    async fn exercise_turns(&self, exercise: Uuid) -> Result<u64>;

    /// How many took part.
    ///
    /// # Errors
    /// See [`ExerciseRead::list_exercises`].
    async fn count_exercise_answers(&self, exercise: Uuid) -> Result<u64>;

    /// One person's division.
    ///
    /// # Errors
    /// See [`ExerciseRead::list_exercises`].
    async fn find_exercise_answer(&self, exercise: Uuid, person: [u8; 32]) -> Result<Option<ExerciseAnswer>>;

    /// Every division, in the order of the hashes.
    ///
    /// # Errors
    /// See [`ExerciseRead::list_exercises`].
    async fn list_exercise_answers(&self, exercise: Uuid) -> Result<Vec<ExerciseAnswer>>;
}
