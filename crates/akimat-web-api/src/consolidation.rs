//! A territory's budget with those below it, what passes between them taken out.

use crate::asked::Asked;
use crate::endpoint::{Body, Endpoint, Kind, Parameter, YEAR};
use crate::finding::{FindingItem, item as finding_item};
use crate::reply::{CURRENCY, Links, Reply, amount_opt, links, resource};
use akimat_budget::Stage;
use akimat_budget::consolidation::{Consolidation, UnitKey};
use akimat_core::KatoCode;
use akimat_web_kit::failure::Failure;
use akimat_web_kit::state::WebState;
use axum::extract::State;
use serde::Serialize;

fn stages() -> Vec<&'static str> {
    Stage::ALL.map(Stage::code).to_vec()
}

/// `/api/v1/consolidation/{code}`.
pub const SHOW: Endpoint = Endpoint {
    path: "/api/v1/consolidation/{code}",
    id: "getConsolidation",
    tag: "consolidation",
    summary: "The budgets of a territory added up, with the transfers and credits between them taken out, both \
              sides of each, and what does not agree",
    parameters: &[
        Parameter::new("code", Kind::Place, "KATO code of the territory.").required(),
        Parameter::new("year", YEAR, "Financial year; the newest one when none is given."),
        Parameter::new("stage", Kind::OneOf(stages, None), "State; the one that most units state otherwise."),
    ],
    body: Body::Resource("Consolidation", include_str!("example/consolidation.json")),
    problems: &[],
};

#[derive(Serialize)]
struct Unit {
    place: KatoCode,
    level: u8,
}

#[derive(Serialize)]
struct UnitSum {
    place: KatoCode,
    level: u8,
    record: String,
    complete: bool,
    revenue: Option<String>,
    expenditure: Option<String>,
    balance: Option<String>,
}

#[derive(Serialize)]
struct Line {
    item: &'static str,
    code: String,
    sum: Option<String>,
    eliminated: Option<String>,
    left: Option<String>,
    n_units: u32,
    n_silent: u32,
}

#[derive(Serialize)]
struct Pair {
    upper: Unit,
    rule: &'static str,
    direction: &'static str,
    given: Option<String>,
    received: Option<String>,
    n_missing: usize,
    n_silent: usize,
}

#[derive(Serialize)]
struct Whole {
    place: KatoCode,
    year: i16,
    stage: &'static str,
    currency: &'static str,
    invented: bool,
    whole: bool,
    units: Vec<UnitSum>,
    missing: Vec<Unit>,
    lines: Vec<Line>,
    pairs: Vec<Pair>,
    balance: Option<String>,
    balance_sum: Option<String>,
    findings: Vec<FindingItem>,
    links: Links,
}

const fn unit(key: &UnitKey) -> Unit {
    Unit { place: key.place, level: key.level }
}

fn whole(place: KatoCode, invented: bool, result: Consolidation) -> Whole {
    let whole = result.is_whole();
    let (year, stage) = (result.year, result.stage.code());
    let query = format!("year={year}&stage={stage}");
    Whole {
        place,
        year,
        stage,
        currency: CURRENCY,
        invented,
        whole,
        units: result
            .units
            .into_iter()
            .map(|sum| UnitSum {
                place: sum.unit.place,
                level: sum.unit.level,
                record: sum.record,
                complete: sum.complete,
                revenue: amount_opt(sum.revenue),
                expenditure: amount_opt(sum.expenditure),
                balance: amount_opt(sum.balance),
            })
            .collect(),
        missing: result.missing.iter().map(unit).collect(),
        lines: result
            .lines
            .into_iter()
            .map(|line| Line {
                item: line.item.code(),
                code: line.code,
                sum: amount_opt(line.sum),
                eliminated: amount_opt(line.eliminated),
                left: amount_opt(line.left),
                n_units: line.n_units,
                n_silent: line.n_silent,
            })
            .collect(),
        pairs: result
            .pairs
            .iter()
            .map(|pair| Pair {
                upper: unit(&pair.upper),
                rule: pair.rule.code(),
                direction: pair.direction.code(),
                given: amount_opt(pair.given.amount),
                received: amount_opt(pair.received.amount),
                n_missing: pair.missing.len(),
                n_silent: pair.given.silent.len() + pair.received.silent.len(),
            })
            .collect(),
        balance: amount_opt(result.balance),
        balance_sum: amount_opt(result.balance_sum),
        findings: result.findings.into_iter().map(finding_item).collect(),
        links: links(
            format!("/api/v1/consolidation/{place}?{query}"),
            &format!("/analysis/consolidation/{place}?{query}"),
        ),
    }
}

/// One consolidated budget.
///
/// # Errors
/// 404 when nothing of the territory is known.
pub async fn show(State(state): State<WebState>, asked: Asked) -> Reply {
    let place: KatoCode = asked.required("code")?;
    let stage = asked.text("stage").and_then(Stage::parse);
    let data = state.app.consolidated(place, asked.get("year"), stage).await?;
    let invented = data.records.iter().any(|record| record.budget.invented);
    let result = data.result.ok_or_else(Failure::not_found)?;
    resource(&asked.headers, &whole(place, invented, result))
}
