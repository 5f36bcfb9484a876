//! The use cases. Whatever changes anything is a verb here: it checks the permission, asks the pure
//! rooms, and hands the store one batch with the audit record in it.
//!
//! Reading order: [`app`], [`permission`], [`error`], then the nouns.

pub mod acceptance;
pub mod access_token;
pub mod account;
pub mod alert;
pub mod app;
pub mod appraisal;
pub mod audit_trail;
pub mod ballot;
pub mod boundary;
pub mod budget;
pub mod change;
pub mod columns;
pub mod consolidation;
pub mod contact;
pub mod contract;
pub mod correction;
pub mod criteria_set;
pub mod demand;
pub mod dossier;
pub mod due;
pub mod duplicate;
pub mod error;
pub mod evaluation;
pub mod fact;
pub mod factor_reset;
pub mod finding;
pub mod forecast;
pub mod forecast_year;
pub mod import;
pub mod indicator;
pub mod inequality;
pub mod job;
pub mod limit;
pub mod log;
pub mod moderation;
pub mod my_data;
pub mod notice;
pub mod observation;
pub mod open_contracting;
pub mod open_data;
pub mod outbox;
pub mod outcome;
pub mod participation;
pub mod passkey;
pub mod password;
pub mod pattern;
pub mod peer;
pub mod permission;
pub mod person;
pub mod photo;
pub mod pipeline;
pub mod place;
pub mod price;
pub mod process;
pub mod programme;
pub mod project;
pub mod project_query;
pub mod proposal;
pub mod provider;
pub mod publication;
pub mod published;
pub mod published_forecast;
pub mod question;
pub mod risk;
pub mod role_grant;
pub mod saved;
pub mod scenario;
pub mod schedule;
pub mod score;
pub mod secret;
pub mod security;
pub mod session;
pub mod subscription;
pub mod talk;
pub mod territory;
pub mod totp;
pub mod watch;

pub use app::{App, Chance, Clock, SystemChance, SystemClock};
pub use error::{AppError, FieldFault};
pub use permission::{Permission, permits};

/// Answer of every use case.
pub type Result<T> = std::result::Result<T, AppError>;
