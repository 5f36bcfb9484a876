//! Tables to CSV and XLSX, safe to open in a spreadsheet.
//!
//! A text that begins with `=`, `+`, `-`, `@`, a tab or a carriage return could be run as a formula:
//! CSV gets an apostrophe in front of it, XLSX holds it as text.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// A cell to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A plain decimal with a point, such as `-5897464.7`; anything else is written as words.
    Number(String),
    /// Nothing.
    Empty,
}

/// A table to be written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Name of the sheet.
    pub title: String,
    /// Headers of the columns.
    pub headers: Vec<String>,
    /// Rows of cells.
    pub rows: Vec<Vec<Cell>>,
}

/// Longest text a spreadsheet cell holds.
const TEXT_CHARS_MAX: usize = 32_767;
/// More digits than this do not fit a binary float exactly: XLSX then holds the number as text.
const DIGITS_MAX: usize = 15;

/// Whether the text is a plain decimal: an optional minus, digits, an optional point and digits.
fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    all(whole) && all(fraction)
}

/// The text as it may stand in a CSV file.
///
/// # Example
/// ```
/// use akimat_interop::table_export::harmless;
/// assert_eq!(harmless("=1+1"), "'=1+1");
/// assert_eq!(harmless("-5.5"), "-5.5");
/// ```
pub fn harmless(text: &str) -> String {
    // Full-width signs are read as the plain ones by some spreadsheets.
    let first = text.trim_start_matches([' ', '\u{a0}', '\u{feff}']).chars().next();
    let formula = first.is_some_and(|c| "=+-@\t\r\n|%＝＋－＠".contains(c));
    if formula && !is_decimal(text) { format!("'{text}") } else { text.to_owned() }
}

/// CSV in UTF-8 with BOM, which spreadsheets need to read Kazakh letters, commas and CRLF (RFC 4180).
pub fn encode_csv(table: &Table) -> Vec<u8> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    {
        let mut writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .flexible(true)
            .from_writer(&mut bytes);
        // Writing to memory cannot fail.
        let _ = writer.write_record(table.headers.iter().map(|header| harmless(header)));
        for row in &table.rows {
            let cells = row.iter().map(|cell| match cell {
                Cell::Text(text) | Cell::Number(text) => harmless(text),
                Cell::Empty => String::new(),
            });
            let _ = writer.write_record(cells);
        }
    }
    bytes
}

/// An XLSX workbook with one sheet; words are always text cells, never formulas.
///
/// # Errors
/// [`XlsxError`] when the table is beyond what a sheet holds (1,048,576 rows, 16,384 columns).
pub fn encode_xlsx(table: &Table) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(sheet_name(&table.title))?;
    let bold = Format::new().set_bold();
    for (column, header) in (0_u16..).zip(&table.headers) {
        sheet.write_string_with_format(0, column, cut(header), &bold)?;
    }
    for (at, row) in (1_u32..).zip(&table.rows) {
        for (column, cell) in (0_u16..).zip(row) {
            match cell {
                Cell::Number(text) if fits(text) => {
                    let number = text.parse::<f64>().unwrap_or_default();
                    sheet.write_number(at, column, number)?;
                }
                Cell::Text(text) | Cell::Number(text) => {
                    sheet.write_string(at, column, cut(text))?;
                }
                Cell::Empty => {}
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    book.save_to_buffer()
}

fn fits(text: &str) -> bool {
    is_decimal(text) && text.bytes().filter(u8::is_ascii_digit).count() <= DIGITS_MAX
}

/// Control characters are not allowed in XML.
fn cut(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\t' | '\n')).take(TEXT_CHARS_MAX).collect()
}

/// At most 31 characters, none of `[]:*?/\`, no apostrophe at the ends.
pub(crate) fn sheet_name(title: &str) -> String {
    let name: String = cut(title).chars().filter(|c| !"[]:*?/\\\t\n".contains(*c)).take(31).collect();
    let name = name.trim_matches(['\'', ' ']).to_owned();
    if name.is_empty() { "Akimat".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table;

    fn sample() -> Table {
        let text = |text: &str| Cell::Text(text.to_owned());
        Table {
            title: "Бюджет: [2026]".to_owned(),
            headers: vec!["=cmd".to_owned(), "Сумма".to_owned()],
            rows: vec![
                vec![text("=HYPERLINK(\"http://x\")"), Cell::Number("-5897464.7".to_owned())],
                vec![text("+7 701"), Cell::Number("=1+1".to_owned())],
                vec![text("@SUM(A1)"), Cell::Empty],
                vec![text("\tx"), text("-2+3")],
                vec![text("Қаржы, \"бюджет\""), Cell::Number("12345678901234567.5".to_owned())],
            ],
        }
    }

    #[test]
    fn nothing_in_a_csv_begins_like_a_formula() {
        let bytes = encode_csv(&sample());
        let sheet = table::read(&bytes).unwrap().remove(0);
        for row in &sheet.rows {
            for cell in &row.cells {
                let begins = cell.starts_with(['=', '+', '-', '@']);
                assert!(!begins || is_decimal(cell), "{cell:?}");
            }
        }
        assert_eq!(sheet.rows[1].cells, ["'=HYPERLINK(\"http://x\")", "-5897464.7"]);
        assert_eq!(sheet.rows[4].cells, ["'\tx", "'-2+3"]);
        assert_eq!(sheet.rows[5].cells, ["Қаржы, \"бюджет\"", "12345678901234567.5"]);
        assert!(bytes.starts_with(b"\xef\xbb\xbf'=cmd,"));
    }

    #[test]
    fn a_workbook_holds_words_as_words_and_numbers_as_numbers() {
        let bytes = encode_xlsx(&sample()).unwrap();
        let sheet = table::read(&bytes).unwrap().remove(0);
        assert_eq!(sheet.rows[1].cells, ["=HYPERLINK(\"http://x\")", "-5897464.7"]);
        assert_eq!(sheet.rows[2].cells, ["+7 701", "=1+1"]);
        assert_eq!(sheet.rows[5].cells[1], "12345678901234567.5");
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut xml = String::new();
        let mut part = archive.by_name("xl/worksheets/sheet1.xml").unwrap();
        std::io::Read::read_to_string(&mut part, &mut xml).unwrap();
        assert!(!xml.contains("<f>"));
    }
}
