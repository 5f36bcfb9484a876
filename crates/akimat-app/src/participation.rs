//! Residents rate projects. What they say is in [`crate::talk`], how order is kept in [`crate::moderation`].

use crate::permission::{self, Permission};
use crate::{App, AppError, FieldFault, Result};
use akimat_core::ProjectId;
use akimat_identity::Action;
use akimat_participation::Rating;
use akimat_storage::{Account, Change, MarkKind};

/// Longest reason of a moderator in characters.
pub const REASON_CHARS_MAX: usize = 1_000;

impl App {
    /// A person votes on a project, or changes the vote. The vote itself is the record: the audit does not
    /// repeat who voted what.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when there is no such project; [`AppError::Forbidden`] for officials.
    pub async fn rate_project(
        &self,
        actor: Option<&Account>,
        project: ProjectId,
        rating: Rating,
    ) -> Result<()> {
        permission::check(actor, Permission::RateProject, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?.id;
        let place = self.project_place(project).await?;
        self.require(actor, Action::RateProject, Some(place)).await?;
        self.check_counted("rating", (MarkKind::Project, project.0), account).await?;
        let at = self.now();
        Ok(self.store().apply(vec![Change::PutRating { project, place, account, rating, at }]).await?)
    }
}

/// A reason in a person's words: needed, and not endless.
pub(crate) fn parse_reason(field: &str, text: &str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(AppError::field(field, "field-required"));
    }
    if text.chars().count() > REASON_CHARS_MAX {
        let fault = FieldFault::new(field, "field-too-long").with("max", REASON_CHARS_MAX);
        return Err(AppError::Invalid(vec![fault]));
    }
    Ok(text.to_owned())
}
