//! A section of a report with its figure, asked anew.

use super::body::{Piece, Source};
use crate::analysis::pivot::{figure_of, read_view};
use crate::forecast;
use crate::scenario::run_saved;
use crate::scenario::show::Teller;
use akimat_budget::{Item, Stage};
use akimat_core::{BudgetId, Lang, SavedId, Text};
use akimat_document::Column;
use akimat_storage::{BudgetFilter, PageRequest, SavedKind};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::figure::{Figure, Value};
use akimat_web_kit::form::Form;
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::figures;
use akimat_web_kit::view::project::place_names;
use akimat_web_kit::view::scenario::limits;
use akimat_web_kit::visitor::Visitor;
use axum::http::StatusCode;

/// Rows of a figure's table in a report; the rest is on the page of the figure.
const ROWS_MAX: usize = 60;
/// Codes of the classifier from which territories are invented.
const INVENTED_FROM: u32 = 990_000_000;

/// A section ready to print.
#[derive(Debug, Default)]
pub struct Section {
    /// Heading; may be empty.
    pub heading: String,
    /// Paragraphs.
    pub paragraphs: Vec<String>,
    /// Language of the words when it is not the reader's.
    pub lang: &'static str,
    /// The figure; empty without one.
    pub figure: Figure,
    /// Why there is no figure; empty when there is one or none was wanted.
    pub refusal: String,
    /// Where the figure comes from: its page without the language.
    pub origin: String,
    /// The data of the figure are invented.
    pub invented: bool,
}

/// A figure that was asked for.
struct Asked {
    figure: Result<Figure, String>,
    origin: String,
    invented: bool,
}

/// Words in the reader's language, and the language they are in when it is another.
pub fn words(text: &Text, lang: Lang) -> (String, &'static str) {
    let (words, written) = text.in_lang(lang);
    (words.to_owned(), if written == lang || words.is_empty() { "" } else { written.code() })
}

/// Makes the section with this place in the report. A figure that is gone does not take the report with it:
/// its section says so.
///
/// # Errors
/// When the database fails.
pub async fn section(
    state: &WebState,
    visitor: &Visitor,
    (index, piece): (usize, &Piece),
) -> Answer<Section> {
    let locale = visitor.locale();
    let (heading, heading_lang) = words(&piece.heading, visitor.lang);
    let (text, text_lang) = words(&piece.text, visitor.lang);
    let mut section = Section {
        heading,
        paragraphs: text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect(),
        lang: if text_lang.is_empty() { heading_lang } else { text_lang },
        ..Section::default()
    };
    let Some(source) = &piece.source else { return Ok(section) };
    let asked = match ask(state, visitor, source).await {
        Ok(asked) => asked,
        Err(failure) if failure.status == StatusCode::NOT_FOUND => {
            section.refusal = locale.t("report-source-gone").into_owned();
            return Ok(section);
        }
        Err(failure) => return Err(failure),
    };
    (section.origin, section.invented) = (asked.origin, asked.invented);
    match asked.figure {
        Ok(figure) if figure.is_empty() => section.refusal = locale.t("report-source-empty").into_owned(),
        Ok(figure) => section.figure = placed(figure, index, (state, visitor)),
        Err(sentence) => section.refusal = sentence,
    }
    Ok(section)
}

/// The figure with an identifier of its own on the page, a bounded table, and the moment it was asked.
fn placed(mut figure: Figure, index: usize, (state, visitor): (&WebState, &Visitor)) -> Figure {
    let locale = visitor.locale();
    figure.id = format!("s{}", index + 1);
    figure.chart = figure.chart.renamed(&figure.id);
    if figure.rows.len() > ROWS_MAX {
        let left = figure.rows.len() - ROWS_MAX;
        figure.rows.truncate(ROWS_MAX);
        figure.notes.push(locale.f("report-rows-left", &[("n", left.into())]));
    }
    let when = locale.date_time(state.app.now(), state.app.zone());
    figure.notes.push(locale.f("report-as-of", &[("when", when.into())]));
    figure
}

async fn ask(state: &WebState, visitor: &Visitor, source: &Source) -> Answer<Asked> {
    match source {
        Source::View { query } => view(state, visitor, query).await,
        Source::Budget { id, stage, part } => budget(state, visitor, (*id, stage, part)).await,
        Source::Forecast { place, item, horizon } => {
            let item = Item::parse(item).unwrap_or(Item::RevenueTotal);
            let (figure, invented) =
                forecast::figure_of(state, visitor.locale(), (*place, item, (*horizon).clamp(1, 5))).await?;
            let origin = format!("/places/{place}/forecast?item={}&horizon={horizon}", item.code());
            Ok(Asked { figure, origin, invented })
        }
        Source::Scenario { id } => scenario(state, visitor, *id).await,
    }
}

