//! `/statistics/tables/{id}`: a table of the platform or of a study under a method.

use super::ask::Ask;
use super::view::{Choices, RefusalView, ResultView, Workbench, columns, shape};
use super::{bundled, path, platform};
use akimat_statistics::{Refusal, Report, Table};
use akimat_web_kit::download;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::figure;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::MenuItem;
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use serde_json::json;

/// A table with what is known about it.
struct Found {
    table: Option<Table>,
    title: String,
    invented: bool,
    bundled: Option<&'static bundled::Bundled>,
}

async fn find(state: &WebState, visitor: &Visitor, id: &str) -> Answer<Found> {
    if let Some(bundled) = bundled::find(id) {
        let title = bundled.title.get(visitor.lang).to_owned();
        return Ok(Found {
            table: bundled.table(),
            title,
            invented: bundled.invented,
            bundled: Some(bundled),
        });
    }
    if !platform::IDS.contains(&id) {
        return Err(Failure::not_found());
    }
    let found = platform::table(state, visitor, id).await?;
    let invented = found.as_ref().is_some_and(|(_, invented)| *invented);
    let title = platform::title(visitor.locale(), id);
    Ok(Found { table: found.map(|(table, _)| table), title, invented, bundled: None })
}

impl Found {
    fn ask(&self, visitor: &Visitor, query: &str) -> Ask {
        let mut ask = Ask::read(visitor.locale(), &Form::parse(query.as_bytes()));
        if let Some(bundled) = self.bundled {
            ask.declare(&bundled.nominal, &bundled.orders);
        }
        ask
    }
}

/// Computes away from the threads that answer.
pub(super) async fn compute(ask: Ask, table: Table) -> Answer<(Ask, Option<Result<Report, Refusal>>)> {
    let work = move || {
        let answer = if ask.computes { ask.run(table) } else { None };
        (ask, answer)
    };
    tokio::task::spawn_blocking(work).await.map_err(Failure::internal)
}

/// The page.
///
/// # Errors
/// 404 for an unknown table.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let locale = visitor.locale();
    let found = find(&state, &visitor, &id).await?;
    let query = query.unwrap_or_default();
    let mut ask = found.ask(&visitor, &query);
    let wanted = std::mem::take(&mut ask.file);
    if let (Some(table), "data.csv") = (&found.table, wanted.as_str()) {
        let prepared = ask.prepare(table.clone()).map_err(|_| Failure::not_found())?;
        return Ok(download::file(&wanted, "text/csv; charset=utf-8", prepared.to_csv()));
    }
    let (ask, answer) = match found.table.clone() {
        Some(table) => compute(ask, table).await?,
        None => (ask, None),
    };
    if let (Some(Ok(report)), false) = (&answer, wanted.is_empty()) {
        return written(&state, &visitor, (report, found.title.as_str()), &wanted);
    }
    let (mut result, mut refusal) = (None, None);
    match &answer {
        Some(Ok(report)) => result = Some(ResultView::new(&state, &visitor, report, &found.title)),
        Some(Err(why)) => refusal = Some(RefusalView::new(locale, why)),
        None => {}
    }
    if let Some(result) = &mut result {
        result.figure = std::mem::take(&mut result.figure).files(&visitor);
        if let Some(file) = figure::asked(&visitor, &id, &[&result.figure]).await {
            return file;
        }
    }
    let (source, note, examples, cannot) = about(&visitor, found.bundled);
    frame::render(&Workbench {
        page: frame::page(&visitor, found.title.clone(), Some(MenuItem::Analysis))
            .invented(found.invented)
            .errors(!ask.form.is_clean()),
        action: visitor.to(&path(&id)),
        own: false,
        source,
        note,
        examples,
        cannot,
        columns: found.table.as_ref().map(|table| columns(locale, table)).unwrap_or_default(),
        shape: found.table.as_ref().map(|table| shape(locale, table)).unwrap_or_default(),
        choices: Choices::new(locale, found.table.as_ref(), ask.method),
        ask,
        result,
        refusal,
    })
}

type About = (String, String, Vec<(String, String)>, Vec<[String; 3]>);

/// Source, note, examples and what cannot be recomputed.
fn about(visitor: &Visitor, bundled: Option<&bundled::Bundled>) -> About {
    let Some(bundled) = bundled else { return About::default() };
    let link = |example: &bundled::Example| {
        let address = format!("{}?{}&go=1#result", visitor.to(&path(&bundled.id)), example.query);
        (address, example.text.get(visitor.lang).to_owned())
    };
    let cannot = |one: &bundled::Cannot| {
        [one.what.get(visitor.lang).to_owned(), one.why.get(visitor.lang).to_owned(), one.problem.clone()]
    };
    (
        bundled.source.clone(),
        bundled.note.get(visitor.lang).to_owned(),
        bundled.examples.iter().map(link).collect(),
        bundled.cannot.iter().map(cannot).collect(),
    )
}

/// A result as a file.
pub(super) fn written(
    state: &WebState,
    visitor: &Visitor,
    (report, table): (&Report, &str),
    name: &str,
) -> Answer<Response> {
    let locale = visitor.locale();
    let (kind, text) = match name {
        "result.csv" => ("text/csv; charset=utf-8", report.to_csv()),
        "result.json" => {
            let date = locale.date(state.app.today());
            let mut text = report.to_json();
            text["citation"] =
                json!(akimat_web_kit::view::statistics::citation(locale, report, table, &date));
            ("application/json", text.to_string())
        }
        "script.R" => ("text/plain; charset=utf-8", report.script.r.clone()),
        "script.py" => ("text/plain; charset=utf-8", report.script.python.clone()),
        _ => return Err(Failure::not_found()),
    };
    Ok(download::file(name, kind, text))
}
