//! Signing in by an identity provider: away, back, and the provider's word that a session is over.

use super::browser::{browser, led_on, set_cookie};
use super::{next_path, sign_in_page, with_faults};
use akimat_app::AppError;
use akimat_app::once::Deed;
use akimat_app::provider::{AWAY_MINUTES, Return};
use akimat_core::Lang;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit;
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::{Visitor, cookie};
use axum::extract::{Path, RawQuery, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};

/// What the browser keeps while its person is at the provider; see [`akimat_web_kit::visitor::session_cookie`].
const fn away_cookie(secure: bool) -> &'static str {
    if secure { "__Host-akimat_away" } else { "akimat_away" }
}

/// Sends the person to the provider.
///
/// # Errors
/// 404 for an unknown provider, 429 after too many attempts from one address.
pub async fn leave(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, name)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    take(&state, &visitor)?;
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    if let Some(deed) = Deed::parse_key(asked.get("once")) {
        return match state.app.begin_provider_once(&name, deed, visitor.lang.code()).await {
            Ok(gone) => Ok(gone_away(&state, gone)),
            Err(error) => crate::once::refused(&state, &visitor, deed, error).await,
        };
    }
    let next = next_path(asked.get("next"));
    match state.app.begin_provider_sign_in(&name, (&next, visitor.lang.code())).await {
        Ok(gone) => Ok(gone_away(&state, gone)),
        Err(error) => refused(&state, &visitor, error, next).await,
    }
}

fn gone_away(state: &WebState, (url, kept): (String, Vec<u8>)) -> Response {
    let mut response = Redirect::to(&url).into_response();
    let name = away_cookie(state.options.secure_cookie);
    set_cookie(&mut response, state, (name, &hex(&kept)), AWAY_MINUTES * 60);
    response
}

/// Sends somebody who is signed in to a provider, to be linked with it.
///
/// # Errors
/// As [`leave`].
pub async fn link(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, name)): Path<(String, String)>,
    _form: Form,
) -> Answer {
    take(&state, &visitor)?;
    let who = (visitor.actor(), visitor.token.as_str());
    match state.app.begin_provider_link(who, &name, visitor.lang.code()).await {
        Ok(gone) => Ok(gone_away(&state, gone)),
        Err(error) => super::security::with_page_faults(&state, &visitor, kit::Form::new(), error).await,
    }
}

/// Ends the link with a provider.
///
/// # Errors
/// 404 when there is no such link.
pub async fn unlink(State(state): State<WebState>, visitor: Visitor, form: Form) -> Answer {
    let who = (visitor.actor(), visitor.token.as_str());
    match state.app.unlink_provider(who, form.get("issuer")).await {
        Ok(()) => Ok(frame::redirect(&visitor, "/account/security", "provider-unlinked")),
        Err(error) => super::security::with_page_faults(&state, &visitor, kit::Form::new(), error).await,
    }
}

/// The person comes back from the provider.
///
/// # Errors
/// As [`leave`].
pub async fn come_back(
    State(state): State<WebState>,
    mut visitor: Visitor,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Answer {
    take(&state, &visitor)?;
    let sent = Form::parse(query.unwrap_or_default().as_bytes());
    let kept = cookie(&headers, away_cookie(state.options.secure_cookie)).map(unhex).unwrap_or_default();
    let back = Return {
        state: sent.get("state"),
        code: sent.get("code"),
        issuer: sent.get("iss"),
        error: sent.get("error"),
    };
    let browser = browser(&state, &visitor, &headers);
    let mut response = match state.app.finish_provider_sign_in(&name, (&kept, back), &browser).await {
        Ok(came) => {
            visitor.lang = Lang::parse(&came.lang).unwrap_or(visitor.lang);
            let next = next_path(&came.next);
            match came.entered {
                None if came.pass.is_some() => {
                    let mut response = Redirect::to(&visitor.to(&next)).into_response();
                    crate::once::keep_pass(&mut response, &state, &came.pass.unwrap_or_default());
                    response
                }
                None => frame::redirect(&visitor, "/account/security", "provider-linked"),
                Some(entered) => led_on(&state, &visitor, &entered, &next)
                    .unwrap_or_else(|| Redirect::to(&visitor.to("/sign-in")).into_response()),
            }
        }
        Err(AppError::Unmet(lacks)) => crate::once::weak(&visitor, &lacks)?,
        Err(error) => refused(&state, &visitor, error, "/".to_owned()).await?,
    };
    // Whatever came of it: what was kept is of no more use.
    set_cookie(&mut response, &state, (away_cookie(state.options.secure_cookie), ""), 0);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// The provider says that sessions are over: 200, or 400 when the token is not believed (Back-Channel Logout, 2.8).
///
/// # Errors
/// 404 for an unknown provider, 429 after too many attempts from one address.
pub async fn logout(
    State(state): State<WebState>,
    visitor: Visitor,
    Path(name): Path<String>,
    form: Form,
) -> Answer {
    take(&state, &visitor)?;
    let status = match state.app.provider_logout(&name, form.get("logout_token")).await {
        Ok(()) => StatusCode::OK,
        Err(AppError::Invalid(_)) => StatusCode::BAD_REQUEST,
        Err(error) => return Err(error.into()),
    };
    let mut response = (status, "").into_response();
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

fn take(state: &WebState, visitor: &Visitor) -> Result<(), AppError> {
    let taken = state.limiters.sign_in.take(&visitor.address, state.app.now());
    taken.map_err(|retry_seconds| AppError::TooMany { retry_seconds })
}

/// The page of signing in says what became of it.
async fn refused(state: &WebState, visitor: &Visitor, error: AppError, next: String) -> Answer<Response> {
    match error {
        AppError::Invalid(faults) => {
            let mut form = kit::Form::new();
            with_faults(&mut form, visitor, &faults);
            frame::render_invalid(&sign_in_page(state, visitor, form, next).await?)
        }
        other => Err(other.into()),
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn unhex(text: &str) -> Vec<u8> {
    if !text.is_ascii() || text.len() > 8_000 {
        return Vec::new();
    }
    let pair = |at: usize| text.get(at..at + 2).and_then(|two| u8::from_str_radix(two, 16).ok());
    (0..text.len() / 2).map_while(|at| pair(at * 2)).collect()
}
