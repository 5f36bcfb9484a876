//! `/account/data`: who looked at the visitor's record, everything that is kept, how long, and erasure.

use super::correction::CorrectionRow;
use akimat_app::AppError;
use akimat_core::{AccountId, Role};
use akimat_identity::Kept;
use akimat_storage::ballot::BallotChannel;
use akimat_storage::{CorrectionField, Cursor, PageRequest};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::attempt::limit;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;

#[derive(Template)]
#[template(path = "public/account/data.html")]
struct DataPage {
    page: Page,
    form: kit::Form,
    /// The session is too old for what was asked.
    again: bool,
    looks: Vec<[String; 4]>,
    previous: String,
    next: String,
    /// Votes in which the visitor took part: what, when and how; never which way.
    votes: Vec<[String; 3]>,
    terms: Vec<[String; 3]>,
    corrections: Vec<CorrectionRow>,
    fields: Vec<(String, String)>,
    correction_term: String,
    officer: bool,
    stays: String,
    login_hint: String,
}

async fn build(state: &WebState, visitor: &Visitor, (query, form): (&str, kit::Form)) -> Answer<DataPage> {
    let locale = visitor.locale();
    let account = visitor.actor().ok_or(AppError::SignInNeeded)?;
    let asked = Form::parse(query.as_bytes());
    let request = PageRequest { limit: 20, after: Cursor::decode(asked.raw("after")) };
    let looks = state.app.read().list_access_records(account.id, &request).await?;
    let look = |one: &akimat_storage::AccessRecord| {
        let who = if one.reader_name.is_empty() {
            locale.t("person-by-platform").into_owned()
        } else {
            one.reader_name.clone()
        };
        let at = locale.date_time(one.at, state.app.zone());
        [at, who, locale.name("access-act", &one.act).into_owned(), one.reason.clone()]
    };
    let today = state.app.today();
    let days = |kind| state.app.persons().terms.of(kind, today).and_then(|term| term.days);
    let long = |days: Option<u16>| match days {
        Some(days) => locale.f("my-data-days", &[("days", days.into())]),
        None => locale.t("my-data-for-good").into_owned(),
    };
    let term = |kind: Kept| {
        let found = state.app.persons().terms.of(kind, today);
        let basis = found.map_or_else(String::new, |term| match term.verified {
            true => term.basis.get(visitor.lang).to_owned(),
            false => locale.f("verification-unverified", &[("basis", term.basis.get(visitor.lang).into())]),
        });
        [locale.name("my-data-kept", kind.code()).into_owned(), long(days(kind)), basis]
    };
    Ok(DataPage {
        page: frame::page(visitor, locale.t("my-data-title"), None).hidden().errors(!form.is_clean()),
        again: !form.error("").is_empty(),
        form,
        looks: looks.items.iter().map(look).collect(),
        previous: request.after.map_or_else(String::new, |_| visitor.to("/account/data")),
        next: looks.next.map_or_else(String::new, |cursor| {
            visitor.to(&format!("/account/data?after={}", cursor.encode()))
        }),
        votes: votes(state, visitor, account.id).await?,
        terms: Kept::ALL.map(term).into(),
        corrections: super::correction::rows(state, locale, account).await?,
        fields: CorrectionField::ALL
            .map(|field| {
                let name = locale.name("correction-field", field.code()).into_owned();
                (field.code().to_owned(), name)
            })
            .into(),
        correction_term: state
            .app
            .correction_term()
            .map_or_else(String::new, |term| locale.f("correction-term", &[("days", term.days.into())])),
        officer: account.role != Role::Resident || !account.grants.is_empty(),
        stays: locale.f("my-data-erase-stays", &[("long", long(days(Kept::ErasedIdentity)).into())]),
        login_hint: locale.f("my-data-erase-login-hint", &[("login", account.login.as_str().into())]),
    })
}

/// Votes of a person, those that a clerk entered from paper included.
async fn votes(state: &WebState, visitor: &Visitor, account: AccountId) -> Answer<Vec<[String; 3]>> {
    let (locale, read) = (visitor.locale(), state.app.read());
    let mut rows = Vec::new();
    for voter in read.list_votes_of(account).await? {
        let Some(process) = read.find_process(voter.process).await? else { continue };
        let how = match (voter.channel, voter.counted) {
            (BallotChannel::Paper, true) => "paper",
            (_, true) => "online",
            (_, false) => "saved",
        };
        let day = locale.date(voter.at.to_zoned(state.app.zone().clone()).date());
        let title = locale.text(&process.title).0.to_owned();
        rows.push([title, day, locale.name("my-data-vote", how).into_owned()]);
    }
    Ok(rows)
}

/// The page.
///
/// # Errors
/// When the database fails.
pub async fn show(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    frame::render(&build(&state, &visitor, (&query.unwrap_or_default(), kit::Form::new())).await?)
}

/// The page once more, with what is wrong in a form.
pub(super) async fn again(state: &WebState, visitor: &Visitor, form: kit::Form) -> Answer {
    frame::render_invalid(&build(state, visitor, ("", form)).await?)
}

/// Everything that is kept about the visitor, as a file.
///
/// # Errors
/// 429 after too many attempts.
pub async fn export(State(state): State<WebState>, visitor: Visitor) -> Answer {
    limit(&state.limiters.heavy, &state, &visitor)?;
    let data = state.app.export_my_data(visitor.actor()).await?;
    let text = serde_json::to_string_pretty(&data).map_err(akimat_web_kit::failure::Failure::internal)?;
    let mut answer = text.into_response();
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"my-data.json\""));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

/// Erases the visitor, for good.
///
/// # Errors
/// 403 for officers.
pub async fn erase(State(state): State<WebState>, visitor: Visitor, sent: Form) -> Answer {
    limit(&state.limiters.heavy, &state, &visitor)?;
    let erased = match state.app.fresh_session(&visitor.token).await {
        Ok(_) => state.app.erase_me(visitor.actor(), sent.get("login")).await,
        Err(error) => Err(error),
    };
    match erased {
        Ok(()) => {
            let mut answer = frame::redirect(&visitor, "/", "my-data-erased");
            let cookie = (akimat_web_kit::visitor::session_cookie(state.options.secure_cookie), "");
            super::set_cookie(&mut answer, &state, cookie, 0);
            super::forget_pages(&mut answer);
            Ok(answer)
        }
        Err(AppError::Invalid(faults)) => {
            let mut form = kit::Form::new().with("login", sent.get("login"));
            for fault in &faults {
                form.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&build(&state, &visitor, ("", form)).await?)
        }
        Err(error) => Err(error.into()),
    }
}
