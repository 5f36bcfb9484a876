//! How sure it is that the project will be done as planned, what shows already, and the gravest open risks.

use super::{Card, Scope, body};
use crate::risk::{may_watch, visible};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::view::warning;
use askama::Template;

/// Alerts and risks that the card names.
const NAMED: usize = 3;

#[derive(Template)]
#[template(path = "public/risk/card.html")]
struct RiskCard {
    confidence: String,
    tone: &'static str,
    alerts: Vec<Line>,
    none: String,
    risks: String,
}

struct Line {
    verdict: &'static str,
    text: String,
}

/// The card.
pub(super) async fn card(scope: &Scope<'_>) -> Answer<Option<Card>> {
    let (locale, id) = (scope.locale, scope.project.id);
    let today = scope.state.app.today();
    let staff = may_watch(scope.visitor, scope.project);
    let kept = scope.state.app.find_confidence(id).await?;
    let (alerts, _) = visible(scope.state.app.list_alerts(id).await?, staff, today);
    let risks = scope.state.app.list_risks(id).await?;
    let mut open: Vec<_> = alerts.into_iter().filter(|held| !held.alert.is_over()).collect();
    let n_risks = risks.iter().filter(|held| held.risk.ending.is_none()).count();
    if kept.is_none() && open.is_empty() && risks.is_empty() && !staff {
        return Ok(None);
    }
    open.sort_by_key(|held| std::cmp::Reverse(held.alert.level));
    let line = |held: &akimat_app::alert::HeldAlert| {
        let view = warning::alert(locale, held, today);
        Line { verdict: view.verdict, text: format!("{}: {}", view.title, view.level) }
    };
    let sure = kept.as_ref().map(|(_, kept)| warning::confidence(locale, kept, today));
    let links = vec![(warning::risks_path(id), locale.t("risk-card-link").into_owned())];
    Ok(Some(Card {
        id: "risk-card",
        title: locale.t("project-tab-risks").into_owned(),
        body: body(&RiskCard {
            tone: sure.as_ref().map_or("neutral", |sure| sure.tone),
            confidence: sure.map_or_else(String::new, |sure| {
                locale.f("risk-card-confidence", &[("grade", sure.grade.as_str().into())])
            }),
            none: if open.is_empty() { locale.t("warning-none").into_owned() } else { String::new() },
            alerts: open.iter().take(NAMED).map(line).collect(),
            risks: locale.f("risk-card-risks", &[("n", n_risks.into())]),
        })?,
        wide: false,
        links,
    }))
}
