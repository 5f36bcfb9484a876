//! Execution reports as one long CSV, read row by row in bounded memory:
//! `kato,level,year,month,item,code,name_kk,name_ru,name_en,approved,amended,executed,unit`, described in
//! `docs/reference/facts.md`.
//!
//! The rows of one report (unit, year, month) stand together; a file of any length is read with the memory
//! of one report, the list of reports seen so far and the names of lines.

mod source;

use crate::Problem;
use crate::field::{self, Column, column};
use crate::problem::{ProblemCode, Problems, short, whole_file};
use akimat_budget::{Amounts, Item};
use akimat_core::{KatoCode, MoneyUnit, Text};
use csv::StringRecord;
use source::Source;
use std::collections::BTreeMap;
use std::io::Read;

/// What the file does not say itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct FactContext {
    /// Unit of the amounts; thousand tenge as in every decision of a maslikhat unless told otherwise.
    pub unit: MoneyUnit,
}

/// One line of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactRow {
    /// Row of the file, from 1.
    pub row: u32,
    /// What it states.
    pub item: Item,
    /// Classification code; empty for summary items.
    pub code: String,
    /// The money.
    pub amounts: Amounts,
}

/// A report as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactSheet {
    /// Unit.
    pub place: KatoCode,
    /// Its level, 1 to 5.
    pub level: u8,
    /// Financial year.
    pub year: i16,
    /// Month 1 to 12, or 0 for the plan alone.
    pub month: u8,
    /// The lines, sorted by item and code, each once.
    pub rows: Vec<FactRow>,
}

/// What a whole file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FactSummary {
    /// Reports.
    pub n_reports: u64,
    /// Lines.
    pub n_rows: u64,
    /// Units with their levels, and the first row of each.
    pub units: BTreeMap<(KatoCode, u8), u32>,
    /// Names of lines as the file prints them first.
    pub names: BTreeMap<(Item, String), Text>,
    /// SHA-256 of the file, 64 hexadecimal digits.
    pub sha256: String,
}

const COLUMNS: [Column; 13] = [
    Column { name: "kato", also: &["place_kato", "place"], required: true },
    column("level", true),
    column("year", true),
    column("month", true),
    column("item", true),
    column("code", false),
    column("name_kk", false),
    column("name_ru", false),
    column("name_en", false),
    column("approved", false),
    column("amended", false),
    column("executed", false),
    column("unit", false),
];
const KATO: usize = 0;
const LEVEL: usize = 1;
const YEAR: usize = 2;
const MONTH: usize = 3;
const ITEM: usize = 4;
const CODE: usize = 5;
const NAME: usize = 6;
const APPROVED: usize = 9;
const UNIT: usize = 12;

/// Reports of one file: 10 years of months of every budget of the country are a third of it.
const REPORTS_MAX: usize = 1_000_000;
/// Lines of one report: the whole classification is a fraction of it.
const LINES_MAX: usize = 20_000;
/// Different lines of one file.
const NAMES_MAX: usize = 100_000;
const CODE_CHARS_MAX: u32 = 30;
const NAME_CHARS_MAX: u32 = 500;

type Key = (KatoCode, i16, u8);

/// Reads reports one after another.
pub struct FactReader<R> {
    source: Source<R>,
    context: FactContext,
    /// Position of each of [`COLUMNS`].
    at: [Option<usize>; 13],
    problems: Problems,
    record: StringRecord,
    /// The row that ended the report before, its cells in `record`.
    waiting: Option<u32>,
    seen: BTreeMap<Key, u32>,
    summary: FactSummary,
    ended: bool,
}

impl<R> std::fmt::Debug for FactReader<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FactReader").field("n_rows", &self.summary.n_rows).finish_non_exhaustive()
    }
}

/// The first cells of a row.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Head {
    place: KatoCode,
    level: u8,
    year: i16,
    month: u8,
}

