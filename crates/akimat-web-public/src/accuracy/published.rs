//! `/forecasts/{id}`: a forecast as it was published, the facts since, and what persons put beside it.

use akimat_app::AppError;
use akimat_app::permission::{Permission, check};
use akimat_app::published_forecast::AdjustmentDraft;
use akimat_core::{ForecastId, Period, Ratio};
use akimat_document::Column;
use akimat_i18n::Locale;
use akimat_storage::PageRequest;
use akimat_storage::published_forecast::{
    Adjustment, ForecastFilter, Judgement, Milli, PublishedForecast, PublishedStep,
};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::figure::{self, Figure, Value};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::chart::{self, Words};
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::figures::axis;
use akimat_web_kit::view::track_record::{self, TENGE, amount, amount_value, line_key, line_name};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use std::collections::{BTreeMap, BTreeSet};

/// Fields of the form in which an adjustment is entered.
const FIELDS: [&str; 4] = ["period", "value", "percent", "reason"];

#[derive(Template)]
#[template(path = "public/accuracy/forecast.html")]
struct ForecastPage {
    page: Page,
    above: Vec<frame::PlaceLink>,
    about: Vec<String>,
    hindcast: bool,
    newer: String,
    fan: Figure,
    outcomes: Vec<String>,
    record: Vec<String>,
    facts: Figure,
    facts_about: Vec<(String, String)>,
    adjustments: Vec<AdjustmentRow>,
    may_adjust: bool,
    form: kit::Form,
    action: String,
    periods: Vec<(String, String)>,
    value_label: String,
    links: Vec<(String, String)>,
    api: String,
}

struct AdjustmentRow {
    title: String,
    reason: String,
    by: String,
    outcome: String,
}

/// A forecast with everything that is known about it.
struct Story {
    forecast: PublishedForecast,
    /// Every judgement, by period and revision.
    judgements: Vec<Judgement>,
    adjustments: Vec<Adjustment>,
    /// The last forecast of the line, when it is another one.
    newer: Option<ForecastId>,
}

impl Story {
    async fn read(state: &WebState, id: ForecastId) -> Answer<Self> {
        let read = state.app.read();
        let forecast = read.find_published_forecast(id).await?.ok_or_else(Failure::not_found)?;
        let filter = ForecastFilter {
            place: Some(forecast.place),
            line: Some(forecast.line.clone()),
            hindcast: Some(forecast.hindcast),
        };
        let latest = read.list_published_forecasts(&filter, &PageRequest::first(1)).await?.items;
        let newer = latest.first().map(|latest| latest.id).filter(|latest| *latest != id);
        let judgements = read.list_judgements(&[id]).await?;
        let adjustments = read.list_adjustments(&[id]).await?;
        Ok(Self { forecast, judgements, adjustments, newer })
    }

    /// The fact as it is known now.
    fn latest(&self, period: Period) -> Option<&Judgement> {
        self.judgements.iter().rfind(|judgement| judgement.period == period)
    }

    /// What the step was last adjusted to.
    fn adjusted(&self, period: Period) -> Option<&Adjustment> {
        self.adjustments.iter().rfind(|adjustment| adjustment.period == period)
    }

    fn open(&self) -> impl Iterator<Item = &PublishedStep> {
        self.forecast.body.steps.iter().filter(|step| self.latest(step.period).is_none())
    }
}

/// The page.
///
/// # Errors
/// 404 when there is no such forecast.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    RawQuery(_): RawQuery,
) -> Answer {
    let story = Story::read(&state, frame::id(&id)?).await?;
    let page = page(&state, &visitor, &story, kit::Form::new()).await?;
    let figures = [&page.fan, &page.facts];
    if let Some(file) = figure::asked(&visitor, &format!("forecast-{}", story.forecast.id), &figures).await {
        return file;
    }
    frame::render(&page)
}

