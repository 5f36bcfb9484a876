//! Reading single values, and tables with a header.

use crate::problem::{ProblemCode, Problems, short};
use crate::table::{Row, Sheet};
use akimat_core::fold::fold;
use akimat_core::money::MoneyError;
use akimat_core::{KatoCode, Money, MoneyUnit};
use jiff::civil::Date;

pub(crate) fn money(text: &str, unit: MoneyUnit) -> Result<Money, ProblemCode> {
    Money::parse(text, unit).map_err(|error| match error {
        MoneyError::Empty => ProblemCode::Missing,
        MoneyError::NotANumber(_) => ProblemCode::NotAnAmount { value: short(text) },
        MoneyError::TooFine(_) => ProblemCode::AmountTooFine { value: short(text) },
        MoneyError::TooLarge(_) => ProblemCode::AmountTooLarge { value: short(text) },
    })
}

/// A whole number between two bounds.
pub(crate) fn whole<T: TryFrom<i64>>(text: &str, min: i64, max: i64) -> Result<T, ProblemCode> {
    let value = text.trim().parse::<i64>().map_err(|_| ProblemCode::NotANumber { value: short(text) })?;
    let out = || ProblemCode::OutOfRange { value: short(text), min: min.to_string(), max: max.to_string() };
    if (min..=max).contains(&value) { T::try_from(value).map_err(|_| out()) } else { Err(out()) }
}

/// A financial year.
pub(crate) fn year(text: &str) -> Result<i16, ProblemCode> {
    whole(text, 1991, 2100)
}

/// A level of the budget system: 1 republican to 4 village and okrug.
pub(crate) fn level(text: &str) -> Result<u8, ProblemCode> {
    whole(text, 1, 4)
}

pub(crate) fn kato(text: &str) -> Result<KatoCode, ProblemCode> {
    text.trim().parse().map_err(|_| ProblemCode::NotKato { value: short(text) })
}

pub(crate) fn unit(text: &str) -> Result<MoneyUnit, ProblemCode> {
    MoneyUnit::parse(text).ok_or_else(|| ProblemCode::UnknownUnit { value: short(text) })
}

/// `2026-03-01` or `01.03.2026`.
pub(crate) fn date(text: &str) -> Result<Date, ProblemCode> {
    let wrong = || ProblemCode::NotADate { value: short(text) };
    let clean = text.trim();
    let parts: Vec<&str> = clean.split('.').collect();
    if let [day, month, year] = parts[..] {
        let number = |part: &str| part.parse::<i8>().map_err(|_| wrong());
        let year = year.parse::<i16>().map_err(|_| wrong())?;
        return Date::new(year, number(month)?, number(day)?).map_err(|_| wrong());
    }
    clean.parse().map_err(|_| wrong())
}

/// The words, when they are not too long.
pub(crate) fn words(text: &str, chars_max: u32) -> Result<String, ProblemCode> {
    if text.chars().count() > chars_max as usize {
        return Err(ProblemCode::TooLong { limit: chars_max });
    }
    Ok(text.trim().to_owned())
}

/// The folded text with Latin letters that look like Cyrillic ones taken for those: decisions in
/// Kazakh are often typed with a Latin `i`.
pub(crate) fn cyrillic(text: &str) -> String {
    let look_alike = |c| match c {
        'a' => 'а',
        'c' => 'с',
        'e' => 'е',
        'h' => 'х',
        'i' => 'и',
        'k' => 'к',
        'm' => 'м',
        'o' => 'о',
        'p' => 'р',
        't' => 'т',
        'x' => 'х',
        'y' => 'у',
        other => other,
    };
    fold(text).chars().map(look_alike).collect()
}

/// A column that a table may have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    /// Its name in the documentation, used in problems.
    pub(crate) name: &'static str,
    /// Other headers by which it is known; case and punctuation do not matter.
    pub(crate) also: &'static [&'static str],
    /// The table cannot be read without it.
    pub(crate) required: bool,
}

pub(crate) const fn column(name: &'static str, required: bool) -> Column {
    Column { name, also: &[], required }
}

/// A table whose first row names its columns.
#[derive(Debug)]
pub(crate) struct Headed<'a> {
    at: Vec<(&'static str, usize)>,
    /// The header cells as they stand, with their positions.
    pub(crate) headers: Vec<(usize, &'a str)>,
    /// The rows below the header.
    pub(crate) rows: &'a [Row],
}

impl<'a> Headed<'a> {
    /// Whether the first row names at least `enough` of the columns.
    pub(crate) fn is_known(sheet: &Sheet, columns: &[Column], enough: usize) -> bool {
        let Some(header) = sheet.rows.first() else { return false };
        columns.iter().filter(|column| header.cells.iter().any(|cell| is_named(column, cell))).count()
            >= enough
    }

    /// Finds the columns; missing and repeated ones are problems of the header row.
    pub(crate) fn new(sheet: &'a Sheet, columns: &[Column], problems: &mut Problems) -> Self {
        let header = sheet.rows.first();
        let row = header.map(|header| header.number);
        let cells = header.map(|header| header.cells.as_slice()).unwrap_or_default();
        let mut at = Vec::new();
        for column in columns {
            let mut places = (0..cells.len()).filter(|at| is_named(column, &cells[*at]));
            match places.next() {
                Some(first) => at.push((column.name, first)),
                None if column.required => {
                    problems.add(row, None, ProblemCode::ColumnMissing { name: column.name.to_owned() });
                }
                None => {}
            }
            if places.next().is_some() {
                problems.add(row, None, ProblemCode::ColumnTwice { name: column.name.to_owned() });
            }
        }
        let headers = cells.iter().map(String::as_str).enumerate().collect();
        Self { at, headers, rows: sheet.rows.get(1..).unwrap_or_default() }
    }

    /// The cell of a column; empty when the table does not have the column.
    pub(crate) fn cell<'r>(&self, row: &'r Row, name: &str) -> &'r str {
        self.at.iter().find(|(column, _)| *column == name).map_or("", |(_, at)| row.cell(*at))
    }

    /// Reads a cell: `None` when it is empty or wrong; what is wrong goes to the problems.
    pub(crate) fn read<T>(
        &self,
        row: &Row,
        name: &str,
        problems: &mut Problems,
        read: impl FnOnce(&str) -> Result<T, ProblemCode>,
    ) -> Option<T> {
        let text = self.cell(row, name);
        if text.is_empty() {
            return None;
        }
        read(text).map_err(|code| problems.add(Some(row.number), Some(name), code)).ok()
    }

    /// Reads a cell that may not be empty.
    pub(crate) fn need<T>(
        &self,
        row: &Row,
        name: &str,
        problems: &mut Problems,
        read: impl FnOnce(&str) -> Result<T, ProblemCode>,
    ) -> Option<T> {
        if self.cell(row, name).is_empty() {
            problems.add(Some(row.number), Some(name), ProblemCode::Missing);
            return None;
        }
        self.read(row, name, problems, read)
    }
}

pub(crate) fn is_named(column: &Column, header: &str) -> bool {
    if header.len() > 200 {
        return false;
    }
    let key = fold(header);
    if key.is_empty() {
        // Signs alone, such as №, which fold to nothing like a header that is not there.
        let header = header.trim();
        return !header.is_empty() && column.also.contains(&header);
    }
    key == fold(column.name) || column.also.iter().any(|also| key == fold(also))
}
