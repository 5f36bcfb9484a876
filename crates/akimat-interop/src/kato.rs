//! The KATO classifier as CSV or XLSX, in any of three layouts.
//!
//! | layout | columns |
//! |---|---|
//! | identifiers | `id;parent_id;code;name` |
//! | codes | `code,parent_code,depth,code_level,kind,name_ru` |
//! | official | `te,ab,cd,ef,hij,k,name_kaz,name_rus,nn` |
//!
//! # Source
//! Classifier of administrative-territorial objects, Bureau of National Statistics.

mod kind;

use crate::field::{self, Column, Headed, column};
use crate::problem::{ProblemCode, Problems, short, whole_file};
use crate::table::{Row, Sheet};
use crate::{Problem, table};
use akimat_core::{KatoCode, PlaceKind, Text};
use std::collections::BTreeMap;

/// One object of the classifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KatoRow {
    /// Row of the file.
    pub row: u32,
    /// Code.
    pub code: KatoCode,
    /// Code of the object above; `None` for the top-level units.
    pub parent: Option<KatoCode>,
    /// Steps from the top, 1 to 5.
    pub depth: u8,
    /// What it is: as the file says, or by the abbreviation in the Russian name.
    pub kind: PlaceKind,
    /// Names, without a language that the file does not give.
    pub name: Text,
}

const NAME_CHARS_MAX: u32 = 200;

