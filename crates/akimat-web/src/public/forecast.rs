//! Forecasts of budget lines, with their track record, or the reason why there is none.

use crate::failure::{Answer, Failure};
use crate::figure::{self, Figure, Value};
use crate::form::Form;
use crate::frame;
use crate::kit::chart::{self, Words};
use crate::kit::{self, MenuItem, Page};
use crate::state::WebState;
use crate::view::figures::axis;
use crate::view::project::place_names;
use crate::visitor::Visitor;
use akimat_app::forecast::{HORIZON_DEFAULT, LineForecast, NoForecast, to_money};
use akimat_budget::Item;
use akimat_core::{KatoCode, MoneyUnit};
use akimat_document::Column;
use akimat_forecast::{Choice, Forecast, Refusal, SeriesError};
use akimat_i18n::Locale;
use askama::Template;
use axum::extract::{Path, RawQuery, State};

/// Lines that can be chosen.
const ITEMS: [Item; 6] = [
    Item::RevenueTotal,
    Item::Tax,
    Item::NonTax,
    Item::Transfers,
    Item::ExpenditureTotal,
    Item::FixedCapital,
];

#[derive(Template)]
#[template(path = "public/forecast/list.html")]
struct ListPage {
    page: Page,
    items: Vec<ListItem>,
}

struct ListItem {
    path: String,
    place: String,
    year: String,
    invented: bool,
}

#[derive(Template)]
#[template(path = "public/forecast/show.html")]
struct ShowPage {
    page: Page,
    place: frame::PlaceLink,
    form: kit::Form,
    items: Vec<(String, String)>,
    horizons: Vec<(String, String)>,
    stage: String,
    contradicted: String,
    refusal: String,
    fan: Figure,
    sentences: Vec<String>,
    record: Vec<String>,
    methods: Vec<MethodRow>,
    observed: Vec<[String; 2]>,
    json: String,
}

struct MethodRow {
    name: String,
    error: String,
    mase: String,
    weight: String,
}

/// Territories with budgets.
///
/// # Errors
/// When the database fails.
pub async fn list(State(state): State<WebState>, visitor: Visitor) -> Answer {
    let locale = visitor.locale();
    let heads = state.app.read().list_latest_budgets().await?;
    let names = place_names(&state, locale, heads.iter().filter_map(|head| head.budget.place)).await?;
    let mut items: Vec<ListItem> = heads
        .iter()
        .filter_map(|head| {
            let place = head.budget.place?;
            Some(ListItem {
                path: format!("/places/{place}/forecast"),
                place: names.get(&place)?.clone(),
                year: head.budget.year.to_string(),
                invented: head.budget.invented,
            })
        })
        .collect();
    items.sort_by(|a, b| b.invented.cmp(&a.invented).then_with(|| locale.compare(&a.place, &b.place)));
    frame::render(&ListPage {
        page: frame::page(&visitor, locale.t("forecasts-title"), Some(MenuItem::Forecasts))
            .description(locale.t("forecast-intro")),
        items,
    })
}

/// The picture of a forecast for a report, or the sentence why there is none; and whether its data are
/// invented.
///
/// # Errors
/// 404 when there is no such territory.
pub async fn figure_of(
    state: &WebState,
    locale: &Locale,
    (code, item, horizon): (KatoCode, Item, usize),
) -> Answer<(Result<Figure, String>, bool)> {
    let place = state.app.read().find_place(code, state.app.today()).await?.ok_or_else(Failure::not_found)?;
    let line = state.app.forecast_budget_line(code, item, "", None, horizon).await?;
    let series = format!("{}, {}", locale.name("budget-item", item.code()), place.name.get(locale.lang()));
    let figure = match &line.forecast {
        Ok(forecast) => Ok(fan(locale, &series, &line, forecast)),
        Err(no) => Err(refusal(locale, no)),
    };
    Ok((figure, line.invented))
}

