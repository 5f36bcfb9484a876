//! Signing in with a code, setting a forgotten password anew, and the second step.

use super::browser::{browser, led_on, welcome};
use super::{next_path, with_faults};
use akimat_app::account::{Entered, PASSWORD_CHARS_MIN};
use akimat_app::contact::{CODE_MINUTES, CODES_AN_HOUR, CodeEntry};
use akimat_app::passkey::{Act, Invitation};
use akimat_app::{AppError, FieldFault};
use akimat_storage::contact::CodePurpose;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "public/account/code_ask.html")]
struct AskPage {
    page: Page,
    lead: String,
    form: kit::Form,
    next: String,
    action: &'static str,
    /// Letters are set up.
    ready: bool,
    label: String,
    hint: String,
}

#[derive(Template)]
#[template(path = "public/account/code_enter.html")]
struct EnterPage {
    page: Page,
    form: kit::Form,
    next: String,
    action: String,
    again: String,
    lead: String,
    limit: String,
    /// Where the letters of the demonstration lie.
    folder: String,
    /// A name is needed: the code was right, and there is no account yet.
    name: bool,
    /// A new password is set.
    password_hint: String,
}

#[derive(Template)]
#[template(path = "public/account/second.html")]
struct SecondPage {
    page: Page,
    form: kit::Form,
    next: String,
    action: String,
    passkey: Option<Invitation>,
}

/// Where the letters of the demonstration lie; empty elsewhere.
pub(crate) fn demo_folder(state: &WebState, visitor: &Visitor) -> String {
    match state.app.post() {
        Some(post) if !state.options.demo_accounts.is_empty() => {
            visitor.locale().f("code-enter-demo", &[("folder", post.mailer.describe().into())])
        }
        _ => String::new(),
    }
}

/// Label and hint of the field for an address: with telephones where messages can be sent.
pub(crate) fn contact_words(state: &WebState, visitor: &Visitor) -> (String, String) {
    let (label, hint) = if state.app.sends_messages() {
        ("code-contact", "code-contact-hint")
    } else {
        ("code-contact-mail", "code-contact-hint-mail")
    };
    (visitor.locale().t(label).into_owned(), visitor.locale().t(hint).into_owned())
}

fn ask_page(
    state: &WebState,
    visitor: &Visitor,
    (purpose, form): (CodePurpose, kit::Form),
    next: String,
) -> AskPage {
    let locale = visitor.locale();
    let (label, hint) = contact_words(state, visitor);
    let (title, lead, action) = match purpose {
        CodePurpose::Reset => ("reset-title", "reset-intro", "/sign-in/reset"),
        _ if state.app.sends_messages() => ("code-sign-in-title", "code-sign-in-intro", "/sign-in/code"),
        _ => ("code-sign-in-title", "code-sign-in-intro-mail", "/sign-in/code"),
    };
    AskPage {
        page: frame::page(visitor, locale.t(title), None).hidden().errors(!form.is_clean()),
        lead: locale.t(lead).into_owned(),
        form,
        next,
        action,
        ready: state.app.post().is_some(),
        label,
        hint,
    }
}

/// The form that asks for an address to sign in with.
///
/// # Errors
/// When the template fails.
pub async fn ask_form(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let next = asked_next(query);
    frame::render(&ask_page(&state, &visitor, (CodePurpose::SignIn, kit::Form::new()), next))
}

/// The form that asks for the address of an account whose password is forgotten.
///
/// # Errors
/// When the template fails.
pub async fn reset_form(State(state): State<WebState>, visitor: Visitor) -> Answer {
    frame::render(&ask_page(&state, &visitor, (CodePurpose::Reset, kit::Form::new()), "/".to_owned()))
}

fn asked_next(query: Option<String>) -> String {
    next_path(Form::parse(query.unwrap_or_default().as_bytes()).get("next"))
}

