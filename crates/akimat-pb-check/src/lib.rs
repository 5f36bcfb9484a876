//! Checks the published count of a participatory budget from the published file and the published trace.
//!
//! It contains no search and shares no code with the count, its reader of files included. For each round of the trace
//! one pass over the supporters of each open project shows, in exact numbers, that the supporters of the winner
//! raise exactly its cost at the stated price, and that no other project could have been bought for less. At the end
//! no open project can be paid, and the next larger share overspends the budget.
//!
//! What is not shown: that no smaller share ended the steps before. Those shares are listed with their totals and
//! counted in [`Report::n_stated`].
//!
//! Reading order: [`check`], `file`, `ballots`, `shares`, `burdens`, `greedy`.
#![warn(missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]

mod ballots;
mod burdens;
mod check;
mod file;
mod greedy;
mod number;
mod refusal;
mod shares;
mod told;

pub use check::{Report, check};
pub use refusal::Refusal;
