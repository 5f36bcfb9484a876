//! Signing in and out, opening an account.

pub(crate) mod browser;
pub mod code;
pub mod correction;
pub mod data;
pub mod factor;
pub mod passkey;
pub mod provider;
pub mod security;
pub mod token;
pub mod verification;

use akimat_app::account::{CONTACT_LOGIN, NewAccount, PASSWORD_CHARS_MIN};
use akimat_app::passkey::{Act, Invitation};
use akimat_app::{AppError, FieldFault};
use akimat_core::Role;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::{Visitor, session_cookie};
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::Response;
use browser::{browser, keep, led_on, set_cookie};

#[derive(Template)]
#[template(path = "public/account/sign_in.html")]
struct SignInPage {
    page: Page,
    form: kit::Form,
    next: String,
    /// Letters are set up: codes can be sent.
    codes: bool,
    /// Address and words for each provider.
    providers: Vec<(String, String)>,
    demo: Vec<DemoRow>,
    passkey: Option<Invitation>,
}

struct DemoRow {
    role: String,
    login: String,
    password: String,
}

#[derive(Template)]
#[template(path = "public/account/register.html")]
struct RegisterPage {
    page: Page,
    form: kit::Form,
    next: String,
    password_hint: String,
    /// Letters are set up: an account opens with a code, too.
    codes: bool,
}

#[derive(Template)]
#[template(path = "public/account/account.html")]
struct AccountPage {
    page: Page,
    facts: Vec<(String, String)>,
    officer: bool,
    imports: bool,
}

/// Where to go after signing in: an address of ours without the language, never another site.
fn next_path(wanted: &str) -> String {
    let fine = wanted.starts_with('/')
        && !wanted.starts_with("//")
        && !wanted.contains('\\')
        // It becomes a header: an address as browsers send it has neither control nor foreign letters.
        && wanted.bytes().all(|byte| byte.is_ascii_graphic())
        && wanted.len() <= 500;
    if fine { wanted.to_owned() } else { "/".to_owned() }
}

pub(crate) fn with_faults(form: &mut kit::Form, visitor: &Visitor, faults: &[FieldFault]) {
    for fault in faults {
        form.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
    }
}

async fn sign_in_page(
    state: &WebState,
    visitor: &Visitor,
    form: kit::Form,
    next: String,
) -> Answer<SignInPage> {
    let locale = visitor.locale();
    Ok(SignInPage {
        page: frame::page(visitor, locale.t("sign-in-title"), None).hidden().errors(!form.is_clean()),
        form,
        codes: state.app.post().is_some(),
        providers: providers(state, visitor, &next),
        next,
        demo: state
            .options
            .demo_accounts
            .iter()
            .map(|account| DemoRow {
                role: locale.name("role", account.role).into_owned(),
                login: account.login.clone(),
                password: account.password.clone(),
            })
            .collect(),
        passkey: passkey::invitation(state, Act::SignIn).await?,
    })
}

/// Where each provider is reached, and its words.
fn providers(state: &WebState, visitor: &Visitor, next: &str) -> Vec<(String, String)> {
    let query: String = form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
    let all = state.app.providers().into_iter();
    let words = |label: String| visitor.locale().f("provider-sign-in", &[("name", label.into())]);
    all.map(|(name, label)| (format!("/sign-in/provider/{name}?{query}"), words(label))).collect()
}

