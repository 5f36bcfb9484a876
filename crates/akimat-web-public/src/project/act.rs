//! Votes and comments of residents.

use super::show::show_invalid;
use crate::talk::{say, told};
use akimat_app::AppError;
use akimat_app::talk::About;
use akimat_core::ProjectId;
use akimat_participation::Rating;
use akimat_storage::{MarkKind, Marked};
use akimat_web_kit::comment_form::CommentForm;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::attempt::{limit, trace_mark};
use akimat_web_kit::visitor::Visitor;
use axum::extract::{Path, State};

/// A resident votes.
///
/// # Errors
/// 400 for a value that is no rating, 404 when there is no such project, 429 for a flood.
pub async fn rate(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let id: ProjectId = frame::id(&id)?;
    let rating = form.get("rating").parse().ok().and_then(Rating::new);
    let rating = rating.ok_or_else(|| AppError::field("rating", "field-choose-from-list"))?;
    limit(&state.limiters.rating, &state, &visitor)?;
    state.app.rate_project(visitor.actor(), id, rating).await?;
    trace_mark(&state, &visitor, Marked { kind: MarkKind::Project, subject: id.0 }).await;
    Ok(frame::redirect(&visitor, &format!("/projects/{id}#rating"), "rating-saved"))
}

/// A person comments.
///
/// # Errors
/// 404 when there is no such project, 429 for a flood.
pub async fn comment(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    form: CommentForm,
) -> Answer {
    let id: ProjectId = frame::id(&id)?;
    match say(&state, &visitor, About::Project(id), form).await? {
        Ok(said) => Ok(frame::redirect(&visitor, &format!("/projects/{id}#comments"), told(said))),
        Err(again) => show_invalid(&state, &visitor, id, again).await,
    }
}
