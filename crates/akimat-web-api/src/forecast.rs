//! Forecasts of lines of budgets, with their track record, or the reason why there is none.

use crate::asked::{Asked, Reason};
use crate::endpoint::{Body, Endpoint, Kind, Parameter};
use crate::problem::Refusal as NotGiven;
use crate::reply::{CURRENCY, Links, Reply, amount, amount_opt, links, resource};
use akimat_app::forecast::{
    HORIZON_DEFAULT, LineForecast, LineQuestion, NoForecast, Observed, Planned, Prices, to_money, weights,
};
use akimat_budget::{Item, Stage};
use akimat_core::{BudgetId, Frequency, KatoCode, Lang};
use akimat_forecast::{Backtest, Forecast, POINTS_MIN, Refusal, Score, SeriesError, Step};
use akimat_i18n::catalogue;
use akimat_web_kit::failure::Failure;
use akimat_web_kit::form::Form;
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::forecast::LineAsked;
use axum::extract::State;
use serde::Serialize;

/// `/api/v1/forecasts`.
pub const SHOW: Endpoint = Endpoint {
    path: "/api/v1/forecasts",
    id: "getForecast",
    tag: "forecasts",
    summary: "A line of the budgets of a territory continued by years, or by quarters and months of its execution \
              reports, with 50 %, 80 % and 95 % intervals and the errors that the method made on the past of the \
              same line; a problem with status 422 says why where there is no honest forecast",
    parameters: &[
        Parameter::new("place", Kind::Place, "Code of the territory.").required(),
        Parameter::new("item", Kind::OneOf(items, None), "What the line states.").required(),
        Parameter::new(
            "code",
            Kind::LineCode,
            "Classification code; needed for items that appear many times, such as `functional_group`.",
        ),
        Parameter::new(
            "stage",
            Kind::OneOf(stages, None),
            "State of the figures; without it the executed ones where there are enough, or else the state \
             with the most years.",
        ),
        Parameter::new(
            "horizon",
            Kind::Whole { min: 1, max: 24, default: Some(HORIZON_DEFAULT as i64) },
            "Periods ahead: at most 10 years, 12 quarters or 24 months.",
        ),
        Parameter::new(
            "frequency",
            Kind::OneOf(frequencies, Some("yearly")),
            "Years of the register of budgets, or what execution reports add by quarter or month.",
        ),
        Parameter::new(
            "prices",
            Kind::OneOf(prices, Some("current")),
            "Prices of each year, or of the last year that the stored deflator reaches.",
        ),
        Parameter::new("outliers", Kind::OneOf(yes, None), "Put outliers aside for fitting."),
        Parameter::new(
            "after-break",
            Kind::OneOf(yes, None),
            "Use only what comes after the last break of level.",
        ),
        Parameter::new(
            "inflation",
            Kind::Words(8),
            "With constant prices: growth of prices in per cent a year, along which the forecast is brought back.",
        ),
        Parameter::new("inflation-range", Kind::Words(8), "By how many points it may be more or less."),
        Parameter::new(
            "share-now",
            Kind::Words(8),
            "The budget's share of a tax in per cent, as it has been.",
        ),
        Parameter::new("share-then", Kind::Words(8), "As it is assumed to be."),
    ],
    body: Body::Resource("Forecast", include_str!("example/forecast.json")),
    problems: &[404, 422],
};

fn items() -> Vec<&'static str> {
    Item::ALL.into_iter().map(Item::code).collect()
}

fn stages() -> Vec<&'static str> {
    Stage::ALL.into_iter().map(Stage::code).collect()
}

fn frequencies() -> Vec<&'static str> {
    [Frequency::Yearly, Frequency::Quarterly, Frequency::Monthly].map(Frequency::code).into()
}

fn yes() -> Vec<&'static str> {
    vec!["yes"]
}

fn prices() -> Vec<&'static str> {
    [Prices::Current, Prices::Constant].map(Prices::code).into()
}

/// A forecast.
#[derive(Debug, Serialize)]
pub struct ForecastBody {
    place: KatoCode,
    item: &'static str,
    code: String,
    stage: &'static str,
    frequency: &'static str,
    price_year: Option<i16>,
    currency: &'static str,
    invented: bool,
    observed: Vec<ObservedItem>,
    contradicted: Vec<i16>,
    plans: Vec<PlanItem>,
    method: &'static str,
    weights: Vec<WeightItem>,
    non_negative: bool,
    steps: Vec<StepItem>,
    backtest: BacktestItem,
    links: Links,
}

#[derive(Debug, Serialize)]
struct ObservedItem {
    year: i16,
    period: String,
    amount: String,
    budget: Option<BudgetId>,
    forecast_before: Option<String>,
}

#[derive(Debug, Serialize)]
struct PlanItem {
    year: i16,
    stage: &'static str,
    amount: String,
    budget: BudgetId,
}

#[derive(Debug, Serialize)]
struct WeightItem {
    model: &'static str,
    weight: f64,
}

