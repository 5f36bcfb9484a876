//! Disputed works at the workplace: what waits for an answer, and moderation of what people say.

use akimat_app::AppError;
use akimat_app::acceptance::Rules;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::acceptance::{Standing, rule, standing};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "admin/disputes.html")]
struct DisputesPage {
    page: Page,
    rule: String,
    rows: Vec<Row>,
}

struct Row {
    title: String,
    path: String,
    standing: Standing,
}

/// Projects shown; what is further down waits less.
const ROWS: usize = 50;

/// The list.
///
/// # Errors
/// When the database fails.
pub async fn list(State(state): State<WebState>, visitor: Visitor) -> Answer {
    let locale = visitor.locale();
    let account = visitor.actor().ok_or(AppError::SignInNeeded)?;
    let place = account.place.ok_or(AppError::Forbidden)?;
    let mut rows = Vec::new();
    for waiting in state.app.disputed_works(place).await?.iter().take(ROWS) {
        let found = state.app.read().find_project(waiting.project).await?;
        let title =
            found.map_or_else(String::new, |(project, _, _)| locale.text(&project.title).0.to_owned());
        rows.push(Row {
            title,
            path: format!("/projects/{}/acceptance#answers", waiting.project),
            standing: standing(&state, locale, &waiting.tally),
        });
    }
    let rules = Rules::on(state.app.today());
    frame::render(&DisputesPage {
        page: frame::page(&visitor, locale.t("disputes-title"), Some(MenuItem::Admin)).hidden(),
        rule: rule(locale, &rules),
        rows,
    })
}

/// Shows it again.
///
/// # Errors
/// 403 outside the moderator's territory, 404 when there is no such word.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    _form: Form,
) -> Answer {
    let id: Uuid = frame::id(&id)?;
    state.app.show_acceptance(visitor.actor(), id).await?;
    back(&state, &visitor, id, "acceptance-is-shown").await
}

async fn back(state: &WebState, visitor: &Visitor, id: Uuid, flash: &str) -> Answer {
    let said = state.app.read().get_acceptance(id).await?;
    let said = said.ok_or_else(akimat_web_kit::failure::Failure::not_found)?;
    Ok(frame::redirect(visitor, &format!("/projects/{}/acceptance#a-{id}", said.project), flash))
}
