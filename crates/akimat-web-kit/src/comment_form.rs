//! The form of a comment: words alone, or words with files that wait on the disk.

use crate::failure::Failure;
use crate::form::{FORM_BYTES_MAX, Form, check_csrf};
use crate::state::WebState;
use crate::upload::{Arrived, Content, Part, Uploading};
use crate::visitor::Visitor;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;

/// What was sent.
#[derive(Debug, Default)]
pub struct CommentForm {
    /// The words as sent.
    pub body: String,
    /// Files, no more than are taken.
    pub files: Vec<Arrived>,
    /// More came; they were not kept.
    pub too_many: bool,
    /// A place among the forms that arrive at once; kept until the comment is stored.
    pub place: Option<Uploading>,
}

impl FromRequest<WebState> for CommentForm {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &WebState) -> Result<Self, Failure> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
            let most = state.app.attachment_rules()?.files_max;
            let uploading = Uploading::from_request(request, state).await?;
            return with_files(uploading.with_documents(), usize::from(most)).await;
        }
        words(request, state).await
    }
}

/// A form without files, as an old telephone sends it.
async fn words(request: Request, state: &WebState) -> Result<CommentForm, Failure> {
    let (mut parts, body) = request.into_parts();
    let Ok(visitor) = Visitor::from_request_parts(&mut parts, state).await;
    let kind = parts.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return Err(Failure::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type"));
    }
    let bytes = axum::body::to_bytes(body, FORM_BYTES_MAX)
        .await
        .map_err(|_| Failure::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large"))?;
    let form = Form::parse(&bytes);
    check_csrf(&visitor, form.raw("csrf"))?;
    Ok(CommentForm { body: form.raw("body").to_owned(), ..CommentForm::default() })
}

async fn with_files(mut uploading: Uploading, most: usize) -> Result<CommentForm, Failure> {
    let mut form = CommentForm::default();
    while let Some(part) = uploading.next().await? {
        match part {
            Part::Words(name, value) if name == "body" => form.body = value,
            Part::Words(..) | Part::File(Arrived { content: Content::Nothing, .. }) => {}
            Part::File(_) if form.files.len() >= most => form.too_many = true,
            Part::File(arrived) => form.files.push(arrived),
        }
    }
    form.place = Some(uploading);
    Ok(form)
}
