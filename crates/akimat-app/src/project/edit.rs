//! A manager changes what the register says, also when somebody else was quicker.

use super::check_fields;
use super::life::{basis_faults, tidy_partners};
use crate::permission::{self, Permission};
use crate::{App, AppError, FieldFault, Result};
use akimat_project::register::{cost_change, project, record};
use akimat_project::revision::{FieldChange, FieldClash, diff, merge, settle};
use akimat_project::{Basis, Project};
use akimat_storage::{Account, Change, Conflict, StoreError};
use serde_json::{Value, json};

/// Times that a change is tried again when another came first.
const TRIES: usize = 4;

/// Why the register changes.
#[derive(Clone, Debug, Default)]
pub struct EditNote {
    /// In the words of who changes it.
    pub reason: String,
    /// The document that it rests on.
    pub basis: Basis,
}

/// What became of a change.
#[derive(Clone, Debug)]
pub enum Edited {
    /// It is stored.
    Stored {
        /// What somebody else had stored since the person was shown the project, and what is now in it as well.
        others: Vec<FieldChange>,
    },
    /// Somebody else changed the same fields to something else. Nothing is stored.
    Clash {
        /// What is stored.
        current: Box<Project>,
        /// The fields in question.
        clashes: Vec<FieldClash>,
        /// The project with what only one of the two changed; of the fields in question it holds yours.
        joined: Box<Project>,
    },
}

impl App {
    /// A manager changes what the register says about a project; status and progress move by reports. When somebody
    /// else changed it since it was shown, what only one of the two changed is taken from each.
    ///
    /// # Errors
    /// [`AppError::Invalid`] names every wrong field: a planned end that slips too far needs a reason, and a change of
    /// the planned money a reason and a document.
    pub async fn edit_project(
        &self,
        actor: Option<&Account>,
        edited: Project,
        note: EditNote,
    ) -> Result<Edited> {
        for _ in 0..TRIES {
            let stored = self.project_to_manage(actor, edited.id).await?;
            permission::check(actor, Permission::ManageProjects, Some(edited.place))?;
            let (wanted, others) = match self.joined(&stored, &edited).await? {
                Ok(joined) => joined,
                Err(clash) => return Ok(clash),
            };
            let mut after = Project {
                version: stored.version + 1,
                status: stored.status,
                stage: stored.stage.clone(),
                progress_pct: stored.progress_pct,
                manager: stored.manager,
                invented: stored.invented,
                created_at: stored.created_at,
                news_at: stored.news_at,
                updated_at: self.now(),
                ..wanted
            };
            tidy_partners(after.place, &mut after.partners);
            self.check_edit(&stored, &after, &note)?;
            let mut batch =
                self.register_changes(actor, (&stored, &after), (&note.reason, &note.basis)).await?;
            let detail = json!({ "version": after.version });
            batch.push(self.audit(actor, "edit_project", after.id, Some(after.place), &detail));
            batch.push(Change::UpdateProject(Box::new(after)));
            match self.store().apply(batch).await {
                Err(StoreError::Conflict(Conflict::Stale(_))) => {}
                other => return Ok(other.map(|()| Edited::Stored { others })?),
            }
        }
        Err(AppError::Conflict(Conflict::Stale("project")))
    }

    async fn joined(
        &self,
        stored: &Project,
        edited: &Project,
    ) -> Result<std::result::Result<(Project, Vec<FieldChange>), Edited>> {
        if stored.version == edited.version {
            return Ok(Ok((edited.clone(), Vec::new())));
        }
        let shown = self.project_as_of(stored, edited.version).await?;
        let base = shown.as_ref().map_or(Value::Null, record);
        let (theirs, yours) = (record(stored), record(edited));
        let whole = |value: &Value| {
            project(value, stored)
                .map_err(|error| AppError::Internal(format!("register of {}: {error}", stored.id)))
        };
        match merge(&base, &theirs, &yours) {
            Ok(joined) => Ok(Ok((whole(&joined)?, diff(&base, &theirs)))),
            Err(clashes) => {
                let joined = Box::new(whole(&settle(&base, &theirs, &yours))?);
                Ok(Err(Edited::Clash { current: Box::new(stored.clone()), clashes, joined }))
            }
        }
    }

    fn check_edit(&self, stored: &Project, after: &Project, note: &EditNote) -> Result<()> {
        let rules = self.project_rules();
        let mut wrong = basis_faults(&note.basis, &note.reason);
        if let Err(AppError::Invalid(faults)) = check_fields(after) {
            wrong.extend(faults);
        }
        let reasonless = note.reason.trim().is_empty();
        if let Some(days) = rules.slip(stored.ends_on, after.ends_on).filter(|_| reasonless) {
            wrong.push(FieldFault::new("reason", "project-slip-reason").with("n", days));
        }
        let cost = cost_change(&record(stored), &record(after)).filter(|change| change.before.is_some());
        if cost.is_some() {
            if reasonless {
                wrong.push(FieldFault::new("reason", "project-cost-reason"));
            }
            if rules.cost_document && note.basis.is_empty() {
                wrong.push(FieldFault::new("basis_kind", "project-cost-document"));
            }
        }
        if wrong.is_empty() { Ok(()) } else { Err(AppError::Invalid(wrong)) }
    }
}
