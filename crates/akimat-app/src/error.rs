//! Why a use case did not do what was asked: facts, no sentences. The key of each error leads to a
//! title and a body in the catalogue: `error-<key>-title`, `error-<key>-body`.

use akimat_identity::Lack;
use akimat_storage::{Conflict, StoreError};

/// A fault of one field of a form. The sentence is in the catalogue under `key`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldFault {
    /// Name of the field in the form.
    pub field: String,
    /// Catalogue key, such as `field-required`.
    pub key: &'static str,
    /// Facts for the sentence.
    pub args: Vec<(&'static str, String)>,
}

impl FieldFault {
    /// A fault without further facts.
    pub fn new(field: impl Into<String>, key: &'static str) -> Self {
        Self { field: field.into(), key, args: Vec::new() }
    }

    /// Adds a fact.
    #[expect(clippy::needless_pass_by_value, reason = "facts are small; a reference at every call is noise")]
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

/// Why a use case failed.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// There is no such thing.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// Nobody is signed in, and the act needs somebody.
    #[error("signing in is needed")]
    SignInNeeded,
    /// The person may not do this here.
    #[error("not permitted")]
    Forbidden,
    /// Too little is known about the person for the act, or the person lives elsewhere or is too young.
    #[error("{} requirements of the act are not met", .0.len())]
    Unmet(Vec<Lack>),
    /// Fields of a form are wrong; nothing was changed.
    #[error("{} fields are wrong", .0.len())]
    Invalid(Vec<FieldFault>),
    /// Somebody else changed it, or there is one already.
    #[error("{0}")]
    Conflict(Conflict),
    /// Too many attempts.
    #[error("too many attempts; again in {retry_seconds} s")]
    TooMany {
        /// When to try again.
        retry_seconds: u32,
    },
    /// The database is down or too busy.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// A fault of the platform itself.
    #[error("internal: {0}")]
    Internal(String),
}

impl AppError {
    /// The name in catalogue keys and API problems.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::NotFound(_) => "not_found",
            Self::SignInNeeded => "sign_in_needed",
            Self::Forbidden => "forbidden",
            Self::Unmet(_) => "unmet",
            Self::Invalid(_) => "bad_request",
            Self::Conflict(_) => "conflict",
            Self::TooMany { .. } => "too_many_requests",
            Self::Unavailable(_) => "unavailable",
            Self::Internal(_) => "internal",
        }
    }

    /// One wrong field.
    pub fn field(field: &str, key: &'static str) -> Self {
        Self::Invalid(vec![FieldFault::new(field, key)])
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict(Conflict::Missing(noun)) => Self::NotFound(noun),
            StoreError::Conflict(conflict) => Self::Conflict(conflict),
            StoreError::Unavailable(reason) => Self::Unavailable(reason),
            StoreError::Unexpected(reason) => Self::Internal(reason),
        }
    }
}
