//! What a backup says of itself: a head before everything else, a manifest after it.

use crate::PartEntry;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Name of the first part.
pub const HEAD: &str = "head.json";
/// Name of the last part.
pub const MANIFEST: &str = "manifest.json";

/// Which kind of database was backed up, and so which parts there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Database {
    /// One part `akimat.db`: the database file.
    Sqlite,
    /// A part `table/NAME` for each table in the text format of COPY with a header line, and `sequences.json`.
    Postgres,
}

impl Database {
    /// As it stands in the head.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

/// The first part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// When the backup began, RFC 3339 in UTC.
    pub made_at: String,
    /// Name and version of the program.
    pub software: String,
    /// Kind of the database.
    pub database: Database,
    /// Migrations that its schema has seen, in order.
    pub schema: Vec<String>,
}

/// The transparency log as its latest checkpoint says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogHead {
    /// Leaves in the tree.
    pub size: u64,
    /// Root of the tree, in hexadecimal digits.
    pub root: String,
}

/// The last part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Every part before this one, in order.
    pub parts: Vec<PartEntry>,
    /// Rows of each table.
    pub tables: BTreeMap<String, u64>,
    /// The transparency log; absent while it is empty.
    pub log: Option<LogHead>,
    /// Fingerprints of the keys that the platform ran with, by name. The keys themselves are in no backup.
    pub keys: BTreeMap<String, String>,
}
