//! Tables of projects that are known by their columns: which columns are known at approval, and what the outcome is.

mod adb;
mod nyc;

use crate::table::{Case, Finished, Schema, Table, Target, Value};
use std::collections::BTreeMap;

/// A file as cells: names of the columns, and rows with the number a spreadsheet shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    /// Names of the columns.
    pub names: Vec<String>,
    /// Number of the row and its cells, as many as there are names.
    pub rows: Vec<(u32, Vec<String>)>,
}

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("row {row:?}, column {column:?}: {kind:?}")]
pub struct Fault {
    /// Row, when it is one row.
    pub row: Option<u32>,
    /// Column, when it is one column.
    pub column: Option<String>,
    /// What is wrong.
    pub kind: FaultKind,
}

/// Kinds of faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// Neither of the known tables.
    UnknownTable,
    /// A column that is needed is not there.
    ColumnMissing,
    /// A cell that is needed is empty.
    Empty,
    /// Not a number.
    NotNumber,
    /// Not a day.
    NotDate,
    /// An identifier stands twice.
    Twice,
    /// The table does not tell this outcome.
    NoOutcome,
}

/// A known kind of table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One row a project, with dates and sums of the plan.
    Projects,
    /// Several reports of changes a project.
    Changes,
}

impl Kind {
    /// Recognises a table by its columns.
    ///
    /// # Errors
    /// [`FaultKind::UnknownTable`].
    pub fn of(cells: &Cells) -> Result<Self, Fault> {
        let has = |name: &str| cells.names.iter().any(|known| known == name);
        if has("project_id") && has("approval_date") {
            Ok(Self::Projects)
        } else if has("pid") && has("date_reported_as_of") {
            Ok(Self::Changes)
        } else {
            Err(Fault { row: None, column: None, kind: FaultKind::UnknownTable })
        }
    }

    /// Features and classes.
    pub fn schema(self) -> Schema {
        match self {
            Self::Projects => adb::schema(),
            Self::Changes => nyc::schema(),
        }
    }

    /// Projects as known at approval (for change records: at the first report), in the order of the file. Columns of
    /// the outcome are not looked at.
    ///
    /// # Errors
    /// Everything that is wrong with the file.
    pub fn cases(self, cells: &Cells) -> Result<Vec<Case>, Vec<Fault>> {
        let reader = Reader::new(cells);
        let cases = match self {
            Self::Projects => adb::cases(&reader),
            Self::Changes => nyc::cases(&reader),
        };
        reader.settle(cases)
    }

    /// Finished projects with a known outcome; the others are left out.
    ///
    /// # Errors
    /// Everything that is wrong with the file.
    pub fn table(self, cells: &Cells, target: Target) -> Result<Table, Vec<Fault>> {
        let cases = self.cases(cells)?;
        let reader = Reader::new(cells);
        let outcomes = match self {
            Self::Projects => adb::outcomes(&reader, target),
            Self::Changes => nyc::outcomes(&reader, target),
        };
        let outcomes = reader.settle(outcomes)?;
        let pairs = cases.into_iter().zip(outcomes);
        let finished =
            pairs.filter_map(|(case, (amount, event))| Some(Finished { case, amount, event: event? }));
        Ok(Table::new(self.schema(), target, finished.collect()))
    }
}

/// The outcome of one project: measure and event; `None` where it is not known.
type Outcome = (Option<f64>, Option<bool>);

/// Reads cells and collects what is wrong.
struct Reader<'a> {
    cells: &'a Cells,
    at: BTreeMap<&'a str, usize>,
    faults: std::cell::RefCell<Vec<Fault>>,
}

impl<'a> Reader<'a> {
    fn new(cells: &'a Cells) -> Self {
        let at = cells.names.iter().enumerate().map(|(at, name)| (name.as_str(), at)).collect();
        Self { cells, at, faults: std::cell::RefCell::default() }
    }

    fn settle<T>(&self, value: T) -> Result<T, Vec<Fault>> {
        let faults = self.faults.take();
        if faults.is_empty() { Ok(value) } else { Err(faults) }
    }

    fn fail(&self, row: Option<u32>, column: &str, kind: FaultKind) {
        self.faults.borrow_mut().push(Fault { row, column: Some(column.to_owned()), kind });
    }

    /// Says once which of these columns are missing.
    fn demand(&self, columns: &[&str]) -> bool {
        let missing: Vec<&&str> = columns.iter().filter(|name| !self.at.contains_key(**name)).collect();
        missing.iter().for_each(|name| self.fail(None, name, FaultKind::ColumnMissing));
        missing.is_empty()
    }

    fn cell(&self, row: usize, column: &str) -> &'a str {
        self.at.get(column).and_then(|at| self.cells.rows[row].1.get(*at)).map_or("", |cell| cell.trim())
    }

    fn needed(&self, row: usize, column: &str) -> &'a str {
        let cell = self.cell(row, column);
        if cell.is_empty() {
            self.fail(Some(self.cells.rows[row].0), column, FaultKind::Empty);
        }
        cell
    }

    fn name(&self, row: usize, column: &str) -> Value {
        match self.cell(row, column) {
            "" => Value::Missing,
            name => Value::Category(name.to_owned()),
        }
    }

    fn number(&self, row: usize, column: &str) -> Option<f64> {
        let cell = self.cell(row, column);
        if cell.is_empty() {
            return None;
        }
        let number = cell.parse().ok().filter(|number: &f64| number.is_finite());
        if number.is_none() {
            self.fail(Some(self.cells.rows[row].0), column, FaultKind::NotNumber);
        }
        number
    }

    /// A day in years with a fraction: ISO 8601, or month/day/year as the city writes it.
    fn years(&self, row: usize, column: &str) -> Option<f64> {
        let cell = self.cell(row, column);
        if cell.is_empty() {
            return None;
        }
        let years = years(cell);
        if years.is_none() {
            self.fail(Some(self.cells.rows[row].0), column, FaultKind::NotDate);
        }
        years
    }
}

fn years(text: &str) -> Option<f64> {
    let day = text.split([' ', 'T']).next()?;
    let parts: Vec<u32> = day.split(['-', '/']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let (year, month, day) = match (parts.as_slice(), day.contains('/')) {
        ([month, day, year], true) => (*year, *month, *day),
        ([year, month, day], false) => (*year, *month, *day),
        _ => return None,
    };
    let known = (1900..2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    known.then(|| 2000.0 + (f64::from(days(year, month, day)) - f64::from(days(2000, 1, 1))) / 365.25)
}

/// Days since the year 0 of the Gregorian calendar.
fn days(year: u32, month: u32, day: u32) -> u32 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day
}

fn value(number: Option<f64>) -> Value {
    number.map_or(Value::Missing, Value::Number)
}

fn yes(is: bool) -> Value {
    Value::Number(f64::from(u8::from(is)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_between_are_those_of_the_calendar() {
        assert_eq!(days(2009, 12, 31) - days(2009, 7, 31), 153);
        assert_eq!(days(2000, 3, 1) - days(2000, 2, 28), 2);
        assert_eq!(years("05/01/2014 12:00:00 AM"), years("2014-05-01"));
        assert_eq!(years("2014-13-01"), None);
    }
}
