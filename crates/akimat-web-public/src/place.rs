//! Territories: search by name, and the page of one.

use akimat_core::fold::search_keys;
use akimat_core::{KatoCode, Lang, Place};
use akimat_storage::{BudgetFilter, PageRequest, ProjectFilter, ProjectSort};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::budget::{BudgetItem, budget_item};
use akimat_web_kit::view::project::{Item, item, place_names};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Redirect};
use std::collections::BTreeMap;

/// Territories found at most.
const FOUND_MAX: u16 = 50;

#[derive(Template)]
#[template(path = "public/place/search.html")]
struct SearchPage {
    page: Page,
    query: String,
    found: String,
    items: Vec<PlaceItem>,
}

/// A territory in a list.
struct PlaceItem {
    path: String,
    name: String,
    kind: String,
    above: String,
    code: String,
}

#[derive(Template)]
#[template(path = "public/place/show.html")]
struct PlacePage {
    page: Page,
    code: String,
    kind: String,
    above: Vec<frame::PlaceLink>,
    facts: Vec<(String, String)>,
    budgets: Vec<BudgetItem>,
    projects: Vec<Item>,
    projects_found: String,
    projects_path: String,
    planned: String,
    decisions: Vec<(String, String)>,
    children: Vec<PlaceItem>,
    may_recommend: bool,
}

/// Territories by name. With one hit the visitor is led there.
///
/// # Errors
/// When the database fails.
pub async fn search(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let locale = visitor.locale();
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let query: String = asked.get("q").chars().take(100).collect();
    let today = state.app.today();
    let found = if let Ok(code) = query.parse::<KatoCode>() {
        state.app.read().find_place(code, today).await?.into_iter().collect()
    } else if query.is_empty() {
        state.app.read().list_child_places(None, today).await?
    } else {
        state.app.read().search_places(&search_keys(&query), today, FOUND_MAX).await?
    };
    if let ([only], false) = (found.as_slice(), query.is_empty()) {
        return Ok(Redirect::to(&visitor.to(&frame::place_path(only.code))).into_response());
    }
    let parents: Vec<KatoCode> = found.iter().map(|place| place.code.region()).collect();
    let parents = state.app.read().list_places_by_code(&parents, today).await?;
    let names = names(visitor.lang, &parents);
    frame::render(&SearchPage {
        page: frame::page(&visitor, locale.t("place-search-title"), Some(MenuItem::Home)),
        found: if query.is_empty() {
            String::new()
        } else {
            let n = found.len();
            locale.f("place-search-results", &[("n", n.into()), ("query", query.as_str().into())])
        },
        query,
        items: found.iter().map(|place| place_item(&visitor, place, &names)).collect(),
    })
}

fn names(lang: Lang, places: &[Place]) -> BTreeMap<KatoCode, String> {
    places.iter().map(|place| (place.code, place.name.get(lang).to_owned())).collect()
}

fn place_item(visitor: &Visitor, place: &Place, regions: &BTreeMap<KatoCode, String>) -> PlaceItem {
    let region = place.code.region();
    PlaceItem {
        path: frame::place_path(place.code),
        name: place.name.get(visitor.lang).to_owned(),
        kind: visitor.locale().name("place-kind", place.kind.code()).into_owned(),
        above: if region == place.code {
            String::new()
        } else {
            regions.get(&region).cloned().unwrap_or_default()
        },
        code: place.code.to_string(),
    }
}

/// The page of a territory: its budgets, projects, decisions, and what lies in it.
///
/// # Errors
/// 404 when there is no such territory.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
) -> Answer {
    let locale = visitor.locale();
    let code: KatoCode = frame::id(&code)?;
    let read = state.app.read();
    let today = state.app.today();
    let mut path = read.list_place_path(code, today).await?;
    let place = path.pop().ok_or_else(Failure::not_found)?;
    let budgets = BudgetFilter { place: Some(code), year: None };
    let budgets = read.list_budgets(&budgets, &PageRequest::first(30)).await?;
    let filter = ProjectFilter { place: Some(code), ..ProjectFilter::default() };
    let projects = read.list_projects(&filter, ProjectSort::Updated, &PageRequest::first(6)).await?;
    let totals = read.count_projects(&filter).await?;
    let decisions = read.list_decisions(Some(code), &PageRequest::first(10)).await?;
    let mut children = read.list_child_places(Some(code), today).await?;
    children.sort_by(|a, b| locale.compare(a.name.get(visitor.lang), b.name.get(visitor.lang)));
    let known = place_names(&state, locale, projects.items.iter().map(|card| card.place)).await?;
    let recommend =
        akimat_app::permission::check(visitor.actor(), akimat_app::Permission::Recommend, Some(code));
    let zone = state.app.zone();
    frame::render(&PlacePage {
        page: frame::page(&visitor, place.name.get(visitor.lang), Some(MenuItem::Home))
            .invented(place.invented),
        code: code.to_string(),
        kind: locale.name("place-kind", place.kind.code()).into_owned(),
        above: frame::crumbs(visitor.lang, &path),
        facts: vec![
            (locale.t("place-code").into_owned(), code.to_string()),
            (
                locale.t("place-validity").into_owned(),
                locale.f("place-valid", &[("from", locale.date(place.valid_from).into())]),
            ),
        ],
        budgets: budgets.items.iter().map(|head| budget_item(locale, head, "")).collect(),
        projects: projects.items.iter().map(|card| item((&state, locale), card, &known)).collect(),
        projects_found: locale.f("projects-found", &[("n", totals.n_projects.into())]),
        projects_path: format!("/projects?place={code}"),
        planned: locale.money_short(totals.planned),
        decisions: decisions
            .items
            .iter()
            .map(|decision| {
                let at = locale.date_time(decision.decided_at, zone);
                (format!("/decisions/{}", decision.id), at)
            })
            .collect(),
        children: children.iter().map(|child| place_item(&visitor, child, &BTreeMap::new())).collect(),
        may_recommend: recommend.is_ok(),
    })
}
