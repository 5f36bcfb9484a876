//! `/admin/budgeting/{code}/paper`: ballots on paper, entered by one clerk and confirmed by another.

use akimat_app::ballot::Setting;
use akimat_app::ballot::paper::{PaperEntry, PaperView};
use akimat_app::{AppError, Permission as P, permission};
use akimat_storage::ballot::PaperState;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::person;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "admin/ballot/paper.html")]
struct PaperPage {
    page: Page,
    code: String,
    process: String,
    form: kit::Form,
    places: Vec<(String, String)>,
    points: bool,
    waiting: Vec<Row>,
    done: Vec<(String, String, String)>,
}

struct Row {
    path: String,
    number: String,
    at: String,
    own: bool,
    marks: Vec<String>,
}

/// The page.
///
/// # Errors
/// 403 outside the clerk's territory, 404 when there is no such vote.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
) -> Answer {
    let setting = state.app.ballot_setting(&code).await?;
    frame::render(&build(&state, &visitor, &setting, kit::Form::new()).await?)
}

async fn build(state: &WebState, visitor: &Visitor, setting: &Setting, form: kit::Form) -> Answer<PaperPage> {
    let process = &setting.process;
    permission::check(visitor.actor(), P::EnterBallots, Some(process.place))?;
    let locale = visitor.locale();
    let all = state.app.paper_ballots(visitor.actor(), setting).await?;
    let read = state.app.read();
    let mut places = read.list_places_by_code(&[process.place], state.app.today()).await?;
    places.extend(read.list_child_places(Some(process.place), state.app.today()).await?);
    let (waiting, done): (Vec<&PaperView>, Vec<&PaperView>) =
        all.iter().partition(|paper| paper.state == PaperState::Waiting);
    let at = |paper: &PaperView| locale.date_time(paper.made_at, state.app.zone());
    let marks = |paper: &PaperView| -> Vec<String> {
        let ballot = paper.ballot.iter().flat_map(|ballot| &ballot.marks);
        ballot
            .filter_map(|mark| setting.project(mark.project).map(|project| (mark, project)))
            .map(|(mark, project)| {
                let number = project.ballot_number.unwrap_or_default();
                let points = if mark.points > 0 { format!(" · {}", mark.points) } else { String::new() };
                format!("№ {number} {}{points}", locale.text(&project.title).0)
            })
            .collect()
    };
    Ok(PaperPage {
        page: frame::page(visitor, locale.t("ballot-paper-title"), Some(MenuItem::Admin))
            .hidden()
            .errors(!form.is_clean()),
        code: process.code.clone(),
        process: locale.text(&process.title).0.to_owned(),
        places: places
            .iter()
            .map(|place| (place.code.to_string(), locale.text(&place.name).0.to_owned()))
            .collect(),
        points: setting.paper.has_points(),
        waiting: waiting
            .into_iter()
            .map(|paper| Row {
                path: format!("/admin/budgeting/{}/paper/{}", process.code, paper.id),
                number: paper.number.clone(),
                at: at(paper),
                own: paper.own,
                marks: marks(paper),
            })
            .collect(),
        done: done
            .into_iter()
            .take(50)
            .map(|paper| {
                let state = locale.name("ballot-paper", paper.state.code()).into_owned();
                (paper.number.clone(), at(paper), state)
            })
            .collect(),
        form,
    })
}

/// Reads `3, 7, 12` or, with points, `3:5, 7:2`. What is no number is 0, which is on no ballot.
fn read_marks(text: &str) -> Vec<(u32, u32)> {
    text.split([',', ';', '\n', ' '])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (number, points) = part.split_once([':', '=']).unwrap_or((part, "0"));
            (number.trim().parse().unwrap_or(0), points.trim().parse().unwrap_or(0))
        })
        .collect()
}

/// A clerk enters a form.
///
/// # Errors
/// 403 outside the clerk's territory.
pub async fn enter(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let setting = state.app.ballot_setting(&code).await?;
    let entry = PaperEntry {
        iin: form.get("iin").to_owned(),
        place: form.get("place").parse().ok(),
        number: form.get("number").to_owned(),
        marks: read_marks(form.get("marks")),
    };
    let done = state.app.enter_paper_ballot(visitor.actor(), &setting, &entry).await;
    // The national identifier does not come back into the page.
    let mut again = kit::Form::new();
    for name in ["place", "number", "marks"] {
        again = again.with(name, form.get(name));
    }
    match done {
        Ok(_) => {
            let path = format!("/admin/budgeting/{code}/paper");
            return Ok(frame::redirect(&visitor, &path, "ballot-paper-added"));
        }
        Err(AppError::Invalid(faults)) => {
            for fault in &faults {
                let text = akimat_web_kit::view::ballot::fault_text(visitor.locale(), &setting, fault);
                again.fail(&fault.field, text);
            }
        }
        Err(AppError::Unmet(lacks)) => {
            for lack in lacks {
                again.fail("iin", person::lack(visitor.locale(), lack));
            }
        }
        Err(error) => return Err(error.into()),
    }
    frame::render_invalid(&build(&state, &visitor, &setting, again).await?)
}

/// A second clerk confirms, or a clerk refuses.
///
/// # Errors
/// 403 for one's own entry, 409 when it is ended already.
pub async fn end(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code, id)): Path<(String, String, String)>,
    form: Form,
) -> Answer {
    let setting = state.app.ballot_setting(&code).await?;
    let id: Uuid = frame::id(&id)?;
    let confirmed = form.get("do") == "confirm";
    match state.app.end_paper_ballot(visitor.actor(), &setting, (id, confirmed)).await {
        Ok(()) => {
            let path = format!("/admin/budgeting/{code}/paper");
            Ok(frame::redirect(&visitor, &path, "ballot-paper-ended"))
        }
        Err(AppError::Invalid(faults)) => {
            let mut again = kit::Form::new();
            for fault in &faults {
                again.fail("", frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&build(&state, &visitor, &setting, again).await?)
        }
        Err(error) => Err(error.into()),
    }
}
