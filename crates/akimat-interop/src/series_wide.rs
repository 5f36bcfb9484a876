//! The wide layout of series, a row each: `id,…,train` with the numbers of the column `train` parted by blanks,
//! oldest first. Columns beside are skipped; with a column `start` the periods have names, otherwise they are
//! counted from period 1. Read row by row: a file of any length needs the memory of one row.

use crate::Problem;
use crate::problem::{ProblemCode, short};
use akimat_core::{Frequency, Period};
use std::io::Read;

/// More characters are not a row.
const ROW_BYTES_MAX: usize = 1 << 20;
const ID_CHARS_MAX: usize = 200;

/// A series of the wide layout.
#[derive(Clone, Debug, PartialEq)]
pub struct WideSeries {
    /// Row of the file, from 1, the header included.
    pub row: u32,
    /// Its name.
    pub id: String,
    /// Period of the first value, where the file says it.
    pub start: Option<Period>,
    /// Values, oldest first, finite.
    pub values: Vec<f64>,
    /// Values that were held out, where the file has a column `test`.
    pub test: Vec<f64>,
}

/// Reads series one after the other.
#[derive(Debug)]
pub struct WideReader<R> {
    rows: csv::Reader<R>,
    frequency: Frequency,
    columns: Columns,
    record: csv::StringRecord,
    row: u32,
}

#[derive(Clone, Copy, Debug)]
struct Columns {
    id: usize,
    train: usize,
    start: Option<usize>,
    test: Option<usize>,
}

/// Whether a first line is the header of the wide layout.
pub fn is_wide(header: &str) -> bool {
    let header = header.trim_start_matches('\u{feff}').trim_end();
    let separator = if header.contains(';') { ';' } else { ',' };
    header.split(separator).any(|cell| cell.trim_matches('"').trim() == "train")
}

impl<R: Read> WideReader<R> {
    /// Reads the header.
    ///
    /// # Errors
    /// A [`Problem`] when the columns `id` and `train` are not there or the bytes are not text.
    pub fn new(input: R, frequency: Frequency) -> Result<Self, Problem> {
        let mut rows = csv::ReaderBuilder::new().flexible(true).has_headers(true).from_reader(input);
        let header = rows.headers().map_err(|_| at(1, None, ProblemCode::NotText))?;
        let find = |name: &str| {
            header
                .iter()
                .position(|cell| cell.trim_start_matches('\u{feff}').trim().eq_ignore_ascii_case(name))
        };
        let need = |name: &str| {
            find(name).ok_or_else(|| at(1, None, ProblemCode::ColumnMissing { name: name.to_owned() }))
        };
        let columns =
            Columns { id: need("id")?, train: need("train")?, start: find("start"), test: find("test") };
        Ok(Self { rows, frequency, columns, record: csv::StringRecord::new(), row: 1 })
    }

    /// Name of the series in the row that was read last; empty when it has none.
    pub fn id(&self) -> &str {
        self.record.get(self.columns.id).unwrap_or("").trim()
    }

    fn read(&mut self) -> Result<Option<WideSeries>, Problem> {
        self.row += 1;
        let more = self.rows.read_record(&mut self.record);
        if !more.map_err(|error| at(self.row, None, broken(&error)))? {
            return Ok(None);
        }
        if self.record.as_slice().len() > ROW_BYTES_MAX {
            return Err(at(self.row, None, ProblemCode::TooLong { limit: 1 << 20 }));
        }
        let cell = |column: usize, name: &'static str| {
            self.record
                .get(column)
                .map(str::trim)
                .filter(|text| !text.is_empty())
                .ok_or_else(|| at(self.row, Some(name), ProblemCode::Missing))
        };
        let id = cell(self.columns.id, "id")?;
        if id.chars().count() > ID_CHARS_MAX {
            return Err(at(self.row, Some("id"), ProblemCode::TooLong { limit: 200 }));
        }
        let values = numbers(cell(self.columns.train, "train")?, self.row, "train")?;
        let held = self.columns.test.and_then(|column| self.record.get(column)).unwrap_or("");
        let test = numbers(held, self.row, "test")?;
        let start = self.columns.start.and_then(|column| self.record.get(column)).map(str::trim);
        let start = start.filter(|text| !text.is_empty()).map(|text| self.start(text)).transpose()?;
        Ok(Some(WideSeries { row: self.row, id: id.to_owned(), start, values, test }))
    }

    fn start(&self, text: &str) -> Result<Period, Problem> {
        let wrong = || at(self.row, Some("start"), ProblemCode::NotAPeriod { value: short(text) });
        let period: Period = text.parse().map_err(|_| wrong())?;
        if period.frequency() == self.frequency {
            Ok(period)
        } else {
            Err(at(self.row, Some("start"), ProblemCode::FrequencyMixed { value: short(text) }))
        }
    }
}

