//! The audit trail for systems of the office that watches over it: by a key of an account that may administer.

use crate::asked::Asked;
use crate::cursor::Key;
use crate::endpoint::{Body, CURSOR, Endpoint, LIMIT};
use crate::push::by_key;
use crate::reply::{Reply, list as list_of};
use akimat_core::AccountId;
use akimat_storage::AuditRecord;
use akimat_web_kit::failure::Failure;
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, HeaderValue};
use axum::response::IntoResponse;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

/// The order of the list, for its cursors.
const ORDER: &str = "at";

/// `/api/v1/audit`.
pub const LIST: Endpoint = Endpoint {
    path: "/api/v1/audit",
    id: "listAudit",
    tag: "audit",
    summary: "Acts of staff and of the platform, newest first; needs a key of an account that may administer",
    parameters: &[LIMIT, CURSOR],
    body: Body::Status("AuditList", include_str!("example/audit.json")),
    problems: &[],
};

/// An act on record.
#[derive(Debug, Serialize)]
struct Act {
    id: Uuid,
    at: Timestamp,
    actor: Option<AccountId>,
    verb: String,
    subject: String,
    place: Option<String>,
    detail: Value,
}

impl From<AuditRecord> for Act {
    fn from(record: AuditRecord) -> Self {
        Self {
            id: record.id,
            at: record.at,
            actor: record.actor,
            verb: record.verb,
            subject: record.subject,
            place: record.place.map(|place| place.to_string()),
            // What was written is JSON; should a part have been taken out with a person, it is given as words.
            detail: serde_json::from_str(&record.detail).unwrap_or(Value::String(record.detail)),
        }
    }
}

/// The acts.
///
/// # Errors
/// 401 without a key, 403 for a key of somebody who may not administer and for a browser's session.
pub async fn list(State(state): State<WebState>, visitor: Visitor, asked: Asked) -> Reply {
    by_key(&visitor)?;
    let page = asked.page(ORDER, Key::Number)?;
    let found = state.app.read().list_audit(&page).await?;
    let items: Vec<Act> = found.items.into_iter().map(Act::from).collect();
    let body = serde_json::to_value(list_of(&asked, items, ORDER, found.next.as_ref()));
    let mut response = axum::Json(body.map_err(Failure::internal)?).into_response();
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    Ok(response)
}
