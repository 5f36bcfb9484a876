//! The register of projects as CSV or XLSX, described in `docs/reference/file-formats.md`.
//!
//! One row is one money line; rows with the same number are one project, whose other columns stand
//! in its first row and may be empty or the same in the rest.

mod words;

use crate::field::{self, Headed};
use crate::problem::{ProblemCode, Problems, short, whole_file};
use crate::table::Row;
use crate::{Problem, table};
use akimat_core::{KatoCode, Money, MoneyUnit, ProjectId, Text};
use akimat_project::check::{BODY_CHARS_MAX, Fault, TITLE_CHARS_MAX, faults};
use akimat_project::{MoneyLine, MoneySource, Point, Project, Status};
use jiff::Timestamp;
use std::collections::BTreeMap;
use words::{COLUMNS, PROJECT_COLUMNS};

const NUMBER_CHARS_MAX: u32 = 60;
const NAME_CHARS_MAX: u32 = 300;
const SCORE_PREFIX: &str = "score_";

/// Reads a register. `place` is the territory of rows without `place_kato`; `at` becomes the time of
/// registration; identifiers come from `new_id`.
///
/// # Errors
/// Every problem by row and column, at most [`crate::PROBLEMS_MAX`]; then nothing is taken: calling
/// this is a dry run.
pub fn decode_projects(
    bytes: &[u8],
    place: Option<KatoCode>,
    at: Timestamp,
    new_id: &mut dyn FnMut() -> ProjectId,
) -> Result<Vec<Project>, Vec<Problem>> {
    let sheets = table::read(bytes)?;
    let known = |sheet: &&table::Sheet| Headed::is_known(sheet, &COLUMNS, 4);
    let sheet = sheets.iter().find(known).ok_or_else(|| whole_file(ProblemCode::UnknownFormat))?;
    let mut problems = Problems::default();
    let table = Headed::new(sheet, &COLUMNS, &mut problems);
    if !problems.is_empty() {
        return problems.settle(Vec::new());
    }
    let mut reader =
        Reader { table: &table, place, at, problems, projects: Vec::new(), first: BTreeMap::new() };
    for row in table.rows {
        reader.row(row, new_id);
    }
    if reader.first.is_empty() && reader.problems.is_empty() {
        reader.problems.add(None, None, ProblemCode::NoRecords);
    }
    reader.settle()
}

struct Reader<'a> {
    table: &'a Headed<'a>,
    place: Option<KatoCode>,
    at: Timestamp,
    problems: Problems,
    /// Projects with the number of their first row.
    projects: Vec<(u32, Project)>,
    /// First row of each number, and the project it began when it was right.
    first: BTreeMap<String, (&'a Row, Option<usize>)>,
}

impl<'a> Reader<'a> {
    fn row(&mut self, row: &'a Row, new_id: &mut dyn FnMut() -> ProjectId) {
        let number = self.need(row, "number", |text| field::words(text, NUMBER_CHARS_MAX));
        let money = self.money(row);
        let Some(number) = number else { return };
        let at = if let Some((first, at)) = self.first.get(&number).copied() {
            self.agree(first, row);
            at
        } else {
            let project = self.project(row, &number, new_id);
            let at = project.map(|project| {
                self.projects.push((row.number, project));
                self.projects.len() - 1
            });
            self.first.insert(number, (row, at));
            at
        };
        let (Some(at), Some(money)) = (at, money) else { return };
        let Some((first, project)) = self.projects.get_mut(at) else { return };
        if project.money.iter().any(|line| line.year == money.year && line.source == money.source) {
            let value = format!("{} {}", money.year, money.source.code());
            let code = ProblemCode::Repeated { value, row: *first };
            self.problems.add(Some(row.number), Some("source"), code);
        }
        project.money.push(money);
    }

    fn read<T>(
        &mut self,
        row: &Row,
        name: &str,
        read: impl FnOnce(&str) -> Result<T, ProblemCode>,
    ) -> Option<T> {
        self.table.read(row, name, &mut self.problems, read)
    }

    fn need<T>(
        &mut self,
        row: &Row,
        name: &str,
        read: impl FnOnce(&str) -> Result<T, ProblemCode>,
    ) -> Option<T> {
        self.table.need(row, name, &mut self.problems, read)
    }

    /// A later row of a project may repeat what the first says, not contradict it.
    fn agree(&mut self, first: &Row, row: &Row) {
        for name in PROJECT_COLUMNS {
            let (was, is) = (self.table.cell(first, name), self.table.cell(row, name));
            if !is.is_empty() && is != was {
                let code = ProblemCode::RowsDisagree { row: first.number };
                self.problems.add(Some(row.number), Some(name), code);
            }
        }
    }

