//! The cube of budget facts: totals of years, months, and the reports that they come from.

use crate::asked::{Asked, Reason};
use crate::endpoint::{Body, Endpoint, Kind, Parameter, YEAR};
use crate::problem::Refusal;
use crate::reply::{CURRENCY, Reply, amount_opt, resource};
use akimat_budget::{Amounts, Item};
use akimat_core::{BudgetId, KatoCode};
use akimat_storage::{FactNode, FactQuery, FactScope, FactTotal, LineKey, StageCounts};
use akimat_web_kit::failure::Failure;
use akimat_web_kit::state::WebState;
use axum::extract::State;
use serde::Serialize;
use std::ops::RangeInclusive;

const LEVEL: Kind = Kind::Whole { min: 1, max: 5, default: None };
const CODE: Parameter = Parameter::new("code", Kind::LineCode, "Classification code, for detail items.");
const FROM: Parameter = Parameter::new("from", YEAR, "First year.");
const TO: Parameter = Parameter::new("to", YEAR, "Last year.");

/// `/api/v1/facts`.
pub const TOTALS: Endpoint = Endpoint {
    path: "/api/v1/facts",
    id: "listFactTotals",
    tag: "facts",
    summary: "Totals of years: what the latest report of each unit and year states, of one unit, of the units \
              of a level below a territory one by one, or their sums. Levels are never added to each other",
    parameters: &[
        Parameter::new(
            "scope",
            Kind::OneOf(scopes, Some("unit")),
            "Whose totals: `unit` is the territory's own budget; \
             `sum` adds the units of `level` below it; `units` lists those; `sums` gives such a sum for each \
             territory directly under it.",
        ),
        Parameter::new("place", Kind::Place, "The territory; without it, the country."),
        Parameter::new("level", LEVEL, "Level of the units; needed for all but `unit`."),
        Parameter::new(
            "item",
            Kind::OneOf(items, None),
            "What the line states; needed for `units`; else every line without it.",
        ),
        CODE,
        FROM,
        TO,
    ],
    body: Body::Resource("FactTotals", include_str!("example/facts.json")),
    problems: &[],
};

/// `/api/v1/facts/months`.
pub const MONTHS: Endpoint = Endpoint {
    path: "/api/v1/facts/months",
    id: "listFactMonths",
    tag: "facts",
    summary: "One line month by month, cumulative since January as execution reports are; month 0 is the plan alone",
    parameters: &[
        Parameter::new(
            "scope",
            Kind::OneOf(nodes, Some("unit")),
            "`unit`, or `sum` of the units of `level` below the territory.",
        ),
        Parameter::new("place", Kind::Place, "The territory; without it, the country."),
        Parameter::new("level", LEVEL, "Level of the units; needed for `sum`."),
        Parameter::new("item", Kind::OneOf(items, None), "What the line states.").required(),
        CODE,
        FROM,
        TO,
    ],
    body: Body::Resource("FactMonths", include_str!("example/fact_months.json")),
    problems: &[],
};

/// `/api/v1/facts/report`.
pub const REPORT: Endpoint = Endpoint {
    path: "/api/v1/facts/report",
    id: "getFactReport",
    tag: "facts",
    summary: "What one unit states as of the end of one month, every line with its row in the imported file",
    parameters: &[
        Parameter::new("place", Kind::Place, "The unit.").required(),
        Parameter::new("year", YEAR, "Financial year.").required(),
        Parameter::new(
            "month",
            Kind::Whole { min: 0, max: 12, default: None },
            "Month; 0 is the plan alone.",
        )
        .required(),
    ],
    body: Body::Resource("FactReport", include_str!("example/fact_report.json")),
    problems: &[404],
};

fn scopes() -> Vec<&'static str> {
    vec!["unit", "sum", "units", "sums"]
}

fn nodes() -> Vec<&'static str> {
    vec!["unit", "sum"]
}

fn items() -> Vec<&'static str> {
    Item::ALL.map(Item::code).to_vec()
}

#[derive(Debug, Serialize)]
struct AmountsItem {
    approved: Option<String>,
    amended: Option<String>,
    executed: Option<String>,
}

impl From<&Amounts> for AmountsItem {
    fn from(amounts: &Amounts) -> Self {
        Self {
            approved: amount_opt(amounts.approved),
            amended: amount_opt(amounts.amended),
            executed: amount_opt(amounts.executed),
        }
    }
}

#[derive(Debug, Serialize)]
struct CountsItem {
    approved: u32,
    amended: u32,
    executed: u32,
}

impl From<StageCounts> for CountsItem {
    fn from(counts: StageCounts) -> Self {
        let StageCounts { approved, amended, executed } = counts;
        Self { approved, amended, executed }
    }
}

#[derive(Debug, Serialize)]
struct Totals {
    currency: &'static str,
    invented: bool,
    generation: i64,
    items: Vec<TotalItem>,
}

#[derive(Debug, Serialize)]
struct TotalItem {
    /// The unit, or the territory of the sum; null is the country.
    place: Option<KatoCode>,
    /// Level of the units that are added; null for one unit.
    sum_of_level: Option<u8>,
    year: i16,
    item: &'static str,
    code: String,
    #[serde(flatten)]
    amounts: AmountsItem,
    n_units: CountsItem,
    month_min: u8,
    month_max: u8,
}

impl From<FactTotal> for TotalItem {
    fn from(total: FactTotal) -> Self {
        let (place, sum_of_level) = match total.node {
            FactNode::Unit(place) => (Some(place), None),
            FactNode::Sum { under, level } => (under, Some(level)),
        };
        Self {
            place,
            sum_of_level,
            year: total.year,
            item: total.key.item.code(),
            code: total.key.code,
            amounts: AmountsItem::from(&total.amounts),
            n_units: total.n_units.into(),
            month_min: total.month_min,
            month_max: total.month_max,
        }
    }
}

