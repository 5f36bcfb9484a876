//! Tests on SQLite files.

mod backup;
mod contract;
mod durable;
mod erasure;
