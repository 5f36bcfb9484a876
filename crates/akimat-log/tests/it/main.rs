//! The room as others use it: foreign vectors, properties, and what a changed byte does.

mod changed;
mod property;
mod vectors;