/// The form.
///
/// # Errors
/// When the template fails.
pub async fn sign_in_form(
    State(state): State<WebState>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Answer {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let next = next_path(asked.get("next"));
    frame::render(&sign_in_page(&state, &visitor, kit::Form::new(), next).await?)
}

/// Signs in.
///
/// # Errors
/// 429 after too many attempts from one address.
pub async fn sign_in(
    State(state): State<WebState>,
    visitor: Visitor,
    headers: HeaderMap,
    form: Form,
) -> Answer {
    let limiter = &state.limiters.sign_in;
    limiter
        .take(&visitor.address, state.app.now())
        .map_err(|retry_seconds| AppError::TooMany { retry_seconds })?;
    let next = next_path(form.get("next"));
    let browser = browser(&state, &visitor, &headers);
    match state.app.sign_in(form.get("login"), form.raw("password"), &browser).await {
        Ok(entered) => Ok(led_on(&state, &visitor, &entered, &next)
            .unwrap_or_else(|| frame::redirect(&visitor, "/sign-in/code", "saved"))),
        Err(AppError::Invalid(faults)) => {
            let mut again = kit::Form::new().with("login", form.get("login"));
            with_faults(&mut again, &visitor, &faults);
            frame::render_invalid(&sign_in_page(&state, &visitor, again, next).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// Signs out.
///
/// # Errors
/// When the database fails.
pub async fn sign_out(State(state): State<WebState>, visitor: Visitor, _form: Form) -> Answer {
    state.app.sign_out(&visitor.token).await?;
    let mut response = frame::redirect(&visitor, "/", "signed-out");
    set_cookie(&mut response, &state, (session_cookie(state.options.secure_cookie), ""), 0);
    forget_pages(&mut response);
    Ok(response)
}

/// What the browser kept of pages goes with the session. Cookies say themselves when they end, and a browser that takes
/// notices keeps doing so: only the cache is named.
pub(crate) fn forget_pages(response: &mut Response) {
    let name = HeaderName::from_static("clear-site-data");
    response.headers_mut().insert(name, HeaderValue::from_static("\"cache\""));
}

fn register_page(state: &WebState, visitor: &Visitor, form: kit::Form, next: String) -> RegisterPage {
    let locale = visitor.locale();
    RegisterPage {
        page: frame::page(visitor, locale.t("register-title"), None).hidden().errors(!form.is_clean()),
        form,
        next,
        password_hint: locale.f("password-hint", &[("min", PASSWORD_CHARS_MIN.into())]),
        codes: state.app.post().is_some(),
    }
}

/// The form.
///
/// # Errors
/// When the template fails.
pub async fn register_form(
    State(state): State<WebState>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Answer {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    frame::render(&register_page(&state, &visitor, kit::Form::new(), next_path(asked.get("next"))))
}

/// Opens an account and signs in.
///
/// # Errors
/// 429 after too many attempts from one address.
pub async fn register(
    State(state): State<WebState>,
    visitor: Visitor,
    headers: HeaderMap,
    form: Form,
) -> Answer {
    let limiter = &state.limiters.register;
    limiter
        .take(&visitor.address, state.app.now())
        .map_err(|retry_seconds| AppError::TooMany { retry_seconds })?;
    let next = next_path(form.get("next"));
    let new = NewAccount {
        login: form.get("login").to_owned(),
        display_name: form.get("display_name").to_owned(),
        password: form.raw("password").to_owned(),
        role: Role::Resident,
        place: None,
        office: String::new(),
    };
    let answer = if form.raw("password") == form.raw("password_again") {
        state.app.register(new, &browser(&state, &visitor, &headers)).await
    } else {
        Err(AppError::field("password_again", "field-password-differs"))
    };
    match answer {
        Ok(signed_in) => {
            let mut response = frame::redirect(&visitor, &next, "register-done");
            keep(&mut response, &state, &signed_in);
            Ok(response)
        }
        Err(AppError::Invalid(faults)) => {
            let mut again = kit::Form::new()
                .with("login", form.get("login"))
                .with("display_name", form.get("display_name"));
            with_faults(&mut again, &visitor, &faults);
            frame::render_invalid(&register_page(&state, &visitor, again, next))
        }
        Err(error) => Err(error.into()),
    }
}

/// Who is signed in.
///
/// # Errors
/// When the database fails.
pub async fn account(State(state): State<WebState>, visitor: Visitor) -> Answer {
    let locale = visitor.locale();
    let account = visitor.actor().ok_or(AppError::SignInNeeded)?;
    let place = match account.place {
        Some(code) => {
            let found = state.app.read().find_place(code, state.app.today()).await?;
            found.map_or_else(|| code.to_string(), |place| place.name.get(visitor.lang).to_owned())
        }
        None => locale.t("account-place-all").into_owned(),
    };
    let since = account.created_at.to_zoned(state.app.zone().clone()).date();
    let mut facts = vec![(locale.t("register-name").into_owned(), account.display_name.clone())];
    // The login of an account that was opened with an address is of no use to its person.
    if !account.login.starts_with(CONTACT_LOGIN) {
        facts.push((locale.t("sign-in-login").into_owned(), account.login.clone()));
    }
    facts.extend([
        (locale.t("account-role").into_owned(), locale.name("role", account.role.code()).into_owned()),
        (locale.t("account-place").into_owned(), place),
        (locale.t("account-since-label").into_owned(), locale.date(since)),
    ]);
    frame::render(&AccountPage {
        page: frame::page(&visitor, locale.t("account-title"), None).hidden(),
        facts,
        officer: account.role != Role::Resident,
        imports: akimat_app::permission::may(account, akimat_app::Permission::HoldKeys, None),
    })
}

#[cfg(test)]
mod tests {
    use super::next_path;

    #[test]
    fn the_way_back_never_leaves_the_platform() {
        assert_eq!(next_path("/projects/1?x=2"), "/projects/1?x=2");
        for wrong in [
            "",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/a\r\nb",
            "/a\u{1}",
            "/ә",
            "/a b",
        ] {
            assert_eq!(next_path(wrong), "/", "{wrong:?}");
        }
    }
}
