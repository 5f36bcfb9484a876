//! The table of a maslikhat's decision: totals as rows, codes in steps, two or more headers.
//!
//! The file may be CSV or XLSX. The revenue table has the code columns category, class, subclass,
//! specific; the expenditure table functional group, subgroup, administrator, programme,
//! subprogramme. A code stands only in the row where it begins, and holds for the rows below.
//!
//! Reading order: `header` (columns), `names` (rows known by name), then the walk here.

mod header;
mod names;

use crate::Problem;
use crate::budget::{BudgetContext, Draft};
use crate::field;
use crate::problem::{ProblemCode, Problems, short};
use crate::table::{Row, Sheet};
use akimat_budget::{Amounts, Item, Layout, Line, Section, Stage, classification};
use akimat_core::{Lang, Money, MoneyUnit, Text};
use header::{Header, Kind};
use names::Names;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Longest name and code in characters.
const NAME_CHARS_MAX: u32 = 1_000;
const CODE_CHARS_MAX: usize = 10;

/// Whether one of the first rows is a header of such a table.
pub(crate) fn is_maslikhat(sheet: &Sheet) -> bool {
    sheet.rows.iter().take(200).any(|row| header::kind(row).is_some())
}

pub(crate) fn decode(sheet: &Sheet, context: &BudgetContext) -> Result<Draft, Vec<Problem>> {
    let mut problems = Problems::default();
    let mut need = |name: &str, known: bool| {
        if !known {
            problems.add(None, None, ProblemCode::ContextMissing { name: name.to_owned() });
        }
    };
    need("level", context.level.is_some());
    need("year", context.year.is_some());
    let (level, year) = (context.level.unwrap_or_default(), context.year.unwrap_or_default());
    let unit = context.unit.or_else(|| header::unit(sheet)).unwrap_or(MoneyUnit::ThousandTenge);
    let mut walk = Walk {
        names: Names::new(),
        layout: Layout::for_year(year),
        unit,
        stage: context.stage,
        problems,
        section: None,
        current: Vec::new(),
        seen: BTreeSet::new(),
        lines: Vec::new(),
    };
    walk.sheet(sheet);
    if !walk.seen.contains(&Item::RevenueTotal) && !walk.seen.contains(&Item::ExpenditureTotal) {
        walk.problems.add(None, None, ProblemCode::TotalsMissing);
    }
    let key = context.key.clone().unwrap_or_else(|| match context.place {
        Some(place) => format!("{place}-{year}"),
        None => format!("budget-{year}"),
    });
    let draft = Draft {
        row: 1,
        key,
        place: context.place,
        level,
        year,
        unit,
        complete: context.complete,
        invented: context.invented,
        adopted_on: context.adopted_on,
        source_url: context.source_url.clone(),
        note: context.note.clone(),
        lines: walk.lines,
    };
    walk.problems.settle(draft)
}

struct Walk {
    names: Names,
    layout: Layout,
    unit: MoneyUnit,
    stage: Stage,
    problems: Problems,
    section: Option<Section>,
    current: Vec<String>,
    seen: BTreeSet<Item>,
    lines: Vec<Line>,
}

impl Walk {
    fn sheet(&mut self, sheet: &Sheet) {
        let mut header: Option<Header> = None;
        let mut at = 0;
        while let Some(row) = sheet.rows.get(at) {
            if let Some((found, used)) = header::read(&sheet.rows[at..], self.stage) {
                self.current = Vec::new();
                if found.kind == Kind::Functional && matches!(self.section, None | Some(Section::Revenue)) {
                    self.section = Some(Section::Expenditure);
                } else if found.kind == Kind::Revenue && self.section.is_none() {
                    self.section = Some(Section::Revenue);
                }
                header = Some(found);
                at += used;
                continue;
            }
            // What stands above the first header is the text of the decision.
            if let Some(header) = &header {
                self.row(header, row);
            }
            at += 1;
        }
    }

    fn row(&mut self, header: &Header, row: &Row) {
        if header::is_numbering(row) {
            return;
        }
        let name = header.name(row);
        let Ok(name) = field::words(name, NAME_CHARS_MAX) else {
            let code = ProblemCode::TooLong { limit: NAME_CHARS_MAX };
            self.problems.add(Some(row.number), Some("name"), code);
            return;
        };
        let amounts = self.amounts(header, row);
        let known = self.names.item(&name);
        let (item, code) = match self.code(header, row) {
            Some(code) => self.coded(header.kind, code, known),
            None => match known {
                Some(item) => (item, String::new()),
                None => {
                    // A subheading or a footnote; but no amount may be lost.
                    if amounts != Amounts::default() {
                        let code = ProblemCode::UnknownRow { value: short(&name) };
                        self.problems.add(Some(row.number), Some("name"), code);
                    }
                    return;
                }
            },
        };
        if !item.is_detail() {
            self.section = Some(item.section());
            self.seen.insert(item);
        }
        let mut text = Text::default();
        *text.exact_mut(if header.kazakh { Lang::Kk } else { Lang::Ru }) = name;
        self.lines.push(Line { row: row.number, item, code, name: text, amounts });
    }

