//! Comments and ratings.

use crate::{Page, PageRequest, Result};
use akimat_core::{AccountId, CommentId, KatoCode, ProjectId, Text};
use akimat_participation::{Comment, Rating};
use async_trait::async_trait;

/// A comment in the moderators' queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModerationItem {
    /// The comment with its words, hidden or not.
    pub comment: Comment,
    /// Territory of the project.
    pub place: KatoCode,
    /// Title of the project.
    pub project_title: Text,
}

/// Reads comments and ratings.
#[async_trait]
pub trait ParticipationRead: Send + Sync {
    /// Comments of a project, newest first, hidden ones included with their words: the caller shows only
    /// the reason.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_comments(&self, project: ProjectId, page: &PageRequest) -> Result<Page<Comment>>;

    /// One comment with the territory and title of its project.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_comment(&self, id: CommentId) -> Result<Option<ModerationItem>>;

    /// Comments in a territory and below, newest first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_comments_in_place(
        &self,
        place: KatoCode,
        page: &PageRequest,
    ) -> Result<Page<ModerationItem>>;

    /// A person's vote on a project.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_rating(&self, project: ProjectId, account: AccountId) -> Result<Option<Rating>>;
}