/// Sends a code for signing in.
///
/// # Errors
/// 429 after too many attempts from one address, 503 where letters are not set up.
pub async fn ask(State(state): State<WebState>, visitor: Visitor, form: Form) -> Answer {
    ask_for(&state, &visitor, &form, CodePurpose::SignIn).await
}

/// Sends a code for a new password.
///
/// # Errors
/// As [`ask`].
pub async fn reset_ask(State(state): State<WebState>, visitor: Visitor, form: Form) -> Answer {
    ask_for(&state, &visitor, &form, CodePurpose::Reset).await
}

async fn ask_for(state: &WebState, visitor: &Visitor, form: &Form, purpose: CodePurpose) -> Answer {
    take(state, visitor, &state.limiters.register)?;
    let next = next_path(form.get("next"));
    let path = if purpose == CodePurpose::Reset { "reset" } else { "code" };
    match state.app.ask_code(purpose, form.get("contact"), visitor.lang, visitor.actor()).await {
        Ok(id) => {
            let query: String =
                form_urlencoded::Serializer::new(String::new()).append_pair("next", &next).finish();
            Ok(Redirect::to(&visitor.to(&format!("/sign-in/{path}/{id}?{query}"))).into_response())
        }
        Err(AppError::Invalid(faults)) => {
            let mut again = kit::Form::new().with("contact", form.get("contact"));
            with_faults(&mut again, visitor, &faults);
            frame::render_invalid(&ask_page(state, visitor, (purpose, again), next))
        }
        Err(error) => Err(error.into()),
    }
}

fn take(state: &WebState, visitor: &Visitor, limiter: &akimat_app::limit::Limiter) -> Result<(), Failure> {
    let taken = limiter.take(&visitor.address, state.app.now());
    Ok(taken.map_err(|retry_seconds| AppError::TooMany { retry_seconds })?)
}

fn enter_page(
    state: &WebState,
    visitor: &Visitor,
    (purpose, id): (CodePurpose, Uuid),
    (form, next, name): (kit::Form, String, bool),
) -> EnterPage {
    let locale = visitor.locale();
    let reset = purpose == CodePurpose::Reset;
    let title = match (reset, name) {
        (true, _) => "reset-title",
        (false, true) => "code-name-title",
        (false, false) => "code-enter-title",
    };
    let intro = locale.f("code-enter-intro", &[("minutes", CODE_MINUTES.into())]);
    let path = if reset { "reset" } else { "code" };
    EnterPage {
        page: frame::page(visitor, locale.t(title), None).hidden().errors(!form.is_clean()),
        form,
        next,
        action: format!("/sign-in/{path}/{id}"),
        again: format!("/sign-in/{path}"),
        lead: match (reset, name) {
            (_, true) => locale.t("code-name-body").into_owned(),
            (true, false) => locale.t("reset-enter-intro").into_owned(),
            (false, false) => intro,
        },
        limit: locale.f("code-enter-limit", &[("n", CODES_AN_HOUR.into())]),
        folder: demo_folder(state, visitor),
        name,
        password_hint: if reset {
            locale.f("password-hint", &[("min", PASSWORD_CHARS_MIN.into())])
        } else {
            String::new()
        },
    }
}

/// The form for the code of a sign-in.
///
/// # Errors
/// 404 for an address that no code has.
pub async fn enter_form(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let which = (CodePurpose::SignIn, frame::id(&id)?);
    frame::render(&enter_page(&state, &visitor, which, (kit::Form::new(), asked_next(query), false)))
}

/// The form for the code of a reset, and the new password.
///
/// # Errors
/// As [`enter_form`].
pub async fn reset_enter_form(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let which = (CodePurpose::Reset, frame::id(&id)?);
    frame::render(&enter_page(&state, &visitor, which, (kit::Form::new(), "/".to_owned(), false)))
}

