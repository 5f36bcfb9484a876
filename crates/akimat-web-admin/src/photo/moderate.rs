//! Moderation of photographs: the newest of a territory, each hidden, shown again or erased with one form.

use akimat_app::AppError;
use akimat_core::{ProjectId, ProposalId};
use akimat_storage::photo::{Photo, PhotoSubject};
use akimat_storage::{Cursor, PageRequest};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::photo::{Item, item};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use uuid::Uuid;

/// Photographs on a page.
const ITEMS: u16 = 12;

#[derive(Template)]
#[template(path = "admin/photo/moderation.html")]
struct QueuePage {
    page: Page,
    errors: kit::Form,
    items: Vec<QueueItem>,
    previous: String,
    next: String,
}

struct QueueItem {
    photo: Item,
    project: String,
    path: String,
    form: kit::Form,
}

async fn page(
    state: &WebState,
    visitor: &Visitor,
    query: &str,
    wrong: Option<(Uuid, kit::Form)>,
) -> Answer<QueuePage> {
    let locale = visitor.locale();
    let account = visitor.actor().ok_or(AppError::SignInNeeded)?;
    let place = account.place.ok_or(AppError::Forbidden)?;
    let asked = Form::parse(query.as_bytes());
    let request = PageRequest { limit: ITEMS, after: Cursor::decode(asked.raw("after")) };
    let mut photos = state.app.read().list_photos_in_place(place, &request).await?;
    // The photograph that is asked about is on the page, however far down it stands.
    if let Some((id, _)) = &wrong
        && !photos.items.iter().any(|photo| photo.id == *id)
        && let Some(photo) = state.app.read().find_photo(*id).await?
    {
        photos.items.insert(0, photo);
    }
    // A draft of a proposal is nobody's business, nor are its photographs.
    let mut subjects: BTreeMap<ProjectId, Option<(String, String)>> = BTreeMap::new();
    for photo in &photos.items {
        if let Entry::Vacant(place) = subjects.entry(photo.project) {
            place.insert(subject(state, visitor, photo).await?);
        }
    }
    photos.items.retain(|photo| subjects.get(&photo.project).is_some_and(Option::is_some));
    let of = |photo: &Photo| subjects.get(&photo.project).cloned().flatten().unwrap_or_default();
    Ok(QueuePage {
        page: frame::page(visitor, locale.t("photo-moderation-title"), Some(MenuItem::Admin))
            .hidden()
            .errors(wrong.is_some()),
        errors: wrong.as_ref().map(|(_, form)| form.clone()).unwrap_or_default(),
        items: photos
            .items
            .iter()
            .map(|photo| QueueItem {
                photo: item(state, locale, photo, true),
                project: of(photo).1,
                path: of(photo).0,
                form: wrong
                    .as_ref()
                    .filter(|(id, _)| *id == photo.id)
                    .map(|(_, form)| form.clone())
                    .unwrap_or_default(),
            })
            .collect(),
        previous: request.after.map_or_else(String::new, |_| visitor.to("/admin/moderation/photos")),
        next: photos.next.map_or_else(String::new, |cursor| {
            visitor.to(&format!("/admin/moderation/photos?after={}", cursor.encode()))
        }),
    })
}

/// Where the photograph belongs, and its title; nothing for a draft.
async fn subject(state: &WebState, visitor: &Visitor, photo: &Photo) -> Answer<Option<(String, String)>> {
    let locale = visitor.locale();
    if photo.subject == PhotoSubject::Proposal {
        let found = state.app.read().find_proposal(ProposalId(photo.project.0)).await?;
        let found = found.filter(|proposal| proposal.state.public());
        return Ok(found.map(|one| (format!("/proposals/{}", one.id), locale.text(&one.title).0.to_owned())));
    }
    let found = state.app.read().find_project(photo.project).await?;
    let title = found.map_or_else(String::new, |(project, _, _)| locale.text(&project.title).0.to_owned());
    Ok(Some((format!("/projects/{}/photos", photo.project), title)))
}

/// The queue.
///
/// # Errors
/// When the database fails.
pub async fn queue(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    frame::render(&page(&state, &visitor, &query.unwrap_or_default(), None).await?)
}

fn back(visitor: &Visitor, id: Uuid, flash: &str) -> axum::response::Response {
    frame::redirect(visitor, &format!("/admin/moderation/photos#p-{id}"), flash)
}

/// Hides a photograph.
///
/// # Errors
/// 403 outside the moderator's territory, 404 when there is no such photograph.
pub async fn hide(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let id: Uuid = frame::id(&id)?;
    let name = format!("reason-{id}");
    match state.app.hide_photo(visitor.actor(), id, form.raw(&name)).await {
        Ok(()) => Ok(back(&visitor, id, "photo-is-hidden")),
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

/// Shows a hidden photograph again.
///
/// # Errors
/// 403 outside the moderator's territory, 404 when there is no such photograph.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    _form: Form,
) -> Answer {
    let id: Uuid = frame::id(&id)?;
    state.app.show_photo(visitor.actor(), id).await?;
    Ok(back(&visitor, id, "photo-is-shown"))
}

/// Erases the pictures of a hidden photograph.
///
/// # Errors
/// 403 outside the moderator's territory, 404 when there is no such photograph, 422 when it is not hidden.
pub async fn erase(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    _form: Form,
) -> Answer {
    let id: Uuid = frame::id(&id)?;
    state.app.erase_photo(visitor.actor(), id).await?;
    Ok(back(&visitor, id, "photo-is-erased"))
}