    fn project(&mut self, row: &Row, number: &str, new_id: &mut dyn FnMut() -> ProjectId) -> Option<Project> {
        let place = match self.place {
            Some(place) => Some(self.read(row, "place_kato", field::kato).unwrap_or(place)),
            None => self.need(row, "place_kato", field::kato),
        };
        let sector = self.need(row, "sector", words::sector);
        let kind = self.need(row, "kind", words::kind);
        let modality = self.need(row, "modality", words::modality);
        let level = self.need(row, "level", words::level);
        let status = self.read(row, "status", words::status).unwrap_or(Status::Idea);
        let title = self.text(row, ["title_kk", "title_ru", "title_en"], TITLE_CHARS_MAX);
        let summary = self.text(row, ["summary_kk", "summary_ru", "summary_en"], BODY_CHARS_MAX);
        let name = |text: &str| field::words(text, NAME_CHARS_MAX);
        let contractor = self.read(row, "contractor", name).unwrap_or_default();
        let exclusive_group = self.read(row, "exclusive_group", name).unwrap_or_default();
        let starts_on = self.read(row, "starts_on", field::date);
        let ends_on = self.read(row, "ends_on", field::date);
        let percent = |text: &str| field::whole(text.trim_end_matches('%'), 0, 100);
        let progress_pct = self.read(row, "progress_pct", percent).unwrap_or(0);
        let location = self.location(row);
        let scores = self.scores(row);
        Some(Project {
            id: new_id(),
            number: number.to_owned(),
            place: place?,
            title,
            summary,
            sector: sector?,
            kind: kind?,
            modality: modality?,
            level: level?,
            status,
            progress_pct,
            contractor,
            starts_on,
            ends_on,
            location,
            scores,
            exclusive_group,
            manager: None,
            invented: false,
            version: 1,
            created_at: self.at,
            updated_at: self.at,
            money: Vec::new(),
            milestones: Vec::new(),
            results: Vec::new(),
        })
    }

    fn text(&mut self, row: &Row, names: [&str; 3], chars_max: usize) -> Text {
        let limit = u32::try_from(chars_max).unwrap_or(u32::MAX);
        let [kk, ru, en] =
            names.map(|name| self.read(row, name, |text| field::words(text, limit)).unwrap_or_default());
        Text { kk, ru, en }
    }

    fn location(&mut self, row: &Row) -> Option<Point> {
        let lat_e6 = self.read(row, "lat", |text| degrees(text, 90));
        let lon_e6 = self.read(row, "lon", |text| degrees(text, 180));
        for (name, other) in [("lat", "lon"), ("lon", "lat")] {
            if self.table.cell(row, name).is_empty() && !self.table.cell(row, other).is_empty() {
                self.problems.add(Some(row.number), Some(name), ProblemCode::Missing);
            }
        }
        Some(Point { lat_e6: lat_e6?, lon_e6: lon_e6? })
    }

    /// Columns `score_<criterion>`, 0 to 100.
    fn scores(&mut self, row: &Row) -> Vec<(String, u8)> {
        let mut scores = Vec::new();
        for (column, header) in &self.table.headers {
            let Some(criterion) = header.trim().strip_prefix(SCORE_PREFIX) else { continue };
            let cell = row.cell(*column);
            if cell.is_empty() {
                continue;
            }
            match field::whole(cell, 0, 100) {
                Ok(score) => scores.push((short(criterion), score)),
                Err(code) => self.problems.add(Some(row.number), Some(header), code),
            }
        }
        scores
    }

    /// The money of a row; `None` when it has none.
    fn money(&mut self, row: &Row) -> Option<MoneyLine> {
        let sums = ["planned", "contracted", "paid"];
        let columns = ["year", "source"].into_iter().chain(sums);
        if columns.into_iter().all(|name| self.table.cell(row, name).is_empty()) {
            return None;
        }
        let unit = self.read(row, "unit", words::unit).unwrap_or(MoneyUnit::Tenge);
        let year = self.need(row, "year", field::year);
        let source = self.need(row, "source", words::source);
        let [planned, contracted, paid] = sums.map(|name| self.read(row, name, |text| positive(text, unit)));
        let (year, source): (i16, MoneySource) = (year?, source?);
        Some(MoneyLine { year, source, planned, contracted, paid })
    }

    fn settle(mut self) -> Result<Vec<Project>, Vec<Problem>> {
        for (row, project) in &self.projects {
            for fault in faults(project) {
                let (column, code) = match fault {
                    Fault::TitleMissing => ("title_ru", ProblemCode::TitleMissing),
                    Fault::EndsBeforeStart => ("ends_on", ProblemCode::EndsBeforeStart),
                    // The others were told cell by cell when they were read.
                    _ => continue,
                };
                self.problems.add(Some(*row), Some(column), code);
            }
        }
        self.problems.settle(self.projects.into_iter().map(|(_, project)| project).collect())
    }
}

fn positive(text: &str, unit: MoneyUnit) -> Result<Money, ProblemCode> {
    let amount = field::money(text, unit)?;
    if amount < Money::ZERO { Err(ProblemCode::AmountNegative { value: short(text) }) } else { Ok(amount) }
}

/// Degrees to millionths of a degree; what is finer is dropped.
fn degrees(text: &str, max: i64) -> Result<i32, ProblemCode> {
    let wrong = || ProblemCode::NotANumber { value: short(text) };
    let clean = text.replace(',', ".");
    let (negative, digits) =
        clean.strip_prefix(['-', '−']).map_or((false, clean.as_str()), |rest| (true, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 9 || !all(whole) || !all(fraction) {
        return Err(wrong());
    }
    let six: String = fraction.chars().chain("000000".chars()).take(6).collect();
    let value: i64 = format!("{whole}{six}").parse().map_err(|_| wrong())?;
    let (min, limit) = ((-max).to_string(), max.to_string());
    if value > max * 1_000_000 {
        return Err(ProblemCode::OutOfRange { value: short(text), min, max: limit });
    }
    i32::try_from(if negative { -value } else { value }).map_err(|_| wrong())
}

#[cfg(test)]
mod tests;
