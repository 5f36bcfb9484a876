//! The plan of a scenario in pictures: cost and benefit, years, money, what more or less money buys, what the
//! result depends on, how steady it is.

use super::{list_path, path_of, plate_of};
use akimat_allocation::explain::money::{Marginal, Reached};
use akimat_allocation::explain::steady::{Frequency, Steadiness};
use akimat_app::AppError;
use akimat_app::programme::weights::CHANGE_PCT;
use akimat_i18n::Locale;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::figure::{self, Figure};
use akimat_web_kit::frame::{self, PlaceLink};
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::plan::loaded::Loaded;
use akimat_web_kit::view::plan::picture::{
    FrontierRow, Often, Sensitivity, frequencies, frontier, tornado, weights,
};
use akimat_web_kit::view::plan::why::steadiness;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};

#[derive(Template)]
#[template(path = "admin/programme/pictures.html")]
struct PicturesPage {
    page: Page,
    place: PlaceLink,
    list_path: String,
    scenario: String,
    back: String,
    standing: String,
    figures: Vec<Figure>,
    notes: Vec<String>,
}

/// The page.
///
/// # Errors
/// 403 outside the person's territory, 404 when there is no such scenario.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let locale = visitor.locale();
    let view = state.app.programme(visitor.actor(), frame::id(&id)?).await?;
    let plate = plate_of(&state, &visitor, view.head.place).await?;
    let (mut figures, mut notes, mut standing) = (Vec::new(), Vec::new(), String::new());
    match Loaded::computed(&state, locale, &view).await? {
        None => notes.push(locale.t("plan-decide-closed").into_owned()),
        Some(loaded) => {
            standing = super::decide::standing(locale, &loaded);
            figures = of_plan(locale, &loaded);
            match state.app.weight_changes(&loaded.input, &loaded.plan.allocation).await {
                Ok(Some(changes)) if !changes.is_empty() => {
                    figures.push(weights(locale, &changes, &|code| loaded.teller(locale).criterion(code)));
                }
                Ok(Some(_)) => notes.push(locale.t("plan-weights-none").into_owned()),
                Ok(None) => notes.push(locale.t("plan-weights-later").into_owned()),
                Err(AppError::Unavailable(_)) => {}
                Err(error) => return Err(error.into()),
            }
            if loaded.report.as_ref().is_none_or(|report| report.frontier.is_empty()) {
                notes.push(locale.t("plan-report-none").into_owned());
            } else if loaded.report.as_ref().is_some_and(|report| report.frequency.is_empty()) {
                notes.push(locale.t("plan-frequency-none").into_owned());
            }
        }
    }
    let figures: Vec<Figure> = figures.into_iter().map(|figure| figure.files(&visitor)).collect();
    let known: Vec<&Figure> = figures.iter().collect();
    if let Some(file) = figure::asked(&visitor, &format!("programme-{id}"), &known).await {
        return file;
    }
    let title = [("title", view.head.title.as_str().into())];
    frame::render(&PicturesPage {
        page: frame::page(&visitor, locale.f("plan-pictures-title", &title), Some(MenuItem::Admin))
            .hidden()
            .invented(plate.place.invented || view.head.invented),
        place: PlaceLink { name: plate.name, path: plate.path },
        list_path: list_path(view.head.place),
        scenario: view.head.title.clone(),
        back: path_of(view.head.id),
        standing,
        figures,
        notes,
    })
}

fn of_plan(locale: &'static Locale, loaded: &Loaded) -> Vec<Figure> {
    let view = loaded.view(locale);
    let mut figures = vec![view.scatter(), view.gantt(), view.money_figure(), view.sectors_figure()];
    if !loaded.names.districts.is_empty() {
        figures.push(view.districts_figure());
    }
    let Some(report) = &loaded.report else { return figures };
    if !report.frontier.is_empty() {
        let worth = |reached: &Option<Reached>| reached.as_ref().map(|one| (one.objective, one.bound));
        let rows: Vec<FrontierRow> = report
            .frontier
            .iter()
            .map(|point| FrontierRow {
                percent: point.percent,
                free: worth(&point.free),
                nested: worth(&point.nested),
            })
            .collect();
        figures.push(frontier(locale, &rows));
    }
    let sensitive = sensitivities(loaded, &report.marginal);
    if !sensitive.is_empty() {
        figures.push(tornado(locale, &sensitive));
    }
    if !report.frequency.is_empty() {
        let teller = loaded.teller(locale);
        let often = |one: &Frequency| Often {
            label: teller.name(&one.id),
            chosen: one.chosen,
            draws: one.draws,
            interval: (one.low, one.high),
            class: locale.name("plan-steady", steadiness(one.standing)).into_owned(),
            marginal: one.standing == Steadiness::Marginal,
        };
        let rows: Vec<Often> = report.frequency.iter().map(often).collect();
        figures.push(frequencies(locale, &rows));
    }
    figures
}

/// Each source with its money 10 % less and 10 % more.
fn sensitivities(loaded: &Loaded, marginal: &[Marginal]) -> Vec<Sensitivity> {
    let find = |source: usize, percent: i16| {
        marginal.iter().find(|one| one.source == source && one.year.is_none() && one.percent == percent)
    };
    let row = |source: usize| {
        let (low, high) = (find(source, -CHANGE_PCT)?, find(source, CHANGE_PCT)?);
        Some(Sensitivity {
            label: loaded.names.source(source).to_owned(),
            low: low.change,
            high: high.change,
            exact: low.exact && high.exact,
        })
    };
    (0..loaded.input.sources.len()).filter_map(row).collect()
}
