//! The work plan of a project, its faults and its critical path.
//!
//! Reading order: [`plan`] (the words: items, links, baselines, measured progress), [`outline`] (what lies
//! inside what), [`check`] (what is wrong with a
//! plan), [`calendar`] (working days), [`network`] (the critical path over plain numbers), [`forecast`] (the network of
//! a plan on its calendar, from today), [`paste`] (a table from a spreadsheet).

pub mod calendar;
pub mod check;
pub mod forecast;
pub mod network;
pub mod outline;
pub mod paste;
pub mod plan;

pub use calendar::Calendar;
pub use check::{Fault, FaultKind, faults};
pub use forecast::{Forecast, ItemForecast, forecast};
pub use outline::Outline;
pub use plan::{Baseline, Item, ItemKind, Link, LinkKind, Measure, Measured, Plan, Span, Week};
