//! The storage traits on PostgreSQL 15 and later, for several servers on one database.
//!
//! Reading order: [`store`] (connecting), [`change`] (what each change does), then the nouns.
//!
//! Connections are not encrypted: the database is reached over a Unix socket or a private network. An
//! address that asks for `sslmode=require` is refused rather than served in the clear.
#![warn(missing_docs)]

mod acceptance;
mod access_token;
mod account;
mod appraisal;
mod audit;
pub mod backup;
mod ballot;
mod budget;
mod change;
mod comment_file;
mod contact;
mod correction;
mod credential;
mod criteria_set;
mod db;
mod decision;
mod discount;
mod dossier;
pub mod dump;
mod erasure;
mod error;
mod exercise;
mod fact;
mod finding_note;
mod import;
mod job;
mod log_entry;
mod merged_project;
mod migrate;
mod notice;
mod observation;
mod outbox;
mod outcome_prediction;
mod participation;
mod person;
mod photo;
mod place;
mod process;
mod programme;
mod project;
mod proposal;
mod publication;
mod published_forecast;
mod question;
mod saved;
mod score;
mod store;
mod subscription;

pub use migrate::MIGRATIONS;
pub use store::PostgresStore;
