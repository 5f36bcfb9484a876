//! Tests on SQLite files.

mod contract;
mod durable;
