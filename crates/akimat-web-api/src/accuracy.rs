//! Published forecasts and the record of how well they met their facts.

use crate::asked::Asked;
use crate::cursor::Key;
use crate::endpoint::{Body, CURSOR, Endpoint, ID, Kind, LIMIT, Parameter, YEAR};
use crate::reply::{Links, Reply, links, list as list_of, resource};
use akimat_core::{ForecastId, KatoCode, Ratio};
use akimat_storage::published_forecast::{
    Adjustment, ForecastBasis, ForecastFilter, ForecastLine, Judgement, LEVELS, Milli, PublishedForecast,
    PublishedStep, TrackBy, TrackQuery, TrackRow,
};
use akimat_web_kit::failure::Failure;
use akimat_web_kit::state::WebState;
use axum::extract::State;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

/// The order of the list, for its cursors.
const ORDER: &str = "known_at";

const RECORD: Parameter = Parameter::new(
    "record",
    Kind::OneOf(records, Some("published")),
    "Forecasts published before their facts, or those computed later from past figures; the two are never added.",
);

const BASIS: Parameter = Parameter::new(
    "basis",
    Kind::OneOf(bases, Some("period")),
    "Amounts of whole periods, what is executed since January of the year that runs, or appeals and reports of a month; \
     they are never added.",
);

/// `/api/v1/forecast-accuracy`.
pub const SHOW: Endpoint = Endpoint {
    path: "/api/v1/forecast-accuracy",
    id: "getForecastAccuracy",
    tag: "forecasts",
    summary: "How published forecasts met their facts: coverage of intervals, scaled and relative errors beside the \
              naive method, adjustments by people, by group",
    parameters: &[
        Parameter::new("place", Kind::Place, "Of exactly this territory; without it, of all."),
        Parameter::new("by", Kind::OneOf(groupings, Some("line")), "By what the facts are grouped."),
        RECORD,
        BASIS,
        Parameter::new("item", Kind::OneOf(items, None), "Of this line."),
        Parameter::new("code", Kind::LineCode, "Classification code of the line; empty for summary items."),
        Parameter::new("steps", Kind::Whole { min: 1, max: 24, default: None }, "So many steps ahead."),
        Parameter::new("version", Kind::Words(60), "Of this version of the methods."),
        Parameter::new("without", YEAR, "Facts of this year are left out: a known break.").repeatable(),
    ],
    body: Body::Resource("ForecastAccuracy", include_str!("example/forecast_accuracy.json")),
    problems: &[],
};

/// `/api/v1/published-forecasts`.
pub const LIST: Endpoint = Endpoint {
    path: "/api/v1/published-forecasts",
    id: "listPublishedForecasts",
    tag: "forecasts",
    summary: "Forecasts as they were published, the newest knowledge first",
    parameters: &[
        Parameter::new("place", Kind::Place, "Of exactly this territory."),
        RECORD,
        BASIS,
        LIMIT,
        CURSOR,
    ],
    body: Body::Resource("PublishedForecastList", include_str!("example/published_forecasts.json")),
    problems: &[],
};

/// `/api/v1/published-forecasts/{id}`.
pub const FORECAST: Endpoint = Endpoint {
    path: "/api/v1/published-forecasts/{id}",
    id: "getPublishedForecast",
    tag: "forecasts",
    summary: "A forecast as it was published, the facts since with every revision, and adjustments with their reasons",
    parameters: &[ID],
    body: Body::Resource("PublishedForecast", include_str!("example/published_forecast.json")),
    problems: &[],
};

pub(super) fn records() -> Vec<&'static str> {
    vec!["published", "later"]
}

pub(super) fn bases() -> Vec<&'static str> {
    ForecastBasis::ALL.map(ForecastBasis::code).to_vec()
}

fn basis(asked: &Asked) -> ForecastBasis {
    asked.text("basis").and_then(ForecastBasis::parse).unwrap_or_default()
}

pub(super) fn groupings() -> Vec<&'static str> {
    vec!["all", "line", "steps", "version", "place", "year"]
}

pub(super) fn items() -> Vec<&'static str> {
    let own = [ForecastLine::OWN_REVENUE, ForecastLine::SERIES];
    akimat_budget::Item::ALL.into_iter().map(akimat_budget::Item::code).chain(own).collect()
}

#[derive(Serialize)]
struct AccuracyBody {
    place: Option<KatoCode>,
    record: &'static str,
    basis: &'static str,
    by: &'static str,
    without: Vec<i16>,
    groups: Vec<GroupItem>,
    links: Links,
}

