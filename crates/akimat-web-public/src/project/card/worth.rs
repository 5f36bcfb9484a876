//! What the newest signed appraisal of a project says.

use super::{Card, Scope, body};
use akimat_app::permission::{self, Permission};
use akimat_web_kit::failure::Answer;
use askama::Template;

#[derive(Template)]
#[template(path = "public/appraisal/card.html")]
struct Worth {
    said: String,
}

/// The card.
pub(super) async fn card(scope: &Scope<'_>) -> Answer<Option<Card>> {
    let (id, locale) = (scope.project.id, scope.locale);
    let said = crate::appraisal::sentence(scope.state, locale, id).await?;
    let place = Some(scope.project.place);
    let mut links = Vec::new();
    if !said.is_empty() {
        links.push((format!("/projects/{id}/appraisal"), locale.t("appraisal-open").into_owned()));
    }
    if permission::check(scope.visitor.actor(), Permission::Appraise, place).is_ok() {
        links.push((format!("/admin/projects/{id}/appraisal"), locale.t("appraisal-work").into_owned()));
    }
    let said = if said.is_empty() { format!("{}.", locale.t("appraisal-none-title")) } else { said };
    Ok(Some(Card {
        id: "appraisal",
        title: locale.t("appraisal-title").into_owned(),
        body: body(&Worth { said })?,
        wide: false,
        links,
    }))
}
