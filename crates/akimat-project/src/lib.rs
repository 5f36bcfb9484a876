//! The register of projects: what a project is, how its status moves, what a valid record looks like.
//!
//! Reading order: [`project`] (the words), [`status`] (who may move what), [`check`] (validity).
#![warn(missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]

pub mod check;
pub mod project;
pub mod status;

pub use project::{
    ExpectedResult, Kind, Level, Milestone, Modality, MoneyLine, MoneySource, Point, Project, ProjectUpdate,
    Sector, StatusChange,
};
pub use status::Status;
