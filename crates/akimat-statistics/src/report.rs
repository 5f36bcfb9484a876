//! What comes out: sheets of figures with the facts that a citation needs.

use crate::request::Request;
use crate::script::Script;
use crate::warning::Warning;
use serde::Serialize;

/// A result.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// What was asked.
    pub request: Request,
    /// Observations used; in a table of pairs, rows of the table.
    pub n: usize,
    /// Rows left out because a value is missing.
    pub missing: usize,
    /// Version of the formulas.
    pub version: &'static str,
    /// The figures.
    pub sheets: Vec<Sheet>,
    /// What a reader must know.
    pub warnings: Vec<Warning>,
    /// How to repeat it elsewhere.
    pub script: Script,
}

/// A table of figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Its name in the catalogue and in JSON.
    pub code: &'static str,
    /// Names of the columns that say what a row is about.
    pub heads: Vec<&'static str>,
    /// Names of the columns of figures.
    pub figures: Vec<Label>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A row of figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it is about; as many as the sheet has heads.
    pub labels: Vec<Label>,
    /// As many as the sheet has figures.
    pub values: Vec<Value>,
}

/// A name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Label {
    /// Taken from the table.
    Data(String),
    /// A word of ours; the catalogue has it under `statistics-word-…`.
    Word(&'static str),
}

/// A figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// Whole and not negative.
    Count(u64),
    /// Any number.
    Number(f64),
    /// From 0 to 1.
    Share(f64),
    /// Probability of such data if there were no effect.
    P(f64),
    /// A text of the table.
    Text(String),
    /// A word of ours.
    Word(&'static str),
    /// It does not exist here.
    Absent,
}

impl Value {
    /// A number, or absent when the computation has no finite result.
    pub fn number(value: f64) -> Self {
        if value.is_finite() { Self::Number(value) } else { Self::Absent }
    }

    /// A p-value, or absent.
    pub fn p(value: f64) -> Self {
        if value.is_finite() { Self::P(value) } else { Self::Absent }
    }

    /// A share, or absent.
    pub fn share(value: f64) -> Self {
        if value.is_finite() { Self::Share(value) } else { Self::Absent }
    }

    /// A count.
    pub fn count(n: usize) -> Self {
        Self::Count(u64::try_from(n).unwrap_or(u64::MAX))
    }

    /// Yes or no.
    pub const fn yes(is: bool) -> Self {
        Self::Word(if is { "yes" } else { "no" })
    }

    /// The number in it.
    pub const fn as_number(&self) -> Option<f64> {
        match self {
            Self::Count(n) => Some(*n as f64),
            Self::Number(x) | Self::Share(x) | Self::P(x) => Some(*x),
            Self::Text(_) | Self::Word(_) | Self::Absent => None,
        }
    }
}

impl Label {
    /// Its text in CSV and JSON.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Data(text) => text,
            Self::Word(word) => word,
        }
    }
}

impl From<&str> for Label {
    fn from(text: &str) -> Self {
        Self::Data(text.to_owned())
    }
}

impl Sheet {
    /// An empty sheet whose figures are named by words.
    pub(crate) fn new(code: &'static str, heads: &[&'static str], figures: &[&'static str]) -> Self {
        let figures = figures.iter().map(|word| Label::Word(word)).collect();
        Self { code, heads: heads.to_vec(), figures, rows: Vec::new() }
    }

    /// A sheet of one figure a row.
    pub(crate) fn facts(code: &'static str, facts: Vec<(&'static str, Value)>) -> Self {
        let mut sheet = Self::new(code, &["figure"], &["value"]);
        for (word, value) in facts {
            sheet.rows.push(Row { labels: vec![Label::Word(word)], values: vec![value] });
        }
        sheet
    }

    /// Adds a row about things of the table.
    pub(crate) fn add(&mut self, labels: &[&str], values: Vec<Value>) {
        self.rows.push(Row { labels: labels.iter().map(|text| Label::from(*text)).collect(), values });
    }

    /// Adds a row about something that has a word.
    pub(crate) fn add_word(&mut self, word: &'static str, values: Vec<Value>) {
        self.rows.push(Row { labels: vec![Label::Word(word)], values });
    }
}

impl Report {
    /// A figure by the names of sheet, row and column.
    pub fn value(&self, sheet: &str, labels: &[&str], figure: &str) -> Option<&Value> {
        let sheet = self.sheets.iter().find(|one| one.code == sheet)?;
        let at = sheet.figures.iter().position(|label| label.as_str() == figure)?;
        let is_it = |row: &&Row| row.labels.iter().map(Label::as_str).eq(labels.iter().copied());
        sheet.rows.iter().find(is_it)?.values.get(at)
    }
}
