//! Budgets with lines, findings and indicators.

use crate::asked::Asked;
use crate::cursor::Key;
use crate::endpoint::{Body, CURSOR, Endpoint, ID, Kind, LIMIT, Parameter, YEAR};
use crate::finding::{self, FindingItem, InputItem};
use crate::reply::{CURRENCY, Links, Reply, amount_opt, links, list as list_of, resource, words};
use akimat_budget::indicator::{Unit, definition};
use akimat_budget::{Indicator, Layout, Line, Stage, check, indicators};
use akimat_core::{BudgetId, KatoCode, Text};
use akimat_storage::{BudgetFilter, BudgetHead};
use akimat_web_kit::failure::Failure;
use akimat_web_kit::state::WebState;
use axum::extract::State;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

/// The order of the list, for its cursors.
const ORDER: &str = "year";

/// `/api/v1/budgets`.
pub const LIST: Endpoint = Endpoint {
    path: "/api/v1/budgets",
    id: "listBudgets",
    tag: "budgets",
    summary: "Budgets without their lines, the newest year first",
    parameters: &[
        Parameter::new("place", Kind::Place, "Code of the territory whose budget it is."),
        Parameter::new("year", YEAR, "Financial year."),
        LIMIT,
        CURSOR,
    ],
    body: Body::Resource("BudgetList", include_str!("example/budgets.json")),
    problems: &[],
};

/// `/api/v1/budgets/{id}`.
pub const SHOW: Endpoint = Endpoint {
    path: "/api/v1/budgets/{id}",
    id: "getBudget",
    tag: "budgets",
    summary: "A budget with every line as printed, the contradictions in it and its indicators",
    parameters: &[ID],
    body: Body::Resource("Budget", include_str!("example/budget.json")),
    problems: &[],
};

/// A budget without its lines.
#[derive(Debug, Serialize)]
pub struct BudgetItem {
    id: BudgetId,
    key: String,
    place: Option<KatoCode>,
    level: u8,
    year: i16,
    layout: &'static str,
    printed_unit: &'static str,
    complete: bool,
    invented: bool,
    adopted_on: Option<Date>,
    currency: &'static str,
    figures: Figures,
    provenance: ProvenanceItem,
    links: BudgetLinks,
}

#[derive(Debug, Serialize)]
struct Figures {
    stage: Option<&'static str>,
    revenue: Option<String>,
    transfers: Option<String>,
    expenditure: Option<String>,
    n_errors: u32,
    n_warnings: u32,
}

#[derive(Debug, Serialize)]
struct ProvenanceItem {
    file_name: String,
    sha256: String,
    source_url: String,
    note: String,
    imported_at: Timestamp,
}

#[derive(Debug, Serialize)]
struct BudgetLinks {
    #[serde(flatten)]
    links: Links,
    findings: String,
    place: Option<String>,
}

/// A whole budget.
#[derive(Debug, Serialize)]
pub struct BudgetBody {
    #[serde(flatten)]
    head: BudgetItem,
    stages: Vec<&'static str>,
    lines: Vec<LineItem>,
    findings: Vec<FindingItem>,
    indicators: Vec<IndicatorItem>,
}

#[derive(Debug, Serialize)]
struct LineItem {
    row: u32,
    item: &'static str,
    section: &'static str,
    code: String,
    name: Text,
    approved: Option<String>,
    amended: Option<String>,
    executed: Option<String>,
}

/// An indicator for the API.
#[derive(Debug, Serialize)]
pub struct IndicatorItem {
    id: String,
    code: &'static str,
    name: Text,
    stage: &'static str,
    item: Option<&'static str>,
    line_code: String,
    value: Option<String>,
    unit: &'static str,
    formula: &'static str,
    source: &'static str,
    inputs: Vec<InputItem>,
}

