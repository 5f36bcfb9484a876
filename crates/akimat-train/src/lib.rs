//! Training of the neural forecaster. What it makes, a file of weights, is used by akimat-forecast, which
//! knows nothing of this crate: only the command that trains links it.
//!
//! Reading order: [`plan`] (data and recipes), [`collection`] (what is held back), [`mod@duplicate`] (the same series
//! twice), [`sample`] (windows),
//! [`mod@train`] (the loop), [`score`] (how good it is on what was held back).
#![warn(missing_docs)]

pub mod card;
pub mod collection;
pub mod duplicate;
mod network;
pub mod plan;
pub mod sample;
pub mod score;
pub mod train;

pub use card::{Learnt, card};
pub use collection::{Collection, HoldBack, TrainSeries};
pub use plan::{SOURCES, Source, VERSION, recipes};
pub use score::{Score, score};
pub use train::{Recipe, TrainError, train};
