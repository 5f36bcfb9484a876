//! Training of the neural forecaster. What it makes, a file of weights, is used by akimat-forecast, which
//! knows nothing of this crate: only the command that trains links it.
#![warn(missing_docs)]
