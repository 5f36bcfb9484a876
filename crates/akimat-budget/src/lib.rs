//! Budgets of all levels after the Budget Code: lines, identities, indicators.
//!
//! Reading order: [`budget`] (the words), [`classification`], [`check`](mod@check) (identities),
//! [`indicator`].
//!
//! # Source
//! Budget Code of the Republic of Kazakhstan of 15 March 2025 No. 171-VIII, articles 7 to 13; for
//! years before 2025 the Budget Code of 4 December 2008 No. 95-IV.
#![warn(missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]

pub mod anomaly;
pub mod budget;
pub mod check;
pub mod classification;
pub mod consolidation;
pub mod contradiction;
pub mod decompose;
pub mod disclosure;
pub mod history;
pub mod indicator;
pub mod inequality;
pub mod pace;
pub mod peer;
pub mod real;
pub mod refusal;

#[cfg(test)]
mod fixtures;

pub use budget::{Amounts, Budget, Item, Layout, Line, Provenance, Section, Stage};
pub use check::{Finding, Rule, Severity, check};
pub use indicator::{Indicator, indicators};
