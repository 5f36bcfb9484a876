//! Forms: read leniently, checked for their origin strictly.

use crate::failure::Failure;
use crate::state::WebState;
use crate::visitor::Visitor;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Multipart, Request};
use axum::http::StatusCode;

/// Largest ordinary form in bytes: a comment of 4,000 Cyrillic letters takes 24 KB when encoded.
pub const FORM_BYTES_MAX: usize = 512 * 1024;

/// The fields of a form, in their order. The proof `csrf` has been checked against the session; forms of
/// visitors who are not signed in have none and are protected by the check of the origin in the edge.
#[derive(Debug, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
}

impl Form {
    /// The first value of a field, trimmed; empty when it is missing.
    pub fn get(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// The first value of a field as sent; empty when it is missing.
    pub fn raw(&self, name: &str) -> &str {
        self.fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// All values of a field.
    pub fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        self.fields.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Fields whose name begins with `prefix`: the rest of the name and the value.
    pub fn with_prefix<'f>(&'f self, prefix: &'f str) -> impl Iterator<Item = (&'f str, &'f str)> {
        self.fields.iter().filter_map(move |(key, value)| Some((key.strip_prefix(prefix)?, value.as_str())))
    }

    /// Makes a form out of fields; for tests and for queries.
    pub const fn from_fields(fields: Vec<(String, String)>) -> Self {
        Self { fields }
    }

    /// Reads `a=1&b=2`.
    pub fn parse(encoded: &[u8]) -> Self {
        Self { fields: form_urlencoded::parse(encoded).into_owned().collect() }
    }
}

/// A form that is not ours, or of a session that is over.
pub const fn stale() -> Failure {
    Failure::new(StatusCode::FORBIDDEN, "bad_form")
}

/// The proof of a form against the session.
///
/// # Errors
/// When it is not that of the session.
pub fn check_csrf(visitor: &Visitor, sent: &str) -> Result<(), Failure> {
    if visitor.csrf == sent { Ok(()) } else { Err(stale()) }
}

impl FromRequest<WebState> for Form {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &WebState) -> Result<Self, Failure> {
        let (mut parts, body) = request.into_parts();
        let Ok(visitor) = Visitor::from_request_parts(&mut parts, state).await;
        let kind = parts.headers.get(axum::http::header::CONTENT_TYPE);
        let kind = kind.and_then(|value| value.to_str().ok()).unwrap_or_default();
        if !kind.starts_with("application/x-www-form-urlencoded") {
            return Err(Failure::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type"));
        }
        let bytes = Bytes::from_request(Request::from_parts(parts, body), state)
            .await
            .map_err(|_| Failure::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large"))?;
        let form = Self::parse(&bytes);
        check_csrf(&visitor, form.raw("csrf"))?;
        Ok(form)
    }
}

/// A form with one file.
#[derive(Debug, Default)]
pub struct Upload {
    /// The other fields.
    pub form: Form,
    /// Name of the file as sent, without folders; empty when none was chosen.
    pub file_name: String,
    /// The file.
    pub bytes: Vec<u8>,
    /// The file is larger than allowed; `bytes` is then empty.
    pub too_large: bool,
}

impl FromRequest<WebState> for Upload {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &WebState) -> Result<Self, Failure> {
        let (mut parts, body) = request.into_parts();
        let Ok(visitor) = Visitor::from_request_parts(&mut parts, state).await;
        let mut multipart = Multipart::from_request(Request::from_parts(parts, body), state)
            .await
            .map_err(|_| Failure::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type"))?;
        let broken = || Failure::new(StatusCode::BAD_REQUEST, "bad_request");
        let mut upload = Self::default();
        let mut checked = false;
        while let Some(mut field) = multipart.next_field().await.map_err(|_| broken())? {
            let name = field.name().unwrap_or_default().to_owned();
            if name == "file" {
                // The proof comes first in our forms: a forged form is refused before its file is kept.
                if !checked {
                    return Err(stale());
                }
                let sent = field.file_name().unwrap_or_default();
                upload.file_name =
                    sent.rsplit(['/', '\\']).next().unwrap_or_default().chars().take(200).collect();
                while let Some(chunk) = field.chunk().await.map_err(|_| broken())? {
                    upload.keep(&chunk, state.options.upload_bytes_max);
                }
            } else if upload.form.fields.len() < 100 {
                let mut value = Vec::new();
                while let Some(chunk) = field.chunk().await.map_err(|_| broken())? {
                    if value.len() + chunk.len() > FORM_BYTES_MAX {
                        return Err(Failure::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large"));
                    }
                    value.extend_from_slice(&chunk);
                }
                let value = String::from_utf8_lossy(&value).into_owned();
                if name == "csrf" {
                    check_csrf(&visitor, &value)?;
                    checked = true;
                }
                upload.form.fields.push((name, value));
            }
        }
        if checked { Ok(upload) } else { Err(stale()) }
    }
}

impl Upload {
    /// Keeps a piece of the file. What is too large is read to its end and dropped, so that the browser
    /// hears the answer instead of a broken connection.
    fn keep(&mut self, chunk: &[u8], bytes_max: usize) {
        if self.too_large || self.bytes.len() + chunk.len() > bytes_max {
            self.too_large = true;
            self.bytes = Vec::new();
        } else {
            self.bytes.extend_from_slice(chunk);
        }
    }
}
