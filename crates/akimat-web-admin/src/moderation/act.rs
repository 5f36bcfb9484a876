//! What a moderator does at the desk.

use super::page;
use akimat_app::moderation::{Handling, reason_of};
use akimat_app::{AppError, FieldFault};
use akimat_core::{AccountId, CommentId};
use akimat_participation::Reason;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit;
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use axum::extract::{Path, State};
use uuid::Uuid;

/// The desk again, with what was wrong under this field.
async fn again(state: &WebState, visitor: &Visitor, sent: kit::Form, faults: Vec<FieldFault>) -> Answer {
    let form = akimat_web_kit::view::talk::invalid(visitor, sent, &faults);
    frame::render_invalid(&page(state, visitor, "", form).await?)
}

pub(super) fn under(name: &str, faults: Vec<FieldFault>) -> Vec<FieldFault> {
    faults.into_iter().map(|fault| FieldFault { field: name.to_owned(), ..fault }).collect()
}

/// Hides a comment.
///
/// # Errors
/// 403 outside the moderator's territory, 404 when there is no such comment.
pub async fn hide(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let id: CommentId = frame::id(&id)?;
    let (name, code) = (format!("reason-{id}"), format!("code-{id}"));
    let reason = Reason::parse(form.get(&code)).unwrap_or(Reason::Other);
    match state.app.hide_comment(visitor.actor(), id, (reason, form.raw(&name))).await {
        Ok(()) => Ok(frame::redirect(&visitor, &format!("/admin/moderation#c-{id}"), "moderation-hidden")),
        Err(AppError::Invalid(faults)) => {
            let sent = kit::Form::new().with(&name, form.raw(&name)).with(&code, form.get(&code));
            let faults = under(&name, faults);
            let form = akimat_web_kit::view::talk::invalid(&visitor, sent, &faults);
            let item = state.app.read().find_comment(id).await?.ok_or_else(Failure::not_found)?;
            frame::render_invalid(&super::detail::page(&state, &visitor, item, form).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// Shows a hidden comment again.
///
/// # Errors
/// 403 outside the moderator's territory, 404 when there is no such comment.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    _form: Form,
) -> Answer {
    let id: CommentId = frame::id(&id)?;
    state.app.show_comment(visitor.actor(), id).await?;
    Ok(frame::redirect(&visitor, &format!("/admin/moderation#c-{id}"), "moderation-shown"))
}

/// Does the same with the chosen comments.
///
/// # Errors
/// 403 when one lies outside the territory, 422 for none, too many, or no reason.
pub async fn bulk(State(state): State<WebState>, visitor: Visitor, form: Form) -> Answer {
    let mut ids: Vec<CommentId> = form.all("pick").filter_map(|id| id.parse().ok()).collect();
    ids.sort();
    ids.dedup();
    let sent = || {
        let code = kit::Form::new().with("bulk-code", form.get("bulk-code"));
        code.with("bulk-reason", form.raw("bulk-reason"))
    };
    let handling = match form.get("act") {
        "keep" => Ok(Handling::Keep),
        "hide" => reason_of("bulk-code", form.get("bulk-code"))
            .map(|code| Handling::Hide { code, words: form.get("bulk-reason").to_owned() }),
        _ => Err(AppError::field("act", "field-choose-from-list")),
    };
    let handling = match handling {
        Ok(Handling::Hide { words, .. }) if words.is_empty() => {
            Err(AppError::field("bulk-reason", "field-required"))
        }
        Ok(Handling::Hide { words, .. })
            if words.chars().count() > akimat_app::participation::REASON_CHARS_MAX =>
        {
            let fault = FieldFault::new("bulk-reason", "field-too-long");
            Err(AppError::Invalid(vec![fault.with("max", akimat_app::participation::REASON_CHARS_MAX)]))
        }
        other => other,
    };
    let done = match handling {
        Ok(handling) => {
            state.app.moderate_comments(visitor.actor(), &ids, &handling).await.map(|done| (handling, done))
        }
        Err(error) => Err(error),
    };
    match done {
        Ok((Handling::Hide { .. }, (_, batch))) => {
            Ok(frame::redirect(&visitor, &format!("/admin/moderation?batch={batch}"), "moderation-done"))
        }
        Ok(_) => Ok(frame::redirect(&visitor, "/admin/moderation", "moderation-done")),
        Err(AppError::Invalid(faults)) => again(&state, &visitor, sent(), faults).await,
        Err(error) => Err(error.into()),
    }
}

/// Undoes what was done with many.
///
/// # Errors
/// 404 when there was no such act, 403 outside the territory.
pub async fn undo(State(state): State<WebState>, visitor: Visitor, form: Form) -> Answer {
    let batch: Uuid = frame::id(form.get("batch"))?;
    state.app.undo_pattern(visitor.actor(), batch).await?;
    Ok(frame::redirect(&visitor, "/admin/moderation", "moderation-undone"))
}

/// Lifts a block.
///
/// # Errors
/// 404 when there is none, 403 outside the territory.
pub async fn end_block(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, account, id)): Path<(String, String, String)>,
    _form: Form,
) -> Answer {
    let (account, id): (AccountId, Uuid) = (frame::id(&account)?, frame::id(&id)?);
    state.app.end_block(visitor.actor(), account, id).await?;
    Ok(frame::redirect(&visitor, "/admin/moderation?view=blocks", "block-ended"))
}

/// Decides on a contest.
///
/// # Errors
/// 403 for the moderator who hid it, 409 when it is decided, 422 without words.
pub async fn rule(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let id: CommentId = frame::id(&id)?;
    let name = format!("ruling-{id}");
    let granted = form.get("granted") == "1";
    match state.app.rule_contest(visitor.actor(), id, (granted, form.raw(&name))).await {
        Ok(()) => Ok(frame::redirect(&visitor, "/admin/moderation?view=contests", "contest-ruled")),
        Err(AppError::Invalid(faults)) => {
            let sent = kit::Form::new().with(&name, form.raw(&name));
            let form = akimat_web_kit::view::talk::invalid(&visitor, sent, &under(&name, faults));
            frame::render_invalid(&page(&state, &visitor, "view=contests", form).await?)
        }
        Err(error) => Err(error.into()),
    }
}
