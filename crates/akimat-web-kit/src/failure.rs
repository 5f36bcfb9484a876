//! A failed request: handlers return it, the edge of the site turns it into a page in the visitor's language
//! or, under `/api`, into a problem document (RFC 9457).

use akimat_app::AppError;
use akimat_storage::StoreError;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// Why a request has no proper answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// HTTP status.
    pub status: StatusCode,
    /// Leads to `error-<key>-title` and `error-<key>-body` in the catalogue.
    pub key: &'static str,
    /// When to try again, for 429 and 503.
    pub retry_seconds: Option<u32>,
    /// What went wrong, for the log; never shown.
    pub log: Option<String>,
    /// Number of the log's line, shown to whoever asks for help; set by the edge.
    pub reference: Option<String>,
}

impl Failure {
    /// A failure that needs no more facts.
    pub const fn new(status: StatusCode, key: &'static str) -> Self {
        Self { status, key, retry_seconds: None, log: None, reference: None }
    }

    /// There is no such page or thing.
    pub const fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found")
    }

    /// A fault of the platform itself.
    #[expect(clippy::needless_pass_by_value, reason = "stands in map_err, which gives the error itself")]
    pub fn internal(log: impl ToString) -> Self {
        Self { log: Some(log.to_string()), ..Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal") }
    }
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        let status = match &error {
            AppError::NotFound(_) => StatusCode::NOT_FOUND,
            AppError::SignInNeeded => StatusCode::UNAUTHORIZED,
            AppError::Forbidden | AppError::Unmet(_) => StatusCode::FORBIDDEN,
            AppError::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            AppError::Conflict(_) => StatusCode::CONFLICT,
            AppError::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            AppError::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            AppError::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let mut failure = Self::new(status, error.key());
        match error {
            AppError::TooMany { retry_seconds } => failure.retry_seconds = Some(retry_seconds),
            AppError::Unavailable(reason) => {
                failure.retry_seconds = Some(5);
                failure.log = Some(reason);
            }
            AppError::Internal(reason) => failure.log = Some(reason),
            _ => {}
        }
        failure
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        AppError::from(error).into()
    }
}

impl From<askama::Error> for Failure {
    fn from(error: askama::Error) -> Self {
        Self::internal(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// What handlers answer.
pub type Answer<T = Response> = std::result::Result<T, Failure>;
