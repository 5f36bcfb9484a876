//! Statistics over tables: what a researcher does with a survey or a series, with everything that is
//! needed to repeat it elsewhere.
#![warn(missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]
