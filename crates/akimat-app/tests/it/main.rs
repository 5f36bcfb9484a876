//! Use cases with a database and the exact solver.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

mod audit_trail;
mod ballot;
mod ballot_conflict;
mod dossier;
mod import;
mod once;
mod permission;
mod person;
mod programme;
mod secrecy;
mod village;
