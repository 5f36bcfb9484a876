//! What there is: the index of resources, the OpenAPI document, the kinds of problem.

use crate::asked::Asked;
use crate::endpoint::{Body, ENDPOINTS, Endpoint};
use crate::problem::{self, NO_ANSWER, NO_FORECAST, sentences, type_of};
use crate::reply::{Reply, resource, tagged};
use akimat_core::{Lang, Text};
use axum::body::Bytes;
use axum::http::StatusCode;
use serde::Serialize;
use std::sync::OnceLock;

/// `/api/v1`.
pub const INDEX: Endpoint = Endpoint {
    path: "/api/v1",
    id: "index",
    tag: "index",
    summary: "The resources of this API",
    parameters: &[],
    body: Body::Resource("Index", include_str!("example/index.json")),
    problems: &[],
};

/// `/api/v1/openapi.json`.
pub const OPENAPI: Endpoint = Endpoint {
    path: "/api/v1/openapi.json",
    id: "openapi",
    tag: "index",
    summary: "This description",
    parameters: &[],
    body: Body::Resource("OpenApi", include_str!("example/openapi.json")),
    problems: &[],
};

/// `/api/v1/problems`.
pub const PROBLEMS: Endpoint = Endpoint {
    path: "/api/v1/problems",
    id: "listProblems",
    tag: "index",
    summary: "The kinds of problem that answers name in `type`, with their words in three languages",
    parameters: &[],
    body: Body::Resource("ProblemKindList", include_str!("example/problems.json")),
    problems: &[],
};

#[derive(Serialize)]
struct IndexBody {
    name: &'static str,
    version: &'static str,
    openapi: &'static str,
    currency: &'static str,
    resources: Vec<ResourceBody>,
}

#[derive(Serialize)]
struct ResourceBody {
    path: &'static str,
    summary: &'static str,
}

#[derive(Serialize)]
struct ProblemKind {
    r#type: String,
    key: &'static str,
    status: u16,
    title: Text,
    detail: Text,
}

#[derive(Serialize)]
struct ProblemKinds {
    items: Vec<ProblemKind>,
}

/// The resources.
///
/// # Errors
/// None in practice.
pub async fn index(asked: Asked) -> Reply {
    let resources = ENDPOINTS.into_iter().filter(|endpoint| endpoint.path.starts_with("/api/"));
    let body = IndexBody {
        name: "Akimat",
        version: env!("CARGO_PKG_VERSION"),
        openapi: OPENAPI.path,
        currency: super::reply::CURRENCY,
        resources: resources.map(|e| ResourceBody { path: e.path, summary: e.summary }).collect(),
    };
    resource(&asked.headers, &body)
}

/// The OpenAPI document, written once.
///
/// # Errors
/// None in practice.
pub async fn document(asked: Asked) -> Reply {
    static DOCUMENT: OnceLock<Bytes> = OnceLock::new();
    let body = DOCUMENT.get_or_init(|| super::openapi().to_string().into());
    Ok(tagged(&asked.headers, body.clone()))
}

/// The kinds of problem.
///
/// # Errors
/// None in practice.
pub async fn problems(asked: Asked) -> Reply {
    let refused = [NO_FORECAST, NO_ANSWER].map(|key| (key, StatusCode::UNPROCESSABLE_ENTITY));
    let kinds = problem::PROBLEMS.into_iter().chain(refused);
    let kind = |(key, status): (&'static str, StatusCode)| {
        let [kk, ru, en] = Lang::ALL.map(|lang| sentences(key, lang));
        ProblemKind {
            r#type: type_of(key),
            key,
            status: status.as_u16(),
            title: Text::new(kk.0, ru.0, en.0),
            detail: Text::new(kk.1, ru.1, en.1),
        }
    };
    resource(&asked.headers, &ProblemKinds { items: kinds.map(kind).collect() })
}
