//! The register as a file that can be changed in a spreadsheet and brought back.

use super::mapping::Labels;
use super::template::{header, word};
use super::words::{COLUMNS, PROJECT_COLUMNS};
use crate::table_export::{Cell, Table};
use akimat_core::{Money, MoneyUnit};
use akimat_project::{MoneyLine, Project};
use std::collections::BTreeSet;

/// Projects as the table that [`super::Register`] reads: a row for each line of money, the columns of the project in its
/// first row, headers and words in the language of the labels, money in tenge.
pub fn register_table(title: &str, labels: &Labels, projects: &[Project]) -> Table {
    let criteria: BTreeSet<&str> =
        projects.iter().flat_map(|project| project.scores.iter().map(|(code, _)| code.as_str())).collect();
    let mut headers: Vec<String> = COLUMNS.iter().map(|column| header(labels, column.name)).collect();
    headers.extend(criteria.iter().map(|code| format!("{}{code}", super::SCORE_PREFIX)));
    let mut rows = Vec::new();
    for project in projects {
        for at in 0..project.money.len().max(1) {
            let line = project.money.get(at);
            let mut row: Vec<Cell> =
                COLUMNS.iter().map(|column| cell(labels, (project, line), column.name, at == 0)).collect();
            row.extend(criteria.iter().map(|code| {
                let score = project.scores.iter().find(|(known, _)| known == code).filter(|_| at == 0);
                score.map_or(Cell::Empty, |(_, score)| Cell::Number(score.to_string()))
            }));
            rows.push(row);
        }
    }
    Table { title: title.to_owned(), headers, rows }
}

fn cell(
    labels: &Labels,
    (project, line): (&Project, Option<&MoneyLine>),
    column: &'static str,
    first: bool,
) -> Cell {
    if PROJECT_COLUMNS.contains(&column) && !first {
        return Cell::Empty;
    }
    let text = |text: &str| if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) };
    let code = |code: &str| Cell::Text(word(labels, column, code));
    let day = |date: Option<jiff::civil::Date>| date.map_or(Cell::Empty, |date| Cell::Text(date.to_string()));
    let degrees = |value: Option<i32>| value.map_or(Cell::Empty, |value| Cell::Number(degrees_text(value)));
    match column {
        "number" => text(&project.number),
        "title_kk" => text(&project.title.kk),
        "title_ru" => text(&project.title.ru),
        "title_en" => text(&project.title.en),
        "summary_kk" => text(&project.summary.kk),
        "summary_ru" => text(&project.summary.ru),
        "summary_en" => text(&project.summary.en),
        "place_kato" => Cell::Text(project.place.to_string()),
        "sector" => code(project.sector.code()),
        "kind" => code(project.kind.code()),
        "modality" => code(project.modality.code()),
        "level" => code(project.level.code()),
        "status" => code(project.status.code()),
        "starts_on" => day(project.starts_on),
        "ends_on" => day(project.ends_on),
        "contractor" => text(&project.contractor),
        "progress_pct" => Cell::Number(project.progress_pct.to_string()),
        "lat" => degrees(project.location.map(|point| point.lat_e6)),
        "lon" => degrees(project.location.map(|point| point.lon_e6)),
        "exclusive_group" => text(&project.exclusive_group),
        _ => line.map_or(Cell::Empty, |line| money(labels, line, column)),
    }
}

fn money(labels: &Labels, line: &MoneyLine, column: &'static str) -> Cell {
    let sum = |money: Option<Money>| {
        money.map_or(Cell::Empty, |money| Cell::Number(money.to_decimal(MoneyUnit::Tenge, 2)))
    };
    match column {
        "year" => Cell::Number(line.year.to_string()),
        "source" => Cell::Text(word(labels, column, line.source.code())),
        "programme" if line.programme.is_empty() => Cell::Empty,
        "programme" => Cell::Text(line.programme.clone()),
        "planned" => sum(line.planned),
        "amended" => sum(line.amended),
        "contracted" => sum(line.contracted),
        "invoiced" => sum(line.invoiced),
        "paid" => sum(line.paid),
        "unit" => Cell::Text(word(labels, column, "KZT")),
        _ => Cell::Empty,
    }
}

/// Millionths of a degree as degrees.
fn degrees_text(value: i32) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let whole = value.unsigned_abs();
    format!("{sign}{}.{:06}", whole / 1_000_000, whole % 1_000_000)
}
