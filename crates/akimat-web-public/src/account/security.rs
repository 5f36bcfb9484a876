//! `/account/security`: where one is signed in, addresses, password, second step.

use super::code::{contact_words, demo_folder};
use super::with_faults;
use akimat_app::AppError;
use akimat_app::account::PASSWORD_CHARS_MIN;
use akimat_app::contact::CODE_MINUTES;
use akimat_app::security::SecurityState;
use akimat_storage::contact::Contact;
use akimat_storage::{Account, Session};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::attempt::limit;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "public/account/security.html")]
struct SecurityPage {
    page: Page,
    form: kit::Form,
    sessions: Vec<SessionRow>,
    others: bool,
    contacts: Vec<ContactRow>,
    /// Letters are set up: addresses can be added.
    ready: bool,
    label: String,
    hint: String,
    state: SecurityState,
    recovery: String,
    /// Nothing else is open until the second step is set up.
    missing: bool,
    /// The session is too old for what was asked.
    again: bool,
    providers: Vec<ProviderRow>,
    /// Passkeys can be used here.
    passkeys: Option<Vec<ContactRow>>,
}

struct ProviderRow {
    label: String,
    issuer: String,
    since: String,
    /// Where a link begins; empty when there is one.
    path: String,
}

struct SessionRow {
    device: String,
    way: String,
    since: String,
    seen: String,
    this: bool,
    path: String,
}

struct ContactRow {
    address: String,
    since: String,
    path: String,
}

#[derive(Template)]
#[template(path = "public/account/contact.html")]
struct ContactPage {
    page: Page,
    form: kit::Form,
    action: String,
    lead: String,
    folder: String,
}

#[derive(Template)]
#[template(path = "public/account/password.html")]
struct PasswordPage {
    page: Page,
    form: kit::Form,
    hint: String,
    /// There is a password: the present one is asked for.
    present: bool,
    /// The session is too old for what was asked.
    again: bool,
}

/// The page.
///
/// # Errors
/// When the database fails.
pub async fn show(State(state): State<WebState>, visitor: Visitor) -> Answer {
    frame::render(&build(&state, &visitor, kit::Form::new()).await?)
}

async fn build(state: &WebState, visitor: &Visitor, form: kit::Form) -> Answer<SecurityPage> {
    let locale = visitor.locale();
    let account = visitor.actor().ok_or(AppError::SignInNeeded)?;
    let present = state.app.present_session(&visitor.token).await?.public_id();
    let sessions = state.app.living_sessions(account).await?;
    let contacts = state.app.read().list_contacts(account.id).await?;
    let security = state.app.security_state(account).await?;
    let (label, hint) = contact_words(state, visitor);
    Ok(SecurityPage {
        page: frame::page(visitor, locale.t("security-title"), None).hidden().errors(!form.is_clean()),
        again: !form.error("").is_empty(),
        form,
        others: sessions.len() > 1,
        sessions: sessions.iter().map(|one| session_row(state, visitor, one, present)).collect(),
        passkeys: passkey_rows(state, visitor, account).await?,
        providers: provider_rows(state, visitor, account).await?,
        contacts: contacts.iter().map(|one| contact_row(state, visitor, one)).collect(),
        ready: state.app.post().is_some(),
        label,
        hint,
        recovery: locale.f("security-recovery-left", &[("n", security.n_recovery_codes.into())]),
        missing: security.demanded && !security.second_factor,
        state: security,
    })
}

async fn passkey_rows(
    state: &WebState,
    visitor: &Visitor,
    account: &Account,
) -> Answer<Option<Vec<ContactRow>>> {
    if !state.app.has_passkeys() {
        return Ok(None);
    }
    let locale = visitor.locale();
    let date = |at: jiff::Timestamp| locale.date(at.to_zoned(state.app.zone().clone()).date());
    let row = |key: &akimat_storage::Passkey| ContactRow {
        address: key.name.clone(),
        since: match key.last_used_at {
            Some(at) => locale.f("passkey-used-on", &[("date", date(at).into())]),
            None => locale.f("passkey-made-on", &[("date", date(key.created_at).into())]),
        },
        path: format!("/account/security/passkeys/{}", key.id),
    };
    Ok(Some(state.app.read().list_passkeys(account.id).await?.iter().map(row).collect()))
}

async fn provider_rows(state: &WebState, visitor: &Visitor, account: &Account) -> Answer<Vec<ProviderRow>> {
    let locale = visitor.locale();
    let date = |at: jiff::Timestamp| locale.date(at.to_zoned(state.app.zone().clone()).date());
    let links = state.app.provider_links(account).await?;
    let row = |link: akimat_app::provider::ProviderLink| ProviderRow {
        path: match link.since {
            Some(_) => String::new(),
            None => format!("/account/security/provider/{}", link.name),
        },
        since: link
            .since
            .map_or_else(String::new, |at| locale.f("security-provider-since", &[("date", date(at).into())])),
        label: link.label,
        issuer: link.issuer,
    };
    Ok(links.into_iter().map(row).collect())
}

fn session_row(state: &WebState, visitor: &Visitor, session: &Session, present: Uuid) -> SessionRow {
    let locale = visitor.locale();
    let zone = state.app.zone();
    let id = session.public_id();
    SessionRow {
        device: if session.device.is_empty() {
            locale.t("device-unknown").into_owned()
        } else {
            session.device.clone()
        },
        way: locale.name("sign-in-way", session.way.code()).into_owned(),
        since: locale.date_time(session.created_at, zone),
        seen: locale.date_time(session.seen_at.max(session.created_at), zone),
        this: id == present,
        path: format!("/account/security/sessions/{id}"),
    }
}

