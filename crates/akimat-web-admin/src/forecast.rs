//! `/admin/forecasts`: an analyst publishes the forecast of a line or of the year that runs, or asks for those of
//! all territories.

use akimat_app::AppError;
use akimat_app::published_forecast::{ForecastRequest, Published, PublishedYear, main_lines};
use akimat_core::KatoCode;
use akimat_storage::published_forecast::ForecastBasis;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::forecast::{refusal, year_refusal};
use akimat_web_kit::view::project::place_names;
use akimat_web_kit::view::track_record::{line_key, line_name, parse_line};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};

#[derive(Template)]
#[template(path = "admin/forecasts.html")]
struct ForecastsPage {
    page: Page,
    form: kit::Form,
    places: Vec<(String, String)>,
    reporting: Vec<(String, String)>,
    counting: Vec<(String, String)>,
    lines: Vec<(String, String)>,
    refusal: String,
    n_lines: String,
}

async fn page(
    state: &WebState,
    visitor: &Visitor,
    form: kit::Form,
    refusal: String,
) -> Answer<ForecastsPage> {
    let locale = visitor.locale();
    let own = visitor.actor().ok_or(AppError::SignInNeeded)?.place;
    let heads = state.app.read().list_latest_budgets().await?;
    let mut codes: Vec<KatoCode> = heads.iter().filter_map(|head| head.budget.place).collect();
    codes.retain(|code| own.is_none_or(|own| own.covers(*code)));
    codes.dedup();
    let units = state.app.read().list_fact_units(own, None).await?;
    let reporting: Vec<KatoCode> =
        units.iter().filter(|unit| !unit.is_fund()).map(|unit| unit.place).collect();
    let mut counting = state.app.demand_places().await?;
    counting.retain(|code| own.is_none_or(|own| own.covers(*code)));
    let all = codes.iter().chain(&reporting).chain(&counting).copied();
    let names = place_names(state, locale, all).await?;
    let name = |code: &KatoCode| names.get(code).cloned().unwrap_or_else(|| code.to_string());
    let choice = |codes: &[KatoCode]| {
        let mut places: Vec<(String, String)> =
            codes.iter().map(|code| (code.to_string(), name(code))).collect();
        places.sort_by(|a, b| locale.compare(&a.1, &b.1));
        places
    };
    let lines = main_lines();
    Ok(ForecastsPage {
        page: frame::page(visitor, locale.t("publish-title"), Some(MenuItem::Admin))
            .hidden()
            .errors(!form.is_clean()),
        form,
        places: choice(&codes),
        reporting: choice(&reporting),
        counting: choice(&counting),
        n_lines: locale.f("publish-all-about", &[("n", lines.len().into())]),
        lines: lines.iter().map(|line| (line_key(line), line_name(locale, line))).collect(),
        refusal,
    })
}

/// The page.
///
/// # Errors
/// When the database fails.
pub async fn form(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let form = kit::Form::new().with("place", asked.get("place")).with("line", asked.get("line"));
    frame::render(&page(&state, &visitor, form, String::new()).await?)
}

/// Publishes the forecast of one line.
///
/// # Errors
/// 403 outside the analyst's territory.
pub async fn publish(State(state): State<WebState>, visitor: Visitor, form: Form) -> Answer {
    akimat_web_kit::view::attempt::limit(&state.limiters.heavy, &state, &visitor)?;
    let locale = visitor.locale();
    let mut again = kit::Form::new().with("place", form.get("place")).with("line", form.get("line"));
    let (place, line) = (form.get("place").parse::<KatoCode>().ok(), parse_line(form.get("line")));
    let (Some(place), Some(line)) = (place, line.clone()) else {
        let wrong = if place.is_none() { "place" } else { "line" };
        again.fail(wrong, locale.t("field-choose-from-list").into_owned());
        let page = page(&state, &visitor, again, String::new()).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response());
    };
    match state.app.publish_forecast(visitor.actor(), &ForecastRequest::yearly(place, line)).await? {
        Published::New(id) => {
            Ok(frame::redirect(&visitor, &format!("/forecasts/{id}"), "forecast-published"))
        }
        Published::Same(id) => Ok(frame::redirect(&visitor, &format!("/forecasts/{id}"), "forecast-same")),
        Published::Refused(no) => {
            let page = page(&state, &visitor, again, refusal(locale, &no)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
        }
    }
}

