//! A lost second step at the desk, and ending the sessions of somebody else: parts of `/admin/accounts/{id}`.

use super::grant::account_page;
use akimat_app::AppError;
use akimat_app::factor_reset::WAIT_DAYS;
use akimat_storage::Account;
use akimat_storage::credential::{FactorReset, ResetState};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit;
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use axum::extract::{Path, State};

/// What an administrator may do about the signing in of an account.
pub(super) struct SignInPart {
    /// Where its sessions are ended.
    pub sessions: String,
    /// Where the removal of the second step is asked for; empty when there is none to remove, or one waits.
    pub ask: String,
    /// There is no second step.
    pub bare: bool,
    pub waiting: Option<WaitingRow>,
    /// The session is too old for what was asked.
    pub again: String,
}

/// A removal that waits for a second administrator.
pub(super) struct WaitingRow {
    pub words: String,
    pub reason: String,
    pub path: String,
    /// Somebody else asked: this administrator may confirm.
    pub confirm: bool,
    /// The account it is about, with its page.
    pub about: (String, String),
}

fn waiting_row(state: &WebState, visitor: &Visitor, reset: &FactorReset, account: &Account) -> WaitingRow {
    let locale = visitor.locale();
    let asked = locale.date_time(reset.asked_at, state.app.zone());
    let me = visitor.actor().map(|own| own.id);
    WaitingRow {
        words: locale.f(
            "reset-waits",
            &[("name", reset.asked_by_name.as_str().into()), ("when", asked.into()), ("n", WAIT_DAYS.into())],
        ),
        reason: reset.reason.clone(),
        path: format!("/admin/factor-resets/{}", reset.id),
        confirm: reset.asked_by != me,
        about: (format!("/admin/accounts/{}", account.id), account.display_name.clone()),
    }
}

/// The part of the page of an account; `None` for the own one.
pub(super) async fn part(
    state: &WebState,
    visitor: &Visitor,
    account: &Account,
    form: &kit::Form,
) -> Answer<Option<SignInPart>> {
    if visitor.actor().is_some_and(|own| own.id == account.id) {
        return Ok(None);
    }
    let factor = state.app.security_state(account).await?.second_factor;
    let waiting = state.app.waiting_factor_resets(visitor.actor()).await?;
    let waiting = waiting.iter().find(|(reset, _)| reset.account == account.id);
    let path = format!("/admin/accounts/{}", account.id);
    Ok(Some(SignInPart {
        sessions: format!("{path}/sessions"),
        ask: if factor && waiting.is_none() { format!("{path}/factor") } else { String::new() },
        bare: !factor,
        waiting: waiting.map(|(reset, account)| waiting_row(state, visitor, reset, account)),
        again: if form.error("").is_empty() { String::new() } else { format!("/sign-in?next={path}") },
    }))
}

/// What waits for a second administrator, for the list of accounts.
pub(super) async fn waiting(state: &WebState, visitor: &Visitor) -> Answer<Vec<WaitingRow>> {
    let all = state.app.waiting_factor_resets(visitor.actor()).await?;
    Ok(all.iter().map(|(reset, account)| waiting_row(state, visitor, reset, account)).collect())
}

async fn again(
    state: &WebState,
    visitor: &Visitor,
    account: &Account,
    sent: &Form,
    error: AppError,
) -> Answer {
    match error {
        AppError::Invalid(faults) => {
            let mut form = kit::Form::new().with("reset_reason", sent.raw("reset_reason"));
            for fault in &faults {
                form.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&account_page(state, visitor, account, form).await?)
        }
        other => Err(other.into()),
    }
}

/// Ends every session of an account.
///
/// # Errors
/// 403 outside the administrator's territory.
pub async fn end_sessions(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    _form: Form,
) -> Answer {
    let id = frame::id(&id)?;
    state.app.end_sessions_of(visitor.actor(), id).await?;
    Ok(frame::redirect(&visitor, &format!("/admin/accounts/{id}"), "reset-sessions-ended"))
}

/// Asks that a lost second step be removed.
///
/// # Errors
/// As [`end_sessions`].
pub async fn ask(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    let found = state.app.read().find_account(frame::id(&id)?).await?.ok_or(AppError::NotFound("account"))?;
    let who = (visitor.actor(), visitor.token.as_str());
    match state.app.ask_factor_reset(who, found.id, sent.raw("reset_reason")).await {
        Ok(_) => Ok(frame::redirect(&visitor, &format!("/admin/accounts/{}", found.id), "reset-asked")),
        Err(error) => again(&state, &visitor, &found, &sent, error).await,
    }
}

/// Confirms or refuses, by the button that was pressed.
///
/// # Errors
/// 403 for who asked, when it is to be confirmed.
pub async fn act(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    let id = frame::id(&id)?;
    if sent.get("act") != ResetState::Done.code() {
        state.app.refuse_factor_reset(visitor.actor(), id).await?;
        return Ok(frame::redirect(&visitor, "/admin/accounts", "reset-refused"));
    }
    let who = (visitor.actor(), visitor.token.as_str());
    match state.app.confirm_factor_reset(who, id).await {
        Ok(()) => Ok(frame::redirect(&visitor, "/admin/accounts", "reset-done")),
        Err(error) => {
            let reset =
                state.app.read().find_factor_reset(id).await?.ok_or(AppError::NotFound("factor reset"))?;
            let found = state.app.read().find_account(reset.account).await?;
            let found = found.ok_or(AppError::NotFound("account"))?;
            again(&state, &visitor, &found, &sent, error).await
        }
    }
}
