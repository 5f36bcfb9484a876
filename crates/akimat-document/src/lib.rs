//! Documents and pictures: text, tables and drawings in, PDF and PNG out.
#![warn(missing_docs)]
