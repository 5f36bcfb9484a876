//! Votes and comments of residents.

use super::show::show_invalid;
use crate::comment_form::CommentForm;
use crate::failure::Answer;
use crate::form::Form;
use crate::frame;
use crate::public::talk::{say, told};
use crate::state::WebState;
use crate::view::attempt::limit;
use crate::visitor::Visitor;
use akimat_app::AppError;
use akimat_app::talk::About;
use akimat_core::ProjectId;
use akimat_participation::Rating;
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
