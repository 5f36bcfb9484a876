//! Golden numbers with their source, named faults, flags, properties.
#![expect(clippy::unwrap_used, reason = "a test says what went wrong by failing")]

mod check;
mod flag;
mod property;
mod sample;
mod survival;
