//! What becomes of projects: delay, growth of cost and completion, learnt from finished projects.
//!
//! A pure room: values in, values out; no clock, chance, disk or network.
#![warn(missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]