/// Signs in with a code, or opens an account.
///
/// # Errors
/// 429 after too many attempts from one address.
pub async fn enter(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    headers: HeaderMap,
    form: Form,
) -> Answer {
    take(&state, &visitor, &state.limiters.sign_in)?;
    let id = frame::id(&id)?;
    let entry = CodeEntry { code: form.get("code"), display_name: form.get("display_name"), password: "" };
    let entered = state.app.enter_code(id, entry, &browser(&state, &visitor, &headers)).await;
    answered(&state, &visitor, ((CodePurpose::SignIn, id), &form), entered)
}

/// Sets a new password with a code, and signs in.
///
/// # Errors
/// 429 after too many attempts from one address.
pub async fn reset(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    headers: HeaderMap,
    form: Form,
) -> Answer {
    take(&state, &visitor, &state.limiters.sign_in)?;
    let id = frame::id(&id)?;
    let password = form.raw("password");
    let entry = CodeEntry { code: form.get("code"), display_name: "", password };
    let entered = if password == form.raw("password_again") {
        state.app.reset_password(id, entry, &browser(&state, &visitor, &headers)).await
    } else {
        Err(AppError::field("password_again", "field-password-differs"))
    };
    answered(&state, &visitor, ((CodePurpose::Reset, id), &form), entered)
}

fn answered(
    state: &WebState,
    visitor: &Visitor,
    (which, form): ((CodePurpose, Uuid), &Form),
    entered: akimat_app::Result<Entered>,
) -> Answer<Response> {
    let next = next_path(form.get("next"));
    let mut again =
        kit::Form::new().with("code", form.get("code")).with("display_name", form.get("display_name"));
    match entered {
        Ok(entered) => match led_on(state, visitor, &entered, &next) {
            Some(response) => Ok(response),
            None => frame::render(&enter_page(state, visitor, which, (again, next, true))),
        },
        Err(AppError::Invalid(faults)) => {
            // The name is asked for only after the code was right: keep the field where it was.
            let name = !form.get("display_name").is_empty() || faults.iter().any(is_of_name);
            with_faults(&mut again, visitor, &faults);
            frame::render_invalid(&enter_page(state, visitor, which, (again, next, name)))
        }
        Err(error) => Err(error.into()),
    }
}

fn is_of_name(fault: &FieldFault) -> bool {
    fault.field == "display_name"
}

async fn second_page(
    (state, visitor): (&WebState, &Visitor),
    id: Uuid,
    form: kit::Form,
    next: String,
) -> Answer<SecondPage> {
    // Only an account that has a passkey is asked for one.
    let passkey = super::passkey::invitation(state, Act::SecondStep(id)).await?;
    Ok(SecondPage {
        page: frame::page(visitor, visitor.locale().t("factor-title"), None)
            .hidden()
            .errors(!form.is_clean()),
        form,
        next,
        action: format!("/sign-in/second/{id}"),
        passkey: passkey.filter(|one| !one.credentials.is_empty()),
    })
}

/// The form for the second step.
///
/// # Errors
/// 404 for an address that no sign-in has.
pub async fn second_form(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let who = (&state, &visitor);
    frame::render(&second_page(who, frame::id(&id)?, kit::Form::new(), asked_next(query)).await?)
}

/// The second step.
///
/// # Errors
/// 429 after too many attempts from one address.
pub async fn second(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    headers: HeaderMap,
    form: Form,
) -> Answer {
    take(&state, &visitor, &state.limiters.sign_in)?;
    let id = frame::id(&id)?;
    let next = next_path(form.get("next"));
    let browser = browser(&state, &visitor, &headers);
    let entered = if form.get("credential").is_empty() {
        state.app.enter_second_factor(id, form.get("code"), &browser).await
    } else {
        state.app.enter_second_passkey(id, &super::passkey::answered(&form), &browser).await
    };
    match entered {
        Ok(signed_in) => Ok(welcome(&state, &visitor, &signed_in, &next)),
        Err(AppError::Invalid(faults)) => {
            let mut again = kit::Form::new();
            with_faults(&mut again, &visitor, &faults);
            frame::render_invalid(&second_page((&state, &visitor), id, again, next).await?)
        }
        Err(error) => Err(error.into()),
    }
}
