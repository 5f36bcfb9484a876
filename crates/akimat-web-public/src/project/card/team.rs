//! Who works on the project: its temporary team.

use super::{Card, Scope, body};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::kit::Page;
use akimat_web_kit::view::people::{MemberRow, members, span};
use askama::Template;

#[derive(Template)]
#[template(path = "public/project/team.html")]
struct TeamCard<'a> {
    page: &'a Page,
    purpose: String,
    span: String,
    ended: bool,
    members: Vec<MemberRow>,
    /// Who reports on the project; empty when nobody does, or when nobody may know.
    manager: String,
    /// Nobody reports on it yet.
    nobody: bool,
    /// Where the visitor takes it over; empty when that is not possible.
    take_over: String,
}

/// The card; none without members, unless the visitor may name some.
pub(super) async fn card(scope: &Scope<'_>) -> Answer<Option<Card>> {
    let (id, locale, today) = (scope.project.id, scope.locale, scope.state.app.today());
    let team = scope.state.app.find_team(id).await?.value;
    if team.members.is_empty() && !scope.may_manage {
        return Ok(None);
    }
    let manager = match scope.project.manager.filter(|_| scope.may_manage) {
        Some(id) => scope.state.app.read().find_account(id).await?,
        None => None,
    };
    let nobody = scope.may_manage && scope.project.manager.is_none();
    let mut links = Vec::new();
    if scope.may_manage {
        links.push((format!("/admin/projects/{id}/team"), locale.t("team-edit-title").into_owned()));
    }
    Ok(Some(Card {
        id: "team",
        title: locale.t("team-title").into_owned(),
        body: body(&TeamCard {
            page: scope.page,
            purpose: team.purpose.clone(),
            span: span(locale, team.from, team.to),
            ended: team.ended_on(today),
            members: members(locale, &team, today),
            manager: manager.map_or_else(String::new, |account| {
                let office = if account.office.is_empty() { account.display_name } else { account.office };
                locale.f("manager-office", &[("office", office.into())])
            }),
            nobody,
            take_over: if nobody {
                scope.visitor.to(&format!("/admin/projects/{id}/manager"))
            } else {
                String::new()
            },
        })?,
        wide: false,
        links,
    }))
}
