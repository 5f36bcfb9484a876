//! The whole site over a real database: every page, form and refusal as a browser meets them.
//!
//! Reading order: [`town`] (a small invented town), [`client`] (who asks), [`html`] (what a page must be),
//! then one file a subject.

#![expect(clippy::unwrap_used, clippy::panic, reason = "what a test needs and does not get ends the test")]

mod client;
mod content;
mod contract;
mod files;
mod html;
mod post;
mod shot;
mod town;
mod whole;

mod account;
mod accuracy;
mod api;
mod appraisal;
mod attachment;
mod audit;
mod ballot;
mod budgeting;
mod chart;
mod comment;
mod consolidation;
mod correction;
mod demand;
mod discount;
mod discussion;
mod duplicate;
mod event;
mod exercise;
mod face;
mod fact;
mod failure;
mod forecast;
mod forecast_year;
mod hostile;
mod import;
mod log;
mod log_restored;
mod notice;
mod once;
mod open_contracting;
mod outcome;
mod page;
mod passkey;
mod pattern;
mod person;
mod photo;
mod pivot;
mod programme;
mod programme_decision;
mod project;
mod project_life;
mod project_people;
mod project_work;
mod provider;
mod push;
mod ranking;
mod rating;
mod register;
mod report;
mod risk;
mod route;
mod running_year;
mod scenario;
mod schedule;
mod security;
mod session;
mod signature;
mod statistics;
mod subscription;
mod talk;
mod territory;
