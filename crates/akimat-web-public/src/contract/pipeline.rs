//! `/pipeline`: planned and running tenders, for entrepreneurs; also as a file.

use akimat_app::pipeline::{Pipeline, PipelineFilter, PipelineRow};
use akimat_core::{KatoCode, Money, MoneyUnit};
use akimat_i18n::Locale;
use akimat_interop::table_export::{Cell, Table};
use akimat_procurement::Category;
use akimat_procurement::tally::Stage;
use akimat_project::Sector;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::chart::{Words, bar};
use akimat_web_kit::kit::{self, Markup, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::contract::{Col, Sheet, method, stage, tenge_or_none};
use akimat_web_kit::view::project::{options, place_names};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use std::collections::BTreeMap;

/// Rows on a page; the file holds all.
const ROWS_MAX: usize = 100;
/// Longest words of a row.
const WORDS_CHARS_MAX: usize = 160;

#[derive(Template)]
#[template(path = "public/contract/pipeline.html")]
struct PipelinePage {
    page: Page,
    form: kit::Form,
    sectors: Vec<(String, String)>,
    stages: Vec<(String, String)>,
    categories: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    place_code: String,
    place_name: String,
    found: String,
    cut: String,
    sheet: Sheet,
    funnel: Markup,
    funnel_sheet: Sheet,
    downloads: Vec<(String, String, String)>,
}

/// What the address asks for. Unknown values are left out.
fn filter(query: &Form) -> PipelineFilter {
    let money = |name: &str| Money::parse(query.get(name), MoneyUnit::MillionTenge).ok();
    PipelineFilter {
        place: query.get("place").parse().ok(),
        sector: Sector::parse(query.get("sector")),
        stage: Stage::parse(query.get("stage")).filter(|one| matches!(one, Stage::Planned | Stage::Tender)),
        category: Category::parse(query.get("category")),
        ppp: match query.get("kind") {
            "ppp" => Some(true),
            "procurement" => Some(false),
            _ => None,
        },
        estimate_min: money("from"),
        estimate_max: money("to"),
    }
}

/// The page.
///
/// # Errors
/// When the database fails.
pub async fn show(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let locale = visitor.locale();
    let query = query.unwrap_or_default();
    let filter = filter(&Form::parse(query.as_bytes()));
    let pipeline = state.app.pipeline(&filter).await?;
    let codes = pipeline.rows.iter().map(|row| row.place).chain(filter.place);
    let places = place_names(&state, locale, codes).await?;
    let n = i64::try_from(pipeline.rows.len()).unwrap_or(i64::MAX);
    let invented = !pipeline.rows.is_empty() && pipeline.rows.iter().all(|row| row.invented);
    let kept = kept(&query);
    let named = |prefix: &str, code: &str| (code.to_owned(), locale.name(prefix, code).into_owned());
    frame::render(&PipelinePage {
        page: frame::page(&visitor, locale.t("pipeline-title"), Some(MenuItem::Projects))
            .description(locale.t("pipeline-lead"))
            .invented(invented),
        form: kit::Form::from_pairs(form_urlencoded::parse(query.as_bytes()).into_owned()),
        sectors: options(locale, "sector", Sector::ALL, Sector::code),
        stages: [Stage::Planned, Stage::Tender].map(|one| named("contract-stage", one.code())).into(),
        categories: Category::ALL.iter().map(|one| named("contract-category", one.code())).collect(),
        kinds: ["procurement", "ppp"].map(|one| named("contract-kind", one)).into(),
        place_code: filter.place.map_or_else(String::new, |code| code.to_string()),
        place_name: filter.place.and_then(|code| places.get(&code).cloned()).unwrap_or_default(),
        found: locale.f("pipeline-found", &[("n", n.into())]),
        cut: if pipeline.rows.len() > ROWS_MAX {
            locale.f("pipeline-cut", &[("n", i64::try_from(ROWS_MAX).unwrap_or(0).into())])
        } else {
            String::new()
        },
        sheet: sheet(locale, &pipeline, &places),
        funnel: funnel(locale, &pipeline),
        funnel_sheet: funnel_sheet(locale, &pipeline),
        downloads: akimat_web_kit::download::links(&visitor, "/pipeline/download", &kept),
    })
}

fn kept(query: &str) -> String {
    let pairs = form_urlencoded::parse(query.as_bytes()).filter(|(_, value)| !value.is_empty());
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

fn when(locale: &Locale, row: &PipelineRow) -> String {
    let Some(day) = row.chance.opens_on else { return locale.t("not-known-yet").into_owned() };
    let day = locale.date_short(day);
    match (row.chance.expected, row.chance.late) {
        (true, true) => locale.f("pipeline-late", &[("day", day.into())]),
        (true, false) => locale.f("pipeline-expected", &[("day", day.into())]),
        _ => day,
    }
}

fn until(locale: &Locale, row: &PipelineRow) -> String {
    let none = || locale.t("no-data-short").into_owned();
    let Some(day) = row.chance.closes_on else { return none() };
    let day = locale.date_short(day);
    match row.chance.days_left {
        Some(left) => locale.f("pipeline-days-left", &[("day", day.into()), ("n", i64::from(left).into())]),
        None => locale.f("pipeline-closed", &[("day", day.into())]),
    }
}

fn words(locale: &Locale, row: &PipelineRow) -> String {
    let mut parts: Vec<String> = Vec::new();
    if row.section.is_none() {
        parts.push(locale.t("pipeline-no-process").into_owned());
    }
    if row.n_risks > 0 {
        let n = i64::try_from(row.n_risks).unwrap_or(i64::MAX);
        parts.push(locale.f("pipeline-risks", &[("n", n.into())]));
    }
    if !row.words.is_empty() {
        let mut short: String = row.words.chars().take(WORDS_CHARS_MAX).collect();
        if row.words.chars().count() > WORDS_CHARS_MAX {
            short.push('…');
        }
        parts.push(short);
    }
    if parts.is_empty() { locale.t("no-data-short").into_owned() } else { parts.join(" ") }
}

fn path(row: &PipelineRow) -> String {
    match row.section {
        Some(section) => format!("/projects/{}/contracts#c-{section}", row.project),
        None => format!("/projects/{}", row.project),
    }
}

fn how(locale: &Locale, row: &PipelineRow) -> String {
    row.method.map_or_else(|| locale.t("not-known-yet").into_owned(), |way| method(locale, way))
}

fn sheet(locale: &Locale, pipeline: &Pipeline, places: &BTreeMap<KatoCode, String>) -> Sheet {
    let heads = [
        Col::text("pipeline-what"),
        Col::text("contract-stage-head"),
        Col::text("contract-opens-on"),
        Col::text("contract-closes-on"),
        Col::number("contract-estimate-tenge"),
        Col::text("pipeline-where"),
        Col::text("contract-method"),
        Col::text("pipeline-words"),
    ];
    let mut sheet = Sheet::new(locale, "pipeline-table", &heads);
    for row in pipeline.rows.iter().take(ROWS_MAX) {
        let place = places.get(&row.place).cloned().unwrap_or_else(|| row.place.to_string());
        let sector = locale.name("sector", row.sector.code());
        sheet.push_linked(
            path(row),
            [
                locale.text(&row.title).0.to_owned(),
                stage(locale, row.chance.stage),
                when(locale, row),
                until(locale, row),
                tenge_or_none(locale, row.chance.estimate),
                format!("{place} · {sector}"),
                how(locale, row),
                words(locale, row),
            ],
        );
    }
    sheet
}

fn funnel(locale: &Locale, pipeline: &Pipeline) -> Markup {
    let bars: Vec<bar::Bar> = pipeline
        .funnel
        .iter()
        .map(|(one, n)| {
            let size = u32::try_from(*n).map_or(0.0, f64::from);
            bar::Bar::new(stage(locale, *one), Some(size), n.to_string())
        })
        .collect();
    let words = Words::new("funnel", locale.t("pipeline-funnel"), locale.t("pipeline-funnel-text"));
    bar::bars(&words, &bars)
}

fn funnel_sheet(locale: &Locale, pipeline: &Pipeline) -> Sheet {
    let mut sheet = Sheet::new(
        locale,
        "pipeline-funnel",
        &[Col::text("contract-stage-head"), Col::number("contract-n-processes")],
    );
    for (one, n) in &pipeline.funnel {
        sheet.push([stage(locale, *one), n.to_string()]);
    }
    sheet
}

/// The pipeline as a file.
///
/// # Errors
/// 404 for an unknown format, or when the database fails.
pub async fn download(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, format)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let locale = visitor.locale();
    let filter = filter(&Form::parse(query.unwrap_or_default().as_bytes()));
    let pipeline = state.app.pipeline(&filter).await?;
    let word = |key: &str| locale.t(key).into_owned();
    let headers = vec![
        word("project-number"),
        word("pipeline-what"),
        word("place-code"),
        word("project-sector"),
        word("contract-stage-head"),
        word("contract-method"),
        word("contract-opens-on"),
        word("pipeline-is-expected"),
        word("contract-closes-on"),
        word("contract-estimate-tenge"),
        word("pipeline-words"),
    ];
    let rows = pipeline.rows.iter().map(|row| cells(locale, row)).collect();
    akimat_web_kit::download::table(
        "pipeline",
        &format,
        &Table { title: word("pipeline-title"), headers, rows },
    )
}

fn cells(locale: &Locale, row: &PipelineRow) -> Vec<Cell> {
    let text = |text: &str| Cell::Text(text.to_owned());
    let day = |day: Option<jiff::civil::Date>| day.map_or(Cell::Empty, |day| Cell::Text(day.to_string()));
    let estimate = row.chance.estimate.map(|estimate| estimate.to_decimal(MoneyUnit::Tenge, 0));
    vec![
        text(&row.number),
        text(row.title.get(locale.lang())),
        text(&row.place.to_string()),
        text(&locale.name("sector", row.sector.code())),
        text(&stage(locale, row.chance.stage)),
        text(&how(locale, row)),
        day(row.chance.opens_on),
        text(&locale.t(if row.chance.expected { "contract-yes" } else { "contract-no" })),
        day(row.chance.closes_on),
        estimate.map_or(Cell::Empty, Cell::Number),
        text(&row.words),
    ]
}
