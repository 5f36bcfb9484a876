//! Training of the neural forecaster. What it makes, a file of weights, is used by akimat-forecast, which
//! knows nothing of this crate: only the command that trains links it.
#![warn(missing_docs)]

pub mod collection;
mod network;
pub mod sample;
pub mod train;

pub use collection::{Collection, HoldBack, TrainSeries};
pub use train::{Recipe, TrainError, train};