/// One line of one territory.
///
/// # Errors
/// 404 when there is no such territory.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let locale = visitor.locale();
    let code: KatoCode = frame::id(&code)?;
    let place = state.app.read().find_place(code, state.app.today()).await?.ok_or_else(Failure::not_found)?;
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let item = Item::parse(asked.get("item")).filter(|item| ITEMS.contains(item)).unwrap_or(ITEMS[0]);
    let horizon =
        asked.get("horizon").parse().ok().filter(|h| (1..=5).contains(h)).unwrap_or(HORIZON_DEFAULT);
    let line = state.app.forecast_budget_line(code, item, "", None, horizon).await?;
    let item_name = locale.name("budget-item", item.code());
    let place_name = place.name.get(visitor.lang).to_owned();
    let series = format!("{item_name}, {place_name}");
    let drawn = line.forecast.as_ref().ok();
    let fan = drawn.map_or_else(Figure::default, |forecast| fan(locale, &series, &line, forecast));
    let fan = fan.files(&visitor);
    if let Some(file) = figure::asked(&visitor, &format!("forecast-{code}-{}", item.code()), &[&fan]).await {
        return file;
    }
    frame::render(&ShowPage {
        page: frame::page(
            &visitor,
            locale.f("forecast-title", &[("series", series.as_str().into())]),
            Some(MenuItem::Forecasts),
        )
        .invented(line.invented),
        place: frame::PlaceLink { name: place_name, path: frame::place_path(code) },
        form: kit::Form::new().with("item", item.code()).with("horizon", horizon.to_string()),
        items: ITEMS
            .iter()
            .map(|item| (item.code().to_owned(), locale.name("budget-item", item.code()).into_owned()))
            .collect(),
        horizons: (1..=5_u8).map(|n| (n.to_string(), locale.f("count-years", &[("n", n.into())]))).collect(),
        stage: locale.name("budget-stage", line.stage.code()).into_owned(),
        contradicted: contradicted(locale, &line.contradicted),
        refusal: line.forecast.as_ref().err().map_or_else(String::new, |no| refusal(locale, no)),
        fan,
        sentences: drawn.map_or_else(Vec::new, |forecast| sentences(locale, forecast)),
        record: drawn.map_or_else(Vec::new, |forecast| record(locale, forecast)),
        methods: drawn.map_or_else(Vec::new, |forecast| methods(locale, forecast)),
        observed: line
            .observed
            .iter()
            .map(|o| [o.year.to_string(), locale.amount(o.amount, MoneyUnit::ThousandTenge, 1)])
            .collect(),
        json: format!("/api/v1/forecasts?place={code}&item={}&horizon={horizon}", item.code()),
    })
}

fn contradicted(locale: &Locale, years: &[i16]) -> String {
    if years.is_empty() {
        return String::new();
    }
    let years: Vec<String> = years.iter().map(ToString::to_string).collect();
    locale.f("forecast-contradicted", &[("years", years.join(", ").into())])
}

/// Why there is no picture.
fn refusal(locale: &Locale, no: &NoForecast) -> String {
    let need = || akimat_forecast::POINTS_MIN.into();
    match no {
        NoForecast::Refused(Refusal::TooFewPoints { have, need }) => {
            locale.f("forecast-refusal-too-few-points", &[("have", (*have).into()), ("need", (*need).into())])
        }
        NoForecast::Series(SeriesError::Empty) => {
            locale.f("forecast-refusal-too-few-points", &[("have", 0_i64.into()), ("need", need())])
        }
        NoForecast::Series(SeriesError::Gap { missing }) => {
            locale.f("forecast-refusal-gap", &[("period", missing.to_string().into())])
        }
        NoForecast::Refused(Refusal::Constant) => locale.t("forecast-refusal-constant").into_owned(),
        NoForecast::Refused(Refusal::HorizonTooLong { max, .. }) => {
            locale.f("forecast-refusal-horizon", &[("max", (*max).into())])
        }
        NoForecast::Series(SeriesError::NotFinite { .. }) => {
            locale.t("forecast-refusal-not-finite").into_owned()
        }
        NoForecast::Series(_)
        | NoForecast::Refused(Refusal::Overflow | Refusal::HorizonEmpty | Refusal::BadLevel { .. }) => {
            locale.t("forecast-refusal-too-large").into_owned()
        }
    }
}

/// Tenge in thousands, as tables print it.
fn thousand(locale: &Locale, tenge: f64) -> Value {
    to_money(tenge).map_or_else(
        || Value::unknown(locale),
        |money| {
            let unit = MoneyUnit::ThousandTenge;
            Value::number(locale.amount(money, unit, 0), money.to_decimal(unit, 0))
        },
    )
}

fn short(locale: &Locale, tenge: f64) -> String {
    to_money(tenge).map_or_else(|| locale.t("no-data-short").into_owned(), |money| locale.money_short(money))
}

fn bounds(step: &akimat_forecast::Step, level: u8) -> (f64, f64) {
    let interval = step.intervals.iter().find(|interval| interval.level == level);
    interval.map_or((step.point, step.point), |interval| (interval.low, interval.high))
}

