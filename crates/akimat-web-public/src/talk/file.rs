//! `/attachments/{id}/{which}`: a file of a comment, handed on part by part.

use akimat_app::App;
use akimat_app::permission::{self, Permission};
use akimat_interop::attachment::DocumentKind;
use akimat_storage::comment_file::{CommentFile, FilePart, PICTURE};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::frame;
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG,
    IF_NONE_MATCH, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use std::fmt::Write as _;
use std::io;
use uuid::Uuid;

/// The bytes: a picture to be looked at, a document to be kept.
///
/// # Errors
/// 404 when there is no such file, or its comment is hidden, taken back or waits and somebody else asks.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((id, which)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    let id: Uuid = frame::id(&id)?;
    let which = FilePart::parse(&which).ok_or_else(Failure::not_found)?;
    let read = state.app.read();
    let file = read.find_comment_file(id).await?.ok_or_else(Failure::not_found)?;
    let picture = file.kind == PICTURE;
    if which == FilePart::Thumb && !picture {
        return Err(Failure::not_found());
    }
    let item = read.find_comment(file.comment).await?.ok_or_else(Failure::not_found)?;
    let open = item.comment.is_open();
    let own = visitor.actor().is_some_and(|account| account.id == item.comment.author);
    let moderator = permission::check(visitor.actor(), Permission::Moderate, Some(item.place)).is_ok();
    if !(open || moderator || own && item.comment.hidden.is_none()) {
        return Err(Failure::not_found());
    }
    let tag = format!("\"{}-{}\"", id.simple(), which.code());
    let known = headers.get_all(IF_NONE_MATCH).iter().any(|list| list.as_bytes() == tag.as_bytes());
    let mut response =
        if known { StatusCode::NOT_MODIFIED.into_response() } else { body(&state.app, &file, which)? };
    let given = response.headers_mut();
    // A browser asks each time whether the file is still to be seen.
    let kept = if open { "private, no-cache" } else { "private, no-store" };
    given.insert(CACHE_CONTROL, HeaderValue::from_static(kept));
    given.insert(ETAG, HeaderValue::from_str(&tag).map_err(Failure::internal)?);
    given.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // Should a browser ever take it for something else, nothing in it may run.
    given.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    Ok(response)
}

/// The parts one after another: in memory there is never more than one.
fn body(app: &App, file: &CommentFile, which: FilePart) -> Answer<Response> {
    let (app, id) = (app.clone(), file.id);
    let parts = stream::try_unfold(0_u32, move |part| {
        let app = app.clone();
        async move {
            let bytes = app.read().read_comment_file_part(id, which, part).await.map_err(io::Error::other)?;
            Ok::<_, io::Error>(bytes.map(|bytes| (bytes, part + 1)))
        }
    });
    let mut response = Body::from_stream(parts).into_response();
    let given = response.headers_mut();
    let n_bytes = if which == FilePart::Whole { file.whole.n_bytes } else { file.thumb.n_bytes };
    given.insert(CONTENT_LENGTH, HeaderValue::from(n_bytes));
    let (kind, disposition) = match DocumentKind::parse(&file.kind) {
        None => ("image/jpeg", "inline".to_owned()),
        Some(kind) => (kind.media_type(), disposition(&file.title, kind)),
    };
    given.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    given.insert(CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).map_err(Failure::internal)?);
    Ok(response)
}

/// A file to keep under its name (RFC 6266); browsers that do not know names outside of ASCII get a plain one.
fn disposition(title: &str, kind: DocumentKind) -> String {
    let mut encoded = String::with_capacity(title.len() * 3);
    for byte in title.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_') {
            encoded.push(char::from(byte));
        } else {
            // Writing into a text cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    format!("attachment; filename=\"file.{}\"; filename*=UTF-8''{encoded}", kind.code())
}
