//! Ad-hoc questions over the cube of facts.

use crate::{App, AppError};
use akimat_storage::StoreError;
use akimat_storage::columns::{AdHoc, AdHocAnswer, AdHocFault, Columns, ColumnsError};
use std::sync::Arc;

/// Why a question has no answer.
#[derive(Debug)]
pub enum NoAnswer {
    /// The question breaks a rule.
    Question(AdHocFault),
    /// The copy of the cube that questions are answered from is still being made.
    NotReady,
    /// This platform is run without the engine for such questions.
    NoEngine,
    /// A sum is beyond what an amount of money can hold.
    Overflow,
    /// The answer needs more memory or time than a question is given.
    TooLarge,
    /// Something failed that the person asking cannot mend.
    Failed(AppError),
}

impl NoAnswer {
    /// The name in catalogue keys: `no-answer-<code>`; of a question the fault has names of its own.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Question(fault) => fault.code(),
            Self::NotReady => "not_ready",
            Self::NoEngine => "no_engine",
            Self::Overflow => "overflow",
            Self::TooLarge => "too_large",
            Self::Failed(_) => "failed",
        }
    }
}

impl From<ColumnsError> for NoAnswer {
    fn from(error: ColumnsError) -> Self {
        match error {
            ColumnsError::Question(fault) => Self::Question(fault),
            ColumnsError::NotReady => Self::NotReady,
            ColumnsError::Overflow => Self::Overflow,
            ColumnsError::TooLarge => Self::TooLarge,
            ColumnsError::Store(error) => Self::Failed(error.into()),
            ColumnsError::Failed(reason) => Self::Failed(AppError::Internal(reason)),
        }
    }
}

impl From<StoreError> for NoAnswer {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl App {
    /// Gives the platform an engine for ad-hoc questions.
    #[must_use]
    pub fn with_columns(mut self, columns: Arc<dyn Columns>) -> Self {
        self.columns = Some(columns);
        self
    }

    /// Whether there is an engine for ad-hoc questions.
    pub const fn has_columns(&self) -> bool {
        self.columns.is_some()
    }

    /// Answers an ad-hoc question over everything that is imported; budgets are public, so anybody may ask.
    ///
    /// # Errors
    /// [`NoAnswer`].
    pub async fn ask_columns(&self, question: &AdHoc) -> Result<AdHocAnswer, NoAnswer> {
        question.check().map_err(NoAnswer::Question)?;
        let columns = self.columns.as_ref().ok_or(NoAnswer::NoEngine)?;
        Ok(columns.query(question).await?)
    }
}
