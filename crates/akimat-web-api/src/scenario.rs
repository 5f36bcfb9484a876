//! Published what-if scenarios with their results.

use crate::asked::Asked;
use crate::cursor::Key;
use crate::endpoint::{Body, CURSOR, Endpoint, ID, LIMIT};
use crate::reply::{Links, Reply, links, list as list_of, resource};
use akimat_core::{KatoCode, SavedId};
use akimat_scenario::{Scenario, run};
use akimat_storage::{SavedFilter, SavedHead, SavedKind};
use akimat_web_kit::failure::Failure;
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::scenario::{document, limits};
use axum::extract::State;
use jiff::Timestamp;
use serde::Serialize;

/// The order of the list, for its cursors.
const ORDER: &str = "created_at";

/// `/api/v1/scenarios`.
pub const LIST: Endpoint = Endpoint {
    path: "/api/v1/scenarios",
    id: "listScenarios",
    tag: "scenarios",
    summary: "Published what-if scenarios of decentralisation, newest first",
    parameters: &[LIMIT, CURSOR],
    body: Body::Resource("ScenarioList", include_str!("example/scenarios.json")),
    problems: &[],
};

/// `/api/v1/scenarios/{id}`.
pub const SHOW: Endpoint = Endpoint {
    path: "/api/v1/scenarios/{id}",
    id: "getScenario",
    tag: "scenarios",
    summary: "A published scenario with its assumptions, the budgets it starts from and its result in three \
              cases, computed anew from the budgets as they are stored now",
    parameters: &[ID],
    body: Body::Resource("Scenario", include_str!("example/scenario.json")),
    problems: &[],
};

/// A scenario in a list.
#[derive(Debug, Serialize)]
pub struct ScenarioItem {
    id: SavedId,
    title: String,
    author: String,
    place: Option<KatoCode>,
    invented: bool,
    created_at: Timestamp,
    updated_at: Timestamp,
    links: Links,
}

/// A scenario with its result.
#[derive(Debug, Serialize)]
struct ScenarioBody {
    #[serde(flatten)]
    item: ScenarioItem,
    document: serde_json::Value,
}

impl From<SavedHead> for ScenarioItem {
    fn from(head: SavedHead) -> Self {
        let id = head.id;
        Self {
            id,
            title: head.title,
            author: head.owner_name,
            place: head.place,
            invented: head.invented,
            created_at: head.created_at,
            updated_at: head.updated_at,
            links: links(format!("/api/v1/scenarios/{id}"), &format!("/scenarios/{id}")),
        }
    }
}

/// The list.
///
/// # Errors
/// When the database fails or the cursor is not of this list.
pub async fn list(State(state): State<WebState>, asked: Asked) -> Reply {
    let page = asked.page(ORDER, Key::Number)?;
    let filter = SavedFilter { kind: Some(SavedKind::Scenario), owner: None, public: true };
    let page = state.app.read().list_saved(&filter, &page).await?;
    let items: Vec<ScenarioItem> = page.items.into_iter().map(ScenarioItem::from).collect();
    resource(&asked.headers, &list_of(&asked, items, ORDER, page.next.as_ref()))
}

/// One scenario.
///
/// # Errors
/// 404 when there is none, or it is not public.
pub async fn show(State(state): State<WebState>, asked: Asked) -> Reply {
    let saved = state.app.find_analysis(None, SavedKind::Scenario, asked.required("id")?).await;
    let saved = saved.map_err(Failure::from)?;
    let scenario = Scenario::from_json(&saved.body).map_err(Failure::internal)?;
    let base = state.app.scenario_base(scenario.under, scenario.base_year).await.map_err(Failure::from)?;
    let (faults, outcomes) = match run(&base.base, &scenario, limits()) {
        Ok(outcomes) => (Vec::new(), Vec::from(outcomes)),
        Err(refused) => (refused.0, Vec::new()),
    };
    let document = serde_json::to_value(document(&base, &scenario, (&faults, &outcomes)));
    let document = document.map_err(Failure::internal)?;
    resource(&asked.headers, &ScenarioBody { item: saved.head.into(), document })
}
