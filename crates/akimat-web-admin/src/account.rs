//! Accounts and the record of acts.

use akimat_app::AppError;
use akimat_app::account::{NewAccount, PASSWORD_CHARS_MIN};
use akimat_core::{KatoCode, Role};
use akimat_storage::{Cursor, PageRequest};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::project::options;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{RawQuery, State};

#[derive(Template)]
#[template(path = "admin/accounts.html")]
struct AccountsPage {
    page: Page,
    form: kit::Form,
    roles: Vec<(String, String)>,
    password_hint: String,
    rows: Vec<[String; 6]>,
    /// Lost second steps that wait for a second administrator.
    waiting: Vec<super::factor_reset::WaitingRow>,
    previous: String,
    next: String,
}

#[derive(Template)]
#[template(path = "admin/audit.html")]
struct AuditPage {
    page: Page,
    rows: Vec<[String; 4]>,
    /// Whether this is the first page, which shows the closed days.
    first: bool,
    closed: Vec<ClosedRow>,
    previous: String,
    next: String,
}

/// A closed day: until when, acts, fingerprint, and its page in the log once it has a place there.
struct ClosedRow {
    until: String,
    acts: String,
    hash: String,
    path: String,
}

/// Closed days that the first page shows.
const CLOSED_SHOWN: u16 = 14;
/// Digits of a fingerprint that are shown: enough to compare by eye.
const HASH_DIGITS: usize = 16;

/// The latest closed days, last first.
async fn closed_days(state: &WebState, visitor: &Visitor) -> Answer<Vec<ClosedRow>> {
    let locale = visitor.locale();
    let days = state.app.list_closed_days(CLOSED_SHOWN).await?;
    let row = |day: akimat_app::audit_trail::ClosedDay| ClosedRow {
        until: locale.date_time(day.until, state.app.zone()),
        acts: locale.count(day.n_acts),
        hash: day.hash.chars().take(HASH_DIGITS).collect(),
        path: day.index.map_or_else(String::new, |index| format!("/log/{index}")),
    };
    Ok(days.into_iter().map(row).collect())
}

async fn page(state: &WebState, visitor: &Visitor, query: &str, form: kit::Form) -> Answer<AccountsPage> {
    let locale = visitor.locale();
    let asked = Form::parse(query.as_bytes());
    let request = PageRequest { limit: 50, after: Cursor::decode(asked.raw("after")) };
    let accounts = state.app.read().list_accounts(&request).await?;
    let row = |account: &akimat_storage::Account| {
        [
            account.login.clone(),
            account.display_name.clone(),
            locale.name("role", account.role.code()).into_owned(),
            account.place.map_or_else(String::new, |place| place.to_string()),
            account.office.clone(),
            format!("/admin/accounts/{}", account.id),
        ]
    };
    Ok(AccountsPage {
        page: frame::page(visitor, locale.t("admin-accounts-heading"), Some(MenuItem::Admin))
            .hidden()
            .errors(!form.is_clean()),
        form,
        roles: options(locale, "role", &Role::ALL, Role::code),
        password_hint: locale.f("register-password-hint", &[("min", PASSWORD_CHARS_MIN.into())]),
        rows: accounts.items.iter().map(row).collect(),
        waiting: super::factor_reset::waiting(state, visitor).await?,
        previous: request.after.map_or_else(String::new, |_| visitor.to("/admin/accounts")),
        next: accounts.next.map_or_else(String::new, |cursor| {
            visitor.to(&format!("/admin/accounts?after={}", cursor.encode()))
        }),
    })
}

/// The accounts and the form for a new one.
///
/// # Errors
/// When the database fails.
pub async fn list(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    frame::render(&page(&state, &visitor, &query.unwrap_or_default(), kit::Form::new()).await?)
}

/// Opens an account.
///
/// # Errors
/// 403 for a territory outside the administrator's.
pub async fn open(State(state): State<WebState>, visitor: Visitor, sent: Form) -> Answer {
    let locale = visitor.locale();
    let mut again = kit::Form::new();
    for name in ["login", "display_name", "role", "place", "office"] {
        again = again.with(name, sent.raw(name));
    }
    let role = Role::parse(sent.get("role"));
    let place: std::result::Result<Option<KatoCode>, _> = match sent.get("place") {
        "" => Ok(None),
        code => code.parse().map(Some),
    };
    let (Some(role), Ok(place)) = (role, place) else {
        if role.is_none() {
            again.fail("role", locale.t("field-choose-from-list"));
        }
        let code = sent.get("place");
        if !code.is_empty() && code.parse::<KatoCode>().is_err() {
            again.fail("place", locale.f("field-place-unknown", &[("code", code.into())]));
        }
        return frame::render_invalid(&page(&state, &visitor, "", again).await?);
    };
    let own = visitor.actor().and_then(|account| account.place);
    let new = NewAccount {
        login: sent.get("login").to_owned(),
        display_name: sent.get("display_name").to_owned(),
        password: sent.raw("password").to_owned(),
        role,
        place: place.or(own),
        office: sent.get("office").to_owned(),
    };
    match state.app.open_account(visitor.actor(), new).await {
        Ok(_) => Ok(frame::redirect(&visitor, "/admin/accounts", "saved")),
        Err(AppError::Invalid(faults)) => {
            for fault in &faults {
                again.fail(&fault.field, frame::fault_text(locale, fault));
            }
            frame::render_invalid(&page(&state, &visitor, "", again).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// Who did what.
///
/// # Errors
/// When the database fails.
pub async fn audit(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let locale = visitor.locale();
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let request = PageRequest { limit: 50, after: Cursor::decode(asked.raw("after")) };
    let records = state.app.read().list_audit(&request).await?;
    let row = |record: &akimat_storage::AuditRecord| {
        [
            locale.date_time(record.at, state.app.zone()),
            record.actor.map_or_else(|| locale.t("audit-operator").into_owned(), |actor| actor.to_string()),
            record.verb.clone(),
            record.subject.clone(),
        ]
    };
    frame::render(&AuditPage {
        page: frame::page(&visitor, locale.t("admin-audit-heading"), Some(MenuItem::Admin)).hidden(),
        rows: records.items.iter().map(row).collect(),
        first: request.after.is_none(),
        closed: if request.after.is_none() { closed_days(&state, &visitor).await? } else { Vec::new() },
        previous: request.after.map_or_else(String::new, |_| visitor.to("/admin/audit")),
        next: records.next.map_or_else(String::new, |cursor| {
            visitor.to(&format!("/admin/audit?after={}", cursor.encode()))
        }),
    })
}
