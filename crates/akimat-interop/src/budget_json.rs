//! Budget records as JSON: a list of records, one record, or `{"budgets": [...]}`.
//!
//! Amounts are decimal strings; numbers are taken digit by digit as they stand, never through a
//! binary float. Unknown fields are passed over. All figures are of the approved state.

mod raw;

use crate::Problem;
use crate::budget::{BudgetContext, Draft};
use crate::field;
use crate::problem::{ProblemCode, Problems, short, whole_file};
use akimat_budget::{Amounts, Item, Line, Stage};
use akimat_core::{MoneyUnit, Text};
use raw::{ENTRIES_MAX, Fields, Records, Scalar};
use serde_json::value::RawValue;

/// Where each summary figure stands in a record.
const FIELDS: [(&str, &str, Item); 19] = [
    ("revenue", "total", Item::RevenueTotal),
    ("revenue", "tax", Item::Tax),
    ("revenue", "non_tax", Item::NonTax),
    ("revenue", "fixed_capital", Item::FixedCapital),
    ("revenue", "special", Item::Special),
    ("revenue", "transfers", Item::Transfers),
    ("expenditure", "", Item::ExpenditureTotal),
    ("lending", "net", Item::NetLending),
    ("lending", "loans", Item::Loans),
    ("lending", "repayment", Item::LoanRepayment),
    ("financial_assets", "balance", Item::FinancialAssets),
    ("financial_assets", "acquisition", Item::AssetAcquisition),
    ("financial_assets", "sales", Item::AssetSales),
    ("balance", "", Item::Balance),
    ("non_oil_balance", "", Item::NonOilBalance),
    ("financing", "total", Item::FinancingTotal),
    ("financing", "borrowing", Item::Borrowing),
    ("financing", "repayment", Item::DebtRepayment),
    ("financing", "used_balances", Item::UsedBalances),
];

/// Longest name, code, address and remark in characters.
const KEY_CHARS_MAX: u32 = 100;
const CODE_CHARS_MAX: u32 = 30;
const NOTE_CHARS_MAX: u32 = 4_000;

pub(crate) fn decode(text: &str, context: &BudgetContext) -> Result<Vec<Draft>, Vec<Problem>> {
    let records = records(text)?;
    if records.is_empty() {
        return Err(whole_file(ProblemCode::NoRecords));
    }
    let mut problems = Problems::default();
    let mut drafts = Vec::new();
    for (at, record) in records.into_iter().enumerate() {
        let row = u32::try_from(at + 1).unwrap_or(u32::MAX);
        drafts.extend(Record::open(record, row, &mut problems).and_then(|mut record| record.draft(context)));
    }
    problems.settle(drafts)
}

fn records(text: &str) -> Result<Vec<&RawValue>, Vec<Problem>> {
    let broken = |error: serde_json::Error| {
        // Only a limit of ours is an error of data: the text itself is JSON.
        if error.is_data() {
            let (rows, columns) = (ENTRIES_MAX, ENTRIES_MAX);
            return whole_file(ProblemCode::SheetTooLarge { rows, columns });
        }
        let (line, column) = (error.line() as u64, error.column() as u64);
        whole_file(ProblemCode::BrokenJson { line, column })
    };
    if text.trim_start().starts_with('[') {
        return serde_json::from_str::<Records<'_>>(text).map(|records| records.0).map_err(broken);
    }
    let root: Fields<'_> = serde_json::from_str(text).map_err(broken)?;
    match root.get("budgets") {
        Some(list) if list.get().starts_with('[') => {
            serde_json::from_str::<Records<'_>>(list.get()).map(|records| records.0).map_err(broken)
        }
        Some(_) => Err(whole_file(ProblemCode::NoRecords)),
        None => Ok(vec![serde_json::from_str(text).map_err(broken)?]),
    }
}

struct Record<'a, 'p> {
    row: u32,
    fields: Fields<'a>,
    problems: &'p mut Problems,
}

