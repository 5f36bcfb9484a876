//! The register of projects as CSV or XLSX, described in `docs/reference/file-formats.md`.
//!
//! One row is one money line; rows with the same number are one project, whose other columns stand
//! in its first row and may be empty or the same in the rest.

pub mod annotate;
pub mod encode;
pub mod mapping;
pub mod template;
mod words;

use crate::field::{self, Headed};
use crate::problem::{ProblemCode, Problems, short, whole_file};
use crate::table::{Row, Sheet};
use crate::{Problem, table};
use akimat_core::{KatoCode, Money, MoneyUnit, ProjectId, Text};
use akimat_project::check::{BODY_CHARS_MAX, Fault, TITLE_CHARS_MAX, faults};
use akimat_project::{MoneyLine, MoneySource, Point, Project, Status};
use jiff::Timestamp;
use mapping::{Labels, Look, Mapping, Translated};
use std::collections::{BTreeMap, BTreeSet};
use words::{COLUMNS, KNOWN_COLUMNS, PROJECT_COLUMNS};

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
    let known = |sheet: &&Sheet| Headed::is_known(sheet, &COLUMNS, 4);
    let sheet = sheets.iter().find(known).ok_or_else(|| whole_file(ProblemCode::UnknownFormat))?;
    let context = RegisterContext { place, at, known: &BTreeMap::new() };
    let rows = decode_sheet(sheet, &context, new_id)?;
    Ok(rows.into_iter().map(|row| row.project).collect())
}

/// A project of a register and what the register says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterEntry {
    /// Row in which it begins, as a spreadsheet shows it.
    pub row: u32,
    /// The project; what the register leaves open is empty.
    pub project: Project,
    /// Columns of the project that its first row fills.
    pub given: BTreeSet<&'static str>,
}

/// What is known when a register is read.
#[derive(Clone, Copy, Debug)]
pub struct RegisterContext<'a> {
    /// Territory of rows that name none.
    pub place: Option<KatoCode>,
    /// Time of registration.
    pub at: Timestamp,
    /// Projects that are registered already, by territory and number: a file that speaks of these alone may leave out
    /// the columns that a new project needs.
    pub known: &'a BTreeMap<(KatoCode, String), Project>,
}

/// A register that is open: its best sheet brought into our columns and words.
#[derive(Debug)]
pub struct Register {
    translated: Translated,
    look: Look,
}

impl Register {
    /// Opens a register of any layout.
    ///
    /// # Errors
    /// The problems that keep the file from being opened at all.
    pub fn open(bytes: &[u8], mapping: &Mapping, labels: &Labels) -> Result<Self, Vec<Problem>> {
        let sheets = table::read(bytes)?;
        let translated = mapping::translate(&sheets, mapping, labels)
            .ok_or_else(|| whole_file(ProblemCode::UnknownFormat))?;
        let look = mapping::look(&sheets, &translated, (mapping, labels));
        Ok(Self { translated, look })
    }

    /// Its columns, what is missing for new projects, which words are strange.
    pub fn look(&self) -> &Look {
        &self.look
    }

    /// Territories and numbers of its projects, each once; rows without a territory that can be read have `place`.
    pub fn numbers(&self, place: Option<KatoCode>) -> Vec<(KatoCode, String)> {
        let table = Headed::new(&self.translated.sheet, &KNOWN_COLUMNS, &mut Problems::default());
        let own = |row: &Row| {
            let told = table.cell(row, "place_kato");
            let place = if told.is_empty() { place } else { field::kato(told).ok() };
            Some((place?, table.cell(row, "number").trim().to_owned()))
        };
        let numbers: BTreeSet<(KatoCode, String)> = table.rows.iter().filter_map(own).collect();
        numbers.into_iter().filter(|(_, number)| !number.is_empty()).collect()
    }

    /// Reads its projects. Identifiers come from `new_id`.
    ///
    /// # Errors
    /// Every problem by row and the file's own header, at most [`crate::PROBLEMS_MAX`]; then nothing is taken: calling
    /// this is a dry run.
    pub fn entries(
        &self,
        context: &RegisterContext<'_>,
        new_id: &mut dyn FnMut() -> ProjectId,
    ) -> Result<Vec<RegisterEntry>, Vec<Problem>> {
        decode_sheet(&self.translated.sheet, context, new_id)
            .map_err(|problems| self.translated.in_their_words(problems))
    }
}

