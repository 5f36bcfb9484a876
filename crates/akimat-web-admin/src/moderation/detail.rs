//! `/admin/comments/{id}`: one comment with all that is known, and the block of its author.

use super::{DeskItem, gather};
use akimat_app::moderation::{Bar, block_days_of, reason_of};
use akimat_app::permission::{self, Permission};
use akimat_app::{AppError, FieldFault};
use akimat_core::CommentId;
use akimat_participation::Subject;
use akimat_participation::moderation::BLOCK_DAYS;
use akimat_storage::{MarkKind, ModerationItem, PageRequest};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::talk::{invalid, reasons};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};

#[derive(Template)]
#[template(path = "admin/moderation_detail.html")]
pub(super) struct DetailPage {
    page: Page,
    form: kit::Form,
    item: DeskItem,
    others: Vec<(String, String, String)>,
    reasons: Vec<(String, String)>,
    days: Vec<(String, String)>,
    /// Pages of the marks on the comment and on what it is about: address, name.
    marks: Vec<(String, String)>,
}

/// Other comments of the author on the page.
const OTHERS: u16 = 10;

/// The page.
///
/// # Errors
/// 403 outside the moderator's territory, 404 when there is no such comment.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let item = find(&state, &visitor, frame::id(&id)?).await?;
    frame::render(&page(&state, &visitor, item, kit::Form::new()).await?)
}

async fn find(state: &WebState, visitor: &Visitor, id: CommentId) -> Answer<ModerationItem> {
    let item = state.app.read().find_comment(id).await?.ok_or_else(Failure::not_found)?;
    permission::check(visitor.actor(), Permission::Moderate, Some(item.place))?;
    Ok(item)
}

pub(super) async fn page(
    state: &WebState,
    visitor: &Visitor,
    item: ModerationItem,
    form: kit::Form,
) -> Answer<DetailPage> {
    let locale = visitor.locale();
    let own = state
        .app
        .read()
        .list_comments_by_author(item.comment.author, &PageRequest::first(OTHERS + 1))
        .await?;
    let others = own.items.iter().filter(|other| other.comment.id != item.comment.id);
    let others = others
        .map(|other| {
            let when = locale.date_time(other.comment.at, state.app.zone());
            let words: String = other.comment.body.chars().take(200).collect();
            (format!("/admin/comments/{}", other.comment.id), when, words)
        })
        .collect();
    let mut marks = vec![(MarkKind::Comment, item.comment.id.0)];
    match &item.comment.subject {
        Subject::Project(id) => marks.push((MarkKind::Project, id.0)),
        Subject::Proposal(id, _) => marks.push((MarkKind::Proposal, id.0)),
        Subject::Line(_) | Subject::Draft(..) => {}
    }
    let mark = |(kind, subject): (MarkKind, uuid::Uuid)| {
        let name = locale.name("discount-of", kind.code()).into_owned();
        (format!("/admin/marks/{}/{subject}", kind.code()), name)
    };
    let marks = marks.into_iter().map(mark).collect();
    let mut items = gather(state, visitor, std::slice::from_ref(&item), &form).await?;
    let days = BLOCK_DAYS.into_iter().map(|days| days.unwrap_or(0).to_string());
    Ok(DetailPage {
        page: frame::page(visitor, locale.t("moderation-detail-title"), Some(MenuItem::Admin))
            .hidden()
            .errors(!form.is_clean()),
        form,
        item: items.pop().ok_or_else(Failure::not_found)?,
        others,
        reasons: reasons(visitor),
        marks,
        days: days.map(|days| (days.clone(), locale.name("block-days", &days).into_owned())).collect(),
    })
}

/// Bars the author.
///
/// # Errors
/// 403 for officials and outside the territory, 422 without a reason.
pub async fn block(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let id: CommentId = frame::id(&id)?;
    match barred(&state, &visitor, id, &form).await {
        Ok(()) => Ok(frame::redirect(&visitor, "/admin/moderation?view=blocks", "block-set")),
        Err(AppError::Invalid(faults)) => {
            let mut sent = kit::Form::new();
            for name in ["block-days", "block-code", "block-words", "block-hides"] {
                sent = sent.with(name, form.raw(name));
            }
            let faults: Vec<FieldFault> = faults;
            let item = find(&state, &visitor, id).await?;
            let again = invalid(&visitor, sent, &faults);
            frame::render_invalid(&page(&state, &visitor, item, again).await?)
        }
        Err(error) => Err(error.into()),
    }
}

async fn barred(state: &WebState, visitor: &Visitor, id: CommentId, form: &Form) -> akimat_app::Result<()> {
    let bar = Bar {
        days: block_days_of("block-days", form.get("block-days"))?,
        hides: form.get("block-hides") == "yes",
        code: reason_of("block-code", form.get("block-code"))?,
        words: form.raw("block-words").to_owned(),
    };
    state.app.block_author(visitor.actor(), id, &bar).await
}
