//! Checks the published count of a participatory budget from the published file and the published trace.
//!
//! It contains no search and shares no code with the count, its reader of files included. For each round of the trace
//! one pass over the supporters of each open project shows, in exact numbers, that the supporters of the winner
//! raise exactly its cost at the stated price, and that no other project could have been bought for less. At the end
//! no open project can be paid, and the next larger share overspends the budget.
//!
//! What is not shown: that no smaller share ended the steps before. Those shares are listed with their totals and
//! counted in [`Report::n_stated`]. Maximin support comes with sets of projects that prove burdens from below, and the check
//! spreads the costs itself; of bounded overspending, whose prices are too large to be written down, the check keeps
//! bounds of its own.
//!
//! Reading order: [`check`], `file`, `ballots`, `shares`, `burdens`, `support`, `exact_shares`, `overspending`,
//! `greedy`.
#![warn(missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]

mod ballots;
mod burdens;
mod check;
mod exact_shares;
mod file;
mod greedy;
mod number;
mod overspending;
mod refusal;
mod shares;
mod spread;
mod support;
mod told;

pub use check::{Report, check};
pub use refusal::Refusal;
