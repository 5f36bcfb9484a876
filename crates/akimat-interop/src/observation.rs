//! Figures about territories as CSV or XLSX: `series,kato,year,value,unit,source,source_url,invented`.

use crate::field::{Column, Headed, column, kato, words, year};
use crate::problem::{ProblemCode, Problems, short, whole_file};
use crate::table::Row;
use crate::{Problem, table};
use akimat_core::decimal::DecimalError;
use akimat_core::{Decimal, KatoCode};
use std::collections::BTreeMap;

/// One figure as it stands in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObservationRow {
    /// Row of the file, from 1.
    pub row: u32,
    /// Code of the series, such as `population`.
    pub series: String,
    /// Territory; `None` for the whole country.
    pub place: Option<KatoCode>,
    /// Year.
    pub year: i16,
    /// The figure as printed.
    pub value: Decimal,
    /// Its unit.
    pub unit: String,
    /// Who published it.
    pub source: String,
    /// Address of the publication; may be empty.
    pub source_url: String,
    /// Invented for a demonstration.
    pub invented: bool,
}

const COLUMNS: [Column; 8] = [
    column("series", true),
    Column { name: "kato", also: &["place", "place_code"], required: true },
    column("year", true),
    column("value", true),
    column("unit", true),
    column("source", true),
    Column { name: "source_url", also: &["url"], required: false },
    column("invented", false),
];

const SERIES_CHARS_MAX: u32 = 60;
const WORDS_CHARS_MAX: u32 = 500;

/// Reads figures in the order of the file. A territory that is left empty means the whole country.
///
/// # Errors
/// Every problem by row and column: missing columns, unreadable numbers, codes and years, figures given
/// twice.
pub fn decode_observations(bytes: &[u8]) -> Result<Vec<ObservationRow>, Vec<Problem>> {
    let sheets = table::read(bytes)?;
    let sheet = sheets.first().ok_or_else(|| whole_file(ProblemCode::FileEmpty))?;
    let mut problems = Problems::default();
    let table = Headed::new(sheet, &COLUMNS, &mut problems);
    if !problems.is_empty() {
        return problems.settle(Vec::new());
    }
    let mut rows = Vec::new();
    let mut seen: BTreeMap<(String, Option<KatoCode>, i16), u32> = BTreeMap::new();
    for row in table.rows {
        let Some(found) = read(&table, row, &mut problems) else { continue };
        let key = (found.series.clone(), found.place, found.year);
        if let Some(first) = seen.insert(key, row.number) {
            let value = format!("{} {}", found.series, found.year);
            problems.add(Some(row.number), None, ProblemCode::Repeated { value, row: first });
        }
        rows.push(found);
    }
    if rows.is_empty() && problems.is_empty() {
        problems.add(None, None, ProblemCode::NoRecords);
    }
    problems.settle(rows)
}

fn read(table: &Headed<'_>, row: &Row, problems: &mut Problems) -> Option<ObservationRow> {
    let text = |text: &str| words(text, WORDS_CHARS_MAX);
    let series = table.need(row, "series", problems, series);
    // An empty cell is the country; a wrong one is a problem and gives nothing either.
    let place = table.read(row, "kato", problems, kato);
    let year = table.need(row, "year", problems, year);
    let value = table.need(row, "value", problems, decimal);
    let unit = table.need(row, "unit", problems, text);
    let source = table.need(row, "source", problems, text);
    let source_url = table.read(row, "source_url", problems, text).unwrap_or_default();
    let invented = table.read(row, "invented", problems, yes_or_no).unwrap_or_default();
    Some(ObservationRow {
        row: row.number,
        series: series?,
        place,
        year: year?,
        value: value?,
        unit: unit?,
        source: source?,
        source_url,
        invented,
    })
}

/// Small Latin letters, digits and underscores: the code is part of addresses.
fn series(text: &str) -> Result<String, ProblemCode> {
    let code = words(text, SERIES_CHARS_MAX)?;
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if code.starts_with(|c: char| c.is_ascii_lowercase()) && code.chars().all(plain) {
        Ok(code)
    } else {
        Err(ProblemCode::UnknownValue { value: short(text), allowed: "a-z, 0-9, _".to_owned() })
    }
}

fn decimal(text: &str) -> Result<Decimal, ProblemCode> {
    text.parse().map_err(|error| match error {
        DecimalError::NotANumber(_) => ProblemCode::NotANumber { value: short(text) },
        DecimalError::TooLong(_) => ProblemCode::AmountTooLarge { value: short(text) },
    })
}

fn yes_or_no(text: &str) -> Result<bool, ProblemCode> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "1" => Ok(true),
        "false" | "no" | "0" => Ok(false),
        _ => Err(ProblemCode::UnknownValue { value: short(text), allowed: "true, false".to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "series,kato,year,value,unit,source,source_url,invented\n";

    #[test]
    fn figures_are_read_as_printed() {
        let text = format!(
            "{HEAD}population,610000000,2025,\"2 100 300\",persons,Бюро,,\ndeflator,,2025,108.40,percent,Бюро,https://stat.gov.kz,true\n"
        );
        let rows = decode_observations(text.as_bytes()).unwrap();
        assert_eq!(
            (rows[0].value.to_string(), rows[0].row, rows[0].invented),
            ("2100300".to_owned(), 2, false)
        );
        assert_eq!(
            (rows[1].place, rows[1].value.to_string(), rows[1].invented),
            (None, "108.40".to_owned(), true)
        );
    }

    #[test]
    fn every_wrong_cell_is_named() {
        let text = format!(
            "{HEAD}Population,610000000,2025,1,persons,Бюро,,\npopulation,12,2025,1,persons,Бюро,,\n\
             population,610000000,20255,NaN,,Бюро,,maybe\npopulation,610000000,2025,1,persons,Бюро,,\n\
             population,610000000,2025,2,persons,Бюро,,\n"
        );
        let problems = decode_observations(text.as_bytes()).unwrap_err();
        let told: Vec<_> = problems.iter().map(|p| (p.row, p.column.clone().unwrap_or_default())).collect();
        let at = |row: u32, column: &str| (Some(row), column.to_owned());
        let due = [
            at(2, "series"),
            at(3, "kato"),
            at(4, "year"),
            at(4, "value"),
            at(4, "unit"),
            at(4, "invented"),
            at(6, ""),
        ];
        assert_eq!(told, due);
        assert!(decode_observations(b"series,year\n").is_err());
        assert!(decode_observations(HEAD.as_bytes()).is_err());
    }
}
