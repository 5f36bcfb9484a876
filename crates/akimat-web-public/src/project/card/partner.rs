//! With whom the project is shared, who pays which part, and the grants.

use super::{Card, Scope, body};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::kit::Page;
use akimat_web_kit::view::people::{GrantRow, ShareRow, grants, shares};
use akimat_web_kit::view::project::place_names;
use askama::Template;

#[derive(Template)]
#[template(path = "public/project/partner.html")]
struct PartnerCard<'a> {
    page: &'a Page,
    rows: Vec<ShareRow>,
    shared: bool,
    international: bool,
    grants: Vec<GrantRow>,
}

/// The card; none when nobody shares the project, unless the visitor may say so.
pub(super) async fn card(scope: &Scope<'_>) -> Answer<Option<Card>> {
    let (project, locale) = (scope.project, scope.locale);
    let found = scope.state.app.find_partnership(project).await?.value;
    let nothing = found.is_empty() && !project.international;
    if nothing && !scope.may_manage {
        return Ok(None);
    }
    let mut codes = found.territories();
    codes.push(project.place);
    let places = place_names(scope.state, locale, codes).await?;
    let mut links = Vec::new();
    if scope.may_manage {
        let path = format!("/admin/projects/{}/partners", project.id);
        links.push((path, locale.t("partner-edit-title").into_owned()));
    }
    Ok(Some(Card {
        id: "partners",
        title: locale.t("partner-title").into_owned(),
        body: body(&PartnerCard {
            page: scope.page,
            rows: if found.partners.is_empty() {
                Vec::new()
            } else {
                shares(locale, (&found, &places), (project.place, project.later_totals().0))
            },
            shared: found.shares().is_some(),
            international: project.international,
            grants: grants(locale, &found.grants),
        })?,
        wide: !nothing,
        links,
    }))
}
