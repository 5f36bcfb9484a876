//! What an operator's tools ask: is the process alive, does it reach its database, how does it do.

use crate::asked::Asked;
use crate::endpoint::{Body, Endpoint};
use crate::problem;
use crate::reply::Reply;
use akimat_web_kit::failure::Failure;
use akimat_web_kit::state::WebState;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::response::{IntoResponse, Response};

/// `/healthz`.
pub const HEALTH: Endpoint = Endpoint {
    path: "/healthz",
    id: "health",
    tag: "operation",
    summary: "The process is alive",
    parameters: &[],
    body: Body::Status("Health", include_str!("example/health.json")),
    problems: &[],
};

/// `/readyz`.
pub const READY: Endpoint = Endpoint {
    path: "/readyz",
    id: "ready",
    tag: "operation",
    summary: "The process is alive and reaches its database",
    parameters: &[],
    body: Body::Status("Health", include_str!("example/health.json")),
    problems: &[503],
};

/// `/metrics`.
pub const METRICS: Endpoint = Endpoint {
    path: "/metrics",
    id: "metrics",
    tag: "operation",
    summary: "Figures of the process in the text format of Prometheus; absent when switched off",
    parameters: &[],
    body: Body::Text("# TYPE akimat_http_requests_total counter\n"),
    problems: &[404],
};

fn ok() -> Response {
    ([(CACHE_CONTROL, "no-store"), (CONTENT_TYPE, "application/json")], "{\"status\":\"ok\"}").into_response()
}

/// A problem document also outside `/api`, where failures become pages.
fn refused(failure: &Failure, asked: &Asked) -> Response {
    let mut response = problem::response(failure, asked.uri.path());
    if let Some(seconds) = failure.retry_seconds {
        response.headers_mut().insert(RETRY_AFTER, seconds.into());
    }
    response
}

/// Alive.
///
/// # Errors
/// Never.
pub async fn health() -> Reply {
    Ok(ok())
}

/// Alive and able to work.
///
/// # Errors
/// Never: a database that does not answer makes a 503.
pub async fn ready(State(state): State<WebState>, asked: Asked) -> Reply {
    let Err(error) = state.app.read().ping().await else { return Ok(ok()) };
    tracing::warn!("not ready: {error}");
    let failure =
        Failure { retry_seconds: Some(5), ..Failure::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable") };
    Ok(refused(&failure, &asked))
}

/// The metrics.
///
/// # Errors
/// Never: where metrics are switched off, the answer is a 404.
pub async fn metrics(State(state): State<WebState>, asked: Asked) -> Reply {
    let Some(render) = &state.metrics else { return Ok(refused(&Failure::not_found(), &asked)) };
    let kind = "text/plain; version=0.0.4; charset=utf-8";
    Ok(([(CACHE_CONTROL, "no-store"), (CONTENT_TYPE, kind)], render()).into_response())
}
