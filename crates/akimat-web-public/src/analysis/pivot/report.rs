//! `/analysis/facts/{kato}/{year}/{month}`: one report whole, with the file and the rows it was read from.

use akimat_budget::classification::functional_group_name;
use akimat_budget::{Item, Stage};
use akimat_core::{KatoCode, MoneyUnit};
use akimat_i18n::Locale;
use akimat_storage::fact::{FactLine, FactReport, LineKey};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::frame;
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "public/analysis/facts.html")]
struct FactsPage {
    page: Page,
    place: frame::PlaceLink,
    as_of: String,
    level: String,
    file_name: String,
    sha256: String,
    budget: String,
    rows: Vec<[String; 6]>,
    others: Vec<(String, String)>,
}

/// The report of a unit as of a month, or the latest one of the year.
///
/// # Errors
/// 404 when there is no such report.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code, year, month)): Path<(String, String, String, String)>,
) -> Answer {
    let locale = visitor.locale();
    let (code, year): (KatoCode, i16) = (frame::id(&code)?, frame::id(&year)?);
    let months = of_year(&state, code, year).await?;
    let wanted = match month.as_str() {
        "latest" => months.last().copied(),
        text => text.parse().ok(),
    };
    let month = wanted.ok_or_else(Failure::not_found)?;
    let read = state.app.read();
    let report = read.find_fact_report(code, year, month).await?.ok_or_else(Failure::not_found)?;
    let place = read.find_place(code, state.app.today()).await?;
    let name = place.map_or_else(|| code.to_string(), |place| place.name.get(visitor.lang).to_owned());
    let names: BTreeMap<LineKey, String> = read
        .list_fact_lines()
        .await?
        .into_iter()
        .map(|line| (line.key, line.name.get(visitor.lang).to_owned()))
        .collect();
    let as_of = period(locale, year, month);
    let title =
        locale.f("facts-title", &[("place", name.as_str().into()), ("period", as_of.as_str().into())]);
    frame::render(&FactsPage {
        page: frame::page(&visitor, title, Some(MenuItem::Analysis)).invented(report.source.invented),
        place: frame::PlaceLink { name, path: frame::place_path(code) },
        level: locale.t(&format!("pivot-level-{}", report.level)).into_owned(),
        budget: report.source.budget.map_or_else(String::new, |id| format!("/budgets/{id}")),
        rows: report.lines.iter().map(|line| row(locale, line, &names)).collect(),
        others: months
            .iter()
            .filter(|other| **other != month)
            .map(|other| (format!("/analysis/facts/{code}/{year}/{other}"), period(locale, year, *other)))
            .collect(),
        as_of,
        file_name: report.source.file_name,
        sha256: report.source.sha256,
    })
}

/// The months that the unit has reports of.
async fn of_year(state: &WebState, code: KatoCode, year: i16) -> Answer<Vec<u8>> {
    let before = (code, year.checked_sub(1).ok_or_else(Failure::not_found)?, u8::MAX);
    let reports: Vec<FactReport> = state.app.read().list_fact_reports(Some(before), 13).await?;
    let of_year = reports.into_iter().filter(|report| report.place == code && report.year == year);
    Ok(of_year.map(|report| report.month).collect())
}

fn period(locale: &Locale, year: i16, month: u8) -> String {
    if month == 0 {
        return locale.f("facts-plan-of", &[("year", year.into())]);
    }
    akimat_core::Period::new(year, month, akimat_core::Frequency::Monthly)
        .map_or_else(|| year.to_string(), |period| locale.period(period))
}

/// Row of the file, name, code, and the three states.
fn row(locale: &Locale, line: &FactLine, names: &BTreeMap<LineKey, String>) -> [String; 6] {
    let amount = |stage: Stage| {
        line.amounts
            .at(stage)
            .map_or_else(String::new, |money| locale.amount(money, MoneyUnit::ThousandTenge, 1))
    };
    let printed = names.get(&line.key).filter(|name| !name.is_empty()).cloned();
    let of_group = || {
        let name =
            functional_group_name(&line.key.code).filter(|_| line.key.item == Item::FunctionalGroup)?;
        Some(name.text().get(locale.lang()).to_owned())
    };
    let of_item = || locale.name("budget-item", line.key.item.code()).into_owned();
    let name = printed.or_else(of_group).unwrap_or_else(of_item);
    [
        line.row.to_string(),
        name,
        line.key.code.clone(),
        amount(Stage::Approved),
        amount(Stage::Amended),
        amount(Stage::Executed),
    ]
}
