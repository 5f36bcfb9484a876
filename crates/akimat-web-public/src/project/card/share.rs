//! How to follow a project and show it elsewhere.

use super::{Card, Scope, body};
use akimat_web_kit::failure::Answer;
use askama::Template;

#[derive(Template)]
#[template(path = "public/project/share_card.html")]
struct Share {
    intro: String,
}

/// The card.
pub(super) fn card(scope: &Scope<'_>) -> Answer<Option<Card>> {
    let (id, locale) = (scope.project.id, scope.locale);
    let link = |path: String, key: &str| (path, locale.t(key).into_owned());
    Ok(Some(Card {
        id: "share",
        title: locale.t("face-share").into_owned(),
        body: body(&Share { intro: locale.t("face-share-intro").into_owned() })?,
        wide: false,
        links: vec![
            link(format!("/subscriptions/new?project={id}"), "face-share-subscribe"),
            link(format!("/projects/{id}/print"), "face-passport"),
            link(format!("/projects/{id}/share"), "face-share-more"),
        ],
    }))
}
