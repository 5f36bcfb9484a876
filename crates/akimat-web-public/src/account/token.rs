//! `/account/tokens`: keys by which systems of an office speak for an account.

use akimat_app::AppError;
use akimat_app::access_token::TOKEN_DAYS_MAX;
use akimat_storage::access_token::AccessToken;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::attempt::limit;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};

#[derive(Template)]
#[template(path = "public/account/tokens.html")]
struct TokensPage {
    page: Page,
    form: kit::Form,
    /// The session is too old for what was asked.
    again: bool,
    days_hint: String,
    fresh: String,
    rows: Vec<TokenRow>,
}

struct TokenRow {
    name: String,
    made: String,
    ends: String,
    state: String,
    alive: bool,
    path: String,
}

/// The keys of the visitor.
///
/// # Errors
/// When the database fails.
pub async fn list(State(state): State<WebState>, visitor: Visitor) -> Answer {
    let form = kit::Form::new().with("days", "90");
    frame::render(&build(&state, &visitor, form, String::new()).await?)
}

async fn build(state: &WebState, visitor: &Visitor, form: kit::Form, fresh: String) -> Answer<TokensPage> {
    let locale = visitor.locale();
    let account = visitor.actor().ok_or(AppError::SignInNeeded)?;
    let now = state.app.now();
    let row = |token: &AccessToken| {
        let (alive, key) = match token.revoked_at {
            Some(_) => (false, "token-withdrawn"),
            None if token.expires_at <= now => (false, "token-over"),
            None => (true, "token-alive"),
        };
        TokenRow {
            name: token.name.clone(),
            made: locale.date_time(token.created_at, state.app.zone()),
            ends: locale.date_time(token.expires_at, state.app.zone()),
            state: locale.t(key).into_owned(),
            alive,
            path: format!("/account/tokens/{}", token.id),
        }
    };
    Ok(TokensPage {
        page: frame::page(visitor, locale.t("tokens-title"), None).hidden().errors(!form.is_clean()),
        again: !form.error("").is_empty(),
        form,
        days_hint: locale.f("token-days-hint", &[("max", TOKEN_DAYS_MAX.into())]),
        fresh,
        rows: state.app.read().list_access_tokens(account.id).await?.iter().map(row).collect(),
    })
}

/// Makes a key and tells it, once.
///
/// # Errors
/// 403 for who may not import, 429 after too many attempts.
pub async fn make(State(state): State<WebState>, visitor: Visitor, sent: Form) -> Answer {
    limit(&state.limiters.heavy, &state, &visitor)?;
    let who = (visitor.actor(), visitor.token.as_str());
    match state.app.make_access_token(who, sent.raw("name"), sent.raw("days")).await {
        Ok(token) => {
            let form = kit::Form::new().with("days", "90");
            let mut answer = frame::render(&build(&state, &visitor, form, token).await?)?;
            let kept = axum::http::HeaderValue::from_static("no-store");
            answer.headers_mut().insert(axum::http::header::CACHE_CONTROL, kept);
            Ok(answer)
        }
        Err(AppError::Invalid(faults)) => {
            let mut form = kit::Form::new().with("name", sent.raw("name")).with("days", sent.raw("days"));
            for fault in &faults {
                form.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&build(&state, &visitor, form, String::new()).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// Withdraws a key.
///
/// # Errors
/// 404 when there is no such key of the visitor's.
pub async fn revoke(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    _form: Form,
) -> Answer {
    state.app.revoke_access_token(visitor.actor(), frame::id(&id)?).await?;
    Ok(frame::redirect(&visitor, "/account/tokens", "token-revoked"))
}
