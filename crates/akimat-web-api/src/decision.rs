//! Published decisions on portfolios.

use crate::asked::Asked;
use crate::cursor::Key;
use crate::endpoint::{Body, CURSOR, Endpoint, ID, Kind, LIMIT, Parameter};
use crate::reply::{Links, Reply, links, list as list_of, resource};
use akimat_app::programme::decide::FORMAT;
use akimat_core::{DecisionId, KatoCode};
use akimat_storage::{Decision, StoreError};
use akimat_web_kit::failure::Failure;
use akimat_web_kit::state::WebState;
use axum::extract::State;
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeSet;

/// The order of the list, for its cursors.
const ORDER: &str = "decided_at";

/// `/api/v1/decisions`.
pub const LIST: Endpoint = Endpoint {
    path: "/api/v1/decisions",
    id: "listDecisions",
    tag: "decisions",
    summary: "Published decisions on portfolios of projects, newest first",
    parameters: &[Parameter::new("place", Kind::Place, "In this territory or below it."), LIMIT, CURSOR],
    body: Body::Resource("DecisionList", include_str!("example/decisions.json")),
    problems: &[],
};

/// `/api/v1/decisions/{id}`.
pub const SHOW: Endpoint = Endpoint {
    path: "/api/v1/decisions/{id}",
    id: "getDecision",
    tag: "decisions",
    summary: "A decision with all that it was computed from, so that anybody can compute it again",
    parameters: &[ID],
    body: Body::Resource("Decision", include_str!("example/decision.json")),
    problems: &[],
};

/// A decision in a list.
#[derive(Debug, Serialize)]
pub struct DecisionItem {
    id: DecisionId,
    place: KatoCode,
    year: i16,
    decided_by: String,
    decided_at: Timestamp,
    reason: String,
    changed: bool,
    invented: bool,
    links: Links,
}

/// A decision with its document.
#[derive(Debug, Serialize)]
pub struct DecisionBody {
    #[serde(flatten)]
    decision: DecisionItem,
    /// `akimat-decision/2`: a programme, a record that can be computed again, described in
    /// `docs/reference/programme-decision.md`.
    document_format: &'static str,
    /// The unit of the amounts inside `document`, which is given exactly as it was published. In a programme it is
    /// that of the request; the facts in `input` state their own.
    document_money_unit: &'static str,
    document: serde_json::Value,
}

impl DecisionItem {
    fn new(decision: Decision, invented: bool) -> Self {
        let id = decision.id;
        Self {
            id,
            place: decision.place,
            year: decision.year,
            decided_by: decision.decided_by,
            decided_at: decision.decided_at,
            reason: decision.reason,
            changed: decision.changed,
            invented,
            links: links(format!("/api/v1/decisions/{id}"), &format!("/decisions/{id}")),
        }
    }
}

/// A decision with its document.
///
/// # Errors
/// When the stored document is no JSON.
pub fn body(decision: Decision, invented: bool) -> Result<DecisionBody, serde_json::Error> {
    let document: serde_json::Value = serde_json::from_str(&decision.document)?;
    let decision = DecisionItem::new(decision, invented);
    Ok(DecisionBody { decision, document_format: FORMAT, document_money_unit: "tiyn", document })
}

/// Which of the territories of these decisions are invented for the demonstration.
async fn invented(state: &WebState, decisions: &[Decision]) -> Result<BTreeSet<KatoCode>, StoreError> {
    let codes: BTreeSet<KatoCode> = decisions.iter().map(|decision| decision.place).collect();
    let codes: Vec<KatoCode> = codes.into_iter().collect();
    let places = state.app.read().list_places_by_code(&codes, state.app.today()).await?;
    Ok(places.into_iter().filter(|place| place.invented).map(|place| place.code).collect())
}

/// The list.
///
/// # Errors
/// When the database fails or the cursor is not of this list.
pub async fn list(State(state): State<WebState>, asked: Asked) -> Reply {
    let page = asked.page(ORDER, Key::Number)?;
    let page = state.app.read().list_decisions(asked.place("place"), &page).await?;
    let invented = invented(&state, &page.items).await?;
    let item = |decision: Decision| {
        let invented = invented.contains(&decision.place);
        DecisionItem::new(decision, invented)
    };
    let items: Vec<DecisionItem> = page.items.into_iter().map(item).collect();
    resource(&asked.headers, &list_of(&asked, items, ORDER, page.next.as_ref()))
}

/// One decision.
///
/// # Errors
/// 404 when there is none.
pub async fn show(State(state): State<WebState>, asked: Asked) -> Reply {
    let found = state.app.read().find_decision(asked.required("id")?).await?;
    let decision = found.ok_or_else(Failure::not_found)?;
    let invented = !invented(&state, std::slice::from_ref(&decision)).await?.is_empty();
    resource(&asked.headers, &body(decision, invented).map_err(Failure::internal)?)
}
