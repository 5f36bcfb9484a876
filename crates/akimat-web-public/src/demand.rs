//! `/places/{code}/demand`: expected appeals and reports by service, and the officers that they need under stated
//! assumptions.

mod asked;
mod picture;

use akimat_app::demand::{NoDemand, PREFIX, ServiceDemand};
use akimat_app::forecast::NoForecast;
use akimat_core::KatoCode;
use akimat_forecast::Refusal;
use akimat_i18n::Locale;
use akimat_storage::published_forecast::{ForecastBasis, ForecastLine};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::figure::{self, Figure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::forecast::{period, refusal};
use akimat_web_kit::view::track_record;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use asked::Asked;
use axum::extract::{Path, RawQuery, State};
use picture::{Picture, service_name};

#[derive(Template)]
#[template(path = "public/demand/show.html")]
struct ShowPage {
    page: Page,
    above: Vec<frame::PlaceLink>,
    form: kit::Form,
    services: Vec<(String, String)>,
    assumptions: String,
    refusals: Vec<(String, String)>,
    stats: Vec<(String, String, String)>,
    all: Figure,
    fan: Figure,
    staffing: Figure,
    history: Figure,
    track: Vec<String>,
    track_path: String,
    chosen: String,
    series: String,
    forecast_path: String,
    api: String,
}

/// The page.
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
    let path = state.app.read().list_place_path(code, state.app.today()).await?;
    let place = path.last().ok_or_else(Failure::not_found)?;
    let name = place.name.get(visitor.lang);
    let asked = Asked::read(locale, &Form::parse(query.unwrap_or_default().as_bytes()));
    let found = state.app.forecast_demand(code).await?;
    // The service that is asked for, or the first one that has a forecast.
    let chosen = found.iter().find(|own| own.service == asked.service);
    let chosen = chosen.or_else(|| found.iter().find(|own| own.forecast.is_ok())).or_else(|| found.first());
    let picture = Picture { locale, asked: &asked, place: name };
    let draw =
        |draw: &dyn Fn(&ServiceDemand) -> Figure| chosen.map_or_else(Figure::default, draw).files(&visitor);
    let track = match chosen.filter(|own| own.forecast.is_ok()) {
        Some(own) => {
            let line = ForecastLine::Series(format!("{PREFIX}{}", own.service));
            track_record::sentences(&state, locale, code, (&line, ForecastBasis::Cases, 1)).await?
        }
        None => Vec::new(),
    };
    let view = ShowPage {
        page: page(&visitor, name).invented(place.invented || found.iter().any(|own| own.invented)),
        above: frame::crumbs(visitor.lang, &path),
        form: asked.form.clone().with("service", chosen.map_or("", |own| own.service.as_str())),
        services: found.iter().map(|own| (own.service.clone(), service_name(locale, own))).collect(),
        assumptions: picture.assumptions(),
        refusals: found.iter().filter_map(|own| refused(locale, own)).collect(),
        stats: chosen.map_or_else(Vec::new, |own| picture.stats(own)),
        all: if found.is_empty() { Figure::default() } else { picture.all(&found).files(&visitor) },
        fan: draw(&|own| picture.fan(own)),
        staffing: draw(&|own| picture.staffing(own)),
        history: draw(&|own| picture.history(own)),
        track,
        track_path: format!("/places/{code}/accuracy?basis={}", ForecastBasis::Cases.code()),
        chosen: chosen.map_or_else(String::new, |own| service_name(locale, own)),
        series: format!("{PREFIX}roads_07"),
        forecast_path: format!("/places/{code}/forecast"),
        api: format!("/api/v1/observations?place={code}"),
    };
    let figures = [&view.all, &view.fan, &view.staffing, &view.history];
    if let Some(file) = figure::asked(&visitor, &format!("demand-{code}"), &figures).await {
        return file;
    }
    if view.form.is_clean() { frame::render(&view) } else { frame::render_invalid(&view) }
}

fn page(visitor: &Visitor, place: &str) -> Page {
    let locale = visitor.locale();
    frame::page(visitor, locale.f("demand-title", &[("place", place.into())]), Some(MenuItem::Forecasts))
        .description(locale.t("demand-intro"))
}

/// A service without a forecast, and why.
fn refused(locale: &Locale, own: &ServiceDemand) -> Option<(String, String)> {
    let why = match own.forecast.as_ref().err()? {
        NoDemand::NotACount(month) => {
            locale.f("demand-not-a-count", &[("month", period(locale, *month).into())])
        }
        NoDemand::Forecast(NoForecast::Refused(Refusal::TooFewPoints { have, need })) => {
            locale.f("demand-too-few", &[("have", (*have).into()), ("need", (*need).into())])
        }
        NoDemand::Forecast(no) => refusal(locale, no),
    };
    Some((service_name(locale, own), why))
}
