//! How an address of the platform states who may call it.
//!
//! A route states its permission beside its handler; the same list makes the router and the golden file
//! `crates/akimat-web/tests/it/routes.txt`, so a new address cannot appear unseen. What the permission depends on beyond the
//! role (the territory of the thing) is checked by the use case.

use crate::failure::Failure;
use crate::state::WebState;
use crate::visitor::Visitor;
use akimat_app::permission::{self, Permission};
use axum::extract::{DefaultBodyLimit, Request};
use axum::handler::Handler;
use axum::http::{Method, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, MethodRouter, on};
use axum::{Extension, Router};
use std::time::Duration;
use tower_http::timeout::TimeoutLayer;

/// An answer takes no longer.
const ANSWER_SECONDS: u64 = 120;

/// A form with photographs takes no longer.
const UPLOAD_SECONDS: u64 = 3_600;

/// An address and who may call it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RouteEntry {
    /// Path with its parameters.
    pub path: &'static str,
    /// Method.
    pub method: String,
    /// Who may.
    pub permission: Permission,
}

/// A list of routes being built.
#[derive(Debug, Default)]
pub struct Routes {
    router: Router<WebState>,
    entries: Vec<RouteEntry>,
}

impl Routes {
    /// A page or a resource to read.
    #[must_use]
    pub fn get<H, T>(self, path: &'static str, permission: Permission, handler: H) -> Self
    where
        H: Handler<T, WebState>,
        T: 'static,
    {
        self.add(&Method::GET, path, permission, on(MethodFilter::GET, handler))
    }

    /// A form.
    #[must_use]
    pub fn post<H, T>(self, path: &'static str, permission: Permission, handler: H) -> Self
    where
        H: Handler<T, WebState>,
        T: 'static,
    {
        self.add(&Method::POST, path, permission, on(MethodFilter::POST, handler))
    }

    /// A form with a file: the size is checked by [`crate::form::Upload`], which reads what is too large to
    /// its end; or a file that is the whole body, of which the handler reads as much as is allowed.
    #[must_use]
    pub fn upload<H, T>(self, path: &'static str, permission: Permission, handler: H) -> Self
    where
        H: Handler<T, WebState>,
        T: 'static,
    {
        let route = on(MethodFilter::POST, handler).layer(DefaultBodyLimit::disable());
        self.add(&Method::POST, path, permission, route)
    }

    /// A form with photographs: [`crate::upload::Uploading`] counts what arrives. A village line may need long for
    /// many files; a sender that falls silent is given up there.
    #[must_use]
    pub fn photographs<H, T>(self, path: &'static str, permission: Permission, handler: H) -> Self
    where
        H: Handler<T, WebState>,
        T: 'static,
    {
        let route = on(MethodFilter::POST, handler).layer(DefaultBodyLimit::disable());
        self.within(UPLOAD_SECONDS, (&Method::POST, path), permission, route)
    }

    fn add(
        self,
        method: &Method,
        path: &'static str,
        permission: Permission,
        route: MethodRouter<WebState>,
    ) -> Self {
        self.within(ANSWER_SECONDS, (method, path), permission, route)
    }

    fn within(
        mut self,
        seconds: u64,
        (method, path): (&Method, &'static str),
        permission: Permission,
        route: MethodRouter<WebState>,
    ) -> Self {
        let end =
            TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, Duration::from_secs(seconds));
        let route = route.layer(end);
        self.entries.push(RouteEntry { path, method: method.to_string(), permission });
        let guarded = route.route_layer(from_fn(guard)).route_layer(Extension(permission));
        self.router = self.router.route(path, guarded);
        self
    }

    /// The list for the golden file, sorted by path.
    pub fn entries(&self) -> Vec<RouteEntry> {
        let mut entries = self.entries.clone();
        entries.sort();
        entries
    }

    /// What answers them.
    pub fn into_router(self) -> Router<WebState> {
        self.router
    }
}

/// Refuses whoever has not the permission of the route; the territory is checked by the use case.
async fn guard(
    Extension(permission): Extension<Permission>,
    visitor: Visitor,
    request: Request,
    next: Next,
) -> Response {
    if let Err(error) = permission::check(visitor.actor(), permission, None) {
        return Failure::from(error).into_response();
    }
    if visitor.must_secure
        && permission != Permission::Public
        && !visitor.path.starts_with("/account/security")
    {
        return Failure::new(StatusCode::FORBIDDEN, "second_factor_needed").into_response();
    }
    next.run(request).await
}