impl<R: Read> Iterator for WideReader<R> {
    type Item = Result<WideSeries, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().transpose()
    }
}

fn numbers(text: &str, row: u32, column: &'static str) -> Result<Vec<f64>, Problem> {
    let number = |word: &str| {
        let value = word.parse::<f64>().ok().filter(|value| value.is_finite());
        value.ok_or_else(|| at(row, Some(column), ProblemCode::NotANumber { value: short(word) }))
    };
    text.split_ascii_whitespace().map(number).collect()
}

fn broken(error: &csv::Error) -> ProblemCode {
    match error.kind() {
        csv::ErrorKind::Utf8 { .. } => ProblemCode::NotText,
        _ => ProblemCode::BrokenRow,
    }
}

fn at(row: u32, column: Option<&str>, code: ProblemCode) -> Problem {
    Problem { row: Some(row), column: column.map(str::to_owned), code }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Names and lengths of the series, or row and key of the first problem.
    fn check(text: &str, want: Result<&[(&str, usize)], (u32, &str)>) {
        let read = |text: &str| -> Result<Vec<(String, usize)>, Problem> {
            WideReader::new(text.as_bytes(), Frequency::Yearly)?
                .map(|series| series.map(|series| (series.id, series.values.len())))
                .collect()
        };
        let got = read(text).map_err(|problem| (problem.row.unwrap_or(0), problem.key()));
        let want = want.map(|all| all.iter().map(|(id, n)| ((*id).to_owned(), *n)).collect::<Vec<_>>());
        assert_eq!(got, want, "{text:?}");
    }

    #[test]
    fn series_are_read_row_by_row() {
        check("id,category,n_train,train,test\nY1,Macro,3,1 2.5 -3e2,4 5\n", Ok(&[("Y1", 3)]));
        check(
            "id,unit,line,train\n\"a, b|tax\",\"a, b\",tax,1 2\nc|tax,c,tax,7\n",
            Ok(&[("a, b|tax", 2), ("c|tax", 1)]),
        );
        let text = "id,start,train,test\nx,2004,1 2,9 8\n";
        let series = WideReader::new(text.as_bytes(), Frequency::Yearly).unwrap().next().unwrap().unwrap();
        assert_eq!((series.row, series.start, series.test), (2, Some(Period::year_of(2004)), vec![9.0, 8.0]));
        assert!(is_wide("\u{feff}id,category,train\r\n") && !is_wide("series_id,period,value"));
    }

    #[test]
    fn faults_are_told_by_row() {
        check("id,values\na,1 2\n", Err((1, "problem-column-missing")));
        check("id,train\na,1 2\nb,1 x\n", Err((3, "problem-not-a-number")));
        check("id,train\na,1 NaN\n", Err((2, "problem-not-a-number")));
        check("id,train\na,\n", Err((2, "problem-missing")));
        check("id,train\n,1 2\n", Err((2, "problem-missing")));
        check("id,start,train\na,2004Q1,1 2\n", Err((2, "problem-frequency-mixed")));
        check("id,start,train\na,later,1 2\n", Err((2, "problem-not-a-period")));
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let mut input = b"id,train\n".to_vec();
            input.extend(bytes);
            if let Ok(reader) = WideReader::new(input.as_slice(), Frequency::Monthly) {
                prop_assert!(reader.take(400).count() <= 400);
            }
        }
    }
}
