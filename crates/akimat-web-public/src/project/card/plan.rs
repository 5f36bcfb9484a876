//! How the work of a project stands: done beside paid, the next milestone, when it ends, the indices in words.

use super::{Card, Scope, body};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::kit::Page;
use akimat_web_kit::view::schedule as view;
use askama::Template;

#[derive(Template)]
#[template(path = "public/schedule/card.html")]
struct Plan<'a> {
    page: &'a Page,
    bars: Vec<(String, u8, String)>,
    flagged: bool,
    gap: String,
    said: Vec<String>,
}

/// The card; none without a plan, unless the visitor may make one.
pub(super) async fn card(scope: &Scope<'_>) -> Answer<Option<Card>> {
    let (id, locale) = (scope.project.id, scope.locale);
    let stored = scope.state.app.find_plan(id).await?;
    let mut links = Vec::new();
    if stored.is_some() {
        links.push((format!("/projects/{id}/plan"), locale.t("schedule-card-open").into_owned()));
    }
    if scope.may_manage {
        links.push((format!("/admin/projects/{id}/plan"), locale.t("schedule-work").into_owned()));
    }
    let mut shown =
        Plan { page: scope.page, bars: Vec::new(), flagged: false, gap: String::new(), said: Vec::new() };
    match &stored {
        None if !scope.may_manage => return Ok(None),
        None => shown.said.push(locale.t("schedule-none-title").into_owned()),
        Some(stored) => {
            let standing = scope.state.app.plan_standing(scope.project, &stored.plan).await?;
            let mut bar = |key: &str, bp: u32| {
                shown.bars.push((locale.t(key).into_owned(), view::bar(bp), view::percent(locale, bp)));
            };
            match &standing.physical {
                Some(physical) => bar("schedule-bar-done", u32::from(physical.done_bp)),
                None => shown.said.push(locale.t("schedule-no-record").into_owned()),
            }
            if let Some(gap) = &standing.gap {
                bar("schedule-bar-paid", gap.paid_bp);
                shown.flagged = gap.flagged;
                shown.gap = view::points(locale, gap.gap_bp);
            }
            shown.said.extend(sentences(locale, &stored.plan, &standing));
        }
    }
    Ok(Some(Card {
        id: "plan",
        title: locale.t("schedule-title").into_owned(),
        body: body(&shown)?,
        wide: false,
        links,
    }))
}

fn sentences(
    locale: &akimat_i18n::Locale,
    plan: &akimat_delivery::schedule::Plan,
    standing: &akimat_app::schedule::Standing,
) -> Vec<String> {
    let mut said = Vec::new();
    if let Some((title, day)) = view::next_milestone(locale, plan, standing) {
        let args = [("title", title.as_str().into()), ("on", locale.date(day).into())];
        said.push(locale.f("schedule-card-next", &args));
    }
    let finish = view::finish(plan, standing);
    if let Some(day) = finish.expected {
        let key = if finish.done { "schedule-card-finished" } else { "schedule-card-expected" };
        let slip = finish.approved.map(|approved| view::slip(locale, (day - approved).get_days()));
        let args = [("on", locale.date(day).into()), ("slip", slip.unwrap_or_default().into())];
        said.push(locale.f(key, &args));
    }
    said.extend(view::value(locale, standing).said);
    said
}
