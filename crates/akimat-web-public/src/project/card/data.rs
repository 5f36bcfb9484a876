//! The data of a project by open standards.

use super::{Card, Scope, body};
use akimat_web_kit::failure::Answer;
use askama::Template;

#[derive(Template)]
#[template(path = "public/project/data_card.html")]
struct Data {
    files: Vec<(String, String)>,
}

/// The card.
pub(super) fn card(scope: &Scope<'_>) -> Answer<Option<Card>> {
    let (id, locale) = (scope.project.id, scope.locale);
    let lang = locale.lang().code();
    let file = |path: &str, key: &str| {
        (format!("/api/v1/projects/{id}{path}?language={lang}"), locale.t(key).into_owned())
    };
    Ok(Some(Card {
        id: "data",
        title: locale.t("open-contracting-title").into_owned(),
        body: body(&Data {
            files: vec![
                file("/oc4ids", "open-contracting-oc4ids"),
                file("/ocds", "open-contracting-releases"),
            ],
        })?,
        wide: false,
        links: vec![("/open-data".to_owned(), locale.t("open-data-title").into_owned())],
    }))
}
