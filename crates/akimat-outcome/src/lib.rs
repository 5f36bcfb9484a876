//! What becomes of projects: delay, growth of cost and completion, learnt from finished projects.
//!
//! A pure room: values in, values out; no clock, chance, disk or network. Reading order: [`table`] (the words),
//! [`reference`] (classes), [`model`] (the front door), [`explain`], [`score`], [`schema`] (known tables),
//! [`effect`] (what projects bring about).
#![warn(missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]

mod algebra;
mod base;
mod blend;
mod boost;
mod calibrate;
mod chance;
mod conformal;
pub mod effect;
mod encode;
pub mod explain;
mod linear;
pub mod model;
mod net;
pub mod prior;
pub mod reference;
pub mod schema;
pub mod score;
pub mod table;

pub use blend::{Choice, Contest};
pub use explain::{Attribution, Explained, Neighbour};
pub use model::{Model, Prediction, Range, Refusal, Warning};
pub use prior::{Prior, Priors};
pub use table::{Case, Feature, FeatureKind, Finished, Schema, Table, Target, Value};
