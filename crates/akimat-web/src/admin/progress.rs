//! A manager posts news, progress and a new status.

use crate::failure::{Answer, Failure};
use crate::form::Form;
use crate::frame;
use crate::kit::{self, MenuItem, Page};
use crate::state::WebState;
use crate::visitor::Visitor;
use akimat_app::AppError;
use akimat_app::permission::{self, Permission};
use akimat_app::project::ProgressReport;
use akimat_core::ProjectId;
use akimat_project::{Project, Status};
use askama::Template;
use axum::extract::{Path, State};

#[derive(Template)]
#[template(path = "admin/progress.html")]
struct ProgressPage {
    page: Page,
    form: kit::Form,
    path: String,
    title: String,
    version: u32,
    statuses: Vec<(String, String)>,
}

async fn find(state: &WebState, visitor: &Visitor, id: &str) -> Answer<Project> {
    let id: ProjectId = frame::id(id)?;
    let (project, _, _) = state.app.read().find_project(id).await?.ok_or_else(Failure::not_found)?;
    permission::check(visitor.actor(), Permission::ManageProjects, Some(project.place))?;
    Ok(project)
}

fn page(visitor: &Visitor, project: &Project, form: kit::Form) -> ProgressPage {
    let locale = visitor.locale();
    let name = |status: Status| locale.name("status", status.code()).into_owned();
    let mut statuses = vec![(project.status.code().to_owned(), name(project.status))];
    statuses.extend(project.status.next().into_iter().map(|to| (to.code().to_owned(), name(to))));
    ProgressPage {
        page: frame::page(visitor, locale.t("project-post-title"), Some(MenuItem::Admin))
            .hidden()
            .invented(project.invented)
            .errors(!form.is_clean()),
        form,
        path: format!("/projects/{}", project.id),
        title: project.title.get(visitor.lang).to_owned(),
        version: project.version,
        statuses,
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
        .with("status", project.status.code());
    frame::render(&page(&visitor, &project, form))
}

/// Posts the report.
///
/// # Errors
/// 409 when somebody else changed the project meanwhile.
pub async fn report(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    let project = find(&state, &visitor, &id).await?;
    let mut again = kit::Form::new();
    for name in ["body", "progress_pct", "status", "reason"] {
        again = again.with(name, sent.raw(name));
    }
    let progress = sent.get("progress_pct").parse::<u8>().ok().filter(|pct| *pct <= 100);
    let status = Status::parse(sent.get("status"));
    let (Some(progress_pct), Some(status)) = (progress, status) else {
        let locale = visitor.locale();
        if progress.is_none() {
            again.fail(
                "progress_pct",
                locale.f("field-between", &[("min", "0".into()), ("max", "100".into())]),
            );
        }
        if status.is_none() {
            again.fail("status", locale.t("field-choose-from-list"));
        }
        return frame::render_invalid(&page(&visitor, &project, again));
    };
    let report = ProgressReport {
        version: sent.get("version").parse().unwrap_or(0),
        body: sent.raw("body").to_owned(),
        lang: visitor.lang,
        progress_pct,
        status,
        reason: sent.raw("reason").to_owned(),
    };
    match state.app.report_progress(visitor.actor(), project.id, report).await {
        Ok(()) => Ok(frame::redirect(&visitor, &format!("/projects/{}#news", project.id), "project-posted")),
        Err(AppError::Invalid(faults)) => {
            for fault in &faults {
                again.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&page(&visitor, &project, again))
        }
        Err(error) => Err(error.into()),
    }
}
