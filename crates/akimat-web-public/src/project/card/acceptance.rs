//! What residents say about finished works.

use super::{Card, Scope, body};
use akimat_app::permission::{self, Permission};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::kit::Page;
use akimat_web_kit::view::acceptance::{Standing, standing};
use askama::Template;

#[derive(Template)]
#[template(path = "public/acceptance/card.html")]
struct Judged<'a> {
    page: &'a Page,
    standing: Standing,
}

/// The card.
pub(super) async fn card(scope: &Scope<'_>) -> Answer<Option<Card>> {
    let (id, locale) = (scope.project.id, scope.locale);
    let Some(tally) = scope.state.app.acceptance_tally(scope.project).await? else { return Ok(None) };
    let may_speak = tally.term.open
        && (scope.visitor.account.is_none()
            || permission::check(scope.visitor.actor(), Permission::AcceptWorks, None).is_ok());
    let link = if may_speak { "acceptance-speak" } else { "acceptance-read" };
    Ok(Some(Card {
        id: "acceptance",
        title: locale.t("acceptance-title").into_owned(),
        body: body(&Judged { page: scope.page, standing: standing(scope.state, locale, &tally) })?,
        wide: false,
        links: vec![(format!("/projects/{id}/acceptance"), locale.t(link).into_owned())],
    }))
}
