//! What happens to a project after it was decided: what is to be done by when, how much of it is done, and what
//! threatens it.
//!
//! Reading order: [`schedule`] (work plan, its faults and its critical path), [`progress`] (what is physically done
//! beside what is paid), [`earned`] (is the work on time and within its money), [`risk`] (what may happen) and
//! [`warning`] (what already shows). All of it takes values and returns values: today is an argument.
#![warn(missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]

pub mod earned;
pub mod progress;
pub mod risk;
pub mod schedule;
pub mod warning;
