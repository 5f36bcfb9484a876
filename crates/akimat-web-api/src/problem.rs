//! Problems (RFC 9457): every failure under `/api` says what happened in one format.

use crate::asked::Fault;
use akimat_app::AppError;
use akimat_core::Lang;
use akimat_i18n::catalogue;
use akimat_storage::StoreError;
use akimat_web_kit::failure::Failure;
use axum::http::StatusCode;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_TYPE, HeaderValue};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// The kinds of problem that the API knows, with their usual status.
pub const PROBLEMS: [(&str, StatusCode); 10] = [
    ("bad_request", StatusCode::BAD_REQUEST),
    ("forbidden", StatusCode::FORBIDDEN),
    ("bad_form", StatusCode::FORBIDDEN),
    ("not_found", StatusCode::NOT_FOUND),
    ("method_not_allowed", StatusCode::METHOD_NOT_ALLOWED),
    ("too_large", StatusCode::PAYLOAD_TOO_LARGE),
    ("unsupported_media_type", StatusCode::UNSUPPORTED_MEDIA_TYPE),
    ("too_many_requests", StatusCode::TOO_MANY_REQUESTS),
    ("internal", StatusCode::INTERNAL_SERVER_ERROR),
    ("unavailable", StatusCode::SERVICE_UNAVAILABLE),
];

/// The problem of a forecast that is refused.
pub const NO_FORECAST: &str = "no_forecast";

/// The problem of an ad-hoc question without an answer.
pub const NO_ANSWER: &str = "no_answer";

/// Why a resource is not given.
#[derive(Clone, Debug)]
pub enum Refusal {
    /// Like a page.
    Failure(Failure),
    /// Parameters of the request to this path are wrong.
    Parameters(String, Vec<Fault>),
    /// An ad-hoc question has no answer; see [`crate::adhoc`].
    NoAnswer {
        /// What was asked.
        path: String,
        /// The catalogue's sentence.
        detail: String,
        /// Its facts.
        facts: serde_json::Value,
    },
    /// The series allows no forecast; see [`crate::forecast`].
    NoForecast {
        /// What was asked.
        path: String,
        /// The catalogue's sentence.
        detail: String,
        /// Its facts.
        facts: serde_json::Value,
    },
}

#[derive(Debug, Serialize)]
struct Problem<'a> {
    r#type: String,
    title: String,
    status: u16,
    detail: String,
    instance: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Fault>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refusal: Option<serde_json::Value>,
}

/// Address of the description of a kind of problem.
pub fn type_of(key: &str) -> String {
    format!("/api/v1/problems#{key}")
}

/// The catalogue's title and body of a kind of problem.
pub fn sentences(key: &str, lang: Lang) -> (String, String) {
    let locale = catalogue().locale(lang);
    if key == NO_ANSWER {
        return (locale.t("no-answer-title").into_owned(), locale.t("no-answer-too_large").into_owned());
    }
    if key == NO_FORECAST {
        return (locale.t("forecast-refusal-title").into_owned(), locale.t("forecast-intro").into_owned());
    }
    let sentence = |part: &str| locale.t(&format!("error-{key}-{part}")).into_owned();
    (sentence("title"), sentence("body"))
}

/// A failure of a request to `path` as a problem document.
pub fn response(failure: &Failure, path: &str) -> Response {
    Problem::new(failure.status, failure.key, path).answer(failure.status)
}

impl<'a> Problem<'a> {
    fn new(status: StatusCode, key: &str, instance: &'a str) -> Self {
        let (title, detail) = sentences(key, Lang::En);
        Self {
            r#type: type_of(key),
            title,
            status: status.as_u16(),
            detail,
            instance,
            errors: Vec::new(),
            refusal: None,
        }
    }

    fn answer(&self, status: StatusCode) -> Response {
        let body = serde_json::to_vec(self).expect("plain structs with string keys always serialise");
        let headers = [
            (CONTENT_TYPE, HeaderValue::from_static("application/problem+json")),
            (ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
        ];
        (status, headers, body).into_response()
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::Failure(failure) => failure.into_response(),
            Self::Parameters(path, errors) => {
                let status = StatusCode::BAD_REQUEST;
                Problem { errors, ..Problem::new(status, "bad_request", &path) }.answer(status)
            }
            Self::NoAnswer { path, detail, facts } => {
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                let problem = Problem::new(status, NO_ANSWER, &path);
                Problem { detail, refusal: Some(facts), ..problem }.answer(status)
            }
            Self::NoForecast { path, detail, facts } => {
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                let problem = Problem::new(status, NO_FORECAST, &path);
                Problem { detail, refusal: Some(facts), ..problem }.answer(status)
            }
        }
    }
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<AppError> for Refusal {
    fn from(error: AppError) -> Self {
        Self::Failure(error.into())
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Failure(error.into())
    }
}