    /// What a row with a code states. The name decides about summary items that did not come yet,
    /// the section about everything else.
    fn coded(&self, kind: Kind, code: String, known: Option<Item>) -> (Item, String) {
        let section = self.section.unwrap_or(Section::Revenue);
        let top = !code.contains('/');
        if top && let Some(item) = known {
            let fits = item.section() == section && !is_whole(item);
            if fits && !self.seen.contains(&item) {
                return (item, code);
            }
        }
        let item = match section {
            Section::Revenue if top => classification::revenue_category(self.layout, &code)
                .map(|category| category.item)
                .filter(|item| !self.seen.contains(item))
                .unwrap_or(Item::RevenueDetail),
            Section::Revenue => Item::RevenueDetail,
            Section::Expenditure if top && kind == Kind::Functional => Item::FunctionalGroup,
            Section::Expenditure => Item::FunctionalDetail,
            Section::NetLending => Item::LendingDetail,
            Section::FinancialAssets => Item::AssetDetail,
            Section::Balance | Section::NonOilBalance | Section::Financing => {
                let repayment = top && code == classification::REPAYMENT_GROUP;
                if repayment && !self.seen.contains(&Item::DebtRepayment) {
                    Item::DebtRepayment
                } else {
                    Item::FinancingDetail
                }
            }
        };
        (item, code)
    }

    /// The full code of a row; `None` when the row has no code of its own.
    fn code(&mut self, header: &Header, row: &Row) -> Option<String> {
        let mut deepest = None;
        for (column, level) in header.code_columns() {
            let cell = row.cell(column).trim_end_matches(".0");
            if cell.is_empty() || !cell.bytes().all(|b| b.is_ascii_digit()) || cell.len() > CODE_CHARS_MAX {
                continue;
            }
            let part = format!("{cell:0>width$}", width = header.width(level));
            if self.current.len() <= level {
                self.current.resize(level + 1, String::new());
            }
            if deepest.is_some() || self.current[level] != part {
                self.current.truncate(level + 1);
            }
            self.current[level] = part;
            deepest = Some(level);
        }
        let deepest = deepest?;
        self.current.truncate(deepest + 1);
        Some(self.current.join("/"))
    }

    fn amounts(&mut self, header: &Header, row: &Row) -> Amounts {
        let mut amounts = Amounts::default();
        for (column, stage) in &header.amounts {
            let cell = row.cell(*column);
            // A dash or a cross says that there is no figure.
            if matches!(cell, "" | "-" | "–" | "—" | "х" | "x" | "Х" | "X") {
                continue;
            }
            match field::money(&minus(cell), self.unit) {
                Ok(amount) => set(&mut amounts, *stage, amount),
                Err(code) => self.problems.add(Some(row.number), Some(&header.title(*column)), code),
            }
        }
        amounts
    }
}

fn set(amounts: &mut Amounts, stage: Stage, amount: Money) {
    match stage {
        Stage::Approved => amounts.approved = Some(amount),
        Stage::Amended => amounts.amended = Some(amount),
        Stage::Executed => amounts.executed = Some(amount),
    }
}

/// `(-) 735` and `(-735)`, as decisions also print a deficit, with a plain minus.
fn minus(cell: &str) -> Cow<'_, str> {
    let Some(rest) = cell.strip_prefix('(') else { return Cow::Borrowed(cell) };
    let Some(digits) = rest.strip_prefix(['-', '−', '–']) else { return Cow::Borrowed(cell) };
    let digits = digits.strip_prefix(')').or_else(|| digits.strip_suffix(')')).unwrap_or(rest);
    Cow::Owned(format!("-{digits}"))
}

/// Items that stand for a whole section and never bear a code.
const fn is_whole(item: Item) -> bool {
    matches!(
        item,
        Item::RevenueTotal
            | Item::ExpenditureTotal
            | Item::NetLending
            | Item::FinancialAssets
            | Item::Balance
            | Item::NonOilBalance
            | Item::FinancingTotal
    )
}

#[cfg(test)]
mod tests;
