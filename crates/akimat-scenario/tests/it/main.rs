//! What always holds of a scenario, and worked examples.

mod build;
mod property;
mod refusal;
mod worked;