/// An analyst puts a value beside that of the model.
///
/// # Errors
/// 403 outside the analyst's territory, 404 when there is no such forecast.
pub async fn adjust(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let id: ForecastId = frame::id(&id)?;
    let word = |name: &str| form.get(name).to_owned();
    let draft = AdjustmentDraft {
        period: word("period"),
        value: word("value"),
        percent: word("percent"),
        reason: word("reason"),
    };
    match state.app.adjust_forecast(visitor.actor(), id, &draft).await {
        Ok(_) => Ok(frame::redirect(&visitor, &format!("/forecasts/{id}#adjustments"), "saved")),
        Err(AppError::Invalid(faults)) => {
            let mut again =
                FIELDS.iter().fold(kit::Form::new(), |again, name| again.with(name, form.get(name)));
            for fault in &faults {
                again.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
            }
            let story = Story::read(&state, id).await?;
            let page = page(&state, &visitor, &story, again).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn page(state: &WebState, visitor: &Visitor, story: &Story, form: kit::Form) -> Answer<ForecastPage> {
    let locale = visitor.locale();
    let forecast = &story.forecast;
    let path = state.app.read().list_place_path(forecast.place, state.app.today()).await?;
    let place =
        path.last().map_or_else(|| forecast.place.to_string(), |p| p.name.get(visitor.lang).to_owned());
    let line = line_name(locale, &forecast.line);
    let title = locale.f("published-title", &[("line", line.as_str().into()), ("place", place.into())]);
    let allowed = check(visitor.actor(), Permission::PublishForecasts, Some(forecast.place)).is_ok();
    let periods: Vec<(String, String)> =
        story.open().map(|step| (step.period.to_string(), locale.period(step.period))).collect();
    let unit = if forecast.body.unit == TENGE { "published-value-money" } else { "published-value-count" };
    let key = form_urlencoded::byte_serialize(line_key(&forecast.line).as_bytes()).collect::<String>();
    let record = track_record::sentences(state, locale, (forecast.place, &forecast.line, 1)).await?;
    Ok(ForecastPage {
        page: frame::page(visitor, title.clone(), Some(MenuItem::Forecasts))
            .invented(forecast.invented)
            .errors(!form.is_clean()),
        above: frame::crumbs(visitor.lang, &path),
        about: about(locale, forecast, state),
        hindcast: forecast.hindcast,
        newer: story.newer.map_or_else(String::new, |id| format!("/forecasts/{id}")),
        fan: fan(locale, &title, story).files(visitor),
        outcomes: outcomes(locale, story),
        record,
        facts: facts(locale, story).files(visitor),
        facts_about: facts_about(locale, forecast),
        adjustments: story.adjustments.iter().map(|one| adjustment(locale, state, story, one)).collect(),
        may_adjust: allowed && !forecast.hindcast && !periods.is_empty(),
        form,
        action: visitor.to(&format!("/forecasts/{}/adjust", forecast.id)),
        periods,
        value_label: locale.t(unit).into_owned(),
        links: vec![
            (
                format!("/places/{}/accuracy?line={key}", forecast.place),
                locale.t("accuracy-link").into_owned(),
            ),
            (format!("/places/{}/forecast", forecast.place), locale.t("accuracy-to-forecast").into_owned()),
            (
                akimat_web_kit::view::logged::path(
                    &format!("forecast/{}", forecast.id),
                    "forecast_published",
                ),
                locale.t("log-verify-link").into_owned(),
            ),
        ],
        api: format!("/api/v1/published-forecasts/{}", forecast.id),
    })
}

/// When, by whom and on what it was published.
fn about(locale: &Locale, forecast: &PublishedForecast, state: &WebState) -> Vec<String> {
    let when = locale.date(forecast.published_at.to_zoned(state.app.zone().clone()).date());
    let known = locale.date(forecast.known_at);
    if forecast.hindcast {
        return vec![locale.f("published-later", &[("when", when.into()), ("known", known.into())])];
    }
    let published = if forecast.publisher_name.is_empty() {
        locale.f("published-when", &[("when", when.into())])
    } else {
        let args = [("when", when.into()), ("name", forecast.publisher_name.as_str().into())];
        locale.f("published-by", &args)
    };
    vec![published, locale.t("published-unchanged").into_owned()]
}

/// Money on a picture is in billions of tenge.
fn scaled(forecast: &PublishedForecast, value: Milli) -> f64 {
    if forecast.body.unit == TENGE { value.get() / 1e9 } else { value.get() }
}

fn unit_name(locale: &Locale, forecast: &PublishedForecast, money: &str) -> String {
    if forecast.body.unit == TENGE { locale.t(money).into_owned() } else { forecast.body.unit.clone() }
}

fn fan(locale: &Locale, title: &str, story: &Story) -> Figure {
    let (forecast, body) = (&story.forecast, &story.forecast.body);
    let scale = |value: Milli| scaled(forecast, value);
    let bound = |level: u8, high: bool| -> Vec<f64> {
        let end = |step: &PublishedStep| {
            let interval = step.interval(level);
            interval.map_or(step.point, |own| if high { own.high } else { own.low })
        };
        body.steps.iter().map(|step| scale(end(step))).collect()
    };
    let each = |pick: &dyn Fn(&PublishedStep) -> Milli| -> Vec<f64> {
        body.steps.iter().map(|step| scale(pick(step))).collect()
    };
    let past = body.history.iter().map(|past| past.period);
    let ahead = body.steps.iter().map(|step| step.period);
    let mut since: Vec<Option<f64>> = vec![None; body.history.len()];
    since.extend(body.steps.iter().map(|step| story.latest(step.period).map(|fact| scale(fact.fact))));
    let data = chart::Fan {
        periods: past.chain(ahead).map(|period| period.to_string()).collect(),
        unit: unit_name(locale, forecast, "unit-billion-tenge"),
        history: body.history.iter().map(|past| Some(scale(past.value))).collect(),
        backtest: if story.judgements.is_empty() { Vec::new() } else { since },
        plan: Vec::new(),
        published: Vec::new(),
        point: each(&|step| step.point),
        naive: each(&|step| step.naive),
        lo50: bound(50, false),
        hi50: bound(50, true),
        lo80: bound(80, false),
        hi80: bound(80, true),
        lo95: bound(95, false),
        hi95: bound(95, true),
    };
    let word = |key: &str| locale.t(key).into_owned();
    let interval = |level: &str| locale.f("published-interval", &[("level", locale.percent(level).into())]);
    let key = chart::FanKey {
        history: word("published-known"),
        point: word("forecast-point"),
        band50: interval("50"),
        band80: interval("80"),
        band95: interval("95"),
        naive: word("accuracy-naive"),
        backtest: word("published-since"),
        plan: String::new(),
        published: String::new(),
    };
    let words = Words::new("fan", title, locale.t("published-fan-about"));
    let chart = chart::fan(&words, &data, &key, &|value| axis(locale, value));
    let columns = ["forecast-period", "published-known"]
        .into_iter()
        .zip([false, true])
        .map(|(key, number)| if number { Column::number(locale.t(key)) } else { Column::text(locale.t(key)) })
        .collect();
    let rows = body.history.iter().map(|past| {
        vec![Value::text(locale.period(past.period)), amount_value(locale, past.value, &body.unit)]
    });
    Figure::new("fan", title, chart).table(
        unit_name(locale, forecast, "unit-thousand-tenge"),
        columns,
        rows.collect(),
    )
}

/// The steps with their facts.
fn facts(locale: &Locale, story: &Story) -> Figure {
    let body = &story.forecast.body;
    let adjusted: BTreeSet<Period> = story.adjustments.iter().map(|one| one.period).collect();
    let end = |level: &str, key: &str| Column::number(format!("{level} %: {}", locale.t(key)));
    let mut columns = vec![
        Column::text(locale.t("forecast-period")),
        Column::number(locale.t("forecast-point")),
        end("80", "forecast-lower"),
        end("80", "forecast-upper"),
        end("95", "forecast-lower"),
        end("95", "forecast-upper"),
        Column::number(locale.t("accuracy-naive")),
        Column::number(locale.t("forecast-fact")),
        Column::number(locale.t("published-error")),
    ];
    if !adjusted.is_empty() {
        columns.push(Column::number(locale.t("published-adjusted")));
    }
    let value = |value: Milli| amount_value(locale, value, &body.unit);
    let or_unknown = |found: Option<Milli>| found.map_or_else(|| Value::unknown(locale), value);
    let row = |step: &PublishedStep| {
        let bound = |level: u8, high: bool| {
            or_unknown(step.interval(level).map(|own| if high { own.high } else { own.low }))
        };
        let fact = story.latest(step.period);
        let mut row = vec![
            Value::text(locale.period(step.period)),
            value(step.point),
            bound(80, false),
            bound(80, true),
            bound(95, false),
            bound(95, true),
            value(step.naive),
            or_unknown(fact.map(|fact| fact.fact)),
            or_unknown(fact.map(|fact| fact.error)),
        ];
        if !adjusted.is_empty() {
            row.push(or_unknown(story.adjusted(step.period).map(|one| one.value)));
        }
        row
    };
    Figure::new("steps", locale.t("published-steps"), Default::default()).table(
        unit_name(locale, &story.forecast, "unit-thousand-tenge"),
        columns,
        body.steps.iter().map(row).collect(),
    )
}

/// One sentence a fact: how far off, inside or not, the naive method beside it; revisions after it.
fn outcomes(locale: &Locale, story: &Story) -> Vec<String> {
    let unit = &story.forecast.body.unit;
    let mut said = Vec::new();
    for judgement in &story.judgements {
        let period = locale.period(judgement.period);
        let fact = amount(locale, judgement.fact, unit);
        if judgement.revision > 1 {
            let known = locale.date(judgement.known_on);
            let args = [("period", period.into()), ("fact", fact.into()), ("known", known.into())];
            said.push(locale.f("published-revised", &args));
            continue;
        }
        let key = match (judgement.inside[1], judgement.inside[3]) {
            (Some(true), _) => "published-inside-80",
            (_, Some(true)) => "published-inside-95",
            _ => "published-outside",
        };
        let percent = judgement.relative.and_then(|own| Ratio::new(own.into(), 1_000_000)?.percent(1));
        let off = percent
            .map_or_else(|| amount(locale, judgement.error.abs(), unit), |percent| locale.percent(&percent));
        said.push(locale.f(key, &[("period", period.into()), ("fact", fact.into()), ("off", off.into())]));
        if judgement.naive_error.abs() < judgement.error.abs() {
            said.push(locale.t("published-naive-nearer").into_owned());
        }
    }
    said
}

/// What it is made of.
fn facts_about(locale: &Locale, forecast: &PublishedForecast) -> Vec<(String, String)> {
    let term = |key: &str, value: String| (locale.t(key).into_owned(), value);
    let weights: Vec<String> = forecast
        .body
        .weights
        .iter()
        .map(|(code, weight)| {
            let percent = Ratio::new(weight.0.into(), 1_000).and_then(|ratio| ratio.percent(0));
            let percent = locale.percent(&percent.unwrap_or_default());
            format!("{}: {percent}", method_name(locale, code))
        })
        .collect();
    let mut facts = vec![
        term("published-origin", locale.period(forecast.origin)),
        term("published-known-at", locale.date(forecast.known_at)),
        term("published-weights", weights.join("; ")),
        term("accuracy-version", forecast.model_version.clone()),
        term("published-assumptions", locale.t("published-nominal").into_owned()),
    ];
    if let Some(stage) = forecast.stage {
        facts.insert(2, term("budget-stage", locale.name("budget-stage", stage.code()).into_owned()));
    }
    facts
}

/// The name of a method, or its code when the catalogue does not know it yet.
fn method_name(locale: &Locale, code: &str) -> String {
    let key = format!("forecast-model-{code}");
    if locale.has(&key) { locale.t(&key).into_owned() } else { code.to_owned() }
}

fn adjustment(locale: &Locale, state: &WebState, story: &Story, one: &Adjustment) -> AdjustmentRow {
    let unit = &story.forecast.body.unit;
    let value = amount(locale, one.value, unit);
    let period = locale.period(one.period);
    let percent = one.percent.and_then(|percent| Ratio::new(percent.0.into(), 1_000)?.to_decimal(1));
    let title = match percent {
        Some(percent) => {
            let args = [
                ("period", period.into()),
                ("value", value.into()),
                ("percent", locale.percent(&percent).into()),
            ];
            locale.f("published-adjusted-percent", &args)
        }
        None => locale.f("published-adjusted-value", &[("period", period.into()), ("value", value.into())]),
    };
    let when = locale.date_time(one.at, state.app.zone());
    let last: BTreeMap<Period, &Adjustment> = story.adjustments.iter().map(|one| (one.period, one)).collect();
    let judged = story.judgements.iter().find(|judgement| judgement.period == one.period);
    let replaced = last.get(&one.period).is_some_and(|last| last.id != one.id);
    let outcome = match judged.and_then(|judgement| Some((judgement, judgement.adjusted_error?))) {
        _ if replaced => locale.t("published-adjusted-replaced"),
        None => locale.t("published-adjusted-open"),
        Some((judgement, error)) if error.abs() < judgement.error.abs() => {
            locale.t("published-person-nearer")
        }
        Some((judgement, error)) if error.abs() > judgement.error.abs() => locale.t("published-model-nearer"),
        Some(_) => locale.t("published-both-same"),
    };
    AdjustmentRow {
        title,
        reason: one.reason.clone(),
        by: locale.f("comment-by", &[("name", one.account_name.as_str().into()), ("when", when.into())]),
        outcome: outcome.into_owned(),
    }
}