const fn named(name: &'static str, also: &'static [&'static str], required: bool) -> Column {
    Column { name, also, required }
}

const IDENTIFIERS: [Column; 4] =
    [column("id", true), column("parent_id", true), column("code", true), named("name", &["name_ru"], true)];
const CODES: [Column; 6] = [
    column("code", true),
    column("parent_code", true),
    column("kind", false),
    named("name_ru", &["name"], true),
    column("name_kk", false),
    column("name_en", false),
];
const OFFICIAL: [Column; 3] =
    [column("te", true), named("name_kaz", &["name_kk"], true), named("name_rus", &["name_ru"], true)];

/// An object as one row gives it, before the parent rule is applied.
struct Raw {
    row: u32,
    code: KatoCode,
    /// The parent that the file names: `None` when the layout has no such column.
    parent: Option<Option<KatoCode>>,
    kind: Option<PlaceKind>,
    name: Text,
}

/// Reads the classifier and verifies the parent rule on every row: clear `IJ`, then `HIJ`, then
/// `EFHIJ`, then `CDEFHIJ`; the first code that exists and differs is the parent.
///
/// # Errors
/// Every problem of the file, at most [`crate::PROBLEMS_MAX`]; then nothing is taken from it.
pub fn decode_kato(bytes: &[u8]) -> Result<Vec<KatoRow>, Vec<Problem>> {
    let sheets = table::read(bytes)?;
    let sheet = sheets.first().ok_or_else(|| whole_file(ProblemCode::FileEmpty))?;
    let mut problems = Problems::default();
    let known = |columns: &[Column]| {
        let required: Vec<Column> = columns.iter().copied().filter(|column| column.required).collect();
        Headed::is_known(sheet, &required, required.len())
    };
    let raw = if known(&IDENTIFIERS) {
        identifiers(sheet, &mut problems)
    } else if known(&CODES) {
        codes(sheet, &mut problems)
    } else if known(&OFFICIAL) {
        official(sheet, &mut problems)
    } else {
        return Err(whole_file(ProblemCode::UnknownFormat));
    };
    if raw.is_empty() && problems.is_empty() {
        return Err(whole_file(ProblemCode::NoRecords));
    }
    let rows = place(raw, &mut problems);
    problems.settle(rows)
}

fn name(table: &Headed<'_>, row: &Row, column: &str, problems: &mut Problems) -> Option<String> {
    table.need(row, column, problems, |text| field::words(text, NAME_CHARS_MAX))
}

fn identifiers(sheet: &Sheet, problems: &mut Problems) -> Vec<Raw> {
    let table = Headed::new(sheet, &IDENTIFIERS, problems);
    let mut by_id: BTreeMap<&str, KatoCode> = BTreeMap::new();
    for row in table.rows {
        if let Ok(code) = field::kato(table.cell(row, "code")) {
            by_id.insert(table.cell(row, "id"), code);
        }
    }
    let mut raw = Vec::new();
    for row in table.rows {
        let code = table.need(row, "code", problems, field::kato);
        let name = name(&table, row, "name", problems);
        let parent = match table.cell(row, "parent_id") {
            "" | "0" => None,
            id => {
                let parent = by_id.get(id).copied();
                if parent.is_none() {
                    let allowed = "id".to_owned();
                    let code = ProblemCode::UnknownValue { value: short(id), allowed };
                    problems.add(Some(row.number), Some("parent_id"), code);
                    continue;
                }
                parent
            }
        };
        if let (Some(code), Some(name)) = (code, name) {
            let name = Text::new("", name, "");
            raw.push(Raw { row: row.number, code, parent: Some(parent), kind: None, name });
        }
    }
    raw
}

fn codes(sheet: &Sheet, problems: &mut Problems) -> Vec<Raw> {
    let table = Headed::new(sheet, &CODES, problems);
    let mut raw = Vec::new();
    for row in table.rows {
        let code = table.need(row, "code", problems, field::kato);
        let parent = table.read(row, "parent_code", problems, field::kato);
        let kind = table.read(row, "kind", problems, kind::from_file);
        let mut optional = |column| {
            table.read(row, column, problems, |text| field::words(text, NAME_CHARS_MAX)).unwrap_or_default()
        };
        let (kk, en) = (optional("name_kk"), optional("name_en"));
        let ru = name(&table, row, "name_ru", problems);
        if let (Some(code), Some(ru)) = (code, ru) {
            let kind = kind.map(|kind| kind::capital(code, kind));
            raw.push(Raw { row: row.number, code, parent: Some(parent), kind, name: Text { kk, ru, en } });
        }
    }
    raw
}

fn official(sheet: &Sheet, problems: &mut Problems) -> Vec<Raw> {
    let table = Headed::new(sheet, &OFFICIAL, problems);
    let mut raw = Vec::new();
    for row in table.rows {
        let code = table.need(row, "te", problems, field::kato);
        let kk = name(&table, row, "name_kaz", problems);
        let ru = name(&table, row, "name_rus", problems);
        if let (Some(code), Some(kk), Some(ru)) = (code, kk, ru) {
            let name = Text::new(kk, ru, "");
            raw.push(Raw { row: row.number, code, parent: None, kind: None, name });
        }
    }
    raw
}

/// Applies the parent rule, compares it with what the file names, and derives depth and kind.
fn place(raw: Vec<Raw>, problems: &mut Problems) -> Vec<KatoRow> {
    let mut first: BTreeMap<KatoCode, u32> = BTreeMap::new();
    for object in &raw {
        if let Some(row) = first.get(&object.code).copied() {
            let code = ProblemCode::Repeated { value: object.code.to_string(), row };
            problems.add(Some(object.row), Some("code"), code);
        } else {
            first.insert(object.code, object.row);
        }
    }
    let parent_of = |code: KatoCode| code.parent_candidates().find(|parent| first.contains_key(parent));
    let mut rows = Vec::with_capacity(raw.len());
    for object in raw {
        let parent = parent_of(object.code);
        if object.parent.is_some_and(|named| named != parent) {
            let expected = parent.map_or_else(|| "-".to_owned(), |parent| parent.to_string());
            let code = ProblemCode::ParentWrong { value: object.code.to_string(), expected };
            problems.add(Some(object.row), Some("parent"), code);
        }
        let mut depth = 1_u8;
        let mut above = parent;
        while let Some(code) = above {
            depth = depth.saturating_add(1);
            above = parent_of(code);
        }
        let kind = object.kind.unwrap_or_else(|| kind::from_name(object.code, depth, &object.name.ru));
        rows.push(KatoRow { row: object.row, code: object.code, parent, depth, kind, name: object.name });
    }
    rows
}

#[cfg(test)]
mod tests;
