//! `/statistics/own`: a table of one's own. It travels in the form, is analysed and forgotten.

use super::ask::Ask;
use super::show::{compute, written};
use super::view::{Choices, RefusalView, ResultView, Workbench, columns, shape};
use akimat_i18n::Locale;
use akimat_interop::data_table::decode_data_table;
use akimat_statistics::Table;
use akimat_web_kit::download;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::{Form, Upload};
use akimat_web_kit::frame;
use akimat_web_kit::kit::MenuItem;
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::attempt::limit;
use akimat_web_kit::view::statistics::problem;
use akimat_web_kit::visitor::Visitor;
use axum::extract::State;

/// Text of a table in bytes.
const TEXT_BYTES_MAX: usize = 200 * 1024;
/// Rows of a table.
const ROWS_MAX: usize = 5_000;
/// Columns of a table.
const COLUMNS_MAX: usize = 60;
/// Problems that the page lists.
const PROBLEMS_SHOWN: usize = 20;

/// The empty form.
///
/// # Errors
/// When the template fails.
pub async fn form(visitor: Visitor) -> Answer {
    let ask = Ask::read(visitor.locale(), &Form::default());
    frame::render(&page(&visitor, ask, None))
}

fn page(visitor: &Visitor, ask: Ask, table: Option<&Table>) -> Workbench {
    let locale = visitor.locale();
    Workbench {
        page: frame::page(visitor, locale.t("statistics-own"), Some(MenuItem::Analysis))
            .description(locale.t("statistics-own-lead"))
            .errors(!ask.form.is_clean()),
        action: visitor.to("/statistics/own"),
        own: true,
        source: String::new(),
        note: String::new(),
        examples: Vec::new(),
        cannot: Vec::new(),
        columns: table.map(|table| columns(locale, table)).unwrap_or_default(),
        shape: table.map(|table| shape(locale, table)).unwrap_or_default(),
        choices: Choices::new(locale, table, ask.method),
        ask,
        result: None,
        refusal: None,
    }
}

/// Reads the table, and computes when asked to.
///
/// # Errors
/// 403 for a forged form, 429 for too many.
pub async fn analyse(State(state): State<WebState>, visitor: Visitor, upload: Upload) -> Answer {
    limit(&state.limiters.heavy, &state, &visitor)?;
    let locale = visitor.locale();
    let (table, problems) = match read(locale, &upload) {
        Ok(table) => (Some(table), Vec::new()),
        Err(problems) => (None, problems),
    };
    let mut ask = Ask::read(locale, &upload.form);
    for (field, problem) in problems {
        ask.form.fail(field, problem);
    }
    let Some(table) = table else {
        ask.form = ask.form.with("text", upload.form.raw("text"));
        return frame::render_invalid(&page(&visitor, ask, None));
    };
    // What was uploaded is from now on the text of the form.
    ask.form = ask.form.with("text", table.to_text());
    let wanted = std::mem::take(&mut ask.file);
    if wanted == "data.csv" {
        return Ok(download::file(&wanted, "text/csv; charset=utf-8", table.to_csv()));
    }
    let (ask, answer) = compute(ask, table.clone()).await?;
    let title = locale.t("statistics-own").into_owned();
    let mut shown = page(&visitor, ask, Some(&table));
    match answer {
        Some(Ok(report)) if !wanted.is_empty() => {
            return written(&state, &visitor, (&report, title.as_str()), &wanted);
        }
        Some(Ok(report)) => shown.result = Some(ResultView::new(&state, &visitor, &report, &title)),
        Some(Err(why)) => shown.refusal = Some(RefusalView::new(locale, &why)),
        None => {}
    }
    if shown.ask.form.is_clean() { frame::render(&shown) } else { frame::render_invalid(&shown) }
}

type Faults = Vec<(&'static str, String)>;

/// The table of the file, or else of the text.
fn read(locale: &Locale, upload: &Upload) -> Result<Table, Faults> {
    let large = || vec![("text", locale.t("statistics-text-large").into_owned())];
    let text = upload.form.get("text");
    let bytes = if upload.bytes.is_empty() { text.as_bytes() } else { upload.bytes.as_slice() };
    if upload.too_large {
        return Err(large());
    }
    if bytes.is_empty() {
        return Err(vec![("text", locale.t("statistics-text-missing").into_owned())]);
    }
    let table = decode_data_table(bytes).map_err(|problems| {
        problems.iter().take(PROBLEMS_SHOWN).map(|one| ("text", problem(locale, one))).collect::<Faults>()
    })?;
    let fits = table.n_rows() <= ROWS_MAX && table.columns().len() <= COLUMNS_MAX;
    if fits && table.to_text().len() <= TEXT_BYTES_MAX { Ok(table) } else { Err(large()) }
}
