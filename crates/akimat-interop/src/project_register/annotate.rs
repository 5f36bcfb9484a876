//! A register with what is wrong beside each row, to be corrected and sent again.

use crate::table::{self, Row};
use crate::table_export::{Cell, Table};
use std::collections::BTreeMap;

/// The rows of a file as they stand, each with its problems in the first cell. Problems of the whole file stand in a
/// row of their own above all. `None` when the file cannot be opened at all.
///
/// A register that is sent again with this column is read as before: a column without a known name is left out.
pub fn annotated(
    bytes: &[u8],
    problems: &[(Option<u32>, String)],
    title: &str,
    heading: &str,
) -> Option<Table> {
    let sheets = table::read(bytes).ok()?;
    let sheet = sheets.into_iter().max_by_key(|sheet| sheet.rows.len())?;
    let mut by_row: BTreeMap<Option<u32>, Vec<&str>> = BTreeMap::new();
    for (row, sentence) in problems {
        by_row.entry(*row).or_default().push(sentence);
    }
    let told = |row: Option<u32>| by_row.get(&row).map(|sentences| sentences.join(" ")).unwrap_or_default();
    let mut rows = sheet.rows.iter();
    let header = rows.next()?;
    let mut headers = vec![heading.to_owned()];
    headers.extend(header.cells.iter().cloned());
    let width = sheet.rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
    let line = |told: String, row: &Row| {
        let mut cells = vec![Cell::Text(told)];
        cells.extend((0..width).map(|at| Cell::Text(row.cell(at).to_owned())));
        cells
    };
    let whole = [told(None), told(Some(header.number))].join(" ").trim().to_owned();
    let mut lines = Vec::new();
    if !whole.is_empty() {
        lines.push(line(whole, &Row { number: header.number, cells: Vec::new() }));
    }
    lines.extend(rows.map(|row| line(told(Some(row.number)), row)));
    Some(Table { title: title.to_owned(), headers, rows: lines })
}