#[derive(Debug, Serialize)]
struct StepItem {
    period: String,
    point: Option<String>,
    naive: Option<String>,
    intervals: Vec<IntervalItem>,
}

#[derive(Debug, Serialize)]
struct IntervalItem {
    level: u8,
    low: Option<String>,
    high: Option<String>,
}

#[derive(Debug, Serialize)]
struct BacktestItem {
    n_origins: usize,
    n_errors: usize,
    naive_better: bool,
    chosen: ScoreItem,
    naive: ScoreItem,
    methods: Vec<ScoreItem>,
    coverage: Vec<CoverageItem>,
}

#[derive(Debug, Serialize)]
struct ScoreItem {
    method: &'static str,
    mae: Option<String>,
    mase: f64,
    smape: f64,
}

#[derive(Debug, Serialize)]
struct CoverageItem {
    level: u8,
    inside: usize,
    of: usize,
}

/// Why there is no forecast, as data.
#[derive(Debug, Serialize)]
struct RefusalBody {
    reason: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    have: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    need: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<String>,
}

/// Four decimals: what is behind them says nothing.
fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

fn tenge(value: f64) -> Option<String> {
    amount_opt(to_money(value))
}

impl From<&Score> for ScoreItem {
    fn from(score: &Score) -> Self {
        Self {
            method: score.method,
            mae: tenge(score.mae),
            mase: rounded(score.mase),
            smape: rounded(score.smape),
        }
    }
}

impl From<&Backtest> for BacktestItem {
    fn from(backtest: &Backtest) -> Self {
        let coverage = backtest.coverage.iter();
        Self {
            n_origins: backtest.n_origins,
            n_errors: backtest.n_errors,
            naive_better: backtest.naive_better,
            chosen: (&backtest.chosen).into(),
            naive: (&backtest.naive).into(),
            methods: backtest.methods.iter().map(ScoreItem::from).collect(),
            coverage: coverage.map(|c| CoverageItem { level: c.level, inside: c.inside, of: c.of }).collect(),
        }
    }
}

impl From<&Step> for StepItem {
    fn from(step: &Step) -> Self {
        let intervals = step.intervals.iter();
        Self {
            period: step.period.to_string(),
            point: tenge(step.point),
            naive: tenge(step.naive),
            intervals: intervals
                .map(|i| IntervalItem { level: i.level, low: tenge(i.low), high: tenge(i.high) })
                .collect(),
        }
    }
}

/// Which line.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Territory.
    pub place: KatoCode,
    /// What the line states.
    pub item: Item,
    /// Classification code, empty for summary items.
    pub code: &'a str,
    /// Years, quarters or months.
    pub frequency: Frequency,
    /// Address that was asked.
    pub own: &'a str,
}

