//! What a visitor sees when something went wrong: what happened, and what to do.

use akimat_web_kit::failure::Failure;
use akimat_web_kit::frame;
use akimat_web_kit::kit::Page;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::response::{Html, IntoResponse, Response};

#[derive(Template)]
#[template(path = "public/error.html")]
struct ErrorPage {
    page: Page,
    body: String,
    reference: String,
    /// Too little is known about the person: the page leads to what is missing.
    unmet: bool,
}

/// The page of a failure, in the visitor's language. Should even its template fail, the status remains.
pub fn page(visitor: &Visitor, failure: &Failure) -> Response {
    let locale = visitor.locale();
    let title = locale.t(&format!("error-{}-title", failure.key));
    let page = frame::page(visitor, title, None).hidden();
    let body = locale.t(&format!("error-{}-body", failure.key)).into_owned();
    let reference = failure.reference.as_ref().map_or_else(String::new, |reference| {
        locale.f("error-reference", &[("reference", reference.as_str().into())])
    });
    match (ErrorPage { page, body, reference, unmet: failure.key == "unmet" }).render() {
        Ok(html) => (failure.status, Html(html)).into_response(),
        Err(_) => failure.status.into_response(),
    }
}
