//! The transparency log as the database keeps it: leaves, the tree over them, signed checkpoints, and what
//! witnesses said.
//!
//! A leaf is written in the transaction of what it records and waits without an index. One server at a time
//! integrates: it gives indices in one order, stores the changed tiles and the signed checkpoint, all in one
//! transaction that fails when the tree has grown meanwhile. Nothing here is ever changed or removed, and nothing
//! here is about a person.

use crate::Result;
use async_trait::async_trait;
use jiff::Timestamp;

/// A leaf on its way into the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// What kind of act it records, such as `project_status`.
    pub kind: String,
    /// What it is about: a noun and its identifier, such as `project/0190…`; public pages link by it.
    pub subject: String,
    /// When the act happened.
    pub at: Timestamp,
    /// Hash of the leaf after RFC 6962.
    pub hash: [u8; 32],
    /// The leaf itself: canonical JSON (RFC 8785), at most 65,535 bytes.
    pub leaf: String,
}

/// A leaf as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredLogEntry {
    /// Order of arrival.
    pub id: i64,
    /// Place in the tree; `None` while it waits.
    pub index: Option<u64>,
    /// The leaf.
    pub entry: LogEntry,
}

/// Hashes of one tile of the tree: up to 256 of 32 bytes each, from left to right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogTile {
    /// Level: 0 holds the hashes of leaves.
    pub level: u8,
    /// Number in its level, from left.
    pub number: u64,
    /// The hashes, one after another.
    pub hashes: Vec<u8>,
}

/// A signed statement about the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogCheckpoint {
    /// Leaves in the tree.
    pub size: u64,
    /// Root of the tree.
    pub root: [u8; 32],
    /// The signed note as it is published, without the cosignatures of witnesses.
    pub note: String,
    /// When it was signed.
    pub signed_at: Timestamp,
}

/// What integrating some leaves changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogIntegration {
    /// Leaves in the tree before.
    pub from_size: u64,
    /// Leaves in the order in which they get indices, the first one `from_size`.
    pub ids: Vec<i64>,
    /// Tiles that are new or have grown.
    pub tiles: Vec<LogTile>,
    /// The statement about the tree afterwards.
    pub checkpoint: LogCheckpoint,
}

/// A witness has seen a checkpoint and found it consistent with what it saw before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogCosignature {
    /// Size of the checkpoint.
    pub size: u64,
    /// Name of the witness's key.
    pub witness: String,
    /// The line of the signed note.
    pub line: String,
    /// When the witness saw it, by the witness's clock.
    pub at: Timestamp,
}

/// Why a witness did not sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalReason {
    /// It did not answer.
    Silent,
    /// It does not watch this log, or knows another key of it.
    Stranger,
    /// It saw a larger tree: this one is older, or a part of it is gone.
    Larger,
    /// It holds that this tree does not continue the one it saw.
    Rewritten,
    /// It answered something else.
    Other,
}

impl RefusalReason {
    /// Every reason.
    pub const ALL: [Self; 5] = [Self::Silent, Self::Stranger, Self::Larger, Self::Rewritten, Self::Other];

    /// The word in the database and in the names of sentences.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Silent => "silent",
            Self::Stranger => "stranger",
            Self::Larger => "larger",
            Self::Rewritten => "rewritten",
            Self::Other => "other",
        }
    }

    /// The witness contradicts the log: somebody is shown another history.
    pub const fn contradicts(self) -> bool {
        matches!(self, Self::Larger | Self::Rewritten)
    }
}

/// A witness did not sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogRefusal {
    /// Name of the witness's key.
    pub witness: String,
    /// Why.
    pub reason: RefusalReason,
    /// Leaves in the tree that it says it saw.
    pub seen: Option<u64>,
    /// Leaves in the tree that it was asked about.
    pub size: u64,
    /// When it first answered so; kept by the database while the reason stays the same.
    pub since: Timestamp,
    /// When it answered so last.
    pub at: Timestamp,
}

