//! Published decisions: what was recommended, what was decided, and why.

use akimat_core::DecisionId;
use akimat_storage::{Cursor, Decision, PageRequest};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::project::place_names;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};

#[derive(Template)]
#[template(path = "public/decision/list.html")]
struct ListPage {
    page: Page,
    items: Vec<DecisionItem>,
    previous: String,
    next: String,
}

struct DecisionItem {
    path: String,
    title: String,
    by: String,
    state: String,
    changed: bool,
}

/// The list.
///
/// # Errors
/// When the database fails.
pub async fn list(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let locale = visitor.locale();
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let request = PageRequest { limit: 30, after: Cursor::decode(asked.raw("after")) };
    let decisions = state.app.read().list_decisions(asked.get("place").parse().ok(), &request).await?;
    let names = place_names(&state, locale, decisions.items.iter().map(|decision| decision.place)).await?;
    let item = |decision: &Decision| {
        let place = names.get(&decision.place).cloned().unwrap_or_else(|| decision.place.to_string());
        DecisionItem {
            path: format!("/decisions/{}", decision.id),
            title: title(&state, &visitor, decision, &place),
            by: locale.f("decision-by", &[("name", decision.decided_by.as_str().into())]),
            state: state_text(&visitor, decision),
            changed: decision.changed,
        }
    };
    frame::render(&ListPage {
        page: frame::page(&visitor, locale.t("decisions-title"), Some(MenuItem::Decisions))
            .description(locale.t("decisions-intro")),
        items: decisions.items.iter().map(item).collect(),
        previous: request.after.map_or_else(String::new, |_| visitor.to("/decisions")),
        next: decisions
            .next
            .map_or_else(String::new, |cursor| visitor.to(&format!("/decisions?after={}", cursor.encode()))),
    })
}

fn title(state: &WebState, visitor: &Visitor, decision: &Decision, place: &str) -> String {
    let date = visitor.locale().date(decision.decided_at.to_zoned(state.app.zone().clone()).date());
    visitor.locale().f("decision-title", &[("place", place.into()), ("date", date.into())])
}

fn state_text(visitor: &Visitor, decision: &Decision) -> String {
    let key = if decision.changed { "decision-state-changed" } else { "decision-state-accepted" };
    visitor.locale().t(key).into_owned()
}

/// The page.
///
/// # Errors
/// 404 when there is no such decision.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let id: DecisionId = frame::id(&id)?;
    let decision = state.app.read().find_decision(id).await?.ok_or_else(Failure::not_found)?;
    super::programme::show(&state, &visitor, &decision).await
}
