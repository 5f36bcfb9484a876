//! Participatory budgeting: elections as files, rules as values, exact counts, and why each project won or lost.
//!
//! Results are those of rational arithmetic. Computed numbers only filter, with proven errors; where they cannot
//! decide, exact fractions do, and what is exactly equal is returned as a tie.
//!
//! Reading order: [`election`] (the words), [`pabulib`] (the files), [`utility`], [`rule`], [`profile`], [`count`] (the
//! count), then the methods: [`greedy`], [`phragmen`], [`equal_shares`],
//! [`bos`].
#![warn(missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]

pub mod amount;
pub mod answer;
pub mod bos;
mod completion;
pub mod count;
pub mod ees;
pub mod election;
pub mod equal_shares;
mod exact;
pub mod explain;
mod form;
pub mod fraction;
pub mod greedy;
pub mod maximin;
pub mod order;
pub mod pabulib;
pub mod phragmen;
pub mod profile;
mod purse;
pub mod round;
pub mod rule;
pub mod setting;
pub mod share;
mod span;
pub mod stand;
pub mod trace;
pub mod utility;

pub use count::{CountError, Counted, Prepared, count, declared};
pub use election::{Election, VoteType};
pub use rule::Rule;
