//! `/places/{code}/forecast/year`: how the fiscal year that runs will end, from the plan and the pace of former
//! years.

mod picture;

use akimat_app::forecast_year::{FiscalLineYear, FiscalPicture};
use akimat_core::KatoCode;
use akimat_forecast::fiscal::Origin;
use akimat_i18n::Locale;
use akimat_storage::published_forecast::ForecastBasis;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::figure::{self, Figure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::forecast::year_refusal;
use akimat_web_kit::view::track_record;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use picture::{Picture, month_name};

#[derive(Template)]
#[template(path = "public/forecast_year/show.html")]
struct ShowPage {
    page: Page,
    above: Vec<frame::PlaceLink>,
    form: kit::Form,
    origins: Vec<(String, String)>,
    names: Vec<(String, String)>,
    refusal: String,
    about: String,
    stats: Vec<(String, String, String)>,
    hints: Vec<String>,
    fan: Figure,
    lines: Figure,
    record: Figure,
    track: Vec<String>,
    track_path: String,
    notes: Vec<String>,
    history_about: String,
    history: Vec<String>,
    forecast_path: String,
    next_path: String,
    execution_path: String,
    json: String,
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
    let name = place.name.get(visitor.lang).to_owned();
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let found = state.app.forecast_fiscal_year(code, origin(asked.get("from"))).await?;
    let empty = ShowPage {
        page: frame::page(&visitor, String::new(), Some(MenuItem::Forecasts)),
        above: frame::crumbs(visitor.lang, &path),
        form: kit::Form::new(),
        origins: Vec::new(),
        names: Vec::new(),
        refusal: String::new(),
        about: String::new(),
        stats: Vec::new(),
        hints: Vec::new(),
        fan: Figure::default(),
        lines: Figure::default(),
        record: Figure::default(),
        track: Vec::new(),
        track_path: format!("/places/{code}/accuracy?basis={}", ForecastBasis::YearToDate.code()),
        notes: Vec::new(),
        history_about: String::new(),
        history: Vec::new(),
        forecast_path: format!("/places/{code}/forecast"),
        next_path: format!("/places/{code}/forecast/next-year"),
        execution_path: format!("/analysis/execution/{code}"),
        json: format!("/api/v1/forecasts/year?place={code}"),
    };
    let page = |title: String, invented: bool| {
        frame::page(&visitor, title, Some(MenuItem::Forecasts))
            .description(locale.t("forecast-year-intro"))
            .invented(invented)
    };
    let view = match &found {
        Ok(found) => {
            let title = locale.f(
                "forecast-year-title",
                &[("place", name.as_str().into()), ("year", found.origin.year.to_string().as_str().into())],
            );
            let mut view = filled(empty, &visitor, found, (&name, asked.get("line")));
            view.track = track(&state, locale, (code, found, asked.get("line"))).await?;
            ShowPage { page: page(title, found.invented || place.invented), ..view }
        }
        Err(why) => {
            let title = locale.f("forecast-year-title-empty", &[("place", name.as_str().into())]);
            ShowPage { page: page(title, place.invented), refusal: year_refusal(locale, *why), ..empty }
        }
    };
    let file = format!("forecast-year-{code}");
    if let Some(file) = figure::asked(&visitor, &file, &[&view.fan, &view.lines, &view.record]).await {
        return file;
    }
    frame::render(&view)
}

/// The line on the picture: the one asked for, or the sum of expenditure.
fn chosen<'f>(found: &'f FiscalPicture, line: &str) -> Option<&'f FiscalLineYear> {
    let named = |word: &str| found.lines.iter().find(|own| own.node.word() == word);
    named(line).or_else(|| named("expenditure_total")).or_else(|| found.lines.first())
}

/// What the record says of forecasts of this line from so many months before December.
async fn track(
    state: &WebState,
    locale: &Locale,
    (code, found, line): (KatoCode, &FiscalPicture, &str),
) -> Answer<Vec<String>> {
    let Some(line) = chosen(found, line).and_then(|own| own.node.line()) else { return Ok(Vec::new()) };
    let like = (&line, ForecastBasis::YearToDate, 12 - u16::from(found.origin.month));
    track_record::sentences(state, locale, code, like).await
}

/// A month as the form sends it: `2026-10`.
fn origin(text: &str) -> Option<Origin> {
    let (year, month) = text.split_once('-')?;
    Some(Origin { year: year.parse().ok()?, month: month.parse().ok()? })
}

fn filled(
    empty: ShowPage,
    visitor: &Visitor,
    found: &FiscalPicture,
    (place, line): (&str, &str),
) -> ShowPage {
    let locale = visitor.locale();
    let chosen = chosen(found, line);
    let picture = Picture { locale, found, place };
    let word = chosen.map_or_else(String::new, |own| own.node.word());
    let from = |origin: &Origin| format!("{}-{:02}", origin.year, origin.month);
    let form = kit::Form::new().with("from", from(&found.origin)).with("line", word.as_str());
    let month = |origin: &Origin| month_name(locale, origin.year, origin.month);
    ShowPage {
        form,
        origins: found.origins.iter().map(|origin| (from(origin), month(origin))).collect(),
        names: found.lines.iter().map(|own| (own.node.word(), picture.name(own))).collect(),
        about: picture.about(),
        stats: picture.stats(),
        hints: picture.hints(),
        fan: chosen.map_or_else(Figure::default, |own| picture.fan(own)).files(visitor),
        lines: picture.lines().files(visitor),
        record: picture.record().files(visitor),
        notes: picture.notes(),
        history_about: chosen.map_or_else(String::new, |own| picture.history_about(own)),
        history: chosen.map_or_else(Vec::new, |own| picture.history(own)),
        json: format!("{}&year={}&month={}", empty.json, found.origin.year, found.origin.month),
        ..empty
    }
}
