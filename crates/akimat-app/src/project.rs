//! Projects: registered, edited, moved on, reported about.

use crate::participation::parse_reason;
use crate::permission::{self, Permission};
use crate::{App, AppError, FieldFault, Result};
use akimat_core::{KatoCode, Lang, ProjectId};
use akimat_project::check::{BODY_CHARS_MAX, Fault, faults};
use akimat_project::status::MoveError;
use akimat_project::{Project, ProjectUpdate, Status, StatusChange};
use akimat_storage::{Account, Batch, Change, Conflict};
use serde_json::json;
use std::collections::BTreeSet;

/// What a manager reports.
#[derive(Clone, Debug)]
pub struct ProgressReport {
    /// Version of the project that the manager was shown.
    pub version: u32,
    /// News in the manager's words; may be empty when only the status moves.
    pub body: String,
    /// Language of the news.
    pub lang: Lang,
    /// Physical progress in per cent.
    pub progress_pct: u8,
    /// New status; the same one means no move.
    pub status: Status,
    /// Why the status moves.
    pub reason: String,
}

/// Imported projects at most in one file.
pub const IMPORT_MAX: usize = 20_000;

impl App {
    /// A manager registers a project.
    ///
    /// # Errors
    /// [`AppError::Invalid`] names every wrong field.
    pub async fn register_project(&self, actor: Option<&Account>, project: Project) -> Result<ProjectId> {
        permission::check(actor, Permission::ManageProjects, Some(project.place))?;
        let project = Project { manager: actor.map(|account| account.id), ..project };
        let id = project.id;
        self.add_projects(actor, vec![project], "register_project").await?;
        Ok(id)
    }

    /// A manager or an analyst imports a register: all projects or none.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when a project is wrong, [`AppError::Conflict`] when a number is taken,
    /// [`AppError::Forbidden`] when a project lies outside the person's territory.
    pub async fn import_projects(&self, actor: Option<&Account>, projects: Vec<Project>) -> Result<usize> {
        permission::check(actor, Permission::ImportProjects, None)?;
        for project in &projects {
            permission::check(actor, Permission::ImportProjects, Some(project.place))?;
        }
        self.add_projects(actor, projects, "import_project").await
    }

    /// The operator imports projects from the command line.
    ///
    /// # Errors
    /// As [`App::import_projects`], permissions aside.
    pub async fn import_projects_as_operator(&self, projects: Vec<Project>) -> Result<usize> {
        self.add_projects(None, projects, "import_project").await
    }

    async fn add_projects(
        &self,
        actor: Option<&Account>,
        projects: Vec<Project>,
        verb: &str,
    ) -> Result<usize> {
        let codes: BTreeSet<KatoCode> = projects.iter().map(|project| project.place).collect();
        let codes: Vec<KatoCode> = codes.into_iter().collect();
        let known = self.read().list_places_by_code(&codes, self.today()).await?;
        if let Some(code) = codes.iter().find(|code| !known.iter().any(|place| place.code == **code)) {
            let fault = FieldFault::new("place", "field-place-unknown").with("code", code);
            return Err(AppError::Invalid(vec![fault]));
        }
        let by = spokesman(actor);
        let mut batch = Batch::new();
        let n_projects = projects.len();
        for project in projects {
            check_fields(&project)?;
            let change = StatusChange {
                from: None,
                to: project.status,
                at: project.created_at,
                by: by.clone(),
                reason: String::new(),
            };
            let id = project.id;
            let detail = json!({ "number": project.number });
            batch.push(self.audit(actor, verb, id, Some(project.place), &detail));
            batch.push(Change::AddProject(Box::new(project)));
            batch.push(Change::AddStatusChange(id, change));
        }
        match self.store().apply(batch).await {
            Err(akimat_storage::StoreError::Conflict(Conflict::Exists(_))) if n_projects == 1 => {
                Err(AppError::field("number", "field-number-taken"))
            }
            other => Ok(other.map(|()| n_projects)?),
        }
    }

    /// A manager changes what the register says about a project; status and progress move by reports.
    ///
    /// # Errors
    /// [`AppError::Invalid`] names every wrong field; [`AppError::Conflict`] when somebody else changed the
    /// project since it was shown.
    pub async fn edit_project(&self, actor: Option<&Account>, edited: Project) -> Result<()> {
        let stored = self.project_to_manage(actor, edited.id).await?;
        permission::check(actor, Permission::ManageProjects, Some(edited.place))?;
        if stored.version != edited.version {
            return Err(AppError::Conflict(Conflict::Stale("project")));
        }
        let project = Project {
            version: stored.version + 1,
            status: stored.status,
            progress_pct: stored.progress_pct,
            manager: stored.manager,
            invented: stored.invented,
            created_at: stored.created_at,
            updated_at: self.now(),
            ..edited
        };
        check_fields(&project)?;
        let detail = json!({ "version": project.version });
        let audit = self.audit(actor, "edit_project", project.id, Some(project.place), &detail);
        Ok(self.store().apply(vec![Change::UpdateProject(Box::new(project)), audit]).await?)
    }

