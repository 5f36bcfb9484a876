//! Forecasts of budget lines, with their track record, or the reason why there is none.

pub mod model;
pub mod next_year;
mod picture;
mod words;

use akimat_app::forecast::{LineForecast, LineQuestion};
use akimat_budget::Item;
use akimat_core::{Frequency, KatoCode, MoneyUnit};
use akimat_forecast::Forecast;
use akimat_i18n::Locale;
use akimat_storage::published_forecast::{ForecastBasis, ForecastLine};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::figure::{self, Figure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::forecast::asked::{self, LEVELS_SHOWN};
use akimat_web_kit::view::forecast::{LineAsked, period, refusal};
use akimat_web_kit::view::project::place_names;
use akimat_web_kit::view::track_record;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use picture::Drawn;

/// Facts that stand open on the page; more are folded.
const OBSERVED_OPEN: usize = 24;

/// A forecast as it was published, with the facts that came after it.
#[derive(Default)]
struct Published {
    about: String,
    path: String,
    rows: Vec<[String; 5]>,
}

impl Published {
    fn of(state: &WebState, locale: &Locale, line: &LineForecast) -> Self {
        let Some(own) = &line.published else { return Self::default() };
        let when = locale.date(own.published_at.to_zoned(state.app.zone().clone()).date());
        let known = locale.date(own.known_at);
        let args =
            [("when", when.into()), ("known", known.into()), ("version", own.model_version.as_str().into())];
        let key = if own.hindcast { "forecast-hindcast-about" } else { "forecast-published-about" };
        let row = |step: &akimat_storage::published_forecast::PublishedStep| {
            let fact = line.observed.iter().find(|fact| fact.period == step.period)?;
            let interval = step.intervals.iter().find(|interval| interval.level == 80);
            let end = |end: Option<f64>| {
                end.map_or_else(
                    || locale.t("no-data-short").into_owned(),
                    |end| picture::thousand(locale, end).shown,
                )
            };
            Some([
                period(locale, step.period),
                end(Some(step.point.get())),
                end(interval.map(|own| own.low.get())),
                end(interval.map(|own| own.high.get())),
                locale.amount(fact.amount, MoneyUnit::ThousandTenge, 1),
            ])
        };
        let rows = own.body.steps.iter().filter_map(row).collect();
        Self { about: locale.f(key, &args), path: format!("/forecasts/{}", own.id), rows }
    }
}

#[derive(Template)]
#[template(path = "public/forecast/list.html")]
struct ListPage {
    page: Page,
    items: Vec<ListItem>,
}

struct ListItem {
    path: String,
    next: String,
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
    frequencies: Vec<(String, String)>,
    horizons: Vec<(String, String)>,
    levels: Vec<(String, String)>,
    prices: Vec<(String, String)>,
    stage: String,
    remarks: Vec<String>,
    refusal: String,
    fan: Figure,
    sentences: Vec<String>,
    record: Vec<String>,
    track: Vec<String>,
    methods: Vec<words::MethodRow>,
    observed: Vec<[String; 3]>,
    many: bool,
    special: bool,
    published: Published,
    links: Vec<(String, String)>,
    json: String,
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
                next: format!("/places/{place}/forecast/next-year"),
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
    let question = LineQuestion { horizon, ..LineQuestion::yearly(code, item, "") };
    let line = state.app.forecast_line(&question).await?;
    let series = format!("{}, {}", locale.name("budget-item", item.code()), place.name.get(locale.lang()));
    let figure = match &line.forecast {
        Ok(forecast) => {
            Ok(Drawn { locale, series: &series, line: &line, forecast, levels: &LEVELS_SHOWN }.figure())
        }
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
    let asked = LineAsked::read(&Form::parse(query.unwrap_or_default().as_bytes()));
    let line = state.app.forecast_line(&asked.question(code)).await?;
    let place_name = place.name.get(visitor.lang).to_owned();
    let series = format!("{}, {place_name}", asked.line_name(locale));
    let drawn = line.forecast.as_ref().ok();
    let levels = &asked.levels;
    let fan = drawn.map_or_else(Figure::default, |forecast| {
        Drawn { locale, series: &series, line: &line, forecast, levels }.figure()
    });
    let fan = fan.files(&visitor);
    if let Some(file) =
        figure::asked(&visitor, &format!("forecast-{code}-{}", asked.line_word()), &[&fan]).await
    {
        return file;
    }
    let title = locale.f("forecast-title", &[("series", series.as_str().into())]);
    let page = frame::page(&visitor, title, Some(MenuItem::Forecasts)).invented(line.invented);
    let by_month = monthly(&state, code).await?;
    frame::render(&ShowPage {
        page,
        place: frame::PlaceLink { name: place_name, path: frame::place_path(code) },
        form: asked.form(),
        items: asked::lines(locale),
        frequencies: asked::frequencies(locale, by_month),
        horizons: asked.horizons(locale),
        levels: asked::levels(locale),
        prices: asked::prices(locale),
        stage: locale.name("budget-stage", line.stage.code()).into_owned(),
        remarks: words::remarks(locale, &line),
        refusal: line.forecast.as_ref().err().map_or_else(String::new, |no| refusal(locale, no)),
        fan,
        sentences: drawn.map_or_else(Vec::new, |forecast| words::sentences(locale, forecast)),
        record: drawn.map_or_else(Vec::new, |forecast| words::record(locale, forecast, levels)),
        track: track(&state, locale, &asked, (code, &line)).await?,
        methods: drawn.map_or_else(Vec::new, |forecast| words::methods(locale, forecast)),
        observed: observed(locale, &line, drawn),
        many: line.observed.len() > OBSERVED_OPEN,
        special: asked.is_special(),
        published: Published::of(&state, locale, &line),
        links: vec![
            (format!("/places/{code}/forecast/next-year"), locale.t("forecast-next-link").into_owned()),
            (format!("/places/{code}/forecast/year"), locale.t("forecast-year-entry").into_owned()),
            (format!("/places/{code}/demand"), locale.t("demand-entry").into_owned()),
            (
                format!(
                    "/analysis/laboratory?place={code}&item={}&frequency={}",
                    asked.line_word(),
                    asked.frequency.code()
                ),
                locale.t("laboratory-link").into_owned(),
            ),
            (format!("/places/{code}/accuracy"), locale.t("forecast-accuracy-link").into_owned()),
            ("/forecast/model".to_owned(), locale.t("forecast-models-link").into_owned()),
        ],
        json: format!("/api/v1/forecasts?{}", asked.query(code)),
    })
}

/// What the record says of forecasts like this one: it is of whole years in the prices of each year, and of
/// other series it says nothing.
async fn track(
    state: &WebState,
    locale: &Locale,
    asked: &LineAsked,
    (code, line): (KatoCode, &LineForecast),
) -> Answer<Vec<String>> {
    let special = line.forecast.is_err() || line.prices.is_some() || asked.is_special();
    if special || asked.frequency != Frequency::Yearly {
        return Ok(Vec::new());
    }
    let like = ForecastLine::Budget(asked.item, asked.code.to_owned());
    track_record::sentences(state, locale, code, (&like, ForecastBasis::Period, 1)).await
}

/// Whether the unit reports within the year.
async fn monthly(state: &WebState, code: KatoCode) -> Answer<bool> {
    let units = state.app.read().list_fact_units(Some(code), None).await?;
    Ok(units.iter().any(|unit| unit.place == code))
}

/// Facts with what the method would have said about them.
fn observed(locale: &Locale, line: &LineForecast, forecast: Option<&Forecast>) -> Vec<[String; 3]> {
    let row = |own: &akimat_app::forecast::Observed| {
        let past = line.past.iter().find(|past| past.period == own.period && forecast.is_some());
        [
            period(locale, own.period),
            locale.amount(own.amount, MoneyUnit::ThousandTenge, 1),
            past.map_or_else(String::new, |past| picture::thousand(locale, past.point).shown),
        ]
    };
    line.observed.iter().map(row).collect()
}
