//! Columns of a budget and of its lines.

use super::{Arg, Columns, odd};
use crate::{BudgetHead, Cursor, HeadFigures, Result, SeriesPoint, args};
use akimat_budget::{Amounts, Budget, Item, Line, Provenance, Stage};
use akimat_core::{BudgetId, KatoCode, MoneyUnit};

/// What [`read`] reads and [`args`] writes.
pub const COLUMNS: &str = "id, key, place, level, year, unit, complete, invented, adopted_on, file_name, \
     sha256, source_url, note, imported_at, stage, revenue, transfers, expenditure, n_errors, n_warnings";

/// What [`read_line`] reads.
pub const LINE_COLUMNS: &str =
    "source_row, item, code, name_kk, name_ru, name_en, approved, amended, executed";

/// What [`line_args`] writes.
pub const LINE_STORED: &str = "budget_id, position, place, year, source_row, item, code, name_kk, name_ru, \
     name_en, approved, amended, executed";

/// Values of [`COLUMNS`].
pub fn args<'a>(budget: &'a Budget, figures: &HeadFigures) -> Vec<Arg<'a>> {
    let from = &budget.provenance;
    args![
        budget.id.0,
        budget.key.as_str(),
        budget.place,
        budget.level,
        budget.year,
        budget.unit.code(),
        budget.complete,
        budget.invented,
        budget.adopted_on,
        from.file_name.as_str(),
        from.sha256.as_str(),
        from.source_url.as_str(),
        from.note.as_str(),
        from.imported_at,
        figures.stage.map(Stage::code),
        figures.revenue,
        figures.transfers,
        figures.expenditure,
        figures.n_errors,
        figures.n_warnings,
    ]
    .into()
}

/// A budget without its lines out of [`COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read(row: &mut Columns<'_>) -> Result<BudgetHead> {
    let budget = Budget {
        id: BudgetId(row.uuid()?),
        key: row.string()?,
        place: row.kato_opt()?,
        level: row.int()?,
        year: row.int()?,
        unit: row.code(MoneyUnit::parse)?,
        complete: row.flag()?,
        invented: row.flag()?,
        adopted_on: row.date_opt()?,
        provenance: Provenance {
            file_name: row.string()?,
            sha256: row.string()?,
            source_url: row.string()?,
            note: row.string()?,
            imported_at: row.instant()?,
        },
        lines: Vec::new(),
    };
    let stage = match row.string_opt()? {
        None => None,
        Some(code) => Some(Stage::parse(&code).ok_or_else(|| odd(format!("{code:?} is not a stage")))?),
    };
    let figures = HeadFigures {
        stage,
        revenue: row.money_opt()?,
        transfers: row.money_opt()?,
        expenditure: row.money_opt()?,
        n_errors: row.int()?,
        n_warnings: row.int()?,
    };
    Ok(BudgetHead { budget, figures })
}

/// Values of [`LINE_STORED`]; `position` counts from 0.
pub fn line_args<'a>(budget: &Budget, position: usize, line: &'a Line) -> Vec<Arg<'a>> {
    args![
        budget.id.0,
        i64::try_from(position).unwrap_or(i64::MAX),
        budget.place,
        budget.year,
        line.row,
        line.item.code(),
        line.code.as_str(),
        line.name.kk.as_str(),
        line.name.ru.as_str(),
        line.name.en.as_str(),
        line.amounts.approved,
        line.amounts.amended,
        line.amounts.executed,
    ]
    .into()
}

/// A line out of [`LINE_COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_line(row: &mut Columns<'_>) -> Result<Line> {
    Ok(Line {
        row: row.int()?,
        item: row.code(Item::parse)?,
        code: row.string()?,
        name: row.words()?,
        amounts: amounts(row)?,
    })
}

/// A point out of `year, budget_id, approved, amended, executed, invented`.
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_point(row: &mut Columns<'_>) -> Result<SeriesPoint> {
    Ok(SeriesPoint {
        year: row.int()?,
        budget: BudgetId(row.uuid()?),
        amounts: amounts(row)?,
        invented: row.flag()?,
    })
}

/// The hash of a budget's file out of its only column.
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when the column holds something else.
pub fn read_sha256(row: &mut Columns<'_>) -> Result<String> {
    row.string()
}

/// The territory as it is compared for uniqueness: 0 while there is none.
pub fn place_key(place: Option<KatoCode>) -> i64 {
    place.map_or(0, |code| code.number().into())
}

/// Where the list continues after this budget.
pub fn cursor(head: &BudgetHead) -> Cursor {
    Cursor { key: head.budget.year.to_string(), id: head.budget.id.0 }
}

fn amounts(row: &mut Columns<'_>) -> Result<Amounts> {
    Ok(Amounts { approved: row.money_opt()?, amended: row.money_opt()?, executed: row.money_opt()? })
}