#[derive(Serialize)]
struct GroupItem {
    key: String,
    n: u64,
    coverage: Vec<CoverageItem>,
    mase: Option<String>,
    mase_naive: Option<String>,
    relative_error: Option<String>,
    n_naive_better: u64,
    n_adjusted: u64,
    n_adjusted_better: u64,
}

#[derive(Serialize)]
struct CoverageItem {
    level: u8,
    n: u64,
    inside: u64,
}

#[derive(Serialize)]
struct ForecastItem {
    id: ForecastId,
    place: KatoCode,
    item: &'static str,
    code: String,
    basis: &'static str,
    stage: Option<&'static str>,
    frequency: &'static str,
    origin: String,
    known_at: Date,
    computed_later: bool,
    published_at: Timestamp,
    published_by: String,
    method: String,
    version: String,
    invented: bool,
    links: Links,
}

#[derive(Serialize)]
struct ForecastBody {
    #[serde(flatten)]
    head: ForecastItem,
    unit: String,
    history: Vec<PastItem>,
    steps: Vec<StepItem>,
    weights: Vec<WeightItem>,
    plans: Vec<PastItem>,
    facts: Vec<FactItem>,
    adjustments: Vec<AdjustmentItem>,
}

#[derive(Serialize)]
struct PastItem {
    period: String,
    value: String,
}

#[derive(Serialize)]
struct StepItem {
    period: String,
    point: String,
    naive: String,
    intervals: Vec<IntervalItem>,
}

#[derive(Serialize)]
struct IntervalItem {
    level: u8,
    low: String,
    high: String,
}

#[derive(Serialize)]
struct WeightItem {
    method: String,
    weight: String,
}

#[derive(Serialize)]
struct FactItem {
    period: String,
    revision: u16,
    fact: String,
    known_on: Date,
    source: String,
    error: String,
    naive_error: String,
    counted: bool,
}

#[derive(Serialize)]
struct AdjustmentItem {
    period: String,
    value: String,
    reason: String,
    by: String,
    at: Timestamp,
}

/// Thousandths as a decimal.
fn plain(value: Milli) -> String {
    Ratio::new(value.0.into(), 1_000).and_then(|ratio| ratio.to_decimal(3)).unwrap_or_default()
}

/// Mean of millionths as a decimal.
fn mean(sum: i64, n: u64) -> Option<String> {
    Ratio::new(sum.into(), i128::from(n) * 1_000_000)?.to_decimal(4)
}

impl From<TrackRow> for GroupItem {
    fn from(row: TrackRow) -> Self {
        let coverage = LEVELS.into_iter().zip(row.inside);
        Self {
            coverage: coverage.map(|(level, (n, inside))| CoverageItem { level, n, inside }).collect(),
            mase: mean(row.scaled, row.n_scaled),
            mase_naive: mean(row.naive_scaled, row.n_scaled),
            relative_error: mean(row.relative, row.n_relative),
            key: row.key,
            n: row.n,
            n_naive_better: row.n_naive_better,
            n_adjusted: row.n_adjusted,
            n_adjusted_better: row.n_adjusted_better,
        }
    }
}

impl ForecastItem {
    fn new(forecast: &PublishedForecast) -> Self {
        let id = forecast.id;
        Self {
            id,
            place: forecast.place,
            item: forecast.line.item_code(),
            code: forecast.line.code().to_owned(),
            basis: forecast.basis.code(),
            stage: forecast.stage.map(akimat_budget::Stage::code),
            frequency: forecast.frequency.code(),
            origin: forecast.origin.to_string(),
            known_at: forecast.known_at,
            computed_later: forecast.hindcast,
            published_at: forecast.published_at,
            published_by: forecast.publisher_name.clone(),
            method: forecast.model.clone(),
            version: forecast.model_version.clone(),
            invented: forecast.invented,
            links: links(format!("/api/v1/published-forecasts/{id}"), &format!("/forecasts/{id}")),
        }
    }
}

impl From<&PublishedStep> for StepItem {
    fn from(step: &PublishedStep) -> Self {
        let interval = |own: &akimat_storage::published_forecast::PublishedInterval| IntervalItem {
            level: own.level,
            low: plain(own.low),
            high: plain(own.high),
        };
        Self {
            period: step.period.to_string(),
            point: plain(step.point),
            naive: plain(step.naive),
            intervals: step.intervals.iter().map(interval).collect(),
        }
    }
}

