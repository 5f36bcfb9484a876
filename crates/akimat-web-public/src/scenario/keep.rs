//! Analysts keep scenarios, change and remove their own.

use super::{address, new_page, run_address};
use akimat_app::AppError;
use akimat_app::saved::SavedDraft;
use akimat_core::SavedId;
use akimat_storage::SavedKind;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit;
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};

/// Keeps a new scenario.
///
/// # Errors
/// 403 for everybody but analysts and heads.
pub async fn add(State(state): State<WebState>, visitor: Visitor, form: Form) -> Answer {
    keep(&state, &visitor, &form, None).await
}

/// Changes a kept scenario.
///
/// # Errors
/// 403 for everybody but its owner; 409 when it was changed meanwhile.
pub async fn change(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let id: SavedId = frame::id(&id)?;
    let version = form.get("version").parse().map_err(|_| Failure::not_found())?;
    keep(&state, &visitor, &form, Some((id, version))).await
}

/// Removes a kept scenario.
///
/// # Errors
/// 403 for everybody but its owner.
pub async fn remove(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    _: Form,
) -> Answer {
    state.app.remove_analysis(visitor.actor(), frame::id(&id)?).await?;
    Ok(frame::redirect(&visitor, "/scenarios", "saved"))
}

async fn keep(state: &WebState, visitor: &Visitor, form: &Form, stored: Option<(SavedId, u32)>) -> Answer {
    let mut pairs = address::state(form.raw("state"));
    pairs.retain(|(name, _)| !matches!(name.as_str(), "saved" | "version" | "title"));
    if let Some((id, version)) = stored {
        pairs.extend([("saved".to_owned(), id.to_string()), ("version".to_owned(), version.to_string())]);
    }
    let ran = run_address(state, visitor, &pairs).await?.ok_or_else(Failure::not_found)?;
    let mut scenario = ran.scenario.clone();
    form.get("title").clone_into(&mut scenario.title);
    let draft = SavedDraft {
        kind: SavedKind::Scenario,
        title: form.get("title").to_owned(),
        place: ran.chosen.under,
        public: form.get("public") == "yes",
        invented: ran.chosen.base.invented,
        body: scenario.to_json(),
    };
    let mut shown = kit::Form::from_pairs([("title", form.get("title")), ("public", form.get("public"))]);
    if ran.outcomes.is_none() {
        return invalid(&new_page(visitor, &pairs, &ran, shown));
    }
    let kept = match stored {
        Some((id, version)) => {
            state.app.update_analysis(visitor.actor(), id, version, draft).await.map(|()| id)
        }
        None => state.app.save_analysis(visitor.actor(), draft).await,
    };
    match kept {
        Ok(id) => Ok(frame::redirect(visitor, &format!("/scenarios/{id}"), "saved")),
        Err(AppError::Invalid(faults)) => {
            for fault in &faults {
                shown.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
            }
            invalid(&new_page(visitor, &pairs, &ran, shown))
        }
        Err(error) => Err(error.into()),
    }
}

fn invalid(page: &impl askama::Template) -> Answer<Response> {
    Ok(frame::render_invalid(page)?.into_response())
}
