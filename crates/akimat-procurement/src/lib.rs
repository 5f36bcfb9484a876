//! Contracting processes: how the state chooses and pays suppliers and private partners.
//!
//! Reading order: [`process`] (the words), [`check`] (what a record may not say), [`obligation`] (promises under
//! partnerships against limits), [`flag`] (hints after the literature of open contracting), [`survival`] (how long
//! stages last), [`tally`] (counts and sums), [`pipeline`] (what comes, for entrepreneurs).
//!
//! A flag is a hint with its rule and source, never a verdict; what is not known is said to be not known.
#![warn(missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]

pub mod bin;
pub mod check;
pub mod flag;
pub mod obligation;
pub mod pipeline;
pub mod process;
pub mod survival;
pub mod tally;

pub use check::{Fault, FaultKind, faults};
pub use process::{
    Amendment, Award, Bid, Category, Contract, ContractState, Guarantee, Invoice, Lot, Method, Nature,
    Obligation, ObligationKind, Party, Payment, PppKind, Process, Role, TenderState, Termination,
};