/// What this platform, as a witness, last saw of another log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WitnessedLog {
    /// Name of the log.
    pub origin: String,
    /// Leaves in its tree.
    pub size: u64,
    /// Root of its tree.
    pub root: [u8; 32],
    /// When.
    pub at: Timestamp,
}

/// Reads the log.
#[async_trait]
pub trait LogRead: Send + Sync {
    /// Leaves that wait, in the order of arrival.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails, as in every method here.
    async fn list_pending_log_entries(&self, limit: u16) -> Result<Vec<StoredLogEntry>>;

    /// How many leaves wait.
    ///
    /// # Errors
    /// See [`LogRead::list_pending_log_entries`].
    async fn count_pending_log_entries(&self) -> Result<u64>;

    /// Leaves from an index on, in order.
    ///
    /// # Errors
    /// See [`LogRead::list_pending_log_entries`].
    async fn list_log_entries(&self, from: u64, limit: u16) -> Result<Vec<StoredLogEntry>>;

    /// The latest leaves below an index, last first.
    ///
    /// # Errors
    /// See [`LogRead::list_pending_log_entries`].
    async fn list_log_entries_before(&self, before: u64, limit: u16) -> Result<Vec<StoredLogEntry>>;

    /// Leaves about one thing, waiting ones too, last first.
    ///
    /// # Errors
    /// See [`LogRead::list_pending_log_entries`].
    async fn list_log_entries_about(&self, subject: &str, limit: u16) -> Result<Vec<StoredLogEntry>>;

    /// A leaf by its hash, the first of equal ones.
    ///
    /// # Errors
    /// See [`LogRead::list_pending_log_entries`].
    async fn find_log_entry(&self, hash: &[u8; 32]) -> Result<Option<StoredLogEntry>>;

    /// A tile with the hashes it has by now.
    ///
    /// # Errors
    /// See [`LogRead::list_pending_log_entries`].
    async fn find_log_tile(&self, level: u8, number: u64) -> Result<Option<LogTile>>;

    /// The latest checkpoint; `None` while the log is empty.
    ///
    /// # Errors
    /// See [`LogRead::list_pending_log_entries`].
    async fn find_latest_log_checkpoint(&self) -> Result<Option<LogCheckpoint>>;

    /// The checkpoint of a size.
    ///
    /// # Errors
    /// See [`LogRead::list_pending_log_entries`].
    async fn find_log_checkpoint(&self, size: u64) -> Result<Option<LogCheckpoint>>;

    /// The latest checkpoint that a witness signed.
    ///
    /// # Errors
    /// See [`LogRead::list_pending_log_entries`].
    async fn find_witnessed_log_checkpoint(&self) -> Result<Option<LogCheckpoint>>;

    /// What witnesses said about the checkpoint of a size, by name.
    ///
    /// # Errors
    /// See [`LogRead::list_pending_log_entries`].
    async fn list_log_cosignatures(&self, size: u64) -> Result<Vec<LogCosignature>>;

    /// The latest that each witness said, by name.
    ///
    /// # Errors
    /// See [`LogRead::list_pending_log_entries`].
    async fn list_latest_log_cosignatures(&self) -> Result<Vec<LogCosignature>>;

    /// Witnesses that did not sign when they were asked last, by name.
    ///
    /// # Errors
    /// See [`LogRead::list_pending_log_entries`].
    async fn list_log_refusals(&self) -> Result<Vec<LogRefusal>>;

    /// What this platform last saw of another log.
    ///
    /// # Errors
    /// See [`LogRead::list_pending_log_entries`].
    async fn find_witnessed_log(&self, origin: &str) -> Result<Option<WitnessedLog>>;

    /// Every log that this platform has witnessed, by name.
    ///
    /// # Errors
    /// See [`LogRead::list_pending_log_entries`].
    async fn list_witnessed_logs(&self) -> Result<Vec<WitnessedLog>>;
}
