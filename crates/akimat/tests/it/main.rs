//! The program as people start it: commands in, exit status and words out.
#![expect(clippy::unwrap_used, reason = "a failing step of a test ends it")]

mod backup;
mod ballots;
mod budget;
mod cmd;
mod demo;
mod fact;
mod forecast;
mod kill;
mod log;
mod open_contracting;
mod persons;
mod predict_project;
mod run;
mod scenario;
mod serve;
mod stats;
