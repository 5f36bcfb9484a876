//! Projects: registered, edited, moved on, reported about.

pub mod edit;
pub mod life;
pub mod manager;
pub mod people;
pub mod report;
pub mod task;
pub mod work;

use crate::permission::{self, Permission};
use crate::{App, AppError, FieldFault, Result};
use akimat_core::{KatoCode, ProjectId};
use akimat_project::check::{Fault, faults};
use akimat_project::{Basis, Project, StatusChange};
use akimat_storage::{Account, Batch, Change, Conflict};
use serde_json::json;
use std::collections::BTreeSet;

pub use edit::{EditNote, Edited};
pub use report::ProgressReport;

/// Longest word or two about a document, in characters.
pub(crate) const PROJECT_TEXT_MAX: usize = 300;

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
                stage: project.stage.clone(),
                basis: Basis::default(),
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

    pub(crate) async fn project_to_manage(&self, actor: Option<&Account>, id: ProjectId) -> Result<Project> {
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

pub(crate) fn field_fault(fault: Fault) -> FieldFault {
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
        Fault::BadProgramme { line } => {
            FieldFault::new(format!("money_programme_{line}"), "project-programme-wrong")
        }
    }
}
