//! What looks unusual, beyond the identities: signs, thousands mistaken for millions, jumps, December.
//!
//! Each test has conditions, and where they are not met it is refused with the reason instead of answered.
//! A hint says: look here. It says nothing about people, and often there is a good reason.
//!
//! # Source
//! Robust z-score: Iglewicz and Hoaglin, How to Detect and Handle Outliers (1993): 0.6745 (x - median) / MAD,
//! limit 3.5. Benford: Nigrini, Benford's Law (2012), mean absolute deviation of first digits above 0.015.
//! `docs/method/anomaly.md`; the limits are data (`data/anomaly/thresholds.json`).

mod digits;
mod history;
mod slip;

pub use digits::{Digits, first_digits, round_numbers};
pub use history::{Point, december, jump, slip_against_history};

use crate::check::{Finding, Rule, Severity};
use crate::{Budget, Item, Stage};
use akimat_core::Money;
use serde::{Deserialize, Serialize};

/// The limits of the tests: dated data with their source, not code.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Thresholds {
    /// Robust z-score from which a jump is worth a look.
    pub jump_z: f64,
    /// Other years that a jump is measured against, at least.
    pub jump_points: usize,
    /// How near to a thousandfold (or millionfold) a slip must be: a ratio between 1/x and x of it.
    pub slip_tolerance: f64,
    /// Other years that a slip is measured against, at least.
    pub slip_points: usize,
    /// Share of December in the year's spending below which nothing is said.
    pub december_share: f64,
    /// Former years that December is measured against, at least.
    pub december_years: usize,
    /// Robust z-score of December's share from which it is worth a look.
    pub december_z: f64,
    /// Amounts that the test of round numbers needs, at least.
    pub round_amounts: usize,
    /// Standard deviations above one in a hundred from which round amounts are worth a look.
    pub round_z: f64,
    /// Amounts that Benford's test needs, at least.
    pub benford_amounts: usize,
    /// Powers of ten that the amounts must span, at least.
    pub benford_orders: f64,
    /// Mean absolute deviation from Benford's shares from which it is worth a look.
    pub benford_deviation: f64,
}

/// Why a test was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Too few amounts or years.
    TooFew {
        /// There are.
        found: usize,
        /// Needed at least.
        needed: usize,
    },
    /// The amounts are of one size: their first digits follow no law.
    OneSize,
    /// The others are all the same, so there is no measure of what is usual.
    NoSpread,
}

/// A test that was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct NotTested {
    /// Which test.
    pub rule: Rule,
    /// Why.
    pub reason: Reason,
}

/// Items that a budget cannot state below zero.
const NEVER_NEGATIVE: [Item; 15] = [
    Item::RevenueTotal,
    Item::Tax,
    Item::NonTax,
    Item::FixedCapital,
    Item::Special,
    Item::Transfers,
    Item::ExpenditureTotal,
    Item::FunctionalGroup,
    Item::Loans,
    Item::LoanRepayment,
    Item::AssetAcquisition,
    Item::AssetSales,
    Item::Borrowing,
    Item::DebtRepayment,
    Item::Programme,
];

/// Everything unusual that a single record shows by itself: signs and slips of a thousand or a million
/// against its own sums.
pub fn screen(budget: &Budget) -> Vec<Finding> {
    let mut findings = signs(budget);
    for stage in budget.stages() {
        findings.extend(slip::against_sums(budget, stage));
    }
    findings
}

fn signs(budget: &Budget) -> Vec<Finding> {
    let mut findings = Vec::new();
    for stage in budget.stages() {
        for line in budget.lines.iter().filter(|line| NEVER_NEGATIVE.contains(&line.item)) {
            let Some(amount) = line.amounts.at(stage).filter(|amount| *amount < Money::ZERO) else {
                continue;
            };
            let mut finding = Finding::about(Rule::SignError, Severity::Warning, line.item, &line.code)
                .compared(amount, amount.negated());
            finding.stage = Some(stage);
            finding.row = Some(line.row);
            findings.push(finding);
        }
    }
    findings
}

/// The amounts of the finest lines of a record in one state, for tests of digits.
pub fn leaf_amounts(budget: &Budget, stage: Stage) -> Vec<Money> {
    let details: Vec<&crate::Line> = budget.lines.iter().filter(|line| line.item.is_detail()).collect();
    let is_leaf = |line: &&&crate::Line| {
        !details.iter().any(|other| {
            other.code.len() > line.code.len()
                && other.code.starts_with(&line.code)
                && other.code.as_bytes().get(line.code.len()) == Some(&b'/')
        })
    };
    let amounts = details.iter().filter(is_leaf).filter_map(|line| line.amounts.at(stage));
    amounts.filter(|amount| *amount != Money::ZERO).collect()
}

/// A number in thousandths, rounded; what is beyond measure is left out.
pub(crate) fn thousandths(value: f64) -> Option<i64> {
    let scaled = (value * 1000.0).round();
    if !scaled.is_finite() || scaled.abs() > 9.0e15 {
        return None;
    }
    format!("{scaled:.0}").parse().ok()
}

#[cfg(test)]
mod tests;
