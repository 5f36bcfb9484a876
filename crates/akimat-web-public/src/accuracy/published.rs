//! `/forecasts/{id}`: a forecast as it was published, the facts since, and what persons put beside it.

mod picture;

use akimat_app::AppError;
use akimat_app::permission::{Permission, check};
use akimat_app::published_forecast::{AdjustmentDraft, GAPS_FILLED};
use akimat_core::{ForecastId, Period, Ratio};
use akimat_i18n::Locale;
use akimat_storage::PageRequest;
use akimat_storage::published_forecast::{
    Adjustment, ForecastBasis, ForecastFilter, Judgement, PublishedForecast, PublishedStep,
};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::figure::{self, Figure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::track_record::{self, TENGE, amount, line_key, line_name};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use picture::{drawn_past, facts, fan};
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
            basis: Some(forecast.basis),
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
    let title = title(locale, forecast, (&line, &place));
    let allowed = check(visitor.actor(), Permission::PublishForecasts, Some(forecast.place)).is_ok();
    let periods: Vec<(String, String)> =
        story.open().map(|step| (step.period.to_string(), locale.period(step.period))).collect();
    let unit = if forecast.body.unit == TENGE { "published-value-money" } else { "published-value-count" };
    let key = form_urlencoded::byte_serialize(line_key(&forecast.line).as_bytes()).collect::<String>();
    // Of a year that runs its end is what people look at.
    let horizon = match forecast.basis {
        ForecastBasis::Period | ForecastBasis::Cases => 1,
        ForecastBasis::YearToDate => u16::try_from(forecast.body.steps.len()).unwrap_or(1),
    };
    let like = (&forecast.line, forecast.basis, horizon);
    let record = track_record::sentences(state, locale, forecast.place, like).await?;
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
                format!("/places/{}/accuracy?basis={}&line={key}", forecast.place, forecast.basis.code()),
                locale.t("accuracy-link").into_owned(),
            ),
            (
                match forecast.basis {
                    ForecastBasis::Period => format!("/places/{}/forecast", forecast.place),
                    ForecastBasis::YearToDate => format!("/places/{}/forecast/year", forecast.place),
                    ForecastBasis::Cases => format!("/places/{}/demand", forecast.place),
                },
                locale.t("accuracy-to-forecast").into_owned(),
            ),
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

fn title(locale: &Locale, forecast: &PublishedForecast, (line, place): (&str, &str)) -> String {
    let named = [("line", line.into()), ("place", place.into())];
    match forecast.basis {
        ForecastBasis::Period | ForecastBasis::Cases => locale.f("published-title", &named),
        ForecastBasis::YearToDate => {
            let year = forecast.origin.year().to_string();
            let [line, place] = named;
            locale.f("published-title-year", &[line, place, ("year", year.into())])
        }
    }
}

/// When, by whom and on what it was published.
fn about(locale: &Locale, forecast: &PublishedForecast, state: &WebState) -> Vec<String> {
    let mut about = published(locale, forecast, state);
    if forecast.basis == ForecastBasis::YearToDate {
        about.push(locale.t("published-since-january").into_owned());
    }
    about
}

fn published(locale: &Locale, forecast: &PublishedForecast, state: &WebState) -> Vec<String> {
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
        term("published-assumptions", assumptions(locale, forecast)),
    ];
    if let Some(stage) = forecast.stage {
        facts.insert(2, term("budget-stage", locale.name("budget-stage", stage.code()).into_owned()));
    }
    facts.retain(|(_, value)| !value.is_empty());
    facts
}

/// What is assumed, with the periods whose gaps were filled.
fn assumptions(locale: &Locale, forecast: &PublishedForecast) -> String {
    let mut said = Vec::new();
    // Of cases no prices are assumed.
    if forecast.body.unit == TENGE {
        said.push(locale.t("published-nominal").into_owned());
    }
    if forecast.body.assumptions.iter().any(|code| code == GAPS_FILLED) {
        let history = &forecast.body.history;
        let known: BTreeSet<Period> = history.iter().map(|past| past.period).collect();
        let missing = drawn_past(forecast).into_iter().filter(|period| !known.contains(period));
        let missing: Vec<String> = missing.map(|period| locale.period(period)).collect();
        said.push(locale.f("published-gaps-filled", &[("periods", missing.join(", ").into())]));
    }
    said.join("; ")
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
