//! Codecs: bytes in, domain values out, and back. Nothing here touches a disk or a clock.
//!
//! A file is taken whole or not at all: every decoder returns either the values or the list of
//! [`Problem`]s with row and column, at most [`PROBLEMS_MAX`] of them.
//!
//! Reading order: [`problem`], [`text`] (bytes to text), [`table`] (CSV and XLSX to rows), then one
//! file a format. The formats are described for people in `docs/reference/file-formats.md`.
#![warn(missing_docs)]

pub mod archive;
pub mod attachment;
pub mod boundary;
pub mod budget;
pub mod budget_json;
pub mod budget_maslikhat;
pub mod budget_tidy;
mod csv_table;
pub mod data_table;
pub mod fact_csv;
mod field;
pub mod kato;
pub mod observation;
pub mod open_contracting;
pub mod portfolio;
pub mod problem;
pub mod project_register;
pub mod series_csv;
pub mod series_wide;
pub mod table;
pub mod table_export;
pub mod text;
mod workbook;

#[cfg(test)]
mod documented;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod shared;

pub use budget::{BudgetContext, decode_budget};
pub use problem::{PROBLEM_KEYS, PROBLEMS_MAX, Problem, ProblemCode};
