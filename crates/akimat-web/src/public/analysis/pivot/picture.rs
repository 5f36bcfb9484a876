//! The picture of a pivot: lines over time, small multiples where there are more than four of them, bars
//! otherwise.

use super::asked::{Axis, Shown};
use super::table::{COLUMNS_MAX, Sheet};
use crate::kit::Markup;
use crate::kit::chart::multiples::{Multiples, Panel, small_multiples};
use crate::kit::chart::{self, Bar, Lines, Series, Words};
use crate::view::figures::axis;
use akimat_storage::columns::Member;

/// Lines that can be told apart.
const LINES_MAX: usize = 4;
/// Panels on a page.
const PANELS_MAX: usize = 12;
/// Bars under one another.
const BARS_MAX: usize = 20;

/// The picture of the first rows, and how many rows it leaves out.
pub fn picture(sheet: &Sheet<'_>, title: &str, description: &str) -> (Markup, usize) {
    let words = Words::new("pivot", title, description);
    let over_time = matches!(sheet.view.columns, Axis::Year | Axis::Month) && sheet.grid.columns.len() > 1;
    if over_time { lines(sheet, &words) } else { bars(sheet, &words) }
}

fn lines(sheet: &Sheet<'_>, words: &Words) -> (Markup, usize) {
    let columns = &sheet.grid.columns[..sheet.grid.columns.len().min(COLUMNS_MAX)];
    let periods: Vec<String> = columns.iter().map(|column| sheet.name(sheet.view.columns, column)).collect();
    let points = |row: &Member| -> Vec<Option<f64>> {
        columns.iter().map(|column| sheet.float(sheet.cell(row, column))).collect()
    };
    let format = |value: f64| axis(sheet.locale, value);
    let name = |row: &Member| sheet.name(sheet.view.rows, row);
    if sheet.rows.len() <= LINES_MAX {
        let series = sheet.rows.iter().map(|row| Series { label: name(row), points: points(row) }).collect();
        let data = Lines { periods, unit: sheet.unit(), series };
        return (chart::lines(words, &data, &format), 0);
    }
    let shown = sheet.rows.len().min(PANELS_MAX);
    let panels = sheet.rows[..shown]
        .iter()
        .map(|row| Panel { title: name(row), series: vec![points(row)] })
        .collect();
    let data = Multiples { periods, unit: sheet.unit(), key: Vec::new(), panels };
    (small_multiples(words, &data, &format), sheet.rows.len() - shown)
}

/// One bar a row: its total, or its last column where columns may not be added.
fn bars(sheet: &Sheet<'_>, words: &Words) -> (Markup, usize) {
    let shown = sheet.rows.len().min(BARS_MAX);
    let whole = sheet.view.adds_up(sheet.view.columns) && sheet.view.shown != Shown::Share;
    let bar = |row: &Member| {
        let value = if whole {
            sheet.row_total(row)
        } else {
            sheet.grid.columns.last().and_then(|column| sheet.cell(row, column))
        };
        let text = if value.is_some() { sheet.text(value) } else { sheet.locale.t("no-data-short").into_owned() };
        Bar::new(sheet.name(sheet.view.rows, row), sheet.float(value), text)
    };
    let drawn: Vec<Bar> = sheet.rows[..shown].iter().map(bar).collect();
    (chart::bars(words, &drawn), sheet.rows.len() - shown)
}
