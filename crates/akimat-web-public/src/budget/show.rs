//! `/budgets/{id}`: a budget whole, with what contradicts and where it comes from.

use akimat_app::indicator::LineHistory;
use akimat_budget::{Budget, Item, Stage};
use akimat_core::BudgetId;
use akimat_i18n::Locale;
use akimat_interop::table_export::{Cell, Table};
use akimat_storage::{BudgetFilter, BudgetHead, PageRequest};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::figure::{self, Figure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::budget::{BudgetItem, budget_item};
use akimat_web_kit::view::figures::{self, Finding, IndicatorView, SectionView};
use akimat_web_kit::view::refusal::refusal_text;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Response};
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "public/budget/show.html")]
struct ShowPage {
    page: Page,
    above: Vec<frame::PlaceLink>,
    level: String,
    layout: String,
    unit_note: String,
    stages: Vec<(String, String, bool)>,
    others: Vec<BudgetItem>,
    stats: Vec<(String, String)>,
    sections: Vec<SectionView>,
    findings: Vec<Finding>,
    revenue: Figure,
    expenditure: Figure,
    indicators: Vec<IndicatorView>,
    refused: Vec<(String, String)>,
    execution: Vec<[String; 4]>,
    place_code: String,
    year: i16,
    steadiness: Vec<Steadiness>,
    dynamics: Figure,
    forecast_path: String,
    lines: Vec<[String; 6]>,
    source_url: String,
    provenance: Vec<(String, String)>,
    note: String,
    partial: bool,
    downloads: Vec<(String, String, String)>,
    logged: String,
}

async fn find(state: &WebState, id: &str) -> Answer<BudgetHead> {
    let id: BudgetId = frame::id(id)?;
    state.app.read().find_budget(id).await?.ok_or_else(Failure::not_found)
}

/// The state of the figures that the address asks for, or the last one that is given.
fn stage_of(budget: &Budget, query: &str) -> Stage {
    let stages = budget.stages();
    let asked = Stage::parse(Form::parse(query.as_bytes()).get("stage"));
    asked.filter(|stage| stages.contains(stage)).or_else(|| stages.last().copied()).unwrap_or(Stage::Approved)
}

/// One line over the years: name, growth, steadiness, nearness of plans; a reason stands where a figure is
/// not computed.
struct Steadiness {
    name: String,
    cells: [String; 5],
    why: Vec<String>,
}

fn steadiness(locale: &Locale, history: &LineHistory) -> Steadiness {
    let name = match history.item {
        Some(item) => locale.name("budget-item", item.code()),
        None => locale.t("indicator-own-revenue"),
    };
    let unknown = || locale.t("no-data-short").into_owned();
    let percent = |value: f64| locale.percent(&format!("{:.2}", value * 100.0).replace("-0.00", "0.00"));
    let (growth, steady, error) =
        (history.growth.as_ref(), history.volatility.as_ref(), history.error.as_ref());
    let mut why: Vec<String> = [growth.err(), steady.err(), error.err()]
        .into_iter()
        .flatten()
        .map(|why| refusal_text(locale, why, &BTreeMap::new()))
        .collect();
    why.dedup();
    Steadiness {
        name: name.into_owned(),
        cells: [
            growth.map_or_else(|_| unknown(), |growth| percent(*growth)),
            steady.map_or_else(|_| unknown(), |steady| percent(steady.variation)),
            steady.map_or_else(|_| unknown(), |steady| percent(steady.log_growth_deviation)),
            steady
                .ok()
                .and_then(|steady| steady.drawdown.percent(2))
                .map_or_else(unknown, |fall| locale.percent(&fall)),
            error.map_or_else(|_| unknown(), |error| percent(error.mean_absolute)),
        ],
        why,
    }
}

