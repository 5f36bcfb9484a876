//! The storage traits on SQLite: one file, WAL, one writer with group commit, a few readers.
//!
//! Reading order: [`store`] (opening), [`writer`] (how batches become durable), [`pool`] (readers),
//! [`change`] (what each change does), then the nouns.
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
mod pool;
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
mod writer;

pub use migrate::MIGRATIONS;
pub use store::{Options, SqliteStore};
