//! Ad-hoc questions over millions of facts: a columnar snapshot and the engine that reads it.
#![warn(missing_docs)]
