//! The desk's part of acts without accounts: what a clerk enters, what waits for a second one, and the slip.

use akimat_app::AppError;
use akimat_app::once::desk::{OnceEntry, SLIP_HOURS, Slip};
use akimat_app::once::{Deed, Scene};
use akimat_app::person::verify::DOCUMENTS;
use akimat_core::KatoCode;
use akimat_identity::Lack;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::attempt::limit;
use akimat_web_kit::view::person;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use axum::response::{Html, IntoResponse};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "admin/once/list.html")]
struct ListPage {
    page: Page,
    rows: Vec<Row>,
}

struct Row {
    act: String,
    subject: (String, &'static str),
    path: String,
    at: String,
    /// Address of the confirmation; empty for one's own entry.
    confirm: String,
}

#[derive(Template)]
#[template(path = "admin/once/form.html")]
struct FormPage {
    page: Page,
    form: kit::Form,
    here: String,
    back: String,
    subject: (String, &'static str),
    needs: String,
    lacks: Vec<String>,
    documents: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "admin/once/slip.html")]
struct SlipPage {
    page: Page,
    code: String,
    hours: String,
}

/// What waits for a second clerk.
///
/// # Errors
/// 403 for those who verify nobody.
pub async fn list(State(state): State<WebState>, visitor: Visitor) -> Answer {
    let locale = visitor.locale();
    let waiting = state.app.waiting_slips(visitor.actor()).await?;
    let row = |one: akimat_app::once::desk::WaitingSlip| {
        let (title, lang) = locale.text(&one.scene.title);
        Row {
            act: locale.name("once-title", one.scene.deed.code()).into_owned(),
            subject: (title.to_owned(), lang.map_or("", akimat_core::Lang::code)),
            path: one.scene.path,
            at: locale.date_time(one.at, state.app.zone()),
            confirm: match one.own {
                true => String::new(),
                false => format!("/admin/slips/{}/confirm", one.id),
            },
        }
    };
    frame::render(&ListPage {
        page: frame::page(&visitor, locale.t("once-desk-title"), Some(MenuItem::Admin)).hidden(),
        rows: waiting.into_iter().map(row).collect(),
    })
}

async fn scene_of(state: &WebState, (act, id): (&str, &str)) -> Answer<Scene> {
    let deed = Deed::parse(act, frame::id(id)?).ok_or_else(Failure::not_found)?;
    Ok(state.app.once_scene(deed).await?)
}

fn form_page(visitor: &Visitor, scene: &Scene, (form, lacks): (kit::Form, &[Lack])) -> FormPage {
    let locale = visitor.locale();
    let (title, lang) = locale.text(&scene.title);
    let document = |code: &&str| ((*code).to_owned(), locale.name("person-document", code).into_owned());
    FormPage {
        page: frame::page(visitor, locale.name("once-title", scene.deed.code()), Some(MenuItem::Admin))
            .hidden()
            .errors(!form.is_clean()),
        here: format!("/admin/once/{}", scene.deed.key()),
        back: scene.path.clone(),
        subject: (title.to_owned(), lang.map_or("", akimat_core::Lang::code)),
        needs: person::needs(locale, &scene.requirement),
        lacks: lacks.iter().map(|lack| person::lack(locale, *lack)).collect(),
        documents: DOCUMENTS.iter().map(document).collect(),
        form,
    }
}

/// The form for somebody who came to the desk.
///
/// # Errors
/// 404 when there is no such thing.
pub async fn form(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, act, id)): Path<(String, String, String)>,
) -> Answer {
    let scene = scene_of(&state, (&act, &id)).await?;
    frame::render(&form_page(&visitor, &scene, (kit::Form::new(), &[])))
}

/// A clerk saw who somebody is.
///
/// # Errors
/// 403 outside the clerk's territory, 429 after too many attempts.
pub async fn issue(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, act, id)): Path<(String, String, String)>,
    form: Form,
) -> Answer {
    limit(&state.limiters.heavy, &state, &visitor)?;
    let scene = scene_of(&state, (&act, &id)).await?;
    let entry = OnceEntry {
        iin: form.get("iin").to_owned(),
        place: form.get("place").parse().ok().and_then(KatoCode::from_number),
        document: form.get("document").to_owned(),
    };
    // The number is not written back into the page.
    let mut sent = kit::Form::new().with("place", form.get("place")).with("document", form.get("document"));
    match state.app.once_at_desk(visitor.actor(), &scene, &entry).await {
        Ok(Slip::Ready(code)) => slip(&visitor, &code),
        Ok(Slip::Waits) => Ok(frame::redirect(&visitor, "/admin/once", "person-waits")),
        Err(AppError::Invalid(faults)) => {
            for fault in &faults {
                sent.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&form_page(&visitor, &scene, (sent, &[])))
        }
        Err(AppError::Unmet(lacks)) => frame::render_invalid(&form_page(&visitor, &scene, (sent, &lacks))),
        Err(error) => Err(error.into()),
    }
}

/// A second clerk confirms; the page shows the code, once.
///
/// # Errors
/// 403 for the first clerk, 409 when it waits no longer.
pub async fn confirm(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    _form: Form,
) -> Answer {
    let id: Uuid = frame::id(&id)?;
    let code = state.app.confirm_slip(visitor.actor(), id).await?;
    slip(&visitor, &code)
}

fn slip(visitor: &Visitor, code: &str) -> Answer {
    let locale = visitor.locale();
    let parts: Vec<&str> = [code.get(..4), code.get(4..8), code.get(8..)].into_iter().flatten().collect();
    let page = SlipPage {
        page: frame::page(visitor, locale.t("once-slip-title"), Some(MenuItem::Admin)).hidden(),
        code: parts.join("-"),
        hours: locale.f("once-slip-hours", &[("n", SLIP_HOURS.into())]),
    };
    let mut response = Html(page.render()?).into_response();
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
