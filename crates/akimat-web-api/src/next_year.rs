//! The budget of a coming year: lines that add up to their totals, with ranges and the plan beside.

use crate::asked::Asked;
use crate::endpoint::{Body, Endpoint, Kind, Parameter, YEAR};
use crate::reply::{CURRENCY, Links, Reply, amount, links, resource};
use akimat_app::forecast::next_year::{Basis, Ended, NextYear, YearLine};
use akimat_core::KatoCode;
use akimat_web_kit::failure::Failure;
use akimat_web_kit::state::WebState;
use axum::extract::State;
use serde::Serialize;

/// `/api/v1/forecasts/next-year`.
pub const SHOW: Endpoint = Endpoint {
    path: "/api/v1/forecasts/next-year",
    id: "getNextYear",
    tag: "forecasts",
    summary: "Revenue and expenditure by functional group of a coming year as the past continues them, with 80 % \
              ranges and the newest plan; the lines of a total add up to it exactly",
    parameters: &[
        Parameter::new("place", Kind::Place, "Code of the territory.").required(),
        Parameter::new(
            "year",
            YEAR,
            "One of the three years after the last observed one; another is as if none were given.",
        ),
    ],
    body: Body::Resource("NextYear", include_str!("example/next_year.json")),
    problems: &[404],
};

#[derive(Serialize)]
struct NextYearBody {
    place: KatoCode,
    year: i16,
    last_year: i16,
    stage: &'static str,
    currency: &'static str,
    invented: bool,
    level: u8,
    reconciled: [&'static str; 2],
    revenue: Vec<LineItem>,
    expenditure: Vec<LineItem>,
    ended: Vec<EndedItem>,
    links: Links,
}

#[derive(Serialize)]
struct LineItem {
    item: &'static str,
    code: String,
    depth: u8,
    last: Option<String>,
    plan: Option<PlanItem>,
    point: String,
    low: Option<String>,
    high: Option<String>,
    basis: &'static str,
}

#[derive(Serialize)]
struct PlanItem {
    year: i16,
    stage: &'static str,
    amount: String,
}

#[derive(Serialize)]
struct EndedItem {
    item: &'static str,
    code: String,
    last_year: i16,
}

fn line(found: &NextYear, line: &YearLine) -> LineItem {
    let last = line.observed.iter().find(|own| own.period.year() == found.last);
    LineItem {
        item: line.item.map_or("own_revenue", akimat_budget::Item::code),
        code: line.code.clone(),
        depth: line.depth,
        last: last.map(|own| amount(own.amount)),
        plan: line.plan.map(|plan| PlanItem {
            year: plan.year,
            stage: plan.stage.code(),
            amount: amount(plan.amount),
        }),
        point: amount(line.point),
        low: line.range.map(|range| amount(range.0)),
        high: line.range.map(|range| amount(range.1)),
        basis: match line.basis {
            Basis::Forecast => "forecast",
            Basis::Sum => "sum",
            Basis::Repeated(_) => "repeated",
        },
    }
}

/// The coming year.
///
/// # Errors
/// 404 when there is no such territory or no budget with totals.
pub async fn show(State(state): State<WebState>, asked: Asked) -> Reply {
    let place: KatoCode = asked.required("place")?;
    state.app.read().find_place(place, state.app.today()).await?.ok_or_else(Failure::not_found)?;
    let found = state.app.forecast_year(place, asked.get("year")).await?.ok_or_else(Failure::not_found)?;
    let ended =
        |own: &Ended| EndedItem { item: own.item.code(), code: own.code.clone(), last_year: own.last };
    let query = format!("place={place}&year={}", found.year);
    let body = NextYearBody {
        place,
        year: found.year,
        last_year: found.last,
        stage: found.stage.code(),
        currency: CURRENCY,
        invented: found.invented,
        level: akimat_app::forecast::next_year::LEVEL,
        reconciled: found.methods.map(akimat_forecast::reconcile::Method::code),
        revenue: found.revenue.iter().map(|own| line(&found, own)).collect(),
        expenditure: found.expenditure.iter().map(|own| line(&found, own)).collect(),
        ended: found.ended.iter().map(ended).collect(),
        links: links(
            format!("/api/v1/forecasts/next-year?{query}"),
            &format!("/places/{place}/forecast/next-year?year={}", found.year),
        ),
    };
    resource(&asked.headers, &body)
}
