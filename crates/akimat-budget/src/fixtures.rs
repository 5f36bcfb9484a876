//! Budgets of `data/budget` for the tests of this room, which may not read the disk.

use crate::{Amounts, Budget, Item, Line, Provenance, Stage};
use akimat_core::{BudgetId, Money, MoneyUnit, Text};
use jiff::Timestamp;
use serde_json::Value;

pub(crate) const EIGHT: &str = include_str!("../../../data/budget/eight_budgets.json");
pub(crate) const PAPER: &str = include_str!("../../../data/budget/turkistan_paper.json");

const FIELDS: [(&str, Item); 19] = [
    ("/revenue/total", Item::RevenueTotal),
    ("/revenue/tax", Item::Tax),
    ("/revenue/non_tax", Item::NonTax),
    ("/revenue/fixed_capital", Item::FixedCapital),
    ("/revenue/special", Item::Special),
    ("/revenue/transfers", Item::Transfers),
    ("/expenditure", Item::ExpenditureTotal),
    ("/lending/net", Item::NetLending),
    ("/lending/loans", Item::Loans),
    ("/lending/repayment", Item::LoanRepayment),
    ("/financial_assets/balance", Item::FinancialAssets),
    ("/financial_assets/acquisition", Item::AssetAcquisition),
    ("/financial_assets/sales", Item::AssetSales),
    ("/balance", Item::Balance),
    ("/financing/total", Item::FinancingTotal),
    ("/financing/borrowing", Item::Borrowing),
    ("/financing/repayment", Item::DebtRepayment),
    ("/financing/used_balances", Item::UsedBalances),
    ("/non_oil_balance", Item::NonOilBalance),
];

pub(crate) fn line(item: Item, code: &str, amount: Option<Money>) -> Line {
    let amounts = amount.map_or_else(Amounts::default, |amount| Amounts::only(Stage::Approved, amount));
    Line { row: 1, item, code: code.to_owned(), name: Text::default(), amounts }
}

/// A budget of 2024 with the given lines, thousand tenge.
pub(crate) fn budget(lines: Vec<Line>) -> Budget {
    Budget {
        id: BudgetId(uuid::Uuid::nil()),
        key: "made-up".to_owned(),
        place: None,
        level: 3,
        year: 2024,
        unit: MoneyUnit::ThousandTenge,
        complete: true,
        invented: true,
        adopted_on: None,
        provenance: Provenance {
            file_name: String::new(),
            sha256: String::new(),
            source_url: String::new(),
            note: String::new(),
            imported_at: Timestamp::UNIX_EPOCH,
        },
        lines,
    }
}

pub(crate) fn budgets(json: &str) -> Vec<Budget> {
    let root: Value = serde_json::from_str(json).unwrap();
    root["budgets"].as_array().unwrap().iter().map(one).collect()
}

fn one(record: &Value) -> Budget {
    let unit = MoneyUnit::parse(record["unit"].as_str().unwrap()).unwrap();
    let amount = |value: &Value| value.as_str().map(|text| Money::parse(text, unit).unwrap());
    let mut lines = Vec::new();
    for (pointer, item) in FIELDS {
        if let Some(amount) = record.pointer(pointer).and_then(amount) {
            lines.push(line(item, "", Some(amount)));
        }
    }
    for (field, item) in [("functional_groups", Item::FunctionalGroup), ("programs", Item::Programme)] {
        for (code, value) in record[field].as_object().into_iter().flatten() {
            lines.push(line(item, code, amount(value)));
        }
    }
    Budget {
        key: record["id"].as_str().unwrap().to_owned(),
        year: i16::try_from(record["year"].as_i64().unwrap()).unwrap(),
        level: u8::try_from(record["level"].as_u64().unwrap()).unwrap(),
        complete: record["complete"].as_bool().unwrap(),
        unit,
        ..budget(lines)
    }
}
