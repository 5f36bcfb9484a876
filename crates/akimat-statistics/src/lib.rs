//! Statistics over tables: what a researcher does with a survey or a series, with everything that is
//! needed to repeat it elsewhere.
//!
//! Read in this order: [`cell`] and [`table`] (what goes in), [`request`] and [`report`] (what is asked and
//! what comes out), [`refusal`] (what the data do not carry), [`mod@run`], the front door; then one file a
//! method. Formulas and sources: docs/method/statistics.md.
//!
//! A pure room: values in, values out; the seed of a simulation is an argument.
#![warn(missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]

pub mod cell;
mod chance;
mod compare;
mod correlate;
mod crosstab;
mod describe;
mod design;
mod design_effect;
pub mod distribution;
mod export;
mod factor;
mod fisher;
pub mod frequency;
mod kappa;
mod linear;
mod logistic;
mod matrix;
pub mod multiple;
mod panel;
mod quota;
mod raking;
pub mod rank;
pub mod refusal;
mod regress;
mod reliability;
pub mod report;
pub mod request;
pub mod run;
pub mod sample;
pub mod script;
pub mod source;
pub mod table;
pub mod warning;

pub use cell::{CellFault, Fault};
pub use refusal::Refusal;
pub use report::{Label, Report, Row, Sheet, Value};
pub use request::{Coefficient, Errors, Method, Request, Target, Test};
pub use run::run;
pub use table::{Column, Kind, Table};
pub use warning::Warning;

/// Version of the formulas; it changes when any published figure would.
pub const VERSION: &str = "1.0";
