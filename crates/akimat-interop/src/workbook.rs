//! XLSX to rows. The archive is first unpacked into nothing, counted, so that a bomb is refused
//! before anything is kept.

mod guard;

use crate::Problem;
use crate::problem::{ProblemCode, whole_file};
use crate::table::{CELLS_MAX, COLUMNS_MAX, ROWS_MAX, Row, Sheet, TEXT_BYTES_MAX, too_large};
use calamine::{DataRef, Reader, Xlsx};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// More sheets than this are not looked at.
const SHEETS_MAX: usize = 20;

/// Reads every sheet in the order of the workbook.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<Sheet>, Vec<Problem>> {
    guard::check(bytes)?;
    // The reader is made for friendly files; whatever a hostile one does to it ends here.
    catch_unwind(AssertUnwindSafe(|| sheets(bytes)))
        .unwrap_or_else(|_| Err(whole_file(ProblemCode::BrokenWorkbook)))
}

fn sheets(file: &[u8]) -> Result<Vec<Sheet>, Vec<Problem>> {
    let broken = || whole_file(ProblemCode::BrokenWorkbook);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file)).map_err(|_| broken())?;
    let (mut seen, mut bytes) = (0_usize, 0_usize);
    let mut sheets = Vec::new();
    for name in book.sheet_names().into_iter().take(SHEETS_MAX) {
        // Chart sheets have no cells.
        let Ok(mut reader) = book.worksheet_cells_reader(&name) else { continue };
        let mut cells: Vec<(u32, u32, String)> = Vec::new();
        while let Some(cell) = reader.next_cell().map_err(|_| broken())? {
            let (row, column) = cell.get_position();
            // Empty cells count too: they bear only colours, but take their time.
            seen += 1;
            let text = words(cell.get_value());
            bytes += text.len();
            if seen > 2 * CELLS_MAX || bytes > TEXT_BYTES_MAX {
                return Err(too_large());
            }
            if text.is_empty() {
                continue;
            }
            if row >= ROWS_MAX || column >= COLUMNS_MAX || cells.len() > CELLS_MAX {
                return Err(too_large());
            }
            cells.push((row, column, text));
        }
        cells.sort_by_key(|(row, column, _)| (*row, *column));
        sheets.push(Sheet { rows: rows(cells) });
    }
    Ok(sheets)
}

fn rows(cells: Vec<(u32, u32, String)>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (row, column, text) in cells {
        let number = row.saturating_add(1);
        if rows.last().is_none_or(|last| last.number != number) {
            rows.push(Row { number, cells: Vec::new() });
        }
        let Some(last) = rows.last_mut() else { continue };
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        // A position that a broken file names twice: the first stays.
        if last.cells.len() <= column {
            last.cells.resize(column, String::new());
            last.cells.push(text);
        }
    }
    rows
}

/// A cell as text. A number is the shortest decimal that names the same binary float, which is what
/// a spreadsheet shows for amounts of up to 15 digits.
fn words(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

#[cfg(test)]
mod tests;
