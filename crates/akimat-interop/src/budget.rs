//! Budget files of every known format.
//!
//! Which format a file has is told by its content: JSON, a table with the columns of the tidy
//! format, or a table with the header of a maslikhat's decision.

use crate::problem::{ProblemCode, short, whole_file};
use crate::{Problem, budget_json, budget_maslikhat, budget_tidy, table, text};
use akimat_budget::{Budget, Line, Provenance, Stage};
use akimat_core::{BudgetId, KatoCode, MoneyUnit};
use jiff::Timestamp;
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What the person who imports knows about a file that may not say it itself. What the file says
/// goes first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BudgetContext {
    /// Territory.
    pub place: Option<KatoCode>,
    /// Level of the budget system, 1 to 4.
    pub level: Option<u8>,
    /// Financial year.
    pub year: Option<i16>,
    /// Name of the budget.
    pub key: Option<String>,
    /// Unit of the amounts; a decision of a maslikhat prints thousand tenge.
    pub unit: Option<MoneyUnit>,
    /// State of the figures when the file has one column of amounts.
    pub stage: Stage,
    /// The file holds the whole budget.
    pub complete: bool,
    /// The figures are invented for the demonstration.
    pub invented: bool,
    /// Date of the decision.
    pub adopted_on: Option<Date>,
    /// Address of the act.
    pub source_url: String,
    /// Remarks on the source.
    pub note: String,
}

impl Default for BudgetContext {
    fn default() -> Self {
        Self {
            place: None,
            level: None,
            year: None,
            key: None,
            unit: None,
            stage: Stage::Approved,
            complete: true,
            invented: false,
            adopted_on: None,
            source_url: String::new(),
            note: String::new(),
        }
    }
}

/// A budget as a decoder finds it, before it gets its identifier.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) row: u32,
    pub(crate) key: String,
    pub(crate) place: Option<KatoCode>,
    pub(crate) level: u8,
    pub(crate) year: i16,
    pub(crate) unit: MoneyUnit,
    pub(crate) complete: bool,
    pub(crate) invented: bool,
    pub(crate) adopted_on: Option<Date>,
    pub(crate) source_url: String,
    pub(crate) note: String,
    pub(crate) lines: Vec<Line>,
}

/// Reads a budget file of any known format.
///
/// `imported_at` and `new_id` come from outside, because this room has neither clock nor chance.
///
/// # Errors
/// Every problem of the file, at most [`crate::PROBLEMS_MAX`]; then nothing is taken from it.
pub fn decode_budget(
    file_name: &str,
    bytes: &[u8],
    context: &BudgetContext,
    imported_at: Timestamp,
    new_id: &mut dyn FnMut() -> BudgetId,
) -> Result<Vec<Budget>, Vec<Problem>> {
    text::check_size(bytes)?;
    let drafts = drafts(bytes, context)?;
    unique(&drafts)?;
    let sha256 = sha256_hex(bytes);
    let finish = |draft: Draft| Budget {
        id: new_id(),
        key: draft.key,
        place: draft.place,
        level: draft.level,
        year: draft.year,
        unit: draft.unit,
        complete: draft.complete,
        invented: draft.invented,
        adopted_on: draft.adopted_on,
        provenance: Provenance {
            file_name: short_name(file_name),
            sha256: sha256.clone(),
            source_url: draft.source_url,
            note: draft.note,
            imported_at,
        },
        lines: draft.lines,
    };
    Ok(drafts.into_iter().map(finish).collect())
}

fn drafts(bytes: &[u8], context: &BudgetContext) -> Result<Vec<Draft>, Vec<Problem>> {
    if !bytes.starts_with(b"PK") && !bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        let text = text::decode(bytes)?;
        if text.trim_start().starts_with(['{', '[']) {
            return budget_json::decode(&text, context);
        }
    }
    let sheets = table::read(bytes)?;
    if let Some(sheet) = sheets.iter().find(|sheet| budget_tidy::is_tidy(sheet)) {
        return budget_tidy::decode(sheet, context);
    }
    if let Some(sheet) = sheets.iter().find(|sheet| budget_maslikhat::is_maslikhat(sheet)) {
        return budget_maslikhat::decode(sheet, context).map(|draft| vec![draft]);
    }
    Err(whole_file(ProblemCode::UnknownFormat))
}

/// A name stands at most once in a territory and year.
fn unique(drafts: &[Draft]) -> Result<(), Vec<Problem>> {
    let mut seen: BTreeMap<(Option<KatoCode>, i16, &str), u32> = BTreeMap::new();
    for draft in drafts {
        if let Some(row) = seen.insert((draft.place, draft.year, draft.key.as_str()), draft.row) {
            let code = ProblemCode::Repeated { value: short(&draft.key), row };
            return Err(vec![Problem { row: Some(draft.row), column: Some("id".to_owned()), code }]);
        }
    }
    Ok(())
}

/// SHA-256 as 64 hexadecimal digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

/// The last part of a path, at most 200 characters: browsers may send whole paths.
fn short_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|c| !c.is_control()).take(200).collect()
}

#[cfg(test)]
mod tests;
