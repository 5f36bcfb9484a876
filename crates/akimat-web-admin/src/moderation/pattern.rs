//! `/admin/comments/{id}/pattern`: what a rule by address, browser or words would hide, and hiding it.

use super::{DeskItem, gather};
use akimat_app::AppError;
use akimat_app::moderation::reason_of;
use akimat_app::pattern::Preview;
use akimat_core::CommentId;
use akimat_storage::participation::Pattern;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::talk::{invalid, reasons};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};

#[derive(Template)]
#[template(path = "admin/moderation_pattern.html")]
struct PatternPage {
    page: Page,
    form: kit::Form,
    id: CommentId,
    code: &'static str,
    tabs: Vec<(String, String, bool)>,
    about: String,
    found: String,
    left: String,
    items: Vec<DeskItem>,
    reasons: Vec<(String, String)>,
}

/// What the rule would hide.
///
/// # Errors
/// 403 outside the moderator's territory, 404 when there is no such comment.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let id: CommentId = frame::id(&id)?;
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let pattern = Pattern::parse(asked.get("by")).unwrap_or(Pattern::Wording);
    frame::render(&page((&state, &visitor), (id, pattern), kit::Form::new()).await?)
}

async fn page(
    (state, visitor): (&WebState, &Visitor),
    (id, pattern): (CommentId, Pattern),
    form: kit::Form,
) -> Answer<PatternPage> {
    let locale = visitor.locale();
    let preview = match state.app.preview_pattern(visitor.actor(), id, pattern).await {
        Ok(preview) => Some(preview),
        Err(AppError::NotFound("pattern")) => None,
        Err(error) => return Err(error.into()),
    };
    let items = preview.as_ref().map_or(&[][..], |preview| &preview.items);
    let told = |preview: &Preview| {
        let since = locale.date(preview.since.to_zoned(state.app.zone().clone()).date());
        let args = [
            ("n", preview.items.len().into()),
            ("authors", preview.n_authors.into()),
            ("since", since.into()),
        ];
        locale.f("pattern-found", &args)
    };
    let left = preview.as_ref().map_or(0, |preview| preview.n_left);
    let tab = |own: Pattern| {
        let href = format!("/admin/comments/{id}/pattern?by={}", own.code());
        (href, locale.name("pattern", own.code()).into_owned(), own == pattern)
    };
    Ok(PatternPage {
        page: frame::page(visitor, locale.t("pattern-title"), Some(MenuItem::Admin))
            .hidden()
            .errors(!form.is_clean()),
        id,
        code: pattern.code(),
        tabs: Pattern::ALL.map(tab).into(),
        about: locale.t(&format!("pattern-about-{}", pattern.code())).into_owned(),
        found: preview.as_ref().map_or_else(|| locale.t("pattern-unknown").into_owned(), told),
        left: match left {
            0 => String::new(),
            n => locale.f("pattern-left", &[("n", n.into())]),
        },
        items: gather(state, visitor, items, &form).await?,
        reasons: reasons(visitor),
        form,
    })
}

/// Hides what was shown.
///
/// # Errors
/// 403 outside the moderator's territory, 404 when there is no such comment, 422 without a reason.
pub async fn hide(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    let id: CommentId = frame::id(&id)?;
    let pattern = Pattern::parse(sent.get("by")).ok_or_else(Failure::not_found)?;
    let seen: Vec<CommentId> = sent.all("seen").filter_map(|id| id.parse().ok()).collect();
    let done = match reason_of("code", sent.get("code")) {
        Ok(code) => {
            let what = (seen.as_slice(), code, sent.raw("words"));
            state.app.hide_pattern(visitor.actor(), (id, pattern), what).await
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(_) => Ok(frame::redirect(&visitor, "/admin/moderation?view=patterns", "moderation-done")),
        Err(AppError::Invalid(faults)) => {
            let form = kit::Form::new().with("code", sent.get("code")).with("words", sent.raw("words"));
            let form = invalid(&visitor, form, &faults);
            frame::render_invalid(&page((&state, &visitor), (id, pattern), form).await?)
        }
        Err(error) => Err(error.into()),
    }
}
