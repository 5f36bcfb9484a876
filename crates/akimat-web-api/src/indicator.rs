//! Every indicator of a territory's budget of one year, computed or refused with a reason.

use crate::asked::Asked;
use crate::budget::{IndicatorItem, indicator_item};
use crate::endpoint::{Body, Endpoint, Kind, Parameter, YEAR};
use crate::reply::{CURRENCY, Links, Reply, links, resource, words};
use akimat_core::{KatoCode, Text};
use akimat_web_kit::failure::Failure;
use akimat_web_kit::state::WebState;
use axum::extract::State;
use serde::Serialize;

/// `/api/v1/indicators`.
pub const LIST: Endpoint = Endpoint {
    path: "/api/v1/indicators",
    id: "listIndicators",
    tag: "analysis",
    summary: "Every indicator of the budget of a territory and year with its formula and inputs, and for each \
              that is not computed the reason",
    parameters: &[
        Parameter::new("place", Kind::Place, "Code of the territory.").required(),
        Parameter::new("year", YEAR, "Financial year.").required(),
    ],
    body: Body::Resource("IndicatorList", include_str!("example/indicators.json")),
    problems: &[404],
};

#[derive(Serialize)]
struct IndicatorList {
    place: KatoCode,
    year: i16,
    stage: &'static str,
    currency: &'static str,
    invented: bool,
    items: Vec<IndicatorItem>,
    refused: Vec<RefusedItem>,
    links: Links,
}

#[derive(Serialize)]
struct RefusedItem {
    code: &'static str,
    name: Text,
    reason: &'static str,
}

/// The indicators.
///
/// # Errors
/// 404 when the territory has no budget of the year.
pub async fn list(State(state): State<WebState>, asked: Asked) -> Reply {
    let (place, year): (KatoCode, i16) = (asked.required("place")?, asked.required("year")?);
    let years = state.app.known_years(place).await?;
    let month = years.get(&year).copied().ok_or_else(Failure::not_found)?;
    let budget = state.app.year_budget(place, (year, month)).await?.ok_or_else(Failure::not_found)?;
    let stage = budget.stage();
    let (found, refused) = state.app.survey_budget(&budget.budget, stage).await?;
    let refused = refused
        .into_iter()
        .map(|refused| RefusedItem {
            code: refused.code,
            name: words(&format!("indicator-{}", refused.code)),
            reason: refused.why.code(),
        })
        .collect();
    let body = IndicatorList {
        place,
        year,
        stage: stage.code(),
        currency: CURRENCY,
        invented: budget.budget.invented,
        items: found.into_iter().map(indicator_item).collect(),
        refused,
        links: links(
            format!("/api/v1/indicators?place={place}&year={year}"),
            &format!("/places/{place}/citizens-budget?year={year}"),
        ),
    };
    resource(&asked.headers, &body)
}
