//! What pages of both faces, public and workplace, show alike.

pub mod attempt;
pub mod budget;
pub mod figures;
pub mod forecast;
pub mod laboratory;
pub mod plan;
pub mod project;
pub mod refusal;
pub mod scenario;
pub mod statistics;
pub mod track_record;
