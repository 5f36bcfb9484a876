//! A manager takes over a project that nobody reports on.

use akimat_core::ProjectId;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::frame;
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use axum::extract::{Path, State};

/// From then on the project is the visitor's.
///
/// # Errors
/// 403 outside the manager's territory, 404 when there is no such project, 409 when somebody reports on it already.
pub async fn take_over(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    _form: akimat_web_kit::form::Form,
) -> Answer {
    let id: ProjectId = frame::id(&id)?;
    state.app.take_over_project(visitor.actor(), id).await?;
    Ok(frame::redirect(&visitor, &format!("/projects/{id}#team"), "manager-taken-over"))
}
