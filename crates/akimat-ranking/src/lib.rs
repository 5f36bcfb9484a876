//! Which project is worth more, by published criteria: one decision model and its checks.
//!
//! The decision model is the additive value on fixed bounds ([`mavt`]): adding or removing a project never turns the
//! order of two others. The other methods stand beside it as checks, and [`disagree`] says on which projects they
//! differ and why. A pure room: values in, values out; chance is a seed that the caller gives.
//!
//! Reading order: [`table`] (the words), [`value`], [`mavt`], [`explain`], then the checks, then [`disagree`],
//! [`committee`] and [`quality`].
#![warn(missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]

pub mod ahp;
pub mod bwm;
pub mod committee;
pub mod disagree;
pub mod document;
pub mod draw;
pub mod electre;
pub mod explain;
mod fault;
pub mod ipf;
mod lp;
pub mod mavt;
pub mod objective;
pub mod order;
pub mod promethee;
pub mod quality;
pub mod smaa;
pub mod table;
pub mod topsis;
pub mod value;
pub mod wsm;

pub use fault::Fault;
pub use order::{Ranking, spearman};
pub use table::{Criterion, Direction, ROWS_MAX, Table};
pub use value::ValueFunction;
