//! The head puts the plan of a scenario out to public discussion, and ends a discussion before its time.

use super::{list_path, path_of, plate_of};
use akimat_app::permission::check;
use akimat_app::programme::DiscussionRules;
use akimat_app::{AppError, Permission};
use akimat_storage::programme::ProgrammeState;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame::{self, PlaceLink};
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::discussion::{draft_path, standing, version_name};
use akimat_web_kit::view::talk::invalid;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "admin/programme/discuss.html")]
struct DiscussPage {
    page: Page,
    place: PlaceLink,
    list_path: String,
    scenario: String,
    back: String,
    path: String,
    edit: String,
    form: kit::Form,
    hint: String,
    may_open: bool,
    /// Why nothing can be put out now; empty when it can.
    closed: String,
    drafts: Vec<DraftRow>,
}

struct DraftRow {
    path: String,
    name: String,
    state: String,
    end: String,
    open: bool,
}

/// The form and the drafts so far.
///
/// # Errors
/// 403 outside the person's territory, 404 when there is no such scenario.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    frame::render(&page(&state, &visitor, frame::id(&id)?, kit::Form::new()).await?)
}

async fn page(state: &WebState, visitor: &Visitor, id: Uuid, form: kit::Form) -> Answer<DiscussPage> {
    let locale = visitor.locale();
    let view = state.app.programme(visitor.actor(), id).await?;
    let plate = plate_of(state, visitor, view.head.place).await?;
    let drafts = state.app.read().list_drafts_of_programme(id).await?;
    let now = state.app.now();
    let may_open = check(visitor.actor(), Permission::Decide, Some(view.head.place)).is_ok();
    let ready = view.state == ProgrammeState::Solved && !view.outdated;
    let closed = match (may_open, drafts.iter().any(|draft| draft.is_open(now)), ready) {
        (_, true, _) => "discussion-open-already",
        (false, ..) => "plan-decide-head-only",
        (true, false, false) => "discuss-not-ready",
        (true, false, true) => "",
    };
    let rules = DiscussionRules::on(state.app.today())?;
    let path = path_of(id);
    let title = [("title", view.head.title.as_str().into())];
    Ok(DiscussPage {
        page: frame::page(visitor, locale.f("discuss-title", &title), Some(MenuItem::Admin))
            .hidden()
            .invented(plate.place.invented || view.head.invented)
            .errors(!form.is_clean()),
        place: PlaceLink { name: plate.name, path: plate.path },
        list_path: list_path(view.head.place),
        scenario: view.head.title.clone(),
        path: format!("{path}/discuss"),
        back: path,
        edit: view.head.edit.to_string(),
        form,
        hint: locale
            .f("discuss-until-hint", &[("min", rules.days_min.into()), ("max", rules.days_max.into())]),
        may_open,
        closed: if closed.is_empty() { String::new() } else { locale.t(closed).into_owned() },
        drafts: drafts
            .iter()
            .map(|draft| DraftRow {
                path: draft_path(draft.id),
                name: version_name(state, locale, draft),
                state: standing(state, locale, draft),
                end: format!("/admin/drafts/{}/end", draft.id),
                open: draft.is_open(now),
            })
            .collect(),
    })
}

/// Puts the plan out.
///
/// # Errors
/// 403 for anybody but the head, 409 when the scenario was changed meanwhile.
pub async fn open(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    let id: Uuid = frame::id(&id)?;
    let edit = sent.get("edit").parse().unwrap_or(0);
    let term = (sent.get("closes_on"), sent.raw("words"));
    match state.app.open_discussion(visitor.actor(), (id, edit), term).await {
        Ok(draft) => Ok(frame::redirect(&visitor, &draft_path(draft), "saved")),
        Err(AppError::Invalid(faults)) => {
            let form = kit::Form::new().with("closes_on", term.0).with("words", term.1);
            frame::render_invalid(&page(&state, &visitor, id, invalid(&visitor, form, &faults)).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// Ends a discussion.
///
/// # Errors
/// 403 for anybody but the head, 404 when it is over.
pub async fn end(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    _sent: Form,
) -> Answer {
    let draft = state.app.end_discussion(visitor.actor(), frame::id(&id)?).await?;
    Ok(frame::redirect(&visitor, &format!("{}/discuss", path_of(draft.programme)), "saved"))
}