    /// A manager posts news, progress and, when it is time, a new status.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the move is not possible or a field is wrong.
    pub async fn report_progress(
        &self,
        actor: Option<&Account>,
        id: ProjectId,
        report: ProgressReport,
    ) -> Result<()> {
        let stored = self.project_to_manage(actor, id).await?;
        if stored.version != report.version {
            return Err(AppError::Conflict(Conflict::Stale("project")));
        }
        let body = report.body.trim();
        check_report(&stored, &report, body)?;
        let now = self.now();
        let by = spokesman(actor);
        let moved = report.status != stored.status;
        let mut batch = Batch::new();
        if !body.is_empty() || report.progress_pct != stored.progress_pct {
            batch.push(Change::AddProjectUpdate(ProjectUpdate {
                id: self.new_update_id(),
                project: id,
                at: now,
                by: by.clone(),
                lang: report.lang,
                body: body.to_owned(),
                progress_pct: report.progress_pct,
            }));
        }
        if moved {
            let reason = report.reason.trim().to_owned();
            let change = StatusChange { from: Some(stored.status), to: report.status, at: now, by, reason };
            batch.push(Change::AddStatusChange(id, change));
        }
        let detail = json!({ "progress_pct": report.progress_pct, "status": report.status.code() });
        batch.push(self.audit(actor, "report_progress", id, Some(stored.place), &detail));
        batch.push(Change::UpdateProject(Box::new(Project {
            version: stored.version + 1,
            status: report.status,
            progress_pct: report.progress_pct,
            updated_at: now,
            ..stored
        })));
        Ok(self.store().apply(batch).await?)
    }

    async fn project_to_manage(&self, actor: Option<&Account>, id: ProjectId) -> Result<Project> {
        permission::check(actor, Permission::ManageProjects, None)?;
        let (stored, _, _) = self.read().find_project(id).await?.ok_or(AppError::NotFound("project"))?;
        permission::check(actor, Permission::ManageProjects, Some(stored.place))?;
        Ok(stored)
    }
}

/// In whose name the platform says that something was done.
pub(crate) fn spokesman(actor: Option<&Account>) -> String {
    actor.map_or_else(String::new, |account| {
        if account.office.is_empty() { account.display_name.clone() } else { account.office.clone() }
    })
}

fn check_report(stored: &Project, report: &ProgressReport, body: &str) -> Result<()> {
    let mut wrong = Vec::new();
    if body.chars().count() > BODY_CHARS_MAX {
        wrong.push(FieldFault::new("body", "field-too-long").with("max", BODY_CHARS_MAX));
    }
    if report.progress_pct > 100 {
        wrong.push(FieldFault::new("progress_pct", "field-between").with("min", 0).with("max", 100));
    }
    let moved = report.status != stored.status;
    if !moved && body.is_empty() && report.progress_pct == stored.progress_pct {
        wrong.push(FieldFault::new("body", "field-nothing-new"));
    }
    if moved {
        match stored.status.check_move(report.status, &report.reason) {
            Ok(()) => {}
            Err(MoveError::ReasonMissing) => wrong.push(FieldFault::new("reason", "field-required")),
            Err(MoveError::Same(_) | MoveError::NotFrom { .. }) => {
                wrong.push(FieldFault::new("status", "field-move-impossible"));
            }
        }
        if !report.reason.trim().is_empty()
            && let Err(AppError::Invalid(faults)) = parse_reason("reason", &report.reason)
        {
            wrong.extend(faults);
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(AppError::Invalid(wrong)) }
}

fn check_fields(project: &Project) -> Result<()> {
    let mut wrong: Vec<FieldFault> = faults(project).into_iter().map(field_fault).collect();
    let number = project.number.trim();
    if number.is_empty() {
        wrong.push(FieldFault::new("number", "field-required"));
    } else if number.chars().count() > 60 {
        wrong.push(FieldFault::new("number", "field-too-long").with("max", 60));
    }
    if wrong.is_empty() { Ok(()) } else { Err(AppError::Invalid(wrong)) }
}

fn field_fault(fault: Fault) -> FieldFault {
    match fault {
        Fault::TitleMissing => FieldFault::new("title_ru", "field-title-missing"),
        Fault::TooLong { field, chars_max } => {
            FieldFault::new(format!("{field}_ru"), "field-too-long").with("max", chars_max)
        }
        Fault::EndsBeforeStart => FieldFault::new("ends_on", "field-ends-before-start"),
        Fault::Negative { field } => FieldFault::new(field, "field-negative"),
        Fault::ProgressBeyond100 => {
            FieldFault::new("progress_pct", "field-between").with("min", 0).with("max", 100)
        }
        Fault::ScoreBeyond100 { criterion } => {
            FieldFault::new(format!("score_{criterion}"), "field-between").with("min", 0).with("max", 100)
        }
        Fault::OffTheEarth => FieldFault::new("lat", "field-off-the-earth"),
    }
}
