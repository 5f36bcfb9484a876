//! Foreign registers: their own headers and words, told once and kept as a profile.

use super::words::{COLUMNS, PROJECT_COLUMNS, VALUE_COLUMNS, understood};
use crate::Problem;
use crate::field::is_named;
use crate::table::{Row, Sheet};
use akimat_core::fold::fold;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Sample values of a column that are shown.
const SAMPLES: usize = 3;
/// Strange values of a column that are shown.
const STRANGE_MAX: usize = 60;
/// Rows that are looked through for the header.
const HEADER_ROWS: usize = 30;

/// How the columns and words of a foreign register are to be understood.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mapping {
    /// Row of the header as a spreadsheet shows it; the best one of the first thirty when it is not told.
    pub header_row: Option<u32>,
    /// Column of ours by header of theirs; an empty name leaves the column out.
    pub columns: BTreeMap<String, String>,
    /// Code by word, for each column of ours that has codes.
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    /// The value of every row for a column that the file does not have.
    pub constants: BTreeMap<String, String>,
}

/// Headers and words in the languages of the platform, out of its catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels {
    /// Column and header.
    pub headers: Vec<(&'static str, String)>,
    /// Column, code and word.
    pub values: Vec<(&'static str, &'static str, String)>,
}

/// A column of a foreign register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignColumn {
    /// Its header as it stands.
    pub header: String,
    /// The column of ours that it is taken for; `None` when it is left out.
    pub column: Option<&'static str>,
    /// A few of its values.
    pub samples: Vec<String>,
}

/// What a foreign register looks like under a mapping.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Its columns from left to right.
    pub columns: Vec<ForeignColumn>,
    /// Columns that are needed and that neither the file nor the mapping has.
    pub missing: Vec<&'static str>,
    /// Words that are not understood: the column of ours, the word as it stands, and in how many rows.
    pub strange: Vec<(&'static str, String, usize)>,
    /// Rows below the header.
    pub n_rows: usize,
}

/// Names of the columns of a register, those that are needed first told by `true`.
pub fn columns() -> impl Iterator<Item = (&'static str, bool)> {
    COLUMNS.iter().map(|column| (column.name, column.required))
}

/// Whether a header names the score of a criterion: such columns need not be told.
pub fn is_score(header: &str) -> bool {
    header.trim().starts_with(super::SCORE_PREFIX)
}

/// The columns that hold one of a list of codes, with the codes.
pub fn value_columns() -> Vec<(&'static str, Vec<&'static str>)> {
    VALUE_COLUMNS.iter().map(|(column, codes)| (*column, codes())).collect()
}

/// A register brought into our words, and how to say its problems in theirs.
#[derive(Debug)]
pub(super) struct Translated {
    pub(super) sheet: Sheet,
    headers: BTreeMap<&'static str, String>,
}

impl Translated {
    /// Problems name the header that stands in the file.
    pub(super) fn in_their_words(&self, problems: Vec<Problem>) -> Vec<Problem> {
        let theirs = |column: String| match self.headers.get(column.as_str()) {
            Some(header) if !header.is_empty() => header.clone(),
            _ => column,
        };
        problems
            .into_iter()
            .map(|problem| Problem { column: problem.column.map(theirs), ..problem })
            .collect()
    }
}

/// The sheet that looks most like a register, and the number of its header row among the rows.
fn best<'s>(sheets: &'s [Sheet], mapping: &Mapping, labels: &Labels) -> Option<(&'s Sheet, usize)> {
    let score =
        |row: &Row| row.cells.iter().filter(|cell| taken_for(cell, mapping, labels).is_some()).count();
    let rows = |sheet: &'s Sheet| {
        let told = move |row: &Row| mapping.header_row.is_none_or(|number| row.number == number);
        let near = sheet.rows.iter().enumerate().take_while(move |(at, row)| {
            *at < HEADER_ROWS || mapping.header_row.is_some_and(|number| row.number <= number)
        });
        near.filter(move |(_, row)| told(row)).map(move |(at, row)| (sheet, at, score(row)))
    };
    let mut found: Option<(&Sheet, usize, usize)> = None;
    for (sheet, at, score) in sheets.iter().flat_map(rows) {
        if found.is_none_or(|(_, _, before)| score > before) {
            found = Some((sheet, at, score));
        }
    }
    found.map(|(sheet, at, _)| (sheet, at))
}

/// The column of ours that a header stands for.
fn taken_for(header: &str, mapping: &Mapping, labels: &Labels) -> Option<&'static str> {
    let header = header.trim();
    if header.is_empty() {
        return None;
    }
    let ours = |name: &str| COLUMNS.iter().find(|column| column.name == name).map(|column| column.name);
    if let Some(told) = mapping.columns.get(header) {
        return ours(told);
    }
    if let Some(column) = COLUMNS.iter().find(|column| is_named(column, header)) {
        return Some(column.name);
    }
    let key = fold(header);
    labels.headers.iter().find(|(_, label)| fold(label) == key).map(|(column, _)| *column)
}