/// Publishes how the running year of a budget goes on, every line of it.
///
/// # Errors
/// 403 outside the analyst's territory.
pub async fn publish_year(State(state): State<WebState>, visitor: Visitor, form: Form) -> Answer {
    akimat_web_kit::view::attempt::limit(&state.limiters.heavy, &state, &visitor)?;
    let locale = visitor.locale();
    let mut again = kit::Form::new().with("year-place", form.get("year-place"));
    let refusal = match form.get("year-place").parse::<KatoCode>() {
        Err(_) => {
            again.fail("year-place", locale.t("field-choose-from-list").into_owned());
            String::new()
        }
        Ok(place) => match state.app.publish_running_year(visitor.actor(), place).await? {
            PublishedYear::Stored { n_new, .. } => {
                let basis = ForecastBasis::YearToDate.code();
                let path = format!("/places/{place}/accuracy?basis={basis}&record=published");
                let done = if n_new > 0 { "forecast-published" } else { "forecast-same" };
                return Ok(frame::redirect(&visitor, &path, done));
            }
            PublishedYear::Over => locale.t("publish-year-over").into_owned(),
            PublishedYear::Refused(no) => year_refusal(locale, no),
        },
    };
    let page = page(&state, &visitor, again, refusal).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
}

/// Publishes the expected appeals and reports of every service of a territory.
///
/// # Errors
/// 403 outside the analyst's territory.
pub async fn publish_cases(State(state): State<WebState>, visitor: Visitor, form: Form) -> Answer {
    akimat_web_kit::view::attempt::limit(&state.limiters.heavy, &state, &visitor)?;
    let locale = visitor.locale();
    let mut again = kit::Form::new().with("cases-place", form.get("cases-place"));
    let refusal = match form.get("cases-place").parse::<KatoCode>() {
        Err(_) => {
            again.fail("cases-place", locale.t("field-choose-from-list").into_owned());
            String::new()
        }
        Ok(place) => {
            let done = state.app.publish_cases(visitor.actor(), place).await?;
            if done.n_new + done.n_same > 0 {
                let basis = ForecastBasis::Cases.code();
                let path = format!("/places/{place}/accuracy?basis={basis}&record=published");
                let said = if done.n_new > 0 { "forecast-published" } else { "forecast-same" };
                return Ok(frame::redirect(&visitor, &path, said));
            }
            locale.t("publish-cases-none").into_owned()
        }
    };
    let page = page(&state, &visitor, again, refusal).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
}

/// Asks for the forecasts of all main lines below the analyst's territory.
///
/// # Errors
/// When the database fails.
pub async fn publish_all(State(state): State<WebState>, visitor: Visitor, _form: Form) -> Answer {
    akimat_web_kit::view::attempt::limit(&state.limiters.heavy, &state, &visitor)?;
    let id = state.app.ask_to_publish_all(visitor.actor()).await?;
    Ok(frame::redirect(&visitor, &format!("/admin/jobs/{id}"), "job-asked"))
}

/// Asks to hold all known facts against the forecasts.
///
/// # Errors
/// When the database fails.
pub async fn judge_all(State(state): State<WebState>, visitor: Visitor, _form: Form) -> Answer {
    akimat_web_kit::view::attempt::limit(&state.limiters.heavy, &state, &visitor)?;
    let id = state.app.ask_to_judge_all(visitor.actor()).await?;
    Ok(frame::redirect(&visitor, &format!("/admin/jobs/{id}"), "job-asked"))
}
