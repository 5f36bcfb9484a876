//! The tidy table of budgets: one row a line, described in `docs/reference/file-formats.md`.

use crate::Problem;
use crate::budget::{BudgetContext, Draft};
use crate::field::{self, Column, Headed, column};
use crate::problem::{ProblemCode, Problems, short};
use crate::table::{Row, Sheet};
use akimat_budget::{Amounts, Item, Line};
use akimat_core::{KatoCode, MoneyUnit, Text};
use std::collections::BTreeMap;

const COLUMNS: [Column; 16] = [
    column("place_kato", false),
    column("level", false),
    column("year", false),
    column("budget", false),
    column("item", true),
    column("code", false),
    column("name_kk", false),
    column("name_ru", false),
    column("name_en", false),
    column("approved", false),
    column("amended", false),
    column("executed", false),
    column("unit", false),
    column("source", false),
    column("complete", false),
    column("note", false),
];

const CODE_CHARS_MAX: u32 = 30;
const NAME_CHARS_MAX: u32 = 500;
const KEY_CHARS_MAX: u32 = 100;
const NOTE_CHARS_MAX: u32 = 4_000;

/// Whether the header is the one of the tidy format.
pub(crate) fn is_tidy(sheet: &Sheet) -> bool {
    Headed::is_known(sheet, &COLUMNS[4..5], 1)
        && (Headed::is_known(sheet, &COLUMNS[9..12], 1) || Headed::is_known(sheet, &COLUMNS[..4], 2))
}

pub(crate) fn decode(sheet: &Sheet, context: &BudgetContext) -> Result<Vec<Draft>, Vec<Problem>> {
    let mut problems = Problems::default();
    let table = Headed::new(sheet, &COLUMNS, &mut problems);
    let mut reader = Reader { table: &table, context, problems, drafts: Vec::new(), at: BTreeMap::new() };
    for row in table.rows {
        reader.row(row);
    }
    if reader.drafts.is_empty() && reader.problems.is_empty() {
        reader.problems.add(None, None, ProblemCode::NoRecords);
    }
    reader.problems.settle(reader.drafts)
}

/// What tells one budget of a file from another.
type Key = (Option<KatoCode>, i16, String);

struct Reader<'a> {
    table: &'a Headed<'a>,
    context: &'a BudgetContext,
    problems: Problems,
    drafts: Vec<Draft>,
    at: BTreeMap<Key, usize>,
}

impl Reader<'_> {
    fn row(&mut self, row: &Row) {
        let (Some(at), Some(line)) = (self.draft(row), self.line(row)) else { return };
        if let Some(draft) = self.drafts.get_mut(at) {
            draft.lines.push(line);
        }
    }

    fn read<T>(&mut self, row: &Row, name: &str, read: fn(&str) -> Result<T, ProblemCode>) -> Option<T> {
        self.table.read(row, name, &mut self.problems, read)
    }

    /// What the file says, or else the context, or else a problem.
    fn need<T>(
        &mut self,
        row: &Row,
        name: &str,
        read: fn(&str) -> Result<T, ProblemCode>,
        otherwise: Option<T>,
    ) -> Option<T> {
        if self.table.cell(row, name).is_empty() {
            if otherwise.is_none() {
                self.problems.add(Some(row.number), Some(name), ProblemCode::Missing);
            }
            return otherwise;
        }
        self.read(row, name, read)
    }

    fn unit(&mut self, row: &Row) -> Option<MoneyUnit> {
        self.need(row, "unit", field::unit, self.context.unit)
    }

    /// The budget of the row: a new one, or the one that began above and must agree with it.
    fn draft(&mut self, row: &Row) -> Option<usize> {
        let place = if self.table.cell(row, "place_kato").is_empty() {
            self.context.place
        } else {
            Some(self.read(row, "place_kato", field::kato)?)
        };
        let level = self.need(row, "level", field::level, self.context.level)?;
        let year = self.need(row, "year", field::year, self.context.year)?;
        let name = |text: &str| field::words(text, KEY_CHARS_MAX);
        let key = self.need(row, "budget", name, self.context.key.clone())?;
        let unit = self.unit(row)?;
        if let Some(at) = self.at.get(&(place, year, key.clone())).copied() {
            let first = self.drafts.get(at)?;
            if first.level != level || first.unit != unit {
                let code = ProblemCode::RowsDisagree { row: first.row };
                let column = if first.level == level { "unit" } else { "level" };
                self.problems.add(Some(row.number), Some(column), code);
            }
            return Some(at);
        }
        let complete = self.read(row, "complete", yes_no).unwrap_or(self.context.complete);
        let note = |text: &str| field::words(text, NOTE_CHARS_MAX);
        let source_url = self.read(row, "source", note).unwrap_or_else(|| self.context.source_url.clone());
        let note = self.read(row, "note", note).unwrap_or_else(|| self.context.note.clone());
        self.at.insert((place, year, key.clone()), self.drafts.len());
        self.drafts.push(Draft {
            row: row.number,
            key,
            place,
            level,
            year,
            unit,
            complete,
            invented: self.context.invented,
            adopted_on: self.context.adopted_on,
            source_url,
            note,
            lines: Vec::new(),
        });
        Some(self.drafts.len() - 1)
    }

    fn line(&mut self, row: &Row) -> Option<Line> {
        let item = self.table.need(row, "item", &mut self.problems, item)?;
        let code = self.read(row, "code", |text| field::words(text, CODE_CHARS_MAX)).unwrap_or_default();
        if item.is_detail() && code.is_empty() {
            self.problems.add(Some(row.number), Some("code"), ProblemCode::Missing);
        }
        let unit = field::unit(self.table.cell(row, "unit")).ok().or(self.context.unit)?;
        let mut amount =
            |name| self.table.read(row, name, &mut self.problems, |text| field::money(text, unit));
        let amounts = Amounts {
            approved: amount("approved"),
            amended: amount("amended"),
            executed: amount("executed"),
        };
        let mut name =
            |column| self.read(row, column, |text| field::words(text, NAME_CHARS_MAX)).unwrap_or_default();
        let name = Text { kk: name("name_kk"), ru: name("name_ru"), en: name("name_en") };
        Some(Line { row: row.number, item, code, name, amounts })
    }
}

fn item(text: &str) -> Result<Item, ProblemCode> {
    Item::parse(text.trim()).ok_or_else(|| {
        let allowed = Item::ALL.map(Item::code).join(", ");
        ProblemCode::UnknownValue { value: short(text), allowed }
    })
}

fn yes_no(text: &str) -> Result<bool, ProblemCode> {
    match text.trim().to_lowercase().as_str() {
        "true" | "yes" | "1" | "да" | "иә" => Ok(true),
        "false" | "no" | "0" | "нет" | "жоқ" => Ok(false),
        _ => Err(ProblemCode::UnknownValue { value: short(text), allowed: "yes, no".to_owned() }),
    }
}
