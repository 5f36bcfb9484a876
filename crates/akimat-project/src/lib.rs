//! The register of projects: what a project is, how its status moves, what a valid record looks like.
//!
//! Reading order: [`project`] (the words), [`stage`] (which move is possible), [`rules`] (slips and silence),
//! [`register`] and [`revision`] (versions), [`check`] (validity), [`team`], [`partner`] and [`task`] (the people).
#![warn(missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]

pub mod check;
pub mod duplicate;
pub mod partner;
pub mod project;
pub mod register;
pub mod revision;
pub mod rules;
pub mod stage;
pub mod status;
pub mod task;
pub mod team;

pub use project::{
    Basis, Beneficiary, ExpectedResult, Kind, Level, Milestone, Modality, MoneyLine, MoneySource, Point,
    Project, ProjectUpdate, Reach, Sector, StatusChange,
};
pub use status::Status;