fn decode_sheet(
    sheet: &Sheet,
    context: &RegisterContext<'_>,
    new_id: &mut dyn FnMut() -> ProjectId,
) -> Result<Vec<RegisterEntry>, Vec<Problem>> {
    let mut problems = Problems::default();
    // With registered projects at hand the rows tell what is missing, for the new ones among them.
    let columns = if context.known.is_empty() { &COLUMNS } else { &KNOWN_COLUMNS };
    let table = Headed::new(sheet, columns, &mut problems);
    if !problems.is_empty() {
        return problems.settle(Vec::new());
    }
    let mut reader =
        Reader { table: &table, context, problems, projects: Vec::new(), first: BTreeMap::new() };
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
    context: &'a RegisterContext<'a>,
    problems: Problems,
    projects: Vec<RegisterEntry>,
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
                let given = PROJECT_COLUMNS.into_iter().filter(|name| !self.table.cell(row, name).is_empty());
                self.projects.push(RegisterEntry { row: row.number, project, given: given.collect() });
                self.projects.len() - 1
            });
            self.first.insert(number, (row, at));
            at
        };
        let (Some(at), Some(money)) = (at, money) else { return };
        let Some(entry) = self.projects.get_mut(at) else { return };
        let same = |line: &MoneyLine| {
            (line.year, line.source, &line.programme) == (money.year, money.source, &money.programme)
        };
        if entry.project.money.iter().any(same) {
            let value = format!("{} {}", money.year, money.source.code());
            let code = ProblemCode::Repeated { value, row: entry.row };
            self.problems.add(Some(row.number), Some("source"), code);
        }
        entry.project.money.push(money);
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

    /// A cell that a new project needs; a registered one has it already.
    fn own<T>(&mut self, row: &Row, (name, read): (&str, words::Reading<T>), known: Option<T>) -> Option<T> {
        match known {
            Some(known) if self.table.cell(row, name).is_empty() => Some(known),
            _ => self.need(row, name, read),
        }
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
        let place = match self.context.place {
            Some(place) => Some(self.read(row, "place_kato", field::kato).unwrap_or(place)),
            None => self.need(row, "place_kato", field::kato),
        };
        let known = place.and_then(|place| self.context.known.get(&(place, number.to_owned())));
        let sector = self.own(row, ("sector", words::sector), known.map(|known| known.sector));
        let kind = self.own(row, ("kind", words::kind), known.map(|known| known.kind));
        let modality = self.own(row, ("modality", words::modality), known.map(|known| known.modality));
        let level = self.own(row, ("level", words::level), known.map(|known| known.level));
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
            created_at: self.context.at,
            updated_at: self.context.at,
            money: Vec::new(),
            milestones: Vec::new(),
            results: Vec::new(),
            stage: String::new(),
            news_at: self.context.at,
            beneficiaries: Vec::new(),
            partners: Vec::new(),
            international: false,
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
        let sums = ["planned", "amended", "contracted", "invoiced", "paid"];
        let columns = ["year", "source"].into_iter().chain(sums);
        if columns.into_iter().all(|name| self.table.cell(row, name).is_empty()) {
            return None;
        }
        let unit = self.read(row, "unit", words::unit).unwrap_or(MoneyUnit::Tenge);
        let year = self.need(row, "year", field::year);
        let source = self.need(row, "source", words::source);
        let programme = self.read(row, "programme", programme).unwrap_or_default();
        let [planned, amended, contracted, invoiced, paid] =
            sums.map(|name| self.read(row, name, |text| positive(text, unit)));
        let (year, source): (i16, MoneySource) = (year?, source?);
        Some(MoneyLine { year, source, programme, planned, amended, contracted, invoiced, paid })
    }

    fn settle(mut self) -> Result<Vec<RegisterEntry>, Vec<Problem>> {
        for entry in &self.projects {
            let key = (entry.project.place, entry.project.number.clone());
            let known = self.context.known.contains_key(&key);
            for fault in faults(&entry.project) {
                let (column, code) = match fault {
                    Fault::TitleMissing if known => continue,
                    Fault::TitleMissing => ("title_ru", ProblemCode::TitleMissing),
                    Fault::EndsBeforeStart => ("ends_on", ProblemCode::EndsBeforeStart),
                    // The others were told cell by cell when they were read.
                    _ => continue,
                };
                self.problems.add(Some(entry.row), Some(column), code);
            }
        }
        self.problems.settle(self.projects)
    }
}

/// `administrator/programme` or `administrator/programme/subprogramme`, three digits each.
fn programme(text: &str) -> Result<String, ProblemCode> {
    let clean = text.trim().replace([' ', '-', '.'], "/");
    let three = |part: &str| part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = clean.split('/').collect();
    if matches!(parts.len(), 2 | 3) && parts.iter().all(|part| three(part)) {
        return Ok(clean);
    }
    Err(ProblemCode::UnknownValue { value: short(text), allowed: "253/028, 253/028/011".to_owned() })
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
mod foreign;
#[cfg(test)]
mod tests;
