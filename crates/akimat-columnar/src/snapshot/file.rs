//! One file of the snapshot: rows are gathered, sorted by line and unit, and written as one row group, so
//! that a question about one line reads few pages of each group.

use super::failed;
use crate::layout::{LineRow, Lines, column, schema};
use akimat_budget::{Amounts, Stage};
use akimat_core::KatoCode;
use akimat_storage::columns::{ColumnsError, district_of};
use akimat_storage::fact::FactReport;
use datafusion::arrow::array::{ArrayRef, Int8Array, Int16Array, Int32Array, Int64Array};
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::file::properties::{EnabledStatistics, WriterProperties};
use datafusion::parquet::schema::types::ColumnPath;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// Rows of a row group: 5 MiB while they are gathered, and as many groups as cores want in a file.
const GROUP_ROWS: usize = 131_072;
/// Rows of a page: the least that is read.
const PAGE_ROWS: usize = 8_192;

/// One fact as numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct FactRow {
    line: u32,
    place: i32,
    year: i16,
    month: i8,
    level: i8,
    stated: [bool; 3],
    tiyn: [i64; 3],
}

impl FactRow {
    pub(super) fn new(report: &FactReport, line: u32, amounts: &Amounts) -> Self {
        let tiyn = Stage::ALL.map(|stage| amounts.at(stage).map(akimat_core::Money::tiyn));
        Self {
            line,
            place: code(report.place),
            year: report.year,
            month: i8::try_from(report.month).unwrap_or(i8::MAX),
            level: i8::try_from(report.level).unwrap_or(i8::MAX),
            stated: tiyn.map(|tiyn| tiyn.is_some()),
            tiyn: tiyn.map(Option::unwrap_or_default),
        }
    }
}

/// Nine digits fit into 31 bits.
pub(crate) fn code(place: KatoCode) -> i32 {
    i32::try_from(place.number()).unwrap_or(i32::MAX)
}

#[derive(Debug)]
pub(super) struct FileWriter {
    name: String,
    writer: ArrowWriter<fs::File>,
    rows: Vec<FactRow>,
    n_facts: u64,
}

impl FileWriter {
    pub(super) fn begin(folder: &Path, name: String) -> Result<Self, ColumnsError> {
        let file = fs::File::create(folder.join(&name)).map_err(failed)?;
        let writer = ArrowWriter::try_new(file, schema(), Some(properties())).map_err(failed)?;
        Ok(Self { name, writer, rows: Vec::new(), n_facts: 0 })
    }

    pub(super) fn push(&mut self, row: FactRow, lines: &Lines) -> Result<(), ColumnsError> {
        self.rows.push(row);
        if self.rows.len() >= GROUP_ROWS { self.flush(lines) } else { Ok(()) }
    }

    fn flush(&mut self, lines: &Lines) -> Result<(), ColumnsError> {
        if self.rows.is_empty() {
            return Ok(());
        }
        self.rows.sort_unstable_by_key(|row| (row.line, row.place, row.month));
        self.writer.write(&batch(&self.rows, lines).map_err(failed)?).map_err(failed)?;
        self.writer.flush().map_err(failed)?;
        self.n_facts += self.rows.len() as u64;
        self.rows.clear();
        Ok(())
    }

    pub(super) fn finish(mut self, lines: &Lines) -> Result<(String, u64), ColumnsError> {
        self.flush(lines)?;
        self.writer.close().map_err(failed)?;
        Ok((self.name, self.n_facts))
    }
}

fn properties() -> WriterProperties {
    let mut properties = WriterProperties::builder()
        .set_created_by("akimat".to_owned())
        .set_data_page_row_count_limit(PAGE_ROWS)
        .set_write_batch_size(PAGE_ROWS)
        .set_statistics_enabled(EnabledStatistics::Page);
    // Amounts hardly ever repeat: a dictionary of them would be as large as they are.
    for amount in [column::APPROVED, column::AMENDED, column::EXECUTED] {
        let path = ColumnPath::from(amount);
        properties = properties
            .set_column_dictionary_enabled(path.clone(), false)
            .set_column_statistics_enabled(path, EnabledStatistics::Chunk);
    }
    properties.build()
}

fn batch(rows: &[FactRow], lines: &Lines) -> Result<RecordBatch, datafusion::arrow::error::ArrowError> {
    let int32 = |pick: &dyn Fn(&FactRow) -> i32| -> ArrayRef {
        Arc::new(Int32Array::from_iter_values(rows.iter().map(pick)))
    };
    let int8 = |pick: &dyn Fn(&FactRow) -> i8| -> ArrayRef {
        Arc::new(Int8Array::from_iter_values(rows.iter().map(pick)))
    };
    let of_line = |pick: &dyn Fn(LineRow) -> i8| int8(&|row| pick(lines.row(row.line)));
    let money = |at: usize| -> ArrayRef {
        Arc::new(rows.iter().map(|row| row.stated[at].then_some(row.tiyn[at])).collect::<Int64Array>())
    };
    let district = |row: &FactRow| {
        let place = u32::try_from(row.place).ok().and_then(KatoCode::from_number);
        place.and_then(district_of).map_or(0, code)
    };
    RecordBatch::try_new(
        schema(),
        vec![
            int32(&|row| row.place),
            int32(&|row| row.place / 10_000_000 * 10_000_000),
            int32(&district),
            int8(&|row| row.level),
            Arc::new(Int16Array::from_iter_values(rows.iter().map(|row| row.year))),
            int8(&|row| row.month),
            of_line(&|line| line.section),
            of_line(&|line| line.item),
            of_line(&|line| line.group),
            of_line(&|line| line.depth),
            int32(&|row| lines.row(row.line).code),
            money(0),
            money(1),
            money(2),
        ],
    )
}