#[derive(Debug, Serialize)]
struct Months {
    currency: &'static str,
    invented: bool,
    generation: i64,
    items: Vec<MonthItem>,
}

#[derive(Debug, Serialize)]
struct MonthItem {
    year: i16,
    month: u8,
    #[serde(flatten)]
    amounts: AmountsItem,
    n_units: CountsItem,
}

#[derive(Debug, Serialize)]
struct Report {
    currency: &'static str,
    invented: bool,
    place: KatoCode,
    level: u8,
    year: i16,
    month: u8,
    file_name: String,
    sha256: String,
    budget: Option<BudgetId>,
    lines: Vec<LineItem>,
}

#[derive(Debug, Serialize)]
struct LineItem {
    row: u32,
    item: &'static str,
    code: String,
    #[serde(flatten)]
    amounts: AmountsItem,
}

/// The line that is asked for.
fn line(asked: &Asked) -> Result<Option<LineKey>, Refusal> {
    let Some(item) = asked.text("item").and_then(Item::parse) else { return Ok(None) };
    match (item.is_detail(), asked.text("code")) {
        (true, None) => Err(asked.refuse("code", Reason::Missing)),
        (true, Some(code)) => Ok(Some(LineKey { item, code: code.to_owned() })),
        (false, _) => Ok(Some(LineKey { item, code: String::new() })),
    }
}

fn years(asked: &Asked) -> RangeInclusive<i16> {
    asked.get("from").unwrap_or(i16::MIN)..=asked.get("to").unwrap_or(i16::MAX)
}

fn level(asked: &Asked) -> Result<u8, Refusal> {
    asked.get("level").ok_or_else(|| asked.refuse("level", Reason::Missing))
}

/// The node of `unit` and `sum`.
fn node(asked: &Asked) -> Result<FactNode, Refusal> {
    let place = asked.place("place");
    if asked.text("scope") == Some("sum") {
        return Ok(FactNode::Sum { under: place, level: level(asked)? });
    }
    place.map(FactNode::Unit).ok_or_else(|| asked.refuse("place", Reason::Missing))
}

/// Codes from 99 are those of the demonstration; a sum over the country holds them when there are any.
async fn invented(state: &WebState, under: Option<KatoCode>) -> Result<bool, Refusal> {
    const INVENTED: u32 = 990_000_000;
    let Some(invented) = KatoCode::from_number(INVENTED) else { return Ok(false) };
    match under {
        Some(place) => Ok(invented.covers(place)),
        None => Ok(!state.app.read().list_fact_units(Some(invented), None).await?.is_empty()),
    }
}

/// Totals of years.
///
/// # Errors
/// 400 when a parameter is missing.
pub async fn totals(State(state): State<WebState>, asked: Asked) -> Reply {
    let line = line(&asked)?;
    let place = asked.place("place");
    let scope = match asked.text("scope") {
        Some("units") if line.is_none() => return Err(asked.refuse("item", Reason::Missing)),
        Some("units") => FactScope::Units { under: place, level: level(&asked)? },
        Some("sums") => FactScope::Sums { parent: place, level: level(&asked)? },
        _ => FactScope::Node(node(&asked)?),
    };
    let query = FactQuery { scope, lines: line.into_iter().collect(), years: years(&asked) };
    let read = state.app.read();
    let generation = read.fact_extent().await?.generation;
    let items = read.fact_totals(&query).await?.into_iter().map(TotalItem::from).collect();
    let invented = invented(&state, place).await?;
    resource(&asked.headers, &Totals { currency: CURRENCY, invented, generation, items })
}

/// The months of a line.
///
/// # Errors
/// 400 when a parameter is missing.
pub async fn months(State(state): State<WebState>, asked: Asked) -> Reply {
    let line = line(&asked)?.ok_or_else(|| asked.refuse("item", Reason::Missing))?;
    let node = node(&asked)?;
    let read = state.app.read();
    let generation = read.fact_extent().await?.generation;
    let months = read.fact_months(node, &line, years(&asked)).await?;
    let item = |month: akimat_storage::FactMonth| MonthItem {
        year: month.year,
        month: month.month,
        amounts: AmountsItem::from(&month.amounts),
        n_units: month.n_units.into(),
    };
    let items = months.into_iter().map(item).collect();
    let invented = invented(&state, asked.place("place")).await?;
    resource(&asked.headers, &Months { currency: CURRENCY, invented, generation, items })
}

/// A report with its file and rows.
///
/// # Errors
/// 404 when there is none.
pub async fn report(State(state): State<WebState>, asked: Asked) -> Reply {
    let (place, year, month) = (asked.required("place")?, asked.required("year")?, asked.required("month")?);
    let found = state.app.read().find_fact_report(place, year, month).await?;
    let report = found.ok_or_else(Failure::not_found)?;
    let line = |line: akimat_storage::FactLine| LineItem {
        row: line.row,
        item: line.key.item.code(),
        code: line.key.code,
        amounts: AmountsItem::from(&line.amounts),
    };
    let body = Report {
        currency: CURRENCY,
        invented: report.source.invented,
        place: report.place,
        level: report.level,
        year: report.year,
        month: report.month,
        file_name: report.source.file_name,
        sha256: report.source.sha256,
        budget: report.source.budget,
        lines: report.lines.into_iter().map(line).collect(),
    };
    resource(&asked.headers, &body)
}
