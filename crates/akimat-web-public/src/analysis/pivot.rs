//! `/analysis/pivot`: the cube of budget facts as a table of one's own making. The address holds the whole
//! view.

pub mod asked;
pub mod gather;
pub mod picture;
pub mod report;
pub mod table;
pub mod views;

use akimat_app::Permission;
use akimat_app::columns::NoAnswer;
use akimat_budget::{Stage, classification};
use akimat_core::fold::search_keys;
use akimat_core::{KatoCode, Place};
use akimat_i18n::Locale;
use akimat_storage::columns::Member;
use akimat_web_kit::download;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::figure::{self, Figure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::project::place_names;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use asked::{Axis, Fault, ITEMS, Lines, Shown, View};
use axum::extract::{Path, RawQuery, State};
use gather::{Grid, beside, gather};
use std::collections::BTreeMap;
use table::{Sheet, Table};

#[derive(Template)]
#[template(path = "public/analysis/pivot.html")]
struct PivotPage {
    page: Page,
    form: kit::Form,
    axes: Vec<(String, String)>,
    shown: Vec<(String, String)>,
    stages: Vec<(String, String)>,
    levels: Vec<(String, String)>,
    lines: Vec<(String, String)>,
    orders: Vec<(String, String)>,
    found: Vec<(String, String)>,
    refusal: String,
    empty: bool,
    table: Table,
    row_axis: String,
    figure: Figure,
    notes: Vec<String>,
    downloads: Vec<(String, String, String)>,
    api: String,
    may_save: bool,
    save_path: String,
    view_title: String,
}

/// A view as it was asked for, with the territory it names.
#[derive(Debug)]
pub struct Asked {
    /// The view.
    pub view: View,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
    /// Its territory.
    pub place: Option<Place>,
    /// Territories of the name that was written, when there are several.
    pub found: Vec<Place>,
}

/// Reads a view and finds its territory, by code or by name.
///
/// # Errors
/// When the database fails.
pub async fn read_view(state: &WebState, form: &Form) -> Answer<Asked> {
    let read = state.app.read();
    let written: String = form.get("place").chars().take(100).collect();
    let mut found = match written.parse::<KatoCode>() {
        _ if written.is_empty() => Vec::new(),
        Ok(code) => read.find_place(code, state.app.today()).await?.into_iter().collect(),
        Err(_) => read.search_places(&search_keys(&written), state.app.today(), 8).await?,
    };
    let place = if found.len() == 1 { found.pop() } else { None };
    let extent = read.fact_extent().await?;
    let (view, mut faults) = View::read(form, place.as_ref().map(|place| place.code), &extent);
    if !written.is_empty() && place.is_none() {
        faults.push((
            "place",
            if found.is_empty() { "place-search-nothing" } else { "pivot-fault-place-many" },
        ));
    }
    Ok(Asked { view, faults, place, found })
}

/// Names of all territories of a grid, and whether one of them is invented.
async fn names_of(state: &WebState, locale: &Locale, grid: &Grid) -> Answer<BTreeMap<KatoCode, String>> {
    let members = grid.rows.iter().chain(&grid.columns);
    let codes = members.filter_map(|member| match member {
        Member::Place(place) => Some(*place),
        _ => None,
    });
    place_names(state, locale, codes).await
}

/// Codes of the classifier from which territories are invented.
const INVENTED_FROM: u32 = 990_000_000;

/// Whether units of the view are invented: one of the demonstration among them is enough.
async fn is_invented(state: &WebState, view: &View) -> Answer<bool> {
    let level = (!view.has(Axis::Level)).then_some(view.level);
    let units = state.app.read().list_fact_units(view.place, level).await?;
    Ok(units.last().is_some_and(|unit| unit.place.number() >= INVENTED_FROM)
        || units.iter().any(|unit| unit.place.number() >= INVENTED_FROM))
}

/// The sentence of a question without an answer.
///
/// # Errors
/// When it is a failure of the platform rather than a property of the question.
pub fn refusal(locale: &Locale, no: NoAnswer) -> Answer<String> {
    match no {
        NoAnswer::Failed(error) => Err(Failure::from(error)),
        no => Ok(locale.name("no-answer", no.code()).into_owned()),
    }
}

/// The page.
///
/// # Errors
/// When the database or the engine fails.
pub async fn show(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let locale = visitor.locale();
    let asked_form = Form::parse(query.unwrap_or_default().as_bytes());
    let asked = read_view(&state, &asked_form).await?;
    let mut form = filled(&asked, &asked_form);
    for (field, key) in &asked.faults {
        form.fail(field, locale.t(key));
    }
    let mut refused = String::new();
    let mut grid = Grid::default();
    if asked.faults.is_empty() {
        match gather(&state, &asked.view).await {
            Ok(gathered) => grid = gathered,
            Err(no) => refused = refusal(locale, no)?,
        }
    }
    let names = names_of(&state, locale, &grid).await?;
    let beside = beside(&state, &asked.view).await?;
    let sheet = Sheet::new(&asked.view, (&grid, &beside), &names, locale);
    let title = view_title(locale, &asked);
    let (figure, left_out) = picture::picture(&sheet, &title);
    let figure = figure.note(locale.t("pivot-note-source")).files(&visitor);
    if let Some(file) = figure::asked(&visitor, "akimat", &[&figure]).await {
        return file;
    }
    let table = sheet.table();
    let query = asked.view.query();
    let clean = form.is_clean();
    let page = frame::page(&visitor, locale.t("pivot-title"), Some(MenuItem::Analysis))
        .description(locale.t("pivot-lead"))
        .errors(!clean)
        .invented(is_invented(&state, &asked.view).await?);
    frame::render(&PivotPage {
        page,
        axes: named(locale, "pivot-axis", Axis::ALL.map(Axis::code)),
        shown: named(locale, "pivot-show", Shown::ALL.map(Shown::code)),
        stages: named(locale, "budget-stage", Stage::ALL.map(Stage::code)),
        levels: named(locale, "pivot-level", ["2", "3", "4", "5"]),
        lines: line_options(locale),
        orders: named(locale, "pivot-order", ["own", "amount"]),
        found: found(&asked, &asked_form, &visitor),
        empty: clean && refused.is_empty() && grid.cells.is_empty(),
        refusal: refused,
        row_axis: locale.name("pivot-axis", asked.view.rows.code()).into_owned(),
        notes: notes(&visitor, &state, &sheet, &table, left_out),
        figure,
        table,
        downloads: download::links(&visitor, "/analysis/pivot/download", &query),
        api: if state.app.has_columns() { api_path(&asked.view) } else { String::new() },
        may_save: clean
            && visitor
                .actor()
                .is_some_and(|account| akimat_app::permission::may(account, Permission::Analyse, None)),
        save_path: format!("/views?{query}"),
        view_title: title,
        form,
    })
}

/// The form with what is shown, so that defaults stand in it too.
fn filled(asked: &Asked, sent: &Form) -> kit::Form {
    let view = &asked.view;
    let place = asked.place.as_ref().map_or_else(|| sent.get("place").to_owned(), |p| p.code.to_string());
    kit::Form::new()
        .with("rows", view.rows.code())
        .with("columns", view.columns.code())
        .with("show", view.shown.code())
        .with("stage", view.stage.code())
        .with("place", place)
        .with("level", view.level.to_string())
        .with("from", view.years.start().to_string())
        .with("to", view.years.end().to_string())
        .with("lines", view.lines.code())
        .with("order", if view.by_amount { "amount" } else { "own" })
}

fn named<const N: usize>(locale: &Locale, prefix: &str, codes: [&str; N]) -> Vec<(String, String)> {
    codes.map(|code| (code.to_owned(), locale.name(prefix, code).into_owned())).to_vec()
}

fn line_options(locale: &Locale) -> Vec<(String, String)> {
    let mut options = named(locale, "pivot-lines", ["totals", "revenue", "functions"]);
    options.extend(named(locale, "budget-item", ITEMS.map(akimat_budget::Item::code)));
    let group = |group: &classification::FunctionalGroup| {
        (format!("g{}", group.code), format!("{} {}", group.code, group.name.text().get(locale.lang())))
    };
    options.extend(classification::FUNCTIONAL_GROUPS.iter().map(group));
    options
}

/// Links to the territories of the name that was written.
fn found(asked: &Asked, sent: &Form, visitor: &Visitor) -> Vec<(String, String)> {
    let link = |place: &Place| {
        let view = View { place: Some(place.code), ..asked.view.clone() };
        let _ = sent;
        (format!("/analysis/pivot?{}", view.query()), place.name.get(visitor.lang).to_owned())
    };
    asked.found.iter().map(link).collect()
}

/// What the table is of, in words.
pub fn view_title(locale: &Locale, asked: &Asked) -> String {
    let view = &asked.view;
    let line = match &view.lines {
        Lines::One(item) => locale.name("budget-item", item.code()).into_owned(),
        Lines::Function(code) => classification::functional_group_name(code)
            .map_or_else(|| code.clone(), |name| name.text().get(locale.lang()).to_owned()),
        lines => locale.name("pivot-lines", &lines.code()).into_owned(),
    };
    let place = asked.place.as_ref().map_or_else(
        || locale.t("pivot-country").into_owned(),
        |place| place.name.get(locale.lang()).to_owned(),
    );
    let years = if view.years.start() == view.years.end() {
        view.years.start().to_string()
    } else {
        format!("{}–{}", view.years.start(), view.years.end())
    };
    let what = match view.shown {
        Shown::Amount => locale.name("budget-stage", view.stage.code()).into_owned(),
        shown => locale.name("pivot-show", shown.code()).into_owned(),
    };
    locale.f(
        "pivot-view-title",
        &[("line", line.into()), ("what", what.into()), ("place", place.into()), ("years", years.into())],
    )
}

fn notes(
    visitor: &Visitor,
    state: &WebState,
    sheet: &Sheet<'_>,
    table: &Table,
    left_out: usize,
) -> Vec<String> {
    let locale = visitor.locale();
    let view = sheet.view;
    let mut notes = Vec::new();
    let mut say = |wanted: bool, key: &str| {
        if wanted {
            notes.push(locale.t(key).into_owned());
        }
    };
    say(!view.adds_up(view.rows) || !view.adds_up(view.columns), "pivot-note-no-totals");
    say(view.has(Axis::Month), "pivot-note-months");
    say(view.shown == Shown::Execution, "pivot-note-execution");
    say(view.shown == Shown::Head, "pivot-note-head");
    say(view.shown == Shown::Real, "pivot-note-real");
    say(table.shades, "pivot-note-shades");
    say(sheet.grid.truncated, "pivot-note-truncated");
    if table.rows_left + table.columns_left > 0 {
        let counts = [("rows", table.rows_left.into()), ("columns", table.columns_left.into())];
        notes.push(locale.f("pivot-note-left", &counts));
    }
    let n_uneven = sheet.grid.n_uneven_rows(view);
    if n_uneven > 0 {
        notes.push(locale.f("pivot-note-uneven", &[("n", n_uneven.into())]));
    }
    if left_out > 0 {
        notes.push(locale.f("pivot-note-picture-left", &[("n", left_out.into())]));
    }
    if let Some((as_of, stale)) = sheet.grid.copy {
        let key = if stale { "pivot-note-copy-stale" } else { "pivot-note-copy" };
        let at = locale.date_time(as_of, state.app.zone());
        notes.push(locale.f(key, &[("at", at.into())]));
    }
    notes
}

/// The same question to the API.
fn api_path(view: &View) -> String {
    let question = gather::question(view);
    let mut query = form_urlencoded::Serializer::new(String::new());
    for dimension in &question.by {
        query.append_pair("by", dimension.code());
    }
    query.append_pair("measure", &format!("{}_sum", view.stage.code()));
    for place in &question.filter.under {
        query.append_pair("under", &place.to_string());
    }
    for level in &question.filter.levels {
        query.append_pair("level", &level.to_string());
    }
    query.append_pair("from", &view.years.start().to_string());
    query.append_pair("to", &view.years.end().to_string());
    for item in &question.filter.items {
        query.append_pair("item", item.code());
    }
    for group in &question.filter.groups {
        query.append_pair("group", group);
    }
    if !question.latest {
        query.append_pair("reports", "all");
    }
    format!("/api/v1/adhoc?{}", query.finish())
}

/// The whole grid as CSV or XLSX.
///
/// # Errors
/// 404 for another format, or when the view is none that can be drawn.
pub async fn file(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, format)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let locale = visitor.locale();
    let asked = read_view(&state, &Form::parse(query.unwrap_or_default().as_bytes())).await?;
    if !asked.faults.is_empty() {
        return Err(Failure::not_found());
    }
    let unavailable = || Failure::new(axum::http::StatusCode::SERVICE_UNAVAILABLE, "unavailable");
    let grid = gather(&state, &asked.view).await.map_err(|no| match no {
        NoAnswer::Failed(error) => error.into(),
        _ => unavailable(),
    })?;
    let names = names_of(&state, locale, &grid).await?;
    let beside = beside(&state, &asked.view).await?;
    let sheet = Sheet::new(&asked.view, (&grid, &beside), &names, locale);
    download::table("pivot", &format, &sheet.file(&locale.t("pivot-title")))
}

/// The picture of a view, for a report: `query` is what follows `/analysis/pivot?`. `None` where the view has
/// no answer.
///
/// # Errors
/// When the database or the engine fails.
pub async fn figure_of(state: &WebState, locale: &'static Locale, query: &str) -> Answer<Option<Figure>> {
    let asked = read_view(state, &Form::parse(query.as_bytes())).await?;
    if !asked.faults.is_empty() {
        return Ok(None);
    }
    let grid = match gather(state, &asked.view).await {
        Ok(grid) => grid,
        Err(no) => return refusal(locale, no).map(|_| None),
    };
    let names = names_of(state, locale, &grid).await?;
    let beside = beside(state, &asked.view).await?;
    let sheet = Sheet::new(&asked.view, (&grid, &beside), &names, locale);
    let (figure, _) = picture::picture(&sheet, &view_title(locale, &asked));
    Ok((!figure.is_empty()).then(|| figure.note(locale.t("pivot-note-source"))))
}
