//! Comments on a project. A hidden one keeps its place: its words are not given, the reason is.

use crate::asked::Asked;
use crate::cursor::Key;
use crate::endpoint::{Body, CURSOR, Endpoint, ID, LIMIT};
use crate::reply::{Reply, list as list_of, resource};
use akimat_core::{CommentId, Lang, ProjectId};
use akimat_participation::Comment;
use akimat_storage::{CommentFile, FilePart};
use akimat_web_kit::failure::Failure;
use akimat_web_kit::state::WebState;
use axum::extract::State;
use jiff::Timestamp;
use serde::Serialize;

/// The order of the list, for its cursors.
const ORDER: &str = "at";

/// `/api/v1/projects/{id}/comments`.
pub const LIST: Endpoint = Endpoint {
    path: "/api/v1/projects/{id}/comments",
    id: "listComments",
    tag: "projects",
    summary: "Comments on a project, newest first; a hidden comment has no `body`, and `hidden` says why",
    parameters: &[ID, LIMIT, CURSOR],
    body: Body::Resource("CommentList", include_str!("example/comments.json")),
    problems: &[],
};

/// A comment as everybody may read it.
#[derive(Debug, Serialize)]
pub struct CommentItem {
    id: CommentId,
    project: Option<ProjectId>,
    at: Timestamp,
    author_name: String,
    official: bool,
    lang: Lang,
    body: Option<String>,
    hidden: Option<HiddenItem>,
    parent: Option<CommentId>,
    edited_at: Option<Timestamp>,
    removed_at: Option<Timestamp>,
    n_support: u32,
    files: Vec<FileItem>,
}

/// A file of a comment.
#[derive(Debug, Serialize)]
struct FileItem {
    kind: String,
    title: String,
    n_bytes: u32,
    href: String,
}

#[derive(Debug, Serialize)]
struct HiddenItem {
    at: Timestamp,
    reason: String,
}

impl CommentItem {
    fn of(comment: Comment, files: &[CommentFile]) -> Self {
        let open = comment.is_open();
        let own = files.iter().filter(|file| open && file.comment == comment.id);
        let item = |file: &CommentFile| FileItem {
            kind: file.kind.clone(),
            title: file.title.clone(),
            n_bytes: file.whole.n_bytes,
            href: format!("/attachments/{}/{}", file.id, FilePart::Whole.code()),
        };
        Self {
            files: own.map(item).collect(),
            id: comment.id,
            project: comment.subject.project(),
            at: comment.at,
            author_name: comment.author_name,
            official: comment.official,
            lang: comment.lang,
            parent: comment.talk.parent,
            edited_at: comment.talk.edited_at,
            removed_at: comment.talk.removed_at,
            n_support: comment.talk.n_support,
            body: open.then_some(comment.body),
            hidden: comment.hidden.map(|hidden| HiddenItem { at: hidden.at, reason: hidden.reason }),
        }
    }
}

/// The comments of one project.
///
/// # Errors
/// 404 when there is no such project.
pub async fn list(State(state): State<WebState>, asked: Asked) -> Reply {
    let project: ProjectId = asked.required("id")?;
    let page = asked.page(ORDER, Key::Number)?;
    let read = state.app.read();
    read.find_project_place(project).await?.ok_or_else(Failure::not_found)?;
    let comments = read.list_comments(project, &page).await?;
    let ids: Vec<CommentId> = comments.items.iter().map(|comment| comment.id).collect();
    let files = read.list_comment_files(&ids).await?;
    let items: Vec<CommentItem> =
        comments.items.into_iter().map(|comment| CommentItem::of(comment, &files)).collect();
    resource(&asked.headers, &list_of(&asked, items, ORDER, comments.next.as_ref()))
}
