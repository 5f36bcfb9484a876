//! The whole site over a real database: every page, form and refusal as a browser meets them.
//!
//! Reading order: [`town`] (a small invented town), [`client`] (who asks), [`html`] (what a page must be),
//! then one file a subject.

#![expect(clippy::unwrap_used, clippy::panic, reason = "what a test needs and does not get ends the test")]

mod client;
mod content;
mod files;
mod html;
mod town;

mod account;
mod accuracy;
mod api;
mod appraisal;
mod chart;
mod comment;
mod consolidation;
mod demand;
mod fact;
mod failure;
mod forecast;
mod forecast_year;
mod hostile;
mod import;
mod outcome;
mod page;
mod pivot;
mod programme;
mod programme_decision;
mod project;
mod ranking;
mod rating;
mod recommendation;
mod report;
mod route;
mod scenario;
mod session;
mod statistics;
mod territory;
