//! The storage traits on PostgreSQL 15 and later, for several servers on one database.
//!
//! Reading order: [`store`] (connecting), [`change`] (what each change does), then the nouns.
//!
//! Connections are not encrypted: the database is reached over a Unix socket or a private network. An
//! address that asks for `sslmode=require` is refused rather than served in the clear.
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
mod programme;
mod project;
mod publication;
mod published_forecast;
mod question;
mod saved;
mod score;
mod store;

pub use migrate::MIGRATIONS;
pub use store::PostgresStore;
