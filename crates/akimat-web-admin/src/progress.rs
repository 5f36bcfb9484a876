//! A manager posts news, progress and a new stage.

use akimat_app::AppError;
use akimat_app::permission::{self, Permission};
use akimat_app::project::ProgressReport;
use akimat_app::project::life::stages;
use akimat_core::ProjectId;
use akimat_project::stage::Way;
use akimat_project::{Basis, Project};
use akimat_storage::Conflict;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::clash;
use akimat_web_kit::view::project::stage_name;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};
use jiff::civil::Date;

#[derive(Template)]
#[template(path = "admin/progress.html")]
struct ProgressPage {
    page: Page,
    form: kit::Form,
    path: String,
    title: String,
    version: u32,
    statuses: Vec<(String, String)>,
    /// What somebody else changed since the form was opened: field and what it is now.
    meanwhile: Meanwhile,
}

async fn find(state: &WebState, visitor: &Visitor, id: &str) -> Answer<Project> {
    let id: ProjectId = frame::id(id)?;
    let (project, _, _) = state.app.read().find_project(id).await?.ok_or_else(Failure::not_found)?;
    permission::check(visitor.actor(), Permission::ManageProjects, Some(project.place))?;
    Ok(project)
}

/// What other people did to a project since it was shown.
type Meanwhile = Vec<(String, String)>;

fn page(visitor: &Visitor, project: &Project, (form, meanwhile): (kit::Form, Meanwhile)) -> ProgressPage {
    let locale = visitor.locale();
    let (modality, status) = (project.modality, project.status);
    let here = stages().code_at(modality, status, &project.stage);
    let mut choices = vec![(here.to_owned(), stage_name(locale, modality, here))];
    choices.extend(stages().moves(modality, status, &project.stage).into_iter().map(|(code, way)| {
        let name = stage_name(locale, modality, code);
        let key = match way {
            Way::Forward => return (code.to_owned(), name),
            Way::Back => "project-way-back",
            Way::Resume => "project-way-resume",
            Way::Suspend | Way::Terminate => return (code.to_owned(), name),
        };
        (code.to_owned(), locale.f(key, &[("stage", name.into())]))
    }));
    ProgressPage {
        page: frame::page(visitor, locale.t("project-post-title"), Some(MenuItem::Admin))
            .hidden()
            .invented(project.invented)
            .errors(!form.is_clean()),
        form,
        path: format!("/projects/{}", project.id),
        title: project.title.get(visitor.lang).to_owned(),
        version: project.version,
        statuses: choices,
        meanwhile,
    }
}

/// The form.
///
/// # Errors
/// 403 outside the manager's territory, 404 when there is no such project.
pub async fn form(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let project = find(&state, &visitor, &id).await?;
    let form = kit::Form::new()
        .with("progress_pct", project.progress_pct.to_string())
        .with("status", stages().code_at(project.modality, project.status, &project.stage))
        .with("ends_on", project.ends_on.map_or_else(String::new, |date| date.to_string()));
    frame::render(&page(&visitor, &project, (form, Vec::new())))
}

/// Posts the report.
///
/// # Errors
/// 403 outside the manager's territory. When somebody else moved the project meanwhile, the form comes back with what
/// was typed and what changed, with status 409.
pub async fn report(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    let project = find(&state, &visitor, &id).await?;
    let locale = visitor.locale();
    let mut again = kit::Form::new();
    for name in FIELDS {
        again = again.with(name, sent.raw(name));
    }
    let (report, faults) = read(&visitor, &sent);
    for (field, text) in faults {
        again.fail(field, text);
    }
    let Some(report) = report.filter(|_| again.is_clean()) else {
        return frame::render_invalid(&page(&visitor, &project, (again, Vec::new())));
    };
    match state.app.report_progress(visitor.actor(), project.id, report).await {
        Ok(()) => Ok(frame::redirect(&visitor, &format!("/projects/{}#news", project.id), "project-posted")),
        Err(AppError::Invalid(faults)) => {
            for fault in &faults {
                again.fail(&fault.field, frame::fault_text(locale, fault));
            }
            frame::render_invalid(&page(&visitor, &project, (again, Vec::new())))
        }
        Err(AppError::Conflict(Conflict::Stale(_))) => {
            let project = find(&state, &visitor, &id).await?;
            let now = stages().code_at(project.modality, project.status, &project.stage);
            let date = |date: Option<Date>| {
                date.map_or_else(|| locale.t("not-known-yet").into_owned(), |date| locale.date(date))
            };
            let meanwhile = vec![
                (locale.t("project-post-status").into_owned(), stage_name(locale, project.modality, now)),
                (
                    locale.t("project-progress").into_owned(),
                    locale.percent(&project.progress_pct.to_string()),
                ),
                (locale.t("project-ends").into_owned(), date(project.ends_on)),
            ];
            clash::render(&page(&visitor, &project, (again, meanwhile)))
        }
        Err(error) => Err(error.into()),
    }
}

/// Fields of the form, so that nothing typed is lost.
const FIELDS: [&str; 8] =
    ["body", "progress_pct", "status", "reason", "ends_on", "basis_kind", "basis_number", "basis_on"];

fn read(visitor: &Visitor, sent: &Form) -> (Option<ProgressReport>, Vec<(&'static str, String)>) {
    let locale = visitor.locale();
    let mut faults = Vec::new();
    let progress = sent.get("progress_pct").parse::<u8>().ok().filter(|pct| *pct <= 100);
    if progress.is_none() {
        let between = locale.f("field-between", &[("min", "0".into()), ("max", "100".into())]);
        faults.push(("progress_pct", between));
    }
    if sent.get("status").is_empty() {
        faults.push(("status", locale.t("field-choose-from-list").into_owned()));
    }
    let mut date = |name: &'static str| {
        let text = sent.get(name);
        let date = text.parse::<Date>().ok();
        if !text.is_empty() && date.is_none() {
            faults.push((name, locale.t("field-not-a-date").into_owned()));
        }
        date
    };
    let (ends_on, on) = (date("ends_on"), date("basis_on"));
    let report = progress.map(|progress_pct| ProgressReport {
        version: sent.get("version").parse().unwrap_or(0),
        body: sent.raw("body").to_owned(),
        lang: visitor.lang,
        progress_pct,
        stage: sent.get("status").to_owned(),
        reason: sent.raw("reason").to_owned(),
        basis: Basis {
            kind: sent.get("basis_kind").to_owned(),
            number: sent.get("basis_number").to_owned(),
            on,
        },
        ends_on,
    });
    (report, faults)
}
