//! CSV and XLSX alike as rows of text cells.

use crate::problem::{ProblemCode, whole_file};
use crate::{Problem, csv_table, text, workbook};

/// More rows than this are refused.
pub const ROWS_MAX: u32 = 200_000;
/// More columns than this are refused.
pub const COLUMNS_MAX: u32 = 200;
/// More filled cells than this are refused.
pub const CELLS_MAX: usize = 2_000_000;
/// More bytes of text than this are refused: a workbook may name one long text in every cell.
pub const TEXT_BYTES_MAX: usize = 128 * 1024 * 1024;

/// A row that is not wholly empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Number as a spreadsheet shows it, from 1.
    pub number: u32,
    /// The cells, trimmed; a row ends with its last filled cell.
    pub cells: Vec<String>,
}

/// A sheet of a workbook; a CSV file is one sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Its rows in order, empty ones left out.
    pub rows: Vec<Row>,
}

impl Row {
    /// The cell in a column counted from 0; empty beyond the end.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

/// Reads CSV in any known encoding with `,`, `;` or tab, or an XLSX workbook. Which of the two it is
/// tell the first bytes, not the name of the file.
///
/// # Errors
/// The problems that keep the file from being read at all.
pub fn read(bytes: &[u8]) -> Result<Vec<Sheet>, Vec<Problem>> {
    text::check_size(bytes)?;
    let sheets = if bytes.starts_with(b"PK") {
        workbook::read(bytes)?
    } else if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        // The container of old .xls files and of workbooks with a password.
        let has_password = bytes.windows(18).any(|w| w == *b"E\0n\0c\0r\0y\0p\0t\0e\0d\0");
        let code = if has_password { ProblemCode::WorkbookEncrypted } else { ProblemCode::BrokenWorkbook };
        return Err(whole_file(code));
    } else {
        vec![csv_table::read(&text::decode(bytes)?)?]
    };
    if sheets.iter().all(|sheet| sheet.rows.is_empty()) {
        return Err(whole_file(ProblemCode::FileEmpty));
    }
    Ok(sheets)
}

/// The problem of too many rows, columns or cells.
pub(crate) fn too_large() -> Vec<Problem> {
    whole_file(ProblemCode::SheetTooLarge { rows: ROWS_MAX, columns: COLUMNS_MAX })
}
