//! Any table with a header row, for the statistics workbench: CSV, TSV or the first sheet with cells of a
//! workbook. What a column carries is found out by the room; here only the shape is checked.

use crate::problem::{ProblemCode, Problems, whole_file};
use crate::table::{Row, Sheet};
use crate::{Problem, table};
use akimat_statistics::Table;
use std::collections::BTreeSet;

/// Longest name of a column in characters.
const NAME_CHARS_MAX: u32 = 200;

/// Reads a table. Limits are those of every table: 200 columns, 200,000 rows, 64 MiB.
///
/// # Errors
/// The file cannot be read; a column with cells has no name, or the name of another one; a row is longer than the
/// header; there is no row below the header.
pub fn decode_data_table(bytes: &[u8]) -> Result<Table, Vec<Problem>> {
    let sheets = table::read(bytes)?;
    let sheet = sheets.into_iter().find(|sheet| !sheet.rows.is_empty());
    from_sheet(&sheet.ok_or_else(|| whole_file(ProblemCode::FileEmpty))?)
}

fn from_sheet(sheet: &Sheet) -> Result<Table, Vec<Problem>> {
    let (header, rows) = sheet.rows.split_first().ok_or_else(|| whole_file(ProblemCode::NoRecords))?;
    let mut problems = Problems::default();
    let names = names(header, &mut problems);
    for row in rows.iter().filter(|row| row.cells.len() > header.cells.len()) {
        problems.add(Some(row.number), None, ProblemCode::BrokenRow);
    }
    if rows.is_empty() {
        problems.add(None, None, ProblemCode::NoRecords);
    }
    problems.settle(())?;
    let cells = |at: usize| rows.iter().map(|row| row.cell(at).to_owned()).collect();
    let columns = names.into_iter().map(|(at, name)| (name, cells(at))).collect();
    // The names are checked above: the room finds nothing more.
    Table::new(rows.iter().map(|row| row.number).collect(), columns)
        .map_err(|_| whole_file(ProblemCode::UnknownFormat))
}

/// Places and names of the columns.
fn names(header: &Row, problems: &mut Problems) -> Vec<(usize, String)> {
    let (mut seen, mut names) = (BTreeSet::new(), Vec::new());
    for (at, name) in header.cells.iter().enumerate() {
        let place = (at + 1).to_string();
        if name.is_empty() {
            problems.add(Some(header.number), Some(&place), ProblemCode::Missing);
        } else if name.chars().count() > NAME_CHARS_MAX as usize {
            problems.add(Some(header.number), Some(&place), ProblemCode::TooLong { limit: NAME_CHARS_MAX });
        } else if seen.insert(name) {
            names.push((at, name.clone()));
        } else {
            let name = crate::problem::short(name);
            problems.add(Some(header.number), Some(&place), ProblemCode::ColumnTwice { name });
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table_export::{Cell, Table as Sheet, encode_xlsx};
    use proptest::prelude::*;

    /// Names and kinds of the columns, or rows, columns and keys of the problems.
    type Want<'a> = Result<&'a [(&'a str, &'a str)], &'a [(u32, &'a str, &'a str)]>;

    fn check(bytes: &[u8], want: Want<'_>) {
        let got = decode_data_table(bytes);
        let got = got
            .as_ref()
            .map(|table| table.columns().iter().map(|c| (c.name(), c.kind().code())).collect::<Vec<_>>())
            .map_err(|problems| {
                let place = |p: &Problem| (p.row.unwrap_or(0), p.column.clone().unwrap_or_default(), p.key());
                problems.iter().map(place).collect::<Vec<_>>()
            });
        let want = want.map(<[_]>::to_vec).map_err(|list| {
            list.iter().map(|(row, column, key)| (*row, (*column).to_owned(), *key)).collect::<Vec<_>>()
        });
        assert_eq!(got, want, "{}", String::from_utf8_lossy(&bytes[..bytes.len().min(80)]));
    }

    #[test]
    fn csv_tsv_and_workbooks_are_read_alike() {
        let want: Result<&[(&str, &str)], _> = Ok(&[("возраст", "numbers"), ("пол", "categories")]);
        check("возраст;пол\n34;ж\n;м\n".as_bytes(), want);
        check("возраст\tпол\n34\tж\n41\t\n".as_bytes(), want);
        let words = |text: &str| Cell::Text(text.to_owned());
        let book = Sheet {
            title: "ответы".to_owned(),
            headers: vec!["возраст".to_owned(), "пол".to_owned()],
            rows: vec![vec![Cell::Number("34".to_owned()), words("ж")], vec![Cell::Empty, words("м")]],
        };
        check(&encode_xlsx(&book).unwrap(), want);
    }

    #[test]
    fn mixed_types_are_told_cell_by_cell() {
        let table = decode_data_table(b"a,b\n1,2\nx,NaN\n3,inf\n").unwrap();
        check(b"a,b\n1,2\nx,NaN\n3,inf\n", Ok(&[("a", "mixed"), ("b", "mixed")]));
        let faults: Vec<_> = table.columns()[1].faults().iter().map(|f| (f.row, f.fault.code())).collect();
        assert_eq!(faults, [(3, "not_a_number"), (4, "infinite")]);
    }

    #[test]
    fn what_is_no_table_is_told_by_row_and_column() {
        check(b"a,,a\n1,2,3\n", Err(&[(1, "2", "problem-missing"), (1, "3", "problem-column-twice")]));
        check(b"a,b\n1,2,3\n", Err(&[(2, "", "problem-broken-row")]));
        check(b"a,b\n", Err(&[(0, "", "problem-no-records")]));
        check(b"", Err(&[(0, "", "problem-file-empty")]));
        let wide = (0..10_000).map(|at| format!("c{at}")).collect::<Vec<_>>().join(",");
        check(format!("{wide}\n1\n").as_bytes(), Err(&[(0, "", "problem-sheet-too-large")]));
    }

    proptest! {
        #[test]
        fn whatever_the_bytes_it_answers(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = decode_data_table(&bytes);
        }

        #[test]
        fn whatever_the_text_it_answers(text in "[ -~\\n;,\"а-яҚқ0-9]{0,300}") {
            if let Err(problems) = decode_data_table(text.as_bytes()) {
                prop_assert!(!problems.is_empty());
            }
        }
    }
}
