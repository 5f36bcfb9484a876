//! Contracts, partnerships and the market: the tab of a project, limits, the pipeline, figures, red flags.

pub mod analytics;
pub mod flags;
pub mod obligation;
pub mod pipeline;
pub mod register;
pub mod tab;
