//! The last photographs of a project.

use super::{Card, Scope, body};
use akimat_app::permission::{self, Permission};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::kit::Page;
use akimat_web_kit::view::photo::{Item, item, newest};
use askama::Template;

/// Pictures on the card: the page of the project stays light.
const SHOWN: usize = 3;

#[derive(Template)]
#[template(path = "public/photo/card.html")]
struct Photos<'a> {
    page: &'a Page,
    items: Vec<Item>,
    count: String,
}

/// The card.
pub(super) async fn card(scope: &Scope<'_>) -> Answer<Option<Card>> {
    let (id, locale) = (scope.project.id, scope.locale);
    let photos = scope.state.app.read().list_photos(id).await?;
    let may_add =
        permission::check(scope.visitor.actor(), Permission::AddPhotos, Some(scope.project.place)).is_ok();
    if photos.is_empty() && !may_add {
        return Ok(None);
    }
    let n_pairs = akimat_app::photo::pairs(&photos).len();
    let items = newest(&photos, SHOWN).into_iter().map(|photo| item(scope.state, locale, photo, false));
    let mut links = Vec::new();
    if !photos.is_empty() {
        links.push((format!("/projects/{id}/photos"), locale.t("photos-all").into_owned()));
    }
    if may_add {
        links.push((format!("/admin/projects/{id}/photos"), locale.t("photo-add-title").into_owned()));
    }
    Ok(Some(Card {
        id: "photos",
        title: locale.t("photos-title").into_owned(),
        body: body(&Photos {
            page: scope.page,
            items: items.collect(),
            count: locale.f("photos-count", &[("n", photos.len().into()), ("pairs", n_pairs.into())]),
        })?,
        wide: false,
        links,
    }))
}
