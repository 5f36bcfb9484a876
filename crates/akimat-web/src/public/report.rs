//! Reports: words and figures that an analyst puts together, in three languages, to read, print and keep.
//!
//! A figure in a report is a question, not an answer: it is asked again whenever the report is opened, and the
//! report says as of when.

pub mod body;
pub mod document;
pub mod edit;
pub mod list;
pub mod piece;
pub mod show;
