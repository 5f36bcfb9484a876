//! The moderators' queue: newest comments, each hidden or shown with one form.

use crate::failure::Answer;
use crate::form::Form;
use crate::frame;
use crate::kit::{self, MenuItem, Page};
use crate::state::WebState;
use crate::visitor::Visitor;
use akimat_app::AppError;
use akimat_core::CommentId;
use akimat_storage::{Cursor, ModerationItem, PageRequest};
use askama::Template;
use axum::extract::{Path, RawQuery, State};

#[derive(Template)]
#[template(path = "admin/moderation.html")]
struct QueuePage {
    page: Page,
    /// What was wrong with one of the forms.
    errors: kit::Form,
    items: Vec<QueueItem>,
    previous: String,
    next: String,
}

struct QueueItem {
    id: String,
    by: String,
    body: String,
    lang: &'static str,
    project: String,
    project_path: String,
    official: bool,
    hidden: String,
    form: kit::Form,
}

async fn page(
    state: &WebState,
    visitor: &Visitor,
    query: &str,
    wrong: Option<(CommentId, kit::Form)>,
) -> Answer<QueuePage> {
    let locale = visitor.locale();
    let account = visitor.actor().ok_or(AppError::SignInNeeded)?;
    let asked = Form::parse(query.as_bytes());
    let request = PageRequest { limit: 30, after: Cursor::decode(asked.raw("after")) };
    let place = account.place.ok_or(AppError::Forbidden)?;
    let comments = state.app.read().list_comments_in_place(place, &request).await?;
    let item = |item: &ModerationItem| {
        let comment = &item.comment;
        let when = locale.date_time(comment.at, state.app.zone());
        let form = wrong.as_ref().filter(|(id, _)| *id == comment.id).map(|(_, form)| form.clone());
        QueueItem {
            id: comment.id.to_string(),
            by: locale.f(
                "comment-by",
                &[("name", comment.author_name.as_str().into()), ("when", when.as_str().into())],
            ),
            body: comment.body.clone(),
            lang: comment.lang.code(),
            project: item.project_title.get(visitor.lang).to_owned(),
            project_path: format!("/projects/{}#c-{}", comment.project, comment.id),
            official: comment.official,
            hidden: comment.hidden.as_ref().map_or_else(String::new, |hidden| {
                let when = locale.date(hidden.at.to_zoned(state.app.zone().clone()).date());
                let args = [("when", when.into()), ("reason", hidden.reason.as_str().into())];
                locale.f("comment-hidden", &args)
            }),
            form: form.unwrap_or_default(),
        }
    };
    Ok(QueuePage {
        page: frame::page(visitor, locale.t("moderation-title"), Some(MenuItem::Admin))
            .hidden()
            .errors(wrong.is_some()),
        errors: wrong.as_ref().map(|(_, form)| form.clone()).unwrap_or_default(),
        items: comments.items.iter().map(item).collect(),
        previous: request.after.map_or_else(String::new, |_| visitor.to("/admin/moderation")),
        next: comments.next.map_or_else(String::new, |cursor| {
            visitor.to(&format!("/admin/moderation?after={}", cursor.encode()))
        }),
    })
}

/// The queue.
///
/// # Errors
/// When the database fails.
pub async fn queue(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    frame::render(&page(&state, &visitor, &query.unwrap_or_default(), None).await?)
}

/// Hides a comment.
///
/// # Errors
/// 403 outside the moderator's territory, 404 when there is no such comment.
pub async fn hide(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let id: CommentId = frame::id(&id)?;
    let name = format!("reason-{id}");
    match state.app.hide_comment(visitor.actor(), id, form.raw(&name)).await {
        Ok(()) => Ok(frame::redirect(&visitor, &format!("/admin/moderation#c-{id}"), "moderation-hidden")),
        Err(AppError::Invalid(faults)) => {
            let mut again = kit::Form::new().with(&name, form.raw(&name));
            for fault in &faults {
                again.fail(&name, frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&page(&state, &visitor, "", Some((id, again))).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// Shows a hidden comment again.
///
/// # Errors
/// 403 outside the moderator's territory, 404 when there is no such comment.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    _form: Form,
) -> Answer {
    let id: CommentId = frame::id(&id)?;
    state.app.show_comment(visitor.actor(), id).await?;
    Ok(frame::redirect(&visitor, &format!("/admin/moderation#c-{id}"), "moderation-shown"))
}
