//! A manager registers and edits projects.

mod fill;
mod read;

use crate::failure::{Answer, Failure};
use crate::form::Form;
use crate::frame;
use crate::kit::{self, MenuItem, Page};
use crate::state::WebState;
use crate::view::project::options;
use crate::visitor::Visitor;
use akimat_app::AppError;
use akimat_app::permission::{self, Permission};
use akimat_core::{ProjectId, Text};
use akimat_i18n::Locale;
use akimat_project::{Kind, Level, Modality, MoneySource, Project, Sector, Status};
use askama::Template;
use axum::extract::{Path, State};
use fill::filled;
use read::read;

/// Empty lines that the form offers beyond those that are there.
const SPARE_LINES: usize = 3;
/// Lines of money, milestones or results at most.
const LINES_MAX: usize = 60;

#[derive(Template)]
#[template(path = "admin/project.html")]
struct EditPage {
    page: Page,
    form: kit::Form,
    action: String,
    back: String,
    version: u32,
    sectors: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    modalities: Vec<(String, String)>,
    levels: Vec<(String, String)>,
    sources: Vec<(String, String)>,
    criteria: Vec<(String, String)>,
    lines: Vec<usize>,
    milestones: Vec<usize>,
    results: Vec<usize>,
}

fn page(state: &WebState, visitor: &Visitor, form: kit::Form, project: &Project, new: bool) -> EditPage {
    let locale = visitor.locale();
    let title = locale.t(if new { "project-new-title" } else { "project-edit-title" });
    let criteria = &state.app.criteria().criteria;
    EditPage {
        page: frame::page(visitor, title, Some(MenuItem::Admin)).hidden().errors(!form.is_clean()),
        action: if new {
            visitor.to("/admin/projects/new")
        } else {
            visitor.to(&format!("/admin/projects/{}/edit", project.id))
        },
        back: if new { visitor.to("/admin") } else { visitor.to(&format!("/projects/{}", project.id)) },
        version: project.version,
        sectors: options(locale, "sector", Sector::ALL, Sector::code),
        kinds: options(locale, "kind", Kind::ALL, Kind::code),
        modalities: options(locale, "modality", Modality::ALL, Modality::code),
        levels: options(locale, "project-level", Level::ALL, Level::code),
        sources: options(locale, "money-source", MoneySource::ALL, MoneySource::code),
        criteria: criteria
            .iter()
            .map(|c| (format!("score_{}", c.code), c.title.get(visitor.lang).to_owned()))
            .collect(),
        lines: rows(project.money.len()),
        milestones: rows(project.milestones.len()),
        results: rows(project.results.len()),
        form,
    }
}

/// Numbers of the lines that the form shows: those that are there and some empty ones.
fn rows(there: usize) -> Vec<usize> {
    (0..(there + SPARE_LINES).min(LINES_MAX)).collect()
}

fn blank(state: &WebState, visitor: &Visitor) -> Answer<Project> {
    let place = visitor.actor().and_then(|account| account.place).ok_or(AppError::Forbidden)?;
    let now = state.app.now();
    Ok(Project {
        id: state.app.new_project_id(),
        number: String::new(),
        place,
        title: Text::default(),
        summary: Text::default(),
        sector: Sector::Education,
        kind: Kind::Infrastructure,
        modality: Modality::Budget,
        level: Level::Local,
        status: Status::Idea,
        progress_pct: 0,
        contractor: String::new(),
        starts_on: None,
        ends_on: None,
        location: None,
        scores: Vec::new(),
        exclusive_group: String::new(),
        manager: None,
        invented: false,
        version: 1,
        created_at: now,
        updated_at: now,
        money: Vec::new(),
        milestones: Vec::new(),
        results: Vec::new(),
    })
}

/// Scores of criteria that are not published are forged or out of date.
fn keep_published(state: &WebState, project: &mut Project) {
    let published = &state.app.criteria().criteria;
    project.scores.retain(|(code, _)| published.iter().any(|criterion| criterion.code == *code));
}

/// The form again with what was written and what is wrong.
fn again(sent: &Form, faults: Vec<(String, String)>) -> kit::Form {
    let mut form = kit::Form::from_pairs(sent.with_prefix("").map(|(n, v)| (n.to_owned(), v.to_owned())));
    for (field, text) in faults {
        form.fail(&field, text);
    }
    form
}

fn told(locale: &Locale, error: AppError) -> Answer<Vec<(String, String)>> {
    match error {
        AppError::Invalid(faults) => {
            let told =
                |fault: &akimat_app::FieldFault| (fault.field.clone(), frame::fault_text(locale, fault));
            Ok(faults.iter().map(told).collect())
        }
        error => Err(error.into()),
    }
}

/// The form for a new project.
///
/// # Errors
/// 403 for an account without territory.
pub async fn new_form(State(state): State<WebState>, visitor: Visitor) -> Answer {
    let project = blank(&state, &visitor)?;
    frame::render(&page(&state, &visitor, filled(&project, visitor.lang), &project, true))
}

/// Registers a project.
///
/// # Errors
/// 403 outside the manager's territory.
pub async fn new(State(state): State<WebState>, visitor: Visitor, sent: Form) -> Answer {
    let (mut project, mut faults) = read(visitor.locale(), &sent, &blank(&state, &visitor)?);
    project.version = 1;
    keep_published(&state, &mut project);
    if faults.is_empty() {
        match state.app.register_project(visitor.actor(), project.clone()).await {
            Ok(id) => return Ok(frame::redirect(&visitor, &format!("/projects/{id}"), "project-edit-saved")),
            Err(error) => faults = told(visitor.locale(), error)?,
        }
    }
    frame::render_invalid(&page(&state, &visitor, again(&sent, faults), &project, true))
}

async fn find(state: &WebState, visitor: &Visitor, id: &str) -> Answer<Project> {
    let id: ProjectId = frame::id(id)?;
    let (project, _, _) = state.app.read().find_project(id).await?.ok_or_else(Failure::not_found)?;
    permission::check(visitor.actor(), Permission::ManageProjects, Some(project.place))?;
    Ok(project)
}

/// The form for a stored project.
///
/// # Errors
/// 403 outside the manager's territory, 404 when there is no such project.
pub async fn edit_form(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let project = find(&state, &visitor, &id).await?;
    frame::render(&page(&state, &visitor, filled(&project, visitor.lang), &project, false))
}

/// Changes a project.
///
/// # Errors
/// 409 when somebody else changed it since it was shown.
pub async fn edit(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    let stored = find(&state, &visitor, &id).await?;
    let (mut project, mut faults) = read(visitor.locale(), &sent, &stored);
    keep_published(&state, &mut project);
    if faults.is_empty() {
        match state.app.edit_project(visitor.actor(), project.clone()).await {
            Ok(()) => {
                let path = format!("/projects/{}", project.id);
                return Ok(frame::redirect(&visitor, &path, "project-edit-saved"));
            }
            Err(error) => faults = told(visitor.locale(), error)?,
        }
    }
    frame::render_invalid(&page(&state, &visitor, again(&sent, faults), &project, false))
}
