//! Who reports on a project: a manager of its territory takes one over that nobody reports on.

use crate::{App, AppError, Result};
use akimat_core::ProjectId;
use akimat_project::{Basis, Project};
use akimat_storage::{Account, Change, Conflict};
use serde_json::json;

impl App {
    /// A manager of the territory takes over a project that nobody reports on, such as one that came in a file of the
    /// operator. From then on it stands among the manager's own.
    ///
    /// # Errors
    /// [`AppError::Conflict`] when somebody reports on it already, [`AppError::Forbidden`] outside the territory.
    pub async fn take_over_project(&self, actor: Option<&Account>, id: ProjectId) -> Result<()> {
        let stored = self.project_to_manage(actor, id).await?;
        if stored.manager.is_some() {
            return Err(AppError::Conflict(Conflict::Stale("project")));
        }
        let after = Project {
            manager: actor.map(|account| account.id),
            version: stored.version + 1,
            updated_at: self.now(),
            ..stored.clone()
        };
        let mut batch = self.register_changes(actor, (&stored, &after), ("", &Basis::default())).await?;
        let detail = json!({ "number": after.number });
        batch.push(self.audit(actor, "take_over_project", id, Some(after.place), &detail));
        batch.push(Change::UpdateProject(Box::new(after)));
        Ok(self.store().apply(batch).await?)
    }
}
