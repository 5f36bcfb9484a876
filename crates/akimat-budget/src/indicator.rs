//! Indicators of one budget, exact, each with its inputs and its published formula.
//!
//! An indicator whose inputs are not all given, or whose denominator is zero, is absent: it is
//! never guessed.
//!
//! Reading order: the words here, then `define` (the table of formulas), then `compute`, then `survey`
//! (all of them, with a reason for each that is not computed).
//!
//! # Source
//! The letters of the formulas: R revenue, T tax, X transfers received, O = R - X own revenue,
//! E expenditure, V balance, P population. `docs/method/budget-check.md`.

mod compute;
mod define;
mod survey;

pub use compute::{growth, indicators};
pub use define::{DEFINITIONS, Definition, Of, definition};
pub use survey::{Refused, Surroundings, TaxBase, TaxRight, survey};

use crate::check::Input;
use crate::{Item, Stage};
use akimat_core::Ratio;

/// How the value is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Per cent with two decimals, half up.
    Percent,
    /// A plain number with four decimals, half up.
    Ratio,
    /// Tenge a person with two decimals, half up.
    TengePerPerson,
    /// Tenge with two decimals, half up.
    Tenge,
}

/// One value of one indicator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indicator {
    /// Which: a code of [`DEFINITIONS`].
    pub code: &'static str,
    /// In which state of the figures.
    pub stage: Stage,
    /// The line it is about, for indicators that exist once a line (structure, execution, growth).
    pub item: Option<Item>,
    /// Classification code of that line; empty for summary items.
    pub line_code: String,
    /// The exact value.
    pub value: Ratio,
    /// How it is printed.
    pub unit: Unit,
    /// The figures it was computed from.
    pub inputs: Vec<Input>,
}

impl Indicator {
    /// The value as a plain decimal in its unit, halves up. `None` only for numbers beyond 38 digits.
    pub fn decimal(&self) -> Option<String> {
        match self.unit {
            Unit::Percent => self.value.percent(2),
            Unit::Ratio => self.value.to_decimal(4),
            Unit::TengePerPerson | Unit::Tenge => self.value.to_decimal(2),
        }
    }

    /// Key of the title in the catalogue; the explanation has `-help` after it.
    pub fn key(&self) -> String {
        format!("indicator-{}", self.code)
    }

    /// `own_source_share`, or with its line `execution:tax`, `structure:04`: unique within a state
    /// of a budget.
    pub fn id(&self) -> String {
        match (self.item, self.line_code.as_str()) {
            (None, _) => self.code.to_owned(),
            (Some(item), "") => format!("{}:{}", self.code, item.code()),
            (Some(Item::FunctionalGroup), code) => format!("{}:{code}", self.code),
            (Some(item), code) => format!("{}:{}:{code}", self.code, item.code()),
        }
    }
}

#[cfg(test)]
mod tests;
