//! Residents rate and comment; moderators keep order.

use crate::permission::{self, Permission};
use crate::{App, AppError, FieldFault, Result};
use akimat_core::{CommentId, Lang, ProjectId, Role};
use akimat_participation::comment::parse_body;
use akimat_participation::{Comment, CommentError, Hidden, Rating};
use akimat_storage::{Account, Change};
use serde_json::json;

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
        let at = self.now();
        Ok(self.store().apply(vec![Change::PutRating { project, place, account, rating, at }]).await?)
    }

    /// A person comments on a project. Officials speak in the name of their office.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the comment is empty or too long.
    pub async fn comment_on_project(
        &self,
        actor: Option<&Account>,
        project: ProjectId,
        lang: Lang,
        body: &str,
    ) -> Result<CommentId> {
        permission::check(actor, Permission::Comment, None)?;
        let account = actor.ok_or(AppError::SignInNeeded)?;
        let body = parse_body(body).map_err(|error| {
            AppError::Invalid(vec![match error {
                CommentError::Empty => FieldFault::new("body", "field-required"),
                CommentError::TooLong { .. } => FieldFault::new("body", "field-too-long")
                    .with("max", akimat_participation::comment::COMMENT_CHARS_MAX),
            }])
        })?;
        let place = self.project_place(project).await?;
        let official = account.role != Role::Resident;
        let comment = Comment {
            id: self.new_comment_id(),
            project,
            author: account.id,
            author_name: match (official, account.office.as_str()) {
                (true, office) if !office.is_empty() => office.to_owned(),
                _ => account.display_name.clone(),
            },
            official,
            lang,
            body,
            at: self.now(),
            hidden: None,
        };
        let id = comment.id;
        let audit = self.audit(actor, "comment_on_project", id, Some(place), &json!({ "project": project }));
        self.store().apply(vec![Change::AddComment(comment, place), audit]).await?;
        Ok(id)
    }

    /// A moderator hides a comment; the reason stays in its place for everybody to see.
    ///
    /// # Errors
    /// [`AppError::Invalid`] without a reason; [`AppError::Forbidden`] outside the moderator's territory.
    pub async fn hide_comment(&self, actor: Option<&Account>, id: CommentId, reason: &str) -> Result<()> {
        permission::check(actor, Permission::Moderate, None)?;
        let item = self.read().find_comment(id).await?.ok_or(AppError::NotFound("comment"))?;
        permission::check(actor, Permission::Moderate, Some(item.place))?;
        let reason = parse_reason("reason", reason)?;
        let audit = self.audit(actor, "hide_comment", id, Some(item.place), &json!({ "reason": reason }));
        let hidden = Hidden { reason, at: self.now() };
        Ok(self.store().apply(vec![Change::HideComment(id, hidden), audit]).await?)
    }

    /// A moderator shows a hidden comment again.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] outside the moderator's territory.
    pub async fn show_comment(&self, actor: Option<&Account>, id: CommentId) -> Result<()> {
        permission::check(actor, Permission::Moderate, None)?;
        let item = self.read().find_comment(id).await?.ok_or(AppError::NotFound("comment"))?;
        permission::check(actor, Permission::Moderate, Some(item.place))?;
        let audit = self.audit(actor, "show_comment", id, Some(item.place), &json!({}));
        Ok(self.store().apply(vec![Change::ShowComment(id), audit]).await?)
    }

    async fn project_place(&self, id: ProjectId) -> Result<akimat_core::KatoCode> {
        let place = self.read().find_project_place(id).await?;
        place.ok_or(AppError::NotFound("project"))
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
