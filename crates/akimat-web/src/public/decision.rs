//! Published decisions: what was recommended, what was decided, and why.

use crate::failure::{Answer, Failure};
use crate::form::Form;
use crate::frame;
use crate::kit::{MenuItem, Page};
use crate::reason::Names;
use crate::state::WebState;
use crate::view::project::place_names;
use crate::visitor::Visitor;
use akimat_app::recommendation::{DecidedCandidate, DecisionDocument};
use akimat_core::{DecisionId, Money, MoneyUnit};
use akimat_storage::{Cursor, Decision, PageRequest};
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "public/decision/list.html")]
struct ListPage {
    page: Page,
    items: Vec<DecisionItem>,
    previous: String,
    next: String,
}

struct DecisionItem {
    path: String,
    title: String,
    by: String,
    state: String,
    changed: bool,
}

#[derive(Template)]
#[template(path = "public/decision/show.html")]
struct ShowPage {
    page: Page,
    place: frame::PlaceLink,
    by: String,
    state: String,
    changed: bool,
    reason: String,
    standing: String,
    price: String,
    benefit: String,
    years: Vec<[String; 4]>,
    criteria: Vec<(String, String)>,
    chosen: Vec<CandidateRow>,
    rejected: Vec<CandidateRow>,
    json: String,
}

/// A candidate with its verdict.
struct CandidateRow {
    path: String,
    title: String,
    cost: String,
    benefit: String,
    reason: String,
    overridden: bool,
}

/// The list.
///
/// # Errors
/// When the database fails.
pub async fn list(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let locale = visitor.locale();
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let request = PageRequest { limit: 30, after: Cursor::decode(asked.raw("after")) };
    let decisions = state.app.read().list_decisions(asked.get("place").parse().ok(), &request).await?;
    let names = place_names(&state, locale, decisions.items.iter().map(|decision| decision.place)).await?;
    let item = |decision: &Decision| {
        let place = names.get(&decision.place).cloned().unwrap_or_else(|| decision.place.to_string());
        DecisionItem {
            path: format!("/decisions/{}", decision.id),
            title: title(&state, &visitor, decision, &place),
            by: locale.f("decision-by", &[("name", decision.decided_by.as_str().into())]),
            state: state_text(&visitor, decision),
            changed: decision.changed,
        }
    };
    frame::render(&ListPage {
        page: frame::page(&visitor, locale.t("decisions-title"), Some(MenuItem::Decisions))
            .description(locale.t("decisions-intro")),
        items: decisions.items.iter().map(item).collect(),
        previous: request.after.map_or_else(String::new, |_| visitor.to("/decisions")),
        next: decisions
            .next
            .map_or_else(String::new, |cursor| visitor.to(&format!("/decisions?after={}", cursor.encode()))),
    })
}

fn title(state: &WebState, visitor: &Visitor, decision: &Decision, place: &str) -> String {
    let date = visitor.locale().date(decision.decided_at.to_zoned(state.app.zone().clone()).date());
    visitor.locale().f("decision-title", &[("place", place.into()), ("date", date.into())])
}

fn state_text(visitor: &Visitor, decision: &Decision) -> String {
    let key = if decision.changed { "decision-state-changed" } else { "decision-state-accepted" };
    visitor.locale().t(key).into_owned()
}

/// The page.
///
/// # Errors
/// 404 when there is no such decision.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let locale = visitor.locale();
    let id: DecisionId = frame::id(&id)?;
    let decision = state.app.read().find_decision(id).await?.ok_or_else(Failure::not_found)?;
    // Programmes have a page of their own; older decisions are about one envelope.
    if let Some(page) = super::programme::show(&state, &visitor, &decision).await? {
        return Ok(page);
    }
    let document: DecisionDocument = serde_json::from_str(&decision.document).map_err(Failure::internal)?;
    let place = state.app.read().find_place(decision.place, state.app.today()).await?;
    let name = place
        .as_ref()
        .map_or_else(|| decision.place.to_string(), |place| place.name.get(visitor.lang).to_owned());
    let titles: BTreeMap<String, String> = document
        .candidates
        .iter()
        .map(|candidate| (candidate.number.clone(), candidate.title.get(visitor.lang).to_owned()))
        .collect();
    let names = Names { locale, titles: &titles, criteria: &document.criteria };
    let (chosen, rejected): (Vec<_>, Vec<_>) =
        document.candidates.iter().partition(|candidate| candidate.decided);
    let rows = |list: &[&DecidedCandidate]| list.iter().map(|c| row(&names, &document, c)).collect();
    let amount = |money: Money| locale.amount(money, MoneyUnit::ThousandTenge, 1);
    let price = document.comparison.price;
    frame::render(&ShowPage {
        page: frame::page(&visitor, title(&state, &visitor, &decision, &name), Some(MenuItem::Decisions))
            .invented(place.is_some_and(|place| place.invented)),
        place: frame::PlaceLink { name, path: frame::place_path(decision.place) },
        by: locale.f("decision-by", &[("name", decision.decided_by.as_str().into())]),
        state: state_text(&visitor, &decision),
        changed: decision.changed,
        reason: decision.reason.clone(),
        standing: names.standing(&document.recommendation),
        price: if price > 0 { locale.f("decide-price", &[("points", price.into())]) } else { String::new() },
        benefit: locale
            .f("recommend-total-benefit", &[("points", locale.count(document.comparison.benefit).into())]),
        years: document
            .comparison
            .years
            .iter()
            .map(|sum| [sum.year.to_string(), amount(sum.envelope), amount(sum.spent), amount(sum.left)])
            .collect(),
        criteria: document
            .criteria
            .iter()
            .map(|c| (c.title.get(visitor.lang).to_owned(), c.weight.to_string()))
            .collect(),
        chosen: rows(&chosen),
        rejected: rows(&rejected),
        json: format!("/api/v1/decisions/{id}"),
    })
}

fn row(names: &Names<'_>, document: &DecisionDocument, candidate: &DecidedCandidate) -> CandidateRow {
    let locale = names.locale;
    let verdict = document.recommendation.verdicts.iter().find(|verdict| verdict.key == candidate.number);
    let cost = Money::checked_sum(candidate.cost.iter().copied());
    CandidateRow {
        path: format!("/projects/{}", candidate.project),
        title: candidate.title.get(locale.lang()).to_owned(),
        cost: cost.map_or_else(String::new, |cost| locale.money_short(cost)),
        benefit: candidate
            .benefit
            .map_or_else(|| locale.t("no-data-short").into_owned(), |points| locale.count(points)),
        reason: verdict.map_or_else(String::new, |verdict| names.verdict(verdict)),
        overridden: verdict.is_some_and(|verdict| verdict.chosen != candidate.decided),
    }
}