fn fan(locale: &Locale, series: &str, line: &LineForecast, forecast: &Forecast) -> Figure {
    // The axis is in billions of tenge: a district's budget is a few of them.
    let scaled = |tenge: f64| tenge / 1e9;
    let observed = line.observed.iter().map(|o| o.year.to_string());
    let ahead = forecast.steps.iter().map(|step| step.period.to_string());
    let each = |pick: &dyn Fn(&akimat_forecast::Step) -> f64| -> Vec<f64> {
        forecast.steps.iter().map(|step| scaled(pick(step))).collect()
    };
    #[expect(clippy::cast_precision_loss, reason = "a chart needs no more than 53 bits")]
    let history = line.observed.iter().map(|o| Some(scaled(o.amount.tiyn() as f64 / 100.0))).collect();
    let data = chart::Fan {
        periods: observed.chain(ahead).collect(),
        unit: locale.t("unit-billion-tenge").into_owned(),
        history,
        backtest: Vec::new(),
        point: each(&|step| step.point),
        naive: each(&|step| step.naive),
        lo80: each(&|step| bounds(step, 80).0),
        hi80: each(&|step| bounds(step, 80).1),
        lo95: each(&|step| bounds(step, 95).0),
        hi95: each(&|step| bounds(step, 95).1),
    };
    let word = |key: &str| locale.t(key).into_owned();
    let key = chart::FanKey {
        history: word("forecast-fact"),
        point: word("forecast-point"),
        band80: word("forecast-interval-80"),
        band95: word("forecast-interval-95"),
        naive: word("forecast-naive"),
        backtest: String::new(),
    };
    let caption = locale.f("forecast-chart-caption", &[("series", series.into())]);
    let chart = chart::fan(&Words::new("fan", series, caption), &data, &key, &|value| axis(locale, value));
    let unit = locale.t("unit-thousand-tenge");
    Figure::new("fan", series, chart).table(unit, columns(locale), steps(locale, forecast))
}

/// Columns of the table of steps.
fn columns(locale: &Locale) -> Vec<Column> {
    let end = |level: &str, key: &str| Column::number(format!("{level}: {}", locale.t(key)));
    vec![
        Column::text(locale.t("forecast-period")),
        Column::number(locale.t("forecast-point")),
        end("80 %", "forecast-lower"),
        end("80 %", "forecast-upper"),
        end("95 %", "forecast-lower"),
        end("95 %", "forecast-upper"),
        Column::number(locale.t("forecast-naive")),
    ]
}

/// What the forecast says in words.
fn sentences(locale: &Locale, forecast: &Forecast) -> Vec<String> {
    let sentence = |step: &akimat_forecast::Step| {
        let (low, high) = bounds(step, 80);
        locale.f(
            "forecast-between",
            &[
                ("period", step.period.to_string().into()),
                ("low", short(locale, low).into()),
                ("high", short(locale, high).into()),
            ],
        )
    };
    forecast.steps.iter().map(sentence).collect()
}

fn steps(locale: &Locale, forecast: &Forecast) -> Vec<Vec<Value>> {
    let row = |step: &akimat_forecast::Step| {
        let ((lo80, hi80), (lo95, hi95)) = (bounds(step, 80), bounds(step, 95));
        let mut row = vec![Value::text(step.period.to_string())];
        row.extend([step.point, lo80, hi80, lo95, hi95, step.naive].map(|tenge| thousand(locale, tenge)));
        row
    };
    forecast.steps.iter().map(row).collect()
}

/// How accurate the method has been on this very series.
fn record(locale: &Locale, forecast: &Forecast) -> Vec<String> {
    let backtest = &forecast.backtest;
    let mut record = Vec::new();
    for coverage in &backtest.coverage {
        let share = akimat_core::Ratio::new(
            i128::try_from(coverage.inside).unwrap_or(0),
            i128::try_from(coverage.of).unwrap_or(0),
        );
        if let Some(share) = share.and_then(|share| share.percent(0)) {
            record.push(locale.f(
                "forecast-backtest-covered",
                &[
                    ("n", coverage.of.into()),
                    ("covered", locale.percent(&share).into()),
                    ("level", locale.percent(&coverage.level.to_string()).into()),
                ],
            ));
        }
    }
    record.push(locale.f("forecast-backtest-error", &[("error", short(locale, backtest.chosen.mae).into())]));
    if backtest.naive_better {
        let key = match forecast.choice {
            Choice::Naive | Choice::SeasonalNaive => "forecast-naive-better",
            Choice::Combined { .. } => "forecast-naive-better-kept",
        };
        record.push(locale.t(key).into_owned());
    } else if backtest.naive.mae > 0.0 {
        let gain = (1.0 - backtest.chosen.mae / backtest.naive.mae) * 100.0;
        let percent = locale.percent(&format!("{gain:.0}"));
        record.push(locale.f("forecast-naive-worse", &[("percent", percent.into())]));
    }
    if backtest.n_origins < 6 {
        record.push(locale.f("forecast-backtest-few", &[("n", backtest.n_origins.into())]));
    }
    record
}

fn methods(locale: &Locale, forecast: &Forecast) -> Vec<MethodRow> {
    let weight = |method: &str| match &forecast.choice {
        Choice::Combined { weights } => {
            weights.iter().find(|(code, _)| *code == method).map_or(0.0, |(_, weight)| *weight)
        }
        Choice::Naive => f64::from(u8::from(method == "naive")),
        Choice::SeasonalNaive => f64::from(u8::from(method == "seasonal_naive")),
    };
    forecast
        .backtest
        .methods
        .iter()
        .map(|score| MethodRow {
            name: locale.name("forecast-model", score.method).into_owned(),
            error: short(locale, score.mae),
            mase: locale.decimal(&format!("{:.2}", score.mase)),
            weight: locale.percent(&format!("{:.0}", weight(score.method) * 100.0)),
        })
        .collect()
}
