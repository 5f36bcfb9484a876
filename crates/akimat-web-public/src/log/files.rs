//! The log for machines: static files after C2SP tlog-tiles, and the door at which other logs ask for a cosignature.

use akimat_web_kit::download;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::state::WebState;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

/// A tile never changes: neither a full one, nor a partial one of a given width.
const FOREVER: &str = "public, max-age=31536000, immutable";
const TEXT: &str = "text/plain; charset=utf-8";

fn file(kind: &'static str, cache: &'static str, body: impl Into<axum::body::Body>) -> Response {
    let fixed = |name: HeaderName, value| (name, HeaderValue::from_static(value));
    let headers = [
        fixed(CONTENT_TYPE, kind),
        fixed(CACHE_CONTROL, cache),
        // Whoever checks the log in a page of their own may read it.
        fixed(ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    (headers, body.into()).into_response()
}

/// `/log/checkpoint`: the latest, with what witnesses said; with `?size=` an earlier one, as a file to keep.
///
/// # Errors
/// 404 while the log is empty, and for a size at which nothing was signed.
pub async fn checkpoint(State(state): State<WebState>, RawQuery(query): RawQuery) -> Answer {
    let form = Form::parse(query.unwrap_or_default().as_bytes());
    let size = form.get("size");
    if size.is_empty() {
        return Ok(file(TEXT, "no-cache", state.app.log_checkpoint().await?));
    }
    let size: u64 = size.parse().map_err(|_| Failure::not_found())?;
    let found = state.app.read().find_log_checkpoint(size).await?.ok_or_else(Failure::not_found)?;
    let note = state.app.cosigned(&found).await?;
    Ok(download::file(&format!("log-{size}.checkpoint"), TEXT, note))
}

/// `/log/checkpoint/witnessed`: the latest that a witness signed.
///
/// # Errors
/// 404 while there is none.
pub async fn witnessed(State(state): State<WebState>) -> Answer {
    Ok(file(TEXT, "no-cache", state.app.witnessed_log_checkpoint().await?))
}

/// `/log/vkey`: the key that checkpoints are checked with; the key of this platform as a witness in the second line.
/// With `?save=1` as a file to keep.
///
/// # Errors
/// 404 where the platform has no log.
pub async fn vkey(State(state): State<WebState>, RawQuery(query): RawQuery) -> Answer {
    let keeper = state.app.log().ok_or_else(Failure::not_found)?;
    let mut keys = format!("{}\n", keeper.key().encode());
    if let Some(witness) = &keeper.witness {
        keys.push_str(&format!("{}\n", witness.verifier().encode()));
    }
    let kept = Form::parse(query.unwrap_or_default().as_bytes()).get("save") == "1";
    Ok(if kept { download::file("log.vkey", TEXT, keys) } else { file(TEXT, "no-cache", keys) })
}

/// `/log/tile/…`: hashes of the tree, or bundles of leaves.
///
/// # Errors
/// 404 for what is no tile, or not there yet.
pub async fn tile(State(state): State<WebState>, Path(path): Path<String>) -> Answer {
    Ok(file("application/octet-stream", FOREVER, state.app.log_file(&path).await?))
}

/// `/log/add-checkpoint`: this platform as a witness (C2SP tlog-witness).
///
/// # Errors
/// The statuses of the specification; 500 when the database fails.
pub async fn add_checkpoint(State(state): State<WebState>, body: Bytes) -> Answer {
    let asked = std::str::from_utf8(&body).unwrap_or_default();
    match state.app.witness_checkpoint(asked).await? {
        Ok(line) => Ok(file(TEXT, "no-store", line)),
        Err(refusal) => {
            let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::BAD_REQUEST);
            let kind = [(CONTENT_TYPE, HeaderValue::from_static("text/x.tlog.size"))];
            let size = refusal.size.map_or_else(String::new, |size| format!("{size}\n"));
            Ok((status, kind, size).into_response())
        }
    }
}
