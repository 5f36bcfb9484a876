//! `/budgets`: every imported budget.

use akimat_storage::{BudgetFilter, BudgetHead, Cursor, PageRequest};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::budget::{BudgetItem, budget_item};
use akimat_web_kit::view::project::place_names;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{RawQuery, State};

/// Budgets on one page.
const LIMIT: u16 = 40;

#[derive(Template)]
#[template(path = "public/budget/list.html")]
struct ListPage {
    page: Page,
    items: Vec<BudgetItem>,
    previous: String,
    next: String,
}

/// The list.
///
/// # Errors
/// When the database fails.
pub async fn list(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let locale = visitor.locale();
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let filter =
        BudgetFilter { place: asked.get("place").parse().ok(), year: asked.get("year").parse().ok() };
    let request = PageRequest { limit: LIMIT, after: Cursor::decode(asked.raw("after")) };
    let heads = state.app.read().list_budgets(&filter, &request).await?;
    let names = place_names(&state, locale, heads.items.iter().filter_map(|head| head.budget.place)).await?;
    let name = |head: &BudgetHead| {
        head.budget.place.and_then(|place| names.get(&place)).map_or("", String::as_str).to_owned()
    };
    let continued = |cursor: Cursor| visitor.to(&format!("/budgets?after={}", cursor.encode()));
    frame::render(&ListPage {
        page: frame::page(&visitor, locale.t("budgets-title"), Some(MenuItem::Budgets))
            .description(locale.t("budgets-intro")),
        items: heads.items.iter().map(|head| budget_item(locale, head, &name(head))).collect(),
        previous: request.after.map_or_else(String::new, |_| visitor.to("/budgets")),
        next: heads.next.map_or_else(String::new, continued),
    })
}
