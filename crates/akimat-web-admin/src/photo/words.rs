//! What is said about a photograph: read out of the form, changed.

use super::{Choices, caption, choices, day};
use akimat_app::AppError;
use akimat_app::photo::PhotoWords;
use akimat_i18n::Locale;
use akimat_project::Project;
use akimat_storage::Conflict;
use akimat_storage::photo::{Photo, PhotoKind, TimeSource};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::photo::{Item, item};
use akimat_web_kit::view::project_nav::{ProjectNav, Tab, nav};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "admin/photo/edit.html")]
struct EditPage {
    page: Page,
    nav: ProjectNav,
    item: Item,
    form: kit::Form,
    choices: Choices,
    back: String,
}

/// The words of a form; `None` when a date is no date, which the form then says.
pub(super) fn read(locale: &Locale, form: &mut kit::Form) -> Option<PhotoWords> {
    let stated = day(form.value("stated_on"));
    if stated.is_err() {
        form.fail("stated_on", locale.t("field-not-a-date"));
    }
    Some(PhotoWords {
        kind: PhotoKind::parse(form.value("kind")),
        before: form.value("before").parse().ok(),
        caption: caption(form),
        stated_on: stated.ok()?,
    })
}

fn filled(photo: &Photo) -> kit::Form {
    let stated = photo.taken.filter(|taken| taken.source == TimeSource::Stated);
    kit::Form::new()
        .with("version", photo.version.to_string())
        .with("kind", photo.kind.code())
        .with("before", photo.before.map_or_else(String::new, |id| id.to_string()))
        .with("caption_kk", photo.caption.kk.as_str())
        .with("caption_ru", photo.caption.ru.as_str())
        .with("caption_en", photo.caption.en.as_str())
        .with("stated_on", stated.map_or_else(String::new, |taken| taken.at.date().to_string()))
}

/// The photograph and its project, if this person may change it.
async fn to_edit(state: &WebState, visitor: &Visitor, id: &str) -> Answer<(Photo, Project)> {
    let id: Uuid = frame::id(id)?;
    let photo = state.app.read().find_photo(id).await?.ok_or_else(Failure::not_found)?;
    let project = state.app.project_of_photos(visitor.actor(), photo.project).await?;
    if photo.kind == PhotoKind::Resident {
        return Err(AppError::Forbidden.into());
    }
    Ok((photo, project))
}

async fn page(
    state: &WebState,
    visitor: &Visitor,
    (photo, project): (&Photo, &Project),
    form: kit::Form,
) -> Answer<EditPage> {
    let locale = visitor.locale();
    let photos = state.app.read().list_photos(project.id).await?;
    let mut choices = choices(state, locale, &photos);
    choices.befores.retain(|(id, _)| *id != photo.id.to_string());
    Ok(EditPage {
        page: frame::page(visitor, locale.t("photo-edit-title"), Some(MenuItem::Admin))
            .hidden()
            .errors(!form.is_clean()),
        nav: nav(state, visitor, project, Tab::Photos).await?,
        item: item(state, locale, photo, false),
        form,
        choices,
        back: format!("/admin/projects/{}/photos", project.id),
    })
}

/// The form.
///
/// # Errors
/// 403 outside the person's territory, 404 when there is no such photograph.
pub async fn edit_form(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let (photo, project) = to_edit(&state, &visitor, &id).await?;
    let form = filled(&photo);
    frame::render(&page(&state, &visitor, (&photo, &project), form).await?)
}

/// Changes the words.
///
/// # Errors
/// 403 outside the person's territory, 404 when there is no such photograph.
pub async fn edit(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    let (photo, project) = to_edit(&state, &visitor, &id).await?;
    let names = ["version", "kind", "before", "caption_kk", "caption_ru", "caption_en", "stated_on"];
    let mut form = names.iter().fold(kit::Form::new(), |form, name| form.with(name, sent.get(name)));
    let version = sent.get("version").parse().unwrap_or(0);
    let done = match read(visitor.locale(), &mut form) {
        Some(words) => state.app.edit_photo(visitor.actor(), (photo.id, version), words).await,
        None => Err(AppError::Invalid(Vec::new())),
    };
    match done {
        Ok(()) => {
            let back = format!("/projects/{}/photos#p-{}", project.id, photo.id);
            Ok(frame::redirect(&visitor, &back, "photo-saved"))
        }
        Err(AppError::Invalid(faults)) => {
            for fault in &faults {
                form.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&page(&state, &visitor, (&photo, &project), form).await?)
        }
        Err(AppError::Conflict(Conflict::Stale(_))) => {
            // What the other person saved stands beside; sending the form again keeps these words.
            let mut again = names[1..]
                .iter()
                .fold(kit::Form::new(), |again, name| again.with(name, form.value(name)))
                .with("version", photo.version.to_string());
            again.fail("caption_ru", visitor.locale().t("photo-changed-meanwhile"));
            frame::render_invalid(&page(&state, &visitor, (&photo, &project), again).await?)
        }
        Err(error) => Err(error.into()),
    }
}