impl<'a, 'p> Record<'a, 'p> {
    fn open(raw: &'a RawValue, row: u32, problems: &'p mut Problems) -> Option<Self> {
        let Ok(fields) = serde_json::from_str::<Fields<'a>>(raw.get()) else {
            problems.add(Some(row), None, ProblemCode::NotARecord);
            return None;
        };
        let mut record = Self { row, fields, problems };
        if let Some(name) = record.fields.twice() {
            record.wrong(&name, ProblemCode::FieldTwice { name: short(&name) });
        }
        Some(record)
    }

    fn wrong(&mut self, column: &str, code: ProblemCode) {
        self.problems.add(Some(self.row), Some(column), code);
    }

    /// A text or number field; `None` when it is absent, null or wrong.
    fn scalar<T>(&mut self, name: &str, read: impl FnOnce(&str) -> Result<T, ProblemCode>) -> Option<T> {
        let value = raw::scalar(self.fields.get(name)?);
        self.read(name, value, read)
    }

    fn read<T>(
        &mut self,
        column: &str,
        value: Scalar,
        read: impl FnOnce(&str) -> Result<T, ProblemCode>,
    ) -> Option<T> {
        let result = match value {
            Scalar::Null => return None,
            Scalar::Words(words) => read(&words),
            Scalar::Other(text) => Err(ProblemCode::NotAnAmount { value: short(&text) }),
        };
        result.map_err(|code| self.wrong(column, code)).ok()
    }

    fn draft(&mut self, context: &BudgetContext) -> Option<Draft> {
        let key = self.scalar("id", |text| field::words(text, KEY_CHARS_MAX)).filter(|key| !key.is_empty());
        let key = self.needed("id", key.or_else(|| context.key.clone()));
        let level = self.scalar("level", field::level).or(context.level);
        let level = self.needed("level", level);
        let year = self.scalar("year", field::year).or(context.year);
        let year = self.needed("year", year);
        let unit = self.scalar("unit", field::unit).or(context.unit);
        let unit = self.needed("unit", unit);
        let place = self.scalar("unit_kato", field::kato).or(context.place);
        let lines = self.lines(unit.unwrap_or_default());
        let source_url = self.note("source").unwrap_or_else(|| context.source_url.clone());
        let remarks = [self.note("revision"), self.note("note")].into_iter().flatten();
        let note = remarks.collect::<Vec<String>>().join("; ");
        let adopted_on = self.scalar("adopted_on", field::date).or(context.adopted_on);
        Some(Draft {
            row: self.row,
            key: key?,
            place,
            level: level?,
            year: year?,
            unit: unit?,
            complete: self.flag("complete", context.complete),
            invented: self.flag("invented", context.invented),
            adopted_on,
            source_url,
            note: if note.is_empty() { context.note.clone() } else { note },
            lines,
        })
    }

    fn needed<T>(&mut self, name: &str, value: Option<T>) -> Option<T> {
        // A value that is there but wrong has its problem already.
        let absent = self.fields.get(name).is_none_or(|raw| matches!(raw.get(), "null" | "\"\""));
        if value.is_none() && absent {
            self.wrong(name, ProblemCode::Missing);
        }
        value
    }

    fn note(&mut self, name: &str) -> Option<String> {
        self.scalar(name, |text| field::words(text, NOTE_CHARS_MAX))
    }

    fn flag(&mut self, name: &str, otherwise: bool) -> bool {
        match self.fields.get(name).map(RawValue::get) {
            None | Some("null") => otherwise,
            Some("true") => true,
            Some("false") => false,
            Some(other) => {
                let allowed = "true, false".to_owned();
                self.wrong(name, ProblemCode::UnknownValue { value: short(other), allowed });
                otherwise
            }
        }
    }

    fn lines(&mut self, unit: MoneyUnit) -> Vec<Line> {
        let mut lines = Vec::new();
        for (section, name, item) in FIELDS {
            let Some(raw) = self.fields.get(section) else { continue };
            lines.extend(self.summary(raw, (section, name), item, unit));
        }
        for (field, item) in [
            ("functional_groups", Item::FunctionalGroup),
            ("programs", Item::Programme),
            ("programmes", Item::Programme),
        ] {
            if let Some(raw) = self.fields.get(field) {
                self.details(raw, field, item, unit, &mut lines);
            }
        }
        if lines.is_empty() && self.problems.is_empty() {
            self.wrong("revenue", ProblemCode::TotalsMissing);
        }
        lines
    }

    fn summary(
        &mut self,
        raw: &'a RawValue,
        (section, name): (&str, &str),
        item: Item,
        unit: MoneyUnit,
    ) -> Option<Line> {
        if raw.get() == "null" {
            return None;
        }
        let path = if name.is_empty() { section.to_owned() } else { format!("{section}.{name}") };
        // Every field of the section would complain about the section: once is enough.
        let once = matches!(name, "" | "total" | "net" | "balance");
        let raw = match (raw.get().starts_with('{'), serde_json::from_str::<Fields<'a>>(raw.get())) {
            (true, Ok(fields)) => {
                if let Some(twice) = fields.twice().filter(|_| once) {
                    self.wrong(section, ProblemCode::FieldTwice { name: short(&twice) });
                }
                // Expenditure and the balance may stand alone or as `total`.
                fields.get(if name.is_empty() { "total" } else { name })?
            }
            (false, _) if name.is_empty() => raw,
            _ => {
                if once {
                    self.wrong(section, ProblemCode::NotARecord);
                }
                return None;
            }
        };
        let amount = self.read(&path, raw::scalar(raw), |text| field::money(text, unit))?;
        Some(self.line(item, String::new(), amount))
    }

    fn details(
        &mut self,
        raw: &'a RawValue,
        field: &str,
        item: Item,
        unit: MoneyUnit,
        lines: &mut Vec<Line>,
    ) {
        if raw.get() == "null" {
            return;
        }
        let Ok(fields) = serde_json::from_str::<Fields<'a>>(raw.get()) else {
            self.wrong(field, ProblemCode::NotARecord);
            return;
        };
        for (code, raw) in fields.iter() {
            let path = format!("{field}.{}", short(code));
            if code.chars().count() > CODE_CHARS_MAX as usize {
                self.wrong(&path, ProblemCode::TooLong { limit: CODE_CHARS_MAX });
                continue;
            }
            let amount = self.read(&path, raw::scalar(raw), |text| field::money(text, unit));
            lines.extend(amount.map(|amount| self.line(item, code.trim().to_owned(), amount)));
        }
    }

    fn line(&self, item: Item, code: String, amount: akimat_core::Money) -> Line {
        let amounts = Amounts::only(Stage::Approved, amount);
        Line { row: self.row, item, code, name: Text::default(), amounts }
    }
}