/// The page.
///
/// # Errors
/// 404 when there is no such budget.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let head = find(&state, &id).await?;
    let budget = &head.budget;
    let locale = visitor.locale();
    let read = state.app.read();
    let place = budget.place.ok_or_else(|| Failure::internal("a stored budget without territory"))?;
    let path = read.list_place_path(place, state.app.today()).await?;
    let filter = BudgetFilter { place: Some(place), year: None };
    let heads = read.list_budgets(&filter, &PageRequest::first(40)).await?.items;
    let stage = stage_of(budget, &query.unwrap_or_default());
    let name = path.last().map_or_else(String::new, |place| place.name.get(visitor.lang).to_owned());
    let title = locale.f("budget-title", &[("place", name.as_str().into()), ("year", budget.year.into())]);
    let findings = figures::findings(locale, budget);
    let (found, refused) = state.app.survey_budget(budget, stage).await?;
    let revenue = figures::revenue(locale, budget, stage).files(&visitor);
    let expenditure = figures::expenditure(locale, budget, stage).files(&visitor);
    let dynamics = figures::dynamics(locale, &heads, budget).files(&visitor);
    let drawn = [&revenue, &expenditure, &dynamics];
    if let Some(file) = figure::asked(&visitor, &file_name(budget), &drawn).await {
        return file;
    }
    let others = heads.iter().filter(|other| other.budget.id != budget.id);
    frame::render(&ShowPage {
        page: frame::page(&visitor, title, Some(MenuItem::Budgets)).invented(budget.invented),
        above: frame::crumbs(visitor.lang, &path),
        level: locale.name("budget-level", &budget.level.to_string()).into_owned(),
        layout: figures::layout(locale, budget),
        unit_note: figures::unit_note(locale, budget.unit),
        stages: figures::stage_links(&visitor, budget, stage),
        others: others.map(|head| budget_item(locale, head, "")).collect(),
        stats: figures::stats(locale, budget, stage),
        sections: figures::sections(locale, budget, stage),
        findings,
        revenue,
        expenditure,
        indicators: figures::indicator_views(locale, budget, &found),
        refused: refused
            .iter()
            .map(|refused| {
                let name = locale.name("indicator", refused.code).into_owned();
                (name, refusal_text(locale, &refused.why, &BTreeMap::new()))
            })
            .collect(),
        execution: figures::execution_rows(locale, budget, &found),
        place_code: place.to_string(),
        year: budget.year,
        steadiness: state.app.budget_history(place).await?.iter().map(|h| steadiness(locale, h)).collect(),
        dynamics,
        forecast_path: format!("/places/{place}/forecast?item={}", Item::RevenueTotal.code()),
        lines: figures::lines(locale, budget),
        source_url: Some(budget.provenance.source_url.clone())
            .filter(|url| url.starts_with("https://") || url.starts_with("http://"))
            .unwrap_or_default(),
        provenance: provenance(&state, &visitor, budget),
        note: budget.provenance.note.clone(),
        partial: !budget.complete,
        downloads: downloads(&visitor, budget.id),
        logged: akimat_web_kit::view::logged::path(&format!("budget/{}", budget.id), "budget_published"),
    })
}

fn provenance(state: &WebState, visitor: &Visitor, budget: &Budget) -> Vec<(String, String)> {
    let locale = visitor.locale();
    let source = &budget.provenance;
    let row = |key: &str, value: String| (locale.t(key).into_owned(), value);
    let mut rows = vec![
        row("source-file", source.file_name.clone()),
        row("source-fingerprint", source.sha256.clone()),
        row("source-imported-label", locale.date_time(source.imported_at, state.app.zone())),
    ];
    if let Some(on) = budget.adopted_on {
        rows.push(row("budget-adopted-label", locale.date(on)));
    }
    rows
}

fn downloads(visitor: &Visitor, id: BudgetId) -> Vec<(String, String, String)> {
    let mut links = akimat_web_kit::download::links(visitor, &format!("/budgets/{id}/download"), "");
    let json = visitor.locale().t("action-download-json").into_owned();
    links.push((format!("/api/v1/budgets/{id}"), json, String::new()));
    links
}

/// How files from this page begin.
fn file_name(budget: &Budget) -> String {
    let plain = |sign: &char| sign.is_ascii_alphanumeric() || *sign == '-';
    format!("budget-{}", budget.key.chars().filter(plain).collect::<String>())
}

/// The lines as a file, as printed.
///
/// # Errors
/// 404 for an unknown budget or format.
pub async fn download(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id, format)): Path<(String, String, String)>,
) -> Answer<Response> {
    let head = find(&state, &id).await?;
    let budget = &head.budget;
    let locale = visitor.locale();
    let in_unit =
        |stage: Stage| format!("{}, {}", locale.name("budget-stage", stage.code()), budget.unit.code());
    let mut headers: Vec<String> =
        ["source-row-label", "budget-item-label", "budget-lines-code", "table-name"]
            .into_iter()
            .map(|key| locale.t(key).into_owned())
            .collect();
    headers.extend(Stage::ALL.map(in_unit));
    let row = |line: &akimat_budget::Line| {
        let mut row = vec![
            Cell::Number(line.row.to_string()),
            Cell::Text(line.item.code().to_owned()),
            Cell::Text(line.code.clone()),
            Cell::Text(figures::line_name(locale, line)),
        ];
        row.extend(Stage::ALL.map(|stage| match line.amounts.at(stage) {
            Some(money) => Cell::Number(money.to_decimal(budget.unit, 1)),
            None => Cell::Empty,
        }));
        row
    };
    let rows = budget.lines.iter().map(row).collect();
    Ok(akimat_web_kit::download::table(
        &file_name(budget),
        &format,
        &Table { title: budget.key.clone(), headers, rows },
    )?
    .into_response())
}
