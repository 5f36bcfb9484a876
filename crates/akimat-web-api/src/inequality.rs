//! How unequal units are, before and after transfers.

use crate::asked::Asked;
use crate::endpoint::{Body, Endpoint, Kind, Parameter, YEAR};
use crate::reply::{CURRENCY, Links, Reply, amount_opt, links, resource};
use akimat_app::inequality::{InequalityQuestion, Measure, UnitFigures};
use akimat_budget::Stage;
use akimat_core::{KatoCode, Ratio};
use akimat_web_kit::state::WebState;
use axum::extract::State;
use serde::Serialize;

/// `/api/v1/inequality`.
pub const SHOW: Endpoint = Endpoint {
    path: "/api/v1/inequality",
    id: "getInequality",
    tag: "analysis",
    summary: "Gini and Theil over the units of one level in one year, weighted by population, before and after \
              transfers; an index that is not computed names its reason",
    parameters: &[
        Parameter::new("year", YEAR, "Financial year.").required(),
        Parameter::new(
            "level",
            Kind::Whole { min: 2, max: 4, default: Some(3) },
            "Level of the budget system: 2 regional, 3 district, 4 village and okrug.",
        ),
        Parameter::new("under", Kind::Place, "Only units below this territory; without it, of the country."),
    ],
    body: Body::Resource("Inequality", include_str!("example/inequality.json")),
    problems: &[],
};

#[derive(Serialize)]
struct InequalityBody {
    year: i16,
    level: u8,
    under: Option<KatoCode>,
    stage: &'static str,
    currency: &'static str,
    invented: bool,
    n_units: usize,
    n_counted: usize,
    before_transfers: MeasureItem,
    after_transfers: MeasureItem,
    expenditure: MeasureItem,
    equalised: Option<String>,
    units: Vec<UnitItem>,
    links: Links,
}

#[derive(Serialize)]
struct MeasureItem {
    gini: Option<String>,
    theil: Option<f64>,
    theil_between: Option<f64>,
    theil_within: Option<f64>,
    max_to_min: Option<String>,
    p90_to_p10: Option<String>,
    refusal: Option<&'static str>,
    regions: Vec<RegionItem>,
}

#[derive(Serialize)]
struct RegionItem {
    place: KatoCode,
    n_units: usize,
    adds_between: f64,
    adds_within: f64,
}

#[derive(Serialize)]
struct UnitItem {
    place: KatoCode,
    group: KatoCode,
    population: Option<u64>,
    own_revenue: Option<String>,
    revenue: Option<String>,
    expenditure: Option<String>,
}

fn decimal(ratio: Option<Ratio>, decimals: u32) -> Option<String> {
    ratio.and_then(|ratio| ratio.to_decimal(decimals))
}

impl From<&Measure> for MeasureItem {
    fn from(measure: &Measure) -> Self {
        let (theil, coverage) = (measure.theil.as_ref().ok(), measure.coverage.as_ref().ok());
        let regions = theil.map(|theil| theil.regions.as_slice()).unwrap_or_default();
        Self {
            gini: decimal(measure.gini.as_ref().ok().copied(), 9),
            theil: theil.map(|theil| theil.total),
            theil_between: theil.map(|theil| theil.between),
            theil_within: theil.map(|theil| theil.within),
            max_to_min: decimal(coverage.and_then(|coverage| coverage.max_to_min), 6),
            p90_to_p10: decimal(coverage.and_then(|coverage| coverage.p90_to_p10), 6),
            refusal: measure.gini.as_ref().err().map(akimat_budget::refusal::Refusal::code),
            regions: regions
                .iter()
                .map(|region| RegionItem {
                    place: region.region,
                    n_units: region.n_units,
                    adds_between: region.adds_between,
                    adds_within: region.adds_within,
                })
                .collect(),
        }
    }
}

/// The indices.
///
/// # Errors
/// When the database fails.
pub async fn show(State(state): State<WebState>, asked: Asked) -> Reply {
    let year: i16 = asked.required("year")?;
    let level: u8 = asked.get("level").unwrap_or(3);
    let under = asked.place("under");
    let study = state.app.inequality(InequalityQuestion { year, level, under }).await?;
    let unit = |unit: &UnitFigures| UnitItem {
        place: unit.place,
        group: unit.group,
        population: unit.population,
        own_revenue: amount_opt(unit.own()),
        revenue: amount_opt(unit.revenue),
        expenditure: amount_opt(unit.expenditure),
    };
    let query = format!(
        "year={year}&level={level}{}",
        under.map_or_else(String::new, |code| format!("&under={code}"))
    );
    let body = InequalityBody {
        year,
        level,
        under,
        stage: Stage::code(study.stage),
        currency: CURRENCY,
        invented: study.invented,
        n_units: study.units.len(),
        n_counted: study.n_counted,
        before_transfers: (&study.before).into(),
        after_transfers: (&study.after).into(),
        expenditure: (&study.spent).into(),
        equalised: decimal(study.equalised, 9),
        units: study.units.iter().map(unit).collect(),
        links: links(format!("/api/v1/inequality?{query}"), &format!("/analysis/inequality?{query}")),
    };
    resource(&asked.headers, &body)
}
