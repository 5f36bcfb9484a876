//! `/admin/persons`: clerks check who a person is and act for those who come to the desk.

pub mod act;
pub mod list;

use akimat_app::AppError;
use akimat_app::person::PersonFile;
use akimat_app::person::act::CHANNELS;
use akimat_app::person::verify::DOCUMENTS;
use akimat_core::Role;
use akimat_storage::Way;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::attempt::limit;
use akimat_web_kit::view::person::{self as view, VerificationRow};
use akimat_web_kit::view::project::{options, place_names};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::State;

#[derive(Template)]
#[template(path = "admin/person/find.html")]
struct FindPage {
    page: Page,
    form: kit::Form,
    rows: Vec<WaitingRow>,
    lists: bool,
}

struct WaitingRow {
    name: String,
    login: String,
    level: String,
    way: String,
    by: String,
    at: String,
    confirm: String,
    end: String,
    form: kit::Form,
    reason: String,
}

#[derive(Template)]
#[template(path = "admin/person/person.html")]
struct PersonPage {
    page: Page,
    form: kit::Form,
    facts: Vec<(String, String)>,
    base: String,
    own: bool,
    resident: bool,
    documents: Vec<(String, String)>,
    channels: Vec<(String, String)>,
    ratings: Vec<(String, String)>,
    rows: Vec<VerificationRow>,
}

async fn find_page(state: &WebState, visitor: &Visitor, form: kit::Form) -> Answer<FindPage> {
    let locale = visitor.locale();
    let waiting = state.app.waiting_verifications(visitor.actor()).await?;
    let lists = waiting.iter().any(|(one, _)| one.way == Way::List);
    let row = |(one, account): (akimat_storage::Verification, akimat_storage::Account)| WaitingRow {
        name: account.display_name,
        login: account.login,
        level: view::level(locale, one.level),
        way: locale.name("person-way", one.way.code()).into_owned(),
        by: one.made_by_name,
        at: locale.date_time(one.at, state.app.zone()),
        confirm: format!("/admin/verifications/{}/confirm", one.id),
        end: format!("/admin/verifications/{}/end", one.id),
        form: kit::Form::new(),
        reason: format!("reason-{}", one.id.simple()),
    };
    Ok(FindPage {
        page: frame::page(visitor, locale.t("persons-title"), Some(MenuItem::Admin))
            .hidden()
            .errors(!form.is_clean()),
        form,
        rows: waiting.into_iter().map(row).collect(),
        lists,
    })
}

/// The search and what waits for a second clerk.
///
/// # Errors
/// 403 for those who verify nobody.
pub async fn find_form(State(state): State<WebState>, visitor: Visitor) -> Answer {
    frame::render(&find_page(&state, &visitor, kit::Form::new()).await?)
}

/// Looks at a person's record, by login or number; the number stands in no address.
///
/// # Errors
/// 403 for those who verify nobody, 429 after too many attempts.
pub async fn find(State(state): State<WebState>, visitor: Visitor, sent: Form) -> Answer {
    limit(&state.limiters.heavy, &state, &visitor)?;
    let asked = (sent.get("login"), sent.raw("iin"));
    match state.app.look_up_person(visitor.actor(), asked, sent.get("reason")).await {
        Ok(file) => show((&state, &visitor), &file, kit::Form::new()).await,
        Err(AppError::Invalid(faults)) => {
            // The number is not written back into the page.
            let mut form =
                kit::Form::new().with("login", sent.get("login")).with("reason", sent.get("reason"));
            for fault in &faults {
                form.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&find_page(&state, &visitor, form).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// The page of a person that was found.
pub(crate) async fn show(
    (state, visitor): (&WebState, &Visitor),
    file: &PersonFile,
    form: kit::Form,
) -> Answer {
    let locale = visitor.locale();
    let names = place_names(state, locale, file.standing.home).await?;
    let home = file.standing.home.and_then(|code| names.get(&code)).map(String::as_str);
    let mut facts = vec![(locale.t("person-login").into_owned(), file.account.login.clone())];
    facts.extend(view::facts(locale, &file.standing, home));
    let own_place =
        visitor.actor().and_then(|account| account.place).map_or_else(String::new, |c| c.to_string());
    let clean = form.is_clean();
    let form = if clean { form.with("place", own_place.clone()).with("post_place", own_place) } else { form };
    let template = PersonPage {
        page: frame::page(visitor, file.account.display_name.clone(), Some(MenuItem::Admin))
            .hidden()
            .errors(!clean),
        form,
        facts,
        base: format!("/admin/persons/{}", file.account.id),
        own: visitor.actor().is_some_and(|account| account.id == file.account.id),
        resident: file.account.role == Role::Resident,
        documents: options(locale, "person-document", &DOCUMENTS, |code| code),
        channels: options(locale, "person-channel", &CHANNELS, |code| code),
        ratings: (1..=5).map(|n| (n.to_string(), n.to_string())).collect(),
        rows: view::rows(state, locale, &file.verifications),
    };
    if clean { frame::render(&template) } else { frame::render_invalid(&template) }
}
