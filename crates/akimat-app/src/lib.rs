//! The use cases. Whatever changes anything is a verb here: it checks the permission, asks the pure
//! rooms, and hands the store one batch with the audit record in it.
//!
//! Reading order: [`app`], [`permission`], [`error`], then the nouns.

pub mod account;
pub mod app;
pub mod appraisal;
pub mod budget;
pub mod change;
pub mod columns;
pub mod consolidation;
pub mod criteria_set;
pub mod demand;
pub mod error;
pub mod evaluation;
pub mod fact;
pub mod finding;
pub mod forecast;
pub mod forecast_year;
pub mod indicator;
pub mod inequality;
pub mod job;
pub mod limit;
pub mod observation;
pub mod outcome;
pub mod participation;
pub mod peer;
pub mod permission;
pub mod place;
pub mod price;
pub mod programme;
pub mod project;
pub mod publication;
pub mod published_forecast;
pub mod question;
pub mod recommendation;
pub mod saved;
pub mod scenario;
pub mod score;
pub mod territory;

pub use app::{App, Chance, Clock, SystemChance, SystemClock};
pub use error::{AppError, FieldFault};
pub use permission::{Permission, permits};

/// Answer of every use case.
pub type Result<T> = std::result::Result<T, AppError>;
