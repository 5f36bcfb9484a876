//! A manager registers and edits projects.

mod fill;
pub mod manager;
pub mod partner;
mod read;
mod shape;
pub mod team;

use akimat_app::AppError;
use akimat_app::permission::{self, Permission};
use akimat_app::project::Edited;
use akimat_core::{ProjectId, Text};
use akimat_i18n::Locale;
use akimat_project::revision::FieldClash;
use akimat_project::{Kind, Level, Modality, MoneySource, Project, Sector, Status};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::clash::{self, Clash};
use akimat_web_kit::view::project::options;
use akimat_web_kit::view::register::path_name;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};
use fill::filled;
use read::read;

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
    served: Vec<usize>,
    /// The project is there already: a change may need its reason and document.
    stored: bool,
    clash: Option<Clash>,
    similar: Vec<Similar>,
}

/// What a form is made of.
/// A project of the register that resembles the one that is entered.
struct Similar {
    path: String,
    name: String,
    why: String,
}

struct Sheet<'a> {
    form: kit::Form,
    /// The fields as sent; empty for a fresh form.
    sent: &'a Form,
    project: &'a Project,
    new: bool,
}

fn page(state: &WebState, visitor: &Visitor, sheet: Sheet<'_>) -> EditPage {
    let locale = visitor.locale();
    let Sheet { form, sent, project, new } = sheet;
    let title = locale.t(if new { "project-new-title" } else { "project-edit-title" });
    let criteria = &state.app.criteria().criteria;
    let rows = |list: &str, there: usize| (0..shape::shown(sent, list, there)).collect::<Vec<usize>>();
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
        lines: rows("money", project.money.len()),
        milestones: rows("milestone", project.milestones.len()),
        results: rows("result", project.results.len()),
        served: rows("served", project.beneficiaries.len()),
        stored: !new,
        clash: None,
        similar: Vec::new(),
        form,
    }
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
        stage: String::new(),
        news_at: now,
        beneficiaries: Vec::new(),
        partners: Vec::new(),
        international: false,
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
    let form = filled(&project, visitor.lang);
    frame::render(&page(
        &state,
        &visitor,
        Sheet { form, sent: &Form::default(), project: &project, new: true },
    ))
}

/// Registers a project.
///
/// # Errors
/// 403 outside the manager's territory.
pub async fn new(State(state): State<WebState>, visitor: Visitor, sent: Form) -> Answer {
    let blank = blank(&state, &visitor)?;
    if let Some(sent) = shape::reshaped(&sent) {
        let form = again(&sent, Vec::new());
        return frame::render(&page(
            &state,
            &visitor,
            Sheet { form, sent: &sent, project: &blank, new: true },
        ));
    }
    let (mut project, mut faults) = read(visitor.locale(), &sent, &blank);
    project.version = 1;
    keep_published(&state, &mut project);
    let similar = if faults.is_empty() && sent.get("another") != "yes" {
        similar(&state, &visitor, &project).await?
    } else {
        Vec::new()
    };
    if !similar.is_empty() {
        let text = visitor.locale().t("duplicate-another-needed").into_owned();
        let form = again(&sent, vec![("another".to_owned(), text)]);
        let page = page(&state, &visitor, Sheet { form, sent: &sent, project: &project, new: true });
        return frame::render_invalid(&EditPage { similar, ..page });
    }
    if faults.is_empty() {
        match state.app.register_project(visitor.actor(), project.clone()).await {
            Ok(id) => return Ok(frame::redirect(&visitor, &format!("/projects/{id}"), "project-edit-saved")),
            Err(error) => faults = told(visitor.locale(), error)?,
        }
    }
    let form = again(&sent, faults);
    frame::render_invalid(&page(&state, &visitor, Sheet { form, sent: &sent, project: &project, new: true }))
}

/// Projects of the register that may be the one that is entered.
async fn similar(state: &WebState, visitor: &Visitor, project: &Project) -> Answer<Vec<Similar>> {
    let locale = visitor.locale();
    let found = state.app.similar_projects(project).await?;
    let row = |(known, told): &(Project, akimat_project::duplicate::Resemblance)| Similar {
        path: format!("/projects/{}", known.id),
        name: format!("{}: {}", known.number, locale.text(&known.title).0),
        why: super::duplicate::why(locale, told).join(" "),
    };
    Ok(found.iter().map(row).collect())
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
    let form = filled(&project, visitor.lang);
    frame::render(&page(
        &state,
        &visitor,
        Sheet { form, sent: &Form::default(), project: &project, new: false },
    ))
}

/// Changes a project.
///
/// # Errors
/// 403 outside the manager's territory. When somebody else changed the same fields since the project was shown, the
/// form comes back with what was typed and both values of these fields, with status 409.
pub async fn edit(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    let stored = find(&state, &visitor, &id).await?;
    let version = sent.get("version").parse().unwrap_or(0);
    // What the person was shown is what the fields are read against, also when it is no longer what is stored.
    let shown = state.app.project_as_of(&stored, version).await?.unwrap_or_else(|| stored.clone());
    if let Some(sent) = shape::reshaped(&sent) {
        let form = again(&sent, Vec::new());
        let project = Project { version, ..shown };
        return frame::render(&page(
            &state,
            &visitor,
            Sheet { form, sent: &sent, project: &project, new: false },
        ));
    }
    let (mut project, mut faults) = read(visitor.locale(), &sent, &shown);
    keep_published(&state, &mut project);
    let (note, wrong) = read::note(visitor.locale(), &sent);
    faults.extend(wrong);
    if faults.is_empty() {
        match state.app.edit_project(visitor.actor(), project.clone(), note).await {
            Ok(Edited::Stored { others }) if others.is_empty() => {
                let path = format!("/projects/{}", project.id);
                return Ok(frame::redirect(&visitor, &path, "project-edit-saved"));
            }
            Ok(Edited::Stored { .. }) => {
                let path = format!("/projects/{}/history", project.id);
                return Ok(frame::redirect(&visitor, &path, "project-edit-joined"));
            }
            Ok(Edited::Clash { current, clashes, joined }) => {
                return clashed(&state, &visitor, &sent, (&current, &clashes, &joined)).await;
            }
            Err(error) => faults = told(visitor.locale(), error)?,
        }
    }
    let form = again(&sent, faults);
    frame::render_invalid(&page(&state, &visitor, Sheet { form, sent: &sent, project: &project, new: false }))
}

/// The form with what both changed, and with what only the other changed already in it.
async fn clashed(
    state: &WebState,
    visitor: &Visitor,
    sent: &Form,
    (current, clashes, joined): (&Project, &[FieldClash], &Project),
) -> Answer {
    let locale = visitor.locale();
    let newest = state.app.read().find_section(current.id.0).await?.ok_or_else(Failure::not_found)?;
    let anew = format!("/admin/projects/{}/edit", current.id);
    let mut clash = clash::told((state, locale), (&newest, clashes), anew, |path| path_name(locale, path));
    clash.version = current.version;
    let mut form = filled(joined, visitor.lang);
    for name in ["reason", "basis_kind", "basis_number", "basis_on"] {
        form = form.with(name, sent.raw(name));
    }
    let project = Project { version: current.version, ..joined.clone() };
    let sheet = Sheet { form, sent: &Form::default(), project: &project, new: false };
    clash::render(&EditPage { clash: Some(clash), ..page(state, visitor, sheet) })
}
