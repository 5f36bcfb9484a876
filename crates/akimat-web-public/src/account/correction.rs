//! `/account/data#correction`: the visitor asks to have the own record corrected.

use super::data;
use akimat_app::AppError;
use akimat_app::correction::Wish;
use akimat_i18n::Locale;
use akimat_storage::{Account, Correction, CorrectionState};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit;
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::attempt::limit;
use akimat_web_kit::visitor::Visitor;
use axum::extract::{Path, State};
use uuid::Uuid;

/// A request as its person sees it.
pub(crate) struct CorrectionRow {
    pub(crate) id: Uuid,
    pub(crate) what: String,
    pub(crate) words: String,
    pub(crate) asked: String,
    pub(crate) state: String,
    pub(crate) tone: &'static str,
    pub(crate) decision: String,
    pub(crate) open: bool,
}

/// The person's requests, the newest first.
pub(super) async fn rows(state: &WebState, locale: &Locale, account: &Account) -> Answer<Vec<CorrectionRow>> {
    let all = state.app.read().list_corrections(account.id).await?;
    Ok(all.iter().map(|one| row(state, locale, one)).collect())
}

fn row(state: &WebState, locale: &Locale, one: &Correction) -> CorrectionRow {
    let when = |at| locale.date_time(at, state.app.zone());
    let open = one.state == CorrectionState::Open;
    let decision = match one.decided_at {
        Some(at) if !one.reason.is_empty() => locale.f(
            "correction-decided",
            &[
                ("by", one.decided_by_name.as_str().into()),
                ("when", when(at).into()),
                ("reason", one.reason.as_str().into()),
            ],
        ),
        Some(at) => when(at),
        None => locale.f("correction-due", &[("date", locale.date(one.due_on).into())]),
    };
    CorrectionRow {
        id: one.id,
        what: akimat_web_kit::view::correction::wanted(locale, one),
        words: one.words.clone(),
        asked: when(one.asked_at),
        state: locale.name("correction-state", one.state.code()).into_owned(),
        tone: match one.state {
            CorrectionState::Open => "info",
            CorrectionState::Granted => "ok",
            CorrectionState::Refused => "warning",
            CorrectionState::Withdrawn => "neutral",
        },
        decision,
        open,
    }
}

/// Asks.
///
/// # Errors
/// 429 after too many attempts.
pub async fn ask(State(state): State<WebState>, visitor: Visitor, sent: Form) -> Answer {
    limit(&state.limiters.heavy, &state, &visitor)?;
    let [field, wanted, words] = ["field", "wanted", "words"].map(|name| sent.raw(name).to_owned());
    match state.app.ask_correction(visitor.actor(), &Wish { field, wanted, words }).await {
        Ok(()) => Ok(frame::redirect(&visitor, "/account/data#correction", "correction-asked")),
        Err(AppError::Invalid(faults)) => {
            let mut form = kit::Form::new();
            for name in ["field", "wanted", "words"] {
                form = form.with(name, sent.raw(name));
            }
            for fault in &faults {
                form.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
            }
            data::again(&state, &visitor, form).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Takes a request back.
///
/// # Errors
/// 404 for requests of others.
pub async fn withdraw(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let id: Uuid = frame::id(&id)?;
    state.app.withdraw_correction(visitor.actor(), id).await?;
    Ok(frame::redirect(&visitor, "/account/data#correction", "correction-taken-back"))
}
