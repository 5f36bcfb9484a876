//! Documents and pictures: text, tables and drawings in, PDF and PNG out.
//!
//! Reading order: [`font`] (what can be written), [`style`] (the looks of charts, read from the style sheet of
//! the pages), [`figure`] (a chart of a page becomes a drawing that stands alone), [`picture`] (and a PNG),
//! [`document`] (what a document consists of), [`pdf`] (and how it becomes pages).
//!
//! The same input gives the same bytes: no clock, no chance, no fonts but those inside.
#![warn(missing_docs)]

pub mod document;
pub mod figure;
pub mod font;
mod layout;
pub mod pdf;
pub mod picture;
pub mod style;

pub use document::{Block, Column, Document, Table};
pub use figure::{Drawing, FigureError, standalone};
pub use pdf::{DocumentError, PageWords, encode_pdf};
pub use picture::{PictureError, encode_png};
pub use style::Style;
