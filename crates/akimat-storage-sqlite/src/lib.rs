//! The storage traits on SQLite: one file, WAL, one writer with group commit, a few readers.
//!
//! Reading order: [`store`] (opening), [`writer`] (how batches become durable), [`pool`] (readers),
//! [`change`] (what each change does), then the nouns.
#![warn(missing_docs)]

mod account;
mod appraisal;
mod audit;
mod budget;
mod change;
mod criteria_set;
mod db;
mod decision;
mod error;
mod fact;
mod finding_note;
mod job;
mod migrate;
mod observation;
mod outcome_prediction;
mod participation;
mod place;
mod pool;
mod programme;
mod project;
mod publication;
mod published_forecast;
mod question;
mod saved;
mod score;
mod store;
mod writer;

pub use migrate::MIGRATIONS;
pub use store::{Options, SqliteStore};
