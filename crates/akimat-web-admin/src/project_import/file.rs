//! Files that go out: the template to fill in, the rows with their problems.

use super::draft::sentences;
use akimat_app::import::template_labels;
use akimat_interop::project_register::annotate::annotated;
use akimat_interop::project_register::template::{template_table, template_workbook};
use akimat_web_kit::download;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::frame;
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use axum::extract::{Path, State};
use uuid::Uuid;

/// The template in the visitor's language.
///
/// # Errors
/// 404 for another format than `xlsx` and `csv`.
pub async fn template(visitor: Visitor, Path((_, format)): Path<(String, String)>) -> Answer {
    let lang = visitor.locale().lang();
    let (labels, words) = template_labels(lang);
    let name = format!("akimat-projects-{}", lang.code());
    if format == "xlsx" {
        let bytes = template_workbook(&labels, &words).map_err(Failure::internal)?;
        let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        return Ok(download::file(&format!("{name}.xlsx"), kind, bytes));
    }
    download::table(&name, &format, &template_table(&labels, &words))
}

/// The rows of a file with what is wrong beside each.
///
/// # Errors
/// 404 when there is no such import, its file cannot be opened at all, or for another format.
pub async fn problems(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id, format)): Path<(String, String, String)>,
) -> Answer {
    let id: Uuid = frame::id(&id)?;
    let import = state.app.import_to_work(visitor.actor(), id).await?;
    let preview = state.app.preview_import(&import).await?;
    let bytes = state.app.read().find_import_file(id).await?.ok_or_else(Failure::not_found)?;
    let locale = visitor.locale();
    let told = sentences(locale, &preview);
    let (title, heading) =
        (locale.t("register-template-sheet").into_owned(), locale.t("import-problem").into_owned());
    let table = tokio::task::spawn_blocking(move || annotated(&bytes, &told, &title, &heading));
    let table = table.await.map_err(Failure::internal)?.ok_or_else(Failure::not_found)?;
    download::table("akimat-problems", &format, &table)
}