impl<R: Read> FactReader<R> {
    /// Reads the header.
    ///
    /// # Errors
    /// The file is empty, not UTF-8, or lacks a column.
    pub fn new(file: R, context: FactContext) -> Result<Self, Vec<Problem>> {
        let mut source = Source::new(file);
        let mut record = StringRecord::new();
        let row = match source.next(&mut record) {
            Ok(Some(row)) => row,
            Ok(None) => return Err(whole_file(ProblemCode::FileEmpty)),
            Err(problem) => return Err(vec![problem]),
        };
        let mut problems = Problems::default();
        let mut at = [None; 13];
        for (column, place) in COLUMNS.iter().zip(&mut at) {
            let mut found =
                (0..record.len()).filter(|at| field::is_named(column, record.get(*at).unwrap_or_default()));
            *place = found.next();
            if place.is_none() && column.required {
                problems.add(Some(row), None, ProblemCode::ColumnMissing { name: column.name.to_owned() });
            }
            if found.next().is_some() {
                problems.add(Some(row), None, ProblemCode::ColumnTwice { name: column.name.to_owned() });
            }
        }
        if at[APPROVED..UNIT].iter().all(Option::is_none) {
            problems.add(Some(row), None, ProblemCode::ColumnMissing { name: "executed".to_owned() });
        }
        problems.settle(())?;
        Ok(Self {
            source,
            context,
            at,
            problems: Problems::default(),
            record,
            waiting: None,
            seen: BTreeMap::new(),
            summary: FactSummary::default(),
            ended: false,
        })
    }

    /// Bytes read so far.
    pub fn n_bytes(&self) -> u64 {
        self.source.n_bytes()
    }

    /// The next report; `None` at the end. Rows with problems are left out of it: see [`FactReader::finish`].
    pub fn next_report(&mut self) -> Option<FactSheet> {
        let mut sheet: Option<FactSheet> = None;
        while let Some(row) = self.next_row() {
            let Some(head) = self.head(row) else { continue };
            let same = sheet.as_ref().is_none_or(|sheet| {
                (sheet.place, sheet.year, sheet.month) == (head.place, head.year, head.month)
            });
            if !same {
                self.waiting = Some(row);
                break;
            }
            let sheet = match &mut sheet {
                Some(sheet) => {
                    if sheet.level != head.level {
                        let first = sheet.rows.first().map_or(row, |first| first.row);
                        self.problems.add(Some(row), Some("level"), ProblemCode::RowsDisagree { row: first });
                    }
                    sheet
                }
                empty => empty.insert(self.begin(row, head)),
            };
            if let Some(line) = self.line(row) {
                sheet.rows.push(line);
            }
            if sheet.rows.len() > LINES_MAX {
                self.too_large(row);
            }
        }
        let mut sheet = sheet?;
        self.settle(&mut sheet);
        Some(sheet)
    }

    /// What the file holds, once every report was read.
    ///
    /// # Errors
    /// Every problem by row and column, at most [`crate::PROBLEMS_MAX`].
    pub fn finish(mut self) -> Result<FactSummary, Vec<Problem>> {
        while self.next_report().is_some() {}
        if self.summary.n_reports == 0 && self.problems.is_empty() {
            self.problems.add(None, None, ProblemCode::NoRecords);
        }
        self.summary.sha256 = self.source.sha256();
        self.problems.settle(self.summary)
    }

    fn too_large(&mut self, row: u32) {
        let limit = u32::try_from(LINES_MAX).unwrap_or(u32::MAX);
        self.problems.add(Some(row), None, ProblemCode::SheetTooLarge { rows: limit, columns: 13 });
        self.ended = true;
    }

    fn next_row(&mut self) -> Option<u32> {
        if self.ended {
            return None;
        }
        if let Some(row) = self.waiting.take() {
            return Some(row);
        }
        match self.source.next(&mut self.record) {
            Ok(row) => row,
            Err(problem) => {
                self.problems.add(problem.row, None, problem.code);
                self.ended = true;
                None
            }
        }
    }

    fn cell(&self, column: usize) -> &str {
        self.at[column].and_then(|at| self.record.get(at)).unwrap_or_default().trim()
    }

