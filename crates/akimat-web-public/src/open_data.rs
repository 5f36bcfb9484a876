//! `/open-data`: everything public about projects as files. Files are written page by page while they are read, so
//! that a register of any length takes the memory of one page.

use akimat_app::App;
use akimat_app::open_data::{OpenTable, csv_row, datapackage};
use akimat_core::KatoCode;
use akimat_i18n::Locale;
use akimat_storage::{Cursor, PageRequest, ProjectFilter};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::body::Body;
use axum::extract::{Path, RawQuery, State};
use futures_util::stream;

#[derive(Template)]
#[template(path = "public/open_data.html")]
struct OpenDataPage {
    page: Page,
    form: kit::Form,
    of: String,
    tables: Vec<TableView>,
    description: String,
    packages: Vec<(String, String, String)>,
    prefixes: String,
    placeholder: bool,
    license: String,
}

struct TableView {
    name: String,
    columns: String,
    csv: String,
    json: String,
}

/// The territory that is asked for, with its name; or a word that there is no such one.
async fn asked(
    state: &WebState,
    locale: &Locale,
    query: &str,
) -> Answer<(Option<(KatoCode, String)>, kit::Form)> {
    let given = Form::parse(query.as_bytes()).get("place").trim().to_owned();
    let mut form = kit::Form::new().with("place", given.as_str());
    if given.is_empty() {
        return Ok((None, form));
    }
    let place = match given.parse::<KatoCode>() {
        Ok(code) => state.app.read().find_place(code, state.app.today()).await?,
        Err(_) => None,
    };
    if place.is_none() {
        form.fail("place", locale.t("open-data-place-unknown"));
    }
    Ok((place.map(|place| (place.code, place.name.get(locale.lang()).to_owned())), form))
}

/// The page.
///
/// # Errors
/// When the database fails.
pub async fn show(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let locale = visitor.locale();
    let (place, form) = asked(&state, locale, &query.unwrap_or_default()).await?;
    let of = match &place {
        Some((_, name)) => locale.f("open-data-of", &[("place", name.as_str().into())]),
        None => locale.t("open-data-all").into_owned(),
    };
    let suffix = place.map_or_else(String::new, |(code, _)| format!("place={code}"));
    let query = if suffix.is_empty() { String::new() } else { format!("?{suffix}") };
    let file = |name: &str| visitor.to(&format!("/open-data/{name}{query}"));
    let tables = OpenTable::ALL.into_iter().map(|table| {
        let names: Vec<&str> = table.fields().iter().map(|(name, _)| *name).collect();
        TableView {
            name: locale.name("open-data-table", table.code()).into_owned(),
            columns: names.join(", "),
            csv: file(&format!("{}.csv", table.code())),
            json: file(&format!("{}.json", table.code())),
        }
    });
    let lang = locale.lang().code();
    let glue = if suffix.is_empty() { String::new() } else { format!("&{suffix}") };
    let package = |path: &str, key: &str| {
        let address = format!("/api/v1/open-contracting/{path}?language={lang}{glue}");
        (address, locale.t(key).into_owned(), "JSON".to_owned())
    };
    let settings = &state.options.open_contracting;
    let own = akimat_app::open_contracting::Settings::default();
    frame::render(&OpenDataPage {
        page: frame::page(&visitor, locale.t("open-data-title"), Some(MenuItem::Help))
            .errors(!form.is_clean()),
        form,
        of,
        tables: tables.collect(),
        description: file("datapackage.json"),
        packages: vec![
            package("projects", "open-contracting-oc4ids"),
            package("releases", "open-contracting-releases"),
            package("records", "open-contracting-records"),
        ],
        prefixes: locale.f(
            "open-data-prefix-note",
            &[
                ("ocds", settings.ocds_prefix.as_str().into()),
                ("oc4ids", settings.oc4ids_prefix.as_str().into()),
            ],
        ),
        placeholder: settings.ocds_prefix == own.ocds_prefix || settings.oc4ids_prefix == own.oc4ids_prefix,
        license: settings.license.clone(),
    })
}

/// A file: a table as CSV or JSON, or the description of all.
///
/// # Errors
/// 404 for another name, or when the database fails.
pub async fn file(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, name)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let locale = visitor.locale();
    if name == "datapackage.json" {
        let license = &state.options.open_contracting.license;
        let package = datapackage(locale.lang(), license, state.app.now());
        let text = serde_json::to_string_pretty(&package).map_err(Failure::internal)?;
        return Ok(akimat_web_kit::download::file(&name, "application/json", text));
    }
    let (code, format) = name.rsplit_once('.').ok_or_else(Failure::not_found)?;
    let table = OpenTable::parse(code).ok_or_else(Failure::not_found)?;
    let (json, kind) = match format {
        "csv" => (false, "text/csv; charset=utf-8"),
        "json" => (true, "application/json"),
        _ => return Err(Failure::not_found()),
    };
    let (place, form) = asked(&state, locale, &query.unwrap_or_default()).await?;
    if !form.is_clean() {
        return Err(Failure::not_found());
    }
    let place = place.map(|(code, _)| code);
    Ok(akimat_web_kit::download::file(&name, kind, written(state.app.clone(), (table, json), place)))
}

/// Where the writing stands.
enum Step {
    Head,
    Rows { after: Option<Cursor>, first: bool },
    End,
}

fn written(app: App, (table, json): (OpenTable, bool), place: Option<KatoCode>) -> Body {
    let parts = stream::try_unfold(Step::Head, move |step| {
        let app = app.clone();
        async move {
            match step {
                Step::Head => {
                    let head = if json { "[".to_owned() } else { table.csv_head() };
                    Ok(Some((head, Step::Rows { after: None, first: true })))
                }
                Step::Rows { after, first } => {
                    rows(&app, (table, json), place, (after, first)).await.map(Some)
                }
                Step::End => Ok::<_, std::io::Error>(None),
            }
        }
    });
    Body::from_stream(parts)
}

async fn rows(
    app: &App,
    (table, json): (OpenTable, bool),
    place: Option<KatoCode>,
    (after, mut first): (Option<Cursor>, bool),
) -> Result<(String, Step), std::io::Error> {
    let filter = ProjectFilter { place, ..ProjectFilter::default() };
    let request = PageRequest { limit: PageRequest::LIMIT_MAX, after };
    let (rows, next) = app.open_rows(table, &filter, &request).await.map_err(std::io::Error::other)?;
    let mut text = String::new();
    for row in &rows {
        if json {
            text.push_str(if first { "\n" } else { ",\n" });
            text.push_str(&table.json_row(row).to_string());
        } else {
            text.push_str(&csv_row(row));
        }
        first = false;
    }
    if next.is_none() && json {
        text.push_str("\n]\n");
    }
    let step = next.map_or(Step::End, |next| Step::Rows { after: Some(next), first });
    Ok((text, step))
}