async fn budget(
    state: &WebState,
    visitor: &Visitor,
    (id, stage, part): (BudgetId, &str, &str),
) -> Answer<Asked> {
    let (locale, read) = (visitor.locale(), state.app.read());
    let head = read.find_budget(id).await?.ok_or_else(Failure::not_found)?;
    let budget = &head.budget;
    let stages = budget.stages();
    let stage = Stage::parse(stage).filter(|stage| stages.contains(stage));
    let stage = stage.or_else(|| stages.last().copied()).unwrap_or(Stage::Approved);
    let mut figure = match part {
        "expenditure" => figures::expenditure(locale, budget, stage),
        "dynamics" => {
            let filter = BudgetFilter { place: budget.place, year: None };
            let heads = read.list_budgets(&filter, &PageRequest::first(40)).await?.items;
            figures::dynamics(locale, &heads, budget)
        }
        "indicators" => indicators(visitor, budget, stage),
        _ => figures::revenue(locale, budget, stage),
    };
    let names = place_names(state, locale, budget.place).await?;
    let place = budget.place.and_then(|place| names.get(&place)).cloned().unwrap_or_default();
    figure.title = format!("{}. {place}, {}", figure.title, budget.year);
    let origin = format!("/budgets/{id}?stage={}", stage.code());
    Ok(Asked { figure: Ok(figure), origin, invented: budget.invented })
}

/// Indicators of a budget as a table with their formulas.
fn indicators(visitor: &Visitor, budget: &akimat_budget::Budget, stage: Stage) -> Figure {
    let locale = visitor.locale();
    let rows = figures::indicators(locale, budget, stage)
        .into_iter()
        .map(|row| vec![Value::text(row.name), Value::text(row.value), Value::text(row.formula)])
        .collect();
    let columns = vec![
        Column::text(locale.t("table-name")),
        Column::number(locale.t("table-amount")),
        Column::text(locale.t("budget-indicator-formula")),
    ];
    Figure::new("indicators", locale.t("budget-indicators-heading"), akimat_web_kit::kit::Markup::default())
        .table("", columns, rows)
}

/// A view of the cube.
async fn view(state: &WebState, visitor: &Visitor, query: &str) -> Answer<Asked> {
    let locale = visitor.locale();
    let asked = read_view(state, &Form::parse(query.as_bytes())).await?;
    let origin = format!("/analysis/pivot?{}", asked.view.query());
    // Units are listed by code: one of the demonstration is the last.
    let units = state.app.read().list_fact_units(asked.view.place, None).await?;
    let invented = units.iter().any(|unit| unit.place.number() >= INVENTED_FROM);
    let figure = figure_of(state, locale, query).await?;
    let figure = figure.ok_or_else(|| locale.t("report-source-wrong").into_owned());
    Ok(Asked { figure, origin, invented })
}

/// The central case of a kept scenario: revenue a head before and after, and the figures of the levels.
async fn scenario(state: &WebState, visitor: &Visitor, id: SavedId) -> Answer<Asked> {
    let locale = visitor.locale();
    let saved = state.app.find_analysis(visitor.actor(), SavedKind::Scenario, id).await?;
    let (_, ran) = run_saved(state, visitor, &saved).await?;
    let origin = format!("/scenarios/{id}");
    let invented = saved.head.invented || ran.chosen.base.invented;
    let Some(outcomes) = &ran.outcomes else {
        let figure = Err(locale.t("report-source-wrong").into_owned());
        return Ok(Asked { figure, origin, invented });
    };
    let (chosen, scenario) = (&ran.chosen, &ran.scenario);
    let result = Teller { locale, chosen, scenario, outcomes, limits: limits() }.tell();
    let mut columns = vec![Column::text(locale.t("scenario-figure"))];
    let keys = ["scenario-before", "scenario-case-low", "scenario-case-central", "scenario-case-high"];
    columns.extend(keys.map(|key| Column::number(locale.t(key))));
    let rows = result.levels.iter().flat_map(|level| {
        level.rows.iter().map(|row| {
            let mut values = row.clone().map(Value::text).to_vec();
            if let Some(first) = values.first_mut() {
                *first = Value::text(format!("{}: {}", level.name, row[0]));
            }
            values
        })
    });
    let mut figure = Figure::new("scenario", saved.head.title.clone(), result.bars.clone()).table(
        locale.t("scenario-levels-caption"),
        columns,
        rows.collect(),
    );
    figure.notes = result.sentences;
    Ok(Asked { figure: Ok(figure), origin, invented })
}
