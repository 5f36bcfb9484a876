//! Published reports: their words and the questions of their figures.

use crate::asked::Asked;
use crate::cursor::Key;
use crate::endpoint::{Body, CURSOR, Endpoint, ID, LIMIT};
use crate::reply::{Links, Reply, links, list as list_of, resource};
use akimat_core::SavedId;
use akimat_storage::{SavedFilter, SavedHead, SavedKind};
use akimat_web_kit::failure::Failure;
use akimat_web_kit::state::WebState;
use axum::extract::State;
use jiff::Timestamp;
use serde::Serialize;

/// The order of the list, for its cursors.
const ORDER: &str = "created_at";

/// `/api/v1/reports`.
pub const LIST: Endpoint = Endpoint {
    path: "/api/v1/reports",
    id: "listReports",
    tag: "reports",
    summary: "Published reports, newest first",
    parameters: &[LIMIT, CURSOR],
    body: Body::Resource("ReportList", include_str!("example/reports.json")),
    problems: &[],
};

/// `/api/v1/reports/{id}`.
pub const SHOW: Endpoint = Endpoint {
    path: "/api/v1/reports/{id}",
    id: "getReport",
    tag: "reports",
    summary: "A published report: its words in three languages and, for each figure, the question that it asks \
              anew whenever the report is opened",
    parameters: &[ID],
    body: Body::Resource("Report", include_str!("example/report.json")),
    problems: &[],
};

/// A report in a list.
#[derive(Debug, Serialize)]
pub struct ReportItem {
    id: SavedId,
    title: String,
    author: String,
    invented: bool,
    created_at: Timestamp,
    updated_at: Timestamp,
    links: Links,
}

/// A report with its sections.
#[derive(Debug, Serialize)]
struct ReportBody {
    #[serde(flatten)]
    item: ReportItem,
    body: serde_json::Value,
}

impl From<SavedHead> for ReportItem {
    fn from(head: SavedHead) -> Self {
        let id = head.id;
        Self {
            id,
            title: head.title,
            author: head.owner_name,
            invented: head.invented,
            created_at: head.created_at,
            updated_at: head.updated_at,
            links: links(format!("/api/v1/reports/{id}"), &format!("/reports/{id}")),
        }
    }
}

/// The list.
///
/// # Errors
/// When the database fails or the cursor is not of this list.
pub async fn list(State(state): State<WebState>, asked: Asked) -> Reply {
    let page = asked.page(ORDER, Key::Number)?;
    let filter = SavedFilter { kind: Some(SavedKind::Report), owner: None, public: true };
    let page = state.app.read().list_saved(&filter, &page).await?;
    let items: Vec<ReportItem> = page.items.into_iter().map(ReportItem::from).collect();
    resource(&asked.headers, &list_of(&asked, items, ORDER, page.next.as_ref()))
}

/// One report.
///
/// # Errors
/// 404 when there is none, or it is not public.
pub async fn show(State(state): State<WebState>, asked: Asked) -> Reply {
    let saved = state.app.find_analysis(None, SavedKind::Report, asked.required("id")?).await;
    let saved = saved.map_err(Failure::from)?;
    let body = serde_json::from_str(&saved.body).map_err(Failure::internal)?;
    resource(&asked.headers, &ReportBody { item: saved.head.into(), body })
}
