//! Tables as files: CSV and XLSX, safe to open in a spreadsheet.

use crate::failure::{Answer, Failure};
use crate::visitor::Visitor;
use akimat_interop::table_export::{self, Table};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// A table in the format that the address asks for: `csv` or `xlsx`.
///
/// # Errors
/// 404 for another format.
pub fn table(name: &str, format: &str, table: &Table) -> Answer {
    let (kind, bytes) = match format {
        "csv" => ("text/csv; charset=utf-8", table_export::encode_csv(table)),
        "xlsx" => (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            table_export::encode_xlsx(table).map_err(Failure::internal)?,
        ),
        _ => return Err(Failure::not_found()),
    };
    Ok(file(&format!("{name}.{format}"), kind, bytes))
}

/// A file to keep.
pub fn file(name: &str, kind: &'static str, bytes: impl Into<axum::body::Body>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, disposition)], bytes.into()).into_response()
}

/// Links to both formats: address, name, remark.
pub fn links(visitor: &Visitor, path: &str, query: &str) -> Vec<(String, String, String)> {
    let locale = visitor.locale();
    let glue = if query.is_empty() { "" } else { "?" };
    ["csv", "xlsx"]
        .into_iter()
        .map(|format| {
            let name = locale.t(&format!("action-download-{format}")).into_owned();
            (visitor.to(&format!("{path}/{format}{glue}{query}")), name, String::new())
        })
        .collect()
}
