//! CSV text to rows, keeping the row numbers that a spreadsheet would show.

use crate::Problem;
use crate::problem::ProblemCode;
use crate::table::{CELLS_MAX, COLUMNS_MAX, ROWS_MAX, Row, Sheet, too_large};
use std::io::{self, Read};

/// Reads the text; the delimiter is the one of `;`, tab and `,` that most of the first lines have.
pub(crate) fn read(text: &str) -> Result<Sheet, Vec<Problem>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .from_reader(Metered { rest: text.as_bytes(), left: 0 });
    let mut sheet = Sheet::default();
    let (mut record, mut number, mut cells) = (csv::StringRecord::new(), 0_u32, 0_usize);
    loop {
        let from = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        reader.get_mut().left = RECORD_BYTES_MAX;
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(_) => return Err(vec![broken(number.saturating_add(1))]),
        }
        number = number.saturating_add(1).saturating_add(blank_lines_at(text, from));
        if number > ROWS_MAX || record.len() > COLUMNS_MAX as usize {
            return Err(too_large());
        }
        let mut row: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
        while row.last().is_some_and(String::is_empty) {
            row.pop();
        }
        cells += row.len();
        if cells > CELLS_MAX {
            return Err(too_large());
        }
        // A quotation mark that is never closed swallows the rest of the file.
        if row.iter().any(|cell| cell.len() > CELL_BYTES_MAX) {
            return Err(vec![broken(number)]);
        }
        if !row.is_empty() {
            sheet.rows.push(Row { number, cells: row });
        }
    }
    match sheet.rows.last() {
        Some(row) if is_unclosed(text, row) => Err(vec![broken(row.number)]),
        _ => Ok(sheet),
    }
}

/// The last row runs over several lines and the quotation marks of the file are odd in number.
fn is_unclosed(text: &str, last: &Row) -> bool {
    last.cells.iter().any(|cell| cell.contains('\n')) && text.matches('"').count() % 2 == 1
}

/// Twice what a cell of a spreadsheet can hold.
const CELL_BYTES_MAX: usize = 65_536;

/// More bytes than this between two line ends are no row of a table.
const RECORD_BYTES_MAX: usize = 8 * 1024 * 1024;

fn broken(row: u32) -> Problem {
    Problem { row: Some(row), column: None, code: ProblemCode::BrokenRow }
}

/// Gives out so many bytes and then fails: the reader below keeps a whole row in memory, and a
/// hostile file may be one row of millions of cells.
struct Metered<'a> {
    rest: &'a [u8],
    left: usize,
}

impl Read for Metered<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 && !self.rest.is_empty() {
            return Err(io::Error::other("the row is too long"));
        }
        let count = buffer.len().min(self.left).min(self.rest.len());
        let (now, later) = self.rest.split_at(count);
        buffer[..count].copy_from_slice(now);
        self.rest = later;
        self.left -= count;
        Ok(count)
    }
}

/// The reader skips blank lines before a record; a spreadsheet counts them.
fn blank_lines_at(text: &str, from: usize) -> u32 {
    let bytes = text.as_bytes();
    let mut at = from;
    // The second half of the line end of the record before.
    if at > 0 && bytes.get(at - 1) == Some(&b'\r') && bytes.get(at) == Some(&b'\n') {
        at += 1;
    }
    let mut blank = 0_u32;
    loop {
        at += match (bytes.get(at), bytes.get(at + 1)) {
            (Some(b'\r'), Some(b'\n')) => 2,
            (Some(b'\r' | b'\n'), _) => 1,
            _ => return blank,
        };
        blank = blank.saturating_add(1);
    }
}

fn delimiter(text: &str) -> u8 {
    let score = |delimiter: char| {
        let counts = text.lines().take(50).map(|line| line.matches(delimiter).count());
        counts.fold((0_usize, 0_usize), |(lines, total), n| (lines + usize::from(n > 0), total + n))
    };
    // The last of equals wins: semicolon, the delimiter of spreadsheets in Kazakhstan.
    let best = [',', '\t', ';'].into_iter().max_by_key(|delimiter| score(*delimiter));
    match best {
        Some('\t') => b'\t',
        Some(',') => b',',
        _ => b';',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: &[(u32, &[&str])]) {
        let sheet = read(text).unwrap();
        let got: Vec<(u32, Vec<&str>)> = sheet
            .rows
            .iter()
            .map(|row| (row.number, row.cells.iter().map(String::as_str).collect()))
            .collect();
        let want: Vec<(u32, Vec<&str>)> = want.iter().map(|(n, cells)| (*n, cells.to_vec())).collect();
        assert_eq!(got, want, "{text:?}");
    }

    #[test]
    fn rows_keep_the_numbers_of_a_spreadsheet() {
        check("a;b\n1;2,5\n", &[(1, &["a", "b"]), (2, &["1", "2,5"])]);
        check("a,b\r\n\r\n\r\n1,2\r\n3,4", &[(1, &["a", "b"]), (4, &["1", "2"]), (5, &["3", "4"])]);
        check("\n\na\tb\n1,5\t2\n", &[(3, &["a", "b"]), (4, &["1,5", "2"])]);
        check("a;b\n\"x\ny\";1\n2;3\n", &[(1, &["a", "b"]), (2, &["x\ny", "1"]), (3, &["2", "3"])]);
        check("a;b\n;;\n1;\n", &[(1, &["a", "b"]), (3, &["1"])]);
    }

    #[test]
    fn an_unclosed_quotation_mark_is_a_problem_with_its_row() {
        let text = format!("a;b\n1;\"2\n{}", "3;4\n".repeat(30_000));
        let problems = read(&text).unwrap_err();
        assert_eq!((problems[0].row, problems[0].code.clone()), (Some(2), ProblemCode::BrokenRow));
        assert_eq!(read("a;b\n1;\"2\n3;4\n").unwrap_err()[0].row, Some(2));
    }

    #[test]
    fn too_many_rows_or_columns_are_refused() {
        assert_eq!(read(&"1;2\n".repeat(200_001)).unwrap_err(), too_large());
        assert_eq!(read(&"1;".repeat(201)).unwrap_err(), too_large());
        assert_eq!(read(&"1;".repeat(8 * 1024 * 1024)).unwrap_err(), [broken(1)]);
    }
}