    fn read<T>(
        &mut self,
        row: u32,
        column: usize,
        read: impl FnOnce(&str) -> Result<T, ProblemCode>,
    ) -> Option<T> {
        let answer = match self.cell(column) {
            "" => Err(ProblemCode::Missing),
            text => read(text),
        };
        answer.map_err(|code| self.problems.add(Some(row), Some(COLUMNS[column].name), code)).ok()
    }

    fn head(&mut self, row: u32) -> Option<Head> {
        let place = self.read(row, KATO, field::kato);
        let level = self.read(row, LEVEL, |text| field::whole(text, 1, 5));
        let year = self.read(row, YEAR, field::year);
        let month = self.read(row, MONTH, |text| field::whole(text, 0, 12));
        Some(Head { place: place?, level: level?, year: year?, month: month? })
    }

    fn begin(&mut self, row: u32, head: Head) -> FactSheet {
        let key = (head.place, head.year, head.month);
        if let Some(first) = self.seen.get(&key) {
            self.problems.add(Some(row), Some("kato"), ProblemCode::RowsApart { row: *first });
        } else if self.seen.len() < REPORTS_MAX {
            self.seen.insert(key, row);
        } else {
            self.too_large(row);
        }
        self.summary.n_reports += 1;
        self.summary.units.entry((head.place, head.level)).or_insert(row);
        let Head { place, level, year, month } = head;
        FactSheet { place, level, year, month, rows: Vec::new() }
    }

    fn line(&mut self, row: u32) -> Option<FactRow> {
        let item = self.read(row, ITEM, |text| {
            Item::parse(text).ok_or_else(|| ProblemCode::UnknownValue {
                value: short(text),
                allowed: Item::ALL.map(Item::code).join(", "),
            })
        });
        let code = match item {
            Some(item) if item.is_detail() => {
                self.read(row, CODE, |text| field::words(text, CODE_CHARS_MAX))?
            }
            _ => String::new(),
        };
        let unit = match self.cell(UNIT) {
            "" => Some(self.context.unit),
            _ => self.read(row, UNIT, field::unit),
        };
        let mut amounts = [None; 3];
        for (amount, column) in amounts.iter_mut().zip(APPROVED..) {
            if let (Some(unit), false) = (unit, self.cell(column).is_empty()) {
                *amount = self.read(row, column, |text| field::money(text, unit));
            }
        }
        let item = item?;
        self.name(row, item, &code);
        self.summary.n_rows += 1;
        let [approved, amended, executed] = amounts;
        Some(FactRow { row, item, code, amounts: Amounts { approved, amended, executed } })
    }

    /// Keeps the first name that a line is given; summary items need none.
    fn name(&mut self, row: u32, item: Item, code: &str) {
        let known = !item.is_detail() || [0, 1, 2].iter().all(|at| self.cell(NAME + at).is_empty());
        // Looking up needs no copy of the code.
        let is_first = |names: &BTreeMap<(Item, String), Text>| !names.contains_key(&(item, code.to_owned()));
        if known || self.summary.names.len() >= NAMES_MAX || !is_first(&self.summary.names) {
            return;
        }
        let mut text = Text::default();
        for (words, column) in [&mut text.kk, &mut text.ru, &mut text.en].into_iter().zip(NAME..) {
            if !self.cell(column).is_empty() {
                *words =
                    self.read(row, column, |text| field::words(text, NAME_CHARS_MAX)).unwrap_or_default();
            }
        }
        self.summary.names.insert((item, code.to_owned()), text);
    }

    /// Sorts the lines and names those that stand twice.
    fn settle(&mut self, sheet: &mut FactSheet) {
        sheet.rows.sort_by(|one, other| (one.item, &one.code).cmp(&(other.item, &other.code)));
        for pair in sheet.rows.windows(2) {
            let [first, second] = pair else { continue };
            if (first.item, &first.code) == (second.item, &second.code) {
                let value = if second.code.is_empty() { second.item.code() } else { &second.code };
                let code = ProblemCode::Repeated { value: short(value), row: first.row };
                self.problems.add(Some(second.row), Some("code"), code);
            }
        }
    }
}

#[cfg(test)]
mod tests;
