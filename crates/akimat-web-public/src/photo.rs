//! Photographs of a project: the gallery `/projects/{id}/photos`, and the pictures themselves.

mod picture;

pub use picture::picture;

use akimat_app::permission::{self, Permission};
use akimat_app::photo::Evidence;
use akimat_core::ProjectId;
use akimat_i18n::Locale;
use akimat_project::Status;
use akimat_storage::photo::Photo;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, Markup, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::photo::{Entry, entries, item, pages, privacy, small_map};
use akimat_web_kit::view::project_nav::{ProjectNav, Tab, nav};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};

#[derive(Template)]
#[template(path = "public/photo/gallery.html")]
struct GalleryPage {
    page: Page,
    nav: ProjectNav,
    id: ProjectId,
    lead: String,
    privacy: String,
    entries: Vec<Entry>,
    previous: String,
    next: String,
    middle: String,
    map: Option<Markup>,
    invented: bool,
    may_add: bool,
    may_moderate: bool,
    form: kit::Form,
}

/// The gallery.
///
/// # Errors
/// 404 when there is no such project.
pub async fn gallery(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let id: ProjectId = frame::id(&id)?;
    let locale = visitor.locale();
    let read = state.app.read();
    let (project, _, _) = read.find_project(id).await?.ok_or_else(Failure::not_found)?;
    let nav = nav(&state, &visitor, &project, Tab::Photos).await?;
    let photos = read.list_photos(id).await?;
    let here = |permission| permission::check(visitor.actor(), permission, Some(project.place)).is_ok();
    let may_moderate = here(Permission::Moderate);
    let pages = pages(entries(&photos));
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let at = asked.get("page").parse::<usize>().unwrap_or(1).clamp(1, pages.len().max(1));
    let shown = pages.get(at - 1).map_or(&[][..], Vec::as_slice);
    let evidence = state.app.evidence_of(&project).await?;
    let finished = matches!(project.status, Status::Completed | Status::Operating);
    let link = |to: usize| format!("?page={to}");
    frame::render(&GalleryPage {
        page: frame::page(&visitor, nav.title.clone(), Some(MenuItem::Projects))
            .description(locale.t("photos-title"))
            .invented(project.invented),
        id,
        lead: lead(locale, photos.len(), &evidence, finished),
        privacy: privacy(&state, locale),
        entries: shown
            .iter()
            .map(|(before, photo)| Entry {
                before: before.map(|before| item(&state, locale, before, may_moderate)),
                photo: item(&state, locale, photo, may_moderate),
            })
            .collect(),
        previous: if at > 1 { link(at - 1) } else { String::new() },
        next: if at < pages.len() { link(at + 1) } else { String::new() },
        middle: locale.f("photos-page", &[("page", at.into()), ("pages", pages.len().into())]),
        map: small_map(locale, project.location, &on_map(shown)),
        invented: shown.iter().any(|(_, photo)| photo.invented),
        may_add: here(Permission::AddPhotos),
        may_moderate,
        nav,
        form: kit::Form::new(),
    })
}

/// Those of a page that are to be seen.
fn on_map<'p>(shown: &[(Option<&'p Photo>, &'p Photo)]) -> Vec<&'p Photo> {
    let both = shown.iter().flat_map(|(before, photo)| before.iter().copied().chain([*photo]));
    both.filter(|photo| photo.hidden.is_none() && !photo.erased).collect()
}

/// How many there are, and what is still missing to call the works finished.
fn lead(locale: &Locale, n: usize, evidence: &Evidence, finished: bool) -> String {
    let count = locale.f("photos-count", &[("n", n.into()), ("pairs", evidence.pairs.len().into())]);
    if finished || evidence.is_enough() {
        return count;
    }
    let missing = evidence.pairs_min.saturating_sub(evidence.pairs.len());
    format!("{count} {}", locale.f("photos-pair-needed", &[("n", missing.into())]))
}
