//! What a clerk does with a person's record.

use super::show;
use akimat_app::person::act::Proxy;
use akimat_app::person::verify::DeskEntry;
use akimat_app::{AppError, FieldFault};
use akimat_core::{AccountId, KatoCode, ProjectId};
use akimat_participation::Rating;
use akimat_storage::ProjectFilter;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::attempt::limit;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;

#[derive(Template)]
#[template(path = "admin/person/letter.html")]
struct LetterPage {
    page: Page,
    greeting: String,
    code: String,
    steps: Vec<String>,
    until: String,
    office: String,
}

fn place(sent: &Form, name: &str) -> Result<Option<KatoCode>, AppError> {
    match sent.get(name) {
        "" => Ok(None),
        code => code.parse().map(Some).map_err(|_| {
            AppError::Invalid(vec![FieldFault::new(name, "field-place-unknown").with("code", code)])
        }),
    }
}

/// The person's page once more with what is wrong; the number is not written back.
async fn again(
    state: &WebState,
    visitor: &Visitor,
    (id, sent): (AccountId, &Form),
    error: AppError,
) -> Answer {
    let faults = match error {
        AppError::Invalid(faults) => faults,
        AppError::Unmet(_) => vec![FieldFault::new("project", "person-act-unmet")],
        other => return Err(other.into()),
    };
    let mut form = kit::Form::new();
    for name in
        ["document", "born_on", "place", "post_place", "project", "rating", "words", "channel", "basis"]
    {
        form = form.with(name, sent.raw(name));
    }
    for fault in &faults {
        form.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
    }
    let file = state.app.person_again(visitor.actor(), id).await?;
    show((state, visitor), &file, form).await
}

/// Enters what a document says.
///
/// # Errors
/// 403 outside the clerk's territory.
pub async fn verify(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    limit(&state.limiters.heavy, &state, &visitor)?;
    let id: AccountId = frame::id(&id)?;
    let born_on = match sent.get("born_on") {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| AppError::field("born_on", "person-born-form")),
    };
    let entry = place(&sent, "place").and_then(|place| {
        let (iin, document) = (sent.raw("iin").to_owned(), sent.get("document").to_owned());
        Ok(DeskEntry { iin, place, born_on: born_on?, document })
    });
    let done = match entry {
        Ok(entry) => state.app.verify_at_desk(visitor.actor(), id, &entry).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(new) if new.state == akimat_storage::VerificationState::Waiting => {
            Ok(frame::redirect(&visitor, "/admin/persons", "person-waits"))
        }
        Ok(_) => Ok(frame::redirect(&visitor, "/admin/persons", "person-verified")),
        Err(error) => again(&state, &visitor, (id, &sent), error).await,
    }
}

/// Makes a letter with a code and shows it, once.
///
/// # Errors
/// 403 outside the clerk's territory.
pub async fn letter(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    limit(&state.limiters.heavy, &state, &visitor)?;
    let id: AccountId = frame::id(&id)?;
    let made = match place(&sent, "post_place") {
        Ok(place) => state.app.send_code_by_post(visitor.actor(), id, place).await,
        Err(error) => Err(error),
    };
    let letter = match made {
        Ok(letter) => letter,
        Err(error) => return again(&state, &visitor, (id, &sent), error).await,
    };
    let locale = visitor.locale();
    let person = state.app.read().find_account(id).await?.ok_or(AppError::NotFound("account"))?;
    let until = letter.verification.until.unwrap_or(letter.verification.at);
    let until = until.to_zoned(state.app.zone().clone()).date();
    let address = format!("{}{}", state.options.origin, visitor.to("/account/verification"));
    let mut answer = frame::render(&LetterPage {
        page: frame::page(&visitor, locale.t("letter-title"), Some(MenuItem::Admin)).hidden(),
        greeting: locale.f("letter-greeting", &[("name", person.display_name.as_str().into())]),
        code: letter.code,
        steps: vec![
            locale.f("letter-step-sign-in", &[("login", person.login.as_str().into())]),
            locale.f("letter-step-address", &[("address", address.into())]),
            locale.t("letter-step-code").into_owned(),
        ],
        until: locale.f("letter-until", &[("date", locale.date(until).into())]),
        office: letter.verification.made_by_name,
    })?;
    answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

/// Votes or comments for a person.
///
/// # Errors
/// 403 outside the clerk's territory.
pub async fn act(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    limit(&state.limiters.comment, &state, &visitor)?;
    let id: AccountId = frame::id(&id)?;
    let done = match project(&state, sent.get("project")).await? {
        Some(project) => {
            let proxy = Proxy {
                project,
                rating: sent.get("rating").parse().ok().and_then(Rating::new),
                words: sent.raw("words").to_owned(),
                lang: visitor.lang,
                channel: sent.get("channel").to_owned(),
                basis: sent.get("basis").to_owned(),
            };
            state.app.act_for_person(visitor.actor(), id, &proxy).await
        }
        None => Err(AppError::field("project", "person-act-project-unknown")),
    };
    match done {
        Ok(()) => Ok(frame::redirect(&visitor, "/admin/persons", "person-acted")),
        Err(error) => again(&state, &visitor, (id, &sent), error).await,
    }
}

/// The project that a clerk named: by its address, its identifier or its number.
async fn project(state: &WebState, named: &str) -> Answer<Option<ProjectId>> {
    let last =
        named.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default().trim();
    if let Ok(id) = last.parse::<ProjectId>() {
        return Ok(state.app.read().find_project_place(id).await?.map(|_| id));
    }
    if last.is_empty() {
        return Ok(None);
    }
    let filter = ProjectFilter { keys: akimat_core::fold::search_keys(last), ..ProjectFilter::default() };
    let found = state.app.read().list_whole_projects(&filter, 20).await?;
    Ok(found.iter().find(|project| project.number == last).map(|project| project.id))
}

/// A second clerk confirms.
///
/// # Errors
/// 403 for the first clerk, 409 when it waits no longer.
pub async fn confirm(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    _form: Form,
) -> Answer {
    state.app.confirm_verification(visitor.actor(), frame::id(&id)?).await?;
    Ok(frame::redirect(&visitor, "/admin/persons", "person-confirmed"))
}

/// A second clerk confirms every person of lists that waits.
///
/// # Errors
/// 403 for those who verify nobody.
pub async fn confirm_lists(State(state): State<WebState>, visitor: Visitor, _form: Form) -> Answer {
    state.app.confirm_lists(visitor.actor()).await?;
    Ok(frame::redirect(&visitor, "/admin/persons", "person-confirmed"))
}

/// Refuses or withdraws a verification.
///
/// # Errors
/// 403 outside the clerk's territory; without a reason the search shows what is missing.
pub async fn end(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    let id: uuid::Uuid = frame::id(&id)?;
    let name = format!("reason-{}", id.simple());
    match state.app.end_verification(visitor.actor(), id, sent.get(&name)).await {
        Ok(()) => Ok(frame::redirect(&visitor, "/admin/persons", "person-ended")),
        Err(AppError::Invalid(faults)) => {
            let mut form = kit::Form::new();
            for fault in &faults {
                form.fail("", frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&super::find_page(&state, &visitor, form).await?)
        }
        Err(error) => Err(error.into()),
    }
}