/// Brings the best sheet into our words: headers, codes, constants.
pub(super) fn translate(sheets: &[Sheet], mapping: &Mapping, labels: &Labels) -> Option<Translated> {
    let (sheet, at) = best(sheets, mapping, labels)?;
    let header = sheet.rows.get(at)?;
    let mut headers = BTreeMap::new();
    let mut names = Vec::new();
    for cell in &header.cells {
        let column = taken_for(cell, mapping, labels);
        if let Some(column) = column {
            headers.entry(column).or_insert_with(|| cell.clone());
        }
        // Scores keep their header; what is left out must not be taken for a column by its name.
        let left_out = mapping.columns.get(cell.trim()).is_some_and(String::is_empty);
        names.push(match column {
            Some(column) => column.to_owned(),
            None if left_out => String::new(),
            None => cell.clone(),
        });
    }
    let constants: Vec<(&str, &str)> = mapping
        .constants
        .iter()
        .filter(|(column, value)| !value.is_empty() && !headers.contains_key(column.as_str()))
        .map(|(column, value)| (column.as_str(), value.as_str()))
        .collect();
    let dictionary = dictionary(mapping, labels);
    let width = names.len();
    let mut rows = vec![Row {
        number: header.number,
        cells: names
            .iter()
            .cloned()
            .chain(constants.iter().map(|(column, _)| (*column).to_owned()))
            .collect(),
    }];
    let mut begun = BTreeSet::new();
    let number = names.iter().position(|name| name == "number");
    for row in sheet.rows.iter().skip(at + 1) {
        let mut cells: Vec<String> =
            (0..width).map(|at| word(&dictionary, &names[at], row.cell(at)).to_owned()).collect();
        // A constant of the project stands in its first row, one of its money wherever there is money.
        let first = number.is_none_or(|at| begun.insert(row.cell(at).to_owned()));
        let money = ["year", "planned", "paid"].iter().any(|name| {
            names.iter().position(|known| known == name).is_some_and(|at| !row.cell(at).is_empty())
        });
        cells.extend(constants.iter().map(|(column, value)| {
            let belongs = if PROJECT_COLUMNS.contains(column) { first } else { money };
            if belongs { (*value).to_owned() } else { String::new() }
        }));
        rows.push(Row { number: row.number, cells });
    }
    Some(Translated { sheet: Sheet { rows }, headers })
}

type Dictionary = BTreeMap<(String, String), String>;

fn dictionary(mapping: &Mapping, labels: &Labels) -> Dictionary {
    let mut words = Dictionary::new();
    for (column, code, label) in &labels.values {
        words.insert(((*column).to_owned(), fold(label)), (*code).to_owned());
    }
    for (column, values) in &mapping.values {
        for (word, code) in values.iter().filter(|(_, code)| !code.is_empty()) {
            words.insert((column.clone(), fold(word)), code.clone());
        }
    }
    words
}

fn word<'w>(dictionary: &'w Dictionary, column: &str, cell: &'w str) -> &'w str {
    if cell.is_empty() || !VALUE_COLUMNS.iter().any(|(name, _)| *name == column) {
        return cell;
    }
    dictionary.get(&(column.to_owned(), fold(cell))).map_or(cell, String::as_str)
}

/// What the register looks like under the mapping.
pub(super) fn look(
    sheets: &[Sheet],
    translated: &Translated,
    (mapping, labels): (&Mapping, &Labels),
) -> Look {
    let Some((sheet, at)) = best(sheets, mapping, labels) else { return Look::default() };
    let below = || sheet.rows.iter().skip(at + 1);
    let header = sheet.rows.get(at).map(|row| row.cells.as_slice()).unwrap_or_default();
    let columns: Vec<ForeignColumn> = header
        .iter()
        .enumerate()
        .filter(|(_, cell)| !cell.trim().is_empty())
        .map(|(at, cell)| {
            let mut samples: Vec<String> = Vec::new();
            for value in below().map(|row| row.cell(at)).filter(|value| !value.is_empty()) {
                if samples.len() == SAMPLES {
                    break;
                }
                let short: String = value.chars().take(40).collect();
                if !samples.contains(&short) {
                    samples.push(short);
                }
            }
            ForeignColumn {
                header: cell.trim().to_owned(),
                column: taken_for(cell, mapping, labels),
                samples,
            }
        })
        .collect();
    let has = |name: &str| {
        columns.iter().any(|column| column.column == Some(name))
            || mapping.constants.get(name).is_some_and(|value| !value.is_empty())
    };
    let missing = COLUMNS
        .iter()
        .filter(|column| column.required && !has(column.name))
        .map(|column| column.name)
        .collect();
    Look { missing, strange: strange(translated), n_rows: below().count(), columns }
}

fn strange(translated: &Translated) -> Vec<(&'static str, String, usize)> {
    let rows = &translated.sheet.rows;
    let names = rows.first().map(|row| row.cells.as_slice()).unwrap_or_default();
    let mut found: BTreeMap<(&'static str, String), usize> = BTreeMap::new();
    for (column, _) in VALUE_COLUMNS {
        let Some(at) = names.iter().position(|name| name == column) else { continue };
        for value in rows.iter().skip(1).map(|row| row.cell(at)).filter(|value| !value.is_empty()) {
            if !understood(column, value) {
                *found.entry((column, value.chars().take(100).collect())).or_default() += 1;
            }
        }
    }
    found.into_iter().map(|((column, value), n)| (column, value, n)).take(STRANGE_MAX).collect()
}
