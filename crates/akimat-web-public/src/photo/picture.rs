//! `/photos/{id}/{size}`: a picture, handed on part by part.

use akimat_app::App;
use akimat_app::permission::{self, Permission};
use akimat_core::ProposalId;
use akimat_storage::photo::{Photo, PhotoSize, PhotoSubject};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::frame;
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use std::io;
use uuid::Uuid;

/// The bytes of a picture never change, but a moderator may hide it: after a week at the latest it is asked for again.
const KEPT: &str = "public, max-age=604800";

/// The picture of a photograph.
///
/// # Errors
/// 404 when there is no such photograph, or a moderator hid it and somebody else asks.
pub async fn picture(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((id, size)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    let (id, size): (Uuid, _) = (frame::id(&id)?, PhotoSize::parse(&size).ok_or_else(Failure::not_found)?);
    let photo = state.app.read().find_photo(id).await?.filter(|photo| !photo.erased);
    let photo = photo.ok_or_else(Failure::not_found)?;
    let moderator = permission::check(visitor.actor(), Permission::Moderate, Some(photo.place)).is_ok();
    if photo.hidden.is_some() && !moderator {
        return Err(Failure::not_found());
    }
    // What belongs to a draft is seen by those alone who write it.
    let draft = photo.subject == PhotoSubject::Proposal && {
        let (_, proposal, _) = state.app.proposal(visitor.actor(), ProposalId(photo.project.0)).await?;
        !proposal.state.public()
    };
    let tag = format!("\"{}-{}\"", id.simple(), size.code());
    let kept = if photo.hidden.is_some() || draft { "private, no-store" } else { KEPT };
    let known = headers.get_all(IF_NONE_MATCH).iter().any(|list| list.as_bytes() == tag.as_bytes());
    let mut response =
        if known { StatusCode::NOT_MODIFIED.into_response() } else { body(&state.app, &photo, size) };
    let given = response.headers_mut();
    given.insert(CACHE_CONTROL, HeaderValue::from_static(kept));
    given.insert(ETAG, HeaderValue::from_str(&tag).map_err(Failure::internal)?);
    // Should a browser ever take it for something else, nothing in it may run.
    given.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    Ok(response)
}

/// The parts one after another: in memory there is never more than one.
fn body(app: &App, photo: &Photo, size: PhotoSize) -> Response {
    let (app, id) = (app.clone(), photo.id);
    let parts = stream::try_unfold(0_u32, move |part| {
        let app = app.clone();
        async move {
            let bytes = app.read().read_photo_part(id, size, part).await.map_err(io::Error::other)?;
            Ok::<_, io::Error>(bytes.map(|bytes| (bytes, part + 1)))
        }
    });
    let mut response = Body::from_stream(parts).into_response();
    let n_bytes = if size == PhotoSize::Web { photo.web.n_bytes } else { photo.thumb.n_bytes };
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("image/jpeg"));
    response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(n_bytes));
    response
}
