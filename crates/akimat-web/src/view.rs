//! What pages of both faces, public and workplace, show alike.

pub mod acceptance;
pub mod attempt;
pub mod budget;
pub mod budgeting;
pub mod clash;
pub mod contract;
pub mod correction;
pub mod figures;
pub mod forecast;
pub mod laboratory;
pub mod logged;
pub mod people;
pub mod person;
pub mod photo;
pub mod plan;
pub mod project;
pub mod project_choices;
pub mod project_nav;
pub mod refusal;
pub mod register;
pub mod scenario;
pub mod schedule;
pub mod statistics;
pub mod talk;
pub mod track_record;
pub mod warning;
