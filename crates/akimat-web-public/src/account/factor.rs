//! `/account/security/factor`: the second step is set up, its recovery codes are renewed, it is switched off.

use super::with_faults;
use crate::project::sheet::qr;
use akimat_app::totp::{DIGITS, STEP_SECONDS, base32};
use akimat_app::{AppError, FieldFault};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, Markup, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::attempt::limit;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};

#[derive(Template)]
#[template(path = "public/account/factor.html")]
struct FactorPage {
    page: Page,
    form: kit::Form,
    /// The second step is on already: codes and switching off.
    on: bool,
    /// The session is too old to set it up.
    again: bool,
    picture: Markup,
    secret: String,
}

#[derive(Template)]
#[template(path = "public/account/factor_codes.html")]
struct CodesPage {
    page: Page,
    codes: Vec<String>,
}

async fn build(state: &WebState, visitor: &Visitor, mut form: kit::Form) -> Answer<FactorPage> {
    let locale = visitor.locale();
    let account = visitor.actor().ok_or(AppError::SignInNeeded)?;
    let on = state.app.security_state(account).await?.second_factor;
    let mut secret = Vec::new();
    if !on {
        match state.app.begin_second_factor(visitor.actor(), &visitor.token).await {
            Ok(made) => secret = made,
            Err(AppError::Invalid(faults)) => with_faults(&mut form, visitor, &faults),
            Err(error) => return Err(error.into()),
        }
    }
    let text = base32(&secret);
    // Authenticators read the issuer twice: before the colon and as a parameter.
    let link = format!(
        "otpauth://totp/Akimat:{}?secret={text}&issuer=Akimat&algorithm=SHA1&digits={DIGITS}&period={STEP_SECONDS}",
        percent(&account.login)
    );
    let title = if on { "factor-manage-title" } else { "factor-set-title" };
    Ok(FactorPage {
        page: frame::page(visitor, locale.t(title), None).hidden().errors(!form.is_clean()),
        again: !on && secret.is_empty(),
        picture: if secret.is_empty() {
            Markup::default()
        } else {
            qr::named(&link, &locale.t("factor-set-picture"))?
        },
        secret: text.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" "),
        form,
        on,
    })
}

fn percent(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

/// A page with a secret on it is kept nowhere.
fn unkept(page: &impl Template, status: StatusCode) -> Answer<Response> {
    let mut response = (status, Html(page.render()?)).into_response();
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// The page.
///
/// # Errors
/// When the database fails.
pub async fn show(State(state): State<WebState>, visitor: Visitor) -> Answer {
    unkept(&build(&state, &visitor, kit::Form::new()).await?, StatusCode::OK)
}

/// Switches the second step on, makes new recovery codes, or switches it off, by the button that was pressed.
///
/// # Errors
/// 429 after too many attempts.
pub async fn act(State(state): State<WebState>, visitor: Visitor, form: Form) -> Answer {
    limit(&state.limiters.sign_in, &state, &visitor)?;
    let (actor, typed) = (visitor.actor(), form.get("code"));
    let made = match form.get("act") {
        "remove" => match state.app.remove_second_factor(actor, typed).await {
            Ok(()) => return Ok(frame::redirect(&visitor, "/account/security", "factor-removed")),
            Err(error) => Err(error),
        },
        "renew" => state.app.renew_recovery_codes(actor, typed).await,
        _ => state.app.confirm_second_factor(actor, &visitor.token, typed).await,
    };
    match made {
        Ok(codes) => {
            let page = frame::page(&visitor, visitor.locale().t("factor-codes-title"), None).hidden();
            unkept(&CodesPage { page, codes }, StatusCode::OK)
        }
        Err(AppError::Invalid(faults)) => told(&state, &visitor, &faults).await,
        // Two tabs: the other one has switched it on.
        Err(AppError::Conflict(_)) => {
            told(&state, &visitor, &[FieldFault::new("code", "factor-is-on")]).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn told(state: &WebState, visitor: &Visitor, faults: &[FieldFault]) -> Answer {
    let mut again = kit::Form::new();
    with_faults(&mut again, visitor, faults);
    unkept(&build(state, visitor, again).await?, StatusCode::UNPROCESSABLE_ENTITY)
}
