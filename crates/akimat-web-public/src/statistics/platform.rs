//! Tables out of the platform's own stock: lines and indicators of budgets, the register of projects.

use akimat_budget::{Budget, Indicator, Stage, indicators};
use akimat_core::{KatoCode, Money, MoneyUnit};
use akimat_i18n::Locale;
use akimat_statistics::Table;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::project::place_names;
use akimat_web_kit::visitor::Visitor;
use std::collections::BTreeMap;

/// Names in the address.
pub(super) const IDS: [&str; 3] = ["budgets", "indicators", "projects"];
/// Budgets that are looked at: the newest one of as many territories.
const BUDGETS_MAX: usize = 60;
/// Rows of a table.
const ROWS_MAX: usize = 5_000;
/// Projects of the register, by number.
const PROJECTS_MAX: u16 = 2_000;

/// Title of a table of the platform.
pub(super) fn title(locale: &Locale, id: &str) -> String {
    let key = match id {
        "budgets" => "statistics-platform-budgets",
        "indicators" => "statistics-platform-indicators",
        _ => "statistics-platform-projects",
    };
    locale.t(key).into_owned()
}

/// The table; nothing when the platform has no row for it. True beside it when a row is invented.
pub(super) async fn table(state: &WebState, visitor: &Visitor, id: &str) -> Answer<Option<(Table, bool)>> {
    let (head, rows, invented) = match id {
        "projects" => projects(state, visitor).await?,
        _ => budgets(state, visitor, id == "indicators").await?,
    };
    if rows.is_empty() {
        return Ok(None);
    }
    let cells = |at: usize| rows.iter().map(|row| row.get(at).cloned().unwrap_or_default()).collect();
    let columns = head.iter().enumerate().map(|(at, name)| ((*name).to_owned(), cells(at))).collect();
    let numbers = (2..).take(rows.len()).collect();
    Ok(Table::new(numbers, columns).ok().map(|table| (table, invented)))
}

type Rows = (Vec<&'static str>, Vec<Vec<String>>, bool);

fn thousand(money: Option<Money>) -> String {
    money.map_or_else(String::new, |money| money.to_decimal(MoneyUnit::ThousandTenge, 1))
}

async fn budgets(state: &WebState, visitor: &Visitor, as_indicators: bool) -> Answer<Rows> {
    let read = state.app.read();
    let heads = read.list_latest_budgets().await?;
    let places: Vec<KatoCode> = heads.iter().filter_map(|head| head.budget.place).collect();
    let names = place_names(state, visitor.locale(), places).await?;
    let (mut rows, mut invented) = (Vec::new(), false);
    for head in heads.iter().take(BUDGETS_MAX) {
        let Some(budget) = read.find_budget(head.budget.id).await?.map(|head| head.budget) else { continue };
        let name = budget.place.and_then(|place| names.get(&place).cloned()).unwrap_or_default();
        let front = [name, budget.level.to_string(), budget.year.to_string()];
        invented |= budget.invented;
        if as_indicators {
            rows.push(front.into_iter().chain(indicator_cells(&budget)).collect());
        } else {
            rows.extend(line_cells(&budget).map(|line| front.iter().cloned().chain(line).collect()));
        }
    }
    rows.truncate(ROWS_MAX);
    let mut columns = vec!["place", "level", "year"];
    if as_indicators {
        columns.extend(INDICATORS);
    } else {
        columns.extend([
            "item",
            "code",
            "approved_thousand_kzt",
            "amended_thousand_kzt",
            "executed_thousand_kzt",
        ]);
    }
    Ok((columns, rows, invented))
}

fn line_cells(budget: &Budget) -> impl Iterator<Item = Vec<String>> {
    budget.lines.iter().map(|line| {
        let amounts = [line.amounts.approved, line.amounts.amended, line.amounts.executed].map(thousand);
        [line.item.code().to_owned(), line.code.clone()].into_iter().chain(amounts).collect()
    })
}

/// Indicators of a budget as a whole, in per cent or as its definition says.
const INDICATORS: [&str; 7] = [
    "own_source_share",
    "transfer_dependence",
    "self_sufficiency",
    "tax_share",
    "balance_ratio",
    "vertical_gap",
    "social_share",
];

fn indicator_cells(budget: &Budget) -> Vec<String> {
    let stage = budget.stages().first().copied().unwrap_or(Stage::Approved);
    let found: BTreeMap<&str, String> = indicators(budget, stage, None)
        .iter()
        .filter(|found| found.item.is_none())
        .filter_map(|found: &Indicator| Some((found.code, found.decimal()?)))
        .collect();
    INDICATORS.iter().map(|code| found.get(code).cloned().unwrap_or_default()).collect()
}

async fn projects(state: &WebState, visitor: &Visitor) -> Answer<Rows> {
    let projects = state.app.read().list_whole_projects(&Default::default(), PROJECTS_MAX).await?;
    let places: Vec<KatoCode> = projects.iter().map(|project| project.place).collect();
    let names = place_names(state, visitor.locale(), places).await?;
    let sum = |amounts: Vec<Money>| match amounts.is_empty() {
        true => None,
        false => amounts.into_iter().try_fold(Money::ZERO, Money::checked_add),
    };
    let row = |project: &akimat_project::Project| {
        let planned = sum(project.money.iter().filter_map(|line| line.planned).collect());
        let paid = sum(project.money.iter().filter_map(|line| line.paid).collect());
        vec![
            project.number.clone(),
            names.get(&project.place).cloned().unwrap_or_default(),
            project.sector.code().to_owned(),
            project.kind.code().to_owned(),
            project.modality.code().to_owned(),
            project.level.code().to_owned(),
            project.status.code().to_owned(),
            project.progress_pct.to_string(),
            thousand(planned),
            thousand(paid),
        ]
    };
    let columns = vec![
        "number",
        "place",
        "sector",
        "kind",
        "modality",
        "level",
        "status",
        "progress_pct",
        "planned_thousand_kzt",
        "paid_thousand_kzt",
    ];
    Ok((columns, projects.iter().map(row).collect(), projects.iter().any(|project| project.invented)))
}