impl From<Judgement> for FactItem {
    fn from(judgement: Judgement) -> Self {
        Self {
            period: judgement.period.to_string(),
            revision: judgement.revision,
            fact: plain(judgement.fact),
            known_on: judgement.known_on,
            source: judgement.source,
            error: plain(judgement.error),
            naive_error: plain(judgement.naive_error),
            counted: judgement.counted,
        }
    }
}

impl From<Adjustment> for AdjustmentItem {
    fn from(adjustment: Adjustment) -> Self {
        Self {
            period: adjustment.period.to_string(),
            value: plain(adjustment.value),
            reason: adjustment.reason,
            by: adjustment.account_name,
            at: adjustment.at,
        }
    }
}

/// The record.
///
/// # Errors
/// When the database fails.
pub async fn show(State(state): State<WebState>, asked: Asked) -> Reply {
    let (by, name) = match asked.text("by") {
        Some("all") => (TrackBy::All, "all"),
        Some("steps") => (TrackBy::Horizon, "steps"),
        Some("version") => (TrackBy::Version, "version"),
        Some("place") => (TrackBy::Place, "place"),
        Some("year") => (TrackBy::Year, "year"),
        _ => (TrackBy::Line, "line"),
    };
    let code = asked.text("code").unwrap_or_default();
    let hindcast = asked.text("record") == Some("later");
    let query = TrackQuery {
        by,
        basis: basis(&asked),
        place: asked.place("place"),
        line: asked.text("item").and_then(|item| ForecastLine::parse(item, code)),
        horizon: asked.get("steps"),
        version: asked.text("version").map(str::to_owned),
        hindcast,
        without_years: asked.all("without").filter_map(|year| year.parse().ok()).collect(),
    };
    let groups = state.app.read().track_record(&query).await?;
    let page = query
        .place
        .map_or_else(|| "/analysis/accuracy".to_owned(), |place| format!("/places/{place}/accuracy"));
    let own = asked.uri.path_and_query().map_or_else(|| SHOW.path.to_owned(), ToString::to_string);
    let body = AccuracyBody {
        place: query.place,
        record: if hindcast { "later" } else { "published" },
        basis: query.basis.code(),
        by: name,
        without: query.without_years,
        groups: groups.into_iter().map(Into::into).collect(),
        links: links(own, &page),
    };
    resource(&asked.headers, &body)
}

/// The list.
///
/// # Errors
/// When the database fails or the cursor is not of this list.
pub async fn list(State(state): State<WebState>, asked: Asked) -> Reply {
    let page = asked.page(ORDER, Key::Date)?;
    let hindcast = Some(asked.text("record") == Some("later"));
    let filter =
        ForecastFilter { place: asked.place("place"), line: None, basis: Some(basis(&asked)), hindcast };
    let page = state.app.read().list_published_forecasts(&filter, &page).await?;
    let items: Vec<ForecastItem> = page.items.iter().map(ForecastItem::new).collect();
    resource(&asked.headers, &list_of(&asked, items, ORDER, page.next.as_ref()))
}

/// One forecast.
///
/// # Errors
/// 404 when there is none.
pub async fn forecast(State(state): State<WebState>, asked: Asked) -> Reply {
    let id: ForecastId = asked.required("id")?;
    let read = state.app.read();
    let forecast = read.find_published_forecast(id).await?.ok_or_else(Failure::not_found)?;
    let facts = read.list_judgements(&[id]).await?;
    let adjustments = read.list_adjustments(&[id]).await?;
    let body = &forecast.body;
    let past = |past: &akimat_storage::published_forecast::PublishedPast| PastItem {
        period: past.period.to_string(),
        value: plain(past.value),
    };
    let weight =
        |(method, weight): &(String, Milli)| WeightItem { method: method.clone(), weight: plain(*weight) };
    let answer = ForecastBody {
        head: ForecastItem::new(&forecast),
        unit: body.unit.clone(),
        history: body.history.iter().map(past).collect(),
        steps: body.steps.iter().map(Into::into).collect(),
        weights: body.weights.iter().map(weight).collect(),
        plans: body.plans.iter().map(past).collect(),
        facts: facts.into_iter().map(Into::into).collect(),
        adjustments: adjustments.into_iter().map(Into::into).collect(),
    };
    resource(&asked.headers, &answer)
}
