//! All pages and the API as one site: every address of the faces, and what happens around every request.
//!
//! The faces are crates of their own: `akimat-web-public`, `akimat-web-admin` and `akimat-web-api`, in each one folder a
//! noun. They share `akimat-web-kit` and do not know each other.

pub mod edge;

use akimat_web_kit::failure::Failure;
use akimat_web_kit::{Routes, WebState};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::{CompressionLayer, CompressionLevel};

/// All routes of all faces.
pub fn all() -> Routes {
    let routes = Routes::default();
    let routes = akimat_web_public::routes(routes);
    let routes = akimat_web_admin::routes(routes);
    akimat_web_api::routes(routes)
}

/// The whole site, ready to serve.
pub fn router(state: WebState) -> Router {
    let site = all().into_router();
    site.fallback(|| async { Failure::not_found() })
        .method_not_allowed_fallback(|| async {
            Failure::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed")
        })
        .layer(DefaultBodyLimit::max(akimat_web_kit::form::FORM_BYTES_MAX))
        .layer(CatchPanicLayer::custom(|_| Failure::internal("a handler panicked").into_response()))
        .layer(from_fn_with_state(state.clone(), edge::edge))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .with_state(state)
}
