//! Way out of infeasible programmes, extensions and fairness, against the reference data and against trying
//! every plan.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test prints what it measured and breaks off where it fails"
)]

mod brute;
mod fairness;
#[path = "../support/instance.rs"]
mod instance;
mod relax;
mod rules;
