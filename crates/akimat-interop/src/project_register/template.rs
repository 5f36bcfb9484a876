//! An empty register to be filled in: headers in one language, lists of allowed values inside, an example row.

use super::mapping::Labels;
use super::words::{COLUMNS, VALUE_COLUMNS};
use crate::table_export::{Cell, Table};
use rust_xlsxwriter::{DataValidation, DataValidationRule, Format, Formula, Note, Workbook, XlsxError};

/// Rows of the template that are checked while typing.
const ROWS: u32 = 5_000;

/// What a template says beside its columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplateWords {
    /// Name of the sheet.
    pub title: String,
    /// Name of the sheet with the lists.
    pub lists: String,
    /// What is said when a value is not in the list: title and sentence.
    pub not_listed: (String, String),
    /// What is said when a number or a date is impossible: title and sentence.
    pub impossible: (String, String),
    /// A sentence about each column, shown beside its header.
    pub help: Vec<(&'static str, String)>,
    /// Values of the example row by column; a code is written as its word.
    pub example: Vec<(&'static str, String)>,
}

/// Header of a column and its word for a code, out of labels in one language.
pub(super) fn header(labels: &Labels, column: &'static str) -> String {
    labels.headers.iter().find(|(name, _)| *name == column).map_or(column, |(_, label)| label).to_owned()
}

pub(super) fn word(labels: &Labels, column: &str, code: &str) -> String {
    let found = labels.values.iter().find(|(name, known, _)| *name == column && *known == code);
    found.map_or(code, |(_, _, label)| label).to_owned()
}

fn example(labels: &Labels, words: &TemplateWords, column: &str) -> String {
    let value = words.example.iter().find(|(name, _)| *name == column).map_or("", |(_, value)| value);
    word(labels, column, value)
}

/// The template as a plain table: the header and the example row.
pub fn template_table(labels: &Labels, words: &TemplateWords) -> Table {
    Table {
        title: words.title.clone(),
        headers: COLUMNS.iter().map(|column| header(labels, column.name)).collect(),
        rows: vec![
            COLUMNS
                .iter()
                .map(|column| Cell::Text(example(labels, words, column.name)))
                .collect::<Vec<Cell>>(),
        ],
    }
}

/// The template as a workbook: lists to choose from, dates and numbers checked while typing, help at each header.
///
/// # Errors
/// [`XlsxError`] when the workbook cannot be made.
pub fn template_workbook(labels: &Labels, words: &TemplateWords) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let (bold, needed) =
        (Format::new().set_bold(), Format::new().set_bold().set_background_color(0x00FF_F2CC));
    let sheet = book.add_worksheet();
    sheet.set_name(crate::table_export::sheet_name(&words.title))?;
    sheet.set_freeze_panes(1, 1)?;
    for (at, column) in (0_u16..).zip(&COLUMNS) {
        let format = if column.required { &needed } else { &bold };
        sheet.write_string_with_format(0, at, header(labels, column.name), format)?;
        sheet.write_string(1, at, example(labels, words, column.name))?;
        sheet.set_column_width(at, 18)?;
        if let Some((_, help)) = words.help.iter().find(|(name, _)| *name == column.name) {
            sheet.insert_note(0, at, &Note::new(help).add_author_prefix(false))?;
        }
        if let Some(rule) = rule(labels, words, column.name) {
            sheet.add_data_validation(1, at, ROWS, at, &rule)?;
        }
    }
    let lists = book.add_worksheet();
    lists.set_name(crate::table_export::sheet_name(&words.lists))?;
    for (at, (column, codes)) in (0_u16..).zip(VALUE_COLUMNS) {
        lists.write_string_with_format(0, at, header(labels, column), &bold)?;
        lists.set_column_width(at, 30)?;
        for (row, code) in (1_u32..).zip(codes()) {
            lists.write_string(row, at, word(labels, column, code))?;
        }
    }
    book.save_to_buffer()
}

fn rule(labels: &Labels, words: &TemplateWords, column: &'static str) -> Option<DataValidation> {
    let told = |rule: DataValidation, (title, text): &(String, String)| {
        let title: String = title.chars().take(32).collect();
        let text: String = text.chars().take(255).collect();
        // Both are within what a spreadsheet holds.
        rule.set_error_title(title).and_then(|rule| rule.set_error_message(text)).ok()
    };
    if let Some(at) = VALUE_COLUMNS.iter().position(|(name, _)| *name == column) {
        let n = VALUE_COLUMNS[at].1().len();
        let letter = char::from(b'A' + u8::try_from(at).ok()?);
        let sheet = crate::table_export::sheet_name(&words.lists).replace('\'', "''");
        let source = Formula::new(format!("='{sheet}'!${letter}$2:${letter}${}", n + 1));
        return told(DataValidation::new().allow_list_formula(source), &words.not_listed);
    }
    let _ = labels;
    let between = |low: f64, high: f64| {
        DataValidation::new().allow_decimal_number(DataValidationRule::Between(low, high))
    };
    let rule = match column {
        "progress_pct" => between(0.0, 100.0),
        "year" => DataValidation::new().allow_whole_number(DataValidationRule::Between(1991, 2100)),
        "lat" => between(-90.0, 90.0),
        "lon" => between(-180.0, 180.0),
        "planned" | "amended" | "contracted" | "invoiced" | "paid" => {
            DataValidation::new().allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0))
        }
        _ => return None,
    };
    told(rule, &words.impossible)
}
