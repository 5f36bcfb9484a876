//! How the fiscal year of a budget will end, line by line.

use crate::asked::Asked;
use crate::endpoint::{Body, Endpoint, Kind, Parameter, YEAR};
use crate::reply::{CURRENCY, Links, Reply, amount, amount_opt, links, resource};
use akimat_app::forecast::to_money;
use akimat_app::forecast_year::{FiscalLineYear, FiscalPicture, NoFiscalYear, Past, Simple};
use akimat_core::KatoCode;
use akimat_forecast::fiscal::{FiscalRefusal, MonthAhead, Origin};
use akimat_web_kit::failure::Failure;
use akimat_web_kit::state::WebState;
use axum::extract::State;
use serde::Serialize;

/// `/api/v1/forecasts/year`.
pub const SHOW: Endpoint = Endpoint {
    path: "/api/v1/forecasts/year",
    id: "getFiscalYear",
    tag: "forecasts",
    summary: "How the fiscal year of a budget will end: plan, execution to date, expected total with 80 % and 95 % \
              ranges and the path to December for the main lines, which add up to the tiyn, beside the best simple \
              rule; `refusal` says why where there is none",
    parameters: &[
        Parameter::new("place", Kind::Place, "Code of the territory.").required(),
        Parameter::new("year", YEAR, "With `month`: as if nothing later than this month were known."),
        Parameter::new(
            "month",
            Kind::Whole { min: 1, max: 11, default: None },
            "Last month known; without it the newest one reported.",
        ),
    ],
    body: Body::Resource("FiscalYear", include_str!("example/fiscal_year.json")),
    problems: &[404],
};

/// Codes of [`NoFiscalYear`].
pub(super) const REFUSALS: [&str; 4] = ["no_reports", "no_former_year", "no_lines", "overflow"];

#[derive(Serialize)]
struct YearBody {
    place: KatoCode,
    year: Option<i16>,
    month: Option<u8>,
    currency: &'static str,
    invented: bool,
    n_budgets: usize,
    refusal: Option<&'static str>,
    lines: Vec<LineItem>,
    links: Links,
}

#[derive(Serialize)]
struct LineItem {
    line: String,
    depth: u8,
    plan: Option<String>,
    executed: Option<String>,
    total: String,
    ranges: Vec<RangeItem>,
    under_execution: Option<f64>,
    fact: Option<String>,
    reconciliation: &'static str,
    months: Vec<MonthItem>,
    simple: Option<SimpleItem>,
    past: Vec<PastItem>,
}

#[derive(Serialize)]
struct RangeItem {
    level: u8,
    low: Option<String>,
    high: Option<String>,
}

#[derive(Serialize)]
struct MonthItem {
    month: u8,
    cumulative: Option<String>,
    ranges: Vec<RangeItem>,
}

#[derive(Serialize)]
struct SimpleItem {
    rule: &'static str,
    total: String,
    error: String,
    own_error: String,
}

#[derive(Serialize)]
struct PastItem {
    year: i16,
    fact: String,
    total: String,
}

fn line(own: &FiscalLineYear) -> LineItem {
    let tenge = |value: f64| amount_opt(to_money(value));
    let month = |ahead: &MonthAhead| MonthItem {
        month: ahead.month,
        cumulative: if ahead.month == 12 { Some(amount(own.total)) } else { tenge(ahead.cumulative) },
        ranges: ahead
            .intervals
            .iter()
            .map(|own| RangeItem { level: own.level, low: tenge(own.low), high: tenge(own.high) })
            .collect(),
    };
    let range = |range: &(u8, akimat_core::Money, akimat_core::Money)| RangeItem {
        level: range.0,
        low: Some(amount(range.1)),
        high: Some(amount(range.2)),
    };
    let simple = |simple: &Simple| SimpleItem {
        rule: simple.rule.code(),
        total: amount(simple.total),
        error: amount(simple.error),
        own_error: amount(simple.own_error),
    };
    let past = |past: &Past| PastItem { year: past.year, fact: amount(past.fact), total: amount(past.total) };
    LineItem {
        line: own.node.word(),
        depth: own.depth,
        plan: amount_opt(own.plan()),
        executed: amount_opt(own.executed()),
        total: amount(own.total),
        ranges: own.ranges.iter().map(range).collect(),
        under_execution: own.under_execution,
        fact: amount_opt(own.fact),
        reconciliation: own.method.code(),
        months: own.months.iter().map(month).collect(),
        simple: own.simple.as_ref().map(simple),
        past: own.past.iter().map(past).collect(),
    }
}

fn refusal(why: NoFiscalYear) -> &'static str {
    match why {
        NoFiscalYear::NoReports => REFUSALS[0],
        NoFiscalYear::Refused(FiscalRefusal::NoFormerYear) => REFUSALS[1],
        NoFiscalYear::Refused(FiscalRefusal::Overflow) => REFUSALS[3],
        NoFiscalYear::Refused(_) => REFUSALS[2],
    }
}

/// The fiscal year.
///
/// # Errors
/// 404 when there is no such territory.
pub async fn show(State(state): State<WebState>, asked: Asked) -> Reply {
    let code: KatoCode = asked.required("place")?;
    let place = state.app.read().find_place(code, state.app.today()).await?.ok_or_else(Failure::not_found)?;
    let year: Option<i16> = asked.get("year");
    let from = year.zip(asked.get("month")).map(|(year, month)| Origin { year, month });
    let found = state.app.forecast_fiscal_year(code, from).await?;
    let body = match found {
        Ok(found) => given(code, &found),
        Err(why) => YearBody {
            place: code,
            year: None,
            month: None,
            currency: CURRENCY,
            invented: place.invented,
            n_budgets: 0,
            refusal: Some(refusal(why)),
            lines: Vec::new(),
            links: links(
                format!("/api/v1/forecasts/year?place={code}"),
                &format!("/places/{code}/forecast/year"),
            ),
        },
    };
    resource(&asked.headers, &body)
}

fn given(place: KatoCode, found: &FiscalPicture) -> YearBody {
    let Origin { year, month } = found.origin;
    YearBody {
        place,
        year: Some(year),
        month: Some(month),
        currency: CURRENCY,
        invented: found.invented,
        n_budgets: found.n_budgets,
        refusal: None,
        lines: found.lines.iter().map(line).collect(),
        links: links(
            format!("/api/v1/forecasts/year?place={place}&year={year}&month={month}"),
            &format!("/places/{place}/forecast/year?from={year}-{month:02}"),
        ),
    }
}
