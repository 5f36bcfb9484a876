//! Passkeys: signing in with one, making one, removing one. The script of the page asks the device; the forms carry what it
//! answers.

use super::browser::{browser, led_on};
use super::{next_path, sign_in_page, with_faults};
use akimat_app::AppError;
use akimat_app::account::CONTACT_LOGIN;
use akimat_app::passkey::{Act, Answered, Invitation};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::attempt::limit;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

#[derive(Template)]
#[template(path = "public/account/passkey.html")]
struct PasskeyPage {
    page: Page,
    form: kit::Form,
    invitation: Invitation,
    /// Identifier of the account, as devices keep it.
    user: String,
    name: String,
    shown: String,
    /// The session is too old to make one.
    again: bool,
}

/// What a page gives the browser; `None` where passkeys are not set up.
pub(super) async fn invitation(state: &WebState, act: Act) -> Answer<Option<Invitation>> {
    if !state.app.has_passkeys() {
        return Ok(None);
    }
    Ok(Some(state.app.invite_passkey(act).await?))
}

/// What a form brings of a device.
pub(super) fn answered(form: &Form) -> Answered<'_> {
    Answered {
        credential: form.get("credential"),
        client_data: form.get("client_data"),
        data: form.get("data"),
        signature: form.get("signature"),
    }
}

/// Signs in with a passkey.
///
/// # Errors
/// 429 after too many attempts from one address.
pub async fn enter(
    State(state): State<WebState>,
    visitor: Visitor,
    headers: HeaderMap,
    form: Form,
) -> Answer {
    limit(&state.limiters.sign_in, &state, &visitor)?;
    let next = next_path(form.get("next"));
    match state.app.enter_passkey(&answered(&form), &browser(&state, &visitor, &headers)).await {
        Ok(entered) => Ok(led_on(&state, &visitor, &entered, &next)
            .unwrap_or_else(|| Redirect::to(&visitor.to("/sign-in")).into_response())),
        Err(AppError::Invalid(faults)) => {
            let mut again = kit::Form::new();
            with_faults(&mut again, &visitor, &faults);
            frame::render_invalid(&sign_in_page(&state, &visitor, again, next).await?)
        }
        Err(error) => Err(error.into()),
    }
}

async fn build(state: &WebState, visitor: &Visitor, mut form: kit::Form) -> Answer<PasskeyPage> {
    let locale = visitor.locale();
    let account = visitor.actor().ok_or(AppError::SignInNeeded)?;
    match state.app.fresh_session(&visitor.token).await {
        Err(AppError::Invalid(faults)) if form.is_clean() => with_faults(&mut form, visitor, &faults),
        Err(AppError::Invalid(_)) | Ok(_) => {}
        Err(error) => return Err(error.into()),
    }
    let invitation = state.app.invite_passkey(Act::Make(account.id)).await?;
    // The login of an account that was opened with an address says nothing to its person.
    let by_contact = account.login.starts_with(CONTACT_LOGIN);
    let name = if by_contact { &account.display_name } else { &account.login };
    Ok(PasskeyPage {
        page: frame::page(visitor, locale.t("passkey-add"), None).hidden().errors(!form.is_clean()),
        again: form.error("") == locale.t("field-not-fresh"),
        form,
        invitation,
        user: URL_SAFE_NO_PAD.encode(account.id.0.as_bytes()),
        name: name.clone(),
        shown: account.display_name.clone(),
    })
}

/// The form for a new passkey.
///
/// # Errors
/// 404 where passkeys are not set up.
pub async fn form(State(state): State<WebState>, visitor: Visitor) -> Answer {
    frame::render(&build(&state, &visitor, kit::Form::new()).await?)
}

/// Adds the passkey that a device made.
///
/// # Errors
/// As [`form`].
pub async fn add(State(state): State<WebState>, visitor: Visitor, sent: Form) -> Answer {
    limit(&state.limiters.sign_in, &state, &visitor)?;
    let who = (visitor.actor(), visitor.token.as_str());
    match state.app.add_passkey(who, sent.get("name"), &answered(&sent)).await {
        Ok(()) => Ok(frame::redirect(&visitor, "/account/security", "passkey-added")),
        Err(AppError::Invalid(faults)) => {
            let mut again = kit::Form::new().with("name", sent.get("name"));
            with_faults(&mut again, &visitor, &faults);
            frame::render_invalid(&build(&state, &visitor, again).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// Removes a passkey.
///
/// # Errors
/// 404 when it is not the visitor's.
pub async fn remove(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    _form: Form,
) -> Answer {
    let who = (visitor.actor(), visitor.token.as_str());
    match state.app.remove_passkey(who, frame::id(&id)?).await {
        Ok(()) => Ok(frame::redirect(&visitor, "/account/security", "passkey-removed")),
        Err(error) => super::security::with_page_faults(&state, &visitor, kit::Form::new(), error).await,
    }
}