impl From<BudgetHead> for BudgetItem {
    fn from(head: BudgetHead) -> Self {
        let BudgetHead { budget, figures } = head;
        let (id, place, from) = (budget.id, budget.place, budget.provenance);
        let own = format!("/api/v1/budgets/{id}");
        Self {
            id,
            key: budget.key,
            place,
            level: budget.level,
            year: budget.year,
            layout: match Layout::for_year(budget.year) {
                Layout::Code2008 => "code2008",
                Layout::Code2025 => "code2025",
            },
            printed_unit: budget.unit.code(),
            complete: budget.complete,
            invented: budget.invented,
            adopted_on: budget.adopted_on,
            currency: CURRENCY,
            figures: Figures {
                stage: figures.stage.map(Stage::code),
                revenue: amount_opt(figures.revenue),
                transfers: amount_opt(figures.transfers),
                expenditure: amount_opt(figures.expenditure),
                n_errors: figures.n_errors,
                n_warnings: figures.n_warnings,
            },
            provenance: ProvenanceItem {
                file_name: from.file_name,
                sha256: from.sha256,
                source_url: from.source_url,
                note: from.note,
                imported_at: from.imported_at,
            },
            links: BudgetLinks {
                findings: format!("{own}/findings"),
                place: place.map(|code| format!("/api/v1/places/{code}")),
                links: links(own, &format!("/budgets/{id}")),
            },
        }
    }
}

impl From<Line> for LineItem {
    fn from(line: Line) -> Self {
        Self {
            row: line.row,
            item: line.item.code(),
            section: line.item.section().code(),
            code: line.code,
            name: line.name,
            approved: amount_opt(line.amounts.approved),
            amended: amount_opt(line.amounts.amended),
            executed: amount_opt(line.amounts.executed),
        }
    }
}

impl From<Indicator> for IndicatorItem {
    fn from(indicator: Indicator) -> Self {
        let defined = definition(indicator.code);
        Self {
            id: indicator.id(),
            code: indicator.code,
            name: words(&indicator.key()),
            stage: indicator.stage.code(),
            item: indicator.item.map(akimat_budget::Item::code),
            value: indicator.decimal(),
            line_code: indicator.line_code,
            unit: match indicator.unit {
                Unit::Percent => "percent",
                Unit::Ratio => "ratio",
                Unit::TengePerPerson => "tenge_per_person",
                Unit::Tenge => "tenge",
            },
            formula: defined.map_or("", |defined| defined.formula),
            source: defined.map_or("", |defined| defined.source),
            inputs: indicator.inputs.into_iter().map(InputItem::from).collect(),
        }
    }
}

/// An indicator as the API gives it.
pub fn indicator_item(indicator: Indicator) -> IndicatorItem {
    indicator.into()
}

/// A whole budget, checked anew.
pub fn body(mut head: BudgetHead) -> BudgetBody {
    let stages = head.budget.stages();
    let findings = check(&head.budget).into_iter().map(finding::item).collect();
    let found = stages.iter().flat_map(|stage| indicators(&head.budget, *stage, None));
    let indicators = found.map(IndicatorItem::from).collect();
    let lines = std::mem::take(&mut head.budget.lines);
    BudgetBody {
        head: head.into(),
        stages: stages.into_iter().map(Stage::code).collect(),
        lines: lines.into_iter().map(LineItem::from).collect(),
        findings,
        indicators,
    }
}

/// The list.
///
/// # Errors
/// When the database fails or the cursor is not of this list.
pub async fn list(State(state): State<WebState>, asked: Asked) -> Reply {
    let filter = BudgetFilter { place: asked.place("place"), year: asked.get("year") };
    let page = state.app.read().list_budgets(&filter, &asked.page(ORDER, Key::Year)?).await?;
    let items: Vec<BudgetItem> = page.items.into_iter().map(BudgetItem::from).collect();
    resource(&asked.headers, &list_of(&asked, items, ORDER, page.next.as_ref()))
}

/// One budget.
///
/// # Errors
/// 404 when there is none.
pub async fn show(State(state): State<WebState>, asked: Asked) -> Reply {
    let head = state.app.read().find_budget(asked.required("id")?).await?.ok_or_else(Failure::not_found)?;
    resource(&asked.headers, &body(head))
}
