//! The picture of a pivot: lines over time, small multiples where there are more than four of them, bars
//! otherwise. Its table holds what is drawn.

use super::asked::{Axis, Shown};
use super::table::{COLUMNS_MAX, Sheet, Value};
use akimat_document::Column;
use akimat_storage::columns::Member;
use akimat_web_kit::figure::{self, Figure};
use akimat_web_kit::kit::chart::{self, Bar, Lines, Multiples, Panel, Series, Words, small_multiples};
use akimat_web_kit::view::figures::axis;

/// Lines that can be told apart.
const LINES_MAX: usize = 4;
/// Panels on a page.
const PANELS_MAX: usize = 12;
/// Bars under one another.
const BARS_MAX: usize = 20;

/// The picture of the first rows, and how many rows it leaves out. Empty where there is nothing to draw.
pub fn picture(sheet: &Sheet<'_>, title: &str) -> (Figure, usize) {
    if sheet.rows.is_empty() {
        return (Figure::default(), 0);
    }
    let words = Words::new("pivot", title, sheet.unit());
    let over_time = matches!(sheet.view.columns, Axis::Year | Axis::Month) && sheet.grid.columns.len() > 1;
    let (figure, shown) = if over_time { lines(sheet, title, &words) } else { bars(sheet, title, &words) };
    (figure, sheet.rows.len() - shown)
}

fn known(sheet: &Sheet<'_>, value: Option<Value>) -> figure::Value {
    match sheet.plain(value) {
        Some(plain) => figure::Value::number(sheet.text(value), plain),
        None => figure::Value::unknown(sheet.locale),
    }
}

fn heads(sheet: &Sheet<'_>, columns: &[Member]) -> Vec<Column> {
    let first = Column::text(sheet.locale.name("pivot-axis", sheet.view.rows.code()));
    let names = columns.iter().map(|column| Column::number(sheet.name(sheet.view.columns, column)));
    std::iter::once(first).chain(names).collect()
}

fn lines(sheet: &Sheet<'_>, title: &str, words: &Words) -> (Figure, usize) {
    let columns = &sheet.grid.columns[..sheet.grid.columns.len().min(COLUMNS_MAX)];
    let periods: Vec<String> = columns.iter().map(|column| sheet.name(sheet.view.columns, column)).collect();
    let points = |row: &Member| -> Vec<Option<f64>> {
        columns.iter().map(|column| sheet.float(sheet.cell(row, column))).collect()
    };
    let format = |value: f64| axis(sheet.locale, value);
    let name = |row: &Member| sheet.name(sheet.view.rows, row);
    let shown = &sheet.rows[..sheet.rows.len().min(PANELS_MAX)];
    let drawing = if sheet.rows.len() <= LINES_MAX {
        let series = shown.iter().map(|row| Series { label: name(row), points: points(row) }).collect();
        chart::lines(words, &Lines { periods, unit: sheet.unit(), series }, &format)
    } else {
        let panels = shown.iter().map(|row| Panel { title: name(row), series: vec![points(row)] }).collect();
        let data = Multiples { periods, unit: sheet.unit(), key: Vec::new(), panels };
        small_multiples(words, &data, &format)
    };
    let row = |row: &Member| {
        let cells = columns.iter().map(|column| known(sheet, sheet.cell(row, column)));
        std::iter::once(figure::Value::text(name(row))).chain(cells).collect()
    };
    let rows = shown.iter().map(row).collect();
    let figure = Figure::new("pivot", title, drawing).table(sheet.unit(), heads(sheet, columns), rows);
    (figure, shown.len())
}

/// One bar a row: its total, or its last column where there are no totals.
fn bars(sheet: &Sheet<'_>, title: &str, words: &Words) -> (Figure, usize) {
    let shown = &sheet.rows[..sheet.rows.len().min(BARS_MAX)];
    let whole = sheet.view.adds_up(sheet.view.columns)
        && matches!(sheet.view.shown, Shown::Amount | Shown::Execution)
        && sheet.grid.columns.len() > 1;
    let last = sheet.grid.columns.last();
    let value = |row: &Member| {
        if whole { sheet.row_total(row) } else { last.and_then(|column| sheet.cell(row, column)) }
    };
    let name = |row: &Member| sheet.name(sheet.view.rows, row);
    let bar = |row: &Member| {
        let value = value(row);
        let text =
            if value.is_some() { sheet.text(value) } else { sheet.locale.t("no-data-short").into_owned() };
        Bar::new(name(row), sheet.float(value), text)
    };
    let drawn: Vec<Bar> = shown.iter().map(bar).collect();
    let mut columns = heads(sheet, last.map_or(&[], std::slice::from_ref));
    if whole && let Some(column) = columns.get_mut(1) {
        *column = Column::number(sheet.locale.t("pivot-total"));
    }
    let rows =
        shown.iter().map(|row| vec![figure::Value::text(name(row)), known(sheet, value(row))]).collect();
    let figure = Figure::new("pivot", title, chart::bars(words, &drawn)).table(sheet.unit(), columns, rows);
    (figure, shown.len())
}
