//! What a project costs and brings over the years, so that anybody can reckon it again: present values, rates of
//! return, value for money of partnerships, earned value, uplifts of estimates, benefits in money and who has them.
//!
//! Reading order: [`rate`] (rates and conventions), [`value`], [`returns`], [`document`] (what an appraisal of a
//! project states), [`mod@appraise`] (what follows from it), [`worked`] (questions as JSON, for the command line).
//! Floats hold discounted amounts, never payments: those are whole tiyn in [`document`].
#![warn(missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]

pub mod appraise;
pub mod debt;
pub mod distribution;
pub mod document;
pub mod earned;
pub mod fault;
pub mod impact;
pub mod knapsack;
mod polynomial;
pub mod ppp;
pub mod proportion;
pub mod rate;
pub mod returns;
pub mod switching;
pub mod uplift;
pub mod value;
pub mod worked;

pub use appraise::{Appraised, Tables, appraise};
pub use document::Document;
pub use fault::{Fault, FaultKind};
pub use rate::{Convention, Rate, Timing};

/// Version of the formulas, stated with every result.
pub const VERSION: &str = "appraisal 1";

/// A count as a float.
#[expect(clippy::cast_precision_loss, reason = "counts here are far below 2^53")]
pub(crate) const fn count(n: usize) -> f64 {
    n as f64
}
