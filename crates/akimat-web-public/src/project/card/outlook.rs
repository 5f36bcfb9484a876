//! What is to be expected of a project: the prediction of delay and cost.

use super::{Card, Scope, body};
use crate::outcome::{Section, section};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::kit::Page;
use askama::Template;

#[derive(Template)]
#[template(path = "public/outcome/section.html")]
struct Outlook<'a> {
    page: &'a Page,
    outlook: Section,
}

/// The card.
pub(super) async fn card(scope: &Scope<'_>) -> Answer<Option<Card>> {
    let Some(mut outlook) = section(scope.state, scope.visitor, scope.project).await? else {
        return Ok(None);
    };
    let mut links = vec![("/outcome/model".to_owned(), scope.locale.t("outcome-card-link").into_owned())];
    let work = std::mem::take(&mut outlook.work);
    if !work.is_empty() {
        links.push((work, scope.locale.t("outcome-work-title").into_owned()));
    }
    Ok(Some(Card {
        id: "outlook",
        title: scope.locale.t("outcome-title").into_owned(),
        body: body(&Outlook { page: scope.page, outlook })?,
        wide: true,
        links,
    }))
}
