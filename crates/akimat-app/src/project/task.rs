//! Tasks that a staff meeting gives about a project.

use crate::dossier::{Kept, SectionDraft, body};
use crate::permission::Permission;
use crate::{App, AppError, FieldFault, Result};
use akimat_core::ProjectId;
use akimat_project::task::{KIND, OWNER_CHARS_MAX, TEXT_CHARS_MAX, Task, TaskFault};
use akimat_storage::Account;
use akimat_storage::dossier::Section;
use uuid::Uuid;

/// A task as it is kept.
#[derive(Clone, Debug)]
pub struct HeldTask {
    /// The newest version of its section.
    pub section: Section,
    /// What it says.
    pub task: Task,
}

impl HeldTask {
    /// Reads a stored section.
    ///
    /// # Errors
    /// [`AppError::Internal`] when it is not a task.
    pub fn read(section: Section) -> Result<Self> {
        let task = body(&section)?;
        Ok(Self { section, task })
    }
}

impl App {
    /// The office gives a task about a project.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with every fault at its field, [`AppError::NotFound`], [`AppError::Forbidden`].
    pub async fn give_task(&self, actor: Option<&Account>, project: ProjectId, task: Task) -> Result<Kept> {
        self.put_task(actor, project, (None, 0), &task).await
    }

    /// Somebody of the office says what came of a task.
    ///
    /// # Errors
    /// As [`App::give_task`].
    pub async fn finish_task(
        &self,
        actor: Option<&Account>,
        project: ProjectId,
        (id, result): (Uuid, String),
    ) -> Result<Kept> {
        crate::permission::check(actor, Permission::WatchProjects, None)?;
        let held = HeldTask::read(self.section_of(project, KIND, id).await?)?;
        let task = Task { done_on: held.task.done_on.or(Some(self.today())), result, ..held.task };
        self.put_task(actor, project, (Some(id), held.section.version), &task).await
    }

    async fn put_task(
        &self,
        actor: Option<&Account>,
        project: ProjectId,
        (id, base_version): (Option<Uuid>, u32),
        task: &Task,
    ) -> Result<Kept> {
        let wrong: Vec<FieldFault> = task.faults().into_iter().map(fault).collect();
        if !wrong.is_empty() {
            return Err(AppError::Invalid(wrong));
        }
        let draft = SectionDraft {
            id,
            kind: KIND,
            base_version,
            state: task.state().to_owned(),
            due_on: task.done_on.is_none().then_some(task.due_on),
            amount: None,
            removed: false,
            body: serde_json::to_value(task).map_err(|error| AppError::Internal(error.to_string()))?,
            reason: String::new(),
            basis: String::new(),
        };
        self.put_section(actor, Permission::WatchProjects, project, draft).await
    }
}

fn fault(fault: TaskFault) -> FieldFault {
    match fault {
        TaskFault::TextMissing => FieldFault::new("text", "field-required"),
        TaskFault::OwnerMissing => FieldFault::new("owner", "field-required"),
        TaskFault::DueBeforeGiven => FieldFault::new("due_on", "task-due-before-given"),
        TaskFault::TextTooLong => FieldFault::new("text", "field-too-long").with("max", TEXT_CHARS_MAX),
        TaskFault::OwnerTooLong => FieldFault::new("owner", "field-too-long").with("max", OWNER_CHARS_MAX),
        TaskFault::ResultMissing => FieldFault::new("result", "field-required"),
    }
}