fn contact_row(state: &WebState, visitor: &Visitor, contact: &Contact) -> ContactRow {
    let locale = visitor.locale();
    let date = locale.date(contact.confirmed_at.to_zoned(state.app.zone().clone()).date());
    ContactRow {
        address: contact.address.clone(),
        since: locale.f("security-contact-since", &[("date", date.into())]),
        path: format!("/account/contacts/{}/remove", contact.id),
    }
}

pub(super) async fn with_page_faults(
    state: &WebState,
    visitor: &Visitor,
    mut form: kit::Form,
    error: AppError,
) -> Answer {
    match error {
        AppError::Invalid(faults) => {
            with_faults(&mut form, visitor, &faults);
            frame::render_invalid(&build(state, visitor, form).await?)
        }
        other => Err(other.into()),
    }
}

/// Ends one session.
///
/// # Errors
/// 404 when it is not the visitor's.
pub async fn end(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    _form: Form,
) -> Answer {
    state.app.end_session(visitor.actor(), frame::id(&id)?).await?;
    Ok(frame::redirect(&visitor, "/account/security", "security-ended"))
}

/// Ends every other session.
///
/// # Errors
/// When the database fails.
pub async fn end_others(State(state): State<WebState>, visitor: Visitor, _form: Form) -> Answer {
    state.app.end_other_sessions(visitor.actor(), &visitor.token).await?;
    Ok(frame::redirect(&visitor, "/account/security", "security-ended-all"))
}

/// Sends a code to an address that is to be added.
///
/// # Errors
/// 429 after too many attempts.
pub async fn contact_ask(State(state): State<WebState>, visitor: Visitor, form: Form) -> Answer {
    limit(&state.limiters.register, &state, &visitor)?;
    let typed = form.get("contact");
    let who = (visitor.actor(), visitor.token.as_str());
    match state.app.ask_contact_code(who, typed, visitor.lang).await {
        Ok(id) => Ok(Redirect::to(&visitor.to(&format!("/account/contacts/{id}"))).into_response()),
        Err(error) => {
            with_page_faults(&state, &visitor, kit::Form::new().with("contact", typed), error).await
        }
    }
}

fn contact_page(state: &WebState, visitor: &Visitor, id: Uuid, form: kit::Form) -> ContactPage {
    let locale = visitor.locale();
    ContactPage {
        page: frame::page(visitor, locale.t("security-contact-add"), None).hidden().errors(!form.is_clean()),
        form,
        action: format!("/account/contacts/{id}"),
        lead: locale.f("code-enter-intro", &[("minutes", CODE_MINUTES.into())]),
        folder: demo_folder(state, visitor),
    }
}

/// The form for the code that went to an address.
///
/// # Errors
/// 404 for an address that no code has.
pub async fn contact_form(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    frame::render(&contact_page(&state, &visitor, frame::id(&id)?, kit::Form::new()))
}

/// Adds the address.
///
/// # Errors
/// 429 after too many attempts.
pub async fn contact_add(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Answer {
    limit(&state.limiters.sign_in, &state, &visitor)?;
    let id = frame::id(&id)?;
    match state.app.add_contact(visitor.actor(), id, form.get("code")).await {
        Ok(()) => Ok(frame::redirect(&visitor, "/account/security", "security-contact-added")),
        Err(AppError::Invalid(faults)) => {
            let mut again = kit::Form::new().with("code", form.get("code"));
            with_faults(&mut again, &visitor, &faults);
            frame::render_invalid(&contact_page(&state, &visitor, id, again))
        }
        Err(error) => Err(error.into()),
    }
}

/// Removes an address.
///
/// # Errors
/// 404 when it is not the visitor's.
pub async fn contact_remove(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    _form: Form,
) -> Answer {
    let who = (visitor.actor(), visitor.token.as_str());
    match state.app.remove_contact(who, frame::id(&id)?).await {
        Ok(()) => Ok(frame::redirect(&visitor, "/account/security", "security-contact-removed")),
        Err(error) => with_page_faults(&state, &visitor, kit::Form::new(), error).await,
    }
}

async fn password_page(state: &WebState, visitor: &Visitor, form: kit::Form) -> Answer<PasswordPage> {
    let locale = visitor.locale();
    let account: &Account = visitor.actor().ok_or(AppError::SignInNeeded)?;
    let present = state.app.security_state(account).await?.password;
    let title = if present { "security-password-change" } else { "security-password-set" };
    Ok(PasswordPage {
        page: frame::page(visitor, locale.t(title), None).hidden().errors(!form.is_clean()),
        again: !form.error("").is_empty(),
        form,
        hint: locale.f("password-hint", &[("min", PASSWORD_CHARS_MIN.into())]),
        present,
    })
}

/// The form for a new password.
///
/// # Errors
/// When the database fails.
pub async fn password_form(State(state): State<WebState>, visitor: Visitor) -> Answer {
    frame::render(&password_page(&state, &visitor, kit::Form::new()).await?)
}

/// Sets a new password.
///
/// # Errors
/// 429 after too many attempts.
pub async fn password(State(state): State<WebState>, visitor: Visitor, form: Form) -> Answer {
    limit(&state.limiters.sign_in, &state, &visitor)?;
    let new = form.raw("password");
    let answer = if new == form.raw("password_again") {
        state.app.change_password(visitor.actor(), &visitor.token, (form.raw("present"), new)).await
    } else {
        Err(AppError::field("password_again", "field-password-differs"))
    };
    match answer {
        Ok(()) => Ok(frame::redirect(&visitor, "/account/security", "account-password-changed")),
        Err(AppError::Invalid(faults)) => {
            let mut again = kit::Form::new();
            with_faults(&mut again, &visitor, &faults);
            frame::render_invalid(&password_page(&state, &visitor, again).await?)
        }
        Err(error) => Err(error.into()),
    }
}