/// A drawn forecast.
pub fn body(wanted: Wanted<'_>, line: &LineForecast, forecast: &Forecast) -> ForecastBody {
    let place = wanted.place;
    let before = |period| {
        let past = line.past.iter().find(|past| past.period == period)?;
        tenge(past.point)
    };
    let observed = |own: &Observed| ObservedItem {
        year: own.period.year(),
        period: own.period.to_string(),
        amount: amount(own.amount),
        budget: own.budget,
        forecast_before: before(own.period),
    };
    let plan = |own: &Planned| PlanItem {
        year: own.year,
        stage: own.stage.code(),
        amount: amount(own.amount),
        budget: own.budget,
    };
    let weight = |(model, weight): (&'static str, f64)| WeightItem { model, weight: rounded(weight) };
    let code =
        if wanted.code.is_empty() { wanted.item.code().to_owned() } else { format!("group-{}", wanted.code) };
    ForecastBody {
        place,
        item: wanted.item.code(),
        code: wanted.code.to_owned(),
        stage: line.stage.code(),
        frequency: wanted.frequency.code(),
        price_year: line.prices.as_ref().map(|prices| prices.year),
        currency: CURRENCY,
        invented: line.invented,
        observed: line.observed.iter().map(observed).collect(),
        contradicted: line.contradicted.clone(),
        plans: line.plans.iter().map(plan).collect(),
        method: forecast.choice.code(),
        weights: weights(&forecast.choice).into_iter().map(weight).collect(),
        non_negative: forecast.non_negative,
        steps: forecast.steps.iter().map(StepItem::from).collect(),
        backtest: (&forecast.backtest).into(),
        links: links(
            wanted.own.to_owned(),
            &format!("/places/{place}/forecast?item={code}&frequency={}", wanted.frequency.code()),
        ),
    }
}

/// The sentence and the facts of a refusal.
fn refusal(no: &NoForecast) -> (String, RefusalBody) {
    let plain = |reason| RefusalBody { reason, have: None, need: None, max: None, missing: None };
    let locale = catalogue().locale(Lang::En);
    let few = |have: usize, need: usize| {
        let args = [("have", have.into()), ("need", need.into())];
        let facts = RefusalBody { have: Some(have), need: Some(need), ..plain("too_few_points") };
        (locale.f("forecast-refusal-too-few-points", &args), facts)
    };
    match no {
        NoForecast::Gaps { missing, of } => {
            let args = [("missing", (*missing).into()), ("of", (*of).into())];
            let facts = RefusalBody { have: Some(of - missing), need: Some(of.div_ceil(2)), ..plain("gaps") };
            (locale.f("forecast-refusal-gaps", &args), facts)
        }
        NoForecast::Assumption => (locale.t("forecast-refusal-assumption").into_owned(), plain("assumption")),
        NoForecast::NoPrices => (locale.t("forecast-refusal-no-prices").into_owned(), plain("no_prices")),
        NoForecast::Series(SeriesError::Empty) => few(0, POINTS_MIN),
        NoForecast::Refused(Refusal::TooFewPoints { have, need }) => few(*have, *need),
        NoForecast::Series(SeriesError::Gap { missing }) => {
            let missing = missing.to_string();
            let sentence = locale.f("forecast-refusal-gap", &[("period", missing.as_str().into())]);
            (sentence, RefusalBody { missing: Some(missing), ..plain("gap") })
        }
        NoForecast::Refused(Refusal::Constant) => {
            (locale.t("forecast-refusal-constant").into_owned(), plain("constant"))
        }
        NoForecast::Refused(Refusal::HorizonTooLong { max, .. }) => {
            let sentence = locale.f("forecast-refusal-horizon", &[("max", (*max).into())]);
            (sentence, RefusalBody { max: Some(*max), ..plain("horizon_too_long") })
        }
        NoForecast::Series(SeriesError::NotFinite { .. }) => {
            (locale.t("forecast-refusal-not-finite").into_owned(), plain("not_finite"))
        }
        NoForecast::Series(_) | NoForecast::Refused(_) => {
            (locale.t("forecast-refusal-too-large").into_owned(), plain("too_large"))
        }
    }
}

/// The forecast of one line.
///
/// # Errors
/// 404 when there is no such territory; 422 with the reason when the line allows no forecast.
pub async fn show(State(state): State<WebState>, asked: Asked) -> Reply {
    let place: KatoCode = asked.required("place")?;
    let item = asked.text("item").and_then(Item::parse).ok_or_else(Failure::not_found)?;
    let code = if item.is_detail() {
        asked.text("code").ok_or_else(|| asked.refuse("code", Reason::Missing))?
    } else {
        ""
    };
    let stage = asked.text("stage").and_then(Stage::parse);
    let horizon = asked.get("horizon").unwrap_or(HORIZON_DEFAULT);
    state.app.read().find_place(place, state.app.today()).await?.ok_or_else(Failure::not_found)?;
    let frequency = asked.get("frequency").unwrap_or(Frequency::Yearly);
    let prices = asked.text("prices").and_then(Prices::parse).unwrap_or_default();
    let special = LineAsked::read(&Form::parse(asked.uri.query().unwrap_or_default().as_bytes()));
    let question = LineQuestion {
        stage,
        frequency,
        horizon,
        prices,
        cleaning: special.cleaning,
        assumptions: special.assumptions,
        ..LineQuestion::yearly(place, item, code)
    };
    let line = state.app.forecast_line(&question).await?;
    match &line.forecast {
        Ok(forecast) => {
            let own = asked.uri.path_and_query().map_or_else(String::new, ToString::to_string);
            let wanted = Wanted { place, item, code, frequency, own: &own };
            resource(&asked.headers, &body(wanted, &line, forecast))
        }
        Err(no) => {
            let (detail, facts) = refusal(no);
            let facts = serde_json::to_value(facts).map_err(Failure::internal)?;
            Err(NotGiven::NoForecast { path: asked.uri.path().to_owned(), detail, facts })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use akimat_core::Period;

    #[test]
    fn every_refusal_says_why_in_words_and_in_facts() {
        let check = |no: NoForecast, reason: &str, facts: &str| {
            let (detail, body) = refusal(&no);
            assert!(!detail.contains('⟦') && !detail.contains('{'), "{detail}");
            assert_eq!(body.reason, reason);
            assert!(serde_json::to_string(&body).unwrap().contains(facts), "{body:?}");
        };
        let few = Refusal::TooFewPoints { have: 3, need: 8 };
        check(NoForecast::Refused(few), "too_few_points", "\"have\":3,\"need\":8");
        check(NoForecast::Series(SeriesError::Empty), "too_few_points", "\"have\":0");
        let gap = SeriesError::Gap { missing: Period::year_of(2019) };
        check(NoForecast::Series(gap), "gap", "\"missing\":\"2019\"");
        check(NoForecast::Refused(Refusal::Constant), "constant", "");
        let long = Refusal::HorizonTooLong { have: 10, max: 8 };
        check(NoForecast::Refused(long), "horizon_too_long", "\"max\":8");
        check(NoForecast::Refused(Refusal::Overflow), "too_large", "");
    }
}
