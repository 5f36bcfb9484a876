//! Scenarios as files: every unit in CSV and XLSX, everything in JSON.

use super::{Ran, address, run_address};
use akimat_core::{Money, MoneyUnit};
use akimat_interop::table_export::{Cell, Table};
use akimat_scenario::{Case, Outcome, UnitOutcome};
use akimat_web_kit::download;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::scenario::document;
use akimat_web_kit::visitor::Visitor;
use axum::extract::{Path, RawQuery, State};

/// Links to the files: address, name, remark.
pub fn links(visitor: &Visitor, query: &str) -> Vec<(String, String, String)> {
    let mut links = download::links(visitor, "/scenarios/export", query);
    let json = visitor.to(&format!("/scenarios/export/json?{query}"));
    links.push((json, visitor.locale().t("action-download-json").into_owned(), String::new()));
    links
}

/// A file.
///
/// # Errors
/// 404 for another format, or when the scenario has no result.
pub async fn export(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, format)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let pairs = address::state(&query.unwrap_or_default());
    let ran = run_address(&state, &visitor, &pairs).await?.ok_or_else(Failure::not_found)?;
    if ran.outcomes.is_none() {
        return Err(Failure::not_found());
    }
    if format == "json" {
        let outcomes = ran.outcomes.as_ref().map_or(&[][..], |outcomes| &outcomes[..]);
        let whole = document(&ran.chosen.base, &ran.scenario, (&ran.faults, outcomes));
        let text = serde_json::to_string_pretty(&whole).map_err(Failure::internal)?;
        return Ok(download::file("scenario.json", "application/json", text));
    }
    download::table("scenario", &format, &table(&visitor, &ran))
}

/// One row for each unit.
fn table(visitor: &Visitor, ran: &Ran) -> Table {
    let locale = visitor.locale();
    let word = |key: &str| locale.t(key).into_owned();
    let amount = |money: Money| Cell::Number(money.to_decimal(MoneyUnit::ThousandTenge, 1));
    let bp = |bp: Option<i64>| bp.map_or(Cell::Empty, |bp| Cell::Number(address::plain_percent(bp)));
    let outcomes: Vec<&Outcome> = ran.outcomes.iter().flatten().collect();
    let mut headers = vec![word("scenario-code"), word("scenario-unit"), word("scenario-population")];
    for key in ["scenario-own", "scenario-transfers", "scenario-expenditure"] {
        headers.push(format!("{}: {}", word(key), word("scenario-before")));
        headers.push(format!("{}: {}", word(key), word("scenario-after")));
    }
    headers.extend(
        Case::ALL.map(|case| {
            format!("{}: {}", word("scenario-change"), locale.name("scenario-case", case.code()))
        }),
    );
    headers.extend([word("scenario-kept"), word("scenario-participatory"), word("scenario-debt-service")]);
    let row = |unit: &UnitOutcome| {
        let change = |outcome: &&Outcome| {
            let found = outcome.units.iter().find(|other| other.code == unit.code);
            found.map_or(Cell::Empty, |unit| amount(unit.change))
        };
        let mut cells = vec![
            Cell::Text(unit.code.to_string()),
            Cell::Text(ran.chosen.name(unit.code)),
            unit.population.map_or(Cell::Empty, |heads| Cell::Number(heads.to_string())),
            amount(unit.before.own),
            amount(unit.after.own),
            amount(unit.before.transfers),
            amount(unit.after.transfers),
            amount(unit.before.expenditure),
            amount(unit.after.expenditure),
        ];
        cells.extend(outcomes.iter().map(change));
        cells.extend([
            bp(unit.marginal),
            unit.participatory.map_or(Cell::Empty, amount),
            bp(unit.debt_service),
        ]);
        cells
    };
    let rows = outcomes.get(1).map_or_else(Vec::new, |central| central.units.iter().map(row).collect());
    Table { title: word("scenarios-title"), headers, rows }
}
