//! Ad-hoc questions over millions of facts: a columnar snapshot of the cube in Parquet and the engine
//! (DataFusion) that reads it.
//!
//! The snapshot is a copy: it is made from [`FactRead`](akimat_storage::fact::FactRead), which both
//! databases offer, so both give the same answers, and losing it loses nothing. Questions arrive as values
//! ([`AdHoc`](akimat_storage::columns::AdHoc)), never as text in a query language.
//!
//! Reading order: [`layout`] (what is in a file), [`snapshot`] (writing, publishing, opening), then `ask`
//! (a question as an expression), `answer` (batches as rows), [`columnar`] (who refreshes when).
#![warn(missing_docs)]

mod answer;
mod ask;
pub mod bench;
pub mod columnar;
pub mod layout;
mod pack;
pub mod snapshot;

pub use columnar::{Columnar, ColumnarOptions};
pub use snapshot::{Snapshot, SnapshotWriter};
